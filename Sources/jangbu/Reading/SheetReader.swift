import CSpawn
import Foundation
import FundModel
import Sheets
import Synchronization

/// Reads files of sheets, each in a process of its own, so that no file can harm whoever asks.
struct SheetReader: Sendable {
  /// What is started, with `read-sheets` as its first word: this very program.
  var program = "/proc/self/exe"
  /// How long a file may take on the clock: a process that waits for something is ended then.
  var most = Duration.seconds(900)

  /// Fits ``ReadSheets``: cancelling the task ends the process.
  func read(
    _ file: String, _ name: String, _ rowsFile: String,
    _ progress: @escaping @Sendable (Double) -> Void
  ) async throws -> RowsFile {
    try Task.checkCancellation()
    let process = try ReaderProcess(program, ["read-sheets", file, rowsFile, "--name", name])
    do {
      let end = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          // Waiting for lines blocks, so it has a thread of its own.
          Thread.detachNewThread {
            continuation.resume(returning: process.follow(within: most, progress))
          }
        }
      } onCancel: {
        process.kill()
      }
      try Task.checkCancellation()
      try end.get()
      return try RowsFile(rowsFile)
    } catch {
      unlink(rowsFile)
      throw error
    }
  }
}

/// One process that reads one file.
private final class ReaderProcess: Sendable {
  /// `nil` once it has ended and was seen to: its number may be another's then.
  private let number: Mutex<pid_t?>
  private let output: Int32

  init(_ program: String, _ arguments: [String]) throws(SheetProblem) {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .notStarted }
    defer { close(ends[1]) }
    output = ends[0]
    guard let started = Self.start(program, arguments, output: ends[1]) else {
      close(ends[0])
      throw .notStarted
    }
    number = Mutex(started)
  }

  deinit { close(output) }

  /// With its output in `output`, nothing else open, and nothing of this process's environment.
  private static func start(_ program: String, _ arguments: [String], output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    // A server ignores some signals, and so would what it starts.
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    guard posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0,
      posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) == 0,
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0,
      posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1) == 0
    else { return nil }
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let environment = [strdup("LC_ALL=C.UTF-8"), nil]
    defer { for word in words + environment { free(word) } }
    var number = pid_t()
    let result = posix_spawn(&number, program, &actions, &attributes, words, environment)
    return result == 0 ? number : nil
  }

  func kill() { number.withLock { number in _ = number.map { Foundation.kill($0, SIGKILL) } } }

  /// Reads its lines until it ends or its time is over, and sees it off.
  func follow(
    within most: Duration, _ progress: (Double) -> Void
  ) -> Result<Void, SheetProblem> {
    let deadline = ContinuousClock.now + most
    var problem: SheetProblem?
    var lines = LineBuffer()
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else {
        kill()
        problem = .tooSlow
        break
      }
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let milliseconds = left.components.seconds * 1_000 + 1
      let ready = poll(&waiting, 1, Int32(clamping: milliseconds))
      if ready < 0, errno != EINTR { break }
      guard ready > 0 else { continue }
      var piece = [UInt8](repeating: 0, count: 4_096)
      let count = Foundation.read(output, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      for line in lines.lines(after: piece.prefix(count)) {
        switch ReaderReport(line: line) {
        case .done(let part): progress(part)
        case .problem(let told): problem = told
        case nil: break
        }
      }
    }
    let status = seeOff()
    if let problem { return .failure(problem) }
    return status == 0 ? .success(()) : .failure(.ended(status))
  }

  /// The status with which it ended, as `waitpid` gives it.
  private func seeOff() -> Int32 {
    guard let number = number.withLock(\.self) else { return -1 }
    // Its output is closed, or it was killed; were it to live on, it would not be heard.
    var facts = siginfo_t()
    while waitid(P_PID, id_t(number), &facts, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    return self.number.withLock { kept in
      kept = nil
      var status: Int32 = -1
      while waitpid(number, &status, 0) < 0, errno == EINTR {}
      return status
    }
  }
}

/// Cuts what comes in pieces into lines.
private struct LineBuffer {
  private var begun: [UInt8] = []

  mutating func lines(after piece: ArraySlice<UInt8>) -> [String] {
    begun.append(contentsOf: piece)
    var parts = begun.split(separator: 0x0A, omittingEmptySubsequences: false)
    begun = Array(parts.popLast() ?? [])
    // What it says is short: whatever is not, is no report.
    if begun.count > 64 << 10 { begun = [] }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension SheetProblem {
  static let notStarted = SheetProblem(
    .readerEnded,
    Phrase(
      "파일을 읽는 프로그램을 시작할 수 없습니다. 잠시 뒤 다시 해 주세요.",
      "The process that reads files cannot be started. Try again in a while."))

  fileprivate static let tooSlow = SheetProblem(
    .readerEnded,
    Phrase(
      "파일을 읽는 데 너무 오래 걸려 그만두었습니다. 나누어 올려 주세요.",
      "Reading the file took too long and was ended. Send it in parts."))

  fileprivate static func ended(_ status: Int32) -> SheetProblem {
    if status & 0x7F == SIGXCPU || status & 0x7F == SIGKILL { return .tooSlow }
    return SheetProblem(
      .readerEnded,
      Phrase(
        "파일을 읽다가 멈추었습니다. 너무 크거나 손상된 파일입니다. 엑셀에서 열어 다시 저장하거나 나누어 올려 주세요.",
        "Reading ended before it was done: the file is too large or damaged. Save it again in "
          + "Excel, or send it in parts."))
  }
}
