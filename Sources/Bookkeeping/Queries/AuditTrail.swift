package import FundModel
package import Store

/// One change of the books: who asked what, and when it became known.
package struct AuditEntry: Hashable, Sendable {
  package let stamp: AuditStamp
  package let actor: String
  package let command: String
  /// What was asked, as JSON text.
  package let content: String
  package let outcome: String
  package let requestKey: String?
}

/// The trail, newest first, as far as it was known.
package struct AuditTrail: Query {
  package let knownAt: Instant?
  /// Only entries before this sequence, for the next page.
  package let before: Int64?
  package let limit: Int

  package init(knownAt: Instant? = nil, before: Int64? = nil, limit: Int = 100) {
    self.knownAt = knownAt
    self.before = before
    self.limit = limit
  }

  package func answer(from connection: any SQLConnection) throws -> [AuditEntry] {
    let known = try connection.lastKnown(at: knownAt)
    return try connection.rows(
      trailSQL, [.integer(known), .integer(before ?? .max), .integer(Int64(limit))]
    ).map { row in
      AuditEntry(
        stamp: AuditStamp(
          sequence: try row.integer("sequence"), recordedAt: try row.instant("recorded_at")),
        actor: try row.text("actor"), command: try row.text("command"),
        content: try row.text("content"), outcome: try row.text("outcome"),
        requestKey: try row.optionalText("request_key"))
    }
  }
}

private let trailSQL = """
  SELECT sequence, recorded_at, actor, command, content, outcome, request_key
  FROM audit
  WHERE sequence <= $1 AND sequence < $2
  ORDER BY sequence DESC
  LIMIT $3
  """
