/// One row of a sheet: its number as the spreadsheet shows it (in CSV: the line on which it
/// starts), and its cells from column A on, without empty ones at the end.
package struct SheetRow: Hashable, Sendable {
  /// From 1.
  package let number: Int
  package let cells: [SheetCell]

  package init(number: Int, cells: [SheetCell]) {
    self.number = number
    self.cells = cells
  }

  /// The cell of a column counted from 0; `.empty` where there is none.
  package subscript(column: Int) -> SheetCell {
    cells.indices.contains(column) ? cells[column] : .empty
  }

  /// Whether the row holds nothing.
  package var isBlank: Bool { cells.allSatisfy { $0 == .empty } }
}

/// One sheet of a workbook: what a person sees on its tab, and its rows, which are read one after
/// the other as often as they are asked for. A CSV file is one sheet with the file's name.
package protocol Sheet: Sendable {
  var name: String { get }
  var isHidden: Bool { get }
  /// Gives each row that holds something to `body`, from the top, until it throws.
  func read(_ body: (SheetRow) throws -> Void) throws
}

/// A sheet whose rows are in memory.
package struct ListedSheet: Sheet, Hashable {
  package let name: String
  package let isHidden: Bool
  package let rows: [SheetRow]

  package init(name: String, isHidden: Bool = false, rows: [SheetRow]) {
    self.name = name
    self.isHidden = isHidden
    self.rows = rows
  }

  package func read(_ body: (SheetRow) throws -> Void) throws { try rows.forEach(body) }
}

/// `A` for 0, `Z` for 25, `AA` for 26: a column as the spreadsheet names it.
package func columnLetters(_ column: Int) -> String {
  var rest = column
  var letters = ""
  repeat {
    let digit = Unicode.Scalar(UInt8(65 + rest % 26))
    letters = String(Character(digit)) + letters
    rest = rest / 26 - 1
  } while rest >= 0
  return letters
}
