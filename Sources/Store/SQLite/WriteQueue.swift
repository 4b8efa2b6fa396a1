internal import Dispatch
internal import Synchronization

/// The changes that wait for the one writer. Those that wait at the same time are committed together,
/// so that they wait for the disk once.
final class WriteQueue: Sendable {
  private struct State {
    var waiting: [WriteJob] = []
    var isWorking = false
  }

  private let state = Mutex(State())
  /// Not one of the few threads that answer everyone.
  private let thread = DispatchQueue(label: "jangbu.changes")

  /// Whoever waits in one group waits for all of it.
  private static let mostTogether = 64

  /// - Parameter carryOut: takes the jobs of one group and finishes each.
  func add(_ job: WriteJob, _ carryOut: @escaping @Sendable ([WriteJob]) -> Void) {
    let begins = state.withLock { state in
      state.waiting.append(job)
      defer { state.isWorking = true }
      return !state.isWorking
    }
    guard begins else { return }
    thread.async { while let group = self.next() { carryOut(group) } }
  }

  private func next() -> [WriteJob]? {
    state.withLock { state in
      guard let first = state.waiting.first else {
        state.isWorking = false
        return nil
      }
      let count =
        first.isAlone
        ? 1 : min(state.waiting.prefix { !$0.isAlone }.count, Self.mostTogether)
      defer { state.waiting.removeFirst(count) }
      return Array(state.waiting.prefix(count))
    }
  }
}

/// One change that waits for its turn: all of it or none of it, whatever becomes of others.
final class WriteJob: Sendable {
  /// Nobody else waits for it, as it may take long.
  let isAlone: Bool
  /// Until when it may wait.
  let deadline: DispatchTime
  private let body: @Sendable (SQLiteConnection) throws -> Void
  private let finished: @Sendable (Result<Void, any Error>) -> Void
  private let cancelled = Mutex(false)

  /// - Parameters:
  ///   - body: may be run again from the start.
  ///   - finished: called once.
  init(
    isAlone: Bool, deadline: DispatchTime,
    _ body: @escaping @Sendable (SQLiteConnection) throws -> Void,
    finished: @escaping @Sendable (Result<Void, any Error>) -> Void
  ) {
    self.isAlone = isAlone
    self.deadline = deadline
    self.body = body
    self.finished = finished
  }

  func cancel() { cancelled.withLock { $0 = true } }
  var isCancelled: Bool { cancelled.withLock { $0 } }

  /// In milliseconds, more than zero; `nil` where it has waited long enough.
  var timeLeft: Int32? {
    let (end, now) = (deadline.uptimeNanoseconds, DispatchTime.now().uptimeNanoseconds)
    return end > now ? Int32(clamping: (end - now) / 1_000_000 + 1) : nil
  }

  func run(in connection: SQLiteConnection) throws { try body(connection) }
  func finish(_ result: Result<Void, any Error>) { finished(result) }
}
