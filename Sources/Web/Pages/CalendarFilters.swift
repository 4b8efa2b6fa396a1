import Bookkeeping
import FundModel

/// Which calls the calendar shows: a plain GET form, so that it works without script. What was chosen
/// is asked for by the button alone: arrow keys in a list try out, they don't decide.
func calendarFilters(
  _ calendar: CallCalendar, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let filter = calendar.filter
  let own: Set = ["fund", "side", "status", "direct"]
  let kept = frame.address.parameters.filter { !own.contains($0.name) }.map { parameter -> HTML in
    "<input type=\"hidden\" name=\"\(parameter.name)\" value=\"\(parameter.value)\">"
  }
  let funds = calendar.funds.map { (value: $0.id.description, words: $0.terms.name) }
  let sides = Side.allCases.map { (value: $0.rawValue, words: wording(SideWords($0).title)) }
  let statuses = CalendarFilter.Status.allCases.map {
    (value: $0.rawValue, words: wording(Phrase($0)))
  }
  // A partner's calendar has one side.
  let isOwn = frame.sight != .everything
  let direct: HTML = """
    <label class="tick"><input type="checkbox" id="filter-direct" name="direct" value="true"\
    \(HTML.when(filter.includesDirect, " checked"))> \(wording(.directToo))</label>
    """
  let clear: HTML =
    filter.narrows
    ? """
    <a class="clear-filters" id="clear-filters" data-live \
    href="\(frame.address.withoutFilters.text)">\(wording(.clearFilters))</a>
    """ : .none
  return """
    <form class="filters" id="filters" method="get" action="\(frame.address.path)" data-live \
    aria-label="\(wording(.filters))">\(kept)
    \(choiceList("fund", .fund, funds, chosen: filter.fund?.description, wording.language))
    \(isOwn ? .none : choiceList("side", .side, sides, chosen: filter.side?.rawValue, wording.language))
    \(choiceList("status", .status, statuses, chosen: filter.status?.rawValue, wording.language))
    \(isOwn ? .none : direct)
    <button class="button" id="apply-filters" type="submit">\(wording(.apply))</button>
    \(clear)
    </form>
    """
}
