/// The 합계 of the overview's funds in one currency. Currencies are never added together.
package struct OverviewTotals: Hashable, Sendable {
  package let currency: Currency
  package let fundCount: Int
  package let commitmentTotal: Money
  package let paidIn: Money
  package let basis: PaidInBasis
  package let gpPaidIn: Money
  package let invested: Money
  package let uninvested: Money
  /// The column added: a company held by two funds counts twice.
  package let companyCount: Int
  /// The firm's distinct number of companies, which stands beside it.
  package let distinctCompanyCount: Int

  /// - Parameter funds: those of another currency are left out.
  package init(
    _ funds: [FundSums], in currency: Currency, distinctCompanyCount: Int
  ) throws(MoneyError) {
    var (count, companies) = (0, 0)
    var (commitmentTotal, paidIn) = (Money.zero(currency), Money.zero(currency))
    var (gpPaidIn, invested) = (Money.zero(currency), Money.zero(currency))
    var basis: PaidInBasis?
    for fund in funds where fund.currency == currency {
      count += 1
      commitmentTotal = try commitmentTotal + fund.commitmentTotal
      paidIn = try paidIn + fund.paidIn
      gpPaidIn = try gpPaidIn + fund.gpPaidIn
      invested = try invested + fund.invested
      companies += fund.companyCount
      basis = basis.map { $0 == fund.basis ? $0 : .mixed } ?? fund.basis
    }
    self.currency = currency
    self.commitmentTotal = commitmentTotal
    self.paidIn = paidIn
    self.gpPaidIn = gpPaidIn
    self.invested = invested
    self.basis = basis ?? .cash
    self.distinctCompanyCount = distinctCompanyCount
    fundCount = count
    companyCount = companies
    uninvested = try commitmentTotal - invested
  }

  /// Recomputed from the sums; percentages are never added.
  package var paidInRatio: Percent? { Percent(paidIn, of: commitmentTotal) }
  package var investmentAssets: Money { costHeld(invested: invested) }
}

/// Every fund as of one reference date, with one set of totals for each currency.
package struct Overview: Hashable, Sendable {
  package var referenceDate: CalendarDate { rows.referenceDate }
  package let homeCurrency: Currency
  /// In order of registration.
  package let rows: OverviewRows
  /// Totals of the home currency, zero where no fund has it.
  package let totals: OverviewTotals
  /// One for each currency of `rows`, the home currency first, then by code.
  package let totalsByCurrency: [OverviewTotals]

  /// - Parameter companies: for each fund, the parties that `companyCount` counts.
  package init(
    referenceDate: CalendarDate, homeCurrency: Currency, rows: [OverviewRow],
    companies: [Fund.ID: Set<Party.ID>]
  ) throws(MoneyError) {
    var found: [Currency: Set<Party.ID>] = [:]
    for row in rows {
      found[row.fund.currency, default: []].formUnion(companies[row.fund.id] ?? [])
    }
    try self.init(
      homeCurrency: homeCurrency, rows: OverviewRows(referenceDate: referenceDate, rows),
      distinctCompanies: { found[$0]?.count ?? 0 })
  }

  /// - Parameter distinctCompanies: how many parties the funds of `rows` in a currency hold.
  package init(
    homeCurrency: Currency, rows: OverviewRows, distinctCompanies: (Currency) -> Int
  ) throws(MoneyError) {
    self.homeCurrency = homeCurrency
    self.rows = rows
    let currencies = Self.currencies(of: rows.sums).sorted {
      ($0 == homeCurrency ? "" : $0.code) < ($1 == homeCurrency ? "" : $1.code)
    }
    var byCurrency: [OverviewTotals] = []
    for currency in currencies {
      byCurrency.append(
        try OverviewTotals(
          rows.sums, in: currency, distinctCompanyCount: distinctCompanies(currency)))
    }
    totalsByCurrency = byCurrency
    if let home = byCurrency.first(where: { $0.currency == homeCurrency }) {
      totals = home
    } else {
      totals = try OverviewTotals([], in: homeCurrency, distinctCompanyCount: 0)
    }
  }

  /// Each once. There are few, and most funds have the one of the fund before.
  private static func currencies(of funds: [FundSums]) -> [Currency] {
    var found: [Currency] = []
    for fund in funds where fund.currency != found.last {
      if !found.contains(fund.currency) { found.append(fund.currency) }
    }
    return found
  }
}
