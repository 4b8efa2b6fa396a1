import FundModel

/// One row of a file, read column by column; whatever cannot be read is collected as a problem.
struct ImportRow {
  let file: String
  let line: Int
  private let values: [String: String]
  private let problems: ImportProblemList

  /// The rows of one file; problems of its form (columns, lines of another length) are collected.
  static func rows(
    of file: CSVFile, format: BooksFormat, problems: ImportProblemList
  ) -> [ImportRow] {
    guard file.bytes.count <= CSVFile.mostBytes else {
      problems.add(
        file.name, 0, "",
        Phrase("파일이 256MiB보다 큽니다.", "The file is larger than 256 MiB."))
      return []
    }
    let (records, problem) = file.records()
    if let problem { problems.add(file.name, problem.line, "", problem.sentence) }
    if records.isEmpty, problem != nil { return [] }
    guard let header = records.first else {
      problems.add(
        file.name, 1, "",
        Phrase(
          "빈 파일입니다. 첫 줄에 \(format.required.joined(separator: ", ")) 열이 있어야 합니다.",
          "The file is empty; its first line names the columns "
            + "\(format.required.joined(separator: ", "))."))
      return []
    }
    guard checkHeader(header, of: file, format: format, problems: problems) else { return [] }
    var rows: [ImportRow] = []
    for record in records.dropFirst() {
      guard record.fields.count == header.fields.count else {
        problems.add(
          file.name, record.line, "",
          Phrase(
            "칸이 \(record.fields.count)개입니다. 첫 줄처럼 \(header.fields.count)개여야 합니다.",
            "The line has \(record.fields.count) fields; the header has \(header.fields.count)."))
        continue
      }
      rows.append(
        ImportRow(
          file: file.name, line: record.line,
          values: Dictionary(
            zip(header.fields, record.fields), uniquingKeysWith: { first, _ in first }),
          problems: problems))
    }
    return rows
  }

  private static func checkHeader(
    _ header: CSVRecord, of file: CSVFile, format: BooksFormat, problems: ImportProblemList
  ) -> Bool {
    var isSound = true
    func add(_ column: String, _ korean: String, _ english: String) {
      problems.add(file.name, header.line, column, Phrase(korean, english))
      isSound = false
    }
    for column in format.required where !header.fields.contains(column) {
      add(
        column, "‘\(column)’ 열이 없습니다. 꼭 있어야 합니다.",
        "The column “\(column)” is missing; it is needed.")
    }
    for (index, column) in header.fields.enumerated() {
      if !format.columns.contains(column) {
        add(
          column,
          "‘\(column)’은(는) 모르는 열입니다. 쓸 수 있는 열: \(format.columns.joined(separator: ", "))",
          "The column “\(column)” is not known; known are \(format.columns.joined(separator: ", "))."
        )
      } else if header.fields.prefix(index).contains(column) {
        add(column, "‘\(column)’ 열이 두 번 있습니다.", "The column “\(column)” is there twice.")
      }
    }
    return isSound
  }

  // MARK: Columns

  /// Empty when the column is not there.
  func text(_ column: String) -> String { values[column] ?? "" }

  func needed(_ column: String) -> String? {
    let text = text(column)
    if text.isEmpty { problem(column, TextProblem.missing.sentence(of: column)) }
    return text.isEmpty ? nil : text
  }

  func amount(_ column: String, in currency: Currency) -> Money? {
    do { return try Money(typed: text(column), in: currency) } catch {
      problem(column, error.sentence)
      return nil
    }
  }

  /// `.some(nil)` when the column is empty, `nil` when it cannot be read.
  func optionalAmount(_ column: String, in currency: Currency) -> Money?? {
    text(column).isEmpty ? .some(nil) : amount(column, in: currency).map { .some($0) }
  }

  func date(_ column: String) -> CalendarDate? {
    do { return try CalendarDate(typed: text(column)) } catch {
      problem(column, error.sentence)
      return nil
    }
  }

  /// `.some(nil)` when the column is empty, `nil` when it cannot be read.
  func optionalDate(_ column: String) -> CalendarDate?? {
    text(column).isEmpty ? .some(nil) : date(column).map { .some($0) }
  }

  /// A percentage; `.some(nil)` when the column is empty.
  func optionalPercent(_ column: String) -> Percent?? {
    guard !text(column).isEmpty else { return .some(nil) }
    do { return .some(try Percent(typed: text(column))) } catch {
      problem(column, error.sentence)
      return nil
    }
  }

  /// A whole number from 1 to `most`.
  func number(_ column: String, most: Int64 = Money.mostRecorded) -> Int64? {
    let text = text(column)
    guard let number = Int64(text), (1...most).contains(number) else {
      problem(
        column,
        Phrase(
          "‘\(text)’은(는) 1부터 \(groupedDigits(String(most)))까지의 정수가 아닙니다.",
          "“\(text)” is not a whole number from 1 to \(groupedDigits(String(most)))."))
      return nil
    }
    return number
  }

  /// `.some(nil)` when the column is empty.
  func optionalNumber(_ column: String) -> Int64?? {
    text(column).isEmpty ? .some(nil) : number(column).map { .some($0) }
  }

  /// One of the spellings given; `whenEmpty` stands for an empty column.
  func choice<Value>(
    _ column: String, _ choices: KeyValuePairs<String, Value>, whenEmpty: Value? = nil
  ) -> Value? {
    let text = text(column)
    if text.isEmpty, let whenEmpty { return whenEmpty }
    if let found = choices.first(where: { $0.key == text }) { return found.value }
    let known = choices.map(\.key).joined(separator: ", ")
    problem(
      column,
      Phrase("‘\(text)’은(는) 쓸 수 없습니다. \(known) 가운데 하나여야 합니다.", "“\(text)” is none of \(known)."))
    return nil
  }

  func side() -> Side? {
    choice("side", ["partners": .partners, "investments": .investments], whenEmpty: .partners)
  }

  func problem(_ column: String, _ sentence: Phrase) {
    problems.add(file, line, column, sentence)
  }
}
