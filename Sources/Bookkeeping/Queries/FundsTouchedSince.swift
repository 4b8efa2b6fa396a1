package import FundModel
package import Store

/// The last sequence of the audit trail; 0 in books that nobody has written in.
package struct TrailEnd: Query {
  package init() {}

  package func answer(from connection: any SQLConnection) throws -> Int64 {
    try connection.auditHead().sequence
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

/// One part for each table of facts but `party`, which says no more than that someone exists.
private let fundsTouchedSQL = """
  SELECT id AS fund_id FROM fund WHERE audit > $1
  UNION SELECT fund_id FROM fund_version WHERE audit > $1
  UNION SELECT fund_id FROM fund_total_change WHERE audit > $1
  UNION SELECT c.fund_id FROM party_version f JOIN commitment c ON c.party_id = f.party_id
    WHERE f.audit > $1
  UNION SELECT v.fund_id FROM party_version f JOIN fund_version v ON v.gp_party_id = f.party_id
    WHERE f.audit > $1
  UNION SELECT fund_id FROM commitment WHERE audit > $1
  UNION SELECT c.fund_id FROM commitment_version f JOIN commitment c ON c.id = f.commitment_id
    WHERE f.audit > $1
  UNION SELECT c.fund_id FROM commitment_change f JOIN commitment c ON c.id = f.commitment_id
    WHERE f.audit > $1
  UNION SELECT c.fund_id FROM stated_paid_in f JOIN commitment c ON c.id = f.commitment_id
    WHERE f.audit > $1
  UNION SELECT fund_id FROM capital_call WHERE audit > $1
  UNION SELECT c.fund_id FROM call_version f JOIN capital_call c ON c.id = f.call_id
    WHERE f.audit > $1
  UNION SELECT c.fund_id FROM call_cancellation f JOIN capital_call c ON c.id = f.call_id
    WHERE f.audit > $1
  UNION SELECT c.fund_id FROM call_item f JOIN capital_call c ON c.id = f.call_id
    WHERE f.audit > $1
  UNION SELECT fund_id FROM settlement WHERE audit > $1
  UNION SELECT fund_id FROM entry WHERE audit > $1
  ORDER BY fund_id
  """
