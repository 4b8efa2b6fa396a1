import CSpawn
import Foundation

/// A program that was started with nothing to read, and has ended.
///
/// Foundation's `Process` looks at more of a directory's entries than there is when it starts one on
/// Linux, and now and then dies of it with all tests (swift-corelibs-foundation, pull request 5472).
package struct StartedProgram {
  /// What it printed on both outputs.
  package let output: String
  /// As a shell tells it: 128 and the signal's number where a signal ended it.
  package let status: Int32

  /// - Parameters:
  ///   - words: the program, by its path, and its arguments.
  ///   - environment: all of it.
  package init(
    _ words: [String], in folder: String, environment: [String: String]
  ) throws {
    // A file rather than a pipe: nobody has to read while it runs.
    let file = FileManager.default.temporaryDirectory.appending(path: "jangbu-\(UUID()).out").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    posix_spawn_file_actions_addchdir_np(&actions, folder)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, words[0], &actions, nil, &arguments, &variables)
    guard error == 0 else { throw CannotStart(program: words[0], error: error) }
    var ended: Int32 = 0
    while waitpid(process, &ended, 0) < 0 {
      guard errno == EINTR else { throw CannotStart(program: words[0], error: errno) }
    }
    let signal = ended & 0x7F
    status = signal == 0 ? (ended >> 8) & 0xFF : 128 + signal
    output = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
  }

  struct CannotStart: Error, CustomStringConvertible {
    let program: String
    let error: Int32
    var description: String { "\(program) cannot be started: \(String(cString: strerror(error)))" }
  }
}
