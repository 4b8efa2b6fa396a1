import Bookkeeping
import FundModel
import Hummingbird
import ServiceLifecycle

extension Site {
  /// Says what changed in the books for as long as the browser listens (server-sent events).
  ///
  /// The first notice says where the trail ends now; later ones what came after the one before.
  func changeNotices(_ visit: Visit) async -> Response {
    guard load.now.listeners < limits.listeners,
      await trail.listening(visit.by.user.id) < limits.listenersOfOne
    else { return refusal(.tooBusy, visit.asked) }
    let body = visit.asked.request.body
    var response = Response(
      status: .ok,
      body: ResponseBody { writer in
        try await body.consumeWithCancellationOnInboundClose { _ in
          var notice: ChangeNotice?
          let wakes = await trail.wakes(for: visit.by.user.id)
          for await wake in wakes.cancelOnGracefulShutdown() {
            // Signed out, nobody is told anything more. That a page is open is no use of it.
            guard let reader = try await visitor(visit.asked, countsAsUse: false) else { break }
            let next = try await ChangeNotice(after: notice, for: reader, in: books)
            // When others' figures change is nothing that a partner hears of.
            let tells = next.sequence != notice?.sequence || wake == .beat
            if tells { try await writer.write(ByteBuffer(bytes: next.event)) }
            notice = next
          }
        }
        try await writer.finish(nil)
      })
    response.set("Content-Type", "text/event-stream; charset=utf-8")
    response.set("Cache-Control", "no-store")
    return response
  }

  /// Up to where the books are known to who reads them: the end of the trail, and to a partner how
  /// many of its entries were about what is its own.
  func trailEnd(for reader: SignedIn) async throws -> Int64 {
    switch reader.user.sight {
    case .everything: try await books.answer(TrailEnd())
    case .own(let parties): try await books.answer(OwnTrailLength(parties))
    }
  }
}

/// What changed in the books between two looks at the trail.
struct ChangeNotice: Sendable {
  /// The trail ends here.
  let sequence: Int64
  /// The notice before ended here; `nil` in the first one.
  let since: Int64?
  /// The funds concerned; `nil` where any may be.
  let funds: [Fund.ID]?

  init(sequence: Int64, since: Int64?, funds: [Fund.ID]?) {
    self.sequence = sequence
    self.since = since
    self.funds = funds
  }

  /// What `reader` hears of: of a partner's own the numbers are its own too, and any of its funds may
  /// be concerned.
  init(after earlier: ChangeNotice?, for reader: SignedIn, in books: Books) async throws {
    if case .own(let parties) = reader.user.sight {
      self.init(
        sequence: try await books.answer(OwnTrailLength(parties)), since: earlier?.sequence,
        funds: nil)
      return
    }
    guard let earlier else {
      self.init(sequence: try await books.answer(TrailEnd()), since: nil, funds: nil)
      return
    }
    let touched = try await books.answer(FundsTouchedSince(earlier.sequence))
    // After a large import a list would be longer than the pages that it spares.
    self.init(
      sequence: touched.sequence, since: earlier.sequence,
      funds: touched.funds.count > 100 ? nil : touched.funds)
  }

  /// `id: 58`, `data: {"sequence":58,"since":57,"funds":[1,3]}`.
  var event: [UInt8] {
    let data: JSON = [
      "sequence": .number(String(sequence)),
      "since": since.map { .number(String($0)) } ?? .null,
      "funds": funds.map { .array($0.map { .number($0.description) }) } ?? .null,
    ]
    return Array("event: books\nid: \(sequence)\ndata: \(data.text)\n\n".utf8)
  }
}
