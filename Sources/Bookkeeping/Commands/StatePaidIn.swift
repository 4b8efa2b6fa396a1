package import FundModel
import Store

/// States what a partner has paid in before any history was entered (기재). The last statement
/// counts; entries of the ledger take its place as soon as the fund has a standing item.
package struct StatePaidIn: Command {
  package static let name = "state-paid-in"

  package let commitment: Commitment.ID
  /// Zero or more.
  package let amount: Money

  package init(commitment: Commitment.ID, amount: Money) {
    self.commitment = commitment
    self.amount = amount
  }

  package var content: JSON { ["commitment": JSON(commitment), "amount": JSON(amount)] }

  package func execute(in books: OpenBooks) throws -> Commitment.ID {
    let found = try books.commitment(commitment)
    guard found.side == .partners else {
      throw Refusal.commitmentElsewhere(commitment.rawValue)
    }
    try books.checkNotNegative(amount, "amount", in: found.amount.currency)
    _ = try books.append(newStatement, [.init(commitment), .init(amount)])
    return commitment
  }
}

private let newStatement = FactInsert(into: "stated_paid_in", "commitment_id, amount")
