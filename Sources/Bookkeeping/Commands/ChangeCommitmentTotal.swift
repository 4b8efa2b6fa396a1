package import FundModel
import Store

/// Changes a fund's registered total from a date (증액, later closing, 감액).
package struct ChangeCommitmentTotal: Command {
  package static let name = "change-commitment-total"

  package let fund: Fund.ID
  /// Negative when the total shrinks.
  package let amount: Money
  /// The first day that counts it; `nil` for every reference date: the first amount was wrong.
  package let effectiveOn: CalendarDate?
  package let reason: String

  package init(fund: Fund.ID, amount: Money, effectiveOn: CalendarDate?, reason: String = "") {
    self.fund = fund
    self.amount = amount
    self.effectiveOn = effectiveOn
    self.reason = reason
  }

  package var content: JSON {
    [
      "fund": JSON(fund), "amount": JSON(amount), "effective_on": JSON(effectiveOn),
      "reason": JSON(reason),
    ]
  }

  package func execute(in books: OpenBooks) throws -> Fund.ID {
    let found = try books.fund(fund)
    try books.check(amount, "amount", in: found.currency)
    guard !amount.isZero else { throw Refusal.zero(field: "amount") }
    try books.check(reason, "reason", most: TextLimit.memo)
    let changes = try books.connection.rows(changesSQL, [.init(fund)]).map {
      (day: try $0.optionalDate("effective_on"), units: try $0.integer("amount"))
    }
    if let below = try books.firstBelowZero(
      first: found.firstCommitmentTotal, changes: changes + [(effectiveOn, amount.minorUnits)])
    {
      throw Refusal.commitmentTotalBelowZero(below.amount, on: below.day)
    }
    _ = try books.append(
      newTotalChange, [.init(fund), .init(amount), .init(effectiveOn), .text(reason)])
    return fund
  }
}

private let changesSQL = """
  SELECT effective_on, amount FROM fund_total_change WHERE fund_id = $1
  """

private let newTotalChange = FactInsert(
  into: "fund_total_change", "fund_id, amount, effective_on, reason")
