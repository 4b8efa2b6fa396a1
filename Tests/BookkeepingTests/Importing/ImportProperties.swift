import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// What holds of imports whatever the books are.
@Suite("Imports into random books")
struct ImportProperties {
  private func told(_ seed: UInt64, _ count: Int = 130) async throws -> TestBooks {
    let test = try await TestBooks(at: RandomStory.start)
    var story = RandomStory(seed: seed)
    try await story.tell(count, to: test)
    return test
  }

  private func days(_ test: TestBooks, _ random: inout SplitMix64) -> [CalendarDate] {
    let today = test.books.clock.today
    return (0..<20).map { _ in today.adding(days: 60 - random.below(900)) } + [.latest]
  }

  @Test("Books take nothing from their own export, with its mark or without")
  func nothingToDo() async throws {
    for seed in Soak.seeds(8).map({ $0 &+ 3_000 }) {
      let test = try await told(seed)
      let files = try await test.books.answer(ExportBooks())
      let marked = try await test.preview(files)
      #expect(marked.changes.isEmpty, "seed \(seed): \(marked.changes.prefix(5))")
      #expect(marked.isOfTheseBooks && marked.counts.rows > 20)
      #expect(
        marked.tables.allSatisfy { $0.notInFile ?? 0 == 0 },
        "seed \(seed): \(marked.tables.map { ($0.format, $0.notInFile) })")
      let unmarked = try await test.preview(files.unmarked)
      #expect(unmarked.changes.isEmpty, "seed \(seed): \(unmarked.changes.prefix(5))")
      #expect(!unmarked.isOfTheseBooks)
    }
  }

  @Test("Three edited cells are three changes, and done once")
  func threeEdits() async throws {
    for seed in Soak.seeds(8).map({ $0 &+ 4_000 }) {
      let test = try await told(seed)
      var random = SplitMix64(seed: seed)
      let exported = try await test.books.answer(ExportBooks())
      let files = try await edit(exported, 3, test, &random)
      let report = try await test.preview(files)
      #expect(report.counts.changed == 3, "seed \(seed): \(report.changes)")
      #expect(
        report.counts.new == 0 && report.counts.refused == 0, "seed \(seed): \(report.changes)")
      let fields = report.tables.flatMap { table in
        (0..<table.rowCount).flatMap { index -> [FieldChange] in
          if case .changes(let fields)? = table.row(index)?.outcome { fields } else { [] }
        }
      }
      #expect(fields.count == 3, "seed \(seed): \(report.changes)")
      try await test.take(files)
      #expect(try await test.books.answer(CheckBooks()).isEmpty)
      let again = try await test.preview(files)
      #expect(
        again.counts.changed + again.counts.new + again.counts.refused == 0,
        "seed \(seed): \(again.changes)")
      // The books that come of it know their own export, and new books take it.
      let after = try await test.books.answer(ExportBooks())
      #expect(try await test.preview(after.unmarked).changes.isEmpty, "seed \(seed)")
      let copy = try await TestBooks(at: test.clock.now)
      try await copy.take(after)
      let days = days(test, &random)
      #expect(try await copy.figures(on: days) == test.figures(on: days), "seed \(seed)")
    }
  }

  @Test("After an undo everything is as before; the same files again give what they gave")
  func undo() async throws {
    for seed in Soak.seeds(8).map({ $0 &+ 5_000 }) {
      let test = try await told(seed, 90)
      let other = try await told(seed &+ 70_000, 90)
      test.clock.set(max(test.clock.now, other.clock.now))
      var random = SplitMix64(seed: seed)
      let days = days(test, &random)
      let before = try await test.figures(on: days)
      let edited = try await edit(
        try await test.books.answer(ExportBooks()), 5, test, &random)
      let foreign =
        try await test.books.answer(ExportBooks()).isEmpty
        ? [] : renamed(try await other.books.answer(ExportBooks()))
      for files in [edited, foreign] {
        let sequence = try await test.take(files)
        let with = try await test.figures(on: days)
        #expect(with != before, "seed \(seed)")
        _ = try await test.books.perform(UndoImport(sequence, reason: "잘못"), by: "maria")
        #expect(try await test.figures(on: days) == before, "seed \(seed)")
        #expect(try await test.books.answer(CheckBooks()).isEmpty, "seed \(seed)")
        let own = try await test.books.answer(ExportBooks())
        #expect(try await test.preview(own).changes.isEmpty, "seed \(seed)")
        #expect(try await test.preview(own.unmarked).changes.isEmpty, "seed \(seed)")
        guard files.first?.name == foreign.first?.name, files == foreign else { continue }
        let again = try await test.take(files)
        #expect(try await test.figures(on: days) == with, "seed \(seed)")
        _ = try await test.books.perform(UndoImport(again, reason: "잘못"), by: "maria")
        #expect(try await test.figures(on: days) == before, "seed \(seed)")
      }
    }
  }

  /// Another firm's books: no fund has the name of one that is there.
  private func renamed(_ files: [CSVFile]) -> [CSVFile] {
    files.unmarked.map { file in
      var sheet = SheetText(file)
      let column = file.name == "funds.csv" ? "name" : "fund"
      guard sheet.columns.contains(column) else { return file }
      for row in sheet.rows.indices { sheet[row, column] = "다른 " + sheet[row, column] }
      return sheet.file
    }
  }

  /// So many cells, each in a row of its own, that an export lets a person edit.
  private func edit(
    _ files: [CSVFile], _ count: Int, _ test: TestBooks, _ random: inout SplitMix64
  ) async throws -> [CSVFile] {
    let ledger = try await test.books.answer(LedgerAsOf(AsOf(.latest)))
      .filter { $0.reversedBy == nil && !$0.entry.kind.isReversal }
    let standing = Set(ledger.map(\.entry.id.description))
    let untouched = Set(
      Dictionary(grouping: ledger, by: \.entry.commitment).filter { $0.value.count == 1 }
        .map(\.key.description))
    let open = Set(
      try await test.books.answer(CallsAsOf(.all, AsOf(.latest))).filter { $0.items.count == 1 }
        .filter { $0.call.cancelledOn == nil }.flatMap(\.items).map(\.item.id.description))
    var places: [(file: String, column: String, row: Int)] = []
    for file in files {
      let sheet = SheetText(file)
      for row in sheet.rows.indices {
        switch file.name {
        case "funds.csv": places.append(("funds", "fund_manager", row))
        case "partners.csv": places.append(("partners", "commitment", row))
        case "parties.csv": places.append(("parties", "industry", row))
        case "investments.csv"
        where standing.contains(sheet[row, "sequence"])
          && untouched.contains(sheet[row, "commitment"]):
          places.append(("investments", "amount", row))
        case "payments.csv"
        where sheet[row, "kind"] != "reversal" && standing.contains(sheet[row, "sequence"]):
          places.append(("payments", "memo", row))
        case "capital_call_items.csv" where open.contains(sheet[row, "sequence"]):
          places.append(("capital_call_items", "due_date", row))
        default: break
        }
      }
    }
    var edited = files
    for _ in 0..<count where !places.isEmpty {
      let place = places.remove(at: random.below(places.count))
      edited = edited.edited(place.file) { sheet in
        switch place.column {
        case "commitment", "amount":
          sheet[place.row, place.column] = String(
            (Double(sheet[place.row, place.column]) ?? 0).rounded(.down) + 7
          ).replacing(".0", with: "")
        case "due_date": sheet[place.row, place.column] = "2099-12-31"
        default: sheet[place.row, place.column] += " 고침 \(random.below(1_000))"
        }
      }
    }
    return edited
  }
}
