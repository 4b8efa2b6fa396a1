internal import Foundation
internal import GRDB
internal import GRDBSQLite

extension StoreError {
  /// What a SQLite result code means to the books. The one place where codes are told apart.
  ///
  /// - Parameters:
  ///   - extendedCode: SQLite's code; its low byte is the primary code.
  ///   - message: what `sqlite3_errmsg` says.
  ///   - sql: the statement, empty when there was none.
  ///   - writeError: what the system said when the log could last not be written (`errno`).
  init(
    sqlite extendedCode: Int32, message: String, sql: String, path: String, writeError: Int32 = 0
  ) {
    // What the file beside the WAL lacks at opening is room, in all but name.
    let noRoomForSharedMemory = SQLITE_IOERR | 19 << 8
    // To SQLite only the disk can be full: a quota or a limit on the size of files is as good.
    let notWritten = SQLITE_IOERR | 3 << 8
    let isNoRoom =
      extendedCode == noRoomForSharedMemory
      || extendedCode == notWritten && [EDQUOT, EFBIG].contains(writeError)
    self =
      switch extendedCode & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL: .full
      case SQLITE_IOERR where isNoRoom: .full
      case SQLITE_NOTADB: .corrupt("\(path) is not a SQLite database.")
      case SQLITE_CORRUPT: .corrupt("\(path) is damaged: \(message).")
      case SQLITE_READONLY: .readOnly
      case SQLITE_INTERRUPT: .interrupted
      case SQLITE_ABORT: .transactionLost
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH: .constraint(message)
      case SQLITE_ERROR where message == "integer overflow": .overflow
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
        .unavailable("\(path) cannot be opened: \(message).")
      case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_NOLFS:
        .unavailable("\(path) cannot be used: \(message) (\(extendedCode)).")
      case SQLITE_MISUSE where sql.isEmpty: .unavailable("\(path) cannot be used: \(message).")
      default: .statement(code: Int(extendedCode), message: message, sql: sql)
      }
  }

  /// - Parameters:
  ///   - sql: the statement, where GRDB doesn't know it itself.
  ///   - writeError: what the system said when the log could last not be written (`errno`).
  init(_ error: DatabaseError, sql: String = "", path: String, writeError: Int32 = 0) {
    self.init(
      sqlite: error.extendedResultCode.rawValue, message: error.message ?? "",
      sql: error.sql ?? sql, path: path, writeError: writeError)
  }
}

extension Database {
  /// What the system said when the write-ahead log could last not be written (`errno`); 0 if it
  /// always could.
  ///
  /// `sqlite3_system_errno` knows nothing of a commit that fails.
  var lastWriteError: Int32 {
    var log: UnsafeMutablePointer<sqlite3_file>?
    guard
      sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
        == SQLITE_OK,
      let log, let control = log.pointee.pMethods?.pointee.xFileControl
    else { return 0 }
    var code: Int32 = 0
    return control(log, SQLITE_FCNTL_LAST_ERRNO, &code) == SQLITE_OK ? code : 0
  }
}
