import Bookkeeping
import Foundation
import FundModel
import Store
import Web

/// Backups that the server makes by itself, and how many of them stay.
struct BackupPlan: Hashable, Sendable {
  let folder: String
  let every: Period
  /// How many of the newest stay, at least one.
  let keep: Int
}

/// Makes backups while the books are served. Whatever goes wrong is told and tried again; serving goes
/// on.
actor ScheduledBackups {
  let plan: BackupPlan
  private let engine: SQLiteEngine
  private let books: Books
  private let log: @Sendable (LogEntry) -> Void
  private let file: String
  private(set) var newest: Instant?
  private(set) var failures: Int64 = 0
  private(set) var lastFailure: String?

  init(
    _ plan: BackupPlan, of engine: SQLiteEngine, _ books: Books,
    log: @escaping @Sendable (LogEntry) -> Void
  ) {
    self.plan = plan
    self.engine = engine
    self.books = books
    self.log = log
    file = URL(filePath: engine.path).lastPathComponent
  }

  /// Makes one whenever the newest is older than the period, until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do {
        newest = try await made().max()?.instant
        let wait = newest.map { seconds(until: $0) } ?? 0
        if wait <= 0 { try await makeOne() } else { try await Task.sleep(for: .seconds(wait)) }
      } catch is CancellationError {
        return
      } catch {
        failures += 1
        let failure = String(describing: error)
        lastFailure = failure
        log(LogEntry(.error, at: systemNow(), "backup failed: \(failure)"))
        try? await Task.sleep(for: .seconds(min(plan.every.seconds, Self.secondsToNextTry)))
      }
    }
  }

  private static let secondsToNextTry: Int64 = 300

  private func seconds(until last: Instant) -> Int64 {
    let passed = (systemNow().microseconds - last.microseconds) / 1_000_000
    // A clock that was put back must not keep backups from being made.
    return passed < 0 ? 0 : plan.every.seconds - passed
  }

  private func makeOne() async throws {
    let name = BackupName(of: file, mark: try await mark(), at: systemNow())
    try await SafeCopy.make(at: path(of: name.text)) { [engine] part in
      try await engine.copy(to: part)
    }
    newest = name.instant
    lastFailure = nil
    log(LogEntry(.notice, at: systemNow(), "backup made: \(path(of: name.text))"))
    try await retire()
  }

  /// Deletes all but the newest; nothing but scheduled backups of these books.
  private func retire() async throws {
    let found = try await inFolder()
    for name in found.made.sorted().dropLast(max(plan.keep, 1)).map(\.text) + found.unfinished {
      try FileManager.default.removeItem(atPath: path(of: name))
      log(LogEntry(.notice, at: systemNow(), "backup retired: \(path(of: name))"))
    }
  }

  private func made() async throws -> [BackupName] { try await inFolder().made }

  /// The backups of these books, and what a server that was killed left of one.
  private func inFolder() async throws -> (made: [BackupName], unfinished: [String]) {
    let mark = try await mark()
    let names = try FileManager.default.contentsOfDirectory(atPath: plan.folder)
    let dayAgo = systemNow().microseconds - 86_400_000_000
    return (
      names.compactMap { BackupName($0, of: file, mark: mark) },
      // Another server may be at work on one that is younger.
      names.filter { name in
        guard let begun = SafeCopy.nameOfUnfinished(name) else { return false }
        return BackupName(begun, of: file, mark: mark).map {
          $0.instant.microseconds < dayAgo
        } ?? false
      }
    )
  }

  private func mark() async throws -> String {
    try await books.answer(MarkOfBooks()) ?? "00000000"
  }

  private func path(of name: String) -> String {
    URL(filePath: plan.folder).appending(path: name).path
  }
}
