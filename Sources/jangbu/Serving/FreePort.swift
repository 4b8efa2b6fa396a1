#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks for a port of 127.0.0.1 that nobody listens on.
enum FreePort {
  /// `port` or the first free one of the twenty after it; 0 stays 0, which means any.
  static func first(from port: Int) throws -> Int {
    if port == 0 { return 0 }
    for candidate in port...min(port + 20, 65_535) where isFree(candidate) { return candidate }
    throw Refused("Ports \(port) to \(port + 20) are all taken. Choose another with --port.")
  }

  private static func isFree(_ port: Int) -> Bool {
    #if canImport(Glibc)
      let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let handle = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard handle >= 0 else { return false }
    defer { close(handle) }
    // As the server binds: a port whose last connections are only fading away is free.
    var yes: Int32 = 1
    setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
