internal import Foundation
internal import GRDB

extension SQLiteEngine {
  /// Takes a turn at writing, and writes nothing; for a turn it waits a second.
  ///
  /// - Throws: what a change would meet now: `busy`, `fileReplaced`, `readOnly` …
  package func tryWriting() async throws {
    do { try await write(within: 1) { _ in throw NothingToKeep() } } catch is NothingToKeep {}
    guard isFileInPlace else { throw StoreError.fileReplaced(path: path) }
  }

  /// - Throws: `unsafeSettings`, naming each that doesn't hold in the writer any more.
  package func verifySettings() async throws {
    try await pool.writeWithoutTransaction { try $0.verify(settings) }
  }

  /// Bytes of the file of books, and of the log in which is what was written last.
  package var fileSizes: (books: Int64, log: Int64) { (size(of: path), size(of: path + "-wal")) }

  private func size(of path: String) -> Int64 {
    var found = stat()
    return stat(path, &found) == 0 ? Int64(found.st_size) : 0
  }
}

private struct NothingToKeep: Error {}
