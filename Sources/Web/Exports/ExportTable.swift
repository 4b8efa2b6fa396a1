import FundModel
import Sheets

/// A table of an export, with the columns and figures of the page that shows it.
struct ExportTable: Sendable {
  /// What stands below a column.
  enum Total: Hashable, Sendable {
    case nothing
    case value(ShownValue)
    /// The sum of the column's rows, which comes to this.
    case sum(ShownValue)
    /// One sum divided by another, by their columns.
    case ratio(Int, by: Int, Percent?)
  }

  struct Column: Sendable {
    let heading: Phrase
    var total = Total.nothing
  }

  /// Of its tab.
  var name: Phrase
  /// What it is, above the table.
  var title: String
  var columns: [Column]
  var rows: [[ShownValue]]
  /// What marks in it mean, below it.
  var notes: [Phrase] = []
  var frozenColumns = 1

  /// As a sheet of a workbook.
  func sheet(_ setting: ExportSetting) -> OutSheet {
    let wording = setting.wording
    let made = columns.enumerated().map { index, column in
      let heading = wording(column.heading)
      return OutColumn(
        heading, kind(of: index, wording.unit), width: width(of: index, heading, wording))
    }
    let cells = rows.map { row in row.map { $0.cell(wording) } }
    var sheet = OutSheet(wording(name), columns: made, rows: cells)
    sheet.titles = [title, setting.line(unitsOf: self)]
    if columns.contains(where: { $0.total != .nothing }) {
      sheet.totals = columns.map { $0.total.cell(wording) }
    }
    sheet.notes = notes.map { "※ " + wording($0) } + setting.trailHead
    sheet.frozenColumns = frozenColumns
    sheet.footer = "\(title) · \(wording(.asOf(setting.referenceDate)))"
    return sheet
  }

  /// The currencies of its amounts.
  var currencies: [Currency] {
    var found: [Currency] = []
    for value in rows.joined() + columns.compactMap(\.total.shown) {
      if case .amount(let amount) = value, !found.contains(amount.currency) {
        found.append(amount.currency)
      }
    }
    return found
  }

  private func values(of column: Int) -> [ShownValue] {
    rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      + [columns[column].total.shown].compactMap(\.self)
  }

  /// Rates are agreed with one decimal or more: the column shows as many as the longest has.
  private func kind(of column: Int, _ unit: DisplayUnit) -> OutColumn.Kind {
    let kinds = values(of: column).map { $0.kind(unit) }
    let percents = kinds.compactMap { kind in
      if case .percent(let decimals) = kind { decimals } else { nil }
    }
    if let most = percents.max() { return .percent(decimals: most) }
    return kinds.first { $0 != .text } ?? .text
  }

  private func width(of column: Int, _ heading: String, _ wording: Wording) -> Double {
    // A heading may take two lines where its words allow it.
    let words = heading.split(separator: " ").map { characterWidth(String($0)) }.max() ?? 0
    let longest = values(of: column).map { characterWidth($0.text(wording)) }.max() ?? 0
    return Double(min(max(words + 2, longest + 2, 6), 42))
  }
}

extension ExportTable.Total {
  /// What it shows.
  fileprivate var shown: ShownValue? {
    switch self {
    case .nothing: nil
    case .value(let value), .sum(let value): value
    case .ratio(_, _, let percent): .ratio(percent)
    }
  }

  fileprivate func cell(_ wording: Wording) -> OutCell {
    switch self {
    case .nothing: .empty
    case .value(let value): value.cell(wording)
    case .sum(let value):
      if case .number(let number) = value.cell(wording) { .sum(number) } else { .empty }
    case .ratio(let top, by: let bottom, let percent):
      .ratio(top, by: bottom, percent?.fraction(decimals: 2))
    }
  }
}

/// What an export is of, besides its tables.
struct ExportSetting: Sendable {
  let wording: Wording
  let referenceDate: CalendarDate
  /// The moment whose knowledge it shows, as it was asked for.
  var knownAt: String?
  /// The head of the trail that it rests on, as printed pages say it; empty for a partner.
  var trailHead: [String] = []
  /// Amounts are shown as they are, without a format that leaves out digits.
  var showsAll = false

  /// The date and the unit, which stand above every table.
  func line(unitsOf table: ExportTable) -> String {
    let known = knownAt.map { "\(wording(.knownAt)) \($0)" }
    let units = Phrase.units(table.currencies, wording.unit, showsAll: showsAll)
    return [wording(.asOf(referenceDate)), known, units.map { wording($0) }]
      .compactMap(\.self).joined(separator: " · ")
  }
}

/// How wide a text is, in digits: Korean letters are about twice as wide.
private func characterWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
}
