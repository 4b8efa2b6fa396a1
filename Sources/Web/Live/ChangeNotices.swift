import Bookkeeping
import FundModel
import Hummingbird
import ServiceLifecycle

extension Site {
  /// Says what changed in the books for as long as the browser listens (server-sent events).
  ///
  /// The first notice says where the trail ends now; later ones what came after the one before.
  func changeNotices(_ visit: Visit) -> Response {
    guard load.now.listeners < limits.listeners else { return refusal(.tooBusy, visit.asked) }
    let body = visit.asked.request.body
    var response = Response(
      status: .ok,
      body: ResponseBody { writer in
        try await body.consumeWithCancellationOnInboundClose { _ in
          var notice: ChangeNotice?
          for await _ in await trail.wakes().cancelOnGracefulShutdown() {
            // Signed out, nobody is told anything more.
            guard try await visitor(visit.asked) != nil else { break }
            let next = try await ChangeNotice(after: notice, in: books).seen(
              by: visit.by, in: books)
            try await writer.write(ByteBuffer(bytes: next.event))
            notice = next
          }
        }
        try await writer.finish(nil)
      })
    response.set("Content-Type", "text/event-stream; charset=utf-8")
    response.set("Cache-Control", "no-store")
    return response
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

  init(after earlier: ChangeNotice?, in books: Books) async throws {
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

  /// As far as someone may see it: a partner hears of its own funds.
  func seen(by reader: SignedIn, in books: Books) async throws -> ChangeNotice {
    guard case .own(let parties) = reader.user.sight, let funds else { return self }
    let own = try await books.answer(OwnFundsAsOf(parties, AsOf(.latest))).map(\.id)
    return ChangeNotice(sequence: sequence, since: since, funds: funds.filter(own.contains))
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
