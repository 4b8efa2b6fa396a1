import FundModel

/// Reads an .xlsx file from its archive, sheet by sheet.
struct WorkbookReader {
  private let archive: ZipArchive
  private let limits: SheetLimits
  private let steps: ReadingSteps

  init(path: String, fileBytes: Int, limits: SheetLimits, steps: ReadingSteps) throws(SheetProblem)
  {
    archive = try ZipArchive(path: path, fileBytes: fileBytes, limits: limits)
    (self.limits, self.steps) = (limits, steps)
  }

  func read(into sink: any SheetSink) throws {
    let workbook = try workbookPart()
    let tabs = WorkbookHandler(workbook, limits: limits)
    try read(workbook, by: tabs, progress: { _ in })
    let related = try relationships(of: workbook)
    // Diagrams have tabs of their own; they hold no cells.
    let sheets = try tabs.tabs.compactMap { tab in
      guard let target = related.targets[tab.relationship],
        target.kind != "worksheet" || target.part != nil
      else {
        throw SheetProblem.damaged(
          workbook, "시트 \"\(tab.name)\"이 어디에 있는지 쓰여 있지 않습니다.",
          "it does not say where sheet \"\(tab.name)\" is.")
      }
      return target.kind == "worksheet" ? target.part.map { (tab, $0) } : nil
    }
    guard !sheets.isEmpty else { throw SheetProblem.noWorkbook }
    var progress = PartProgress(steps: steps)
    let shared = related.first("sharedStrings")
    progress.total = ([shared].compactMap(\.self) + sheets.map(\.1))
      .reduce(0) { $0 + archive.packedBytes(of: $1) }
    let context = try context(of: related, days: tabs.days, &progress)
    for (tab, part) in sheets {
      try readSheet(tab, part, context, into: sink, &progress)
    }
  }

  /// The part that the archive calls its document.
  private func workbookPart() throws -> String {
    guard archive.contains("_rels/.rels") else {
      let isOpenDocument = archive.contains("mimetype") && archive.contains("content.xml")
      throw isOpenDocument ? SheetProblem.openDocument : SheetProblem.noWorkbook
    }
    guard let part = try relationships(of: "").first("officeDocument") else {
      throw SheetProblem.noWorkbook
    }
    if part.lowercased().hasSuffix(".bin") { throw SheetProblem.binaryExcel }
    return part
  }

  private func relationships(of source: String) throws -> Relationships {
    let handler = RelationshipsHandler(of: source, most: limits.zipEntries)
    try read(PartName.relationships(of: source), by: handler, progress: { _ in })
    return Relationships(targets: handler.relationships)
  }

  private func context(
    of related: Relationships, days: DaySystem, _ progress: inout PartProgress
  ) throws -> WorkbookContext {
    var context = WorkbookContext(days: days)
    if let part = related.first("styles") {
      let handler = StylesHandler(part, limits: limits)
      try read(part, by: handler, progress: { _ in })
      context.formats = handler.formats
    }
    if let part = related.first("sharedStrings") {
      let handler = SharedStringsHandler(part, limits: limits)
      try read(part, by: handler, progress: progress.of(archive.packedBytes(of: part)))
      context.strings = handler.strings
      progress.done += archive.packedBytes(of: part)
    }
    return context
  }

  private func readSheet(
    _ tab: WorkbookHandler.Tab, _ part: String, _ context: WorkbookContext,
    into sink: any SheetSink, _ progress: inout PartProgress
  ) throws {
    try sink.begin(sheet: tab.name, isHidden: tab.isHidden)
    let handler = WorksheetHandler(part, context: context, limits: limits, add: sink.add)
    do {
      try read(part, by: handler, progress: progress.of(archive.packedBytes(of: part)))
      try sink.end(merges: handler.merges)
    } catch let problem as SheetProblem { throw problem.at(sheet: tab.name) }
    progress.done += archive.packedBytes(of: part)
  }

  private func read(
    _ part: String, by handler: any XMLHandler, progress: (Double) -> Void
  ) throws {
    let reader = try XMLReader(part, limits: limits, handler: handler)
    try archive.unpack(part) { piece, done in
      try steps.check()
      try reader.read(piece)
      progress(done)
    }
    try reader.finish()
  }
}

/// Says how far reading is, and asks whether it is still wanted.
package struct ReadingSteps {
  /// From 0 to 1, never less than before.
  let progress: (Double) -> Void
  let isCancelled: () -> Bool

  package init(
    progress: @escaping (Double) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) {
    (self.progress, self.isCancelled) = (progress, isCancelled)
  }

  func check() throws(CancellationError) {
    if isCancelled() { throw CancellationError() }
  }
}

/// How far the parts of a workbook are, each as large as it is packed.
private struct PartProgress {
  let steps: ReadingSteps
  var total = 0
  var done = 0

  func of(_ packedBytes: Int) -> (Double) -> Void {
    { part in
      steps.progress(min((Double(done) + part * Double(packedBytes)) / max(Double(total), 1), 1))
    }
  }
}
