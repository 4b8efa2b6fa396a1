import FundModel
import Testing

@testable import Sheets

@Suite("Parts of a workbook")
struct PartTests {
  private let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
  private let strict = "xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\""

  @Test("Cells of every kind, in both namespaces and under any prefix")
  func cells() throws {
    let rows = """
      <row><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>가</t></r><rPh sb="0" eb="1"><t>x</t></rPh>\
      <r><t xml:space="preserve"> 나</t></r></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>
      <row r="4"><c r="B4" s="1"><v>46067</v></c><c t="str"><f>A1&amp;"x"</f><v>b</v></c>\
      <c r="E4" t="d"><v>2026-02-14T09:00:00</v></c><c s="2"><v>0.5</v></c></row>
      <row r="9"><c r="A9"/><c r="C9" t="str"><f>x</f><v></v></c></row>
      """
    let wanted = [
      SheetRow(
        number: 1, cells: [.text("둘"), .text("가 나"), .truth(true), .error("#N/A")]),
      SheetRow(
        number: 4,
        cells: [
          .empty, .date(.earliest.adding(days: 46_065)), .text("b"), .empty,
          .date(.earliest.adding(days: 46_065)), .number("0.5", isPercent: true),
        ]),
    ]
    #expect(try read("<worksheet \(main)><sheetData>\(rows)</sheetData></worksheet>").0 == wanted)
    #expect(try read("<worksheet \(strict)><sheetData>\(rows)</sheetData></worksheet>").0 == wanted)
    let prefixed =
      "<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\">"
      + "<x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row><row><c><v>2</v></c></row></x:sheetData>"
      + "</x:worksheet>"
    #expect(
      try read(prefixed).0 == [SheetRow(number: 1, cells: [.number("1", isPercent: false)])])
  }

  @Test("A column is read where the reference says, to the last that is read")
  func references() {
    let limits = SheetLimits()
    for (text, column, row) in [
      ("A1", 0, 1), ("Z9", 25, 9), ("AA10", 26, 10), ("XFD1048576", 16_383, 1_048_576),
    ] {
      #expect(CellReference(text.utf8, limits)?.column == column)
      #expect(CellReference(text.utf8, limits)?.row == row)
      #expect(columnLetters(column) == text.filter(\.isLetter))
    }
    for text in [
      "", "A", "1", "A0", "A01", "ZZZZ99", "XFE1", "A1048577", "a1", "A-1", "A1 ", "$A$1",
      "A99999999999999999999",
    ] {
      #expect(CellReference(text.utf8, limits) == nil, "\(text)")
    }
  }

  @Test(
    "What contradicts itself is refused, with its place",
    arguments: [
      ("<row><c t=\"s\"><v>2</v></c></row>", "A1"), ("<row><c t=\"s\"><v>-1</v></c></row>", "A1"),
      ("<row><c/><c s=\"9\"><v>1</v></c></row>", "B1"),
      ("<row><c s=\"-1\"><v>1</v></c></row>", "A1"),
      ("<row r=\"3\"><c r=\"C3\"><v>x</v></c></row>", "C3"),
      ("<row><c t=\"z\"><v>1</v></c></row>", "A1"),
      ("<row><c t=\"b\"><v>2</v></c></row>", "A1"),
      ("<row><c t=\"d\"><v>2026-02-30</v></c></row>", "A1"),
      ("<row r=\"3\"><c><v>1</v></c><c><f>A1</f></c></row>", "B3"),
      ("<row r=\"0\"/>", ""), ("<row r=\"-1\"/>", ""), ("<row r=\"2\"/><row r=\"2\"/>", ""),
      ("<row r=\"1048577\"/>", ""), ("<row><c r=\"A2\"/></row>", ""),
      ("<row><c r=\"ZZZZ99\"/></row>", ""),
      ("<row><c r=\"B1\"/><c r=\"B1\"/></row>", ""), ("<row r=\"x\"/>", ""),
      ("<row r=\"1048576\"/><row/>", ""),
    ])
  func contradictions(rows: String, place: String) {
    let found = problem {
      _ = try read("<worksheet \(main)><sheetData>\(rows)</sheetData></worksheet>")
    }
    #expect(found != nil)
    let told = found?.row.map { columnLetters(found?.column ?? 0) + "\($0)" } ?? ""
    #expect(place.isEmpty ? found?.kind == .damaged || found?.kind == .tooLarge : told == place)
  }

  @Test("No document type, no depth, no long tag, nothing that is no XML")
  func xml() {
    let deep = String(repeating: "<a>", count: 70) + String(repeating: "</a>", count: 70)
    let long = "<a b=\"" + String(repeating: "x", count: 2 << 20) + "\"/>"
    for text in [
      "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet \(main)/>",
      "<worksheet \(main)>\(deep)</worksheet>",
      "<worksheet \(main)>\(long)</worksheet>", "<worksheet \(main)>", "", "x", "<worksheet/>",
      "<worksheet \(main)>&b;</worksheet>", "<workbook \(main)/>", "<worksheet \(main)/><a/>",
    ] {
      #expect(problem { _ = try read(text) }?.kind == .damaged, "\(text.prefix(80))")
    }
  }

  @Test("What is merged over several rows")
  func merges() throws {
    let text =
      "<worksheet \(main)><sheetData/><mergeCells><mergeCell ref=\"A1:C1\"/>"
      + "<mergeCell ref=\"B2:D4\"/><mergeCell ref=\"A9\"/></mergeCells></worksheet>"
    #expect(try read(text).1 == [MergedCell(column: 1, firstRow: 2, lastRow: 4)])
    for bad in ["", "A1:", ":", "B2:A1", "A2:A1", "A1:B2:C3", "A0:A9"] {
      let text =
        "<worksheet \(main)><mergeCells><mergeCell ref=\"\(bad)\"/></mergeCells></worksheet>"
      #expect(problem { _ = try read(text) }?.kind == .damaged, "\(bad)")
    }
  }

  @Test("Targets lead to parts of the archive and nowhere else")
  func targets() {
    let source = "xl/workbook.xml"
    for (target, part) in [
      ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"), ("/xl/a.xml", "xl/a.xml"),
      ("../b.xml", "b.xml"), ("./a//b.xml", "xl/a/b.xml"),
    ] {
      #expect(PartName.resolving(target, from: source) == part)
    }
    for target in ["../../etc/passwd", "/..", "C:\\a", "file:///etc/passwd", "", "/", "..", "a\\b"]
    {
      #expect(PartName.resolving(target, from: source) == nil, "\(target)")
    }
    #expect(PartName.relationships(of: "") == "_rels/.rels")
    #expect(PartName.relationships(of: source) == "xl/_rels/workbook.xml.rels")
  }

  @Test(
    "Control characters as a workbook writes them",
    arguments: [
      ("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("_xD83D_", "_xD83D_"), ("_x00", "_x00"),
      ("_x+041_", "_x+041_"), ("_x0041__x0042_", "AB"), ("__x0041_", "_A"), ("가_나", "가_나"),
    ])
  func escapes(written: String, meant: String) {
    #expect(unescapingXString(written) == meant)
  }

  @Test("Texts are composed and trimmed; a letter under a heap of marks is refused")
  func texts() throws {
    #expect(try cellText("\u{1112}\u{1161}\u{11AB}") == "한")
    #expect(try cellText("  가 나\u{3000}\n") == "가 나")
    #expect(try cellText(" \t\u{A0}") == nil)
    #expect(
      problem { _ = try cellText("a" + String(repeating: "\u{301}", count: 31)) }?.kind == .cell)
  }

  private func read(_ text: String) throws -> ([SheetRow], [MergedCell]) {
    var context = WorkbookContext()
    for word in ["하나", "둘"] { context.strings.append(word) }
    context.formats = [.number, .day, .percent]
    var rows: [SheetRow] = []
    let merges = try withoutActuallyEscaping({ rows.append($0) }) { add in
      let handler = WorksheetHandler("sheet", context: context, limits: SheetLimits(), add: add)
      let reader = try XMLReader("sheet", limits: SheetLimits(), handler: handler)
      // In pieces, as it comes from the archive.
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let piece = Array(rest.prefix(64 << 10))
        try piece.withUnsafeBufferPointer { try reader.read($0) }
        rest = rest.dropFirst(piece.count)
      }
      try reader.finish()
      return handler.merges
    }
    return (rows, merges)
  }
}
