import Bookkeeping
import FundModel

/// The audit trail, newest first, with filters and the head that stands for all of it.
func trailPage(_ page: TrailPage.Answer, _ chosen: TrailChoice, frame: PageFrame) -> HTML {
  let say = frame.language
  let main: HTML = """
    <div class="head"><h1>\(say(.trail))</h1></div>
    <p class="trail-note">\(say(.trailNote))</p>
    \(headPanel(page.head, frame))
    \(recordedByNote(chosen, frame))
    \(filters(page, chosen, frame))
    \(list(page, chosen, frame))
    """
  return layout(title: say(.trail), main: main, frame: frame)
}

/// What stands for the whole trail: by it a report can be held against the books later.
private func headPanel(_ head: TrailHead?, _ frame: PageFrame) -> HTML {
  guard let head else { return .none }
  let say = frame.language
  let time = frame.civilTime(head.stamp.recordedAt).toTheSecond
  return """
    <section class="panel panel-body trail-head" aria-labelledby="trail-head">
    <h2 id="trail-head">\(say(.trailHead))</h2>
    <p><a href="\(frame.trailLink(head.stamp.sequence))"><b>\(head.stamp.sequence)</b></a> · \
    <time datetime="\(head.stamp.recordedAt.description)">\(time)</time></p>
    <p class="digest" id="head-digest">\(head.digest)</p>
    <p class="quiet">\(say(.trailHeadNote))</p></section>
    """
}

private func recordedByNote(_ chosen: TrailChoice, _ frame: PageFrame) -> HTML {
  guard let day = chosen.recordedBy else { return .none }
  return """
    <p class="note">\(icon("note"))<span>\(frame.language(.recordedBy(day))) \
    <a id="any-day" href="\(frame.address.with("reference_date", nil).with("before", nil).text)">\
    \(frame.language(.wholeTrail))</a></span></p>
    """
}

// MARK: filters

private func filters(
  _ page: TrailPage.Answer, _ chosen: TrailChoice, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let own: Set = ["person", "command", "fund", "from", "to", "before"]
  let kept = frame.address.parameters.filter { !own.contains($0.name) }
  let commands = page.commands.map { (value: $0, words: say(.done(byCommand: $0))) }
    .sorted { $0.words < $1.words }
  let funds = page.funds.map { (value: $0.id.description, words: $0.terms.name) }
  let clear: HTML = .when(
    chosen.narrows,
    """
    <a class="clear-filters" id="clear-filters" href="\(own.reduce(frame.address) {
      $0.with($1, nil)
    }.text)">\(say(.clearFilters))</a>
    """)
  return """
    <form class="filters" id="filters" method="get" action="\(PageFrame.trailPath)" \
    aria-label="\(say(.filters))">\(kept.map(hiddenField))
    \(choiceList("person", .trailWho, page.actors.map { ($0, say(.recorder($0))) }, chosen: chosen.person, say))
    \(choiceList("command", .trailWhat, commands, chosen: chosen.command, say))
    \(choiceList("fund", .fund, funds, chosen: chosen.fund?.description, say))
    \(dayField("from", .recordedFrom, chosen.from, chosen, say))
    \(dayField("to", .recordedTo, chosen.to, chosen, say))
    <button class="button" id="apply-filters" type="submit">\(say(.apply))</button>
    \(clear)
    </form>
    """
}

private func dayField(
  _ name: String, _ label: Phrase, _ day: CalendarDate?, _ chosen: TrailChoice, _ say: Language
) -> HTML {
  let unread = chosen.unread.first { $0.name == name }
  let invalid: HTML =
    unread == nil ? .none : " aria-invalid=\"true\" aria-describedby=\"filter-\(name)-problem\""
  let problem: HTML =
    unread.map { unread in
      """
      <span class="err" id="filter-\(name)-problem" role="alert">\(icon("overdue"))\
      <span>\(say(unread.problem.sentence))</span></span>
      """
    } ?? .none
  return """
    <span class="pick"><label for="filter-\(name)">\(say(label))</label>\
    <input class="input" id="filter-\(name)" name="\(name)" \
    value="\(unread?.typed ?? day?.description ?? "")" maxlength="32" inputmode="numeric" \
    autocomplete="off" spellcheck="false"\(invalid)>\(problem)</span>
    """
}

// MARK: entries

