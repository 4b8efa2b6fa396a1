import Bookkeeping
import FundModel

/// What the address of a page asks for. People type these, so dates are read as forms read them.
struct PageQuery {
  let language: Language
  /// The moment asked for; `nil` where none is, or none can be read.
  let knownAt: Instant?
  private let moment: Result<KnownMoment, PageFrame.UnreadMoment>?
  private let query: QueryText
  private let date: Result<CalendarDate, DateProblem>?

  init(_ asked: Asked, _ clock: BooksClock) throws {
    language = Self.language(asked)
    do throws(FieldProblems) {
      query = try QueryText(asked.query)
      guard query.givenTwice.isEmpty else { throw FieldProblems(query.givenTwice) }
    } catch {
      throw PageRefusal(.badAddress(Problem(error).sentence), 422)
    }
    if let lang = query.nonEmpty("lang"), Language(rawValue: lang) == nil {
      throw PageRefusal(
        .badParameter("lang", JSON.shortened(lang), allowed: Language.allCases.map(\.rawValue)), 422
      )
    }
    date = query.nonEmpty("reference_date").map { text in
      Result { () throws(DateProblem) in try CalendarDate(typed: text) }
    }
    moment = query.nonEmpty("known_at").map { KnownMoment.reading($0, clock) }
    knownAt = try? moment?.get().instant
  }

  /// The page and its reader; the reference date is today's where none can be read.
  func frame(_ path: String, _ today: CalendarDate) -> PageFrame {
    let address = PageAddress(
      path,
      Self.kept.compactMap { name in
        query.nonEmpty(name).map { PageAddress.Parameter(name, $0) }
      })
    var day = today
    var unread: PageFrame.UnreadDate?
    switch date {
    case nil: break
    case .success(let date): day = date
    case .failure(let problem):
      unread = PageFrame.UnreadDate(
        typed: JSON.shortened(query["reference_date"] ?? ""), problem: problem)
    }
    var frame = PageFrame(
      language: language, address: address, referenceDate: day, today: today, unreadDate: unread)
    switch moment {
    case nil: break
    case .success(let known): frame = frame.knowing(known)
    case .failure(let unread): frame = frame.unable(toKnowAt: unread)
    }
    return frame
  }

  /// What links on a page keep.
  private static let kept =
    PageAddress.shared + PageFrame.ofOverview
    + ["month", "view", "fund", "side", "status", "direct", "call"]
    + ["q", "item", "entry", "do", "commitment", "party"]
    + ["figure", "currency", "since"]
    + ["user", "person", "command", "from", "to", "before", "step"]
    + ["sheet", "show", TablePages.ofTable, TablePages.ofCalls, "steps"]
}

extension PageQuery {
  /// The change of the books that led to the page: its place in the trail.
  var done: Int64? { query.nonEmpty("done").flatMap { Int64($0) } }

  /// A parameter that is kept as it is, where it is there.
  subscript(_ name: String) -> String? { query.nonEmpty(name) }

  func unit() throws -> DisplayUnit {
    try choice("unit", DisplayUnit.allCases.map(\.rawValue), DisplayUnit.init(rawValue:))
      ?? .million
  }

  func formedOnly() throws -> Bool {
    try choice("formed_only", ["true", "false"]) { Bool($0) } ?? false
  }

  /// The page of the overview's funds, from 1 on, or all of them.
  func page() throws -> String? {
    try choice("page", ["1", TablePages.all]) { text in
      text == TablePages.all || Int(text).map { $0 > 0 } == true ? text : nil
    }
  }

  func sort() throws -> OverviewSort? {
    let order = try choice("order", ["asc", "desc"]) { ["asc", "desc"].contains($0) ? $0 : nil }
    return try choice("sort", OverviewSort.columns) { OverviewSort(column: $0, order: order) }
  }

  /// The parameters of the page, read and checked as the API reads them: none twice, and none but
  /// `fields` and what is a matter of pages alone.
  func values(
    of fields: [any AnyField], besides others: [String], _ clock: BooksClock
  ) throws(FieldProblems) -> FieldValues {
    guard case .object(let sent) = try query.object() else { return .none }
    let own = sent.filter { !others.contains($0.name) && $0.value != "" }
    return try FieldValues(
      reading: fields, from: .object(own), Reading(currency: nil, clock: clock, isText: true))
  }

  func choice<Value>(
    _ name: String, _ allowed: [String], _ read: (String) -> Value?
  ) throws -> Value? {
    guard let text = query.nonEmpty(name) else { return nil }
    guard let value = read(text) else {
      throw PageRefusal(.badParameter(name, JSON.shortened(text), allowed: allowed), 422)
    }
    return value
  }
}

extension PageQuery {
  /// The language chosen in the address, else the one chosen before, else the browser's.
  static func language(_ asked: Asked) -> Language {
    if let chosen = chosenLanguage(asked) { return chosen }
    let kept = asked.cookies.lazy.filter { $0.name == "lang" }
      .compactMap { Language(rawValue: $0.value) }.first
    if let kept { return kept }
    return Language(accepted: asked.header("accept-language"))
  }

  static func chosenLanguage(_ asked: Asked) -> Language? {
    (try? QueryText(asked.query))?["lang"].flatMap(Language.init(rawValue:))
  }
}

extension QueryText {
  fileprivate func nonEmpty(_ name: String) -> String? {
    self[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
