import FundModel
import RandomBooks
import Sheets
import Testing

@testable import Bookkeeping

@Suite("How sheets were read before")
struct RememberedLayoutTests {
  static func look(_ rows: [[String]]) throws -> SheetLook {
    let sheet = ListedSheet(
      name: "시트1",
      rows: rows.enumerated().map { index, texts in
        SheetRow(number: index + 1, cells: texts.map { $0.isEmpty ? .empty : .text($0) })
      })
    return try SheetLook(sheet)
  }

  static let layout = SheetLayout(
    format: .partners, headingRow: 1,
    columns: ["fund": 0, "partner": 1, "type": 2, "commitment": 3])

  static func remembered(_ headings: [String]) throws -> RememberedLayouts {
    let row = try #require(try look([headings]).rows.first)
    return RememberedLayouts([
      ImportLayout(
        fingerprint: SheetLayout.fingerprint(of: row), mapping: layout.text, usedBy: "test",
        usedAt: Instant(microseconds: 0))
    ])
  }

  @Test("Sheets with the same headings are read the same way, wherever the headings stand")
  func remembers() throws {
    let headings = ["펀드이름", "누가", "어느쪽", "얼마"]
    let remembered = try Self.remembered(headings)
    let found = try Self.look([["제목"], headings, ["가", "나", "LP", "1"]])
      .guess(funds: [], remembered)
    #expect(found?.columns == Self.layout.columns)
    #expect(found?.format == .partners)
    #expect(found?.headingRow == 2)
    #expect(found?.unit == .one)
    let other = try Self.look([["펀드이름", "누구", "어느쪽", "얼마"]]).guess(funds: [], remembered)
    #expect(other == nil)
  }

  @Test(
    "Spaces, letters and a unit behind a heading make no other headings; the sheet's unit counts")
  func sameHeadings() throws {
    let remembered = try Self.remembered(["Fund X", "누가", "어느쪽", "얼마"])
    let found = try Self.look([["(단위: 백만원)"], ["fund x", "누 가", "어느쪽", "얼마(원)"]])
      .guess(funds: [], remembered)
    #expect(found?.unit == .millions)
  }

  @Test("A unit is never remembered: the sheet that says nothing is not multiplied")
  func unitIsOfTheSheet() throws {
    let remembered = try Self.remembered(["Fund X", "누가", "어느쪽", "약정액(백만원)"])
    for (heading, unit) in [
      ("약정액(백만원)", SheetUnit.millions), ("약정액(원)", .one), ("약정액", .one),
      ("약정액 (단위: 천원)", .thousands),
    ] {
      let found = try Self.look([["Fund X", "누가", "어느쪽", heading]]).guess(funds: [], remembered)
      #expect(found?.columns["commitment"] == 3, "\(heading)")
      #expect(found?.unit == unit, "\(heading)")
    }
  }

  @Test("What is kept is read again; what nobody wrote is not")
  func text() {
    #expect(SheetLayout(text: Self.layout.text, headingRow: 1) == Self.layout)
    for text in [
      "", "format nothing\ncolumn fund 0", "format partners",
      "format partners\ncolumn fund -1", "format partners\ncolumn evil 0",
      "format partners\ncolumn fund 0\nmore",
    ] {
      #expect(SheetLayout(text: text, headingRow: 1) == nil, "\(text)")
    }
  }
}

@Suite("Names that the books do not know")
struct UnknownNameTests {
  static func table(_ format: BooksFormat, _ columns: [String], _ rows: [[String]]) -> ImportTable {
    ImportTable(format, name: format.fileName, columns: columns) { body in
      for (index, row) in rows.enumerated() { try body(.row(number: index + 2, texts: row)) }
    }
  }

  @Test("Unknown spellings are told with the name that they hold, known and new ones are not")
  func unknown() async throws {
    let tested = try await TestBooks(at: .init(microseconds: 1_770_000_000_000_000))
    let books = tested.books
    _ = try await books.perform(ImportBooks(DemoBooks.files), by: "test")
    let fund = "하이테크1호조합"
    let payments = Self.table(
      .payments, ["fund", "partner"],
      [["하이테크1호", "개인투자자"], [fund, "처음 듣는 조합원"], ["새조합", "개인투자자"], ["다른것", ""]])
    let funds = Self.table(.funds, ["name"], [["새조합"]])
    let names = try await books.answer(NamesInImport([payments, funds])).unknown
    #expect(
      names == [
        UnknownName(kind: .fund, spelling: "하이테크1호", likely: fund),
        UnknownName(kind: .fund, spelling: "다른것", likely: nil),
        UnknownName(kind: .party, spelling: "처음 듣는 조합원", likely: nil),
      ])
    let target = try #require(try await books.answer(NamedTarget(.fund, fund)))
    try await books.teach(NameAlias("하이테크1호", target), by: "test")
    let after = try await books.answer(NamesInImport([payments, funds])).unknown
    #expect(after.map(\.spelling) == ["다른것", "처음 듣는 조합원"])
    #expect(
      try await books.answer(NamesInImport([payments, funds])).readAs
        == [ReadName(kind: .fund, spelling: "하이테크1호", name: fund)])
    #expect(try await books.answer(NamedAliases()).map(\.name) == [fund])
    #expect(try await books.answer(NamedTarget(.fund, "없는 조합")) == nil)
  }
}
