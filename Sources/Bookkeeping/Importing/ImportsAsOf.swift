package import FundModel
package import Store

/// One import in the trail.
package struct ImportRecord: Hashable, Sendable {
  package let recorded: AuditStamp
  package let actor: String
  /// Empty for imports from before the books kept their files.
  package let files: [File]
  /// The change that took it back, where one did.
  package let undone: AuditStamp?

  package struct File: Hashable, Sendable {
    package let name: String
    /// 64 hexadecimal digits.
    package let sha256: String
    package let rows: Int
    package let new: Int
    package let changed: Int
  }
}

/// The imports of the books, the last first.
package struct ImportsAsOf: Query {
  package let knownAt: Instant?
  /// Only one, by its sequence in the trail.
  package let sequence: Int64?
  package let limit: Int

  package init(knownAt: Instant? = nil, sequence: Int64? = nil, limit: Int = 100) {
    self.knownAt = knownAt
    self.sequence = sequence
    self.limit = limit
  }

  package func answer(from connection: any SQLConnection) throws -> [ImportRecord] {
    let known = try connection.lastKnown(at: knownAt)
    return try connection.rows(
      importsSQL,
      [
        .integer(known), sequence.map { .integer($0) } ?? .null, .integer(Int64(limit)),
        .text(ImportBooks.name),
      ]
    ).map { row in
      let undone: AuditStamp? =
        if let sequence = try row.optionalInteger("undone_by") {
          AuditStamp(sequence: sequence, recordedAt: try row.instant("undone_at"))
        } else { nil }
      return ImportRecord(
        recorded: AuditStamp(
          sequence: try row.integer("sequence"), recordedAt: try row.instant("recorded_at")),
        actor: try row.text("actor"), files: try files(of: row, connection), undone: undone)
    }
  }

  private func files(
    of row: SQLRow, _ connection: any SQLConnection
  ) throws -> [ImportRecord.File] {
    try connection.rows(filesSQL, [row.value("sequence")]).map {
      ImportRecord.File(
        name: try $0.text("file_name"), sha256: try $0.text("sha256"),
        rows: Int(try $0.integer("row_count")), new: Int(try $0.integer("rows_new")),
        changed: Int(try $0.integer("rows_changed")))
    }
  }
}

/// The last import that took a file of these very bytes; undone ones too.
package struct EarlierImport: Query {
  /// 64 hexadecimal digits.
  package let sha256: String

  package init(sha256: String) { self.sha256 = sha256 }

  /// - Returns: `nil` for a file that no import took.
  package func answer(from connection: any SQLConnection) throws -> ImportRecord? {
    let row = try connection.rows(
      "SELECT max(audit) AS sequence FROM import_batch WHERE sha256 = $1", [.text(sha256)]
    ).first
    guard let sequence = try row?.optionalInteger("sequence") else { return nil }
    return try ImportsAsOf(sequence: sequence).answer(from: connection).first
  }
}

private let importsSQL = """
  SELECT a.sequence, a.recorded_at, a.actor, u.audit AS undone_by, b.recorded_at AS undone_at
  FROM audit a
  LEFT JOIN import_undo u ON u.import_audit = a.sequence AND u.audit <= $1
  LEFT JOIN audit b ON b.sequence = u.audit
  WHERE a.command = $4 AND a.sequence <= $1 AND ($2 IS NULL OR a.sequence = $2)
  ORDER BY a.sequence DESC
  LIMIT $3
  """

private let filesSQL = """
  SELECT file_name, sha256, row_count, rows_new, rows_changed
  FROM import_batch
  WHERE audit = $1
  ORDER BY id
  """
