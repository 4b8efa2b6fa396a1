internal import GRDB
internal import GRDBSQLite

/// The statements that a transaction used last, each with where its parameters stand: an import runs
/// the same few a million times.
final class KnownStatements {
  struct Known {
    let statement: Statement
    /// By argument, the index that SQLite gave its parameter; 0 where there is none.
    let parameters: [Int32]
  }

  private var kept: [(sql: String, known: Known)] = []
  private static let most = 32

  func find(_ sql: String) -> Known? {
    guard let place = kept.firstIndex(where: { $0.sql == sql }) else { return nil }
    if place > 0 { kept.swapAt(place, place - 1) }
    return kept[max(place - 1, 0)].known
  }

  /// To SQLite `$1` is a name, and its index is where it was first written.
  func keep(_ statement: Statement, of sql: String) -> Known {
    let handle = statement.sqliteStatement
    let count = sqlite3_bind_parameter_count(handle)
    let parameters = (0..<max(count, 0)).map { sqlite3_bind_parameter_index(handle, "$\($0 + 1)") }
    let known = Known(statement: statement, parameters: parameters)
    if kept.count == Self.most { kept.removeLast() }
    kept.append((sql, known))
    return known
  }
}
