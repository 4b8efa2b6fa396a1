import ArgumentParser
import Bookkeeping
import Foundation
import FundModel
import Store

/// Which books a command is about.
struct BooksOption: ParsableArguments {
  @Option(name: .customLong("books"), help: "The file that holds the books.")
  var path: String

  /// Opens the books, does `body` and closes them, whatever happens.
  func withBooks<Result>(_ body: (Books) async throws -> Result) async throws -> Result {
    try mustExist()
    return try await withEngine(create: false) { engine in
      try await body(BooksFile.open(engine, now: systemNow))
    }
  }

  func mustExist() throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Refused("There are no books at \(path). Make them with `jangbu init --books \(path)`.")
    }
  }

  /// Opens the file itself; `create` makes it when it is not there.
  func withEngine<Result>(
    create: Bool, _ body: (SQLiteEngine) async throws -> Result
  ) async throws -> Result {
    try await Self.withEngine(at: path, create: create, body)
  }

  static func withEngine<Result>(
    at path: String, create: Bool = false, _ body: (SQLiteEngine) async throws -> Result
  ) async throws -> Result {
    let engine = try SQLiteEngine(path: path, create: create)
    do {
      let result = try await body(engine)
      try engine.close()
      return result
    } catch {
      // The first error is the one to tell; closing again can only repeat it.
      try? engine.close()
      throw error
    }
  }
}

/// The two clocks of a figure, on the command line.
struct AsOfOptions: ParsableArguments {
  @Option(help: "The reference date, such as 2026-02-14. Today where left out.")
  var asOf: String?

  @Option(help: "What the books knew at an instant, or at the end of a day.")
  var knownAt: String?

  func values(in books: Books) throws -> AsOf {
    var date = books.clock.today
    if let asOf { date = try readDate(asOf, option: "--as-of") }
    return AsOf(date, knownAt: try knownAt.map { try instant($0, in: books) })
  }

  private func instant(_ text: String, in books: Books) throws -> Instant {
    if let instant = Instant(text) { return instant }
    if let day = try? CalendarDate(typed: text) { return books.clock.end(of: day) }
    throw Refused(
      "--known-at: “\(text)” is not an instant. Write 2026-04-10T18:00:00+09:00, or a day such as "
        + "2026-04-10 for its end.")
  }
}

func readDate(_ text: String, option: String) throws -> CalendarDate {
  do { return try CalendarDate(typed: text) } catch {
    throw Refused("\(option): \(error.description)")
  }
}

/// The only real clock of the program.
@Sendable func systemNow() -> Instant {
  Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
}

/// What a person can put right: one sentence on standard error, exit code 1.
struct Refused: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
