import Bookkeeping
import FundModel
import Sheets

/// One file on its way into the books: the page of the step at which it is.
func importDraftPage(_ content: ImportContent, frame: PageFrame) -> HTML {
  let say = frame.language
  let draft = content.draft
  let body: HTML =
    switch draft.stage {
    case .reading(let progress), .previewing(let progress), .taking(let progress):
      workPanel(progress, draft.stage.words, frame)
    case .layingOut: importLayout(content, frame)
    case .previewed(let preview): importPreview(preview, content, frame)
    case .taken(let sequence, let counts): takenPanel(sequence, counts, draft, frame)
    case .failed(let sentence): failedPanel(sentence, draft, frame)
    }
  let main: HTML = """
    <div class="head head-fund"><p class="crumb"><a id="to-imports" \
    href="\(frame.address.other(PageFrame.importPath).text)">\(say(.importing))</a></p>\
    <h1>\(draft.file.name)</h1></div>
    \(steps(draft, frame))
    <div class="stack import">
    \(earlierNote(draft, frame))
    \(stoppedNote(draft, frame))
    \(body)
    </div>
    """
  return layout(
    title: "\(draft.file.name) · \(say(.importing))", main: main, frame: frame,
    refreshes: draft.progress != nil)
}

private func steps(_ draft: ImportDraft, _ frame: PageFrame) -> HTML {
  let here =
    switch draft.stage {
    case .reading: 0
    case .failed: draft.isRead ? 1 : 0
    case .layingOut: 1
    case .previewing, .previewed: 2
    case .taking, .taken: 3
    }
  let names: [Phrase] = [.stepFile, .stepLayout, .stepPreview, .stepDone]
  let list = names.enumerated().map { index, name -> HTML in
    let current: HTML = .when(index == here, " aria-current=\"step\"")
    let past: HTML = .when(index < here, " class=\"past\"")
    return "<li\(current)\(past)>\(frame.language(name))</li>"
  }
  return """
    <ol class="import-steps" aria-label="\(frame.language(.importSteps))">\(list)</ol>
    """
}

private func earlierNote(_ draft: ImportDraft, _ frame: PageFrame) -> HTML {
  guard let earlier = draft.earlier else { return .none }
  if case .taken = draft.stage { return .none }
  let say = frame.language
  let sequence = earlier.recorded.sequence
  let undone: HTML = earlier.undone == nil ? .none : " \(say(.andUndone))"
  return """
    <p class="note" id="imported-before">\(icon("note"))<span>\
    \(say(.importedBefore(sequence, by: earlier.actor)))\(undone) \
    <a href="\(frame.trailLink(sequence))">\(say(.inTheTrail))</a></span></p>
    """
}

/// What was under way ended where it was asked to.
private func stoppedNote(_ draft: ImportDraft, _ frame: PageFrame) -> HTML {
  guard draft.isStopped, case .layingOut = draft.stage else { return .none }
  return """
    <p class="msg msg-note" role="status" id="stopped" tabindex="-1" autofocus>\(icon("note"))<span>\
    \(frame.language(.stopped))</span></p>
    """
}

// MARK: Under way, done, failed

/// `data-works` has the page look again until it is done; without script the browser does so.
private func workPanel(_ progress: WorkProgress, _ words: Phrase, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let percent = Int((progress.share * 100).rounded(.down))
  let stop = FormView(ImportForm.cancel, frame)
  return """
    <section class="panel panel-body import-work" aria-labelledby="work" data-works>
    <h2 id="work">\(say(words))</h2>
    <progress id="progress" max="100" value="\(percent)" aria-labelledby="work">\
    \(percent)%</progress>
    <p class="quiet">\(percent)% · \(say(.workNote))</p>
    \(stop("<div class=\"acts acts-start\">\(stop.button(.stopWork, style: "button"))</div>"))
    </section>
    """
}

