import ArgumentParser
import Bookkeeping
import Foundation

/// Takes a folder of CSV files into the books, all or nothing: what differs is added as new facts.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a folder of CSV files into the books, all or nothing.",
    discussion:
      "Read are \(ImportBooks.fileNames.joined(separator: ", ")). The files of `jangbu export` show "
      + "the columns of each. What the books say already is left as it is. Every bad line is told; "
      + "then nothing is written.")

  @OptionGroup var books: BooksOption

  @Argument(help: "The folder.")
  var folder: String

  @Flag(help: "Say what each file would do, and write nothing.")
  var dryRun = false

  func run() async throws {
    let files = try readFiles()
    try await books.withBooks { books in
      if dryRun { return try tell(try await books.preview(ImportBooks(files))) }
      let taken = try await books.perform(ImportBooks(files), by: localActor)
      print("Imported \(taken.outcome)")
    }
  }

  /// - Throws: `ImportProblems` when the import would be refused.
  private func tell(_ report: ImportReport) throws {
    for table in report.tables {
      let counts = table.counts
      var line =
        "\(table.name): \(counts.new) new, \(counts.changed) changed, "
        + "\(counts.alreadyThere) already there, \(counts.refused) refused"
      if let missing = table.notInFile, missing > 0 { line += "; not in the file: \(missing)" }
      print(line)
      for index in 0..<table.rowCount {
        guard let (line, outcome) = table.row(index), case .changes(let fields) = outcome else {
          continue
        }
        for field in fields {
          print("  \(line): \(field.column): “\(field.from)” becomes “\(field.to)”")
        }
      }
    }
    guard report.problems.isEmpty else { throw ImportProblems(problems: report.problems) }
    print("Nothing was written.")
  }

  private func readFiles() throws -> [CSVFile] {
    let folderURL = URL(filePath: folder, directoryHint: .isDirectory)
    var files: [CSVFile] = []
    for name in ImportBooks.fileNames + [BooksMark.fileName] {
      let file = folderURL.appending(path: name)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      do { files.append(CSVFile(name: name, bytes: Array(try Data(contentsOf: file)))) } catch {
        throw Refused("\(file.path) cannot be read.")
      }
    }
    guard files.contains(where: { $0.name != BooksMark.fileName }) else {
      throw Refused(
        "\(folder) holds none of the files \(ImportBooks.fileNames.joined(separator: ", ")).")
    }
    return files
  }
}
