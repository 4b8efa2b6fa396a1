import Bookkeeping
import FundModel

let entryRoutes: [Route] = [
  .get(
    "/api/funds/{fund}/ledger", "ledger", .entries,
    "A fund's cash ledger up to the reference date; reversed entries and reversals stay in it.",
    query: Clocks.both, listShape("Ledger", "entries", entryShape)
  ) { input in
    let asOf = try input.asOf()
    return Dated(
      asOf.referenceDate,
      try await input.books.answer(LedgerAsOf(fund: try input.path(PathID.fund), asOf)))
  },
  .post(
    "/api/items/{item}/payments", "recordPayment", .entries,
    "Records that money moved as a call asked (납입): the whole of an item, or part of it.",
    currency: .of { .item(try $0(PathID.item)) }, body: Movement.body
  ) { input in RecordPayment(try Movement.values(input)) },
  .post(
    "/api/items/{item}/refunds", "recordRefund", .entries,
    "Records that money went back (반환): settles a credit, or returns a payment.",
    currency: .of { .item(try $0(PathID.item)) }, body: Movement.body
  ) { input in RecordRefund(try Movement.values(input)) },
  .post(
    "/api/calls/{call}/settlement", "settleCall", .entries,
    "Records that items of a call were settled in full on one date, in one go: payments, and "
      + "refunds of credits.",
    body: Settlement.body
  ) { input in
    SettleCall(
      call: try input.path(PathID.call), items: try input.body(Settlement.items),
      paidDate: try input.body(Movement.paidDate), memo: try input.body(Movement.memo),
      reference: try input.body(Movement.reference))
  },
  .post(
    "/api/entries/{entry}/reversal", "reverseEntry", .entries,
    "Says that a payment or refund was keyed in wrongly (취소); both drop out at every date.",
    body: Route.Body(fields: [reasonField], example: ["reason": "두 번 입력함"])
  ) { input in
    ReverseEntry(entry: try input.path(PathID.entry), reason: try input.body(reasonField))
  },
]

private enum Movement {
  static let amount = Field.required("amount", .amount(), "More than zero.", example: 100_000_000)
  static let paidDate = Field.required(
    "paid_date", .date, "The day on which the money moved; not after today.",
    example: "2026-02-10")
  static let memo = Field.optional(
    "memo", .text(most: TextLimit.memo), or: "", "For people.", example: "1차분")
  static let reference = Field.optional(
    "reference", .text(most: TextLimit.name), or: "", "The bank's or the firm's own mark.",
    example: "W-2026-0210-07")

  static let body = Route.Body(
    fields: [amount, paidDate, memo, reference],
    example: ["amount": 100_000_000, "paid_date": "2026-02-10", "memo": "1차분"])

  static func values(_ input: Input) throws -> ItemMovement {
    ItemMovement(
      item: try input.path(PathID.item), amount: try input.body(amount),
      paidDate: try input.body(paidDate), memo: try input.body(memo),
      reference: try input.body(reference))
  }
}

private enum Settlement {
  static let items = Field.optional(
    "items", .list(of: .id(of: CallItem.self)), "All that are still open where left out.")

  static let body = Route.Body(
    fields: [items, Movement.paidDate, Movement.memo, Movement.reference],
    example: ["paid_date": "2026-02-10", "memo": "일괄 납입"])
}
