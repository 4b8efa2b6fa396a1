/// One fund on the overview, at the close of a reference date.
@dynamicMemberLookup
package struct OverviewRow: Hashable, Sendable {
  package let fund: Fund
  package let referenceDate: CalendarDate
  package let sums: FundSums

  package init(fund: Fund, referenceDate: CalendarDate, sums: FundSums) {
    (self.fund, self.referenceDate, self.sums) = (fund, referenceDate, sums)
  }

  /// - Throws: `MoneyError`, also for an amount in another currency than the fund's.
  package init(
    fund: Fund, referenceDate: CalendarDate, commitmentTotal: Money, paidIn: Money,
    basis: PaidInBasis, gpPaidIn: Money, invested: Money, companyCount: Int
  ) throws(MoneyError) {
    for amount in [commitmentTotal, paidIn, gpPaidIn, invested]
    where amount.currency != fund.currency {
      throw .currenciesDiffer(fund.currency, amount.currency)
    }
    self.init(
      fund: fund, referenceDate: referenceDate,
      sums: try FundSums(
        fund.currency, commitmentTotal: commitmentTotal.minorUnits, paidIn: paidIn.minorUnits,
        basis: basis, gpPaidIn: gpPaidIn.minorUnits, invested: invested.minorUnits,
        companyCount: companyCount))
  }

  /// What it comes to, as ``FundSums`` says.
  package subscript<Value>(dynamicMember figure: KeyPath<FundSums, Value>) -> Value {
    sums[keyPath: figure]
  }

  package var status: FundStatus { fund.terms.dates.status(on: referenceDate) }
  /// 결성 전 funds are listed all the same and their commitment counts.
  package var isFormed: Bool { status != .forming }
  package var progress: Percent? { progress(decimals: 2) }
  /// 경과율, rounded once: two decimals in the API, whole on screen.
  package func progress(decimals: Int) -> Percent? {
    fund.terms.dates.investmentPeriodProgress(on: referenceDate, decimals: decimals)
  }
  package var remaining: RemainingTerm? { fund.terms.dates.remainingTerm(on: referenceDate) }
}

/// The rows of an overview: funds, and beside each what it comes to. They are kept apart, so that an
/// overview of thousands holds the list of funds once, however many dates are asked about.
package struct OverviewRows: Hashable, Sendable {
  package let referenceDate: CalendarDate
  package let funds: [Fund]
  /// Of each fund at its place.
  package let sums: [FundSums]

  /// - Parameter sums: as many as funds.
  package init(referenceDate: CalendarDate, funds: [Fund], sums: [FundSums]) {
    precondition(funds.count == sums.count)
    (self.referenceDate, self.funds, self.sums) = (referenceDate, funds, sums)
  }

  /// - Parameter rows: all of one reference date.
  package init(referenceDate: CalendarDate, _ rows: [OverviewRow]) {
    self.init(referenceDate: referenceDate, funds: rows.map(\.fund), sums: rows.map(\.sums))
  }
}

extension OverviewRows: RandomAccessCollection {
  package var startIndex: Int { sums.startIndex }
  package var endIndex: Int { sums.endIndex }

  package subscript(place: Int) -> OverviewRow {
    OverviewRow(fund: funds[place], referenceDate: referenceDate, sums: sums[place])
  }
}
