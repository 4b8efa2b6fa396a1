import FundModel
import Sheets

/// A table while it is imported: its rows as they are read, what becomes of each, its sums.
final class TableReading {
  let table: ImportTable
  /// Its place among the tables of the import, from 0.
  let place: Int
  private(set) var outcomes = OutcomeList()
  private var sums = ColumnSums()
  /// Facts of the books that the marked tables of this format lack; told with the first of them.
  var missing: MissingFacts?
  private let places: [String: Int]
  private let problems: ImportProblemList
  private let doubts: ImportProblemList
  private let progress: ImportProgress

  init(
    _ table: ImportTable, at place: Int, _ problems: ImportProblemList,
    doubts: ImportProblemList, _ progress: ImportProgress
  ) {
    self.table = table
    self.place = place
    self.problems = problems
    self.doubts = doubts
    self.progress = progress
    places = Dictionary(
      table.columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Gives each row that can be read to `body`; those that cannot are told of.
  func rows(_ body: (ImportRow) throws -> Void) throws {
    try table.lines { line in
      try progress.halfOfOneMore()
      switch line {
      case .row(let number, let texts, _):
        let index = outcomes.append(line: number)
        try body(ImportRow(table: self, index: index, line: number, texts: texts))
      case .unread(let number, let texts, let cells):
        let row = ImportRow(
          table: self, index: outcomes.append(line: number), line: number, texts: texts)
        for cell in cells { problem(row.index, number, cell.column, cell.sentence) }
        row.tellUnreadable()
        row.countAmounts(in: nil)
      case .problem(let number, let column, let sentence):
        let index = number > 0 ? outcomes.append(line: number) : nil
        problem(index, number, column, sentence)
      }
    }
  }

  func has(_ column: String) -> Bool { places[column] != nil }

  fileprivate func place(of column: String) -> Int? { places[column] }

  func settle(_ index: Int, _ outcome: RowOutcome) throws {
    outcomes.settle(index, outcome)
    try progress.halfOfOneMore()
  }

  /// Of a column of a row the first problem is told.
  ///
  /// - Parameter index: `nil` where it is about the whole table.
  func problem(_ index: Int?, _ line: Int, _ column: String, _ sentence: Phrase) {
    if let index, !column.isEmpty, isTold(index, column) { return }
    let problem = told(line, column, sentence)
    let isTold = problems.add(problem)
    if let index { outcomes.settle(index, .refused(isTold ? [problem] : [])) }
  }

  /// What was read of a row and may have been meant otherwise.
  func doubt(_ index: Int, _ line: Int, _ column: String, _ sentence: Phrase) {
    let doubt = told(line, column, sentence)
    if doubts.add(doubt) { outcomes.doubt(index, doubt) }
  }

  private func told(_ line: Int, _ column: String, _ sentence: Phrase) -> ImportProblem {
    ImportProblem(
      file: table.name, line: line, column: table.headings[column] ?? column,
      cell: line > 0 ? table.places[column].map { "\(columnLetters($0))\(line)" } : nil,
      sentence: sentence)
  }

  func isTold(_ index: Int, _ column: String) -> Bool {
    outcomes.hasProblem(index, in: table.headings[column] ?? column)
  }

  /// Whether problems are still kept with their words.
  var tellsMore: Bool { !problems.isFull }

  /// By place, where the row itself is gone.
  func problem(_ index: Int, _ column: String, _ sentence: Phrase) {
    problem(index, Int(outcomes.lines[index]), column, sentence)
  }

  /// - Parameter isTakenOff: it was returned or reversed: who adds up cash takes it off.
  func count(_ amount: Money, in column: String, isTakenOff: Bool = false) {
    sums.add(amount, to: column, isTakenOff: isTakenOff)
  }

  /// The same of a row whose currency is not known, because its fund is not.
  func count(unplaced text: String, in column: String, isTakenOff: Bool) {
    sums.add(unplaced: text, to: column, isTakenOff: isTakenOff)
  }

  var report: ImportReport.Table {
    ImportReport.Table(
      format: table.format, name: table.name, file: table.file, counts: outcomes.counts,
      totals: sums.totals, notInFile: missing?.count, missing: missing?.named ?? [],
      rows: outcomes)
  }
}

/// All tables of one format, one after the other, as if they were one: a firm may keep a sheet for
/// each fund.
struct FormatReading {
  /// At least one.
  let tables: [TableReading]

  /// - Returns: `nil` where there is no table.
  init?(_ tables: [TableReading]) {
    guard !tables.isEmpty else { return nil }
    self.tables = tables
  }

  /// Gives each row that can be read to `body`; those that cannot are told of.
  func rows(_ body: (ImportRow) throws -> Void) throws {
    for table in tables { try table.rows(body) }
  }

  /// All rows at once, by `sequence`; those without one after the others, as they stand.
  func sortedRows(by column: String = "sequence") throws -> [ImportRow] {
    var rows: [(row: ImportRow, sequence: Int64)] = []
    try self.rows { row in
      rows.append((row, (row.optionalNumber(column) ?? nil) ?? .max))
    }
    return rows.enumerated().sorted {
      ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset)
    }.map(\.element.row)
  }

  /// Says which facts of the books none of the tables has: of all together, with the first.
  func tellMissing(_ missing: MissingFacts) { tables.first?.missing = missing }
}

/// Said of a cell that shows `1900-01-00`.
private let emptyDate = Phrase(
  "칸에 엑셀의 0(1900-01-00), 곧 빈 날짜가 들어 있습니다. 날짜를 적거나, 날짜가 없으면 칸을 지우세요.",
  "The cell holds a spreadsheet's zero (1900-01-00), an empty date; write the date, or clear the cell "
    + "where there is none.")

/// One row of a table, read column by column; whatever cannot be read is collected as a problem.
struct ImportRow {
  let table: TableReading
  /// Its place among the rows of the table, from 0.
  let index: Int
  let line: Int
  private let texts: [String]

