import Foundation
import Testing

/// Every transcript of `Examples/` is run, and has to print what it says.
///
/// `UPDATE_GOLDEN=1` rewrites them; then look at `git diff`.
@Suite("Examples")
struct ExampleTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let examples = root.appending(path: "Examples")

  static let transcripts: [String] = {
    let found = FileManager.default.enumerator(atPath: examples.path)?.allObjects ?? []
    return found.compactMap { $0 as? String }.filter { $0.hasSuffix(".transcript") }.sorted()
  }()

  @Test("There are transcripts")
  func thereAreTranscripts() { #expect(Self.transcripts.count >= 8) }

  @Test("prints what it says", arguments: transcripts)
  func prints(_ name: String) throws {
    let file = Self.examples.appending(path: name)
    let expected = Transcript(try String(contentsOf: file, encoding: .utf8))
    #expect(!expected.steps.isEmpty)
    let folder = FileManager.default.temporaryDirectory.appending(path: "jangbu-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // The sheets that transcripts import stand beside them.
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "sheets"),
      withDestinationURL: Self.examples.appending(path: "sheets"))
    let played = try expected.played(in: folder)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try played.text.write(to: file, atomically: true, encoding: .utf8)
    }
    for (step, told) in zip(expected.steps, played.steps) where step.output != told.output {
      Issue.record(
        """
        \(name)
        $ \(step.command)
        is to print
        \(step.output.joined(separator: "\n"))
        and printed
        \(told.output.joined(separator: "\n"))
        """)
    }
  }
}
