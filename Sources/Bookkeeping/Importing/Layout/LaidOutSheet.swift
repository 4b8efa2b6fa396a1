import FundModel
package import Sheets

/// A sheet read by a layout: the table that an import takes, and the sums that the sheet itself states.
package struct LaidOutSheet: Sendable {
  package let layout: SheetLayout
  private let sheet: any Sheet
  private let file: String
  private let fundPlace: Int?
  private let dayPlaces: [Int]

  /// - Parameter file: what the file is called that the sheet stands in.
  package init(_ sheet: any Sheet, of file: String, _ layout: SheetLayout) {
    (self.sheet, self.file, self.layout) = (sheet, file, layout)
    fundPlace = layout.columns["fund"]
    dayPlaces = ["paid_date", "due_date", "notice_date", "investment_date", "effective_on"]
      .compactMap { layout.columns[$0] }
  }

  package var table: ImportTable {
    let columns = layout.columnsRead
    let cells = headingCells
    let headings = Dictionary(
      uniqueKeysWithValues: columns.map { column in
        let heading = layout.columns[column].flatMap { cells?[$0].asHeading }
        return (column, heading ?? layout.format.name(of: column).ko)
      })
    return ImportTable(
      layout.format, name: sheet.name, file: file, columns: columns, headings: headings,
      places: layout.columns
    ) { body in
      let readings = columns.map { ColumnReading($0, layout) }
      var block = RowBlock(layout)
      try read { row in
        guard sum(row) == nil else { return block.end() }
        try body(Self.line(block.filled(row), readings))
      }
    }
  }

  /// What the sheet itself calls its columns. Where it cannot be read, whoever reads its rows is told.
  private var headingCells: SheetRow? {
    var found: SheetRow?
    try? sheet.read { row in
      if row.number == layout.headingRow { found = row }
      if row.number >= layout.headingRow { throw Enough() }
    }
    return found
  }

  /// The sums that a 합계 row states, by column of the format, scaled like the amounts; the last such
  /// row counts, and no sum of a part.
  package func statedTotals() throws -> [String: String] {
    var totals: [String: String] = [:]
    let amounts = layout.format.amountColumns.filter { layout.columns[$0] != nil }
      .map { ColumnReading($0, layout) }
    try read { row in
      guard sum(row) == .ofAll else { return }
      for column in amounts {
        if let text = try? column.text(of: row), !text.isEmpty { totals[column.name] = text }
      }
    }
    return totals
  }

  private func read(_ body: (SheetRow) throws -> Void) throws {
    try sheet.read { row in
      if row.number > layout.headingRow, !isNote(row) { try body(row) }
    }
  }

  private enum Sum { case ofAll, ofPart }

  /// A sum or a sum in between: its first text says so, or the one behind its fund, where that is
  /// merged over it.
  private func sum(_ row: SheetRow) -> Sum? {
    guard let place = row.cells.firstIndex(where: { !$0.isEmpty }),
      // What happened on a day is no sum, whatever somebody is called.
      !dayPlaces.contains(where: { !row[$0].isEmpty })
    else { return nil }
    if let sum = Self.sum(row[place]) { return sum }
    guard place == fundPlace,
      let behind = row.cells[(place + 1)...].first(where: { !$0.isEmpty })
    else { return nil }
    return Self.sum(behind).map { _ in .ofPart }
  }

  private static func sum(_ cell: SheetCell) -> Sum? {
    // Longer texts say more than that. All these words end in one of a few letters, which is seen at
    // once: this is asked of every row.
    guard case .text(let text) = cell, text.utf8.count <= 60,
      let last = text.utf8.last, "lLmM".utf8.contains(last) || last == "계".utf8.last
    else { return nil }
    let word = text.filter { !$0.isWhitespace }.lowercased()
    if ["합계", "총계", "총합계", "계", "total", "grandtotal", "sum"].contains(word) { return .ofAll }
    // Such as `하이테크1호조합 소계`: of one block.
    return word == "subtotal" || word.hasSuffix("소계") || word.hasSuffix("합계") ? .ofPart : nil
  }

  /// Below a table people write notes: a single text, in no column that matters, or behind a mark.
  private func isNote(_ row: SheetRow) -> Bool {
    guard let first = row.cells.firstIndex(where: { !$0.isEmpty }) else { return true }
    guard !row.cells[(first + 1)...].contains(where: { !$0.isEmpty }),
      case .text(let text) = row[first]
    else { return false }
    // Our own exports end with the seal of the books.
    if text.hasPrefix("※") { return true }
    return layout.columnsRead.count > 1
      && (["*", "주)", "주:", "note", "Note"].contains { text.hasPrefix($0) }
        || !layout.columns.values.contains { row[$0] != .empty })
  }

  private static func line(
    _ filled: (row: SheetRow, carried: [String]), _ columns: [ColumnReading]
  ) -> ImportTable.Line {
    let row = filled.row
    var texts: [String] = []
    var unread: [ImportTable.UnreadColumn] = []
    texts.reserveCapacity(columns.count)
    for column in columns {
      do throws(UnreadCell) { texts.append(try column.text(of: row)) } catch {
        texts.append("")
        unread.append(.init(column: column.name, sentence: error.sentence))
      }
    }
    return unread.isEmpty
      ? .row(number: row.number, texts: texts, carried: filled.carried)
      : .unread(number: row.number, texts: texts, cells: unread)
  }
}

