import Bookkeeping
import FundModel

/// The terms of a fund: a form to amend them, on paper a list in its place, and what they were
/// before.
func termsTab(_ content: FundPageContent, _ wording: Wording, _ frame: PageFrame) -> HTML {
  """
  \(pastDateNote(frame))
  <dl class="terms panel\(HTML.when(frame.offersForms, " on-paper"))">\(terms(content.standing, wording))\
  \(promised(content.standing.row, wording))</dl>
  <div class="halves">
  \(frame.offer("<div class=\"stack not-on-paper\">\(amendForm(content, frame))\(totalForm(content, frame))</div>"))
  <div class="stack">\(versionsPanel(content, wording, frame))\(changesPanel(content, wording, frame))</div>
  </div>
  """
}

private func promised(_ row: OverviewRow, _ wording: Wording) -> HTML {
  let amounts = [
    (Phrase.commitmentTotal, row.commitmentTotal), (.gpCommitment, row.fund.terms.gpCommitment),
  ]
  let list = amounts.map { words, amount -> HTML in
    "<div><dt>\(wording(words))</dt><dd>\(exactAmount(amount, wording.language))</dd></div>"
  }
  return "\(list)"
}

private func amendForm(_ content: FundPageContent, _ frame: PageFrame) -> HTML {
  let fund = content.standing.row.fund
  let terms = fund.terms
  let form = FormView("amendFund", about: ["fund": fund.id.description], frame)
  let texts: [(name: String, label: Phrase, value: String, most: Int)] = [
    ("name", .fundName, terms.name, TextLimit.name),
    ("fund_type", .fundType, terms.fundType, TextLimit.word),
    ("fund_manager", .manager, terms.fundManager, TextLimit.word),
  ]
  let dates: [(name: String, label: Phrase, value: CalendarDate?)] = [
    ("formation_date", .formation, terms.formationDate),
    ("investment_period_end", .investmentPeriodEnd, terms.investmentPeriodEnd),
    ("maturity_date", .maturity, terms.maturityDate),
    ("dissolution_date", .dissolution, terms.dissolutionDate),
  ]
  let textFields = texts.map { field -> HTML in
    """
    \(form.was(field.name, field.value))\
    \(form.text(field.name, field.label, or: field.value, most: field.most))
    """
  }
  let dateFields = dates.map { field -> HTML in
    """
    \(form.was(field.name, field.value?.description ?? ""))\
    \(form.date(field.name, field.label, or: field.value))
    """
  }
  let hurdle = terms.hurdleRate?.digits ?? ""
  let gp = typedText(terms.gpCommitment)
  let body: HTML = """
    <h2>\(frame.language(.amendFund))</h2>
    \(textFields)
    <div class="form-row">\(dateFields)</div>
    \(form.was("gp_commitment", gp))\
    \(form.amount("gp_commitment", .gpCommitment, or: terms.gpCommitment, in: fund.currency))
    \(form.was("hurdle_rate", hurdle))\
    \(form.text("hurdle_rate", .hurdlePercent, or: hurdle, most: 32))
    <div class="acts">\(form.button(.save))</div>
    """
  return "<section class=\"panel panel-body\">\(form(body))</section>"
}

private func totalForm(_ content: FundPageContent, _ frame: PageFrame) -> HTML {
  let row = content.standing.row
  let form = FormView("changeCommitmentTotal", about: ["fund": row.fund.id.description], frame)
  let body: HTML = """
    <h2>\(frame.language(.changeTotal))</h2>
    <p class="quiet">\(frame.language(.commitmentTotal)) \
    \(exactAmount(row.commitmentTotal, frame.language))</p>
    \(form.amount("amount", .changeBy, in: row.fund.currency))
    <div class="form-row">\(form.date("effective_on", .effectiveOn, or: frame.today))\
    \(form.text("reason", .reason, most: TextLimit.memo))</div>
    <div class="acts">\(form.button(.save))</div>
    """
  return "<section class=\"panel panel-body\">\(form(body))</section>"
}

