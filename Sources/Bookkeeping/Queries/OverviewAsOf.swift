package import FundModel
package import Store

/// Every fund on one page, as of a reference date, from the cash that moved.
package struct OverviewAsOf: Query {
  package let asOf: AsOf
  /// Leaves funds not formed at the reference date out of rows and totals.
  package let formedOnly: Bool
  package let homeCurrency: Currency

  package init(_ asOf: AsOf, formedOnly: Bool = false, homeCurrency: Currency) {
    self.asOf = asOf
    self.formedOnly = formedOnly
    self.homeCurrency = homeCurrency
  }

  package func answer(from connection: any SQLConnection) throws -> Overview {
    let sums = try OverviewSums(asOf, in: connection)
    let funds = try FundRecords.funds(
      knownThrough: asOf.knownThrough(in: connection), in: connection)
    let rows = try funds.map { try sums.row(of: $0) }
    return try Overview(
      referenceDate: asOf.referenceDate, homeCurrency: homeCurrency,
      rows: formedOnly ? rows.filter(\.isFormed) : rows, companies: sums.companies)
  }
}

/// The sums behind every overview row, each taken on its own: joining payments to calls before
/// summing calls would count a call once for each payment.
struct OverviewSums {
  let referenceDate: CalendarDate
  let totalChanges: [Fund.ID: Int64]
  let paid: [PaidKey: Int64]
  let stated: [Fund.ID: Stated]
  /// Funds with a standing item on their partners' side: their paid-in rests on cash.
  let withHistory: Set<Fund.ID>
  /// For each fund, the parties with a standing payment on the investments side.
  let companies: [Fund.ID: Set<Party.ID>]

  struct PaidKey: Hashable {
    let fund: Fund.ID
    let side: Side
    let isGeneralPartner: Bool
  }

  struct Stated: Hashable, Sendable {
    private(set) var total: Int64 = 0
    /// `nil` without a partner of type GP.
    private(set) var ofGeneralPartners: Int64?

    /// Takes in what one partner, or several of one kind, are stated to have paid.
    mutating func add(_ units: Int64, ofGeneralPartner: Bool) throws(MoneyError) {
      total = try Self.sum(total, units)
      if ofGeneralPartner { ofGeneralPartners = try Self.sum(ofGeneralPartners ?? 0, units) }
    }

    private static func sum(_ one: Int64, _ other: Int64) throws(MoneyError) -> Int64 {
      let (sum, overflow) = one.addingReportingOverflow(other)
      guard !overflow else { throw .overflow }
      return sum
    }
  }

  /// - Parameter fund: only what its row needs; every fund's when `nil`.
  init(_ asOf: AsOf, of fund: Fund.ID? = nil, in connection: any SQLConnection) throws {
    let known = try asOf.knownThrough(in: connection)
    let both: [SQLValue] =
      [.init(asOf.referenceDate), .integer(known)] + (fund.map { [.init($0)] } ?? [])
    func of(_ column: String) -> String { fund == nil ? "" : "AND \(column) = $3" }
    let ofEntries = fund == nil ? "" : "AND \(isEntry(ofFund: "$3"))"
    referenceDate = asOf.referenceDate

    var totalChanges: [Fund.ID: Int64] = [:]
    for row in try connection.rows(totalChangesSQL(of("fund_id")), both) {
      totalChanges[try row.id("fund_id")] = try row.integer("units")
    }
    self.totalChanges = totalChanges

    var paid: [PaidKey: Int64] = [:]
    for row in try connection.rows(paidSQL(ofEntries), both) {
      let key = PaidKey(
        fund: try row.id("fund_id"), side: try row.side(),
        isGeneralPartner: try row.flag("is_gp"))
      paid[key] = try row.integer("units")
    }
    self.paid = paid

    stated = try Self.stated(of: fund, knownThrough: known, in: connection)

    withHistory = Set(
      try connection.rows(withHistorySQL(of("c.fund_id")), both).map { try $0.id("fund_id") })

    var companies: [Fund.ID: Set<Party.ID>] = [:]
    for row in try connection.rows(companiesSQL(ofEntries), both) {
      companies[try row.id("fund_id"), default: []].insert(try row.id("party_id"))
    }
    self.companies = companies
  }

  /// What each fund's partners are stated to have paid; every fund's when `fund` is `nil`.
  static func stated(
    of fund: Fund.ID?, knownThrough known: Int64, in connection: any SQLConnection
  ) throws -> [Fund.ID: Stated] {
    var stated: [Fund.ID: Stated] = [:]
    let rows = try connection.rows(
      statedSQL(fund == nil ? "" : "AND c.fund_id = $2"),
      [.integer(known)] + (fund.map { [.init($0)] } ?? []))
    for row in rows {
      try stated[try row.id("fund_id"), default: Stated()].add(
        try row.integer("units"), ofGeneralPartner: try row.flag("is_gp"))
    }
    return stated
  }

