import FundModel

/// The lines or the formula of a figure, with what they come to below a rule.
func explainAccount(
  _ explanation: Explanation, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  switch explanation.account {
  case .lines(let lines) where lines.isEmpty:
    return explainPanel(.linesTitle, nil, nil, of: 0, wording, frame)
  case .lines(let lines):
    let columns = LineColumn.columns(for: lines, explanation.subject)
    return explainPanel(
      .linesTitle, .lineCount(lines.count), linesTable(explanation, lines, columns, wording, frame),
      of: lines.count, wording, frame)
  case .sum(let parts):
    let total = (try? explanation.sum()).flatMap { $0 }.map(wording.amount) ?? Wording.absent
    return explainPanel(
      .formulaTitle, nil,
      formulaTable([parts], explanation, total: total, wording, frame), of: parts.count, wording,
      frame)
  case .quotient(let parts, let over):
    let ratio = wording.ratio((try? explanation.ratio()) ?? nil)
    return explainPanel(
      .formulaTitle, nil,
      formulaTable([parts, over], explanation, total: ratio, wording, frame), of: parts.count,
      wording, frame)
  }
}

/// - Parameters:
///   - table: nothing to list where there is none.
///   - count: of its lines, or of the parts that are added; the table has those of one page.
private func explainPanel(
  _ title: Phrase, _ note: Phrase?, _ table: HTML?, of count: Int, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let content: HTML =
    if let table {
      """
      <div class="box box-plain" id="box-explained" role="region" tabindex="0" \
      aria-labelledby="panel-explained"><table class="ledger ledger-roomy stacks">
      \(table)
      </table></div>
      \(tablePages(
        TablePages(of: count, in: frame.address), of: "box-explained", wording(title), frame))
      """
    } else {
      "<p class=\"panel-empty\">\(wording(.nothingListed))</p>"
    }
  return """
    <section class="panel stacking">
    <div class="panel-head"><h2 id="panel-explained">\(wording(title))</h2>\
    <span>\(note.map { wording($0) } ?? "")</span></div>
    \(content)
    </section>
    """
}

// MARK: - Lines

/// What is said of each line besides its name and its amount, where any line has something to say.
private enum LineColumn: CaseIterable {
  case fund, date, kind, call, memo, asked, paid

  static func columns(
    for lines: [Explanation.Line], _ subject: Explanation.Subject
  ) -> [LineColumn] {
    allCases.filter { column in
      switch column {
      case .fund: subject.fund == nil
      case .date: lines.contains { $0.date != nil || $0.isFromTheBeginning }
      case .kind: lines.contains { $0.commitment != nil && $0.kind != .item }
      case .call: subject.call == nil && lines.contains { $0.call != nil }
      case .memo: lines.contains { !$0.memo.isEmpty }
      case .asked, .paid: lines.contains { $0.remainder != nil }
      }
    }
  }

  var isNumber: Bool { self == .asked || self == .paid }

  func heading(_ lines: [Explanation.Line], on side: Side?) -> Phrase {
    switch self {
    case .fund: .fund
    case .date: lines.allSatisfy { $0.kind == .item } ? .noticeDate : .lineDate
    case .kind: .lineKind
    case .call: .callName
    case .memo: .lineMemo
    case .asked: .asked
    case .paid: .name(of: .paid, on: side)
    }
  }
}

extension Explanation.Line {
  /// Counts at every reference date.
  fileprivate var isFromTheBeginning: Bool {
    kind == .firstAmount || (kind == .change && date == nil)
  }
}

private func linesTable(
  _ explanation: Explanation, _ lines: [Explanation.Line], _ columns: [LineColumn],
  _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let side = explanation.subject.side ?? lines.first?.commitment?.side
  let hasParties = lines.contains { $0.commitment != nil }
  let name: Phrase = hasParties ? side.map { SideWords($0).party } ?? .lineKind : .lineKind
  let headings = columns.map { column -> HTML in
    "<th scope=\"col\"\(HTML.when(column.isNumber, " class=\"n\""))>\(wording(column.heading(lines, on: side)))</th>"
  }
  let pages = TablePages(of: lines.count, in: frame.address)
  let rows = pages.shown(of: lines).map { line -> HTML in
    let cells = columns.map { cell($0, line, on: side, wording, frame) }
    return """
      <tr><th scope="row" class="name">\(wrapped(subject(of: line, on: side, wording, frame)))</th>\
      \(cells)\
      \(amountCell(wording.amount(line.amount)))</tr>

      """
  }
  let amount = columns.contains(.asked) ? explanation.name : .amount
  // Added up from the lines shown, not taken from the figure above.
  let sum = (try? explanation.sum()).flatMap { $0 }.map(wording.amount) ?? Wording.absent
  return """
    <thead><tr><th scope="col" class="name">\(wording(name))</th>\(headings)\
    <th scope="col" class="n key">\(wording(amount))</th></tr></thead>
    <tbody>\(rows)</tbody>
    <tfoot><tr><th scope="row" class="name">\(wording(.total))</th>\
    \(columns.map { _ -> HTML in "<td></td>" })\(amountCell(sum))</tr></tfoot>
    """
}

