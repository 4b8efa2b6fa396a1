import Bookkeeping
import FundModel

/// A whole page: the band with the reference date, `main`, the footer.
///
/// - Parameters:
///   - rail: the time rail, or nothing where the page has no cash to draw.
///   - fitsScreen: the page fills the screen and its table scrolls within it.
///   - announcement: read out when a change of the date has replaced the figures.
///   - refreshes: something is under way, so the browser is to ask again where no script does.
package func layout(
  title: String, main: HTML, rail: HTML = .none, fitsScreen: Bool = false,
  announcement: String = "", frame: PageFrame, refreshes: Bool = false
) -> HTML {
  let say = frame.language
  let shown = mainPart(title, main, announcement, frame)
  guard !frame.showsFiguresOnly else {
    return "<title>\(title) · \(say(.brand))</title>\n\(referenceDateNow(frame))\n\(shown)\n"
  }
  let refresh: HTML = .when(
    refreshes, "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>\n")
  return """
    <!doctype html>
    <html lang="\(say.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title) · \(say(.brand))</title>
    <link rel="icon" href="\(favicon)">
    <link rel="stylesheet" href="\(Asset.stylesheet.address)">
    <script src="\(Asset.script.address)"></script>
    \(refresh)</head>
    <body\(HTML.when(fitsScreen, " class=\"fits\""))>
    <a class="skip" href="#main">\(say(.skipToMain))</a>
    \(sprite)
    <header class="band">
    \(bar(frame))
    \(frame.signedIn == nil ? .none : referenceDateForm(rail: rail, frame))
    \(liveState(frame))
    </header>
    \(shown)
    \(foot(frame))
    \(frame.signedIn == nil ? .none : dialogs(frame))
    <p id="announcer" class="unseen" role="status"></p>
    </body>
    </html>

    """
}

/// What the page is about: of all that stands in it, this alone is of the reference date and of
/// nothing else.
private func mainPart(
  _ title: String, _ main: HTML, _ announcement: String, _ frame: PageFrame
) -> HTML {
  """
  <main id="main" class="page" tabindex="-1" data-swap\(liveMarks(frame)) \
  data-announce="\(announcement)">
  \(printHead(title, frame))
  \(knownAtBanner(frame))
  \(doneMessage(frame))
  \(untoldProblems(in: main, frame))
  \(main)
  \(printedTrailHead(frame))
  </main>
  """
}

private func foot(_ frame: PageFrame) -> HTML {
  let say = frame.language
  let keys: HTML = """
    <span class="keys"><kbd>[</kbd> <kbd>]</kbd> \(say(.monthEndKeys)) · \
    <a data-keys href="\(frame.address.other(PageFrame.keysPath).text)"><kbd>?</kbd> \
    \(say(.keys))</a></span>
    """
  return """
    <footer class="foot"><span>\(say(.footer))</span>\
    \(frame.signedIn == nil ? .none : keys)</footer>
    """
}

/// Before anybody has signed in there is nowhere to go.
private func openBar(_ frame: PageFrame) -> HTML {
  """
  <div class="bar">
  <span class="brand" id="brand">\(brandMark)<span lang="ko">\(frame.language(.brand))</span> \
  <small>\(frame.language(.brandNote))</small></span>
  <div class="tools">
  \(languageSwitch(frame))
  \(themeTool(frame))
  </div>
  </div>
  """
}

private func themeTool(_ frame: PageFrame) -> HTML {
  """
  <button class="tool scripted" id="theme" type="button" data-theme-toggle \
  aria-label="\(frame.language(.theme))">\(icon("theme"))</button>
  """
}

/// Who is signed in, and the way to their account.
private func accountTool(_ frame: PageFrame) -> HTML {
  guard let user = frame.signedIn?.user else { return .none }
  let here = frame.address.path == PageFrame.accountPath
  return """
    <a class="tool tool-account" id="account" \
    href="\(frame.address.other(PageFrame.accountPath).text)"\
    \(HTML.when(here, " aria-current=\"page\""))>\(icon("person"))\
    <span class="unseen">\(frame.language(.account)): </span><span class="tool-name">\(user.name)\
    </span></a>
    """
}

