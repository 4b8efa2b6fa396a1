import Store
import Testing

/// A kind of engine that must pass ``EngineConformance``; PostgreSQL joins the list when it comes.
struct TestedEngine: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Lends an engine on an empty database, thrown away afterwards.
  let lend: @Sendable (_ work: (any SQLEngine) async throws -> Void) async throws -> Void

  static let all = [
    TestedEngine(testDescription: "SQLite") { work in
      try await withBooks { engine, _ in try await work(engine) }
    }
  ]

  /// Lends an engine whose database has been through `schema`.
  func with(
    _ schema: String..., work: (any SQLEngine) async throws -> Void
  ) async throws {
    try await lend { engine in
      try await engine.write { books in for statement in schema { try books.run(statement) } }
      try await work(engine)
    }
  }
}

extension SQLEngine {
  func run(_ sql: String, _ arguments: SQLValue...) async throws {
    try await write { try $0.run(sql, arguments) }
  }

  func rows(_ sql: String, _ arguments: SQLValue...) async throws -> [SQLRow] {
    try await read { try $0.rows(sql, arguments) }
  }

  /// The only value of the only row.
  func value(_ sql: String, _ arguments: SQLValue...) async throws -> SQLValue {
    let rows = try await read { try $0.rows(sql, arguments) }
    return try #require(rows.count == 1 ? rows[0].values.first : nil)
  }
}

/// Expects `work` to throw a `StoreError` that `matches`; passes any other error on.
func expectStoreError(
  _ matches: (StoreError) -> Bool, at location: SourceLocation = #_sourceLocation,
  _ work: () async throws -> Void
) async throws {
  do {
    try await work()
    Issue.record("Nothing was thrown.", sourceLocation: location)
  } catch let error as StoreError {
    #expect(matches(error), "\(error)", sourceLocation: location)
  }
}

extension StoreError {
  var isConstraint: Bool { if case .constraint = self { true } else { false } }
  var isCorrupt: Bool { if case .corrupt = self { true } else { false } }
  var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
  var isStatement: Bool { if case .statement = self { true } else { false } }
  var isWrongArguments: Bool { if case .wrongArguments = self { true } else { false } }
}
