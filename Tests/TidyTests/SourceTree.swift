import Foundation
import Testing

/// The files of the repository that this test belongs to.
enum SourceTree {
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Swift files under `folder`, in order of path; none where the folder isn't there yet.
  static func swiftFiles(under folder: String) throws -> [SourceFile] {
    try all.get().filter { $0.isUnder(folder) }
  }

  /// Read once for all laws.
  private static let all = Result {
    try ["Sources", "Tests/NaiveOracle"].flatMap { folder in
      let start = root.appending(path: folder)
      let found = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String }
      return try (found ?? []).filter { $0.hasSuffix(".swift") }.sorted().map {
        try SourceFile(path: "\(folder)/\($0)")
      }
    }
  }
}

/// One source: what is written and what of it is code.
struct SourceFile: Sendable {
  /// From the root of the repository.
  let path: String
  let text: [String]
  let code: [String]

  init(path: String) throws {
    let source = try String(
      contentsOf: SourceTree.root.appending(path: path), encoding: .utf8)
    self.init(path: path, source: source)
  }

  init(path: String, source: String) {
    self.path = path
    text = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    code = SwiftCode(source).lines
  }

  func isUnder(_ folders: String...) -> Bool {
    folders.contains { path.hasPrefix($0 + "/") }
  }

  var isPlaceholder: Bool { name == "Placeholder.swift" }

  var name: String { String(path.split(separator: "/").last ?? "") }

  /// Modules imported, with the line of each.
  var imports: [(module: String, line: Int)] {
    code.enumerated().compactMap { index, line in
      guard line.contains("import ") else { return nil }
      let pattern =
        /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:package|public|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)/
      return line.firstMatch(of: pattern).map { (String($0.1), index + 1) }
    }
  }

  /// Records every line of `lines` that `pattern` finds something on.
  func refuse(
    _ pattern: String, in lines: [String], because reason: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for breach in breaches(of: pattern, in: lines) {
      Issue.record("\(path):\(breach): \(reason)", sourceLocation: sourceLocation)
    }
  }

  /// Numbers of the lines on which a match of `pattern`, a regular expression, begins.
  func breaches(of pattern: String, in lines: [String]) -> [Int] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else {
      Issue.record("not a regular expression: \(pattern)")
      return []
    }
    let text = lines.joined(separator: "\n")
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).compactMap { match in
      Range(match.range, in: text).map { found in
        text[..<found.lowerBound].count { $0 == "\n" } + 1
      }
    }
  }
}
