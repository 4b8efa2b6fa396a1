/// What was promised, asked and paid at the close of a reference date: of one commitment, or of a
/// whole side of a fund.
///
/// Derived on every reading, never stored. A `Position` exists only if its sums do, so reading its
/// figures cannot fail.
package struct Position: Hashable, Sendable {
  package let committed: Money
  /// 청구액: item amounts of standing calls with notice date on or before the reference date,
  /// credits taken off.
  package let noticed: Money
  /// 납입액 (on the investments side 투자액): standing payments less standing refunds.
  package let paid: Money
  /// 미납액: still owed on positive items that were noticed. Never negative.
  package let outstanding: Money
  /// Still to be returned on credits that were noticed. Never negative.
  package let creditsDue: Money
  /// 미청구액: committed less noticed. Negative when more was called than committed.
  package let notYetCalled: Money
  /// 미납입 약정액: committed less paid, the customer's word.
  package let uncalled: Money

  package init(
    committed: Money, noticed: Money, paid: Money, outstanding: Money, creditsDue: Money
  ) throws(MoneyError) {
    self.committed = committed
    self.noticed = noticed
    self.paid = paid
    self.outstanding = outstanding
    self.creditsDue = creditsDue
    notYetCalled = try committed - noticed
    uncalled = try committed - paid
  }

  /// Paid ÷ committed, two decimals; `nil` over zero.
  package var paidPercent: Percent? { Percent(paid, of: committed) }

  /// Uncalled ÷ committed, two decimals; `nil` over zero.
  package var uncalledPercent: Percent? { Percent(uncalled, of: committed) }

  package static func sum(
    _ positions: some Collection<Position>, in currency: Currency
  ) throws(MoneyError) -> Position {
    try Position(
      committed: Money.sum(positions.map(\.committed), in: currency),
      noticed: Money.sum(positions.map(\.noticed), in: currency),
      paid: Money.sum(positions.map(\.paid), in: currency),
      outstanding: Money.sum(positions.map(\.outstanding), in: currency),
      creditsDue: Money.sum(positions.map(\.creditsDue), in: currency))
  }
}
