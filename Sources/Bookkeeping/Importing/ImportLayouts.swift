package import FundModel
package import Store

/// How a person had the columns of one kind of sheet read, so that the next one is read likewise.
package struct ImportLayout: Hashable, Sendable {
  /// Tells sheets with these headings from others.
  package let fingerprint: String
  /// The mapping as ``SheetLayout/text``.
  package let mapping: String
  package let usedBy: String
  package let usedAt: Instant

  package init(fingerprint: String, mapping: String, usedBy: String, usedAt: Instant) {
    self.fingerprint = fingerprint
    self.mapping = mapping
    self.usedBy = usedBy
    self.usedAt = usedAt
  }
}

/// The layouts that were used, last first. No facts: they change in place.
package struct ImportLayouts: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> [ImportLayout] {
    try connection.rows(
      "SELECT * FROM import_layout ORDER BY used_at DESC, fingerprint"
    ).map {
      ImportLayout(
        fingerprint: try $0.text("fingerprint"), mapping: try $0.text("mapping"),
        usedBy: try $0.text("used_by"), usedAt: try $0.instant("used_at"))
    }
  }
}

extension Books {
  /// Keeps how a sheet with these headings is read, in the place of what was kept before.
  package func keepLayout(
    _ fingerprint: String, mapping: String, by keeper: Keeper
  ) async throws {
    let now = clock.now()
    try await engine.write { connection in
      try connection.run(
        putLayoutSQL,
        [.text(fingerprint), .text(mapping), .text(keeper.name), .text(now.description)])
    }
  }

  package func forgetLayout(_ fingerprint: String, by keeper: Keeper) async throws {
    _ = keeper
    try await engine.write { connection in
      try connection.run(
        "DELETE FROM import_layout WHERE fingerprint = $1", [.text(fingerprint)])
    }
  }
}

private let putLayoutSQL = """
  INSERT INTO import_layout (fingerprint, mapping, used_by, used_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (fingerprint) DO UPDATE
  SET mapping = excluded.mapping, used_by = excluded.used_by, used_at = excluded.used_at
  """
