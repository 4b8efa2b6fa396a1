import FundModel
import Store

/// Direct investments: counted by what they say, or known by the number of a marked row.
extension Importer {
  func takeDirectInvestment(_ row: ImportRow) throws -> CommitmentFacts? {
    guard let fund = try fund(row) else { return nil }
    let amount = row.countedAmount("amount", in: fund.currency)
    guard let name = row.needed("company") else { return nil }
    let day = row.date("investment_date")
    let (named, isSound) = try named(row, "commitment", in: fund, "company")
    guard let amount, let day, isSound, let party = try party(name, row, "company") else {
      return nil
    }
    let sequence = row.optionalNumber("sequence") ?? nil
    if let known = named {
      guard !known.isClaimed, known.commitment.isDirectInvestment else {
        row.problem("commitment", sequenceTwice(known.id.rawValue))
        return nil
      }
      known.isClaimed = true
      let standing = restored(known, row) ?? known
      standing.isClaimed = true
      return try compareInvestment(row, standing, then: known.then, party, amount, day, in: fund)
    }
    if let known = equal(fund, party, amount, day, row) {
      known.isClaimed = true
      guard try amendInstrument(row, known, then: known.then) else { return nil }
      directPayments.append(DirectPayment(row: row, sequence: sequence, entry: .there(known)))
      return known
    }
    return try recordInvestment(row, fund, party, amount, day, sequence)
  }

  private func recordInvestment(
    _ row: ImportRow, _ fund: FundFacts, _ party: Party.ID, _ amount: Money, _ day: CalendarDate,
    _ sequence: Int64?, instrument: String? = nil
  ) throws -> CommitmentFacts? {
    let investment = RecordInvestment(
      fund: fund.id, party: party, amount: amount, investedOn: day,
      instrument: instrument ?? row.text("instrument"))
    guard
      let taken = try attempt(
        row, ["party": "company", "invested_on": "investment_date"],
        { try investment.commitAndCall(in: books) })
    else { return nil }
    let facts = insert(
      taken.commitment, .investments, party, amount, in: fund, isDirect: true)
    let call = CallFacts(
      CapitalCall(
        id: taken.call, fund: fund.id, side: .investments, number: 1, callType: "",
        noticeDate: day, dueDate: day, isDirectInvestment: true), isNew: true)
    let item = ItemFacts(
      CallItem(id: taken.item, call: taken.call, commitment: taken.commitment, amount: amount),
      of: call)
    call.items[taken.commitment] = item
    fund.insert(call, CallKey(investment: taken.commitment, number: 1))
    directPayments.append(DirectPayment(row: row, sequence: sequence, entry: .new(item)))
    return facts
  }

  /// So many equal rows against so many equal investments: what the file undoes against what the
  /// books have undone first, the rest against what stands.
  private func equal(
    _ fund: FundFacts, _ party: Party.ID, _ amount: Money, _ day: CalendarDate, _ row: ImportRow
  ) -> CommitmentFacts? {
    let found = fund.commitments.filter { known in
      guard known.commitment.isDirectInvestment, !known.isNew, !known.isClaimed,
        known.party == party, !isMarked || known.then == nil,
        let call = fund.calls[CallKey(investment: known.id, number: 1)]?.call,
        let item = fund.calls[CallKey(investment: known.id, number: 1)]?.items[known.id]
      else { return false }
      return call.noticeDate == day && item.item.amount == amount
    }
    let standing = found.first { $0.undone == nil }
    let undone = found.first { $0.undone == .forGood }
    if investmentRows?.isUndone(row) == true {
      return undone ?? found.first { $0.undone == .withItsImport } ?? standing
    }
    return standing ?? undone
  }

  /// The investment that stands for one which an import undid that was undone since: recorded again by
  /// the undo, alike in everything. Each stands for one row.
  private func restored(_ known: CommitmentFacts, _ row: ImportRow) -> CommitmentFacts? {
    // A file that knows of the undoing speaks of the investment that was undone.
    guard known.undone == .withItsImport, investmentRows?.isUndone(row) != true else { return nil }
    let fund = known.fund
    func told(_ facts: CommitmentFacts) -> (day: CalendarDate, amount: Money)? {
      guard let call = fund.calls[CallKey(investment: facts.id, number: 1)],
        let item = call.items[facts.id]
      else { return nil }
      return (call.call.noticeDate, item.item.amount)
    }
    guard let before = told(known) else { return nil }
    let alike = fund.commitments.filter { facts in
      facts.isRestored && !facts.isClaimed && facts.then == nil && facts.id > known.id
        && facts.party == known.party && told(facts).map { $0 == before } == true
    }
    // What it was put into may have been amended since.
    return alike.first { $0.commitment.instrument == known.commitment.instrument } ?? alike.first
  }

