import Bookkeeping
import FundModel
import Sheets

/// What an import would do, row by row, before anything is written.
func importPreview(
  _ preview: ImportPreview, _ content: ImportContent, _ frame: PageFrame
) -> HTML {
  """
  \(verdict(preview, content, frame))
  \(unknownPanel(preview.unknown, content, frame))
  \(readAsPanel(preview.readAs, frame))
  \(tablesPanel(preview.report, frame))
  \(sumsPanel(preview.sums, frame))
  \(content.rows.map { rowsPanel($0, preview, frame) } ?? .none)
  """
}

/// What it comes to, and the button that takes it.
private func verdict(
  _ preview: ImportPreview, _ content: ImportContent, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let report = preview.report
  let counts = report.counts
  let again = FormView(ImportForm.again, frame)
  let take = FormView(ImportForm.take, about: ["preview": preview.id], frame)
  let isGood = report.problems.isEmpty
  let words: HTML
  if !isGood {
    words = """
      <p class="msg msg-bad" role="status" id="verdict" tabindex="-1" autofocus>\(icon("overdue"))<span>\
      \(say(.refusedNote(max(counts.refused, 1))))</span></p>
      """
  } else if counts.new + counts.changed == 0 {
    words = """
      <p class="msg msg-note" role="status" id="verdict" tabindex="-1" autofocus>\
      \(icon("note"))<span>\
      \(say(report.leavesTakenBack ? .nothingButTakenBack : .nothingToTake))</span></p>
      """
  } else {
    words = """
      <p id="verdict" tabindex="-1" autofocus>\(say(.takes(new: counts.new, changed: counts.changed)))</p>
      """
  }
  let seenAgain: HTML = .when(
    content.draft.isSeenAgain,
    """
    <p class="msg msg-note" role="alert" id="seen-again">\(icon("note"))<span>\
    \(say(.seenAgain))</span></p>
    """)
  let changesCommitments = report.tables.contains {
    [.partners, .funds, .stagedInvestments].contains($0.format) && $0.counts.changed > 0
  }
  let fromWhen: HTML = .when(
    changesCommitments,
    "<p>\(say(.changesCountFrom)): <b>\(say(preview.changesCount.words))</b></p>")
  let differs = preview.sums.contains { $0.difference.map { !$0.isZero } ?? false }
  let takes = isGood && counts.new + counts.changed > 0
  return """
    <section class="panel panel-body import-verdict">
    \(seenAgain)
    \(words)
    \(fromWhen)
    \(leftOutNote(content.draft, frame))
    \(wholeProblems(report, frame))
    \(doubts(report, frame))
    \(missingNote(report, frame))
    \(takenBackNote(report, frame))
    \(HTML.when(differs, "<p class=\"note\">\(icon("overdue"))<span>\(say(.totalsDifferNote))</span></p>"))
    \(HTML.when(report.isOfTheseBooks, "<p class=\"quiet\">\(say(.ofTheseBooks))</p>"))
    <div class="acts acts-start">\
    \(takes ? take(take.button(.takeIt), style: "form-inline") : .none)\
    \(again(again.button(.layOutAgain, style: "button"), style: "form-inline"))\
    \(leaveForm(.leaveImport, frame))</div></section>
    """
}

// MARK: Names

private func unknownPanel(
  _ unknown: [UnknownName], _ content: ImportContent, _ frame: PageFrame
) -> HTML {
  guard !unknown.isEmpty, !(content.funds.isEmpty && content.parties.isEmpty) else { return .none }
  let say = frame.language
  let rows = unknown.map { name -> HTML in
    let form = FormView(
      ImportForm.teach, about: ["kind": name.kind.rawValue, "spelling": name.spelling], frame)
    let field = form.field("name", .nameInBooks, style: "field-inline") { attributes in
      """
      <input class="input" \(attributes) value="\(form.value("name", or: name.likely ?? ""))" \
      list="names-\(name.kind.rawValue)" maxlength="\(TextLimit.name)" autocomplete="off" required>
      """
    }
    return """
      <tr data-unknown="\(name.spelling)"><th scope="row" class="name">\
      \(wrapped("\(name.spelling)"))</th><td>\(say(.kind(name.kind)))</td>\
      <td class="teach">\(frame.offersForms
        ? form("\(field)\(form.button(.teachName, style: "button"))", style: "form-inline")
        : .none)</td></tr>

      """
  }
  let lists = [(UnknownName.Kind.fund, content.funds), (.party, content.parties)].map {
    kind, names -> HTML in
    let options = names.map { name -> HTML in "<option value=\"\(name)\"></option>" }
    return "<datalist id=\"names-\(kind.rawValue)\">\(options)</datalist>"
  }
  return """
    <section class="panel stacking"><div class="panel-head">\
    <h2 id="unknown">\(say(.unknownNames))</h2><span>\(say(.unknownNamesNote))</span></div>
    \(lists)
    <div class="box box-plain" id="box-unknown" role="region" tabindex="0" \
    aria-label="\(say(.unknownNames))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.inTheFile))</th><th scope="col">\(say(.kindOfName))</th>\
    <th scope="col">\(say(.nameInBooks))</th></tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    """
}

