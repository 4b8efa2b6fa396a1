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
    let (to, from) = (maturity.placeInMonth, referenceDate.placeInMonth)
    // The day of the maturity's month that whole months reach; the month before, where it is later.
    let reached = min(from.day, CalendarDate.days(inMonth: to.month))
    var months = to.month - from.month
    var days = to.day - reached
    if days < 0 {
      months -= 1
      let before = CalendarDate.days(inMonth: to.month - 1)
      days = to.day + before - min(from.day, before)
    }
    self = .running(years: months / 12, months: months % 12, days: days)
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
