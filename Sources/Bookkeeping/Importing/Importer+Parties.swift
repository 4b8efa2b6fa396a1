import FundModel
import Store

/// Parties and companies.
extension Importer {
  func takeParties() throws {
    guard let table = reading(.parties) else { return }
    let rows = try table.sortedRows()
    partyNames.list(rows.map { $0.text("party") })
    var seen: Set<Party.ID> = []
    for row in rows {
      guard let name = row.needed("party") else { continue }
      if isMarked, let id = row.sequence.map(Party.ID.init(rawValue:)) {
        guard let then = partiesThen[id] else {
          row.problem("sequence", noSuchSequence(id.rawValue))
          continue
        }
        guard seen.insert(id).inserted else {
          row.problem("sequence", sequenceTwice(id.rawValue))
          continue
        }
        try compare(row, "party", id, then)
        continue
      }
      switch partyNames.find(name, orNew: true) {
      case .one(let id):
        guard !partyNames.isRegistered(id), seen.insert(id).inserted else {
          row.problem("party", Refusal.nameTaken(name, by: .party).sentence)
          continue
        }
        try compare(row, nil, id, nil)
      case .several(let candidates): row.problem("party", severalNames(name, candidates))
      case .none: try register(row, "party", name)
      }
    }
    if isMarked {
      var missing = MissingFacts()
      for party in partiesThen.values.sorted(by: { $0.id < $1.id }) where !seen.contains(party.id) {
        missing.add(Phrase(party.name))
      }
      table.tellMissing(missing)
    }
  }

  /// A company may be known already, as a partner or from `parties.csv`.
  func takeCompanies() throws {
    guard let table = reading(.companies) else { return }
    let rows = try table.sortedRows(by: "")
    partyNames.list(rows.map { $0.text("company") })
    for row in rows {
      guard let name = row.needed("company") else { continue }
      switch partyNames.find(name, orNew: true) {
      case .one(let id): try compare(row, nil, id, partiesThen[id])
      case .several(let candidates): row.problem("company", severalNames(name, candidates))
      case .none: try register(row, "company", name)
      }
    }
  }

  private func register(_ row: ImportRow, _ column: String, _ name: String) throws {
    let industry = row.text("industry")
    let id = try attempt(row, ["name": column]) {
      try RegisterParty(name: name, industry: industry).execute(in: books)
    }
    guard let id else { return }
    partyNames.register(name, id)
    industries[id] = industry
    try row.settle(.new)
  }

  /// - Parameter nameColumn: where a party may be renamed.
  private func compare(
    _ row: ImportRow, _ nameColumn: String?, _ id: Party.ID, _ then: Party?
  ) throws {
    var compared = ComparedRow(row, isMarked: isMarked)
    let name = nameColumn.map {
      compared.compare($0, now: partyNames.name(of: id), then: then?.name)
    }
    let now = industries[id] ?? ""
    let industry = compared.compare("industry", now: now, then: then?.industry)
    guard !compared.isBad else { return }
    if !compared.changes.isEmpty {
      let done = try attempt(row, ["name": nameColumn ?? "party"]) {
        try AmendParty(party: id, name: name ?? .kept, industry: industry).execute(in: books)
      }
      guard done != nil else { return }
      industries[id] = industry.applied(to: now)
      if case .changed(let new)? = name { partyNames.rename(id, new) }
    }
    try row.settle(compared.outcome)
  }
}
