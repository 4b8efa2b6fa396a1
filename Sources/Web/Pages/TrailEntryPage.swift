import Bookkeeping
import FundModel

/// One entry of the audit trail: what was asked, what it changed from and to, the rows that it wrote.
func trailEntryPage(_ entry: TrailEntryInFull, frame: PageFrame) -> HTML {
  let say = frame.language
  let title = say(
    .entryOfTrail(entry.entry.stamp.sequence, .done(byCommand: entry.entry.command)))
  let trail = frame.address.other(PageFrame.trailPath)
  let main: HTML = """
    <div class="head head-fund"><p class="crumb"><a id="to-trail" href="\(trail.text)">\
    \(say(.trail))</a></p><h1>\(title)</h1></div>
    \(facts(entry, frame))
    \(ways(entry, frame))
    \(askedPanel(entry, frame))
    \(changesPanel(entry, frame))
    \(rowsPanel(entry, frame))
    """
  return layout(title: title, main: main, frame: frame)
}

private func facts(_ entry: TrailEntryInFull, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let stamp = entry.entry.stamp
  let facts: [(Phrase, HTML)] = [
    (
      .trailWhen,
      """
      <time datetime="\(stamp.recordedAt.description)">\
      \(frame.civilTime(stamp.recordedAt).toTheSecond)</time>
      """
    ),
    (.trailWho, "\(say(.recorder(entry.entry.actor)))"),
    (.trailAbout, trailAbout(entry.subject, frame)),
    (.trailCommand, "\(entry.entry.command)"),
    (.requestKey, "\(say(entry.entry.requestKey == nil ? .keyLacking : .keyGiven))"),
  ]
  let listed = (facts + undoing(entry, frame)).map { words, value -> HTML in
    "<div><dt>\(say(words))</dt><dd>\(value)</dd></div>"
  }
  let seal: HTML =
    entry.entry.digest.map { "<span class=\"digest\">\($0)</span>" } ?? "\(say(.sealLacking))"
  return """
    <section class="panel panel-body"><dl class="terms trail-facts">\(listed)</dl>\
    <dl class="trail-seal"><div><dt>\(say(.sealDigest))</dt><dd>\(seal)</dd></div></dl></section>
    """
}

/// What took an import back, and what an undo took back, with the ways there.
private func undoing(_ entry: TrailEntryInFull, _ frame: PageFrame) -> [(Phrase, HTML)] {
  let say = frame.language
  func link(_ sequence: Int64) -> HTML {
    "<a href=\"\(frame.trailLink(sequence))\">\(say(.recordedAs(sequence)))</a>"
  }
  if let undone = entry.importing?.undone {
    let time = frame.civilTime(undone.recordedAt).toTheMinute
    return [
      (.undone, "\(link(undone.sequence)) · \(time) <small>\(say(.importedAgain))</small>")
    ]
  }
  return entry.undid.map { [(.importThatItUndid, link($0))] } ?? []
}

/// The books as they stood after it, what changed since, its neighbours.
private func ways(_ entry: TrailEntryInFull, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let instant = entry.entry.stamp.recordedAt.description
  let fund = entry.subject.fund.flatMap { $0.isWithdrawn ? nil : $0 }
  let path = fund.map { PageFrame.fundPath($0.id) } ?? PageFrame.overviewPath
  let then = frame.address.other(path).with("known_at", instant)
  let since = frame.address.other(PageFrame.changesPath).with("since", instant)
    .with("fund", fund?.id.description)
  func neighbour(_ sequence: Int64?, _ id: String, _ words: Phrase) -> HTML {
    guard let sequence else { return .none }
    return """
      <a class="button" id="\(id)" href="\(frame.trailLink(sequence))">\(say(words)) \(sequence)</a>
      """
  }
  return """
    <p class="acts acts-start"><a class="button" id="books-then" href="\(then.text)">\
    \(icon("clock"))\(say(.booksAtThatMoment))</a>\
    <a class="button" id="changes-since-then" href="\(since.text)">\(say(.changesAfterIt))</a>\
    \(undoWay(entry, frame))\
    \(neighbour(entry.previous, "entry-before", .previousEntry))\
    \(neighbour(entry.next, "entry-after", .nextEntry))</p>
    """
}

