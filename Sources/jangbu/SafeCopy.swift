import Bookkeeping
import Foundation
import Store

/// Books in another file: it has its name only once it was found sound.
enum SafeCopy {
  /// - Parameters:
  ///   - write: fills an empty file of that path.
  ///   - path: where there is nothing yet.
  static func make(at path: String, _ write: @Sendable (String) async throws -> Void) async throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Refused(
        "There is a file at \(path) already. Choose another name: nothing is overwritten.")
    }
    let part = "\(path).\(UUID().uuidString)\(ending)"
    // Other people's money records: for nobody but the owner of the file.
    guard
      FileManager.default.createFile(
        atPath: part, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw Refused("\(path) cannot be written.") }
    defer {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        try? FileManager.default.removeItem(atPath: part + suffix)
      }
    }
    try await write(part)
    try await check(part)
    guard rename(part, path) == 0 else { throw Refused("\(path) cannot be written.") }
    try synchronize(folderOf: path)
  }

  /// What the file would have been called whose beginnings were left at `name` (with SQLite's own
  /// files beside it); `nil` for any other name.
  static func nameOfUnfinished(_ name: String) -> String? {
    guard let end = name.range(of: ending), let mark = name[..<end.lowerBound].lastIndex(of: "."),
      UUID(uuidString: String(name[name.index(after: mark)..<end.lowerBound])) != nil
    else { return nil }
    return String(name[..<mark])
  }

  private static let ending = ".part"

  private static func check(_ path: String) async throws {
    let findings = try await BooksOption.withEngine(at: path) { engine in
      try await BooksFile.open(engine, now: systemNow).answer(CheckBooks())
    }
    guard let first = findings.first else { return }
    throw Refused(
      "The copy is not sound (\(first.invariant): \(first.row)); it was thrown away. "
        + "Run `jangbu check` on the books it was made from.")
  }

  /// A new name is on the disk once its folder is.
  private static func synchronize(folderOf path: String) throws {
    let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY)
    guard folder >= 0, fsync(folder) == 0 else { throw Refused("\(path) cannot be written.") }
    close(folder)
  }
}
