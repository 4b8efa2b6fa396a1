import FundModel
import Synchronization

/// The moment of an answer as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, §5.6.7):
/// made once a second.
final class HTTPDate: Sendable {
  private let last = Mutex<(second: Int64, text: String)>((.min, ""))

  func text(at now: Instant) -> String {
    let second = now.microseconds / 1_000_000
    return last.withLock { last in
      if last.second != second { last = (second, Self.text(second)) }
      return last.text
    }
  }

  /// - Parameter second: since 1970.
  private static func text(_ second: Int64) -> String {
    let (day, time) = (Int(second / 86_400), Int(second % 86_400))
    guard let date = CalendarDate(dayNumber: day) else { return "" }
    let (year, month, dayOfMonth) = date.parts
    let clock = [time / 3_600, time / 60 % 60, time % 60].map(twoDigits).joined(separator: ":")
    return
      "\(weekdays[date.weekday]), \(twoDigits(dayOfMonth)) \(months[month - 1]) \(year) \(clock) GMT"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
