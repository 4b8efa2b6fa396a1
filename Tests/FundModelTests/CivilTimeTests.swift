import FundModel
import Testing

@Suite("A day and a time as people type them")
struct CivilTimeTests {
  @Test(
    "What is left out is the last that it can be",
    arguments: [
      ("2026-02-14", "2026-02-14", 86_399_999_999), ("20260214", "2026-02-14", 86_399_999_999),
      ("2026. 2. 14. 9:05", "2026-02-14", 32_759_999_999),
      ("2026년 2월 14일 18:00", "2026-02-14", 64_859_999_999),
      ("2026-02-14T18:00:30", "2026-02-14", 64_830_999_999),
      ("２０２６-０２-１４ １８:００", "2026-02-14", 64_859_999_999),
      (" 2026/2/14 00:00:00.5 ", "2026-02-14", 599_999),
      ("2026-02-14 18:00:30.000001", "2026-02-14", 64_830_000_001),
      ("2026-02-14 23:59", "2026-02-14", 86_399_999_999),
    ] as [(String, String, Int64)])
  func read(_ text: String, _ day: String, _ microseconds: Int64) throws {
    let time = try CivilTime(typed: text)
    #expect(time == CivilTime(CalendarDate(day)!, microseconds: microseconds))
    // What is written is read as the same.
    #expect(try CivilTime(typed: time.typed) == time)
  }

  @Test(
    "What is no day and time is refused",
    arguments: [
      "", "then", "18:00", "2026-02-14 25:00", "2026-02-14 18:60", "2026-02-14 18:00:60",
      "2026-02-14 18:00:00.1234567", "2026-02-14 18:", "2026-02-14 :30", "2026-02-14 1800",
      "2026-02-30 18:00", "2026-02-14 18:00:00:00", "2026-02-14 18:00:1.2.3",
      "2026-02-14 −1:00", String(repeating: "1", count: 41),
    ])
  func refused(_ text: String) {
    #expect(throws: DateProblem.self, "\(text)") { try CivilTime(typed: text) }
  }

  @Test("It is written only so far as is needed")
  func written() {
    let day = CalendarDate(2026, 2, 14)!
    for (microseconds, typed, second) in [
      (86_399_999_999, "2026-02-14", "2026-02-14 23:59:59"),
      (64_859_999_999, "2026-02-14 18:00", "2026-02-14 18:00:59"),
      (64_830_999_999, "2026-02-14 18:00:30", "2026-02-14 18:00:30"),
      (64_830_000_000, "2026-02-14 18:00:30.000000", "2026-02-14 18:00:30"),
      (0, "2026-02-14 00:00:00.000000", "2026-02-14 00:00:00"),
    ] as [(Int64, String, String)] {
      let time = CivilTime(day, microseconds: microseconds)
      #expect(time.typed == typed && time.toTheSecond == second)
    }
  }
}
