import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's way of speaking HTTP/1.1 on a connection, with a ``ConnectionGuard`` before it.
struct GuardedChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  let http1: HTTP1Channel
  let limits: Limits
  let load: Load
  let site: SiteResponder
  let note: @Sendable (Turned, SocketAddress?) -> Void

  /// - Parameters:
  ///   - responder: answers what may take a while.
  ///   - site: answers what is quick.
  init(
    responder: @escaping HTTPChannelHandler.Responder, site: SiteResponder, limits: Limits,
    load: Load, note: @escaping @Sendable (Turned, SocketAddress?) -> Void
  ) {
    // What is a little too large is refused with its own status by the guard.
    http1 = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
          maxHeaderFieldSize: 2 * limits.headerBytes, maxHeaderListSize: 4 * limits.headerBytes,
          maxHeaderFieldCount: 2 * limits.headerCount)))
    self.limits = limits
    self.load = load
    self.site = site
    self.note = note
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let isWelcome = load.take(of: \.connections, under: limits.connections)
    if isWelcome {
      channel.closeFuture.whenComplete { [load] _ in load.give(of: \.connections) }
    }
    return http1.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(
        ConnectionGuard(limits: limits, load: load, isWelcome: isWelcome, note: note),
        position: .after(decoder))
      try pipeline.addHandler(
        QuickAnswers(site, on: ConnectionThread(channel.eventLoop), logger),
        position: .after(pipeline.handler(type: HTTPConnectionStateHandler.self)))
      return value
    }
  }

  func handle(value: Value, logger: Logger) async {
    await withTaskExecutorPreference(ConnectionThread(value.channel.eventLoop)) {
      await http1.handle(value: value, logger: logger)
    }
  }
}

/// Answers on the thread that reads and writes the connection: what takes microseconds is done sooner
/// there than another thread is woken for it. What may take longer goes elsewhere, see
/// `Site.inItsLane`.
final class ConnectionThread: TaskExecutor {
  private let eventLoop: any EventLoop

  init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
