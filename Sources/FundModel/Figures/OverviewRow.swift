/// One fund on the overview, at the close of a reference date.
package struct OverviewRow: Hashable, Sendable {
  package let fund: Fund
  package let referenceDate: CalendarDate
  /// 약정총액: the registered total with the changes dated on or before the reference date.
  package let commitmentTotal: Money
  /// 납입총액.
  package let paidIn: Money
  package let basis: PaidInBasis
  /// GP출자금: paid in over commitments of type GP; never the GP commitment.
  package let gpPaidIn: Money
  /// 투자총액.
  package let invested: Money
  /// 투자업체수: distinct parties with a standing payment on the investments side.
  package let companyCount: Int
  /// 미투자액: commitment total less invested. Negative when more was invested.
  package let uninvested: Money
  /// Paid-in less invested. Negative is flagged, not refused.
  package let cash: Money

  package init(
    fund: Fund, referenceDate: CalendarDate, commitmentTotal: Money, paidIn: Money,
    basis: PaidInBasis, gpPaidIn: Money, invested: Money, companyCount: Int
  ) throws(MoneyError) {
    self.fund = fund
    self.referenceDate = referenceDate
    self.commitmentTotal = commitmentTotal
    self.paidIn = paidIn
    self.basis = basis
    self.gpPaidIn = gpPaidIn
    self.invested = invested
    self.companyCount = companyCount
    uninvested = try commitmentTotal - invested
    cash = try paidIn - invested
  }

  /// 납입비율, two decimals; `nil` over a commitment total of zero.
  package var paidInRatio: Percent? { Percent(paidIn, of: commitmentTotal) }
  /// 투자자산 (AUM): cost still held.
  package var investmentAssets: Money { costHeld(invested: invested) }
  package var status: FundStatus { fund.terms.status(on: referenceDate) }
  /// 결성 전 funds are listed all the same and their commitment counts.
  package var isFormed: Bool { status != .forming }
  package var progress: Percent? { progress(decimals: 2) }
  /// 경과율, rounded once: two decimals in the API, whole on screen.
  package func progress(decimals: Int) -> Percent? {
    fund.terms.investmentPeriodProgress(on: referenceDate, decimals: decimals)
  }
  package var remaining: RemainingTerm? { fund.terms.remainingTerm(on: referenceDate) }
}

/// Cost still held: what was invested, as long as nothing is exited. A function of its own, so that
/// exits change one place.
func costHeld(invested: Money) -> Money { invested }