  /// - Parameter then: the investment as the file knows it.
  private func amendInstrument(
    _ row: ImportRow, _ known: CommitmentFacts, then: Commitment?
  ) throws -> Bool {
    var compared = ComparedRow(row, isMarked: isMarked)
    let instrument = compared.compare(
      "instrument", now: known.commitment.instrument, then: then?.instrument)
    if instrument.isChange {
      let done = try attempt(row) {
        try AmendCommitment(commitment: known.id, instrument: instrument).execute(in: books)
      }
      guard done != nil else { return false }
    }
    let isUndone = known.undone != nil && investmentRows?.isUndone(row) != true
    let remark =
      known.undone == .withItsImport
      ? takenBackSince : Phrase("취소한 투자입니다.", "The investment was undone.")
    try row.settle(
      compared.changes.isEmpty && isUndone ? .alreadyThere(remark) : compared.outcome)
    return true
  }

  /// A marked row about an investment of the books: what is not as it was is undone and recorded anew.
  ///
  /// - Parameter then: the investment as the file knows it.
  private func compareInvestment(
    _ row: ImportRow, _ known: CommitmentFacts, then: Commitment?, _ party: Party.ID,
    _ amount: Money, _ day: CalendarDate, in fund: FundFacts
  ) throws -> CommitmentFacts? {
    let sequence = row.optionalNumber("sequence") ?? nil
    guard let call = fund.calls[CallKey(investment: known.id, number: 1)],
      let item = call.items[known.id]
    else { return nil }
    var changes: [FieldChange] = []
    if party != known.party {
      changes.append(
        FieldChange(
          "company", from: partyNames.name(of: known.party), to: partyNames.name(of: party)))
    }
    if amount != item.item.amount {
      changes.append(FieldChange("amount", from: item.item.amount.digits, to: amount.digits))
    }
    if day != call.call.noticeDate {
      changes.append(
        FieldChange(
          "investment_date", from: call.call.noticeDate.description, to: day.description))
    }
    guard !changes.isEmpty, known.undone == nil else {
      guard try amendInstrument(row, known, then: then) else { return nil }
      directPayments.append(DirectPayment(row: row, sequence: sequence, entry: .there(known)))
      return known
    }
    var compared = ComparedRow(row, isMarked: true)
    let instrument = compared.compare(
      "instrument", now: known.commitment.instrument, then: then?.instrument
    ).applied(to: known.commitment.instrument)
    let standing = try books.standingEntries(of: call.call.id)
    guard standing == 1 else {
      row.problem(
        "",
        Phrase(
          "이 투자에는 반환이 있어 고쳐 적을 수 없습니다. 반환을 먼저 취소하세요.",
          "Money of this investment was refunded, so it cannot be recorded anew; reverse that first."
        ))
      return nil
    }
    let undone = try attempt(row) {
      try UndoInvestment(investment: known.id, reason: changeReason(row)).execute(in: books)
    }
    guard undone != nil,
      let new = try recordInvestment(
        row, fund, party, amount, day, sequence, instrument: instrument)
    else { return nil }
    try row.settle(.changes(changes + compared.changes))
    return new
  }
}

/// What of the rows about direct investments the same import says was undone.
struct InvestmentRows {
  private let undone: Set<Int64>

  /// - Parameter cancellations: a direct investment's call is cancelled with it.
  init(_ cancellations: FormatReading?) throws {
    var undone: Set<Int64> = []
    for reading in cancellations?.tables ?? [] {
      guard let place = reading.table.columns.firstIndex(of: "commitment") else { continue }
      try reading.table.lines { line in
        if case .row(_, let texts, _) = line, texts.indices.contains(place),
          let commitment = Int64(texts[place])
        {
          undone.insert(commitment)
        }
      }
    }
    self.undone = undone
  }

  func isUndone(_ row: ImportRow) -> Bool {
    Int64(row.text("commitment")).map(undone.contains) ?? false
  }
}
