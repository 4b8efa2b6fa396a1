import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// The small books of `cases.md`: what each figure is made of, as one would write it down.
@Suite("Cases, explained")
struct ExplainedCases {
  @Test("1. Balerion: entries, items, formulas; what is reversed is gone at every date")
  func balerion() async throws {
    let story = try await Story(CaseBooks.balerion)
    let balerion = FigureScope.commitment(
      try await story.commitment("Balerion Space Ventures II").id)
    let fund = FigureScope.fund(try story.fundID())
    try await story.expect(.paid, of: balerion, on: "2026-03-09", ["= 0"])
    try await story.expect(
      .paid, of: balerion, on: "2026-03-15",
      ["2026-03-10 payment Balerion Space Ventures II 100,000", "= 100,000"])
    try await story.expect(
      .outstanding, of: balerion, on: "2026-03-15",
      [
        "2026-02-20 item Balerion Space Ventures II 300,000 (400,000 asked, 100,000 paid)",
        "= 300,000",
      ])
    try await story.expect(
      .notYetCalled, of: balerion, on: "2026-03-15",
      ["+ committed 1,000,000", "- noticed 400,000", "= 600,000"])
    try await story.expect(
      .uncalled, of: balerion, on: "2026-03-15",
      ["+ committed 1,000,000", "- paid 100,000", "= 900,000"])
    try await story.expect(
      .paidPercent, of: balerion, on: "2026-03-15",
      ["+ paid 100,000", "/ committed 1,000,000", "= 10.00%"])
    try await story.expect(
      .noticed, of: balerion, on: "2026-05-16",
      [
        "2026-02-20 item Balerion Space Ventures II 400,000",
        "2026-04-01 item Balerion Space Ventures II 200,000", "= 600,000",
      ])
    let both = [
      "2026-03-10 payment Balerion Space Ventures II 100,000",
      "2026-03-20 payment Balerion Space Ventures II 300,000", "= 400,000",
    ]
    try await story.expect(.investmentAssets, of: fund, on: "2026-03-31", both)
    try await story.expect(
      .uninvested, of: fund, on: "2026-03-31",
      ["+ commitment_total 5,000,000", "- invested 400,000", "= 4,600,000"])

    let before = try await story.now
    try await story.tell(CaseBooks.reversal)
    let one = ["2026-03-10 payment Balerion Space Ventures II 100,000", "= 100,000"]
    for figure in [Figure.invested, .investmentAssets] {
      try await story.expect(figure, of: fund, on: "2026-03-31", one)
      try await story.expect(figure, of: fund, on: "2026-03-31", knownAt: before, both)
    }
  }

