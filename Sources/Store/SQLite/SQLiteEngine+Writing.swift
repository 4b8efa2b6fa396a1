internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

extension SQLiteEngine {
  /// - Parameter seconds: how long it may wait for its turn: from here on, so whoever waits behind
  ///   others that wait is told in time.
  func write<Answer: Sendable>(
    within seconds: Double, alone: Bool = true,
    _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    let kept = Kept<Answer>()
    let deadline = DispatchTime.now() + seconds
    let job = Mutex<WriteJob?>(nil)
    try await translatingErrors {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation {
          (waiting: CheckedContinuation<Void, any Error>) in
          let mine = WriteJob(
            isAlone: alone, deadline: deadline, { kept.answer = try body($0) },
            finished: { waiting.resume(with: $0) })
          job.withLock { $0 = mine }
          if Task.isCancelled { mine.cancel() }
          writes.add(mine) { carryOut($0) }
        }
      } onCancel: {
        job.withLock { $0?.cancel() }
      }
    }
    guard let answer = kept.answer else { throw StoreError.transactionLost }
    return answer
  }

  /// Finishes each job once it is on the disk, or is not and never will be.
  private func carryOut(_ jobs: [WriteJob]) {
    let jobs = jobs.filter { job in
      let reason: (any Error)? =
        job.isCancelled ? CancellationError() : job.timeLeft == nil ? StoreError.busy : nil
      if let reason { job.finish(.failure(reason)) }
      return reason == nil
    }
    guard !jobs.isEmpty else { return }
    do {
      for (job, result) in zip(jobs, try together(jobs)) { job.finish(result) }
    } catch {
      // What failed for all may be the doing of one, and a refusal may rest on what is undone now.
      guard jobs.count > 1 else { return jobs.forEach { $0.finish(.failure(error)) } }
      for job in jobs { carryOut([job]) }
    }
  }

  /// One transaction for all of them.
  ///
  /// - Returns: for each, whether it was kept, or why it was rolled back.
  /// - Throws: where nothing was kept of any of them.
  private func together(_ jobs: [WriteJob]) throws -> [Result<Void, any Error>] {
    try pool.writeWithoutTransaction { database in
      guard let handle = database.sqliteConnection else {
        throw StoreError.unavailable("\(path) has been closed.")
      }
      guard let left = jobs.compactMap(\.timeLeft).min() else { throw StoreError.busy }
      sqlite3_busy_timeout(handle, left)
      defer {
        sqlite3_busy_timeout(handle, Int32(busyTimeout * 1000))
        Self.giveBackMemory(of: handle)
      }
      var results: [Result<Void, any Error>] = []
      do {
        try database.inTransaction(.immediate) {
          sqlite3_busy_timeout(handle, Int32(busyTimeout * 1000))
          let connection = SQLiteConnection(database: database, path: path, isCancelled: { false })
          for job in jobs {
            results.append(
              try jobs.count == 1
                ? .success(job.run(in: connection.lent { job.isCancelled }))
                : Self.run(job, in: connection))
          }
          // What goes into a file that has no name any more is lost with it.
          guard isFileInPlace else { throw StoreError.fileReplaced(path: path) }
          return .commit
        }
      } catch let error as DatabaseError {
        throw StoreError(error, path: path, writeError: database.lastWriteError)
      }
      return results
    }
  }

  /// One among others: what it wrote is taken back alone where it throws.
  ///
  /// - Throws: where SQLite has ended the transaction of them all.
  private static func run(
    _ job: WriteJob, in connection: SQLiteConnection
  ) throws -> Result<Void, any Error> {
    try connection.run("SAVEPOINT change", [])
    do {
      try job.run(in: connection.lent { job.isCancelled })
      try connection.run("RELEASE change", [])
      return .success(())
    } catch {
      guard connection.isInTransaction else { throw error }
      try connection.run("ROLLBACK TO change", [])
      try connection.run("RELEASE change", [])
      return .failure(error)
    }
  }
}

/// Carries an answer out of a body that may be run again.
private final class Kept<Answer: Sendable>: Sendable {
  private let value = Mutex<Answer?>(nil)

  var answer: Answer? {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
