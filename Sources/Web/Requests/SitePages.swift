import Bookkeeping
import FundModel
import Hummingbird

/// The pages for people and what they need.
extension Site {
  func pages(_ asked: Asked, _ path: [String]) async -> Response {
    if let asset = Asset.all.first(where: { $0.path == asked.rawPath }) {
      return asked.answeredMethod == "GET" ? assetResponse(asset, asked) : notAllowed(asked)
    }
    switch (path.count, path.first) {
    case (0, _) where asked.path != nil:
      return asked.answeredMethod == "GET" ? toOverview(asked) : notAllowed(asked)
    case (1, "fund-overview"):
      return await page(asked, PageFrame.overviewPath) { try await overview($0, $1) }
    case (2, "funds"):
      return await page(asked, "/funds/" + path[1]) { try await fund(path[1], $0, $1) }
    case (1, "explain"):
      return await page(asked, PageFrame.explainPath, keeping: FigureFields.ofPage) {
        try await explain($0, $1)
      }
    default:
      return html(problemPage(.pageNotFound, frame: problemFrame(asked)), 404, asked)
    }
  }

  private func overview(_ query: PageQuery, _ frame: PageFrame) async throws -> HTML {
    let view = OverviewView(
      unit: try query.unit(), formedOnly: try query.formedOnly(), sort: try query.sort())
    let home = books.settings.homeCurrency
    func question(on day: CalendarDate) -> OverviewAsOf {
      OverviewAsOf(
        AsOf(day, knownAt: query.knownAt), formedOnly: view.formedOnly, homeCurrency: home)
    }
    let yearEnd = CalendarDate(frame.referenceDate.year - 1, 12, 31)
    let answer = try await books.answer(
      Both(
        Both(
          question(on: frame.referenceDate), question(on: yearEnd ?? frame.referenceDate)),
        CashTimelineAsOf(of: .currency(home), knownAt: query.knownAt)))
    return overviewPage(
      answer.first.first, timeline: answer.second, view: view,
      previousYearEnd: yearEnd == nil ? nil : answer.first.second, frame: frame)
  }

  private func fund(_ id: String, _ query: PageQuery, _ frame: PageFrame) async throws -> HTML {
    let view = FundView(unit: try query.unit())
    guard let fund = Fund.ID(id) else { throw PageRefusal(.fundNotFound(JSON.shortened(id)), 404) }
    do {
      let answer = try await books.answer(
        Both(
          FundAsOf(fund, AsOf(frame.referenceDate, knownAt: query.knownAt)),
          CashTimelineAsOf(of: .fund(fund), knownAt: query.knownAt)))
      return fundPage(answer.first, timeline: answer.second, view: view, frame: frame)
    } catch Refusal.unknown { throw PageRefusal(.fundNotFound(id), 404) }
  }
}

extension Site {
  /// Answers with the page that `make` makes, or with one that says why it can't.
  ///
  /// - Parameter names: parameters of this page alone, which its links to itself keep.
  private func page(
    _ asked: Asked, _ path: String, keeping names: [String] = [],
    _ make: (PageQuery, PageFrame) async throws -> HTML
  ) async -> Response {
    guard asked.answeredMethod == "GET" else { return notAllowed(asked) }
    do {
      let query = try PageQuery(asked, books.clock)
      let frame = query.frame(path, keeping: names, books.clock.today)
      if let unread = frame.unreadDate {
        throw PageRefusal(.badDate(unread.problem, today: frame.today), 422, frame: frame)
      }
      do { return html(try await make(query, frame), 200, asked) } catch let refusal as PageRefusal
      {
        return html(
          problemPage(refusal.problem, frame: refusal.frame ?? frame), refusal.status, asked)
      }
    } catch let refusal as PageRefusal {
      let frame = refusal.frame ?? problemFrame(asked)
      return html(problemPage(refusal.problem, frame: frame), refusal.status, asked)
    } catch {
      let failure = PageProblem.failure(logged(error, asked))
      let status = Problem(error, reference: "").status
      return html(problemPage(failure, frame: problemFrame(asked)), status, asked)
    }
  }

  /// The frame of a page that is about nothing in the books.
  private func problemFrame(_ asked: Asked) -> PageFrame {
    let today = books.clock.today
    return PageFrame(
      language: PageQuery.language(asked), address: PageAddress(PageFrame.overviewPath),
      referenceDate: today, today: today)
  }

  private func toOverview(_ asked: Asked) -> Response {
    var response = Response(status: .seeOther)
    response.set(
      "Location", PageFrame.overviewPath + (asked.query.isEmpty ? "" : "?" + asked.query))
    return response
  }

  private func notAllowed(_ asked: Asked) -> Response {
    var response = html(problemPage(.pageNotFound, frame: problemFrame(asked)), 405, asked)
    response.set("Allow", "GET, HEAD")
    return response
  }

  /// A choice of language in the address is kept for the pages that follow.
  private func html(_ page: HTML, _ status: Int, _ asked: Asked) -> Response {
    var response = Response(
      bytes: Array(page.markup.utf8), "text/html; charset=utf-8", status: status)
    response.set("Cache-Control", "no-store")
    response.set("Vary", "Accept-Language, Cookie")
    if let language = PageQuery.chosenLanguage(asked) {
      response.set(
        "Set-Cookie",
        "lang=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly")
    }
    return response
  }

  /// One version of an asset never changes, so browsers may keep it.
  private func assetResponse(_ asset: Asset, _ asked: Asked) -> Response {
    let tag = "\"\(asset.version)\""
    let isKept = asked.header("If-None-Match") == tag
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

/// Why a page cannot be had.
struct PageRefusal: Error {
  let problem: PageProblem
  let status: Int
  let frame: PageFrame?

  init(_ problem: PageProblem, _ status: Int, frame: PageFrame? = nil) {
    self.problem = problem
    self.status = status
    self.frame = frame
  }
}
