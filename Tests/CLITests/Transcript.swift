import Foundation
import StartedProgram

/// A shell-like session: comments, commands after `$ `, and what each is to print.
///
/// `exit N` on a line of its own after the output says how the command ends; nothing means 0.
struct Transcript {
  struct Step {
    let command: String
    var output: [String]
  }

  /// Lines before the first command.
  private(set) var preface: [String] = []
  private(set) var steps: [Step] = []

  init(_ text: String) {
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    for line in lines {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), output: []))
      } else if steps.isEmpty {
        preface.append(line)
      } else {
        steps[steps.count - 1].output.append(line)
      }
    }
  }

  var text: String {
    (preface + steps.flatMap { ["$ " + $0.command] + $0.output }).joined(separator: "\n") + "\n"
  }

  /// The same session with what the commands really print, blank lines at the end left out. Comments
  /// and blank lines between commands stay where they are: after the output.
  func played(in folder: URL) throws -> Transcript {
    var played = self
    for (index, step) in steps.enumerated() {
      var told = try Shell.run(step.command, in: folder)
      while told.last == "" { told.removeLast() }
      let comments = step.output.reversed().prefix { $0.isEmpty || $0.hasPrefix("#") }.reversed()
      played.steps[index].output = told + comments
    }
    return played
  }
}

/// Runs one command line of a transcript: `jangbu …`, or one of a few that need no shell.
enum Shell {
  /// The lines printed on both outputs, and `exit N` when that is not 0.
  ///
  /// - Parameter wrapper: a program, by its path, and its arguments, which then starts `jangbu`.
  static func run(
    _ line: String, in folder: URL, through wrapper: [String] = []
  ) throws -> [String] {
    let words = split(line)
    guard words.first == "jangbu" else {
      throw Unknown(description: "A transcript runs jangbu only, not: \(line)")
    }
    let ended = try StartedProgram(
      wrapper + [program.path] + words.dropFirst(), in: folder.path,
      environment: ["LANG": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"])
    var lines = ended.output.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    if ended.status != 0 { lines.append("exit \(ended.status)") }
    return lines
  }

  struct Unknown: Error, CustomStringConvertible { let description: String }

  /// The program stands beside the test bundle, whatever the build folder is called.
  private static let program: URL =
    URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "jangbu")

  /// Words by spaces; double quotes hold one together; ` # …` ends the line.
  private static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else if character == "#", word.isEmpty, !isQuoted {
        return words
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
