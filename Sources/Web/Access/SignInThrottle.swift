import Foundation
import FundModel
import Synchronization

/// Counts sign-ins that failed, so that passwords cannot be tried out: by account and network together,
/// by network, and by account wherever they come from.
///
/// Whoever knows a name can make the last of them full; so where an account has signed in before it
/// doesn't count, and a stranger keeps nobody from their own desk. An attempt counts before it is
/// checked: many at one moment are not more than many in a row. One that succeeds is taken back. Kept
/// in memory: a restart forgets, and `jangbu link` lets in whom it keeps out.
final class SignInThrottle: Sendable {
  /// How many may fail within a quarter of an hour.
  static let mostPerAccountThere = 10
  static let mostPerNetwork = 50
  static let mostPerAccount = 100
  private static let window: Int64 = 15 * 60 * 1_000_000
  /// Beyond it those with the fewest are forgotten: whoever makes names up fills no memory, and
  /// pushes nobody out who has failed more often.
  fileprivate static let mostKept = 20_000
  private static let mostKnown = 5_000

  fileprivate struct Failures {
    var since: Instant
    var count: Int
  }

  fileprivate struct State {
    var failures: [String: Failures] = [:]
    /// Where which account has signed in, by the key of both.
    var known: Set<String> = []
  }

  private let state = Mutex(State())

  /// Counts an attempt.
  ///
  /// - Returns: after how many seconds another may be made, where this one may not.
  func attempt(account: String, address: String, at now: Instant) -> Int? {
    let keys = Keys(account, address)
    return state.withLock { state in
      let counted = keys.counted(isKnown: state.known.contains(keys.there))
      for (key, most) in counted {
        guard let earlier = state.failures[key], !Self.isOver(earlier, at: now) else {
          state.failures[key] = nil
          continue
        }
        if earlier.count >= most {
          let left = Self.window - (now.microseconds - earlier.since.microseconds)
          return Int((left + 999_999) / 1_000_000)
        }
      }
      state.forgetSome(at: now)
      for (key, _) in counted {
        state.failures[key, default: Failures(since: now, count: 0)].count += 1
      }
      return nil
    }
  }

  /// The attempt was right: it is no failure, and those of the account at that place are forgotten.
  func succeeded(account: String, address: String) {
    let keys = Keys(account, address)
    state.withLock { state in
      state.failures[keys.there] = nil
      state.failures[keys.network]?.count -= 1
      state.failures[keys.account]?.count -= 1
      if state.known.count >= Self.mostKnown { state.known = [] }
      state.known.insert(keys.there)
    }
  }

  fileprivate static func isOver(_ failures: Failures, at now: Instant) -> Bool {
    now.microseconds - failures.since.microseconds >= window || now < failures.since
  }

  private struct Keys {
    let account: String
    let network: String
    let there: String

    init(_ name: String, _ address: String) {
      let place = SignInThrottle.network(of: address)
      account = "account " + name.lowercased().prefix(200)
      network = "network " + place
      there = "\(account) at \(place)"
    }

    func counted(isKnown: Bool) -> [(key: String, most: Int)] {
      [(there, mostPerAccountThere), (network, mostPerNetwork)]
        + (isKnown ? [] : [(account, mostPerAccount)])
    }
  }

  /// Of an IPv6 address its first half, since whoever has one has all of those; of one that stands for
  /// an IPv4 address that one. Anything else is itself.
  static func network(of address: String) -> String {
    var parsed = in6_addr()
    guard inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
    let bytes = withUnsafeBytes(of: parsed) { Array($0) }
    let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
    if bytes.starts(with: mapped) {
      return bytes.dropFirst(12).map { String($0) }.joined(separator: ".")
    }
    return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
  }
}

extension SignInThrottle.State {
  fileprivate mutating func forgetSome(at now: Instant) {
    guard failures.count >= SignInThrottle.mostKept else { return }
    failures = failures.filter { !SignInThrottle.isOver($0.value, at: now) }
    guard failures.count >= SignInThrottle.mostKept else { return }
    // Half of them, so that it is seldom done.
    let most = failures.sorted { $0.value.count > $1.value.count }
      .prefix(SignInThrottle.mostKept / 2)
    failures = Dictionary(uniqueKeysWithValues: most.map { ($0.key, $0.value) })
  }
}
