import ArgumentParser
import Bookkeeping
import Foundation
import Synchronization
import Web

/// How the server tells of itself on standard error.
enum LogForm: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Sentences, without one for each request: for a terminal.
  case text
  /// One object a line: for programs.
  case json

  /// What fits where standard error leads to.
  static var fitting: LogForm { isatty(STDERR_FILENO) == 1 ? .text : .json }
}

/// Writes the log without ever holding up a request: a reader who is slow, or a disk that is full,
/// costs lines of the log and nothing else.
final class LogOutput: Sendable {
  let form: LogForm
  private let queue = DispatchQueue(label: "jangbu.log")
  private let waiting = Mutex((lines: 0, lost: 0))

  private static let mostWaiting = 10_000

  init(_ form: LogForm) {
    self.form = form
    // Whoever reads may go away; that must not end the server.
    signal(SIGPIPE, SIG_IGN)
  }

  func write(_ entry: LogEntry) {
    if form == .text, entry.level == .info { return }
    let line = form == .json ? entry.json : entry.text
    let lost: Int? = waiting.withLock { waiting in
      guard waiting.lines < Self.mostWaiting else {
        waiting.lost += 1
        return nil
      }
      waiting.lines += 1
      defer { waiting.lost = 0 }
      return waiting.lost
    }
    guard let lost else { return }
    queue.async { [self] in
      if lost > 0 {
        let note = LogEntry(.warning, at: entry.time, "lines of the log were lost: \(lost)")
        Self.put(form == .json ? note.json : note.text)
      }
      Self.put(line)
      waiting.withLock { $0.lines -= 1 }
    }
  }

  /// Waits for what is yet to be written, as far as it can be.
  func finish() { queue.sync {} }

  private static func put(_ line: String) {
    var bytes = Array((line + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
