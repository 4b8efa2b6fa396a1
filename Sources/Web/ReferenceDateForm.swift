import FundModel

/// The reference date in the band: month-end steps, the field, today, the rail. A plain GET form,
/// so that it works without script: type, Enter.
func referenceDateForm(rail: HTML, _ frame: PageFrame) -> HTML {
  let fields = frame.takesKnownAt ? ["reference_date", "known_at"] : ["reference_date"]
  let kept = frame.address.parameters.filter { !fields.contains($0.name) }
  return """
    <form id="asof" class="asof" method="get" \
    action="\(frame.address.encodedPath)" data-live data-swap>
    \(kept.map(hiddenField))
    \(referenceDateNow(frame))
    \(rail)
    \(frame.takesKnownAt ? knownAtControl(frame) : .none)
    </form>
    """
}

/// The field, what it is called and how far it is from today, and the steps beside it.
func referenceDateNow(_ frame: PageFrame) -> HTML {
  let say = frame.language
  let back = frame.referenceDate.previousMonthEnd
  let next = frame.referenceDate.nextMonthEnd
  let isToday = frame.referenceDate == frame.today && frame.unreadDate == nil
  return """
    <div class="asof-now\(isToday ? "" : " away")" id="asof-now" data-swap>
    <label class="asof-label" for="reference-date">\(say(.referenceDate))\(distance(frame))</label>
    <a class="step" id="step-back" data-live data-step="back"\
    \(frame.href(frame.address(on: back).text))>\(icon("left"))\
    <span>\(say(.endOfMonth(back)))</span><span class="unseen">\(back)</span></a>
    \(field(frame))
    <a class="step" id="step-next" data-live data-step="next"\
    \(frame.href(frame.address(on: next).text))><span>\(say(.endOfMonth(next)))</span>\
    <span class="unseen">\(next)</span>\(icon("right"))</a>
    <a class="step step-today" id="step-today" data-live\
    \(HTML.when(isToday, " aria-current=\"date\""))\
    \(frame.href(frame.address(on: frame.today).text))>\(say(.today))</a>
    <noscript><button class="step" type="submit">\(say(.show))</button></noscript>
    </div>
    """
}

func hiddenField(_ parameter: PageAddress.Parameter) -> HTML {
  """
  <input type="hidden" name="\(parameter.name)" value="\(parameter.value)">
  """
}

/// `346일 전`, under the label, on any other day than today.
private func distance(_ frame: PageFrame) -> HTML {
  guard let distance = Phrase.distance(from: frame.today, to: frame.referenceDate) else {
    return .none
  }
  return " <b>\(frame.language(distance))</b>"
}

/// What is wrong with a date that cannot be read stands on the page in place of the figures.
private func field(_ frame: PageFrame) -> HTML {
  let value = frame.unreadDate?.typed ?? frame.referenceDate.description
  let problem: HTML =
    frame.unreadDate == nil
    ? .none : " aria-invalid=\"true\" aria-describedby=\"reference-date-problem\""
  return """
    <span class="asof-field"><input class="asof-date" id="reference-date" name="reference_date" \
    value="\(value)" inputmode="numeric" maxlength="32" autocomplete="off" spellcheck="false"\
    \(problem)></span>
    """
}
