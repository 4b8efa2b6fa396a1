import FundModel
import RandomBooks
import Sheets
import Testing

@testable import Bookkeeping

/// Sheets as firms keep them, read as the tables that an import takes.
@Suite("How sheets are laid out")
struct SheetLayouts {
  private func sheet(_ name: String, _ rows: [[SheetCell]]) -> ListedSheet {
    ListedSheet(
      name: name,
      rows: rows.enumerated().filter { !$1.isEmpty }.map { SheetRow(number: $0 + 1, cells: $1) })
  }

  private func texts(_ words: String...) -> [SheetCell] {
    words.map { $0.isEmpty ? .empty : .text($0) }
  }

  private func rows(_ sheet: ListedSheet, _ layout: SheetLayout) throws -> [(Int, [String])] {
    var rows: [(Int, [String])] = []
    try LaidOutSheet(sheet, of: "a.xlsx", layout).table.lines { line in
      if case .row(let number, let texts, _) = line { rows.append((number, texts)) }
    }
    return rows
  }

  @Test(
    "A list of payments under a title: its fund, its unit, its sum and its notes are understood")
  func payments() throws {
    let list = sheet(
      "2025",
      [
        texts("하이테크 1호조합 출자금 납입 현황"), texts("", "(단위: 백만원)"), [],
        texts("번호", "조합원", "차수", "납입일", "납입액", "비고"),
        [
          .number("1", isPercent: false), .text("모태펀드"), .text("1차"),
          .date(CalendarDate(2025, 3, 4)!), .number("1234.5", isPercent: false),
        ],
        [
          .number("2", isPercent: false), .text("㈜운용"), .text("제2차"),
          .text("2025.3.5"), .text("1.5억"), .text("계좌이체"),
        ],
        texts("합계", "", "", "", "1,384.5"), texts("※ 2025년 말 기준"),
      ])
    let layout = try #require(try SheetLook(list).guess(funds: ["하이테크1호조합", "테크조합"]))
    #expect(layout.format == .payments && layout.headingRow == 4 && layout.unit == .millions)
    #expect(layout.fixed == ["fund": "하이테크1호조합"] && layout.missing.isEmpty)
    let columns = layout.columnsRead
    #expect(columns == ["fund", "call_no", "partner", "paid_date", "kind", "amount", "memo"])
    let found = try rows(list, layout)
    #expect(found.map(\.0) == [5, 6])
    #expect(
      found.map(\.1) == [
        ["하이테크1호조합", "1", "모태펀드", "2025-03-04", "payment", "1234500000", ""],
        ["하이테크1호조합", "2", "㈜운용", "2025.3.5", "payment", "1.5억", "계좌이체"],
      ])
    let laidOut = LaidOutSheet(list, of: "a.xlsx", layout)
    #expect(try laidOut.statedTotals() == ["amount": "1384500000"])
  }

  @Test(
    "What a sheet holds is seen by its headings",
    arguments: [
      ("조합명,약정총액(원),결성일,만기일,업무집행조합원,기준수익률", BooksFormat.funds),
      ("조합,출자자,구분,출자약정액", .partners), ("펀드명,투자기업,투자금액,투자일,투자방식", .investments),
      ("조합명,차수,통지일,납입기한,조합원,요청액", .capitalCallItems),
      ("Fund,Partner,Type,Commitment", .partners),
      ("Fund name,Call no.,Investor,Payment date,Amount,Kind", .payments),
      ("조합,상대,증감액,적용일,사유", .commitmentChanges),
    ])
  func kinds(_ headings: String, _ format: BooksFormat) throws {
    let row = headings.split(separator: ",").map { SheetCell.text(String($0)) }
    let look = try SheetLook(sheet("s", [row]))
    #expect(look.guess(funds: [])?.format == format)
    #expect(look.guess(funds: [])?.missing == [])
  }

  @Test("What was promised beside what was invested is a report, and no list of promises")
  func report() throws {
    for (headings, isList) in [
      ("Fund,Company,Instrument,Commitment", true), ("조합,투자업체,약정액", true),
      ("Fund,Company,Commitment,Invested", false), ("조합,투자업체,약정액,투자금액", false),
    ] {
      let row = headings.split(separator: ",").map { SheetCell.text(String($0)) }
      let look = try SheetLook(sheet("s", [row]))
      #expect((look.guess(funds: [])?.format == .stagedInvestments) == isList, "\(headings)")
      // By hand it can be taken all the same.
      #expect(look.guess(.stagedInvestments, funds: [])?.missing == [], "\(headings)")
    }
  }

  @Test("Our own columns are known by their Korean and English names, each by one of its table")
  func ownNames() throws {
    for format in BooksFormat.allCases {
      for language in [0, 1] {
        let headings = format.columns.map { column -> SheetCell in
          let name = format.name(of: column)
          return .text(language == 0 ? name.ko : name.en)
        }
        #expect(Set(headings).count == headings.count, "\(format)")
        let layout = try #require(
          try SheetLook(sheet("s", [headings])).guess(format, funds: []), "\(format)")
        let places = format.columns.enumerated().map { ($1, $0) }
        #expect(layout.columns == Dictionary(uniqueKeysWithValues: places), "\(format)")
      }
    }
  }

  @Test("Nothing known is guessed of what holds something else, or nothing")
  func nothing() throws {
    for rows in [[], [texts("메모")], [texts("품목", "수량", "단가"), texts("의자", "2", "10")]] {
      #expect(try SheetLook(sheet("s", rows)).guess(funds: ["품목"]) == nil)
    }
  }

  @Test(
    "Amounts are scaled exactly, or left as typed",
    arguments: [
      ("1,234.5", "1234500000"), ("-0.000001", "-1"), ("(12)", "-12000000"), ("△3", "-3000000"),
      ("1.5억", "1.5억"), ("", ""), ("0", "0"), ("12.3456789", "12345678.9"), ("x", "x"), ("-", "-"),
      ("1.2.3", "1.2.3"),
    ])
  func scaled(_ typed: String, _ amount: String) {
    #expect(ScaledAmount.text(typed, .millions) == amount)
  }

  @Test("An error in a cell is told with its column; per cents are per cents")
  func cells() throws {
    let list = sheet(
      "조합",
      [
        texts("조합명", "약정총액", "기준수익률"),
        [.text("A"), .number("100", isPercent: false), .number("0.08", isPercent: true)],
        [.text("B"), .error("#REF!"), .empty],
      ])
    let layout = try #require(try SheetLook(list).guess(funds: []))
    var problems: [String] = []
    try LaidOutSheet(list, of: "a.xlsx", layout).table.lines { line in
      switch line {
      case .row(_, let texts, _): #expect(texts == ["A", "100", "8%"])
      case .unread(let number, let texts, let cells):
        #expect(texts == ["B", "", ""])
        problems += cells.map { "\(number) \($0.column) \($0.sentence.en)" }
      case .problem(let number, let column, let sentence):
        Issue.record("\(number) \(column) \(sentence.en)")
      }
    }
    #expect(
      problems.count == 1 && problems[0].hasPrefix("3 commitment_total The cell holds the error"))
  }

  @Test("An empty fund is that of the row directly above, up to a blank line, a sum or a note")
  func blocks() throws {
    let list = sheet(
      "약정",
      [
        texts("조합명", "조합원", "구분", "약정액"),
        texts("", "처음", "기관", "1"),
        texts("A조합", "가", "기관", "2"), texts("", "나", "기관", "3"), texts("", "다", "GP", "4"),
        texts("", "소계", "", "9"), texts("", "라", "기관", "5"),
        texts("B조합", "가", "기관", "6"), [], texts("", "나", "기관", "7"),
        texts("C조합", "가", "기관", "8"), texts("※ 2025년 말"), texts("", "나", "기관", "9"),
        texts("C조합", "소계", "", "17"), texts("D조합", "가\n(주)", "기관", "8"), [],
        texts("", "나", "기관", "1"), texts("D조합 소계", "", "", "9"), texts("합계", "", "", "45"),
      ])
    let layout = try #require(try SheetLook(list).guess(.partners, funds: []))
    let found = try rows(list, layout).map { "\($0.0) \($0.1[0]) \($0.1[1].prefix(1))" }
    #expect(
      found == [
        "2  처", "3 A조합 가", "4 A조합 나", "5 A조합 다", "7  라", "8 B조합 가", "10  나", "11 C조합 가", "13  나",
        "15 D조합 가", "17 D조합 나",
      ])
    #expect(try LaidOutSheet(list, of: "a.xlsx", layout).statedTotals() == ["commitment": "45"])
  }

  @Test("Only the fund is given on, and only within its own sheet")
  func nothingElse() throws {
    let list = sheet(
      "납입",
      [
        texts("조합명", "차수", "조합원", "납입일", "납입액"), texts("A조합", "1", "가", "2026-01-02", "3"),
        texts("", "", "", "", "4"),
      ])
    let layout = try #require(try SheetLook(list).guess(.payments, funds: []))
    #expect(
      try rows(list, layout).map(\.1) == [
        ["A조합", "1", "가", "2026-01-02", "payment", "3"], ["A조합", "", "", "", "payment", "4"],
      ])
    let next = sheet(
      "납입 2", [texts("조합명", "차수", "조합원", "납입일", "납입액"), texts("", "1", "가", "", "3")])
    #expect(try rows(next, layout).map(\.1) == [["", "1", "가", "", "payment", "3"]])
  }

  /// `number columns`, and what the row says of its call.
  private func carried(_ rows: [[SheetCell]]) throws -> [String] {
    let list = sheet("출자요청", rows)
    let layout = try #require(try SheetLook(list).guess(.capitalCallItems, funds: []))
    let columns = layout.columnsRead
    var told: [String] = []
    try LaidOutSheet(list, of: "a.xlsx", layout).table.lines { line in
      guard case .row(let number, let texts, let carried) = line else { return }
      let said = ["call_no", "notice_date", "due_date"].map { name in
        columns.firstIndex(of: name).map { texts[$0] } ?? "-"
      }
      told.append("\(number) \(said.joined(separator: " ")) [\(carried.joined(separator: " "))]")
    }
    return told
  }

  @Test("What the items of one call share is that of the row above, where they leave it empty")
  func itemsOfACall() throws {
    let headings = texts("조합명", "차수", "통지일", "납입기한", "조합원", "요청액")
    #expect(
      try carried([
        headings, texts("A조합", "1차", "2026-01-05", "2026-01-20", "가", "10"),
        texts("", "", "", "", "나", "20"), texts("A조합", "1차", "", "", "다", "30"),
        // The next call says its number; one that says only another day may be another call.
        texts("", "2차", "2026-02-05", "2026-02-20", "가", "10"), texts("", "", "", "", "나", "20"),
        texts("", "", "2026-03-05", "2026-03-20", "다", "20"),
        texts("", "3차", "", "", "가", "5"),
      ]) == [
        "2 1 2026-01-05 2026-01-20 []",
        "3 1 2026-01-05 2026-01-20 [fund call_no notice_date due_date]",
        "4 1 2026-01-05 2026-01-20 [notice_date due_date]",
        "5 2 2026-02-05 2026-02-20 [fund]",
        "6 2 2026-02-05 2026-02-20 [fund call_no notice_date due_date]",
        "7  2026-03-05 2026-03-20 [fund]", "8 3   [fund]",
      ])
    // Not to another fund, nor to a row without a partner or an amount, nor over a blank line or a sum.
    #expect(
      try carried([
        headings, texts("A조합", "1", "2026-01-05", "2026-01-20", "가", "10"),
        texts("B조합", "", "", "", "나", "20"),
        texts("A조합", "1", "2026-01-05", "2026-01-20", "가", "10"), texts("", "", "", "", "", "20"),
        texts("A조합", "1", "2026-01-05", "2026-01-20", "가", "10"), texts("", "", "", "", "나", ""),
        texts("A조합", "1", "2026-01-05", "2026-01-20", "가", "10"), [],
        texts("A조합", "", "", "", "나", "20"),
        texts("A조합", "1", "2026-01-05", "2026-01-20", "가", "10"), texts("소계", "", "", "", "", "10"),
        texts("A조합", "", "", "", "나", "20"),
      ]).filter { $0.contains("  ") } == [
        "3    []", "5    [fund]", "7    [fund]", "10    []", "13    []",
      ])
    // A call on an investment asks one company alone.
    #expect(
      try carried([
        texts("조합명", "차수", "통지일", "납입기한", "조합원", "요청액", "쪽"),
        texts("A조합", "1", "2026-01-05", "2026-01-20", "가", "10", "투자"),
        texts("A조합", "", "", "", "나", "20", "투자"),
      ]).last == "3    []")
  }

  @Test("The whole books as a workbook say everything in one language, which an import understands")
  func wholeBooksInWords() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    try await test.take(ImportExamples.sound)
    let entry = try #require(
      try await test.books.answer(LedgerAsOf(AsOf(.latest))).first { $0.memo == "first" })
    _ = try await test.books.perform(
      ReverseEntry(entry: entry.entry.id, reason: "오기"), by: "maria")
    let files = try await test.books.answer(ExportBooks())
    for isKorean in [true, false] {
      let book = BooksWorkbook.of(files, created: try #require(CalendarDate("2026-06-30"))) {
        isKorean ? $0.ko : $0.en
      }
      var tables: [ImportTable] = []
      for out in book.sheets where !out.isHidden {
        var rows = [out.columns.map { SheetCell.text($0.heading) }]
        try out.rows { cells in rows.append(cells.map(\.asRead)) }
        let written = rows.joined().compactMap { cell -> String? in
          if case .text(let text) = cell { text } else { nil }
        }
        for code in ["payment", "reversal", "partners", "investments", "active", "forming"] {
          #expect(!written.contains(code), "\(out.name)")
        }
        let list = sheet(out.name, rows)
        guard rows.count > 1 else { continue }
        let layout = try #require(try SheetLook(list).guess(funds: []), "\(out.name)")
        #expect(
          out.name == (isKorean ? layout.format.sheetName.ko : layout.format.sheetName.en))
        tables.append(LaidOutSheet(list, of: "books.xlsx", layout).table)
      }
      #expect(tables.count == 7, "\(tables.map(\.format))")
      let mark = files.first { $0.name == BooksMark.fileName }.flatMap { BooksMark($0) }
      let report = try await test.books.preview(
        ImportBooks(files: [], tables: tables, mark: mark))
      #expect(report.isOfTheseBooks && report.changes.isEmpty, "\(report.changes)")
    }
  }
}

extension OutCell {
  /// As a reader of sheets finds it.
  fileprivate var asRead: SheetCell {
    switch self {
    case .empty: .empty
    case .text(let text): .text(text)
    case .number(let digits), .amount(let digits, _): .number(digits, isPercent: false)
    case .date(let day): .date(day)
    default: .error("not of the whole books")
    }
  }
}
