internal import GRDB
internal import GRDBSQLite

/// GRDB's connection, lent for one transaction.
///
/// Statements are prepared once and kept by GRDB; binding and stepping go straight to SQLite,
/// which reads several times as fast as GRDB's rows.
struct SQLiteConnection: SQLConnection {
  let database: Database
  let path: String
  /// Whether whoever asked for it has given up.
  let isCancelled: () -> Bool
  private let known: KnownStatements

  init(database: Database, path: String, isCancelled: @escaping () -> Bool) {
    self.database = database
    self.path = path
    self.isCancelled = isCancelled
    known = KnownStatements()
  }

  /// The same connection in the hands of another.
  func lent(isCancelled: @escaping () -> Bool) -> SQLiteConnection {
    SQLiteConnection(database: database, path: path, isCancelled: isCancelled, known: known)
  }

  private init(
    database: Database, path: String, isCancelled: @escaping () -> Bool, known: KnownStatements
  ) {
    self.database = database
    self.path = path
    self.isCancelled = isCancelled
    self.known = known
  }

  /// Whether SQLite is still in the transaction: a full disk can end it.
  var isInTransaction: Bool { sqlite3_get_autocommit(database.sqliteConnection) == 0 }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> [SQLRow] {
    let statement = try prepared(sql, arguments)
    defer { release(statement) }
    let handle = statement.sqliteStatement
    var rows: [SQLRow] = []
    var columns: [String] = []
    while try step(handle, sql) {
      // Only after the first step: a changed schema may have prepared the statement anew.
      if rows.isEmpty { columns = columnNames(of: handle) }
      var values: [SQLValue] = []
      values.reserveCapacity(columns.count)
      for index in columns.indices {
        values.append(try value(of: handle, at: Int32(index), named: columns[index]))
      }
      rows.append(SQLRow(columns: columns, values: values))
    }
    return rows
  }

  func forEachRow(_ sql: String, _ body: (any SQLCursor) throws -> Void) throws {
    let statement = try prepared(sql, [])
    defer { release(statement) }
    let cursor = SQLiteCursor(handle: statement.sqliteStatement)
    var count = 0
    while try step(statement.sqliteStatement, sql) {
      count += 1
      // Nobody may wait any more for so long an answer.
      if count.isMultiple(of: 4_096), isCancelled() { throw StoreError.interrupted }
      try body(cursor)
    }
  }

  func insert(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> Int64 {
    try run(sql, arguments)
    return sqlite3_last_insert_rowid(database.sqliteConnection)
  }

  func run(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) {
    let statement = try prepared(sql, arguments)
    defer { release(statement) }
    while try step(statement.sqliteStatement, sql) {}
  }

  /// A statement with all its parameters bound.
  ///
  /// Refuses to go on once SQLite has ended the transaction by itself (a full disk can do so):
  /// the next statement would be a transaction of its own.
  private func prepared(
    _ sql: String, _ arguments: [SQLValue]
  ) throws(StoreError) -> Statement {
    guard !isCancelled() else { throw .interrupted }
    guard isInTransaction else { throw .transactionLost }
    let found = try statement(sql)
    do {
      try bind(arguments, to: found, sql)
    } catch {
      release(found.statement)
      throw error
    }
    return found.statement
  }

  private func statement(_ sql: String) throws(StoreError) -> KnownStatements.Known {
    if let found = known.find(sql) { return found }
    do {
      return known.keep(try database.cachedStatement(sql: sql), of: sql)
    } catch let error as DatabaseError {
      throw StoreError(error, sql: sql, path: path)
    } catch {
      throw .interrupted
    }
  }

  private func release(_ statement: Statement) {
    sqlite3_reset(statement.sqliteStatement)
    sqlite3_clear_bindings(statement.sqliteStatement)
  }

  /// - Returns: whether there is a row.
  private func step(_ handle: OpaquePointer, _ sql: String) throws(StoreError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: true
    case SQLITE_DONE: false
    case let code: throw failure(code, sql)
    }
  }

