/// Writes records of a CSV file: fields quoted where they have to be, lines ended by CR and LF.
package struct CSVWriter {
  package private(set) var bytes: [UInt8]

  /// - Parameter marked: whether a byte order mark says that it is UTF-8: Excel wants one.
  package init(marked: Bool = true) { bytes = marked ? [0xEF, 0xBB, 0xBF] : [] }

  /// A table with what stands above and below it; ratios as people write them, `40.55%`.
  package mutating func add(_ sheet: OutSheet) throws {
    for title in sheet.titles { add([.text(title)]) }
    add(sheet.columns.map { .text($0.heading) })
    let percents = sheet.columns.map { if case .percent = $0.kind { true } else { false } }
    func asWritten(_ cells: [OutCell]) -> [OutCell] {
      zip(cells, percents).map { cell, isPercent in
        guard isPercent, let fraction = cell.number else { return cell }
        return .number(Self.percent(fraction))
      }
    }
    try sheet.rows { add(asWritten($0)) }
    if !sheet.totals.isEmpty { add(asWritten(sheet.totals)) }
    for note in sheet.notes { add([.text(note)]) }
  }

  /// A decimal as a percentage, digit for digit: `0.0623` is `6.23%`.
  static func percent(_ fraction: String) -> String {
    let isNegative = fraction.hasPrefix("-")
    let parts = fraction.drop { $0 == "-" }.split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var decimals = String(parts.dropFirst().first ?? "")
    while decimals.utf8.count < 2 { decimals.append("0") }
    let whole = ((parts.first ?? "") + decimals.prefix(2)).drop { $0 == "0" }
    let rest = decimals.dropFirst(2)
    return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole)
      + (rest.isEmpty ? "" : "." + rest) + "%"
  }

  /// Takes what was written so far, to be kept elsewhere.
  package mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Texts that a spreadsheet would run are kept from it: see ``CSVText``. Numbers and days are
  /// written as they are; formulas as what they come to.
  package mutating func add(_ cells: [OutCell]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch cell {
      case .text(let text): add(CSVText.writing(text))
      case .date(let day): add("\(day)")
      case .empty, .number, .amount, .sum, .ratio: add(cell.number ?? "")
      }
    }
    bytes.append(contentsOf: [0x0D, 0x0A])
  }

  /// A quote, a line break, and whatever may stand between fields somewhere.
  private static let quotedFor = Array("\",;\t|\n\r".utf8)

  private mutating func add(_ field: String) {
    guard field.utf8.contains(where: { Self.quotedFor.contains($0) }) else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
