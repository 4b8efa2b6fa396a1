import Bookkeeping
import FundModel

/// What is overdue, or late to be returned, and what falls due within 90 days, on both sides.
func duePanel(_ standing: FundStanding, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let today = standing.row.referenceDate
  let until = today.adding(days: 90)
  let open = standing.calls.filter { !$0.isCancelled && $0.status != .complete }
  let late = open.filter { $0.isOverdue || $0.daysCreditIsLate > 0 }
  let soon = open.filter { $0.call.dueDate >= today && $0.call.dueDate <= until }
  let credits = (late + soon).contains { !$0.creditsDue.isZero }
  let parties = Dictionary(
    uniqueKeysWithValues: standing.commitments.map { ($0.commitment.id, $0.commitment.party.name) })
  func row(_ call: CallStanding) -> HTML {
    dueRow(
      call, of: call.items.first.flatMap { parties[$0.item.commitment] }, credits: credits,
      wording, frame)
  }
  let lines = (late + soon).sorted {
    ($0.call.dueDate, $0.call.id) < ($1.call.dueDate, $1.call.id)
  }
  let heads = [Phrase.dueDate, .callName, .side, .status].map { words -> HTML in
    "<th scope=\"col\">\(wording(words))</th>"
  }
  let table: HTML = """
    <thead><tr>\(heads)<th scope="col" class="n">\(wording(.callAmount))</th>\
    <th scope="col" class="n key">\(wording(.outstanding))</th>\
    \(credits ? "<th scope=\"col\" class=\"n\">\(wording(.creditsDue))</th>" : .none)</tr></thead>
    <tbody>\(lines.map(row))</tbody>
    """
  return tablePanel(
    "due", .dueTitle, wording(.dueSoon(until: until)), lines.isEmpty ? nil : table, .nothingDue,
    stacks: true, wording)
}

private func dueRow(
  _ standing: CallStanding, of party: String?, credits: Bool, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let call = standing.call
  let name = wording(.callNumber(call.number, type: call.callType))
  let of: HTML =
    call.side == .investments
    ? party.map { "\($0) <small>\(name)</small>" } ?? "\(name)" : "\(name)"
  func number(_ amount: Money, _ figure: Figure, _ name: Phrase, _ style: String = "") -> HTML {
    """
    <td class="n \(style)" data-label="\(wording(name))">\
    \(why(figure, of: .call(call.id), wording.amount(amount), frame))</td>
    """
  }
  // What the row is listed for stands beside its name where there is no room for columns.
  let isOwed = !standing.outstanding.isZero || standing.creditsDue.isZero
  return """
    <tr data-call="\(call.id)"><td>\(call.dueDate)</td>\
    <th scope="row" class="name">\(wrapped("<a href=\"\(frame.callLink(call.id))\">\(of)</a>"))</th>\
    <td>\(wording(SideWords(call.side).title))</td>\
    <td><span class="chips">\(statusChips(standing, wording))</span></td>\
    \(number(standing.amount, .amount, .callAmount))\
    \(number(standing.outstanding, .outstanding, .outstanding, isOwed ? "key" : ""))\
    \(credits ? number(standing.creditsDue, .creditsDue, .creditsDue, isOwed ? "" : "key") : .none)</tr>
    """
}

/// Cumulative paid-in and invested against the commitment, as steps: cash moves in steps. Nothing is
/// drawn after the reference date; the figures stand in a table under it.
func growthPanel(
  _ content: FundPageContent, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let row = content.standing.row
  guard !content.history.isEmpty else { return .none }
  let chart = GrowthChart(content.history, row)
  let unit = wording.unit.name(for: row.fund.currency)
  let pages = TablePages(of: content.history.count, as: "steps", in: frame.address)
  // The way to another page of it leads to the table, not to the folded chart.
  let isOpen: HTML = .when(frame.address["steps"] != nil, " open")
  let rows = pages.shown(of: content.history).map { step -> HTML in
    let onDay = frame.on(step.day)
    func cell(_ amount: Money, _ figure: Figure, _ style: String = "") -> HTML {
      let text = wording.amount(amount)
      return "<td class=\"n\(style)\">\(why(figure, of: .fund(row.fund.id), text, onDay))</td>"
    }
    return """
      <tr><th scope="row" class="name">\(step.day)</th>\
      \(row.basis == .cash ? cell(step.paidIn, .paidIn, " key") : "<td class=\"n dim\">–</td>")\
      \(cell(step.invested, .invested, " key"))\
      \(cell(step.commitmentTotal, .commitmentTotal))</tr>
      """
  }
  return """
    <section class="panel" aria-labelledby="panel-growth">
    <div class="panel-head"><h2 id="panel-growth">\(wording(.growth))</h2>\
    <span>\(wording(.unitLine([unit])))</span></div>
    \(chart.drawing(wording, frame))
    <details class="chart-table" id="growth-table"\(isOpen)><summary>\(wording(.asTable))</summary>
    <div class="box box-plain" role="region" tabindex="0" id="box-growth" \
    aria-labelledby="panel-growth"><table class="ledger ledger-roomy">
    <thead><tr><th scope="col" class="name">\(wording(.date))</th>\
    <th scope="col" class="n key">\(wording(.paid))</th>\
    <th scope="col" class="n key">\(wording(.invested))</th>\
    <th scope="col" class="n">\(wording(.commitmentTotal))</th></tr></thead>
    <tbody>\(rows)</tbody></table></div>
    \(tablePages(pages, of: "box-growth", wording(.growth), frame))</details>
    </section>
    """
}

