package import FundModel
package import Store

/// One fund in full: terms, both sides, commitments, calls with items.
package struct FundAsOf: Query {
  package let fund: Fund.ID
  package let asOf: AsOf

  package init(_ fund: Fund.ID, _ asOf: AsOf) {
    self.fund = fund
    self.asOf = asOf
  }

  package func answer(from connection: any SQLConnection) throws -> FundStanding {
    let known = try asOf.knownThrough(in: connection)
    guard let found = try FundRecords.fund(fund, knownThrough: known, in: connection) else {
      throw Refusal.unknown(.fund, fund.rawValue)
    }
    let row = try OverviewSums(asOf, of: fund, in: connection).row(of: found)
    let calls = try CallsAsOf(.ofFund(fund), asOf).answer(from: connection)
    return try FundStanding(
      row: row,
      generalPartner: found.terms.generalPartner.flatMap {
        try PartyRecords.party($0, knownThrough: known, in: connection)
      },
      commitments: try commitments(calls, row: row, known: known, in: connection),
      calls: calls)
  }

  private func commitments(
    _ calls: [CallStanding], row: OverviewRow, known: Int64, in connection: any SQLConnection
  ) throws -> [CommitmentStanding] {
    let currency = row.fund.currency
    let stated = try CommitmentRecords.statedPaidIn(knownThrough: known, in: connection)
    let items = Dictionary(
      grouping: calls.flatMap { call in
        call.items.map { (item: $0, counts: call.call.counts(on: asOf.referenceDate)) }
      }, by: \.item.item.commitment)
    return try CommitmentRecords.commitments(
      .ofFund(fund), on: asOf.referenceDate, knownThrough: known, in: connection
    )
    .filter { !$0.isAbsent }
    .map { commitment in
      let items = items[commitment.id] ?? []
      let statedAmount = stated[commitment.id].map { Money(minorUnits: $0, currency) }
      let restsOnStated = commitment.side == .partners && row.basis == .stated
      return CommitmentStanding(
        commitment: commitment,
        position: try Position(
          committed: commitment.amount,
          noticed: Money.sum(items.filter(\.counts).map(\.item.item.amount), in: currency),
          paid: restsOnStated
            ? statedAmount ?? .zero(currency) : Money.sum(items.map(\.item.paid), in: currency),
          outstanding: Money.sum(items.map(\.item.outstanding), in: currency),
          creditsDue: Money.sum(items.map(\.item.creditDue), in: currency)),
        statedPaidIn: statedAmount)
    }
  }
}
