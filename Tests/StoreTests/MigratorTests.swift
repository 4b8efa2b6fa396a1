import Store
import Testing

@Suite("Migrations")
struct MigratorTests {
  private static let first = Migration(
    number: 1, note: "Funds.",
    sql: [
      "CREATE TABLE fund (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
      "INSERT INTO fund VALUES (1, 'Alder')",
    ])
  private static let second = Migration(
    number: 2, note: "A fund has a currency; those before it are in won.",
    sql: ["ALTER TABLE fund ADD COLUMN currency TEXT NOT NULL DEFAULT 'KRW'"])

  @Test("Each migration is applied once, recorded with its note, SQL and instant")
  func applies() async throws {
    try await withBooks { engine, _ in
      let migrator = try Migrator([Self.first, Self.second])
      #expect(try await migrator.pending(in: engine).map(\.number) == [1, 2])
      #expect(try await migrator.migrate(engine, appliedAt: "2026-01-01T00:00:00Z") == [1, 2])
      #expect(try await migrator.migrate(engine, appliedAt: "later") == [])
      #expect(try await migrator.pending(in: engine).isEmpty)
      let records = try await engine.rows("SELECT * FROM migration ORDER BY number")
      #expect(records.map(\.columns).first == ["number", "note", "sql", "applied_at"])
      #expect(
        records.map(\.values) == [
          [
            .integer(1), .text("Funds."), .text(Self.first.sql.joined(separator: ";\n")),
            .text("2026-01-01T00:00:00Z"),
          ],
          [
            .integer(2), .text(Self.second.note), .text(Self.second.sql[0]),
            .text("2026-01-01T00:00:00Z"),
          ],
        ])
    }
  }

  @Test("A migration carries over the data of the version before")
  func carriesOver() async throws {
    try await withBooks { engine, _ in
      try await Migrator([Self.first]).migrate(engine, appliedAt: "then")
      try await engine.run("INSERT INTO fund VALUES (2, 'Birch')")
      #expect(
        try await Migrator([Self.first, Self.second]).migrate(engine, appliedAt: "now") == [2])
      let rows = try await engine.rows("SELECT name, currency FROM fund ORDER BY id")
      #expect(
        rows.map(\.values) == [[.text("Alder"), .text("KRW")], [.text("Birch"), .text("KRW")]])
    }
  }

  @Test("Books of a later program are refused and stay as they are")
  func newer() async throws {
    try await withBooks { engine, _ in
      try await Migrator([Self.first, Self.second]).migrate(engine, appliedAt: "then")
      let old = try Migrator([Self.first])
      try await expectStoreError({ $0 == .newerBooks(found: 2, supported: 1) }) {
        try await old.migrate(engine, appliedAt: "now")
      }
      try await expectStoreError({ $0 == .newerBooks(found: 2, supported: 1) }) {
        _ = try await old.pending(in: engine)
      }
    }
  }

  @Test("An edited migration is refused, be it note or SQL")
  func edited() async throws {
    try await withBooks { engine, _ in
      try await Migrator([Self.first]).migrate(engine, appliedAt: "then")
      for edited in [
        Migration(number: 1, note: "Funds", sql: Self.first.sql),
        Migration(number: 1, note: "Funds.", sql: [Self.first.sql[0]]),
      ] {
        try await expectStoreError({ $0 == .migrationEdited(number: 1) }) {
          try await Migrator([edited, Self.second]).migrate(engine, appliedAt: "now")
        }
      }
      #expect(try await engine.value("SELECT count(*) FROM migration") == .integer(1))
    }
  }

  @Test("Migrations out of order in the program, or missing in the books, are refused")
  func gaps() async throws {
    #expect(throws: StoreError.migrationsOutOfOrder(expected: 1, found: 2)) {
      try Migrator([Self.second])
    }
    #expect(throws: StoreError.migrationsOutOfOrder(expected: 2, found: 1)) {
      try Migrator([Self.first, Self.first])
    }
    try await withBooks { engine, _ in
      let migrator = try Migrator([Self.first, Self.second])
      try await migrator.migrate(engine, appliedAt: "then")
      try await engine.run("DELETE FROM migration WHERE number = 1")
      try await expectStoreError({ $0 == .migrationMissing(number: 1) }) {
        try await migrator.migrate(engine, appliedAt: "now")
      }
    }
  }

  @Test("A migration that fails half-way leaves the version before")
  func failsWhole() async throws {
    try await withBooks { engine, _ in
      let broken = Migration(
        number: 2, note: "Broken.",
        sql: ["INSERT INTO fund VALUES (7, 'Gone')", "INSERT INTO fund VALUES (7, 'Twice')"])
      let reason = StoreError.constraint("UNIQUE constraint failed: fund.id")
      try await expectStoreError({ $0 == .migrationFailed(number: 2, reason) }) {
        try await Migrator([Self.first, broken]).migrate(engine, appliedAt: "now")
      }
      #expect(try await engine.value("SELECT count(*) FROM fund") == .integer(1))
      #expect(try await engine.value("SELECT max(number) FROM migration") == .integer(1))
      #expect(
        try await Migrator([Self.first, Self.second]).migrate(engine, appliedAt: "now") == [2])
    }
  }

  @Test("What fills the new shape sees its SQL, and is kept or undone with it")
  func fills() async throws {
    try await withBooks { engine, _ in
      try await Migrator([Self.first]).migrate(engine, appliedAt: "then")
      let insert = "INSERT INTO fund VALUES ($1, 'Birch', 'USD')"
      for failing in [true, false] {
        let filled = Migration(number: 2, note: Self.second.note, sql: Self.second.sql) { books in
          try books.run(insert, [.integer(2)])
          if failing { try books.run(insert, [.integer(2)]) }
        }
        let migrator = try Migrator([Self.first, filled])
        if failing {
          let reason = StoreError.constraint("UNIQUE constraint failed: fund.id")
          try await expectStoreError({ $0 == .migrationFailed(number: 2, reason) }) {
            try await migrator.migrate(engine, appliedAt: "now")
          }
          #expect(try await engine.value("SELECT count(*) FROM fund") == .integer(1))
          #expect(try await engine.value("SELECT max(number) FROM migration") == .integer(1))
        } else {
          #expect(try await migrator.migrate(engine, appliedAt: "now") == [2])
          #expect(try await migrator.migrate(engine, appliedAt: "later") == [])
          #expect(try await engine.value("SELECT count(*) FROM fund") == .integer(2))
        }
      }
    }
  }

  @Test("A migration may not bring a table without STRICT")
  func strict() async throws {
    try await withBooks { engine, _ in
      let loose = Migration(number: 1, note: "Loose.", sql: ["CREATE TABLE loose (id INTEGER)"])
      try await expectStoreError({ $0 == .migrationFailed(number: 1, .notStrict(["loose"])) }) {
        try await Migrator([loose]).migrate(engine, appliedAt: "now")
      }
      #expect(try await engine.rows("SELECT * FROM sqlite_schema").isEmpty)
    }
  }

  @Test("Another program's database is refused and stays as it is")
  func foreign() async throws {
    try await withBooks(["CREATE TABLE bookmark (url TEXT)"]) { engine, _ in
      try await expectStoreError({ $0 == .notBooks(tables: ["bookmark"]) }) {
        try await Migrator([Self.first]).migrate(engine, appliedAt: "now")
      }
      #expect(try await engine.value("SELECT count(*) FROM sqlite_schema") == .integer(1))
    }
  }

  @Test("Two programs that migrate at once apply each migration once")
  func together() async throws {
    try await withBooks { engine, path in
      let migrator = try Migrator([Self.first, Self.second])
      let other = try SQLiteEngine(path: path)
      async let one = migrator.migrate(engine, appliedAt: "one")
      async let two = migrator.migrate(other, appliedAt: "two")
      #expect(try await (one + two).sorted() == [1, 2])
      #expect(try await engine.value("SELECT count(*) FROM fund") == .integer(1))
      try other.close()
    }
  }
}
