package import Bookkeeping
package import FundModel

/// How the calendar is looked at.
package struct CalendarView: Hashable, Sendable {
  package enum Shape: String, CaseIterable, Hashable, Sendable { case grid, list }

  package let unit: DisplayUnit
  package let shape: Shape

  package init(unit: DisplayUnit = .million, shape: Shape = .grid) {
    self.unit = unit
    self.shape = shape
  }
}

/// A month of due dates, each call's card on its due date, always; beside it the drawer of the call
/// that was asked for.
package func calendarPage(
  _ calendar: CallCalendar, timeline: CashTimeline, view: CalendarView, frame: PageFrame
) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let content =
    calendar.cards.isEmpty
    ? emptyMonth(calendar, wording, frame) : calendarDays(calendar, view.shape, wording, frame)
  let main: HTML = """
    \(calendarHead(calendar, view, wording, frame))
    \(calendarFilters(calendar, wording, frame))
    <div class="with-drawer\(HTML.when(calendar.open != nil, " with-drawer-open"))">
    <div class="calendar-side">\(content)
    \(feedsLink(wording, frame))</div>
    \(calendar.open.map { callDrawer($0, wording, frame) } ?? .none)
    </div>
    """
  let life = LifeOfFunds(of: calendar.funds.map(\.terms), around: frame.today)
  let announcement = Phrase.announcement(
    on: frame.referenceDate, calendar.month, count: calendar.cards.count)
  return layout(
    title: wording(.title(of: calendar.month)), main: main,
    rail: rail(timeline, over: life, frame),
    announcement: wording(announcement), frame: frame)
}

private func feedsLink(_ wording: Wording, _ frame: PageFrame) -> HTML {
  guard frame.sight == .everything else { return .none }
  return """
    <p class="calendar-foot"><a id="to-feeds" \
    href="\(frame.address.other(PageFrame.feedsPath).text)">\(wording(.feeds))</a></p>
    """
}

private func calendarHead(
  _ calendar: CallCalendar, _ view: CalendarView, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let figures =
    [wording(.dueCount(calendar.cards.count))]
    + calendar.outstanding.map { "\(wording(.outstanding)) \(wording.amountWithUnit($0))" }
  let hasWon = calendar.funds.contains { $0.currency == .krw }
  return """
    <div class="head"><h1>\(wording(Phrase(calendar.month)))</h1>\
    \(monthSteps(calendar.month, wording, frame))\
    <p class="head-note">\(unbroken(figures.joined(separator: " ·| ")))</p>
    <div class="head-tools">
    \(viewSwitch(view.shape, wording, frame))
    \(hasWon ? unitSwitch(view.unit, frame) : .none)
    </div></div>
    """
}

private func monthSteps(
  _ month: CalendarMonth, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let now = CalendarMonth(of: frame.today)
  func step(_ id: String, to target: CalendarMonth?, _ content: (CalendarMonth) -> HTML) -> HTML {
    guard let target else { return .none }
    let current: HTML = .when(id == "month-now" && target == month, " aria-current=\"true\"")
    return """
      <a id="\(id)" data-live\(current) \
      href="\(frame.address.with("month", target.description).text)">\(content(target))</a>
      """
  }
  func name(_ month: CalendarMonth) -> HTML {
    """
    <span>\(wording(Phrase(monthOf: month.first)))</span>\
    <span class="unseen"> \(month.first.year)</span>
    """
  }
  return """
    <div class="choices month-steps" role="group" aria-label="\(wording(.monthSteps))">\
    \(step("month-back", to: month.adding(months: -1)) { "\(icon("left"))\(name($0))" })\
    \(step("month-now", to: now) { _ in "\(wording(.thisMonth))" })\
    \(step("month-next", to: month.adding(months: 1)) { "\(name($0))\(icon("right"))" })</div>
    """
}

private func viewSwitch(
  _ shown: CalendarView.Shape, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let choices = CalendarView.Shape.allCases.map { shape -> HTML in
    let address = frame.address.with("view", shape == .grid ? nil : shape.rawValue)
    return """
      <a id="view-\(shape.rawValue)" data-live\
      \(HTML.when(shape == shown, " aria-current=\"true\"")) href="\(address.text)">\
      \(wording(shape == .grid ? .asGrid : .asList))</a>
      """
  }
  return """
    <div class="choices view-switch" role="group" aria-label="\(wording(.calendarView))">\
    \(choices)</div>
    """
}

/// One sentence and one way out.
private func emptyMonth(
  _ calendar: CallCalendar, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let sentence: Phrase
  let wayOut: (id: String, words: Phrase, address: PageAddress)
  if calendar.filter.narrows {
    sentence = .noCardsForFilters
    wayOut = ("clear-filters-here", .clearFilters, frame.address.withoutFilters)
  } else if let nearest = calendar.nearest.map(CalendarMonth.init(of:)) {
    sentence = .noCards
    wayOut = ("to-nearest", .toMonth(nearest), frame.address.with("month", nearest.description))
  } else {
    sentence = .noCallsAnywhere
    wayOut = ("to-overview", .toOverview, frame.overviewAddress)
  }
  return """
    <div class="empty"><p>\(wording(sentence))</p><a class="button" id="\(wayOut.id)" \
    \(HTML.when(wayOut.id != "to-overview", "data-live ")) href="\(wayOut.address.text)">\
    \(wording(wayOut.words))</a></div>
    """
}

extension PageAddress {
  /// The calendar with every card.
  var withoutFilters: PageAddress {
    ["fund", "side", "status"].reduce(self) { $0.with($1, nil) }
  }
}

extension CalendarFilter {
  /// Whether it leaves out calls that an unfiltered calendar shows.
  var narrows: Bool { fund != nil || side != nil || status != nil }
}
