/// Why what was typed is not a day. Each case holds what one sentence needs.
package enum DateProblem: Error, Hashable, Sendable {
  case empty
  /// Longer than any date: more than `limit` characters.
  case tooLong(limit: Int)
  /// Not a date in any spelling known here; 10/03/2025 neither, which could be two days.
  case unreadable(String)
  /// `25-03-10`: the century is never guessed.
  case twoDigitYear(String)
  /// Jangbu's calendar has the years 1900 to 2199.
  case yearOutOfRange(Int)
  /// Well written, but not in the calendar, such as 2025-02-29 or a 13th month.
  case noSuchDay(year: Int, month: Int, day: Int)
}

extension DateProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "A date is needed, such as 2026-02-14."
    case .tooLong(let limit): "A date has at most \(limit) characters."
    case .unreadable(let text): "“\(text)” is not a date. Write it as 2026-02-14."
    case .twoDigitYear(let text): "“\(text)” lacks the century. Write the year with four digits."
    case .yearOutOfRange(let year): "The year \(year) is outside 1900 to 2199."
    case .noSuchDay(let year, let month, let day):
      if (1...12).contains(month) {
        """
        There is no day \(day) in month \(month) of \(year): \
        it has \(CalendarDate.days(inMonth: month, of: year)).
        """
      } else {
        "There is no month \(month): a year has 12."
      }
    }
  }
}
