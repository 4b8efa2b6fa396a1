import FundModel
import Testing

@Suite("Instants")
struct InstantTests {
  @Test("RFC 3339 with any offset is read to the microsecond")
  func accepted() {
    for (text, expected) in [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01 00:00:00Z", 0), ("1970-01-01T00:00:01Z", 1_000_000),
      ("1970-01-01T00:00:00.1Z", 100_000), ("1970-01-01T00:00:00.000001Z", 1),
      ("1970-01-01T00:00:00.123456789Z", 123_456), ("1969-12-31T23:59:59.999999Z", -1),
      ("1970-01-01T09:00:00+09:00", 0), ("1969-12-31T19:00:00-05:00", 0),
      ("1970-01-01T00:00:00+00:30", -1_800_000_000), ("1970-01-02T00:00:00Z", 86_400_000_000),
      ("2026-04-10T18:00:00.123456+09:00", 1_775_811_600_123_456),
    ] as [(String, Int64)] {
      #expect(Instant(text)?.microseconds == expected, "\(text)")
    }
    #expect(Instant("2026-04-10T18:00:00+09:00")?.description == "2026-04-10T09:00:00.000000Z")
  }

  @Test("Text without a zone, or that is no instant, is refused")
  func refused() {
    for text in [
      "", "2026-04-10", "2026-04-10T09:00:00", "2026-04-10T09:00Z", "2026-04-10T24:00:00Z",
      "2026-04-10T09:60:00Z", "2026-04-10T09:00:60Z", "2026-04-10T09:00:00.Z",
      "2026-04-10T09:00:00.1234567890Z", "2026-04-10T09:00:00z", "2026-04-10t09:00:00Z",
      "2026-04-10T09:00:00+0900", "2026-04-10T09:00:00+9:00", "2026-04-10T09:00:00+24:00",
      "2026-04-10T09:00:00+09:60", "2026-04-10T09:00:00 +09:00", "2026-04-10T09:00:00ZZ",
      "2026-02-29T09:00:00Z", "1899-12-31T23:59:59Z", "2200-01-01T00:00:00Z",
      "2026-04-10T-1:00:00Z", "2026-04-10T 9:00:00Z", "2026-4-10T09:00:00Z",
      " 2026-04-10T09:00:00Z",
      "2026-04-10T09:00:00*09:00", "２026-04-10T09:00:00Z",
    ] {
      #expect(Instant(text) == nil, "\(text)")
    }
  }

  @Test("An offset that leads out of the years 1900 to 2199 is refused, not clamped")
  func edges() {
    #expect(Instant("1900-01-01T00:00:00+09:00") == nil)
    #expect(Instant("2199-12-31T23:00:00-05:00") == nil)
    #expect(Instant("1900-01-01T00:00:00Z")?.description == "1900-01-01T00:00:00.000000Z")
    #expect(Instant("2199-12-31T23:59:59.999999Z")?.description == "2199-12-31T23:59:59.999999Z")
  }

  @Test("Printed and read back it is the same; text order is time order")
  func roundTrip() {
    var random = SplitMix64(seed: 3)
    let first = Int64(CalendarDate.earliest.dayNumber) * 86_400_000_000
    let span = UInt64(109_573) * 86_400_000_000
    var previous = Instant(microseconds: first)
    for _ in 0..<5_000 {
      let instant = Instant(microseconds: first + Int64(random.next() % span))
      let text = instant.description
      if Instant(text) != instant || (text < previous.description) != (instant < previous)
        || instant.next <= instant
      {
        Issue.record("\(instant.microseconds) is written \(text)")
        return
      }
      previous = instant
    }
  }
}
