package import FundModel
import Store

/// Records that money moved as a call asked (납입): the whole of an item, or part of it.
package struct RecordPayment: Command {
  package static let name = "record-payment"
  package let movement: ItemMovement

  package init(_ movement: ItemMovement) { self.movement = movement }

  package var content: JSON { movement.content }

  package func execute(in books: OpenBooks) throws -> Entry.ID {
    try books.record(.payment, movement)
  }
}

/// Records that money went back (반환), on its own date: settles a credit, or returns a payment.
package struct RecordRefund: Command {
  package static let name = "record-refund"
  package let movement: ItemMovement

  package init(_ movement: ItemMovement) { self.movement = movement }

  package var content: JSON { movement.content }

  package func execute(in books: OpenBooks) throws -> Entry.ID {
    try books.record(.refund, movement)
  }
}

/// Money that moved on one call item.
package struct ItemMovement: Hashable, Sendable {
  package let item: CallItem.ID
  /// More than zero.
  package let amount: Money
  /// The day on which the money moved.
  package let paidDate: CalendarDate
  package let memo: String
  /// The bank's or the firm's own mark for the transfer.
  package let reference: String

  package init(
    item: CallItem.ID, amount: Money, paidDate: CalendarDate, memo: String = "",
    reference: String = ""
  ) {
    self.item = item
    self.amount = amount
    self.paidDate = paidDate
    self.memo = memo
    self.reference = reference
  }

  fileprivate var content: JSON {
    [
      "item": JSON(item), "amount": JSON(amount), "paid_date": JSON(paidDate),
      "memo": JSON(memo), "reference": JSON(reference),
    ]
  }
}

extension OpenBooks {
  /// Checks and writes in one transaction, so that of two that both fit only one is taken.
  fileprivate func record(_ kind: Entry.Kind, _ movement: ItemMovement) throws -> Entry.ID {
    let (item, call, history) = try item(movement.item)
    try check(movement.memo, "memo", most: TextLimit.memo)
    try check(movement.reference, "reference", most: TextLimit.name)
    do {
      try EntryRules.check(
        kind, of: movement.amount, on: movement.paidDate, item: history, of: call, today: today)
    } catch { throw Refusal.entry(error) }
    return try appendEntry(
      kind, call: call, item: item, amount: movement.amount, on: movement.paidDate,
      memo: movement.memo, reference: movement.reference)
  }

  func appendEntry(
    _ kind: Entry.Kind, call: CapitalCall, item: CallItem, amount: Money, on day: CalendarDate,
    settlement: Int64? = nil, reverses: Entry.ID? = nil, memo: String = "", reference: String = ""
  ) throws -> Entry.ID {
    Entry.ID(
      rawValue: try append(
        newEntry,
        [
          .text(kind.rawValue), .init(call.fund), .init(call.side), .init(item.commitment),
          .init(item.id), .init(amount), .init(amount), .init(day),
          settlement.map { .integer($0) } ?? .null, .init(reverses), .text(memo),
          .text(reference),
        ]))
  }
}

/// The amount in the commitment's currency and in the fund's are equal for now.
private let newEntry = FactInsert(
  into: "entry",
  """
  kind, fund_id, side, commitment_id, item_id, amount, fund_amount, effective_on, settlement_id, \
  reverses, memo, reference
  """)
