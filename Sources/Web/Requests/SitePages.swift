import Bookkeeping
import FundModel
import Hummingbird

/// The pages for people and what they need.
extension Site {
  func find(_ query: PageQuery, _ frame: PageFrame) async throws -> ShownPage {
    let text = query["q"] ?? ""
    let found = try await books.answer(
      FindAsOf(
        SearchText(text), AsOf(frame.referenceDate, knownAt: query.knownAt), sight: frame.sight))
    return { findPage(text, found, frame: $0) }
  }

  func overview(_ query: PageQuery, _ frame: PageFrame) async throws -> ShownPage {
    let view = OverviewView(
      unit: try query.unit(), formedOnly: try query.formedOnly(), sort: try query.sort(),
      page: try query.page())
    let home = books.settings.homeCurrency
    func question(on day: CalendarDate) -> OverviewAsOf {
      OverviewAsOf(
        AsOf(day, knownAt: query.knownAt), formedOnly: view.formedOnly, homeCurrency: home)
    }
    let yearEnd = CalendarDate(frame.referenceDate.year - 1, 12, 31)
    let figures = Both(
      question(on: frame.referenceDate), question(on: yearEnd ?? frame.referenceDate))
    guard !frame.showsFiguresOnly else {
      let answer = try await books.answer(figures)
      return {
        overviewPage(
          answer.first, timeline: nil, view: view,
          previousYearEnd: yearEnd == nil ? nil : answer.second, frame: $0)
      }
    }
    let answer = try await books.answer(
      Both(figures, CashTimelineAsOf(of: .currency(home), knownAt: query.knownAt)))
    // Funds that are not shown yet are on the rail: it is the same at every date.
    let life =
      view.formedOnly
      ? try await books.answer(
        LifeOfFundsAsKnown(around: frame.today, knownAt: query.knownAt)) : nil
    return {
      overviewPage(
        answer.first.first, timeline: answer.second, life: life, view: view,
        previousYearEnd: yearEnd == nil ? nil : answer.first.second, frame: $0)
    }
  }

  func fund(
    _ id: String, _ tab: FundTab, _ query: PageQuery, _ frame: PageFrame
  ) async throws -> ShownPage {
    let view = FundView(unit: try query.unit())
    guard let fund = Fund.ID(id) else { throw PageRefusal(.fundNotFound(JSON.shortened(id)), 404) }
    let asOf = AsOf(frame.referenceDate, knownAt: query.knownAt)
    do {
      let answer = try await books.answer(
        Both(FundAsOf(fund, asOf), CashTimelineAsOf(of: .fund(fund), knownAt: query.knownAt)))
      var content = FundPageContent(standing: answer.first, timeline: answer.second)
      switch tab {
      case .summary: content.history = try await books.answer(FundHistory(fund, asOf))
      case .ledger: content.ledger = try await books.answer(LedgerAsOf(fund: fund, asOf))
      case .terms:
        let past = try await books.answer(
          Both(
            FundVersions(fund, knownAt: query.knownAt),
            CommitmentChanges(fund, knownAt: query.knownAt)))
        (content.versions, content.changes) = (past.first, past.second)
      case .partners, .investments: content.partyNames = try await books.answer(PartyNames())
      }
      return { [content] in fundPage(content, tab: tab, view: view, frame: $0) }
    } catch Refusal.unknown {
      throw try await lacking(fund, query, frame, PageRefusal(.fundNotFound(id), 404))
    }
  }
}

extension Site {
  func call(
    _ id: String, _ query: PageQuery, _ frame: PageFrame
  ) async throws -> ShownPage {
    guard let call = CapitalCall.ID(id) else {
      throw PageRefusal(.callNotFound(JSON.shortened(id)), 404)
    }
    do {
      let answer = try await books.answer(
        CallInFull(call, AsOf(frame.referenceDate, knownAt: query.knownAt)))
      let timeline = try await books.answer(
        CashTimelineAsOf(of: .fund(answer.fund.row.fund.id), knownAt: query.knownAt))
      return { callPage(answer, timeline: timeline, frame: $0) }
    } catch Refusal.unknown { throw PageRefusal(.callNotFound(id), 404) }
  }

  func newCall(
    _ id: String, _ query: PageQuery, _ frame: PageFrame
  ) async throws -> ShownPage {
    guard let fund = Fund.ID(id) else { throw PageRefusal(.fundNotFound(JSON.shortened(id)), 404) }
    do {
      let answer = try await books.answer(
        Both(
          FundAsOf(fund, AsOf(frame.referenceDate, knownAt: query.knownAt)),
          CashTimelineAsOf(of: .fund(fund), knownAt: query.knownAt)))
      let asked = query["commitment"]
      let investment = answer.first.commitments.first {
        $0.commitment.side == .investments && $0.commitment.id.description == asked
      }
      if let asked, investment == nil { throw PageRefusal(.investmentNotFound(asked), 404) }
      return {
        newCallPage(answer.first, on: investment, timeline: answer.second, frame: $0)
      }
    } catch Refusal.unknown { throw PageRefusal(.fundNotFound(id), 404) }
  }

