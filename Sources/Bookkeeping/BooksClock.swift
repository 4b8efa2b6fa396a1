private import Foundation
package import FundModel

/// What time it is, and which civil day that is in the books' time zone.
///
/// Injected: the only real clock is made where the program starts.
package struct BooksClock: Sendable {
  /// The moment now.
  package let now: @Sendable () -> Instant
  /// As it was given: Foundation would call `UTC` `GMT`.
  package let zoneName: String
  private let zone: TimeZone

  /// - Returns: `nil` unless `zone` is a name of the time zone database, such as `Asia/Seoul`.
  package init?(zone name: String, now: @escaping @Sendable () -> Instant) {
    guard name.contains("/") || name == "UTC", let zone = TimeZone(identifier: name) else {
      return nil
    }
    zoneName = name
    self.zone = zone
    self.now = now
  }

  /// The civil date now, in the books' zone.
  package var today: CalendarDate { civilDate(of: now()) }

  package func civilDate(of instant: Instant) -> CalendarDate {
    let shifted = instant.microseconds &+ offset(at: instant)
    let day = shifted >= 0 ? shifted / 86_400_000_000 : (shifted - 86_399_999_999) / 86_400_000_000
    return CalendarDate(dayNumber: Int(day)) ?? (day < 0 ? .earliest : .latest)
  }

  /// As a clock in the books' zone shows it, to the minute: `2026-03-02 14:05`.
  package func moment(of instant: Instant) -> String {
    let local = Instant(microseconds: instant.microseconds &+ offset(at: instant)).description
    return "\(local.prefix(10)) \(local.dropFirst(11).prefix(5))"
  }

  /// The last microsecond of `day` in the books' zone.
  ///
  /// Where clocks change around midnight, midnight may come twice or never: of the ends that the
  /// offsets before and after give, it is the last one that doesn't lie in a later day.
  package func end(of day: CalendarDate) -> Instant {
    let midnight = (Int64(day.dayNumber) + 1) * 86_400_000_000
    let ends = [-86_400_000_000, 86_400_000_000].map { away in
      Instant(microseconds: midnight - offset(at: Instant(microseconds: midnight + away)) - 1)
    }
    return ends.filter { civilDate(of: $0) <= day }.max() ?? ends[0]
  }

  /// How far the zone's clocks are ahead of UTC, in microseconds.
  private func offset(at instant: Instant) -> Int64 {
    let date = Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000)
    return Int64(zone.secondsFromGMT(for: date)) * 1_000_000
  }
}
