import ArgumentParser
import Bookkeeping
import Foundation
import Web

/// The whole books as CSV files, or as one workbook.
struct ExportWholeBooks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "books",
    abstract:
      "Write the whole books as a workbook (.xlsx), or as CSV files into a new or empty folder.",
    discussion: "Importing them into new books gives equal figures and an equal ledger.")

  @OptionGroup var books: BooksOption

  @Option(help: "ko or en, of a workbook. The language of the environment where left out.")
  var language = LanguageOptions.ofEnvironment

  @Argument(
    help: "The folder: a new one, or one without any file; or a new file that ends in .xlsx.")
  var folder: String

  func run() async throws {
    if folder.lowercased().hasSuffix(".xlsx") { return try await writeWorkbook() }
    let manager = FileManager.default
    let folderURL = URL(filePath: folder, directoryHint: .isDirectory)
    if let present = try? manager.contentsOfDirectory(atPath: folder), !present.isEmpty {
      throw Refused("\(folder) is not empty. Choose a new folder: an export overwrites nothing.")
    }
    let files = try await books.withBooks { try await $0.answer(ExportBooks()) }
    do {
      // The same records as in the books: for nobody but the owner of the files.
      try manager.createDirectory(
        at: folderURL, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for file in files {
        let path = folderURL.appending(path: file.name).path
        guard
          manager.createFile(
            atPath: path, contents: Data(file.marked), attributes: [.posixPermissions: 0o600])
        else { throw Refused("\(path) cannot be written.") }
      }
    } catch { throw Refused("\(folder) cannot be written.") }
    print("Exported \(files.count) files to \(folder)")
  }

  private func writeWorkbook() async throws {
    let file = NewFile(path: folder)
    try file.mustBeNew()
    let (files, today) = try await books.withBooks { books in
      (try await books.answer(ExportBooks()), books.clock.today)
    }
    try file.write(ExportFile.books(files, created: today, language).content)
    print("Exported the books to \(folder)")
  }
}
