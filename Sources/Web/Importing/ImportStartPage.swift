import Bookkeeping
import FundModel
import Sheets

/// Where a file is sent, with what is on its way, what was imported, and the names that were taught.
func importStartPage(_ content: ImportStart, frame: PageFrame) -> HTML {
  let say = frame.language
  let main: HTML = """
    <div class="head"><h1>\(say(.importing))</h1></div>
    <p class="lead">\(say(.importNote))</p>
    <div class="stack import">
    \(frame.offersForms ? fileForm(frame) : readOnlyNote(frame))
    \(draftsPanel(content.drafts, frame))
    \(undoForm(content.undone, frame))
    \(importsPanel(content.imports, frame))
    \(aliasesPanel(content.aliases, frame))
    </div>
    """
  return layout(title: say(.importing), main: main, frame: frame)
}

private func fileForm(_ frame: PageFrame) -> HTML {
  let say = frame.language
  let token: HTML =
    frame.signedIn?.formToken.map {
      "<input type=\"hidden\" name=\"\(SentForm.token)\" value=\"\($0.text)\">"
    } ?? .none
  let limit = Phrase.fileLimit(mebibytes: Limits().uploadBytes >> 20)
  return """
    <section class="panel panel-body" aria-labelledby="file-label">
    <form class="form form-panel" id="send-file" method="post" enctype="multipart/form-data" \
    action="\(frame.address.other(PageFrame.importPath).text)">\(token)
    <div class="field"><label id="file-label" for="file">\(say(.chooseFile))</label>\
    <input class="input input-file" type="file" id="file" name="file" required \
    accept=".xlsx,.csv,.txt,text/csv" aria-describedby="file-note">\
    <span class="read" id="file-note">\(say(limit))</span></div>
    <div class="acts acts-start"><button class="button button-go" type="submit">\
    \(say(.sendFile))</button></div></form></section>
    """
}

// MARK: On their way

private func draftsPanel(_ drafts: [ImportDraft], _ frame: PageFrame) -> HTML {
  guard !drafts.isEmpty else { return .none }
  let say = frame.language
  let rows = drafts.map { draft -> HTML in
    let address = frame.address.other("\(PageFrame.importPath)/\(draft.id)")
    let end = FormView(ImportForm.end, about: ["draft": draft.id], frame)
    let button: HTML = """
      <button class="button" type="submit">\(say(.endDraft))<span class="unseen"> \
      \(draft.file.name)</span></button>
      """
    return """
      <tr><th scope="row" class="name">\(wrapped("\(draft.file.name)"))</th>\
      <td>\(say(draft.stage.words))</td>\
      <td data-label="\(say(.sentAt))">\(frame.civilTime(draft.since).toTheMinute)</td>\
      <td class="acts-cell"><a class="act" href="\(address.text)">\
      \(say(draft.isOver ? .seeWhy : .goOn))\
      <span class="unseen"> \(draft.file.name)</span></a> \
      \(frame.offersForms ? end(button, style: "form-inline") : .none)</td></tr>

      """
  }
  return """
    <section class="panel stacking"><div class="panel-head">\
    <h2 id="drafts">\(say(.draftsUnderWay))</h2></div>
    <div class="box box-plain" id="box-drafts" role="region" tabindex="0" \
    aria-label="\(say(.draftsUnderWay))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.fileNames))</th><th scope="col">\(say(.stage))</th>\
    <th scope="col">\(say(.sentAt))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    """
}

extension ImportDraft.Stage {
  /// What a draft waits for, or what is done with it.
  var words: Phrase {
    switch self {
    case .reading: .readingFile
    case .layingOut: .waitsForLayout
    case .previewing: .previewing
    case .previewed: .waitsForYou
    case .taking: .takingImport
    case .taken: .importTaken
    case .failed: .importFailed
    }
  }
}

// MARK: What was imported

private func importsPanel(_ imports: [ImportRecord], _ frame: PageFrame) -> HTML {
  let say = frame.language
  guard !imports.isEmpty else {
    return "<div class=\"empty\"><p>\(say(.noImports))</p></div>"
  }
  return """
    <section class="panel stacking"><div class="panel-head">\
    <h2 id="imports">\(say(.earlierImports))</h2></div>
    <div class="box box-plain" id="box-imports" role="region" tabindex="0" \
    aria-label="\(say(.earlierImports))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.fileNames))</th><th scope="col">\(say(.rowCount))</th>\
    <th scope="col">\(say(.trailWhen))</th><th scope="col">\(say(.trailWho))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(imports.map { importRow($0, frame) })</tbody></table></div></section>
    """
}

