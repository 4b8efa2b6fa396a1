import Bookkeeping
import FundModel

/// The page on which a capital call is issued, with every partner's share before it is.
func newCallPage(
  _ standing: FundStanding, on investment: CommitmentStanding?, timeline: CashTimeline,
  frame: PageFrame
) -> HTML {
  let page = NewCallForm(standing: standing, investment: investment, frame: frame)
  let fund = standing.row.fund
  let say = frame.language
  let of: HTML =
    investment.map { commitment in
      """
       · <a href="\(frame.investmentLink(commitment.commitment.id))">\
      \(commitment.commitment.party.name)</a>
      """
    } ?? .none
  let main: HTML = """
    <div class="head head-fund"><p class="crumb">\
    <a id="to-fund" href="\(frame.fundLink(fund.id, investment == nil ? .partners : .investments))">\
    \(fund.terms.name)</a>\(of)</p>
    <h1>\(say(.newCallTitle))</h1></div>
    \(pastDateNote(frame))\(page.statedNote)
    <div class="halves halves-even"><section class="panel panel-body">\(page.form)</section>
    <div class="stack"\(HTML.when(frame.sent?.preview != nil, " id=\"preview\" tabindex=\"-1\""))>\
    \(page.preview)\(page.opening)</div></div>
    """
  return layout(
    title: "\(fund.terms.name) · \(say(.newCallTitle))", main: main,
    rail: rail(timeline, over: fund.terms, frame), frame: frame)
}

struct NewCallForm {
  let standing: FundStanding
  let investment: CommitmentStanding?
  let frame: PageFrame

  /// The value of the choice that is no basis of sharing: amounts are typed in.
  static let explicitly = "explicit"

  private var fund: Fund { standing.row.fund }
  private var wording: Wording { Wording(frame.language, .won) }
  private var view: FormView {
    FormView("issueCapitalCall", about: ["fund": fund.id.description], frame)
  }
  private var shown: CallPreview? { view.sent?.preview }

  /// As they stand on the notice date, once that was looked at; before on the page's day.
  private var asked: [CommitmentStanding] {
    (shown?.before ?? standing).commitments.filter { candidate in
      investment.map { $0.commitment.id == candidate.commitment.id }
        ?? (candidate.commitment.side == .partners)
    }
  }

  // MARK: the form

  var form: HTML {
    let view = view
    let number = nextNumber
    let notice = view.value("notice_date").isEmpty ? frame.referenceDate : nil
    return view(
      """
      <h2>\(wording(.newCallTitle))</h2>
      \(investment.map { view.hiddenField("commitment", $0.commitment.id.description) } ?? .none)
      <div class="form-row">\
      \(view.text("call_type", .callType, or: wording(number == 1 ? .firstCallType : .laterCallType), most: TextLimit.word, list: "call-types"))\
      \(view.text("number", .number, or: String(number), most: 7))</div>
      \(callTypeList(frame.language))
      <div class="form-row">\(view.date("notice_date", .noticeDate, or: notice))\
      \(view.date("due_date", .dueDate))</div>
      \(amounts)
      \(reason)
      <div class="acts">\(view.previewButton)\
      \(view.button(.issue))</div>
      """, previews: true)
  }

  private var nextNumber: Int64 {
    let numbers = standing.calls.filter { call in
      investment.map { commitment in
        call.items.contains { $0.item.commitment == commitment.commitment.id }
      } ?? (call.call.side == .partners)
    }.map(\.call.number)
    return (numbers.max() ?? 0) + 1
  }

  private var amounts: HTML {
    let view = view
    let left = asked.reduce(into: Money.zero(fund.currency)) { sum, commitment in
      sum = (try? sum + commitment.position.notYetCalled) ?? sum
    }
    let limit: (words: Phrase, amount: Money)? = left.isPositive ? (.notYetCalled, left) : nil
    let amount = view.amount("amount", .totalAsked, in: fund.currency, limit: limit)
    guard investment == nil else { return amount }
    return """
      \(amount)
      \(view.text("percent", .percentAsked, most: 32))
      \(view.radios("share_by", .shareBy, or: ShareBasis.commitment.rawValue, [
        (ShareBasis.commitment.rawValue, .byCommitment, .byCommitmentNote),
        (ShareBasis.notYetCalled.rawValue, .byNotYetCalled, .byNotYetCalledNote),
        (Self.explicitly, .explicitly, .explicitlyNote),
      ]))
      \(otherBasis)
      \(partners)
      """
  }

