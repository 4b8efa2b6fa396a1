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

  struct Stated {
    var total: Int64 = 0
    /// `nil` without a partner of type GP.
    var ofGeneralPartners: Int64?
  }

  /// - Parameter fund: only what its row needs; every fund's when `nil`.
  init(_ asOf: AsOf, of fund: Fund.ID? = nil, in connection: any SQLConnection) throws {
    let known = try asOf.knownThrough(in: connection)
    let both: [SQLValue] =
      [.init(asOf.referenceDate), .integer(known)] + (fund.map { [.init($0)] } ?? [])
    func of(_ column: String, _ place: Int = 3) -> String {
      fund == nil ? "" : "AND \(column) = $\(place)"
    }
    referenceDate = asOf.referenceDate

    var totalChanges: [Fund.ID: Int64] = [:]
    for row in try connection.rows(totalChangesSQL(of("fund_id")), both) {
      totalChanges[try row.id("fund_id")] = try row.integer("units")
    }
    self.totalChanges = totalChanges

    var paid: [PaidKey: Int64] = [:]
    for row in try connection.rows(paidSQL(of("e.fund_id")), both) {
      let key = PaidKey(
        fund: try row.id("fund_id"), side: try row.side(),
        isGeneralPartner: try row.flag("is_gp"))
      paid[key] = try row.integer("units")
    }
    self.paid = paid

    var stated: [Fund.ID: Stated] = [:]
    for row in try connection.rows(statedSQL(of("c.fund_id", 2)), Array(both.dropFirst())) {
      let units = try row.integer("units")
      let isGeneralPartner = try row.flag("is_gp")
      var ofFund = stated[try row.id("fund_id")] ?? Stated()
      let (total, overflow) = ofFund.total.addingReportingOverflow(units)
      guard !overflow else { throw MoneyError.overflow }
      ofFund.total = total
      if isGeneralPartner { ofFund.ofGeneralPartners = units }
      stated[try row.id("fund_id")] = ofFund
    }
    self.stated = stated

    withHistory = Set(
      try connection.rows(withHistorySQL(of("c.fund_id")), both).map { try $0.id("fund_id") })

    var companies: [Fund.ID: Set<Party.ID>] = [:]
    for row in try connection.rows(companiesSQL(of("e.fund_id")), both) {
      companies[try row.id("fund_id"), default: []].insert(try row.id("party_id"))
    }
    self.companies = companies
  }

  func row(of fund: Fund) throws -> OverviewRow {
    func money(_ units: Int64?) -> Money { Money(minorUnits: units ?? 0, fund.currency) }
    func paid(_ side: Side, gp: Bool) -> Money {
      money(self.paid[PaidKey(fund: fund.id, side: side, isGeneralPartner: gp)])
    }
    let onCash = withHistory.contains(fund.id)
    let ofGeneralPartners = paid(.partners, gp: true)
    let paidIn: Money
    let gpPaidIn: Money
    if onCash {
      paidIn = try ofGeneralPartners + paid(.partners, gp: false)
      gpPaidIn = ofGeneralPartners
    } else {
      let stated = self.stated[fund.id] ?? Stated()
      paidIn = money(stated.total)
      gpPaidIn = StatedPaidIn.gpPart(
        total: paidIn, ofGeneralPartners: stated.ofGeneralPartners.map { money($0) },
        gpCommitment: fund.terms.gpCommitment)
    }
    return try OverviewRow(
      fund: fund, referenceDate: referenceDate,
      commitmentTotal: fund.firstCommitmentTotal + money(totalChanges[fund.id]),
      paidIn: paidIn, basis: onCash ? .cash : .stated, gpPaidIn: gpPaidIn,
      invested: paid(.investments, gp: false), companyCount: companies[fund.id]?.count ?? 0)
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
