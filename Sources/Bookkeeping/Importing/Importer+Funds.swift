import FundModel
import Store

/// Funds and the changes of their commitment totals.
extension Importer {
  func takeFunds() throws {
    var compared: [ComparedTotal] = []
    if let table = reading(.funds) {
      let rows = try table.sortedRows()
      fundNames.list(rows.map { $0.text("name") })
      var seen: Set<Fund.ID> = []
      for row in rows {
        let name = row.text("name")
        switch try knownFund(row, &seen) {
        case .known(let fund):
          if let total = try compare(row, fund) { compared.append(total) }
        case .new where try registerFund(row, &seen): break
        case .settled: row.countAmounts(in: nil)
        case .new: failedFunds.insert(name)
        }
      }
      if isMarked {
        var missing = MissingFacts()
        for fund in fundsThen.values.sorted(by: { $0.id < $1.id }) where !seen.contains(fund.id) {
          missing.add(Phrase(fund.terms.name))
        }
        table.tellMissing(missing)
      }
    }
    try takeTotals(compared)
  }

  private enum KnownFund {
    case known(Fund)
    case new
    /// All is said of the row.
    case settled
  }

  private func knownFund(_ row: ImportRow, _ seen: inout Set<Fund.ID>) throws -> KnownFund {
    let name = row.text("name")
    let id: Fund.ID
    if isMarked, let sequence = row.sequence {
      id = Fund.ID(rawValue: sequence)
      guard fundsThen[id] != nil else {
        row.problem("sequence", noSuchSequence(sequence))
        return .settled
      }
    } else {
      switch fundNames.find(name, orNew: true) {
      case .one(let found): id = found
      case .none: return .new
      case .several(let candidates):
        row.problem("name", severalNames(name, candidates))
        return .settled
      }
    }
    guard seen.insert(id).inserted else {
      row.problem("name", Refusal.nameTaken(name, by: .fund).sentence)
      return .settled
    }
    guard let fund = fundsNow[id] else {
      try row.settle(.alreadyThere(takenBackSince))
      return .settled
    }
    return .known(fund)
  }

  /// - Returns: whether the fund is in the books now.
  private func registerFund(_ row: ImportRow, _ seen: inout Set<Fund.ID>) throws -> Bool {
    let name = row.needed("name")
    guard let currency = currency(row, whenEmpty: .krw) else {
      row.countAmounts(in: nil)
      return false
    }
    let total = row.countedAmount("commitment_total", in: currency)
    let terms = FundCells(row, currency)
    let gpName = row.text("gp")
    let gp = gpName.isEmpty ? nil : try party(gpName, row, "gp")
    guard let name, let total, let terms, gpName.isEmpty || gp != nil else { return false }
    let id = try attempt(row) {
      try RegisterFund(
        terms: FundTerms(
          name: name, fundType: row.text("type"), fundManager: row.text("fund_manager"),
          generalPartner: gp, formationDate: terms.formation, investmentPeriodEnd: terms.end,
          maturityDate: terms.maturity, dissolutionDate: terms.dissolution,
          gpCommitment: terms.gpCommitment ?? .zero(currency), hurdleRate: terms.hurdle),
        commitmentTotal: total
      ).execute(in: books)
    }
    guard let id else { return false }
    fundNames.register(name, id)
    seen.insert(id)
    register(FundFacts(new: id, currency))
    row.doubtIfFraction("hurdle_rate", terms.hurdle)
    try row.settle(.new)
    return true
  }

  private func currency(_ row: ImportRow, whenEmpty: Currency) -> Currency? {
    let code = row.text("currency")
    guard !code.isEmpty else { return whenEmpty }
    if let currency = Currency(code: code) { return currency }
    row.problem(
      "currency",
      Phrase(
        "‘\(code)’은(는) 통화가 아닙니다. KRW, USD처럼 쓰세요.",
        "“\(code)” is not a currency; write its code, such as KRW or USD."))
    return nil
  }

  // MARK: Terms that differ

