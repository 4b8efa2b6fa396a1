/// Reads a file of sheets, .xlsx or .csv by what is in it, whatever it is called.
///
/// Meant for a process of its own (`jangbu read-sheets`): what is read comes from outside, and C
/// libraries look at it first.
/// - Parameter name: what the person calls the file; the sheet of a CSV file is called so.
/// - Throws: ``SheetProblem``, `CancellationError`, or what the sink throws.
package func readSheets(
  in path: String, named name: String, into sink: any SheetSink,
  limits: SheetLimits = SheetLimits(), steps: ReadingSteps = ReadingSteps()
) throws {
  let file = try FileBytes(path)
  guard file.count > 0 else { throw SheetProblem.emptyFile }
  guard file.count <= limits.fileBytes else {
    let limit = spelled(bytes: limits.fileBytes)
    throw SheetProblem.tooLarge(
      "파일이 \(limit)보다 큽니다. 나누어 올려 주세요.",
      "The file is larger than \(limit). Send it in parts.")
  }
  switch try FileKind(of: file) {
  case .archive:
    try WorkbookReader(path: path, fileBytes: file.count, limits: limits, steps: steps)
      .read(into: sink)
  case .text(let encoding):
    try CSVReader(file, encoding, limits: limits, steps: steps)
      .read(named: sheetName(of: name), into: sink)
  }
  steps.progress(1)
}

/// `출자금.csv` as `출자금`.
private func sheetName(of file: String) -> String {
  let last = file.split(separator: "/").last.map(String.init) ?? file
  let stem = last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
  return (try? cellText(stem)) ?? "CSV"
}
