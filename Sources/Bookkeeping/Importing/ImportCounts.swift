/// How many rows of each table were taken: as the trail keeps it, in a line such as
/// `funds.csv 8, partners.csv 20 (2 changed, 17 already there)`.
package struct ImportCounts: Hashable, Sendable, LosslessStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// One file, or one sheet of a workbook.
  package struct Table: Hashable, Sendable {
    package let name: String
    package let rows: Int
    package var changed = 0
    package var alreadyThere = 0

    package var new: Int { rows - changed - alreadyThere }

    package init(name: String, rows: Int, changed: Int = 0, alreadyThere: Int = 0) {
      (self.name, self.rows) = (name, rows)
      (self.changed, self.alreadyThere) = (changed, alreadyThere)
    }

    fileprivate var text: String {
      let more = [
        changed > 0 ? "\(changed) changed" : nil,
        alreadyThere > 0 ? "\(alreadyThere) already there" : nil,
      ].compactMap(\.self)
      return "\(name) \(rows)" + (more.isEmpty ? "" : " (\(more.joined(separator: ", ")))")
    }
  }

  package init(_ tables: [Table]) {
    description = tables.map(\.text).joined(separator: ", ")
  }

  init(_ report: ImportReport) {
    self.init(
      report.tables.map {
        Table(
          name: $0.name, rows: $0.rowCount, changed: $0.counts.changed,
          alreadyThere: $0.counts.alreadyThere)
      })
  }

  /// The tables that the line tells of; `nil` for a line that is no such list. A sheet whose name
  /// looks like an entry of it is told as several.
  package var tables: [Table]? {
    var rest = description[...]
    var found: [Table] = []
    while !rest.isEmpty {
      guard let table = Self.table(from: &rest) else { return nil }
      found.append(table)
    }
    return found
  }

  /// The shortest name that is followed by a count, and then by the next table or by nothing.
  private static func table(from rest: inout Substring) -> Table? {
    var searched = rest
    while let space = searched.firstIndex(of: " ") {
      searched = rest[rest.index(after: space)...]
      var after = searched
      guard space > rest.startIndex, let rows = number(from: &after) else { continue }
      var table = Table(name: String(rest[..<space]), rows: rows)
      if after.hasPrefix(" (") {
        guard take(" (", from: &after), readNote(&after, into: &table) else { continue }
      }
      guard after.isEmpty || take(", ", from: &after), table.new >= 0 else { continue }
      rest = after
      return table
    }
    return nil
  }

  private static func readNote(_ rest: inout Substring, into table: inout Table) -> Bool {
    while let count = number(from: &rest) {
      if take(" changed", from: &rest) {
        table.changed = count
      } else if take(" already there", from: &rest) {
        table.alreadyThere = count
      } else {
        return false
      }
      if take(")", from: &rest) { return true }
      guard take(", ", from: &rest) else { return false }
    }
    return false
  }

  private static func number(from rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    rest = rest[digits.endIndex...]
    return number
  }

  private static func take(_ text: String, from rest: inout Substring) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }
}
