import Bookkeeping
package import FundModel

/// A moment whose knowledge is asked for, read as people type it.
package struct KnownMoment: Hashable, Sendable {
  package let instant: Instant
  /// The same on the clocks of the books' zone.
  package let time: CivilTime
  /// As links have it: a day, or an instant as it was sent or in UTC.
  package let inAddress: String

  /// - Parameter text: a day, which means its end in the books' zone; a day and a time of that zone;
  ///   or RFC 3339 with a zone of its own.
  static func reading(
    _ text: String, _ clock: BooksClock
  ) -> Result<KnownMoment, PageFrame.UnreadMoment> {
    if let instant = clock.instant(readFrom: text) {
      return .success(
        KnownMoment(instant: instant, time: clock.civilTime(of: instant), inAddress: text))
    }
    do throws(DateProblem) {
      let time = try CivilTime(typed: text)
      let instant = clock.instant(at: time)
      let isDay = time.typed == time.day.description
      return .success(
        KnownMoment(
          instant: instant, time: time,
          inAddress: isDay ? time.day.description : instant.description))
    } catch {
      let typed = JSON.shortened(text)
      let sentence: Phrase =
        if case .unreadable = error { .notAMoment(typed) } else { error.sentence }
      return .failure(
        PageFrame.UnreadMoment(typed: typed, title: .badKnownAt, sentence: sentence))
    }
  }

  /// Whether it is still to come. The end of today is not: today is what it asks for.
  func liesAhead(of now: Instant, _ today: CalendarDate) -> Bool {
    instant > now && (time.typed != time.day.description || time.day > today)
  }
}
