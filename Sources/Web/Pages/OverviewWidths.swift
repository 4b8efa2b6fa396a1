import FundModel

/// A row that takes no room and is never seen or read: it holds the widest text that each column has
/// at any reference date, on any page, so that columns keep their width while either changes.
func widestRow(of lines: [OverviewLine], _ overview: Overview, _ wording: Wording) -> HTML {
  let cells = OverviewColumn.all.map { column -> HTML in
    let texts = widest(column, lines, overview, wording)
    let isTotal = column.totalValue != nil && column.isNumber
    let style = column.key == "no" ? "no" : isTotal ? "n widest-total" : column.isNumber ? "n" : ""
    let name: HTML = .when(column.key == "name", " class=\"widest-name\"")
    return style.isEmpty ? "<td\(name)>\(texts)</td>" : "<td class=\"\(style)\">\(texts)</td>"
  }
  return "<tr class=\"widest\" aria-hidden=\"true\">\(cells)</tr>"
}

private func widest(
  _ column: OverviewColumn, _ lines: [OverviewLine], _ overview: Overview, _ wording: Wording
) -> HTML {
  let whole = Percent(tenThousandths: 1_000_000)
  let mark = statedMark(
    longest(overview.shownTotals.compactMap { column.basis == nil ? nil : wording.mark($0.basis) })
      .first)
  switch column.key {
  case "no": return "\(wording.count(lines.count))"
  case "name", "fund_type", "fund_manager":
    // Which of some long words is the widest is the font's matter.
    let words = longest(lines.map { column.text($0, wording) }, most: 3)
    let state: HTML = .when(column.key == "name", " \(icon("forming"))")
    return "\(words.map { wrapped("\($0)\(state)") })"
  case "formation_date":
    return "\(wording.date(overview.referenceDate))<br>\(chip("forming", wording(.notFormed)))"
  case "investment_period_end", "maturity_date":
    return "\(wording.date(overview.referenceDate))"
  case "progress":
    return "\(wording.percentage(whole, decimals: 0))\(gauge(whole, "gauge-time"))"
  case "paid_in_ratio":
    return "\(mark)\(wording.ratio(whole))\(gauge(whole, "gauge-paid"))"
  case "company_count":
    // So many are in the portfolio of a fund at most, as a rule.
    return "\(wording.count(lines.count * 30))"
  case "remaining":
    // As long as from the first formation, which is where the rail begins, to the last maturity.
    let life = LifeOfFunds(of: lines.map(\.row.fund.terms), around: overview.referenceDate)
    let years = life.last.flatMap { last in life.first.map { last.year - $0.year } } ?? 0
    let terms: [RemainingTerm] = [
      .running(years: years, months: 11, days: 0), .maturesToday, .matured,
    ]
    return "\(terms.map { wrapped("\(wording.remaining($0))") })"
  default:
    guard column.isAmount else {
      return "\(longest(lines.map { column.text($0, wording) }).map { wrapped("\($0)") })"
    }
    return "\(mark)\(longest(amounts(column, overview, wording)).first ?? "")"
  }
}

/// What a fund is paid, and what it invests, is what was committed to it at most, as a rule.
private func amounts(
  _ column: OverviewColumn, _ overview: Overview, _ wording: Wording
) -> [String] {
  overview.shownTotals.flatMap { totals -> [String] in
    let promised: Money?
    if column.figure == .gpPaidIn {
      let funds = overview.rows.filter { $0.fund.currency == totals.currency }
      promised = try? Money.sum(funds.map(\.fund.terms.gpCommitment), in: totals.currency)
    } else {
      promised = totals.commitmentTotal
    }
    return [column.total(totals, wording)] + (promised.map { [wording.amount($0)] } ?? [])
  }
}

/// The longest texts, the longest first; a letter of Korean is as wide as two others.
private func longest(_ texts: [String], most: Int = 1) -> [String] {
  func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
  }
  let sorted = Set(texts).map { (text: $0, width: width($0)) }
    .sorted { ($0.width, $0.text) > ($1.width, $1.text) }
  return sorted.prefix(most).map(\.text)
}