private func bar(_ frame: PageFrame) -> HTML {
  guard frame.signedIn != nil else { return openBar(frame) }
  let say = frame.language
  let overview = frame.overviewAddress.text
  let path = frame.address.path
  var places = [
    navLink(
      "nav-overview", .overview, frame.overviewAddress,
      isHere: path == PageFrame.overviewPath, frame),
    navLink(
      "nav-calendar", .calendar, frame.address.other(PageFrame.calendarPath),
      isHere: path.hasPrefix(PageFrame.calendarPath), frame),
  ]
  if frame.readsAll {
    places.append(
      navLink(
        "nav-companies", .companies, frame.address.other("/companies"),
        isHere: path.hasPrefix("/companies"), frame))
    places.append(
      navLink(
        "nav-trail", .trail, frame.address.other(PageFrame.trailPath),
        isHere: path.hasPrefix(PageFrame.trailPath) || path == PageFrame.changesPath, frame))
  }
  return """
    <div class="bar">
    <a class="brand" id="brand" data-swap href="\(overview)">\(brandMark)<span lang="ko">\
    \(say(.brand))</span> <small>\(say(.brandNote))</small></a>
    <nav class="nav" id="nav" data-swap aria-label="\(say(.mainMenu))">\(places)</nav>
    <div class="tools">
    \(findTool(frame))
    \(languageSwitch(frame))
    \(themeTool(frame))
    \(accountTool(frame))
    </div>
    </div>
    """
}

private func navLink(
  _ id: String, _ words: Phrase, _ address: PageAddress, isHere: Bool, _ frame: PageFrame
) -> HTML {
  let current: HTML = .when(isHere, " aria-current=\"page\"")
  return "<a id=\"\(id)\" href=\"\(address.text)\"\(current)>\(frame.language(words))</a>"
}

private func languageSwitch(_ frame: PageFrame) -> HTML {
  let other = frame.language.other
  let words = other == .ko ? Phrase("한국어") : Phrase("English")
  return """
    <a class="tool" id="language" data-swap href="\(frame.otherLanguageAddress.text)" \
    lang="\(other.rawValue)" hreflang="\(other.rawValue)">\(other(words))</a>
    """
}

/// What the page shows at least, and of which fund alone: by these it brings itself up to date.
private func liveMarks(_ frame: PageFrame) -> HTML {
  guard let known = frame.known else { return .none }
  let fund: HTML = frame.fund.map { " data-funds=\"\($0)\"" } ?? .none
  return " data-known=\"\(known)\"\(fund)"
}

/// Where the script says that the stream of changes is cut.
private func liveState(_ frame: PageFrame) -> HTML {
  """
  <p id="live" class="live" role="status"></p>
  <template id="live-cut">\(icon("cut"))<span>\(frame.language(.streamCut))</span></template>
  """
}

/// The line that heads a printed page in place of the band.
private func printHead(_ title: String, _ frame: PageFrame) -> HTML {
  let knownAt =
    frame.knownMoment.map { " · \(frame.language(.knownAt)) \($0.time.typed)" } ?? ""
  return """
    <div class="print-head" aria-hidden="true"><b>\(frame.language(.brand)) · \(title)</b>\
    <span>\(frame.language(.asOf(frame.referenceDate)))\(knownAt)</span></div>
    """
}

/// The line that ends a printed page: by it the books can be held against the paper later.
private func printedTrailHead(_ frame: PageFrame) -> HTML {
  guard let head = frame.head, frame.readsAll else { return .none }
  let time = frame.civilTime(head.stamp.recordedAt).toTheSecond
  let words = Phrase.onPaperHead(head.stamp.sequence, time, head.digest)
  return "<p class=\"print-foot\" aria-hidden=\"true\">\(frame.language(words))</p>"
}

/// Drawn within the link, so that no other request is made for it.
private let favicon: HTML = """
  data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect \
  x='1' y='1' width='22' height='22' rx='5' fill='%232b4aa6'/%3E%3Cpath d='M6 7.5h12M6 12h12M6 \
  16.5h7' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3Ccircle cx='17' cy='16.5' \
  r='1.8' fill='%23fff'/%3E%3C/svg%3E
  """
