package import FundModel
package import Store

/// One capital call with its fund, all as of the same day: what its page and its drawer show.
package struct CallInFull: Query {
  package let call: CapitalCall.ID
  package let asOf: AsOf

  package init(_ call: CapitalCall.ID, _ asOf: AsOf) {
    self.call = call
    self.asOf = asOf
  }

  package struct Answer: Sendable {
    package let sheet: CallSheet
    package let fund: FundStanding

    /// Of the commitments that the call belongs to: the investment's, or all of the fund's partners.
    package var position: Position {
      let ofCall = fund.commitments.first { commitment in
        sheet.lines.contains { $0.commitment.id == commitment.commitment.id }
      }
      return sheet.standing.call.side == .investments
        ? ofCall?.position ?? fund.investments : fund.partners
    }
  }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    guard let sheet = try CallSheetsAsOf(.one(call), asOf).answer(from: connection).first else {
      throw Refusal.unknown(.call, call.rawValue)
    }
    return Answer(
      sheet: sheet,
      fund: try FundAsOf(sheet.standing.call.fund, asOf).answer(from: connection))
  }
}

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

/// What one change of the books recorded: its place in the trail and the entries that it wrote.
package struct ChangeAt: Query {
  package let sequence: Int64

  package init(sequence: Int64) { self.sequence = sequence }

  package struct Found: Sendable {
    package let change: AuditEntry
    package let entries: [LedgerLine]
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
      entries: try LedgerAsOf(recordedBy: sequence, AsOf(.latest)).answer(from: connection))
  }
}
