import Store
import Testing

/// What the books rely on, whatever the engine.
@Suite("Every engine: transactions")
struct EngineConformance {
  private static let account = "CREATE TABLE account (id INTEGER PRIMARY KEY, held INTEGER) STRICT"

  private struct Thrown: Error, Equatable { let word: String }

  @Test("A write is kept when its body returns", arguments: TestedEngine.all)
  func commits(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      let answer = try await engine.write { books in
        try books.run("INSERT INTO account VALUES (1, 10)")
        try books.run("INSERT INTO account VALUES (2, 20)")
        return "done"
      }
      #expect(answer == "done")
      #expect(try await engine.value("SELECT sum(held) FROM account") == .integer(30))
    }
  }

  @Test(
    "A throw undoes all of a write and reaches the caller as it is", arguments: TestedEngine.all)
  func rollsBack(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      await #expect(throws: Thrown(word: "no")) {
        try await engine.write { books in
          try books.run("INSERT INTO account VALUES (1, 10)")
          try books.run("CREATE TABLE other (id INTEGER PRIMARY KEY) STRICT")
          throw Thrown(word: "no")
        }
      }
      #expect(try await engine.rows("SELECT * FROM account").isEmpty)
      try await expectStoreError(\.isStatement) { _ = try await engine.rows("SELECT * FROM other") }
      try await engine.run("INSERT INTO account VALUES (1, 10)")
    }
  }

  @Test("A failed statement undoes the write it is in", arguments: TestedEngine.all)
  func failedStatement(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      try await expectStoreError(\.isConstraint) {
        try await engine.write { books in
          try books.run("INSERT INTO account VALUES (1, 10)")
          try books.run("INSERT INTO account VALUES (1, 20)")
        }
      }
      #expect(try await engine.rows("SELECT * FROM account").isEmpty)
    }
  }

  @Test("A throw in a read reaches the caller as it is", arguments: TestedEngine.all)
  func readThrows(_ tested: TestedEngine) async throws {
    try await tested.with { engine in
      await #expect(throws: Thrown(word: "read")) {
        try await engine.read { _ in throw Thrown(word: "read") }
      }
    }
  }

  @Test("A read writes nothing", arguments: TestedEngine.all)
  func readsAreReadOnly(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      for sql in [
        "INSERT INTO account VALUES (1, 10)", "DELETE FROM account", "DROP TABLE account",
        "CREATE TABLE other (id INTEGER PRIMARY KEY) STRICT",
        "CREATE TEMP TABLE other (id INTEGER PRIMARY KEY)",
      ] {
        try await expectStoreError({ $0 == .readOnly }) {
          try await engine.read { try $0.run(sql) }
        }
      }
      #expect(try await engine.rows("SELECT * FROM account").isEmpty)
    }
  }

  @Test("A read sees one moment, though a write is kept meanwhile", arguments: TestedEngine.all)
  func snapshot(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account, "INSERT INTO account VALUES (1, 10)") { engine in
      let gate = Gate()
      let sum = "SELECT sum(held) AS held FROM account"
      async let seen = engine.read { books in
        let before = try books.rows(sum)[0].integer("held")
        let passed = gate.pass()
        return [before, try books.rows(sum)[0].integer("held"), passed ? 1 : 0]
      }
      await gate.arrived()
      try await engine.run("UPDATE account SET held = 99")
      gate.open()
      #expect(try await seen == [10, 10, 1])
      #expect(try await engine.value(sum) == .integer(99))
    }
  }

  @Test("A read sees nothing of a write that isn't finished", arguments: TestedEngine.all)
  func isolation(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      let gate = Gate()
      async let written: Void = engine.write { books in
        try books.run("INSERT INTO account VALUES (1, 10)")
        gate.pass()
        try books.run("INSERT INTO account VALUES (2, 20)")
      }
      await gate.arrived()
      let during = try await engine.value("SELECT count(*) FROM account")
      gate.open()
      try await written
      #expect(during == .integer(0))
      #expect(try await engine.value("SELECT count(*) FROM account") == .integer(2))
    }
  }

  @Test("Fifty increments at once: none is lost", arguments: TestedEngine.all)
  func increments(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account, "INSERT INTO account VALUES (1, 0)") { engine in
      try await withThrowingTaskGroup { group in
        for _ in 1...50 {
          group.addTask {
            try await engine.write { books in
              let held = try books.rows("SELECT held FROM account")[0].integer("held")
              try books.run("UPDATE account SET held = $1", [.integer(held + 1)])
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await engine.value("SELECT held FROM account") == .integer(50))
    }
  }

  @Test("A cancelled task changes nothing", arguments: TestedEngine.all)
  func cancelled(_ tested: TestedEngine) async throws {
    try await tested.with(Self.account) { engine in
      let gate = Gate()
      let task = Task {
        try await engine.write { books in
          try books.run("INSERT INTO account VALUES (1, 10)")
          gate.pass()
          try books.run("INSERT INTO account VALUES (2, 20)")
        }
      }
      await gate.arrived()
      task.cancel()
      gate.open()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await engine.rows("SELECT * FROM account").isEmpty)
      try await engine.run("INSERT INTO account VALUES (1, 10)")
    }
  }
}
