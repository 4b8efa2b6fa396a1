import FundModel

/// Every commitment of one side with where it stands.
func commitmentsPanel(
  _ side: Side, _ standing: FundStanding, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let words = SideWords(side)
  let commitments = standing.commitments.filter { $0.commitment.side == side }
  let kind: Phrase = side == .partners ? .partnerType : .instrument
  let credits = commitments.contains { !$0.position.creditsDue.isZero }
  let headings =
    [
      heading(words.party, wording, "name"), heading(kind, wording),
      heading(words.lastPaid, wording), heading(.commitment, wording, "n"),
      heading(words.paid, wording, "n key"), heading(words.ratio, wording, "n"),
      heading(.noticed, wording, "n"), heading(.outstanding, wording, "n"),
    ] + (credits ? [heading(.creditsDue, wording, "n")] : []) + [
      heading(.notYetCalled, wording, "n"), heading(.uncalled, wording, "n"),
    ]
  let stated = side == .partners && standing.row.basis == .stated
  let total = Line(
    .side(side, of: standing.row.fund.id), standing.position(of: side), stated: stated,
    credits: credits, wording, frame)
  let paidOn = lastPaidDates(standing.calls)
  let pages = TablePages(of: commitments.count, in: frame.address)
  let rows = pages.shown(of: commitments).map { line in
    commitmentRow(
      line, side, paidOn: paidOn[line.commitment.id], stated: stated, credits: credits, wording,
      frame)
  }
  let table: HTML = """
    <thead>\(paperRow(standing, over: headings.count, wording))<tr>\(headings)</tr></thead>
    <tbody>\(rows)</tbody>
    <tfoot><tr><th scope="row" class="name">\(wording(.total))</th><td></td><td></td>\
    \(total.cells)</tr></tfoot>
    """
  let count: Phrase =
    side == .partners
    ? .partnerCount(commitments.count) : .companyCount(standing.row.companyCount)
  return tablePanel(
    side.rawValue, words.table, wording(count), commitments.isEmpty ? nil : table, words.none,
    ways: tablePages(pages, of: "box-\(side.rawValue)", wording(words.table), frame), wording)
}

/// The latest day on which each commitment paid, refunds included.
func lastPaidDates(_ calls: [CallStanding]) -> [Commitment.ID: CalendarDate] {
  var dates: [Commitment.ID: CalendarDate] = [:]
  for item in calls.flatMap(\.items) {
    guard let day = item.lastPaidOn else { continue }
    dates[item.item.commitment] = max(dates[item.item.commitment] ?? day, day)
  }
  return dates
}

private func commitmentRow(
  _ standing: CommitmentStanding, _ side: Side, paidOn: CalendarDate?, stated: Bool,
  credits: Bool, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let commitment = standing.commitment
  let kind = side == .partners ? commitment.partnerType : commitment.instrument
  let name: HTML =
    side == .partners
    ? "\(commitment.party.name)"
    : "<a href=\"\(frame.investmentLink(commitment.id))\">\(commitment.party.name)</a>"
  let line = Line(
    .commitment(commitment.id), standing.position, stated: stated, credits: credits, wording,
    frame)
  return """
    <tr><th scope="row" class="name">\(wrapped(name))</th>\
    <td>\(wrapped("\(kind.isEmpty ? Wording.absent : kind)"))</td><td>\(wording.date(paidOn))</td>\
    \(line.cells)</tr>

    """
}

/// The figures of a commitment, or of a whole side, as cells.
private struct Line {
  let cells: [HTML]

  /// - Parameters:
  ///   - stated: what was paid is stated, without any cash history.
  ///   - credits: the table has a column for what is still to be returned.
  init(
    _ scope: FigureScope, _ position: Position, stated: Bool, credits: Bool, _ wording: Wording,
    _ frame: PageFrame
  ) {
    let mark = statedMark(stated ? wording(.stated) : nil)
    func cell(
      _ figure: Figure, _ text: String, _ style: String = "", mark: HTML = .none,
      bar: HTML = .none
    ) -> HTML {
      number(text, why(figure, of: scope, text, frame), style, mark: mark, bar: bar)
    }
    func amount(
      _ figure: Figure, _ amount: Money, _ style: String = "", mark: HTML = .none
    ) -> HTML {
      cell(figure, wording.amount(amount), style, mark: mark)
    }
    let ratio = position.paidPercent
    cells =
      [
        amount(.committed, position.committed), amount(.paid, position.paid, "key", mark: mark),
        cell(
          .paidPercent, wording.ratio(ratio), mark: mark, bar: gauge(ratio, "gauge-paid")),
        amount(.noticed, position.noticed), amount(.outstanding, position.outstanding),
      ] + (credits ? [amount(.creditsDue, position.creditsDue)] : []) + [
        amount(.notYetCalled, position.notYetCalled),
        amount(.uncalled, position.uncalled, mark: mark),
      ]
  }
}

