import Bookkeeping
import FundModel

/// The parts of a fund's page, each with an address of its own.
package enum FundTab: String, CaseIterable, Hashable, Sendable {
  case summary, partners, investments, ledger, terms

  /// What follows the fund's own address.
  var path: String { self == .summary ? "" : "/\(rawValue)" }

  var name: Phrase {
    switch self {
    case .summary: Phrase("요약", "Summary")
    case .partners: Phrase("조합원·출자요청", "Partners and calls")
    case .investments: Phrase("투자·출자요청", "Investments and calls")
    case .ledger: Phrase("현금 기록", "Ledger")
    case .terms: Phrase("규약", "Terms")
    }
  }
}

/// Plain links from part to part, all on the same day.
func fundTabs(_ fund: Fund.ID, _ current: FundTab, _ frame: PageFrame) -> HTML {
  let links = FundTab.allCases.map { tab -> HTML in
    """
    <a id="tab-\(tab.rawValue)" href="\(frame.fundLink(fund, tab))"\
    \(HTML.when(tab == current, " aria-current=\"page\""))>\(frame.language(tab.name))</a>
    """
  }
  return """
    <nav class="tabs" id="tabs" aria-label="\(frame.language(.fundMenu))">\(links)</nav>
    """
}

/// Everything that a fund's page may show, asked of one snapshot.
struct FundPageContent: Sendable {
  let standing: FundStanding
  let timeline: CashTimeline
  var history: [FundHistory.Step] = []
  var ledger: [LedgerLine] = []
  var versions: [FundVersions.Version] = []
  var changes: [CommitmentChanges.Change] = []
  var partyNames: [String] = []
}

// MARK: partners, investments

func partnersTab(_ content: FundPageContent, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let standing = content.standing
  let fund = standing.row.fund.id
  return """
    \(tools([
      (.newCall, frame.newCallLink(fund), "new-call"),
      (.newPartner, frame.fundLink(fund, .partners, doing: "commit"), "new-commitment"),
      (.changeCommitment, frame.fundLink(fund, .partners, doing: "change"), "change-commitment"),
    ], frame))
    \(commitForm(.partners, content, frame))
    \(changeForm(content, frame))
    \(callsPanel(.partners, standing, wording, frame))
    \(commitmentsPanel(.partners, standing, wording, frame))
    """
}

func investmentsTab(_ content: FundPageContent, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let standing = content.standing
  let fund = standing.row.fund.id
  return """
    \(tools([
      (.newDirectInvestment, frame.fundLink(fund, .investments, doing: "invest"), "new-investment"),
      (.newInvestment, frame.fundLink(fund, .investments, doing: "commit"), "new-commitment"),
    ], frame))
    \(commitForm(.investments, content, frame))
    \(investForm(content, frame))
    \(commitmentsPanel(.investments, standing, wording, frame))
    \(callsPanel(.investments, standing, wording, frame))
    """
}

private func tools(_ links: [(words: Phrase, address: String, id: String)], _ frame: PageFrame)
  -> HTML
{
  let buttons = links.map { link -> HTML in
    """
    <a class="button" id="\(link.id)" href="\(link.address)">\(icon("plus"))\
    \(frame.language(link.words))</a>
    """
  }
  return frame.offer("<p class=\"acts acts-start\">\(buttons)</p>")
}

/// Whether a form is open: by the address, or because it was sent and is shown again.
func isOpen(_ task: String, _ operation: String, _ frame: PageFrame) -> Bool {
  frame.address["do"] == task || frame.sent?.operation == operation
}

private func closeForm(_ frame: PageFrame) -> HTML {
  """
  <a class="button" href="\(frame.address.with("do", nil).text)">\(frame.language(.cancel))</a>
  """
}

func partyList(_ names: [String]) -> HTML {
  let options = names.map { "<option value=\"\($0)\"></option>" as HTML }
  return "<datalist id=\"parties\">\(options)</datalist>"
}

/// A form that is open among the panels of a page.
func formPanel(_ form: HTML, _ frame: PageFrame) -> HTML {
  "<section class=\"panel panel-body form-panel\" id=\"form-panel\">\(pastDateNote(frame))\(form)</section>"
}

private func commitForm(_ side: Side, _ content: FundPageContent, _ frame: PageFrame) -> HTML {
  guard isOpen("commit", "commit", frame) else { return .none }
  let fund = content.standing.row.fund
  let form = FormView("commit", about: ["fund": fund.id.description], first: "party", frame)
  let say = frame.language
  let ofSide: HTML =
    side == .partners
    ? form.text("partner_type", .partnerType, most: TextLimit.word, list: "partner-types")
    : form.text("instrument", .instrument, most: TextLimit.word)
  let body: HTML = """
    <h2>\(say(side == .partners ? .newPartner : .newInvestment))</h2>
    \(form.hiddenField("side", side.rawValue))
    <div class="form-row">\
    \(form.text("party", SideWords(side).party, most: TextLimit.name, list: "parties"))\(ofSide)</div>
    \(partyList(content.partyNames))\(partnerTypeList(say))
    \(form.amount("amount", .commitment, in: fund.currency))
    <div class="acts">\(closeForm(frame))\(form.button(.save))</div>
    """
  return formPanel(form(body), frame)
}

/// The types of partners that firms use, offered as one types.
private func partnerTypeList(_ say: Language) -> HTML {
  let types: [Phrase] = [
    Phrase("GP"), Phrase("정책기관", "Public institution"), Phrase("금융기관", "Financial institution"),
    Phrase("기관", "Institution"), Phrase("개인", "Individual"),
  ]
  let options = types.map { "<option value=\"\(say($0))\"></option>" as HTML }
  return "<datalist id=\"partner-types\">\(options)</datalist>"
}

