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

  /// - Parameter rows: funds of `currency` only; one of another is an error.
  package init(
    _ rows: [OverviewRow], in currency: Currency, distinctCompanyCount: Int
  ) throws(MoneyError) {
    self.currency = currency
    fundCount = rows.count
    commitmentTotal = try Money.sum(rows.map(\.commitmentTotal), in: currency)
    paidIn = try Money.sum(rows.map(\.paidIn), in: currency)
    basis = PaidInBasis(of: rows.map(\.basis))
    gpPaidIn = try Money.sum(rows.map(\.gpPaidIn), in: currency)
    invested = try Money.sum(rows.map(\.invested), in: currency)
    uninvested = try commitmentTotal - invested
    companyCount = rows.reduce(0) { $0 + $1.companyCount }
    self.distinctCompanyCount = distinctCompanyCount
  }

  /// Recomputed from the sums; percentages are never added.
  package var paidInRatio: Percent? { Percent(paidIn, of: commitmentTotal) }
  package var investmentAssets: Money { costHeld(invested: invested) }
}

/// Every fund as of one reference date, with one set of totals for each currency.
package struct Overview: Hashable, Sendable {
  package let referenceDate: CalendarDate
  package let homeCurrency: Currency
  /// In order of registration.
  package let rows: [OverviewRow]
  /// Totals of the home currency, zero where no fund has it.
  package let totals: OverviewTotals
  /// One for each currency of `rows`, the home currency first, then by code.
  package let totalsByCurrency: [OverviewTotals]

  /// - Parameter companies: for each fund, the parties that `companyCount` counts.
  package init(
    referenceDate: CalendarDate, homeCurrency: Currency, rows: [OverviewRow],
    companies: [Fund.ID: Set<Party.ID>]
  ) throws(MoneyError) {
    self.referenceDate = referenceDate
    self.homeCurrency = homeCurrency
    self.rows = rows
    func totals(in currency: Currency) throws(MoneyError) -> OverviewTotals {
      let rows = rows.filter { $0.fund.currency == currency }
      let distinct = rows.reduce(into: Set<Party.ID>()) { found, row in
        found.formUnion(companies[row.fund.id] ?? [])
      }
      return try OverviewTotals(rows, in: currency, distinctCompanyCount: distinct.count)
    }
    self.totals = try totals(in: homeCurrency)
    let currencies = Set(rows.map(\.fund.currency)).sorted {
      ($0 == homeCurrency ? "" : $0.code) < ($1 == homeCurrency ? "" : $1.code)
    }
    var byCurrency: [OverviewTotals] = []
    for currency in currencies { byCurrency.append(try totals(in: currency)) }
    totalsByCurrency = byCurrency
  }
}
