package import FundModel
import Store

/// Takes tables into the books, all or nothing: one transaction with one audit entry.
///
/// What the books say already is left as it is; what differs is written as new facts. Every rule of
/// the single commands holds; what is beyond a commitment is taken as history.
package struct ImportBooks: Command {
  package static let name = "import-books"
  package static let takesLong = true

  package let files: [ImportFile]
  package let tables: [ImportTable]
  /// The mark that the import carries, where it was exported from books.
  package let mark: BooksMark?
  package let changesCount: ChangesCount
  /// What a person saw when they confirmed it, where they did: over another basis nothing is written.
  package var basis: ImportBasis?
  private let progress: (@Sendable (Int) throws -> Void)?

  /// From when a changed commitment or commitment total counts.
  package enum ChangesCount: Hashable, Sendable {
    case fromToday
    case from(CalendarDate)
    /// At every reference date: what was there before was wrong.
    case fromTheBeginning
  }

  /// - Parameters:
  ///   - files: where the tables come from.
  ///   - tables: they are taken in the order in which facts rest on each other; several of one
  ///     format as if they were one, in the order given.
  ///   - progress: is told how many rows are done, every few hundred; throws to end the import.
  package init(
    files: [ImportFile], tables: [ImportTable], mark: BooksMark? = nil,
    changesCount: ChangesCount = .fromToday,
    progress: (@Sendable (_ rowsDone: Int) throws -> Void)? = nil
  ) {
    self.files = files
    self.tables = tables
    self.mark = mark
    self.changesCount = changesCount
    self.progress = progress
  }

  /// Files named after what they hold, such as `funds.csv`; those of other names are passed over.
  package init(_ files: [CSVFile], changesCount: ChangesCount = .fromToday) {
    let read = files.filter { Self.fileNames.contains($0.name) }
    self.init(
      files: read.map { ImportFile($0) }, tables: read.compactMap { ImportTable($0) },
      mark: files.first { $0.name == BooksMark.fileName }.flatMap { BooksMark($0) },
      changesCount: changesCount)
  }

  /// Files that an import reads, such as `funds.csv`.
  package static var fileNames: [String] { BooksFormat.allCases.map(\.fileName) }

  /// The files by digest, so that imports of different files are different requests.
  package var content: JSON {
    let files = JSON.array(
      self.files.map {
        ["name": JSON($0.name), "bytes": JSON($0.byteCount), "sha256": JSON($0.sha256)]
      })
    return switch changesCount {
    case .fromToday: ["files": files]
    case .from(let day): ["files": files, "effective_on": JSON(day)]
    case .fromTheBeginning: ["files": files, "effective_on": nil]
    }
  }

  /// - Throws: ``ImportProblems`` with every bad line; ``ImportBasisChanged``.
  package func execute(in books: OpenBooks) throws -> ImportCounts {
    if let basis, try ImportBasis.Question().answer(from: books.connection) != basis {
      throw ImportBasisChanged()
    }
    let report = try run(in: books)
    guard report.problems.isEmpty else { throw ImportProblems(problems: report.problems) }
    return ImportCounts(report)
  }

  /// Does the work, as far as it can be done, and says what became of each row.
  func run(in books: OpenBooks) throws -> ImportReport {
    let importer = try Importer(books, self, ImportProgress(progress))
    let report = try importer.run()
    guard report.problems.isEmpty else { return report }
    for file in files {
      let ofFile = report.tables.filter { $0.file == file.name }.map(\.counts)
      _ = try books.append(
        newBatch,
        [
          .text(file.name), .text(file.sha256), .integer(Int64(ofFile.map(\.rows).reduce(0, +))),
          .integer(Int64(ofFile.map(\.new).reduce(0, +))),
          .integer(Int64(ofFile.map(\.changed).reduce(0, +))),
        ])
    }
    return report
  }
}

extension Books {
  /// What an import would do with each row, refused rows beside the others; nothing is kept.
  package func preview(_ command: ImportBooks) async throws -> ImportReport {
    try await rehearsing { try command.run(in: $0) }
  }
}

private let newBatch = FactInsert(
  into: "import_batch", "file_name, sha256, row_count, rows_new, rows_changed")
