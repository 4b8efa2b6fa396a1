package import FundModel
import Store

/// Records that several items of one call were settled in one go, on one date: each in full, by a
/// payment of what is owed or, on a credit, by a refund of what is due. One command, one audit
/// entry; the entries share a settlement.
package struct SettleCall: Command {
  package static let name = "settle-call"

  package let call: CapitalCall.ID
  /// The items that were settled; all that are still open when `nil`.
  package let items: [CallItem.ID]?
  /// The day on which the money moved.
  package let paidDate: CalendarDate
  package let memo: String
  /// The bank's or the firm's own mark for the transfer.
  package let reference: String

  package init(
    call: CapitalCall.ID, items: [CallItem.ID]? = nil, paidDate: CalendarDate, memo: String = "",
    reference: String = ""
  ) {
    self.call = call
    self.items = items
    self.paidDate = paidDate
    self.memo = memo
    self.reference = reference
  }

  package var content: JSON {
    [
      "call": JSON(call), "items": items.map { .array($0.map { JSON($0) }) } ?? .null,
      "paid_date": JSON(paidDate), "memo": JSON(memo), "reference": JSON(reference),
    ]
  }

  /// - Returns: the id of the settlement.
  package func execute(in books: OpenBooks) throws -> Int64 {
    let found = try books.call(call)
    try books.check(memo, "memo", most: TextLimit.memo)
    try books.check(reference, "reference", most: TextLimit.name)
    let open = try openItems(in: books)
    guard !open.isEmpty else { throw Refusal.nothingOpen }
    let settlement = try books.append(
      newSettlement,
      [.init(found.fund), .init(paidDate), .text(reference), .text(memo)])
    for (item, history, left) in open {
      let kind: Entry.Kind = item.isCredit ? .refund : .payment
      do {
        try EntryRules.check(
          kind, of: left, on: paidDate, item: history, of: found, today: books.today)
      } catch { throw Refusal.entry(error) }
      _ = try books.appendEntry(
        kind, call: found, item: item, amount: left, on: paidDate, settlement: settlement,
        memo: memo, reference: reference)
    }
    return settlement
  }

  /// What is to be settled, in the order of the call, with what is left on each.
  private func openItems(
    in books: OpenBooks
  ) throws -> [(item: CallItem, history: ItemHistory, left: Money)] {
    let all = try CallRecords.items(.ofCall(call), knownThrough: .max, in: books.connection)
    for id in items ?? [] where !all.contains(where: { $0.id == id }) {
      throw Refusal.unknown(.item, id.rawValue)
    }
    return try all.filter { items?.contains($0.id) ?? true }.compactMap { item in
      let history = try books.item(item.id).history
      let left = try item.amount - history.paid(on: .latest)
      let amount = item.isCredit ? left.negated : left
      return amount.isPositive ? (item, history, amount) : nil
    }
  }
}

private let newSettlement = FactInsert(into: "settlement", "fund_id, effective_on, reference, memo")
