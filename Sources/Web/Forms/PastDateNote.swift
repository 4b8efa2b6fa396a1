/// Over a form on a page of a past day: what is keyed in may not show in the figures beside it.
func pastDateNote(_ frame: PageFrame) -> HTML {
  guard frame.referenceDate < frame.today else { return .none }
  let say = frame.language
  return """
    <p class="msg msg-note" id="past-date">\(icon("note"))<span>\
    \(say(.writingOnPastDate(frame.referenceDate, today: frame.today))) \
    <a id="write-today" href="\(frame.address(on: frame.today).text)">\(say(.toToday))</a></span></p>
    """
}