private func takenPanel(
  _ sequence: Int64, _ counts: ImportReport.Counts, _ draft: ImportDraft, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let start = frame.address.other(PageFrame.importPath)
  let undo = start.with("do", "undo").with("entry", String(sequence))
  return """
    <section class="panel panel-body" aria-labelledby="taken">
    <p class="msg msg-done" role="status" id="taken" tabindex="-1" autofocus>\
    \(icon("complete"))<span>\(say(.importTaken)): \
    \(say(.rowsOfImport(new: counts.new, changed: counts.changed))). \
    <a href="\(frame.trailLink(sequence))">\(say(.recordedAs(sequence)))</a></span></p>
    \(leftOutNote(draft, frame))
    <div class="acts acts-start">\
    <a class="button button-go" id="to-overview" href="\(frame.overviewAddress.text)">\
    \(say(.overview))</a>\
    <a class="button" id="another-file" href="\(start.text)">\(say(.anotherFile))</a>\
    <a class="button" id="undo-import" href="\(undo.text)">\(say(.undoImport))</a></div></section>
    """
}

private func failedPanel(_ sentence: Phrase, _ draft: ImportDraft, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let again = FormView(ImportForm.again, frame)
  let layOut: HTML =
    draft.isRead
    ? again(again.button(.layOutAgain, style: "button"), style: "form-inline") : .none
  return """
    <section class="panel panel-body" aria-labelledby="failed">
    <p class="msg msg-bad" role="alert" id="failed" tabindex="-1" autofocus>\(icon("overdue"))<span>\
    \(say(.importFailed)). \(say(sentence))</span></p>
    <div class="acts acts-start">\(layOut)\(leaveForm(.anotherFile, frame))</div></section>
    """
}

/// Ends the draft; nothing of it stays.
func leaveForm(_ words: Phrase, _ frame: PageFrame) -> HTML {
  let form = FormView(ImportForm.end, frame)
  return form(form.button(words, style: "button"), style: "form-inline")
}

// MARK: What the sheets hold

private func importLayout(_ content: ImportContent, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let draft = content.draft
  let form = FormView(ImportForm.preview, frame)
  let end = FormView(ImportForm.end, frame)
  let isGuessed = draft.layouts.contains { $0 != nil }
  let sheets = draft.looks.enumerated().compactMap { index, look -> HTML? in
    let layout = draft.layouts[at: index] ?? nil
    // Of an export of the whole books half of the sheets may hold nothing but headings.
    guard look.mark == nil, draft.rowCounts[at: index] ?? 0 > 1 || layout == nil else { return nil }
    return sheetPanel(
      index, look, layout, nearly: draft.nearGuesses[at: index] ?? nil, form, frame)
  }
  let top: HTML = "<div class=\"acts acts-start\">\(form.button(.lookAtIt))</div>"
  let names = content.funds.map { name -> HTML in "<option value=\"\(name)\"></option>" }
  return """
    \(form(
      """
      <button class="unseen" type="submit" tabindex="-1" aria-hidden="true" name="step" \
      value="\(ImportForm.match)" formnovalidate data-rematch></button>
      <datalist id="fund-names">\(names)</datalist>
      <p class="lead">\(say(isGuessed ? .layoutNote : .nothingGuessed))</p>
      \(HTML.when(sheets.count > 2, top))
      \(sheets)
      \(changesPanel(draft.changesCount, form, frame))
      <div class="acts acts-start">\(form.button(.lookAtIt))\
      <button class="button" type="submit" form="\(end.id("form"))">\(say(.leaveImport))</button>\
      </div>
      """, style: "stack import-layout"))
    \(end("", style: "form-inline"))
    """
}

/// Sheets with rows of which nothing is taken: nobody should believe that they were.
func leftOutNote(_ draft: ImportDraft, _ frame: PageFrame) -> HTML {
  let left = draft.leftOut
  guard !left.isEmpty else { return .none }
  let say = frame.language
  let names = left.map { say(.sheetWithRows($0.name, $0.rows)) }.joined(separator: ", ")
  return """
    <p class="note" id="left-out">\(icon("note"))<span>\(say(.leftOut)): \(names)</span></p>
    """
}

