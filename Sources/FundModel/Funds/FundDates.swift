/// The days on which a fund's life turns, and where a reference date stands among them.
package struct FundDates: Hashable, Sendable {
  /// 등록(성립)일; none while the fund is being formed.
  package let formation: CalendarDate?
  package let investmentPeriodEnd: CalendarDate?
  /// 청산시기(예정).
  package let maturity: CalendarDate?
  package let dissolution: CalendarDate?
}

extension FundTerms {
  package var dates: FundDates {
    FundDates(
      formation: formationDate, investmentPeriodEnd: investmentPeriodEnd,
      maturity: maturityDate, dissolution: dissolutionDate)
  }
}

/// Where a fund stands in its life on a reference date. Derived, never stored.
package enum FundStatus: String, CaseIterable, Hashable, Sendable {
  case forming, active, dissolved
}

extension FundDates {
  /// `forming` without a formation date or before it, `dissolved` from the dissolution date on.
  package func status(on referenceDate: CalendarDate) -> FundStatus {
    guard let formation, referenceDate >= formation else { return .forming }
    if let dissolution, referenceDate >= dissolution { return .dissolved }
    return .active
  }

  /// 투자기간 경과율: (min(R, end) − formation) ÷ (end − formation) in days, 0 to 100 %; `nil` without
  /// both dates. Rounded once, to as many decimals as it is shown with.
  package func investmentPeriodProgress(
    on referenceDate: CalendarDate, decimals: Int = 2
  ) -> Percent? {
    guard let formation, let investmentPeriodEnd else { return nil }
    let length = investmentPeriodEnd.days(since: formation)
    guard length > 0 else {
      return Percent(tenThousandths: referenceDate < formation ? 0 : 1_000_000)
    }
    let elapsed = min(max(referenceDate.days(since: formation), 0), length)
    return Percent(Int64(elapsed), of: Int64(length), decimals: decimals)
  }

  /// 잔존기간; `nil` without a maturity date.
  package func remainingTerm(on referenceDate: CalendarDate) -> RemainingTerm? {
    maturity.map { RemainingTerm(to: $0, from: referenceDate) }
  }
}
