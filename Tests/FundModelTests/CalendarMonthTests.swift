import FundModel
import Testing

@Suite("Months of the calendar")
struct CalendarMonthTests {
  @Test("A month is read strictly, and said the same way")
  func reads() throws {
    for text in ["2026-03", "1900-01", "2199-12"] {
      #expect(CalendarMonth(text)?.description == text)
    }
    for text in [
      "", "2026", "2026-3", "2026-13", "2026-00", "1899-12", "2200-01", "2026-03-01", "2026/03",
      "２０２６-03", " 2026-03", "2026-03 ", "-026-03",
    ] {
      #expect(CalendarMonth(text) == nil, "\(text)")
    }
  }

  @Test("Its days, in a leap year too; the months beside it, up to the ends of all days")
  func days() throws {
    let february = try #require(CalendarMonth("2024-02"))
    #expect(february.days.count == 29)
    #expect(february.days.first?.description == "2024-02-01")
    #expect(february.last.description == "2024-02-29")
    #expect(february.contains(february.last) && !february.contains(february.last.adding(days: 1)))
    #expect(february.adding(months: -2)?.description == "2023-12")
    #expect(february.adding(months: 11)?.description == "2025-01")
    #expect(CalendarMonth("1900-01")?.adding(months: -1) == nil)
    #expect(CalendarMonth("2199-12")?.adding(months: 1) == nil)
    #expect(CalendarMonth(of: try #require(CalendarDate("2026-03-31"))).description == "2026-03")
  }

  @Test(
    "Days of the week",
    arguments: [
      ("2026-03-15", 0), ("2026-03-16", 1), ("1970-01-01", 4), ("1969-12-31", 3), ("1900-01-01", 1),
      ("2199-12-31", 2),
    ])
  func weekday(day: String, expected: Int) {
    #expect(CalendarDate(day)?.weekday == expected)
  }
}
