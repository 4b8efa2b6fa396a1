import FundModel
import Testing

/// cases.md 8.
@Suite("Dates and terms, as an accountant would write them")
struct DateExamples {
  @Test("Remaining term: whole months first, then days")
  func remainingTerm() {
    for (reference, maturity, expected) in [
      ("2026-01-31", "2026-02-28", RemainingTerm.running(years: 0, months: 1, days: 0)),
      ("2024-02-29", "2025-02-28", .running(years: 1, months: 0, days: 0)),
      ("2024-02-29", "2025-02-27", .running(years: 0, months: 11, days: 29)),
      ("2026-03-31", "2026-04-29", .running(years: 0, months: 0, days: 29)),
      ("2026-07-01", "2026-07-01", .maturesToday),
      ("2026-07-02", "2026-07-01", .matured),
      ("2026-02-14", "2032-07-01", .running(years: 6, months: 4, days: 17)),
      ("2026-02-14", "2026-02-15", .running(years: 0, months: 0, days: 1)),
      ("1900-01-01", "2199-12-31", .running(years: 299, months: 11, days: 30)),
    ] {
      #expect(
        RemainingTerm(to: date(maturity), from: date(reference)) == expected,
        "\(reference) → \(maturity)")
    }
    #expect(RemainingTerm.maturesToday.state == "matures_today")
    #expect(RemainingTerm.matured.state == "matured")
    #expect(RemainingTerm.running(years: 1, months: 0, days: 0).state == "running")
  }

  @Test("592 of 1,460 days is 40.55 %; 0 before the formation, 100 from the end on")
  func progress() {
    var terms = FundTerms(name: "미래투자조합", gpCommitment: won(0))
    terms.formationDate = date("2024-07-02")
    terms.investmentPeriodEnd = date("2028-07-01")
    for (referenceDate, expected) in [
      ("2020-01-01", "0.00"), ("2024-07-01", "0.00"), ("2024-07-02", "0.00"),
      ("2024-07-03", "0.07"), ("2026-02-14", "40.55"), ("2028-06-30", "99.93"),
      ("2028-07-01", "100.00"), ("2028-07-02", "100.00"), ("2030-01-01", "100.00"),
    ] {
      let progress = terms.dates.investmentPeriodProgress(on: date(referenceDate))
      #expect(progress?.digits(decimals: 2) == expected, "\(referenceDate)")
    }
    #expect(
      terms.dates.investmentPeriodProgress(on: date("2026-02-14"))?.digits(decimals: 0) == "41")
    terms.investmentPeriodEnd = nil
    #expect(terms.dates.investmentPeriodProgress(on: date("2026-02-14")) == nil)
    terms.investmentPeriodEnd = date("2024-07-02")
    #expect(terms.dates.investmentPeriodProgress(on: date("2024-07-01"))?.digits == "0.0")
    #expect(terms.dates.investmentPeriodProgress(on: date("2024-07-02"))?.digits == "100.0")
  }

  @Test("A fund is forming, then active, then dissolved; each from its date on")
  func status() {
    var terms = FundTerms(name: "성장 벤처투자조합", gpCommitment: won(0))
    #expect(terms.dates.status(on: day(1)) == .forming)
    terms.formationDate = day(3)
    terms.dissolutionDate = day(6)
    #expect(
      [1, 2, 3, 5, 6, 7].map { terms.dates.status(on: day($0)) }
        == [.forming, .forming, .active, .active, .dissolved, .dissolved])
    #expect(terms.dates.remainingTerm(on: day(1)) == nil)
    terms.maturityDate = day(4)
    #expect(terms.dates.remainingTerm(on: day(4)) == .maturesToday)
  }

  @Test("Dates of a fund that stand in the wrong order are refused")
  func orderOfDates() throws {
    typealias Refusal = FundTerms.Refusal
    var terms = FundTerms(name: "A", gpCommitment: won(0))
    try terms.checkDates()
    terms.formationDate = day(5)
    terms.investmentPeriodEnd = day(4)
    #expect(throws: Refusal.endBeforeFormation(formation: day(5), end: day(4))) {
      try terms.checkDates()
    }
    terms.investmentPeriodEnd = day(7)
    terms.maturityDate = day(6)
    #expect(throws: Refusal.maturityBefore(day(7), maturity: day(6))) { try terms.checkDates() }
    terms.investmentPeriodEnd = nil
    try terms.checkDates()
    terms.maturityDate = day(4)
    #expect(throws: Refusal.maturityBefore(day(5), maturity: day(4))) { try terms.checkDates() }
    terms.maturityDate = nil
    terms.dissolutionDate = day(4)
    #expect(throws: Refusal.dissolutionBeforeFormation(formation: day(5), dissolution: day(4))) {
      try terms.checkDates()
    }
    terms.dissolutionDate = day(5)
    try terms.checkDates()
  }
}

