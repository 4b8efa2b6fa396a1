import Bookkeeping
import FundModel

/// The audit trail, and what the second clock means for pages.
extension Site {
  func trail(_ query: PageQuery, _ frame: PageFrame) async throws -> ShownPage {
    let chosen = try TrailChoice(query, frame)
    let asked = chosen.filter(books.clock)
    let page = try await books.answer(
      TrailPage(asked, knownAt: query.knownAt, before: try query.trailPlace("before")))
    let shown: ShownPage = { trailPage(page, chosen, frame: $0) }
    guard chosen.unread.isEmpty else { throw PageRefusal(showing: shown, 422, frame: frame) }
    return shown
  }

  func trailEntry(
    _ number: String, _ query: PageQuery, _ frame: PageFrame
  ) async throws -> ShownPage {
    let missing = PageRefusal(.trailEntryNotFound(JSON.shortened(number)), 404, frame: frame)
    // One spelling of each number, as ids have it.
    guard let sequence = Int64(number), sequence > 0, String(sequence) == number else {
      throw missing
    }
    let after = try query.trailPlace("step") ?? 0
    let entry = try await books.answer(
      ReadTrailEntry(sequence, knownAt: query.knownAt, afterStep: after))
    guard let entry else { throw missing }
    return { trailEntryPage(entry, frame: $0) }
  }
}

extension Site {
  /// A moment that could not be read, or one that is still to come. The trail may be ahead of a clock
  /// that went back, and what it has is known.
  func unreadMoment(_ frame: PageFrame) async throws -> PageFrame.UnreadMoment? {
    if let unread = frame.unreadMoment { return unread }
    guard let moment = frame.knownMoment else { return nil }
    return try await momentToCome(moment, frame)
  }

  private func momentToCome(
    _ moment: KnownMoment, _ frame: PageFrame
  ) async throws -> PageFrame.UnreadMoment? {
    guard moment.liesAhead(of: books.clock.now(), frame.today) else { return nil }
    let head = try await books.answer(TrailHead.Question())
    if let head, head.stamp.recordedAt >= moment.instant { return nil }
    return PageFrame.UnreadMoment(
      typed: moment.time.typed, title: .futureKnownAtTitle,
      sentence: .futureKnownAt(moment.time.typed))
  }

  /// The page with the head of the trail that it rests on: asked anew where the books grew meanwhile,
  /// so that a printed page names the books that it shows.
  func shown(
    _ query: PageQuery, _ frame: PageFrame,
    _ ask: (PageQuery, PageFrame) async throws -> ShownPage
  ) async throws -> HTML {
    let head = TrailHead.Question(knownAt: query.knownAt)
    var known = try await books.answer(head)
    for _ in 0..<3 {
      let page = try await ask(query, frame)
      let now = try await books.answer(head)
      if now == known {
        var steady = frame
        steady.head = known
        return page(steady)
      }
      known = now
    }
    return try await ask(query, frame)(frame)
  }

  /// Why a fund's page cannot be had: there is no such fund, or the books did not know of it then.
  func lacking(
    _ fund: Fund.ID, _ query: PageQuery, _ frame: PageFrame, _ otherwise: PageRefusal
  ) async throws -> PageRefusal {
    // Whoever may not read everything learns of no fund from it.
    guard let moment = frame.knownMoment, frame.readsAll,
      (try? await books.answer(CurrencyOf(.fund(fund)))) != nil
    else { return otherwise }
    return PageRefusal(.notKnownYet(at: moment), 404, frame: frame)
  }
}

extension PageQuery {
  /// A sequence of the trail, or a step within an entry, after or before which a page goes on.
  func trailPlace(_ name: String) throws -> Int64? {
    try choice(name, ["100"]) { text in Int64(text).flatMap { $0 > 0 ? $0 : nil } }
  }
}

/// What the filters of the trail's page say.
struct TrailChoice: Sendable {
  var person: String?
  var command: String?
  var fund: Fund.ID?
  var from: CalendarDate?
  var to: CalendarDate?
  /// A day that could not be read stays in its field, with what is wrong beside it.
  var unread: [(name: String, typed: String, problem: DateProblem)] = []
  /// Only what was recorded by the end of that day, where the address gives one.
  var recordedBy: CalendarDate?

  init(_ query: PageQuery, _ frame: PageFrame) throws {
    person = query["person"]
    command = query["command"]
    fund = try query.choice("fund", ["1"]) { Fund.ID($0) }
    from = day("from", query)
    to = day("to", query)
    recordedBy = frame.address["reference_date"] == nil ? nil : frame.referenceDate
  }

  private mutating func day(_ name: String, _ query: PageQuery) -> CalendarDate? {
    guard let text = query[name] else { return nil }
    do throws(DateProblem) { return try CalendarDate(typed: text) } catch {
      unread.append((name, JSON.shortened(text), error))
      return nil
    }
  }

  var narrows: Bool {
    person != nil || command != nil || fund != nil || from != nil || to != nil || !unread.isEmpty
  }

  /// Days are those of the books' zone.
  func filter(_ clock: BooksClock) -> TrailFilter {
    var filter = TrailFilter()
    filter.actor = person
    filter.command = command
    filter.fund = fund
    filter.from = from.map { clock.end(of: $0.adding(days: -1)).next }
    filter.to = [to, recordedBy].compactMap { $0 }.min().map { clock.end(of: $0) }
    return filter
  }
}

extension Site {
  /// What changed in the figures since an earlier moment.
  func changes(_ query: PageQuery, _ frame: PageFrame) async throws -> ShownPage {
    let fund = try query.choice("fund", ["1"]) { Fund.ID($0) }
    var since: KnownMoment?
    var unread: PageFrame.UnreadMoment?
    switch query["since"].map({ KnownMoment.reading($0, books.clock) }) {
    case .success(let moment)?: since = moment
    case .failure(let problem)?: unread = problem
    case nil: break
    }
    if let moment = since, moment.instant > query.knownAt ?? .distant {
      unread = PageFrame.UnreadMoment(
        typed: moment.time.typed, title: .badKnownAt, sentence: .sinceAfterKnown)
    } else if let moment = since {
      unread = try await momentToCome(moment, frame)
    }
    let home = books.settings.homeCurrency
    let asOf = AsOf(frame.referenceDate, knownAt: query.knownAt)
    let funds = try await books.answer(OverviewAsOf(asOf, homeCurrency: home)).rows.map(\.fund)
    if let fund, !funds.contains(where: { $0.id == fund }) {
      throw try await lacking(
        fund, query, frame, PageRefusal(.fundNotFound(fund.description), 404))
    }
    let asked = ChangesAsked(
      since: unread == nil ? since : nil, unread: unread, fund: fund, funds: funds)
    guard unread == nil else {
      throw PageRefusal(showing: { changesPage(nil, asked, frame: $0) }, 422, frame: frame)
    }
    guard let since else { return { changesPage(nil, asked, frame: $0) } }
    let answer = try await books.answer(
      ChangesSince(
        asOf, since: since.instant, lastPastDay: books.clock.lastDay(pastBy: since.instant),
        fund: fund, homeCurrency: home))
    return { changesPage(answer, asked, frame: $0) }
  }
}

extension Instant {
  /// Later than every moment that anything may be asked about.
  fileprivate static let distant = Instant(microseconds: .max)
}
