import Bookkeeping
import FundModel

/// What the page of changes was asked for.
struct ChangesAsked: Sendable {
  /// `nil` until a moment is given.
  let since: KnownMoment?
  /// A moment that could not be read, or one that is none: stays in its field.
  let unread: PageFrame.UnreadMoment?
  let fund: Fund.ID?
  let funds: [Fund]
}

/// Which figures of the reference date moved since an earlier moment, by how much, and through which
/// entries of the trail. What is dated into days that were past already leads.
func changesPage(
  _ changes: ChangesSince.Answer?, _ asked: ChangesAsked, frame: PageFrame
) -> HTML {
  let say = frame.language
  let wording = Wording(say, .won)
  let main: HTML = """
    <div class="head"><h1>\(say(.changesTitle))</h1>\
    <p class="head-note">\(say(.exactAmounts))</p></div>
    \(askForm(asked, frame))
    \(changes.map { body($0, asked, wording, frame) } ?? .none)
    """
  return layout(title: say(.changesTitle), main: main, frame: frame)
}

private func askForm(_ asked: ChangesAsked, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let kept = frame.address.parameters.filter { !["since", "fund"].contains($0.name) }
  let options = asked.funds.map { fund -> HTML in
    """
    <option value="\(fund.id)"\(HTML.when(fund.id == asked.fund, " selected"))>\
    \(fund.terms.name)</option>
    """
  }
  let typed = asked.unread?.typed ?? asked.since?.time.typed ?? ""
  let invalid: HTML =
    asked.unread == nil ? .none : " aria-invalid=\"true\" aria-describedby=\"since-problem\""
  let problem: HTML =
    asked.unread.map { unread in
      """
      <span class="err" id="since-problem" role="alert">\(icon("overdue"))\
      <span>\(say(unread.sentence))</span></span>
      """
    } ?? .none
  let hint: HTML = .when(
    asked.since == nil && asked.unread == nil,
    "<p class=\"note\">\(icon("note"))<span>\(say(.sinceNeeded))</span></p>")
  return """
    <form class="filters" id="since-form" method="get" action="\(PageFrame.changesPath)" \
    aria-label="\(say(.changesTitle))">\(kept.map(hiddenField))
    <span class="pick"><label for="since">\(say(.sinceMoment))</label>\
    <input class="input since-field" id="since" name="since" value="\(typed)" maxlength="40" \
    autocomplete="off" spellcheck="false"\(invalid)>\(problem)</span>
    <label class="pick"><span>\(say(.fund))</span><select id="since-fund" name="fund">\
    <option value="">\(say(.allOfThem))</option>\(options)</select></label>
    <button class="button" id="show-changes" type="submit">\(say(.show))</button>
    </form>
    \(hint)
    """
}

private func body(
  _ changes: ChangesSince.Answer, _ asked: ChangesAsked, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let then = asked.since?.time.typed ?? ""
  let now = frame.knownMoment.map { Phrase.asKnownAt($0.time.typed) } ?? .asKnownNow
  let note: HTML = """
    <p class="trail-note">\(wording(.comparing(frame.referenceDate, then, now)))</p>
    """
  guard !changes.funds.isEmpty || !changes.backDated.isEmpty else {
    return "\(note)<div class=\"empty\"><p>\(wording(.nothingMoved))</p></div>"
  }
  let totals = changes.totals.map { total -> HTML in
    figuresTable(
      "total-\(total.currency.code)", heading: "\(wording(.summary(of: total.currency)))",
      total.figures, side: nil, changes, wording, frame)
  }
  let funds = changes.funds.map { fundChanges($0, changes, wording, frame) }
  return """
    \(note)
    \(backDatedPanel(changes, wording, frame))
    \(totals)
    \(funds)
    """
}

// MARK: what was dated before and recorded after

