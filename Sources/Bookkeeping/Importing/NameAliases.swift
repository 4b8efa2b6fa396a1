package import FundModel
package import Store

/// A spelling that a person taught the books: in files it names this fund, or this party.
package struct NameAlias: Hashable, Sendable {
  /// As a file wrote it.
  package let spelling: String
  package let target: Target

  package enum Target: Hashable, Sendable {
    case fund(Fund.ID)
    case party(Party.ID)

    fileprivate var kind: String {
      switch self {
      case .fund: "fund"
      case .party: "party"
      }
    }

    fileprivate var id: Int64 {
      switch self {
      case .fund(let id): id.rawValue
      case .party(let id): id.rawValue
      }
    }
  }

  package init(_ spelling: String, _ target: Target) {
    self.spelling = spelling
    self.target = target
  }
}

/// The spellings that files use for names of the books. No facts: they change in place.
package enum NameAliases {
  /// All of them, in the order of spellings.
  package struct All: Query {
    package init() {}

    package func answer(from connection: any SQLConnection) throws -> [NameAlias] {
      try connection.rows("SELECT kind, spelling, target_id FROM name_alias ORDER BY folded, kind")
        .map { row in
          let id = try row.integer("target_id")
          return NameAlias(
            try row.text("spelling"),
            try row.text("kind") == "fund"
              ? .fund(Fund.ID(rawValue: id)) : .party(Party.ID(rawValue: id)))
        }
    }
  }

  static func funds(in connection: any SQLConnection) throws -> [String: Fund.ID] {
    try ids("fund", "SELECT id FROM fund", connection).mapValues(Fund.ID.init(rawValue:))
  }

  static func parties(in connection: any SQLConnection) throws -> [String: Party.ID] {
    try ids("party", "SELECT id FROM party", connection).mapValues(Party.ID.init(rawValue:))
  }

  private static func ids(
    _ kind: String, _ there: String, _ connection: any SQLConnection
  ) throws -> [String: Int64] {
    try connection.rows(
      "SELECT folded, target_id FROM name_alias WHERE kind = $1 AND target_id IN (\(there))",
      [.text(kind)]
    ).reduce(into: [:]) { $0[try $1.text("folded")] = try $1.integer("target_id") }
  }
}

extension Books {
  /// Files that say `alias.spelling` mean its target from now on; a spelling means one of each kind.
  ///
  /// - Throws: ``Refusal`` where the spelling cannot stand in the books, or the target is not there.
  package func teach(_ alias: NameAlias, by keeper: Keeper) async throws {
    _ = keeper
    if let problem = TextProblem(in: alias.spelling, most: TextLimit.name, required: true) {
      throw Refusal.text("name", problem)
    }
    try await engine.write { connection in
      let isThere =
        switch alias.target {
        case .fund(let id):
          try FundRecords.fund(id, knownThrough: .max, in: connection) != nil
        case .party(let id):
          try PartyRecords.party(id, knownThrough: .max, in: connection) != nil
        }
      guard isThere else {
        throw Refusal.unknown(alias.target.kind == "fund" ? .fund : .party, alias.target.id)
      }
      try connection.run(
        putAliasSQL,
        [
          .text(alias.target.kind), .text(alias.spelling.foldedName), .text(alias.spelling),
          .integer(alias.target.id),
        ])
    }
  }

  /// The spelling means nothing any more.
  package func forget(_ alias: NameAlias, by keeper: Keeper) async throws {
    _ = keeper
    try await engine.write { connection in
      try connection.run(
        "DELETE FROM name_alias WHERE kind = $1 AND folded = $2",
        [.text(alias.target.kind), .text(alias.spelling.foldedName)])
    }
  }
}

private let putAliasSQL = """
  INSERT INTO name_alias (kind, folded, spelling, target_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (kind, folded) DO UPDATE
  SET spelling = excluded.spelling, target_id = excluded.target_id
  """

/// The spellings that were taught, with the names that they stand for.
package struct NamedAliases: Query {
  package struct Line: Hashable, Sendable {
    package let alias: NameAlias
    /// What the fund or party is called now.
    package let name: String
  }

  package init() {}

  /// - Returns: in the order of spellings.
  package func answer(from connection: any SQLConnection) throws -> [Line] {
    let aliases = try NameAliases.All().answer(from: connection)
    guard !aliases.isEmpty else { return [] }
    let funds = try FundRecords.funds(knownThrough: .max, in: connection)
    let parties = try PartyRecords.parties(knownThrough: .max, in: connection)
    return aliases.compactMap { alias in
      let name =
        switch alias.target {
        case .fund(let id): funds.first { $0.id == id }?.terms.name
        case .party(let id): parties.first { $0.id == id }?.name
        }
      return name.map { Line(alias: alias, name: $0) }
    }
  }
}

/// The fund or party that a person names; `nil` where there is none of that name, or several.
package struct NamedTarget: Query {
  package let kind: UnknownName.Kind
  package let name: String

  package init(_ kind: UnknownName.Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  package func answer(from connection: any SQLConnection) throws -> NameAlias.Target? {
    switch kind {
    case .fund:
      let funds = try FundRecords.funds(knownThrough: .max, in: connection)
      guard
        case .one(let id) = NameIndex(funds.map { ($0.id, $0.terms.name) }, aliases: [:]).find(name)
      else { return nil }
      return .fund(id)
    case .party:
      let parties = try PartyRecords.parties(knownThrough: .max, in: connection)
      guard case .one(let id) = NameIndex(parties.map { ($0.id, $0.name) }, aliases: [:]).find(name)
      else { return nil }
      return .party(id)
    }
  }
}
