import Bookkeeping
import FundModel

/// One investment of a fund (the deal page): commitment, noticed, paid, outstanding, uncalled, its
/// calls and its entries, as of the reference date.
func investmentPage(
  _ fund: FundStanding, _ investment: CommitmentStanding, ledger: [LedgerLine],
  timeline: CashTimeline, view: FundView, frame: PageFrame
) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let commitment = investment.commitment
  let unit = wording.unit.name(for: commitment.amount.currency)
  let instrument: HTML =
    commitment.instrument.isEmpty ? .none : " <small>\(commitment.instrument)</small>"
  let main: HTML = """
    <div class="head head-fund"><p class="crumb">\
    <a id="to-fund" href="\(frame.fundLink(commitment.fund, .investments))">\
    \(fund.row.fund.terms.name)</a> · \
    <a href="\(frame.companyLink(commitment.party.id))">\(commitment.party.name)</a></p>
    <h1>\(commitment.party.name)\(instrument)</h1>
    <p class="head-note">\(wording(.unitLine([unit])))</p>
    <div class="head-tools">\
    \(commitment.amount.currency == .krw ? unitSwitch(wording.unit, frame) : .none)</div></div>
    \(investmentTools(commitment, frame))
    \(investmentForms(investment, frame))
    \(investmentFigures(investment, wording, frame))
    \(investmentCalls(fund, commitment, wording, frame))
    \(ledgerTable(ledger, wording, frame))
    """
  return layout(
    title: "\(commitment.party.name) · \(fund.row.fund.terms.name)", main: main,
    rail: rail(timeline, over: fund.row.fund.terms, frame), frame: frame)
}

private func investmentFigures(
  _ investment: CommitmentStanding, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let position = investment.position
  let paidShare = Percent(position.paid, of: position.committed)
  let uncalledShare = Percent(position.uncalled, of: position.committed)
  let figures: [(Phrase, String, Figure)] = [
    (.commitment, wording.amount(position.committed), .committed),
    (.noticed, wording.amount(position.noticed), .noticed),
    (.invested, wording.amount(position.paid), .paid),
    (.outstanding, wording.amount(position.outstanding), .outstanding),
    (.notYetCalled, wording.amount(position.notYetCalled), .notYetCalled),
    (.uncalled, wording.amount(position.uncalled), .uncalled),
    (.investedRatio, wording.ratio(paidShare), .paidPercent),
    (.uncalledRatio, wording.ratio(uncalledShare), .uncalledPercent),
  ]
  let scope = FigureScope.commitment(investment.commitment.id)
  let facts = figures.map { words, text, figure -> HTML in
    let dim: HTML = hasFigure(text) ? .none : " class=\"dim\""
    return """
      <div><dt>\(wording(words))</dt><dd\(dim)>\(why(figure, of: scope, text, frame))</dd></div>
      """
  }
  return """
    <section class="panel side" aria-label="\(wording(.figure))">
    \(meter(
      whole: position.committed, paid: position.paid, outstanding: position.outstanding,
      "invested"))
    <dl class="facts">\(facts)</dl></section>
    """
}

private func investmentTools(_ commitment: Commitment, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let own = frame.address.with("do", nil)
  let links: [(Phrase, String, String)] =
    commitment.isDirectInvestment
    ? [(.undoInvestment, own.with("do", "undo").text, "undo-investment")]
    : [
      (.newCall, frame.newCallLink(commitment.fund, commitment.id), "new-call"),
      (.changeCommitment, own.with("do", "change").text, "change-commitment"),
    ]
  let buttons = links.map { words, address, id -> HTML in
    "<a class=\"button\" id=\"\(id)\" href=\"\(address)\">\(say(words))</a>"
  }
  return frame.offer("<p class=\"acts acts-start\">\(buttons)</p>")
}

private func investmentForms(_ investment: CommitmentStanding, _ frame: PageFrame) -> HTML {
  let commitment = investment.commitment
  let close: HTML =
    """
    <a class="button" href="\(frame.address.with("do", nil).text)">\(frame.language(.cancel))</a>
    """
  if isOpen("undo", "undoInvestment", frame), commitment.isDirectInvestment {
    let form = FormView(
      "undoInvestment", about: ["commitment": commitment.id.description], first: "reason", frame)
    let body: HTML = """
      <h2>\(frame.language(.undoInvestment))</h2>
      <p class="quiet">\(frame.language(.undoInvestmentNote))</p>
      \(form.text("reason", .reason, most: TextLimit.memo))
      <div class="acts">\(close)\(form.button(.undoInvestment, style: "button button-bad"))</div>
      """
    return formPanel(form(body), frame)
  }
  guard isOpen("change", "changeCommitment", frame) else { return .none }
  let form = FormView(
    "changeCommitment", about: ["commitment": commitment.id.description], first: "amount", frame)
  let body: HTML = """
    <h2>\(frame.language(.changeCommitment))</h2>
    \(form.amount("amount", .changeBy, in: commitment.amount.currency))
    <div class="form-row">\(form.date("effective_on", .effectiveOn, or: frame.today))\
    \(form.text("reason", .reason, most: TextLimit.memo))</div>
    <div class="acts">\(close)\(form.button(.save))</div>
    """
  return formPanel(form(body), frame)
}

