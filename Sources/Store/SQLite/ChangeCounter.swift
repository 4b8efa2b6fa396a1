internal import GRDBSQLite
internal import Synchronization

/// Tells whether anybody has committed anything: a connection of its own that reads nothing but
/// SQLite's own count of changes by others (`PRAGMA data_version`). That takes a microsecond, most of
/// it for locking a file; so it is only asked where the head of the write-ahead log's index, which all
/// processes share in memory, says something else than before.
final class ChangeCounter: Sendable {
  /// SQLite's handles are used by one thread at a time.
  private let open: Mutex<Open?>

  private struct Open: @unchecked Sendable {
    let connection: OpaquePointer
    let question: OpaquePointer
    /// What the head said before the question was last put, and the answer.
    var last: (head: LogHead, number: Int64)?
    /// Where it stands, as long as the connection is open.
    var head: UnsafeRawPointer?
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
      guard let connection = open?.connection, let question = open?.question else { return nil }
      let head = open?.head.flatMap(LogHead.init(at:))
      if let head, let last = open?.last, last.head == head { return last.number }
      defer { sqlite3_reset(question) }
      guard sqlite3_step(question) == SQLITE_ROW else { return nil }
      let number = sqlite3_column_int64(question, 0)
      // The head is older than the number, or as old: whoever finds it unchanged has seen no less.
      open?.last = head.map { ($0, number) }
      if open?.head == nil { open?.head = LogHead.place(in: connection) }
      return number
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

/// The head of the index of SQLite's write-ahead log: which frame was committed last, with salts and
/// a checksum over all frames before it (sqlite.org/walformat.html, "The WAL-Index File Format"). Every
/// commit makes it another.
private struct LogHead: Equatable {
  private let words: (SIMD4<UInt64>, SIMD2<UInt64>)

  /// It stands there twice; who commits writes one after the other.
  private static let size = 48

  /// - Returns: `nil` while somebody writes it.
  init?(at place: UnsafeRawPointer) {
    words = Self.words(at: place)
    guard words == Self.words(at: place + Self.size) else { return nil }
  }

  static func == (a: LogHead, b: LogHead) -> Bool { a.words == b.words }

  private static func words(at place: UnsafeRawPointer) -> (SIMD4<UInt64>, SIMD2<UInt64>) {
    (
      place.loadUnaligned(as: SIMD4<UInt64>.self),
      place.loadUnaligned(fromByteOffset: 32, as: SIMD2<UInt64>.self)
    )
  }

  /// Asks SQLite's own file, which has it in memory: opening the file once more, and closing it, would
  /// end the locks of all connections of this process.
  ///
  /// - Returns: `nil` where there is none, as before anything was read.
  static func place(in connection: OpaquePointer) -> UnsafeRawPointer? {
    var found: UnsafeMutablePointer<sqlite3_file>?
    var place: UnsafeMutableRawPointer?
    guard
      sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &found) == SQLITE_OK,
      let file = found, let methods = file.pointee.pMethods, methods.pointee.iVersion >= 2,
      let map = methods.pointee.xShmMap,
      map(file, 0, pageSize, 0, &place) == SQLITE_OK
    else { return nil }
    return UnsafeRawPointer(place)
  }

  /// Of the index, in bytes.
  private static let pageSize: Int32 = 32_768
}
