import Synchronization

/// How much is going on at the moment, counted over all connections.
final class Load: Sendable {
  struct Counts: Hashable, Sendable {
    var connections = 0
    /// Requests that are being answered.
    var requests = 0
    /// Large ones among them, which wait for each other.
    var heavy = 0
    /// Files that are being received.
    var uploads = 0
    var listeners = 0
    /// Bytes of bodies that are still coming in.
    var incomingBytes = 0
  }

  private let counts = Mutex(Counts())

  var now: Counts { counts.withLock { $0 } }

  /// - Returns: whether there was room for `amount` more under `limit`; nothing is added otherwise.
  func take(
    _ amount: Int = 1, of count: any WritableKeyPath<Counts, Int> & Sendable, under limit: Int
  ) -> Bool {
    counts.withLock { counts in
      guard counts[keyPath: count] + amount <= limit else { return false }
      counts[keyPath: count] += amount
      return true
    }
  }

  func give(_ amount: Int = 1, of count: any WritableKeyPath<Counts, Int> & Sendable) {
    counts.withLock { $0[keyPath: count] -= amount }
  }
}
