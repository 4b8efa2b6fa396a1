import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// The small books of `cases.md`, told and asked as they stand there.
@Suite("Cases that a person can check with a pencil")
struct Cases {
  @Test("1. Balerion: paid in two parts, a second call open")
  func balerion() async throws {
    let story = try await Story(CaseBooks.balerion)
    let table = """
      R          | noticed | called (paid) | outstanding | not yet called | uncalled  | called % | AUM     | call 1                                         | call 2
      2026-02-19 | 0       | 0             | 0           | 1,000,000      | 1,000,000 | 0.0      | 0       | scheduled, not yet noticed                     | scheduled, not yet noticed
      2026-03-01 | 400,000 | 0             | 400,000     | 600,000        | 1,000,000 | 0.0      | 0       | scheduled                                      | scheduled, not yet noticed
      2026-03-15 | 400,000 | 100,000       | 300,000     | 600,000        | 900,000   | 10.0     | 100,000 | partially paid, 25 %, not overdue              | scheduled, not yet noticed
      2026-03-16 | 400,000 | 100,000       | 300,000     | 600,000        | 900,000   | 10.0     | 100,000 | partially paid, 25 %, overdue                  | scheduled, not yet noticed
      2026-03-31 | 400,000 | 400,000       | 0           | 600,000        | 600,000   | 40.0     | 400,000 | complete, paid 2026-03-20, card on 2026-03-15  | scheduled, not yet noticed
      2026-05-16 | 600,000 | 400,000       | 200,000     | 400,000        | 600,000   | 40.0     | 400,000 | complete                                       | scheduled, overdue
      """
    try await story.expect(.investments, table)

    let beforeTheReversal = try await story.now
    try await story.tell(CaseBooks.reversal)
    try await story.expect(
      .investments,
      """
      R          | noticed | paid    | outstanding | uncalled | called % | AUM     | call 1
      2026-03-31 | 400,000 | 100,000 | 300,000     | 900,000  | 10.0     | 100,000 | partially paid, paid 2026-03-10, overdue
      """)
    try await story.expect(.investments, knownAt: beforeTheReversal, table)

    try await story.tell(
      """
      2026-03-25  pays 1  Balerion Space Ventures II  300,000.01  refused: more-than-the-item-takes, most 300,000.00
      2026-02-19  pays 1  Balerion Space Ventures II  1           refused: before-notice
      2026-03-25  pays 1  Balerion Space Ventures II  300,000.00
      """)
  }

  @Test("2. The literal complaint: a call only partly paid")
  func onlyPartlyPaid() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     Fund A           USD 5,000,000
      2026-01-05  commits  Target           1,000,000
      2026-02-15  call 1   due 2026-03-15   Target 1,000,000
      2026-03-15  pays 1   Target           400,000
      """)
    try await story.expect(
      .investments,
      """
      R          | called (paid) | uncalled  | called % | AUM     | call 1
      2026-03-14 | 0             | 1,000,000 | 0.0      | 0       | scheduled, 0 %, never paid, card on 2026-03-15
      2026-03-15 | 400,000       | 600,000   | 40.0     | 400,000 | partially paid, 40 %, card on 2026-03-15
      """)
  }

  @Test("3. The guard looks at every day")
  func everyDay() async throws {
    let story = try await Story(
      """
      2026-01-01  fund       F               KRW 1,000
      2026-01-01  partner    LP              기관  1,000
      2026-01-01  call 1     due 2026-01-31  LP 100
      2026-01-02  pays 1     LP              100
      2026-01-04  refunds 1  LP              100
      2026-01-01  pays 1     LP              50    refused: more-than-the-item-takes, most 0
      2026-01-02  pays 1     LP              50    refused: more-than-the-item-takes, most 0
      2026-01-03  pays 1     LP              50    refused: more-than-the-item-takes, most 0
      2026-01-02  reverses 1  LP             100   refused: later-entries-depend, most 0
      2026-01-04  pays 1     LP              101   refused: more-than-the-item-takes, most 100
      2026-01-04  pays 1     LP              100
      2026-01-02  reverses 1  LP             100
      """)
    try await story.expect(
      .partners,
      """
      R          | paid | outstanding | call 1
      2026-01-01 | 0    | 100         | scheduled
      2026-01-02 | 0    | 100         | scheduled
      2026-01-03 | 0    | 100         | scheduled
      2026-01-04 | 0    | 100         | partially paid, 0 %, paid 2026-01-04
      """)
  }

  @Test("4. A credit")
  func credit() async throws {
    let story = try await Story(
      CaseBooks.credit + """