private func backDatedPanel(
  _ changes: ChangesSince.Answer, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  guard !changes.backDated.isEmpty else { return .none }
  let rows = changes.backDated.prefix(mostLines).map { line -> HTML in
    let about = [
      "<a href=\"\(frame.fundLink(line.fund.id))\">\(line.fund.terms.name)</a>" as HTML,
      line.call.map {
        "<a href=\"\(frame.callLink($0.id))\">\(wording(.callNumber($0.number, type: "")))</a>"
      },
      line.party.map { "\($0)" },
    ].compactMap { $0 }.enumerated().map { index, part -> HTML in
      index == 0 ? part : " · \(part)"
    }
    return """
      <tr><td>\(line.day?.description ?? wording(.fromTheBeginning))</td><th scope="row" class="name">\(wording(.what(line.what)))</th>\
      <td>\(wrapped("\(about)"))</td>\
      <td class="n key">\(line.amount.map { exactChange($0, wording) } ?? Wording.absent)</td>\
      <td>\(throughEntry(line.sequence, changes, frame))</td></tr>

      """
  }
  let heads: [(Phrase, String)] = [
    (.dated, ""), (.trailWhat, "name"), (.trailAbout, ""), (.amount, "n key"), (.through, ""),
  ]
  let day = min(changes.lastPastDay, frame.referenceDate)
  let more: HTML = .when(
    changes.backDated.count > mostLines,
    "<p class=\"panel-empty\">\(wording(.lineCount(changes.backDated.count)))</p>")
  return """
    <section class="panel stacking lead-panel">
    <div class="panel-head"><h2 id="panel-back-dated">\(icon("overdue"))\(wording(.backDated))</h2>\
    <span>\(wording(.lineCount(changes.backDated.count)))</span></div>
    <p class="lead-note">\(wording(.backDatedNote(day)))</p>
    <div class="box box-plain" id="box-back-dated" role="region" tabindex="0" \
    aria-labelledby="panel-back-dated"><table class="ledger ledger-roomy stacks">
    <thead><tr>\(headings(heads, wording))</tr></thead>
    <tbody>\(Array(rows))</tbody></table></div>\(more)</section>
    """
}

/// More would hide the figures below; the trail has them all.
private let mostLines = 200

private func headings(_ heads: [(Phrase, String)], _ wording: Wording) -> [HTML] {
  heads.map { words, style in
    "<th scope=\"col\"\(HTML.when(!style.isEmpty, " class=\"\(style)\""))>\(wording(words))</th>"
  }
}

// MARK: figures

private func fundChanges(
  _ fund: ChangesSince.FundChanges, _ changes: ChangesSince.Answer, _ wording: Wording,
  _ frame: PageFrame
) -> HTML {
  let link: HTML = "<a href=\"\(frame.fundLink(fund.fund.id))\">\(fund.fund.terms.name)</a>"
  let new: HTML = .when(fund.before == nil, " <small>\(wording(.newFundSince))</small>")
  let commitments = fund.commitments.map { commitment -> HTML in
    let side = commitment.commitment.side
    return figuresTable(
      "commitment-\(commitment.commitment.id)",
      heading: """
        \(commitment.commitment.party.name) <small>\(wording(SideWords(side).title))</small>
        """, commitment.figures, of: fund.fund.id, side: side, changes, wording, frame)
  }
  let sides = fund.sides.map { each -> HTML in
    figuresTable(
      "side-\(each.side.rawValue)-\(fund.fund.id)",
      heading: "\(fund.fund.terms.name) <small>\(wording(SideWords(each.side).title))</small>",
      each.figures, of: fund.fund.id, side: each.side, changes, wording, frame)
  }
  return """
    \(HTML.when(
      !fund.figures.isEmpty,
      figuresTable(
        "fund-\(fund.fund.id)", heading: "\(link)\(new)", fund.figures, of: fund.fund.id, side: nil, changes,
        wording, frame)))
    \(termsTable(fund, wording))
    \(sides)
    \(commitments)
    """
}

private func figuresTable(
  _ id: String, heading: HTML, _ figures: [MovedFigure], of fund: Fund.ID? = nil, side: Side?,
  _ changes: ChangesSince.Answer, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let explains = figures.contains { !$0.steps.isEmpty }
  let rows = figures.map { figure -> HTML in
    let steps = figure.steps.map { step($0, of: fund, changes, wording, frame) }
    let through: HTML = .when(explains, "<td><ul class=\"steps\">\(steps)</ul></td>")
    return """
      <tr data-figure="\(figure.name.key)">\
      <th scope="row" class="name">\(wording(.name(of: figure.name, on: side)))</th>\
      <td class="n" data-label="\(wording(.figureThen))">\(text(figure.before, wording))</td>\
      <td class="n" data-label="\(wording(.figureNow))">\(text(figure.after, wording))</td>\
      <td class="n key">\(change(from: figure.before, to: figure.after, wording))</td>\(through)</tr>

      """
  }
  let heads: [(Phrase, String)] =
    [(.figure, "name"), (.figureThen, "n"), (.figureNow, "n"), (.difference, "n key")]
    + (explains ? [(.through, "")] : [])
  return """
    <section class="panel stacking moved">
    <div class="panel-head"><h2 id="panel-\(id)">\(heading)</h2></div>
    <div class="box box-plain" id="box-\(id)" role="region" tabindex="0" \
    aria-labelledby="panel-\(id)"><table class="ledger ledger-roomy stacks">
    <thead><tr>\(headings(heads, wording))</tr></thead><tbody>\(rows)</tbody></table></div></section>
    """
}

