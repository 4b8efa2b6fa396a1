import ArgumentParser
import Bookkeeping
import Foundation

/// Writes the whole books as CSV files.
struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the whole books as CSV files into a new or empty folder.",
    discussion: "Importing them into new books gives equal figures and an equal ledger.")

  @OptionGroup var books: BooksOption

  @Argument(help: "The folder: a new one, or one without any file.")
  var folder: String

  func run() async throws {
    let manager = FileManager.default
    let folderURL = URL(filePath: folder, directoryHint: .isDirectory)
    if let present = try? manager.contentsOfDirectory(atPath: folder), !present.isEmpty {
      throw Refused("\(folder) is not empty. Choose a new folder: an export overwrites nothing.")
    }
    let files = try await books.withBooks { try await $0.answer(ExportBooks()) }
    do {
      try manager.createDirectory(at: folderURL, withIntermediateDirectories: true)
      for file in files {
        try Data(file.bytes).write(to: folderURL.appending(path: file.name))
      }
    } catch { throw Refused("\(folder) cannot be written.") }
    print("Exported \(files.count) files to \(folder)")
  }
}
