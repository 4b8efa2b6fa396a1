package import FundModel
package import Store

/// What each commitment that a call could ask promises, and what is called of it with that call, on
/// every day: the commitments of the fund's partners, or the one investment.
package struct CalledAgainstCommitted: Query {
  package let call: CapitalCall.ID

  package init(_ call: CapitalCall.ID) { self.call = call }

  package func answer(
    from connection: any SQLConnection
  ) throws -> [Commitment.ID: CommitmentHistory] {
    guard
      let call = try CallRecords.calls(.one(call), knownThrough: .max, in: connection).first
    else { throw Refusal.unknown(.call, call.rawValue) }
    let asked = Set(
      try CallRecords.items(.ofCall(call.id), knownThrough: .max, in: connection).map(\.commitment))
    let commitments = try CommitmentRecords.commitments(
      .ofFund(call.fund), on: call.noticeDate, knownThrough: .max, in: connection)
    var histories: [Commitment.ID: CommitmentHistory] = [:]
    for commitment in commitments
    where call.side == .partners && commitment.side == .partners || asked.contains(commitment.id) {
      histories[commitment.id] = try CommitmentRecords.history(of: commitment, in: connection)
    }
    return histories
  }
}