/// `+40,000,000원 58 납입 기록 · maria`.
private func step(
  _ step: MovedFigure.Step, of fund: Fund.ID?, _ changes: ChangesSince.Answer,
  _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let moved = change(from: step.before, to: step.after, wording)
  guard step.span.count == 1 else {
    let trail = frame.address.other(PageFrame.trailPath)
      .with("fund", fund?.description)
      .with("before", String(step.span.last.addingReportingOverflow(1).partialValue))
    let who = step.span.actors(in: changes.entries)
      .map { wording(.recorder($0)) }.joined(separator: ", ")
    return """
      <li><b>\(moved)</b> <a href="\(trail.text)">\(step.span.first)–\(step.span.last)</a> \
      \(wording(.entriesTogether(step.span.count))) <small>· \(who)</small></li>
      """
  }
  return "<li><b>\(moved)</b> \(throughEntry(step.span.first, changes, frame))</li>"
}

private func throughEntry(
  _ sequence: Int64, _ changes: ChangesSince.Answer, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  guard let entry = changes.entries[sequence] else {
    return "<a href=\"\(frame.trailLink(sequence))\">\(sequence)</a>"
  }
  return """
    <span class="through"><a href="\(frame.trailLink(sequence))">\(sequence) \
    \(say(.done(byCommand: entry.command)))</a> <small>\
    \(frame.civilTime(entry.stamp.recordedAt).toTheSecond) · \(say(.recorder(entry.actor)))</small></span>
    """
}

private func text(_ value: MovedFigure.Value, _ wording: Wording) -> String {
  switch value {
  case .amount(let amount): exactAmount(amount, wording.language)
  case .ratio(let percent): wording.ratio(percent)
  case .count(let count): wording.count(count)
  }
}

/// How far apart two values are; of ratios, which don't add up, the later one.
private func change(
  from before: MovedFigure.Value, to after: MovedFigure.Value, _ wording: Wording
) -> String {
  switch (try? after.change(since: before)) ?? nil {
  case .amount(let amount): exactChange(amount, wording)
  case .count(let count):
    (count > 0 ? "+" : "") + withMinusSign(String(count))
  case .ratio, nil: before == after ? Wording.absent : "→ \(text(after, wording))"
  }
}

private func exactChange(_ amount: Money, _ wording: Wording) -> String {
  let text = exactAmount(amount, wording.language)
  guard amount.isPositive else { return text }
  guard let space = text.firstIndex(of: " ") else { return "+" + text }
  return "\(text[...space])+\(text[text.index(after: space)...])"
}

/// What of the fund's own terms reads otherwise.
private func termsTable(_ fund: ChangesSince.FundChanges, _ wording: Wording) -> HTML {
  guard let before = fund.before else { return .none }
  let lines = (OverviewLine(number: 0, row: before), OverviewLine(number: 0, row: fund.after))
  let rows = OverviewColumn.all.filter { $0.figure == nil && $0.key != "company_count" }
    .compactMap { column -> HTML? in
      let (was, now) = (column.text(lines.0, wording), column.text(lines.1, wording))
      guard was != now else { return nil }
      return """
        <tr><th scope="row" class="name">\(wording(column.heading))</th>\
        <td data-label="\(wording(.figureThen))">\(was)</td>\
        <td data-label="\(wording(.figureNow))">\(now)</td></tr>
        """
    }
  let basis: HTML = .when(
    before.basis != fund.after.basis,
    """
    <tr><th scope="row" class="name">\(wording(.paidInBasis))</th>\
    <td data-label="\(wording(.figureThen))">\(wording(.basis(before.basis)))</td>\
    <td data-label="\(wording(.figureNow))">\(wording(.basis(fund.after.basis)))</td></tr>
    """)
  guard !rows.isEmpty || !basis.markup.isEmpty else { return .none }
  let heads: [(Phrase, String)] = [(.field, "name"), (.figureThen, ""), (.figureNow, "")]
  return """
    <section class="panel stacking"><div class="panel-head"><h2 id="panel-terms-\(fund.fund.id)">\
    \(fund.fund.terms.name) <small>\(wording(.termsChanged))</small></h2></div>
    <table class="ledger ledger-roomy stacks" aria-labelledby="panel-terms-\(fund.fund.id)">
    <thead><tr>\(headings(heads, wording))</tr></thead><tbody>\(basis)\(rows)</tbody></table></section>
    """
}

extension MovedFigure.Name {
  /// What programs call it.
  var key: String {
    switch self {
    case .figure(let figure): figure.rawValue
    case .companies: "company_count"
    }
  }
}
