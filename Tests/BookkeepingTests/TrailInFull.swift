import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// What an entry of the trail tells: what it is about, what it changed, every row that it wrote.
@Suite("The audit trail in full")
struct TrailInFullTests {
  @Test("Every table of facts, and every column of it, can be read")
  func described() async throws {
    #expect(Set(tablesOfFactsAbout) == Set(factTables))
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    for table in factTables {
      let columns = try await test.books.answer(Columns(table: table))
      let own = columns.filter { !["id", "audit", "step"].contains($0) }
      #expect(columnsOfFacts[table]?.map(\.name).sorted() == own.sorted(), "\(table)")
    }
  }

  @Test("Every command's entry tells each row that it wrote", arguments: allCommandNames)
  func byCommand(_ name: String) async throws {
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let books = samples.test.books
    let sample = try #require(samples.sample(of: name))
    let before = try await books.answer(RowCounts())
    _ = try await books.tell(sample, by: "june", at: samples.test.clock.now)
    let after = try await books.answer(RowCounts())
    let written = factTables.filter { after[$0] != before[$0] }
    let sequence = try await books.answer(TrailEnd())
    let entry = try #require(try await books.answer(ReadTrailEntry(sequence)))
    #expect(entry.entry.command == name && entry.entry.actor == "june")
    #expect(entry.entry.digest?.count == 64)
    #expect(entry.rowsByTable.map(\.table).sorted() == written.sorted())
    for line in entry.rowsByTable {
      #expect(line.count == Int((after[line.table] ?? 0) - (before[line.table] ?? 0)))
    }
    #expect(entry.facts.map(\.step) == (0..<entry.facts.count).map { Int64($0 + 1) })
    #expect(entry.facts.count == entry.rowsByTable.reduce(0) { $0 + $1.count })
    #expect(entry.subject.rows == entry.facts.count)
    #expect(entry.next == nil && entry.previous == sequence - 1)
    // A change of something takes the place of what was there.
    let amends = name.hasPrefix("amend-") || name == UndoImport.name
    #expect(entry.facts.contains(where: \.isChange) == amends)
    if amends {
      let told = entry.facts.filter(\.isChange).flatMap(\.fields).filter(\.tells)
      #expect(!told.isEmpty && told.allSatisfy { $0.before != nil })
    }
  }

  @Test("What was there before is the version before, whatever came later")
  func beforeAndAfter() async throws {
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let books = samples.test.books
    let fund = Fund.ID(rawValue: 1)
    var stamps: [AuditStamp] = []
    for name in ["F 2호", "F 3호"] {
      var changes = AmendFund.Changes()
      changes.name = .changed(name)
      stamps.append(
        try await books.perform(AmendFund(fund: fund, changes: changes), by: "maria").audit)
    }
    stamps.append(
      try await books.perform(
        ChangeCommitment(
          commitment: Commitment.ID(rawValue: 1), amount: Money(minorUnits: -9, .krw),
          effectiveOn: CalendarDate(2026, 1, 4)), by: "maria"
      ).audit)
    func told(_ stamp: AuditStamp) async throws -> [RecordedFact.Field] {
      let entry = try #require(try await books.answer(ReadTrailEntry(stamp.sequence)))
      return entry.facts.flatMap(\.fields).filter(\.tells)
    }
    let first = try await told(stamps[0])
    #expect(first.map(\.column) == ["name"])
    #expect(first.first?.before == .text("F") && first.first?.after == .text("F 2호"))
    let second = try await told(stamps[1])
    #expect(second.first?.before == .text("F 2호") && second.first?.after == .text("F 3호"))
    // 900 until the 5th of January, from when 50 more were promised: on the 4th it is 900.
    let promise = try #require(try await told(stamps[2]).first { $0.column == "committed" })
    #expect(promise.before == .amount(Money(minorUnits: 900, .krw)))
    #expect(promise.after == .amount(Money(minorUnits: 891, .krw)))
  }

