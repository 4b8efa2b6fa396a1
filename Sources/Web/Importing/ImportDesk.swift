import Bookkeeping
import Foundation
import FundModel
package import Sheets

/// What an import needs of the machine: where files that were sent may lie for a while, and who reads
/// them.
package struct ImportTools: Sendable {
  /// A folder that nobody but the server may look into; made when it is needed.
  let folder: String
  let read: ReadSheets

  package init(folder: String, read: @escaping ReadSheets) {
    (self.folder, self.read) = (folder, read)
  }
}

/// Where files lie on their way into the books. A draft can be left and returned to while the server
/// runs; what nobody comes back to is cleared away.
actor ImportDesk {
  private let books: Books
  private let tools: ImportTools
  private var drafts: [String: ImportDraft] = [:]
  private var tasks: [String: Task<Void, Never>] = [:]

  /// How many drafts there may be at once, and of one user; a further one takes the place of the
  /// oldest that nobody is at work on.
  private static let most = 20
  private static let mostOfOne = 5
  private static let longest: Int64 = 24 * 3_600 * 1_000_000

  init(_ books: Books, _ tools: ImportTools) {
    (self.books, self.tools) = (books, tools)
  }

  func drafts(of user: User.ID) -> [ImportDraft] {
    drafts.values.filter { $0.user == user }.sorted { $0.since > $1.since }
  }

  /// - Returns: `nil` for what is somebody else's, too.
  func draft(_ id: String, of user: User.ID) -> ImportDraft? {
    drafts[id].flatMap { $0.user == user ? $0 : nil }
  }

  // MARK: A new file

  /// An empty file into which what is sent may be written.
  func place(_ id: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: tools.folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let path = sentPath(id)
    guard
      FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    return path
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
  func take(_ id: String, _ file: ImportFile, of user: User.ID, earlier: ImportEarlier?) {
    makeRoom(for: user)
    let progress = WorkProgress()
    var draft = ImportDraft(
      id: id, user: user, file: file, since: books.clock.now(), stage: .reading(progress))
    draft.earlier = earlier
    drafts[id] = draft
    work(id) { [books, tools] in
      let (sent, rows) = (self.sentPath(id), self.rowsPath(id))
      let read = try await tools.read(sent, file.name, rows) { progress.tell($0) }
      try progress.check()
      let funds = try await books.answer(FundNames())
      let looks = try read.sheets.map { try SheetLook($0) }
      await self.change(id) { draft in
        draft.looks = looks
        draft.layouts = looks.map { look in
          look.isHidden || look.mark != nil ? nil : look.guess(funds: funds)
        }
        draft.stage = .layingOut
      }
      try? FileManager.default.removeItem(atPath: sent)
    }
  }

  private func makeRoom(for user: User.ID) {
    let now = books.clock.now().microseconds
    for draft in drafts.values where now - draft.since.microseconds > Self.longest {
      end(draft.id)
    }
    func oldest(_ these: [ImportDraft]) -> ImportDraft? {
      these.filter { $0.progress == nil }.min { $0.since < $1.since }
        ?? these.min { $0.since < $1.since }
    }
    let own = drafts.values.filter { $0.user == user }
    if own.count >= Self.mostOfOne, let oldest = oldest(own) { end(oldest.id) }
    if drafts.count >= Self.most, let oldest = oldest(Array(drafts.values)) { end(oldest.id) }
  }

  // MARK: What becomes of it

  /// Looks at what the import would do, by these layouts.
  func preview(
    _ id: String, _ layouts: [SheetLayout?], _ changesCount: ImportBooks.ChangesCount
  ) {
    guard drafts[id]?.progress == nil else { return }
    let progress = WorkProgress()
    change(id) { draft in
      draft.layouts = layouts
      draft.changesCount = changesCount
      draft.stage = .previewing(progress)
    }
    work(id) { [books] in
      guard let made = try await self.command(id, progress) else { return }
      let report = try await books.preview(made.command)
      let stated = try made.sheets.flatMap { sheet in
        try sheet.statedTotals().sorted { $0.key < $1.key }.map { column, text in
          ImportDraft.StatedTotal(
            sheet: sheet.table.name, format: sheet.layout.format, column: column, text: text)
        }
      }
      await self.change(id) { $0.stage = .previewed(report, stated: stated) }
    }
  }

  /// Takes the import into the books, all or nothing.
  func confirm(_ id: String, by keeper: Keeper) {
    guard case .previewed(let report, _)? = drafts[id]?.stage, report.problems.isEmpty else {
      return
    }
    let progress = WorkProgress()
    change(id) { $0.stage = .taking(progress) }
    work(id) { [books] in
      guard let made = try await self.command(id, progress) else { return }
      // Asked for twice, it is done once.
      let receipt = try await books.perform(
        made.command, by: keeper, requestKey: "import \(id)")
      for (fingerprint, layout) in made.remembered {
        try? await books.keepLayout(fingerprint, mapping: layout.text, by: keeper)
      }
      await self.change(id) { $0.stage = .taken(receipt.audit.sequence, receipt.outcome) }
      await self.drop(id)
    }
  }

  /// Back to saying what the sheets hold.
  func layOutAgain(_ id: String) {
    guard drafts[id]?.progress == nil, drafts[id]?.looks.isEmpty == false else { return }
    if case .taken? = drafts[id]?.stage { return }
    change(id) { $0.stage = .layingOut }
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
  }

  private func command(_ id: String, _ progress: WorkProgress) throws -> Made? {
    guard let draft = drafts[id] else { return nil }
    let read = try RowsFile(rowsPath(id))
    var sheets: [LaidOutSheet] = []
    var remembered: [(fingerprint: String, layout: SheetLayout)] = []
    var rows = 0
    for (index, sheet) in read.sheets.enumerated() {
      guard draft.layouts.indices.contains(index), let layout = draft.layouts[index] else {
        continue
      }
      rows += sheet.rowCount
      sheets.append(LaidOutSheet(sheet, of: draft.file.name, layout))
      if let headings = draft.looks[index].row(layout.headingRow) {
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
    return Made(command: command, sheets: sheets, remembered: remembered)
  }

  private func change(_ id: String, _ body: (inout ImportDraft) -> Void) {
    guard var draft = drafts[id] else { return }
    body(&draft)
    drafts[id] = draft
  }

  private func work(_ id: String, _ body: @escaping @Sendable () async throws -> Void) {
    tasks[id] = Task {
      do { try await body() } catch is CancellationError {
        // Whoever cancelled it has cleared it away.
      } catch {
        await self.change(id) { $0.stage = .failed(Self.sentence(error)) }
      }
    }
  }

  private static func sentence(_ error: any Error) -> Phrase {
    switch error {
    case let problem as SheetProblem: problem.told
    case let refusal as Refusal: refusal.sentence
    case let problems as ImportProblems:
      problems.problems.first?.sentence ?? .importFailed
    default: Problem(error, reference: "").sentence
    }
  }
}
