import Bookkeeping
import FundModel

extension PageFrame {
  /// Whether the page shows what the books hold, so that the second clock rules it too. Pages that
  /// only make something new are always of now.
  var takesKnownAt: Bool {
    guard sight == .everything else { return false }
    let path = address.path
    if path == Self.newFundPath || path == Self.feedsPath || path.hasSuffix("/new-call") {
      return false
    }
    return [
      Self.overviewPath, "/funds/", "/calls/", "/investments/", "/companies", Self.calendarPath,
      Self.explainPath, Self.trailPath, Self.changesPath,
    ].contains(where: path.hasPrefix)
  }
}

/// The second clock, folded away beside the reference date: what the books knew at a moment. Part of
/// the form of the reference date, so that both go together and work without script.
func knownAtControl(_ frame: PageFrame) -> HTML {
  let say = frame.language
  let shown = frame.knownMoment?.time.typed
  let typed = frame.unreadMoment?.typed ?? frame.knownMoment?.time.typed ?? ""
  let problem: HTML =
    frame.unreadMoment.map { unread in
      """
      <p class="known-problem" id="known-at-problem">\(icon("overdue"))\
      <span>\(say(unread.sentence))</span></p>
      """
    } ?? .none
  let invalid: HTML = .when(frame.unreadMoment != nil, " aria-invalid=\"true\" autofocus")
  let described = frame.unreadMoment == nil ? "known-at-help" : "known-at-problem known-at-help"
  return """
    <details class="known\(HTML.when(shown != nil, " known-away"))" id="known"\
    \(HTML.when(frame.unreadMoment != nil, " open"))>\
    <summary id="known-open">\(icon("clock"))<span>\(say(.knownAt))</span> <b>\(shown ?? say(.knownNow))</b></summary>
    <div class="known-panel"><label for="known-at">\(say(.knownAtLabel))</label>
    <div class="known-row"><input class="known-field" id="known-at" name="known_at" value="\(typed)" \
    maxlength="40" autocomplete="off" spellcheck="false" aria-describedby="\(described)"\(invalid)>\
    <button class="step" type="submit">\(say(.show))</button></div>
    \(problem)
    <p class="known-choices">\(choices(frame))</p>
    <p class="known-help" id="known-at-help">\(say(.knownAtHelp))</p></div></details>
    """
}

/// The last month ends, and the trail, which has every moment at which something was recorded.
private func choices(_ frame: PageFrame) -> HTML {
  var ends: [CalendarDate] = []
  var day = frame.today
  for _ in 0..<3 {
    day = day.previousMonthEnd
    ends.append(day)
  }
  let days = ends.map { end -> HTML in
    """
    <a data-live id="known-at-\(end)" \
    href="\(frame.address.with("known_at", end.description).text)">\(end)</a>
    """
  }
  guard frame.readsAll else { return "\(days)" }
  return """
    \(days)<a id="known-from-trail" href="\(frame.address.other(PageFrame.trailPath).text)">\
    \(frame.language(.chooseFromTrail))</a>
    """
}

/// Says that the figures are those of an earlier knowledge, what came later, and leads back.
func knownAtBanner(_ frame: PageFrame) -> HTML {
  guard let moment = frame.knownMoment else { return .none }
  let say = frame.language
  let since: HTML = .when(
    frame.readsAll,
    """
    <a id="changes-since" href="\(frame.changesLink(since: moment.inAddress, knownNow: true))">\
    \(say(.changesAfterIt))</a>
    """)
  return """
    <p class="msg known-banner" id="known-banner">\(icon("clock"))<span>\
    \(say(.knownAtBanner(moment.time.typed))) \(since) \
    <a id="forget-known-at" data-live href="\(frame.address.with("known_at", nil).text)">\
    \(say(.forgetKnownAt))</a></span></p>
    """
}
