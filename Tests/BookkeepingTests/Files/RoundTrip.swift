import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// What is exported and imported again gives equal figures and an equal ledger.
@Suite("Export and import")
struct RoundTrip {
  @Test("Random books come back from their export with every figure and the same ledger")
  func randomBooks() async throws {
    for seed in Soak.seeds(10).map({ $0 &+ 2_000 }) {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      try await story.tell(160, to: test)
      let files = try await test.books.answer(ExportBooks())

      let copy = try await TestBooks(at: test.clock.now)
      do { _ = try await copy.books.perform(ImportBooks(files), by: "maria") } catch let problems
        as ImportProblems
      {
        Issue.record("seed \(seed): \(problems.problems.prefix(5))")
        return
      }
      #expect(try await copy.books.answer(CheckBooks()).isEmpty, "seed \(seed)")
      #expect(try await ledger(of: copy) == ledger(of: test), "seed \(seed)")
      var random = SplitMix64(seed: seed)
      let today = test.books.clock.today
      for day in (0..<20).map({ _ in today.adding(days: 60 - random.below(900)) }) {
        let figures = try await figures(of: test, on: day)
        #expect(try await self.figures(of: copy, on: day) == figures, "seed \(seed), \(day)")
      }
      // What is written once more says the same, but for the ids of what an import lays together.
      #expect(
        try await copy.books.answer(ExportBooks()).unmarked.map(\.withoutSequences)
          == files.unmarked.map(\.withoutSequences), "seed \(seed)")
    }
  }

  @Test("The demo's own files import as they are, with byte order mark and either line end")
  func demo() async throws {
    for files in [
      DemoBooks.files, DemoBooks.files.map(\.withLF), DemoBooks.files.map(\.withMark),
    ] {
      let test = try await TestBooks(at: Story.noon("2026-06-30"))
      let taken = try await test.books.perform(ImportBooks(files), by: "maria")
      #expect(
        taken.outcome.description == """
          companies.csv 10, funds.csv 8, partners.csv 31, investments.csv 24, \
          capital_call_items.csv 59, payments.csv 56
          """)
      let day = try #require(CalendarDate("2026-02-14"))
      let totals = try await test.books.answer(OverviewAsOf(AsOf(day), homeCurrency: .krw)).totals
      #expect(totals.paidIn.minorUnits == 48_109_000_000)
      #expect(try await test.books.answer(AuditTrail()).count == 1)
    }
  }

  private func figures(of test: TestBooks, on day: CalendarDate) async throws -> [String] {
    let overview = try await test.books.answer(OverviewAsOf(AsOf(day), homeCurrency: .krw))
    let funds = try await test.books.answer(EveryFund(asOf: AsOf(day)))
    return FiguresAsText.overview(overview) + FiguresAsText.positions(funds)
      + FiguresAsText.calls(funds).sorted()
  }

  /// Entry by entry in the order of recording, in words rather than ids.
  private func ledger(of test: TestBooks) async throws -> [String] {
    let lines = try await test.books.answer(LedgerAsOf(AsOf(.latest))).sorted {
      $0.entry.id < $1.entry.id
    }
    let places = Dictionary(
      uniqueKeysWithValues: lines.enumerated().map { ($1.entry.id, $0 + 1) })
    return lines.map { line in
      FiguresAsText.line([
        line.entry.kind.rawValue, line.entry.fund, line.entry.side.rawValue, line.party.name,
        line.callNumber, line.entry.amount, line.entry.effectiveOn, line.memo, line.reference,
        line.entry.reverses.flatMap { places[$0] }, line.reversedBy.flatMap { places[$0] },
      ])
    }
  }
}

extension CSVFile {
  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }

  fileprivate var withLF: CSVFile {
    CSVFile(name: name, bytes: bytes.filter { $0 != 0x0D })
  }

  fileprivate var withMark: CSVFile { CSVFile(name: name, bytes: [0xEF, 0xBB, 0xBF] + bytes) }

  /// The lines in order of their texts, the last column left out, which is `sequence` in most.
  fileprivate var withoutSequences: [String] {
    let lines = text.split(separator: "\n")
    guard lines.first?.hasSuffix(",sequence") == true else { return lines.map(String.init) }
    return lines.map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
    }.sorted()
  }
}
