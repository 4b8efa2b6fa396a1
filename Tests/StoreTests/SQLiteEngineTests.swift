import Foundation
@testable import Store
import Testing

@Suite("SQLite: settings, and transactions that SQLite ends by itself")
struct SQLiteEngineTests {
  private static let thing = "CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT UNIQUE) STRICT"

  private static let promised = [
    "journal_mode": SQLValue.text("wal"), "synchronous": .integer(2), "foreign_keys": .integer(1),
    "recursive_triggers": .integer(1), "trusted_schema": .integer(0),
    "cell_size_check": .integer(1), "ignore_check_constraints": .integer(0),
    "busy_timeout": .integer(10_000),
  ]

  @Test("Writer and readers hold every safety setting")
  func settings() async throws {
    try await withBooks { engine, _ in
      for (name, value) in Self.promised {
        let written = try await engine.write { try $0.rows("PRAGMA \(name)")[0].values[0] }
        #expect(written == value, "writer: \(name)")
        #expect(try await engine.value("PRAGMA \(name)") == value, "reader: \(name)")
      }
      #expect(try await engine.value("PRAGMA query_only") == .integer(1))
    }
  }

  @Test("Readers opened later hold them too")
  func laterReaders() async throws {
    try await withBooks { engine, _ in
      // Three reads at the same time need three readers; only one was opened at the start.
      let gates = [Gate(), Gate(), Gate()]
      try await withThrowingTaskGroup(of: [SQLValue].self) { group in
        for gate in gates {
          group.addTask {
            try await engine.read { books in
              gate.pass()
              return try ["synchronous", "recursive_triggers", "query_only"].map {
                try books.rows("PRAGMA \($0)")[0].values[0]
              }
            }
          }
        }
        for gate in gates { await gate.arrived() }
        for gate in gates { gate.open() }
        for try await found in group { #expect(found == [.integer(2), .integer(1), .integer(1)]) }
      }
    }
  }

  @Test("The engine refuses to run when the writer doesn't hold a setting")
  func unsafeWriter() throws {
    let folder = try TemporaryFolder()
    let wrong = [
      SQLiteSetting("synchronous", asked: "NORMAL", expected: "2"),
      SQLiteSetting("foreign_keys", asked: "OFF", expected: "1"),
    ]
    let expected = ["synchronous is 1, not 2", "foreign_keys is 0, not 1"]
    #expect(throws: StoreError.unsafeSettings(expected)) {
      try SQLiteEngine(path: folder.file(), create: true, settings: wrong)
    }
  }

