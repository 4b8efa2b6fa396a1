import Foundation
import FundModel
import Sheets
import Testing

@Suite("Rows file")
struct RowsFileTests {
  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test("Whatever is written is read")
  func roundTrip() throws {
    var random = SplitMix64(seed: 8)
    for round in 0..<100 {
      let sheets = (0..<Int.random(in: 0...4, using: &random)).map { index in
        ListedSheet(
          name: "시트 \(index)", isHidden: Bool.random(using: &random), rows: rows(&random))
      }
      let path = scratch.path("\(round).rows")
      try write(sheets, to: path)
      let read = try RowsFile(path).sheets
      #expect(read.map(\.name) == sheets.map(\.name))
      #expect(read.map(\.isHidden) == sheets.map(\.isHidden))
      #expect(read.map(\.rowCount) == sheets.map(\.rows.count))
      for (read, written) in zip(read, sheets) {
        var rows: [SheetRow] = []
        try read.read { rows.append($0) }
        #expect(rows == written.rows)
      }
    }
  }

  @Test("Texts longer than what is read at once")
  func longTexts() throws {
    let long = String(repeating: "가나다", count: 100_000)
    let row = SheetRow(number: 7, cells: [.text(long), .empty, .text("나"), .text(long)])
    let path = scratch.path("long.rows")
    try write([ListedSheet(name: "a", rows: [row])], to: path)
    var rows: [SheetRow] = []
    try RowsFile(path).sheets[0].read { rows.append($0) }
    #expect(rows == [row])
  }

  @Test("A file that is bent anywhere is refused or read, and never ends the program")
  func bent() throws {
    var random = SplitMix64(seed: 3)
    let path = scratch.path("good.rows")
    try write(
      [ListedSheet(name: "가", rows: rows(&random)), ListedSheet(name: "b", rows: [])], to: path)
    let good = Array(try Data(contentsOf: URL(filePath: path)))
    var refused = 0
    for place in good.indices {
      for value in [0, 0xFF, good[place] ^ 1, good[place] ^ 0x80] {
        var bent = good
        bent[place] = value
        refused += try reading(bent) ? 0 : 1
      }
      #expect(try !reading(Array(good[..<place])), "cut at \(place)")
    }
    #expect(refused > good.count)
    #expect(try reading(good))
  }

  @Test("Names merged down stand in the rows below; numbers do not")
  func merges() throws {
    let rows = [
      SheetRow(number: 2, cells: [.text("하이테크1호"), .number("100", isPercent: false), .text("가")]),
      SheetRow(number: 3, cells: [.empty, .empty, .text("나")]),
      SheetRow(number: 5, cells: [.empty, .empty, .empty, .text("다")]),
      SheetRow(number: 6, cells: [.empty, .empty, .text("라")]),
    ]
    let path = scratch.path("merged.rows")
    let writer = try RowsFileWriter(path)
    writer.begin(sheet: "a", isHidden: false)
    for row in rows { try writer.add(row) }
    try writer.end(merges: [
      MergedCell(column: 1, firstRow: 2, lastRow: 6),
      MergedCell(column: 0, firstRow: 2, lastRow: 5),
      MergedCell(column: 2, firstRow: 3, lastRow: 1_000),
      MergedCell(column: 3, firstRow: 4, lastRow: 9),
    ])
    try writer.finish()
    var read: [[SheetCell]] = []
    try RowsFile(path).sheets[0].read { read.append($0.cells) }
    #expect(
      read == [
        rows[0].cells, [.text("하이테크1호"), .empty, .text("나")],
        [.text("하이테크1호"), .empty, .text("나"), .text("다")], [.empty, .empty, .text("라")],
      ])
  }

  @Test("More than the limit is refused, and nothing that is there is overwritten")
  func limits() throws {
    var limits = SheetLimits()
    limits.rowsFileBytes = 100
    let writer = try RowsFileWriter(scratch.path("a.rows"), limits: limits)
    writer.begin(sheet: "a", isHidden: false)
    try writer.add(SheetRow(number: 1, cells: [.text(String(repeating: "a", count: 100))]))
    #expect(problem { try writer.end(merges: []) }?.kind == .tooLarge)
    #expect(problem { _ = try RowsFileWriter(scratch.path("a.rows")) }?.kind == .readerEnded)
  }

  private func reading(_ bytes: [UInt8]) throws -> Bool {
    let path = try scratch.write(bytes, to: "bent.rows")
    do {
      for sheet in try RowsFile(path).sheets { try sheet.read { _ in } }
      return true
    } catch is SheetProblem { return false }
  }

  private func write(_ sheets: [ListedSheet], to path: String) throws {
    let writer = try RowsFileWriter(path)
    for sheet in sheets {
      writer.begin(sheet: sheet.name, isHidden: sheet.isHidden)
      try sheet.read(writer.add)
      try writer.end(merges: [])
    }
    try writer.finish()
  }

  private func rows(_ random: inout SplitMix64) -> [SheetRow] {
    var number = 0
    return (0..<Int.random(in: 0...12, using: &random)).map { _ in
      number += Int.random(in: 1...300, using: &random)
      var cells = (0..<Int.random(in: 0...8, using: &random)).map { _ in cell(&random) }
      cells.append(.text("끝"))
      return SheetRow(number: number, cells: cells)
    }
  }

  private func cell(_ random: inout SplitMix64) -> SheetCell {
    switch Int.random(in: 0...6, using: &random) {
    case 0: .text(String(repeating: "가", count: Int.random(in: 1...200, using: &random)))
    case 1: .number("-12.5", isPercent: false)
    case 2: .number("0.4055", isPercent: true)
    case 3: .date(CalendarDate.earliest.adding(days: Int.random(in: 0...109_571, using: &random)))
    case 4: .truth(Bool.random(using: &random))
    case 5: .error("#N/A")
    default: .empty
    }
  }
}