  func investment(
    _ id: String, _ query: PageQuery, _ frame: PageFrame
  ) async throws -> ShownPage {
    let view = FundView(unit: try query.unit())
    let refusal = PageRefusal(.investmentNotFound(JSON.shortened(id)), 404)
    guard let commitment = Commitment.ID(id) else { throw refusal }
    do {
      let answer = try await books.answer(
        InvestmentAsOf(commitment, AsOf(frame.referenceDate, knownAt: query.knownAt)))
      return {
        investmentPage(
          answer.fund, answer.investment, ledger: answer.ledger, timeline: answer.timeline,
          view: view, frame: $0)
      }
    } catch Refusal.unknown { throw refusal }
  }

  func companies(
    _ id: String?, _ query: PageQuery, _ frame: PageFrame
  ) async throws -> ShownPage {
    let view = FundView(unit: try query.unit())
    let all = try await books.answer(
      CompaniesAsOf(AsOf(frame.referenceDate, knownAt: query.knownAt)))
    guard let id else { return { companiesPage(all, view: view, frame: $0) } }
    guard let company = all.first(where: { $0.party.id.description == id }) else {
      throw PageRefusal(.companyNotFound(JSON.shortened(id)), 404)
    }
    return { companyPage(company, view: view, frame: $0) }
  }

  /// How a field was understood, to be said under it while one types.
  func reading(_ asked: Asked) -> Response {
    let query = try? QueryText(asked.query)
    let typed = query?["text"] ?? ""
    let say = PageQuery.language(asked)
    let words: String
    if let code = query?["currency"], let currency = Currency(code: code) {
      do throws(AmountProblem) {
        words = amountReading(try Money(typed: typed, in: currency), say)
      } catch {
        words = say(error.sentence)
      }
    } else {
      do throws(DateProblem) {
        words = say(.reading(of: try CalendarDate(typed: typed), today: books.clock.today))
      } catch { words = say(error.sentence) }
    }
    var response = Response(
      bytes: Array(words.utf8), "text/plain; charset=utf-8", status: 200)
    response.set("Cache-Control", "no-store")
    return response
  }
}

extension Site {
  /// Answers with the page that `ask` asks the books for, or with one that says why it can't.
  ///
  /// - Parameters:
  ///   - subject: what its forms may change, and what it tells when it is done.
  ///   - takesForms: forms on the page are posted to its own address. What was done leads back to
  ///     it by GET; what could not be taken is shown again on it.
  ///   - take: what takes them, where they ask for no operation of the API.
  func page(
    _ visit: Visit, _ path: String, about subject: PageSubject? = nil, takesForms: Bool = false,
    takenBy take: ((SentForm) async throws -> FormOutcome)? = nil,
    _ ask: (PageQuery, PageFrame) async throws -> ShownPage
  ) async -> Response {
    let asked = visit.asked
    guard asked.answeredMethod == "GET" || (takesForms && asked.method == "POST") else {
      return notAllowed(visit, takesForms ? "GET, HEAD, POST" : "GET, HEAD")
    }
    var status = 200
    do {
      let query = try PageQuery(asked, books.clock)
      var frame = try await readFrame(of: query, path, visit)
      if asked.method == "POST" {
        // A form is taken only where the page that it stands on can be shown, and as of now:
        // what is recorded would not show in what the books knew earlier.
        if query.knownAt != nil { throw Problem.writtenInThePast }
        _ = try await ask(query, frame)
        let outcome: FormOutcome
        switch try await receivedForm(visit) {
        case .shownAgain(let form, let status): outcome = .again(form, status: status)
        case .own(let form):
          guard take == nil || form.problems.isEmpty else { throw Problem.notAForm }
          outcome =
            if let take { try await take(form) } else {
              try await takeForm(form, by: visit, on: subject)
            }
        }
        switch outcome {
        case .changed: return seeOther(frame.address.text)
        case .done(let sequence, let next): return leading(to: next, sequence, frame)
        case .again(let form, let answered):
          frame.sent = form
          status = answered
        case .told: break
        }
      } else {
        // Looked up before the figures: the page may show more than this, never less.
        frame.known = try await trailEnd(for: visit.by)
      }
      if let sequence = query.done { frame.done = try await done(sequence, on: subject) }
      do { return html(try await shown(query, frame, ask), status, asked) } catch let refusal
        as PageRefusal
      {
        return html(refusal.page(frame), refusal.status, asked)
      }
    } catch let refusal as PageRefusal {
      return html(refusal.page(problemFrame(visit)), refusal.status, asked)
    } catch {
      return problem(error, visit)
    }
  }

  /// The frame of what is asked for.
  ///
  /// - Throws: `PageRefusal` where its day or its moment cannot be read.
  func readFrame(of query: PageQuery, _ path: String, _ visit: Visit) async throws -> PageFrame {
    var frame = query.frame(path, books.clock.today)
    belong(&frame, to: visit.by)
    if let unread = try await unreadMoment(frame) {
      throw PageRefusal(.badMoment(unread), 422, frame: frame.unable(toKnowAt: unread))
    }
    frame.requestKey = newRequestKey()
    frame.showsFiguresOnly =
      visit.asked.method == "GET" && visit.asked.header(PageFrame.figuresOnlyHeader) != nil
    if let unread = frame.unreadDate {
      throw PageRefusal(.badDate(unread.problem, today: frame.today), 422, frame: frame)
    }
    return frame
  }

