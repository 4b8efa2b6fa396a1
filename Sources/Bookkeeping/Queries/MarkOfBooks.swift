package import Store

/// What tells these books from all others, and a copy of them not: the beginning of the first seal of
/// their trail. It never changes; `nil` in books that nobody has written in.
package struct MarkOfBooks: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> String? {
    try connection.rows(firstSealSQL).first.map { String(try $0.text("digest").prefix(8)) }
  }
}

private let firstSealSQL = "SELECT digest FROM audit_seal ORDER BY sequence LIMIT 1"
