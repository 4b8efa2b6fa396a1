import Bookkeeping
import FundModel

/// A partner's own funds: what it promised, what was asked of it, what it paid.
func ownOverviewPage(_ funds: [OwnFund], view: FundView, frame: PageFrame) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let currencies = Set(funds.map(\.currency)).sorted { $0.code < $1.code }
  let tables = currencies.map { currency -> HTML in
    let own = funds.filter { $0.currency == currency }
    let rows = own.map { fund -> HTML in
      row(
        """
        <a href="\(frame.fundLink(fund.id))">\(fund.terms.name)</a>\
        \(stateChip(fund.status(in: frame), wording))
        """, fund.position, fund.isStated, wording)
    }
    let total = (try? Position.sum(own.map(\.position), in: currency)).map { sum -> HTML in
      own.count > 1
        ? "<tfoot>\(row("\(wording(.total))", sum, own.contains(where: \.isStated), wording))</tfoot>"
        : .none
    }
    return table(
      "own-\(currency.code)", "\(wording(.ownFunds)) · \(currency.code)",
      "<thead><tr>\(heads(.fund, wording))</tr></thead><tbody>\(rows)</tbody>\(total ?? .none)",
      wording)
  }
  let none: HTML = "<div class=\"empty\"><p>\(wording(.ownNothing))</p></div>"
  let main: HTML = """
    <div class="head"><h1>\(wording(.ownFunds))</h1>\
    \(unitLine(currencies, wording))\(overviewDownloads(frame))\(unitTools(funds, view, frame))</div>
    <div class="stack">\(funds.isEmpty ? none : "\(tables)")</div>
    """
  return layout(
    title: wording(.ownFunds), main: main, rail: ownRail(funds, frame),
    announcement: wording(.asOf(frame.referenceDate)), frame: frame)
}

/// One fund as its partner sees it.
func ownFundPage(_ fund: OwnFund, view: FundView, frame: PageFrame) -> HTML {
  let wording = Wording(frame.language, view.unit)
  let rows = fund.commitments.map { line -> HTML in
    row("\(line.commitment.party.name)", line.position, fund.isStated, wording)
  }
  let sum: HTML =
    rows.count > 1
    ? "<tfoot>\(row("\(wording(.total))", fund.position, fund.isStated, wording))</tfoot>" : .none
  let commitments = table(
    "own-commitments", wording(.ownCommitments),
    "<thead><tr>\(heads(.partnerName, wording))</tr></thead><tbody>\(rows)</tbody>\(sum)", wording)
  let main: HTML = """
    <div class="head head-fund">\
    <p class="crumb"><a href="\(frame.overviewAddress.text)">\(wording(.ownFunds))</a></p>\
    <h1>\(fund.terms.name)\(stateChip(fund.status(in: frame), wording))</h1>\
    \(unitLine([fund.currency], wording))\(unitTools([fund], view, frame))</div>
    <div class="stack">
    \(commitments)
    \(itemsTable(fund.calls, fund, wording, frame))
    \(entriesTable(fund.entries, fund, wording, frame))
    <dl class="terms panel">\(ownTerms(fund, wording, frame))</dl>
    </div>
    """
  return layout(
    title: fund.terms.name, main: main, rail: ownRail([fund], frame),
    announcement: wording(.asOf(frame.referenceDate)), frame: frame)
}

/// One call as a partner sees it: its own items and what it paid on them.
func ownCallPage(_ sheet: CallSheet, of fund: OwnFund, frame: PageFrame) -> HTML {
  let wording = Wording(frame.language, .won)
  let call = sheet.standing.call
  let title = wording(.callNumber(call.number, type: call.callType))
  let main: HTML = """
    <div class="head head-fund">\
    <p class="crumb"><a href="\(frame.fundLink(fund.id))">\(fund.terms.name)</a></p>\
    <h1>\(title)</h1>\(unitLine([fund.currency], wording))</div>
    <div class="stack">
    \(itemsTable([sheet], fund, wording, frame))
    \(entriesTable(sheet.lines.flatMap(\.entries), fund, wording, frame))
    </div>
    """
  return layout(
    title: "\(fund.terms.name) · \(title)", main: main, rail: ownRail([fund], frame), frame: frame)
}

