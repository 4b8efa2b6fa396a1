import FundModel
package import Sheets

/// A sheet read by a layout: the table that an import takes, and the sums that the sheet itself states.
package struct LaidOutSheet: Sendable {
  package let layout: SheetLayout
  private let sheet: any Sheet
  private let file: String

  /// - Parameter file: what the file is called that the sheet stands in.
  package init(_ sheet: any Sheet, of file: String, _ layout: SheetLayout) {
    (self.sheet, self.file, self.layout) = (sheet, file, layout)
  }

  package var table: ImportTable {
    let columns = layout.columnsRead
    let headings = Dictionary(
      uniqueKeysWithValues: columns.map { ($0, layout.format.name(of: $0).ko) })
    return ImportTable(
      layout.format, name: sheet.name, file: file, columns: columns, headings: headings
    ) { body in
      try read { row in
        guard !isTotal(row) else { return }
        try body(line(row, columns))
      }
    }
  }

  /// The sums that a 합계 row states, by column of the format, scaled like the amounts; the last such
  /// row counts.
  package func statedTotals() throws -> [String: String] {
    var totals: [String: String] = [:]
    try read { row in
      guard isTotal(row) else { return }
      for column in layout.format.amountColumns {
        guard let place = layout.columns[column] else { continue }
        if case .success(let text) = text(row[place], of: column), !text.isEmpty {
          totals[column] = text
        }
      }
    }
    return totals
  }

  private func read(_ body: (SheetRow) throws -> Void) throws {
    try sheet.read { row in
      if row.number > layout.headingRow, !isNote(row) { try body(row) }
    }
  }

  /// A sum or a sum in between: its first text says so.
  private func isTotal(_ row: SheetRow) -> Bool {
    guard case .text(let text)? = row.cells.first(where: { $0 != .empty }) else { return false }
    let word = text.filter { !$0.isWhitespace }.lowercased()
    return ["합계", "총계", "총합계", "소계", "계", "total", "grandtotal", "subtotal", "sum"].contains(word)
  }

  /// Below a table people write notes: a single text, in no column that matters, or behind a mark.
  private func isNote(_ row: SheetRow) -> Bool {
    let filled = row.cells.filter { $0 != .empty }
    guard filled.count <= 1 else { return false }
    guard case .text(let text)? = filled.first else { return filled.isEmpty }
    return layout.columnsRead.count > 1
      && (["※", "*", "주)", "주:", "note", "Note"].contains { text.hasPrefix($0) }
        || !layout.columns.values.contains { row[$0] != .empty })
  }

  private func line(_ row: SheetRow, _ columns: [String]) -> ImportTable.Line {
    var texts: [String] = []
    for column in columns {
      guard let place = layout.columns[column] else {
        texts.append(layout.fixed[column] ?? SheetLayout.implied[column] ?? "")
        continue
      }
      switch text(row[place], of: column) {
      case .success(let text): texts.append(text)
      case .failure(let problem):
        return .problem(
          number: row.number,
          column: "\(layout.format.name(of: column).ko) (\(columnLetters(place)))",
          problem.sentence)
      }
    }
    return .row(number: row.number, texts: texts)
  }

  private struct UnreadCell: Error { let sentence: Phrase }

  private func text(_ cell: SheetCell, of column: String) -> Result<String, UnreadCell> {
    let isAmount = layout.format.amountColumns.contains(column)
    switch cell {
    case .empty: return .success("")
    case .text(let text):
      return .success(isAmount ? ScaledAmount.text(text, layout.unit) : meaning(of: text, column))
    case .number(let digits, isPercent: true):
      return .success(ScaledAmount.shifted(digits, by: 2).map { "\($0)%" } ?? digits)
    case .number(let digits, isPercent: false):
      return .success(
        isAmount ? ScaledAmount.text(digits, layout.unit) : meaning(of: digits, column))
    case .date(let day): return .success(day.description)
    case .truth(let flag): return .success(flag ? "TRUE" : "FALSE")
    case .error(let error):
      return .failure(
        UnreadCell(
          sentence: Phrase(
            "칸에 오류 값 ‘\(error)’이(가) 있습니다. 수식을 고친 뒤 다시 저장하세요.",
            "The cell holds the error “\(error)”; mend its formula and save the file again.")))
    }
  }

  /// Words that people write for what an import knows by one name.
  private func meaning(of text: String, _ column: String) -> String {
    let word = Heading(text).folded
    switch column {
    case "call_no":
      let digits = text.filter { $0.isASCII && $0.isNumber }
      return !digits.isEmpty && (text.contains("차") || text.contains("회")) ? digits : text
    case "kind":
      return [
        "납입": "payment", "투자": "payment", "입금": "payment", "반환": "refund", "환급": "refund",
        "취소": "reversal", "payment": "payment", "refund": "refund", "reversal": "reversal",
      ][word] ?? text
    case "side":
      return [
        "조합원": "partners", "출자": "partners", "투자": "investments", "partners": "partners",
        "investments": "investments",
      ][word] ?? text
    case "status":
      return [
        "결성전": "forming", "결성예정": "forming", "운용중": "active", "운용": "active", "투자중": "active",
        "해산": "dissolved", "청산": "dissolved", "forming": "forming", "active": "active",
        "dissolved": "dissolved",
      ][word] ?? text
    default: return text
    }
  }
}

/// Amounts of a sheet that counts in thousands or millions.
enum ScaledAmount {
  /// A plain number is scaled; what names its own unit, such as `1.5억`, is not.
  static func text(_ text: String, _ unit: SheetUnit) -> String {
    guard unit != .one else { return text }
    return shifted(text, by: unit.places) ?? text
  }

  /// The decimal point moved to the right, exactly: `-1,234.5` by 3 is `-1234500`; `(12)` is `-12`.
  ///
  /// - Returns: `nil` for what is no plain number.
  static func shifted(_ text: String, by places: Int) -> String? {
    var digits = text.filter { !$0.isWhitespace && $0 != "," }
    var sign = ""
    if digits.hasPrefix("("), digits.hasSuffix(")") {
      digits = "-" + digits.dropFirst().dropLast()
    }
    if let first = digits.first, "-−△▲".contains(first) {
      sign = "-"
      digits.removeFirst()
    }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2 else { return nil }
    let decimals = parts.dropFirst().first ?? ""
    guard !(whole.isEmpty && decimals.isEmpty),
      (whole + decimals).allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    let padded = decimals + String(repeating: "0", count: max(0, places - decimals.count))
    let moved = String((whole + padded.prefix(places)).drop { $0 == "0" })
    let rest = String(padded.dropFirst(places))
    let isWhole = rest.allSatisfy { $0 == "0" }
    return sign + (moved.isEmpty ? "0" : moved) + (isWhole ? "" : "." + rest)
  }
}