@Suite("The calendar against a naive one")
struct CalendarProperties {
  @Test("Every day from 1900 to 2199: number, parts, text, month ends, in order")
  func everyDay() {
    var naive = NaiveDay(year: 1900, month: 1, day: 1)
    var number = -25_567
    var previousText = ""
    while naive.year < 2200 {
      let text = naive.text
      guard let date = CalendarDate(dayNumber: number),
        date == CalendarDate(naive.year, naive.month, naive.day), date == CalendarDate(text),
        date.parts == (naive.year, naive.month, naive.day), Int(date.dayNumber) == number,
        date.description == text, previousText < text,
        date.monthEnd.parts == (naive.year, naive.month, naive.daysInMonth),
        (try? CalendarDate(typed: text)) == date
      else {
        Issue.record("\(text), day \(number)")
        return
      }
      if naive.day == naive.daysInMonth, (naive.year, naive.month) != (2199, 12) {
        let next = naive.addingMonths(1)
        guard date.nextMonthEnd.parts == (next.year, next.month, next.daysInMonth) else {
          Issue.record("month end after \(text)")
          return
        }
      }
      previousText = text
      naive.advance()
      number += 1
    }
    #expect(number == -25_567 + 109_573)
    #expect(CalendarDate(dayNumber: number) == nil)
    #expect(CalendarDate(dayNumber: -25_568) == nil)
    #expect(CalendarDate(1970, 1, 1)?.dayNumber == 0)
    #expect(CalendarDate.earliest == date("1900-01-01"))
    #expect(CalendarDate.latest == date("2199-12-31"))
  }

  @Test("Month ends around a day")
  func monthEnds() {
    for (text, end, next, previous) in [
      ("2026-02-14", "2026-02-28", "2026-02-28", "2026-01-31"),
      ("2026-02-28", "2026-02-28", "2026-03-31", "2026-01-31"),
      ("2024-02-28", "2024-02-29", "2024-02-29", "2024-01-31"),
      ("2025-12-31", "2025-12-31", "2026-01-31", "2025-11-30"),
      ("2026-01-01", "2026-01-31", "2026-01-31", "2025-12-31"),
    ] {
      #expect(date(text).monthEnd == date(end))
      #expect(date(text).nextMonthEnd == date(next))
      #expect(date(text).previousMonthEnd == date(previous))
    }
  }

  @Test("Strict ISO text: what is not exactly a day is none")
  func strictText() {
    for text in [
      "", "2025-3-10", "2025-03-1", "20250310", "2025/03/10", "2025-02-29", "2025-13-01",
      "2025-00-01", "2025-01-00", "1899-12-31", "2200-01-01", " 2025-03-10", "2025-03-10 ",
      "２０２５-03-10", "+025-03-10", "2025-03-+1", "2025-03-10T",
    ] {
      #expect(CalendarDate(text) == nil, "\(text)")
    }
    for parts in [(2025, 2, 29), (2100, 2, 29), (2025, 4, 31), (2025, 0, 1), (2025, 1, 0)] {
      #expect(CalendarDate(parts.0, parts.1, parts.2) == nil, "\(parts)")
    }
    #expect(CalendarDate(.max, .max, .max) == nil)
    #expect(CalendarDate(.min, .min, .min) == nil)
    #expect(CalendarDate(dayNumber: .max) == nil)
  }

