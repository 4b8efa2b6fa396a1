import ArgumentParser
import Foundation
import FundModel
import Sheets

/// Reads a file of sheets within limits of its own: `SheetReader` starts this as a process.
struct ReadSheetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-sheets",
    abstract: "Read an .xlsx or .csv file into a rows file: the process that others start for it.",
    discussion:
      "Says on its output how much is done, and what is wrong: exit 0 read, 1 refused.",
    shouldDisplay: false)

  @Argument(help: "The .xlsx or .csv file.")
  var file: String

  @Argument(help: "Where what was read goes. There may be nothing there.")
  var rowsFile: String

  @Option(help: "What the file is called, where that is not what its path says.")
  var name: String?

  @Flag(name: .customLong("print"), help: "Then print the sheets and rows of the rows file.")
  var prints = false

  func run() throws {
    try ReaderLimits().apply()
    do {
      let writer = try RowsFileWriter(rowsFile)
      let progress = ProgressLines()
      try readSheets(
        in: file, named: name ?? file, into: writer,
        steps: ReadingSteps(progress: progress.tell, isCancelled: { progress.isUnheard }))
      try writer.finish()
      if prints { try printRows() }
    } catch let problem as SheetProblem {
      unlink(rowsFile)
      say(ReaderReport.problem(problem).line)
      throw ExitCode(1)
    } catch is CancellationError {
      unlink(rowsFile)
      throw ExitCode(1)
    }
  }

  private func printRows() throws {
    for sheet in try RowsFile(rowsFile).sheets {
      say("sheet \(sheet.isHidden ? "hidden" : "shown") \(Self.json([sheet.name]))")
      try sheet.read { row in
        say("row \(row.number) \(Self.json(row.cells.map(\.shown)))")
      }
    }
  }

  private func say(_ line: String) { _ = ProgressLines.write(line) }

  private static func json(_ texts: [String]) -> String {
    let data = try? JSONEncoder().encode(texts)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }
}

extension SheetCell {
  /// Its kind and what it holds, such as `number 1.5`.
  fileprivate var shown: String {
    switch self {
    case .empty: ""
    case .text(let text): "text \(text)"
    case .number(let number, let isPercent): "\(isPercent ? "percent" : "number") \(number)"
    case .date(let day): "date \(day)"
    case .truth(let isTrue): "truth \(isTrue)"
    case .error(let error): "error \(error)"
    }
  }
}

/// Tells how much is done, a line for each hundredth.
private final class ProgressLines {
  private var told = -1
  /// Nobody reads the lines any more: whoever asked is gone.
  private(set) var isUnheard = false

  func tell(_ part: Double) {
    let hundredths = Int(part * 100)
    guard hundredths > told else { return }
    told = hundredths
    isUnheard = !Self.write(ReaderReport.done(Double(hundredths) / 100).line)
  }

  /// At once; - Returns: whether it could be written.
  static func write(_ line: String) -> Bool {
    var rest = Array((line + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