/// Names of the file that mean others of the books: whoever confirms sees whom.
private func readAsPanel(_ names: [ReadName], _ frame: PageFrame) -> HTML {
  guard !names.isEmpty else { return .none }
  let say = frame.language
  let rows = names.map { name -> HTML in
    """
    <tr><th scope="row" class="name">\(wrapped("\(name.spelling)"))</th>\
    <td>\(say(.kind(name.kind)))</td><td>\(wrapped("\(name.name)"))</td></tr>

    """
  }
  return """
    <section class="panel stacking"><div class="panel-head">\
    <h2>\(say(.readAs))</h2></div>
    <div class="box box-plain" id="box-read-as" role="region" tabindex="0" \
    aria-label="\(say(.readAs))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.inTheFile))</th><th scope="col">\(say(.kindOfName))</th>\
    <th scope="col">\(say(.nameInBooks))</th></tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    """
}

// MARK: Tables and their sums

private func tablesPanel(_ report: ImportReport, _ frame: PageFrame) -> HTML {
  let say = frame.language
  // Of an export of the whole books half of the sheets may hold nothing.
  let telling = report.tables.enumerated().filter { $1.rowCount > 0 || ($1.notInFile ?? 0) > 0 }
  let rows = telling.map { index, table -> HTML in
    let counts = table.counts
    let address = frame.address.with("sheet", String(index)).with("show", nil)
      .with(TablePages.ofTable, nil)
    let missing = table.notInFile.map { counted($0) } ?? Wording.absent
    return """
      <tr data-table="\(table.format.rawValue)"><th scope="row" class="name">\
      \(wrapped("<a data-live href=\"\(address.text)\">\(table.name)</a>"))</th>\
      <td>\(say(.holds(table.format)))</td>\
      \(count(table.rowCount, .rowCount, say))\(count(counts.new, .rowsNew, say))\
      \(count(counts.changed, .rowsChanged, say))\(count(counts.alreadyThere, .rowsThere, say))\
      \(count(counts.refused, .rowsRefused, say))\
      <td class="n" data-label="\(say(.notInFile))">\(missing)</td></tr>

      """
  }
  let numbers: [Phrase] = [
    .rowCount, .rowsNew, .rowsChanged, .rowsThere, .rowsRefused, .notInFile,
  ]
  let headings = numbers.map { words -> HTML in "<th scope=\"col\" class=\"n\">\(say(words))</th>" }
  return """
    <section class="panel stacking"><div class="box box-plain box-whole" id="box-tables" \
    role="region" tabindex="0" aria-label="\(say(.sheet))">\
    <table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.sheet))</th><th scope="col">\(say(.sheetHolds))</th>\
    \(headings)</tr></thead><tbody>\(rows)</tbody></table></div></section>
    """
}

private func count(_ count: Int, _ label: Phrase, _ say: Language) -> HTML {
  "<td class=\"n\" data-label=\"\(say(label))\">\(counted(count))</td>"
}

private func counted(_ count: Int) -> String { groupedDigits(String(count)) }