  private func failure(_ code: Int32, _ sql: String) -> StoreError {
    let message = sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) } ?? ""
    return StoreError(
      sqlite: code, message: message, sql: sql, path: path,
      writeError: database.lastWriteError)
  }
}

extension SQLiteConnection {
  private func bind(
    _ arguments: [SQLValue], to known: KnownStatements.Known, _ sql: String
  ) throws(StoreError) {
    let handle = known.statement.sqliteStatement
    guard known.parameters.count == arguments.count else {
      throw .wrongArguments(given: arguments.count, sql: sql)
    }
    for (offset, argument) in arguments.enumerated() {
      let index = known.parameters[offset]
      guard index > 0 else { throw .wrongArguments(given: arguments.count, sql: sql) }
      let code: Int32
      switch argument {
      case .null:
        code = sqlite3_bind_null(handle, index)
      case .integer(let number):
        code = sqlite3_bind_int64(handle, index, number)
      case .text(let text):
        guard !text.utf8.contains(0) else {
          throw .unusableText(argument: offset + 1, sql: sql)
        }
        code = sqlite3_bind_text64(
          handle, index, text, UInt64(text.utf8.count), copied, UInt8(SQLITE_UTF8))
      case .blob(let bytes) where bytes.isEmpty:
        code = sqlite3_bind_zeroblob(handle, index, 0)  // an empty array may be a null pointer
      case .blob(let bytes):
        code = sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), copied)
      }
      guard code == SQLITE_OK else { throw failure(code, sql) }
    }
  }

  private func columnNames(of handle: OpaquePointer) -> [String] {
    (0..<sqlite3_column_count(handle)).map { index in
      sqlite3_column_name(handle, index).map { String(cString: $0) } ?? ""
    }
  }

  private func value(
    of handle: OpaquePointer, at index: Int32, named name: String
  ) throws(StoreError) -> SQLValue {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER:
      return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_TEXT:
      guard let start = sqlite3_column_text(handle, index) else { throw .malformed(column: name) }
      let bytes = UnsafeBufferPointer(
        start: start, count: Int(sqlite3_column_bytes(handle, index)))
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .malformed(column: name)
      }
      return .text(text)
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(handle, index)
      let count = Int(sqlite3_column_bytes(handle, index))
      return .blob(Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
    case SQLITE_NULL:
      return .null
    default:
      throw .malformed(column: name)  // floating point
    }
  }

  /// Tells SQLite to keep a copy of what is bound (`SQLITE_TRANSIENT`, a macro Swift can't see).
  private var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

/// The row on which a statement stands.
///
/// Each value is looked up once and then asked without SQLite's locks: a connection is used by one
/// thread at a time.
private final class SQLiteCursor: SQLCursor {
  private let handle: OpaquePointer

  init(handle: OpaquePointer) { self.handle = handle }

  func integer(at position: Int) throws(StoreError) -> Int64 {
    let value = sqlite3_column_value(handle, Int32(position))
    guard sqlite3_value_type(value) == SQLITE_INTEGER else {
      throw .malformed(column: "\(position)")
    }
    return sqlite3_value_int64(value)
  }

  func optionalInteger(at position: Int) throws(StoreError) -> Int64? {
    let value = sqlite3_column_value(handle, Int32(position))
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: return sqlite3_value_int64(value)
    case SQLITE_NULL: return nil
    default: throw .malformed(column: "\(position)")
    }
  }

  func text(at position: Int) throws(StoreError) -> String {
    guard let text = String(validating: try bytes(at: position), as: UTF8.self) else {
      throw .malformed(column: "\(position)")
    }
    return text
  }

  func withText(
    at position: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    try body(try bytes(at: position))
  }

  private func bytes(at position: Int) throws(StoreError) -> UnsafeBufferPointer<UInt8> {
    let value = sqlite3_column_value(handle, Int32(position))
    guard sqlite3_value_type(value) == SQLITE_TEXT, let start = sqlite3_value_text(value) else {
      throw .malformed(column: "\(position)")
    }
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  func isNull(at position: Int) -> Bool {
    sqlite3_column_type(handle, Int32(position)) == SQLITE_NULL
  }
}
