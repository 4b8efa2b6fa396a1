package import FundModel

/// A workbook to be written, sheet by sheet, as people expect one: titles above a table with a
/// header that stays, formats, and a row of totals.
package struct OutBook: Sendable {
  package let sheets: [OutSheet]
  /// Said in the file to be the day on which it was made: equal books give equal bytes.
  package let created: CalendarDate

  package init(created: CalendarDate, sheets: [OutSheet]) {
    (self.created, self.sheets) = (created, sheets)
  }
}

/// One sheet of it.
package struct OutSheet: Sendable {
  /// Made to fit what spreadsheets allow, and told from the other names, when it is written.
  package var name: String
  /// Lines above the table: first what it is, then such as `기준일 2026-02-14 · 단위: 백만원`.
  package var titles: [String] = []
  package var columns: [OutColumn]
  /// Below the table; empty for none.
  package var totals: [OutCell] = []
  /// Lines below the totals: what marks in the table mean.
  package var notes: [String] = []
  /// How many columns stay in view beside what is scrolled.
  package var frozenColumns = 0
  /// At the foot of each printed page, beside its number.
  package var footer = ""
  /// Whether readers get arrows at the headings with which to filter.
  package var isFiltered = true
  package var isHidden = false
  /// Gives each row to its argument, from the top.
  package var rows: @Sendable (_ body: ([OutCell]) throws -> Void) throws -> Void

  package init(
    _ name: String, columns: [OutColumn],
    rows: @escaping @Sendable (_ body: ([OutCell]) throws -> Void) throws -> Void
  ) {
    (self.name, self.columns, self.rows) = (name, columns, rows)
  }

  package init(_ name: String, columns: [OutColumn], rows: [[OutCell]]) {
    self.init(name, columns: columns) { try rows.forEach($0) }
  }
}

package struct OutColumn: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case text
    /// Without separators, such as a number in a list.
    case integer
    /// With separators and so many decimals, red where negative; the cell holds the exact amount,
    /// whatever it is shown in.
    case amount(decimals: Int, shownIn: OutUnit = .one)
    /// Of fractions: 0.4055 is shown as `40.55%`.
    case percent(decimals: Int)
    case date
  }

  package let heading: String
  package let kind: Kind
  /// In characters, about; Korean ones count twice.
  package let width: Double

  package init(_ heading: String, _ kind: Kind, width: Double) {
    (self.heading, self.kind, self.width) = (heading, kind, width)
  }
}

/// How many of a currency's major unit are shown as one.
package enum OutUnit: Hashable, Sendable {
  case one, thousand, million
  /// With two decimals.
  case hundredMillion
}

/// What is to stand in a cell.
///
/// Spreadsheets keep numbers as doubles, of which they show 15 digits. A number with more of them
/// is written as text, so that what is read is what was written, to the last unit.
package enum OutCell: Hashable, Sendable {
  case empty
  /// Never run as a formula, whatever it begins with.
  case text(String)
  /// Digits, perhaps a minus before them, perhaps a point and digits behind them.
  case number(String)
  /// A number with so many decimals of its own, in a column of amounts of several currencies.
  case amount(String, decimals: Int)
  case date(CalendarDate)
  /// The sum of the column's rows, as a formula; the number is what it comes to.
  case sum(String)
  /// One cell of this row divided by another, by their columns from 0, as a formula, rounded as the
  /// column shows it; the number is what it comes to, `nil` where it is divided by nothing.
  case ratio(Int, by: Int, String?)

  /// The number that stands there, if one does.
  var number: String? {
    switch self {
    case .number(let number), .sum(let number), .amount(let number, _): number
    case .ratio(_, _, let number): number
    case .empty, .text, .date: nil
    }
  }
}

/// Why sheets cannot be written.
package struct OutProblem: Error, Hashable, Sendable {
  package let sentence: Phrase
  /// What is to be written is more than a workbook holds; else the file cannot be written.
  package let isTooMuch: Bool

  package init(sentence: Phrase, isTooMuch: Bool) {
    (self.sentence, self.isTooMuch) = (sentence, isTooMuch)
  }
}
