import Bookkeeping
import FundModel
import Hummingbird
import NIOHTTP1

/// What a connection is told when it is refused before anyone has read what it asks.
struct GuardAnswer {
  let head: HTTPResponseHead
  let body: [UInt8]

  /// - Parameter asked: as far as it was understood.
  init(_ problem: Problem, to asked: HTTPRequestHead?) {
    let language = Language(accepted: asked?.headers["Accept-Language"].first)
    body = problem.json(in: language).bytes
    var headers: HTTPHeaders = [
      "Content-Type": "application/problem+json", "Content-Language": language.rawValue,
      "Content-Length": String(body.count), "Cache-Control": "no-store", "Connection": "close",
    ]
    for (name, value) in problem.headers + securityHeaders.map({ ($0.rawName, $1) }) {
      headers.replaceOrAdd(name: name, value: value)
    }
    head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: problem.status), headers: headers)
  }
}
