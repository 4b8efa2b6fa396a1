import Bookkeeping
import Dispatch
import Foundation
import FundModel
import Store

/// Times Jangbu in process, through the same door as `Web`: what `Benchmarks/bench` starts beside
/// the peers. `jangbu-bench BOOKS DATES`; DATES is a file with a reference date on each line. It
/// says `ready` and then answers each line that it reads with one line, see `Asked`.
@main
struct JangbuBench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { throw Misuse("Usage: jangbu-bench BOOKS DATES") }
    let dates = try String(contentsOfFile: arguments[2], encoding: .utf8)
      .split(separator: "\n").map { line in
        guard let date = CalendarDate(line) else { throw Misuse("\(line) is no date.") }
        return date
      }
    let engine = try SQLiteEngine(path: arguments[1])
    let books = try await BooksFile.open(engine) {
      Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }.indexed()
    // As `jangbu serve` does: whoever asks about all funds meanwhile waits for it.
    let reading = Task { try await books.index?.read() }
    let overviews = try Overviews(books: books, dates: dates)
    let postings = Postings(books: books, engine: engine, overviews: overviews)
    tell("ready")
    while let line = await nextLine() {
      guard let asked = Asked(line) else { throw Misuse("\(line) is nothing to ask.") }
      switch asked {
      case .answers(let path): try await overviews.write(to: path)
      case .numbers(let count): tell("\(try await overviews.time(count))")
      case .json(let count): tell("\(try await overviews.timeWithJSON(count))")
      case .items(let count):
        tell(try await postings.unpaid(count).map(\.text).joined(separator: " "))
      case .post(let count): tell(try await postings.time(count))
      case .backDated(let count): tell(try await postings.timeOverviewsAfterEach(count))
      case .wait: try await reading.value
      case .memory: tell(try memory())
      }
      switch asked {
      case .answers, .wait: tell("done")
      default: break
      }
    }
    try engine.close()
  }

  /// Waits on a thread of its own: whoever is under way, such as the reading of the books, goes on.
  private static func nextLine() async -> String? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: readLine()) }
    }
  }

  private static func tell(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// The resident memory now and at its peak, in KiB.
  private static func memory() throws -> String {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    return ["VmRSS:", "VmHWM:"].map { name in
      let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
      return line.map { $0.filter(\.isNumber) } ?? "0"
    }.joined(separator: " ")
  }
}

/// One line of what is asked.
private enum Asked {
  /// Writes every fund's figures on each date to a file, for the comparison.
  case answers(String)
  /// So many overviews; answered with seconds in all.
  case numbers(Int)
  /// So many overviews as the API's JSON.
  case json(Int)
  /// So many unpaid items as `item,notice date,fund`.
  case items(Int)
  /// So many payments by one client, one after the other; answered with seconds, and the slowest.
  case post(Int)
  /// Overviews after payments of today and after back-dated ones, so many of each; answered with
  /// the median seconds of both.
  case backDated(Int)
  /// Comes back once figures are answered from memory.
  case wait
  case memory

  init?(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let word = words.first else { return nil }
    switch line {
    case "memory":
      self = .memory
      return
    case "wait":
      self = .wait
      return
    default: break
    }
    guard words.count == 2 else { return nil }
    if word == "answers" {
      self = .answers(words[1])
      return
    }
    guard let count = Int(words[1]), count > 0 else { return nil }
    switch word {
    case "numbers": self = .numbers(count)
    case "json": self = .json(count)
    case "items": self = .items(count)
    case "post": self = .post(count)
    case "backdated": self = .backDated(count)
    default: return nil
    }
  }
}

struct Misuse: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
