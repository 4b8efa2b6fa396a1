import Bookkeeping
import Foundation
import Testing

@testable import Web

/// Files that hold what people and programs read, to be looked at when they change.
enum Golden {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Golden")

  /// Every golden file that a test asks for; one that no test asks for fails the run.
  static let asked = [
    "call.json", "commitments.json", "companies.json", "explain-lines.json", "explain-ratio.json",
    "explain-stated.json", "explain-sum.json", "feed.ics", "feed-amounts.en.ics",
    "ledger.json", "openapi.json",
    "overview.json", "preview-on-stated.json", "problem-fields.json", "problem-fields.en.json",
    "problem-too-much.json", "stats.json",
  ]
}

/// Compares with a golden file; `UPDATE_GOLDEN=1` rewrites it.
func expectGolden(
  _ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(Golden.asked.contains(name), "list it in Golden.asked", sourceLocation: sourceLocation)
  let file = Golden.folder.appending(path: name)
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(at: Golden.folder, withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  guard text != expected else { return }
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).prefix { $0 == $1 }.count
  Issue.record(
    """
    \(name):\(line + 1) is
      \(line < new.count ? String(new[line]) : "(its end)")
    and was to be
      \(line < old.count ? String(old[line]) : "(its end)")
    UPDATE_GOLDEN=1 rewrites it.
    """, sourceLocation: sourceLocation)
}

@Suite("Golden files")
struct GoldenFiles {
  @Test("A golden file that no test asks for is not kept")
  func noneUnasked() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: Golden.folder.path)
    #expect(found.sorted() == Golden.asked.sorted())
  }
}

extension JSON {
  /// With a line for each member, to be read and compared by people.
  func pretty(_ indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .object(let members) where !members.contains { $0.value.isNested }:
      let line = members.map { "\(JSON.string($0.name).text): \($0.value.text)" }
        .joined(separator: ", ")
      if indent.count + line.count < 96 { return "{ \(line) }" }
      return "{\n"
        + members.map { "\(inner)\(JSON.string($0.name).text): \($0.value.text)" }
        .joined(separator: ",\n") + "\n\(indent)}"
    case .object(let members) where !members.isEmpty:
      let lines = members.map { "\(inner)\(JSON.string($0.name).text): \($0.value.pretty(inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    case .array(let elements) where !elements.isEmpty && elements.contains(where: \.isNested):
      let lines = elements.map { inner + $0.pretty(inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    default: return text
    }
  }

  private var isNested: Bool {
    switch self {
    case .object, .array: true
    default: false
    }
  }
}