/// The sums that the sheets state, beside what their rows come to.
private func sumsPanel(_ sums: [ControlTotal], _ frame: PageFrame) -> HTML {
  guard !sums.isEmpty else { return .none }
  let say = frame.language
  let rows = sums.map { sum -> HTML in
    let verdict: HTML
    if let difference = sum.difference {
      verdict =
        difference.isZero
        ? chip("complete", say(sum.isNet ? .totalsAgreeNet : .totalsAgree))
        : "\(chip("overdue", say(.totalsDiffer))) \(DisplayUnit.won.change(difference))"
    } else {
      verdict = "\(say(.notCompared))"
    }
    return """
      <tr><th scope="row" class="name">\(wrapped("\(sum.sheet)"))</th><td>\(say(sum.column))</td>\
      <td class="n" data-label="\(say(.sheetSays))">\(grouped(sum.stated))</td>\
      <td class="n" data-label="\(say(.rowsSay))">\
      \(sum.ours.map { DisplayUnit.won.text($0) } ?? Wording.absent)\(net(sum, say))</td>\
      <td>\(verdict)</td></tr>

      """
  }
  return """
    <section class="panel stacking"><div class="panel-head">\
    <h2 id="sums">\(say(.controlTotals))</h2></div>
    <div class="box box-plain" id="box-sums" role="region" tabindex="0" \
    aria-label="\(say(.controlTotals))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.sheet))</th><th scope="col">\(say(.columnHeading))</th>\
    <th scope="col" class="n">\(say(.sheetSays))</th><th scope="col" class="n">\
    \(say(.rowsSay))</th><th scope="col">\(say(.totalsDiffer))</th></tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    """
}

/// What the rows come to where what was returned is taken off.
private func net(_ sum: ControlTotal, _ say: Language) -> HTML {
  sum.net.map { "<br><small>\(say(.lessReturned)) \(DisplayUnit.won.text($0))</small>" } ?? .none
}

/// What a cell says: an amount with separators, a percentage with its sign, what the books keep as a
/// code in words; any other text as it stands.
private func shown(
  _ text: String, in column: String, of format: BooksFormat, _ say: Language
) -> String {
  if format.amountColumns.contains(column) { return grouped(text) }
  if column == "hurdle_rate", let percent = try? Percent(typed: text) {
    return withMinusSign(percent.shortDigits) + "%"
  }
  return say(SheetWords.word(for: text, in: column) ?? Phrase(JSON.shortened(text)))
}

/// An amount with separators; any other text as it stands.
private func grouped(_ text: String) -> String {
  let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  guard !digits.isEmpty, (1...2).contains(parts.count),
    parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } })
  else { return text }
  return withMinusSign(groupedDigits(text))
}

// MARK: Rows

private func rowsPanel(
  _ rows: ShownRows, _ preview: ImportPreview, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let tables = preview.report.tables
  guard tables.indices.contains(rows.table) else { return .none }
  let table = tables[rows.table]
  let columns = preview.tables[table.name]?.columns ?? []
  let headings = columns.map { column -> HTML in
    let isAmount = table.format.amountColumns.contains(column)
    return """
      <th scope="col"\(HTML.when(isAmount, " class=\"n\""))>\
      \(say(table.format.name(of: column)))</th>
      """
  }
  let lines = rows.lines.map { rowLine($0, columns, table, preview.report, frame) }
  let list: HTML =
    rows.lines.isEmpty
    ? "<p class=\"panel-empty\">\(say(.noSuchRows))</p>"
    : """
    <div class="box box-plain rows-box" id="box-rows" role="region" tabindex="0" \
    aria-labelledby="rows"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="n no">\(say(.rowNumber))</th>\
    <th scope="col">\(say(.becomes))</th>\(headings)</tr></thead>
    <tbody>\(lines)</tbody></table></div>
    """
  return """
    <section class="panel stacking"><div class="panel-head">\
    <h2 id="rows">\(table.name)</h2><span>\(say(.holds(table.format)))</span></div>
    \(kinds(rows, table.counts, frame))
    \(list)
    \(tablePages(rows.pages, of: "box-rows", table.name, on: rows.address(frame), frame))</section>
    """
}

