import Foundation
import FundModel
import Testing

@testable import Sheets

@Suite("CSV")
struct CSVTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test("Quotes, line breaks of every kind, blank lines, and the line on which a row begins")
  func rows() throws {
    let text = "a,b\r\n\r\n\"x\ny\",\"say \"\"no\"\"\"\r,  c  \n,,\nlast"
    let rows = try scratch.read(text.utf8).first?.rows
    #expect(
      rows == [
        row(1, "a", "b"), row(3, "x\ny", "say \"no\""), row(5, "", "c"), row(7, "last"),
      ])
  }

  @Test(
    "What stands between fields",
    arguments: [
      ("a,b\n1,2\n", ["a", "b"]), ("a;b\n1,5;2,5\n", ["a", "b"]),
      ("a\tb\n1,000\t2,000", ["a", "b"]),
      ("sep=;\na;b,c\n", ["a", "b,c"]), ("SEP=|\r\na|b\r\n", ["a", "b"]),
      ("\"a;b\",c\n", ["a;b", "c"]),
      ("\u{FEFF}a,b", ["a", "b"]), ("a", ["a"]),
      ("a;1,000;2,000\nb;3,000;4,000", ["a", "1,000", "2,000"]),
      ("펀드;약정\n가;1,000\n나;2,000\n", ["펀드", "약정"]),
    ])
  func separators(text: String, first: [String]) throws {
    #expect(try scratch.read(text.utf8).first?.rows.first?.cells == cells(first))
  }

  @Test(
    "What is no CSV",
    arguments: [
      ("a,b\nc,d\"e\n", 2, 1), ("a\n\"b\nc", 2, 0), ("a\n\"b\"c,d", 2, 0), ("\"", 1, 0),
    ])
  func quotes(text: String, line: Int, column: Int) {
    let found = problem { _ = try scratch.read(text.utf8, named: "금액.csv") }
    #expect(found?.kind == .quotes)
    #expect(found?.row == line)
    #expect(found?.column == column)
    #expect(found?.sheet == "금액")
  }

  @Test("Every encoding that Korean firms use, with and without byte order mark")
  func encodings() throws {
    let text = "펀드,금액\r\n똠방각하 ㈜,\"1,000\"\r\n"
    let wanted = [row(1, "펀드", "금액"), row(2, "똠방각하 ㈜", "1,000")]
    let utf16 = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let turned = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let cp949: [UInt8] =
      [0xC6, 0xDD, 0xB5, 0xE5, 0x2C, 0xB1, 0xDD, 0xBE, 0xD7, 0x0D, 0x0A]
      + [0x8C, 0x63, 0xB9, 0xE6, 0xB0, 0xA2, 0xC7, 0xCF, 0x20, 0xA2, 0xDF, 0x2C]
      + Array("\"1,000\"\r\n".utf8)
    for bytes in [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), utf16, [0xFF, 0xFE] + utf16, turned,
      [0xFE, 0xFF] + turned, cp949,
    ] {
      #expect(try scratch.read(bytes).first?.rows == wanted)
    }
  }

  @Test("Letters of no encoding are refused")
  func noEncoding() {
    for bytes: [UInt8] in [
      [0x61, 0x0A, 0xFF, 0xFF, 0x0A], [0xEF, 0xBB, 0xBF, 0xC6, 0xDD], [0x61, 0xC6],
      [0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00],
    ] {
      #expect(problem { _ = try scratch.read(bytes) }?.kind == .encoding, "\(bytes)")
    }
    for bytes: [UInt8] in [[0x61, 0, 0, 0x62], [0x89, 0x50, 0, 0x61, 0x61, 0]] {
      #expect(problem { _ = try scratch.read(bytes) }?.kind == .otherFormat, "\(bytes)")
    }
  }

  @Test("In pieces of any length the rows are the same")
  func pieces() throws {
    let text = Array("가,\"나\r\n\"\"다\"\"\",\r\n\r\r\n라,'=1,\"\"\r마".utf8)
    let whole = try parsed([text])
    #expect(whole.count == 3)
    for cut in 1..<text.count {
      #expect(try parsed([Array(text[..<cut]), Array(text[cut...])]) == whole, "cut at \(cut)")
    }
    #expect(try parsed(text.map { [$0] }) == whole)
  }

  @Test("Every text comes back as it was, whatever it begins with")
  func roundTrip() throws {
    var random = SplitMix64(seed: 949)
    let letters = [
      "'", "=", "+", "-", "@", "＝", "－", "\"", ",", ";", "|", "\t", "\n", "\r", " ", "가", "a", "1",
      "sep=", "é", "=\u{301}",
    ]
    for _ in 0..<500 {
      let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<3).map { _ in
          (0..<Int.random(in: 0...6, using: &random))
            .map { _ in letters.randomElement(using: &random) ?? "" }.joined()
        }
      }
      // What a sheet hands on: composed, without spaces around it.
      let clean = try rows.map { try $0.map { try cellText($0) ?? "" } }
      var writer = CSVWriter(marked: Bool.random(using: &random))
      for row in clean { writer.add(row.map(OutCell.text)) }
      let read = try scratch.read(writer.bytes).first?.rows.map { row in
        (0..<3).map { row[$0] }
      }
      let wanted = clean.filter { $0 != ["", "", ""] }.map {
        $0.map { $0.isEmpty ? .empty : SheetCell.text($0) }
      }
      #expect(read == wanted, "\(clean)")
    }
  }

  @Test("A spreadsheet runs no text; numbers and days stay as they are")
  func neutralised() throws {
    var writer = CSVWriter(marked: false)
    writer.add([.text("=1+1"), .text("'=1"), .text("'a"), .number("-5"), .sum("-6")])
    writer.add([.text("-5"), .date(try #require(CalendarDate("2026-02-14"))), .empty, .text("＝1")])
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "'=1+1,''=1,'a,-5,-6\r\n'-5,2026-02-14,,'＝1\r\n")
  }

  @Test("A table with its titles, totals and notes; ratios as people write them")
  func wholeTable() throws {
    var sheet = OutSheet(
      "a",
      columns: [
        OutColumn("=이름", .text, width: 5), OutColumn("금액", .amount(decimals: 2), width: 5),
        OutColumn("비율", .percent(decimals: 2), width: 5),
      ],
      rows: [
        [.text("+1"), .amount("-1250.50", decimals: 2), .number("-0.0005")],
        [.empty, .empty, .empty],
      ])
    sheet.titles = ["@표", "기준일 2026-02-14, 원"]
    sheet.totals = [.text("합계"), .sum("-1250.50"), .ratio(1, by: 1, nil)]
    sheet.notes = ["※ 끝"]
    var writer = CSVWriter(marked: false)
    try writer.add(sheet)
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == """
        '@표\r\n"기준일 2026-02-14, 원"\r\n'=이름,금액,비율\r\n'+1,-1250.50,-0.05%\r\n,,\r\n\
        합계,-1250.50,\r\n※ 끝\r\n
        """)
    for (fraction, percent) in [
      ("1.0000", "100.00%"), ("0.41", "41%"), ("0.082", "8.2%"), ("0", "0%"), ("12", "1200%"),
      ("-0.5", "-50%"), ("0.0000", "0.00%"),
    ] {
      #expect(CSVWriter.percent(fraction) == percent)
    }
  }

  @Test("Limits: bytes of a field and of a row, columns, lines")
  func limits() throws {
    var limits = SheetLimits()
    (limits.cellTextBytes, limits.rowTextBytes, limits.usedColumns, limits.csvRows) = (10, 15, 3, 4)
    limits.columns = 6
    for (text, row, column) in [
      ("a\n12345678901", 2, 0), ("1234567890,123456", 1, 1), ("a,b,c,d", 1, 3), (",,,,,,,,", 1, 6),
    ] {
      let found = problem { _ = try scratch.read(text.utf8, limits: limits) }
      #expect(found?.kind == .tooLarge, "\(text)")
      #expect(found?.row == row)
      #expect(found?.column == column)
    }
    #expect(
      problem { _ = try scratch.read("a\na\na\na\na\n".utf8, limits: limits) }?.kind == .tooLarge)
    #expect(try scratch.read("a,b,c,,\na\na\n1234567890\n".utf8, limits: limits)[0].rows.count == 4)
    limits.fileBytes = 3
    #expect(problem { _ = try scratch.read("a,bc".utf8, limits: limits) }?.kind == .tooLarge)
  }

  private func parsed(_ pieces: [[UInt8]]) throws -> [SheetRow] {
    var rows: [SheetRow] = []
    try withoutActuallyEscaping({ rows.append($0) }) { add in
      var parser = CSVParser(separator: UInt8(ascii: ","), limits: SheetLimits(), add: add)
      for piece in pieces { try piece.withUnsafeBufferPointer { try parser.read($0) } }
      try parser.finish()
    }
    return rows
  }

  private func row(_ number: Int, _ texts: String...) -> SheetRow {
    SheetRow(number: number, cells: cells(texts))
  }

  private func cells(_ texts: [String]) -> [SheetCell] {
    texts.map { $0.isEmpty ? .empty : .text($0) }
  }
}
