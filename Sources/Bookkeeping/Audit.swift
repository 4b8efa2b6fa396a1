package import FundModel
internal import Store

/// The place of a change in the audit trail.
package struct AuditStamp: Hashable, Sendable {
  /// 1, 2, 3 … without a gap, in the order of commits.
  package let sequence: Int64
  /// When it became known. Strictly later than the one before, even when the clock went back.
  package let recordedAt: Instant

  package init(sequence: Int64, recordedAt: Instant) {
    self.sequence = sequence
    self.recordedAt = recordedAt
  }

  /// The next sequence. Books whose trail is at the end of all numbers are damaged.
  func following() throws -> Int64 {
    let (next, overflow) = sequence.addingReportingOverflow(1)
    guard !overflow else { throw StoreError.malformed(column: "sequence") }
    return next
  }
}

extension SQLConnection {
  /// The last entry of the trail; sequence 0 in books that nobody has written in.
  func auditHead() throws -> AuditStamp {
    guard let row = try rows(auditHeadSQL).first else {
      return AuditStamp(sequence: 0, recordedAt: Instant(microseconds: 0))
    }
    return AuditStamp(
      sequence: try row.integer("sequence"), recordedAt: try row.instant("recorded_at"))
  }

  /// The first outcome of a request that is asked again; `nil` when the key is new.
  func earlierReceipt<C: Command>(
    of command: C, by actor: String, key: String
  ) throws -> Receipt<C.Outcome>? {
    guard let row = try rows(auditByRequestKeySQL, [.text(actor), .text(key)]).first else {
      return nil
    }
    let asked = command.content.text
    guard try row.text("command") == C.name, try row.text("content") == asked else {
      throw Refusal.requestKeyReused
    }
    guard let outcome = C.Outcome(try row.text("outcome")) else {
      throw StoreError.malformed(column: "outcome")
    }
    return Receipt(
      outcome: outcome,
      audit: AuditStamp(
        sequence: try row.integer("sequence"), recordedAt: try row.instant("recorded_at")))
  }

  func appendAudit(
    _ audit: AuditStamp, actor: String, command: String, content: String, outcome: String,
    requestKey: String?
  ) throws {
    try run(
      appendAuditSQL,
      [
        .integer(audit.sequence), .text(audit.recordedAt.description), .text(actor),
        .text(command), .text(content), .text(outcome), .init(requestKey),
      ])
  }

  /// The last audit sequence that was known at `instant`; everything when `nil`.
  func lastKnown(at instant: Instant?) throws -> Int64 {
    guard let instant else { return .max }
    let row = try rows(lastKnownSQL, [.text(instant.description)]).first
    return try row?.integer("sequence") ?? 0
  }
}

private let auditHeadSQL = """
  SELECT sequence, recorded_at FROM audit ORDER BY sequence DESC LIMIT 1
  """

private let auditByRequestKeySQL = """
  SELECT sequence, recorded_at, command, content, outcome
  FROM audit
  WHERE actor = $1 AND request_key = $2
  """

private let appendAuditSQL = """
  INSERT INTO audit (sequence, recorded_at, actor, command, content, outcome, request_key)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  """

/// Instants are strictly increasing texts, so the last one up to the instant is the last sequence.
private let lastKnownSQL = """
  SELECT coalesce(max(sequence), 0) AS sequence FROM audit WHERE recorded_at <= $1
  """