        2025-03-10  pays 2     D               161   refused: payment-on-credit
        2025-03-10  refunds 2  D               162   refused: more-than-the-item-takes, most 161
        """)
    try await story.expect(
      .partners,
      """
      R          | outstanding | credits due | paid-in | call 2
      2025-02-14 | 0           | 0           | 900     | scheduled, not yet noticed
      2025-03-05 | 4,201       | 161         | 900     | scheduled, overdue
      """)
    try await story.tell(
      """
      2025-03-10  pays 2     A               1,600
      2025-03-10  pays 2     B               1,000
      2025-03-10  pays 2     C               600
      2025-03-10  pays 2     GP              1,001
      """)
    try await story.expect(
      .partners,
      """
      R          | outstanding | credits due | paid-in | call 2
      2025-03-10 | 0           | 161         | 5,101   | partially paid, 100 %
      """)
    try await story.tell("2025-03-10  refunds 2  D  161")
    try await story.expect(
      .partners,
      """
      R          | outstanding | credits due | paid-in | GP    | call 2
      2025-03-09 | 4,201       | 161         | 900     | 0     | scheduled, overdue
      2025-03-10 | 0           | 0           | 4,940   | 1,001 | complete, 100 %, paid 2025-03-10
      """)
  }

  @Test("4. The credit of 미래투자조합, in the demo books")
  func creditInTheDemoBooks() async throws {
    let test = try await demoBooks()
    let fund = try #require(
      try await test.books.answer(
        OverviewAsOf(AsOf(CalendarDate(2025, 3, 5)!), homeCurrency: .krw)
      ).rows.first)
    #expect(fund.fund.terms.name == "미래투자조합")
    for (day, outstanding, credits, paidIn, status) in [
      ("2024-12-31", 0, 0, 10_102, LiveStatus.scheduled),
      ("2025-03-05", 4_201, 161, 10_102, .scheduled), ("2025-03-10", 0, 0, 14_142, .complete),
    ] {
      let standing = try await test.books.answer(
        FundAsOf(fund.fund.id, AsOf(CalendarDate(day)!)))
      #expect(standing.partners.outstanding.minorUnits == outstanding * 1_000_000, "\(day)")
      #expect(standing.partners.creditsDue.minorUnits == credits * 1_000_000, "\(day)")
      #expect(standing.row.paidIn.minorUnits == paidIn * 1_000_000, "\(day)")
      let second = try #require(
        standing.calls.first { $0.call.number == 2 && $0.call.side == .partners })
      #expect(second.status == status, "\(day)")
      #expect(second.amount.minorUnits == 4_040_000_000)
      #expect(second.isOverdue == (day == "2025-03-05"), "\(day)")
    }
    let partner = try #require(
      try await test.books.answer(FundAsOf(fund.fund.id, AsOf(CalendarDate(2026, 2, 14)!)))
        .commitments.first { $0.commitment.party.name == "개인투자자" })
    #expect(partner.position.paid.minorUnits == 739_000_000)
  }

  @Test("5. Stated paid-in, until the first call; then cash at every date")
  func stated() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F   KRW 1,000  GP commitment 100
      2026-01-01  partner  GP  GP    100
      2026-01-01  partner  LP  기관  900
      2026-01-01  stated   GP  100
      2026-01-01  stated   LP  500
      """)
    let stated = """
      R          | paid-in | GP  | ratio | basis
      1950-01-01 | 600     | 100 | 60.00 | stated
      2026-06-30 | 600     | 100 | 60.00 | stated
      2199-12-31 | 600     | 100 | 60.00 | stated
      """
    try await story.expect(.partners, stated)
    try await story.tell("2026-02-01  invests  X  300")
    try await story.expect(.partners, stated)
    try await story.expect(
      .investments,
      """
      R          | invested | uninvested | cash
      2026-01-31 | 0        | 1,000      | 600
      2026-02-01 | 300      | 700        | 300
      """)
    try await story.tell("2026-04-01  call 1  due 2026-04-30  LP 200")
    try await story.expect(
      .partners,
      """
      R          | paid-in | GP | ratio | basis
      2026-01-01 | 0       | 0  | 0.00  | cash
      2026-12-31 | 0       | 0  | 0.00  | cash
      """)
    try await story.tell("2026-04-10  pays 1  LP  200")
    try await story.expect(
      .partners,
      """
      R          | paid-in | basis
      2026-04-09 | 0       | cash
      2026-04-10 | 200     | cash
      """)
  }

  @Test("5. Stated without a general partner: its commitment counts, never above what is stated")
  func statedWithoutGP() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F   KRW 1,000  GP commitment 100
      2026-01-01  partner  LP  기관  900
      """)
    let nothing = "R | paid-in | GP | basis\n2026-06-30 | 0 | 0 | stated"
    try await story.expect(.partners, nothing)
    try await story.tell("2026-01-01  stated  LP  500")
    try await story.expect(
      .partners, "R | paid-in | GP | basis\n2026-06-30 | 500 | 100 | stated")
    try await story.tell("2026-01-01  stated  LP  60")
    try await story.expect(
      .partners, "R | paid-in | GP | basis\n2026-06-30 | 60 | 60 | stated")
  }

  @Test("5. A cancelled first call makes the stated amounts count again, from that day on")
  func cancelledFirstCall() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F   KRW 1,000
      2026-01-01  partner  LP  기관  900
      2026-01-01  stated   LP  500
      2026-04-01  call 1   due 2026-04-30  LP 200
      """)
    let before = try await story.now
    try await story.tell("2026-05-01  cancels 1")
    try await story.expect(
      .partners,
      """
      R          | paid-in | basis
      2026-03-31 | 0       | cash
      2026-04-30 | 0       | cash
      2026-05-01 | 500     | stated
      """)
    try await story.expect(
      .partners, knownAt: before, "R | paid-in | basis\n2026-05-01 | 0 | cash")
    try await story.expect(
      .partners,
      """
      R          | noticed | outstanding | call 1
      2026-04-30 | 200     | 200         | scheduled
      2026-05-01 | 0       | 0           | scheduled, cancelled
      """)
  }

  @Test("6. A direct investment undone")
  func undone() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     Fund B  KRW 1,000
      2026-01-10  invests  X       50
      2026-02-10  invests  X       70
      """)
    let before = try await story.now
    let table = """
      R          | companies | invested | outstanding
      2026-01-09 | 0         | 0        | 0
      2026-01-10 | 1         | 50       | 0
      2026-02-09 | 1         | 50       | 0
      2026-02-10 | 1         | 120      | 0
      """
    try await story.expect(.investments, table)
    try await story.tell("2026-01-10  undoes  X")
    try await story.expect(
      .investments,
      """
      R          | companies | invested | committed | noticed | outstanding
      2026-01-31 | 0         | 0        | 0         | 0       | 0
      2026-02-10 | 1         | 70       | 70        | 70      | 0
      """)
    try await story.expect(.investments, knownAt: before, table)
    // Nothing of it is on the calendar.
    let standing = try await story.books.answer(
      CallsAsOf(.ofFund(try story.fundID()), AsOf(.latest))
    ).filter { !$0.isCancelled }
    #expect(standing.map(\.call.dueDate.description) == ["2026-02-10"])
  }

  @Test("6. An investment that was returned and paid again is undone all the same")
  func undoneAfterRefunds() async throws {
    let story = try await Story(
      """
      2026-01-01  fund       Fund B  KRW 1,000
      2026-01-10  invests    X       50
      2026-01-12  refunds 1  X       50
      2026-01-12  pays 1     X       20
      2026-01-14  pays 1     X       30
      2026-01-10  undoes     X
      """)
    try await story.expect(
      .investments,
      """
      R          | companies | invested | committed | noticed | outstanding
      2026-01-31 | 0         | 0        | 0         | 0       | 0
      """)
    #expect(try await story.books.answer(CheckBooks()).isEmpty)
  }

  @Test("7. Pro rata to the last unit")
  func proRata() async throws {
    let dollars = try await Story(
      """
      2026-01-01  fund     F  USD 100,000,000
      2026-01-01  partner  A  기관  60,000,000
      2026-01-01  partner  B  기관  30,000,000
      2026-01-01  partner  C  기관  10,000,000
      """)
    #expect(
      try await shares(dollars, "10,000,000.01") == ["6000000.01", "3000000.00", "1000000.00"])
    let three = try await Story(
      """
      2026-01-01  fund     F  KRW 3,000
      2026-01-01  partner  A  기관  1,000
      2026-01-01  partner  B  기관  1,000
      2026-01-01  partner  C  기관  1,000
      """)
    #expect(try await shares(three, "100") == ["34", "33", "33"])
    let two = try await Story(
      """
      2026-01-01  fund     F  KRW 3,000
      2026-01-01  partner  A  기관  1,000
      2026-01-01  partner  B  기관  1,000
      """)
    #expect(try await shares(two, "1") == ["1"])
  }

  private func shares(_ story: Story, _ amount: String) async throws -> [String] {
    let call = try await story.books.perform(
      IssueCapitalCall(
        fund: try story.fundID(), noticeDate: CalendarDate(2026, 2, 1)!,
        dueDate: CalendarDate(2026, 2, 15)!,
        shares: .amount(try story.money(amount), by: .commitment, leavingOut: [])), by: "maria"
    ).outcome
    return try await story.books.answer(CallsAsOf(.one(call), AsOf(.latest)))[0].items
      .map(\.item.amount.fullDigits)
  }

  @Test(
    "8. Dates",
    arguments: [
      ("2026-01-31", "2026-02-28", "running 0 1 0"), ("2024-02-29", "2025-02-28", "running 1 0 0"),
      ("2024-02-29", "2025-02-27", "running 0 11 29"),
      ("2026-03-31", "2026-04-29", "running 0 0 29"),
      ("2026-07-01", "2026-07-01", "matures_today"), ("2026-07-02", "2026-07-01", "matured"),
    ])
  func remainingTerm(day: String, maturity: String, expected: String) async throws {
    let row = try await row(FundTerms(name: "F", gpCommitment: .zero(.krw)), on: day) {
      $0.maturityDate = CalendarDate(maturity)
    }
    let found =
      switch try #require(row.remaining) {
      case .running(let years, let months, let days): "running \(years) \(months) \(days)"
      case let term: term.state
      }
    #expect(found == expected)
  }

  @Test(
    "8. Progress through the investment period",
    arguments: [
      ("2024-07-01", "0.00"), ("2024-07-02", "0.00"), ("2026-02-14", "40.55"),
      ("2028-07-01", "100.00"), ("2030-01-01", "100.00"),
    ])
  func progress(day: String, expected: String) async throws {
    let row = try await row(FundTerms(name: "F", gpCommitment: .zero(.krw)), on: day) {
      $0.formationDate = CalendarDate(2024, 7, 2)
      $0.investmentPeriodEnd = CalendarDate(2028, 7, 1)
    }
    #expect(row.progress?.digits(decimals: 2) == expected)
  }

  private func row(
    _ terms: FundTerms, on day: String, _ change: (inout FundTerms) -> Void
  ) async throws -> OverviewRow {
    var terms = terms
    change(&terms)
    let test = try await TestBooks(at: Story.noon("2026-02-14"))
    let fund = try await test.books.perform(
      RegisterFund(terms: terms, commitmentTotal: .zero(.krw)), by: "maria"
    ).outcome
    return try await test.books.answer(FundAsOf(fund, AsOf(CalendarDate(day)!))).row
  }

  @Test("9. A dated change of commitment, and what was known before it")
  func datedChange() async throws {
    let story = try await Story(
      today: "2026-01-02",
      """
      2026-01-01  fund     F   KRW 1,000
      2026-01-02  partner  LP  기관  500
      2026-07-15  today
      2026-06-30  changes  LP  300
      """)
    let table = "R | committed\n1950-01-01 | 500\n2026-06-29 | 500\n"
    try await story.expect(.partners, table + "2026-06-30 | 800\n2199-12-31 | 800")
    let clock = story.books.clock
    try await story.expect(
      .partners, knownAt: clock.end(of: CalendarDate(2026, 7, 14)!),
      table + "2026-06-30 | 500\n2199-12-31 | 500")
    try await story.expect(
      .partners, knownAt: clock.end(of: CalendarDate(2026, 7, 15)!),
      table + "2026-06-30 | 800\n2199-12-31 | 800")
  }

  @Test("10. Two currencies: two sets of totals, and no figure holds both")
  func twoCurrencies() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     Fund K  KRW 1,000
      2026-01-01  partner  LP      기관  1,000
      2026-01-02  call 1   due 2026-01-31  LP 400
      2026-01-05  pays 1   LP      400
      2026-01-01  fund     Fund U  USD 10.00
      2026-01-01  partner  LP      기관  10.00
      2026-01-02  call 1   due 2026-01-31  LP 2.50
      2026-01-05  pays 1   LP      2.50
      """)
    for (home, order) in [(Currency.krw, ["KRW", "USD"]), (.usd, ["USD", "KRW"])] {
      let overview = try await story.books.answer(
        OverviewAsOf(AsOf(CalendarDate(2026, 1, 31)!), homeCurrency: home))
      #expect(overview.totalsByCurrency.map(\.currency.code) == order)
      #expect(overview.totals == overview.totalsByCurrency[0])
      for totals in overview.totalsByCurrency {
        let isWon = totals.currency == .krw
        #expect(totals.fundCount == 1)
        #expect(totals.commitmentTotal.digits == (isWon ? "1000" : "10"))
        #expect(totals.paidIn.digits == (isWon ? "400" : "2.50"))
        #expect(totals.paidInRatio?.digits(decimals: 2) == (isWon ? "40.00" : "25.00"))
      }
    }
  }
}