  func row(of fund: Fund) throws -> OverviewRow {
    func money(_ units: Int64?) -> Money { Money(minorUnits: units ?? 0, fund.currency) }
    func paid(_ side: Side, gp: Bool) -> Money {
      money(self.paid[PaidKey(fund: fund.id, side: side, isGeneralPartner: gp)])
    }
    let ofGeneralPartners = paid(.partners, gp: true)
    return try OverviewRow(
      fund: fund, referenceDate: referenceDate,
      commitmentTotal: fund.firstCommitmentTotal + money(totalChanges[fund.id]),
      paidIn: withHistory.contains(fund.id)
        ? .cash(total: ofGeneralPartners + paid(.partners, gp: false), ofGeneralPartners)
        : (stated[fund.id] ?? Stated()).paidIn(of: fund),
      invested: paid(.investments, gp: false), companyCount: companies[fund.id]?.count ?? 0)
  }
}

/// A fund's paid-in with the general partners' part, and what both rest on.
struct PaidIn {
  let total: Money
  let ofGeneralPartners: Money
  let basis: PaidInBasis

  static func cash(total: Money, _ ofGeneralPartners: Money) -> PaidIn {
    PaidIn(total: total, ofGeneralPartners: ofGeneralPartners, basis: .cash)
  }
}

extension OverviewSums.Stated {
  func paidIn(of fund: Fund) -> PaidIn {
    let total = Money(minorUnits: total, fund.currency)
    return PaidIn(
      total: total,
      ofGeneralPartners: StatedPaidIn.gpPart(
        total: total,
        ofGeneralPartners: ofGeneralPartners.map { Money(minorUnits: $0, fund.currency) },
        gpCommitment: fund.terms.gpCommitment),
      basis: .stated)
  }
}

extension OverviewRow {
  init(
    fund: Fund, referenceDate: CalendarDate, commitmentTotal: Money, paidIn: PaidIn,
    invested: Money, companyCount: Int
  ) throws(MoneyError) {
    try self.init(
      fund: fund, referenceDate: referenceDate, commitmentTotal: commitmentTotal,
      paidIn: paidIn.total, basis: paidIn.basis, gpPaidIn: paidIn.ofGeneralPartners,
      invested: invested, companyCount: companyCount)
  }
}

/// A change counts from its date on; one without a date from the beginning.
private func totalChangesSQL(_ condition: String) -> String {
  """
  SELECT fund_id, CAST(sum(amount) AS BIGINT) AS units
  FROM fund_total_change
  WHERE audit <= $2 AND (effective_on IS NULL OR effective_on <= $1) \(condition)
  GROUP BY fund_id
  """
}

/// A reversal carries the opposite sign and its target's date, so both drop out of the sum.
private func paidSQL(_ condition: String) -> String {
  """
  SELECT c.fund_id, c.side,
         CASE WHEN c.side = 'partners' AND t.partner_type = 'GP' THEN 1 ELSE 0 END AS is_gp,
         CAST(sum(p.units) AS BIGINT) AS units
  FROM (
    SELECT e.commitment_id, sum(e.fund_amount * k.sign) AS units
    FROM entry e
    JOIN entry_kind k ON k.code = e.kind AND k.counts_paid_in = 1
    WHERE e.effective_on <= $1 AND e.audit <= $2 \(condition)
    GROUP BY e.commitment_id
  ) p
  JOIN commitment c ON c.id = p.commitment_id
  JOIN commitment_version t
    ON t.id = (SELECT max(id) FROM commitment_version WHERE commitment_id = c.id AND audit <= $2)
  GROUP BY c.fund_id, c.side, CASE WHEN c.side = 'partners' AND t.partner_type = 'GP' THEN 1 ELSE 0 END
  """
}

/// The last statement known counts; a partner without one has stated nothing, not been left out.
private func statedSQL(_ condition: String) -> String {
  """
  SELECT c.fund_id, CASE WHEN t.partner_type = 'GP' THEN 1 ELSE 0 END AS is_gp,
         CAST(coalesce(sum(s.amount), 0) AS BIGINT) AS units
  FROM commitment c
  JOIN commitment_version t
    ON t.id = (SELECT max(id) FROM commitment_version WHERE commitment_id = c.id AND audit <= $1)
  LEFT JOIN stated_paid_in s
    ON s.id = (SELECT max(id) FROM stated_paid_in WHERE commitment_id = c.id AND audit <= $1)
  WHERE c.side = 'partners' AND c.audit <= $1 \(condition)
  GROUP BY c.fund_id, CASE WHEN t.partner_type = 'GP' THEN 1 ELSE 0 END
  """
}

/// An item stands until its call is cancelled, also before it is noticed. A call cancelled from its
/// notice date never counted on any day, so it makes no history at all.
private func withHistorySQL(_ condition: String) -> String {
  """
  SELECT DISTINCT c.fund_id
  FROM capital_call c
  JOIN call_item i ON i.call_id = c.id
  WHERE c.side = 'partners' AND c.audit <= $2 \(condition)
    AND NOT EXISTS (
      SELECT 1 FROM call_cancellation x
      WHERE x.call_id = c.id AND x.audit <= $2
        AND (x.cancelled_on <= $1 OR x.cancelled_on <= c.notice_date))
  """
}

/// Underlying funds count as companies too.
private func companiesSQL(_ condition: String) -> String {
  """
  SELECT DISTINCT e.fund_id, c.party_id
  FROM entry e
  JOIN commitment c ON c.id = e.commitment_id
  WHERE e.side = 'investments' AND e.kind = 'payment' AND e.effective_on <= $1 AND e.audit <= $2 \(condition)
    AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id AND r.audit <= $2)
  """
}