  fileprivate init(table: TableReading, index: Int, line: Int, texts: [String]) {
    self.table = table
    self.index = index
    self.line = line
    self.texts = texts
  }

  func settle(_ outcome: RowOutcome) throws { try table.settle(index, outcome) }

  /// Tells what is wrong with it, and whatever else of it cannot be read: a person mends all of a row
  /// at once.
  func problem(_ column: String, _ sentence: Phrase) {
    let isFirst = !table.outcomes.isRefused(index)
    table.problem(index, line, column, sentence)
    if isFirst { tellUnreadable() }
  }

  // MARK: Columns

  func has(_ column: String) -> Bool { table.has(column) }

  /// What the table itself calls a column.
  func heading(_ column: String) -> String { table.table.headings[column] ?? column }

  /// Empty when the column is not there.
  func text(_ column: String) -> String {
    guard let place = table.place(of: column), texts.indices.contains(place) else { return "" }
    return texts[place]
  }

  func needed(_ column: String) -> String? {
    let text = text(column)
    if text.isEmpty { problem(column, TextProblem.missing.sentence(of: heading(column))) }
    return text.isEmpty ? nil : text
  }

  func amount(_ column: String, in currency: Currency) -> Money? {
    do { return try Money(typed: text(column), in: currency) } catch {
      problem(column, error.sentence)
      return nil
    }
  }

  /// An amount that counts in the table's sum.
  ///
  /// - Parameter isTakenOff: it was returned: who adds up cash takes it off.
  func countedAmount(
    _ column: String, in currency: Currency, isTakenOff: Bool = false
  ) -> Money? {
    let amount = amount(column, in: currency)
    if let amount { table.count(amount, in: column, isTakenOff: isTakenOff) }
    return amount
  }

  /// Counts what can be read of its amounts, where nothing else of it is looked at: a sum that the
  /// sheet states counts the row, too.
  ///
  /// - Parameter currency: `nil` where the row's fund is not known.
  func countAmounts(in currency: Currency?) {
    let format = table.table.format
    let isTakenOff = format == .payments && ["refund", "reversal"].contains(text("kind"))
    for column in format.amountColumns where has(column) && !isBlank(column) {
      guard let currency else {
        table.count(unplaced: text(column), in: column, isTakenOff: isTakenOff)
        continue
      }
      if let amount = try? Money(typed: text(column), in: currency) {
        table.count(amount, in: column, isTakenOff: isTakenOff)
      }
    }
  }

