package import Store

/// Says of an export of which books it is, and up to which entry of the trail: so that what is
/// imported again is known by its number, and what a person changed by what it was.
package struct BooksMark: Hashable, Sendable {
  /// The seal of the first entry of the trail, 64 hexadecimal digits.
  package let books: String
  /// The last sequence of the trail that the export knows.
  package let knownThrough: Int64
  /// The seal of that entry.
  package let seal: String

  package init(books: String, knownThrough: Int64, seal: String) {
    self.books = books
    self.knownThrough = knownThrough
    self.seal = seal
  }

  /// The name of its table: `jangbu.csv`, or the sheet of a workbook.
  package static let tableName = "jangbu"
  package static let fileName = "jangbu.csv"
  package static let columns = ["books", "known_through", "seal"]

  /// The mark that the texts of a row make.
  ///
  /// - Returns: `nil` for texts that are no mark.
  package init?(texts: [String]) {
    guard texts.count == 3, let known = Int64(texts[1]), known > 0 else { return nil }
    self.init(books: texts[0], knownThrough: known, seal: texts[2])
  }

  package var texts: [String] { [books, String(knownThrough), seal] }

  init?(_ file: CSVFile) {
    let records = file.records().records
    guard records.first?.fields == Self.columns, records.count == 2 else { return nil }
    self.init(texts: records[1].fields)
  }

  /// The mark of the books as they are; `nil` where nobody has written in them.
  package struct Question: Query {
    package init() {}

    package func answer(from connection: any SQLConnection) throws -> BooksMark? {
      guard let first = try connection.rows(sealSQL, [.integer(1)]).first,
        let last = try connection.rows(lastSealSQL).first
      else { return nil }
      return BooksMark(
        books: try first.text("digest"), knownThrough: try last.integer("sequence"),
        seal: try last.text("digest"))
    }
  }

  /// Whether the export was made of these very books, or of a copy of them up to then.
  func fits(_ connection: any SQLConnection) throws -> Bool {
    try connection.rows(sealSQL, [.integer(1)]).first?.text("digest") == books
      && connection.rows(sealSQL, [.integer(knownThrough)]).first?.text("digest") == seal
  }
}

private let sealSQL = "SELECT digest FROM audit_seal WHERE sequence = $1"

private let lastSealSQL = "SELECT sequence, digest FROM audit_seal ORDER BY sequence DESC LIMIT 1"
