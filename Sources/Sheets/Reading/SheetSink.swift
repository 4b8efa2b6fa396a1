/// Takes what is read of a file, in order: each sheet is begun, filled and ended.
package protocol SheetSink: AnyObject {
  func begin(sheet name: String, isHidden: Bool) throws
  /// Rows hold something and come in order of their numbers.
  func add(_ row: SheetRow) throws
  /// `merges` are the cells of the sheet that reach over several rows, from the top.
  func end(merges: [MergedCell]) throws
}

/// Cells of one column that are merged downwards: a name that stands for all its rows.
package struct MergedCell: Hashable, Sendable {
  /// From 0: the first column of what is merged; the others have no value.
  package let column: Int
  /// From 1.
  package let firstRow: Int
  package let lastRow: Int

  package init(column: Int, firstRow: Int, lastRow: Int) {
    self.column = column
    self.firstRow = firstRow
    self.lastRow = lastRow
  }
}

/// Gives the rows below the value of what is merged downwards over them.
///
/// Only texts and days are given on, such as a fund's name or a due date that stands for several
/// rows: a number that were given on would count several times. Rows that hold nothing else stay
/// blank.
package struct MergeFilling {
  private let merges: [MergedCell]
  private var next = 0
  private var active: [Int: (lastRow: Int, cell: SheetCell)] = [:]

  /// In any order.
  package init(_ merges: [MergedCell]) {
    self.merges = merges.sorted { ($0.firstRow, $0.column) < ($1.firstRow, $1.column) }
  }

  /// `row` with what reaches into it from above. Rows have to come in order.
  package mutating func filled(_ row: SheetRow) -> SheetRow {
    guard !merges.isEmpty else { return row }
    active = active.filter { $0.value.lastRow >= row.number }
    var cells = row.cells
    for (column, merged) in active where row[column] == .empty {
      while cells.count <= column { cells.append(.empty) }
      cells[column] = merged.cell
    }
    while next < merges.count, merges[next].firstRow <= row.number {
      let merge = merges[next]
      next += 1
      guard merge.firstRow == row.number, merge.lastRow > row.number else { continue }
      switch row[merge.column] {
      case .text, .date: active[merge.column] = (merge.lastRow, row[merge.column])
      case .empty, .number, .truth, .error: continue
      }
    }
    return SheetRow(number: row.number, cells: cells)
  }
}

/// Keeps the sheets in memory: for small ones.
package final class ListingSink: SheetSink {
  package private(set) var sheets: [ListedSheet] = []
  private var begun: (name: String, isHidden: Bool) = ("", false)
  private var rows: [SheetRow] = []

  package init() {}

  package func begin(sheet name: String, isHidden: Bool) {
    begun = (name, isHidden)
    rows = []
  }

  package func add(_ row: SheetRow) { rows.append(row) }

  package func end(merges: [MergedCell]) {
    var filling = MergeFilling(merges)
    let filled = rows.map { filling.filled($0) }
    sheets.append(ListedSheet(name: begun.name, isHidden: begun.isHidden, rows: filled))
  }
}
