import Bookkeeping
import FundModel
import RandomBooks
import Store
import Testing

/// Nobody changes what was written, past all guards, without `check` naming it.
@Suite("Seals")
struct SealTests {
  @Test("Any column of any row of any table of facts, changed: the row is named")
  func everyColumn() async throws {
    let test = try await sampleBooks()
    try await pastAllGuards(test) { connection in
      for table in factTables {
        for column in try connection.rows("PRAGMA table_info(\(table))") {
          let name = try column.text("name")
          let isText = try column.text("type") == "TEXT"
          for row in try connection.rows("SELECT id, \(name) AS value FROM \(table)") {
            let id = try row.integer("id")
            let value = try row.value("value")
            let other: SQLValue =
              switch value {
              case .integer(let number): .integer(number + 1_000_000)
              case .text(let text): .text(text + "x")
              default: isText ? .text("x") : .integer(1)
              }
            try connection.run(
              "UPDATE \(table) SET \(name) = $1 WHERE id = $2", [other, .integer(id)])
            let now = name == "id" ? id + 1_000_000 : id
            let found = try CheckBooks().answer(from: connection)
            #expect(
              found.contains {
                $0.row.hasPrefix("\(table) \(now) ") || $0.row == "\(table) \(now)"
              },
              "\(table).\(name): \(found)")
            try connection.run(
              "UPDATE \(table) SET \(name) = $1 WHERE id = $2", [value, .integer(now)])
          }
        }
      }
    }
  }

  @Test("An entry of the trail that is changed, taken away or made up is named")
  func everyEntry() async throws {
    let test = try await sampleBooks()
    let last = try await test.books.answer(AuditTrail(limit: 1)).first?.stamp.sequence ?? 0
    for (sql, row) in [
      ("UPDATE audit SET actor = 'nobody' WHERE sequence = 2", "audit 2, or the one before it"),
      ("UPDATE audit SET content = '{}' WHERE sequence = 2", "audit 2, or the one before it"),
      ("UPDATE audit SET outcome = '7' WHERE sequence = 2", "audit 2, or the one before it"),
      ("UPDATE audit SET command = 'x' WHERE sequence = 2", "audit 2, or the one before it"),
      ("UPDATE audit SET request_key = 'x' WHERE sequence = 2", "audit 2, or the one before it"),
      ("DELETE FROM audit WHERE sequence = 2", "audit_seal 2"),
      ("DELETE FROM audit_seal WHERE sequence = 2", "audit 2"),
      (
        "UPDATE audit_seal SET digest = replace(digest, substr(digest, 1, 1), '-') WHERE sequence = 2",
        "audit 2, or the one before it"
      ),
      ("UPDATE audit_seal SET row_marks = x'' WHERE sequence = 1", "(audit 1, step 1)"),
      ("DELETE FROM entry WHERE id = 1", "step 1"),
      (
        "INSERT INTO audit SELECT sequence + 1, '2199-01-01T00:00:00.000000Z', actor, command,"
          + " content, outcome, NULL FROM audit WHERE sequence = \(last)", "audit \(last + 1)"
      ),
      ("INSERT INTO party (audit, step) VALUES (1, 900)", "(audit 1, step 900)"),
      ("INSERT INTO party (audit, step) VALUES (99999, 1)", "party "),
    ] {
      try await pastAllGuards(test) { connection in
        try connection.run(sql)
        let found = try CheckBooks().answer(from: connection)
        #expect(found.contains { $0.row.contains(row) }, "\(sql): \(found)")
      }
    }
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
  }

  @Test("Seals taken away at the end are missed, also after the books were opened and written to")
  func takenAway() async throws {
    for kept in [0, 3] as [Int64] {
      let test = try await sampleBooks()
      let last = try await test.books.answer(AuditTrail(limit: 1)).first?.stamp.sequence ?? 0
      let engine = try guardless(test)
      try await engine.write { connection in
        let guards = try triggers(in: connection)
        for trigger in guards { try connection.run("DROP TRIGGER \(try trigger.text("name"))") }
        try connection.run("DELETE FROM audit_seal WHERE sequence > $1", [.integer(kept)])
        try connection.run("UPDATE entry SET memo = memo || 'x'")
        for trigger in guards { try connection.run(try trigger.text("sql")) }
      }
      try engine.close()
      let missed = (kept + 1...last).map {
        Bookkeeping.Finding(invariant: "every change is sealed", row: "audit \($0)")
      }
      func unsealed(_ books: Books) async throws -> [Bookkeeping.Finding] {
        try await books.answer(CheckBooks()).filter { $0.invariant == "every change is sealed" }
      }
      #expect(try await unsealed(test.books) == missed)
      let clock = test.clock
      let books = try await BooksFile.open(test.engine, now: { clock.now })
      #expect(try await unsealed(books) == missed)
      _ = try await books.perform(RegisterParty(name: "나중"), by: "maria")
      #expect(try await unsealed(books) == missed)
    }
  }

  @Test("How the books are kept is sealed with their first change")
  func settings() async throws {
    let test = try await sampleBooks()
    for sql in [
      "UPDATE setting SET value = 'Asia/Tokyo' WHERE name = 'zone'",
      "UPDATE setting SET value = 'USD' WHERE name = 'home_currency'",
      "INSERT INTO setting (name, value) VALUES ('show_date', '2026-01-01')",
    ] {
      try await pastAllGuards(test) { connection in
        try connection.run(sql)
        let found = try CheckBooks().answer(from: connection)
        #expect(found.contains { $0.row == "audit 1, or a setting" }, "\(sql)")
      }
    }
  }

  @Test("Books whose first seal follows nothing, as it was before, are sound and go on")
  func begunBefore() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await test.books.perform(RegisterParty(name: "처음"), by: "maria")
    _ = try await test.books.perform(RegisterParty(name: "다음"), by: "maria")
    let engine = try guardless(test)
    try await engine.write { connection in
      let guards = try triggers(in: connection)
      for trigger in guards { try connection.run("DROP TRIGGER \(try trigger.text("name"))") }
      // What the program sealed these two changes with before it sealed the settings.
      for (sequence, digest) in [
        (1, "8352e555c2a76275fd4e705623e58cb019c676a58e08d7df41a6d3ce10c29ab6"),
        (2, "e005bea1de8b4e21acc5e93850259d746fabf5b2ce6cdf6c8ed51ad3d7a6066d"),
      ] as [(Int64, String)] {
        try connection.run(
          "UPDATE audit_seal SET digest = $1 WHERE sequence = $2",
          [.text(digest), .integer(sequence)])
      }
      for trigger in guards { try connection.run(try trigger.text("sql")) }
    }
    try engine.close()
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
    _ = try await test.books.perform(RegisterParty(name: "나중"), by: "maria")
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
    try await pastAllGuards(test) { connection in
      try connection.run("UPDATE audit SET actor = 'nobody' WHERE sequence = 1")
      let found = try CheckBooks().answer(from: connection)
      #expect(found.contains { $0.row == "audit 1, or a setting" })
    }
  }

  @Test("A trail that a damaged file tells backwards is found, and checking it comes to an end")
  func backwards() async throws {
    let test = try await sampleBooks()
    try await pastAllGuards(test) { connection in
      let found = try CheckBooks().answer(from: Backwards(connection))
      #expect(found.contains { $0.invariant == "the books can be read" })
    }
  }

  @Test("Books from before there were seals are sealed by the migration that brings seals")
  func sealedLater() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test, withImports: false)
    let later = [
      "feed_reader", "one_time_link", "api_token", "user_session", "user_party", "user_account",
      "import_layout", "name_alias", "fund_withdrawal", "import_undo", "import_batch",
    ]
    let before = try await test.dump().filter { line in
      !(["migration", "sqlite_sequence"] + later).contains { line.hasPrefix("\($0): ") }
    }
    let engine = try guardless(test)
    try await engine.write { connection in
      // What is left is what the first three migrations made.
      try connection.run("DROP TRIGGER IF EXISTS capital_call_number_once")
      for table in later + ["audit_seal"] { try connection.run("DROP TABLE \(table)") }
      for index in ["fund", "commitment"] {
        try connection.run("DROP INDEX capital_call_number_of_\(index)")
      }
      for index in [
        "capital_call_number_per_fund", "capital_call_number_per_commitment", "entry_fund",
      ] {
        let made = BooksFile.migrations[0].sql.first { $0.contains("INDEX \(index) ON") }
        try connection.run(try #require(made))
      }
      try connection.run("DELETE FROM migration WHERE number > 3")
    }
    try engine.close()
    _ = try await BooksFile.open(test.engine, now: { Instant(microseconds: 0) })
    let after = try await test.dump().filter { line in
      !(["migration", "sqlite_sequence"] + later).contains { line.hasPrefix("\($0): ") }
    }
    #expect(after == before)
    // The users are gone with their tables; the seals are all right.
    let found = try await test.books.answer(CheckBooks())
    #expect(found.allSatisfy { $0.invariant == "who may open the books is who the trail says" })
  }

  /// After any entry of the trail comes the first one again, as where rows lie out of order.
  private struct Backwards: SQLConnection {
    let connection: any SQLConnection

    init(_ connection: any SQLConnection) { self.connection = connection }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> [SQLRow] {
      let isNext = sql.contains("FROM audit\n") && sql.contains("WHERE sequence > $1")
      return try connection.rows(
        sql, isNext ? [.integer(0)] + arguments.dropFirst() : arguments)
    }

    func insert(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) -> Int64 {
      try connection.insert(sql, arguments)
    }

    func forEachRow(_ sql: String, _ body: (any SQLCursor) throws -> Void) throws {
      try connection.forEachRow(sql, body)
    }

    func run(_ sql: String, _ arguments: [SQLValue]) throws(StoreError) {
      try connection.run(sql, arguments)
    }
  }

  private func sampleBooks() async throws -> TestBooks {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    #expect(try await test.books.answer(CheckBooks()).isEmpty)
    return test
  }

  /// Lends a connection that nothing stands in the way of; all it does is taken back.
  private func pastAllGuards(
    _ test: TestBooks, _ body: @escaping @Sendable (any SQLConnection) throws -> Void
  ) async throws {
    struct TakenBack: Error {}
    let engine = try guardless(test)
    do {
      try await engine.write { connection in
        try dropGuards(connection)
        try body(connection)
        throw TakenBack()
      }
    } catch is TakenBack {}
    try engine.close()
  }

  private func guardless(_ test: TestBooks) throws -> SQLiteEngine {
    try SQLiteEngine(
      path: test.path,
      settings: [
        SQLiteSetting("foreign_keys", asked: "OFF", expected: "0"),
        SQLiteSetting("ignore_check_constraints", asked: "ON", expected: "1"),
      ])
  }

  private func dropGuards(_ connection: any SQLConnection) throws {
    for trigger in try triggers(in: connection) {
      try connection.run("DROP TRIGGER \(try trigger.text("name"))")
    }
  }

  private func triggers(in connection: any SQLConnection) throws -> [SQLRow] {
    try connection.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
  }
}
