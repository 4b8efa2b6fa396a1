import Hummingbird
import NIOCore

/// Who asks and by which way, as far as the door lets that be believed.
extension Asked {
  /// Whether it was asked by a name that this site goes by. A page elsewhere could let its own name
  /// point here and read the books as if they were its own.
  var isForThisSite: Bool {
    switch door {
    case .thisMachine:
      guard let text = request.head.authority else { return true }
      guard let host = Authority(text)?.host else { return false }
      return ["127.0.0.1", "localhost", "[::1]"].contains(host)
    case .behindProxy(let address):
      return request.head.authority.flatMap { Authority($0)?.host } == address.host
    }
  }

  /// The site's own origin, as browsers write it: for what is sent from its pages, and for links
  /// that are used elsewhere.
  var origin: String {
    switch door {
    case .thisMachine: "http://" + (request.head.authority ?? "127.0.0.1")
    case .behindProxy(let address): address.origin
    }
  }

  /// Whether nobody on the way can read along: over TLS, up to the proxy.
  var isSecure: Bool {
    switch door {
    case .thisMachine: false
    case .behindProxy(let address):
      lastForwarded("x-forwarded-proto").map { $0.lowercased() == "https" } ?? address.isSecure
    }
  }

  /// The address of whoever asks: the other end of the connection or, behind a proxy, the address
  /// that the proxy itself saw, which is the last one. `unix` on a socket of this machine.
  var clientAddress: String {
    let peer = peer ?? "unix"
    guard case .behindProxy = door, let last = lastForwarded("x-forwarded-for"),
      (try? SocketAddress(ipAddress: last, port: 0)) != nil
    else { return peer }
    return last
  }

  /// The last element of a list that proxies add to.
  private func lastForwarded(_ name: String) -> String? {
    headers(name).last?.split(separator: ",", omittingEmptySubsequences: false).last
      .map { String($0.drop { $0 == " " }.prefix { $0 != " " }) }
  }
}
