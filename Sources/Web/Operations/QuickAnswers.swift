import Bookkeeping
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// Answers what takes microseconds as soon as it has arrived, on the thread that reads the connection:
/// handing it on to a task that reads requests one after the other takes longer than the answer.
/// Everything else is handed on.
///
/// Belongs to one connection, and to its event loop. Stands behind the ``ConnectionGuard``, which sees
/// to it that one request is under way at a time.
final class QuickAnswers: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundOut = HTTPResponsePart

  private let responder: SiteResponder
  private let thread: ConnectionThread
  private let logger: Logger
  /// What is answered here once all of it is there.
  private var arriving: (head: HTTPRequest, body: ByteBuffer)?
  /// What has arrived and is not asked yet.
  private var waiting: Request?
  private var isUnderWay = false
  private var isInputEndHeldBack = false
  /// Whether something was answered since the connection was last read.
  private var hasHadItsTurn = false

  init(_ responder: SiteResponder, on thread: ConnectionThread, _ logger: Logger) {
    (self.responder, self.thread, self.logger) = (responder, thread, logger)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head) where head.isQuick: arriving = (head, ByteBuffer())
    case .body(var bytes) where arriving != nil:
      arriving?.body.writeBuffer(&bytes)
      // Whoever reads it part by part says of what is too large that it is.
      if arriving?.body.readableBytes ?? 0 > mostBytes { handOn(context) }
    case .end:
      guard let (head, body) = arriving else { return context.fireChannelRead(data) }
      arriving = nil
      waiting = Request(head: head, body: RequestBody(buffer: body))
      isUnderWay = true
      takeTurn(context)
    default: context.fireChannelRead(data)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    hasHadItsTurn = false
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    answerWaiting(context)
    context.fireChannelWritabilityChanged()
  }

  /// Of requests that a client sends at once each waits for the next turn of the thread, so that other
  /// connections have theirs in between.
  private func takeTurn(_ context: ChannelHandlerContext) {
    guard hasHadItsTurn else { return answerWaiting(context) }
    context.eventLoop.assumeIsolated().execute { self.answerWaiting(context) }
  }

  /// Answers what waits; not before the client has taken most of the answer before it.
  private func answerWaiting(_ context: ChannelHandlerContext) {
    guard let request = waiting, context.channel.isActive, context.channel.isWritable else {
      return
    }
    waiting = nil
    hasHadItsTurn = true
    answer(request, context)
  }

  private func handOn(_ context: ChannelHandlerContext) {
    guard let (head, body) = arriving else { return }
    arriving = nil
    context.fireChannelRead(wrapInboundOut(.head(head)))
    context.fireChannelRead(wrapInboundOut(.body(body)))
  }

  /// A client that will send nothing more still waits for the answer.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent, isUnderWay {
      isInputEndHeldBack = true
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  private func answer(_ request: Request, _ context: ChannelHandlerContext) {
    let (responder, eventLoop) = (responder, context.eventLoop)
    let asking = SiteContext(source: .init(channel: context.channel, logger: logger))
    let here = NIOLoopBound((handler: self, context: context), eventLoop: eventLoop)
    Task.immediate(executorPreference: thread) {
      let answer = await responder.wholeAnswer(to: request, asking)
      if eventLoop.inEventLoop {
        here.value.handler.write(answer, here.value.context)
      } else {
        eventLoop.execute { here.value.handler.write(answer, here.value.context) }
      }
    }
  }

  /// - Parameter answer: `nil` where there is none: the connection ends.
  private func write(_ answer: WholeAnswer?, _ context: ChannelHandlerContext) {
    isUnderWay = false
    guard let answer else { return context.close(promise: nil) }
    context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
    if answer.body.readableBytes > 0 {
      context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    guard isInputEndHeldBack, !isUnderWay else { return }
    isInputEndHeldBack = false
    context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
  }
}

extension HTTPRequest {
  /// Whether it is asked for what ``Route/isQuick`` is said of, as far as its first line tells.
  fileprivate var isQuick: Bool {
    guard let path, declaredLength <= mostBytes else { return false }
    switch method {
    case .get, .head: return quickPaths.contains { path.hasPrefix($0) }
    case .post: return path.hasPrefix("/api/")
    default: return false
    }
  }

  /// 0 where it isn't said beforehand.
  private var declaredLength: Int { headerFields[.contentLength].flatMap { Int($0) } ?? 0 }
}

private let quickPaths = routeTable.filter { $0.isQuick && $0.method == .get }.map(\.path.text)

/// An answer that is there as a whole.
struct WholeAnswer: Sendable {
  let head: HTTPResponse
  let body: ByteBuffer
}

extension SiteResponder {
  /// - Returns: `nil` where there is no answer to be had.
  fileprivate func wholeAnswer(to request: Request, _ context: SiteContext) async -> WholeAnswer? {
    guard var response = try? await respond(to: request, context: context) else { return nil }
    response.headers[.date] = site.httpDate.text(at: site.books.clock.now())
    let body = BodyCollector()
    guard (try? await response.body.write(body)) != nil else { return nil }
    return WholeAnswer(head: response.head, body: body.collected)
  }
}

/// Takes what is written of a body, and keeps it.
private final class BodyCollector: ResponseBodyWriter {
  private(set) var collected = ByteBuffer()

  func write(_ buffer: ByteBuffer) {
    if collected.readableBytes == 0 {
      collected = buffer
    } else {
      collected.writeImmutableBuffer(buffer)
    }
  }

  func finish(_ trailingHeaders: HTTPFields?) {}
}
