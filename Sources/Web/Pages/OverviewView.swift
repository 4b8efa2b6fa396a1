package import FundModel

/// How the overview is looked at: the unit, the funds, their order.
package struct OverviewView: Hashable, Sendable {
  package let unit: DisplayUnit
  package let formedOnly: Bool
  /// In order of registration where nothing else was asked for.
  package let sort: OverviewSort?
  /// Which page of the funds, from 1 on, or `all`; the first where none was asked for.
  package let page: String?

  package init(
    unit: DisplayUnit = .million, formedOnly: Bool = false, sort: OverviewSort? = nil,
    page: String? = nil
  ) {
    self.unit = unit
    self.page = page
    self.formedOnly = formedOnly
    self.sort = sort
  }
}

/// An order of the overview's rows by one of its columns.
package struct OverviewSort: Hashable, Sendable {
  package let column: String
  package let descending: Bool

  /// - Returns: `nil` unless `column` is the key of a column and `order` is `asc`, `desc` or left
  ///   out (then figures go from large to small, words and dates upwards).
  package init?(column: String, order: String? = nil) {
    guard let found = OverviewColumn.all.first(where: { $0.key == column }) else { return nil }
    self.column = column
    switch order {
    case nil: descending = found.startsDescending
    case "asc": descending = false
    case "desc": descending = true
    default: return nil
    }
  }

  /// What `?sort=` may say.
  package static var columns: [String] { OverviewColumn.all.map(\.key) }

  /// The rows of `overview` in this order; equal ones, and those without the figure, in order of
  /// registration. Amounts are compared within a currency only, the home currency first.
  package static func lines(of overview: Overview, by sort: OverviewSort?) -> [OverviewLine] {
    let lines = overview.rows.enumerated().map { OverviewLine(number: $0 + 1, row: $1) }
    guard let sort, let column = OverviewColumn.all.first(where: { $0.key == sort.column }) else {
      return lines
    }
    let places = Dictionary(
      uniqueKeysWithValues: overview.totalsByCurrency.enumerated().map { ($1.currency, $0) })
    let keyed = lines.map { line in
      (
        line: line, order: column.order(line),
        currency: column.isAmount ? places[line.row.fund.currency] ?? 0 : 0
      )
    }
    return keyed.sorted { a, b in
      if a.currency != b.currency { return a.currency < b.currency }
      guard let first = a.order, let second = b.order, first != second else {
        let lacking = (a.order == nil, b.order == nil)
        return lacking.0 == lacking.1 ? a.line.number < b.line.number : lacking.1
      }
      return sort.descending ? second < first : first < second
    }.map(\.line)
  }
}

extension OverviewColumn {
  /// Figures are looked at from the largest down; numbers, words and dates from the first up.
  var startsDescending: Bool { isNumber && key != "no" }
}
