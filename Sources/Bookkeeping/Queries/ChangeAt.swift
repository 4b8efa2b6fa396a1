import FundModel
package import Store

/// What one change of the books recorded: its place in the trail and the entries that it wrote.
package struct ChangeAt: Query {
  package let sequence: Int64

  package init(sequence: Int64) { self.sequence = sequence }

  package struct Found: Sendable {
    package let change: AuditEntry
    package let entries: [LedgerLine]
    /// The import that it took back, by its number in the trail; `nil` for any other change.
    package let undoneImport: Int64?
  }

  /// - Returns: `nil` where the trail has no such number.
  package func answer(from connection: any SQLConnection) throws -> Found? {
    let next = sequence.addingReportingOverflow(1).partialValue
    guard
      let change = try AuditTrail(before: next, limit: 1).answer(from: connection).first,
      change.stamp.sequence == sequence
    else { return nil }
    return Found(
      change: change,
      entries: try LedgerAsOf(recordedBy: sequence, AsOf(.latest)).answer(from: connection),
      undoneImport: try connection.rows(undoneSQL, [.integer(sequence)]).first
        .map { try $0.integer("import_audit") })
  }
}

private let undoneSQL = "SELECT import_audit FROM import_undo WHERE audit = $1"
