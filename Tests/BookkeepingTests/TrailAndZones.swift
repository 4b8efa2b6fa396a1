import Bookkeeping
import FundModel
import RandomBooks
import Testing

@Suite("The audit trail")
struct TrailTests {
  @Test("Sequences have no gap and instants go forward, though the clock stands still or goes back")
  func clockGoesBack() async throws {
    let start = Story.noon("2026-06-30")
    let test = try await TestBooks(at: start)
    let instants = [
      start, start, Story.noon("2026-06-29"), Story.noon("2020-01-01"), Story.noon("2026-07-01"),
      Instant(microseconds: Story.noon("2026-07-01").microseconds - 1),
    ]
    var stamps: [AuditStamp] = []
    for (index, instant) in instants.enumerated() {
      test.clock.set(instant)
      stamps.append(
        try await test.books.perform(RegisterParty(name: "P\(index)"), by: "maria").audit)
      // A refused command takes no number.
      await #expect(throws: Refusal.nameTaken("P0", by: .party)) {
        try await test.books.perform(RegisterParty(name: "P0"), by: "maria")
      }
    }
    #expect(stamps.map(\.sequence) == [1, 2, 3, 4, 5, 6])
    #expect(
      stamps.map(\.recordedAt) == [
        start, start.next, start.next.next, start.next.next.next, Story.noon("2026-07-01"),
        Story.noon("2026-07-01").next,
      ])
    let trail = try await test.books.answer(AuditTrail())
    #expect(trail.map(\.stamp) == stamps.reversed())
    #expect(trail.allSatisfy { $0.actor == "maria" && $0.command == "register-party" })
    #expect(trail.first?.content == #"{"name":"P5","industry":""}"#)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test("The trail comes in pages, and as far as it was known")
  func pages() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    var stamps: [AuditStamp] = []
    for index in 1...5 {
      stamps.append(
        try await test.books.perform(RegisterParty(name: "P\(index)"), by: "maria").audit)
    }
    let first = try await test.books.answer(AuditTrail(limit: 2))
    #expect(first.map(\.stamp.sequence) == [5, 4])
    let second = try await test.books.answer(AuditTrail(before: 4, limit: 2))
    #expect(second.map(\.stamp.sequence) == [3, 2])
    let known = try await test.books.answer(AuditTrail(knownAt: stamps[2].recordedAt))
    #expect(known.map(\.stamp.sequence) == [3, 2, 1])
  }
}

/// Which day it is depends on where the books are kept.
@Suite("Time zones")
struct ZoneTests {
  @Test(
    "Today changes at the zone's midnight, and a day ends just before it",
    arguments: [
      // The last microsecond of the day in UTC, then the day.
      ("Asia/Seoul", "2026-02-14", "2026-02-14T14:59:59.999999Z"),
      ("UTC", "2026-02-14", "2026-02-14T23:59:59.999999Z"),
      ("Pacific/Kiritimati", "2026-02-14", "2026-02-14T09:59:59.999999Z"),
      ("America/New_York", "2026-02-14", "2026-02-15T04:59:59.999999Z"),
      // Clocks went forward at 2 in the morning of the 8th: a day of 23 hours.
      ("America/New_York", "2026-03-07", "2026-03-08T04:59:59.999999Z"),
      ("America/New_York", "2026-03-08", "2026-03-09T03:59:59.999999Z"),
      // They went back on the 1st of November: a day of 25 hours.
      ("America/New_York", "2026-10-31", "2026-11-01T03:59:59.999999Z"),
      ("America/New_York", "2026-11-01", "2026-11-02T04:59:59.999999Z"),
      // Here midnight itself is skipped: the 5th of September ends at 24:00, the 6th begins at 1.
      ("America/Santiago", "2026-09-05", "2026-09-06T03:59:59.999999Z"),
      // And here it comes twice: the 4th of April has 25 hours.
      ("America/Santiago", "2026-04-04", "2026-04-05T03:59:59.999999Z"),
      // Clocks went back at one minute past midnight: for that minute it was the 5th already.
      ("America/St_Johns", "2006-10-28", "2006-10-29T03:29:59.999999Z"),
      ("Pacific/Pago_Pago", "2026-12-31", "2027-01-01T10:59:59.999999Z"),
    ])
  func endOfDay(zone: String, day: String, end: String) async throws {
    let (date, last) = (CalendarDate(day)!, Instant(end)!)
    let test = try await TestBooks(at: last, settings: BooksSettings(zone: zone))
    let clock = test.books.clock
    #expect(clock.zoneName == zone)
    #expect(clock.end(of: date) == last)
    #expect(clock.today == date)
    test.clock.set(last.next)
    #expect(clock.today == date.adding(days: 1))
  }

