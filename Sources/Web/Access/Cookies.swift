import Bookkeeping
import Hummingbird

extension Asked {
  /// The cookies that the browser sent, in order; no browser has as many for one place as are left
  /// out here.
  var cookies: [(name: String, value: String)] {
    headers("cookie").flatMap { $0.split(separator: ";", maxSplits: 100) }.prefix(100).compactMap {
      cookie in
      let parts = cookie.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return (name: String(parts[0].drop { $0 == " " }), value: String(parts[1]))
    }
  }

  /// What the session's cookie is called. Behind TLS its name keeps every other site of the domain
  /// from setting it (RFC 6265bis, §4.1.3.2). Without TLS the port is part of it: books served on
  /// two ports of one machine are two places, which browsers' cookies do not tell apart.
  var sessionCookie: String {
    if isSecure { return "__Host-jangbu" }
    let host = request.head.authority ?? ""
    let port = host.split(separator: ":").dropFirst().last.flatMap { Int($0) }
    return "jangbu" + (port.map { "-\($0)" } ?? "")
  }

  /// The session that the browser holds, whether or not it lasts.
  var sessionSecret: Secret? {
    let name = sessionCookie
    return cookies.first { $0.name == name }.map { Secret(asSent: $0.value) }
  }

  /// The cookie that makes a browser hold a session; `nil` makes it forget the one it holds.
  func cookie(holding session: Secret?) -> String {
    let secure = isSecure ? "; Secure" : ""
    let rest = "; Path=/; HttpOnly; SameSite=Lax\(secure)"
    guard let session else { return "\(sessionCookie)=\(rest); Max-Age=0" }
    return "\(sessionCookie)=\(session.text)\(rest); Max-Age=604800"
  }
}
