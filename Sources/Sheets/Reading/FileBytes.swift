private import Glibc

/// An open file, read from any place on.
final class FileBytes: Sendable {
  private let descriptor: Int32
  /// When it was opened.
  let count: Int

  /// - Throws: where there is no file, only a folder, a pipe or the like.
  init(_ path: String) throws(SheetProblem) {
    // A pipe is opened without waiting for whoever writes into it.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .noFile }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .noFile
    }
    count = Int(facts.st_size)
  }

  deinit { close(descriptor) }

  /// Up to `most` bytes from `start` on; fewer only at the end of the file.
  func bytes(from start: Int, most: Int) throws(SheetProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(most, 0))
    let count = try read(from: start, into: &bytes)
    bytes.removeSubrange(count...)
    return bytes
  }

  /// Fills `bytes` from `start` on. Returns how many there were: fewer only at the end.
  func read(from start: Int, into bytes: inout [UInt8]) throws(SheetProblem) -> Int {
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled, start + filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .noFile }
      guard count > 0 else { break }
      filled += count
    }
    return filled
  }
}