  @Test("A change of many rows is read in pages, each row once")
  func manyRows() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await test.books.perform(ImportBooks(DemoBooks.files), by: "maria")
    var steps: [Int64] = []
    var after: Int64? = 0
    while let step = after {
      let page = try #require(
        try await test.books.answer(ReadTrailEntry(1, afterStep: step, limit: 37)))
      steps += page.facts.map(\.step)
      after = page.nextStep
    }
    let entry = try #require(try await test.books.answer(ReadTrailEntry(1)))
    #expect(steps == (1...entry.subject.rows).map(Int64.init))
    #expect(entry.subject.fundCount == 8 && entry.subject.cash?.count == 80)
    // Its content is the files' digests and sizes, and none of their rows.
    #expect(entry.entry.content.contains("\"sha256\""))
    #expect(!entry.entry.content.contains("미래투자조합"))
    #expect(entry.entry.outcome.contains("funds.csv 8"))
  }

  @Test("The trail is filtered by person, command, fund and the time of recording")
  func filters() async throws {
    let samples = try await CommandSamples(TestBooks(at: Story.noon("2026-06-30")))
    let test = samples.test
    test.clock.set(Story.noon("2026-07-01"))
    _ = try await test.books.perform(
      AmendParty(party: Party.ID(rawValue: 2), name: .changed("X 2")), by: "june")
    let all = try await test.books.answer(AuditTrail())
    func found(_ change: (inout TrailFilter) -> Void) async throws -> [AuditEntry] {
      var filter = TrailFilter()
      change(&filter)
      return try await test.books.answer(AuditTrail(filter))
    }
    #expect(try await found { _ in } == all)
    #expect(try await found { $0.actor = "june" } == all.filter { $0.actor == "june" })
    #expect(try await found { $0.actor = "nobody" }.isEmpty)
    for command in Set(all.map(\.command)) {
      #expect(
        try await found { $0.command = command } == all.filter { $0.command == command })
    }
    let july = Story.noon("2026-07-01")
    #expect(try await found { $0.from = july }.map(\.actor) == ["june"])
    #expect(
      try await found { $0.to = Instant(microseconds: july.microseconds - 1) }
        == Array(all.dropFirst()))
    // Of a fund: what recorded anything of it, and new names of parties that it has.
    for fund in [Fund.ID(rawValue: 1), Fund.ID(rawValue: 2)] {
      var expected: [Int64] = []
      for entry in all {
        let sequence = entry.stamp.sequence
        if try await test.books.answer(Touches(sequence, .fund(fund))) {
          expected.append(sequence)
        }
      }
      if fund.rawValue == 1 { expected.insert(all[0].stamp.sequence, at: 0) }
      #expect(try await found { $0.fund = fund }.map(\.stamp.sequence) == expected)
      #expect(expected.count > 1 && expected.count < all.count)
    }
    let page = try await test.books.answer(TrailPage(limit: 5))
    #expect(page.lines.map(\.entry) == Array(all.prefix(5)))
    #expect(page.next == all[4].stamp.sequence)
    #expect(page.actors == ["june", "maria"])
    #expect(page.lines[0].subject.party == "X 2" && page.lines[0].subject.fundCount == 0)
  }

  @Test("The head is the last seal as it was known")
  func head() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    #expect(try await test.books.answer(TrailHead.Question()) == nil)
    var heads: [TrailHead] = []
    for index in 1...3 {
      _ = try await test.books.perform(RegisterParty(name: "P\(index)"), by: "maria")
      heads.append(try #require(try await test.books.answer(TrailHead.Question())))
    }
    #expect(Set(heads.map(\.digest)).count == 3)
    for head in heads {
      #expect(
        try await test.books.answer(TrailHead.Question(knownAt: head.stamp.recordedAt)) == head)
    }
    let trail = try await test.books.answer(AuditTrail())
    #expect(trail.map(\.digest) == heads.reversed().map(\.digest))
  }
}

private struct Columns: Query {
  let table: String

  func answer(from connection: any SQLConnection) throws -> [String] {
    try connection.rows("SELECT name FROM pragma_table_info('\(table)')").map {
      try $0.text("name")
    }
  }
}
