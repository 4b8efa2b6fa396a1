import FundModel
import Store

/// Commitments as the books know them, with what was promised as of a reference date.
enum CommitmentRecords {
  enum Selection {
    case all
    case ofFund(Fund.ID)
    case one(Commitment.ID)
  }

  /// In order of registration.
  static func commitments(
    _ selection: Selection, on referenceDate: CalendarDate, knownThrough last: Int64,
    in connection: any SQLConnection
  ) throws -> [Commitment] {
    let shared: [SQLValue] = [.init(referenceDate), .integer(last)]
    let rows =
      switch selection {
      case .all: try connection.rows(commitmentsSQL(""), shared)
      case .ofFund(let fund):
        try connection.rows(commitmentsSQL("AND c.fund_id = $3"), shared + [.init(fund)])
      case .one(let id): try connection.rows(commitmentsSQL("AND c.id = $3"), shared + [.init(id)])
      }
    return try rows.map(Commitment.init(row:))
  }

  /// What a commitment promises and what is asked of it, day by day, as last known.
  static func history(
    of commitment: Commitment, in connection: any SQLConnection
  ) throws -> CommitmentHistory {
    let promises = try connection.rows(promisesSQL, [.init(commitment.id)])
    let calls = try connection.rows(callsSQL, [.init(commitment.id)])
    return try CommitmentHistory(
      promises: promises.map { (try $0.optionalDate("day"), try $0.integer("units")) },
      calls: calls.map { (try $0.date("day"), try $0.integer("units")) },
      in: commitment.amount.currency)
  }

  /// What the firm stated as paid, by commitment; the last statement known.
  static func statedPaidIn(
    knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> [Commitment.ID: Int64] {
    var stated: [Commitment.ID: Int64] = [:]
    for row in try connection.rows(statedPaidInSQL, [.integer(last)]) {
      stated[try row.id("commitment_id")] = try row.integer("amount")
    }
    return stated
  }
}

extension Commitment {
  fileprivate init(row: SQLRow) throws {
    let currency = try row.currency()
    self.init(
      id: try row.id("id"), fund: try row.id("fund_id"), side: try row.side(),
      party: Party(
        id: try row.id("party_id"), name: try row.text("name"),
        industry: try row.text("industry")),
      partnerType: try row.text("partner_type"), instrument: try row.text("instrument"),
      // Added here, where a sum that doesn't fit is an error: SQLite would make it a REAL.
      amount: try row.money("amount", in: currency) + row.money("changed", in: currency),
      isDirectInvestment: try row.flag("is_direct"),
      isTakenBack: try row.flag("is_taken_back"))
  }
}

/// The first amount counts at every reference date, a dated change from its date on.
private func commitmentsSQL(_ condition: String) -> String {
  """
  SELECT c.id, c.fund_id, c.side, c.party_id, c.currency, c.is_direct, p.name, p.industry,
         t.partner_type, t.instrument,
         c.amount, coalesce((
           SELECT CAST(sum(x.amount) AS BIGINT) FROM commitment_change x
           WHERE x.commitment_id = c.id AND x.audit <= $2
             AND (x.effective_on IS NULL OR x.effective_on <= $1)), 0) AS changed,
         CASE WHEN EXISTS (SELECT 1 FROM import_undo u
                           WHERE u.import_audit = c.audit AND u.audit <= $2)
              THEN 1 ELSE 0 END AS is_taken_back
  FROM commitment c
  JOIN commitment_version t
    ON t.id = (SELECT max(id) FROM commitment_version WHERE commitment_id = c.id AND audit <= $2)
  JOIN party_version p
    ON p.id = (SELECT max(id) FROM party_version WHERE party_id = c.party_id AND audit <= $2)
  WHERE c.audit <= $2 AND \(FundRecords.isThere("c.fund_id", "$2")) \(condition)
  ORDER BY c.id
  """
}

private let promisesSQL = """
  SELECT NULL AS day, amount AS units FROM commitment WHERE id = $1
  UNION ALL
  SELECT effective_on, amount FROM commitment_change WHERE commitment_id = $1
  """

/// A cancelled call counts from its notice date to the day before it was cancelled.
private let callsSQL = """
  SELECT c.notice_date AS day, i.amount AS units
  FROM call_item i
  JOIN capital_call c ON c.id = i.call_id
  WHERE i.commitment_id = $1
  UNION ALL
  SELECT x.cancelled_on, -i.amount
  FROM call_item i
  JOIN call_cancellation x ON x.call_id = i.call_id
  WHERE i.commitment_id = $1
  """

private let statedPaidInSQL = """
  SELECT s.commitment_id, s.amount
  FROM stated_paid_in s
  WHERE s.id = (SELECT max(id) FROM stated_paid_in
                WHERE commitment_id = s.commitment_id AND audit <= $1)
  """
