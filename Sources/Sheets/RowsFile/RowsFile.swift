import FundModel

/// What was read of a file of sheets, kept in a file: the contents in memory, the rows read from
/// the file each time that they are asked for.
///
/// The file is looked at as if a stranger had made it: whatever does not fit is a ``SheetProblem``.
package struct RowsFile: Sendable {
  package let sheets: [RowsSheet]

  package init(_ path: String, limits: SheetLimits = SheetLimits()) throws(SheetProblem) {
    let file = try FileBytes(path)
    let tail = RowsFileFormat.end.count + 8
    guard file.count >= RowsFileFormat.begin.count + tail,
      try file.bytes(from: 0, most: RowsFileFormat.begin.count) == RowsFileFormat.begin
    else { throw .bentRows }
    let last = try file.bytes(from: file.count - tail, most: tail)
    guard last.suffix(RowsFileFormat.end.count) == RowsFileFormat.end[...] else { throw .bentRows }
    let place = last.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var source = try RowsFileBytes(file, from: Int(clamping: place), to: file.count - tail)
    let count = try source.number(most: limits.sheets)
    var sheets: [RowsSheet] = []
    for _ in 0..<count {
      sheets.append(try RowsSheet(file, end: Int(clamping: place), from: &source, limits))
    }
    self.sheets = sheets
  }
}

/// One sheet of a rows file.
package struct RowsSheet: Sheet {
  package let name: String
  package let isHidden: Bool
  /// How many rows hold something.
  package let rowCount: Int
  private let file: FileBytes
  private let start: Int
  private let end: Int
  private let merges: [MergedCell]
  private let limits: SheetLimits

  fileprivate init(
    _ file: FileBytes, end: Int, from source: inout RowsFileBytes, _ limits: SheetLimits
  ) throws(SheetProblem) {
    (self.file, self.end, self.limits) = (file, end, limits)
    name = try source.text(most: 1_000)
    isHidden = try source.number(most: 1) == 1
    start = try source.number(most: end)
    rowCount = try source.number(most: max(limits.csvRows, limits.sheetRows))
    var merges: [MergedCell] = []
    for _ in 0..<(try source.number(most: limits.merges)) {
      let column = try source.number(most: limits.usedColumns - 1)
      let first = try source.number(most: limits.sheetRows)
      let more = try source.number(most: limits.sheetRows)
      merges.append(MergedCell(column: column, firstRow: first, lastRow: first + more))
    }
    self.merges = merges
  }

  /// What is merged downwards is given on to the rows below: see ``MergeFilling``.
  package func read(_ body: (SheetRow) throws -> Void) throws {
    var source = try RowsFileBytes(file, from: start, to: end)
    var filling = MergeFilling(merges)
    var number = 0
    var count = 0
    while true {
      // Lines inside of quotes count as well, so a row's number may be above the number of rows.
      let step = try source.number(most: limits.fileBytes)
      guard step > 0 else { break }
      number += step
      count += 1
      guard count <= rowCount else { throw SheetProblem.bentRows }
      try body(filling.filled(SheetRow(number: number, cells: try cells(from: &source))))
    }
    guard count == rowCount else { throw SheetProblem.bentRows }
  }

  private func cells(from source: inout RowsFileBytes) throws(SheetProblem) -> [SheetCell] {
    let count = try source.number(most: limits.usedColumns)
    var cells: [SheetCell] = []
    cells.reserveCapacity(count)
    while cells.count < count {
      let kind = RowsFileFormat.Kind(rawValue: try source.byte())
      if kind == .empty {
        let empty = try source.number(most: count - cells.count)
        guard empty > 0 else { throw .bentRows }
        cells.append(contentsOf: repeatElement(.empty, count: empty))
      } else {
        cells.append(try cell(kind, from: &source))
      }
    }
    return cells
  }

  private func cell(
    _ kind: RowsFileFormat.Kind?, from source: inout RowsFileBytes
  ) throws(SheetProblem) -> SheetCell {
    switch kind {
    case .text: return .text(try nonEmpty(source.text(most: limits.cellTextBytes)))
    case .error: return .error(try nonEmpty(source.text(most: limits.cellTextBytes)))
    case .number: return .number(try source.decimal(), isPercent: false)
    case .percent: return .number(try source.decimal(), isPercent: true)
    case .date:
      let days = try source.number(most: CalendarDate.latest.days(since: .earliest))
      return .date(CalendarDate.earliest.adding(days: days))
    case .no: return .truth(false)
    case .yes: return .truth(true)
    case .empty, nil: throw .bentRows
    }
  }

  private func nonEmpty(_ text: String) throws(SheetProblem) -> String {
    guard !text.isEmpty else { throw .bentRows }
    return text
  }
}

extension SheetProblem {
  /// A rows file that is none, or was changed or cut.
  static let bentRows = SheetProblem(
    .readerEnded,
    Phrase(
      "읽어 둔 내용이 손상되었습니다. 파일을 다시 올려 주세요.",
      "What was read of the file is damaged. Send the file again."))
}
