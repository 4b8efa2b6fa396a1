package import FundModel
package import Store

/// How what was promised to a fund, or by it, came to be what it is: every change of its commitment
/// total and of its commitments, also those that count only from a later day.
///
/// A direct investment has none: it is undone as a whole.
package struct CommitmentChanges: Query {
  package let fund: Fund.ID
  package let knownAt: Instant?

  package init(_ fund: Fund.ID, knownAt: Instant? = nil) {
    self.fund = fund
    self.knownAt = knownAt
  }

  package struct Change: Hashable, Sendable {
    /// Whose commitment; `nil` for the fund's commitment total.
    package let commitment: Commitment.ID?
    package let party: String?
    package let side: Side?
    /// `nil` where it counts from the beginning.
    package let effectiveOn: CalendarDate?
    package let before: Money
    package let after: Money
    package let reason: String
    package let recorded: AuditStamp
    package let actor: String
  }

  /// - Returns: the commitment total first, then each commitment; of each in the order in which the
  ///   changes count.
  package func answer(from connection: any SQLConnection) throws -> [Change] {
    let known = try connection.lastKnown(at: knownAt)
    guard let found = try FundRecords.fund(fund, knownThrough: known, in: connection) else {
      throw Refusal.unknown(.fund, fund.rawValue)
    }
    let arguments: [SQLValue] = [.init(fund), .integer(known)]
    var changes: [Change] = []
    for row in try connection.rows(changesSQL, arguments) {
      let commitment: Commitment.ID? = try row.optionalID("commitment_id")
      let last = changes.last.flatMap { $0.commitment == commitment ? $0.after : nil }
      let before = try last ?? row.money("first_amount", in: found.currency)
      changes.append(
        Change(
          commitment: commitment, party: try row.optionalText("name"),
          side: commitment == nil ? nil : try row.side(),
          effectiveOn: try row.optionalDate("effective_on"), before: before,
          after: try before + row.money("amount", in: found.currency),
          reason: try row.text("reason"),
          recorded: AuditStamp(
            sequence: try row.integer("audit"), recordedAt: try row.instant("recorded_at")),
          actor: try row.text("actor")))
    }
    return changes
  }
}

/// What counts from the beginning comes first, whenever it was recorded.
private let changesSQL = """
  SELECT * FROM (
  SELECT NULL AS commitment_id, NULL AS name, NULL AS side, f.commitment_total AS first_amount,
         x.id, x.amount, x.effective_on, x.reason, x.audit, a.recorded_at, a.actor
  FROM fund_total_change x
  JOIN fund f ON f.id = x.fund_id
  JOIN audit a ON a.sequence = x.audit
  WHERE x.fund_id = $1 AND x.audit <= $2
  UNION ALL
  SELECT c.id, p.name, c.side, c.amount, x.id, x.amount, x.effective_on, x.reason, x.audit,
         a.recorded_at, a.actor
  FROM commitment_change x
  JOIN commitment c ON c.id = x.commitment_id
  JOIN party_version p
    ON p.id = (SELECT max(id) FROM party_version WHERE party_id = c.party_id AND audit <= $2)
  JOIN audit a ON a.sequence = x.audit
  WHERE c.fund_id = $1 AND c.is_direct = 0 AND x.audit <= $2) AS changed
  ORDER BY coalesce(commitment_id, 0), coalesce(effective_on, ''), id
  """
