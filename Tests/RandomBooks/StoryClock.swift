package import FundModel
internal import Synchronization

/// A clock that shows what the test says, and moves only when the test moves it.
package final class StoryClock: Sendable {
  private let instant: Mutex<Instant>

  package init(_ start: Instant) { instant = Mutex(start) }

  package var now: Instant { instant.withLock { $0 } }

  package func set(_ new: Instant) { instant.withLock { $0 = new } }

  package func advance(seconds: Int) {
    instant.withLock {
      $0 = Instant(microseconds: $0.microseconds + Int64(seconds) * 1_000_000)
    }
  }
}
