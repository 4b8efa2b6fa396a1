import Hummingbird
import NIOCore
import NIOHTTP1

/// Stands between a connection and everything that answers: a request is passed on once it has
/// arrived as a whole, so that slow clients keep nobody busy, and within limits of time and size.
///
/// Belongs to one connection, and to its event loop.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// A request that has not come to its end yet.
  private struct Arriving {
    let head: HTTPRequestHead
    let since: NIODeadline
    var parts: [ByteBuffer] = []
    var bytes = 0
    var isPassedOn = false
  }

  /// A request that was passed on and whose answer has not come to its end yet.
  private struct UnderWay {
    let head: HTTPRequestHead
    let since: NIODeadline
    var isListener = false
  }

  private let limits: Limits
  private let load: Load
  /// Told of whatever is refused or cut here, which no one else hears of.
  private let note: (Turned, SocketAddress?) -> Void
  /// Whether there is room for this connection.
  private let isWelcome: Bool

  private var arriving: Arriving?
  private var underWay: UnderWay?
  /// What came in while a request is under way: one client has one request answered at a time, and
  /// what it sends beyond that is not even read.
  private var held = CircularBuffer<HTTPServerRequestPart>()
  private var isGoingOn = false
  private var isReadHeldBack = false
  private var isInputEndHeldBack = false
  private var restingSince = NIODeadline.uptimeNanoseconds(0)
  private var hasAnswered = false
  /// Nothing more is read; the connection ends once what is under way is answered.
  private var isEnding = false
  private var isQuiesceHeldBack = false
  private var cutAt: NIODeadline?
  private var unread = (bytes: 0, since: NIODeadline.uptimeNanoseconds(0))
  private var nextLook: Scheduled<Void>?

  init(
    limits: Limits, load: Load, isWelcome: Bool,
    note: @escaping (Turned, SocketAddress?) -> Void
  ) {
    self.limits = limits
    self.load = load
    self.isWelcome = isWelcome
    self.note = note
  }
}

extension ConnectionGuard {
  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { begin(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    begin(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { leave() }

  private func begin(_ context: ChannelHandlerContext) {
    restingSince = context.eventLoop.now
    guard nextLook == nil else { return }
    lookLater(context)
    if !isWelcome { refuse(.tooBusy, nil, context) }
  }

  private func leave() {
    nextLook?.cancel()
    nextLook = nil
    forgetArriving()
    if let request = underWay { giveBack(request) }
    underWay = nil
    held.removeAll()
  }

  private func forgetArriving() {
    guard let request = arriving else { return }
    if !request.isPassedOn { load.give(request.bytes, of: \.incomingBytes) }
    arriving = nil
  }

  private func giveBack(_ request: UnderWay) {
    load.give(of: request.isListener ? \.listeners : \.requests)
  }
}

// What comes in
extension ConnectionGuard {
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if holdsBack { held.append(part) } else { take(part, context) }
  }

  private var holdsBack: Bool { !held.isEmpty || (underWay != nil && arriving == nil) }

  private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    guard !isEnding else { return }
    switch part {
    case .head(let head): begin(head, context)
    case .body(let bytes): add(bytes, context)
    case .end(let trailers): end(trailers, context)
    }
  }

  func read(context: ChannelHandlerContext) {
    if held.isEmpty { context.read() } else { isReadHeldBack = true }
  }

  /// Goes on with what was held back while a request was under way.
  private func goOn(_ context: ChannelHandlerContext) {
    // What is answered at once comes back here while the next is being taken.
    guard !held.isEmpty, !isGoingOn else { return }
    isGoingOn = true
    defer { isGoingOn = false }
    while underWay == nil || arriving != nil, let part = held.popFirst() { take(part, context) }
    // What is read is handed on when reading is complete.
    context.fireChannelReadComplete()
    guard held.isEmpty else { return }
    if isInputEndHeldBack {
      isInputEndHeldBack = false
      context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }
    if isReadHeldBack {
      isReadHeldBack = false
      context.read()
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    if let problem = head.oddity(under: limits) { return refuse(problem, head, context) }
    arriving = Arriving(head: head, since: context.eventLoop.now)
    // Who answers says of what is too large that it is, without reading it. A file is written to the
    // disk as it comes, by whoever answers; it need not be held here.
    if head.declaredLength ?? 0 > mostBytes, !head.isUpload { return passOn(context) }
    if head.waitsToGoOn {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
        promise: nil)
    }
    if head.isUpload { passOn(context) }
  }

  /// Beyond that the connection is cut, whoever answers.
  private func mostToPassOn(of head: HTTPRequestHead) -> Int {
    (head.isUpload && underWay != nil ? limits.uploadBytes : mostBytes) + limits.passedOverBytes
  }

  private func add(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    guard var request = arriving else { return }
    request.bytes += bytes.readableBytes
    if request.isPassedOn {
      arriving = request
      guard request.bytes <= mostToPassOn(of: request.head) else {
        return cut(.tooMuch, context)
      }
      return context.fireChannelRead(wrapInboundOut(.body(bytes)))
    }
    guard
      load.take(bytes.readableBytes, of: \.incomingBytes, under: limits.incomingBytes)
    else { return refuse(.tooBusy, request.head, context) }
    request.parts.append(bytes)
    arriving = request
    if request.bytes > mostBytes { passOn(context) }
  }

  private func end(_ trailers: HTTPHeaders?, _ context: ChannelHandlerContext) {
    if arriving?.isPassedOn == false { passOn(context) }
    guard arriving != nil else { return }
    arriving = nil
    context.fireChannelRead(wrapInboundOut(.end(trailers)))
    guard isQuiesceHeldBack else { return }
    isQuiesceHeldBack = false
    context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
  }

  private func passOn(_ context: ChannelHandlerContext) {
    guard var request = arriving else { return }
    guard load.take(of: \.requests, under: limits.requests) else {
      return refuse(.tooBusy, request.head, context)
    }
    load.give(request.bytes, of: \.incomingBytes)
    underWay = UnderWay(head: request.head, since: request.since)
    let parts = request.parts
    request.parts = []
    request.isPassedOn = true
    arriving = request
    context.fireChannelRead(wrapInboundOut(.head(request.head)))
    for part in parts { context.fireChannelRead(wrapInboundOut(.body(part))) }
  }

  /// Bytes that are no request as HTTP has it. Of one that was passed on, who answers it says so.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError, arriving?.isPassedOn != true else {
      return context.fireErrorCaught(error)
    }
    guard !isEnding else { return }
    let problem: Problem =
      switch error as? HTTPParserError {
      case .headerOverflow: .headersTooLarge(limits)
      default: arriving == nil ? .notHTTP : .brokenBody
      }
    refuse(problem, arriving?.head, context)
  }

  /// The server is to stop: what has begun to arrive may still arrive and be answered, for a while.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent, !held.isEmpty {
      return isInputEndHeldBack = true
    }
    guard event is ChannelShouldQuiesceEvent else {
      return context.fireUserInboundEventTriggered(event)
    }
    cutAt = context.eventLoop.now + limits.timeToStop
    guard arriving?.isPassedOn != false else { return isQuiesceHeldBack = true }
    context.fireUserInboundEventTriggered(event)
  }
}

