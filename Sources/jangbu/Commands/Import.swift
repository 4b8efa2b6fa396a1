import ArgumentParser
import Bookkeeping
import Foundation

/// Takes a folder of CSV files into the books, all or nothing.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a folder of CSV files into the books, all or nothing.",
    discussion:
      "Read are \(ImportBooks.fileNames.joined(separator: ", ")). The files of `jangbu export` show "
      + "the columns of each. Every bad line is told; then nothing is written.")

  @OptionGroup var books: BooksOption

  @Argument(help: "The folder.")
  var folder: String

  func run() async throws {
    let files = try readFiles()
    try await books.withBooks { books in
      let taken = try await books.perform(ImportBooks(files), by: localActor)
      print("Imported \(taken.outcome)")
    }
  }

  private func readFiles() throws -> [CSVFile] {
    let folderURL = URL(filePath: folder, directoryHint: .isDirectory)
    var files: [CSVFile] = []
    for name in ImportBooks.fileNames {
      let file = folderURL.appending(path: name)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      do { files.append(CSVFile(name: name, bytes: Array(try Data(contentsOf: file)))) } catch {
        throw Refused("\(file.path) cannot be read.")
      }
    }
    guard !files.isEmpty else {
      throw Refused(
        "\(folder) holds none of the files \(ImportBooks.fileNames.joined(separator: ", ")).")
    }
    return files
  }
}
