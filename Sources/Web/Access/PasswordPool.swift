import Bookkeeping
import FundModel
import NIOPosix
import Synchronization

/// Makes and checks passwords on a thread of its own: many sign-ins at once take their turn, and hold
/// nobody else up.
final class PasswordPool: Sendable {
  private let threads: NIOThreadPool
  private let waiting = Mutex(0)

  /// How many may wait; at some twenty milliseconds each, the last for a second or two.
  private static let mostWaiting = 100

  init() {
    threads = NIOThreadPool(numberOfThreads: 1)
    threads.start()
  }

  deinit { threads.shutdownGracefully { _ in } }

  func verifies(_ password: String, _ hash: PasswordHash) async throws -> Bool {
    try await inTurn { hash.verifies(password) }
  }

  func hash(of password: String) async throws -> PasswordHash {
    guard let hash = try await inTurn({ PasswordHash(of: password) }) else {
      throw Problem.tooManySignIns
    }
    return hash
  }

  private func inTurn<Answer: Sendable>(
    _ work: @escaping @Sendable () -> Answer
  ) async throws -> Answer {
    let hasRoom = waiting.withLock { count in
      guard count < Self.mostWaiting else { return false }
      count += 1
      return true
    }
    guard hasRoom else { throw Problem.tooManySignIns }
    defer { waiting.withLock { $0 -= 1 } }
    return try await threads.runIfActive(work)
  }
}

extension Problem {
  static let tooManySignIns = Problem(
    status: 503, code: "too-many-sign-ins",
    sentence: Phrase(
      "지금 로그인하는 사람이 너무 많습니다. 잠시 뒤에 다시 해 주세요.",
      "Too many people are signing in at this moment. Try again shortly."),
    headers: [("Retry-After", "2")])
}
