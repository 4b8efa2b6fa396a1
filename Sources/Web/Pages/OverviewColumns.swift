package import FundModel

/// One row of the overview with the number that it has in order of registration.
package struct OverviewLine: Hashable, Sendable {
  package let number: Int
  package let row: OverviewRow

  package init(number: Int, row: OverviewRow) {
    self.number = number
    self.row = row
  }
}

/// One column of the overview, wherever the overview is shown: the page, the command line, exports.
///
/// ``all`` is the one list of them; a further figure is one more entry there, besides the model,
/// the query and the JSON answer.
package struct OverviewColumn: Sendable {
  package enum Group: CaseIterable, Hashable, Sendable {
    case fund, term, capitalIn, capitalOut, conditions
  }

  /// What the address calls it: `?sort=paid_in`.
  package let key: String
  /// Where a heading may break is marked by `|`.
  private let markedHeading: Phrase
  package let group: Group
  package var isNumber = true
  /// The figures that a reader looks for first.
  package var isKey = false
  /// The figure, without the mark of a stated one.
  let value: @Sendable (OverviewLine) -> ShownValue
  /// The same of a 합계 row, where there is something to add up.
  var totalValue: (@Sendable (OverviewTotals) -> ShownValue)?
  /// What the figure rests on, for the figures that may rest on stated paid-in.
  package var basis: (@Sendable (OverviewRow) -> PaidInBasis)?
  /// How the page dresses the text: a link, a bar. Plain text where there is nothing to add.
  var decoration: (@Sendable (HTML, OverviewLine, OverviewSetting) -> HTML)?
  /// What rows are sorted by; rows without it come last either way.
  let order: @Sendable (OverviewLine) -> OverviewOrder?
  /// Amounts of different currencies are not compared: rows stay together by currency.
  var isAmount = false
  /// What can be asked what makes it up; the page links to the answer.
  var figure: Figure?

  package var heading: Phrase {
    Phrase(markedHeading.ko.filter { $0 != "|" }, markedHeading.en.filter { $0 != "|" })
  }

  func headingMarkup(_ language: Language) -> HTML { unbroken(language(markedHeading)) }

  /// The figure as plain text, without the mark of a stated one.
  package func text(_ line: OverviewLine, _ wording: Wording) -> String {
    value(line).text(wording)
  }

  /// The same of a 합계 row; empty where there is nothing to add up.
  package func total(_ totals: OverviewTotals, _ wording: Wording) -> String {
    totalValue?(totals).text(wording) ?? ""
  }

  /// The cell as plain text, the mark of a stated figure included.
  package func plainText(_ line: OverviewLine, _ wording: Wording) -> String {
    let text = text(line, wording)
    return wording.mark(basis?(line.row)).map { "\($0) \(text)" } ?? text
  }

  /// The cell of a 합계 row as plain text, marked in the same way.
  package func plainTotal(_ totals: OverviewTotals, _ wording: Wording) -> String {
    let text = total(totals, wording)
    return wording.mark(basis.map { _ in totals.basis }).map { "\($0) \(text)" } ?? text
  }
}

/// What a cell of the page needs to know besides its row.
struct OverviewSetting: Sendable {
  let frame: PageFrame
  /// All funds shown are in one currency, which need not be said at each name.
  let isOneCurrency: Bool
}

/// What rows can be put in order by.
enum OverviewOrder: Comparable {
  case number(Int64)
  case text(String)

  init?(_ date: CalendarDate?) {
    guard let date else { return nil }
    self = .number(Int64(date.dayNumber))
  }
  init?(_ percent: Percent?) {
    guard let percent else { return nil }
    self = .number(percent.tenThousandths)
  }
}

extension OverviewColumn {
  package static let all: [OverviewColumn] = fund + term + capitalIn + capitalOut + conditions

  private static let fund: [OverviewColumn] = [
    OverviewColumn(
      key: "no", markedHeading: Phrase("NO", "No."), group: .fund,
      value: { .count($0.number) },
      order: { .number(Int64($0.number)) }),
    OverviewColumn(
      key: "name", markedHeading: Phrase("조합명", "Fund"), group: .fund, isNumber: false,
      value: { .text($0.row.fund.terms.name) },
      totalValue: { _ in .words(.total) },
      decoration: fundLink, order: { .text($0.row.fund.terms.name) }),
    OverviewColumn(
      key: "fund_type", markedHeading: Phrase("조합구분", "Type"), group: .fund, isNumber: false,
      value: { .text($0.row.fund.terms.fundType) },
      totalValue: { .words(Phrase(nameOf: $0.currency)) },
      decoration: { text, _, _ in wrapped(text) },
      order: { .text($0.row.fund.terms.fundType) }),
    OverviewColumn(
      key: "fund_manager", markedHeading: Phrase("대표| 펀드매니저", "Lead| manager"), group: .fund,
      isNumber: false,
      value: { .text($0.row.fund.terms.fundManager) },
      decoration: { text, _, _ in wrapped(text) },
      order: { .text($0.row.fund.terms.fundManager) }),
  ]

