package import FundModel

/// One table of an import: rows of texts under the columns that its format names, read as a stream.
///
/// Where it comes from, a file of its own or a sheet of a workbook, is for whoever makes it; a
/// table must give the same rows each time that it is read.
package struct ImportTable: Sendable {
  package let format: BooksFormat
  /// What problems are told with: the name of the file, or of the sheet.
  package let name: String
  /// The file that it stands in; its rows are counted with that file's.
  package let file: String
  /// The columns of ``BooksFormat`` that the table has, in the order of the texts of each row.
  package let columns: [String]
  /// What the table itself calls a column, where that is another word: for problems.
  package let headings: [String: String]
  /// In which column of a sheet each stands, counted from 0: for problems.
  package let places: [String: Int]
  private let read: @Sendable (_ body: (Line) throws -> Void) throws -> Void

  /// One line of the table, or what is wrong with one.
  package enum Line: Sendable {
    /// - Parameters:
    ///   - number: as a person counts them in the file or the sheet, from 1.
    ///   - texts: one for each column, trimmed.
    ///   - carried: columns that the line leaves empty and that are read as in the line above.
    case row(number: Int, texts: [String], carried: [String] = [])
    /// A line of which some cells cannot be read; their texts are empty.
    case unread(number: Int, texts: [String], cells: [UnreadColumn])
    /// A line that cannot be read at all; with 0 the whole table.
    case problem(number: Int, column: String, Phrase)
  }

  /// A cell that cannot be read, such as an error of a formula.
  package struct UnreadColumn: Sendable {
    let column: String
    let sentence: Phrase
  }

  /// What stands in a line as the import reads it.
  package struct ReadLine: Hashable, Sendable {
    /// One for each column.
    package let texts: [String]
    /// Columns that are read as in the line above.
    package let carried: [String]
  }

  /// - Parameter read: gives each line to its argument, from the top.
  package init(
    _ format: BooksFormat, name: String, file: String? = nil, columns: [String],
    headings: [String: String] = [:], places: [String: Int] = [:],
    read: @escaping @Sendable (_ body: (Line) throws -> Void) throws -> Void
  ) {
    self.format = format
    self.name = name
    self.file = file ?? name
    self.columns = columns
    self.headings = headings
    self.places = places
    self.read = read
  }

  func lines(_ body: (Line) throws -> Void) throws { try read(body) }

  /// The texts of some lines by their numbers, to be shown beside what becomes of them.
  package func texts(ofLines numbers: Set<Int>) throws -> [Int: ReadLine] {
    guard let last = numbers.max() else { return [:] }
    var found: [Int: ReadLine] = [:]
    do {
      try read { line in
        let (number, read): (Int, ReadLine)
        switch line {
        case .row(let line, let texts, let carried):
          (number, read) = (line, ReadLine(texts: texts, carried: carried))
        case .unread(let line, let texts, _):
          (number, read) = (line, ReadLine(texts: texts, carried: []))
        case .problem: return
        }
        guard number <= last else { throw PastTheLast() }
        if numbers.contains(number) { found[number] = read }
      }
    } catch is PastTheLast {}
    return found
  }

  private struct PastTheLast: Error {}
}

/// One file of an import, as the books remember it.
package struct ImportFile: Hashable, Sendable {
  package let name: String
  package let byteCount: Int
  /// 64 hexadecimal digits.
  package let sha256: String

  package init(name: String, byteCount: Int, sha256: String) {
    self.name = name
    self.byteCount = byteCount
    self.sha256 = sha256
  }

  package init(_ file: CSVFile) {
    self.init(
      name: file.name, byteCount: file.bytes.count, sha256: SHA256.hex(of: file.bytes))
  }
}

extension ImportTable {
  /// A file of comma-separated values that is named after its format, such as `funds.csv`.
  ///
  /// - Returns: `nil` for a file of another name.
  package init?(_ file: CSVFile) {
    guard let format = BooksFormat.allCases.first(where: { $0.fileName == file.name }) else {
      return nil
    }
    let sheet = NamedColumns(file, format)
    self.init(format, name: file.name, columns: sheet.columns) { body in
      for (line, column, sentence) in sheet.problems {
        try body(.problem(number: line, column: column, sentence))
      }
      for record in sheet.records {
        guard record.fields.count == sheet.columns.count else {
          try body(
            .problem(
              number: record.line, column: "",
              Phrase(
                "칸이 \(record.fields.count)개입니다. 첫 줄처럼 \(sheet.columns.count)개여야 합니다.",
                "The line has \(record.fields.count) fields; the header has \(sheet.columns.count)."
              )))
          continue
        }
        try body(.row(number: record.line, texts: record.fields))
      }
    }
  }
}

/// A file whose first line names the columns of its format.
private struct NamedColumns {
  private(set) var columns: [String] = []
  private(set) var records: ArraySlice<CSVRecord> = []
  private(set) var problems: [(line: Int, column: String, sentence: Phrase)] = []

  init(_ file: CSVFile, _ format: BooksFormat) {
    guard file.bytes.count <= CSVFile.mostBytes else {
      problems.append((0, "", Phrase("파일이 256MiB보다 큽니다.", "The file is larger than 256 MiB.")))
      return
    }
    let (records, problem) = file.records()
    if let problem { problems.append((problem.line, "", problem.sentence)) }
    guard let header = records.first else {
      guard problem == nil else { return }
      problems.append(
        (
          1, "",
          Phrase(
            "빈 파일입니다. 첫 줄에 \(format.required.joined(separator: ", ")) 열이 있어야 합니다.",
            "The file is empty; its first line names the columns "
              + "\(format.required.joined(separator: ", "))."
          )
        ))
      return
    }
    let bad = Self.problems(of: header, format)
    problems += bad
    guard bad.isEmpty else { return }
    columns = header.fields
    self.records = records.dropFirst()
  }

  private static func problems(
    of header: CSVRecord, _ format: BooksFormat
  ) -> [(line: Int, column: String, sentence: Phrase)] {
    var problems: [(line: Int, column: String, sentence: Phrase)] = []
    for column in format.required where !header.fields.contains(column) {
      problems.append(
        (
          header.line, column,
          Phrase(
            "‘\(column)’ 열이 없습니다. 꼭 있어야 합니다.",
            "The column “\(column)” is missing; it is needed.")
        ))
    }
    let known = format.columns.joined(separator: ", ")
    for (index, column) in header.fields.enumerated() {
      if !format.columns.contains(column) {
        problems.append(
          (
            header.line, column,
            Phrase(
              "‘\(column)’은(는) 모르는 열입니다. 쓸 수 있는 열: \(known)",
              "The column “\(column)” is not known; known are \(known).")
          ))
      } else if header.fields.prefix(index).contains(column) {
        problems.append(
          (
            header.line, column,
            Phrase("‘\(column)’ 열이 두 번 있습니다.", "The column “\(column)” is there twice.")
          ))
      }
    }
    return problems
  }
}
