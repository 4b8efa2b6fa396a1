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

  /// Hands the rows of a long answer to `body` one after another, so that no more than one of them
  /// is in memory. `body` asks nothing else of the database meanwhile.
  ///
  /// - Throws: what the database refuses (`StoreError`), and what `body` throws, which ends it.
  func forEachRow(_ sql: String, _ body: (any SQLCursor) throws -> Void) throws

  /// Runs one `INSERT` of one row into a table with an integer key of its own.
  ///
  /// - Returns: the key that the database gave the row.
  func insert(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> Int64

  /// Runs one statement to its end; what it may answer is passed over.
  func run(_ sql: String, _ arguments: [SQLValue]) throws(StoreError)
}

/// The row of a long answer that is being looked at: its values by position, counted from 0.
package protocol SQLCursor: AnyObject {
  func integer(at position: Int) throws(StoreError) -> Int64
  /// - Returns: `nil` for NULL.
  func optionalInteger(at position: Int) throws(StoreError) -> Int64?
  func text(at position: Int) throws(StoreError) -> String
  /// A text as it lies in the database, in UTF-8, while this row is looked at. Not generic: that
  /// would cost more than reading it.
  func withText(at position: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws
  func isNull(at position: Int) -> Bool
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

  /// The same for a look at a few rows by their keys: it may be carried out at once, on the thread
  /// that asks.
  func glance<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer

  /// Commits if `body` returns and rolls everything back if it throws.
  ///
  /// Several that wait at the same time may be committed together: each still sees what those before
  /// it did, is kept or rolled back for itself, and is answered only when it is on the disk. An engine
  /// may run `body` again from the start, so it must have no other effect.
  ///
  /// - Parameter alone: nobody else is to wait for this one's commit, as it may take long.
  func write<Answer: Sendable>(
    alone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer

  /// A number that is another one as soon as anybody has committed anything, in this process or
  /// another; asked in a moment, without waiting. `nil` where the engine cannot tell.
  ///
  /// Whoever keeps what was read, asks for it before reading.
  func changeNumber() -> Int64?
}

extension SQLEngine {
  package func changeNumber() -> Int64? { nil }

  package func glance<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await read(body)
  }

  package func write<Answer: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await write(alone: false, body)
  }
}
