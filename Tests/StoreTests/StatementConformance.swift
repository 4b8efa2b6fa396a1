import Store
import Testing

@Suite("Every engine: statements, parameters and values")
struct StatementConformance {
  private static let thing = """
    CREATE TABLE thing (id INTEGER PRIMARY KEY, number INTEGER, word TEXT, bytes BLOB) STRICT
    """

  @Test(
    "$n is the n-th argument, in any order and as often as written", arguments: TestedEngine.all)
  func parameters(_ tested: TestedEngine) async throws {
    try await tested.with { engine in
      let rows = try await engine.rows(
        "SELECT $3 AS c, $1 AS a, $2 AS b, $1 AS again", .text("one"), .text("two"), .text("three"))
      #expect(rows[0].values == [.text("three"), .text("one"), .text("two"), .text("one")])
      #expect(rows[0].columns == ["c", "a", "b", "again"])
      let eleven = try await engine.rows(
        "SELECT $11 AS k, $10 AS j, $1 + $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 AS rest",
        .integer(1), .integer(2), .integer(3), .integer(4), .integer(5), .integer(6), .integer(7),
        .integer(8), .integer(9), .integer(10), .integer(11))
      #expect(eleven[0].values == [.integer(11), .integer(10), .integer(45)])
    }
  }

  @Test("A missing, extra or skipped argument is an error", arguments: TestedEngine.all)
  func wrongArguments(_ tested: TestedEngine) async throws {
    try await tested.with { engine in
      try await expectStoreError(\.isWrongArguments) {
        _ = try await engine.rows("SELECT $1, $2", .null)
      }
      try await expectStoreError(\.isWrongArguments) { _ = try await engine.rows("SELECT $1") }
      try await expectStoreError(\.isWrongArguments) {
        _ = try await engine.rows("SELECT 1", .null)
      }
      try await expectStoreError(\.isWrongArguments) {
        _ = try await engine.rows("SELECT $1, $3", .null, .null, .null)
      }
      try await expectStoreError(\.isWrongArguments) {
        _ = try await engine.rows("SELECT $1, $3", .null, .null)
      }
      // Arguments of one call never serve the next.
      #expect(try await engine.value("SELECT $1", .integer(7)) == .integer(7))
      try await expectStoreError(\.isWrongArguments) { _ = try await engine.rows("SELECT $1") }
    }
  }

  @Test("Values come back as they were kept", arguments: TestedEngine.all)
  func values(_ tested: TestedEngine) async throws {
    try await tested.with(Self.thing) { engine in
      let kept: [[SQLValue]] = [
        [.integer(.min), .text(""), .blob([])],
        [.integer(.max), .text("장부 · Société 👩‍💼 한글 e\u{301}"), .blob([0, 255, 0, 1])],
        [.integer(0), .text("it's \"$1\"; --"), .blob(Array(repeating: 7, count: 70_000))],
        [.integer(-1), .text(String(repeating: "가", count: 50_000)), .null],
        [.null, .null, .null],
      ]
      try await engine.write { books in
        for (index, values) in kept.enumerated() {
          try books.run(
            "INSERT INTO thing VALUES ($1, $2, $3, $4)", [.integer(Int64(index))] + values)
        }
      }
      let rows = try await engine.rows("SELECT number, word, bytes FROM thing ORDER BY id")
      #expect(rows.map(\.values) == kept)
      // Swift's == takes é for e + accent; the books must not.
      let word = try rows[1].text("word")
      #expect(word.unicodeScalars.suffix(2).elementsEqual(["e", "\u{301}"]))
    }
  }

  @Test("Text with a NUL is refused", arguments: TestedEngine.all)
  func noNUL(_ tested: TestedEngine) async throws {
    try await tested.with { engine in
      try await expectStoreError({ $0 == .unusableText(argument: 2, sql: "SELECT $1, $2") }) {
        _ = try await engine.rows("SELECT $1, $2", .text("a"), .text("b\0c"))
      }
    }
  }

  @Test("A row is read by name and by position, and says what doesn't fit")
  func rows() throws {
    let row = SQLRow(
      columns: ["id", "word", "none", "id"],
      values: [.integer(4), .text("four"), .null, .integer(5)])
    #expect(try row.integer("id") == 4)
    #expect(try row.text("word") == "four")
    #expect(try row.optionalInteger("id") == 4)
    #expect(try row.optionalText("none") == nil)
    #expect(try row.optionalInteger(at: 2) == nil)
    #expect(try row.integer(at: 3) == 5)
    #expect(throws: StoreError.missingColumn("nine")) { try row.value("nine") }
    #expect(throws: StoreError.missingColumn("9")) { try row.value(at: 9) }
    #expect(throws: StoreError.missingColumn("-1")) { try row.value(at: -1) }
    #expect(throws: StoreError.malformed(column: "word")) { try row.integer("word") }
    #expect(throws: StoreError.malformed(column: "word")) { try row.optionalInteger("word") }
    #expect(throws: StoreError.malformed(column: "none")) { try row.text("none") }
    #expect(throws: StoreError.malformed(column: "id")) { try row.text(at: 0) }
  }

