import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// The figures in memory are those of the facts, whatever happened to the books, whoever did it.
@Suite("As-of index")
struct AsOfIndexTests {
  @Test("After every command of random books, on many days", arguments: Soak.seeds(6))
  func followsEveryCommand(seed: UInt64) async throws {
    let test = try await TestBooks(at: RandomStory.start)
    let books = test.books.indexed()
    try await books.index?.read()
    var story = RandomStory(seed: seed)
    var days = SomeDays(seed: seed)
    for told in 1...(Soak.isOn ? 250 : 120) {
      try await story.tell(1, to: test)
      try await expectSame(books, seed: seed, after: told, days.draw(3))
      // What follows one by one is what reading all anew gives.
      if told.isMultiple(of: 40) {
        try await expectSame(
          test.books.indexed().read(), seed: seed, after: told, days.draw(12))
      }
    }
    #expect(books.index?.isRead == true)
  }

  @Test("While several commands come between two questions", arguments: Soak.seeds(4))
  func followsMany(seed: UInt64) async throws {
    let test = try await TestBooks(at: RandomStory.start)
    let books = try await test.books.indexed().read()
    var story = RandomStory(seed: seed)
    var days = SomeDays(seed: seed)
    for chapter in [7, 31, 90, 2, 55] {
      try await story.tell(chapter, to: test)
      try await expectSame(books, seed: seed, after: chapter, days.draw(12))
    }
    #expect(books.index?.isRead == true)
  }

  @Test("What another process commits is seen by the next question")
  func anotherProcess() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = try await test.books.indexed().read()
    let other = try SQLiteEngine(path: test.path)
    let others = try await BooksFile.open(other, now: { test.clock.now })
    for number in 1...3 {
      let terms = FundTerms(name: "F\(number)", gpCommitment: .zero(.krw))
      _ = try await others.perform(
        RegisterFund(terms: terms, commitmentTotal: Money(minorUnits: 100, .krw)), by: "june")
      let rows = try await books.answer(OverviewAsOf(AsOf(.latest), homeCurrency: .krw)).rows
      #expect(rows.map(\.fund.terms.name) == (1...number).map { "F\($0)" })
      #expect(try await books.answer(TrailEnd()) == Int64(number))
    }
    try other.close()
  }

  @Test("Whoever asks and goes away leaves the index as good as it was")
  func goneMeanwhile() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = try await test.books.indexed().read()
    _ = try await CommandSamples(test)
    let gone = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await books.answer(OverviewAsOf(AsOf(.latest), homeCurrency: .krw))
    }
    _ = try? await gone.value
    #expect(books.index?.isRead == true)
    try await expectSame(books, seed: 0, after: 1, [])
  }

  @Test("An import, and undoing it, which withdraws the fund")
  func imports() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = try await test.books.indexed().read()
    let sequence = try await test.take(ImportExamples.sound)
    try await expectSame(books, seed: 0, after: 1, [])
    _ = try await test.books.perform(UndoImport(sequence, reason: "다른 회사"), by: "maria")
    try await expectSame(books, seed: 0, after: 2, [])
    // It could not follow that: the facts answered, and meanwhile all is read anew.
    try await books.index?.read()
    try await expectSame(books, seed: 0, after: 2, [])
    try await test.take(ImportExamples.sound)
    try await expectSame(books, seed: 0, after: 3, [])
    #expect(books.index?.isRead == true)
  }

  @Test("A partner becomes a general partner, and ceases to be one")
  func partnerTypes() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let books = try await test.books.indexed().read()
    try await test.take(ImportExamples.sound)
    let commitments = try await test.books.answer(FundAsOf(Fund.ID(rawValue: 1), AsOf(.latest)))
      .commitments.filter { $0.commitment.side == .partners }
    for (step, type) in ["GP", "기관", "GP"].enumerated() {
      for commitment in commitments {
        _ = try? await test.books.perform(
          AmendCommitment(commitment: commitment.commitment.id, partnerType: .changed(type)),
          by: "maria")
      }
      try await expectSame(books, seed: 0, after: step, [])
    }
    #expect(books.index?.isRead == true)
  }

  /// Overviews of both kinds and the rail, from memory and from the facts.
  private func expectSame(
    _ books: Books, seed: UInt64, after told: Int, _ days: [CalendarDate]
  ) async throws {
    for day in [.earliest, .latest, books.clock.today] + days {
      for formedOnly in [false, true] {
        let question = OverviewAsOf(AsOf(day), formedOnly: formedOnly, homeCurrency: .krw)
        let (indexed, facts) = (
          try await books.answer(question), try await books.answerFromFacts(question)
        )
        #expect(indexed == facts, "seed \(seed), after \(told), \(day), formed only \(formedOnly)")
      }
    }
    let life = LifeOfFundsAsKnown(around: books.clock.today)
    let (indexedLife, factsLife) = (
      try await books.answer(life), try await books.answerFromFacts(life)
    )
    #expect(indexedLife == factsLife, "life of funds, seed \(seed), after \(told)")
    for currency in [Currency.krw, .usd] {
      let question = CashTimelineAsOf(of: .currency(currency))
      let (indexed, facts) = (
        try await books.answer(question), try await books.answerFromFacts(question)
      )
      #expect(indexed == facts, "rail, seed \(seed), after \(told), \(currency)")
    }
  }
}

/// Days about which something was told, or not.
private struct SomeDays {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func draw(_ count: Int) -> [CalendarDate] {
    (0..<count).map { _ in
      CalendarDate(2026, 1, 5)?.adding(days: random.number(in: -720...300)) ?? .earliest
    }
  }
}

extension Books {
  /// Once everything is in memory.
  fileprivate func read() async throws -> Books {
    try await index?.read()
    return self
  }
}
