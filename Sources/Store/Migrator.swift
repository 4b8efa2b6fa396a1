/// One step in the shape of the books: SQL, with its reason. Never edited once shipped.
package struct Migration: Sendable {
  /// 1 for the first, without gaps.
  package let number: Int
  /// Why the books change.
  package let note: String
  /// One statement each.
  package let sql: [String]
  /// Writes into the new shape what SQL alone cannot compute of the rows that are there; after the
  /// SQL, in the same transaction.
  package let fill: (@Sendable (any SQLConnection) throws -> Void)?

  package init(
    number: Int, note: String, sql: [String],
    fill: (@Sendable (any SQLConnection) throws -> Void)? = nil
  ) {
    self.number = number
    self.note = note
    self.sql = sql
    self.fill = fill
  }
}

/// Brings books up to the version that the program knows, one transaction per migration.
///
/// The books record each migration with its note and its SQL, so that one that was edited later is
/// noticed, and a reader of the file sees how it came about.
package struct Migrator: Sendable {
  package let migrations: [Migration]

  /// - Parameter migrations: every one that the program knows, oldest first.
  package init(_ migrations: [Migration]) throws(StoreError) {
    for (offset, migration) in migrations.enumerated() where migration.number != offset + 1 {
      throw .migrationsOutOfOrder(expected: offset + 1, found: migration.number)
    }
    self.migrations = migrations
  }

  /// The migrations that the books still need; empty when they are up to date.
  ///
  /// - Throws: `newerBooks`, `migrationEdited`, `migrationMissing` or `notBooks` for books this
  ///   program must not touch.
  package func pending(in engine: any SQLEngine) async throws -> [Migration] {
    try await engine.read { connection in try pending(in: connection) }
  }

  /// Applies what is pending.
  ///
  /// Safe when two processes do it at once: what is pending is asked again inside each transaction.
  ///
  /// - Parameter appliedAt: the instant to record, as text.
  /// - Returns: the numbers of the migrations applied by this call.
  @discardableResult
  package func migrate(_ engine: any SQLEngine, appliedAt: String) async throws -> [Int] {
    var applied: [Int] = []
    guard try await !pending(in: engine).isEmpty else { return applied }
    while let number = try await engine.write({ try applyNext(in: $0, at: appliedAt) }) {
      applied.append(number)
    }
    return applied
  }

  private func applyNext(in connection: any SQLConnection, at instant: String) throws -> Int? {
    guard let migration = try pending(in: connection).first else { return nil }
    do {
      if migration.number == 1 { try connection.run(createRecordSQL) }
      for statement in migration.sql { try connection.run(statement) }
      try migration.fill?(connection)
      try connection.run(
        recordSQL,
        [
          .integer(Int64(migration.number)), .text(migration.note), .text(migration.script),
          .text(instant),
        ])
      try connection.assertStrictTables()
    } catch let error as StoreError where error != .interrupted {
      throw StoreError.migrationFailed(number: migration.number, error)
    }
    return migration.number
  }

  private func pending(in connection: any SQLConnection) throws(StoreError) -> [Migration] {
    var tables: [String] = []
    for row in try connection.rows(tablesSQL) { tables.append(try row.text("name")) }
    guard tables.contains("migration") else {
      guard tables.isEmpty else { throw .notBooks(tables: tables) }
      return migrations
    }
    let records = try connection.rows(recordsSQL)
    if let last = records.last, try last.integer("number") > migrations.count {
      throw .newerBooks(found: Int(try last.integer("number")), supported: migrations.count)
    }
    for (record, migration) in zip(records, migrations) {
      guard try record.integer("number") == migration.number else {
        throw .migrationMissing(number: migration.number)
      }
      guard try record.text("note") == migration.note, try record.text("sql") == migration.script
      else { throw .migrationEdited(number: migration.number) }
    }
    return Array(migrations.dropFirst(records.count))
  }
}

extension Migration {
  /// All statements as one text, as it is recorded.
  fileprivate var script: String { sql.joined(separator: ";\n") }
}

private let tablesSQL = """
  SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
  ORDER BY name
  """

private let createRecordSQL = """
  CREATE TABLE migration (
    number     INTEGER PRIMARY KEY,
    note       TEXT NOT NULL,
    sql        TEXT NOT NULL,
    applied_at TEXT NOT NULL
  ) STRICT
  """

private let recordsSQL = "SELECT number, note, sql FROM migration ORDER BY number"

private let recordSQL = """
  INSERT INTO migration (number, note, sql, applied_at) VALUES ($1, $2, $3, $4)
  """
