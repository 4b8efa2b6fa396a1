import Bookkeeping
import FundModel

let callRoutes: [Route] = [
  .get(
    "/api/funds/{fund}/calls", "calls", .calls,
    "A fund's capital calls with items and entries; not yet noticed and cancelled ones too.",
    query: Clocks.both, listShape("CapitalCalls", "calls", callSheetShape)
  ) { input in
    let asOf = try input.asOf()
    return Dated(
      asOf.referenceDate,
      try await input.books.answer(
        CallSheetsAsOf(.ofFund(try input.path(PathID.fund)), asOf)))
  },
  .get(
    "/api/calls/{call}", "call", .calls, "One capital call with items and entries.",
    query: Clocks.both, callSheetShape
  ) { input in
    let call = try input.path(PathID.call)
    let sheets = try await input.books.answer(CallSheetsAsOf(.one(call), try input.asOf()))
    guard let sheet = sheets.first else { throw Refusal.unknown(.call, call.rawValue) }
    return sheet
  },
  .post(
    "/api/funds/{fund}/calls", "issueCapitalCall", .calls,
    "Issues a capital call: explicit items, or an amount or a percentage shared pro rata.",
    currency: .of { .fund(try $0(PathID.fund)) }, body: NewCall.body,
    location: { (call: CapitalCall.ID) in "/api/calls/\(call)" },
    rehearsal: Rehearsal(query: [Clocks.referenceDate], callPreviewShape, preview)
  ) { input in try NewCall.command(input) },
  .post(
    "/api/funds/{fund}/opening-call", "openFromStated", .calls,
    "Makes an opening call from the stated amounts, noticed, due and paid on one date.",
    body: OpeningCall.body, location: { (call: CapitalCall.ID) in "/api/calls/\(call)" },
    rehearsal: Rehearsal(query: [Clocks.referenceDate], callPreviewShape, preview)
  ) { input in try OpeningCall.command(input) },
  .post(
    "/api/calls/{call}/terms", "amendCapitalCall", .calls,
    "Amends a call's type or due date. What is left out stays.", body: CallAmendment.body
  ) { input in
    let callType = try input.body(CallAmendment.callType)
    let dueDate = try input.body(CallAmendment.dueDate)
    guard callType != .kept || dueDate != .kept else { throw FieldProblems.nothingAmended }
    return AmendCapitalCall(
      call: try input.path(PathID.call), callType: callType.new, dueDate: dueDate.new)
  },
  .post(
    "/api/calls/{call}/cancellation", "cancelCapitalCall", .calls,
    "Cancels a call from a date; before it the call counts as it did.",
    body: Route.Body(
      fields: [cancelledOn, reasonField],
      example: ["cancelled_on": "2026-02-14", "reason": "금액 착오"])
  ) { input in
    CancelCapitalCall(
      call: try input.path(PathID.call), cancelledOn: try input.body(cancelledOn),
      reason: try input.body(reasonField))
  },
]

private let cancelledOn = Field.optional(
  "cancelled_on", .date,
  "The first day on which it no longer counts; today where left out. Not before the notice date, nor "
    + "after the later of it and today.",
  example: "2026-02-14")

private let overCommitmentReason = Field.optional(
  "over_commitment_reason", .text(most: TextLimit.memo), or: "",
  "Why more is called than committed; needed only then.")

enum OpeningCall {
  static let paidDate = Field.required(
    "paid_date", .date, "The day on which the stated amounts count as paid; not after today.",
    example: "2025-12-31")
  static let body = Route.Body(
    fields: [paidDate, overCommitmentReason], example: ["paid_date": "2025-12-31"])

  static func command(_ input: Input) throws -> OpenFromStated {
    OpenFromStated(
      fund: try input.path(PathID.fund), paidDate: try input.body(paidDate),
      overCommitmentReason: try input.body(overCommitmentReason))
  }
}

private let creditReason = Field.optional(
  "credit_reason", .text(most: TextLimit.memo), or: "",
  "Why capital is returned; needed where an item is negative.")

private enum CallAmendment {
  static let callType = Field.amended("call_type", .text(most: TextLimit.word), "최초납입 …")
  static let dueDate = Field.amended("due_date", .date, "Not before the notice date.")

