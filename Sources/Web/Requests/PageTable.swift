import Bookkeeping
import FundModel
import Hummingbird

/// One page: its address, who may see it, who may send its forms, and what answers.
struct PageRoute: Sendable {
  typealias Parts = [String: String]

  let path: PathTemplate
  let sees: Permission
  /// `nil` for a page that takes no forms.
  let sends: Permission?
  let answer: @Sendable (Site, Visit, Parts) async -> Response?

  init(
    _ path: PathTemplate, _ sees: Permission, sends: Permission? = nil,
    _ answer: @escaping @Sendable (Site, Visit, Parts) async -> Response?
  ) {
    self.path = path
    self.sees = sees
    self.sends = sends
    self.answer = answer
  }
}

/// Every page for people who have signed in. A partner sees its own commitments on the pages that
/// are for all who have signed in: `ownPages`.
let pageTable: [PageRoute] = [
  PageRoute("/", .signedIn) { site, visit, _ in
    visit.asked.answeredMethod == "GET"
      ? site.toOverview(visit.asked) : site.notAllowed(visit)
  },
  PageRoute("/fund-overview", .signedIn) { site, visit, _ in
    await site.page(visit, PageFrame.overviewPath) { try await site.overview($0, $1) }
  },
  PageRoute("/find", .signedIn) { site, visit, _ in
    await site.page(visit, PageFrame.findPath) { try await site.find($0, $1) }
  },
  PageRoute("/keys", .signedIn) { site, visit, _ in
    await site.page(visit, PageFrame.keysPath) { _, _ in { keysPage(frame: $0) } }
  },
  PageRoute("/events", .signedIn) { site, visit, _ in
    visit.asked.answeredMethod == "GET"
      ? await site.changeNotices(visit) : site.notAllowed(visit)
  },
  PageRoute("/reading", .signedIn) { site, visit, _ in
    visit.asked.answeredMethod == "GET" ? site.reading(visit.asked) : site.notAllowed(visit)
  },
  PageRoute("/funds/new", .keepsBooks, sends: .keepsBooks) { site, visit, _ in
    await site.page(visit, PageFrame.newFundPath, about: .newFund, takesForms: true) { _, _ in
      { newFundPage(home: site.books.settings.homeCurrency, frame: $0) }
    }
  },
  PageRoute("/funds/{fund}", .signedIn) { site, visit, parts in
    let id = parts["fund"] ?? ""
    return await site.page(visit, "/funds/" + id, about: .fund(id)) {
      try await site.fund(id, .summary, $0, $1)
    }
  },
  PageRoute("/funds/{fund}/new-call", .keepsBooks, sends: .keepsBooks) { site, visit, parts in
    let id = parts["fund"] ?? ""
    return await site.page(visit, "/funds/\(id)/new-call", about: .fund(id), takesForms: true) {
      try await site.newCall(id, $0, $1)
    }
  },
  PageRoute("/funds/{fund}/{tab}", .readsAll, sends: .keepsBooks) { site, visit, parts in
    let id = parts["fund"] ?? ""
    guard let tab = FundTab(rawValue: parts["tab"] ?? ""), tab != .summary else { return nil }
    return await site.page(
      visit, "/funds/\(id)/\(tab.rawValue)", about: .fund(id), takesForms: tab != .ledger
    ) { try await site.fund(id, tab, $0, $1) }
  },
  PageRoute("/calls/{call}", .signedIn, sends: .keepsBooks) { site, visit, parts in
    let id = parts["call"] ?? ""
    return await site.page(visit, "/calls/" + id, about: .call(id), takesForms: true) {
      try await site.call(id, $0, $1)
    }
  },
  PageRoute("/investments/{commitment}", .readsAll, sends: .keepsBooks) { site, visit, parts in
    let id = parts["commitment"] ?? ""
    return await site.page(
      visit, "/investments/" + id, about: .investment(id), takesForms: true
    ) { try await site.investment(id, $0, $1) }
  },
  PageRoute("/companies", .readsAll) { site, visit, _ in
    await site.page(visit, "/companies") { try await site.companies(nil, $0, $1) }
  },
  PageRoute("/companies/{party}", .readsAll) { site, visit, parts in
    let id = parts["party"] ?? ""
    return await site.page(visit, "/companies/" + id) { try await site.companies(id, $0, $1) }
  },
  PageRoute("/calendar", .signedIn, sends: .keepsBooks) { site, visit, _ in
    // In the drawer is one call, or none.
    let open = (try? QueryText(visit.asked.query))?["call"]
    return await site.page(
      visit, PageFrame.calendarPath, about: open.flatMap { .call($0) }, takesForms: true
    ) { try await site.calendar($0, $1) }
  },
  PageRoute("/calendar/feeds", .readsAll, sends: .keepsBooks) { site, visit, _ in
    await site.feeds(visit)
  },
  PageRoute("/trail", .readsAll) { site, visit, _ in
    await site.page(visit, PageFrame.trailPath) { try await site.trail($0, $1) }
  },
  PageRoute("/trail/{entry}", .readsAll) { site, visit, parts in
    let entry = parts["entry"] ?? ""
    return await site.page(visit, "\(PageFrame.trailPath)/\(entry)") {
      try await site.trailEntry(entry, $0, $1)
    }
  },
  PageRoute("/changes", .readsAll) { site, visit, _ in
    await site.page(visit, PageFrame.changesPath) { try await site.changes($0, $1) }
  },
  PageRoute("/import", .keepsBooks, sends: .keepsBooks) { site, visit, _ in
    await site.importStart(visit)
  },
  PageRoute("/import/{draft}", .keepsBooks, sends: .keepsBooks) { site, visit, parts in
    await site.importDraft(parts["draft"] ?? "", visit)
  },
  PageRoute("/explain", .readsAll) { site, visit, _ in
    await site.page(visit, PageFrame.explainPath) { try await site.explain($0, $1) }
  },
  PageRoute("/export", .keepsBooks) { site, visit, _ in
    await site.page(visit, "/export") { _, _ in { booksExportPage(frame: $0) } }
  },
  PageRoute("/export/overview.xlsx", .signedIn) { site, visit, _ in
    await site.exportedOverview(visit, .xlsx)
  },
  PageRoute("/export/overview.csv", .signedIn) { site, visit, _ in
    await site.exportedOverview(visit, .csv)
  },
  PageRoute("/export/funds/{fund}/{file}", .readsAll) { site, visit, parts in
    await site.exportedFund(visit, parts["fund"] ?? "", parts["file"] ?? "")
  },
  PageRoute("/export/books.xlsx", .keepsBooks) { site, visit, _ in
    await site.exportedBooks(visit)
  },
  PageRoute("/export/books/{file}", .keepsBooks) { site, visit, parts in
    await site.exportedBooks(visit, parts["file"] ?? "")
  },
  PageRoute("/account", .signedIn, sends: .signedIn) { site, visit, _ in
    await site.account(visit)
  },
  PageRoute("/users", .owns, sends: .owns) { site, visit, _ in await site.users(visit) },
]