  private func compare(_ row: ImportRow, _ fund: Fund) throws -> ComparedTotal? {
    let (now, then) = (fund.terms, fundsThen[fund.id]?.terms)
    let total = row.countedAmount("commitment_total", in: fund.currency)
    guard let currency = currency(row, whenEmpty: fund.currency),
      let cells = FundCells(row, fund.currency)
    else { return nil }
    guard currency == fund.currency else {
      row.problem(
        "currency",
        Phrase(
          "이 조합의 통화는 \(fund.currency)이고, 바꿀 수 없습니다.",
          "The fund's currency is \(fund.currency), which cannot be changed."))
      return nil
    }
    var compared = ComparedRow(row, isMarked: isMarked)
    var changes = AmendFund.Changes()
    if row.needed("name") == nil { return nil }
    if isMarked, row.sequence != nil {
      changes.name = compared.compare("name", now: now.name, then: then?.name)
    }
    changes.fundType = compared.compare("type", now: now.fundType, then: then?.fundType)
    changes.fundManager = compared.compare(
      "fund_manager", now: now.fundManager, then: then?.fundManager)
    if row.has("gp") {
      let name = row.text("gp")
      let gp = name.isEmpty ? nil : try party(name, row, "gp")
      changes.generalPartner = compared.compare(
        "gp", name.isEmpty ? .some(nil) : gp.map { .some($0) }, now: now.generalPartner,
        then: then.map(\.generalPartner), shown: { self.partyNames.name(of: $0) })
    }
    func date(
      _ column: String, _ read: CalendarDate?, _ place: KeyPath<FundTerms, CalendarDate?>
    ) -> Amendment<CalendarDate?> {
      compared.compare(
        column, .some(read), now: now[keyPath: place], then: then.map { $0[keyPath: place] },
        shown: \.description)
    }
    changes.formationDate = date("formation_date", cells.formation, \.formationDate)
    changes.investmentPeriodEnd = date(
      "investment_period_end", cells.end, \.investmentPeriodEnd)
    changes.maturityDate = date("maturity_date", cells.maturity, \.maturityDate)
    changes.dissolutionDate = date("dissolution_date", cells.dissolution, \.dissolutionDate)
    changes.gpCommitment = compared.compare(
      "gp_commitment", .some(cells.gpCommitment), now: now.gpCommitment,
      then: then.map(\.gpCommitment), shown: \.digits
    ).map { $0 ?? .zero(fund.currency) }
    changes.hurdleRate = compared.compare(
      "hurdle_rate", .some(cells.hurdle), now: now.hurdleRate, then: then.map(\.hurdleRate),
      shown: \.digits)
    if changes.hurdleRate.isChange { row.doubtIfFraction("hurdle_rate", cells.hurdle) }
    guard let total, !compared.isBad else { return nil }
    if !compared.changes.isEmpty {
      let done = try attempt(row) {
        try AmendFund(fund: fund.id, changes: changes).execute(in: books)
      }
      guard done != nil else { return nil }
      if case .changed(let name) = changes.name { fundNames.rename(fund.id, name) }
    }
    return ComparedTotal(row: row, fund: fund, cell: total, compared: compared)
  }

  /// A fund's row whose commitment total is still to be compared.
  fileprivate struct ComparedTotal {
    let row: ImportRow
    let fund: Fund
    let cell: Money
    var compared: ComparedRow
  }

  // MARK: Totals

