internal import Dispatch
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Books in one SQLite file: one writer, several readers, each in its own snapshot.
///
/// Several processes may share the file. A write waits for its turn; a read never waits.
package struct SQLiteEngine: SQLEngine {
  package let path: String
  let pool: DatabasePool
  /// What the writer has to hold.
  let settings: [SQLiteSetting]
  let busyTimeout: Double
  private let identity: FileIdentity
  private let changes: ChangeCounter
  /// A reader of its own for looks that nobody shall have to wait for.
  private let glances: DatabaseQueue
  let writes = WriteQueue()

  /// Opens the file, and refuses to unless every safety setting holds.
  ///
  /// - Parameters:
  ///   - create: whether to begin a new file where there is none. An empty file counts as none.
  ///   - readers: how many reads may run at the same time, at least one.
  ///   - busyTimeout: seconds that a write may wait for its turn, behind others of this process and
  ///     of another.
  ///   - settings: only tests give others.
  package init(
    path: String, create: Bool = false, readers: Int = 4, busyTimeout: Double = 10,
    settings: [SQLiteSetting] = SQLiteSetting.everywhere
  ) throws(StoreError) {
    try Self.look(at: path, create: create)
    let timeout = "\(Int(busyTimeout * 1000))"
    let all = settings + [SQLiteSetting("busy_timeout", asked: timeout, expected: timeout)]
    self.path = path
    self.settings = all
    self.busyTimeout = busyTimeout
    do {
      pool = try DatabasePool(
        path: path,
        configuration: Self.configuration(
          readers: max(readers, 1), busyTimeout: busyTimeout, settings: all))
      // Only now: opening the pool has set `synchronous` to NORMAL.
      try pool.writeWithoutTransaction { database in
        guard !database.isFileReadOnly else { throw StoreError.readOnly }
        try database.apply(all)
        try database.verify(all)
      }
      try pool.read { _ in }  // opens the first reader, which verifies itself
      var ofGlances = Self.configuration(readers: 1, busyTimeout: busyTimeout, settings: all)
      ofGlances.readonly = true
      glances = try DatabaseQueue(path: path, configuration: ofGlances)
      guard let identity = FileIdentity(ofBooksAt: path) else {
        throw StoreError.fileReplaced(path: path)
      }
      self.identity = identity
      guard let changes = ChangeCounter(path: path) else {
        throw StoreError.unavailable("\(path) cannot be opened once more.")
      }
      self.changes = changes
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch {
      throw .unavailable("\(path) cannot be opened: \(error).")
    }
  }

  package func read<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await translatingErrors {
      try await pool.read { database in
        try body(
          SQLiteConnection(database: database, path: path, isCancelled: { Task.isCancelled }))
      }
    }
  }

  package func glance<Answer: Sendable>(
    _ body: @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await translatingErrors { try look(body) }
  }

  /// No hop to another thread and back: what is looked at is found sooner than that.
  private func look<Answer>(_ body: (any SQLConnection) throws -> Answer) throws -> Answer {
    try glances.read { database in
      try body(SQLiteConnection(database: database, path: path, isCancelled: { Task.isCancelled }))
    }
  }

  package func write<Answer: Sendable>(
    alone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    try await write(within: busyTimeout, alone: alone, body)
  }

  /// After a large change only; small ones find their pages where they left them.
  static func giveBackMemory(of handle: OpaquePointer) {
    var (now, most): (Int32, Int32) = (0, 0)
    sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_USED, &now, &most, 0)
    if now > 8 << 20 { sqlite3_db_release_memory(handle) }
  }

  /// Whether the path still names the files that were opened.
  package var isFileInPlace: Bool { FileIdentity(ofBooksAt: path) == identity }

  package func changeNumber() -> Int64? { changes.number }

  /// Waits for what is under way, then closes the file. Whatever is asked later is refused.
  ///
  /// Afterwards the books are one file again, unless another process has them open: the writer
  /// goes last, because only a connection that may write can empty the write-ahead log.
  package func close() throws(StoreError) {
    changes.close()
    try? glances.close()
    try? pool.barrierWriteWithoutTransaction { _ in pool.invalidateReadOnlyConnections() }
    do {
      try pool.close()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch {
      throw .unavailable("\(path) cannot be closed: \(error).")
    }
  }

  /// - Throws: `notStrict`, naming each table of the books that isn't STRICT.
  package func assertStrictTables() async throws {
    try await read { connection in try connection.assertStrictTables() }
  }
}

extension SQLiteEngine {
  /// Says what is wrong with the path in words, where SQLite would only say "unable to open".
  private static func look(at path: String, create: Bool) throws(StoreError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      guard create else { throw .missing(path: path) }
      return
    }
    guard !isDirectory.boolValue else {
      throw .unavailable("\(path) is a folder, not a file of books.")
    }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw .unavailable("\(path) may not be read by this user.")
    }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard create || size != 0 else { throw .corrupt("\(path) is an empty file, not books.") }
  }

  /// Each reader sets and verifies for itself as it is opened, however late that is. The writer
  /// is verified once the pool is open: before, a new file is not yet in WAL.
  private static func configuration(
    readers: Int, busyTimeout: Double, settings: [SQLiteSetting]
  ) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busyTimeout)
    configuration.maximumReaderCount = readers
    configuration.prepareDatabase { database in
      guard database.configuration.readonly else {
        return try database.apply(settings + SQLiteSetting.writer)
      }
      let settings = settings + [SQLiteSetting.reader]
      try database.apply(settings)
      try database.verify(settings)
    }
    return configuration
  }

  func translatingErrors<Answer>(
    _ work: () async throws -> Answer
  ) async throws -> Answer {
    do {
      return try await work()
    } catch StoreError.interrupted {
      throw CancellationError()
    } catch let error as DatabaseError {
      let error = StoreError(error, path: path)
      if error == .interrupted { throw CancellationError() }
      throw error
    }
  }
}
