/// Something in a file that the books cannot take.
package struct ImportProblem: Hashable, Sendable {
  package let file: String
  /// From 1; 0 when it is about the whole file.
  package let line: Int
  /// Empty when it is about the whole line.
  package let column: String
  /// What is wrong, what was read and what would be right.
  package let sentence: Phrase
}

package import FundModel
/// Every bad line of an import. Nothing was written.
package struct ImportProblems: Error, Hashable, Sendable {
  /// In the order of files and lines; at most ``most``.
  package let problems: [ImportProblem]

  /// How many are listed: a file of the wrong kind has one in every line.
  package static let most = 1_000
}

/// Collects problems while an import goes on, so that all are told at once.
final class ImportProblemList {
  private(set) var problems: [ImportProblem] = []
  private var told: Set<ImportProblem> = []

  /// A column may be looked at more than once; its problem is told once.
  func add(_ file: String, _ line: Int, _ column: String, _ sentence: Phrase) {
    let problem = ImportProblem(file: file, line: line, column: column, sentence: sentence)
    if told.insert(problem).inserted { problems.append(problem) }
  }

  /// Throws what was collected, sorted by file in the order of import, then line.
  func throwIfAny(in order: [String]) throws(ImportProblems) {
    guard !problems.isEmpty else { return }
    let place = Dictionary(
      order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = problems.sorted {
      (place[$0.file] ?? .max, $0.line, $0.column) < (place[$1.file] ?? .max, $1.line, $1.column)
    }
    throw ImportProblems(problems: Array(sorted.prefix(ImportProblems.most)))
  }
}
