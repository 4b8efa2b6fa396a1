package import FundModel

/// What makes up one figure: the figure, its rule, and the lines or the formula that come to it.
/// Amounts are exact, whatever the unit of other pages.
///
/// - Parameters:
///   - timeline: of the fund, or of the currency, for the rail.
///   - life: of all funds, where the figure is not one fund's.
package func explainPage(
  _ explanation: Explanation, timeline: CashTimeline? = nil, life: LifeOfFunds? = nil,
  frame: PageFrame
) -> HTML {
  let wording = Wording(frame.language, .won)
  let title = title(of: explanation, wording)
  let main: HTML = """
    \(explainHead(explanation, title, wording, frame))
    \(explainNotes(explanation, wording))
    \(explainAccount(explanation, wording, frame))
    """
  let announcement = Phrase.explainedAnnouncement(
    on: explanation.referenceDate, title, wording.value(explanation.value),
    unit: explanation.unit(wording))
  let reach =
    life
    ?? LifeOfFunds(of: [explanation.subject.fund?.terms].compactMap { $0 }, around: frame.today)
  return layout(
    title: title, main: main, rail: timeline.map { rail($0, over: reach, frame) } ?? .none,
    announcement: frame.language(announcement), frame: frame)
}

extension Wording {
  func value(_ value: Explanation.Value) -> String {
    switch value {
    case .amount(let amount): self.amount(amount)
    case .ratio(let percent): ratio(percent)
    }
  }
}

extension Explanation {
  /// Beside the figure; a ratio says it itself.
  fileprivate func unit(_ wording: Wording) -> Phrase {
    switch value {
    case .amount(let amount): wording.unit.shortName(for: amount.currency)
    case .ratio: Phrase("")
    }
  }

  /// What the figure is called.
  var name: Phrase { .name(of: question.figure, on: subject.side) }
}

/// `미래투자조합 · 개인투자자 · 납입액`.
private func title(of explanation: Explanation, _ wording: Wording) -> String {
  (subjectNames(explanation.question, explanation.subject, wording) + [wording(explanation.name)]
    + (explanation.question.since.map { [wording(.changeSince($0))] } ?? []))
    .joined(separator: " · ")
}

/// From the widest to the narrowest.
private func subjectNames(
  _ question: FigureQuestion, _ subject: Explanation.Subject, _ wording: Wording
) -> [String] {
  guard let fund = subject.fund else {
    let formed = if case .total(_, formedOnly: true) = question.scope { true } else { false }
    return [
      wording(formed ? .formedFundsTotal : .allFundsTotal),
      wording(Phrase(nameOf: subject.currency)),
    ]
  }
  var names = [fund.terms.name]
  if case .side(let side, _) = question.scope { names.append(wording(SideWords(side).title)) }
  if let commitment = subject.commitment { names.append(commitment.party.name) }
  if let call = subject.call {
    names.append(wording(.callNumber(call.number, type: call.callType)))
  }
  return names
}

private func explainHead(
  _ explanation: Explanation, _ title: String, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let unit = wording(explanation.unit(wording))
  let mark = statedMark(wording.mark(explanation.basis))
  let isCall = if case .call = explanation.question.scope { true } else { false }
  let rule: Phrase =
    explanation.question.since.map { .ruleOfChange(since: $0) }
    ?? (isCall && explanation.question.figure == .paidPercent
      ? .ruleOfCallPercent
      : .rule(of: explanation.question.figure, on: explanation.subject.side))
  return """
    <div class="head head-fund">\(crumbs(explanation.subject, wording, frame))<h1>\(title)</h1></div>
    <section class="panel explained">\
    <p class="explained-figure">\(mark)<b id="explained">\(wording.value(explanation.value))</b>\
    \(HTML.when(!unit.isEmpty, " <small>\(unit)</small>"))</p>\
    <p class="explained-rule">\(wording(rule))</p></section>
    """
}

/// The ways back: to the overview, to the fund, to the commitment and the call.
private func crumbs(
  _ subject: Explanation.Subject, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  var ways: [HTML] = [
    "<a id=\"to-overview\" href=\"\(frame.wayBack.text)\">\(wording(.fundOverview))</a>"
  ]
  if let fund = subject.fund {
    ways.append("<a id=\"to-fund\" href=\"\(frame.fundLink(fund.id))\">\(fund.terms.name)</a>")
  }
  if let commitment = subject.commitment, commitment.side == .investments {
    ways.append(
      """
      <a id="to-investment" href="\(frame.investmentLink(commitment.id))">\
      \(commitment.party.name)</a>
      """)
  }
  if let call = subject.call {
    ways.append(
      """
      <a id="to-call" href="\(frame.callLink(call.id))">\
      \(wording(.callNumber(call.number, type: call.callType)))</a>
      """)
  }
  let listed = ways.enumerated().map { index, way -> HTML in index == 0 ? way : " › \(way)" }
  return "<p class=\"crumb\">\(listed)</p>"
}

/// What a figure that rests on stated amounts needs to be understood.
private func explainNotes(_ explanation: Explanation, _ wording: Wording) -> HTML {
  var notes: [Phrase] = []
  switch explanation.basis {
  case .cash: break
  case .stated: notes.append(.statedExplained)
  case .mixed: notes.append(.partlyStatedExplained)
  }
  if case .lines(let lines) = explanation.account,
    lines.contains(where: { $0.kind == .gpCommitment })
  {
    notes.append(.gpPartRule)
  }
  let paragraphs = notes.map { note -> HTML in
    "<p class=\"note\">\(icon("note"))<span>\(wording(note))</span></p>"
  }
  return "\(paragraphs)"
}
