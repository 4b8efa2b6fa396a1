import Bookkeeping
import FundModel
import Hummingbird
import Synchronization

/// What becomes known of a request while it is answered, for the log.
final class RequestNotes: Sendable {
  private let name = Mutex<String?>(nil)

  /// Who asks, once that is known.
  var person: String? {
    get { name.withLock { $0 } }
    set { name.withLock { $0 = newValue } }
  }
}

extension Site {
  /// Tells the log and the counts of a request that was answered.
  func tell(_ asked: Asked, _ response: Response, since started: Instant) {
    let now = books.clock.now()
    let taken = max(now.microseconds - started.microseconds, 0)
    let status = Int(response.status.code)
    let route = routeName(of: asked)
    tally.count(method: asked.method, route: route, status: status, microseconds: taken)
    guard tellsRequests else { return }
    write(
      LogEntry(
        .info, at: now,
        "\(asked.method) \(Asked.loggedPath(asked.rawPath)) \(status)",
        [
          .init(name: "request", value: JSON(asked.id)),
          .init(name: "client", value: JSON(asked.clientAddress)),
          .init(name: "method", value: JSON(asked.method)),
          .init(name: "path", value: JSON(Asked.loggedPath(asked.rawPath))),
          .init(name: "route", value: JSON(route)),
          .init(name: "status", value: JSON(Int64(status))),
          .init(name: "ms", value: .number(milliseconds(taken))),
          .init(
            name: "bytes",
            value: response.body.contentLength.map { JSON(Int64($0)) } ?? .null),
          .init(name: "person", value: asked.notes.person.map { JSON($0) } ?? .null),
        ]))
  }

  /// Tells of something worth knowing, such as a refused sign-in.
  func log(_ message: String, _ level: LogEntry.Level = .notice, _ asked: Asked? = nil) {
    write(
      LogEntry(
        level, at: books.clock.now(), message,
        asked.map { [.init(name: "request", value: JSON($0.id))] } ?? []))
  }

  /// Writes a failure to the log in full.
  ///
  /// - Returns: the reference under which it stands there.
  func logged(_ error: any Error, _ asked: Asked) -> String {
    let now = books.clock.now()
    let reference = String(now.microseconds, radix: 36)
    let path = Asked.loggedPath(asked.rawPath)
    let failure = String(reflecting: error)
    write(
      LogEntry(
        .error, at: now, "failure \(reference): \(asked.method) \(path): \(failure)",
        [
          .init(name: "request", value: JSON(asked.id)),
          .init(name: "reference", value: JSON(reference)),
          .init(name: "method", value: JSON(asked.method)),
          .init(name: "path", value: JSON(path)),
          .init(name: "failure", value: JSON(failure)),
        ]))
    return reference
  }

  /// The id of a request: the proxy's, where it gives one that can be written down, else a new one.
  func requestID(_ request: Request) -> String {
    if case .behindProxy = door {
      let given = request.headers.filter { $0.name == .requestID }
      if given.count == 1, let id = given.first?.value, (8...64).contains(id.utf8.count),
        id.utf8.allSatisfy({ $0.isIdentifying })
      {
        return id
      }
    }
    let bits = String(newBits(), radix: 16)
    return String(repeating: "0", count: max(16 - bits.utf8.count, 0)) + bits
  }
}

extension UInt8 {
  fileprivate var isIdentifying: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}

/// `12.345`
private func milliseconds(_ microseconds: Int64) -> String {
  let decimals = String(1_000 + microseconds % 1_000).dropFirst()
  return "\(microseconds / 1_000).\(decimals)"
}

extension Asked {
  /// A path as it may be written down: without the secret parts of a feed's address and of a
  /// one-time link.
  static func loggedPath(_ sent: String) -> String {
    // As it is understood, not as it was spelt: `%77elcome` leads to the same place.
    let path = Decoded(sent.utf8, plusIsSpace: false).text
    let isFeed = path.hasPrefix(PageFrame.calendarPath + "/") && path.contains(".ics")
    guard !isFeed else { return PageFrame.calendarPath + "/….ics" }
    // However it is spelt: an address that is not quite one may hold a secret all the same.
    let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
    if parts.count > 1, parts[0].lowercased().hasPrefix("welcome") {
      return PageFrame.welcomePath + "/…"
    }
    return sent
  }
}
