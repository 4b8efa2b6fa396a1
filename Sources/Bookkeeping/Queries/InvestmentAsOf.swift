package import FundModel
package import Store

/// One investment of a fund in full: what its page (the deal page) shows.
package struct InvestmentAsOf: Query {
  package let commitment: Commitment.ID
  package let asOf: AsOf

  package init(_ commitment: Commitment.ID, _ asOf: AsOf) {
    self.commitment = commitment
    self.asOf = asOf
  }

  package struct Answer: Sendable {
    package let fund: FundStanding
    package let investment: CommitmentStanding
    package let ledger: [LedgerLine]
    /// Of the fund, for the rail.
    package let timeline: CashTimeline
  }

  /// A direct investment that was not yet made, or was undone, is unknown.
  package func answer(from connection: any SQLConnection) throws -> Answer {
    let known = try asOf.knownThrough(in: connection)
    let found = try CommitmentRecords.commitments(
      .one(commitment), on: asOf.referenceDate, knownThrough: known, in: connection)
    guard let id = found.first?.fund, found.first?.side == .investments else {
      throw Refusal.unknown(.commitment, commitment.rawValue)
    }
    let fund = try FundAsOf(id, asOf).answer(from: connection)
    guard let investment = fund.commitments.first(where: { $0.commitment.id == commitment }) else {
      throw Refusal.unknown(.commitment, commitment.rawValue)
    }
    return Answer(
      fund: fund, investment: investment,
      ledger: try LedgerAsOf(commitment: commitment, asOf).answer(from: connection),
      timeline: try CashTimelineAsOf(of: .fund(id), knownAt: asOf.knownAt)
        .answer(from: connection))
  }
}
