internal import Foundation

/// Which files the books were in when they were opened: a path may come to name another file, or
/// none, while the old one is still written to and will be gone.
struct FileIdentity: Hashable, Sendable {
  /// The file of books, and its write-ahead log, in which what was written last is.
  private let files: [File]

  private struct File: Hashable, Sendable {
    let path: String
    let device: UInt64
    let number: UInt64
  }

  /// - Returns: `nil` where one of them is not there.
  init?(ofBooksAt path: String) {
    // The log lies beside the file itself, wherever links to it lie.
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    let file = String(cString: resolved)
    var files: [File] = []
    for path in [file, file + "-wal"] {
      var found = stat()
      guard stat(path, &found) == 0 else { return nil }
      files.append(File(path: path, device: UInt64(found.st_dev), number: UInt64(found.st_ino)))
    }
    self.files = files
  }
}
