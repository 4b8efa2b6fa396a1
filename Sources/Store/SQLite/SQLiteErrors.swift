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
  ///   - systemError: what the system said of it (`errno`), where that is known.
  init(
    sqlite extendedCode: Int32, message: String, sql: String, path: String, systemError: Int32 = 0
  ) {
    // What the file beside the WAL lacks at opening is room, in all but name.
    let noRoomForSharedMemory = SQLITE_IOERR | 19 << 8
    // SQLite knows a full disk only; a quota that is used up or a limit on a file is no less full.
    let isNoRoom = [ENOSPC, EDQUOT, EFBIG].contains(systemError)
    self =
      switch extendedCode & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL: .full
      case SQLITE_IOERR where extendedCode == noRoomForSharedMemory || isNoRoom: .full
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
  ///   - systemError: what the system said of it (`errno`), where that is known.
  init(_ error: DatabaseError, sql: String = "", path: String, systemError: Int32 = 0) {
    self.init(
      sqlite: error.extendedResultCode.rawValue, message: error.message ?? "",
      sql: error.sql ?? sql, path: path, systemError: systemError)
  }
}
