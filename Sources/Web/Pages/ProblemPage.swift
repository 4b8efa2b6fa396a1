import Bookkeeping
package import FundModel

/// Something that a reader asked for and cannot have: what is wrong, an example, a way out.
package struct PageProblem: Hashable, Sendable {
  let title: Phrase
  let sentence: Phrase
  /// The day that the way out leads to; without one it leads to the overview.
  let day: CalendarDate?
  /// The part of the address that means nothing; the links on the page leave it out.
  let parameter: String?

  /// Where else it leads than to a day or to the overview.
  let wayOut: WayOut?

  enum WayOut: Hashable, Sendable {
    /// The same page with everything known now.
    case knowNow
    case trail
    case imports
  }

  private init(
    _ title: Phrase, _ sentence: Phrase, day: CalendarDate? = nil, parameter: String? = nil,
    wayOut: WayOut? = nil
  ) {
    self.title = title
    self.sentence = sentence
    self.day = day
    self.parameter = parameter
    self.wayOut = wayOut
  }

  package static let pageNotFound = PageProblem(.pageNotFound, .pageNotFoundNote)

  /// - Parameter id: as it stands in the address.
  package static func fundNotFound(_ id: String) -> PageProblem {
    PageProblem(.fundNotFound, .fundNotFoundNote(id))
  }

  static let importGone = PageProblem(
    .importGone, .importGoneNote, wayOut: .imports)

  /// - Parameter sentence: which number names nothing.
  package static func notInBooks(_ sentence: Phrase) -> PageProblem {
    PageProblem(.notInBooks, sentence)
  }

  /// - Parameter sentence: what is wrong with the parameters of the address.
  package static func badAddress(_ sentence: Phrase) -> PageProblem {
    PageProblem(.badParameter, sentence)
  }

  package static func badDate(_ problem: DateProblem, today: CalendarDate) -> PageProblem {
    PageProblem(.badDate, problem.sentence, day: problem.nearestDay(today: today))
  }

  /// A moment of knowledge that is none.
  static func badMoment(_ moment: PageFrame.UnreadMoment) -> PageProblem {
    PageProblem(moment.title, moment.sentence, wayOut: .knowNow)
  }

  /// Something that the books did not know yet at the moment asked for.
  static func notKnownYet(at moment: KnownMoment) -> PageProblem {
    PageProblem(
      .notKnownYet, .notKnownYetNote(moment.time.typed), parameter: "known_at", wayOut: .knowNow)
  }

  /// - Parameter number: as it stands in the address.
  static func trailEntryNotFound(_ number: String) -> PageProblem {
    PageProblem(.trailEntryNotFound, .trailEntryNotFoundNote(number), wayOut: .trail)
  }

  /// - Parameter allowed: what `name` may be, in the spelling of the address.
  package static func badParameter(
    _ name: String, _ value: String, allowed: [String]
  ) -> PageProblem {
    PageProblem(
      .badParameter, .badParameterNote(name, value, allowed: allowed), parameter: name)
  }

  /// - Parameter id: as it stands in the address.
  package static func callNotFound(_ id: String) -> PageProblem {
    PageProblem(.callNotFound, .callNotFoundNote(id))
  }

  package static func investmentNotFound(_ id: String) -> PageProblem {
    PageProblem(.investmentNotFound, .investmentNotFoundNote(id))
  }

  package static func companyNotFound(_ id: String) -> PageProblem {
    PageProblem(.companyNotFound, .numberNotFoundNote(id))
  }

  /// Whatever else went wrong, as the API tells it too.
  init(_ problem: Problem) {
    self.init(
      problem.headline, problem.sentence,
      wayOut: problem.code == Problem.tooManyDraftsCode ? .imports : nil)
  }
}

extension DateProblem {
  /// The last day of the month that was meant where the month exists, else today.
  func nearestDay(today: CalendarDate) -> CalendarDate {
    guard case .noSuchDay(let year, let month, let day) = self, day > 0 else { return today }
    return CalendarDate(year, month, 1)?.monthEnd ?? today
  }
}

/// The page shown in place of the one that was asked for.
///
/// For a bad date, give `asked` the unread date as well: it stays in the field.
package func problemPage(_ problem: PageProblem, frame asked: PageFrame) -> HTML {
  let frame = problem.parameter.map(asked.without) ?? asked
  let say = frame.language
  let wayOut: (Phrase, PageAddress) =
    switch problem.wayOut {
    case .knowNow: (.forgetKnownAt, frame.address)
    case .trail: (.wholeTrail, frame.address.other(PageFrame.trailPath))
    case .imports: (.importing, frame.address.other(PageFrame.importPath))
    case nil:
      problem.day.map { (.showOn($0), frame.address(on: $0)) }
        ?? (.toOverview, frame.overviewAddress)
    }
  // What is wrong with the date describes the field, too; the script puts it there.
  let sentence: HTML =
    frame.unreadDate == nil
    ? """
    <p class="problem-sentence">\(icon("overdue"))<span>\(say(problem.sentence))</span></p>
    """
    : """
    <p><span class="asof-problem" id="reference-date-problem">\(icon("overdue"))\
    <span>\(say(problem.sentence))</span></span></p>
    """
  let main: HTML = """
    <section class="panel problem" role="alert">
    <h1>\(say(problem.title))</h1>
    \(sentence)
    <p><a class="button button-go" id="way-out" href="\(wayOut.1.text)">\(say(wayOut.0))</a></p>
    </section>
    """
  return layout(title: say(problem.title), main: main, frame: frame)
}