  /// Whether a cell for a date, an amount or a number says that there is none: people write a dash.
  func isBlank(_ column: String) -> Bool {
    let text = text(column)
    return text.isEmpty || (text.utf8.count <= 3 && ["-", "–", "—", "−"].contains(text))
  }

  /// `.some(nil)` when there is none, `nil` when it cannot be read.
  func optionalAmount(_ column: String, in currency: Currency) -> Money?? {
    isBlank(column) ? .some(nil) : amount(column, in: currency).map { .some($0) }
  }

  func date(_ column: String) -> CalendarDate? {
    do { return try CalendarDate(typed: text(column)) } catch {
      problem(column, unread(error, text(column)))
      return nil
    }
  }

  /// What is said of a date that cannot be read. A formula that leads to an empty cell gives 0, which a
  /// spreadsheet shows as a day that never was.
  private func unread(_ problem: DateProblem, _ text: String) -> Phrase {
    let isZero =
      ["0", "0.0"].contains(text)
      || ["1900-01-00", "1900-1-0", "1900/01/00", "1900/1/0", "1900.01.00", "1900.1.0"].contains {
        text.hasPrefix($0)
      }
    return isZero ? emptyDate : problem.sentence
  }

  /// `.some(nil)` when there is none, `nil` when it cannot be read.
  func optionalDate(_ column: String) -> CalendarDate?? {
    isBlank(column) ? .some(nil) : date(column).map { .some($0) }
  }

  /// A percentage; `.some(nil)` when there is none.
  func optionalPercent(_ column: String) -> Percent?? {
    guard !isBlank(column) else { return .some(nil) }
    do { return .some(try Percent(typed: text(column))) } catch {
      problem(column, error.sentence)
      return nil
    }
  }

  /// Says how a percentage was read that may be a fraction: `0.08` where eight per cent are meant.
  func doubtIfFraction(_ column: String, _ percent: Percent?) {
    guard let percent, (1..<10_000).contains(percent.tenThousandths),
      !text(column).contains(where: { "%％".contains($0) })
    else { return }
    let read = percent.shortDigits
    let meant = Percent(tenThousandths: percent.tenThousandths * 100).shortDigits
    table.doubt(
      index, line, column,
      Phrase(
        "\(read) %로 읽었습니다. \(meant) %라면 \(meant) 또는 \(meant)%로 적으세요.",
        "Read as \(read) %. If \(meant) % is meant, write \(meant) or \(meant)%."))
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

  /// The number that orders the row and by which others name it; `nil` where it has none.
  var sequence: Int64? { Int64(text("sequence")) }

  /// One of the spellings given; `whenEmpty` stands for an empty column.
  func choice<Value>(
    _ column: String, _ choices: KeyValuePairs<String, Value>, whenEmpty: Value? = nil
  ) -> Value? {
    let text = text(column)
    if text.isEmpty, let whenEmpty { return whenEmpty }
    if let found = choices.first(where: { $0.key == text }) { return found.value }
    let known = choices.map(\.key).joined(separator: ", ")
    // A sheet is also read in Korean words.
    let korean =
      table.table.headings.isEmpty
      ? known : choices.map { SheetWords.korean($0.key, column) ?? $0.key }.joined(separator: ", ")
    problem(
      column,
      Phrase("‘\(text)’은(는) 쓸 수 없습니다. \(korean) 가운데 하나여야 합니다.", "“\(text)” is none of \(known)."))
    return nil
  }

  func entryKind() -> PlannedEntry.Kind? {
    choice("kind", ["payment": .payment, "refund": .refund, "reversal": .reversal])
  }

  /// The status is derived from dates; what a file says of it is only looked at.
  func fundStatus() -> FundStatus? {
    choice(
      "status", ["forming": .forming, "active": .active, "dissolved": .dissolved],
      whenEmpty: .active)
  }

  func side() -> Side? {
    choice("side", ["partners": .partners, "investments": .investments], whenEmpty: .partners)
  }
}
