package import Bookkeeping
package import Hummingbird
import FundModel

/// How the books are served.
package struct ServerConfiguration: Sendable {
  /// Nobody signs in yet, so the books are served to this machine only.
  package enum Loopback: String, CaseIterable, Sendable {
    case ipv4 = "127.0.0.1"
    case ipv6 = "::1"
  }

  package var host: Loopback
  /// 0 for any free one.
  package var port: Int
  /// Told once the server listens: the port that it was given.
  package var onRunning: @Sendable (Int) async -> Void
  /// Takes failures in full, one line each. Nothing of them is shown to whoever asked.
  package var log: @Sendable (String) -> Void
  /// Where request keys of forms and the secrets of feeds come from: 64 random bits at each call,
  /// from the system's source.
  package var newBits: @Sendable () -> UInt64

  package init(
    host: Loopback = .ipv4, port: Int = 8_080,
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in },
    log: @escaping @Sendable (String) -> Void = { _ in },
    newBits: @escaping @Sendable () -> UInt64
  ) {
    self.host = host
    self.port = port
    self.onRunning = onRunning
    self.log = log
    self.newBits = newBits
  }
}

/// The whole of what is served: pages, the API and what pages need.
package func buildApplication(
  books: Books, configuration: ServerConfiguration
) -> some ApplicationProtocol {
  Application(
    responder: SiteResponder(
      site: Site(
        books: books, trail: TrailWatch(books), log: configuration.log,
        newRequestKey: {
          String(configuration.newBits(), radix: 36) + String(configuration.newBits(), radix: 36)
        }, newBits: configuration.newBits)),
    configuration: ApplicationConfiguration(
      address: .hostname(configuration.host.rawValue, port: configuration.port)),
    onServerRunning: { channel in
      await configuration.onRunning(channel.localAddress?.port ?? configuration.port)
    })
}