/// Carries what people write once for several rows, as in a merged cell, to the rows directly below
/// that leave it empty: the fund, and what the items of one call share. Up to a blank line, a sum or a
/// note.
private struct RowBlock {
  private let fund: Int?
  private let call: CallColumns?
  /// The row above, as it was read.
  private var above: SheetRow?

  init(_ layout: SheetLayout) {
    fund = layout.columns["fund"]
    call = CallColumns(layout)
  }

  /// - Returns: the row with what it shares with the one above, and which columns it left empty.
  mutating func filled(_ row: SheetRow) -> (row: SheetRow, carried: [String]) {
    // Asked of every row: most of them lack nothing.
    guard fund.map({ row[$0].isEmpty }) ?? false || call?.isLacking(in: row) ?? false,
      let above, above.isDirectlyAbove(row)
    else {
      self.above = row
      return (row, [])
    }
    var places: [(name: String, place: Int)] = []
    if let fund, row[fund].isEmpty, !above[fund].isEmpty { places.append(("fund", fund)) }
    if let call, fund.map({ row[$0].isEmpty || row[$0] == above[$0] }) ?? true {
      places += call.shared(by: row, and: above)
    }
    guard !places.isEmpty else {
      self.above = row
      return (row, [])
    }
    var cells = row.cells
    for (_, place) in places {
      while cells.count <= place { cells.append(.empty) }
      cells[place] = above[place]
    }
    let filled = SheetRow(number: row.number, cells: cells)
    self.above = filled
    return (filled, places.map(\.name))
  }

  mutating func end() { above = nil }
}

/// Where a list of calls and items says what all items of one call share.
private struct CallColumns {
  private let number: Int
  private let shared: [(name: String, place: Int)]
  private let partner: Int
  private let amount: Int
  private let side: Int?

  /// - Returns: `nil` for a sheet of something else.
  init?(_ layout: SheetLayout) {
    guard layout.format == .capitalCallItems, let number = layout.columns["call_no"],
      let partner = layout.columns["partner"], let amount = layout.columns["amount"]
    else { return nil }
    (self.number, self.partner, self.amount) = (number, partner, amount)
    side = layout.columns["side"]
    shared = ["call_type", "notice_date", "due_date"].compactMap { name in
      layout.columns[name].map { (name, $0) }
    }
  }

  /// Whether a row leaves any of it empty.
  func isLacking(in row: SheetRow) -> Bool {
    row[number].isEmpty || shared.contains { row[$0.place].isEmpty }
  }

  /// The columns that a row leaves to the row above: only where it is another item of the same call,
  /// and says nothing else of the call.
  func shared(by row: SheetRow, and above: SheetRow) -> [(name: String, place: Int)] {
    guard !row[partner].isEmpty, !row[amount].isEmpty, !above[number].isEmpty,
      row[number].isEmpty || row[number] == above[number],
      // A call on an investment asks one company alone.
      side.map({ row[$0] == above[$0] && ColumnReading.meansPartners(row[$0]) }) ?? true
    else { return [] }
    let lacking = shared.filter { row[$0.place].isEmpty && !above[$0.place].isEmpty }
    guard row[number].isEmpty else { return lacking }
    // Without its number it may be another call: not where it says the same, or nothing.
    let differs = shared.contains { !row[$0.place].isEmpty && row[$0.place] != above[$0.place] }
    return differs ? [] : [("call_no", number)] + lacking
  }
}

extension SheetRow {
  /// In a CSV file a row takes as many lines as its texts do.
  fileprivate func isDirectlyAbove(_ other: SheetRow) -> Bool {
    let breaks = cells.reduce(0) { count, cell in
      if case .text(let text) = cell { count + text.count(where: \.isNewline) } else { count }
    }
    return other.number <= number + 1 + breaks
  }
}

extension SheetCell {
  fileprivate var isEmpty: Bool {
    if case .empty = self { true } else { false }
  }

  /// A heading's text; `nil` where it is none.
  fileprivate var asHeading: String? {
    switch self {
    case .text(let text): text
    case .number(let digits, _): digits
    case .date(let day): day.description
    case .empty, .truth, .error: nil
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
