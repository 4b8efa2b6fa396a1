/// Whom the site answers, and what it believes of how a request came.
package enum Door: Hashable, Sendable {
  /// Browsers of this machine, by one of its own names.
  case thisMachine
  /// A reverse proxy, which people reach at a public address. Only its forwarded headers are
  /// believed, so nobody else may reach the server.
  case behindProxy(PublicAddress)
}

/// Where the server listens.
package enum Listening: Hashable, Sendable {
  case loopback(Loopback = .ipv4, port: Int)
  /// Any address of this machine; only for a proxy.
  case address(String, port: Int)
  /// A socket in the file system.
  case socket(path: String)

  package enum Loopback: String, CaseIterable, Sendable {
    case ipv4 = "127.0.0.1"
    case ipv6 = "::1"
  }
}

/// The address of the site as people type it: `https://books.example.kr`.
package struct PublicAddress: Hashable, Sendable {
  package let isSecure: Bool
  /// In lower case; an IPv6 address in brackets.
  package let host: String
  /// `nil` for the scheme's own.
  package let port: Int?

  /// `https://books.example.kr:8443`, as browsers write it in `Origin`.
  package var origin: String {
    (isSecure ? "https://" : "http://") + host + (port.map { ":\($0)" } ?? "")
  }

  /// - Returns: `nil` where it is not `http://` or `https://`, a host, perhaps a port, and no more
  ///   than a slash after it.
  package init?(_ text: String) {
    let text = text.lowercased()
    let schemes = [("https://", true, 443), ("http://", false, 80)]
    guard let (scheme, isSecure, ownPort) = schemes.first(where: { text.hasPrefix($0.0) }) else {
      return nil
    }
    var rest = text.dropFirst(scheme.count)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    guard let authority = Authority(String(rest)) else { return nil }
    self.isSecure = isSecure
    host = authority.host
    port = authority.port == ownPort ? nil : authority.port
  }
}

/// A host and perhaps a port, as `Host` has them.
struct Authority: Hashable {
  /// In lower case; an IPv6 address in brackets.
  let host: String
  let port: Int?

  /// - Returns: `nil` for what is no host: other than letters, digits, `-`, `.` and, in brackets,
  ///   what IPv6 addresses are made of.
  init?(_ text: String) {
    let text = text.lowercased()
    let bytes = text.utf8
    let isBracketed = bytes.first == UInt8(ascii: "[")
    var host = bytes.prefix { $0 != (isBracketed ? UInt8(ascii: "]") : UInt8(ascii: ":")) }
    if isBracketed { host = bytes.prefix(host.count + 1) }
    let name = isBracketed ? host.dropFirst().dropLast() : host
    guard !name.isEmpty, host.count <= 255, !isBracketed || host.last == UInt8(ascii: "]"),
      name.allSatisfy({ Self.mayStand($0, inBrackets: isBracketed) })
    else { return nil }
    let rest = String(text[host.endIndex...])
    if rest.isEmpty {
      port = nil
    } else {
      guard rest.hasPrefix(":"), rest.dropFirst().allSatisfy({ ("0"..."9").contains($0) }),
        let number = Int(rest.dropFirst()), (1...65_535).contains(number)
      else { return nil }
      port = number
    }
    self.host = String(text[..<host.endIndex])
  }

  private static func mayStand(_ byte: UInt8, inBrackets: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
    case UInt8(ascii: ":"): inBrackets
    case UInt8(ascii: "a")...UInt8(ascii: "f"): true
    case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"): !inBrackets
    default: false
    }
  }
}
