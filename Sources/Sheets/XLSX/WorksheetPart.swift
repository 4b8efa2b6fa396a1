import FundModel

/// What the cells of a workbook's sheets refer to.
struct WorkbookContext {
  var strings = SharedStrings()
  /// By style.
  var formats: [NumberFormat] = []
  var days = DaySystem.from1900
}

/// Reads one `xl/worksheets/sheet….xml`: gives each row that holds something to `add`, and keeps
/// which cells are merged downwards.
final class WorksheetHandler: XMLHandler {
  private enum Place {
    case sheet, rows, row, cell, value, formula, ownText, merges, other
  }

  private(set) var merges: [MergedCell] = []
  private let part: String
  private let context: WorkbookContext
  private let limits: SheetLimits
  private let add: (SheetRow) throws -> Void
  private var places: [Place] = []

  /// The last row that was begun; 0 before the first.
  private var row = 0
  private var cells: [SheetCell] = []
  private var textBytes = 0
  /// The last cell that was begun in this row; -1 before the first.
  private var column = -1
  private var open = OpenCell()
  private var ownText = RichText()

  init(
    _ part: String, context: WorkbookContext, limits: SheetLimits,
    add: @escaping (SheetRow) throws -> Void
  ) {
    (self.part, self.context, self.limits, self.add) = (part, context, limits, add)
  }

  func start(_ element: XMLElement) throws {
    if ownText.isOpen { return ownText.start(element) }
    places.append(try place(of: element))
  }

  private func place(of element: XMLElement) throws -> Place {
    switch places.last {
    case .cell:
      if element.named("v") { return beganValue() }
      if element.named("is") {
        ownText.open()
        return .ownText
      }
      if element.named("f") {
        open.hasFormula = true
        return .formula
      }
    case .row where element.named("c"):
      try begin(cell: element)
      return .cell
    case .rows where element.named("row"):
      try begin(row: element)
      return .row
    case .merges where element.named("mergeCell"): try merge(element)
    case .sheet where element.named("sheetData"): return .rows
    case .sheet where element.named("mergeCells"): return .merges
    case nil:
      guard element.named("worksheet") else {
        throw SheetProblem.damaged(part, "시트가 아닙니다.", "it holds no sheet.")
      }
      return .sheet
    default: break
    }
    return .other
  }

  private func beganValue() -> Place {
    open.hasValue = true
    open.value.removeAll(keepingCapacity: true)
    return .value
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    if ownText.isOpen {
      do { try ownText.add(bytes, limit: limits.cellTextBytes) } catch { throw here(error) }
    } else if places.last == .value {
      guard open.value.count + bytes.count <= limits.cellTextBytes else {
        throw here(.longCell(limits.cellTextBytes))
      }
      open.value.append(contentsOf: bytes)
    }
  }

  func end() throws {
    if ownText.isOpen, !ownText.end() { return }
    switch places.popLast() {
    case .cell: try endCell()
    case .row: try endRow()
    case .ownText: open.ownText = ownText.bytes
    default: break
    }
  }

  // MARK: Rows

  private func begin(row element: XMLElement) throws {
    let next = row + 1
    if let written = element.text("r") {
      guard let number = Int(written), number >= next, number <= limits.sheetRows else {
        throw SheetProblem.damaged(
          part, "\(row)행 뒤에 \(quoted(written))행이 옵니다.",
          "row \(quoted(written)) follows row \(row).")
      }
      row = number
    } else {
      row = next
    }
    guard row <= limits.sheetRows else { throw SheetProblem.manyRows(limits.sheetRows) }
    cells.removeAll(keepingCapacity: true)
    column = -1
    textBytes = 0
  }

  private func endRow() throws {
    while cells.last == .empty { cells.removeLast() }
    if !cells.isEmpty { try add(SheetRow(number: row, cells: cells)) }
  }

  // MARK: Cells

  private func begin(cell element: XMLElement) throws {
    if let written = element.bytes("r") {
      guard let reference = CellReference(written, limits), reference.row == row,
        reference.column > column
      else {
        throw SheetProblem.damaged(
          part, "\(row)행에 \(quoted(String(decoding: written, as: UTF8.self))) 칸이 있습니다.",
          "a cell of row \(row) is called \(quoted(String(decoding: written, as: UTF8.self))).")
      }
      column = reference.column
    } else {
      column += 1
    }
    guard column < limits.columns else { throw here(.manyColumns(limits.usedColumns)) }
    open.reset()
    open.style = element.text("s")
    if let type = element.bytes("t") { open.type = String(decoding: type, as: UTF8.self) }
  }

  private func endCell() throws {
    let cell: SheetCell
    do {
      cell = try open.cell(context)
      guard cell != .empty else { return }
      guard column < limits.usedColumns else { throw SheetProblem.manyColumns(limits.usedColumns) }
      textBytes += cell.textBytes
      guard textBytes <= limits.rowTextBytes else {
        throw SheetProblem.longRow(limits.rowTextBytes)
      }
    } catch let problem as SheetProblem { throw here(problem) }
    while cells.count < column { cells.append(.empty) }
    cells.append(cell)
  }

  private func here(_ problem: SheetProblem) -> SheetProblem {
    problem.at(sheet: nil, row: row, column: max(column, 0))
  }

  // MARK: Merged cells

  private func merge(_ element: XMLElement) throws {
    guard let written = element.bytes("ref") else { return }
    let corners = written.split(
      separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = corners.first.flatMap({ CellReference($0, limits) }),
      let last = corners.last.flatMap({ CellReference($0, limits) }), first.row <= last.row,
      first.column <= last.column
    else {
      let range = quoted(String(decoding: written, as: UTF8.self))
      throw SheetProblem.damaged(
        part, "병합한 범위 \(range)를 알 수 없습니다.", "the merged range \(range) is none.")
    }
    guard first.row < last.row, first.column < limits.usedColumns else { return }
    guard merges.count < limits.merges else {
      throw SheetProblem.tooLarge(
        "병합한 칸이 \(limits.merges)개를 넘습니다.",
        "There are more than \(limits.merges) merged cells.")
    }
    merges.append(MergedCell(column: first.column, firstRow: first.row, lastRow: last.row))
  }
}

extension SheetCell {
  /// How long what it holds is, in UTF-8.
  var textBytes: Int {
    switch self {
    case .text(let text), .number(let text, _), .error(let text): text.utf8.count
    case .empty, .date, .truth: 0
    }
  }
}

/// What was read, in quotation marks, short.
func quoted(_ read: String) -> String {
  let short = read.unicodeScalars.prefix(40)
  let isCut = short.count < read.unicodeScalars.count
  return "\"\(String(String.UnicodeScalarView(short)))\(isCut ? "…" : "")\""
}
