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
    .init("funds", .array(of: overviewFundShape.schema)) { overviewFundsText.json($0.rows) },
    .init(
      "totals", overviewTotalsShape.schema,
      writing: { overviewTotalsShape.write($0.totals, to: &$1) }),
    .init("totals_by_currency", .byCurrency(overviewTotalsShape.schema)) { overview in
      .object(
        overview.totalsByCurrency.map {
          var text: [UInt8] = []
          overviewTotalsShape.write($0, to: &text)
          return .init(name: $0.currency.code, value: .written(text))
        })
    },
  ])

let overviewFundShape = Shape<OverviewLine>(
  "OverviewFund",
  [.init(OverviewFundsText.number, .count) { JSON($0.number) }] + fundFigures.map { $0.of(\.row) })

private let overviewFundsText = OverviewFundsText(fundFigures)

/// What is said of a fund wherever it stands in an answer. What is `fixed` follows from the fund alone.
let fundFigures: [Shape<OverviewRow>.Member] = [
  .fixed("id", .id) { JSON($0.fund.id) },
  .fixed("name", .text) { JSON($0.fund.terms.name) },
  .fixed("fund_type", .text) { JSON($0.fund.terms.fundType) },
  .init("status", .choice(FundStatus.self)) { JSON($0.status.rawValue) },
  .fixed("fund_manager", .text) { JSON($0.fund.terms.fundManager) },
  .fixed("currency", .currency) { JSON($0.fund.currency.code) },
  .fixed("formation_date", .date.orNull) { JSON($0.fund.terms.formationDate) },
  .init("formed", .flag) { JSON($0.isFormed) },
  .fixed("investment_period_end", .date.orNull) { JSON($0.fund.terms.investmentPeriodEnd) },
  .init("investment_period_progress", .percent.orNull, writing: { $1.append($0.progress) }),
  .fixed("maturity_date", .date.orNull) { JSON($0.fund.terms.maturityDate) },
  .init("commitment_total", .amount, writing: { $0.commitmentTotal.appendDigits(to: &$1) }),
  .init("total_paid_in", .amount, writing: { $0.paidIn.appendDigits(to: &$1) }),
  .init("paid_in_basis", .choice(["cash", "stated"])) { JSON($0.basis.rawValue) },
  .init("paid_in_ratio", .percent.orNull, writing: { $1.append($0.paidInRatio) }),
  .fixed("gp_commitment", .amount) { JSON($0.fund.terms.gpCommitment) },
  .init("gp_paid_in", .amount, writing: { $0.gpPaidIn.appendDigits(to: &$1) }),
  .init("total_invested", .amount, writing: { $0.invested.appendDigits(to: &$1) }),
  .init("uninvested", .amount, writing: { $0.uninvested.appendDigits(to: &$1) }),
  .init("investment_assets", .amount, writing: { $0.investmentAssets.appendDigits(to: &$1) }),
  .init("company_count", .count, writing: { $1.append(decimal: UInt64($0.companyCount)) }),
  .fixed("hurdle_rate", .percent.orNull) { JSON($0.fund.terms.hurdleRate) },
  // Part of a fixed shape: Korean, whoever asks.
  .init(
    "remaining_period", .text.orNull,
    writing: { $1.append($0.remaining) { RemainingWords.write($0, to: &$1) } }),
  .init(
    "remaining", remainingShape.schema.orNull,
    writing: { $1.append($0.remaining) { remainingShape.write($0, to: &$1) } }),
]

extension [UInt8] {
  /// With two decimals; `null` where there is none.
  fileprivate mutating func append(_ percent: Percent?) {
    append(percent) { $0.appendHundredths(to: &$1) }
  }

  fileprivate mutating func append<Value>(
    _ value: Value?, _ write: (Value, inout [UInt8]) -> Void
  ) {
    if let value { write(value, &self) } else { append(contentsOf: "null".utf8) }
  }
}

private let remainingShape = Shape<RemainingTerm>(
  "RemainingTerm",
  [
    .init("state", .choice(["running", "matures_today", "matured"])) { JSON($0.state) },
    .init("years", .count, writing: { $1.append(decimal: UInt64($0.parts.years)) }),
    .init("months", .count, writing: { $1.append(decimal: UInt64($0.parts.months)) }),
    .init("days", .count, writing: { $1.append(decimal: UInt64($0.parts.days)) }),
  ])

/// The words for every number of whole months, of days, and for an end that has come: they are said
/// so often that they stand ready.
private enum RemainingWords {
  static func write(_ term: RemainingTerm, to text: inout [UInt8]) {
    if case .running(let years, let months, let days) = term {
      let whole = years * 12 + months
      text.append(contentsOf: whole == 0 ? ofDays[days] : ofMonths[whole])
    } else {
      JSON(Language.ko(Phrase(remaining: term))).write(to: &text)
    }
  }

  /// The calendar has 300 years.
  private static let ofMonths = (0...3_600).map { whole in
    said(.running(years: whole / 12, months: whole % 12, days: 0))
  }
  private static let ofDays = (0...31).map { said(.running(years: 0, months: 0, days: $0)) }

  private static func said(_ term: RemainingTerm) -> [UInt8] {
    JSON(Language.ko(Phrase(remaining: term))).bytes
  }
}

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
    .init("commitment_total", .amount, writing: { $0.commitmentTotal.appendDigits(to: &$1) }),
    .init("total_paid_in", .amount, writing: { $0.paidIn.appendDigits(to: &$1) }),
    .init("paid_in_basis", .choice(PaidInBasis.self)) { JSON($0.basis.rawValue) },
    .init("paid_in_ratio", .percent.orNull, writing: { $1.append($0.paidInRatio) }),
    .init("gp_paid_in", .amount, writing: { $0.gpPaidIn.appendDigits(to: &$1) }),
    .init("total_invested", .amount, writing: { $0.invested.appendDigits(to: &$1) }),
    .init("uninvested", .amount, writing: { $0.uninvested.appendDigits(to: &$1) }),
    .init("investment_assets", .amount, writing: { $0.investmentAssets.appendDigits(to: &$1) }),
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
