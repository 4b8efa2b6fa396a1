import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// What makes up a figure comes to the figure, whatever was told to the books.
@Suite("Explained figures")
struct Explained {
  @Test("In random books every figure is what its lines or parts come to, at any date and moment")
  func randomBooks() async throws {
    var seen = EveryExplanation.Answer()
    for seed in Soak.seeds(4).map({ $0 &+ 3_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(110, to: test)
      let halfWay = try #require(story.accepted.last?.stamp).recordedAt
      try await story.tell(110, to: test)
      var random = SplitMix64(seed: seed)
      let drawn = (0..<(Soak.isOn ? 20 : 4)).map { _ in
        test.books.clock.today.adding(days: 60 - random.below(800))
      }
      for day in [.earliest, .latest, test.books.clock.today] + drawn {
        for knownAt in [nil, halfWay] {
          let found = try await test.books.answer(
            EveryExplanation(asOf: AsOf(day, knownAt: knownAt)))
          #expect(found.mistakes.isEmpty, "seed \(seed), \(day), \(knownAt as Instant?)")
          seen.add(found)
        }
      }
    }
    #expect(seen.count > 2_000)
    #expect(Explanation.Line.Kind.allCases.filter { !seen.kinds.contains($0) }.isEmpty)
    #expect(PaidInBasis.allCases.filter { !seen.bases.contains($0) }.isEmpty)
  }

  @Test("In the demo books too, at ten dates")
  func demo() async throws {
    let test = try await demoBooks()
    for day in [
      "2024-06-30", "2024-07-15", "2024-12-31", "2025-02-28", "2025-03-05", "2025-03-10",
      "2025-09-30", "2026-01-31", "2026-02-14", "2026-12-31",
    ] {
      let found = try await test.books.answer(
        EveryExplanation(asOf: AsOf(CalendarDate(day)!)))
      #expect(found.mistakes.isEmpty, "\(day)")
      #expect(found.count > 300, "\(day)")
    }
  }

  @Test("A total of too many lines is explained fund by fund")
  func fundByFund() async throws {
    let test = try await demoBooks()
    let question = try #require(FigureQuestion(.paidIn, of: .total(.krw)))
    let asOf = AsOf(CalendarDate(2026, 2, 14)!)
    let inLines = try await test.books.answer(ExplainFigure(question, asOf, mostLines: 56))
    guard case .lines(let lines) = inLines.account else { throw StoryMistake("no lines") }
    #expect(lines.count == 56)
    let byFund = try await test.books.answer(ExplainFigure(question, asOf, mostLines: 55))
    guard case .sum(let parts) = byFund.account else { throw StoryMistake("no parts") }
    #expect(parts.map(\.question.scope) == (1...8).map { .fund(Fund.ID(rawValue: $0)) })
    #expect(try byFund.sum() == inLines.sum())
    #expect(byFund.value == inLines.value)
  }

  @Test("What is not in the books is refused by its own name")
  func unknown() async throws {
    let test = try await demoBooks()
    for (scope, noun) in [
      (FigureScope.fund(Fund.ID(rawValue: 99)), Refusal.Noun.fund),
      (.side(.partners, of: Fund.ID(rawValue: 99)), .fund),
      (.commitment(Commitment.ID(rawValue: 999)), .commitment),
      (.call(CapitalCall.ID(rawValue: 999)), .call), (.item(CallItem.ID(rawValue: 9_999)), .item),
    ] {
      let figure = try #require(Figure.allCases.first { $0.exists(for: scope) })
      let question = try #require(FigureQuestion(figure, of: scope))
      await #expect {
        try await test.books.answer(ExplainFigure(question, AsOf(.latest)))
      } throws: { error in
        if case Refusal.unknown(noun, _) = error { true } else { false }
      }
    }
  }
}

/// Every figure of everything in the books, held against what is listed for it.
struct EveryExplanation: Query {
  let asOf: AsOf

  struct Answer: Sendable {
    var count = 0
    var mistakes: [String] = []
    var kinds: Set<Explanation.Line.Kind> = []
    var bases: Set<PaidInBasis> = []

