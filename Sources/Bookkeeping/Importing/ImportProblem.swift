package import FundModel

/// Something in a file that a person is told: what the books cannot take, or what was read and may
/// have been meant otherwise.
package struct ImportProblem: Hashable, Sendable {
  /// The file, or the sheet of a workbook.
  package let file: String
  /// From 1; 0 when it is about the whole file.
  package let line: Int
  /// As the file or the sheet itself calls it; empty when it is about the whole line.
  package let column: String
  /// The cell as a spreadsheet names it, such as `C14`; `nil` where it is about no cell of a sheet.
  package let cell: String?
  /// What is wrong, what was read and what would be right.
  package let sentence: Phrase
}

extension ImportProblem {
  /// Of a row behind so many problems that its own were not kept.
  static let notKept = ImportProblem(
    file: "", line: 0, column: "", cell: nil,
    sentence: Phrase(
      "문제가 너무 많아 이 줄의 이유는 남기지 않았습니다. 앞줄들을 고쳐 다시 올리세요.",
      "There are too many problems to tell those of this row; mend the rows before it and send the file "
        + "again."))
}

/// Every bad line of an import. Nothing was written.
package struct ImportProblems: Error, Hashable, Sendable {
  /// In the order of files and lines; at most ``most``.
  package let problems: [ImportProblem]

  package init(problems: [ImportProblem]) { self.problems = problems }

  /// How many are listed: a file of the wrong kind has one in every line.
  package static let most = 1_000
}

/// Collects problems while an import goes on, so that all are told at once.
final class ImportProblemList {
  private var problems: [ImportProblem] = []
  private var told: Set<ImportProblem> = []

  var isEmpty: Bool { problems.isEmpty }

  /// How many are kept with their words: of a million bad rows the rest are only counted.
  private static let mostKept = 20_000

  var isFull: Bool { problems.count >= Self.mostKept }

  /// A column may be looked at more than once; its problem is told once.
  ///
  /// - Returns: whether it is told here.
  func add(_ problem: ImportProblem) -> Bool {
    guard !isFull, told.insert(problem).inserted else { return false }
    problems.append(problem)
    return true
  }

  /// In the order of tables, lines and cells; at most ``ImportProblems/most``.
  func sorted(in order: [String]) -> [ImportProblem] {
    let place = Dictionary(
      order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func rank(_ problem: ImportProblem) -> (Int, Int, Int, String, String) {
      // `AA7` comes after `B7`.
      (
        place[problem.file] ?? .max, problem.line, problem.cell?.utf8.count ?? 0,
        problem.cell ?? "", problem.column
      )
    }
    let sorted = problems.sorted { rank($0) < rank($1) }
    return Array(sorted.prefix(ImportProblems.most))
  }
}

/// Tells how far an import is, now and then; whoever is told may throw, which ends it. A row is half
/// done when it was read, and done when it is known what becomes of it.
final class ImportProgress {
  private var halves = 0
  private let tell: (@Sendable (Int) throws -> Void)?

  init(_ tell: (@Sendable (Int) throws -> Void)?) { self.tell = tell }

  func halfOfOneMore() throws {
    halves += 1
    if halves % 1_024 == 0 { try tell?(halves / 2) }
  }
}
