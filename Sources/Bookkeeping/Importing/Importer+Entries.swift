import FundModel
import Store

/// The cash ledger: payments, refunds and reversals, in the order of their sequences.
///
/// Every row is understood first; then each item is looked at as a whole, so that what an import
/// reverses and records anew fits as it is in the end; then all is written in its order.
extension Importer {
  func takeEntries() throws {
    var plan = EntryPlan(
      importer: self, known: known, answered: answered, connection: books.connection)
    for payment in directPayments { plan.add(payment) }
    if let table = reading(.payments) {
      var names = EntryNames()
      try table.rows { row in
        guard var entry = try planned(row, &names) else { return }
        if entry.kind == .reversal, try isUndoneInvestment(row, entry.reverses, plan) {
          entry.fate = .there
        }
        plan.entries.append(entry)
      }
    }
    plan.sort()
    try plan.nameSequences()
    try plan.resolve()
    try plan.decide()
    try plan.write()
    if let known, let table = reading(.payments) {
      table.tellMissing(try plan.missing(knownThrough: known))
    }
  }

  private func planned(_ row: ImportRow, _ names: inout EntryNames) throws -> PlannedEntry? {
    let kind = row.entryKind()
    let read = row.optionalNumber("sequence")
    let sequence = read ?? nil
    func entry(
      _ amount: Money, _ day: CalendarDate, _ item: ItemFacts?, _ kind: PlannedEntry.Kind,
      reverses: Int64 = 0
    ) -> PlannedEntry {
      PlannedEntry(
        table: row.table.place, row: row.index, isInvestment: false, sequence: sequence ?? .max,
        kind: kind, amount: amount, day: day, reverses: reverses, memo: row.text("memo"),
        reference: row.text("reference"), item: item)
    }
    if kind == .reversal {
      // Its amount, date and item are those of what it reverses.
      if case .one(let fund) = fundNames.find(row.text("fund")), let fund = try facts(of: fund),
        let amount = try? Money(typed: row.text("amount"), in: fund.currency)
      {
        // Whoever takes back a refund has the money again.
        let isTakenOff = Int64(row.text("reverses")).map { !refundsOfFile.contains($0) } ?? true
        row.table.count(amount, in: "amount", isTakenOff: isTakenOff)
      } else {
        row.countAmounts(in: nil)
      }
      guard let target = row.number("reverses") else { return nil }
      return read == nil ? nil : entry(.zero(.krw), .earliest, nil, .reversal, reverses: target)
    }
    if kind == .refund, let sequence { refundsOfFile.insert(sequence) }
    guard let fund = try names.fund(row, self.fund) else {
      if let sequence { failedEntries.insert(sequence) }
      return nil
    }
    let amount = row.countedAmount("amount", in: fund.currency, isTakenOff: kind == .refund)
    guard let found = try item(row, fund, &names) else {
      if let sequence { failedEntries.insert(sequence) }
      return nil
    }
    var item: ItemFacts?
    if case .item(let facts) = found { item = facts }
    let day = row.date("paid_date")
    guard let kind, read != nil, let amount, let day else {
      if let sequence { failedEntries.insert(sequence) }
      return nil
    }
    return entry(amount, day, item, kind)
  }

  /// Whether a row says of an undone investment of the books that its payment was reversed: that
  /// payment stands in the list of investments, which the import lacks. Everything that the row says
  /// has to be so.
  private func isUndoneInvestment(
    _ row: ImportRow, _ target: Int64, _ plan: EntryPlan
  ) throws -> Bool {
    guard lacksCommitments(of: .investments), row.text("side") == "investments",
      let known = try plan.entry(target), known.reversedBy != nil,
      let item = try plan.item(known.item), item.call.call.isDirectInvestment,
      case .one(item.call.call.fund) = fundNames.find(row.text("fund")),
      let commitment = try facts(of: item.call.call.fund)?.commitments
        .first(where: { $0.id == item.item.commitment }),
      case .one(commitment.party) = partyNames.find(row.text("partner")),
      let amount = try? Money(typed: row.text("amount"), in: item.item.amount.currency),
      let day = try? CalendarDate(typed: row.text("paid_date"))
    else { return false }
    return amount.minorUnits == known.units && day == known.day
  }

  private enum FoundItem {
    case item(ItemFacts)
    /// An undo took it back since; the entry is known by its number alone.
    case takenBack
  }

  private func item(
    _ row: ImportRow, _ fund: FundFacts, _ names: inout EntryNames
  ) throws -> FoundItem? {
    guard let side = row.side(),
      let commitment = try names.commitment(
        row, side, fund, { try commitment(row, side, fund: fund, partyColumn: "partner") })
    else { return nil }
    let investment = side == .investments ? commitment.id : nil
    if !fund.callsTakenBack.isEmpty, isTakenBack(row, fund, investment) { return .takenBack }
    guard let call = try call(row, fund, investment) else { return nil }
    guard let item = call.items[commitment.id] else {
      row.problem(
        "partner",
        Phrase(
          "\(call.call.number)차 출자요청에 ‘\(row.text("partner"))’의 항목이 없습니다. "
            + "그 차수에 요청받은 상대를 쓰세요.",
          "Call \(call.call.number) has no item for “\(row.text("partner"))”; write whom that call "
            + "asked."))
      return nil
    }
    return .item(item)
  }
}
