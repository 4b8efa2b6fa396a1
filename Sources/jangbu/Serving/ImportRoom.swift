import Bookkeeping
import Foundation
import Store
import Web

/// Where files lie that people sent and have not taken into the books yet: a folder beside the books,
/// on the same disk, for this process alone.
struct ImportRoom {
  let folder: String
  /// The folder of all servers of these books.
  private let hall: String
  private let lock: Int32

  /// Clears away what servers left that were killed. Where the folder cannot be made, as on a full disk,
  /// the first file that is sent is another try.
  init(besideBooksAt path: String) {
    hall = path + "-imports"
    folder = hall + "/" + UUID().uuidString
    Self.clearAwayLeftovers(in: hall)
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    lock = Self.locked(folder) ?? -1
  }

  /// What the site needs to take files into the books of `engine`.
  func tools(_ engine: SQLiteEngine) -> ImportTools {
    ImportTools(
      folder: folder, read: SheetReader().read,
      previewElsewhere: { command in
        let copy = folder + "/" + UUID().uuidString + ".books"
        defer {
          for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: copy + suffix)
          }
        }
        try await engine.copy(to: copy)
        return try await BooksOption.withEngine(at: copy) {
          try await BooksFile.open($0, now: systemNow).preview(command)
        }
      })
  }

  /// Files that were sent and not taken are gone with the server.
  func clear() {
    try? FileManager.default.removeItem(atPath: folder)
    if lock >= 0 { close(lock) }
    // Only where no other server of these books has its own in it.
    rmdir(hall)
  }

  /// Held while the process lives, however it ends.
  private static func locked(_ folder: String) -> Int32? {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return nil }
    guard flock(handle, LOCK_EX | LOCK_NB) == 0 else {
      close(handle)
      return nil
    }
    return handle
  }

  private static func clearAwayLeftovers(in hall: String) {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: hall)) ?? [] {
      let folder = hall + "/" + name
      // Only what a server made, and none whose server lives.
      guard UUID(uuidString: name) != nil, let lock = locked(folder) else { continue }
      try? manager.removeItem(atPath: folder)
      close(lock)
    }
  }
}