private func investmentCalls(
  _ fund: FundStanding, _ commitment: Commitment, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let calls = fund.calls.filter { call in
    call.items.contains { $0.item.commitment == commitment.id }
  }
  return callsTable(calls, .investments, fund, wording, frame) { _ in nil }
}

/// Every company and underlying fund that was invested in, across funds.
func companiesPage(_ companies: [CompanyStanding], view: FundView, frame: PageFrame) -> HTML {
  let wording = Wording(frame.language, view.unit)
  return companyLayout(wording(.companies), crumb: .none, companies, wording, frame)
}

/// One company across funds.
func companyPage(_ company: CompanyStanding, view: FundView, frame: PageFrame) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let crumb: HTML = """
    <p class="crumb"><a href="\(frame.link("/companies", nil))">\(wording(.companies))</a></p>
    """
  return companyLayout(company.party.name, crumb: crumb, [company], wording, frame)
}

private func companyLayout(
  _ title: String, crumb: HTML, _ companies: [CompanyStanding], _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let lines = companies.flatMap { company in
    company.holdings.enumerated().map { (company: company, holding: $1, isFirst: $0 == 0) }
  }
  let holdings = lines.map(\.holding)
  let pages = TablePages(of: lines.count, in: frame.address)
  let rows = pages.shown(of: lines).map {
    holdingRow($0.company, $0.holding, isFirst: $0.isFirst, wording, frame)
  }
  let currencies = Set(holdings.map(\.commitment.amount.currency))
  let heads: [(Phrase, String)] = [
    (.companyName, "name"), (.fund, ""), (.instrument, ""), (.commitment, "n"),
    (.invested, "n key"), (.investedRatio, "n"),
  ]
  let headings = heads.map { words, style -> HTML in
    "<th scope=\"col\"\(HTML.when(!style.isEmpty, " class=\"\(style)\""))>\(wording(words))</th>"
  }
  let totals = currencies.sorted { $0.code < $1.code }.map { currency in
    holdingTotal(holdings.filter { $0.commitment.amount.currency == currency }, currency, wording)
  }
  let table: HTML = """
    <thead><tr>\(headings)</tr></thead><tbody>\(rows)</tbody><tfoot>\(totals)</tfoot>
    """
  let units = currencies.sorted { $0.code < $1.code }.map { wording.unit.name(for: $0) }
  let main: HTML = """
    <div class="head head-fund">\(crumb)<h1>\(title)</h1>
    <p class="head-note">\(units.isEmpty ? "" : wording(.unitLine(units)))</p>
    <div class="head-tools">\(currencies.contains(.krw) ? unitSwitch(wording.unit, frame) : .none)\
    </div></div>
    \(tablePanel(
      "companies", .investmentsTable, "", companies.isEmpty ? nil : table, .noCompanies,
      ways: tablePages(pages, of: "box-companies", wording(.investmentsTable), frame), wording))
    """
  return layout(title: title, main: main, frame: frame)
}

private func holdingRow(
  _ company: CompanyStanding, _ holding: CompanyStanding.Holding, isFirst: Bool,
  _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let commitment = holding.commitment
  let share = Percent(holding.invested, of: commitment.amount)
  func figure(_ figure: Figure, _ text: String) -> HTML {
    why(figure, of: .commitment(commitment.id), text, frame)
  }
  let industry: HTML =
    isFirst && !company.party.industry.isEmpty
    ? " <small>\(company.party.industry)</small>" : .none
  let name: HTML =
    "<a href=\"\(frame.companyLink(company.party.id))\">\(company.party.name)</a>\(industry)"
  return """
    <tr><th scope="row" class="name">\(wrapped(name))</th>\
    <td>\(wrapped("<a href=\"\(frame.fundLink(commitment.fund, .investments))\">\(holding.fundName)</a>"))</td>\
    <td><a href="\(frame.investmentLink(commitment.id))">\
    \(commitment.instrument.isEmpty ? wording(.commitment) : commitment.instrument)</a></td>\
    <td class="n">\(figure(.committed, wording.amount(commitment.amount)))</td>\
    <td class="n key">\(figure(.paid, wording.amount(holding.invested)))</td>\
    <td class="n">\(figure(.paidPercent, wording.ratio(share)))</td></tr>

    """
}

private func holdingTotal(
  _ holdings: [CompanyStanding.Holding], _ currency: Currency, _ wording: Wording
) -> HTML {
  let committed = try? Money.sum(holdings.map(\.commitment.amount), in: currency)
  let invested = try? Money.sum(holdings.map(\.invested), in: currency)
  guard let committed, let invested else { return .none }
  return """
    <tr><th scope="row" class="name">\(wording(.total)) \(currency.code)</th><td></td><td></td>\
    <td class="n">\(wording.amount(committed))</td>\
    <td class="n key">\(wording.amount(invested))</td>\
    <td class="n">\(wording.ratio(Percent(invested, of: committed)))</td></tr>
    """
}
