import Bookkeeping
import FundModel
import Hummingbird

/// The calendar and what belongs to it.
extension Site {
  func calendar(_ query: PageQuery, _ frame: PageFrame) async throws -> ShownPage {
    let asOf = AsOf(frame.referenceDate, knownAt: query.knownAt)
    let home = books.settings.homeCurrency
    let view = CalendarView(unit: try query.unit(), shape: try query.calendarShape())
    let sight = frame.sight
    let question = CalendarAsOf(
      month: try query.month(), filter: try query.calendarFilter(),
      call: sight == .everything ? try query.call() : nil, asOf, homeCurrency: home, sight: sight)
    do {
      if case .own(let parties) = sight {
        let own = try await books.answer(
          Both(question, OwnFundsAsOf(parties, AsOf(.latest, knownAt: query.knownAt))))
        return {
          calendarPage(
            own.first, timeline: ownTimeline(own.second, in: home), view: view, frame: $0)
        }
      }
      let answer = try await books.answer(
        Both(question, CashTimelineAsOf(of: .currency(home), knownAt: query.knownAt)))
      if let fund = question.filter.fund, !answer.first.funds.contains(where: { $0.id == fund }) {
        throw PageRefusal(.fundNotFound(fund.description), 404)
      }
      return { calendarPage(answer.first, timeline: answer.second, view: view, frame: $0) }
    } catch Refusal.unknown(.call, let id) {
      throw PageRefusal(.callNotFound(String(id)), 404, frame: frame.without("call"))
    }
  }

  /// What a calendar program reads: the books as of today, for whoever knows the address. An
  /// unknown address and an ended one are answered alike.
  func feed(_ asked: Asked, token: String) async -> Response {
    guard asked.answeredMethod == "GET" else { return notAllowed(asked) }
    do {
      let content = try await books.answer(
        CalendarFeedContent(at: Secret(asSent: token), AsOf(books.clock.today)))
      guard let content else {
        return html(problemPage(.pageNotFound, frame: problemFrame(asked)), 404, asked)
      }
      let language = PageQuery.chosenLanguage(asked) ?? .ko
      var response = Response(
        bytes: iCalendar(content, Wording(language, .won)), "text/calendar; charset=utf-8",
        status: 200)
      response.set("Cache-Control", "no-store")
      return response
    } catch { return problem(error, asked) }
  }

  /// The feeds there are, with the form for another one. The address of a new one is in the answer
  /// to its form and nowhere else.
  func feeds(_ visit: Visit) async -> Response {
    var made: MadeFeed?
    return await page(
      visit, PageFrame.feedsPath, about: .feeds, takesForms: true,
      takenBy: { form in
        let keeper = try visit.by.keeper()
        do {
          let key = try readRequestKey(form.requestKeys)
          switch form.operation {
          case FeedForm.make:
            made = try await makeFeed(form, key, visit.asked, by: keeper)
            return .told
          case FeedForm.end:
            guard let feed = CalendarFeed.ID(form["feed"] ?? "") else { throw Problem.notAForm }
            let ended = try await books.perform(
              EndCalendarFeed(feed: feed), by: keeper, requestKey: key)
            return .done(sequence: ended.audit.sequence, next: nil)
          default: throw Problem.notAForm
          }
        } catch let problems as FieldProblems {
          return .again(form.refused(Problem(problems)), status: 422)
        } catch let refusal as Refusal {
          if case .unknown = refusal { throw refusal }
          let fields = refusal.field.map { name in
            [FieldProblem(refusal.code, refusal.sentence, at: [name])]
          }
          let problem = fields.map { Problem(FieldProblems($0)) } ?? Problem(refusal, reference: "")
          return .again(form.refused(problem), status: problem.status)
        }
      }
    ) { _, _ in
      let users = try await books.access.users()
      let feeds = try await books.answer(CalendarFeeds())
        .map { FeedLine($0, users, day: books.clock.civilDate(of:)) }
      let partners = users.filter { $0.role == .partner && $0.endedAt == nil }
      return { [made] in feedsPage(feeds, partners: partners, made: made, frame: $0) }
    }
  }

  private func makeFeed(
    _ form: SentForm, _ key: String?, _ sent: Asked, by keeper: Keeper
  ) async throws -> MadeFeed {
    let token = try newSecret()
    let asked = form["reader"] ?? ""
    let reader = User.ID(asked)
    // What cannot be read must never mean everybody's.
    guard asked.isEmpty || reader != nil else { throw Problem.notAForm }
    let made = try await books.perform(
      MakeCalendarFeed(
        name: form["name"] ?? "", withAmounts: form["with_amounts"] == "true", reader: reader,
        token: token),
      by: keeper, requestKey: key)
    // A form that is sent again finds the feed that it made, whose token was another one.
    guard try await books.answer(CalendarFeedAt(token))?.id == made.outcome else {
      return .earlier
    }
    let language = PageQuery.language(sent).rawValue
    return .shown(
      address: "\(sent.origin)\(PageFrame.calendarPath)/\(token.text).ics?lang=\(language)")
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
