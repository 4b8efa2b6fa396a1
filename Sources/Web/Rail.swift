import FundModel

/// The time rail: a native range over a silhouette of cumulative paid-in, from the first formation to
/// the last maturity of the funds shown.
///
/// Solid up to the reference date, faint after it; ticks at month ends, filled dots on days with
/// cash, open dots on due dates ahead, a line for today.
///
/// - Parameter life: of the funds shown; of the cash alone where they have no dates.
func rail(_ timeline: CashTimeline, over life: LifeOfFunds, _ frame: PageFrame) -> HTML {
  let span = RailSpan(timeline, life, frame)
  let say = frame.language
  return """
    <div class="rail">
    <svg class="rail-art" aria-hidden="true">\(silhouette(timeline, span, frame.referenceDate))\
    <line class="rail-base" x2="100%" y1="28" y2="28"/>\
    \(ticks(span))\(today(span, frame.today))\(dots(timeline, span, after: frame.today))\
    \(labels(span))</svg>
    <input class="rail-range" id="rail" type="range" min="0" max="\(span.days)" step="1" \
    value="\(span.offset(frame.referenceDate))" data-rail="\(span.first)" \
    aria-label="\(say(.rail))" aria-valuetext="\(frame.referenceDate)">
    </div>
    """
}

/// The same for the page of one fund.
func rail(_ timeline: CashTimeline, over fund: FundTerms, _ frame: PageFrame) -> HTML {
  rail(timeline, over: LifeOfFunds(of: [fund], around: frame.today), frame)
}

/// The days that the rail reaches over: whole months around the funds, the cash, today and what is
/// due.
private struct RailSpan {
  let first: CalendarDate
  let last: CalendarDate

  init(_ timeline: CashTimeline, _ life: LifeOfFunds, _ frame: PageFrame) {
    let cash = timeline.steps.map(\.day) + timeline.dueDays + [frame.today]
    let ahead = frame.today.adding(months: 3) ?? frame.today
    var from = min(cash.min() ?? frame.today, life.first ?? frame.today)
    var to = max(cash.max() ?? frame.today, life.last ?? ahead)
    // A reference date far away would press everything else together: the thumb stops at the end.
    if abs(frame.referenceDate.days(since: frame.today)) < Self.reach {
      from = min(from, frame.referenceDate)
      to = max(to, frame.referenceDate)
    }
    first = from.previousMonthEnd
    last = to.monthEnd
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

/// One area, drawn twice in a box of 1,000 × 24 that stretches with the rail: what is past, and the
/// rest, parted at the reference date. While the thumb is dragged the script moves the parting.
private func silhouette(
  _ timeline: CashTimeline, _ span: RailSpan, _ referenceDate: CalendarDate
) -> HTML {
  let most = max(timeline.steps.map(\.paidIn.minorUnits).max() ?? 0, 1)
  func x(_ date: CalendarDate) -> Int { span.offset(date) * 1_000 / span.days }
  func y(_ units: Int64) -> Int { 240 - Int(Int128(max(units, 0)) * 210 / Int128(most)) }
  func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }

  var area = "M0 24"
  for (index, step) in timeline.steps.enumerated() {
    // Of several steps that fall on one place, the last is drawn.
    let next = timeline.steps.indices.contains(index + 1) ? timeline.steps[index + 1].day : nil
    if let next, x(next) == x(step.day) { continue }
    area += "H\(x(step.day))V\(tenths(y(step.paidIn.minorUnits)))"
  }
  area += "H1000V24z"
  let now = x(referenceDate)
  return """
    <svg x="0" y="4" width="100%" height="24" viewBox="0 0 1000 24" preserveAspectRatio="none">\
    <clipPath id="rail-before"><rect width="\(now)" height="24"/></clipPath>\
    <clipPath id="rail-after"><rect x="\(now)" width="\(1_000 - now)" height="24"/></clipPath>\
    <path class="rail-past" clip-path="url(#rail-before)" d="\(area)"/>\
    <path class="rail-rest" clip-path="url(#rail-after)" d="\(area)"/></svg>
    """
}

private func today(_ span: RailSpan, _ today: CalendarDate) -> HTML {
  let place = span.place(today)
  return "<line class=\"rail-today\" x1=\"\(place)\" x2=\"\(place)\" y1=\"6\" y2=\"28\"/>"
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
  let steps = [3, 6, 12, 24, 36, 60, 120, 240, 480, 1_200, 4_800]
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
