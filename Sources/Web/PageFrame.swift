package import Bookkeeping
package import FundModel

/// What every page knows of its reader and its moment.
package struct PageFrame: Sendable {
  package let language: Language
  /// The page and the parameters it was asked with; links keep those that still hold.
  package let address: PageAddress
  /// The day that every figure on the page is true of.
  package let referenceDate: CalendarDate
  /// The civil date in the books' zone.
  package let today: CalendarDate
  /// A reference date that could not be read: stays in the field, with what is wrong beside it.
  package let unreadDate: UnreadDate?
  /// Who reads the page; `nil` before they have signed in.
  var signedIn: SignedIn?
  /// The form that was sent to this page and is to be shown again.
  package var sent: SentForm?
  /// The change of the books that led here, to be told.
  package var done: ChangeAt.Found?
  /// Only what the reference date changes is asked for, while the reader looks for a date: links in it
  /// lead nowhere, as those of the page that is shown are left as they are.
  var showsFiguresOnly = false
  /// The header by which a script asks for no more.
  static let figuresOnlyHeader = "jangbu-figures-only"
  /// Told with every form of the page, so that one sent twice is carried out once.
  package var requestKey = ""
  /// The audit sequence that the page shows at least. A page that was asked for with a GET brings
  /// itself up to date when the books know more; others have none.
  package var known: Int64?
  /// The civil date of an instant, in the books' zone; in UTC until it is told.
  package var civilDate: @Sendable (Instant) -> CalendarDate = { instant in
    CalendarDate(instant.description.prefix(10)) ?? .earliest
  }
  /// The day and time of an instant, in the books' zone; in UTC until it is told.
  package var civilTime: @Sendable (Instant) -> CivilTime = { instant in
    CivilTime(
      CalendarDate(instant.description.prefix(10)) ?? .earliest,
      microseconds: instant.microseconds % CivilTime.microsecondsPerDay)
  }
  /// The moment whose knowledge the page shows; `nil` for everything known now.
  package private(set) var knownMoment: KnownMoment?
  /// A moment that could not be read, or is still to come: stays in its field.
  package private(set) var unreadMoment: UnreadMoment?
  /// The end of the trail that the page rests on.
  package var head: TrailHead?
  /// What follows the path in links to funds: `?reference_date=…`, or nothing.
  private let sharedQuery: String

  package struct UnreadDate: Hashable, Sendable {
    package let typed: String
    package let problem: DateProblem

    package init(typed: String, problem: DateProblem) {
      self.typed = typed
      self.problem = problem
    }
  }

  package struct UnreadMoment: Error, Hashable, Sendable {
    package let typed: String
    package let title: Phrase
    package let sentence: Phrase
  }

  package init(
    language: Language, address: PageAddress, referenceDate: CalendarDate, today: CalendarDate,
    unreadDate: UnreadDate? = nil
  ) {
    self.language = language
    // What was typed as 20250310 goes on as 2025-03-10; what could not be read goes no further.
    self.address =
      address["reference_date"] == nil
      ? address
      : address.with("reference_date", unreadDate == nil ? referenceDate.description : nil)
    self.referenceDate = referenceDate
    self.today = today
    self.unreadDate = unreadDate
    sharedQuery = self.address.other("", keeping: PageAddress.shared + Self.ofOverview).text
  }

  package static let overviewPath = "/fund-overview"
  package static let calendarPath = "/calendar"
  package static let feedsPath = "/calendar/feeds"
  package static let newFundPath = "/funds/new"
  package static func fundPath(_ id: Fund.ID) -> String { "/funds/\(id)" }
  package static let explainPath = "/explain"
  package static let trailPath = "/trail"
  package static let changesPath = "/changes"
  package static let importPath = "/import"

  /// What of the books the reader may see: nothing before they have signed in.
  var sight: Sight { signedIn?.user.sight ?? .own([]) }

  /// Whether the reader may change the books.
  var keepsBooks: Bool { signedIn?.keepsBooks == true }

  /// Whether the page has forms that change the books: for those who may send them, and as of now,
  /// as what is recorded would not show in what the books knew earlier.
  var offersForms: Bool { keepsBooks && address["known_at"] == nil }

  /// Where a link leads, as its attribute.
  func href(_ address: @autoclosure () -> String) -> HTML {
    showsFiguresOnly ? .none : " href=\"\(address())\""
  }

  /// A form that changes the books, or a way to one: nothing where the page has none.
  func offer(_ way: @autoclosure () -> HTML) -> HTML { offersForms ? way() : .none }

  /// Whether the reader may read all of the books, the trail too.
  var readsAll: Bool { signedIn?.user.role.readsAll == true }

  /// The same reader on another day: links of what it makes are of that day.
  func on(_ day: CalendarDate) -> PageFrame {
    sameReader(
      PageFrame(language: language, address: address(on: day), referenceDate: day, today: today))
  }

  /// The same page with the moment whose knowledge it shows.
  func knowing(_ moment: KnownMoment) -> PageFrame {
    var frame = sameReader(
      PageFrame(
        language: language, address: address.with("known_at", moment.inAddress),
        referenceDate: referenceDate, today: today, unreadDate: unreadDate))
    frame.knownMoment = moment
    return frame
  }

  /// The same page where the moment asked for is none: links leave it out.
  func unable(toKnowAt moment: UnreadMoment) -> PageFrame {
    var frame = without("known_at")
    frame.unreadMoment = moment
    return frame
  }

  /// What is told to every page, told to another one.
  private func sameReader(_ other: PageFrame) -> PageFrame {
    var frame = other
    frame.civilDate = civilDate
    frame.civilTime = civilTime
    frame.head = head
    frame.signedIn = signedIn
    frame.showsFiguresOnly = showsFiguresOnly
    if frame.address["known_at"] != nil { frame.knownMoment = knownMoment }
    return frame
  }

  package static let signInPath = "/sign-in"
  package static let welcomePath = "/welcome"
  package static let accountPath = "/account"
  package static let usersPath = "/users"

  package static let findPath = "/find"
  package static let keysPath = "/keys"

  /// The fund under whose path the page is, and whose changes alone concern it.
  package var fund: Fund.ID? {
    let parts = address.path.split(separator: "/")
    return parts.count >= 2 && parts[0] == "funds" ? Fund.ID(String(parts[1])) : nil
  }

  /// This page on another day.
  package func address(on date: CalendarDate) -> PageAddress {
    address.with("reference_date", date.description)
  }

  /// The overview, with what holds on every page.
  package var overviewAddress: PageAddress { address.other(Self.overviewPath) }

  /// The overview as the reader left it: its scope and order went along to the fund.
  package var wayBack: PageAddress {
    address.other(Self.overviewPath, keeping: PageAddress.shared + Self.ofOverview)
  }

  /// How the overview was looked at. Other pages carry it and leave it at that.
  static let ofOverview = ["formed_only", "sort", "order", "page"]

  /// The page of a fund, with what holds on every page and the way back.
  package func fundLink(_ id: Fund.ID) -> String { Self.fundPath(id) + sharedQuery }

  /// The page that says what makes up a figure, with what holds on every page and the way back.
  package func whyLink(
    _ figure: Figure, of scope: FigureScope, since day: CalendarDate? = nil
  ) -> String {
    let since = day.map { [PageAddress.Parameter("since", $0.description)] } ?? []
    let asked = (scope.parameters + since).reduce("\(Self.explainPath)?figure=\(figure.rawValue)") {
      "\($0)&\($1.name)=\($1.value)"
    }
    guard !sharedQuery.isEmpty else { return asked }
    // Which funds a total counts is part of what is asked, and stands in the address once.
    guard case .total = scope else { return "\(asked)&\(sharedQuery.dropFirst())" }
    let kept = address.with("formed_only", nil)
      .other("", keeping: PageAddress.shared + Self.ofOverview).text
    return kept.isEmpty ? asked : "\(asked)&\(kept.dropFirst())"
  }

  /// A part of a fund's page, with a form of it open where `doing` names one.
  package func fundLink(_ id: Fund.ID, _ tab: FundTab, doing task: String? = nil) -> String {
    link(Self.fundPath(id) + tab.path, task.map { ("do", $0) })
  }

  /// The page on which a call is issued: on the fund's partners, or on an investment.
  package func newCallLink(_ fund: Fund.ID, _ investment: Commitment.ID? = nil) -> String {
    link(Self.fundPath(fund) + "/new-call", investment.map { ("commitment", $0.description) })
  }

  /// The call's page with the form open that reverses one of its entries.
  package func reversalLink(_ entry: Entry.ID, on call: CapitalCall.ID) -> String {
    PageAddress("/calls/\(call)", sharedParameters)
      .with("entry", entry.description).with("do", "reverse").text
  }

  /// The deal page of a direct investment with the form open that undoes it as a whole.
  package func undoInvestmentLink(_ id: Commitment.ID) -> String {
    link("/investments/\(id)", ("do", "undo"))
  }

  package func companyLink(_ id: Party.ID) -> String { link("/companies/\(id)", nil) }

  /// One entry of the audit trail.
  package func trailLink(_ sequence: Int64) -> String { link("\(Self.trailPath)/\(sequence)", nil) }

  /// What changed in the figures since a moment, of one fund where the page is one's.
  package func changesLink(since moment: String, knownNow: Bool = false) -> String {
    let address = PageAddress(
      Self.changesPath, sharedParameters.filter { !knownNow || $0.name != "known_at" })
    return address.with("since", moment).with("fund", fund?.description).text
  }

  package func link(_ path: String, _ parameter: (name: String, value: String)?) -> String {
    let address = PageAddress(path, sharedParameters)
    return (parameter.map { address.with($0.name, $0.value) } ?? address).text
  }

  private var sharedParameters: [PageAddress.Parameter] {
    address.other("", keeping: PageAddress.shared + Self.ofOverview).parameters
  }

  /// The deal page of an investment, with what holds on every page.
  package func investmentLink(_ id: Commitment.ID) -> String { "/investments/\(id)" + sharedQuery }

  /// The page of a capital call, with what holds on every page.
  package func callLink(_ id: CapitalCall.ID) -> String { "/calls/\(id)" + sharedQuery }

  /// The same without one parameter of its address.
  package func without(_ parameter: String) -> PageFrame {
    sameReader(
      PageFrame(
        language: language, address: address.with(parameter, nil), referenceDate: referenceDate,
        today: today, unreadDate: unreadDate))
  }

  /// The same page in the other language.
  package var otherLanguageAddress: PageAddress {
    address.with("lang", language.other.rawValue)
  }
}