private func importRow(_ record: ImportRecord, _ frame: PageFrame) -> HTML {
  let say = frame.language
  let sequence = record.recorded.sequence
  let names = record.files.map(\.name).joined(separator: ", ")
  let rows = rowsOf(record)
  let act: HTML
  if let undone = record.undone {
    act = """
      <a class="act" href="\(frame.trailLink(undone.sequence))">\(say(.undone))</a>
      """
  } else {
    let address = frame.address.with("do", "undo").with("entry", String(sequence))
    act = frame.offer(
      """
      <a class="act" id="undo-\(sequence)" data-live data-focus="undo-form" \
      href="\(address.text)">\(say(.undoImport))<span class="unseen"> \(sequence)</span></a>
      """)
  }
  let time = frame.civilTime(record.recorded.recordedAt).toTheMinute
  return """
    <tr\(HTML.when(record.undone != nil, " class=\"uncounted\"")) data-import="\(sequence)">\
    <th scope="row" class="name">\(wrapped(
      """
      <a href="\(frame.trailLink(sequence))">\(names.isEmpty ? say(.importing) : names)</a>
      """))</th>\
    <td>\(say(rows))</td><td data-label="\(say(.trailWhen))">\(time)</td>\
    <td data-label="\(say(.trailWho))">\(say(.recorder(record.actor)))</td><td class="acts-cell">\(act)</td></tr>

    """
}

private func rowsOf(_ record: ImportRecord) -> Phrase {
  .rowsOfImport(
    new: record.files.map(\.new).reduce(0, +), changed: record.files.map(\.changed).reduce(0, +))
}

/// Opened by the address, as all forms of pages are.
private func undoForm(_ record: ImportRecord?, _ frame: PageFrame) -> HTML {
  guard let record, record.undone == nil, frame.offersForms else { return .none }
  let say = frame.language
  let sequence = record.recorded.sequence
  let form = FormView(
    ImportForm.undo, about: ["import": String(sequence)], first: "reason", frame)
  let close = frame.address.with("do", nil).with("entry", nil)
  return """
    <section class="panel panel-body" id="undo-form" tabindex="-1" \
    aria-labelledby="undo-title">\
    \(form(
      """
      <h2 id="undo-title">\(say(.undoImportNow)) · \(say(.recordedAs(sequence)))</h2>
      <p>\(record.files.map(\.name).joined(separator: ", ")): \(say(rowsOf(record)))</p>
      <p class="quiet">\(say(.undoImportNote))</p>
      \(form.text("reason", .reason, most: TextLimit.memo))
      <div class="acts acts-start">\(form.button(.undoImportNow, style: "button button-bad"))\
      <a class="button" data-live data-focus="undo-\(sequence)" href="\(close.text)">\
      \(say(.cancel))</a></div>
      """, style: "form form-panel"))</section>
    """
}

// MARK: Names that were taught

private func aliasesPanel(_ aliases: [NamedAliases.Line], _ frame: PageFrame) -> HTML {
  guard !aliases.isEmpty else { return .none }
  let say = frame.language
  let rows = aliases.map { line -> HTML in
    let (kind, id) = line.alias.target.parts
    let form = FormView(
      ImportForm.forget,
      about: ["kind": kind.rawValue, "target": id, "spelling": line.alias.spelling], frame)
    let button: HTML = """
      <button class="button" type="submit">\(say(.forgetName))<span class="unseen"> \
      \(line.alias.spelling)</span></button>
      """
    return """
      <tr><th scope="row" class="name">\(wrapped("\(line.alias.spelling)"))</th>\
      <td>\(line.name)</td><td class="acts-cell">\
      \(frame.offersForms ? form(button, style: "feed-end") : .none)</td></tr>

      """
  }
  return """
    <section class="panel stacking"><div class="panel-head">\
    <h2 id="aliases">\(say(.taughtNames))</h2></div>
    <div class="box box-plain" id="box-aliases" role="region" tabindex="0" \
    aria-label="\(say(.taughtNames))"><table class="ledger ledger-roomy stacks"><thead><tr>\
    <th scope="col" class="name">\(say(.inTheFile))</th><th scope="col">\(say(.nameInBooks))</th>\
    <th scope="col"><span class="unseen">\(say(.actions))</span></th></tr></thead>
    <tbody>\(rows)</tbody></table></div></section>
    """
}

extension NameAlias.Target {
  fileprivate var parts: (kind: UnknownName.Kind, id: String) {
    switch self {
    case .fund(let id): (.fund, id.description)
    case .party(let id): (.party, id.description)
    }
  }
}