private func ownRail(_ funds: [OwnFund], _ frame: PageFrame) -> HTML {
  guard let currency = funds.first?.currency else { return .none }
  let life = LifeOfFunds(of: funds.map(\.terms), around: frame.today)
  return rail(ownTimeline(funds, in: currency), over: life, frame)
}

extension OwnFund {
  fileprivate func status(in frame: PageFrame) -> FundStatus {
    terms.dates.status(on: frame.referenceDate)
  }
}

/// What the amounts are in, on screen and on paper.
private func unitLine(_ currencies: [Currency], _ wording: Wording) -> HTML {
  guard !currencies.isEmpty else { return .none }
  let units = currencies.map { wording.unit.name(for: $0) }
  return "<p class=\"head-note\">\(wording(.unitLine(units)))</p>"
}

private func unitTools(_ funds: [OwnFund], _ view: FundView, _ frame: PageFrame) -> HTML {
  guard funds.contains(where: { $0.currency == .krw }) else { return .none }
  return "<div class=\"head-tools\">\(unitSwitch(view.unit, frame))</div>"
}

private func table(
  _ id: String, _ title: String, _ content: HTML, ways: HTML = .none, _ wording: Wording
) -> HTML {
  """
  <section class="panel stacking"><div class="panel-body"><h2 id="\(id)">\(title)</h2></div>\
  <div class="box box-plain box-own" id="box-\(id)" role="region" tabindex="0" \
  aria-labelledby="\(id)">\
  <table class="ledger ledger-roomy stacks stacks-items">\(content)</table></div>\(ways)</section>
  """
}

private let figures: [Phrase] = [
  .commitment, .paid, .paidRatio, .noticed, .outstanding, .creditsDue, .notYetCalled,
]

private func heads(_ first: Phrase, _ wording: Wording) -> HTML {
  let list = figures.map { "<th scope=\"col\" class=\"n\">\(wording($0))</th>" as HTML }
  return "<th scope=\"col\" class=\"name\">\(wording(first))</th>\(list)"
}

private func row(_ name: HTML, _ position: Position, _ isStated: Bool, _ wording: Wording) -> HTML {
  let stated = statedMark(isStated ? wording(.stated) : nil)
  let amounts: [HTML] = [
    "\(wording.amount(position.committed))", "\(stated)\(wording.amount(position.paid))",
    "\(stated)\(wording.ratio(position.paidPercent))", "\(wording.amount(position.noticed))",
    "\(wording.amount(position.outstanding))", "\(wording.amount(position.creditsDue))",
    "\(wording.amount(position.notYetCalled))",
  ]
  let cells = zip(figures, amounts).map { words, amount -> HTML in
    "<td class=\"n\" data-label=\"\(wording(words))\">\(amount)</td>"
  }
  return "<tr><th scope=\"row\" class=\"name\">\(wrapped(name))</th>\(cells)</tr>\n"
}

