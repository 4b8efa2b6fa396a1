package import FundModel
package import Store

/// A company or underlying fund as of a reference date, across all funds.
package struct CompanyStanding: Hashable, Sendable {
  package let party: Party
  /// What each fund has put into it, in order of registration of the commitments.
  package let holdings: [Holding]

  package struct Holding: Hashable, Sendable {
    package let fundName: String
    package let commitment: Commitment
    package let invested: Money
  }
}

/// Every party that a fund has a commitment to on the investments side, undone ones left out.
package struct CompaniesAsOf: Query {
  package let asOf: AsOf

  package init(_ asOf: AsOf) { self.asOf = asOf }

  package func answer(from connection: any SQLConnection) throws -> [CompanyStanding] {
    let known = try asOf.knownThrough(in: connection)
    let names = Dictionary(
      try FundRecords.funds(knownThrough: known, in: connection).map { ($0.id, $0.terms.name) },
      uniquingKeysWith: { first, _ in first })
    var invested: [Commitment.ID: Int64] = [:]
    for row in try connection.rows(
      investedSQL, [.init(asOf.referenceDate), .integer(known)])
    {
      invested[try row.id("commitment_id")] = try row.integer("units")
    }
    let commitments = try CommitmentRecords.commitments(
      .all, on: asOf.referenceDate, knownThrough: known, in: connection
    ).filter { $0.side == .investments && !$0.isAbsent }
    return Dictionary(grouping: commitments, by: \.party)
      .sorted { $0.key.id < $1.key.id }
      .map { party, commitments in
        CompanyStanding(
          party: party,
          holdings: commitments.map { commitment in
            CompanyStanding.Holding(
              fundName: names[commitment.fund] ?? "", commitment: commitment,
              invested: Money(
                minorUnits: invested[commitment.id] ?? 0, commitment.amount.currency))
          })
      }
  }
}

private let investedSQL = """
  SELECT e.commitment_id, CAST(sum(e.amount * k.sign) AS BIGINT) AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind AND k.counts_paid_in = 1
  WHERE e.side = 'investments' AND e.effective_on <= $1 AND e.audit <= $2
  GROUP BY e.commitment_id
  """
