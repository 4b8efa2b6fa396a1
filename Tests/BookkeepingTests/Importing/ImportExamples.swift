import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// What one row of an import does: pencil examples, one for each rule.
@Suite("An import is a diff")
struct ImportExamples {
  /// F: total 1,000; LP 900, GP Co 100; call 1 asks LP 100, of which 60 is paid; 70 put into X.
  static let sound = [CSVFile].texts([
    "funds": "name,commitment_total,fund_manager\nF,1000,김00\n",
    "partners": "fund,partner,type,commitment,stated_paid_in\nF,LP,기관,900,50\nF,GP Co,GP,100,\n",
    "investments": "fund,company,amount,instrument,investment_date\nF,X,70,보통주,2026-02-01\n",
    "capital_call_items":
      "fund,call_no,call_type,notice_date,due_date,partner,amount\nF,1,최초납입,2026-01-05,2026-01-20,LP,100\n",
    "payments":
      "fund,call_no,partner,paid_date,kind,amount,memo\nF,1,LP,2026-01-10,payment,60,first\n",
  ])

  private func soundBooks() async throws -> TestBooks {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    try await test.take(Self.sound)
    return test
  }

  @Test("Everything of a first import is new; the same again is there")
  func firstAndAgain() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let first = try await test.preview(Self.sound)
    #expect(first.counts == ImportReport.Counts(new: 6))
    #expect(first.tables.map(\.counts.new) == [1, 2, 1, 1, 1])
    try await test.take(Self.sound)
    let again = try await test.preview(Self.sound)
    #expect(again.counts == ImportReport.Counts(alreadyThere: 6), "\(again.changes)")
    #expect(!again.isOfTheseBooks)
    #expect(again.tables.allSatisfy { $0.notInFile == nil })
    // An export knows its books.
    let exported = try await test.books.answer(ExportBooks())
    let marked = try await test.preview(exported)
    #expect(marked.isOfTheseBooks && marked.changes.isEmpty, "\(marked.changes)")
    #expect(marked.tables.allSatisfy { $0.notInFile == 0 || $0.notInFile == nil })
  }

  @Test("The sums of the amount columns are told, by currency")
  func sums() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let report = try await test.preview(Self.sound)
    let sums = report.tables.flatMap { table in
      table.totals.map { "\(table.format.rawValue) \($0.column) \($0.amount)" }
    }
    #expect(
      sums == [
        "funds commitment_total KRW 1,000", "partners commitment KRW 1,000",
        "partners stated_paid_in KRW 50", "investments amount KRW 70",
        "capital_call_items amount KRW 100", "payments amount KRW 60",
      ])
  }

  struct Edit: Sendable, CustomTestStringConvertible {
    let file: String
    let column: String
    let to: String
    var row = 0
    /// The only line of the report that is not `there`.
    let says: String

    var testDescription: String { "\(file).\(column) → \(to)" }
  }

  static let edits = [
    Edit(file: "funds", column: "fund_manager", to: "이00", says: "funds 2 fund_manager: 김00 → 이00"),
    Edit(file: "funds", column: "fund_manager", to: "", says: "funds 2 fund_manager: 김00 → "),
    Edit(file: "funds", column: "name", to: "F 2호", says: "funds 2 name: F → F 2호"),
    Edit(
      file: "funds", column: "commitment_total", to: "1,200",
      says: "funds 2 commitment_total: 1000 → 1200"),
    Edit(
      file: "funds", column: "maturity_date", to: "2030-01-01",
      says: "funds 2 maturity_date:  → 2030-01-01"),
    Edit(file: "parties", column: "party", to: "LP 은행", says: "parties 2 party: LP → LP 은행"),
    Edit(file: "parties", column: "industry", to: "금융", says: "parties 2 industry:  → 금융"),
    Edit(file: "partners", column: "type", to: "개인", says: "partners 2 type: 기관 → 개인"),
    Edit(
      file: "partners", column: "commitment", to: "950",
      says: "partners 2 commitment: 900 → 950"),
    Edit(
      file: "partners", column: "stated_paid_in", to: "",
      says: "partners 2 stated_paid_in: 50 → "),
    Edit(
      file: "investments", column: "amount", to: "75", says: "investments 2 amount: 70 → 75"),
    Edit(
      file: "investments", column: "investment_date", to: "2026-02-03",
      says: "investments 2 investment_date: 2026-02-01 → 2026-02-03"),
    Edit(
      file: "investments", column: "instrument", to: "전환사채",
      says: "investments 2 instrument: 보통주 → 전환사채"),
    Edit(
      file: "capital_call_items", column: "due_date", to: "2026-01-25",
      says: "capital_call_items 2 due_date: 2026-01-20 → 2026-01-25"),
    Edit(
      file: "capital_call_items", column: "call_type", to: "수시납입",
      says: "capital_call_items 2 call_type: 최초납입 → 수시납입"),
    Edit(
      file: "payments", column: "paid_date", to: "2026-01-12",
      says: "payments 2 paid_date: 2026-01-10 → 2026-01-12"),
    Edit(file: "payments", column: "amount", to: "100", says: "payments 2 amount: 60 → 100"),
    Edit(file: "payments", column: "memo", to: "두 번째", says: "payments 2 memo: first → 두 번째"),
  ]

  @Test(
    "A cell of an export that is edited is one change; the same edit twice is done once",
    arguments: edits)
  func edit(_ edit: Edit) async throws {
    let test = try await soundBooks()
    let files = try await test.books.answer(ExportBooks()).edited(edit.file) {
      $0[edit.row, edit.column] = edit.to
    }
    let report = try await test.preview(files)
    #expect(report.changes == [edit.says])
    try await test.take(files)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
    let exported = try await test.books.answer(ExportBooks())
    let value = exported.first { $0.name == edit.file + ".csv" }.map { SheetText($0) }
    #expect(
      edit.column == "commitment" || edit.column == "commitment_total"
        || edit.column == "stated_paid_in"
        || value?.rows.indices.contains { value?[$0, edit.column] == edit.to } == true)
    let again = try await test.preview(files)
    #expect(again.counts.changed == 0 && again.counts.new == 0, "\(again.changes)")
    #expect(again.counts.refused == 0, "\(again.changes)")
  }

  @Test("A row without a number that says another memo is there, with a remark")
  func otherMemo() async throws {
    let test = try await soundBooks()
    func remark(_ memo: String) async throws -> Phrase? {
      let report = try await test.preview(
        [CSVFile].texts([
          "payments":
            "fund,call_no,partner,paid_date,kind,amount,memo\nF,1,LP,2026-01-10,payment,60,\(memo)\n"
        ]))
      guard case .alreadyThere(let remark)? = report.tables.first?.row(0)?.outcome else {
        Issue.record("\(report.changes)")
        return nil
      }
      return remark
    }
    #expect(try await remark("first") == nil)
    #expect(try await remark("") == nil)
    #expect(try await remark("이체 확인")?.en.contains("stays as it is") == true)
  }

  @Test("A changed commitment counts from the day that is asked for")
  func effectiveOn() async throws {
    for (count, from) in [
      (ImportBooks.ChangesCount.fromToday, "2026-06-30"),
      (.from(try #require(CalendarDate("2026-03-01"))), "2026-03-01"), (.fromTheBeginning, nil),
    ] as [(ImportBooks.ChangesCount, String?)] {
      let test = try await soundBooks()
      let files = try await test.books.answer(ExportBooks()).edited("partners") {
        $0[0, "commitment"] = "800"
      }
      try await test.take(files, count)
      let change = try await test.books.answer(CommitmentChanges(Fund.ID(rawValue: 1))).last
      #expect(change?.effectiveOn?.description == from)
      #expect(change?.after.minorUnits == 800)
    }
  }

  struct Sheet: Sendable, CustomTestStringConvertible {
    let file: String
    let text: String
    let says: [String]

    init(_ file: String, _ text: String, _ says: String...) {
      (self.file, self.text, self.says) = (file, text, says)
    }

    var testDescription: String { "\(file): \(says.first ?? "nothing")" }
  }

  /// Sheets that say nothing of where they are from.
  static let sheets = [
    // Names that differ in case, width and spaces alone; an empty cell says nothing.
    Sheet(
      "partners", "fund,partner,type,commitment,stated_paid_in\nｆ,gpco,GP,100,\n",
      "partners 2 there"),
    Sheet("funds", "name,commitment_total,fund_manager\nF,1000,\n", "funds 2 there"),
    Sheet(
      "funds", "name,commitment_total,currency\nF,1000,USD\n",
      "refused currency: The fund's currency is KRW"),
    Sheet("companies", "company,industry\nX,바이오\n", "companies 2 industry:  → 바이오"),
    Sheet(
      "partners", "fund,partner,type,commitment\nF,LP,기관,1000\n",
      "partners 2 commitment: 900 → 1000"),
    // Equal rows are counted: one is there, the other is new.
    Sheet(
      "payments",
      """
      fund,call_no,partner,paid_date,kind,amount
      F,1,LP,2026-01-10,payment,60
      F,1,LP,2026-01-10,payment,20
      F,1,LP,2026-01-10,payment,20

      """, "payments 2 there", "payments 3 new", "payments 4 new"),
    Sheet(
      "payments",
      "fund,call_no,partner,paid_date,kind,amount\nF,1,LP,2026-01-10,payment,60\nF,1,LP,2026-01-10,payment,60\n",
      "payments 2 there", "refused amount: KRW 60 is more than the item takes"),
    Sheet(
      "investments",
      "fund,company,amount,investment_date\nF,X,70,2026-02-01\nF,X,70,2026-02-01\nF,X,71,2026-02-01\n",
      "investments 2 there", "investments 3 new", "investments 4 new"),
    Sheet(
      "capital_call_items",
      "fund,call_no,notice_date,due_date,partner,amount\nF,1,2026-01-05,2026-01-31,LP,100\n",
      "capital_call_items 2 due_date: 2026-01-20 → 2026-01-31"),
    Sheet(
      "capital_call_items",
      "fund,call_no,notice_date,due_date,partner,amount\nF,1,2026-01-05,2026-01-20,LP,101\n",
      "refused amount: In the books this item of call 1 is KRW 100. To change it, cancel"),
    Sheet(
      "capital_call_items",
      "fund,call_no,notice_date,due_date,partner,amount\nF,1,2026-01-06,2026-01-20,LP,100\n",
      "refused notice_date: In the books call 1 was noticed on 2026-01-05"),
    Sheet(
      "capital_call_items",
      "fund,call_no,notice_date,due_date,partner,amount\nF,1,2026-01-05,2026-01-20,GP Co,5\n",
      "refused partner: In the books call 1 has no such item"),
    Sheet(
      "commitment_changes",
      "fund,party,amount,effective_on\nF,LP,5,2026-01-01\nF,LP,5,2026-01-01\n",
      "commitment_changes 2 new", "commitment_changes 3 new"),
  ]

  @Test("A sheet without a mark is matched by what it says", arguments: sheets)
  func sheet(_ sheet: Sheet) async throws {
    let test = try await soundBooks()
    let report = try await test.preview(.texts([sheet.file: sheet.text]))
    let said = sheet.says.map { said in report.lines.contains { $0.contains(said) } }
    #expect(said.allSatisfy { $0 } && report.lines.count == said.count, "\(report.lines)")
  }

  @Test("What was reversed is not added again: it is there, reversed")
  func reversed() async throws {
    let test = try await soundBooks()
    let entry = try #require(
      try await test.books.answer(LedgerAsOf(AsOf(.latest))).first { $0.memo == "first" })
    _ = try await test.books.perform(
      ReverseEntry(entry: entry.entry.id, reason: "오기"), by: "maria")
    let report = try await test.preview(Self.sound)
    #expect(
      report.changes == ["payments 2 there, Reversed as entry 3."], "\(report.changes)")
  }

  @Test("Names that someone taught the books are found; several that fit are refused")
  func aliases() async throws {
    let test = try await soundBooks()
    let sheet = [CSVFile].texts([
      "partners": "fund,partner,type,commitment\n에프조합,LP,기관,900\n"
    ])
    #expect(try await test.preview(sheet).counts.refused == 1)
    try await test.books.teach(NameAlias("에프 조합", .fund(Fund.ID(rawValue: 1))), by: "maria")
    #expect(try await test.preview(sheet).lines == ["partners 2 there"])
    #expect(try await test.books.answer(NameAliases.All()).map(\.spelling) == ["에프 조합"])
    try await test.books.forget(NameAlias("에프조합", .fund(Fund.ID(rawValue: 1))), by: "maria")
    #expect(try await test.preview(sheet).counts.refused == 1)

    for name in ["A B", "AB"] {
      _ = try await test.books.perform(RegisterParty(name: name), by: "maria")
    }
    let several = try await test.preview(
      .texts(["partners": "fund,partner,type,commitment\nF,a b,기관,900\n"]))
    #expect(several.lines[0].contains("could be any of ‘A B’, ‘AB’"), "\(several.lines)")
  }

  @Test("A rehearsal tells good rows beside bad ones; performing takes none of them")
  func allOrNothing() async throws {
    let test = try await soundBooks()
    let files = [CSVFile].texts([
      "payments": """
      fund,call_no,partner,paid_date,kind,amount
      F,1,LP,2026-01-11,payment,10
      F,1,LP,2026-01-12,payment,x
      F,1,LP,2026-01-13,payment,10

      """
    ])
    let report = try await test.preview(files)
    #expect(report.counts == ImportReport.Counts(new: 2, refused: 1))
    #expect(report.problems.map(\.line) == [3])
    let before = try await test.dump()
    await #expect(throws: ImportProblems.self) { try await test.take(files) }
    #expect(try await test.dump() == before)
  }

  @Test("All of a row that cannot be read is told at once, and of what rests on the rest the first")
  func everyFault() async throws {
    let test = try await soundBooks()
    func told(_ files: KeyValuePairs<String, String>) async throws -> [String] {
      try await test.preview(.texts(files)).problems.map { "\($0.line) \($0.column)" }
    }
    let payments = "fund,call_no,partner,paid_date,kind,amount,sequence\n"
    #expect(
      try await told([
        "payments": payments + "F,x,LP,2026-02-30,paid,1.2.3,y\nG,0,,,payment,abc,\n"
          + "F,1,LQ,0,payment,10,\nF,1,LP,2026-01-11,payment,10,\n"
      ]) == [
        "2 amount", "2 call_no", "2 kind", "2 paid_date", "2 sequence",
        "3 amount", "3 call_no", "3 fund", "3 paid_date", "3 partner",
        "4 paid_date", "4 partner",
      ])
    // A reversal's amount and date are those of what it reverses.
    #expect(
      try await told(["payments": payments + "F,,,,reversal,,\n"]) == ["2 reverses"])
    #expect(
      try await told([
        "funds":
          "name,commitment_total,currency,formation_date,hurdle_rate,status\n,abc,XXX,2026-13-01,x,open\n",
        "partners": "fund,partner,type,commitment,stated_paid_in\nF,,,1 2,x\n",
        "capital_call_items":
          "fund,call_no,notice_date,due_date,partner,amount,side\nG,1차,,2026-1,Z,,left\n",
        "commitment_changes": "fund,party,amount,effective_on\nF,Nobody,x,\n",
      ]) == [
        "2 commitment_total", "2 currency", "2 formation_date", "2 hurdle_rate", "2 name",
        "2 status",
        "2 commitment", "2 partner", "2 stated_paid_in", "2 type",
        "2 amount", "2 party",
        "2 amount", "2 call_no", "2 due_date", "2 fund", "2 notice_date", "2 side",
      ])
    // What is fine in some currency is no fault of a row whose fund is not known.
    #expect(
      try await told(["payments": payments + "G,1,LP,2026-01-11,payment,$1.25,\n"]) == ["2 fund"])
  }

  @Test("Behind very many problems a refused row says that its own are not kept")
  func tooManyToKeep() async throws {
    let test = try await soundBooks()
    let rows = String(repeating: "F,1,LP,x,payment,x\n", count: 10_500)
    let report = try await test.preview(
      .texts(["payments": "fund,call_no,partner,paid_date,kind,amount\n" + rows]))
    #expect(report.counts.refused == 10_500 && report.problems.count == ImportProblems.most)
    func told(_ index: Int) -> [String] {
      guard case .refused(let problems)? = report.tables.first?.row(index)?.outcome else {
        return []
      }
      return problems.map { $0.column.isEmpty ? $0.sentence.en : $0.column }
    }
    #expect(told(9_999) == ["amount", "paid_date"] && told(0) == ["amount", "paid_date"])
    #expect(told(10_499).first?.hasPrefix("There are too many problems") == true)
  }

  @Test("A spreadsheet's zero in a column of dates is told as the empty date that it is")
  func emptyDate() async throws {
    let test = try await soundBooks()
    for zero in ["0", "1900-01-00", "1900-01-00 00:00:00", "1900/1/0"] {
      let report = try await test.preview(
        .texts([
          "payments": "fund,call_no,partner,paid_date,kind,amount\nF,1,LP,\(zero),payment,10\n"
        ]))
      #expect(
        report.problems.map(\.sentence.en).first?.contains("an empty date") == true,
        "\(report.problems)")
    }
  }

  @Test("What the trail keeps of an import is read again, whatever a sheet is called")
  func counts() {
    typealias Table = ImportCounts.Table
    for tables in [
      [
        Table(name: "funds.csv", rows: 8),
        Table(name: "납입 2차", rows: 20, changed: 2, alreadyThere: 17),
      ],
      [
        Table(name: "a (1), b", rows: 3, alreadyThere: 3),
        Table(name: "2026 1", rows: 1, changed: 1),
      ],
      [], [Table(name: "x", rows: 0)],
    ] {
      #expect(ImportCounts(tables).tables == tables, "\(ImportCounts(tables))")
    }
    for other in ["7", "a", "a 1,", "a 1 (2 there)", " 1", "a 1 (2 changed)", "a -1"] {
      #expect(ImportCounts(other).tables == nil, "\(other)")
    }
    #expect(ImportCounts("").tables == [])
  }

  @Test("Whoever is told of the progress can end an import; nothing of it stays")
  func cancelled() async throws {
    let test = try await soundBooks()
    let rows = (0..<5_000).map { "P\($0)" }.joined(separator: "\n")
    let file = CSVFile(name: "parties.csv", bytes: Array("party\n\(rows)\n".utf8))
    let before = try await test.dump()
    struct Enough: Error {}
    let table = try #require(ImportTable(file))
    await #expect(throws: Enough.self) {
      _ = try await test.books.perform(
        ImportBooks(files: [ImportFile(file)], tables: [table]) { done in
          if done > 2_000 { throw Enough() }
        }, by: "maria")
    }
    #expect(try await test.dump() == before)
  }

  @Test("The same file again is recognised")
  func sameFile() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let sequence = try await test.take(Self.sound)
    let digest = SHA256.hex(of: Self.sound[4].bytes)
    let earlier = try await test.books.answer(EarlierImport(sha256: digest))
    #expect(earlier?.recorded.sequence == sequence && earlier?.actor == "maria")
    #expect(earlier?.undone == nil)
    #expect(earlier?.files.map(\.new) == [1, 2, 1, 1, 1])
    #expect(try await test.books.answer(EarlierImport(sha256: SHA256.hex(of: []))) == nil)
    _ = try await test.books.perform(UndoImport(sequence, reason: "잘못"), by: "maria")
    let undone = try await test.books.answer(EarlierImport(sha256: digest))
    #expect(undone?.undone?.sequence == sequence + 1)
    #expect(try await test.books.answer(ImportsAsOf()).count == 1)
  }
}
