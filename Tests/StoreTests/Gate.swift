import Dispatch

/// Holds a transaction's body open until the test says so: order by agreement, not by waiting.
final class Gate: Sendable {
  private let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation
  private let leave = DispatchSemaphore(value: 0)

  init() { (arrivals, arrival) = AsyncStream.makeStream() }

  /// Called in the body: says that it is here, and blocks its thread until ``open()``.
  ///
  /// - Returns: `false` if nobody opened within a minute, so that a broken test ends.
  @discardableResult
  func pass() -> Bool {
    arrival.yield()
    return leave.wait(timeout: .now() + 60) == .success
  }

  /// Called by the test: returns once the body has arrived.
  func arrived() async { for await _ in arrivals { return } }

  func open() { leave.signal() }
}
