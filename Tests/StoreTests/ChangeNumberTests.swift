import GRDBSQLite
import Testing

@testable import Store

/// Whoever keeps figures in memory asks before each answer whether anybody has committed anything.
@Suite("SQLite: the number that tells of every commit")
struct ChangeNumberTests {
  private static let thing = "CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT) STRICT"

  private func add(_ engine: SQLiteEngine) async throws {
    try await engine.write { try $0.run("INSERT INTO thing (word) VALUES ('x')") }
  }

  @Test("Each commit makes it another, whichever connection commits; nothing else does")
  func eachCommit() async throws {
    try await withBooks([Self.thing]) { engine, path in
      let other = try SQLiteEngine(path: path)
      var seen: Set<Int64> = []
      for round in 0..<60 {
        try await add(round % 2 == 0 ? engine : other)
        let number = try #require(engine.changeNumber())
        #expect(seen.insert(number).inserted, "commit \(round) is not told")
        _ = try await engine.read { try $0.rows("SELECT count(*) FROM thing") }
        await #expect(throws: (any Error).self) {
          try await other.write { books in
            try books.run("INSERT INTO thing (word) VALUES ('y')")
            try books.run("no SQL")
          }
        }
        for _ in 0..<3 { #expect(engine.changeNumber() == number, "told without a commit") }
      }
      try other.close()
    }
  }

  @Test("Also where the log is emptied between commits, and begins anew with the same length")
  func emptiedLog() async throws {
    try await withBooks([Self.thing]) { engine, path in
      var raw: OpaquePointer?
      #expect(sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
      defer { sqlite3_close_v2(raw) }
      var last = engine.changeNumber()
      for round in 0..<60 {
        let mode = ["PASSIVE", "RESTART", "TRUNCATE"][round % 3]
        #expect(sqlite3_exec(raw, "PRAGMA wal_checkpoint(\(mode))", nil, nil, nil) == SQLITE_OK)
        _ = engine.changeNumber()
        // The same row each time, so that the log looks as alike as it can.
        try await engine.write { try $0.run("UPDATE thing SET word = 'x'") }
        try await engine.write { try $0.run("INSERT OR REPLACE INTO thing VALUES (1, 'x')") }
        let number = engine.changeNumber()
        #expect(number != nil && number != last, "\(mode), round \(round)")
        last = number
      }
    }
  }

  @Test("A reader that looks while others commit never misses the last one")
  func whileOthersCommit() async throws {
    try await withBooks([Self.thing]) { engine, path in
      let other = try SQLiteEngine(path: path)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { for _ in 0..<200 { try await self.add(other) } }
        group.addTask {
          // What the number stood for when it was asked: a count may only be newer.
          var counts: [Int64: Int64] = [:]
          for _ in 0..<3_000 {
            let before = engine.changeNumber()
            let count = try await engine.read {
              try $0.rows("SELECT count(*) AS n FROM thing")[0].integer("n")
            }
            let after = engine.changeNumber()
            guard let before, before == after else { continue }
            #expect(counts[before] ?? count == count, "another count under the same number")
            counts[before] = count
          }
        }
        try await group.waitForAll()
      }
      try other.close()
    }
  }
}
