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

/// In place of a form on a page of what the books knew earlier: what is recorded would not show there.
func readOnlyNote(_ frame: PageFrame) -> HTML {
  """
  <p class="msg msg-note read-only">\(icon("note"))<span>\(frame.language(.readOnly)) \
  <a href="\(frame.address.with("known_at", nil).text)">\(frame.language(.forgetKnownAt))</a></span></p>
  """
}

/// In place of a form on a page of somebody who may not send it.
func readOnlyRoleNote(_ frame: PageFrame) -> HTML {
  """
  <p class="msg msg-note read-only">\(icon("note"))<span>\(frame.language(.readOnlyRole))</span></p>
  """
}
