/// What one fund comes to at the close of a reference date, in whole minor units of its currency.
///
/// Plain numbers without the fund itself, so that thousands are made and copied for each date.
package struct FundSums: Hashable, Sendable {
  package let currency: Currency
  package let basis: PaidInBasis
  /// 투자업체수: distinct parties with a standing payment on the investments side.
  package let companyCount: Int
  @usableFromInline let commitmentTotalUnits: Int64
  @usableFromInline let paidInUnits: Int64
  @usableFromInline let gpPaidInUnits: Int64
  @usableFromInline let investedUnits: Int64

  /// Amounts in minor units of `currency`; what they mean is said of the properties.
  ///
  /// - Throws: `MoneyError.overflow` when what is left of them does not fit.
  @inlinable
  package init(
    _ currency: Currency, commitmentTotal: Int64, paidIn: Int64, basis: PaidInBasis,
    gpPaidIn: Int64, invested: Int64, companyCount: Int
  ) throws(MoneyError) {
    guard !commitmentTotal.subtractingReportingOverflow(invested).overflow,
      !paidIn.subtractingReportingOverflow(invested).overflow
    else { throw .overflow }
    (self.currency, self.basis, self.companyCount) = (currency, basis, companyCount)
    (commitmentTotalUnits, paidInUnits) = (commitmentTotal, paidIn)
    (gpPaidInUnits, investedUnits) = (gpPaidIn, invested)
  }

  /// 약정총액: the registered total with the changes dated on or before the reference date.
  @inlinable package var commitmentTotal: Money {
    Money(minorUnits: commitmentTotalUnits, currency)
  }
  /// 납입총액.
  @inlinable package var paidIn: Money { Money(minorUnits: paidInUnits, currency) }
  /// GP출자금: paid in over commitments of type GP; never the GP commitment.
  @inlinable package var gpPaidIn: Money { Money(minorUnits: gpPaidInUnits, currency) }
  /// 투자총액.
  @inlinable package var invested: Money { Money(minorUnits: investedUnits, currency) }
  /// 미투자액: commitment total less invested. Negative when more was invested.
  @inlinable package var uninvested: Money {
    Money(minorUnits: commitmentTotalUnits &- investedUnits, currency)
  }
  /// Paid-in less invested. Negative is flagged, not refused.
  @inlinable package var cash: Money { Money(minorUnits: paidInUnits &- investedUnits, currency) }
  /// 납입비율, two decimals; `nil` over a commitment total of zero.
  @inlinable package var paidInRatio: Percent? {
    Percent(paidInUnits, of: commitmentTotalUnits)
  }
  /// 투자자산 (AUM): cost still held.
  package var investmentAssets: Money { costHeld(invested: invested) }
}

/// Cost still held: what was invested, as long as nothing is exited. A function of its own, so that
/// exits change one place.
func costHeld(invested: Money) -> Money { invested }
