import Bookkeeping
import FundModel
import NIOCore

/// What became of a client without anyone having read what it asks.
enum Turned {
  /// It was told why.
  case away(Problem, method: String?)
  /// Its connection was cut.
  case off(Reason)

  enum Reason: String {
    /// It asked for nothing in time.
    case silent
    /// What it sends is too large, and does not end.
    case tooMuch = "too-much"
    case slowBody = "slow-body"
    case longRequest = "long-request"
    case readsNothing = "reads-nothing"
    /// It was told why, and did not close.
    case ended
    /// The server stops.
    case stopped
  }
}

extension Site {
  func note(_ turned: Turned, from peer: SocketAddress?) {
    var fields: [JSON.Member] = [
      .init(name: "client", value: JSON(peer?.ipAddress ?? "unix"))
    ]
    let message: String
    switch turned {
    case .away(let problem, let method):
      tally.count(method: method ?? "none", route: "none", status: problem.status, microseconds: 0)
      message = "turned away: \(problem.code)"
      fields += [
        .init(name: "method", value: method.map { JSON($0) } ?? .null),
        .init(name: "status", value: JSON(Int64(problem.status))),
        .init(name: "code", value: JSON(problem.code)),
      ]
    case .off(let reason):
      tally.countCut(reason)
      // Most browsers leave connections to end by themselves.
      if reason == .silent || reason == .ended { return }
      message = "cut: \(reason.rawValue)"
      fields.append(.init(name: "code", value: JSON(reason.rawValue)))
    }
    write(LogEntry(.info, at: books.clock.now(), message, fields))
  }
}
