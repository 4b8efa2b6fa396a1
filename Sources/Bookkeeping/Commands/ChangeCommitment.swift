package import FundModel
import Store

/// Changes a commitment by an amount from a date (증액, 감액).
package struct ChangeCommitment: Command {
  package static let name = "change-commitment"

  package let commitment: Commitment.ID
  /// Negative when less is promised.
  package let amount: Money
  /// The first day that counts it; `nil` for every reference date: the first amount was wrong.
  package let effectiveOn: CalendarDate?
  package let reason: String

  package init(
    commitment: Commitment.ID, amount: Money, effectiveOn: CalendarDate?, reason: String = ""
  ) {
    self.commitment = commitment
    self.amount = amount
    self.effectiveOn = effectiveOn
    self.reason = reason
  }

  package var content: JSON {
    [
      "commitment": JSON(commitment), "amount": JSON(amount), "effective_on": JSON(effectiveOn),
      "reason": JSON(reason),
    ]
  }

  package func execute(in books: OpenBooks) throws -> Commitment.ID {
    try change(in: books, asHistory: false)
  }

  /// - Parameter asHistory: an import also replays how a direct investment was released.
  func change(in books: OpenBooks, asHistory: Bool) throws -> Commitment.ID {
    let found = try books.commitment(commitment)
    guard asHistory || !found.isDirectInvestment else { throw Refusal.directInvestment }
    try books.check(amount, "amount", in: found.amount.currency)
    guard !amount.isZero else { throw Refusal.zero(field: "amount") }
    try books.check(reason, "reason", most: TextLimit.memo)
    let first = try books.connection.rows(firstSQL, [.init(commitment)]).first
    let changes = try books.connection.rows(changesSQL, [.init(commitment)]).map {
      (day: try $0.optionalDate("effective_on"), units: try $0.integer("amount"))
    }
    if let first,
      let below = try books.firstBelowZero(
        first: try first.money("amount", in: found.amount.currency),
        changes: changes + [(effectiveOn, amount.minorUnits)])
    {
      throw Refusal.commitmentBelowZero(below.amount, on: below.day)
    }
    try books.appendChange(of: commitment, by: amount, from: effectiveOn, reason)
    return commitment
  }
}

extension OpenBooks {
  func appendChange(
    of commitment: Commitment.ID, by amount: Money, from day: CalendarDate?, _ reason: String
  ) throws {
    _ = try append(newChange, [.init(commitment), .init(amount), .init(day), .text(reason)])
  }
}

private let firstSQL = "SELECT amount FROM commitment WHERE id = $1"

private let changesSQL = """
  SELECT effective_on, amount FROM commitment_change WHERE commitment_id = $1
  """

private let newChange = FactInsert(
  into: "commitment_change", "commitment_id, amount, effective_on, reason")