private func sheetPanel(
  _ index: Int, _ look: SheetLook, _ layout: SheetLayout?, nearly: SheetLayout?,
  _ form: FormView, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let hidden: HTML =
    look.isHidden ? " <small class=\"quiet\">\(say(.hiddenSheet))</small>" : .none
  let formats =
    [(value: SentLayouts.skipped, words: say(.skipSheet))]
    + BooksFormat.allCases.map { (value: $0.rawValue, words: say(.holds($0))) }
  let more: HTML = layout.map { laidOut(index, look, $0, form, frame) } ?? .none
  return """
    <section class="panel panel-body import-sheet" aria-labelledby="sheet-\(index)">
    <h2 id="sheet-\(index)">\(look.name)\(hidden)</h2>
    <div class="form-row">
    \(chosen(form, SentLayouts.Field.format(index), .sheetHolds, layout?.format.rawValue ?? "", formats, rematches: true))
    \(layout.map { rowAndUnit(index, $0, form, frame) } ?? .none)
    </div>
    \(layout == nil ? unguessed(nearly, frame) : .none)
    \(more)
    \(firstRows(look, layout, frame))
    </section>
    """
}

/// What a sheet nearly is, and without script the way to its columns.
private func unguessed(_ nearly: SheetLayout?, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let words: HTML =
    nearly.flatMap { layout in
      layout.missing.first.map { column in
        """
        <p class="note">\(icon("note"))<span>\
        \(say(.nearly(.holds(layout.format), lacking: layout.format.name(of: column))))</span></p>
        """
      }
    } ?? .none
  return """
    \(words)
    <noscript><button class="button" type="submit" name="step" value="\(ImportForm.match)" \
    formnovalidate>\(say(.matchAgain))</button></noscript>
    """
}

private func rowAndUnit(
  _ index: Int, _ layout: SheetLayout, _ form: FormView, _ frame: PageFrame
) -> HTML {
  let row = form.field(SentLayouts.Field.headingRow(index), .headingRow) { attributes in
    """
    <input class="input" \(attributes) value="\(layout.headingRow)" inputmode="numeric" \
    maxlength="7" autocomplete="off">
    """
  }
  guard !layout.format.amountColumns.isEmpty else { return row }
  let units = SheetUnit.allCases.map { (value: $0.rawValue, words: frame.language(.unit($0))) }
  return """
    \(row)
    \(chosen(form, SentLayouts.Field.unit(index), .amountsIn, layout.unit.rawValue, units))
    """
}

/// Which column of the sheet is which, those that are needed first.
private func laidOut(
  _ index: Int, _ look: SheetLook, _ layout: SheetLayout, _ form: FormView, _ frame: PageFrame
) -> HTML {
  let say = frame.language
  let headings = look.row(layout.headingRow)
  let columns =
    [(value: "", words: say(.noColumn))]
    + (0..<look.width).map { place in
      let heading = headings?[place].shown ?? ""
      return (value: String(place), words: "\(columnLetters(place)) \(heading)")
    }
  let required = layout.format.required
  let sorted = required + layout.format.columns.filter { !required.contains($0) }
  let choices = sorted.map { column -> HTML in
    let name = layout.format.name(of: column)
    let label =
      required.contains(column) && SheetLayout.implied[column] == nil
      ? Phrase("\(name.ko) (\(Phrase.needed.ko))", "\(name.en) (\(Phrase.needed.en))") : name
    return chosen(
      form, SentLayouts.Field.column(index, column), label,
      layout.columns[column].map { String($0) } ?? "", columns)
  }
  let fund: HTML =
    required.contains("fund") && layout.columns["fund"] == nil
    ? form.field(SentLayouts.Field.fund(index), .wholeSheetFund) { attributes in
      """
      <input class="input" \(attributes) value="\(layout.fixed["fund"] ?? "")" \
      list="fund-names" maxlength="\(TextLimit.name)" autocomplete="off">
      """
    } : .none
  let isLacking = !layout.missing.isEmpty
  let found = sorted.count { layout.columns[$0] != nil }
  return """
    <details class="import-columns"\(HTML.when(isLacking, " open"))>\
    <summary>\(say(.columnsOf(found: found, of: sorted.count)))</summary>
    \(fund)
    <div class="form-row">\(choices)</div>
    \(unreadColumns(headings, layout, frame))
    <div class="acts acts-start"><button class="button" type="submit" name="step" \
    value="\(ImportForm.match)" formnovalidate>\(say(.matchAgain))</button></div>
    </details>
    """
}

