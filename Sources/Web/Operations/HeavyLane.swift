import Dispatch

/// Where large requests are read and answered: one after another, on a thread of its own, so that
/// the few threads that answer everyone else stay free.
final class HeavyLane: TaskExecutor {
  private let queue = DispatchQueue(label: "jangbu.heavy-requests")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }

  /// From how many bytes on a body is large: reading that much is not noticed by anyone else.
  static let largeBytes = 64 << 10
}

extension Asked {
  /// Whether it may take long to read.
  var isLarge: Bool {
    header("Transfer-Encoding") != nil
      || (header("Content-Length").flatMap { Int($0) } ?? 0) > HeavyLane.largeBytes
  }
}