  @Test("A sum beyond 64 bits is an error, not a wrong number", arguments: TestedEngine.all)
  func overflow(_ tested: TestedEngine) async throws {
    try await tested.with(Self.thing) { engine in
      try await engine.run(
        "INSERT INTO thing (number) VALUES ($1), ($2)", .integer(.max), .integer(1))
      try await expectStoreError({ $0 == .overflow }) {
        _ = try await engine.rows("SELECT CAST(sum(number) AS BIGINT) FROM thing")
      }
    }
  }

  @Test("Keys, checks, references and types are the last guard", arguments: TestedEngine.all)
  func constraints(_ tested: TestedEngine) async throws {
    try await tested.with(
      "CREATE TABLE fund (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
      """
      CREATE TABLE entry (id INTEGER PRIMARY KEY, fund_id INTEGER NOT NULL REFERENCES fund (id),
        amount INTEGER NOT NULL CHECK (amount > 0)) STRICT
      """,
      "INSERT INTO fund VALUES (1, 'Alder')", "INSERT INTO entry VALUES (1, 1, 5)"
    ) { engine in
      for sql in [
        "INSERT INTO fund VALUES (1, 'Birch')", "INSERT INTO fund VALUES (2, 'Alder')",
        "INSERT INTO fund (id) VALUES (2)", "INSERT INTO entry VALUES (2, 9, 5)",
        "INSERT INTO entry VALUES (2, 1, 0)", "INSERT INTO entry VALUES (2, 1, 'five')",
        "DELETE FROM fund",
      ] {
        try await expectStoreError(\.isConstraint) { try await engine.run(sql) }
      }
      #expect(try await engine.value("SELECT count(*) FROM entry") == .integer(1))
      #expect(try await engine.value("SELECT count(*) FROM fund") == .integer(1))
    }
  }

  @Test("An insert answers the id it was given", arguments: TestedEngine.all)
  func returning(_ tested: TestedEngine) async throws {
    try await tested.with(Self.thing) { engine in
      let ids = try await engine.write { books in
        try ["a", "b", "c"].map { word in
          try books.rows("INSERT INTO thing (word) VALUES ($1) RETURNING id", [.text(word)])[0]
            .integer("id")
        }
      }
      #expect(Set(ids).count == 3)
      #expect(
        try await engine.value("SELECT word FROM thing WHERE id = $1", .integer(ids[1]))
          == .text("b"))
      // `run` also carries out a statement that answers something.
      try await engine.run("INSERT INTO thing (word) VALUES ('d') RETURNING id")
      #expect(try await engine.value("SELECT count(*) FROM thing") == .integer(4))
    }
  }

  @Test("One call is one statement", arguments: TestedEngine.all)
  func oneStatement(_ tested: TestedEngine) async throws {
    try await tested.with(Self.thing) { engine in
      for sql in ["INSERT INTO thing (id) VALUES (1); DELETE FROM thing", "", "SELEC 1"] {
        try await expectStoreError(\.isStatement) { try await engine.run(sql) }
      }
      #expect(try await engine.rows("SELECT * FROM thing").isEmpty)
    }
  }

  @Test(
    "A long answer is looked at row by row, and says what doesn't fit", arguments: TestedEngine.all)
  func longAnswer(_ tested: TestedEngine) async throws {
    try await tested.with { engine in
      let sums = try await engine.read { books in
        var found: [Int64?] = []
        try books.forEachRow(
          "SELECT 7, NULL, '한글', 1 UNION ALL SELECT -9223372036854775807, 8, '', 2 ORDER BY 4"
        ) { row in
          found += [try row.integer(at: 0), try row.optionalInteger(at: 1)]
          #expect(row.isNull(at: 1) == (found.last == .some(nil)))
          let text = try row.text(at: 2)
          var bytes: [UInt8] = []
          try row.withText(at: 2) { bytes = Array($0) }
          #expect(bytes == Array(text.utf8))
          let malformed = { (position: Int) in StoreError.malformed(column: "\(position)") }
          #expect(throws: malformed(2)) { try row.integer(at: 2) }
          #expect(throws: malformed(2)) { try row.optionalInteger(at: 2) }
          #expect(throws: malformed(0)) { try row.text(at: 0) }
          #expect(throws: malformed(9)) { try row.integer(at: 9) }
        }
        return found
      }
      #expect(sums == [7, nil, -.max, 8])
      try await expectStoreError({ $0 == .malformed(column: "1") }) {
        try await engine.read { books in
          try books.forEachRow("SELECT 1, NULL") { _ = try $0.integer(at: 1) }
        }
      }
    }
  }

  @Test("A hundred thousand rows come back whole and in order", arguments: TestedEngine.all)
  func manyRows(_ tested: TestedEngine) async throws {
    try await tested.with { engine in
      let rows = try await engine.rows(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
        SELECT i, 'row ' || i AS word, NULL AS none FROM n ORDER BY i
        """, .integer(100_000))
      #expect(rows.count == 100_000)
      #expect(try rows.enumerated().allSatisfy { try $1.integer(at: 0) == Int64($0 + 1) })
      #expect(rows.last?.values == [.integer(100_000), .text("row 100000"), .null])
    }
  }
}
