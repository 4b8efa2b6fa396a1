import Bookkeeping
import Foundation
import FundModel
import Sheets

/// Where files lie on their way into the books. A draft can be left and returned to while the server
/// runs; what nobody comes back to is cleared away.
actor ImportDesk {
  private let books: Books
  private let tools: ImportTools
  private let write: @Sendable (LogEntry) -> Void
  private var drafts: [String: ImportDraft] = [:]
  private var tasks: [String: Task<Void, Never>] = [:]
  private var previewsMade = 0

  /// How many drafts there may be at once, and of one user; a further one is refused. Those that came to
  /// nothing or are in the books make room.
  private static let most = 20
  private static let mostOfOne = 5
  /// Looking at more rows than these takes longer than others should wait for their turn.
  private static let mostRowsInPlace = 5_000
  private static let longest: Int64 = 24 * 3_600 * 1_000_000

  init(_ books: Books, _ tools: ImportTools, log write: @escaping @Sendable (LogEntry) -> Void) {
    self.books = books
    self.tools = tools
    self.write = write
  }

  /// The last first.
  func drafts(of user: User.ID) -> [ImportDraft] {
    drafts.values.filter { $0.user == user }.sorted { $0.since > $1.since }
  }

  /// - Returns: `nil` for what is somebody else's, too.
  func draft(_ id: String, of user: User.ID) -> ImportDraft? {
    drafts[id].flatMap { $0.user == user ? $0 : nil }
  }

  // MARK: A new file

  /// - Throws: `Problem` 422 where the user has too many drafts already.
  func makeRoom(for user: User.ID) throws {
    let now = books.clock.now().microseconds
    for draft in drafts.values where now - draft.since.microseconds > Self.longest {
      end(draft.id)
    }
    func isFull() -> Bool {
      drafts.values.count { $0.user == user } >= Self.mostOfOne || drafts.count >= Self.most
    }
    let over = drafts.values.filter(\.isOver).sorted { $0.since < $1.since }
    for draft in over where draft.user == user || drafts.count >= Self.most {
      if isFull() { end(draft.id) }
    }
    guard drafts.values.count(where: { $0.user == user }) < Self.mostOfOne else {
      throw Problem.tooManyDrafts(Self.mostOfOne)
    }
    guard drafts.count < Self.most else { throw Problem.tooBusy }
  }

  /// Opens an empty file into which what is sent may be written.
  func place(for id: String) throws -> FileHandle {
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: tools.folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let path = sentPath(id)
    guard
      manager.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw Problem.full }
    return handle
  }

  /// Clears away what was written for a draft that came to nothing.
  func drop(_ id: String) {
    for path in [sentPath(id), rowsPath(id)] {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  private func sentPath(_ id: String) -> String { tools.folder + "/" + id + ".sent" }
  private func rowsPath(_ id: String) -> String { tools.folder + "/" + id + ".rows" }

  /// Begins to read a file that was written to its place.
  func take(_ id: String, _ file: ImportFile, of user: User.ID) {
    let draft = ImportDraft(id: id, user: user, file: file, since: books.clock.now())
    drafts[id] = draft
    work(id, draft.progress) { [books, tools] progress in
      let (sent, rows) = await (self.sentPath(id), self.rowsPath(id))
      let read = try await tools.read(sent, file.name, rows) { progress.tell($0) }
      try progress.check()
      let funds = try await books.answer(FundNames())
      let remembered = RememberedLayouts(try await books.answer(ImportLayouts()))
      let earlier = try await books.answer(EarlierImport(sha256: file.sha256))
      let looks = try read.sheets.map { try SheetLook($0) }
      let rowCounts = read.sheets.map(\.rowCount)
      let near = looks.map { $0.isHidden ? nil : $0.nearGuess(funds: funds) }
      func guessed(_ funds: [String]) -> [SheetLayout?] {
        looks.map { look in
          look.isHidden || look.mark != nil ? nil : look.guess(funds: funds, remembered)
        }
      }
      // A title may name a fund that another sheet of the file introduces.
      let own = zip(looks, guessed(funds)).flatMap { $0.fundNames(in: $1) }
      let layouts = guessed(funds + own)
      await self.change(id) { draft in
        draft.looks = looks
        draft.rowCounts = rowCounts
        draft.nearGuesses = near
        draft.layouts = layouts
        draft.earlier = earlier
        draft.stage = .layingOut
      }
      try? FileManager.default.removeItem(atPath: sent)
    }
  }

  // MARK: What becomes of it

  /// Keeps how the sheets are to be read, without looking at what that would do.
  func layOut(_ id: String, _ layouts: [SheetLayout?]) {
    guard let draft = drafts[id], draft.progress == nil, draft.isRead, !draft.isTaken else {
      return
    }
    change(id) { draft in
      draft.layouts = layouts
      draft.isSeenAgain = false
      draft.isStopped = false
      draft.stage = .layingOut
    }
  }

  /// Looks at what the import would do, by these layouts, which are remembered for sheets with the
  /// same headings.
  func preview(
    _ id: String, _ layouts: [SheetLayout?], _ changesCount: ImportBooks.ChangesCount,
    by keeper: Keeper
  ) {
    guard let draft = drafts[id], draft.progress == nil, draft.isRead, !draft.isTaken else {
      return
    }
    let progress = WorkProgress()
    previewsMade += 1
    let mark = String(previewsMade)
    change(id) { draft in
      draft.layouts = layouts
      draft.changesCount = changesCount
      draft.isStopped = false
      draft.stage = .previewing(progress)
    }
    work(id, progress) { [books, tools] progress in
      guard let made = try await self.made(id, progress) else { return }
      for (fingerprint, layout) in made.remembered {
        try await books.keepLayout(fingerprint, mapping: layout.text, by: keeper)
      }
      let basis = try await books.answer(ImportBasis.Question())
      let report =
        made.rowCount > Self.mostRowsInPlace
        ? try await tools.previewElsewhere(made.command) : try await books.preview(made.command)
      try progress.check()
      let names = try await books.answer(NamesInImport(made.command.tables))
      try progress.check()
      let preview = ImportPreview(
        report: report,
        tables: Dictionary(
          made.command.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
        sums: try made.sheets.flatMap { try $0.controlTotals(report) },
        unknown: names.unknown, basis: basis, id: String(basis.knownThrough) + "-" + mark,
        readAs: names.readAs, changesCount: made.command.changesCount)
      await self.change(id) { $0.stage = .previewed(preview) }
    }
  }

  /// Looks once more at what the import would do: names were taught, or the books changed.
  func previewAgain(_ id: String, by keeper: Keeper) {
    guard let draft = drafts[id] else { return }
    change(id) { $0.isSeenAgain = false }
    preview(id, draft.layouts, draft.changesCount, by: keeper)
  }

  /// Takes the import into the books, all or nothing. Where it is not any more what a person saw, it is
  /// shown once more instead.
  ///
  /// - Parameter seen: the id of the preview that they confirmed.
  func confirm(_ id: String, seen: String, by keeper: Keeper) {
    guard case .previewed(let preview)? = drafts[id]?.stage, preview.report.problems.isEmpty else {
      return
    }
    guard preview.id == seen else { return change(id) { $0.isSeenAgain = true } }
    let progress = WorkProgress()
    change(id) { $0.stage = .taking(progress) }
    work(id, progress) { [books] progress in
      guard let made = try await self.made(id, progress) else { return }
      var command = made.command
      command.basis = preview.basis
      // Asked for twice, it is done once.
      let receipt: Receipt<ImportCounts>
      do {
        receipt = try await books.perform(command, by: keeper, requestKey: "import \(id)")
      } catch is ImportBasisChanged {
        return await self.seeAgain(id, by: keeper)
      }
      await self.change(id) { $0.stage = .taken(receipt.audit.sequence, preview.report.counts) }
      await self.drop(id)
    }
  }

  private func seeAgain(_ id: String, by keeper: Keeper) {
    change(id) { draft in
      draft.stage = .layingOut
      draft.isSeenAgain = true
    }
    guard let draft = drafts[id] else { return }
    preview(id, draft.layouts, draft.changesCount, by: keeper)
  }

  /// Ends what is under way: a file that is being read is gone, an import that is being looked at or
  /// taken is as it was before.
  func cancel(_ id: String) {
    guard let draft = drafts[id] else { return }
    draft.progress?.cancel()
    if !draft.isRead { end(id) }
  }

  /// Ends it, whatever is under way; nothing of it stays.
  func end(_ id: String) {
    drafts[id]?.progress?.cancel()
    tasks[id]?.cancel()
    tasks[id] = nil
    drafts[id] = nil
    drop(id)
  }

  private struct Made {
    let command: ImportBooks
    let sheets: [LaidOutSheet]
    let remembered: [(fingerprint: String, layout: SheetLayout)]
    let rowCount: Int
  }

  private func made(_ id: String, _ progress: WorkProgress) throws -> Made? {
    guard let draft = drafts[id] else { return nil }
    let read = try RowsFile(rowsPath(id))
    var sheets: [LaidOutSheet] = []
    var remembered: [(fingerprint: String, layout: SheetLayout)] = []
    var rows = 0
    for ((sheet, look), layout) in zip(zip(read.sheets, draft.looks), draft.layouts) {
      guard let layout else { continue }
      rows += sheet.rowCount
      sheets.append(LaidOutSheet(sheet, of: draft.file.name, layout))
      if let headings = look.row(layout.headingRow) {
        remembered.append((SheetLayout.fingerprint(of: headings), layout))
      }
    }
    let most = max(rows, 1)
    let command = ImportBooks(
      files: [draft.file], tables: sheets.map(\.table),
      mark: draft.looks.compactMap(\.mark).first, changesCount: draft.changesCount
    ) { done in
      try progress.check()
      progress.tell(Double(done) / Double(most))
    }
    return Made(command: command, sheets: sheets, remembered: remembered, rowCount: rows)
  }

  private func change(_ id: String, _ body: (inout ImportDraft) -> Void) {
    guard var draft = drafts[id] else { return }
    body(&draft)
    drafts[id] = draft
  }

  private func work(
    _ id: String, _ progress: WorkProgress?,
    _ body: @escaping @Sendable (WorkProgress) async throws -> Void
  ) {
    guard let progress else { return }
    tasks[id] = Task {
      do { try await body(progress) } catch {
        // Cancelled before anything was looked at, it is for a person to lay out again.
        let stage: ImportDraft.Stage =
          progress.isCancelled ? .layingOut : .failed(sentence(of: error))
        change(id) { draft in
          draft.stage = stage
          draft.isStopped = progress.isCancelled
        }
      }
    }
  }

  private func sentence(of error: any Error) -> Phrase {
    switch error {
    case let problem as SheetProblem: problem.told
    case let problems as ImportProblems: problems.problems.first?.sentence ?? .importFailed
    default: Problem(error, reference: logged(error)).sentence
    }
  }

  private func logged(_ error: any Error) -> String {
    let now = books.clock.now()
    let reference = String(now.microseconds, radix: 36)
    write(
      LogEntry(.error, at: now, "failure \(reference): import: \(String(reflecting: error))"))
    return reference
  }
}

extension LaidOutSheet {
  /// What the sheet states in its 합계 row beside what the report says its rows come to.
  fileprivate func controlTotals(_ report: ImportReport) throws -> [ControlTotal] {
    let name = table.name
    let sums = report.tables.first { $0.name == name && $0.format == layout.format }?.totals ?? []
    return try statedTotals().sorted { $0.key < $1.key }.map { column, text in
      let ours = sums.filter { $0.column == column }
      return ControlTotal(
        sheet: name, column: layout.format.name(of: column),
        ours: ours.count == 1 ? ours.first?.amount : nil,
        net: ours.count == 1 ? ours.first?.net : nil, stated: text)
    }
  }
}
