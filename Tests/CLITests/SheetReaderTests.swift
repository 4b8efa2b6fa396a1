import Foundation
import FundModel
import Sheets
import Synchronization
import Testing

@testable import jangbu

/// The process that reads is played by small scripts: what it says, and how it ends.
@Suite("Reading in a process of its own", .timeLimit(.minutes(5)))
struct SheetReaderTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "jangbu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test("What was read is handed on, with progress")
  func reads() async throws {
    let writer = try RowsFileWriter(path("made.rows"))
    writer.begin(sheet: "납입", isHidden: true)
    try writer.add(SheetRow(number: 2, cells: [.text("가")]))
    try writer.end(merges: [])
    try writer.finish()
    let parts = Progress()
    let rows = try await read(
      "echo done 0.25; echo more; echo done 1; cp \(path("made.rows")) \"$3\""
    ) {
      parts.add($0)
    }
    #expect(rows.sheets.map(\.name) == ["납입"])
    #expect(rows.sheets.map(\.isHidden) == [true])
    #expect(parts.all == [0.25, 1])
  }

  @Test("The program itself reads, and says what it cannot")
  func program() async throws {
    let folderOfTests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let reader = SheetReader(program: folderOfTests.appending(path: "jangbu").path)
    try "펀드,금액\n가,'-5\n".write(toFile: path("a.csv"), atomically: true, encoding: .utf8)
    let rows = try await reader.read(path("a.csv"), "납입.csv", path("out.rows")) { _ in }
    var cells: [[SheetCell]] = []
    try rows.sheets.first?.read { cells.append($0.cells) }
    #expect(rows.sheets.map(\.name) == ["납입"])
    #expect(cells == [[.text("펀드"), .text("금액")], [.text("가"), .text("-5")]])
    try "a\n\"b".write(toFile: path("b.csv"), atomically: true, encoding: .utf8)
    let found = await #expect(throws: SheetProblem.self) {
      try await reader.read(path("b.csv"), "b.csv", path("b.rows")) { _ in }
    }
    #expect(found?.kind == .quotes)
    #expect(found?.row == 2)
  }

  @Test("It gets the file and its name, an empty environment and nothing that is open here")
  func startsClean() async throws {
    let open = FileHandle(forReadingAtPath: "/dev/null")
    let held = fcntl(open?.fileDescriptor ?? -1, F_DUPFD, 200)
    defer { close(held) }
    let told = path("told")
    _ = try? await read("echo \"$1|$2|$4|$5\" > \(told); env >> \(told); ls /proc/$$/fd >> \(told)")
    let lines = try String(contentsOfFile: told, encoding: .utf8).split(separator: "\n")
    #expect(lines.first == "read-sheets|\(path("a.xlsx"))|--name|이름.xlsx")
    // What a shell adds by itself is no secret of ours.
    let environment = lines.filter { $0.contains("=") && !$0.contains("|") }.map {
      $0.prefix { $0 != "=" }
    }
    #expect(Set(environment).isSubset(of: ["LC_ALL", "PWD", "SHLVL", "OLDPWD", "_"]))
    let descriptors = lines.compactMap { Int($0) }
    #expect(descriptors.contains(1))
    #expect(!descriptors.contains(Int(held)))
  }

  @Test("Its problem is thrown as it was told, and nothing is left")
  func problems() async throws {
    let told = SheetProblem(
      .cell, sheet: "납입", row: 3, column: 2, Phrase("수가 \"아닙니다\".", "no number\nat all"))
    let line = ReaderReport.problem(told).line
    #expect(ReaderReport(line: line) == .problem(told))
    try line.write(toFile: path("line"), atomically: true, encoding: .utf8)
    let found = await problem("echo x > \"$3\"; cat \(path("line")); echo; exit 1")
    #expect(found == told)
    #expect(!FileManager.default.fileExists(atPath: path("out.rows")))
  }

  @Test(
    "However it ends, that is a sentence",
    arguments: [
      "exit 0", "exit 1", "kill -SEGV $$", "kill -KILL $$", "kill -XCPU $$", "kill -ILL $$",
      "echo JBROWS1 > \"$3\"", "echo problem nonsense; exit 1", "head -c 200000 /dev/zero; exit 3",
    ])
  func ends(script: String) async {
    let found = await problem(script)
    #expect(found != nil)
    #expect(found?.sentence.ko.isEmpty == false)
    #expect(!FileManager.default.fileExists(atPath: path("out.rows")))
  }

  @Test("A program that cannot be started is a sentence too")
  func notStarted() async {
    await #expect(throws: SheetProblem.self) {
      try await SheetReader(program: path("none")).read(path("a"), "a", path("out.rows")) { _ in }
    }
  }

  @Test("What takes too long is ended")
  func tooSlow() async throws {
    let found = await problem("echo $$ > \(path("number")); exec sleep 1000", most: .seconds(1))
    #expect(found?.kind == .readerEnded)
    #expect(try isGone())
  }

  @Test("Cancelling ends it")
  func cancelled() async throws {
    let reading = Task { try await read("echo $$ > \(path("number")); exec sleep 1000") }
    while (try? number()) == nil { try await Task.sleep(for: .milliseconds(20)) }
    reading.cancel()
    await #expect(throws: CancellationError.self) { try await reading.value }
    #expect(try isGone())
  }

  @Test("Many at a time, each with its own answer")
  func manyAtOnce() async throws {
    let reader = SheetReader(
      program: try stub("echo 'problem {\"kind\":\"cell\",\"ko\":\"'$5'\",\"en\":\"\"}'; exit 1")
    )
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<20 {
        group.addTask {
          do {
            _ = try await reader.read(path("a"), "\(index)", path("\(index).rows")) { _ in }
            return false
          } catch { return (error as? SheetProblem)?.sentence.ko == "\(index)" }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func stub(_ script: String) throws -> String {
    let program = path("program")
    try "#!/bin/sh\n\(script)\n".write(toFile: program, atomically: true, encoding: .utf8)
    chmod(program, 0o700)
    return program
  }

  private func read(
    _ script: String, most: Duration = .seconds(120),
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async throws -> RowsFile {
    let program = try stub(script)
    let reader = SheetReader(program: program, most: most)
    for _ in 0..<500 {
      do {
        return try await reader.read(path("a.xlsx"), "이름.xlsx", path("out.rows"), progress)
      } catch let problem as SheetProblem where problem == .notStarted {
        // What was written just now is still open in a process that another test is starting.
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    throw SheetProblem.notStarted
  }

  private func problem(_ script: String, most: Duration = .seconds(120)) async -> SheetProblem? {
    do {
      _ = try await read(script, most: most)
      return nil
    } catch { return error as? SheetProblem }
  }

  private func number() throws -> pid_t {
    let text = try String(contentsOfFile: path("number"), encoding: .utf8)
    return try #require(pid_t(text.filter(\.isNumber)))
  }

  private func isGone() throws -> Bool { try kill(number(), 0) == -1 && errno == ESRCH }
}

/// What was told of how much is done.
private final class Progress: Sendable {
  private let told = Mutex([Double]())
  var all: [Double] { told.withLock(\.self) }
  func add(_ part: Double) { told.withLock { $0.append(part) } }
}
