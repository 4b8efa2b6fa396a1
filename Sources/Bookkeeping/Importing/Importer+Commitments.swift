import FundModel
import Store

/// Partners, staged investments and direct ones, and the changes of what was promised.
extension Importer {
  /// A row about a commitment that is there, whose amount is still to be compared.
  struct ComparedAmount {
    let row: ImportRow
    let commitment: CommitmentFacts
    let cell: Money
    var compared: ComparedRow
  }

  /// The payment of a direct investment that this import records.
  struct DirectPayment {
    let row: ImportRow
    /// Where it stands among entries; after all that have a place where it is `nil`.
    let sequence: Int64?
    let entry: Recorded

    enum Recorded {
      case new(ItemFacts)
      /// The commitment whose payment it is.
      case there(CommitmentFacts)
    }
  }

  /// Both sides' commitments in the order of their sequences. A direct investment's sequence as a
  /// commitment is its column `commitment`.
  func takeCommitments() throws {
    let formats: [BooksFormat] = [.partners, .stagedInvestments, .investments]
    var all: [(row: ImportRow, format: BooksFormat, at: Int64)] = []
    for format in formats {
      guard let table = reading(format) else { continue }
      let column = format == .investments ? "commitment" : "sequence"
      if format == .investments { investmentRows = try InvestmentRows(reading(.cancellations)) }
      all += try table.sortedRows().map { row in
        (row, format, (row.optionalNumber(column) ?? nil) ?? .max)
      }
    }
    for (_, line) in all.enumerated().sorted(by: {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }) {
      let taken =
        switch line.format {
        case .partners: try takePartner(line.row)
        case .stagedInvestments: try takeStagedInvestment(line.row)
        default: try takeDirectInvestment(line.row)
        }
      guard line.at != .max else { continue }
      if commitmentsBySequence[line.at] != nil {
        line.row.problem(
          line.format == .investments ? "commitment" : "sequence", sequenceTwice(line.at))
      }
      commitmentsBySequence[line.at] = taken
      if taken == nil { failedSequences.insert(line.at) }
    }
    if isMarked {
      try countMissing(.partners) { $0.side == .partners }
      try countMissing(.stagedInvestments) {
        $0.side == .investments && !$0.commitment.isDirectInvestment
      }
      try countMissing(.investments) { $0.commitment.isDirectInvestment }
    }
  }

  private func countMissing(
    _ format: BooksFormat, _ isOfTable: (CommitmentFacts) -> Bool
  ) throws {
    guard let table = reading(format) else { return }
    var missing = MissingFacts()
    for id in fundsThen.keys.sorted() {
      for known in try facts(of: id)?.commitments ?? []
      where isOfTable(known) && known.then != nil && !known.isClaimed {
        missing.add(name(of: known))
      }
    }
    table.tellMissing(missing)
  }

  /// Whose commitment to which fund it is.
  func name(of known: CommitmentFacts) -> Phrase {
    Phrase("\(fundNames.name(of: known.fund.id)) \(known.commitment.party.name)")
  }

  /// The commitment of the books that a marked row names; `nil` where it names none, or with a
  /// problem.
  func named(
    _ row: ImportRow, _ column: String, in fund: FundFacts, _ partyColumn: String
  ) throws -> (facts: CommitmentFacts?, isSound: Bool) {
    guard isMarked, let sequence = row.optionalNumber(column) ?? nil else { return (nil, true) }
    guard let facts = fund.commitments.first(where: { $0.id.rawValue == sequence }) else {
      row.problem(column, noSuchSequence(sequence))
      return (nil, false)
    }
    guard !facts.isClaimed else { return (facts, true) }
    if !facts.commitment.isDirectInvestment {
      guard case .one(facts.party) = partyNames.find(row.text(partyColumn)) else {
        row.problem(partyColumn, mustNotChange)
        return (nil, false)
      }
    }
    return (facts, true)
  }

  // MARK: Partners

  private func takePartner(_ row: ImportRow) throws -> CommitmentFacts? {
    guard let fund = try fund(row) else { return nil }
    let amount = row.countedAmount("commitment", in: fund.currency)
    let stated = row.optionalAmount("stated_paid_in", in: fund.currency)
    if case .some(.some(let stated)) = stated { row.table.count(stated, in: "stated_paid_in") }
    guard let name = row.needed("partner") else { return nil }
    let key = FailedPartner(fund: fund.id, party: name)
    let type = row.needed("type")
    let (named, isSound) = try named(row, "sequence", in: fund, "partner")
    guard let amount, let stated, let type, isSound,
      let party = try named?.party ?? party(name, row, "partner")
    else {
      failedPartners.insert(key)
      return nil
    }
    if let known = named ?? fund.partner(party), !known.isNew {
      guard !known.isClaimed else {
        row.problem("partner", Refusal.alreadyCommitted(party: name).sentence)
        return nil
      }
      known.isClaimed = true
      return try compare(row, known, amount, stated: stated) ? known : nil
    }
    let id = try attempt(row, ["party": "partner", "amount": "commitment"]) {
      try Commit(
        fund: fund.id, side: .partners, party: party, amount: amount, partnerType: type
      ).execute(in: books)
    }
    guard let id else {
      failedPartners.insert(key)
      return nil
    }
    if let stated {
      _ = try attempt(row, ["amount": "stated_paid_in"]) {
        try StatePaidIn(commitment: id, amount: stated).execute(in: books)
      }
    }
    try row.settle(.new)
    return insert(id, .partners, party, amount, in: fund)
  }

