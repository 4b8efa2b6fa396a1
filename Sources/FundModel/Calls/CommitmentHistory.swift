/// What one commitment promises, and what standing calls ask of it, on every day.
///
/// A commitment may be changed and a call cancelled from a day on, and either may be keyed in late; so
/// whether a call passes the commitment is a question to every day from its notice date, not to one.
package struct CommitmentHistory: Sendable {
  /// One day, at its close.
  package struct Day: Hashable, Sendable {
    package let day: CalendarDate
    package let committed: Money
    /// Item amounts of the calls that count on the day, credits taken off.
    package let noticed: Money

    package var isAbove: Bool { noticed.minorUnits > committed.minorUnits }
  }

  /// The days on which something changes, in order; the first is the earliest of all, so there is
  /// always one.
  private let days: [Day]

  /// - Parameters:
  ///   - promises: the first amount and its changes in minor units; without a day, from the
  ///     beginning.
  ///   - calls: item amounts in minor units from their notice dates on, and the same negated from
  ///     the dates on which their calls were cancelled.
  package init(
    promises: [(day: CalendarDate?, units: Int64)], calls: [(day: CalendarDate, units: Int64)],
    in currency: Currency
  ) throws(MoneyError) {
    let changes =
      promises.map { (day: $0.day ?? .earliest, promised: $0.units, called: Int64(0)) }
      + calls.map { (day: $0.day, promised: Int64(0), called: $0.units) }
    var days = [
      Day(day: .earliest, committed: .zero(currency), noticed: .zero(currency))
    ]
    for change in changes.sorted(by: { $0.day < $1.day }) {
      let last = days[days.count - 1]
      let now = Day(
        day: change.day,
        committed: try last.committed + Money(minorUnits: change.promised, currency),
        noticed: try last.noticed + Money(minorUnits: change.called, currency))
      if last.day == change.day { days.removeLast() }
      days.append(now)
    }
    self.days = days
  }

  /// The day itself, then every later one on which something changes.
  private func days(from day: CalendarDate) -> [Day] {
    let now = days.last { $0.day <= day }.map {
      Day(day: day, committed: $0.committed, noticed: $0.noticed)
    }
    return (now.map { [$0] } ?? []) + days.filter { $0.day > day }
  }

  /// The first day from `day` on when more is called than committed, if `amount` is called too from
  /// then on; `nil` when there is none.
  package func firstAbove(
    calling amount: Money, from day: CalendarDate
  ) throws(MoneyError) -> Day? {
    for standing in days(from: day) {
      let called = Day(
        day: standing.day, committed: standing.committed,
        noticed: try standing.noticed + amount)
      if called.isAbove { return called }
    }
    return nil
  }

  /// The day itself, or the first from then on when more is called than committed.
  package func tightest(from day: CalendarDate) -> Day? {
    let days = days(from: day)
    return days.first(where: \.isAbove) ?? days.first
  }

  /// What is promised at the close of `day`.
  package func committed(on day: CalendarDate) -> Money {
    (days.last { $0.day <= day } ?? days[0]).committed
  }

  /// What can be called from `day` on without passing the commitment on any day; not negative.
  ///
  /// - Parameter called: of what the history counts from `day` on, what is not to be counted: the
  ///   item of a call that was only tried.
  package func notYetCalled(
    from day: CalendarDate, without called: Money? = nil
  ) throws(MoneyError) -> Money {
    var least: Money?
    for standing in days(from: day) {
      var left = try standing.committed - standing.noticed
      if let called { left = try left + called }
      if left.minorUnits < least?.minorUnits ?? .max { least = left }
    }
    guard let least, least.isPositive else {
      return .zero(least?.currency ?? days.first?.committed.currency ?? .krw)
    }
    return least
  }
}
