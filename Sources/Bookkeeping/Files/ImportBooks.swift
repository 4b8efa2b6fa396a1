import FundModel
import Store

/// Takes files into the books, all or nothing: one transaction with one audit entry. Every rule of
/// the single commands holds; what is beyond a commitment is taken as history.
package struct ImportBooks: Command {
  package static let name = "import-books"

  /// Files of other names are passed over.
  package let files: [CSVFile]

  package init(_ files: [CSVFile]) { self.files = files }

  /// Files that an import reads, such as `funds.csv`.
  package static var fileNames: [String] { BooksFormat.allCases.map(\.fileName) }

  /// The files by digest, so that imports of different files are different requests.
  package var content: JSON {
    [
      "files": .array(
        files.filter { Self.fileNames.contains($0.name) }.map {
          [
            "name": JSON($0.name), "bytes": JSON($0.bytes.count),
            "sha256": JSON(SHA256.hex(of: $0.bytes)),
          ]
        })
    ]
  }

  /// - Throws: ``ImportProblems`` with every bad line.
  package func execute(in books: OpenBooks) throws -> ImportCounts {
    let problems = ImportProblemList()
    let importer = try Importer(books, problems)
    for format in BooksFormat.allCases {
      guard let file = files.first(where: { $0.name == format.fileName }) else { continue }
      importer.rows[format] = ImportRow.rows(of: file, format: format, problems: problems)
    }
    try importer.run()
    try problems.throwIfAny(in: Self.fileNames)
    return ImportCounts(
      rows: BooksFormat.allCases.compactMap { format in
        importer.rows[format].map { (format.fileName, $0.count) }
      })
  }
}

/// How many rows of each file were taken.
package struct ImportCounts: Hashable, Sendable, LosslessStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  init(rows: [(file: String, count: Int)]) {
    description = rows.map { "\($0.file) \($0.count)" }.joined(separator: ", ")
  }
}
