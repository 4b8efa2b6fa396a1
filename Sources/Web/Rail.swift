import FundModel

/// The time rail: a native range over a silhouette of cumulative paid-in.
///
/// Solid up to the reference date, faint after it; ticks at month ends, filled dots on days with
/// cash, open dots on due dates ahead.
func rail(_ timeline: CashTimeline, _ frame: PageFrame) -> HTML {
  let span = RailSpan(timeline, frame)
  let say = frame.language
  return """
    <div class="rail">
    <svg class="rail-art" aria-hidden="true">\(silhouette(timeline, span, frame.referenceDate))\
    <line class="rail-base" x2="100%" y1="28" y2="28"/>\
    \(ticks(span))\(dots(timeline, span, after: frame.today))\(labels(span))</svg>
    <input class="rail-range" id="rail" type="range" min="0" max="\(span.days)" step="1" \
    value="\(span.offset(frame.referenceDate))" data-rail="\(span.first)" \
    aria-label="\(say(.rail))" aria-valuetext="\(frame.referenceDate)">
    </div>
    """
}

/// The days that the rail reaches over: whole months around the cash, today and what is due.
private struct RailSpan {
  let first: CalendarDate
  let last: CalendarDate

  init(_ timeline: CashTimeline, _ frame: PageFrame) {
    let cash = timeline.steps.map(\.day) + timeline.dueDays + [frame.today]
    var from = cash.min() ?? frame.today
    var to = cash.max() ?? frame.today
    // A reference date far away would press everything else together: the thumb stops at the end.
    if abs(frame.referenceDate.days(since: frame.today)) < Self.reach {
      from = min(from, frame.referenceDate)
      to = max(to, frame.referenceDate)
    }
    first = from.previousMonthEnd
    last = (to.adding(months: 3) ?? to).monthEnd
  }

  /// Ten years.
  private static let reach = 3_653

  var days: Int { max(last.days(since: first), 1) }

  /// Days from the left end, kept within the rail.
  func offset(_ date: CalendarDate) -> Int { min(max(date.days(since: first), 0), days) }

  /// The place of a day from the left, as a percentage with two decimals.
  func place(_ date: CalendarDate) -> String {
    (Percent(Int64(offset(date)), of: Int64(days))?.digits(decimals: 2) ?? "0") + "%"
  }

  /// The month ends from the first on, every `months`.
  func monthEnds(every months: Int) -> [CalendarDate] {
    var ends: [CalendarDate] = []
    var end: CalendarDate? = first
    while let day = end, day <= last {
      ends.append(day)
      end = day.adding(days: 1).adding(months: months).map { $0.adding(days: -1) }
    }
    return ends
  }

  var months: Int { days / 30 }
}

/// Two areas in a box of 1,000 × 24 that stretches with the rail.
private func silhouette(
  _ timeline: CashTimeline, _ span: RailSpan, _ referenceDate: CalendarDate
) -> HTML {
  let most = max(timeline.steps.map(\.paidIn.minorUnits).max() ?? 0, 1)
  func x(_ date: CalendarDate) -> Int { span.offset(date) * 1_000 / span.days }
  func y(_ units: Int64) -> Int { 240 - Int(Int128(max(units, 0)) * 210 / Int128(most)) }
  func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }

  let now = x(referenceDate)
  var past = "M0 24"
  var rest = ""
  var level = 240
  for (index, step) in timeline.steps.enumerated() {
    let next = timeline.steps.indices.contains(index + 1) ? timeline.steps[index + 1].day : nil
    // Of several steps that fall on one place, the last is drawn, on each side of the date.
    if let next, x(next) == x(step.day), (next <= referenceDate) == (step.day <= referenceDate) {
      continue
    }
    let move = "H\(x(step.day))V\(tenths(y(step.paidIn.minorUnits)))"
    if step.day <= referenceDate {
      past += move
      level = y(step.paidIn.minorUnits)
    } else {
      rest += move
    }
  }
  return """
    <svg x="0" y="4" width="100%" height="24" viewBox="0 0 1000 24" preserveAspectRatio="none">\
    <path class="rail-past" d="\(past)H\(now)V24z"/>\
    <path class="rail-rest" d="M\(now) 24V\(tenths(level))\(rest)H1000V24z"/></svg>
    """
}

private func ticks(_ span: RailSpan) -> [HTML] {
  let every = span.months <= 42 ? 1 : span.months <= 130 ? 3 : 12
  return span.monthEnds(every: every).map { end in
    let height = end.month == 12 ? 36 : 32
    let place = span.place(end)
    return "<line class=\"rail-tick\" x1=\"\(place)\" x2=\"\(place)\" y1=\"28\" y2=\"\(height)\"/>"
  }
}

private func dots(
  _ timeline: CashTimeline, _ span: RailSpan, after today: CalendarDate
) -> [HTML] {
  // So many days with cash that their dots would be a line say nothing.
  let cash = timeline.steps.count <= 120 ? timeline.steps.map(\.day) : []
  let due = Set(timeline.dueDays.filter { $0 > today }).sorted().prefix(60)
  return cash.map { "<circle class=\"rail-day\" cx=\"\(span.place($0))\" cy=\"28\" r=\"2\"/>" }
    + due.map { "<circle class=\"rail-due\" cx=\"\(span.place($0))\" cy=\"28\" r=\"2.5\"/>" }
}

/// At most six months by name; on a phone there is room for every other one.
private func labels(_ span: RailSpan) -> [HTML] {
  let steps = [3, 6, 12, 24, 60, 120, 240, 480, 1_200, 4_800]
  let every = steps.first { span.months / $0 <= 5 } ?? 4_800
  let ends = span.monthEnds(every: every)
  return ends.enumerated().map { index, end in
    let toRight = (span.last.days(since: end)) * 100 / span.days
    let anchor = index == 0 ? "start" : toRight < 4 ? "end" : "middle"
    return """
      <text\(HTML.when(index % 2 == 1, " class=\"rail-minor\"")) x="\(span.place(end))" y="48" \
      text-anchor="\(anchor)">\
      \(String(end.description.prefix(7)))</text>
      """
  }
}