/// Whom the line is about; an investment has a page of its own.
private func subject(
  of line: Explanation.Line, on side: Side?, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  guard let commitment = line.commitment else {
    return "\(wording(.name(of: line.kind, on: side)))"
  }
  guard commitment.side == .investments else { return "\(commitment.party.name)" }
  let link = frame.investmentLink(commitment.id)
  return "<a href=\"\(link)\">\(commitment.party.name)</a>"
}

private func amountCell(_ text: String) -> HTML {
  "<td class=\"n key\(hasFigure(text) ? "" : " dim")\">\(text)</td>"
}

private func cell(
  _ column: LineColumn, _ line: Explanation.Line, on side: Side?, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  switch column {
  case .fund:
    let link = frame.fundLink(line.fund.id)
    return "<td>\(wrapped("<a href=\"\(link)\">\(line.fund.terms.name)</a>"))</td>"
  case .date:
    let words =
      line.isFromTheBeginning ? wording(.fromTheBeginning) : wording.date(line.date)
    return "<td>\(words)</td>"
  case .kind: return "<td>\(wording(.name(of: line.kind, on: line.commitment?.side)))</td>"
  case .call:
    guard let call = line.call else { return "<td>\(Wording.absent)</td>" }
    let words = wording(.callNumber(call.number, type: ""))
    return "<td><a href=\"\(frame.callLink(call.id))\">\(words)</a></td>"
  case .memo: return "<td>\(wrapped("\(line.memo)"))</td>"
  case .asked, .paid:
    guard let remainder = line.remainder else { return "<td></td>" }
    let (figure, amount): (Figure, Money) =
      column == .asked ? (.amount, remainder.asked) : (.paid, remainder.paid)
    let text = wording.amount(amount)
    return """
      <td class="n\(hasFigure(text) ? "" : " dim")" \
      data-label="\(wording(column.heading([line], on: side)))">\
      \(why(figure, of: .item(remainder.item), text, frame))</td>
      """
  }
}

// MARK: - Formulas

/// - Parameters:
///   - groups: the parts that are added; for a ratio, then those that they are divided by.
///   - total: what they come to.
private func formulaTable(
  _ groups: [[Explanation.Part]], _ explanation: Explanation, total: String, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let pages = TablePages(of: groups.first?.count ?? 0, in: frame.address)
  let bodies = groups.enumerated().map { index, parts -> HTML in
    let all = Array(parts.enumerated())
    // What a ratio is divided by is short.
    let rows = (index == 0 ? pages.shown(of: all) : all).map { place, part in
      partRow(
        part, isFirst: place == 0, isDivisor: index > 0 && place == 0,
        named(part, explanation, wording), wording, frame)
    }
    return "<tbody>\(rows)</tbody>\n"
  }
  return """
    <thead><tr><th scope="col" class="name">\(wording(.part))</th>\
    <th scope="col" class="sign"><span class="unseen">\(wording(.sign))</span></th>\
    <th scope="col" class="n key">\(wording(.amount))</th></tr></thead>
    \(bodies)<tfoot><tr><th scope="row" class="name">\(wording(explanation.name))</th>\
    <td class="sign">=</td><td class="n key">\(total)</td></tr></tfoot>
    """
}

/// The figure's name, with that of what it is of where the parts are of different things.
private func named(
  _ part: Explanation.Part, _ explanation: Explanation, _ wording: Wording
) -> String {
  let figure = wording(.name(of: part.question.figure, on: part.subject.side))
  if explanation.question.since != nil { return "\(figure) · \(part.referenceDate)" }
  guard part.subject != explanation.subject else { return figure }
  let of = part.subject.commitment?.party.name ?? part.subject.fund?.terms.name
  return of.map { "\($0) · \(figure)" } ?? figure
}

private func partRow(
  _ part: Explanation.Part, isFirst: Bool, isDivisor: Bool, _ name: String, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let text = wording.amount(part.amount)
  let sign = isDivisor ? "÷" : part.isTakenAway ? "\u{2212}" : isFirst ? "" : "+"
  return """
    <tr><th scope="row" class="name">\(wrapped("\(name)"))</th><td class="sign">\(sign)</td>\
    <td class="n key\(hasFigure(text) ? "" : " dim")">\
    \(statedMark(wording.mark(part.basis)))\
    \(why(part.question.figure, of: part.question.scope, text, frame.on(part.referenceDate)))\
    </td></tr>

    """
}