  @Test("The engine refuses to run when only the writer doesn't hold a setting")
  func unsafeWriterAlone() throws {
    let folder = try TemporaryFolder()
    let onlyReaders = [SQLiteSetting("query_only", asked: nil, expected: "1")]
    #expect(throws: StoreError.unsafeSettings(["query_only is 0, not 1"])) {
      try SQLiteEngine(path: folder.file(), create: true, settings: onlyReaders)
    }
  }

  @Test("The engine refuses to run when a reader doesn't hold a setting")
  func unsafeReader() throws {
    let folder = try TemporaryFolder()
    let onlyWriter = [SQLiteSetting("query_only", asked: nil, expected: "0")]
    #expect(throws: StoreError.unsafeSettings(["query_only is 1, not 0"])) {
      try SQLiteEngine(path: folder.file(), create: true, settings: onlyWriter)
    }
  }

  @Test("INSERT OR REPLACE doesn't get past a trigger that refuses DELETE")
  func replaceIsDelete() async throws {
    try await withBooks([
      Self.thing, "INSERT INTO thing VALUES (1, 'kept')",
      """
      CREATE TRIGGER thing_stays BEFORE DELETE ON thing
      BEGIN SELECT RAISE(ABORT, 'things are only ever added'); END
      """,
    ]) { engine, _ in
      try await expectStoreError({ $0 == .constraint("things are only ever added") }) {
        try await engine.run("INSERT OR REPLACE INTO thing VALUES (1, 'lost')")
      }
      #expect(try await engine.value("SELECT word FROM thing") == .text("kept"))
    }
  }

  @Test("Once SQLite has ended a transaction, nothing more is written in it")
  func lostTransaction() async throws {
    try await withBooks([Self.thing, "INSERT INTO thing VALUES (1, 'a')"]) { engine, _ in
      try await expectStoreError({ $0 == .transactionLost }) {
        try await engine.write { books in
          try books.run("INSERT INTO thing VALUES (2, 'b')")
          try? books.run("INSERT OR ROLLBACK INTO thing VALUES (3, 'a')")
          try? books.run("INSERT INTO thing VALUES (4, 'd')")
        }
      }
      #expect(try await engine.value("SELECT count(*) FROM thing") == .integer(1))
    }
  }

  @Test("A full disk is said to be full, and changes nothing")
  func fullDisk() async throws {
    try await withBooks([Self.thing]) { engine, _ in
      try await expectStoreError({ $0 == .full }) {
        try await engine.write { books in
          _ = try books.rows("PRAGMA max_page_count = 10")
          let page = String(repeating: "x", count: 4096)
          for number in 1...20 {
            try books.run("INSERT INTO thing (word) VALUES ($1)", [.text("\(number)\(page)")])
          }
        }
      }
      #expect(try await engine.rows("SELECT * FROM thing").isEmpty)
    }
  }

  @Test("No room for the shared memory beside the WAL is a full disk; other I/O errors are not")
  func fullDiskAtOpening() {
    for (code, isFull) in [(4874, true), (13, true), (10, false), (778, false)] as [(Int32, Bool)] {
      let error = StoreError(sqlite: code, message: "", sql: "", path: "")
      #expect((error == .full) == isFull, "\(code)")
    }
  }

  @Test(
    "A quota that is used up and a limit on the size of files are full disks, a bad disk is not")
  func noRoomElsewhere() {
    for (code, writeError, isFull) in [
      (778, EDQUOT, true), (778, EFBIG, true), (778, EIO, false), (266, EFBIG, false),
    ] as [(Int32, Int32, Bool)] {
      let error = StoreError(
        sqlite: code, message: "", sql: "", path: "", writeError: writeError)
      #expect((error == .full) == isFull, "\(code), \(writeError)")
    }
  }

  @Test("Floating point never comes out of the books")
  func noFloatingPoint() async throws {
    try await withBooks { engine, _ in
      try await expectStoreError({ $0 == .malformed(column: "half") }) {
        _ = try await engine.rows("SELECT 0.5 AS half")
      }
    }
  }

  @Test("Text that isn't UTF-8 is malformed, not repaired")
  func invalidText() async throws {
    try await withBooks { engine, _ in
      try await expectStoreError({ $0 == .malformed(column: "word") }) {
        _ = try await engine.rows("SELECT CAST(x'C328' AS TEXT) AS word")
      }
    }
  }

  @Test("A table without STRICT is named; a full-text index may be without")
  func strictTables() async throws {
    try await withBooks([Self.thing]) { engine, _ in
      try await engine.run("CREATE VIRTUAL TABLE found USING fts5(word)")
      try await engine.run("CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT")
      try await engine.assertStrictTables()
      try await engine.run("CREATE TABLE loose (id INTEGER PRIMARY KEY)")
      try await expectStoreError({ $0 == .notStrict(["loose"]) }) {
        try await engine.assertStrictTables()
      }
    }
  }

  @Test("PRAGMAs answer in a read; the books are sound")
  func integrity() async throws {
    try await withBooks([Self.thing]) { engine, _ in
      #expect(try await engine.value("PRAGMA integrity_check") == .text("ok"))
      #expect(try await engine.rows("PRAGMA foreign_key_check").isEmpty)
      let columns = try await engine.rows("PRAGMA table_info(thing)")
      #expect(try columns.map { try $0.text("name") } == ["id", "word"])
    }
  }

  @Test("A column added meanwhile is there for a statement prepared before")
  func schemaChange() async throws {
    try await withBooks([Self.thing, "INSERT INTO thing VALUES (1, 'a')"]) { engine, _ in
      #expect(try await engine.rows("SELECT * FROM thing")[0].columns == ["id", "word"])
      try await engine.run("ALTER TABLE thing ADD COLUMN note TEXT")
      #expect(try await engine.rows("SELECT * FROM thing")[0].columns == ["id", "word", "note"])
    }
  }

  @Test("A closed engine refuses, and does not trap")
  func closed() async throws {
    let folder = try TemporaryFolder()
    let engine = try SQLiteEngine(path: folder.file(), create: true)
    try engine.close()
    try engine.close()
    try await expectStoreError(\.isUnavailable) { _ = try await engine.rows("SELECT 1") }
    try await expectStoreError(\.isUnavailable) { try await engine.run("SELECT 1") }
  }
}
