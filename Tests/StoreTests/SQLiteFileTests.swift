import Foundation
import Store
import Testing

@Suite("SQLite: files that aren't books, and files that are shared")
struct SQLiteFileTests {
  private func expectRefused(
    _ path: String, create: Bool = false, at location: SourceLocation = #_sourceLocation,
    _ matches: (StoreError) -> Bool
  ) async throws {
    try await expectStoreError(
      { matches($0) && $0.description.contains(path) && $0.description.hasSuffix(".") },
      at: location
    ) {
      let engine = try SQLiteEngine(path: path, create: create)
      try engine.close()
    }
  }

  @Test("A missing file is refused and not created")
  func missing() async throws {
    let folder = try TemporaryFolder()
    try await expectRefused(folder.file()) { $0 == .missing(path: folder.file()) }
    #expect(!FileManager.default.fileExists(atPath: folder.file()))
    try await expectRefused(folder.file("no/such/folder"), create: true, \.isUnavailable)
  }

  @Test("A folder is refused")
  func directory() async throws {
    let folder = try TemporaryFolder()
    try await expectRefused(folder.path, \.isUnavailable)
    try await expectRefused(folder.path, create: true, \.isUnavailable)
  }

  @Test("Garbage, an empty file and a text are refused and left as they are")
  func garbage() async throws {
    let folder = try TemporaryFolder()
    for content in [Data(repeating: 0xA5, count: 8192), Data("fund,amount\n".utf8), Data()] {
      try content.write(to: URL(filePath: folder.file()))
      try await expectRefused(folder.file(), \.isCorrupt)
      #expect(try Data(contentsOf: URL(filePath: folder.file())) == content)
    }
  }

  @Test("A file cut short is refused", arguments: [17, 90, 600, 4096, 6000])
  func truncated(to length: Int) async throws {
    let folder = try TemporaryFolder()
    try await fill(folder.file())
    let whole = try Data(contentsOf: URL(filePath: folder.file()))
    try #require(whole.count > 20_480)
    try whole.prefix(length).write(to: URL(filePath: folder.file()))
    try await expectRefused(folder.file(), \.isCorrupt)
  }

  @Test("Damage in the middle is met as damage, not as wrong rows")
  func damaged() async throws {
    let folder = try TemporaryFolder()
    try await fill(folder.file())
    var content = try Data(contentsOf: URL(filePath: folder.file()))
    try #require(content.count > 20_480)
    content.replaceSubrange(8192..<20_480, with: Data(repeating: 0xFF, count: 12_288))
    try content.write(to: URL(filePath: folder.file()))
    let engine = try SQLiteEngine(path: folder.file())
    try await expectStoreError(\.isCorrupt) { _ = try await engine.rows("SELECT * FROM thing") }
    try engine.close()
  }

