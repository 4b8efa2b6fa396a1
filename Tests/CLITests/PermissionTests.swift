import Foundation
import Testing

@Suite("Books that the file system protects")
struct PermissionTests {
  /// Root may open every file; without these capabilities it may what its permissions say.
  private static let bounded =
    geteuid() == 0
    ? ["/usr/bin/setpriv", "--inh-caps=\(less)", "--bounding-set=\(less)"] : []
  private static let less = "-dac_override,-dac_read_search"

  @Test(
    "What may not be read or written is refused with a sentence",
    arguments: [
      (0o000, "overview", "may not be read by this user"),
      (0o000, "check", "may not be read by this user"),
      (0o400, "import sheets/balerion", "can only be read"),
    ])
  func refused(_ permissions: Int, _ command: String, _ sentence: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "jangbu-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "sheets"),
      withDestinationURL: ExampleTests.examples.appending(path: "sheets"))
    let file = folder.appending(path: "books.sqlite")
    #expect(try Shell.run("jangbu init --books books.sqlite --demo", in: folder).last != "exit 70")
    let before = try Data(contentsOf: file)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)

    let told = try Shell.run(
      "jangbu \(command) --books books.sqlite", in: folder, through: Self.bounded)
    #expect(told.last?.hasPrefix("exit ") == true)
    #expect(told.contains { $0.contains(sentence) }, "\(told)")
    #expect(try Data(contentsOf: file) == before)
  }
}