/// The capital calls of one side with their live status on the reference date, the latest first.
///
/// Direct investments are left out: they were paid as they were made, and stand in the table of
/// investments.
func callsPanel(
  _ side: Side, _ standing: FundStanding, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let calls = listedCalls(side, standing)
  if side == .investments, calls.isEmpty { return .none }
  let parties = Dictionary(
    uniqueKeysWithValues: standing.commitments.map { ($0.commitment.id, $0.commitment.party.name) })
  return callsTable(calls, side, standing, wording, frame) { call in
    side == .investments ? call.items.first.flatMap { parties[$0.item.commitment] } : nil
  }
}

/// The calls of one side that are listed, the latest first: not those of direct investments.
func listedCalls(_ side: Side, _ standing: FundStanding) -> [CallStanding] {
  let direct = Set(
    standing.commitments.filter(\.commitment.isDirectInvestment).map(\.commitment.id))
  return standing.calls.filter { call in
    call.call.side == side && !call.items.contains { direct.contains($0.item.commitment) }
  }.reversed().sorted { $0.call.noticeDate > $1.call.noticeDate }
}

/// - Parameter named: what a call is for, where its number alone does not say it.
func callsTable(
  _ calls: [CallStanding], _ side: Side, _ standing: FundStanding, _ wording: Wording,
  _ frame: PageFrame, named: (CallStanding) -> String?
) -> HTML {
  let credits = calls.contains { !$0.creditsDue.isZero }
  let headings =
    [
      heading(.callName, wording, "name"), heading(.status, wording),
      heading(.noticeDate, wording), heading(.dueDate, wording),
      heading(SideWords(side).lastPaid, wording),
      heading(.callAmount, wording, "n"), heading(SideWords(side).paid, wording, "n key"),
      heading(SideWords(side).ratio, wording, "n"), heading(.outstanding, wording, "n"),
    ] + (credits ? [heading(.creditsDue, wording, "n")] : [])
  let pages = TablePages(of: calls.count, as: TablePages.ofCalls, in: frame.address)
  let rows = pages.shown(of: calls).map { call in
    callRow(call, of: named(call), credits: credits, wording, frame)
  }
  let table: HTML = """
    <thead>\(paperRow(standing, over: headings.count, wording))<tr>\(headings)</tr></thead>
    <tbody>\(rows)</tbody>
    """
  return tablePanel(
    "calls-\(side.rawValue)", side == .partners ? .callsIn : .callsOut,
    wording(.callCount(calls.count)), calls.isEmpty ? nil : table, .noCalls,
    ways: tablePages(
      pages, of: "box-calls-\(side.rawValue)", wording(side == .partners ? .callsIn : .callsOut),
      frame), wording)
}

private func callRow(
  _ standing: CallStanding, of party: String?, credits: Bool, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let call = standing.call
  let name = wording(.callNumber(call.number, type: call.callType))
  let link: HTML = "<a href=\"\(frame.callLink(call.id))\">\(name)</a>"
  let title: HTML = party.map { "\($0) <small>\(link)</small>" } ?? link
  let counts = standing.isNoticed && !standing.isCancelled
  func cell(
    _ figure: Figure, _ text: String, _ style: String = "", bar: HTML = .none
  ) -> HTML {
    number(text, why(figure, of: .call(call.id), text, frame), style, bar: bar)
  }
  let percent = standing.paidPercent
  let bar = gauge(percent, "gauge-paid")
  return """
    <tr\(HTML.when(!counts, " class=\"uncounted\"")) data-call="\(call.id)">\
    <th scope="row" class="name">\(wrapped(title))</th>\
    <td><span class="chips">\(statusChips(standing, wording))</span></td>\
    <td>\(call.noticeDate)</td><td>\(call.dueDate)</td><td>\(wording.date(standing.lastPaidOn))</td>\
    \(cell(.amount, wording.amount(standing.amount)))\
    \(cell(.paid, wording.amount(standing.paid), "key"))\
    \(cell(.paidPercent, wording.ratio(percent), bar: bar))\
    \(cell(.outstanding, wording.amount(standing.outstanding)))\
    \(credits ? cell(.creditsDue, wording.amount(standing.creditsDue)) : .none)</tr>

    """
}

