import Bookkeeping
import FundModel

/// A call in full, beside what it was opened from: a column on wide screens, over the page on narrow
/// ones. Its address is the page's with `call`, so it opens without script too.
func callDrawer(_ open: CallCalendar.OpenCall, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let call = open.sheet.standing.call
  let words = CardWords(open.card, wording)
  let unit = wording(.unitLine([wording.unit.name(for: open.card.fund.currency)]))
  return """
    <aside class="drawer" id="drawer" tabindex="-1" aria-labelledby="drawer-title" \
    data-call="\(call.id)">
    <div class="drawer-head"><h2 id="drawer-title">\(words.title)</h2>\
    <a class="drawer-close" id="close-drawer" data-live \
    href="\(frame.address.with("call", nil).text)#call-\(call.id)" \
    aria-label="\(wording(.closeDrawer))">\(icon("close"))</a>\
    <p>\(words.call) · \(wording(Phrase(call.side))) · \(unit)</p></div>
    <div class="drawer-body">\(drawerPlaceholder(open.sheet, wording))</div>
    </aside>
    """
}

private func drawerPlaceholder(_ sheet: CallSheet, _ wording: Wording) -> HTML {
  "<p><span class=\"chips\">\(statusChips(sheet.standing, wording))</span></p>"
}