  func problem(_ error: any Error, _ visit: Visit) -> Response {
    problem(error, visit.asked, problemFrame(visit))
  }

  func problem(_ error: any Error, _ asked: Asked) -> Response {
    problem(error, asked, problemFrame(asked))
  }

  private func problem(_ error: any Error, _ asked: Asked, _ frame: PageFrame) -> Response {
    let problem = Problem(error, reference: logged(error, asked))
    var response = html(problemPage(PageProblem(problem), frame: frame), problem.status, asked)
    for (name, value) in problem.headers where name == "Retry-After" { response.set(name, value) }
    return response
  }

  /// After a form was carried out: the page by GET, so that reloading sends nothing again.
  private func leading(to next: String?, _ sequence: Int64, _ frame: PageFrame) -> Response {
    var address = next.map { frame.address.other($0) } ?? frame.address
    for name in ["item", "entry", "do"] { address = address.with(name, nil) }
    var response = Response(status: .seeOther)
    response.set("Location", address.with("done", String(sequence)).text)
    response.set("Cache-Control", "no-store")
    return response
  }

  /// Whose page it is, and in which zone they read the time.
  func belong(_ frame: inout PageFrame, to reader: SignedIn) {
    frame.signedIn = reader
    frame.civilDate = books.clock.civilDate(of:)
    frame.civilTime = books.clock.civilTime(of:)
  }

  func problemFrame(_ visit: Visit) -> PageFrame {
    var frame = problemFrame(visit.asked)
    belong(&frame, to: visit.by)
    return frame
  }

  /// The frame of a page that is about nothing in the books.
  func problemFrame(_ asked: Asked) -> PageFrame {
    let today = books.clock.today
    return PageFrame(
      language: PageQuery.language(asked), address: PageAddress(PageFrame.overviewPath),
      referenceDate: today, today: today)
  }

  func toOverview(_ asked: Asked) -> Response {
    var response = Response(status: .seeOther)
    let query = percentEncoded(asked.query, keeping: "%!$&'()*+,;=:@/?")
    response.set("Location", PageFrame.overviewPath + (query.isEmpty ? "" : "?" + query))
    return response
  }

  func notAllowed(_ visit: Visit, _ allowed: String = "GET, HEAD") -> Response {
    notAllowed(visit.asked, allowed, problemFrame(visit))
  }

  func notAllowed(_ asked: Asked, _ allowed: String = "GET, HEAD") -> Response {
    notAllowed(asked, allowed, problemFrame(asked))
  }

  private func notAllowed(_ asked: Asked, _ allowed: String, _ frame: PageFrame) -> Response {
    let problem = PageProblem(Problem.methodNotAllowed(asked.method, allowed: [allowed]))
    var response = html(problemPage(problem, frame: frame), 405, asked)
    response.set("Allow", allowed)
    return response
  }

  /// A choice of language in the address is kept for the pages that follow; not when the page asks
  /// for itself again, as another may have been chosen elsewhere since.
  func html(_ page: HTML, _ status: Int, _ asked: Asked) -> Response {
    var response = Response(
      bytes: Array(page.markup.utf8), "text/html; charset=utf-8", status: status)
    response.set("Cache-Control", "no-store")
    response.set("Vary", "Accept-Language, Cookie, \(PageFrame.figuresOnlyHeader)")
    if let language = PageQuery.chosenLanguage(asked), asked.header("sec-fetch-dest") != "empty" {
      response.set(
        "Set-Cookie",
        "lang=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly")
    }
    return response
  }

  /// One version of an asset never changes, so browsers may keep it.
  func assetResponse(_ asset: Asset, _ asked: Asked) -> Response {
    let tag = "\"\(asset.version)\""
    let isKept = asked.header("if-none-match") == tag
    var response =
      isKept
      ? Response(status: .notModified)
      : Response(bytes: asset.bytes, asset.contentType, status: 200)
    response.set("ETag", tag)
    response.set(
      "Cache-Control",
      asked.query == "v=\(asset.version)" ? "public, max-age=31536000, immutable" : "no-cache")
    return response
  }
}

/// A page that the books were asked for: what it shows to a reader.
typealias ShownPage = @Sendable (PageFrame) -> HTML

/// Why a page cannot be had.
struct PageRefusal: Error {
  let status: Int
  let frame: PageFrame?
  private let shown: ShownPage

  init(_ problem: PageProblem, _ status: Int, frame: PageFrame? = nil) {
    self.status = status
    self.frame = frame
    shown = { problemPage(problem, frame: $0) }
  }

  /// - Parameter page: says itself what is wrong, beside the field that it is wrong with.
  init(showing page: @escaping ShownPage, _ status: Int, frame: PageFrame) {
    self.status = status
    self.frame = frame
    shown = page
  }

  func page(_ otherwise: PageFrame) -> HTML { shown(frame ?? otherwise) }
}
