import ArgumentParser
import Bookkeeping
import Foundation
import FundModel
import Sheets

/// Takes a folder of CSV files into the books, all or nothing: what differs is added as new facts.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a workbook, a CSV file or a folder of them into the books, all or nothing.",
    discussion:
      "Read are \(ImportBooks.fileNames.joined(separator: ", ")). The files of `jangbu export` show "
      + "the columns of each. What the books say already is left as it is. Every bad line is told; "
      + "then nothing is written.")

  @OptionGroup var books: BooksOption

  @Argument(help: "The .xlsx or .csv file, or the folder.")
  var file: String

  @Flag(help: "Say what each file would do, and write nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "What a sheet holds: one of \(BooksFormat.allCases.map(\.rawValue).joined(separator: ", ")), "
        + "or skip. Repeat it for each sheet.", valueName: "sheet=format"))
  var map: [String] = []

  @Option(help: "What the amounts are counted in: one, thousands, millions, hundred_millions.")
  var unit: String?

  @Option(help: "From when changed commitments count: a day, or beginning. Today where left out.")
  var changesFrom: String?

  @Flag(help: "Say what each file would do, and write nothing.")
  var dryRun = false

  func run() async throws {
    let changesCount = try readChangesCount()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
      throw Refused("There is nothing at \(file).")
    }
    if isFolder.boolValue {
      let files = try readFolder()
      return try await books.withBooks { books in
        try await take(ImportBooks(files, changesCount: changesCount), in: books)
      }
    }
    let rows = FileManager.default.temporaryDirectory
      .appending(path: "jangbu-\(UUID().uuidString).rows").path
    defer { try? FileManager.default.removeItem(atPath: rows) }
    let read: RowsFile
    do {
      read = try await SheetReader().read(file, URL(filePath: file).lastPathComponent, rows) { _ in
      }
    } catch let problem as SheetProblem { throw Refused(problem.told.en) }
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
        "\(file) holds none of the files \(ImportBooks.fileNames.joined(separator: ", ")).")
    }
    return files
  }
}
