package import FundModel
package import Store

/// The last sequence of the audit trail; 0 in books that nobody has written in.
package struct TrailEnd: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> Int64 {
    try connection.auditHead().sequence
  }
}

/// How many entries of the trail were about what a partner sees: of its own commitments, of the calls
/// that ask them, of the terms of their funds, of the parties themselves. It grows with each, and tells
/// nothing of any other.
package struct OwnTrailLength: Query {
  package let parties: [Party.ID]

  package init(_ parties: [Party.ID]) { self.parties = parties }

  package func answer(from connection: any SQLConnection) throws -> Int64 {
    let own = parties.map(\.description).joined(separator: ", ")
    return try connection.rows(ownTrailLengthSQL(own)).first?.integer("entries") ?? 0
  }
}

/// What the books took in after one sequence of the audit trail: which funds it is about.
package struct FundsTouchedSince: Query {
  package struct Answer: Hashable, Sendable {
    /// The last sequence that is counted here.
    package let sequence: Int64
    /// In order of registration. A party touches the funds that name it; alone it touches none.
    package let funds: [Fund.ID]

    package init(sequence: Int64, funds: [Fund.ID]) {
      self.sequence = sequence
      self.funds = funds
    }
  }

  package let sequence: Int64

  package init(_ sequence: Int64) { self.sequence = sequence }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    try Answer(
      sequence: connection.auditHead().sequence,
      funds: connection.rows(fundsTouchedSQL, [.integer(sequence)]).map { try $0.id("fund_id") })
  }
}

private func ownTrailLengthSQL(_ parties: String) -> String {
  """
  WITH own AS (
    SELECT id, fund_id FROM commitment WHERE side = 'partners' AND party_id IN (\(parties))
  )
  SELECT count(DISTINCT audit) AS entries
  FROM (\(whatFactsAreAbout(where: "1 = 1"))) AS about
  WHERE commitment_id IN (SELECT id FROM own)
     OR (fact IN ('capital_call', 'call_version', 'call_cancellation') AND call_id IN (
       SELECT i.call_id FROM call_item i WHERE i.commitment_id IN (SELECT id FROM own)))
     OR (fact = 'fund_version' AND fund_id IN (SELECT fund_id FROM own))
     OR (fact = 'party_version' AND party_id IN (\(parties)))
  """
}

private let fundsTouchedSQL = """
  SELECT fund_id FROM (\(whatFactsAreAbout(where: "f.audit > $1"))) AS about
  WHERE fund_id IS NOT NULL
  UNION SELECT c.fund_id FROM party_version f JOIN commitment c ON c.party_id = f.party_id
    WHERE f.audit > $1
  UNION SELECT v.fund_id FROM party_version f JOIN fund_version v ON v.gp_party_id = f.party_id
    WHERE f.audit > $1
  ORDER BY fund_id
  """