/// The way to take an import back, for those who may.
private func undoWay(_ entry: TrailEntryInFull, _ frame: PageFrame) -> HTML {
  guard let record = entry.importing, record.undone == nil else { return .none }
  let way = frame.address.other(PageFrame.importPath).with("do", "undo")
    .with("entry", String(record.recorded.sequence))
  return frame.offer(
    """
    <a class="button" id="undo-import" href="\(way.text)">\(frame.language(.undoImportNow))</a>
    """)
}

// MARK: what was asked

private func askedPanel(_ entry: TrailEntryInFull, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let content = (try? JSONReader.read(Array(entry.entry.content.utf8))) ?? .object([])
  var asked = AskedContent(content, by: entry.facts, say)
  asked.learn(of: entry.user, entry.partyNames)
  let sheets = entry.importing.flatMap { _ in ImportCounts(entry.entry.outcome).tables } ?? []
  let body: HTML =
    if let files = asked.files(entry.importing, sheets) {
      "\(filesTable(files, say))\(sheetsTable(sheets, of: files, say))"
    } else if asked.lines.isEmpty {
      "<p class=\"panel-empty\">\(say(.askedForNothing))</p>"
    } else {
      "<dl class=\"asked\">\(asked.lines.map(askedLine))</dl>"
    }
  return """
    <section class="panel" aria-labelledby="asked"><div class="panel-head">\
    <h2 id="asked">\(say(.askedFor))</h2></div>\(body)
    <details class="raw"><summary>\(say(.rawContent))</summary>\
    <pre tabindex="0">\(entry.entry.content)</pre>\
    \(outcomeLine(entry, isTold: !sheets.isEmpty, say))</details></section>
    """
}

private func askedLine(_ line: AskedContent.Line) -> HTML {
  "<div><dt>\(line.label)</dt><dd>\(line.value)</dd></div>"
}

/// What came of it, where no table says it.
private func outcomeLine(_ entry: TrailEntryInFull, isTold: Bool, _ say: Language) -> HTML {
  guard !isTold else { return .none }
  return "<p class=\"quiet\">\(say(.outcome)): \(entry.entry.outcome)</p>"
}

private func filesTable(_ files: [AskedContent.File], _ say: Language) -> HTML {
  let rows = files.map { file -> HTML in
    """
    <tr><th scope="row" class="name">\(wrapped("\(file.name)"))</th>\(rowCounts(file.rows, say))\
    <td class="n" data-label="\(say(.fileBytes))">\(groupedDigits(file.bytes))</td>\
    <td><span class="digest">\(file.sha256)</span></td></tr>

    """
  }
  return """
    <div class="stacking"><div class="box box-plain" id="box-files" role="region" tabindex="0" \
    aria-label="\(say(.files))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.fileName))</th>\(countHeadings(say))\
    <th scope="col" class="n">\(say(.fileBytes))</th><th scope="col">SHA-256</th></tr></thead>
    <tbody>\(rows)</tbody></table></div></div>
    """
}

/// What became of the rows of each sheet; nothing where the files are the sheets.
private func sheetsTable(
  _ sheets: [ImportCounts.Table], of files: [AskedContent.File], _ say: Language
) -> HTML {
  guard !sheets.isEmpty, sheets.map(\.name) != files.map(\.name) else { return .none }
  let rows = sheets.map { sheet -> HTML in
    """
    <tr><th scope="row" class="name">\(wrapped("\(sheet.name)"))</th>\(rowCounts(sheet, say))</tr>

    """
  }
  return """
    <div class="stacking"><div class="box box-plain" id="box-sheets" role="region" tabindex="0" \
    aria-label="\(say(.sheet))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.sheet))</th>\(countHeadings(say))</tr></thead>
    <tbody>\(rows)</tbody></table></div></div>
    """
}

private let countedRows: [(Phrase, @Sendable (ImportCounts.Table) -> Int)] = [
  (.rowCount, { $0.rows }), (.rowsNew, { $0.new }), (.rowsChanged, { $0.changed }),
  (.rowsThere, { $0.alreadyThere }),
]

private func countHeadings(_ say: Language) -> [HTML] {
  countedRows.map { words, _ in "<th scope=\"col\" class=\"n\">\(say(words))</th>" }
}

private func rowCounts(_ counts: ImportCounts.Table?, _ say: Language) -> [HTML] {
  countedRows.map { words, count in
    let count = counts.map { groupedDigits(String(count($0))) } ?? Wording.absent
    return "<td class=\"n\" data-label=\"\(say(words))\">\(count)</td>"
  }
}

