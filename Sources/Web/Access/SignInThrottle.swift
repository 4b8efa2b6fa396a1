import FundModel
import Synchronization

/// Counts sign-ins that failed, by account and by address, so that passwords cannot be tried out.
///
/// An attempt counts before it is checked: many at one moment are not more than many in a row. One
/// that succeeds is taken back. Kept in memory: a restart forgets, and `jangbu link` lets in whom it
/// keeps out.
final class SignInThrottle: Sendable {
  /// How many may fail within a quarter of an hour.
  static let mostPerAccount = 10
  static let mostPerAddress = 50
  private static let window: Int64 = 15 * 60 * 1_000_000
  /// Beyond it the oldest are forgotten: whoever makes names up fills no memory.
  private static let mostKept = 20_000

  private struct Failures {
    var since: Instant
    var count: Int
  }

  private let failures = Mutex<[String: Failures]>([:])

  /// Counts an attempt.
  ///
  /// - Returns: after how many seconds another may be made, where this one may not.
  func attempt(account: String, address: String, at now: Instant) -> Int? {
    let keys = Self.keys(account, address)
    return failures.withLock { failures in
      for (key, most) in keys {
        guard let earlier = failures[key], !Self.isOver(earlier, at: now) else {
          failures[key] = nil
          continue
        }
        if earlier.count >= most {
          let left = Self.window - (now.microseconds - earlier.since.microseconds)
          return Int((left + 999_999) / 1_000_000)
        }
      }
      if failures.count >= Self.mostKept {
        failures = failures.filter { !Self.isOver($0.value, at: now) }
        if failures.count >= Self.mostKept {
          // Half of them, so that it is seldom done.
          let newest = failures.sorted { $0.value.since > $1.value.since }.prefix(Self.mostKept / 2)
          failures = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
        }
      }
      for (key, _) in keys {
        failures[key, default: Failures(since: now, count: 0)].count += 1
      }
      return nil
    }
  }

  /// The attempt was right: it is no failure, and those of the account before it are forgotten.
  func succeeded(account: String, address: String) {
    failures.withLock { failures in
      failures[Self.accountKey(account)] = nil
      failures[Self.addressKey(address)]?.count -= 1
    }
  }

  private static func isOver(_ failures: Failures, at now: Instant) -> Bool {
    now.microseconds - failures.since.microseconds >= window || now < failures.since
  }

  private static func keys(_ account: String, _ address: String) -> [(String, Int)] {
    [(accountKey(account), mostPerAccount), (addressKey(address), mostPerAddress)]
  }

  private static func accountKey(_ account: String) -> String {
    "account " + account.lowercased().prefix(200)
  }

  private static func addressKey(_ address: String) -> String { "address " + network(address) }

  /// Of an IPv6 address its first half: whoever has one has all of those.
  private static func network(_ address: String) -> String {
    let groups = address.split(separator: ":", omittingEmptySubsequences: false)
    return groups.count > 2 ? groups.prefix(4).joined(separator: ":") : address
  }
}
