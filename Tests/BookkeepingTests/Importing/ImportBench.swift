import Bookkeeping
import FundModel
import RandomBooks
import Testing

/// Files of an import as a person would edit them: rows of named cells.
struct SheetText {
  let name: String
  var columns: [String]
  var rows: [[String]]

  init(_ file: CSVFile) {
    name = file.name
    var lines = Self.records(String(decoding: file.bytes, as: UTF8.self))
    columns = lines.isEmpty ? [] : lines.removeFirst()
    rows = lines
  }

  var file: CSVFile {
    let lines = ([columns] + rows).map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    }
    return CSVFile(name: name, bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  subscript(row: Int, column: String) -> String {
    get { columns.firstIndex(of: column).map { rows[row][$0] } ?? "" }
    set { if let place = columns.firstIndex(of: column) { rows[row][place] = newValue } }
  }

  /// Quoted fields may hold commas, quotes and line ends.
  private static func records(_ text: String) -> [[String]] {
    var (records, fields, field) = ([[String]](), [String](), "")
    var isQuoted = false
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        field.unicodeScalars.append(scalar)
        rest.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        fields.append(field)
        field = ""
      case "\n" where !isQuoted:
        records.append(fields + [field])
        (fields, field) = ([], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    return records
  }
}

extension [CSVFile] {
  /// The same files with one of them edited.
  func edited(_ name: String, _ edit: (inout SheetText) -> Void) -> [CSVFile] {
    map { file in
      guard file.name == name + ".csv" else { return file }
      var sheet = SheetText(file)
      edit(&sheet)
      return sheet.file
    }
  }

  /// Without saying of which books they are.
  var unmarked: [CSVFile] { filter { $0.name != BooksMark.fileName } }

  static func texts(_ texts: KeyValuePairs<String, String>) -> [CSVFile] {
    texts.map { CSVFile(name: $0.key + ".csv", bytes: [UInt8]($0.value.utf8)) }
  }
}

extension ImportReport {
  /// Every row's outcome as text, such as `payments 3 new`.
  var lines: [String] {
    tables.flatMap { table in
      (0..<table.rowCount).compactMap { index in
        table.row(index).map { "\(table.format.rawValue) \($0.line) \($0.outcome.text)" }
      }
    }
  }

  /// The same, without rows that are there.
  var changes: [String] { lines.filter { !$0.hasSuffix("there") } }
}

extension RowOutcome {
  var text: String {
    switch self {
    case .new: "new"
    case .changes(let fields):
      fields.map { "\($0.column): \($0.from) → \($0.to)" }.joined(separator: "; ")
    case .alreadyThere(let remark): remark.map { "there, \($0.en)" } ?? "there"
    case .refused(let problems):
      "refused" + problems.map { " \($0.column): \($0.sentence.en)" }.joined(separator: ";")
    }
  }
}

extension TestBooks {
  func preview(_ files: [CSVFile], _ count: ImportBooks.ChangesCount = .fromToday) async throws
    -> ImportReport
  {
    let before = try await dump()
    let report = try await books.preview(ImportBooks(files, changesCount: count))
    #expect(try await dump() == before, "A preview leaves nothing.")
    return report
  }

  /// - Returns: its sequence in the trail.
  @discardableResult
  func take(_ files: [CSVFile], _ count: ImportBooks.ChangesCount = .fromToday) async throws
    -> Int64
  {
    try await books.perform(ImportBooks(files, changesCount: count), by: "maria").audit.sequence
  }

  /// Every figure on so many days, and the ledger of what stands, in words rather than ids.
  func figures(on days: [CalendarDate]) async throws -> [String] {
    var lines: [String] = []
    for day in days {
      let funds = try await books.answer(EveryFund(asOf: AsOf(day)))
      lines += FiguresAsText.overview(
        try await books.answer(OverviewAsOf(AsOf(day), homeCurrency: .krw)))
      lines += funds.flatMap { fund in
        fund.commitments.map { standing in
          let of = standing.commitment
          let amounts = standing.position
          return FiguresAsText.line([
            day, fund.row.fund.terms, of.side.rawValue, of.party.name, of.partnerType,
            of.instrument, amounts.committed, amounts.noticed, amounts.paid, amounts.outstanding,
            amounts.creditsDue, standing.statedPaidIn.flatMap { $0.isZero ? nil : $0 },
          ])
        }
          + fund.calls.map { call in
            FiguresAsText.line([
              day, fund.row.fund.terms.name, call.call.side.rawValue, call.call.number,
              call.call.callType, call.call.noticeDate, call.call.dueDate, call.amount, call.paid,
              call.status.rawValue, call.isCancelled, call.outstanding, call.creditsDue,
            ])
          }
      }.sorted()
    }
    return lines + (try await standingLedger())
  }

  func standingLedger() async throws -> [String] {
    let names = Dictionary(
      uniqueKeysWithValues: try await books.answer(OverviewAsOf(AsOf(.latest), homeCurrency: .krw))
        .rows.map { ($0.fund.id, $0.fund.terms.name) })
    return try await books.answer(LedgerAsOf(AsOf(.latest)))
      .filter { !$0.entry.kind.isReversal && $0.reversedBy == nil }
      .map { line in
        FiguresAsText.line([
          line.entry.kind.rawValue, names[line.entry.fund], line.entry.side.rawValue,
          line.party.name,
          line.callNumber, line.entry.amount, line.entry.effectiveOn, line.memo, line.reference,
        ])
      }.sorted()
  }
}
