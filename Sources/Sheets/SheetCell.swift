package import FundModel

/// What stands in one cell of a sheet, as a person sees it, before anyone asks what it means.
package enum SheetCell: Hashable, Sendable {
  case empty
  /// In Unicode's composed form (NFC), trimmed; never the empty text.
  case text(String)
  /// The shortest decimal that names the number kept, such as `-1234.5`: a spreadsheet keeps 15
  /// digits. Percentages are kept as fractions; `isPercent` says that the cell shows per cent.
  case number(String, isPercent: Bool)
  /// A number whose format shows a day; a time of day is cut off.
  case date(CalendarDate)
  case truth(Bool)
  /// An error of a formula, such as `#N/A`.
  case error(String)
}
