import Bookkeeping
import FundModel

/// The days of a month from Sunday to Saturday, or as a list of those that have cards. On a phone the
/// grid becomes that list.
func calendarDays(
  _ calendar: CallCalendar, _ shape: CalendarView.Shape, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let cards = Dictionary(grouping: calendar.cards, by: \.day)
  let open = calendar.open?.card.standing.call.id
  func day(_ date: CalendarDate) -> HTML {
    calendarDay(date, cards[date] ?? [], open: open, wording, frame)
  }
  switch shape {
  case .list:
    let days = cards.keys.sorted().map(day)
    return """
      <ol class="calendar calendar-list panel" aria-label="\(wording(.title(of: calendar.month)))">
      \(days)</ol>
      """
  case .grid:
    let before = (0..<calendar.month.first.weekday).map { _ -> HTML in
      "<li class=\"day day-out\" aria-hidden=\"true\"></li>"
    }
    let after = (calendar.month.last.weekday..<6).map { _ -> HTML in
      "<li class=\"day day-out\" aria-hidden=\"true\"></li>"
    }
    let names = (0..<7).map { weekday -> HTML in
      "<span>\(wording(Phrase(weekday: weekday)))</span>"
    }
    return """
      <div class="panel calendar-panel">
      <div class="weekdays" aria-hidden="true">\(names)</div>
      <ol class="calendar calendar-grid" aria-label="\(wording(.title(of: calendar.month)))">
      \(before)\(calendar.month.days.map(day))\(after)</ol>
      </div>
      """
  }
}

private func calendarDay(
  _ date: CalendarDate, _ cards: [CallCard], open: CapitalCall.ID?, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let isRest = date.weekday == 0 || date.weekday == 6
  let isReference = date == frame.referenceDate
  let style: HTML = """
    day\(HTML.when(isRest, " day-rest"))\(HTML.when(isReference, " day-now"))\
    \(HTML.when(cards.isEmpty, " day-none"))
    """
  let mark: HTML =
    isReference
    ? "<span class=\"day-mark\">\(wording(.referenceDate))</span>"
    : date == frame.today ? "<span class=\"day-mark\">\(wording(.today))</span>" : .none
  let shown = cards.map { card in
    callCard(card, isOpen: card.standing.call.id == open, wording, frame)
  }
  return """
    <li class="\(style)" data-day="\(date)"><p class="day-head">\
    <time datetime="\(date)"><b>\(date.day)</b> <span class="day-name">\
    \(wording(Phrase(weekday: date.weekday)))</span></time>\(mark)</p>\
    <div class="day-cards">\(shown)</div></li>

    """
}
