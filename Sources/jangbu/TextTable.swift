/// A table of plain text, aligned for the eye. Hangul takes two places of a terminal.
struct TextTable {
  private let isNumber: [Bool]
  private var rows: [[String]]

  /// - Parameter columns: headings, and whether the column holds numbers, which go to the right.
  init(columns: [(heading: String, isNumber: Bool)]) {
    isNumber = columns.map(\.isNumber)
    rows = [columns.map(\.heading)]
  }

  /// Missing cells at the end are empty.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  var text: String {
    let widths = isNumber.indices.map { column in
      rows.map { $0.indices.contains(column) ? Self.width(of: $0[column]) : 0 }.max() ?? 0
    }
    return rows.map { cells in
      var line = ""
      for column in isNumber.indices {
        let cell = cells.indices.contains(column) ? cells[column] : ""
        let gap = String(repeating: " ", count: widths[column] - Self.width(of: cell))
        line += (column > 0 ? "  " : "") + (isNumber[column] ? gap + cell : cell + gap)
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// Places on a terminal: two for East Asian wide characters (Unicode Standard Annex 11).
  static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        width + 2
      default:
        scalar.properties.generalCategory == .nonspacingMark ? width : width + 1
      }
    }
  }
}
