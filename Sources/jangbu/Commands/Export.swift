import ArgumentParser
import Foundation
import FundModel
import Sheets
import Web

/// Writes what others are to have: the overview, a fund, the whole books.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the overview, a fund or the whole books as a workbook or as CSV.",
    subcommands: [ExportOverview.self, ExportFund.self, ExportWholeBooks.self])
}

/// A new file, for nobody but its owner: the same records as in the books.
struct NewFile: ExpressibleByArgument {
  let path: String

  init(path: String) { self.path = path }
  init?(argument: String) { self.init(path: argument) }

  /// What its name says it is to be.
  func kind() throws -> ExportFile.Kind {
    guard let kind = ExportFile.Kind(of: path) else {
      throw Refused("\(path) ends neither in .xlsx nor in .csv. Which of them is it to be?")
    }
    return kind
  }

  /// - Throws: `Refused` where something is there already.
  func mustBeNew() throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Refused(
        "There is a file at \(path) already. Choose another name: nothing is overwritten.")
    }
  }

  func write(_ content: ExportFile.Content) throws {
    try mustBeNew()
    switch content {
    case .workbook(let book):
      do { try book.write(xlsx: path) } catch let problem as OutProblem {
        throw Refused(LanguageOptions.ofEnvironment(problem.sentence))
      }
    case .bytes(let bytes):
      guard
        FileManager.default.createFile(
          atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
      else { throw Refused("\(path) cannot be written.") }
    }
  }
}
