import FundModel
import Store

/// Funds as the books know them, each with the last version recorded by an audit sequence.
enum FundRecords {
  static func funds(
    knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> [Fund] {
    try connection.rows(fundsSQL, [.integer(last)]).map(Fund.init(row:))
  }

  static func fund(
    _ id: Fund.ID, knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> Fund? {
    try connection.rows(fundSQL + " AND " + isThere("f.id", "$2"), [.init(id), .integer(last)])
      .first.map(Fund.init(row:))
  }

  /// Also where the fund was withdrawn: the trail still tells of it.
  static func fundEvenWithdrawn(
    _ id: Fund.ID, knownThrough last: Int64, in connection: any SQLConnection
  ) throws -> Fund? {
    try connection.rows(fundSQL, [.init(id), .integer(last)]).first.map(Fund.init(row:))
  }

  /// The condition that a fund was not withdrawn: a withdrawn one, and all that belongs to it, is in
  /// no list, total or lookup from then on.
  ///
  /// - Parameters:
  ///   - fund: the fund's id as it stands in the statement, such as `c.fund_id`.
  ///   - known: the last audit sequence that counts, such as `$1`.
  static func isThere(_ fund: String, _ known: String) -> String {
    """
    NOT EXISTS (SELECT 1 FROM fund_withdrawal w WHERE w.fund_id = \(fund) AND w.audit <= \(known))
    """
  }
}

extension Fund {
  fileprivate convenience init(row: SQLRow) throws {
    let currency = try row.currency()
    self.init(
      id: try row.id("id"), currency: currency,
      firstCommitmentTotal: try row.money("commitment_total", in: currency),
      terms: FundTerms(
        name: try row.text("name"), fundType: try row.text("fund_type"),
        fundManager: try row.text("fund_manager"),
        generalPartner: try row.optionalID("gp_party_id"),
        formationDate: try row.optionalDate("formation_date"),
        investmentPeriodEnd: try row.optionalDate("investment_period_end"),
        maturityDate: try row.optionalDate("maturity_date"),
        dissolutionDate: try row.optionalDate("dissolution_date"),
        gpCommitment: try row.money("gp_commitment", in: currency),
        hurdleRate: try row.optionalInteger("hurdle_rate").map(Percent.init(tenThousandths:))))
  }
}

private let columns = """
  f.id, f.currency, f.commitment_total, v.name, v.fund_type, v.fund_manager, v.gp_party_id,
  v.formation_date, v.investment_period_end, v.maturity_date, v.dissolution_date,
  v.gp_commitment, v.hurdle_rate
  """

/// Registration order is the order of ids.
private let fundsSQL = """
  SELECT \(columns)
  FROM fund f
  JOIN fund_version v
    ON v.id = (SELECT max(id) FROM fund_version WHERE fund_id = f.id AND audit <= $1)
  WHERE f.audit <= $1 AND \(FundRecords.isThere("f.id", "$1"))
  ORDER BY f.id
  """

private let fundSQL = """
  SELECT \(columns)
  FROM fund f
  JOIN fund_version v
    ON v.id = (SELECT max(id) FROM fund_version WHERE fund_id = f.id AND audit <= $2)
  WHERE f.id = $1 AND f.audit <= $2
  """