  static let body = Route.Body(
    fields: [callType, dueDate], rule: [.init(name: "minProperties", value: 1)],
    example: ["due_date": "2026-03-31"])
}

extension Amendment {
  /// The new value, where there is one.
  fileprivate var new: Value? {
    switch self {
    case .kept: nil
    case .changed(let value): value
    }
  }
}

enum NewCall {
  static let commitment = Field.optional(
    "commitment", .id(of: Commitment.self),
    "The investment that calls capital. Left out for a call on the fund's partners.")
  static let number = Field.optional(
    "number", .integer(1...1_000_000), "The next one where left out.", example: 2)
  static let callType = Field.optional(
    "call_type", .text(most: TextLimit.word), or: "", "최초납입, 추가납입, 수시납입 …",
    example: "수시납입")
  static let noticeDate = Field.required(
    "notice_date", .date, "From this day on the call counts.", example: "2026-02-20")
  static let dueDate = Field.required(
    "due_date", .date, "Not before the notice date.", example: "2026-03-15")
  static let items = Field.optional(
    "items", .list(of: item), "What each commitment is asked. Negative is a credit.")
  static let amount = Field.optional(
    "amount", .amount(),
    "To be shared pro rata, to the last minor unit. Beside items what they have to add up to.",
    example: 100_000_000)
  static let percent = Field.optional(
    "percent", .percent, "Of what the commitments asked promise together; shared pro rata.",
    example: 10)
  static let shareBy = Field.optional(
    "share_by", .choice(ShareBasis.self), or: .commitment,
    "What shares are in proportion to.", example: "not_yet_called")
  static let leaveOut = Field.optional(
    "leave_out", .list(of: .id(of: Commitment.self)), or: [],
    "Commitments that a pro-rata call does not ask.")

  private static let item = FieldKind<CallShares.Item>.pair(
    Field.required("commitment", .id(of: Commitment.self), "Whom the item asks.", example: 1),
    Field.required("amount", .amount(.any), "Negative is a credit.", example: 100_000_000)
  ) { CallShares.Item(commitment: $0, amount: $1) }

  static let body = Route.Body(
    fields: [
      commitment, number, callType, noticeDate, dueDate, items, amount, percent, shareBy,
      leaveOut, overCommitmentReason, creditReason,
    ],
    example: [
      "call_type": "수시납입", "notice_date": "2026-02-20", "due_date": "2026-03-15",
      "amount": 100_000_000, "share_by": "commitment",
    ])

  static func command(_ input: Input) throws -> IssueCapitalCall {
    let values = input.body
    return IssueCapitalCall(
      fund: try input.path(PathID.fund), investment: try values(commitment),
      number: try values(number), callType: try values(callType),
      noticeDate: try values(noticeDate), dueDate: try values(dueDate),
      shares: try shares(values),
      overCommitmentReason: try values(overCommitmentReason),
      creditReason: try values(creditReason))
  }

  private static func shares(_ values: FieldValues) throws -> CallShares {
    let basis = try values(shareBy)
    let leftOut = Set(try values(leaveOut))
    switch (try values(items), try values(amount), try values(percent)) {
    case (let items?, let total, nil) where total == nil || !items.isEmpty:
      let notAsked = items.firstIndex { leftOut.contains($0.commitment) }
      if let notAsked {
        throw FieldProblems([
          FieldProblem("left-out", .leftOutAndAsked, at: ["items", "\(notAsked)", "commitment"])
        ])
      }
      if let total { try check(items, addUpTo: total) }
      return .explicit(items)
    case (nil, let amount?, nil): return .amount(amount, by: basis, leavingOut: leftOut)
    case (nil, nil, let percent?): return .percent(percent, by: basis, leavingOut: leftOut)
    default: throw FieldProblems([FieldProblem("one-of", .oneOfShares)])
    }
  }

  /// Beside items an amount is their control total, as on a call notice.
  private static func check(_ items: [CallShares.Item], addUpTo total: Money) throws {
    let sum = try Money.sum(items.map(\.amount), in: total.currency)
    guard sum != total else { return }
    let problem = FieldProblem(
      "items-do-not-add", .itemsDoNotAdd(sum, total: total, difference: try sum - total),
      at: ["amount"])
    throw FieldProblems([problem])
  }
}
