import Bookkeeping
import Foundation
import FundModel
import NaiveOracle
import RandomBooks
import Testing

/// Random stories told to the books; the naive oracle has to find the same figures in their export.
///
/// `JANGBU_SEED=42` tells one story, `JANGBU_SOAK=1` tells many more.
@Suite("Simulation")
struct Simulation {
  @Test("The oracle agrees with the books on every figure, at many dates")
  func oracleAgrees() async throws {
    let seeds = Soak.seeds(16)
    let census = try await withThrowingTaskGroup(of: Census.self) { lanes in
      for lane in 0..<2 {
        lanes.addTask {
          try await tell(seeds.enumerated().filter { $0.offset % 2 == lane }.map(\.element))
        }
      }
      return try await lanes.reduce(into: Census()) { $0.add($1) }
    }
    if Soak.seedAsked == nil {
      #expect(census.missing.isEmpty, "Nothing of this kind was told.")
    }
  }

  private func tell(_ seeds: [UInt64]) async throws -> Census {
    var census = Census()
    for seed in seeds {
      let test = try await TestBooks(at: RandomStory.start)
      var story = RandomStory(seed: seed)
      for chapter in [60, 90, 110] {
        try await story.tell(chapter, to: test)
        try await expectAgreement(test, seed: seed, dates: Soak.isOn ? 30 : 14)
      }
      #expect(try await test.books.answer(CheckBooks()).isEmpty, "seed \(seed)")
      census.add(story.census)
    }
    return census
  }

  private func expectAgreement(_ test: TestBooks, seed: UInt64, dates: Int) async throws {
    let oracle = NaiveBooks(files: try await test.exported())
    try await expectTimelines(test, oracle, seed: seed)
    for day in try await interestingDays(test, seed: seed, count: dates) {
      let asOf = AsOf(day)
      for formedOnly in [false, true] {
        let overview = OverviewAsOf(asOf, formedOnly: formedOnly, homeCurrency: .krw)
        expectSame(
          FiguresAsText.overview(try await test.books.answer(overview)),
          FiguresAsText.overview(oracle.overview(on: day.description, formedOnly: formedOnly)),
          "overview, seed \(seed), \(day), formed only: \(formedOnly)")
      }
      let funds = try await test.books.answer(EveryFund(asOf: asOf))
      expectSame(
        FiguresAsText.positions(funds), FiguresAsText.positions(oracle, on: day.description),
        "positions, seed \(seed), \(day)")
      expectSame(
        FiguresAsText.calls(funds), FiguresAsText.calls(oracle, on: day.description),
        "calls, seed \(seed), \(day)")
      expectSame(
        FiguresAsText.holdings(try await test.books.answer(CompaniesAsOf(asOf))),
        FiguresAsText.holdings(oracle, on: day.description), "companies, seed \(seed), \(day)")
    }
  }

  /// How paid-in grew, step by step, and which due dates are ahead.
  private func expectTimelines(
    _ test: TestBooks, _ oracle: NaiveBooks, seed: UInt64
  ) async throws {
    let funds = try await test.books.answer(
      OverviewAsOf(AsOf(.latest), homeCurrency: .krw)
    ).rows.map(\.fund)
    var subjects: [(CashTimelineAsOf.Subject, [String])] = funds.map {
      (.fund($0.id), [$0.terms.name])
    }
    for currency in [Currency.krw, .usd] {
      let names = funds.filter { $0.currency == currency }.map(\.terms.name)
      subjects.append((.currency(currency), names))
    }
    for (subject, names) in subjects {
      let timeline = try await test.books.answer(CashTimelineAsOf(of: subject))
      var paidIn = 0
      for step in timeline.steps {
        let (day, before) = (step.day.description, step.day.adding(days: -1).description)
        #expect(oracle.cashPaidIn(of: names, on: before) == paidIn, "seed \(seed), \(day)")
        paidIn = oracle.cashPaidIn(of: names, on: day)
        #expect(step.paidIn.minorUnits == paidIn, "seed \(seed), \(day)")
      }
      #expect(oracle.cashPaidIn(of: names, on: "9999-12-31") == paidIn, "seed \(seed)")
      #expect(
        timeline.dueDays.map(\.description) == oracle.dueDaysAhead(of: names), "seed \(seed)")
    }
  }

  /// Days on which something happens, the days around them and month ends, drawn by the seed; the
  /// first and the last day of all too.
  private func interestingDays(
    _ test: TestBooks, seed: UInt64, count: Int
  ) async throws -> [CalendarDate] {
    var days: Set<CalendarDate> = []
    for text in try await test.exported().values {
      for word in text.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
        guard let day = CalendarDate(word) else { continue }
        days.formUnion([day.adding(days: -1), day, day.adding(days: 1), day.monthEnd])
      }
    }
    var random = SplitMix64(seed: seed)
    let drawn = days.sorted().shuffled(using: &random).prefix(count)
    return [.earliest, .latest, test.books.clock.today] + drawn
  }

  /// Records what only one of them says.
  private func expectSame(_ books: [String], _ oracle: [String], _ what: String) {
    guard books != oracle else { return }
    let onlyBooks = books.filter { !oracle.contains($0) }.prefix(5)
    let onlyOracle = oracle.filter { !books.contains($0) }.prefix(5)
    Issue.record(
      """
      \(what)
      books:  \(onlyBooks.joined(separator: "\n        "))
      oracle: \(onlyOracle.joined(separator: "\n        "))
      """)
  }
}

/// How much is simulated.
enum Soak {
  static let isOn = ProcessInfo.processInfo.environment["JANGBU_SOAK"] == "1"
  static let seedAsked = ProcessInfo.processInfo.environment["JANGBU_SEED"].flatMap {
    UInt64($0)
  }

  static func seeds(_ count: Int) -> [UInt64] {
    if let seedAsked { return [seedAsked] }
    return (1...UInt64(isOn ? count * 6 : count)).map { $0 }
  }
}
