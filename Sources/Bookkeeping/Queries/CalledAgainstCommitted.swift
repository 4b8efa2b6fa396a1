package import FundModel
package import Store

/// For each commitment that a call asks, what is called of it with that call: on the call's notice
/// date, or on the first day after it when more is called than committed.
package struct CalledAgainstCommitted: Query {
  package let call: CapitalCall.ID

  package init(_ call: CapitalCall.ID) { self.call = call }

  package func answer(
    from connection: any SQLConnection
  ) throws -> [Commitment.ID: CommitmentHistory.Day] {
    guard
      let call = try CallRecords.calls(.one(call), knownThrough: .max, in: connection).first
    else { throw Refusal.unknown(.call, call.rawValue) }
    var days: [Commitment.ID: CommitmentHistory.Day] = [:]
    for item in try CallRecords.items(.ofCall(call.id), knownThrough: .max, in: connection) {
      let commitment = try CommitmentRecords.commitments(
        .one(item.commitment), on: call.noticeDate, knownThrough: .max, in: connection
      ).first
      guard let commitment else { continue }
      days[commitment.id] = try CommitmentRecords.history(of: commitment, in: connection)
        .tightest(from: call.noticeDate)
    }
    return days
  }
}
