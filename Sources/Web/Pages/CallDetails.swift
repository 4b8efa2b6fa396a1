import Bookkeeping
import FundModel

/// One capital call as people work with it: what it asks, what was paid, and the forms for that.
///
/// The same on the call's own page and in the calendar's drawer. Which form is open stands in the
/// address (`item`, `entry`, `do`), so that everything works without script.
func callDetails(_ call: CallInFull.Answer, _ frame: PageFrame) -> HTML {
  let details = CallDetails(call, frame)
  return """
    \(details.summary)
    \(details.openForm)
    \(details.items)
    \(details.entries)
    \(details.history)
    \(details.changes)
    """
}

/// What stands over a call's details: fund, name, investment.
func callTitle(_ call: CallInFull.Answer, _ say: Language) -> String {
  let standing = call.sheet.standing.call
  return say(.callNumber(standing.number, type: standing.callType))
}

private struct CallDetails {
  let sheet: CallSheet
  let fund: FundStanding
  let latest: [CallItem.ID: ItemStanding]
  let versions: [CallInFull.Version]
  let frame: PageFrame
  let wording: Wording

  init(_ call: CallInFull.Answer, _ frame: PageFrame) {
    sheet = call.sheet
    fund = call.fund
    latest = call.now
    versions = call.versions
    self.frame = frame
    // Amounts are keyed in and checked here: to the last unit.
    wording = Wording(frame.language, .won)
  }

  var call: CapitalCall { sheet.standing.call }
  var words: SideWords { SideWords(call.side) }
  private var isOpen: Bool { !sheet.standing.isCancelled && call.cancelledOn == nil }

  // MARK: what it asks and what was paid

