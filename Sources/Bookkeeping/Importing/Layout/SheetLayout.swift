package import FundModel

/// How one sheet is read: what it holds, where its headings stand, which of its columns is which, and
/// what its amounts are counted in. Guessed from the sheet, corrected by a person.
package struct SheetLayout: Hashable, Sendable {
  package var format: BooksFormat
  /// The row of the headings; rows above it are titles.
  package var headingRow: Int
  /// The sheet's column, counted from 0, of each column of the format that it has.
  package var columns: [String: Int]
  package var unit: SheetUnit
  /// Where headings state units of their own that differ: by column.
  package var columnUnits: [String: SheetUnit] = [:]
  /// What a column says in every row, where the sheet has none for it: such as the fund that stands in
  /// its title.
  package var fixed: [String: String]

  package init(
    format: BooksFormat, headingRow: Int, columns: [String: Int], unit: SheetUnit = .one,
    fixed: [String: String] = [:]
  ) {
    self.format = format
    self.headingRow = headingRow
    self.columns = columns
    self.unit = unit
    self.fixed = fixed
  }

  /// Columns that the format needs and the layout has no place for.
  package var missing: [String] {
    format.required.filter { columns[$0] == nil && fixed[$0] == nil && Self.implied[$0] == nil }
  }

  /// What is meant where nothing is said: a list of payments is one of payments.
  package static let implied = ["kind": "payment"]

  /// In the order of the format; columns that a sheet needs first of all.
  package var columnsRead: [String] {
    format.columns.filter {
      columns[$0] != nil || fixed[$0] != nil
        || (format.required.contains($0) && Self.implied[$0] != nil)
    }
  }
}

extension BooksFormat {
  /// Columns that hold amounts of money.
  package var amountColumns: Set<String> {
    switch self {
    case .funds: ["commitment_total", "gp_commitment"]
    case .partners: ["commitment", "stated_paid_in"]
    case .stagedInvestments: ["commitment"]
    case .parties, .companies, .cancellations: []
    default: ["amount"]
    }
  }

  package func name(of column: String) -> Phrase { Headings.name(of: column, in: self) }
}
