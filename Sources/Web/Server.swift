package import Bookkeeping
package import Hummingbird
import FundModel
import HummingbirdCore
import Logging
import NIOCore

/// How the books are served.
package struct ServerConfiguration: Sendable {
  package var listening: Listening
  package var door: Door
  package var limits = Limits()
  /// Told once the server listens: the port that it was given; `nil` on a socket.
  package var onRunning: @Sendable (Int?) async -> Void
  /// Takes what there is to tell of requests and failures, in full. Nothing of it is shown to
  /// whoever asked.
  package var log: @Sendable (LogEntry) -> Void
  /// Whether the log takes a line for each request.
  package var logsRequests = true
  package var upkeep = Upkeep()
  /// What lets programs watch over the server from elsewhere than this machine.
  package var metricsToken: String?
  /// What takes files of sheets; there are no imports without it.
  package var importing: ImportTools?
  /// Where request keys of forms and the secrets of feeds come from: 64 random bits at each call,
  /// from the system's source.
  package var newBits: @Sendable () -> UInt64

  package init(
    listening: Listening = .loopback(port: 8_080), door: Door = .thisMachine,
    onRunning: @escaping @Sendable (Int?) async -> Void = { _ in },
    log: @escaping @Sendable (LogEntry) -> Void = { _ in },
    newBits: @escaping @Sendable () -> UInt64
  ) {
    self.listening = listening
    self.door = door
    self.onRunning = onRunning
    self.log = log
    self.newBits = newBits
  }
}

/// The whole of what is served: pages, the API and what pages need.
package func buildApplication(
  books: Books, configuration: ServerConfiguration
) -> some ApplicationProtocol {
  let site = Site(
    books: books, trail: TrailWatch(books), door: configuration.door,
    limits: configuration.limits, load: Load(), upkeep: configuration.upkeep,
    metricsToken: configuration.metricsToken,
    imports: configuration.importing.map { ImportDesk(books, $0, log: configuration.log) },
    write: configuration.log, tellsRequests: configuration.logsRequests,
    newRequestKey: {
      String(configuration.newBits(), radix: 36) + String(configuration.newBits(), radix: 36)
    }, newBits: configuration.newBits)
  let responder = SiteResponder(site: site)
  return Application(
    responder: responder,
    server: HTTPServerBuilder { inTheirTime in
      GuardedChannel(
        responder: inTheirTime, site: responder, limits: site.limits, load: site.load,
        note: site.note)
    },
    configuration: ApplicationConfiguration(address: configuration.listening.bound),
    onServerRunning: { channel in await configuration.onRunning(channel.localAddress?.port) },
    logger: Logger(label: "jangbu") { _ in
      ServerLogger(now: books.clock.now, write: configuration.log)
    })
}

extension Listening {
  fileprivate var bound: BindAddress {
    switch self {
    case .loopback(let address, let port): .hostname(address.rawValue, port: port)
    case .address(let address, let port): .hostname(address, port: port)
    case .socket(let path): .unixDomainSocket(path: path)
    }
  }
}
