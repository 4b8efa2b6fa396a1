import Foundation
import Store

/// A folder of its own for one test, gone with everything in it when the test lets go of it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String = "books.sqlite") -> String { "\(path)/\(name)" }
}

/// Fresh books for `work`, closed afterwards.
func withBooks<Answer>(
  _ sql: [String] = [], _ work: (SQLiteEngine, String) async throws -> Answer
) async throws -> Answer {
  let folder = try TemporaryFolder()
  let engine = try SQLiteEngine(path: folder.file(), create: true)
  try await engine.write { books in for statement in sql { try books.run(statement) } }
  let answer = try await work(engine, folder.file())
  try engine.close()
  return answer
}