  /// What a row about a commitment of the books changes of it, but for its amount.
  ///
  /// - Returns: whether it could be read.
  private func compare(
    _ row: ImportRow, _ known: CommitmentFacts, _ amount: Money, stated: Money??
  ) throws -> Bool {
    var compared = ComparedRow(row, isMarked: isMarked)
    let (now, then) = (known.commitment, known.then)
    let type = compared.compare(
      "type", now: now.partnerType, then: then?.partnerType,
      meaning: Commitment.partnerType(meantBy:))
    let instrument = compared.compare(
      "instrument", now: now.instrument, then: then?.instrument)
    // Nothing stated is as good as zero.
    let statement = compared.compare(
      "stated_paid_in", stated.map { $0.flatMap(\.ifNotZero) },
      now: try statedNow(known.id, amount.currency)?.ifNotZero,
      then: try then.map { _ in try statedThen(known.id, amount.currency)?.ifNotZero },
      shown: \.digits)
    guard !compared.isBad else { return false }
    let done: Void? = try attempt(row, ["partner_type": "type", "amount": "stated_paid_in"]) {
      if type.isChange || instrument.isChange {
        _ = try AmendCommitment(
          commitment: known.id, partnerType: type, instrument: instrument
        ).execute(in: books)
      }
      if case .changed(let amount) = statement {
        _ = try StatePaidIn(
          commitment: known.id, amount: amount ?? .zero(now.amount.currency)
        ).execute(in: books)
      }
    }
    guard done != nil else { return false }
    comparedAmounts.append(
      ComparedAmount(row: row, commitment: known, cell: amount, compared: compared))
    return true
  }

  private func statedNow(_ id: Commitment.ID, _ currency: Currency) throws -> Money? {
    try stated(id, .max, currency)
  }

  private func statedThen(_ id: Commitment.ID, _ currency: Currency) throws -> Money? {
    try stated(id, known ?? .max, currency)
  }

  private func stated(_ id: Commitment.ID, _ known: Int64, _ currency: Currency) throws -> Money? {
    try books.connection.rows(statedSQL, [.init(id), .integer(known)]).first
      .map { try $0.money("amount", in: currency) }
  }

  func insert(
    _ id: Commitment.ID, _ side: Side, _ party: Party.ID, _ amount: Money, in fund: FundFacts,
    isDirect: Bool = false
  ) -> CommitmentFacts {
    let facts = CommitmentFacts(
      new: Commitment(
        id: id, fund: fund.id, side: side,
        party: Party(id: party, name: partyNames.name(of: party)), partnerType: "",
        instrument: "", amount: amount, isDirectInvestment: isDirect), fund: fund)
    fund.insert(facts)
    return facts
  }

  // MARK: Staged investments

  private func takeStagedInvestment(_ row: ImportRow) throws -> CommitmentFacts? {
    guard let fund = try fund(row) else { return nil }
    let amount = row.countedAmount("commitment", in: fund.currency)
    guard let name = row.needed("company") else { return nil }
    let (named, isSound) = try named(row, "sequence", in: fund, "company")
    guard let amount, isSound, let party = try named?.party ?? party(name, row, "company") else {
      return nil
    }
    if let known = named ?? similar(fund, party, amount, row) {
      guard !known.isClaimed else {
        row.problem("sequence", sequenceTwice(known.id.rawValue))
        return nil
      }
      known.isClaimed = true
      return try compare(row, known, amount, stated: .some(nil)) ? known : nil
    }
    let id = try attempt(row, ["party": "company", "amount": "commitment"]) {
      try Commit(
        fund: fund.id, side: .investments, party: party, amount: amount,
        instrument: row.text("instrument")
      ).execute(in: books)
    }
    guard let id else { return nil }
    try row.settle(.new)
    return insert(id, .investments, party, amount, in: fund)
  }

  /// A fund may have several commitments to one company: the one that says the same, or the only one
  /// that is left.
  private func similar(
    _ fund: FundFacts, _ party: Party.ID, _ amount: Money, _ row: ImportRow
  ) -> CommitmentFacts? {
    let left = fund.commitments.filter { known in
      known.side == .investments && !known.commitment.isDirectInvestment && known.party == party
        && !known.isClaimed && !known.isNew && known.commitment.isAbsent == false
        && (!isMarked || known.then == nil)
    }
    let instrument = row.text("instrument")
    let same = left.filter { $0.first == amount.minorUnits || $0.total == amount.minorUnits }
    return same.first { $0.commitment.instrument == instrument } ?? same.first
      ?? (left.count == 1 && !isMarked ? left.first : nil)
  }
}

extension Money {
  fileprivate var ifNotZero: Money? { isZero ? nil : self }
}

/// Said of what names a fact of the books and cannot be another.
let mustNotChange = Phrase(
  "장부의 이 줄과 다른 상대입니다. 상대는 바꿀 수 없으니, 새로 적을 줄이면 번호를 비우세요.",
  "This is not whom the books have in this line, and that cannot change; for a new line, leave the "
    + "sequence empty.")

private let statedSQL = """
  SELECT amount FROM stated_paid_in WHERE commitment_id = $1 AND audit <= $2 ORDER BY id DESC LIMIT 1
  """
