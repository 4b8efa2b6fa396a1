import Bookkeeping
import FundModel
import Hummingbird

/// The calendar and what belongs to it.
extension Site {
  func calendar(_ query: PageQuery, _ frame: PageFrame) async throws -> HTML {
    let asOf = AsOf(frame.referenceDate, knownAt: query.knownAt)
    let home = books.settings.homeCurrency
    let view = CalendarView(unit: try query.unit(), shape: try query.calendarShape())
    let question = CalendarAsOf(
      month: try query.month(), filter: try query.calendarFilter(), call: try query.call(), asOf,
      homeCurrency: home)
    do {
      let answer = try await books.answer(
        Both(question, CashTimelineAsOf(of: .currency(home), knownAt: query.knownAt)))
      if let fund = question.filter.fund, !answer.first.funds.contains(where: { $0.id == fund }) {
        throw PageRefusal(.fundNotFound(fund.description), 404)
      }
      return calendarPage(answer.first, timeline: answer.second, view: view, frame: frame)
    } catch Refusal.unknown(.call, let id) {
      throw PageRefusal(.callNotFound(String(id)), 404, frame: frame.without("call"))
    }
  }

  /// What a calendar program reads: the books as of today, for whoever knows the address.
  func calendarFeed(_ asked: Asked, token: String) async throws -> Response? {
    let today = books.clock.today
    let content = try await books.answer(
      CalendarFeedContent(at: FeedToken(inAddress: token), AsOf(today)))
    guard let content else { return nil }
    let language = PageQuery.chosenLanguage(asked) ?? .ko
    var response = Response(
      bytes: iCalendar(content, Wording(language, .won)), "text/calendar; charset=utf-8",
      status: 200)
    response.set("Cache-Control", "no-store")
    return response
  }
}

extension PageQuery {
  func month() throws -> CalendarMonth? {
    try choice("month", ["2026-03"], CalendarMonth.init)
  }

  func calendarShape() throws -> CalendarView.Shape {
    try choice("view", CalendarView.Shape.allCases.map(\.rawValue), CalendarView.Shape.init)
      ?? .grid
  }

  func call() throws -> CapitalCall.ID? {
    try choice("call", ["1"]) { CapitalCall.ID($0) }
  }

  func calendarFilter() throws -> CalendarFilter {
    CalendarFilter(
      fund: try choice("fund", ["1"]) { Fund.ID($0) },
      side: try choice("side", Side.allCases.map(\.rawValue), Side.init),
      status: try choice(
        "status", CalendarFilter.Status.allCases.map(\.rawValue), CalendarFilter.Status.init),
      includesDirect: try choice("direct", ["true", "false"]) { Bool($0) } ?? false)
  }
}
