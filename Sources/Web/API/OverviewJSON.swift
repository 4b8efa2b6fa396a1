package import Bookkeeping
package import FundModel

/// The overview as JSON: what the API answers and what `jangbu overview --json` prints.
///
/// A further figure is one more line of ``fundFigures``, besides the model, the query and the page's
/// columns.
package func overviewJSON(_ overview: Overview) -> JSON { overviewShape.written(overview) }

let overviewShape = Shape<Overview>(
  "Overview",
  [
    .init("reference_date", .date) { JSON($0.referenceDate) },
    .init(
      "funds", .array(of: overviewFundShape.schema),
      writing: { overviewFundsText.write($0.rows, to: &$1) }),
    .init(
      "totals", overviewTotalsShape.schema,
      writing: { overviewTotalsShape.write($0.totals, to: &$1) }),
    .init(
      "totals_by_currency", .byCurrency(overviewTotalsShape.schema),
      writing: { overview, text in
        text.append(UInt8(ascii: "{"))
        for (index, totals) in overview.totalsByCurrency.enumerated() {
          if index > 0 { text.append(UInt8(ascii: ",")) }
          JSON(totals.currency.code).write(to: &text)
          text.append(UInt8(ascii: ":"))
          overviewTotalsShape.write(totals, to: &text)
        }
        text.append(UInt8(ascii: "}"))
      }),
  ])

let overviewFundShape = Shape<OverviewLine>(
  "OverviewFund",
  [.init("\(OverviewFundsText.number)", .count) { JSON($0.number) }]
    + fundFigures.map { $0.member.of(\.row) })

private let overviewFundsText = OverviewFundsText(fundFigures)

private let overviewTotalsShape = Shape<OverviewTotals>(
  "OverviewTotals",
  [
    .init("currency", .currency) { JSON($0.currency.code) },
    .init("fund_count", .count, writing: { $1.append(count: $0.fundCount) }),
    .init("commitment_total", .amount, writing: { $1.append($0.commitmentTotal) }),
    .init("total_paid_in", .amount, writing: { $1.append($0.paidIn) }),
    .init("paid_in_basis", .choice(PaidInBasis.self)) { JSON($0.basis.rawValue) },
    .init("paid_in_ratio", .percent.orNull, writing: { $1.append($0.paidInRatio) }),
    .init("gp_paid_in", .amount, writing: { $1.append($0.gpPaidIn) }),
    .init("total_invested", .amount, writing: { $1.append($0.invested) }),
    .init("uninvested", .amount, writing: { $1.append($0.uninvested) }),
    .init("investment_assets", .amount, writing: { $1.append($0.investmentAssets) }),
    .init("company_count", .count, writing: { $1.append(count: $0.companyCount) }),
    .init(
      "distinct_company_count", .count, writing: { $1.append(count: $0.distinctCompanyCount) }),
  ])

extension [UInt8] {
  fileprivate mutating func append(_ amount: Money) {
    append(atMost: TextWriter.mostDigits) { $0.write(amount) }
  }

  fileprivate mutating func append(_ percent: Percent?) {
    append(atMost: TextWriter.mostDigits) { $0.write(percent) }
  }

  fileprivate mutating func append(count: Int) {
    append(atMost: TextWriter.mostDigits) { $0.write(UInt64(count.magnitude)) }
  }
}

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
