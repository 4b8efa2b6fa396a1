import Bookkeeping
import FundModel

let investmentRoutes: [Route] = [
  .post(
    "/api/funds/{fund}/investments", "recordInvestment", .investments,
    "Records a direct investment: committed, noticed, due and paid in full on its date.",
    currency: .of { .fund(try $0(PathID.fund)) }, body: NewInvestment.body
  ) { input in
    RecordInvestment(
      fund: try input.path(PathID.fund), party: try input.body(NewInvestment.party),
      amount: try input.body(NewInvestment.amount),
      investedOn: try input.body(NewInvestment.investedOn),
      instrument: try input.body(NewInvestment.instrument))
  },
  .post(
    "/api/investments/{commitment}/undo", "undoInvestment", .investments,
    "Undoes a direct investment; nothing of it stays outstanding, counted or on the calendar.",
    body: Route.Body(fields: [reasonField], example: ["reason": "다른 조합의 투자"])
  ) { input in
    UndoInvestment(
      investment: try input.path(PathID.commitment), reason: try input.body(reasonField))
  },
]

private enum NewInvestment {
  static let party = Field.required(
    "party", .counterparty,
    "The company or underlying fund: an id, or a name, registered where the books lack it.",
    example: 1)
  static let amount = Field.required("amount", .amount(), "More than zero.", example: 50_000_000)
  static let investedOn = Field.required(
    "invested_on", .date, "The day on which the money went out; not after today.",
    example: "2026-01-10")
  static let instrument = Field.optional(
    "instrument", .text(most: TextLimit.word), or: "", "보통주, 전환사채 …", example: "보통주")

  static let body = Route.Body(
    fields: [party, amount, investedOn, instrument],
    example: [
      "party": 1, "amount": 50_000_000, "invested_on": "2026-01-10", "instrument": "보통주",
    ])
}