private func itemsTable(
  _ calls: [CallSheet], _ fund: OwnFund, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let several = fund.commitments.count > 1
  let all = calls.flatMap { sheet in sheet.lines.map { (sheet: sheet, line: $0) } }
  let pages = TablePages(of: all.count, as: TablePages.ofCalls, in: frame.address)
  let rows = pages.shown(of: all).map { sheet, line -> HTML in
    let call = sheet.standing.call
    let item = line.standing
    let name = wording(.callNumber(call.number, type: call.callType))
    let whose: HTML =
      several ? " <small class=\"quiet\">\(line.commitment.party.name)</small>" : .none
    return """
      <tr data-item="\(item.item.id)"><th scope="row" class="name">\
      \(wrapped("<a href=\"\(frame.callLink(call.id))\">\(name)</a>\(whose)"))</th>\
      <td><span class="chips">\(statusChips(sheet.standing, wording))</span></td>\
      <td data-label="\(wording(.noticeDate))">\(call.noticeDate)</td>\
      <td data-label="\(wording(.dueDate))">\(call.dueDate)</td>\
      <td data-label="\(wording(.lastPaid))">\(wording.date(item.lastPaidOn))</td>\
      <td class="n" data-label="\(wording(.callAmount))">\(wording.amount(item.item.amount))</td>\
      <td class="n key" data-label="\(wording(.paid))">\(wording.amount(item.paid))</td>\
      <td class="n" data-label="\(wording(.outstanding))">\(wording.amount(item.outstanding))</td>\
      <td class="n" data-label="\(wording(.creditsDue))">\(wording.amount(item.creditDue))</td></tr>

      """
  }
  let words: [(Phrase, String)] = [
    (.callName, "name"), (.status, ""), (.noticeDate, ""), (.dueDate, ""), (.lastPaid, ""),
    (.callAmount, "n"), (.paid, "n"), (.outstanding, "n"), (.creditsDue, "n"),
  ]
  let list = words.map { "<th scope=\"col\" class=\"\($0.1)\">\(wording($0.0))</th>" as HTML }
  guard !rows.isEmpty else {
    return
      "<section class=\"panel panel-body\"><h2>\(wording(.ownItems))</h2><p class=\"quiet\">\(wording(.nothingAsked))</p></section>"
  }
  return table(
    "own-items", wording(.ownItems), "<thead><tr>\(list)</tr></thead><tbody>\(rows)</tbody>",
    ways: tablePages(pages, of: "box-own-items", wording(.ownItems), frame), wording)
}

private func entriesTable(
  _ entries: [LedgerLine], _ fund: OwnFund, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let standing = entries.filter { $0.reversedBy == nil && !$0.entry.kind.isReversal }
  guard !standing.isEmpty else {
    return
      "<section class=\"panel panel-body\"><h2>\(wording(.ownEntries))</h2><p class=\"quiet\">\(wording(.nothingPaid))</p></section>"
  }
  let pages = TablePages(of: standing.count, in: frame.address)
  let rows = pages.shown(of: standing).map { line -> HTML in
    """
    <tr><td>\(line.entry.effectiveOn)</td>\
    <th scope="row" class="name">\(wording(.name(of: line.entry.kind == .refund ? .refund : .payment, on: .partners)))</th>\
    <td>\(line.callNumber.map { wording(.callNumber($0, type: "")) } ?? Wording.absent)</td>\
    <td class="n" data-label="\(wording(.amount))">\(wording.amount(line.entry.cashMoved))</td></tr>

    """
  }
  let sum = try? Money.sum(standing.map(\.entry.cashMoved), in: fund.currency)
  let foot: HTML =
    sum.map { sum in
      """
      <tfoot><tr><td></td><th scope="row" class="name">\(wording(.total))</th><td></td>\
      <td class="n" data-label="\(wording(.amount))">\(wording.amount(sum))</td></tr></tfoot>
      """
    } ?? .none
  return table(
    "own-entries", wording(.ownEntries),
    """
    <thead><tr><th scope="col">\(wording(.date))</th>\
    <th scope="col" class="name">\(wording(.lineKind))</th><th scope="col">\(wording(.callName))</th>\
    <th scope="col" class="n">\(wording(.amount))</th></tr></thead><tbody>\(rows)</tbody>\(foot)
    """, ways: tablePages(pages, of: "box-own-entries", wording(.ownEntries), frame), wording)
}

/// What a partner may know of the fund's terms: no sums of the fund.
private func ownTerms(_ fund: OwnFund, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let terms = fund.terms
  let list: [(Phrase, String)] = [
    (.fundType, terms.fundType), (.manager, terms.fundManager),
    (.formation, wording.date(terms.formationDate)),
    (.investmentPeriodEnd, wording.date(terms.investmentPeriodEnd)),
    (.maturity, wording.date(terms.maturityDate)),
    (.dissolution, wording.date(terms.dissolutionDate)),
    (.remainingTerm, wording.remaining(terms.dates.remainingTerm(on: frame.referenceDate))),
    (.hurdle, wording.rate(terms.hurdleRate)),
  ]
  let shown = list.filter { !$0.1.isEmpty }.map { words, text -> HTML in
    "<div><dt>\(wording(words))</dt><dd>\(text)</dd></div>"
  }
  return "\(shown)"
}