// What goes out
extension ConnectionGuard {
  func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    switch unwrapOutboundIn(data) {
    case .head(let head) where (100..<200).contains(head.status.code):
      context.write(data, promise: promise)
    case .head(var head):
      if var request = underWay {
        head.version = request.head.version
        if request.head.endsConnection || isEnding {
          head.headers.replaceOrAdd(name: "Connection", value: "close")
        }
        if head.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") == true,
          load.take(of: \.listeners, under: .max)
        {
          giveBack(request)
          request.isListener = true
          underWay = request
        }
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      context.write(data, promise: promise)
      answered(context)
    }
  }

  private func answered(_ context: ChannelHandlerContext) {
    hasAnswered = true
    restingSince = context.eventLoop.now
    guard let request = underWay else { return }
    underWay = nil
    giveBack(request)
    if request.head.endsConnection || isEnding { return endGently(context) }
    goOn(context)
  }

  /// Tells what is wrong and ends the connection; after the answer to what is under way, which is
  /// all that is told then.
  private func refuse(
    _ problem: Problem, _ head: HTTPRequestHead?, _ context: ChannelHandlerContext
  ) {
    note(.away(problem, method: head?.method.rawValue), context.remoteAddress)
    isEnding = true
    forgetArriving()
    guard underWay == nil else { return }
    let answer = GuardAnswer(problem, to: head)
    context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
    if head?.method != .HEAD {
      context.write(
        wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
    }
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    endGently(context)
  }

  /// Closes one direction: a client that still sends would lose the answer if both were closed.
  private func endGently(_ context: ChannelHandlerContext) {
    isEnding = true
    let cut = context.eventLoop.now + limits.timeToHear
    cutAt = min(cutAt ?? cut, cut)
    context.flush()
    context.close(mode: .output, promise: nil)
  }
}

// Time
extension ConnectionGuard {
  private func lookLater(_ context: ChannelHandlerContext) {
    nextLook = context.eventLoop.assumeIsolated().scheduleTask(in: limits.look) {
      self.look(context)
    }
  }

  private func look(_ context: ChannelHandlerContext) {
    let now = context.eventLoop.now
    if let cutAt, now >= cutAt { return cut(isEnding ? .ended : .stopped, context) }
    if let request = arriving,
      now - request.since > (request.head.isUpload ? limits.timeForUpload : limits.timeForBody)
    {
      if request.isPassedOn { return cut(.slowBody, context) }
      refuse(.tooSlow, request.head, context)
    }
    let oldest = underWay
    if let oldest, !oldest.isListener {
      let most = limits.timeForRequest + (oldest.head.isUpload ? limits.timeForUpload : .zero)
      if now - oldest.since > most { return cut(.longRequest, context) }
    }
    let most = hasAnswered ? limits.timeBetween : limits.timeForHead
    if arriving == nil, oldest == nil, now - restingSince > most { return cut(.silent, context) }
    if isStuck(now, context) { return cut(.readsNothing, context) }
    lookLater(context)
  }

  private func cut(_ reason: Turned.Reason, _ context: ChannelHandlerContext) {
    note(.off(reason), context.remoteAddress)
    context.close(promise: nil)
  }

  /// Whether the client has taken nothing for too long of what waits for it.
  private func isStuck(_ now: NIODeadline, _ context: ChannelHandlerContext) -> Bool {
    let waiting = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    if waiting == 0 || waiting < unread.bytes || unread.bytes == 0 {
      unread = (waiting, now)
      return false
    }
    unread.bytes = waiting
    return now - unread.since > limits.timeWithoutReading
  }
}
