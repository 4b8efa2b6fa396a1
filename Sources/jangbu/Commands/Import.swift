import ArgumentParser
import Bookkeeping
import Foundation
import FundModel
import Sheets
import Web

/// Takes a workbook, a CSV file or a folder of CSV files into the books, all or nothing: what differs is
/// added as new facts.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a workbook, a CSV file or a folder of them into the books, all or nothing.",
    discussion:
      "Of a workbook (.xlsx) and a CSV file, what each sheet holds is seen by its headings, Korean or "
      + "English; --map says it where it is not. A folder holds the files of `jangbu export books`: "
      + "\(ImportBooks.fileNames.joined(separator: ", ")). What the books say already is left as it "
      + "is. Every bad line is told; then nothing is written.")

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
      let taken = try fileAsItIs()
      let earlier = try await books.answer(EarlierImport(sha256: taken.sha256))
      if let earlier, earlier.undone == nil {
        print(
          "These very bytes were imported before: entry \(earlier.recorded.sequence) of the trail, "
            + "by \(Phrase.recorder(earlier.actor).en).")
      }
      let made = try await command(read, of: taken, changesCount, in: books)
      try await take(made, in: books)
    }
  }

  private func fileAsItIs() throws -> ImportFile {
    do {
      let bytes = try Data(contentsOf: URL(filePath: file), options: .mappedIfSafe)
      return ImportFile(
        name: URL(filePath: file).lastPathComponent, byteCount: bytes.count,
        sha256: SHA256.hex(of: Array(bytes)))
    } catch { throw Refused("\(file) cannot be read.") }
  }

  private func take(_ command: ImportBooks, in books: Books) async throws {
    if dryRun { return try tell(try await books.preview(command)) }
    let taken = try await books.perform(command, by: localActor)
    print("Imported \(taken.outcome)")
    print("Entry \(taken.audit.sequence) of the trail; `jangbu undo-import` takes it back.")
  }

  // MARK: Sheets

  private func command(
    _ read: RowsFile, of file: ImportFile, _ changesCount: ImportBooks.ChangesCount,
    in books: Books
  ) async throws -> ImportBooks {
    let funds = try await books.answer(FundNames())
    let named = try readMap(read.sheets.map(\.name))
    let looks = try read.sheets.map { try SheetLook($0) }
    var tables: [ImportTable] = []
    for (sheet, look) in zip(read.sheets, looks) where look.mark == nil {
      guard var layout = try layout(of: look, named[sheet.name], funds) else { continue }
      if let unit { layout.unit = try readUnit(unit) }
      tables.append(LaidOutSheet(sheet, of: file.name, layout).table)
      print("“\(sheet.name)” holds \(layout.format.rawValue), in \(layout.unit.rawValue)")
    }
    guard !tables.isEmpty else {
      throw Refused(
        "No sheet of \(file.name) looks like anything that books hold; --map says what it is.")
    }
    return ImportBooks(
      files: [file], tables: tables, mark: looks.compactMap(\.mark).first,
      changesCount: changesCount)
  }

  private func layout(
    of look: SheetLook, _ asked: String?, _ funds: [String]
  ) throws -> SheetLayout? {
    guard let asked else {
      let guessed = look.isHidden ? nil : look.guess(funds: funds)
      if guessed == nil { print("“\(look.name)” is left out: its headings say nothing known") }
      return guessed
    }
    guard asked != "skip" else { return nil }
    guard let format = BooksFormat(rawValue: asked), let layout = look.guess(format, funds: funds)
    else { throw Refused("--map: no heading of “\(look.name)” is one of \(asked).") }
    guard layout.missing.isEmpty else {
      let names = layout.missing.map { "\(format.name(of: $0).en) (\(format.name(of: $0).ko))" }
      throw Refused("“\(look.name)” lacks \(names.joined(separator: ", ")).")
    }
    return layout
  }

  // MARK: Options

  private func readMap(_ sheets: [String]) throws -> [String: String] {
    var named: [String: String] = [:]
    for each in map {
      let parts = each.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, sheets.contains(parts[0]),
        parts[1] == "skip" || BooksFormat(rawValue: parts[1]) != nil
      else {
        throw Refused(
          "--map: “\(each)” is not sheet=format. There are the sheets \(sheets.joined(separator: ", "))."
        )
      }
      named[parts[0]] = parts[1]
    }
    return named
  }

  private func readUnit(_ text: String) throws -> SheetUnit {
    guard let unit = SheetUnit(rawValue: text) else {
      let known = SheetUnit.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refused("--unit: “\(text)” is none of \(known).")
    }
    return unit
  }

  private func readChangesCount() throws -> ImportBooks.ChangesCount {
    guard let changesFrom else { return .fromToday }
    if changesFrom == "beginning" { return .fromTheBeginning }
    do throws(DateProblem) { return .from(try CalendarDate(typed: changesFrom)) } catch {
      throw Refused("--changes-from: \(error.sentence.en)")
    }
  }

  // MARK: What is told

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
    for doubt in report.doubts {
      let place = [doubt.file, doubt.cell ?? String(doubt.line), doubt.column]
      print("\(place.filter { !$0.isEmpty }.joined(separator: " ")): \(doubt.sentence.en)")
    }
    guard report.problems.isEmpty else { throw ImportProblems(problems: report.problems) }
    if report.leavesTakenBack {
      print("Left out: what came with an import that was undone. Its own file brings it back.")
    }
    print("Nothing was written.")
  }

  private func readFolder() throws -> [CSVFile] {
    let folderURL = URL(filePath: file, directoryHint: .isDirectory)
    var files: [CSVFile] = []
    for name in ImportBooks.fileNames + [BooksMark.fileName] {
      let path = folderURL.appending(path: name)
      guard FileManager.default.fileExists(atPath: path.path) else { continue }
      do { files.append(CSVFile(name: name, bytes: Array(try Data(contentsOf: path)))) } catch {
        throw Refused("\(path.path) cannot be read.")
      }
    }
    guard files.contains(where: { $0.name != BooksMark.fileName }) else {
      throw Refused(
        "\(file) holds none of the files \(ImportBooks.fileNames.joined(separator: ", ")).")
    }
    return files
  }
}
