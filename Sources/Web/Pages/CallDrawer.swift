import Bookkeeping
import FundModel

/// A call in full, beside what it was opened from: a column on wide screens, over the page on narrow
/// ones. Its address is the page's with `call`, so it opens without script too.
func callDrawer(_ open: CallCalendar.OpenCall, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let call = open.card.standing.call
  let words = CardWords(open.card, wording)
  return """
    <aside class="drawer" id="drawer" tabindex="-1" \
    aria-labelledby="drawer-title" data-call="\(call.id)">
    <div class="drawer-head"><h2 id="drawer-title">\(words.title)</h2>\
    <a class="drawer-close" id="close-drawer" data-live \
    href="\(frame.address.opening(nil).text)#call-\(call.id)" \
    aria-label="\(wording(.closeDrawer))">\(icon("close"))</a>\
    <p><a id="to-call" href="\(frame.callLink(call.id))">\(words.call)</a></p></div>
    <div class="drawer-body call-page">\(callDetails(open.call, frame))</div>
    </aside>
    """
}

extension PageAddress {
  /// The page with the drawer of a call, or without a drawer; no form of it is open.
  func opening(_ call: CapitalCall.ID?) -> PageAddress {
    ["item", "entry", "do"].reduce(with("call", call?.description)) { $0.with($1, nil) }
  }
}
