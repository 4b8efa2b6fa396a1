import FundModel
import Store

/// The facts that one import wrote, while they are taken back.
struct Batch {
  let sequence: Int64
  let books: OpenBooks
  let reason: String

  var connection: any SQLConnection { books.connection }

  /// The rows of a statement whose `$1` is the import.
  func rows(_ sql: String) throws -> [SQLRow] { try connection.rows(sql, [.integer(sequence)]) }

  func checkThatItCanBeUndone() throws {
    guard
      let entry = try rows("SELECT command FROM audit WHERE sequence = $1").first,
      try entry.text("command") == ImportBooks.name
    else { throw Refusal.unknown(.importing, sequence) }
    if let undo = try rows("SELECT audit FROM import_undo WHERE import_audit = $1").first {
      throw Refusal.importUndoneAlready(by: try undo.integer("audit"))
    }
    if let call = try rows(cancelledCallsSQL).first {
      throw Refusal.importCancelledCall(number: try call.integer("number"))
    }
    if let later = try rows(laterFactsSQL).first?.optionalInteger("sequence") {
      throw Refusal.laterFactsRest(on: later)
    }
  }
}

/// Whether a fact was recorded after the import, by something that was not undone itself.
private let isLater = """
  f.audit > $1 AND f.audit NOT IN (
    SELECT import_audit FROM import_undo UNION ALL SELECT audit FROM import_undo)
  """

/// A call that counted for a while and then did not can't be made to count again, or never to have.
/// Those of funds that go with the import are no matter, nor are direct investments.
private let cancelledCallsSQL = """
  SELECT q.number
  FROM call_cancellation x
  JOIN capital_call q ON q.id = x.call_id
  JOIN fund f ON f.id = q.fund_id
  LEFT JOIN commitment c ON c.id = q.commitment_id
  WHERE x.audit = $1 AND f.audit <> $1 AND coalesce(c.is_direct, 0) = 0
    AND (q.audit <> $1 OR x.cancelled_on <> q.notice_date)
  ORDER BY x.id
  LIMIT 1
  """

/// The first change of the books that rests on the import: it names a fact of it, or amends what the
/// import amended. What was recorded and reversed since is nothing.
private let laterFactsSQL = """
  SELECT min(audit) AS sequence FROM (
    SELECT f.audit FROM entry f JOIN call_item i ON i.id = f.item_id
    WHERE i.audit = $1 AND f.reverses IS NULL AND \(isLater)
      AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = f.id)
    UNION ALL
    SELECT f.audit FROM entry f JOIN entry b ON b.id = f.reverses
    WHERE b.audit = $1 AND \(isLater) AND b.item_id IN (
      SELECT r.item_id FROM entry r JOIN entry t ON t.id = r.reverses
      WHERE r.audit = $1 AND t.audit < $1)
    UNION ALL
    SELECT f.audit FROM commitment f JOIN fund b ON b.id = f.fund_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM capital_call f JOIN fund b ON b.id = f.fund_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM fund_total_change f JOIN fund b ON b.id = f.fund_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM fund_version f JOIN fund_version b ON b.fund_id = f.fund_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM party_version f JOIN party_version b ON b.party_id = f.party_id
    WHERE b.audit = $1 AND \(isLater)
      AND EXISTS (SELECT 1 FROM party p WHERE p.id = b.party_id AND p.audit < $1)
    UNION ALL
    SELECT f.audit FROM commitment_version f JOIN commitment_version b
      ON b.commitment_id = f.commitment_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM commitment_change f JOIN commitment b ON b.id = f.commitment_id
    WHERE b.audit = $1 AND b.is_direct = 0 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM stated_paid_in f JOIN commitment b ON b.id = f.commitment_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM stated_paid_in f JOIN stated_paid_in b ON b.commitment_id = f.commitment_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM call_item f JOIN commitment b ON b.id = f.commitment_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM call_version f JOIN call_version b ON b.call_id = f.call_id
    WHERE b.audit = $1 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM call_cancellation f JOIN capital_call b ON b.id = f.call_id
    LEFT JOIN commitment c ON c.id = b.commitment_id
    WHERE b.audit = $1 AND coalesce(c.is_direct, 0) = 0 AND \(isLater)
    UNION ALL
    SELECT f.audit FROM call_cancellation f JOIN call_version b ON b.call_id = f.call_id
    JOIN capital_call q ON q.id = f.call_id AND q.audit < $1
    WHERE b.audit = $1 AND \(isLater)
  ) later
  """
