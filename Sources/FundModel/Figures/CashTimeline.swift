/// How paid-in grew, day by day, over all funds of one currency; and which due dates are ahead.
package struct CashTimeline: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package let day: CalendarDate
    /// Cumulative paid-in at the close of `day`, all funds of the currency.
    package let paidIn: Money

    package init(day: CalendarDate, paidIn: Money) {
      self.day = day
      self.paidIn = paidIn
    }
  }

  /// Days on which cash moved on the partners' side, in order.
  package let steps: [Step]
  /// Due dates of standing calls on the partners' side that are not complete, in order.
  package let dueDays: [CalendarDate]

  package init(steps: [Step], dueDays: [CalendarDate]) {
    self.steps = steps
    self.dueDays = dueDays
  }
}
