private import Foundation
package import FundModel

/// What time it is, and which civil day that is in the books' time zone.
///
/// Injected: the only real clock is made where the program starts.
package struct BooksClock: Sendable {
  /// The moment now.
  package let now: @Sendable () -> Instant
  private let zone: TimeZone

  /// - Returns: `nil` unless `zone` is a name of the time zone database, such as `Asia/Seoul`.
  package init?(zone name: String, now: @escaping @Sendable () -> Instant) {
    guard name.contains("/") || name == "UTC", let zone = TimeZone(identifier: name) else {
      return nil
    }
    self.zone = zone
    self.now = now
  }

  package var zoneName: String { zone.identifier }

  /// The civil date now, in the books' zone.
  package var today: CalendarDate { civilDate(of: now()) }

  package func civilDate(of instant: Instant) -> CalendarDate {
    let seconds = Double(instant.microseconds) / 1_000_000
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
    let shifted = instant.microseconds &+ Int64(offset) &* 1_000_000
    let day = shifted >= 0 ? shifted / 86_400_000_000 : (shifted - 86_399_999_999) / 86_400_000_000
    return CalendarDate(dayNumber: Int(day)) ?? (day < 0 ? .earliest : .latest)
  }

  /// The last microsecond of `day` in the books' zone.
  package func end(of day: CalendarDate) -> Instant {
    // The offset is looked up near the end itself, so that a day with a change of clocks is right.
    let utcMidnight = (Int64(day.dayNumber) + 1) * 86_400_000_000
    var guess = utcMidnight
    for _ in 0..<2 {
      let date = Date(timeIntervalSince1970: Double(guess) / 1_000_000 - 1)
      guess = utcMidnight - Int64(zone.secondsFromGMT(for: date)) * 1_000_000
    }
    return Instant(microseconds: guess - 1)
  }
}
