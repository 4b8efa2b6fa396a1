/// How long a fund still runs on a reference date (잔존기간).
package enum RemainingTerm: Hashable, Sendable {
  /// The largest whole number of months that still fits, then days: all at least 0, not all 0.
  case running(years: Int, months: Int, days: Int)
  case maturesToday
  case matured

  /// - Parameters:
  ///   - maturity: the last day of the fund's life.
  ///   - referenceDate: counted from; a day of month that the target month lacks becomes its last.
  package init(to maturity: CalendarDate, from referenceDate: CalendarDate) {
    guard referenceDate < maturity else {
      self = referenceDate == maturity ? .maturesToday : .matured
      return
    }
    let (toYear, toMonth, _) = maturity.parts
    let (fromYear, fromMonth, _) = referenceDate.parts
    var months = (toYear - fromYear) * 12 + toMonth - fromMonth
    var reached = referenceDate.adding(months: months) ?? referenceDate
    if reached > maturity {
      months -= 1
      reached = referenceDate.adding(months: months) ?? referenceDate
    }
    self = .running(years: months / 12, months: months % 12, days: maturity.days(since: reached))
  }

  /// The state as the API names it.
  package var state: String {
    switch self {
    case .running: "running"
    case .maturesToday: "matures_today"
    case .matured: "matured"
    }
  }
}
