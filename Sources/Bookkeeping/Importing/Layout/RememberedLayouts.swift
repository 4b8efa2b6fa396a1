import FundModel
package import Sheets

/// How people had sheets read before, found again by the texts of their headings. The unit is not
/// remembered: it is what each sheet says, and nothing is multiplied that says nothing.
package struct RememberedLayouts: Sendable {
  private let mappings: [String: String]

  package init(_ kept: [ImportLayout]) {
    mappings = Dictionary(
      kept.map { ($0.fingerprint, $0.mapping) }, uniquingKeysWith: { first, _ in first })
  }

  /// The layout of a sheet whose headings were seen before. Its unit and its fund are what the sheet
  /// itself says of them.
  func layout(of look: SheetLook, funds: [String]) -> SheetLayout? {
    guard !mappings.isEmpty else { return nil }
    for row in look.rows {
      guard let mapping = mappings[SheetLayout.fingerprint(of: row)],
        var layout = SheetLayout(text: mapping, headingRow: row.number)
      else { continue }
      if let now = look.guess(layout.format, headingRow: row.number, funds: funds) {
        (layout.unit, layout.columnUnits) = (now.unit, now.columnUnits)
      } else {
        layout.unit = look.unit(above: row.number) ?? .one
      }
      if layout.format.required.contains("fund"), layout.columns["fund"] == nil,
        let fund = look.fund(among: funds, above: row.number)
      {
        layout.fixed["fund"] = fund
      }
      return layout
    }
    return nil
  }
}

extension SheetLook {
  /// How the sheet is to be read: as one with these headings was before, else as its headings say.
  package func guess(funds: [String], _ remembered: RememberedLayouts) -> SheetLayout? {
    remembered.layout(of: self, funds: funds) ?? guess(funds: funds)
  }
}

extension SheetLayout {
  /// What is remembered of it: a line for what the sheet holds, and one for each column.
  package var text: String {
    let lines =
      ["format \(format.rawValue)"]
      + columns.sorted { $0.key < $1.key }.map { "column \($0.key) \($0.value)" }
    return lines.joined(separator: "\n")
  }

  /// - Returns: `nil` for a text that ``text`` never writes.
  init?(text: String, headingRow: Int) {
    var format: BooksFormat?
    var columns: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("format", 2): format = BooksFormat(rawValue: words[1])
      case ("column", 3): columns[words[1]] = Int(words[2]).flatMap { $0 < 0 ? nil : $0 }
      default: return nil
      }
    }
    guard let format, !columns.isEmpty,
      columns.keys.allSatisfy(format.columns.contains)
    else { return nil }
    self.init(format: format, headingRow: headingRow, columns: columns)
  }

  /// Tells sheets with these headings from others; the same for any case, spaces and units.
  package static func fingerprint(of headings: SheetRow) -> String {
    let words = headings.cells.map { cell in
      if case .text(let text) = cell { Heading(text).folded } else { "" }
    }
    return SHA256.hex(of: Array(words.joined(separator: "\n").utf8))
  }
}