  var summary: HTML {
    let standing = sheet.standing
    let amounts: [(name: Phrase, figure: Figure, amount: Money)] =
      [
        (.callAmount, .amount, standing.amount), (words.paid, .paid, standing.paid),
        (.outstanding, .outstanding, standing.outstanding),
      ]
      + (standing.creditsDue.isZero ? [] : [(.creditsDue, .creditsDue, standing.creditsDue)])
    let facts: [(Phrase, HTML, String)] =
      amounts.filter { $0.figure != hero }.map { name, figure, amount in
        (name, self.amount(figure, amount), figure == .paid ? "key" : "")
      } + [
        (.noticeDate, "\(call.noticeDate)", ""), (.dueDate, "\(call.dueDate)", "key"),
        (words.lastPaid, "\(wording.date(standing.lastPaidOn))", ""),
      ]
    let unit = wording.unit.name(for: fund.row.fund.currency)
    let large = amounts.filter { $0.figure == hero }.map { name, figure, amount -> HTML in
      let isLong = wording.amount(amount).count > 15
      return """
        <div class="call-hero\(HTML.when(isLong, " call-hero-long"))"><dt>\(wording(name))</dt>\
        <dd>\(self.amount(figure, amount))</dd>\
        <dd class="call-unit">\(wording(unit))</dd></div>
        """
    }
    // `called_pct` of the stats answer: what was paid of the commitment, and what was not.
    let shares: [(Phrase, HTML, String)] =
      committed.map { scope, position in
        [
          (
            call.side == .partners ? .paidOfCommitment : .investedRatio,
            why(.paidPercent, of: scope, wording.ratio(position.paidPercent), frame), ""
          ),
          (
            .uncalledRatio,
            why(.uncalledPercent, of: scope, wording.ratio(position.uncalledPercent), frame), ""
          ),
        ]
      } ?? []
    let list = (facts + shares).map { name, value, style -> HTML in
      "<div\(HTML.when(!style.isEmpty, " class=\"\(style)\""))><dt>\(wording(name))</dt><dd>\(value)</dd></div>"
    }
    return """
      <section class="call-summary">
      <p class="chips">\(statusChips(standing, wording))\(percent)</p>
      <dl class="call-facts">\(large)\(list)</dl>
      \(callMeter)\(reasons)
      </section>
      """
  }

  /// The one figure that a reader looks for first: what is left to be done.
  private var hero: Figure {
    let standing = sheet.standing
    guard standing.isNoticed else { return .amount }
    return standing.outstanding.isZero && standing.creditsDue.isPositive
      ? .creditsDue : .outstanding
  }

  /// Why the call is as it is, where a reason was given.
  private var reasons: [HTML] {
    [
      (Phrase.overCommitment, call.overCommitmentReason), (.credit, call.creditReason),
      (.cancelledOn, call.cancelledOn.map { "\($0) · \(call.cancellationReason)" } ?? ""),
    ]
    .filter { !$0.1.isEmpty }.map { words, reason -> HTML in
      "<p class=\"quiet\">\(wording(words)): \(reason)</p>"
    }
  }

  /// Of the call.
  private func amount(_ figure: Figure, _ amount: Money) -> HTML {
    why(figure, of: .call(call.id), wording.amount(amount), frame)
  }

  /// The commitment that the call asks, or all of the side where it asks them all; `nil` where it
  /// asks some of them, or what it asked was undone.
  private var committed: (scope: FigureScope, position: Position)? {
    let asked = Set(sheet.lines.map(\.commitment.id))
    let ofSide = fund.commitments.filter { $0.commitment.side == call.side }
    let found = ofSide.filter { asked.contains($0.commitment.id) }
    if asked.count == 1 {
      return found.first.map { (.commitment($0.commitment.id), $0.position) }
    }
    guard call.side == .partners, found.count == ofSide.count else { return nil }
    return (.side(.partners, of: call.fund), fund.partners)
  }

  /// An item as it stands when everything recorded is counted: what is left to be recorded on it,
  /// whatever day is looked at.
  private func now(_ line: CallSheet.Line) -> ItemStanding {
    latest[line.standing.item.id] ?? line.standing
  }

  private func isLeft(on line: CallSheet.Line) -> Bool {
    now(line).outstanding.isPositive || now(line).creditDue.isPositive
  }

  private var percent: HTML {
    guard sheet.standing.status == .partiallyPaid else { return .none }
    return "<span class=\"chip-note\">\(wording.ratio(sheet.standing.paidPercent))</span>"
  }

  /// Says nothing that the facts below do not.
  private var callMeter: HTML {
    guard let paid = sheet.standing.paidPercent else { return .none }
    let rest = Percent(tenThousandths: 1_000_000 - min(paid.tenThousandths, 1_000_000))
    let isOwed = sheet.standing.outstanding.isPositive
    return """
      <svg class="meter" aria-hidden="true"><rect class="meter-track" width="100%"/>\
      \(HTML.when(isOwed, """
        <rect x="\(barWidth(paid))" width="\(barWidth(rest))" fill="url(#hatch)"/>
        """))\
      <rect class="meter-\(words.bar)" width="\(barWidth(paid))"/></svg>
      """
  }

  // MARK: items

  var items: HTML {
    let rows = sheet.lines.map { line -> HTML in
      let standing = line.standing
      let left = standing.item.isCredit ? standing.creditDue : standing.outstanding
      return """
        <tr><th scope="row" class="name">\(line.commitment.party.name)\
        \(kind(of: line))</th>\
        \(cell(.amount, .callAmount, standing.item.amount, of: standing.item))\
        \(cell(.paid, words.paid, standing.paid, of: standing.item, "key"))\
        \(standing.item.isCredit
          ? cell(.creditsDue, .creditsDue, left, of: standing.item, isApart: true)
          : cell(.outstanding, .outstanding, left, of: standing.item))\
        <td class="acts-cell">\(actions(on: line))</td></tr>
        """
    }
    return """
      <section>
      <h3 id="call-items">\(wording(.items))</h3>
      <div class="box box-plain" id="box-items" role="region" tabindex="0" \
      aria-labelledby="call-items"><table class="ledger ledger-roomy stacks stacks-items">
      <thead><tr><th scope="col" class="name">\(wording(words.party))</th>\
      <th scope="col" class="n">\(wording(.callAmount))</th>\
      <th scope="col" class="n key">\(wording(words.paid))</th>\
      <th scope="col" class="n">\(wording(.outstanding))</th>\
      <th scope="col" class="acts-cell"><span class="unseen">\(wording(.actions))</span></th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      </section>
      """
  }

  private func kind(of line: CallSheet.Line) -> HTML {
    let kind =
      call.side == .partners ? line.commitment.partnerType : line.commitment.instrument
    return kind.isEmpty ? .none : " <small>\(kind)</small>"
  }

  /// - Parameters:
  ///   - name: stands before the amount where there is no room for columns.
  ///   - isApart: the amount is not what its column is headed with, and says so itself.
  private func cell(
    _ figure: Figure, _ name: Phrase, _ amount: Money, of item: CallItem, _ style: String = "",
    isApart: Bool = false
  ) -> HTML {
    let text = wording.amount(amount)
    let dim = hasFigure(text) ? "" : " dim"
    let label: HTML =
      isApart ? .none : " data-label=\"\(wording(name))\""
    let apart: HTML = isApart ? "<small>\(wording(name))</small> " : .none
    return """
      <td class="n \(style)\(dim)"\(label)>\(apart)\
      \(why(figure, of: .item(item.id), text, frame))</td>
      """
  }

  private func actions(on line: CallSheet.Line) -> HTML {
    guard isOpen, frame.offersForms else { return .none }
    let item = line.standing.item
    var links: [HTML] = []
    if now(line).outstanding.isPositive {
      links.append(link(words.pay, ["item": "\(item.id)", "do": "pay"], "pay-\(item.id)", line))
    }
    // A refund cannot be dated before the payment that it returns.
    let canRefund =
      item.isCredit
      ? now(line).creditDue.isPositive
      : now(line).paid.isPositive && line.standing.paid.isPositive
    if canRefund {
      links.append(
        link(.refund, ["item": "\(item.id)", "do": "refund"], "refund-\(item.id)", line))
    }
    return "\(links)"
  }

  private func link(
    _ words: Phrase, _ parameters: KeyValuePairs<String, String>, _ id: String,
    _ line: CallSheet.Line?
  ) -> HTML {
    var address = frame.address.with("item", nil).with("entry", nil).with("do", nil)
    for (name, value) in parameters { address = address.with(name, value) }
    let of: HTML =
      line.map { "<span class=\"unseen\"> \($0.commitment.party.name)</span>" } ?? .none
    return """
      <a class="act" id="\(id)" data-live data-focus="call-form" href="\(address.text)">\
      \(wording(words))\(of)</a>
      """
  }

  // MARK: the form that is open

  var openForm: HTML {
    // Who may not send it is told so only where the address asks for a form.
    guard isOpen, frame.offersForms || frame.address["do"] != nil else { return .none }
    let task = frame.sent.flatMap { Self.task(of: $0) } ?? frame.address["do"]
    let form: HTML
    switch task {
    case "settle": form = settlementForm
    case "amend": form = amendForm
    case "cancel": form = cancelForm
    case "reverse": form = reversalForm
    case "refund": form = movementForm("recordRefund")
    default: form = movementForm("recordPayment")
    }
    guard !form.markup.isEmpty else { return .none }
    return """
      <div id="call-form" class="call-form" tabindex="-1">\(pastDateNote(frame))\(form)</div>
      """
  }

  private static func task(of sent: SentForm) -> String? {
    switch sent.operation {
    case "recordPayment": "pay"
    case "recordRefund": "refund"
    case "settleCall": "settle"
    case "amendCapitalCall": "amend"
    case "cancelCapitalCall": "cancel"
    case "reverseEntry": "reverse"
    default: nil
    }
  }

  /// The item that the address or the form names, else the first on which something is owed.
  private func line(for operation: String) -> CallSheet.Line? {
    let named = frame.sent?["item"] ?? frame.address["item"]
    if let named, let line = sheet.lines.first(where: { $0.standing.item.id.description == named })
    {
      return line
    }
    return operation == "recordPayment"
      ? sheet.lines.first { now($0).outstanding.isPositive } : nil
  }

  private func movementForm(_ operation: String) -> HTML {
    guard let line = line(for: operation), sheet.standing.isNoticed else { return .none }
    let standing = now(line)
    let isRefund = operation == "recordRefund"
    let form = FormView(
      operation, about: ["item": standing.item.id.description], first: "amount", frame)
    let left: Money =
      isRefund
      ? (standing.item.isCredit ? standing.creditDue : standing.paid) : standing.outstanding
    let limit: (words: Phrase, amount: Money)? =
      left.isPositive
      ? (isRefund ? (standing.item.isCredit ? .creditsDue : words.paid) : .outstanding, left) : nil
    let title = isRefund ? .recordRefund : words.recordPayment
    return form(
      """
      <h3>\(wording(title)) <small>\(line.commitment.party.name)</small></h3>
      \(form.amount("amount", .amount, in: standing.item.amount.currency, limit: limit))
      <div class="form-row">\
      \(form.date("paid_date", isRefund ? .refundDate : words.paidOn, or: min(frame.referenceDate, frame.today)))\
      \(form.text("reference", .bankReference, most: TextLimit.name))</div>
      \(form.text("memo", .memo, most: TextLimit.memo))
      <div class="acts">\(settleLink)\(form.button(title))</div>
      """)
  }

  /// Several partners in one go, where more than one item is open.
  private var settleLink: HTML {
    let open = sheet.lines.filter(isLeft(on:))
    guard open.count > 1 else { return .none }
    return """
      <a class="button" id="settle" data-live data-focus="call-form" \
      href="\(frame.address.with("item", nil).with("entry", nil).with("do", "settle").text)">\
      \(wording(.settle))</a>
      """
  }

  private var settlementForm: HTML {
    let form = FormView(
      "settleCall", about: ["call": call.id.description], first: "items.0", frame)
    let open = sheet.lines.filter(isLeft(on:))
    guard !open.isEmpty else { return .none }
    let boxes = open.enumerated().map { index, line -> HTML in
      let standing = now(line)
      let name = "items.\(index)"
      let isChosen = form.sent == nil || form.sent?[name] != nil
      let left =
        standing.item.isCredit ? standing.creditDue.negated : standing.outstanding
      return """
        <label class="option option-row"><input type="checkbox" name="\(name)" \
        value="\(standing.item.id)"\(HTML.when(isChosen, " checked"))\
        \(HTML.when(form.takesFocus(name), " autofocus"))>\
        <span>\(line.commitment.party.name)</span><b class="n">\(wording.amount(left))</b></label>
        """
    }
    return form(
      """
      <h3>\(wording(.settle))</h3>\(form.hiddenField("items.none", ""))
      \(form.choice("items"))<legend>\(wording(.settleItems))</legend>\
      <div class="options">\(boxes)</div>\(form.problem(of: "items"))</fieldset>
      <div class="form-row">\
      \(form.date("paid_date", words.paidOn, or: min(frame.referenceDate, frame.today)))\
      \(form.text("reference", .bankReference, most: TextLimit.name))</div>
      \(form.text("memo", .memo, most: TextLimit.memo))
      <div class="acts">\(closeLink(to: "settle"))\(form.button(.settleButton))</div>
      """)
  }

  /// - Parameter opener: the id of the link that opens the form; the focus goes back to it.
  private func closeLink(to opener: String) -> HTML {
    """
    <a class="button" id="close-form" data-live data-focus="\(opener)" \
    href="\(frame.address.with("item", nil).with("entry", nil).with("do", nil).text)">\
    \(wording(.cancel))</a>
    """
  }

  // MARK: entries and their reversal

  var entries: HTML {
    let lines = sheet.lines.flatMap(\.entries).sorted {
      ($0.entry.effectiveOn, $0.entry.id) < ($1.entry.effectiveOn, $1.entry.id)
    }
    guard !lines.isEmpty else {
      return """
        <section><h3>\(wording(.entries))</h3>\
        <p class="quiet">\(wording(.noEntries(on: frame.referenceDate)))</p></section>
        """
    }
    let rows = lines.map { line -> HTML in
      let isOut = line.reversedBy != nil || line.entry.kind.isReversal
      let canReverse = !isOut
      return """
        <tr\(HTML.when(isOut, " class=\"uncounted\"")) data-entry="\(line.entry.id)">\
        <td>\(line.entry.effectiveOn)</td>\
        <th scope="row" class="name">\(line.party.name)</th>\
        <td>\(wording(.entryKind(line.entry.kind, on: call.side)))\(HTML.when(line.reversedBy != nil, " <small>\(wording(.reversed))</small>"))</td>\
        <td class="n key">\(wording.change(line.entry.cashMoved))</td>\
        <td>\(wrapped("\(noted(line))"))</td>\
        <td class="acts-cell">\(canReverse ? reverseLink(line) : .none)</td></tr>
        """
    }
    return """
      <section>
      <h3 id="call-entries">\(wording(.entries)) <small>\(wording(.cashMoved))</small></h3>
      <div class="box box-plain" id="box-entries" role="region" tabindex="0" \
      aria-labelledby="call-entries"><table class="ledger ledger-roomy stacks">
      <thead><tr><th scope="col">\(wording(.date))</th>\
      <th scope="col" class="name">\(wording(words.party))</th>\
      <th scope="col">\(wording(.entryKindHeading))</th>\
      <th scope="col" class="n key">\(wording(.amount))</th><th scope="col">\(wording(.memo))</th>\
      <th scope="col" class="acts-cell"><span class="unseen">\(wording(.actions))</span></th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      </section>
      """
  }

  private func noted(_ line: LedgerLine) -> String {
    let noted = [line.reference, line.memo].filter { !$0.isEmpty }.joined(separator: " · ")
    return noted.isEmpty ? Wording.absent : noted
  }

  /// A direct investment is undone as a whole: reversing its payment alone would leave it owed.
  private func reverseLink(_ line: LedgerLine) -> HTML {
    guard frame.offersForms else { return .none }
    guard !line.isDirectInvestment || line.entry.kind != .payment else {
      return """
        <a class="act" href="\(frame.undoInvestmentLink(line.entry.commitment))">\
        \(wording(.undoInvestment))</a>
        """
    }
    return link(
      .reverse, ["entry": "\(line.entry.id)", "do": "reverse"], "reverse-\(line.entry.id)", nil)
  }

  private var reversalForm: HTML {
    let named = frame.sent?["entry"] ?? frame.address["entry"]
    let all = sheet.lines.flatMap(\.entries)
    guard let line = all.first(where: { $0.entry.id.description == named }),
      line.reversedBy == nil, !line.entry.kind.isReversal
    else { return .none }
    let form = FormView(
      "reverseEntry", about: ["entry": line.entry.id.description], first: "reason", frame)
    let kind = wording(.entryKind(line.entry.kind, on: call.side))
    return form(
      """
      <h3>\(wording(.reverseEntry))</h3>
      <p>\(line.entry.effectiveOn) · \(line.party.name) · \(kind) \
      \(exactAmount(line.entry.amount, frame.language))</p>
      <p class="quiet">\(wording(.reversalNote))</p>
      \(form.text("reason", .reason, most: TextLimit.memo))
      <div class="acts">\(closeLink(to: "reverse-\(line.entry.id)"))\(form.button(.reverseEntry, style: "button button-bad"))</div>
      """)
  }

  // MARK: amending and cancelling

  /// What its type and due date were before: a due date that moves can end an arrear.
  var history: HTML {
    let rows = zip(versions, versions.dropFirst()).reversed().flatMap { before, after in
      let changes: [(words: Phrase, before: String, after: String)] = [
        (.callType, before.callType, after.callType),
        (.dueDate, before.dueDate.description, after.dueDate.description),
      ]
      return changes.filter { $0.before != $0.after }.map { change -> HTML in
        """
        <tr><th scope="row" class="name">\(wording(change.words))</th>\
        <td data-label="\(wording(.before))">\(change.before.isEmpty ? Wording.absent : change.before)</td>\
        <td class="key">\(change.after.isEmpty ? Wording.absent : change.after)</td>\
        <td data-label="\(wording(.recordedBy))">\(frame.civilDate(after.recorded.recordedAt)) \(wording(.recorder(after.actor)))</td></tr>
        """
      }
    }
    guard !rows.isEmpty else { return .none }
    return """
      <section>
      <h3 id="call-history">\(wording(.versions))</h3>
      <div class="box box-plain" id="box-history" role="region" tabindex="0" \
      aria-labelledby="call-history"><table class="ledger ledger-roomy stacks">
      <thead><tr><th scope="col" class="name">\(wording(.field))</th>\
      <th scope="col">\(wording(.before))</th><th scope="col" class="key">\(wording(.after))</th>\
      <th scope="col">\(wording(.recordedBy))</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      </section>
      """
  }

  var changes: HTML {
    guard isOpen, frame.offersForms, !call.isDirectInvestment else { return .none }
    return """
      <p class="call-changes">\(link(.amendCall, ["do": "amend"], "amend-call", nil))\
      \(link(.cancelCall, ["do": "cancel"], "cancel-call", nil))</p>
      """
  }

  private var amendForm: HTML {
    let form = FormView(
      "amendCapitalCall", about: ["call": call.id.description], first: "call_type", frame)
    return form(
      """
      <h3>\(wording(.amendCall))</h3>
      \(form.was("call_type", call.callType))\(form.was("due_date", call.dueDate.description))
      <div class="form-row">\(form.text("call_type", .callType, or: call.callType, most: TextLimit.word, list: "call-types"))\
      \(form.date("due_date", .dueDate, or: call.dueDate))</div>
      \(callTypeList(frame.language))
      <div class="acts">\(closeLink(to: "amend-call"))\(form.button(.save))</div>
      """)
  }

  private var cancelForm: HTML {
    let form = FormView(
      "cancelCapitalCall", about: ["call": call.id.description], first: "cancelled_on", frame)
    return form(
      """
      <h3>\(wording(.cancelCall))</h3>
      <p class="quiet">\(wording(.cancelCallNote))</p>
      <div class="form-row">\
      \(form.date("cancelled_on", .cancelledOn, or: max(frame.today, call.noticeDate)))\
      \(form.text("reason", .reason, most: TextLimit.memo))</div>
      <div class="acts">\(closeLink(to: "cancel-call"))\(form.button(.cancelCall, style: "button button-bad"))</div>
      """)
  }
}

/// The types of calls that firms use, offered as one types.
func callTypeList(_ say: Language) -> HTML {
  let types = say == .ko ? ["최초납입", "추가납입", "수시납입"] : ["Initial call", "Drawdown"]
  let options = types.map { "<option value=\"\($0)\"></option>" as HTML }
  return "<datalist id=\"call-types\">\(options)</datalist>"
}
