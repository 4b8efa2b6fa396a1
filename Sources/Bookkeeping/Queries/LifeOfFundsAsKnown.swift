package import FundModel
package import Store

/// From the first formation to the last maturity of all funds that the books know, whatever their
/// currency.
package struct LifeOfFundsAsKnown: Query {
  package let today: CalendarDate
  package let knownAt: Instant?

  package init(around today: CalendarDate, knownAt: Instant? = nil) {
    self.today = today
    self.knownAt = knownAt
  }

  package func answer(from connection: any SQLConnection) throws -> LifeOfFunds {
    let funds = try FundRecords.funds(
      knownThrough: connection.lastKnown(at: knownAt), in: connection)
    return LifeOfFunds(of: funds.map(\.terms), around: today)
  }
}
