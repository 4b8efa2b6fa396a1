import FundModel
import Testing

/// Whether a call passes a commitment is asked of every day from its notice date on.
@Suite("What a commitment promises and what is called of it, day by day")
struct CommitmentHistoryTests {
  private func day(_ text: String) -> CalendarDate { CalendarDate(text)! }
  private func won(_ units: Int64) -> Money { Money(minorUnits: units, .krw) }

  private func history(
    _ promises: [(String?, Int64)], calls: [(String, Int64)]
  ) throws -> CommitmentHistory {
    try CommitmentHistory(
      promises: promises.map { ($0.0.map { day($0) }, $0.1) },
      calls: calls.map { (day($0.0), $0.1) }, in: .krw)
  }

  @Test("A call that will be cancelled still counts until then")
  func cancelledLater() throws {
    // 100 called from 02-01 and cancelled from 12-31; another 100 from 11-21.
    let history = try history([(nil, 100)], calls: [("2026-02-01", 100), ("2026-12-31", -100)])
    let above = try #require(try history.firstAbove(calling: won(100), from: day("2026-11-21")))
    #expect(above.noticed == won(200) && above.committed == won(100))
    #expect(try history.firstAbove(calling: won(100), from: day("2026-12-31")) == nil)
  }

  @Test("A commitment that grows later has room on either day")
  func growsLater() throws {
    // 500, +300 from 06-30; 700 called from 07-01; 100 back-dated to 03-01 is above on no day.
    let history = try history(
      [(nil, 500), ("2026-06-30", 300)], calls: [("2026-07-01", 700)])
    #expect(try history.firstAbove(calling: won(100), from: day("2026-03-01")) == nil)
    let above = try #require(try history.firstAbove(calling: won(101), from: day("2026-03-01")))
    #expect(above.day == day("2026-07-01") && above.noticed == won(801))
    // What may still be called from 03-01 on without passing it on any day.
    #expect(try history.notYetCalled(from: day("2026-03-01")) == won(100))
  }

  @Test("A commitment that shrinks later is passed on that day")
  func shrinksLater() throws {
    // 500, −300 from 06-30: a call of 400 from 03-01 is above from 06-30 on.
    let history = try history([(nil, 500), ("2026-06-30", -300)], calls: [])
    let above = try #require(try history.firstAbove(calling: won(400), from: day("2026-03-01")))
    #expect(above.day == day("2026-06-30"))
    #expect(above.committed == won(200) && above.noticed == won(400))
    #expect(try history.firstAbove(calling: won(200), from: day("2026-03-01")) == nil)
    #expect(try history.notYetCalled(from: day("2026-03-01")) == won(200))
  }

  @Test("More called than committed leaves nothing, not less")
  func nothingLeft() throws {
    let history = try history([(nil, 100)], calls: [("2026-01-01", 130)])
    #expect(try history.notYetCalled(from: day("2026-01-01")) == won(0))
    #expect(try history.notYetCalled(from: day("2025-12-31")) == won(0))
    #expect(history.tightest(from: day("2025-12-31"))?.day == day("2026-01-01"))
    #expect(history.tightest(from: day("2026-03-01"))?.noticed == won(130))
  }
}

@Suite("Rounded once")
struct RoundedOnce {
  @Test("경과율 on screen is rounded from the days, not from the two decimals of the API")
  func progress() throws {
    // 454 of 1,094 days are 41.4991 %: 41.50 with two decimals, 41 whole.
    var terms = FundTerms(name: "파마테크2호조합", gpCommitment: .zero(.krw))
    terms.formationDate = CalendarDate(2024, 11, 15)
    terms.investmentPeriodEnd = CalendarDate(2027, 11, 14)
    let day = try #require(CalendarDate(2026, 2, 12))
    #expect(
      terms.dates.investmentPeriodProgress(on: day)?.digits(decimals: 2) == "41.50")
    #expect(
      terms.dates.investmentPeriodProgress(on: day, decimals: 0)?.digits(decimals: 0) == "41")
  }

  @Test("GP is GP however it is typed; nothing else is")
  func partnerType() {
    #expect(
      ["GP", "gp", "Gp", "ＧＰ", "ｇｐ"].allSatisfy { Commitment.partnerType(meantBy: $0) == "GP" })
    #expect(["GPs", "G P", "LP", "기관"].allSatisfy { Commitment.partnerType(meantBy: $0) == $0 })
  }
}
