import FundModel
package import Sheets

/// Ends the reading of a sheet of which enough was seen.
struct Enough: Error {}

/// What can be seen of a sheet without reading all of it: enough to guess how it is to be read, and to
/// show it to a person who knows.
package struct SheetLook: Sendable {
  package let name: String
  package let isHidden: Bool
  /// The first rows that hold something.
  package let rows: [SheetRow]

  package static let most = 40

  package init(_ sheet: some Sheet) throws {
    var rows: [SheetRow] = []
    do {
      try sheet.read { row in
        rows.append(row)
        if rows.count == Self.most { throw Enough() }
      }
    } catch is Enough {}
    (name, isHidden, self.rows) = (sheet.name, sheet.isHidden, rows)
  }

  /// The mark of our own exports, where this is its sheet.
  package var mark: BooksMark? {
    guard rows.count == 2, texts(of: rows[0]) == BooksMark.columns else { return nil }
    return BooksMark(texts: texts(of: rows[1]))
  }

  private func texts(of row: SheetRow) -> [String] {
    row.cells.map { cell in
      switch cell {
      case .text(let text): text
      case .number(let digits, _): digits
      default: ""
      }
    }
  }

  package func row(_ number: Int) -> SheetRow? { rows.first { $0.number == number } }

  /// How the sheet is likely to be read.
  ///
  /// - Parameter funds: names of funds, by one of which a title may say whose sheet it is.
  /// - Returns: `nil` where no row looks like headings of anything that books hold.
  package func guess(funds: [String]) -> SheetLayout? {
    var best: (layout: SheetLayout, score: Int)?
    for row in rows where row.cells.count(where: { $0.isText }) > 1 {
      let headings = Self.headings(of: row)
      for format in BooksFormat.allCases {
        guard let (layout, score) = layout(row, headings, format, funds),
          format != .stagedInvestments || !Self.isReport(headings),
          // One word among many makes no list of names.
          format.required.count > 1 || layout.columns.count * 2 >= headings.count
        else { continue }
        if score > best?.score ?? 0 { best = (layout, score) }
      }
    }
    return best?.layout
  }

  /// What a sheet that ``guess(funds:)`` makes nothing of nearly is: one column is lacking.
  package func nearGuess(funds: [String]) -> SheetLayout? {
    BooksFormat.allCases.compactMap { format in
      rows.compactMap { row in
        layout(row, Self.headings(of: row), format, funds, evenIfLacking: true)
      }.filter { $0.layout.missing.count == 1 && $0.layout.columns.count > 1 }
        .max { $0.score < $1.score }
    }.max { $0.score < $1.score }?.layout
  }

  /// The names of funds that the first rows of a list of funds introduce.
  package func fundNames(in layout: SheetLayout?) -> [String] {
    guard let layout, layout.format == .funds, let place = layout.columns["name"] else { return [] }
    return rows.filter { $0.number > layout.headingRow }.compactMap { row in
      if case .text(let name) = row[place] { name } else { nil }
    }
  }

  /// The layout of one kind, by the row that fits it best: for a person who knows what the sheet holds.
  package func guess(_ format: BooksFormat, funds: [String]) -> SheetLayout? {
    rows.compactMap { layout($0, Self.headings(of: $0), format, funds, evenIfLacking: true) }
      .max { $0.score < $1.score }?.layout
  }

  /// The layout of one kind by the headings of one row: for a person who knows both.
  ///
  /// - Returns: `nil` where the row has no heading of that kind.
  package func guess(_ format: BooksFormat, headingRow: Int, funds: [String]) -> SheetLayout? {
    row(headingRow).flatMap {
      layout($0, Self.headings(of: $0), format, funds, evenIfLacking: true)?.layout
    }
  }

  /// What was promised beside what was invested is a report on companies, as our own exports have one:
  /// no list of promises to take, unless a person says so.
  private static func isReport(_ headings: [(place: Int, heading: Heading)]) -> Bool {
    headings.contains { _, heading in
      Headings.columns(meantBy: heading, in: .investments).contains("amount")
    }
  }

  private static func headings(of row: SheetRow) -> [(place: Int, heading: Heading)] {
    row.cells.enumerated().compactMap { place, cell in
      if case .text(let text) = cell { (place, Heading(text)) } else { nil }
    }
  }

  /// - Returns: `nil` where too little of the row is a heading of that format.
  private func layout(
    _ row: SheetRow, _ headings: [(place: Int, heading: Heading)], _ format: BooksFormat,
    _ funds: [String], evenIfLacking: Bool = false
  ) -> (layout: SheetLayout, score: Int)? {
    var columns: [String: Int] = [:]
    var units: [String: SheetUnit] = [:]
    for (place, heading) in headings {
      guard
        let column = Headings.columns(meantBy: heading, in: format).first(where: {
          columns[$0] == nil
        })
      else { continue }
      columns[column] = place
      if format.amountColumns.contains(column), let unit = heading.unit { units[column] = unit }
    }
    guard !columns.isEmpty else { return nil }
    // Asked of every row for every format, before the titles above are looked through.
    let lacking = format.required.filter {
      columns[$0] == nil && SheetLayout.implied[$0] == nil && $0 != "fund"
    }
    guard evenIfLacking || lacking.isEmpty else { return nil }
    var layout = SheetLayout(format: format, headingRow: row.number, columns: columns)
    if format.required.contains("fund"), columns["fund"] == nil,
      let fund = fund(among: funds, above: row.number)
    {
      layout.fixed["fund"] = fund
    }
    let ofAll = unit(above: row.number)
    if Set(units.values).count == 1, let unit = units.values.first, ofAll ?? unit == unit {
      layout.unit = unit
    } else {
      layout.unit = ofAll ?? .one
      layout.columnUnits = units
    }
    let found = format.required.count { columns[$0] != nil }
    guard layout.missing.isEmpty || (evenIfLacking && !columns.isEmpty) else { return nil }
    // What a format needs says more of a sheet than what it may have.
    return (layout, found * 10 + columns.count - layout.missing.count * 5)
  }

  private func titles(above row: Int) -> [String] {
    let above = rows.filter { $0.number < row }.flatMap(\.cells).compactMap { cell in
      if case .text(let text) = cell { text } else { nil }
    }
    return above + [name]
  }

  func unit(above row: Int) -> SheetUnit? {
    titles(above: row).compactMap { SheetUnit(in: $0) }.first
  }

  /// The fund whose name a title holds, the longest where several do.
  func fund(among funds: [String], above row: Int) -> String? {
    let titles = titles(above: row).map(\.foldedName)
    return funds.filter { fund in titles.contains { $0.contains(fund.foldedName) } }
      .max { $0.count < $1.count }
  }
}

extension SheetCell {
  fileprivate var isText: Bool {
    if case .text = self { true } else { false }
  }
}
