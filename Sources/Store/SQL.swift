/// A value as the database keeps it. There is no floating point: nothing in the books is rounded.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])
}

/// The whole of what the books ask of a database, inside one transaction.
///
/// A `SQLConnection` is only ever lent to a closure and must not leave it. Statements number their
/// parameters (`$1`, `$2` …) for every engine alike: `$1` is the first argument, wherever and as
/// often as it is written. Each argument must be used, and each parameter given.
package protocol SQLConnection {
  /// The rows that one statement answers, in its order. Also for `… RETURNING` and `PRAGMA`.
  func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> [SQLRow]

  /// Runs one statement to its end; what it may answer is passed over.
  func run(_ sql: String, _ arguments: [SQLValue]) throws(StoreError)
}

extension SQLConnection {
  package func rows(_ sql: String) throws(StoreError) -> [SQLRow] { try rows(sql, []) }
  package func run(_ sql: String) throws(StoreError) { try run(sql, []) }
}

/// A database that can run a closure in a transaction. SQLite and PostgreSQL each provide one.
///
/// Whatever `body` throws is passed on unchanged; what the engine itself refuses is a
/// ``StoreError``; a task that is cancelled meets a `CancellationError`.
package protocol SQLEngine: Sendable {
  /// Lends one consistent snapshot, in which nothing can be written.
  func read<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer

  /// Commits if `body` returns and rolls everything back if it throws.
  ///
  /// An engine may run `body` again from the start, so it must have no other effect.
  func write<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer
}
