import Bookkeeping
import FundModel

/// What the two forms of the page ask for. No operations of the API: an address is for people.
enum FeedForm {
  static let make = "makeCalendarFeed"
  static let end = "endCalendarFeed"
}

/// What became of a form that asked for a feed.
enum MadeFeed {
  /// The only time that its address is known.
  case shown(address: String)
  /// The same form made it before.
  case earlier
}

/// A feed with the civil days on which it was made and ended.
struct FeedLine {
  let feed: CalendarFeed
  let madeOn: CalendarDate
  let endedOn: CalendarDate?
  /// The partner who reads it, where it is not the firm's.
  let reader: String?

  init(_ feed: CalendarFeed, _ users: [User], day: (Instant) -> CalendarDate) {
    self.feed = feed
    reader = feed.reader.flatMap { id in users.first { $0.id == id }?.name }
    madeOn = day(feed.madeAt)
    endedOn = feed.endedAt.map(day)
  }
}

/// The addresses at which calendar programs read due dates.
func feedsPage(
  _ feeds: [FeedLine], partners: [User], made: MadeFeed?, frame: PageFrame
) -> HTML {
  let say = frame.language
  let calendar = frame.address.other(PageFrame.calendarPath)
  let main: HTML = """
    <div class="head head-fund"><p class="crumb"><a id="to-calendar" href="\(calendar.text)">\
    \(say(.calendar))</a></p><h1>\(say(.feeds))</h1></div>
    \(made.map { madeFeed($0, frame) } ?? .none)
    <p class="feeds-note">\(say(.feedsNote))</p>
    \(frame.offer(newFeedForm(partners, frame)))
    \(feedsTable(feeds, frame))
    """
  return layout(title: say(.feeds), main: main, frame: frame)
}

private func madeFeed(_ made: MadeFeed, _ frame: PageFrame) -> HTML {
  let say = frame.language
  switch made {
  case .earlier:
    return """
      <p class="msg msg-note" role="status">\(icon("note"))<span>\(say(.feedMadeEarlier))</span></p>
      """
  case .shown(let address):
    // Nothing that changes in the books may take it away before it was copied.
    return """
      <div class="msg msg-done" role="status" data-own>\(icon("complete"))<div class="new-feed">\
      <p>\(say(.feedMade))</p>\
      <label for="feed-address">\(say(.feedAddress))</label>\
      <input class="input" id="feed-address" readonly value="\(address)" spellcheck="false">\
      </div></div>
      """
  }
}

private func newFeedForm(_ partners: [User], _ frame: PageFrame) -> HTML {
  let form = FormView(FeedForm.make, frame)
  let readers =
    [(value: "", words: frame.language(.wholeCalendar))]
    + partners.map { (value: $0.id.description, words: $0.name) }
  let ticked: HTML = .when(form.value("with_amounts") == "true", " checked")
  return """
    <section class="panel panel-body" aria-labelledby="new-feed">\
    \(form(
      """
      <h2 id="new-feed">\(frame.language(.newFeed))</h2>
      \(form.text("name", .feedName, most: TextLimit.name))
      \(partners.isEmpty ? .none : form.select("reader", .feedShows, readers))
      <label class="tick"><input type="checkbox" name="with_amounts" value="true"\(ticked)> \
      \(frame.language(.feedAmounts))</label>
      <div class="acts">\(form.button(.makeFeed))</div>
      """, style: "form feed-form"))</section>
    """
}

private func feedsTable(_ feeds: [FeedLine], _ frame: PageFrame) -> HTML {
  let say = frame.language
  guard !feeds.isEmpty else { return "<div class=\"empty\"><p>\(say(.noFeeds))</p></div>" }
  return """
    <section class="panel"><div class="box box-plain feeds-box" id="box-feeds" role="region" \
    tabindex="0" aria-label="\(say(.feeds))"><table class="ledger ledger-roomy">
    <thead><tr><th scope="col" class="name">\(say(.feedName))</th>\
    <th scope="col">\(say(.amounts))</th><th scope="col">\(say(.madeOn))</th>\
    <th scope="col">\(say(.endedOn))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(feeds.map { feedRow($0, frame) })</tbody></table></div></section>
    """
}

private func feedRow(_ line: FeedLine, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let form = FormView(FeedForm.end, about: ["feed": line.feed.id.description], frame)
  let button: HTML =
    line.endedOn == nil && frame.offersForms
    ? """
    <details class="ask"><summary class="button">\(say(.endFeed))\
    <span class="unseen"> \(line.feed.name)</span></summary>\
    <p class="quiet">\(say(.endFeedNote))</p>\
    <button class="button button-bad" type="submit">\(say(.endFeedNow))\
    <span class="unseen"> \(line.feed.name)</span></button></details>
    """ : .none
  return """
    <tr\(HTML.when(line.endedOn != nil, " class=\"uncounted\"")) data-feed="\(line.feed.id)">\
    <th scope="row" class="name">\(wrapped("\(line.feed.name)"))\
    \(line.reader.map { " <small class=\"quiet\">\($0)</small>" } ?? .none)</th>\
    <td>\(say(line.feed.withAmounts ? .amountsShown : .amountsHidden))</td>\
    <td>\(line.madeOn)</td><td>\(line.endedOn?.description ?? Wording.absent)</td>\
    <td class="acts-cell">\(frame.offersForms && (line.endedOn == nil || form.sent != nil)
      ? form(button, style: "feed-end") : .none)</td></tr>

    """
}
