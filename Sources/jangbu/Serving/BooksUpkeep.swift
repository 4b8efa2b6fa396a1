import Bookkeeping
import Foundation
import FundModel
import Store
import Web

/// What those who watch over the server are told of the file of books, its disk and its backups.
actor BooksUpkeep {
  private let engine: SQLiteEngine
  private let backups: ScheduledBackups?
  private let began = systemNow()
  private var looking: Task<[Upkeep.Check], Never>?
  private var last: (at: ContinuousClock.Instant, checks: [Upkeep.Check])?

  init(_ engine: SQLiteEngine, backups: ScheduledBackups?) {
    self.engine = engine
    self.backups = backups
  }

  /// Below so many bytes on the disk of the books, they are not ready: what is keyed in would soon be
  /// refused.
  static let leastFree: Int64 = 64 << 20

  /// However many ask, one looks, and what was found is good for a second: to look is to wait for
  /// one's turn at writing.
  func checks() async -> [Upkeep.Check] {
    if let last, last.at + .seconds(1) > .now { return last.checks }
    let task = looking ?? Task { await look() }
    looking = task
    let checks = await task.value
    last = (.now, checks)
    looking = nil
    return checks
  }

  private nonisolated func look() async -> [Upkeep.Check] {
    var checks = [fileCheck(), diskCheck()]
    checks.append(
      await check("durable", "Every safety setting holds.") { try await $0.verifySettings() })
    checks.append(
      await check("writable", "A change can be written.") { try await $0.tryWriting() })
    checks.append(
      await check("migrated", "The books are of this program's version.") { engine in
        guard try await Migrator(BooksFile.migrations).pending(in: engine).isEmpty else {
          throw Refused("The books are of an older version than this program's.")
        }
      })
    if let backups { checks.append(await backupCheck(backups)) }
    return checks
  }

  private nonisolated func fileCheck() -> Upkeep.Check {
    let isGood = engine.isFileInPlace
    return Upkeep.Check(
      "file",
      isGood
        ? "The file of books is where it was."
        : StoreError.fileReplaced(path: engine.path).description, isGood: isGood)
  }

  private nonisolated func diskCheck() -> Upkeep.Check {
    guard let free = Self.freeBytes(at: engine.path) else {
      return Upkeep.Check("disk", "The disk of the books tells nothing of its room.", isGood: false)
    }
    return Upkeep.Check(
      "disk",
      "The disk of the books has \(free >> 20) MiB left; \(Self.leastFree >> 20) are wanted.",
      isGood: free >= Self.leastFree)
  }

  /// A backup that failed is told, but what is keyed in is safe without it.
  private nonisolated func backupCheck(_ backups: ScheduledBackups) async -> Upkeep.Check {
    let failure = await backups.lastFailure
    let newest = await backups.newest
    let words = failure ?? newest.map { "The newest is of \($0)." } ?? "There is none yet."
    return Upkeep.Check("backup", words, isGood: failure == nil, isNeeded: false)
  }

  /// What does not come to an end in time is not as it should be.
  private nonisolated func check(
    _ name: String, _ good: String,
    _ work: @escaping @Sendable (SQLiteEngine) async throws -> Void
  ) async -> Upkeep.Check {
    let (answers, answer) = AsyncStream.makeStream(of: Upkeep.Check.self)
    let task = Task { [engine] in
      do {
        try await work(engine)
        answer.yield(Upkeep.Check(name, good, isGood: true))
      } catch {
        answer.yield(Upkeep.Check(name, String(describing: error), isGood: false))
      }
    }
    let watch = Task {
      try await Task.sleep(for: .seconds(2))
      answer.yield(
        Upkeep.Check(name, "Nothing was found out within two seconds.", isGood: false))
    }
    var found = answers.makeAsyncIterator()
    let check = await found.next()
    task.cancel()
    watch.cancel()
    return check ?? Upkeep.Check(name, "Nothing was found out.", isGood: false)
  }

  private static func freeBytes(at path: String) -> Int64? {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    var found = statvfs()
    guard statvfs(folder, &found) == 0 else { return nil }
    return Int64(
      clamping: UInt64(found.f_bavail).multipliedReportingOverflow(by: UInt64(found.f_frsize))
        .partialValue)
  }
}

extension BooksUpkeep {
  func figures() async -> [Upkeep.Figure] {
    let sizes = engine.fileSizes
    let now = systemNow()
    var figures = [
      Upkeep.Figure("jangbu_books_file_bytes", "Size of the file of books.", sizes.books),
      Upkeep.Figure("jangbu_books_log_bytes", "Size of its write-ahead log.", sizes.log),
      Upkeep.Figure(
        "jangbu_uptime_seconds", "Since the server began.",
        (now.microseconds - began.microseconds) / 1_000_000),
    ]
    if let free = Self.freeBytes(at: engine.path) {
      figures.append(
        Upkeep.Figure("jangbu_disk_free_bytes", "Room left on the disk of the books.", free))
    }
    if let memory = Self.residentBytes {
      figures.append(
        Upkeep.Figure("jangbu_resident_memory_bytes", "Memory that the server holds.", memory))
    }
    if let backups {
      if let newest = await backups.newest {
        figures.append(
          Upkeep.Figure(
            "jangbu_backup_age_seconds", "Since the newest scheduled backup.",
            (now.microseconds - newest.microseconds) / 1_000_000))
      }
      figures.append(
        Upkeep.Figure(
          "jangbu_backup_failures_total", "Scheduled backups that failed.", isCounter: true,
          await backups.failures))
    }
    return figures
  }

  /// Linux tells it in pages; elsewhere it is not told.
  private static var residentBytes: Int64? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) }
    return pages.map { $0 * Int64(getpagesize()) }
  }
}
