/// A month of the civil calendar, such as the one that a calendar shows: 1900-01 to 2199-12.
package struct CalendarMonth: Hashable, Comparable, Sendable {
  /// The first of the month.
  package let first: CalendarDate

  /// The month that `date` lies in.
  package init(of date: CalendarDate) { first = date.adding(days: 1 - date.day) }

  /// Strict ISO 8601: four and two ASCII digits with a hyphen, such as `2026-03`.
  package init?(_ text: some StringProtocol) {
    guard let first = CalendarDate(text + "-01") else { return nil }
    self.first = first
  }

  package static func < (a: CalendarMonth, b: CalendarMonth) -> Bool { a.first < b.first }

  package var last: CalendarDate { first.monthEnd }

  /// Its days, in order.
  package var days: [CalendarDate] { (0..<last.day).map { first.adding(days: $0) } }

  package func contains(_ date: CalendarDate) -> Bool { first <= date && date <= last }

  /// The month that many months later; `nil` outside the years 1900 to 2199.
  package func adding(months: Int) -> CalendarMonth? {
    first.adding(months: months).map(CalendarMonth.init(of:))
  }
}

extension CalendarMonth: CustomStringConvertible {
  package var description: String { String(first.description.dropLast(3)) }
}