  @Test("4. A credit: outstanding lists positive items, credits due the other; paid-in the refund")
  func credit() async throws {
    let story = try await Story(
      CaseBooks.credit + "\n2025-03-10  pays 2  GP  1,001")
    let partners = FigureScope.side(.partners, of: try story.fundID())
    let fund = FigureScope.fund(try story.fundID())
    try await story.expect(
      .outstanding, of: partners, on: "2025-03-10",
      [
        "2025-02-15 item A 1,600 (1,600 asked, 0 paid)",
        "2025-02-15 item B 1,000 (1,000 asked, 0 paid)",
        "2025-02-15 item C 600 (600 asked, 0 paid)", "= 3,200",
      ])
    try await story.expect(
      .creditsDue, of: partners, on: "2025-03-10",
      ["2025-02-15 item D 161 (-161 asked, 0 paid)", "= 161"])
    try await story.expect(
      .noticed, of: partners, on: "2025-03-10",
      [
        "2024-07-02 item D 900", "2025-02-15 item A 1,600", "2025-02-15 item B 1,000",
        "2025-02-15 item C 600", "2025-02-15 item D -161", "2025-02-15 item GP 1,001", "= 4,940",
      ])
    try await story.expect(
      .gpPaidIn, of: fund, on: "2025-03-10", ["2025-03-10 payment GP 1,001", "= 1,001"])
    try await story.tell("2025-03-10  refunds 2  D  161")
    try await story.expect(
      .paidIn, of: fund, on: "2025-03-10",
      [
        "2024-07-15 payment D 900", "2025-03-10 payment GP 1,001", "2025-03-10 refund D -161",
        "= 1,740",
      ])
    let call = try #require(
      try await story.books.answer(FundAsOf(try story.fundID(), AsOf(.latest))).calls.last)
    try await story.expect(
      .paidPercent, of: .call(call.call.id), on: "2025-03-10",
      [
        "+ paid 0", "+ paid 0", "+ paid 0", "+ paid 1,001", "/ amount 1,600", "/ amount 1,000",
        "/ amount 600", "/ amount 1,001", "= 23.83%",
      ])
  }

  @Test("5. Stated paid-in lists what was stated; the GP part by its rule; a call makes it cash")
  func stated() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F   KRW 1,000  GP commitment 100
      2026-01-01  partner  GP  GP    100
      2026-01-01  partner  LP  기관  900
      2026-01-01  stated   GP  100
      2026-01-01  stated   LP  500
      """)
    let fund = FigureScope.fund(try story.fundID())
    for day in ["1950-01-01", "2026-06-30"] {
      try await story.expect(
        .paidIn, of: fund, on: day, basis: .stated,
        ["- stated GP 100", "- stated LP 500", "= 600"])
      try await story.expect(
        .gpPaidIn, of: fund, on: day, basis: .stated, ["- stated GP 100", "= 100"])
      try await story.expect(
        .paidInRatio, of: fund, on: day, basis: .stated,
        ["+ paid_in 600", "/ commitment_total 1,000", "= 60.00%"])
    }
    try await story.tell(
      "2026-04-01  call 1  due 2026-04-30  LP 200\n2026-04-10  pays 1  LP  200")
    try await story.expect(.paidIn, of: fund, on: "2026-04-09", ["= 0"])
    try await story.expect(
      .paidIn, of: fund, on: "2026-04-10", ["2026-04-10 payment LP 200", "= 200"])
  }

  @Test("5. Stated without a general partner: the registered GP commitment, never above all stated")
  func statedWithoutGP() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F   KRW 1,000  GP commitment 100
      2026-01-01  partner  LP  기관  900
      2026-01-01  stated   LP  500
      """)
    let fund = FigureScope.fund(try story.fundID())
    try await story.expect(
      .gpPaidIn, of: fund, on: "2026-06-30", basis: .stated, ["- gp_commitment 100", "= 100"])
    try await story.tell("2026-01-01  stated  LP  60")
    try await story.expect(
      .gpPaidIn, of: fund, on: "2026-06-30", basis: .stated,
      ["- gp_commitment 100", "- above_stated -40", "= 60"])
  }

  @Test("6. A direct investment undone is in no list")
  func undone() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     Fund B  KRW 1,000
      2026-01-10  invests  X       50
      2026-02-10  invests  X       70
      """)
    let fund = FigureScope.fund(try story.fundID())
    let first = try await story.books.answer(FundAsOf(try story.fundID(), AsOf(.latest)))
      .commitments[0].commitment.id
    let before = try await story.now
    let both = ["2026-01-10 payment X 50", "2026-02-10 payment X 70", "= 120"]
    try await story.expect(.invested, of: fund, on: "2026-02-10", both)
    try await story.tell("2026-01-10  undoes  X")
    try await story.expect(.invested, of: fund, on: "2026-01-31", ["= 0"])
    try await story.expect(
      .invested, of: fund, on: "2026-02-10", ["2026-02-10 payment X 70", "= 70"])
    try await story.expect(.invested, of: fund, on: "2026-02-10", knownAt: before, both)
    // Asked about by its own number it is still there, and says that nothing is left of it.
    try await story.expect(.paid, of: .commitment(first), on: "2026-02-10", ["= 0"])
    try await story.expect(
      .committed, of: .commitment(first), on: "2026-02-10",
      ["2026-01-10 change X 50", "2026-01-10 change X -50", "= 0"])
  }

  @Test("9. A dated change of commitment, and what was known of it")
  func datedChange() async throws {
    let story = try await Story(
      """
      2026-01-02  fund     F   KRW 1,000
      2026-01-02  partner  LP  기관  500
      """)
    let before = try await story.now
    try await story.tell("2026-06-30  changes  LP  300")
    let partner = FigureScope.commitment(try await story.commitment("LP").id)
    let first = "- first_amount LP 500"
    try await story.expect(.committed, of: partner, on: "2026-06-29", [first, "= 500"])
    try await story.expect(
      .committed, of: partner, on: "2026-06-30", [first, "2026-06-30 change LP 300", "= 800"])
    try await story.expect(
      .committed, of: partner, on: "2026-06-30", knownAt: before, [first, "= 500"])
  }
}

extension Story {
  /// The lines or parts of a figure, then the figure as its page shows it.
  func expect(
    _ figure: Figure, of scope: FigureScope, on day: String, knownAt: Instant? = nil,
    basis: PaidInBasis = .cash, _ expected: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let question = try #require(FigureQuestion(figure, of: scope))
    let explanation = try await books.answer(
      ExplainFigure(question, AsOf(CalendarDate(day)!, knownAt: knownAt)))
    #expect(written(explanation) == expected, sourceLocation: sourceLocation)
    #expect(explanation.basis == basis, sourceLocation: sourceLocation)
  }

  private func written(_ explanation: Explanation) -> [String] {
    func digits(_ money: Money) -> String {
      groupedDigits(money.digits).replacing(".00", with: "")
    }
    let account: [String] =
      switch explanation.account {
      case .lines(let lines):
        lines.map { line in
          let words = [
            line.date?.description ?? "-", line.kind.rawValue, line.commitment?.party.name,
            digits(line.amount),
            line.remainder.map { "(\(digits($0.asked)) asked, \(digits($0.paid)) paid)" },
          ]
          return words.compactMap { $0 }.joined(separator: " ")
        }
      case .sum(let parts):
        parts.map {
          "\($0.isTakenAway ? "-" : "+") \($0.question.figure.rawValue) \(digits($0.amount))"
        }
      case .quotient(let parts, let over):
        parts.map { "+ \($0.question.figure.rawValue) \(digits($0.amount))" }
          + over.map { "/ \($0.question.figure.rawValue) \(digits($0.amount))" }
      }
    let value =
      switch explanation.value {
      case .amount(let amount): digits(amount)
      case .ratio(let ratio): ratio.map { $0.digits(decimals: 2) + "%" } ?? "–"
      }
    return account + ["= \(value)"]
  }
}