/// Step lines in a box of 1,000 × 400 that stretches with the panel.
private struct GrowthChart {
  let steps: [FundHistory.Step]
  let row: OverviewRow
  let first: CalendarDate
  let last: CalendarDate
  let most: Int64

  init(_ steps: [FundHistory.Step], _ row: OverviewRow) {
    self.steps = steps
    self.row = row
    let start = min(
      row.fund.terms.formationDate ?? row.referenceDate, steps.first?.day ?? row.referenceDate)
    first = min(start, row.referenceDate).adding(days: -10)
    last = row.referenceDate
    most = max(
      steps.flatMap { [$0.paidIn, $0.invested, $0.commitmentTotal] }.map(\.minorUnits).max() ?? 0,
      row.commitmentTotal.minorUnits, 1)
  }

  private func x(_ day: CalendarDate) -> Int {
    let days = max(last.days(since: first), 1)
    return min(max(day.days(since: first), 0), days) * 1_000 / days
  }

  /// From the top, with head room for the line of the commitment.
  private func y(_ amount: Money) -> Int {
    400 - Int(Int128(max(amount.minorUnits, 0)) * 360 / Int128(most))
  }

  private func line(_ figure: (FundHistory.Step) -> Money) -> String {
    var path = "M0 400"
    for step in steps { path += "H\(x(step.day))V\(y(figure(step)))" }
    return path + "H1000"
  }

  private func percent(_ y: Int) -> String {
    (Percent(Int64(y), of: 400)?.digits(decimals: 2) ?? "0") + "%"
  }

  func drawing(_ wording: Wording, _ frame: PageFrame) -> HTML {
    let paid = line(\.paidIn)
    let total =
      "M0 \(y(steps.first?.commitmentTotal ?? row.commitmentTotal))"
      + steps.map { "H\(x($0.day))V\(y($0.commitmentTotal))" }.joined() + "H1000"
    let end = steps.last
    let isCash = row.basis == .cash
    let ends: [(Phrase, Money, String, Figure)] =
      [(.commitmentTotal, row.commitmentTotal, "total", .commitmentTotal)]
      // Stated paid-in has no days to be drawn at.
      + (isCash ? [(.paid, end?.paidIn ?? row.paidIn, "paid", .paidIn)] : []) + [
        (.invested, end?.invested ?? row.invested, "invested", .invested)
      ]
    let legend = ends.map { words, amount, style, figure -> HTML in
      """
      <span class="key-\(style)"><svg class="chart-key" aria-hidden="true">\
      <line x1="0" x2="100%" y1="50%" y2="50%" class="chart-\(style)"/></svg>\
      \(wording(words)) \
      <b>\(why(figure, of: .fund(row.fund.id), wording.amount(amount), frame))</b></span>
      """
    }
    let name = ends.map { "\(wording($0.0)) \(wording.amount($0.1))" }.joined(separator: ", ")
    return """
      <div class="chart">
      <p class="chart-legend">\(legend)</p>
      <svg class="chart-art" role="img" aria-label="\(row.referenceDate): \(name)">\
      \(gridLines(wording))\
      <svg x="0" y="0" width="100%" height="100%" viewBox="0 0 1000 400" \
      preserveAspectRatio="none">\
      \(HTML.when(isCash, "<path class=\"chart-area\" d=\"\(paid)V400H0z\"/>"))\
      <path class="chart-total" d="\(total)"/>\
      <path class="chart-invested" d="\(line(\.invested))"/>\
      \(HTML.when(isCash, "<path class=\"chart-paid\" d=\"\(paid)\"/>"))</svg></svg>
      <p class="chart-days"><span>\(first)</span><span>\(last)</span></p>
      </div>
      """
  }

  /// Four lines at round shares of the commitment, each with its amount.
  private func gridLines(_ wording: Wording) -> [HTML] {
    [1, 2, 3, 4].map { quarter -> HTML in
      let amount = Money(
        minorUnits: Int64(Int128(most) * Int128(quarter) / 4), row.fund.currency)
      let place = percent(y(amount))
      return """
        <line class="chart-grid" x1="0" x2="100%" y1="\(place)" y2="\(place)"/>\
        <text class="chart-tick" x="4" y="\(place)" dy="-4">\(wording.amount(amount))</text>
        """
    }
  }
}