  /// Offered where a share by commitment would pass one: a general partner often pays its whole
  /// part first.
  private var otherBasis: HTML {
    let view = view
    let passes =
      shown?.needsReason == true
      || view.sent?.problems(of: "over_commitment_reason").isEmpty == false
    guard passes, view.sent?["share_by"] == ShareBasis.commitment.rawValue else { return .none }
    return """
      <p class="err-way-out"><button class="link-button" type="submit" \
      name="\(SentForm.fill)share_by" value="\(ShareBasis.notYetCalled.rawValue)" formnovalidate>\
      \(wording(.shareByNotYetCalled))</button></p>
      """
  }

  /// Each partner: left out of what is shared, or asked for an amount of its own.
  private var partners: HTML {
    let view = view
    let shares = Dictionary(
      (shown?.items ?? []).map { ($0.commitment.id, $0.item.item.amount) },
      uniquingKeysWith: { first, _ in first })
    let rows = asked.enumerated().map { index, commitment -> HTML in
      let id = commitment.commitment.id
      let out = "leave_out.\(index)"
      let line = "items.\(index)"
      let share = shares[id].map(typedText) ?? ""
      // Shares that were previewed stand ready to be changed by hand.
      let isShared = shown != nil && view.sent?["share_by"] != Self.explicitly
      let typed = isShared ? share : view.value("\(line).amount")
      let name = commitment.commitment.party.name
      let problem = view.problem(of: "\(line).amount")
      return """
        <tr><th scope="row" class="name">\(wrapped("\(name)"))</th>\
        <td class="n">\(wording.amount(commitment.position.notYetCalled))</td>\
        <td><label class="check"><input type="checkbox" name="\(out)" value="\(id)"\
        \(HTML.when(view.sent?[out] != nil, " checked"))>\
        <span class="unseen">\(name) </span>\(wording(.leaveOut))</label></td>\
        <td>\(view.hiddenField("\(line).commitment", id.description))\
        \(view.hiddenField("\(SentForm.shown)\(line).amount", typed))\
        <input class="input input-n" name="\(line).amount" value="\(typed)" autocomplete="off" \
        maxlength="64" aria-label="\(name) \(wording(.amount))"\
        \(HTML.when(!problem.markup.isEmpty, " aria-invalid=\"true\""))\
        \(HTML.when(view.takesFocus("\(line).amount"), " autofocus"))>\(problem)</td></tr>
        """
    }
    return """
      \(view.problem(of: "items"))
      <div class="box box-plain box-shares" role="region" tabindex="0" id="box-shares" \
      aria-label="\(wording(.shareBy))"><table class="ledger"><thead><tr>\
      <th scope="col" class="name">\(wording(.partnerName))</th>\
      <th scope="col" class="n">\(wording(.notYetCalled))</th>\
      <th scope="col">\(wording(.leaveOut))</th>\
      <th scope="col">\(wording(.explicitly))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  /// Only when it is wanted: more is called than committed.
  private var reason: HTML {
    let view = view
    let isWanted =
      shown?.needsReason == true
      || view.sent?.problems(of: "over_commitment_reason").isEmpty == false
      || view.sent?["over_commitment_reason"]?.isEmpty == false
    return """
      \(investment == nil ? view.text("credit_reason", .creditReason, most: TextLimit.memo) : .none)
      \(isWanted
        ? view.text("over_commitment_reason", .overCommitmentReason, most: TextLimit.memo) : .none)
      """
  }

  // MARK: what it would do

  var preview: HTML {
    guard let shown else { return .none }
    return "\(shares(of: shown))\(figures(of: shown))"
  }

  private func shares(of shown: CallPreview) -> HTML {
    let rows = shown.items.map { item -> HTML in
      let notes =
        (item.isRoundedUp ? [wording(.roundedUp)] : [])
        + (item.position.noticed.isNegative ? [wording(.returnsMoreThanCalled)] : [])
        + (item.against.isAbove ? [wording(.aboveCommitment(on: laterDay(of: item, shown)))] : [])
      return """
        <tr><th scope="row" class="name">\(wrapped("\(item.commitment.party.name)"))</th>\
        <td class="n" data-label="\(wording(.commitment))">\
        \(wording.amount(item.position.committed))</td>\
        <td class="n key">\(wording.amount(item.item.item.amount))</td>\
        <td class="n" data-label="\(wording(.leftAfter))">\(wording.amount(item.position.notYetCalled))</td>\
        <td>\(notes.joined(separator: ", "))</td></tr>
        """
    }
    let table: HTML = """
      <thead><tr><th scope="col" class="name">\(wording(SideWords(shown.call.call.side).party))</th>\
      <th scope="col" class="n">\(wording(.commitment))</th>\
      <th scope="col" class="n key">\(wording(.thisCall))</th>\
      <th scope="col" class="n">\(wording(.leftAfter))</th>\
      <th scope="col">\(wording(.note))</th></tr></thead><tbody>\(rows)</tbody>
      <tfoot><tr><th scope="row" class="name">\(wording(.total))</th>\
      <td class="n" data-label="\(wording(.commitment))">\(sum(of: \.committed, shown))</td>\
      <td class="n key">\(wording.amount(shown.call.amount))</td>\
      <td class="n" data-label="\(wording(.leftAfter))">\(sum(of: \.notYetCalled, shown))</td>\
      <td></td></tr></tfoot>
      """
    let unit = wording.unit.name(for: fund.currency)
    return tablePanel(
      "shares", shown.call.call.side == .partners ? .perPartner : .perCompany,
      wording(.unitLine([unit])), table, .noPartners, stacks: true,
      wording)
  }

  private func sum(of figure: KeyPath<Position, Money>, _ shown: CallPreview) -> String {
    let amounts = shown.items.map { $0.position[keyPath: figure] }
    return (try? Money.sum(amounts, in: fund.currency)).map { wording.amount($0) } ?? Wording.absent
  }

  /// The day on which a commitment is passed, where that is not the day of the figures.
  private func laterDay(of item: CallPreview.Item, _ shown: CallPreview) -> CalendarDate? {
    item.against.day == shown.after.row.referenceDate ? nil : item.against.day
  }

  private func figures(of shown: CallPreview) -> HTML {
    let side = shown.call.call.side
    let before = shown.before.position(of: side)
    let after = shown.after.position(of: side)
    var lines: [(Phrase, Money, Money)] = [
      (.noticed, before.noticed, after.noticed),
      (.outstanding, before.outstanding, after.outstanding),
    ]
    if !before.creditsDue.isZero || !after.creditsDue.isZero {
      lines.append((.creditsDue, before.creditsDue, after.creditsDue))
    }
    lines += [
      (
        SideWords(side).paid, side == .partners ? shown.before.row.paidIn : before.paid,
        side == .partners ? shown.after.row.paidIn : after.paid
      ),
      (.notYetCalled, before.notYetCalled, after.notYetCalled),
    ]
    let rows = lines.map { words, before, after -> HTML in
      let change = (try? after - before) ?? .zero(fund.currency)
      return """
        <tr><th scope="row" class="name">\(wording(words))</th>\
        <td class="n" data-label="\(wording(.beforeCall))">\(wording.amount(before))</td>\
        <td class="n key">\(wording.amount(after))</td>\
        <td class="n" data-label="\(wording(.difference))">\(wording.change(change))</td></tr>
        """
    }
    let heads = [Phrase.beforeCall, .afterCall, .difference].map { words -> HTML in
      "<th scope=\"col\" class=\"n\">\(wording(words))</th>"
    }
    let table: HTML = """
      <thead><tr><th scope="col" class="name">\(wording(.figure))</th>\(heads)</tr></thead>
      <tbody>\(rows)</tbody>
      """
    return tablePanel(
      "would-be", .wouldBe, wording(.fromNotice(shown.call.call.noticeDate)), table, .noCalls,
      stacks: true, wording)
  }

  // MARK: stated paid-in

  /// The first item on a fund whose paid-in is stated makes it cash: said beforehand.
  var statedNote: HTML {
    let row = standing.row
    guard investment == nil, row.basis == .stated, row.paidIn.isPositive else { return .none }
    let zero = exactAmount(.zero(fund.currency), frame.language)
    return """
      <p class="msg msg-note">\(icon("note"))<span>\
      \(wording(.statedGivesWay(exactAmount(row.paidIn, frame.language), zero)))</span></p>
      """
  }

  var opening: HTML {
    guard investment == nil, standing.row.basis == .stated, standing.row.paidIn.isPositive else {
      return .none
    }
    let view = FormView("openFromStated", about: ["fund": fund.id.description], frame)
    let previewed: HTML = view.sent?.preview.map { self.shares(of: $0) } ?? .none
    let body: HTML = """
      <h2>\(wording(.openFromStated))</h2>
      <p class="quiet">\(wording(.openFromStatedNote))</p>
      \(view.date("paid_date", .paidDate))
      <div class="acts">\(view.previewButton)\
      \(view.button(.openFromStated))</div>
      """
    return "<section class=\"panel panel-body\">\(view(body, previews: true))</section>\(previewed)"
  }
}