/// What stands in the sheet and goes nowhere.
private func unreadColumns(
  _ headings: SheetRow?, _ layout: SheetLayout, _ frame: PageFrame
) -> HTML {
  let read = Set(layout.columns.values)
  let unread = (headings?.cells ?? []).enumerated().filter { place, cell in
    !read.contains(place) && cell != .empty
  }.map { "\(columnLetters($0)) \($1.shown)" }
  guard !unread.isEmpty else { return .none }
  return """
    <p class="quiet">\(frame.language(.unreadColumns)): \(unread.joined(separator: ", "))</p>
    """
}

private func chosen(
  _ form: FormView, _ name: String, _ label: Phrase, _ value: String,
  _ options: [(value: String, words: String)], rematches: Bool = false
) -> HTML {
  let list = options.map { option -> HTML in
    """
    <option value="\(option.value)"\(HTML.when(option.value == value, " selected"))>\
    \(option.words)</option>
    """
  }
  return form.field(name, label) { attributes in
    """
    <select class="input" \(attributes)\(HTML.when(rematches, " data-rematches"))>\(list)</select>
    """
  }
}

/// What the sheet looks like, as far as it helps to know which column is which.
private func firstRows(_ look: SheetLook, _ layout: SheetLayout?, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let width = min(look.width, 20)
  let shown = look.rows.prefix(8)
  let letters = (0..<width).map { place -> HTML in
    "<th scope=\"col\">\(columnLetters(place))</th>"
  }
  let rows = shown.map { row -> HTML in
    let cells = (0..<width).map { place -> HTML in "<td>\(row[place].shown)</td>" }
    let isHeading = row.number == layout?.headingRow
    return """
      <tr\(HTML.when(isHeading, " class=\"heading\""))><th scope="row" class="no">\(row.number)</th>\
      \(cells)</tr>

      """
  }
  return """
    <details class="first-rows"\(HTML.when(layout == nil, " open"))>\
    <summary>\(say(.firstRows))</summary>
    <div class="box box-plain" role="region" tabindex="0" \
    aria-label="\(say(.firstRows)): \(look.name)"><table class="ledger grid">\
    <thead><tr><th scope="col"><span class="unseen">\(say(.rowNumber))</span></th>\(letters)</tr>\
    </thead><tbody>\(rows)</tbody></table></div></details>
    """
}

extension SheetCell {
  /// As a person sees it; a long text as far as it goes.
  fileprivate var shown: String {
    switch self {
    case .empty: ""
    case .text(let text): JSON.shortened(text)
    case .number(let digits, let isPercent): isPercent ? "\(digits) (%)" : digits
    case .date(let day): day.description
    case .truth(let flag): flag ? "TRUE" : "FALSE"
    case .error(let error): error
    }
  }
}

private func changesPanel(
  _ count: ImportBooks.ChangesCount, _ form: FormView, _ frame: PageFrame
) -> HTML {
  let options = SentLayouts.Changes.allCases.map { changes in
    (value: changes.rawValue, words: changes.words, note: Phrase?.none)
  }
  let isBad = form.sent?.problems(of: SentLayouts.Field.changesOn).isEmpty == false
  return """
    <details class="panel panel-body import-changes"\(HTML.when(isBad, " open"))>\
    <summary>\(frame.language(.changesCountFrom)): <b>\(frame.language(count.words))</b></summary>
    <div class="form form-panel">
    \(form.radios(SentLayouts.Field.changes, .changesCountFrom, or: count.asSent.rawValue, options))
    \(form.date(SentLayouts.Field.changesOn, .changesDay, or: count.day))
    </div></details>
    """
}

extension Array {
  subscript(at place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