  private static let term: [OverviewColumn] = [
    OverviewColumn(
      key: "formation_date", markedHeading: Phrase("등록|(성립)일", "Formed"), group: .term,
      isNumber: false,
      value: { .date($0.row.fund.terms.formationDate) },
      decoration: stateMark, order: { OverviewOrder($0.row.fund.terms.formationDate) }),
    OverviewColumn(
      key: "investment_period_end",
      markedHeading: Phrase("투자기간| 종료일", "Investment| period end"), group: .term,
      isNumber: false,
      value: { .date($0.row.fund.terms.investmentPeriodEnd) },
      order: { OverviewOrder($0.row.fund.terms.investmentPeriodEnd) }),
    OverviewColumn(
      key: "progress", markedHeading: Phrase("경과율", "Elapsed"), group: .term,
      value: { .percentage($0.row.progress(decimals: 0), decimals: 0) },
      decoration: { text, line, _ in "\(text)\(gauge(line.row.progress, "gauge-time"))" },
      order: { OverviewOrder($0.row.progress) }),
    OverviewColumn(
      key: "maturity_date", markedHeading: Phrase("청산시기|(예정)", "Maturity"), group: .term,
      isNumber: false,
      value: { .date($0.row.fund.terms.maturityDate) },
      order: { OverviewOrder($0.row.fund.terms.maturityDate) }),
  ]

  private static let capitalIn: [OverviewColumn] = [
    amount(
      .commitmentTotal, Phrase("약정총액", "Commitment"), .capitalIn, \.commitmentTotal,
      \.commitmentTotal),
    amount(
      .paidIn, Phrase("납입총액", "Paid-in"), .capitalIn, \.paidIn, \.paidIn, isKey: true,
      basis: { $0.basis }),
    OverviewColumn(
      key: "paid_in_ratio", markedHeading: Phrase("납입비율", "Paid-in| ratio"),
      group: .capitalIn,
      value: { .ratio($0.row.paidInRatio) },
      totalValue: { .ratio($0.paidInRatio) },
      basis: { $0.basis },
      decoration: { text, line, _ in "\(text)\(gauge(line.row.paidInRatio, "gauge-paid"))" },
      order: { OverviewOrder($0.row.paidInRatio) }, figure: .paidInRatio),
    amount(
      .gpPaidIn, Phrase("GP출자금", "GP| paid-in"), .capitalIn, \.gpPaidIn, \.gpPaidIn,
      basis: { $0.basis }),
  ]

  private static let capitalOut: [OverviewColumn] = [
    amount(
      .invested, Phrase("투자총액", "Invested"), .capitalOut, \.invested, \.invested, isKey: true),
    amount(.uninvested, Phrase("미투자액", "Uninvested"), .capitalOut, \.uninvested, \.uninvested),
    amount(
      .investmentAssets, Phrase("투자자산", "Assets"), .capitalOut, \.investmentAssets,
      \.investmentAssets),
    OverviewColumn(
      key: "company_count", markedHeading: Phrase("투자|업체수", "Companies"), group: .capitalOut,
      value: { .count($0.row.companyCount) },
      totalValue: { .count($0.companyCount) },
      order: { .number(Int64($0.row.companyCount)) }),
  ]

  private static let conditions: [OverviewColumn] = [
    OverviewColumn(
      key: "hurdle_rate", markedHeading: Phrase("기준|수익률", "Hurdle| rate"), group: .conditions,
      value: { .rate($0.row.fund.terms.hurdleRate) },
      order: { OverviewOrder($0.row.fund.terms.hurdleRate) }),
    OverviewColumn(
      key: "remaining", markedHeading: Phrase("잔존기간", "Remaining"), group: .conditions,
      value: { .remaining($0.row.remaining) },
      order: { OverviewOrder($0.row.fund.terms.maturityDate) }),
  ]

  private static func amount(
    _ figure: Figure, _ heading: Phrase, _ group: Group,
    _ amount: @escaping @Sendable (OverviewRow) -> Money,
    _ total: @escaping @Sendable (OverviewTotals) -> Money, isKey: Bool = false,
    basis: (@Sendable (OverviewRow) -> PaidInBasis)? = nil
  ) -> OverviewColumn {
    OverviewColumn(
      key: figure.rawValue, markedHeading: heading, group: group, isKey: isKey,
      value: { .amount(amount($0.row)) },
      totalValue: { .amount(total($0)) }, basis: basis,
      order: { .number(amount($0.row).minorUnits) }, isAmount: true, figure: figure)
  }
}

extension OverviewColumn.Group {
  /// What stands over the group's columns; the first group explains itself.
  var heading: Phrase? {
    switch self {
    case .fund: nil
    case .term: .groupTerm
    case .capitalIn: .groupCapitalIn
    case .capitalOut: .groupCapitalOut
    case .conditions: .groupConditions
    }
  }
}

/// The name is the row's one real link; a click anywhere on the row follows it.
@Sendable private func fundLink(
  _ name: HTML, _ line: OverviewLine, _ setting: OverviewSetting
) -> HTML {
  let fund = line.row.fund
  let currency: HTML =
    fund.currency == .krw || setting.isOneCurrency
    ? .none : " <span class=\"currency\">\(fund.currency.code)</span>"
  let state: HTML =
    switch line.row.status {
    case .active: .none
    case .forming: " \(icon("forming"))"
    case .dissolved: " \(chip("closed", setting.frame.language(.dissolved)))"
    }
  let address = setting.frame.href(setting.frame.fundLink(fund.id))
  return wrapped("<a id=\"fund-\(fund.id)\"\(address)>\(name)</a>\(currency)\(state)")
}

/// 결성 전 in place of the date, or under one that is still ahead.
@Sendable private func stateMark(
  _ date: HTML, _ line: OverviewLine, _ setting: OverviewSetting
) -> HTML {
  let say = setting.frame.language
  guard line.row.status == .forming else { return date }
  guard line.row.fund.terms.formationDate != nil else { return chip("forming", say(.notFormed)) }
  return "\(date)<small class=\"state\">\(icon("forming"))\(say(.notFormed))</small>"
}
