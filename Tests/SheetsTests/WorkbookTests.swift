import Foundation
import FundModel
import Testing

@testable import Sheets

@Suite("Workbooks, written and read")
struct WorkbookTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test("What is written is read: titles, headings, every kind of cell, totals")
  func roundTrip() throws {
    let sheets = try written([table])
    #expect(sheets.map(\.name) == ["개요"])
    let rows = sheets[0].rows
    #expect(rows.map(\.number) == Array(1...6))
    #expect(rows[0].cells == [.text("출자 개요")])
    #expect(rows[1].cells == [.text("기준일 2026-02-14 · 단위: 원")])
    #expect(rows[2].cells == ["조합", "약정", "납입", "비율", "결성일"].map(SheetCell.text))
    #expect(
      rows[3].cells == [
        .text("=1+1"), .number("1000", isPercent: false), .number("-250.5", isPercent: false),
        .number("0.2505", isPercent: true), .date(try day("2024-07-02")),
      ])
    #expect(
      rows[4].cells == [
        .text("'나 _x0041_ & <b>"), .number("3000", isPercent: false),
        .number("500", isPercent: false), .empty, .date(try day("1900-01-01")),
      ])
    #expect(
      rows[5].cells == [
        .text("합계"), .number("4000", isPercent: false), .number("249.5", isPercent: false),
        .number("0.0623", isPercent: true),
      ])
  }

  @Test("Equal books give equal bytes")
  func sameBytes() throws {
    let book = try OutBook(created: day("2026-02-14"), sheets: [table, table])
    try book.write(xlsx: scratch.path("a.xlsx"))
    try book.write(xlsx: scratch.path("b.xlsx"))
    let first = try Data(contentsOf: URL(filePath: scratch.path("a.xlsx")))
    #expect(try first == Data(contentsOf: URL(filePath: scratch.path("b.xlsx"))))
  }

  @Test("An amount of more than 15 digits is kept to the last unit, as text; so is its total")
  func longAmounts() throws {
    let columns = [OutColumn("금액", .amount(decimals: 0), width: 20)]
    var sheet = OutSheet(
      "긴 금액", columns: columns,
      rows: [[.number("9007199254740993")], [.number("9000000000000000000")], [.number("-0.10")]])
    sheet.totals = [.sum("9009007199254740993")]
    #expect(
      try written([sheet])[0].rows.dropFirst().map { $0[0] } == [
        .text("9007199254740993"), .number("9000000000000000000", isPercent: false),
        .number("-0.1", isPercent: false), .text("9009007199254740993"),
      ])
  }

  @Test("Amounts keep every digit, whatever they are shown in; notes stand below the totals")
  func shownUnits() throws {
    let units: [OutUnit] = [.one, .thousand, .million, .hundredMillion]
    var sheet = OutSheet(
      "금액",
      columns: units.map { OutColumn("금액", .amount(decimals: 0, shownIn: $0), width: 20) },
      rows: [
        units.map { _ in .number("106828000001") }, units.map { _ in .number("-5") },
        units.map { _ in .amount("1250.50", decimals: 2) },
      ])
    sheet.totals = units.map { _ in .sum("106828001246.5") }
    sheet.notes = ["하나", "둘"]
    sheet.frozenColumns = 1
    let rows = try written([sheet])[0].rows.map(\.cells).dropFirst()
    let numbers = ["106828000001", "-5", "1250.5", "106828001246.5"]
    #expect(
      Array(rows) == numbers.map { number in units.map { _ in .number(number, isPercent: false) } }
        + [[.text("하나")], [.text("둘")]])
  }

  @Test("Names of tabs are made to fit")
  func names() throws {
    let wanted = [
      "a/b:c", "A b C", "History", "'", "", String(repeating: "가", count: 40),
      String(repeating: "가", count: 40), "[1]?*\\", "👨‍👩‍👧‍👦" + String(repeating: "x", count: 30),
    ]
    let columns = [OutColumn("a", .text, width: 5)]
    let sheets = try written(wanted.map { OutSheet($0, columns: columns, rows: []) })
    let names = sheets.map(\.name)
    #expect(names.prefix(5) == ["a b c", "A b C (2)", "History (2)", "Sheet", "Sheet (2)"])
    #expect(Set(names.map { $0.lowercased() }).count == wanted.count)
    #expect(names.allSatisfy { $0.utf16.count <= 31 })
  }

  @Test("Texts that XML or C cannot carry are written as far as they go")
  func oddTexts() throws {
    let texts = [
      "a\u{0}b", "a\u{1}b", "a\u{FFFF}b", "_x000D_", "_x005F_", "a\rb", "a\nb", "\u{1F600}",
    ]
    let sheet = OutSheet(
      "a", columns: [OutColumn("a", .text, width: 5)], rows: texts.map { [.text($0)] })
    let read = try written([sheet])[0].rows.dropFirst().map { $0[0] }
    #expect(
      Array(read)
        == [
          "a\u{FFFD}b", "a\u{1}b", "a\u{FFFD}b", "_x000D_", "_x005F_", "a\rb", "a\nb", "\u{1F600}",
        ]
        .map(SheetCell.text))
  }

  @Test("A text that a cell of Excel cannot hold is refused, and there is no file")
  func longText() throws {
    let sheet = OutSheet(
      "a", columns: [OutColumn("a", .text, width: 5)],
      rows: [[.text(String(repeating: "가", count: 32_768))]])
    #expect(throws: OutProblem.self) { try written([sheet]) }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("book.xlsx")))
  }

  @Test("Where it cannot be written, that is said")
  func notWritten() throws {
    let book = try OutBook(created: day("2026-02-14"), sheets: [table])
    #expect(throws: OutProblem.self) { try book.write(xlsx: scratch.path("none/a.xlsx")) }
  }

  @Test("A file that is cut anywhere is refused")
  func cut() throws {
    _ = try written([table])
    let whole = Array(try Data(contentsOf: URL(filePath: scratch.path("book.xlsx"))))
    for count in stride(from: 4, to: whole.count, by: 97) {
      #expect(problem { _ = try scratch.read(whole[..<count], named: "a.xlsx") } != nil, "\(count)")
    }
  }

  private func written(_ sheets: [OutSheet]) throws -> [ListedSheet] {
    let path = scratch.path("book.xlsx")
    try OutBook(created: day("2026-02-14"), sheets: sheets).write(xlsx: path)
    return try scratch.read(file: path)
  }

  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  private var table: OutSheet {
    get throws {
      var sheet = OutSheet(
        "개요",
        columns: [
          OutColumn("조합", .text, width: 20), OutColumn("약정", .amount(decimals: 0), width: 14),
          OutColumn("납입", .amount(decimals: 1), width: 14),
          OutColumn("비율", .percent(decimals: 2), width: 8), OutColumn("결성일", .date, width: 11),
        ],
        rows: [
          [
            .text("=1+1"), .number("1000"), .number("-250.5"), .number("0.2505"),
            .date(try day("2024-07-02")),
          ],
          [.text("'나 _x0041_ & <b>"), .number("3000"), .number("500"), .empty, .date(.earliest)],
        ])
      sheet.titles = ["출자 개요", "기준일 2026-02-14 · 단위: 원"]
      sheet.totals = [.text("합계"), .sum("4000"), .sum("249.5"), .ratio(2, by: 1, "0.0623"), .empty]
      sheet.footer = "R&D 조합"
      return sheet
    }
  }
}
