import Foundation

/// The file of a socket that the server is to listen on.
enum SocketFile {
  /// Takes away what a server that was killed has left there.
  ///
  /// - Throws: `Refused` where another server listens, or something else is in the way.
  static func makeRoom(at path: String) throws {
    // The longest that the system takes, its end mark included, is 108 bytes on Linux, 104 elsewhere.
    guard path.utf8.count <= 103, !path.utf8.contains(0) else {
      throw Refused("--socket: the path is too long for a socket; 103 bytes at most.")
    }
    var found = stat()
    guard lstat(path, &found) == 0 else {
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      guard access(folder, W_OK | X_OK) == 0 else {
        throw Refused(
          "--socket: no socket can be made in \(folder): \(String(cString: strerror(errno))).")
      }
      return
    }
    guard found.st_mode & S_IFMT == S_IFSOCK else {
      throw Refused("--socket: there is a file at \(path) that is no socket. It was left alone.")
    }
    switch connected(to: path) {
    case 0: throw Refused("--socket: a server listens at \(path) already.")
    case ECONNREFUSED:
      guard unlink(path) == 0 else {
        throw Refused(
          "--socket: the socket that an earlier server left at \(path) cannot be removed: "
            + "\(String(cString: strerror(errno))).")
      }
    case let reason:
      throw Refused("--socket: \(path) cannot be used: \(String(cString: strerror(reason))).")
    }
  }

  /// Sees that a socket that is made from now on lets nobody in but its owner and its group, such
  /// as a proxy's.
  ///
  /// - Returns: puts back what was before.
  static func closingToOthers() -> @Sendable () -> Void {
    let earlier = umask(0o117)
    return { umask(earlier) }
  }

  static func remove(at path: String) { unlink(path) }

  /// - Returns: 0 where somebody listens, else the system's reason.
  private static func connected(to path: String) -> Int32 {
    #if canImport(Glibc)
      let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let handle = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    guard handle >= 0 else { return errno }
    defer { close(handle) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result == 0 ? 0 : errno
  }
}