    mutating func add(_ other: Answer) {
      count += other.count
      mistakes += other.mistakes
      kinds.formUnion(other.kinds)
      bases.formUnion(other.bases)
    }
  }

  func answer(from connection: any SQLConnection) throws -> Answer {
    var answer = Answer()
    let standing = Set(
      try LedgerAsOf(asOf).answer(from: connection)
        .filter { !$0.entry.kind.isReversal && $0.reversedBy == nil }.map(\.entry.id))
    func hold(
      _ scope: FigureScope, _ value: (Figure) -> Explanation.Value?
    ) throws {
      for figure in Figure.allCases {
        guard let question = FigureQuestion(figure, of: scope) else {
          // Whatever has no explanation here is no figure here.
          if value(figure) != nil, !isTotalCash(figure, scope) {
            answer.mistakes.append("\(figure) of \(scope) has a value and no explanation")
          }
          continue
        }
        let explanation = try ExplainFigure(question, asOf).answer(from: connection)
        answer.count += 1
        answer.bases.insert(explanation.basis)
        for mistake in try mistakes(
          in: explanation, value(figure), standing: standing, connection)
        {
          answer.mistakes.append("\(figure) of \(scope): \(mistake)")
        }
        if case .lines(let lines) = explanation.account {
          answer.kinds.formUnion(lines.map(\.kind))
        }
      }
    }

    for formedOnly in [false, true] {
      let overview = try OverviewAsOf(asOf, formedOnly: formedOnly, homeCurrency: .krw)
        .answer(from: connection)
      for totals in overview.totalsByCurrency {
        try hold(.total(totals.currency, formedOnly: formedOnly), totals.value)
      }
    }
    for fund in try EveryFund(asOf: asOf).answer(from: connection) {
      try hold(.fund(fund.row.fund.id), fund.row.value)
      for side in Side.allCases {
        try hold(.side(side, of: fund.row.fund.id), fund.position(of: side).value)
      }
      for each in fund.commitments {
        try hold(.commitment(each.commitment.id), each.position.value)
      }
      for call in fund.calls {
        try hold(.call(call.call.id), call.value)
        for item in call.items { try hold(.item(item.item.id), item.value) }
      }
    }
    return answer
  }

  /// Only a fund's own page shows its cash.
  private func isTotalCash(_ figure: Figure, _ scope: FigureScope) -> Bool {
    if case .total = scope { figure == .cash } else { false }
  }

  private func mistakes(
    in explanation: Explanation, _ value: Explanation.Value?, standing: Set<Entry.ID>,
    _ connection: any SQLConnection
  ) throws -> [String] {
    var mistakes: [String] = []
    if explanation.value != value {
      mistakes.append("is \(explanation.value), on the page \(value as Any)")
    }
    switch explanation.value {
    case .amount(let amount):
      let sum = try explanation.sum()
      if sum != amount { mistakes.append("is \(amount), listed \(sum as Any)") }
    case .ratio(let ratio):
      let found = try explanation.ratio()
      if found != ratio { mistakes.append("is \(ratio as Any), of the parts \(found as Any)") }
    }
    switch explanation.account {
    case .lines(let lines):
      let entries = lines.compactMap(\.entry)
      if Set(entries).count != entries.count { mistakes.append("an entry stands twice") }
      if !standing.isSuperset(of: entries) { mistakes.append("an entry doesn't stand") }
    case .sum(let parts): mistakes += try wrong(parts, connection)
    case .quotient(let parts, let over): mistakes += try wrong(parts + over, connection)
    }
    return mistakes
  }

  /// Parts that, asked about, are something else.
  private func wrong(
    _ parts: [Explanation.Part], _ connection: any SQLConnection
  ) throws -> [String] {
    try parts.compactMap { part in
      let asked = try ExplainFigure(part.question, asOf).answer(from: connection)
      return asked.value == .amount(part.amount) && asked.basis == part.basis
        ? nil : "part \(part.question) is \(part.amount), asked about \(asked.value)"
    }
  }
}
