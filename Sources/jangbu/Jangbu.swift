import ArgumentParser
import Bookkeeping
import Foundation
import FundModel
import Store
import Web

/// The program: the only place where an engine, a clock and a person acting are made.
@main
struct Jangbu: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jangbu",
    abstract: "The books of private funds: every figure from actual cash, as of any date.",
    version: "jangbu 0.1.0",
    subcommands: [
      Init.self, Serve.self, OverviewCommand.self, FundCommand.self, Import.self, Export.self,
      UndoImportCommand.self, Check.self, Backup.self, Restore.self, Link.self,
      ReadSheetsCommand.self,
    ])

  /// Exit codes: 0 done, 1 refused (a person can put it right), 64 wrong use, 70 failed.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let problems as ImportProblems {
      for problem in problems.problems { tell(line(of: problem)) }
      refuse(
        inLanguage(
          Phrase(
            "문제가 \(problems.problems.count)곳 있어 아무것도 가져오지 않았습니다.",
            "nothing was imported; problems: \(problems.problems.count).")))
    } catch let refusal as Refusal {
      refuse(inLanguage(refusal.sentence))
    } catch is MoneyError {
      refuse(inLanguage(Refusal.figureTooLarge.sentence))
    } catch let refused as Refused {
      refuse(refused.description)
    } catch let error as BooksFileError {
      refuse(error.description)
    } catch let error as StoreError {
      tell("failed: \(error)")
      Foundation.exit(70)
    } catch {
      exit(withError: error)
    }
  }

  private static func line(of problem: ImportProblem) -> String {
    let place =
      if let cell = problem.cell {
        "\(problem.file)!\(cell)"
      } else { problem.line > 0 ? "\(problem.file):\(problem.line)" : problem.file }
    let column = problem.column.isEmpty ? "" : " \(problem.column):"
    return "\(place):\(column) \(inLanguage(problem.sentence))"
  }

  private static func inLanguage(_ sentence: Phrase) -> String {
    LanguageOptions.ofEnvironment == .ko ? sentence.ko : sentence.en
  }

  private static func refuse(_ sentence: String) -> Never {
    tell("refused: \(sentence)")
    Foundation.exit(1)
  }

  private static func tell(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
