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
      if case .row(let number, let texts) = line { rows.append((number, texts)) }
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
      case .row(_, let texts): #expect(texts == ["A", "100", "8%"])
      case .problem(let number, let column, let sentence):
        problems.append("\(number) \(column) \(sentence.en)")
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
}
