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
  /// Of its seal, 64 hexadecimal digits; `nil` only in damaged books.
  package let digest: String?
}

/// Which entries of the trail are looked for; all of them where nothing is said.
package struct TrailFilter: Hashable, Sendable {
  /// Who asked.
  package var actor: String?
  /// A command's name, such as `record-payment`.
  package var command: String?
  /// Entries that recorded anything of it, or of a party that it names.
  package var fund: Fund.ID?
  /// Recorded then or later.
  package var from: Instant?
  /// Recorded by then.
  package var to: Instant?

  package init() {}
}

/// The trail, newest first, as far as it was known.
package struct AuditTrail: Query {
  package let knownAt: Instant?
  package let filter: TrailFilter
  /// Only entries before this sequence, for the next page.
  package let before: Int64?
  package let limit: Int

  package init(
    knownAt: Instant? = nil, _ filter: TrailFilter = TrailFilter(), before: Int64? = nil,
    limit: Int = 100
  ) {
    self.knownAt = knownAt
    self.filter = filter
    self.before = before
    self.limit = limit
  }

  package func answer(from connection: any SQLConnection) throws -> [AuditEntry] {
    var conditions = ""
    var arguments: [SQLValue] = [
      .integer(try connection.lastKnown(at: knownAt)), .integer(before ?? .max),
      .integer(Int64(limit)),
    ]
    func only(_ value: SQLValue?, _ condition: (String) -> String) {
      guard let value else { return }
      arguments.append(value)
      conditions += " AND " + condition("$\(arguments.count)")
    }
    only(filter.actor.map { .text($0) }) { "a.actor = \($0)" }
    only(filter.command.map { .text($0) }) { "a.command = \($0)" }
    // Instants are kept as texts in the order of time.
    only(filter.from.map { .text($0.description) }) { "a.recorded_at >= \($0)" }
    only(filter.to.map { .text($0.description) }) { "a.recorded_at <= \($0)" }
    only(filter.fund.map { .init($0) }) { "a.sequence IN (\(entriesTouching(fund: $0)))" }
    return try connection.rows(trailSQL(conditions), arguments).map { row in
      AuditEntry(
        stamp: AuditStamp(
          sequence: try row.integer("sequence"), recordedAt: try row.instant("recorded_at")),
        actor: try row.text("actor"), command: try row.text("command"),
        content: try row.text("content"), outcome: try row.text("outcome"),
        requestKey: try row.optionalText("request_key"), digest: try row.optionalText("digest"))
    }
  }
}

/// The end of the trail: its last entry and the digest that stands for it and all before. Printed in
/// a report, it proves later that nothing of what the report rests on was changed.
package struct TrailHead: Hashable, Sendable {
  package let stamp: AuditStamp
  /// 64 hexadecimal digits.
  package let digest: String

  package init(stamp: AuditStamp, digest: String) {
    self.stamp = stamp
    self.digest = digest
  }

  /// As it was at an instant; as it is when `nil`.
  package struct Question: Query {
    package let knownAt: Instant?

    package init(knownAt: Instant? = nil) { self.knownAt = knownAt }

    /// - Returns: `nil` in books that nobody had written in.
    package func answer(from connection: any SQLConnection) throws -> TrailHead? {
      let known = try connection.lastKnown(at: knownAt)
      return try connection.rows(headSQL, [.integer(known)]).first.map { row in
        TrailHead(
          stamp: AuditStamp(
            sequence: try row.integer("sequence"), recordedAt: try row.instant("recorded_at")),
          digest: try row.text("digest"))
      }
    }
  }
}

private func trailSQL(_ conditions: String) -> String {
  """
  SELECT a.sequence, a.recorded_at, a.actor, a.command, a.content, a.outcome, a.request_key,
         s.digest
  FROM audit a
  LEFT JOIN audit_seal s ON s.sequence = a.sequence
  WHERE a.sequence <= $1 AND a.sequence < $2\(conditions)
  ORDER BY a.sequence DESC
  LIMIT $3
  """
}

private let headSQL = """
  SELECT a.sequence, a.recorded_at, s.digest
  FROM audit a
  JOIN audit_seal s ON s.sequence = a.sequence
  WHERE a.sequence <= $1
  ORDER BY a.sequence DESC
  LIMIT 1
  """