  @Test("A payment of today is taken and one of tomorrow isn't, each zone by its own midnight")
  func paymentsAtMidnight() async throws {
    // 20:00 UTC on 30 June: the 30th in New York, already the 1st of July in Seoul and Kiritimati.
    let now = Instant("2026-06-30T20:00:00Z")!
    for (zone, today) in [
      ("America/New_York", "2026-06-30"), ("Asia/Seoul", "2026-07-01"),
      ("Pacific/Kiritimati", "2026-07-01"),
    ] {
      let test = try await TestBooks(at: now, settings: BooksSettings(zone: zone))
      _ = try await CommandSamples(test)
      let date = CalendarDate(today)!
      #expect(test.books.clock.today == date, "\(zone)")
      func pay(_ day: CalendarDate) async throws {
        _ = try await test.books.perform(
          RecordPayment(
            ItemMovement(
              item: CallItem.ID(rawValue: 1), amount: Money(minorUnits: 1, .krw), paidDate: day)),
          by: "maria")
      }
      await #expect(
        throws: Refusal.entry(.afterToday(date.adding(days: 1), today: date))
      ) { try await pay(date.adding(days: 1)) }
      try await pay(date)
      // A call is cancelled today, unless a date is given.
      _ = try await test.books.perform(
        CancelCapitalCall(call: CapitalCall.ID(rawValue: 2), reason: "잘못 청구"), by: "maria")
      let call = try await test.books.answer(
        CallsAsOf(.one(CapitalCall.ID(rawValue: 2)), AsOf(date)))
      #expect(call.first?.call.cancelledOn == date, "\(zone)")
    }
  }

  @Test("A bare date of knowing means its end in the books' zone")
  func knownAtTheEndOfADay() async throws {
    for zone in ["Asia/Seoul", "America/New_York", "Pacific/Kiritimati"] {
      let test = try await TestBooks(
        at: Instant("2026-06-30T00:00:00Z")!, settings: BooksSettings(zone: zone))
      let day = CalendarDate(2026, 6, 30)!
      let end = test.books.clock.end(of: day)
      test.clock.set(end)
      _ = try await test.books.perform(RegisterParty(name: "On the day"), by: "maria")
      test.clock.set(end.next)
      _ = try await test.books.perform(RegisterParty(name: "The day after"), by: "maria")
      let known = try await test.books.answer(
        PartiesAsOf(AsOf(day, knownAt: test.books.clock.end(of: day))))
      #expect(known.map(\.party.name) == ["On the day"], "\(zone)")
    }
  }

  @Test("A time of day is a moment in the books' zone, the later one where clocks show it twice")
  func timesOfDay() throws {
    for (zone, typed, instant) in [
      ("Asia/Seoul", "2026-02-14 18:00:00.000000", "2026-02-14T09:00:00Z"),
      ("Pacific/Kiritimati", "2026-02-14 18:00:00.000000", "2026-02-14T04:00:00Z"),
      ("America/New_York", "2026-02-14 18:00:30", "2026-02-14T23:00:30.999999Z"),
      ("America/New_York", "2026-11-01 01:30:00.000000", "2026-11-01T06:30:00Z"),
      ("America/New_York", "2026-11-01", "2026-11-02T04:59:59.999999Z"),
      // Skipped: as if clocks had not gone forward.
      ("America/New_York", "2026-03-08 02:30:00.000000", "2026-03-08T07:30:00Z"),
    ] {
      let clock = try clock(in: zone)
      let time = try CivilTime(typed: typed)
      #expect(clock.instant(at: time) == Instant(instant), "\(zone) \(typed)")
    }
    let clock = try clock(in: "America/New_York")
    var random = SplitMix64(seed: 7)
    for _ in 0..<2_000 {
      let instant = Instant(
        microseconds: Int64(random.number(in: 0...4_000_000_000)) * 1_000_000 + 123_456)
      let time = clock.civilTime(of: instant)
      let again = clock.instant(at: time)
      // An hour that comes twice is read as the second.
      #expect(clock.civilTime(of: again) == time)
      #expect(again == instant || again.microseconds == instant.microseconds + 3_600_000_000)
    }
  }

  private func clock(in zone: String) throws -> BooksClock {
    let clock = BooksClock(zone: zone, now: { Story.noon("2026-06-30") })
    return try #require(clock)
  }

  @Test("A zone that nobody knows makes no clock")
  func unknownZones() throws {
    for name in ["Seoul", "", "GMT+9", "Asia/Pyeongyang", "EST"] {
      #expect(BooksClock(zone: name, now: { Story.noon("2026-06-30") }) == nil, "\(name)")
    }
    let clock = BooksClock(zone: "UTC", now: { Story.noon("2026-06-30") })
    #expect(clock?.today == CalendarDate(2026, 6, 30))
  }
}