/// The live status, and beside it, never instead of it, what else must be known.
func statusChips(_ standing: CallStanding, _ wording: Wording) -> HTML {
  guard !standing.isCancelled else { return chip("closed", wording(.cancelled)) }
  var chips: HTML
  switch standing.status {
  case .scheduled: chips = chip("scheduled", wording(.scheduled))
  case .partiallyPaid: chips = chip("partial", wording(.partiallyPaid))
  case .complete: chips = chip("complete", wording(.complete))
  }
  if !standing.isNoticed { chips += "<span class=\"chip-note\">\(wording(.notYetNoticed))</span>" }
  // What is owed to the fund says already that the day has passed.
  if standing.isOverdue {
    chips += chip("overdue", wording(.overdue(days: standing.daysOverdue)))
  } else if standing.daysCreditIsLate > 0 {
    chips += chip("overdue", wording(.creditLate(days: standing.daysCreditIsLate)))
  }
  return chips
}

/// The same in words, as files say it.
func statusText(_ call: CallStanding, _ wording: Wording) -> String {
  statusText(
    call.status, of: call, daysOverdue: call.daysOverdue,
    daysCreditIsLate: call.daysCreditIsLate, wording)
}

/// Of one of its items: how far that one is settled, whatever the others owe.
func statusText(_ item: ItemStanding, of call: CallStanding, _ wording: Wording) -> String {
  statusText(
    item.status, of: call, daysOverdue: item.daysOverdue,
    daysCreditIsLate: item.daysCreditIsLate, wording)
}

private func statusText(
  _ status: LiveStatus, of call: CallStanding, daysOverdue: Int, daysCreditIsLate: Int,
  _ wording: Wording
) -> String {
  guard !call.isCancelled else { return wording(.cancelled) }
  let status: Phrase =
    switch status {
    case .scheduled: .scheduled
    case .partiallyPaid: .partiallyPaid
    case .complete: .complete
    }
  var words = [status]
  if !call.isNoticed { words.append(.notYetNoticed) }
  if daysOverdue > 0 {
    words.append(.overdue(days: daysOverdue))
  } else if daysCreditIsLate > 0 {
    words.append(.creditLate(days: daysCreditIsLate))
  }
  return words.map { wording($0) }.joined(separator: " · ")
}

/// The fund, the date and the unit, which every printed page repeats over its table.
private func paperRow(_ standing: FundStanding, over columns: Int, _ wording: Wording) -> HTML {
  let row = standing.row
  let line = Phrase.onPaper(
    row.referenceDate, unit: .unitLine([wording.unit.name(for: row.fund.currency)]))
  return """
    <tr class="paper-row"><td colspan="\(columns)"><b>\(row.fund.terms.name)</b> · \
    \(wording(line))</td></tr>
    """
}

private func heading(_ words: Phrase, _ wording: Wording, _ style: String = "") -> HTML {
  "<th scope=\"col\"\(HTML.when(!style.isEmpty, " class=\"\(style)\""))>\(wording(words))</th>"
}

/// - Parameters:
///   - text: the figure as plain text.
///   - link: the same as a link.
private func number(
  _ text: String, _ link: HTML, _ style: String = "", mark: HTML = .none, bar: HTML = .none
) -> HTML {
  let classes = ["n", style, hasFigure(text) ? "" : "dim"].filter { !$0.isEmpty }
  return "<td class=\"\(classes.joined(separator: " "))\">\(mark)\(link)\(bar)</td>"
}

/// A titled panel with a table, or with one sentence where there is nothing to list.
///
/// - Parameters:
///   - ways: to the other pages of the table.
///   - stacks: where there is no room for columns, each row is the name and the `key` figure, and
///     below these the other cells, with their `data-label` before them.
func tablePanel(
  _ id: String, _ title: Phrase, _ note: String, _ table: HTML?, _ empty: Phrase,
  ways: HTML = .none, stacks: Bool = false, _ wording: Wording
) -> HTML {
  let content: HTML =
    if let table {
      """
      <div class="box box-plain" id="box-\(id)" role="region" tabindex="0" \
      aria-labelledby="panel-\(id)"><table class="ledger ledger-roomy\(HTML.when(stacks, " stacks"))">
      \(table)
      </table></div>
      \(ways)
      """
    } else {
      "<p class=\"panel-empty\">\(wording(empty))</p>"
    }
  return """
    <section class="panel\(HTML.when(stacks, " stacking"))">
    <div class="panel-head"><h2 id="panel-\(id)">\(wording(title))</h2>\
    \(HTML.when(table != nil, "<span>\(note)</span>"))</div>
    \(content)
    </section>
    """
}
