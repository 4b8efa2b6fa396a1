import Bookkeeping
import FaultyStore
import FundModel
import RandomBooks
import Store
import Synchronization
import Testing

/// An import is taken back by opposite facts; whoever rests on it is named.
@Suite("Undoing an import")
struct UndoExamples {
  private let days = ["2026-01-04", "2026-01-10", "2026-02-01", "2026-06-30"].compactMap {
    CalendarDate($0)
  }

  private func soundBooks() async throws -> (test: TestBooks, sequence: Int64) {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    return (test, try await test.take(ImportExamples.sound))
  }

  @Test("A fund that it registered is nowhere afterwards, and is there as it was known before")
  func withdrawn() async throws {
    let (test, sequence) = try await soundBooks()
    let fund = Fund.ID(rawValue: 1)
    let before = try await test.books.answer(AuditTrail()).first?.stamp.recordedAt
    _ = try await test.books.perform(UndoImport(sequence, reason: "다른 회사"), by: "maria")
    #expect(try await test.figures(on: days).isEmpty)
    #expect(
      try await test.books.answer(PartiesAsOf(AsOf(.latest))).allSatisfy(\.commitments.isEmpty))
    #expect(try await test.books.answer(CompaniesAsOf(AsOf(.latest))).isEmpty)
    await #expect(throws: Refusal.unknown(.fund, 1)) {
      try await test.books.answer(FundAsOf(fund, AsOf(.latest)))
    }
    let known = AsOf(.latest, knownAt: before)
    #expect(try await test.books.answer(FundAsOf(fund, known)).calls.count == 2)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
    // The trail still calls it by its name.
    let told = try await test.books.answer(TrailPage()).lines.compactMap(\.subject.fund)
    #expect(told.map(\.name) == ["F", "F"] && told.allSatisfy(\.isWithdrawn), "\(told)")
    // Its name is free again.
    try await test.take(ImportExamples.sound)
    let rows = try await test.books.answer(OverviewAsOf(AsOf(.latest), homeCurrency: .krw)).rows
    #expect(rows.map(\.fund.id.rawValue) == [2] && rows.map(\.paidIn.minorUnits) == [60])
  }

  @Test("In a fund that was there, numbers of calls and partners are free again")
  func inAFundThatStays() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    try await test.take([ImportExamples.sound[0]])
    let before = try await test.figures(on: days)
    let sequence = try await test.take(Array(ImportExamples.sound.dropFirst()))
    let with = try await test.figures(on: days)
    for _ in 1...2 {
      let last = try await test.books.answer(ImportsAsOf()).first?.recorded.sequence ?? sequence
      _ = try await test.books.perform(UndoImport(last, reason: "잘못"), by: "maria")
      #expect(try await test.figures(on: days) == before)
      #expect(try await test.books.answer(CheckBooks()).isEmpty)
      try await test.take(Array(ImportExamples.sound.dropFirst()))
      #expect(try await test.figures(on: days) == with)
      #expect(try await test.books.answer(CheckBooks()).isEmpty)
    }
  }

  @Test("Every edit of an export is taken back", arguments: ImportExamples.edits)
  func edit(_ edit: ImportExamples.Edit) async throws {
    let (test, _) = try await soundBooks()
    let before = try await test.figures(on: days)
    let parties = try await test.books.answer(PartiesAsOf(AsOf(.latest))).map(\.party)
    let files = try await test.books.answer(ExportBooks()).edited(edit.file) {
      $0[edit.row, edit.column] = edit.to
    }
    let sequence = try await test.take(files)
    _ = try await test.books.perform(UndoImport(sequence, reason: "잘못"), by: "maria")
    #expect(try await test.figures(on: days) == before)
    #expect(try await test.books.answer(PartiesAsOf(AsOf(.latest))).map(\.party) == parties)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
    let own = try await test.books.answer(ExportBooks())
    for files in [own, own.unmarked] {
      #expect(try await test.preview(files).changes.isEmpty)
    }
  }

  @Test(
    "What was undone can be imported again, as it was or put right",
    arguments: ImportExamples.edits.filter { ["payments", "investments"].contains($0.file) })
  func again(_ edit: ImportExamples.Edit) async throws {
    let (test, _) = try await soundBooks()
    let before = try await test.figures(on: days)
    let exported = try await test.books.answer(ExportBooks())
    let files = exported.edited(edit.file) { $0[edit.row, edit.column] = edit.to }
    for _ in 1...2 {
      let sequence = try await test.take(files)
      let ledger = try await test.standingLedger()
      _ = try await test.books.perform(UndoImport(sequence, reason: "잘못"), by: "maria")
      #expect(try await test.figures(on: days) == before)
      // The export itself asks for nothing, the same edit for the same change.
      #expect(try await test.preview(exported).changes.isEmpty)
      #expect(try await test.preview(files).changes == [edit.says])
      let again = try await test.take(files)
      #expect(try await test.standingLedger() == ledger)
      _ = try await test.books.perform(UndoImport(again, reason: "잘못"), by: "maria")
    }
    let right = exported.edited(edit.file) { $0[edit.row, "amount"] = "55" }
    let was = edit.file == "payments" ? "60" : "70"
    #expect(try await test.preview(right).changes == ["\(edit.file) 2 amount: \(was) → 55"])
    try await test.take(right)
    // What the export after an undo says of what was undone, it says of nothing else.
    #expect(try await test.preview(test.books.answer(ExportBooks())).changes.isEmpty)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test(
    "An export of what was undone since asks for nothing; the file that was imported brings it back"
  )
  func exportOfWhatWasUndone() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    try await test.take([ImportExamples.sound[0]])
    let before = try await test.figures(on: days)
    let own = Array(ImportExamples.sound.dropFirst())
    let sequence = try await test.take(own)
    let with = try await test.figures(on: days)
    let exported = try await test.books.answer(ExportBooks())
    #expect(try await !test.preview(exported).leavesTakenBack)
    _ = try await test.books.perform(UndoImport(sequence, reason: "잘못"), by: "maria")
    let report = try await test.preview(exported)
    let isGone = "there, It came with an import that was undone since"
    #expect(report.changes.count == 5, "\(report.changes)")
    #expect(report.changes.allSatisfy { $0.contains(isGone) }, "\(report.changes)")
    #expect(report.leavesTakenBack && report.problems.isEmpty)
    #expect(report.tables.allSatisfy { $0.notInFile == 0 || $0.notInFile == nil })
    try await test.take(exported)
    #expect(try await test.figures(on: days) == before)
    // What was new to that file goes nowhere.
    let more = exported.edited("payments") { $0[0, "sequence"] = "" }
    #expect(try await test.preview(more).problems.map(\.column) == ["call_no"])

    #expect(try await test.preview(own).counts.new > 0)
    try await test.take(own)
    #expect(try await test.figures(on: days) == with)
    let after = try await test.preview(exported)
    #expect(after.counts.new + after.counts.changed + after.counts.refused == 0, "\(after.changes)")
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test("Refused: no import, twice, and where something rests on it, which is named")
  func refused() async throws {
    let (test, sequence) = try await soundBooks()
    let books = test.books
    func undo(_ sequence: Int64) async throws {
      _ = try await books.perform(UndoImport(sequence, reason: "잘못"), by: "maria")
    }
    await #expect(throws: Refusal.unknown(.importing, 99)) { try await undo(99) }
    let payment = ItemMovement(
      item: CallItem.ID(rawValue: 2), amount: Money(minorUnits: 5, .krw),
      paidDate: try #require(CalendarDate("2026-03-01")))
    let later = try await books.perform(RecordPayment(payment), by: "maria")
    await #expect(throws: Refusal.laterFactsRest(on: later.audit.sequence)) {
      try await undo(sequence)
    }
    // Once it is reversed, nothing rests on the import any more.
    _ = try await books.perform(ReverseEntry(entry: later.outcome, reason: "오기"), by: "maria")
    try await undo(sequence)
    await #expect(throws: Refusal.importUndoneAlready(by: sequence + 3)) {
      try await undo(sequence)
    }
  }

  @Test("What another import built upon it is taken back first")
  func inOrder() async throws {
    let (test, first) = try await soundBooks()
    let more = [CSVFile].texts([
      "payments": "fund,call_no,partner,paid_date,kind,amount\nF,1,LP,2026-01-11,payment,10\n"
    ])
    let second = try await test.take(more)
    await #expect(throws: Refusal.laterFactsRest(on: second)) {
      _ = try await test.books.perform(UndoImport(first, reason: "잘못"), by: "maria")
    }
    _ = try await test.books.perform(UndoImport(second, reason: "잘못"), by: "maria")
    _ = try await test.books.perform(UndoImport(first, reason: "잘못"), by: "maria")
    #expect(try await test.figures(on: days).isEmpty)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test("Whatever statement of an import or of its undo fails, nothing of it stays")
  func faults() async throws {
    let made = Mutex<FaultyEngine?>(nil)
    let test = try await TestBooks(at: Story.noon("2026-06-30")) { engine in
      let faulty = FaultyEngine(wrapping: engine)
      made.withLock { $0 = faulty }
      return faulty
    }
    let faulty = try #require(made.withLock { $0 })
    func expectAllOrNothing(_ change: () async throws -> Void) async throws {
      let before = try await test.dump()
      var step = 0
      var isDone = false
      while !isDone {
        step += 1
        faulty.failWrites(at: step)
        do {
          try await change()
          isDone = true
        } catch let error as StoreError {
          #expect(error == FaultyEngine.failure)
          #expect(try await test.dump() == before, "statement \(step)")
        }
      }
      faulty.failWrites(at: nil)
      #expect(step > 20)
    }
    try await expectAllOrNothing { try await test.take(ImportExamples.sound) }
    var files = try await test.books.answer(ExportBooks())
    for edit in ImportExamples.edits where edit.column != "name" && edit.column != "party" {
      files = files.edited(edit.file) { $0[edit.row, edit.column] = edit.to }
    }
    try await expectAllOrNothing { try await test.take(files) }
    try await expectAllOrNothing {
      _ = try await test.books.perform(UndoImport(2, reason: "잘못"), by: "maria")
    }
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test("A call that was there and that it cancelled stays cancelled: refused")
  func cancelledCall() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    try await test.take(Array(ImportExamples.sound.dropLast()))
    let sequence = try await test.take(
      .texts([
        "cancellations": "fund,side,call_no,cancelled_on,reason\nF,partners,1,2026-02-01,잘못\n"
      ]))
    await #expect(throws: Refusal.importCancelledCall(number: 1)) {
      _ = try await test.books.perform(UndoImport(sequence, reason: "잘못"), by: "maria")
    }
  }
}