private func list(_ page: TrailPage.Answer, _ chosen: TrailChoice, _ frame: PageFrame) -> HTML {
  let say = frame.language
  guard !page.lines.isEmpty else {
    let empty: Phrase = page.head == nil ? .emptyTrail : .nothingInTrail
    return "<div class=\"empty\"><p>\(say(empty))</p></div>"
  }
  let heads: [(Phrase, String)] = [
    (.trailNumber, "n no"), (.trailWhat, "name"), (.trailAbout, ""), (.trailCash, "n key"),
    (.trailWhen, ""), (.trailWho, ""),
  ]
  let headings = heads.map { words, style -> HTML in
    "<th scope=\"col\"\(HTML.when(!style.isEmpty, " class=\"\(style)\""))>\(say(words))</th>"
  }
  let rows = page.lines.map { line($0.entry, $0.subject, frame) }
  return """
    <section class="panel stacking"><div class="box box-plain trail-box" id="box-trail" \
    role="region" tabindex="0" aria-label="\(say(.trailList))">\
    <table class="ledger ledger-roomy stacks"><thead><tr>\(headings)</tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    \(pages(page, frame))
    """
}

private func line(_ entry: AuditEntry, _ subject: TrailSubject, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let sequence = entry.stamp.sequence
  return """
    <tr data-audit="\(sequence)"><td class="n no" data-label="\(say(.trailNumber))">\(sequence)</td>\
    <th scope="row" class="name"><a href="\(frame.trailLink(sequence))">\
    \(say(.done(byCommand: entry.command)))<span class="unseen"> \(sequence)</span></a></th>\
    <td>\(wrapped(trailAbout(subject, frame)))</td>\
    <td class="n key">\(cash(subject.cash, say))</td>\
    <td><time datetime="\(entry.stamp.recordedAt.description)">\
    \(frame.civilTime(entry.stamp.recordedAt).toTheSecond)</time></td>\
    <td data-label="\(say(.trailWho))">\(say(.recorder(entry.actor)))</td></tr>

    """
}

/// `미래투자조합 · 2차 · 개인투자자`, with the ways there; `조합 8개` where it is about many.
func trailAbout(_ subject: TrailSubject, _ frame: PageFrame) -> HTML {
  let say = frame.language
  var parts: [HTML] = []
  if let fund = subject.fund, fund.isWithdrawn {
    parts.append("\(fund.name)")
  } else if let fund = subject.fund {
    parts.append("<a href=\"\(frame.fundLink(fund.id))\">\(fund.name)</a>")
  } else if subject.fundCount > 0 {
    parts.append("\(say(.fundCount(subject.fundCount)))")
  }
  if let call = subject.call {
    parts.append(
      "<a href=\"\(frame.callLink(call.id))\">\(say(.callNumber(call.number, type: "")))</a>")
  } else if subject.callCount > 0 {
    parts.append("\(say(.callsAbout(subject.callCount)))")
  }
  if let party = subject.party {
    parts.append("\(party)")
  } else if subject.partyCount > 0 {
    parts.append("\(say(.partyCount(subject.partyCount)))")
  }
  if let user = subject.user { parts.append("\(user)") }
  guard !parts.isEmpty else { return "\(Wording.absent)" }
  let listed = parts.enumerated().map { index, part -> HTML in index == 0 ? part : " · \(part)" }
  return "\(listed)"
}

/// The amount, and the day or days that it is dated.
private func cash(_ cash: TrailSubject.Cash?, _ say: Language) -> HTML {
  guard let cash else { return .none }
  let days = cash.from == cash.to ? "\(cash.from)" : "\(cash.from) – \(cash.to)"
  guard let paid = cash.paid else {
    return "\(say(.entryCount(cash.count))) <small>\(days)</small>"
  }
  return "\(exactAmount(paid, say)) <small>\(days)</small>"
}

private func pages(_ page: TrailPage.Answer, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let newest: HTML = .when(
    frame.address["before"] != nil,
    """
    <a class="button" id="newest" href="\(frame.address.with("before", nil).text)">\
    \(say(.newest))</a>
    """)
  let older: HTML =
    page.next.map { next in
      """
      <a class="button" id="older" href="\(frame.address.with("before", String(next)).text)">\
      \(say(.older))</a>
      """
    } ?? .none
  return "<p class=\"acts acts-start\">\(newest)\(older)</p>"
}
