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

  /// The last civil day in the books' zone that was over at `instant`: at its very end it is.
  package func lastDay(pastBy instant: Instant) -> CalendarDate {
    civilDate(of: instant.next).adding(days: -1)
  }

  package func civilDate(of instant: Instant) -> CalendarDate { civilTime(of: instant).day }

  /// The day and the time that clocks in the books' zone show.
  package func civilTime(of instant: Instant) -> CivilTime {
    let shifted = instant.microseconds &+ offset(at: instant)
    let perDay = CivilTime.microsecondsPerDay
    let day = shifted >= 0 ? shifted / perDay : (shifted - perDay + 1) / perDay
    return CivilTime(
      CalendarDate(dayNumber: Int(day)) ?? (day < 0 ? .earliest : .latest),
      microseconds: shifted - day * perDay)
  }

  /// The moment at which clocks in the books' zone show `time`: the later one where they show it
  /// twice. One that they skip is taken as if they had not.
  package func instant(at time: CivilTime) -> Instant {
    if time.microseconds == CivilTime.microsecondsPerDay - 1 { return end(of: time.day) }
    let perDay = CivilTime.microsecondsPerDay
    let shown = Int64(time.day.dayNumber) * perDay + time.microseconds
    let moments = [-perDay, perDay].map { away in
      Instant(microseconds: shown - offset(at: Instant(microseconds: shown + away)))
    }
    return moments.filter { civilTime(of: $0) == time }.max() ?? moments[0]
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
