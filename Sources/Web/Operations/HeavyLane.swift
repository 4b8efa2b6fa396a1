import Dispatch
import Synchronization

/// Where large requests are read and answered: one after another, on a thread of its own, so that
/// the few threads that answer everyone else stay free, and what was read of one is gone from memory
/// before the next is read.
final class HeavyLane: TaskExecutor {
  private let turns = Mutex((isTaken: false, waiting: [CheckedContinuation<Void, Never>]()))
  private let queue = DispatchQueue(label: "jangbu.heavy-requests")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }

  func inTurn<Answer: Sendable>(_ work: () async -> Answer) async -> Answer {
    await withCheckedContinuation { turn in
      let isMine = turns.withLock { turns in
        if turns.isTaken { turns.waiting.append(turn) }
        defer { turns.isTaken = true }
        return !turns.isTaken
      }
      if isMine { turn.resume() }
    }
    defer { pass() }
    return await withTaskExecutorPreference(self) { await work() }
  }

  private func pass() {
    let next = turns.withLock { turns in
      turns.isTaken = !turns.waiting.isEmpty
      return turns.isTaken ? turns.waiting.removeFirst() : nil
    }
    next?.resume()
  }

  /// From how many bytes on a body is large: reading that much is not noticed by anyone else.
  static let largeBytes = 64 << 10
}

extension Asked {
  /// Whether it may take long to read. A file is not read here, but written to the disk as it comes.
  var isLarge: Bool {
    guard !isUpload else { return false }
    return header("transfer-encoding") != nil
      || (header("content-length").flatMap { Int($0) } ?? 0) > HeavyLane.largeBytes
  }
}