  @Test("Months and days later, against steps of one month and one day")
  func adding() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<5_000 {
      let start = randomDay(&random, years: 1900...2199)
      let naive = NaiveDay(start)
      let months = random.below(7_200) - 3_600
      let moved = naive.addingMonths(months)
      let expected =
        (1900...2199).contains(moved.year) ? CalendarDate(moved.year, moved.month, moved.day) : nil
      if start.adding(months: months) != expected {
        Issue.record("\(start) and \(months) months")
        return
      }
    }
    let leap = date("2024-02-29")
    #expect(leap.adding(months: 12) == date("2025-02-28"))
    #expect(leap.adding(months: -12) == date("2023-02-28"))
    #expect(leap.adding(months: 48) == date("2028-02-29"))
    #expect(date("2026-01-31").adding(months: 1) == date("2026-02-28"))
    #expect(date("2026-03-31").adding(months: -1) == date("2026-02-28"))
    #expect(leap.adding(months: .max) == nil)
    #expect(leap.adding(months: .min) == nil)
    #expect(leap.adding(days: 1) == date("2024-03-01"))
    #expect(leap.adding(days: 366).days(since: leap) == 366)
    #expect(leap.adding(days: .max) == .latest)
    #expect(leap.adding(days: .min) == .earliest)
    #expect(date("2199-12-31").adding(days: 1) == .latest)
    #expect(date("1900-01-01").days(since: date("2199-12-31")) == -109_572)
  }

  @Test("Remaining term against counting on, month by month and day by day")
  func remainingTerm() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<3_000 {
      let reference = randomDay(&random, years: 2020...2030)
      let maturity = reference.adding(days: 1 + random.below(4_500))
      let from = NaiveDay(reference)
      var months = 0
      while CalendarDate(from.addingMonths(months + 1)) <= maturity { months += 1 }
      var days = 0
      var reached = from.addingMonths(months)
      while CalendarDate(reached) < maturity {
        reached.advance()
        days += 1
      }
      let expected = RemainingTerm.running(years: months / 12, months: months % 12, days: days)
      if RemainingTerm(to: maturity, from: reference) != expected {
        Issue.record("\(reference) → \(maturity) is \(expected)")
        return
      }
      if RemainingTerm(to: reference, from: maturity) != .matured {
        Issue.record("\(maturity) → \(reference) is matured")
        return
      }
    }
  }
}

private func randomDay(_ random: inout SplitMix64, years: ClosedRange<Int>) -> CalendarDate {
  let year = years.lowerBound + random.below(years.count)
  let month = 1 + random.below(12)
  // Ends of months come up often.
  let last = NaiveDay(year: year, month: month, day: 1).daysInMonth
  return CalendarDate(year, month, random.below(3) == 0 ? last : 1 + random.below(last))!
}

/// The calendar as it hangs on the wall: one day after another, month lengths from a list.
private struct NaiveDay {
  var year: Int
  var month: Int
  var day: Int

  var daysInMonth: Int {
    let isLeap = year % 4 == 0 && year != 1900 && year != 2100
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  mutating func advance() {
    day += 1
    guard day > daysInMonth else { return }
    day = 1
    month += 1
    guard month > 12 else { return }
    month = 1
    year += 1
  }

  func addingMonths(_ count: Int) -> NaiveDay {
    var moved = self
    for _ in 0..<abs(count) {
      moved.month += count.signum()
      if moved.month > 12 { (moved.year, moved.month) = (moved.year + 1, 1) }
      if moved.month < 1 { (moved.year, moved.month) = (moved.year - 1, 12) }
    }
    moved.day = min(day, moved.daysInMonth)
    return moved
  }

  var text: String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}

extension NaiveDay {
  fileprivate init(_ date: CalendarDate) {
    (year, month, day) = date.parts
  }
}

extension CalendarDate {
  fileprivate init(_ naive: NaiveDay) {
    self.init(naive.year, naive.month, naive.day)!
  }
}
