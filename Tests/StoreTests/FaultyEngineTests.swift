#if canImport(FaultyStore)
  import FaultyStore
  import Store
  import Testing

  @Suite("The engine that fails on order")
  struct FaultyEngineTests {
    @Test("Every step of a write can fail, the commit too; nothing of it stays")
    func everyStep() async throws {
      try await withBooks(["CREATE TABLE n (i INTEGER) STRICT"]) { engine, _ in
        let faulty = FaultyEngine(wrapping: engine)
        for step in 1...4 {
          faulty.failWrites(at: step)
          try await expectStoreError({ $0 == FaultyEngine.failure }) {
            try await Self.three(faulty)
          }
          #expect(faulty.statementsInLastWrite == min(step, 3))
          #expect(try await faulty.rows("SELECT * FROM n").isEmpty)
        }
        faulty.failWrites(at: 5)
        try await Self.three(faulty)
        faulty.failWrites(at: nil)
        try await Self.three(faulty)
        #expect(faulty.statementsInLastWrite == 3)
        #expect(faulty.statementsInAllWrites == 1 + 2 + 3 + 3 + 3 + 3)
        #expect(try await faulty.value("SELECT count(*) FROM n") == .integer(6))
      }
    }

    @Test("A swallowed failure isn't committed")
    func swallowed() async throws {
      try await withBooks(["CREATE TABLE n (i INTEGER) STRICT"]) { engine, _ in
        let faulty = FaultyEngine(wrapping: engine)
        faulty.failWrites(at: 2)
        try await expectStoreError({ $0 == FaultyEngine.failure }) {
          try await faulty.write { books in
            try books.run("INSERT INTO n VALUES (1)")
            try? books.run("INSERT INTO n VALUES (2)")
          }
        }
        #expect(try await engine.rows("SELECT * FROM n").isEmpty)
      }
    }

    private static func three(_ engine: some SQLEngine) async throws {
      try await engine.write { books in
        for number in 1...3 {
          try books.run("INSERT INTO n VALUES ($1)", [.integer(Int64(number))])
        }
      }
    }
  }
#endif
