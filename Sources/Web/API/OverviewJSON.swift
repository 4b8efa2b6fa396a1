package import Bookkeeping
package import FundModel

/// The overview as JSON: what the API answers and what `jangbu overview --json` prints.
///
/// A further figure is one more member here, besides the model, the query and the page's columns.
package func overviewJSON(_ overview: Overview) -> JSON { overviewShape.json(overview) }

let overviewShape = Shape<Overview>(
  "Overview",
  [
    .init("reference_date", .date) { JSON($0.referenceDate) },
    .init("funds", .array(of: overviewFundShape.schema)) {
      overviewFundShape.json(OverviewSort.lines(of: $0, by: nil))
    },
    .init("totals", overviewTotalsShape.schema) { overviewTotalsShape.json($0.totals) },
    .init("totals_by_currency", .byCurrency(overviewTotalsShape.schema)) { overview in
      .object(
        overview.totalsByCurrency.map {
          .init(name: $0.currency.code, value: overviewTotalsShape.json($0))
        })
    },
  ])

let overviewFundShape = Shape<OverviewLine>(
  "OverviewFund",
  [.init("no", .count) { JSON($0.number) }] + fundFigures.map { $0.of(\.row) })

/// What is said of a fund wherever it stands in an answer.
let fundFigures: [Shape<OverviewRow>.Member] = [
  .init("id", .id) { JSON($0.fund.id) },
  .init("name", .text) { JSON($0.fund.terms.name) },
  .init("fund_type", .text) { JSON($0.fund.terms.fundType) },
  .init("status", .choice(FundStatus.self)) { JSON($0.status.rawValue) },
  .init("fund_manager", .text) { JSON($0.fund.terms.fundManager) },
  .init("currency", .currency) { JSON($0.fund.currency.code) },
  .init("formation_date", .date.orNull) { JSON($0.fund.terms.formationDate) },
  .init("formed", .flag) { JSON($0.isFormed) },
  .init("investment_period_end", .date.orNull) { JSON($0.fund.terms.investmentPeriodEnd) },
  .init("investment_period_progress", .percent.orNull) { JSON($0.progress, decimals: 2) },
  .init("maturity_date", .date.orNull) { JSON($0.fund.terms.maturityDate) },
  .init("commitment_total", .amount) { JSON($0.commitmentTotal) },
  .init("total_paid_in", .amount) { JSON($0.paidIn) },
  .init("paid_in_basis", .choice(["cash", "stated"])) { JSON($0.basis.rawValue) },
  .init("paid_in_ratio", .percent.orNull) { JSON($0.paidInRatio, decimals: 2) },
  .init("gp_commitment", .amount) { JSON($0.fund.terms.gpCommitment) },
  .init("gp_paid_in", .amount) { JSON($0.gpPaidIn) },
  .init("total_invested", .amount) { JSON($0.invested) },
  .init("uninvested", .amount) { JSON($0.uninvested) },
  .init("investment_assets", .amount) { JSON($0.investmentAssets) },
  .init("company_count", .count) { JSON($0.companyCount) },
  .init("hurdle_rate", .percent.orNull) { JSON($0.fund.terms.hurdleRate) },
  // Part of a fixed shape: Korean, whoever asks.
  .init("remaining_period", .text.orNull) { row in
    JSON(row.remaining.map { Language.ko(Phrase(remaining: $0)) })
  },
  .init("remaining", remainingShape.schema.orNull) {
    $0.remaining.map(remainingShape.json) ?? .null
  },
]

private let remainingShape = Shape<RemainingTerm>(
  "RemainingTerm",
  [
    .init("state", .choice(["running", "matures_today", "matured"])) { JSON($0.state) },
    .init("years", .count) { JSON($0.parts.years) },
    .init("months", .count) { JSON($0.parts.months) },
    .init("days", .count) { JSON($0.parts.days) },
  ])

extension RemainingTerm {
  /// Nothing is left on the day of maturity and after it.
  fileprivate var parts: (years: Int, months: Int, days: Int) {
    if case .running(let years, let months, let days) = self {
      (years, months, days)
    } else {
      (0, 0, 0)
    }
  }
}

private let overviewTotalsShape = Shape<OverviewTotals>(
  "OverviewTotals",
  [
    .init("currency", .currency) { JSON($0.currency.code) },
    .init("fund_count", .count) { JSON($0.fundCount) },
    .init("commitment_total", .amount) { JSON($0.commitmentTotal) },
    .init("total_paid_in", .amount) { JSON($0.paidIn) },
    .init("paid_in_basis", .choice(PaidInBasis.self)) { JSON($0.basis.rawValue) },
    .init("paid_in_ratio", .percent.orNull) { JSON($0.paidInRatio, decimals: 2) },
    .init("gp_paid_in", .amount) { JSON($0.gpPaidIn) },
    .init("total_invested", .amount) { JSON($0.invested) },
    .init("uninvested", .amount) { JSON($0.uninvested) },
    .init("investment_assets", .amount) { JSON($0.investmentAssets) },
    .init("company_count", .count) { JSON($0.companyCount) },
    .init("distinct_company_count", .count) { JSON($0.distinctCompanyCount) },
  ])

extension Schema {
  /// An object with one member for each currency.
  fileprivate static func byCurrency(_ each: Schema) -> Schema {
    var schema = each
    schema.json = [
      "type": "object", "propertyNames": ["pattern": "^[A-Z]{3}$"],
      "additionalProperties": each.json,
    ]
    return schema
  }
}
