/// From the first formation to the last maturity of some funds: what a time rail reaches over.
package struct LifeOfFunds: Hashable, Sendable {
  /// `nil` where no fund has such a date.
  package let first: CalendarDate?
  package let last: CalendarDate?

  /// - Parameter today: a date further away from it than ``mostYears`` is left out. It is mistyped,
  ///   or so far off that everything else would be pressed together.
  package init(of funds: some Sequence<FundTerms>, around today: CalendarDate) {
    var first: CalendarDate?
    var last: CalendarDate?
    for terms in funds {
      for day in [terms.formationDate, terms.maturityDate, terms.dissolutionDate] {
        guard let day, abs(day.days(since: today)) <= Self.mostDays else { continue }
        first = min(first ?? day, day)
        last = max(last ?? day, day)
      }
    }
    self.first = first
    self.last = last
  }

  package static let mostYears = 40
  private static let mostDays = mostYears * 366
}