/// A partner's commitment grows (증액) or shrinks from a day on.
private func changeForm(_ content: FundPageContent, _ frame: PageFrame) -> HTML {
  guard isOpen("change", "changeCommitment", frame) else { return .none }
  let form = FormView("changeCommitment", first: "commitment", frame)
  let partners = content.standing.commitments.filter { $0.commitment.side == .partners }
  let options = partners.map { partner in
    let committed = exactAmount(partner.position.committed, frame.language)
    return (
      value: partner.commitment.id.description,
      words: "\(partner.commitment.party.name) · \(committed)"
    )
  }
  let body: HTML = """
    <h2>\(frame.language(.changeCommitment))</h2>
    \(form.select("commitment", .partnerName, options))
    \(form.amount("amount", .changeBy, in: content.standing.row.fund.currency))
    <div class="form-row">\(form.date("effective_on", .effectiveOn, or: frame.today))\
    \(form.text("reason", .reason, most: TextLimit.memo))</div>
    <div class="acts">\(closeForm(frame))\(form.button(.save))</div>
    """
  return formPanel(form(body), frame)
}

private func investForm(_ content: FundPageContent, _ frame: PageFrame) -> HTML {
  guard isOpen("invest", "recordInvestment", frame) else { return .none }
  let fund = content.standing.row.fund
  let form = FormView(
    "recordInvestment", about: ["fund": fund.id.description], first: "party", frame)
  let body: HTML = """
    <h2>\(frame.language(.newDirectInvestment))</h2>
    <p class="quiet">\(frame.language(.directInvestmentNote))</p>
    <div class="form-row">\
    \(form.text("party", .companyName, most: TextLimit.name, list: "parties"))\
    \(form.text("instrument", .instrument, most: TextLimit.word))</div>
    \(partyList(content.partyNames))
    \(form.amount("amount", .amount, in: fund.currency))
    \(form.date("invested_on", .investedOn, or: min(frame.referenceDate, frame.today)))
    <div class="acts">\(closeForm(frame))\(form.button(.save))</div>
    """
  return formPanel(form(body), frame)
}

// MARK: ledger

/// The cash ledger up to the reference date, as it moved the fund's cash; what was reversed stays in
/// it, paler, and takes itself out of the sum.
func ledgerTable(_ lines: [LedgerLine], _ wording: Wording, _ frame: PageFrame) -> HTML {
  let pages = TablePages(of: lines.count, in: frame.address)
  let rows = pages.shown(of: lines).map { ledgerRow($0, wording, frame) }
  let say = frame.language
  let headings: [(Phrase, String)] = [
    (.date, ""), (.partyName, "name"), (.side, ""), (.callName, ""), (.entryKindHeading, ""),
    (.cashMoved, "n key"), (.memo, ""), (.recordedAt, ""),
  ]
  let heads = headings.map { words, style -> HTML in
    "<th scope=\"col\"\(HTML.when(!style.isEmpty, " class=\"\(style)\""))>\(say(words))</th>"
  }
  let sum = lines.first.flatMap { line in
    try? Money.sum(lines.map(\.entry.cashMoved), in: line.entry.amount.currency)
  }
  let table: HTML = """
    <thead><tr>\(heads)<th scope="col" class="acts-cell">\(say(.actions))</th></tr></thead>
    <tbody>\(rows)</tbody>
    <tfoot><tr><th scope="row" colspan="5">\(say(.total))</th>\
    <td class="n key">\(sum.map(wording.change) ?? Wording.absent)</td>\
    <td colspan="2"></td><td class="acts-cell"></td></tr></tfoot>
    """
  return tablePanel(
    "ledger", .entries, say(.entryCount(lines.count)),
    lines.isEmpty ? nil : table, .noEntries(on: frame.referenceDate),
    ways: tablePages(pages, of: "box-ledger", say(.entries), frame), stacks: true, wording)
}

private func ledgerRow(_ line: LedgerLine, _ wording: Wording, _ frame: PageFrame) -> HTML {
  let entry = line.entry
  let isOut = line.reversedBy != nil || entry.kind.isReversal
  let call: HTML =
    line.call.map { id in
      "<a href=\"\(frame.callLink(id))\">\(wording(.callNumber(line.callNumber ?? 0, type: "")))</a>"
    } ?? "\(Wording.absent)"
  let reverse: HTML =
    line.call.flatMap { id -> HTML? in
      guard !isOut, frame.offersForms else { return nil }
      return """
        <a class="act" href="\(line.isDirectInvestment && entry.kind == .payment
          ? frame.undoInvestmentLink(entry.commitment) : frame.reversalLink(entry.id, on: id))">\(wording(.reverse))\
        <span class="unseen"> \(entry.effectiveOn) \(line.party.name)</span></a>
        """
    } ?? .none
  let noted = [line.reference, line.memo].filter { !$0.isEmpty }.joined(separator: " · ")
  return """
    <tr\(HTML.when(isOut, " class=\"uncounted\"")) data-entry="\(entry.id)"><td>\(entry.effectiveOn)</td>\
    <th scope="row" class="name">\(wrapped("\(line.party.name)"))</th>\
    <td>\(wording(SideWords(entry.side).title))</td><td>\(call)</td>\
    <td>\(wording(.entryKind(entry.kind, on: entry.side)))\
    \(HTML.when(line.reversedBy != nil, " <small>\(wording(.reversed))</small>"))</td>\
    <td class="n key">\(wording.change(entry.cashMoved))</td>\
    <td>\(wrapped("\(noted.isEmpty ? Wording.absent : noted)"))</td>\
    <td data-label="\(wording(.recordedAt))">\
    \(frame.civilDate(line.recorded.recordedAt))</td>\
    <td class="acts-cell">\(reverse)</td></tr>

    """
}
