import Foundation
import FundModel
import Sheets

/// What the process that reads says on its output: lines with how much is done, then nothing, or
/// one line with what is wrong.
enum ReaderReport: Equatable {
  /// From 0 to 1.
  case done(Double)
  case problem(SheetProblem)

  var line: String {
    switch self {
    case .done(let part): "done \(part)"
    case .problem(let problem): "problem " + Self.json(of: problem)
    }
  }

  /// - Returns: `nil` for a line that says neither.
  init?(line: String) {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "done":
      guard let part = Double(parts[1]), (0...1).contains(part) else { return nil }
      self = .done(part)
    case "problem":
      guard let told = try? JSONDecoder().decode(Told.self, from: Data(parts[1].utf8)),
        let kind = SheetProblem.Kind(rawValue: told.kind)
      else { return nil }
      self = .problem(
        SheetProblem(
          kind, sheet: told.sheet, row: told.row, column: told.column, Phrase(told.ko, told.en)))
    default: return nil
    }
  }

  private struct Told: Codable {
    let kind: String
    let sheet: String?
    let row: Int?
    let column: Int?
    let ko: String
    let en: String
  }

  private static func json(of problem: SheetProblem) -> String {
    let told = Told(
      kind: problem.kind.rawValue, sheet: problem.sheet, row: problem.row, column: problem.column,
      ko: problem.sentence.ko, en: problem.sentence.en)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(told)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
