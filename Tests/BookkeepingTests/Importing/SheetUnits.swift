import FundModel
import Sheets
import Testing

@testable import Bookkeeping

@Suite("What the amounts of a sheet are counted in")
struct SheetUnits {
  @Test(
    "A note says it, a bracket does, a sentence does not",
    arguments: [
      ("(단위: 백만원)", SheetUnit?.some(.millions)), ("단위 : 천원", .thousands),
      ("금액단위 백만", .millions), ("(단위:원)", .one), ("단위: 만원", .tenThousands),
      ("단위: 십억원", .billions), ("단위: 천만원", .tenMillions), ("[단위：억원]", .hundredMillions),
      ("납입액(백만원)", .millions), ("약정액 (원)", .one), ("Amount (USD)", .one),
      ("in millions", .millions), ("KRW million", .millions),
      ("단위: 백만원, %", .millions), ("단위: 좌", nil), ("천원 미만 절사", nil),
      ("1억원 이상 투자 현황", nil), ("총 3억원 규모 납입", nil), ("납입액", nil),
      ("표시 단위 백만(원), 칸에는 원 단위까지", .one),
    ])
  func notes(text: String, unit: SheetUnit?) { #expect(SheetUnit(in: text) == unit) }

  private func sheet(_ rows: [[SheetCell]]) -> ListedSheet {
    ListedSheet(
      name: "시트",
      rows: rows.enumerated().map { SheetRow(number: $0 + 1, cells: $1) })
  }

  private func rows(_ sheet: ListedSheet) throws -> [[String]] {
    let layout = try #require(try SheetLook(sheet).guess(funds: []))
    var rows: [[String]] = []
    try LaidOutSheet(sheet, of: "a.xlsx", layout).table.lines { line in
      if case .row(_, let texts, _) = line { rows.append(texts) }
    }
    return rows
  }

  @Test("Each heading's own unit counts where they differ")
  func units() throws {
    let rows = try rows(
      sheet([
        [.text("조합명"), .text("약정총액(백만원)"), .text("GP약정액(원)")],
        [.text("가"), .number("1000", isPercent: false), .number("100000000", isPercent: false)],
      ]))
    #expect(rows == [["가", "1000000000", "100000000"]])
  }

  @Test("One heading's unit is that of the others, which state none")
  func oneUnit() throws {
    let rows = try rows(
      sheet([
        [.text("조합명"), .text("약정총액(백만원)"), .text("GP약정액")],
        [.text("가"), .number("1000", isPercent: false), .number("100", isPercent: false)],
      ]))
    #expect(rows == [["가", "1000000000", "100000000"]])
  }

  @Test("Somebody called Total who was paid on a day is no sum; a sum of the sheet is one")
  func total() throws {
    let rows = try rows(
      sheet([
        [.text("조합명"), .text("투자업체"), .text("투자일"), .text("금액")],
        [.text("가"), .text("Total"), .text("2025-01-02"), .number("100", isPercent: false)],
        [.text("합계"), .empty, .empty, .number("100", isPercent: false)],
      ]))
    #expect(rows.map { $0[1] } == ["Total"])
  }

  @Test("One known word among many headings makes no list of names; our own seal is no name")
  func lists() throws {
    let ledger = sheet([
      [.text("번호"), .text("날짜"), .text("상대"), .text("들어옴"), .text("나감"), .text("잔액")],
      [.text("1"), .text("2025-01-02"), .text("가"), .text("1"), .text("2"), .text("3")],
    ])
    #expect(try SheetLook(ledger).guess(funds: []) == nil)
    let names = try rows(
      sheet([
        [.text("상대"), .text("업종")], [.text("가")], [.text("※ 장부의 마지막 봉인 1번 · SHA-256 0")],
      ]))
    #expect(names == [["가", ""]])
  }

  @Test("What a sheet nearly is, is told with the one column that it lacks")
  func nearly() throws {
    let sheet = sheet([
      [.text("펀드명"), .text("LP명"), .text("출자약정금액(원)")],
      [.text("가"), .text("나"), .text("1")],
    ])
    let look = try SheetLook(sheet)
    #expect(look.guess(funds: []) == nil)
    #expect(look.nearGuess(funds: [])?.format == .partners)
    #expect(look.nearGuess(funds: [])?.missing == ["type"])
  }
}
