import Bookkeeping
import FundModel

/// How a fund is looked at.
package struct FundView: Hashable, Sendable {
  package let unit: DisplayUnit

  package init(unit: DisplayUnit = .million) { self.unit = unit }
}

/// One part of a fund's page as of the reference date.
func fundPage(
  _ content: FundPageContent, tab: FundTab, view: FundView, frame: PageFrame
) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let standing = content.standing
  let fund = standing.row.fund
  let body: HTML =
    switch tab {
    case .summary: summaryTab(content, wording, frame)
    case .partners: partnersTab(content, wording, frame)
    case .investments: investmentsTab(content, wording, frame)
    case .ledger: ledgerTable(content.ledger, wording, frame)
    case .terms: termsTab(content, wording, frame)
    }
  let main: HTML = """
    \(fundHead(standing, tab, wording, frame))
    \(fundTabs(fund.id, tab, frame))
    \(fundNotes(standing, wording))
    \(body)
    """
  let announcement = Phrase.announcement(
    on: standing.row.referenceDate, paidIn: wording.amount(standing.row.paidIn),
    unit: view.unit.name(for: fund.currency))
  let title =
    tab == .summary ? fund.terms.name : "\(fund.terms.name) · \(wording(tab.name))"
  return layout(
    title: title, main: main, rail: rail(content.timeline, over: fund.terms, frame),
    announcement: frame.language(announcement), frame: frame)
}

private func summaryTab(
  _ content: FundPageContent, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let standing = content.standing
  return """
    <dl class="terms panel">\(terms(standing, wording))</dl>
    <div class="sides">
    \(sidePanel(.partners, standing, wording, frame))
    \(sidePanel(.investments, standing, wording, frame))
    </div>
    \(duePanel(standing, wording, frame))
    \(growthPanel(content, wording, frame))
    """
}

private func fundHead(
  _ standing: FundStanding, _ tab: FundTab, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let fund = standing.row.fund
  let unit = Phrase.unitLine([wording.unit.name(for: fund.currency)])
  return """
    <div class="head head-fund">\
    <p class="crumb"><a id="to-overview" href="\(frame.wayBack.text)">\
    \(wording(.fundOverview))</a></p>\
    <h1>\(fund.terms.name)\(stateChip(standing.row.status, wording))</h1>\
    <p class="head-note">\(wording(unit))</p>\(fundDownloads(fund.id, tab, frame))\
    <div class="head-tools">\(fund.currency == .krw ? unitSwitch(wording.unit, frame) : .none)</div>
    </div>
    """
}

/// Marks a fund that is not active.
func stateChip(_ status: FundStatus, _ wording: Wording) -> HTML {
  switch status {
  case .active: .none
  case .forming: " \(chip("forming", wording(.notFormed)))"
  case .dissolved: " \(chip("closed", wording(.dissolved)))"
  }
}

/// The terms that are registered, also what is printed in place of the form that amends them; the four dates always, so that a lacking one is seen.
func terms(_ standing: FundStanding, _ wording: Wording) -> [HTML] {
  let row = standing.row
  let terms = row.fund.terms
  var facts: [(Phrase, HTML)] = []
  if !terms.fundType.isEmpty { facts.append((.fundType, "\(terms.fundType)")) }
  if !terms.fundManager.isEmpty { facts.append((.manager, "\(terms.fundManager)")) }
  if let partner = standing.generalPartner { facts.append((.generalPartner, "\(partner.name)")) }
  facts.append((.formation, "\(wording.date(terms.formationDate))"))
  let progress = wording.percentage(row.progress(decimals: 0), decimals: 0)
  let bar = gauge(row.progress, "gauge-time")
  facts.append(
    (
      .investmentPeriodEnd,
      row.progress == nil
        ? "\(wording.date(terms.investmentPeriodEnd))"
        : "\(wording.date(terms.investmentPeriodEnd)) <small>\(progress)</small>\(bar)"
    ))
  facts.append((.maturity, "\(wording.date(terms.maturityDate))"))
  if let dissolved = terms.dissolutionDate { facts.append((.dissolution, "\(dissolved)")) }
  facts.append((.remainingTerm, "\(wording.remaining(row.remaining))"))
  facts.append((.hurdle, "\(wording.rate(terms.hurdleRate))"))
  return facts.map { "<div><dt>\(wording($0.0))</dt><dd>\($0.1)</dd></div>" }
}

/// What a reader must know before believing the figures.
private func fundNotes(_ standing: FundStanding, _ wording: Wording) -> HTML {
  let row = standing.row
  var notes: [String] = []
  if row.basis == .stated {
    let unit = wording.unit.name(for: row.fund.currency)
    notes.append(
      wording(
        row.paidIn.isZero
          ? .nothingStatedNote : .statedFundNote(wording.amount(row.paidIn), unit: unit)))
  }
  if row.status == .forming { notes.append(wording(.notFormedFundNote(on: row.referenceDate))) }
  if row.cash.isNegative { notes.append(wording(.negativeCash)) }
  let paragraphs = notes.map { note -> HTML in
    "<p class=\"note\">\(icon("note"))<span>\(note)</span></p>"
  }
  return "\(paragraphs)"
}
