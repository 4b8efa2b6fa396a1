internal import GRDBSQLite
internal import Synchronization

/// Tells whether anybody has committed anything: a connection of its own that reads nothing but
/// SQLite's own count of changes by others (`PRAGMA data_version`), which takes about a microsecond.
final class ChangeCounter: Sendable {
  /// SQLite's handles are used by one thread at a time.
  private let open: Mutex<Open?>

  private struct Open: @unchecked Sendable {
    let connection: OpaquePointer
    let question: OpaquePointer
  }

  /// - Returns: `nil` where SQLite cannot open the file once more.
  init?(path: String) {
    var connection: OpaquePointer?
    var question: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &connection, flags, nil) == SQLITE_OK, let connection,
      sqlite3_prepare_v2(connection, "PRAGMA data_version", -1, &question, nil) == SQLITE_OK,
      let question
    else {
      sqlite3_close_v2(connection)
      return nil
    }
    open = Mutex(Open(connection: connection, question: question))
  }

  deinit { close() }

  /// - Returns: another number than before as soon as something was committed; `nil` where SQLite
  ///   cannot tell now.
  var number: Int64? {
    open.withLock { open in
      guard let open else { return nil }
      defer { sqlite3_reset(open.question) }
      guard sqlite3_step(open.question) == SQLITE_ROW else { return nil }
      return sqlite3_column_int64(open.question, 0)
    }
  }

  func close() {
    open.withLock { found in
      guard let connection = found?.connection, let question = found?.question else { return }
      sqlite3_finalize(question)
      sqlite3_close_v2(connection)
      found = nil
    }
  }
}
