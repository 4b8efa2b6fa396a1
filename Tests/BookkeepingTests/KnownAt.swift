import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// The second clock: what the books knew at an instant is what books know that were told no more.
@Suite("Known at")
struct KnownAt {
  @Test("The answer at the instant of change k is that of books which received 1 to k only")
  func prefixes() async throws {
    var compared = 0
    for seed in Soak.seeds(4).map({ $0 &+ 1_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(140, to: test)
      var random = SplitMix64(seed: seed)

      let young = try await TestBooks(at: RandomStory.start)
      for (index, told) in story.accepted.enumerated() {
        young.clock.set(told.toldAt)
        let again = try await young.books.tell(
          told.command, by: told.actor, at: told.toldAt)
        let stamp = try #require(told.stamp)
        #expect(again.stamp == stamp, "seed \(seed), change \(index + 1)")
        // Until the next change, or for ever, the books know no more than this.
        let next = story.accepted.dropFirst(index + 1).first?.stamp?.recordedAt
        // The trail may be ahead of a clock that stood still.
        let end = next ?? max(test.clock.now, stamp.recordedAt).next
        let later = Instant(microseconds: end.microseconds - 1)
        for knownAt in [stamp.recordedAt, later] {
          let day = test.books.clock.today.adding(days: 60 - random.below(800))
          let then = try await test.books.answer(
            EveryFigure(asOf: AsOf(day, knownAt: knownAt)))
          let only = try await young.books.answer(EveryFigure(asOf: AsOf(day)))
          guard then != only else { continue }
          Issue.record(
            """
            seed \(seed), change \(index + 1), \(day), known at \(knownAt)
            then: \(then.filter { !only.contains($0) }.prefix(4).joined(separator: "\n      "))
            only: \(only.filter { !then.contains($0) }.prefix(4).joined(separator: "\n      "))
            """)
          return
        }
        compared += 1
      }
    }
    #expect(compared > 200 || Soak.seedAsked != nil)
  }

  @Test("Before the first change the books know nothing, at the last one everything")
  func ends() async throws {
    let story = try await Story(
      """
      2026-01-01  fund     F   KRW 1,000
      2026-01-01  partner  LP  기관  900
      """)
    let first = try #require(
      try await story.books.answer(AuditTrail()).last?.stamp.recordedAt)
    let before = Instant(microseconds: first.microseconds - 1)
    let day = CalendarDate(2026, 6, 1)!
    let nothing = try await story.books.answer(
      OverviewAsOf(AsOf(day, knownAt: before), homeCurrency: .krw))
    #expect(nothing.rows.isEmpty && nothing.totalsByCurrency.isEmpty)
    #expect(nothing.totals.fundCount == 0)
    #expect(try await story.books.answer(AuditTrail(knownAt: before)).isEmpty)
    let one = try await story.books.answer(
      OverviewAsOf(AsOf(day, knownAt: first), homeCurrency: .krw))
    #expect(one.rows.count == 1)
    await #expect(throws: Refusal.unknown(.fund, 1)) {
      try await story.books.answer(FundAsOf(Fund.ID(rawValue: 1), AsOf(day, knownAt: before)))
    }
  }
}
