import Bookkeeping
import FundModel
import Hummingbird
import Sheets

/// Files on their way into the books: where they are sent, laid out, looked at, taken and undone.
extension Site {
  /// Where a file is sent, with what is under way and what was taken.
  func importStart(_ visit: Visit) async -> Response? {
    guard let desk = imports else { return nil }
    if visit.asked.isUpload {
      do {
        let id = try await receiveFile(visit, at: desk)
        return seeOther(try place(of: id, visit))
      } catch { return problem(error, visit) }
    }
    return await page(
      visit, PageFrame.importPath, about: .imports, takesForms: true,
      takenBy: { form in
        let keeper = try visit.by.keeper()
        switch form.operation {
        case ImportForm.undo:
          guard let sequence = Int64(form["import"] ?? "") else { throw Problem.notAForm }
          do {
            let undone = try await books.perform(
              UndoImport(sequence, reason: form["reason"] ?? ""), by: keeper,
              requestKey: try readRequestKey(form.requestKeys))
            return .done(sequence: undone.audit.sequence, next: nil)
          } catch let refusal as Refusal {
            var again = form.refused(refusal.field ?? "", refusal.sentence)
            again.trailEntry = refusal.trailEntry
            return .again(again, status: 422)
          }
        case ImportForm.end:
          guard let draft = await desk.draft(form["draft"] ?? "", of: visit.by.user.id) else {
            throw PageRefusal(.importGone, 404)
          }
          await desk.end(draft.id)
          return .changed
        case ImportForm.forget:
          guard let alias = form.alias else { throw Problem.notAForm }
          try await books.forget(alias, by: keeper)
          return .changed
        default: throw Problem.notAForm
        }
      }
    ) { _, frame in
      var content = ImportStart(
        drafts: await desk.drafts(of: visit.by.user.id).filter { !$0.isTaken },
        imports: try await books.answer(ImportsAsOf()),
        aliases: try await books.answer(NamedAliases()))
      if let sequence = frame.askedUndo {
        content.undone = try await books.answer(ImportsAsOf(sequence: sequence)).first
      }
      return { [content] in importStartPage(content, frame: $0) }
    }
  }

  private func place(of draft: String, _ visit: Visit) throws -> String {
    let frame = try PageQuery(visit.asked, books.clock)
      .frame(PageFrame.importPath, books.clock.today)
    return frame.address.other("\(PageFrame.importPath)/\(draft)").text
  }

  /// One file on its way.
  func importDraft(_ id: String, _ visit: Visit) async -> Response? {
    guard let desk = imports else { return nil }
    var left = false
    let response = await page(
      visit, "\(PageFrame.importPath)/\(id)", takesForms: true,
      takenBy: { form in
        let keeper = try visit.by.keeper()
        guard let draft = await desk.draft(id, of: visit.by.user.id) else {
          throw PageRefusal(.importGone, 404)
        }
        switch form.operation {
        case ImportForm.preview:
          return try await layOut(form, draft, at: desk, by: keeper)
        case ImportForm.again: await desk.layOut(id, draft.layouts)
        case ImportForm.teach:
          if let refused = try await teach(form, by: keeper) { return refused }
          await desk.previewAgain(id, by: keeper)
        case ImportForm.take: await desk.confirm(id, seen: form["preview"] ?? "", by: keeper)
        case ImportForm.cancel: await desk.cancel(id)
        case ImportForm.end:
          await desk.end(id)
          left = true
          return .told
        default: throw Problem.notAForm
        }
        return .changed
      }
    ) { query, frame in
      guard let draft = await desk.draft(id, of: visit.by.user.id) else {
        throw PageRefusal(.importGone, 404)
      }
      var content = ImportContent(draft: draft, funds: try await books.answer(FundNames()))
      if case .previewed(let preview) = draft.stage {
        content.rows = try ShownRows(preview, query)
        content.parties = preview.unknown.isEmpty ? [] : try await books.answer(PartyNames())
      }
      return { [content] in importDraftPage(content, frame: $0) }
    }
    return left ? seeOther(PageFrame.importPath) : response
  }

  private func layOut(
    _ form: SentForm, _ draft: ImportDraft, at desk: ImportDesk, by keeper: Keeper
  ) async throws -> FormOutcome {
    var sent = SentLayouts(form, of: draft, funds: try await books.answer(FundNames()))
    if form["step"] != ImportForm.match {
      sent.checkThatTheyCanBeRead()
      if sent.isGood {
        await desk.preview(draft.id, sent.layouts, sent.changesCount, by: keeper)
        return .changed
      }
    }
    await desk.layOut(draft.id, sent.layouts)
    return sent.isGood ? .changed : .again(sent.form, status: 422)
  }