// MARK: what it changed

private func changesPanel(_ entry: TrailEntryInFull, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let people = entry.user.map { userPanel($0, entry.partyNames, frame) } ?? .none
  if entry.facts.isEmpty, entry.user != nil { return people }
  guard !entry.facts.isEmpty else {
    return """
      <section class="panel"><div class="panel-head"><h2>\(say(.whatChanged))</h2></div>\
      <p class="panel-empty">\(say(.nothingWritten))</p></section>
      """
  }
  let things = RecordedThing.grouped(entry.facts).enumerated().map { index, thing in
    thingTable(thing, number: index + 1, frame)
  }
  let more: HTML =
    entry.nextStep.map { step in
      """
      <p class="acts acts-start trail-more"><a class="button" id="more-rows" \
      href="\(frame.address.with("step", String(step)).text)">\(say(.moreRows))</a></p>
      """
    } ?? .none
  let rows = entry.rowsByTable.reduce(0) { $0 + $1.count }
  let body: HTML = "<div class=\"things\">\(things)</div>\(more)"
  // Of an import people look at its files; its rows are there for who wants to see one.
  let folded: HTML =
    rows <= shownAtOnce
    ? body
    : """
    <details class="raw"\(HTML.when(frame.address["step"] != nil, " open"))>\
    <summary>\(say(.rowByRow)) <small>\(say(.rowCount(rows)))</small></summary>\(body)</details>
    """
  return """
    \(people)
    <section class="panel" aria-labelledby="what-changed"><div class="panel-head">\
    <h2 id="what-changed">\(say(.whatChanged))</h2></div>
    \(folded)</section>
    """
}

/// Who a user was before the entry, and after it. Users are no facts: what is told is what the trail's
/// own entries say.
private func userPanel(
  _ user: RecordedUser, _ parties: [Party.ID: String], _ frame: PageFrame
) -> HTML {
  let say = frame.language
  typealias Standing = RecordedUser.Standing
  let fields: [(Phrase, (Standing) -> String)] = [
    (.role, { say($0.role.words) }),
    (.ownParties, { $0.parties.map { parties[$0] ?? "" }.joined(separator: ", ") }),
    (.maySignIn, { say($0.hasEnded ? .no : .yes) }),
  ]
  let rows = fields.compactMap { words, text -> HTML? in
    let (before, after) = (user.before.map(text) ?? "", text(user.after))
    guard !before.isEmpty || !after.isEmpty else { return nil }
    return """
      <tr><th scope="row" class="name">\(say(words))</th>\
      <td data-label="\(say(.before))">\(before.isEmpty ? Wording.absent : before)</td>\
      <td data-label="\(say(.after))">\(after.isEmpty ? Wording.absent : after)</td></tr>
      """
  }
  return """
    <section class="panel" aria-labelledby="user-changed"><div class="panel-head">\
    <h2 id="user-changed">\(say(.whatChanged))</h2></div><div class="thing"><h3 id="thing-1">\(user.name)</h3>
    <div class="stacking"><table class="ledger ledger-roomy stacks" aria-labelledby="thing-1">\
    <thead><tr><th scope="col" class="name">\(say(.field))</th><th scope="col">\(say(.before))</th>\
    <th scope="col">\(say(.after))</th></tr></thead><tbody>\(rows)</tbody></table></div></div></section>
    """
}

/// Rows of one entry; more are folded away.
private let shownAtOnce = 60

