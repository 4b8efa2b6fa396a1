import Foundation

/// What the system lets the program do with files and connections.
enum FileHandles {
  /// Each connection is one, and many systems begin with few.
  static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(ofFiles, &limit) == 0 else { return }
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 8_192))
    setrlimit(ofFiles, &limit)
  }

  /// A file that may grow no further is a full disk, told and survived, not the end of the server.
  static func outliveLimitOfSize() { signal(SIGXFSZ, SIG_IGN) }

  /// What is left of them for connections: the books and their backups need some too.
  static var forConnections: Int {
    var limit = rlimit()
    guard getrlimit(ofFiles, &limit) == 0 else { return 200 }
    return max(Int(clamping: limit.rlim_cur) - 100, 10)
  }

  #if canImport(Glibc)
    private static let ofFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let ofFiles = RLIMIT_NOFILE
  #endif
}