private func versionsPanel(
  _ content: FundPageContent, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let rows = zip(content.versions, content.versions.dropFirst()).reversed().flatMap {
    before, after in
    changes(from: before, to: after, wording).map { change -> HTML in
      """
      <tr><td>\(frame.civilDate(after.recorded.recordedAt))</td>\
      <th scope="row" class="name">\(wording(change.field))</th>\
      <td data-label="\(wording(.before))">\(wrapped("\(change.before)"))</td>\
      <td data-label="\(wording(.after))">\(wrapped("\(change.after)"))</td></tr>
      """
    }
  }
  let heads = [Phrase.recordedAt, .field, .before, .after].map { words -> HTML in
    "<th scope=\"col\">\(wording(words))</th>"
  }
  return tablePanel(
    "versions", .versions, "",
    rows.isEmpty ? nil : "<thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody>",
    .neverAmended, stacks: true, wording)
}

/// The commitment total and the commitments as they were changed; what counts only after the
/// reference date is paler.
private func changesPanel(
  _ content: FundPageContent, _ wording: Wording, _ frame: PageFrame
) -> HTML {
  let day = content.standing.row.referenceDate
  let rows = content.changes.map { change -> HTML in
    let isAhead = change.effectiveOn.map { $0 > day } ?? false
    let side: HTML =
      change.side.map { " <small>\(wording(SideWords($0).title))</small>" } ?? .none
    let from = change.effectiveOn.map { $0.description } ?? wording(.fromTheBeginning)
    return """
      <tr\(HTML.when(isAhead, " class=\"uncounted\""))>\
      <th scope="row" class="name">\(wrapped("\(change.party ?? wording(.commitmentTotal))\(side)"))</th>\
      <td data-label="\(wording(.effectiveOn))">\(from)</td>\
      <td class="n" data-label="\(wording(.before))">\(exactAmount(change.before, wording.language))</td>\
      <td class="n key">\(exactAmount(change.after, wording.language))</td>\
      <td>\(wrapped("\(change.reason.isEmpty ? Wording.absent : change.reason)"))</td>\
      <td data-label="\(wording(.recordedBy))">\(wrapped("\(frame.civilDate(change.recorded.recordedAt)) \(wording(.recorder(change.actor)))"))</td></tr>

      """
  }
  let heads: [(Phrase, String)] = [
    (.commitment, "name"), (.effectiveOn, ""), (.before, "n"), (.after, "n key"), (.reason, ""),
    (.recordedBy, ""),
  ]
  let headings = heads.map { words, style -> HTML in
    "<th scope=\"col\"\(HTML.when(!style.isEmpty, " class=\"\(style)\""))>\(wording(words))</th>"
  }
  return tablePanel(
    "changes", .commitmentChanges, "",
    rows.isEmpty ? nil : "<thead><tr>\(headings)</tr></thead><tbody>\(rows)</tbody>",
    .noCommitmentChanged, stacks: true, wording)
}

/// What differs from one version to the next, field by field.
private func changes(
  from before: FundVersions.Version, to after: FundVersions.Version, _ wording: Wording
) -> [(field: Phrase, before: String, after: String)] {
  func values(_ version: FundVersions.Version) -> [(Phrase, String)] {
    let terms = version.terms
    return [
      (.fundName, terms.name), (.fundType, terms.fundType), (.manager, terms.fundManager),
      (.generalPartner, version.generalPartner ?? ""),
      (.formation, wording.date(terms.formationDate)),
      (.investmentPeriodEnd, wording.date(terms.investmentPeriodEnd)),
      (.maturity, wording.date(terms.maturityDate)),
      (.dissolution, wording.date(terms.dissolutionDate)),
      (.gpCommitment, exactAmount(terms.gpCommitment, wording.language)),
      (.hurdle, wording.rate(terms.hurdleRate)),
    ]
  }
  return zip(values(before), values(after)).filter { $0.1 != $1.1 }.map {
    (
      field: $0.0, before: $0.1.isEmpty ? Wording.absent : $0.1,
      after: $1.1.isEmpty ? Wording.absent : $1.1
    )
  }
}