  /// - Returns: the form to be shown again, where something is wrong with it.
  private func teach(_ form: SentForm, by keeper: Keeper) async throws -> FormOutcome? {
    let name = form["name"] ?? ""
    guard let spelling = form["spelling"],
      let kind = UnknownName.Kind(rawValue: form["kind"] ?? "")
    else { throw Problem.notAForm }
    guard let target = try await books.answer(NamedTarget(kind, name)) else {
      return .again(form.refused("name", .notInTheBooks(JSON.shortened(name))), status: 422)
    }
    do { try await books.teach(NameAlias(spelling, target), by: keeper) } catch let refusal
      as Refusal
    { return .again(form.refused("name", refusal.sentence), status: 422) }
    return nil
  }
}

extension Refusal {
  /// The entry of the trail that an undo of an import ran into.
  fileprivate var trailEntry: Int64? {
    switch self {
    case .laterFactsRest(let sequence), .importUndoneAlready(let sequence): sequence
    default: nil
    }
  }
}

extension SentForm {
  /// The alias that the form names, as the page that shows it wrote it.
  fileprivate var alias: NameAlias? {
    guard let spelling = self["spelling"], let id = Int64(self["target"] ?? ""),
      let kind = UnknownName.Kind(rawValue: self["kind"] ?? "")
    else { return nil }
    return NameAlias(
      spelling,
      kind == .fund ? .fund(Fund.ID(rawValue: id)) : .party(Party.ID(rawValue: id)))
  }
}

/// What the page shows on which files are sent.
struct ImportStart: Sendable {
  let drafts: [ImportDraft]
  let imports: [ImportRecord]
  let aliases: [NamedAliases.Line]
  /// The one whose undoing is asked for, however long ago it was.
  var undone: ImportRecord?
}

extension PageFrame {
  /// The import whose undoing the address or the form that was sent asks for.
  fileprivate var askedUndo: Int64? {
    let sent = sent?.operation == ImportForm.undo ? sent?["import"] : nil
    return (sent ?? (address["do"] == "undo" ? address["entry"] : nil)).flatMap { Int64($0) }
  }
}

/// What the page of a draft shows.
struct ImportContent: Sendable {
  let draft: ImportDraft
  /// Names to choose from.
  let funds: [String]
  var parties: [String] = []
  var rows: ShownRows?
}

/// Some rows of one table of a preview, with what becomes of them.
struct ShownRows: Sendable {
  /// Which of the report's tables.
  let table: Int
  let kind: Kind?
  /// Of the rows of the kind.
  let pages: TablePages
  let lines: [Line]

  struct Line: Sendable {
    let number: Int
    let outcome: RowOutcome
    /// What was read of it and may have been meant otherwise.
    let doubts: [ImportProblem]
    /// As the import reads them, one for each column of the table; none where it cannot read them.
    let texts: [String]
    /// Columns that are empty in the file and read as in the row above.
    let carried: [String]
  }

  enum Kind: String, CaseIterable, Sendable {
    case new, changed, there, refused

    init(_ outcome: RowOutcome) {
      switch outcome {
      case .new: self = .new
      case .changes: self = .changed
      case .alreadyThere: self = .there
      case .refused: self = .refused
      }
    }
  }

  /// Asks for every kind.
  static let all = "all"

  /// The page with these rows, said in full: what is shown by itself may change with the file.
  func address(_ frame: PageFrame) -> PageAddress {
    frame.address.with("sheet", String(table)).with("show", kind?.rawValue ?? Self.all)
  }

  init(_ preview: ImportPreview, _ query: PageQuery) throws {
    let tables = preview.report.tables
    let asked = query["sheet"].flatMap { Int($0) }.flatMap {
      tables.indices.contains($0) ? $0 : nil
    }
    let first =
      tables.firstIndex { $0.counts.refused > 0 } ?? tables.firstIndex { $0.counts.changed > 0 }
      ?? tables.firstIndex { $0.counts.new > 0 } ?? tables.firstIndex { $0.rowCount > 0 }
    table = asked ?? first ?? 0
    guard tables.indices.contains(table) else {
      (kind, pages, lines) = (nil, TablePages(nil, of: 0, as: TablePages.ofTable), [])
      return
    }
    let chosen = tables[table]
    // What wants a person's eyes comes first.
    let telling: Kind? =
      chosen.counts.refused > 0 ? .refused : chosen.counts.changed > 0 ? .changed : nil
    kind = query["show"].map { Kind(rawValue: $0) } ?? telling
    var places = Array(0..<chosen.rowCount)
    if let kind {
      places = places.filter { chosen.row($0).map { Kind($0.outcome) } == kind }
    }
    pages = TablePages(query[TablePages.ofTable], of: places.count, as: TablePages.ofTable)
    let shown = pages.shown(of: places).compactMap { place in
      chosen.row(place).map { (line: $0.line, outcome: $0.outcome, doubts: chosen.doubts(place)) }
    }
    let texts = try preview.tables[chosen.name]?.texts(ofLines: Set(shown.map(\.line))) ?? [:]
    lines = shown.map {
      Line(
        number: $0.line, outcome: $0.outcome, doubts: $0.doubts, texts: texts[$0.line]?.texts ?? [],
        carried: texts[$0.line]?.carried ?? [])
    }
  }
}