extension Site {
  /// The page of the address that says most among those that fit.
  private func pageRoute(of path: [String]) -> (route: PageRoute, parts: PageRoute.Parts)? {
    pageTable.compactMap { route in route.path.match(path).map { (route: route, parts: $0) } }
      .max { $0.route.path.literals < $1.route.path.literals }
  }

  /// Answers whoever has signed in with a page that they may see.
  func pages(_ visit: Visit, _ path: [String]) async -> Response {
    guard visit.asked.path != nil, let (route, parts) = pageRoute(of: path) else {
      return pageNotFound(visit)
    }
    do {
      try visit.by.check(route.sees)
      if visit.asked.method == "POST", let sends = route.sends { try visit.by.check(sends) }
    } catch { return problem(error, visit) }
    var visit = visit
    visit.keepsForms = route.sends == .keepsBooks
    let answer =
      if case .own(let parties) = visit.by.user.sight, let own = ownPages[route.path.text] {
        await own(self, visit, parts, parties)
      } else {
        await route.answer(self, visit, parts)
      }
    return answer ?? pageNotFound(visit)
  }

  /// Whether the page takes forms of the books, which are kept where their session has ended.
  func keepsForms(_ path: [String]) -> Bool { pageRoute(of: path)?.route.sends == .keepsBooks }

  private func pageNotFound(_ visit: Visit) -> Response {
    html(problemPage(.pageNotFound, frame: problemFrame(visit)), 404, visit.asked)
  }
}