/// The ways to rows of one kind.
private func kinds(
  _ rows: ShownRows, _ counts: ImportReport.Counts, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let choices: [(ShownRows.Kind?, Phrase, Int)] = [
    (nil, .allRows, counts.rows), (.new, .rowsNew, counts.new),
    (.changed, .rowsChanged, counts.changed), (.there, .rowsThere, counts.alreadyThere),
    (.refused, .rowsRefused, counts.refused),
  ]
  let links = choices.map { kind, words, count -> HTML in
    let address = frame.address.with("sheet", String(rows.table))
      .with("show", kind?.rawValue ?? ShownRows.all)
      .with(TablePages.ofTable, nil)
    return """
      <a id="show-\(kind?.rawValue ?? "all")" data-live href="\(address.text)"\
      \(HTML.when(kind == rows.kind, " aria-current=\"true\""))>\(say(words)) \(counted(count))</a>
      """
  }
  return "<nav class=\"tabs\" aria-labelledby=\"rows\">\(links)</nav>"
}

private func rowLine(
  _ line: ShownRows.Line, _ columns: [String], _ table: ImportReport.Table,
  _ report: ImportReport, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let changed = line.outcome.changedColumns
  let cells = columns.enumerated().map { place, column -> HTML in
    let text = line.texts.indices.contains(place) ? line.texts[place] : ""
    let isAmount = table.format.amountColumns.contains(column)
    let styles = [isAmount ? "n" : "", changed.contains(column) ? "edited" : ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
    let words: HTML = .when(
      !text.isEmpty, wrapped("\(shown(text, in: column, of: table.format, say))"))
    return """
      <td\(HTML.when(!styles.isEmpty, " class=\"\(styles)\"")) \
      data-label="\(say(table.format.name(of: column)))">\(words)</td>
      """
  }
  return """
    <tr data-row="\(line.number)" data-outcome="\(ShownRows.Kind(line.outcome).rawValue)">\
    <td class="n no" data-label="\(say(.rowNumber))">\(line.number)</td><td class="outcome">\
    \(outcome(line.outcome, table, frame))\(doubts(line, say))\(carriedNote(line, table, say))</td>\(cells)</tr>

    """
}

private func doubts(_ line: ShownRows.Line, _ say: Language) -> HTML {
  let lines = line.doubts.map { doubt -> HTML in
    let place = [doubt.cell ?? "", doubt.column].filter { !$0.isEmpty }
    return """
      <small class="doubt"><b>\(place.joined(separator: " "))</b> \(say(doubt.sentence))</small>
      """
  }
  return "\(lines)"
}

/// What the row leaves empty and shares with the one above, as in a merged cell.
private func carriedNote(
  _ line: ShownRows.Line, _ table: ImportReport.Table, _ say: Language
) -> HTML {
  guard !line.carried.isEmpty else { return .none }
  let names = line.carried.map { table.format.name(of: $0) }
  return "<small class=\"carried\">\(say(.asInRowAbove(names)))</small>"
}

private func outcome(
  _ outcome: RowOutcome, _ table: ImportReport.Table, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  switch outcome {
  case .new: return chip("scheduled", say(.rowsNew))
  case .alreadyThere(let remark):
    let words: HTML = remark.map { "<small>\(say($0))</small>" } ?? .none
    return "\(chip("closed", say(.rowsThere), icon: "same"))\(words)"
  case .changes(let changes):
    let lines = changes.map { change -> HTML in
      func words(_ text: String) -> String {
        text.isEmpty ? say(.emptyValue) : shown(text, in: change.column, of: table.format, say)
      }
      return """
        <small><b>\(say(table.format.name(of: change.column)))</b> <del>\(words(change.from))</del> \
        <span aria-hidden="true">→</span> <ins>\(words(change.to))</ins></small>
        """
    }
    return "\(chip("partial", say(.rowsChanged)))\(lines)"
  case .refused(let problems):
    let lines =
      problems.isEmpty
      ? ["<small>\(say(.restsOnAnother))</small>" as HTML]
      : problems.map { problem -> HTML in
        // As the sheet calls it: `C14 조합원`.
        let place = [problem.cell ?? "", problem.column].filter { !$0.isEmpty }
        let shown: HTML = place.isEmpty ? .none : "<b>\(place.joined(separator: " "))</b> "
        return "<small>\(shown)\(say(problem.sentence))</small>"
      }
    return "\(chip("overdue", say(.rowsRefused)))\(lines)"
  }
}

extension RowOutcome {
  fileprivate var changedColumns: Set<String> {
    if case .changes(let fields) = self { Set(fields.map(\.column)) } else { [] }
  }
}
