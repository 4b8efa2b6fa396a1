import Bookkeeping
import FundModel

let commitmentRoutes: [Route] = [
  .get(
    "/api/funds/{fund}/commitments", "commitments", .commitments,
    "A fund's commitments on both sides, each with its position.", query: Clocks.both,
    listShape("Commitments", "commitments", commitmentShape)
  ) { input in
    let asOf = try input.asOf()
    let fund = try await input.books.answer(FundAsOf(try input.path(PathID.fund), asOf))
    return Dated(asOf.referenceDate, fund.commitments)
  },
  .post(
    "/api/funds/{fund}/commitments", "commit", .commitments,
    "Records a party's promise on one side of a fund (약정).",
    currency: .of { .fund(try $0(PathID.fund)) }, body: NewCommitment.body
  ) { input in
    Commit(
      fund: try input.path(PathID.fund), side: try input.body(NewCommitment.side),
      party: try input.body(NewCommitment.party), amount: try input.body(NewCommitment.amount),
      partnerType: try input.body(NewCommitment.partnerType),
      instrument: try input.body(NewCommitment.instrument))
  },
  .post(
    "/api/commitments/{commitment}/terms", "amendCommitment", .commitments,
    "Amends a commitment's partner type or instrument. What is left out stays.",
    body: CommitmentAmendment.body
  ) { input in
    let partnerType = try input.body(CommitmentAmendment.partnerType)
    let instrument = try input.body(CommitmentAmendment.instrument)
    guard partnerType != .kept || instrument != .kept else { throw FieldProblems.nothingAmended }
    return AmendCommitment(
      commitment: try input.path(PathID.commitment), partnerType: partnerType,
      instrument: instrument)
  },
  .post(
    "/api/commitments/{commitment}/changes", "changeCommitment", .commitments,
    "Changes a commitment by an amount from a date (증액, 감액), or for every date.",
    currency: .of { .commitment(try $0(PathID.commitment)) }, body: AmountChange.body
  ) { input in
    ChangeCommitment(
      commitment: try input.path(PathID.commitment),
      amount: try input.body(AmountChange.amount),
      effectiveOn: try input.body(AmountChange.effectiveOn),
      reason: try input.body(AmountChange.reason))
  },
  .post(
    "/api/commitments/{commitment}/stated-paid-in", "statePaidIn", .commitments,
    "States what a partner had paid in before any history was entered (기재).",
    currency: .of { .commitment(try $0(PathID.commitment)) },
    body: Route.Body(fields: [statedAmount], example: ["amount": 500_000_000])
  ) { input in
    StatePaidIn(
      commitment: try input.path(PathID.commitment), amount: try input.body(statedAmount))
  },
]

private let statedAmount = Field.required(
  "amount", .amount(.notNegative), "Zero or more; the last statement counts.",
  example: 500_000_000)

private enum NewCommitment {
  static let side = Field.required(
    "side", .choice(Side.self), "partners: capital in; investments: capital out.",
    example: "partners")
  static let party = Field.required(
    "party", .counterparty,
    "With whom: an id, or a name, which is registered where the books have none such.", example: 1)
  static let amount = Field.required(
    "amount", .amount(), "What is promised; counts at every reference date.",
    example: 500_000_000)
  static let partnerType = Field.optional(
    "partner_type", .text(most: TextLimit.word), or: "",
    "GP or an LP kind; needed on the partners' side and only there.", example: "기관")
  static let instrument = Field.optional(
    "instrument", .text(most: TextLimit.word), or: "", "보통주, 전환사채 …", example: "보통주")

  static let body = Route.Body(
    fields: [side, party, amount, partnerType, instrument],
    example: [
      "side": "partners", "party": 1, "amount": 500_000_000, "partner_type": "기관",
    ])
}

private enum CommitmentAmendment {
  static let partnerType = Field.amended(
    "partner_type", .text(most: TextLimit.word), "GP or an LP kind; on the partners' side.")
  static let instrument = Field.amended(
    "instrument", .text(most: TextLimit.word), "보통주, 전환사채 …")

  static let body = Route.Body(
    fields: [partnerType, instrument], rule: [.init(name: "minProperties", value: 1)],
    example: ["partner_type": "금융기관"])
}
