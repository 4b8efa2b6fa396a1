package import FundModel

/// The overview: seven cards and the table of funds, as of one reference date.
///
/// - Parameters:
///   - overview: already without the funds that `view` leaves out.
///   - timeline: of the home currency, for the rail; none where figures only are shown.
///   - life: of all funds, where `overview` lacks some; for the rail.
///   - previousYearEnd: the same funds at the end of the year before, for the cards' changes.
package func overviewPage(
  _ overview: Overview, timeline: CashTimeline?, life: LifeOfFunds? = nil, view: OverviewView,
  previousYearEnd: Overview? = nil, frame: PageFrame
) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let sets = overview.shownTotals
  let funds =
    overview.rows.isEmpty ? emptyOverview(view, frame) : overviewTable(overview, view, frame)
  let cards = sets.map { totals in
    overviewCards(
      totals, of: .total(totals.currency, formedOnly: view.formedOnly), overview,
      previousYearEnd, wording, alone: sets.count == 1, frame)
  }
  let main: HTML = """
    \(overviewHead(overview, view, frame))
    \(cards)
    \(funds)
    \(overviewLegend(overview, wording))
    """
  let announcement = Phrase.announcement(
    on: overview.referenceDate, funds: overview.rows.count,
    paidIn: wording.amount(overview.totals.paidIn),
    unit: view.unit.name(for: overview.homeCurrency))
  return layout(
    title: frame.language(.fundOverview), main: main,
    rail: timeline.map { rail($0, over: life ?? overview.life(frame), frame) } ?? .none,
    fitsScreen: sets.count <= 3, announcement: frame.language(announcement), frame: frame)
}

extension Overview {
  /// One set of totals for each currency; those of the home currency when there is no fund.
  var shownTotals: [OverviewTotals] { totalsByCurrency.isEmpty ? [totals] : totalsByCurrency }

  fileprivate func life(_ frame: PageFrame) -> LifeOfFunds {
    LifeOfFunds(of: rows.map(\.fund.terms), around: frame.today)
  }

  /// Whether the unit can be chosen: some fund is in won.
  var hasWon: Bool { shownTotals.contains { $0.currency == .krw } }
}

private func overviewHead(_ overview: Overview, _ view: OverviewView, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let units = overview.shownTotals.map { view.unit.name(for: $0.currency) }
  return """
    <div class="head"><h1>\(say(.fundOverview))</h1>\
    <p class="head-note">\(say(.unitLine(units))) · \(say(.fundCount(overview.rows.count)))</p>
    \(overviewDownloads(frame))
    <div class="head-tools">
    \(overview.hasWon ? unitSwitch(view.unit, frame) : .none)
    \(scopeSwitch(view, frame))
    \(frame.offer(importLink("import", frame)))
    \(frame.offer(registerLink("register-fund", icon("plus"), frame)))
    </div></div>
    """
}

private func registerLink(_ id: String, _ mark: HTML, _ frame: PageFrame) -> HTML {
  """
  <a class="button" id="\(id)" href="\(frame.link(PageFrame.newFundPath, nil))">\
  \(mark)\(frame.language(.registerFund))</a>
  """
}

private func importLink(_ id: String, _ frame: PageFrame) -> HTML {
  """
  <a class="button" id="\(id)" href="\(frame.link(PageFrame.importPath, nil))">\
  \(frame.language(.importing))</a>
  """
}

/// Also on the page of a fund.
func unitSwitch(_ shown: DisplayUnit, _ frame: PageFrame) -> HTML {
  let choices = DisplayUnit.allCases.map { unit in
    choice(
      "unit-\(unit.rawValue)", frame.language(unit.shortName(for: .krw)), unit == shown,
      frame.address.with("unit", unit.rawValue))
  }
  return """
    <div class="choices" role="group" aria-label="\(frame.language(.unit))">\(choices)</div>
    """
}

private func scopeSwitch(_ view: OverviewView, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let all = choice(
    "scope-all", say(.allFunds), !view.formedOnly,
    frame.address.with("formed_only", nil).with("page", nil))
  let formed = choice(
    "scope-formed", say(.formedOnly), view.formedOnly,
    frame.address.with("formed_only", "true").with("page", nil))
  return "<div class=\"choices\" role=\"group\" aria-label=\"\(say(.scope))\">\(all)\(formed)</div>"
}

private func choice(_ id: String, _ word: String, _ chosen: Bool, _ to: PageAddress) -> HTML {
  let current: HTML = chosen ? " aria-current=\"true\"" : .none
  return "<a id=\"\(id)\" data-live\(current) href=\"\(to.text)\">\(word)</a>"
}

private func emptyOverview(_ view: OverviewView, _ frame: PageFrame) -> HTML {
  let say = frame.language
  guard view.formedOnly else {
    let nothing = frame.knownMoment.map { Phrase.nothingKnown(at: $0.time.typed) } ?? .noFunds
    return """
      <div class="empty"><p>\(say(nothing))</p>\
      \(frame.offer(registerLink("first-fund", .none, frame)))</div>
      """
  }
  return """
    <div class="empty"><p>\(say(.noFormedFunds))</p>\
    <a class="button" id="show-all" data-live \
    href="\(frame.address.with("formed_only", nil).text)">\(say(.showAllFunds))</a></div>
    """
}

/// Explains the marks that occur, and no others.
private func overviewLegend(_ overview: Overview, _ wording: Wording) -> HTML {
  var notes: [HTML] = []
  let statuses = Set(overview.rows.map(\.status))
  let bases = Set(overview.shownTotals.map(\.basis))
  if statuses.contains(.forming) {
    notes.append("\(chip("forming", wording(.notFormed))) \(wording(.notFormedNote))")
  }
  if statuses.contains(.dissolved) {
    notes.append("\(chip("closed", wording(.dissolved))) \(wording(.dissolvedNote))")
  }
  if overview.rows.contains(where: { $0.basis != .cash }) {
    notes.append("\(statedMark(wording(.stated)))\(wording(.statedNote))")
  }
  if bases.contains(.mixed) {
    notes.append("\(statedMark(wording(.partlyStated)))\(wording(.partlyStatedNote))")
  }
  let differing = overview.shownTotals.filter { $0.companyCount != $0.distinctCompanyCount }
  if let first = differing.first {
    let byCurrency = overview.shownTotals.count > 1
    let distinct = differing.map { totals in
      let count = wording.count(totals.distinctCompanyCount)
      return byCurrency ? "\(totals.currency.code) \(count)" : count
    }
    let sum = differing.count == 1 ? wording.count(first.companyCount) : nil
    let list = distinct.joined(separator: ", ")
    notes.append(
      "\(wording(.companiesNote(distinct: list, byCurrency: byCurrency, sum: sum)))")
  }
  return "<ul class=\"legend\">\(notes.map { note -> HTML in "<li>\(note)</li>" })</ul>"
}
