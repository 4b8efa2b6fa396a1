import Bookkeeping
import RandomBooks
import Store
import Testing

/// The schema is the last guard: whoever has the file open may add facts, never change them.
@Suite("The schema refuses to change facts")
struct SchemaRefusals {
  /// Tables in which rows may change: how the books are kept, who may open them, what was migrated.
  private let notFacts: Set = [
    "setting", "migration", "sqlite_sequence", "user_account", "user_party", "user_session",
    "api_token", "one_time_link", "feed_reader", "name_alias", "import_layout",
  ]

  @Test("UPDATE, DELETE, INSERT OR REPLACE and upsert, on every table of facts and the trail")
  func everyTable() async throws {
    let test = try await booksWithARowInEachTable()
    let before = try await test.dump()
    for table in factTables + ["audit", "audit_seal", "entry_kind"] {
      #expect(before.contains { $0.hasPrefix("\(table): ") }, "\(table) is empty")
      let (key, column) =
        switch table {
        case "audit": ("sequence", "actor")
        case "audit_seal": ("sequence", "digest")
        case "entry_kind": ("code", "sign")
        default: ("id", "step")
        }
      for statement in [
        "UPDATE \(table) SET \(column) = \(column)",
        "UPDATE OR REPLACE \(table) SET \(column) = \(column)",
        "DELETE FROM \(table)",
        "DELETE FROM \(table) WHERE \(key) = (SELECT max(\(key)) FROM \(table))",
        "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)",
        "REPLACE INTO \(table) SELECT * FROM \(table) LIMIT 1",
        """
        INSERT INTO \(table) SELECT * FROM \(table) WHERE true
        ON CONFLICT (\(key)) DO UPDATE SET \(column) = excluded.\(column)
        """,
      ] {
        await #expect("\(statement)") {
          try await test.engine.write { try $0.run(statement) }
        } throws: { error in
          guard case StoreError.constraint(let message) = error else { return false }
          return message.contains("\(table) is only ever added to")
        }
      }
    }
    #expect(try await test.dump() == before)
  }

  @Test("Every table is one of facts, or known not to be")
  func everyTableIsKnown() async throws {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    let tables = try await test.engine.read { connection in
      try connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'").map {
        try $0.text("name")
      }
    }
    #expect(Set(tables) == notFacts.union(factTables).union(["audit", "audit_seal", "entry_kind"]))
  }

  @Test("A fact without an audit entry is refused at the commit")
  func audited() async throws {
    let test = try await booksWithARowInEachTable()
    let before = try await test.dump()
    await #expect(throws: StoreError.self) {
      try await test.engine.write {
        try $0.run("INSERT INTO party (audit, step) VALUES (9999, 1)")
      }
    }
    #expect(try await test.dump() == before)
  }

  private func booksWithARowInEachTable() async throws -> TestBooks {
    let test = try await TestBooks(at: Story.noon("2026-06-30"))
    _ = try await CommandSamples(test)
    // No sample writes these.
    try await test.engine.write { connection in
      try connection.run(
        """
        INSERT INTO settlement (fund_id, effective_on, reference, memo, audit, step)
        VALUES (1, '2026-01-05', 'W-1', '', 1, 1000)
        """)
      try connection.run(
        "INSERT INTO fund_withdrawal (fund_id, reason, audit, step) VALUES (2, '', 1, 1001)")
    }
    return test
  }
}