  @Test("Closed books are one file; what was kept is there when it is opened again")
  func reopened() async throws {
    let folder = try TemporaryFolder()
    try await fill(folder.file())
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["books.sqlite"])
    let engine = try SQLiteEngine(path: folder.file())
    #expect(try await engine.value("SELECT count(*) FROM thing") == .integer(300))
    try engine.close()
  }

  @Test("Two engines on one file take turns; no change is lost")
  func twoEngines() async throws {
    try await withBooks(["CREATE TABLE n (i INTEGER) STRICT", "INSERT INTO n VALUES (0)"]) {
      first, path in
      let second = try SQLiteEngine(path: path)
      try await withThrowingTaskGroup { group in
        for index in 0..<50 {
          group.addTask {
            try await (index.isMultiple(of: 2) ? first : second).write { books in
              let i = try books.rows("SELECT i FROM n")[0].integer("i")
              try books.run("UPDATE n SET i = $1", [.integer(i + 1)])
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await first.value("SELECT i FROM n") == .integer(50))
      #expect(try await second.value("SELECT i FROM n") == .integer(50))
      try second.close()
    }
  }

  @Test("A write that waits too long is busy; reads go on")
  func busy() async throws {
    try await withBooks(["CREATE TABLE n (i INTEGER) STRICT"]) { first, path in
      let second = try SQLiteEngine(path: path, busyTimeout: 0.05)
      let gate = Gate()
      async let written: Void = first.write { books in
        try books.run("INSERT INTO n VALUES (1)")
        gate.pass()
      }
      await gate.arrived()
      try await expectStoreError({ $0 == .busy }) {
        try await second.run("INSERT INTO n VALUES (2)")
      }
      #expect(try await second.rows("SELECT * FROM n").isEmpty)
      gate.open()
      try await written
      // One that has the time: a busy machine takes longer than the fraction of a second above.
      let third = try SQLiteEngine(path: path)
      try await third.run("INSERT INTO n VALUES (2)")
      #expect(try await first.value("SELECT sum(i) FROM n") == .integer(3))
      try third.close()
      try second.close()
    }
  }

  @Test("Writes that wait behind others that wait are all told in time")
  func queued() async throws {
    try await withBooks(["CREATE TABLE n (i INTEGER) STRICT"]) { first, path in
      let second = try SQLiteEngine(path: path, busyTimeout: 1)
      let gate = Gate()
      async let held: Void = first.write { _ in gate.pass() }
      await gate.arrived()
      let waited = try await ContinuousClock().measure {
        try await withThrowingTaskGroup(of: Void.self) { writers in
          for number in 0..<20 {
            writers.addTask {
              try await expectStoreError({ $0 == .busy }) {
                try await second.run("INSERT INTO n VALUES (\(number))")
              }
            }
          }
          try await writers.waitForAll()
        }
      }
      // One after another they would wait for twenty seconds.
      #expect(waited < .seconds(10))
      gate.open()
      try await held
      // One that has the time: a busy machine takes longer than the second above.
      let third = try SQLiteEngine(path: path)
      try await third.run("INSERT INTO n VALUES (2)")
      #expect(try await first.value("SELECT sum(i) FROM n") == .integer(2))
      try third.close()
      try second.close()
    }
  }

  @Test(
    "What would go into a file that was taken away is refused; reading goes on",
    arguments: ["deleted", "moved", "replaced", "log deleted"])
  func takenAway(how: String) async throws {
    let folder = try TemporaryFolder()
    let path = folder.file()
    let engine = try SQLiteEngine(path: path, create: true)
    try await engine.run("CREATE TABLE n (i INTEGER) STRICT")
    #expect(engine.isFileInPlace)
    let files = FileManager.default
    switch how {
    case "deleted": try files.removeItem(atPath: path)
    case "moved": try files.moveItem(atPath: path, toPath: path + ".elsewhere")
    case "replaced":
      try files.copyItem(atPath: path, toPath: path + ".copy")
      try #require(rename(path + ".copy", path) == 0)
    default: try files.removeItem(atPath: path + "-wal")
    }
    #expect(!engine.isFileInPlace)
    try await expectStoreError({ $0 == .fileReplaced(path: path) }) {
      try await engine.run("INSERT INTO n VALUES (1)")
    }
    #expect(try await engine.rows("SELECT * FROM n").isEmpty)
    try? engine.close()
  }

  @Test("Books behind a link are the file that it leads to")
  func behindLink() async throws {
    let folder = try TemporaryFolder()
    let link = folder.file() + ".link"
    try await fill(folder.file())
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: folder.file())
    let engine = try SQLiteEngine(path: link)
    try await engine.run("CREATE TABLE n (i INTEGER) STRICT")
    #expect(engine.isFileInPlace)
    try FileManager.default.removeItem(atPath: link)
    try await expectStoreError({ $0 == .fileReplaced(path: link) }) {
      try await engine.run("INSERT INTO n VALUES (1)")
    }
    try engine.close()
  }

  @Test("Many engines open one new file at the same moment")
  func openedTogether() async throws {
    let folder = try TemporaryFolder()
    for round in 1...10 {
      let path = folder.file("\(round).sqlite")
      try await withThrowingTaskGroup { group in
        for _ in 1...4 {
          group.addTask {
            let engine = try SQLiteEngine(path: path, create: true)
            try await engine.run("CREATE TABLE IF NOT EXISTS n (i INTEGER) STRICT")
            try await engine.run("INSERT INTO n VALUES (1)")
            try engine.close()
          }
        }
        try await group.waitForAll()
      }
      let engine = try SQLiteEngine(path: path)
      #expect(try await engine.value("SELECT sum(i) FROM n") == .integer(4))
      try engine.close()
    }
  }

  /// Books of some twenty pages, closed.
  private func fill(_ path: String) async throws {
    let engine = try SQLiteEngine(path: path, create: true)
    try await engine.write { books in
      try books.run("CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT) STRICT")
      let word = String(repeating: "w", count: 200)
      for _ in 1...300 { try books.run("INSERT INTO thing (word) VALUES ($1)", [.text(word)]) }
    }
    try engine.close()
  }
}