/// One thing that was added or changed: field by field, beside what was there before.
private func thingTable(_ thing: RecordedThing, number: Int, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let rows = thing.lines.map { line -> HTML in
    let name =
      switch line.name {
      case .column(let column): say(Phrase.recorded(column) ?? Phrase(column))
      case .party(let party): party
      }
    let before = line.before.map { recordedValue($0, frame) }
    let after = recordedValue(line.after, frame)
    guard thing.isChange else {
      let value: HTML = before.map { "\($0) → \(after)" } ?? after
      return "<tr><th scope=\"row\" class=\"name\">\(name)</th><td>\(wrapped(value))</td></tr>"
    }
    return """
      <tr><th scope="row" class="name">\(name)</th>\
      <td data-label="\(say(.before))">\(wrapped(before ?? "\(Wording.absent)"))</td>\
      <td data-label="\(say(.after))">\(wrapped(after))</td></tr>
      """
  }
  let heads =
    thing.isChange ? [Phrase.field, .before, .after] : [Phrase.field, .value]
  let headings = heads.enumerated().map { index, words -> HTML in
    "<th scope=\"col\"\(HTML.when(index == 0, " class=\"name\""))>\(say(words))</th>"
  }
  let table: HTML = .when(
    !rows.isEmpty,
    """
    <div class="stacking"><table class="ledger ledger-roomy stacks" \
    aria-labelledby="thing-\(number)"><thead><tr>\(headings)</tr></thead>
    <tbody>\(rows)</tbody></table></div>
    """)
  return """
    <div class="thing"><h3 id="thing-\(number)">\
    \(say(Phrase.fact(thing.table, isChange: thing.isChange) ?? Phrase(thing.table))) \
    <small>\(thingSubject(thing, frame))</small></h3>\(table)</div>
    """
}

private func thingSubject(_ thing: RecordedThing, _ frame: PageFrame) -> HTML {
  let say = frame.language
  var parts: [HTML] = []
  if let fund = thing.subject.fund {
    parts.append("<a href=\"\(frame.fundLink(fund.id))\">\(fund.terms.name)</a>")
  }
  if let call = thing.subject.call {
    parts.append(
      "<a href=\"\(frame.callLink(call.id))\">\(say(.callNumber(call.number, type: "")))</a>")
  }
  if let party = thing.subject.party { parts.append("\(party.name)") }
  let listed = parts.enumerated().map { index, part -> HTML in index == 0 ? part : " · \(part)" }
  return "\(listed)"
}

/// A value of a row as people read it.
func recordedValue(_ value: RecordedFact.Value, _ frame: PageFrame) -> HTML {
  let say = frame.language
  return switch value {
  case .nothing: "\(Wording.absent)"
  case .text(let text): "\(text)"
  case .amount(let amount): "\(exactAmount(amount, say))"
  case .date(let date): "\(date)"
  case .percent(let percent): "\(Wording(say, .won).rate(percent))"
  case .flag(let flag): "\(say(flag ? .yes : .no))"
  case .number(let number): "\(number)"
  case .side(let side): "\(say(SideWords(side).title))"
  case .entryKind(let kind, let side): "\(say(.entryKind(kind, on: side)))"
  case .currency(let currency): "\(currency.code)"
  case .fund(let id, let name): "<a href=\"\(frame.fundLink(id))\">\(name)</a>"
  case .party(_, let name): "\(name)"
  case .commitment(let id, .investments, let name):
    "<a href=\"\(frame.investmentLink(id))\">\(name)</a>"
  case .commitment(_, .partners, let name): "\(name)"
  case .call(let id, let number):
    "<a href=\"\(frame.callLink(id))\">\(say(.callNumber(number, type: "")))</a>"
  case .entry(let id, let sequence):
    "\(id) · <a href=\"\(frame.trailLink(sequence))\">\(say(.recordedAs(sequence)))</a>"
  case .row(let id): "\(id)"
  }
}

// MARK: rows

private func rowsPanel(_ entry: TrailEntryInFull, _ frame: PageFrame) -> HTML {
  let say = frame.language
  guard !entry.rowsByTable.isEmpty else { return .none }
  let shown = Dictionary(grouping: entry.facts, by: \.table)
  let rows = entry.rowsByTable.map { line -> HTML in
    let ids = (shown[line.table] ?? []).map { String($0.id) }
    let more = ids.count < line.count ? " …" : ""
    return """
      <tr><th scope="row" class="name">\(line.table)</th>\
      <td class="n key">\(say(.rowCount(line.count)))</td>\
      <td>\(wrapped("\(ids.joined(separator: ", "))\(more)"))</td></tr>
      """
  }
  let count = entry.rowsByTable.reduce(0) { $0 + $1.count }
  return """
    <details class="panel raw"><summary>\(say(.rowsWritten)) <small>\(say(.rowCount(count)))</small>\
    </summary><div class="stacking"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.rowTable))</th><th scope="col" class="n key">\(say(.rowsWritten))</th>\
    <th scope="col">\(say(.rowIDs))</th></tr></thead>
    <tbody>\(rows)</tbody></table></div></details>
    """
}