  private func takeTotals(_ rows: [ComparedTotal]) throws {
    var changes: [Fund.ID: [AmountRow]] = [:]
    var facts: [Fund.ID: [AmountChangeFact]] = [:]
    func load(_ fund: Fund.ID) throws {
      guard facts[fund] == nil else { return }
      facts[fund] = try books.connection.rows(totalChangesSQL, [.init(fund)]).map {
        try AmountChangeFact($0, answered: answered)
      }
    }
    var order: [Fund.ID] = []
    if let table = reading(.fundTotalChanges) {
      for row in try table.sortedRows() {
        guard let fund = try fund(row) else { continue }
        let amount = row.countedAmount("amount", in: fund.currency)
        let day = row.optionalDate("effective_on")
        guard let amount, let day else { continue }
        try load(fund.id)
        if changes[fund.id] == nil { order.append(fund.id) }
        changes[fund.id, default: []].append(AmountRow(row: row, day: day, amount: amount))
      }
    }
    var missing = MissingFacts()
    for fund in order {
      let matching = AmountMatching(
        facts[fund] ?? [], in: fundsNow[fund]?.currency ?? .krw,
        first: fundsNow[fund]?.firstCommitmentTotal.minorUnits ?? 0,
        isTakenBack: false, known: known)
      matching.match(&changes[fund, default: []])
      matching.addMissing(to: &missing, of: Phrase(fundsNow[fund]?.terms.name ?? ""))
    }
    if let known, let table = reading(.fundTotalChanges) {
      for fund in fundsThen.values.sorted(by: { $0.id < $1.id })
      where changes[fund.id] == nil && fundsNow[fund.id] != nil {
        try load(fund.id)
        for fact in facts[fund.id] ?? [] where fact.audit <= known {
          missing.add(fact.named(of: Phrase(fund.terms.name), fund.currency))
        }
      }
      table.tellMissing(missing)
    }
    for var total in rows {
      try load(total.fund.id)
      let ofFile = changes[total.fund.id] ?? []
      let first = total.fund.firstCommitmentTotal.minorUnits
      let saysFirst =
        total.cell.minorUnits == first && facts[total.fund.id]?.isEmpty == false
        && isOwnList(total.row, of: total.fund.id.rawValue, without: .fundTotalChanges)
      let delta = try AmountMatching.delta(
        cell: total.cell, first: first,
        firstThen: saysFirst
          ? first : fundsThen[total.fund.id]?.firstCommitmentTotal.minorUnits,
        facts: facts[total.fund.id] ?? [], rows: ofFile)
      if let delta {
        let done = try attempt(total.row, ["amount": "commitment_total"]) {
          try ChangeCommitmentTotal(
            fund: total.fund.id, amount: delta.amount, effectiveOn: changesFrom,
            reason: changeReason(total.row)
          ).execute(in: books)
        }
        guard done != nil else { continue }
        total.compared.add(
          FieldChange("commitment_total", from: delta.from.digits, to: delta.to.digits))
      }
      try total.row.settle(
        saysFirst && total.compared.changes.isEmpty
          ? .alreadyThere(firstAmountStays) : total.compared.outcome)
    }
    for fund in order {
      for change in changes[fund] ?? [] {
        try write(change) { amount, day, reason in
          _ = try ChangeCommitmentTotal(
            fund: fund, amount: amount, effectiveOn: day, reason: reason
          ).execute(in: books)
        }
      }
    }
  }

  /// Why an import changed something, as the facts say it.
  func changeReason(_ row: ImportRow) -> String {
    "\(row.table.table.name) \(row.line)행"
  }
}

/// What a fund's row says of its terms; `nil` when any cannot be read.
private struct FundCells {
  let gpCommitment: Money?
  let formation: CalendarDate?
  let end: CalendarDate?
  let maturity: CalendarDate?
  let dissolution: CalendarDate?
  let hurdle: Percent?

  init?(_ row: ImportRow, _ currency: Currency) {
    let gpCommitment = row.optionalAmount("gp_commitment", in: currency)
    if case .some(.some(let amount)) = gpCommitment { row.table.count(amount, in: "gp_commitment") }
    let formation = row.optionalDate("formation_date")
    let end = row.optionalDate("investment_period_end")
    let maturity = row.optionalDate("maturity_date")
    let dissolution = row.optionalDate("dissolution_date")
    let hurdle = row.optionalPercent("hurdle_rate")
    let status = row.fundStatus()
    guard let gpCommitment, let formation, let end, let maturity, let dissolution, let hurdle,
      status != nil
    else { return nil }
    self.gpCommitment = gpCommitment
    self.formation = formation
    self.end = end
    self.maturity = maturity
    self.dissolution = dissolution
    self.hurdle = hurdle
  }
}

private let totalChangesSQL = """
  SELECT id, effective_on, amount, reason, audit FROM fund_total_change WHERE fund_id = $1 ORDER BY id
  """
