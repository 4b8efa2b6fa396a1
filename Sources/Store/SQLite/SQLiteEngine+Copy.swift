internal import Dispatch
internal import Foundation
internal import GRDB

extension SQLiteEngine {
  /// Copies the books as they stand at one moment into a file of their own, while others go on
  /// reading and writing them (SQLite's online backup).
  ///
  /// The copy is on the disk when this returns.
  ///
  /// - Parameter copy: an empty file, or where there is none.
  package func copy(to copy: String) async throws {
    do {
      // On a thread that nobody else waits for: a large file takes a while.
      try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        DispatchQueue.global(qos: .utility).async {
          done.resume(with: Result { try backUp(to: copy) })
        }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: copy)
    }
  }

  private func backUp(to copy: String) throws {
    let target = try DatabaseQueue(path: copy)
    do {
      try pool.backup(to: target)
      try target.close()
    } catch {
      try? target.close()
      throw error
    }
  }
}
