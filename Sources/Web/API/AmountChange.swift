import Bookkeeping
import FundModel

/// The fields of a change of what was promised: of a commitment or of a fund's total.
enum AmountChange {
  static let amount = Field.required(
    "amount", .amount(.any), "What is added; negative when less is promised.",
    example: 300_000_000)
  static let effectiveOn = Field.optional(
    "effective_on", .date, "The first day that counts it. Every day where left out.",
    example: "2026-06-30")
  static let reason = Field.optional(
    "reason", .text(most: TextLimit.memo), or: "", "Why.", example: "증액")

  static let body = Route.Body(
    fields: [amount, effectiveOn, reason],
    example: ["amount": 300_000_000, "effective_on": "2026-06-30", "reason": "증액"])
}

extension FieldProblems {
  static var nothingAmended: FieldProblems {
    FieldProblems([FieldProblem("nothing-amended", .nothingAmended)])
  }
}

/// Why something is taken back.
let reasonField = Field.required(
  "reason", .text(most: TextLimit.memo, required: true), "Why; kept for ever.",
  example: "두 번 입력함")
