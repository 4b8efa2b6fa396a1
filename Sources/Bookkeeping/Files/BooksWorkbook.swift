package import FundModel
package import Sheets

/// The whole books as one workbook that an import takes back: a sheet for each kind of fact, with
/// headings and words in the reader's language, numbers as numbers with the decimals of their currency,
/// and the mark of the books.
package enum BooksWorkbook {
  /// - Parameters:
  ///   - files: what ``ExportBooks`` answers.
  ///   - created: the day on which it is made.
  ///   - say: words a phrase in the reader's language; an import understands each.
  package static func of(
    _ files: [CSVFile], created: CalendarDate, _ say: (Phrase) -> String
  ) -> OutBook {
    let currencies = currencies(of: files)
    let sheets = files.compactMap { file -> OutSheet? in
      let records = file.records().records
      guard file.name != BooksMark.fileName else { return mark(records) }
      guard let format = BooksFormat.allCases.first(where: { $0.fileName == file.name }) else {
        return nil
      }
      return sheet(format, records.dropFirst().map(\.fields), currencies, say)
    }
    return OutBook(created: created, sheets: sheets)
  }

  /// The currency of each fund by its name, which is its alone: how many decimals amounts have.
  private static func currencies(of files: [CSVFile]) -> [String: Currency] {
    let format = BooksFormat.funds
    guard let file = files.first(where: { $0.name == format.fileName }),
      let name = format.columns.firstIndex(of: "name"),
      let currency = format.columns.firstIndex(of: "currency")
    else { return [:] }
    var found: [String: Currency] = [:]
    for fields in file.records().records.map(\.fields) where fields.indices.contains(currency) {
      found[fields[name]] = Currency(code: fields[currency])
    }
    return found
  }

  private static func sheet(
    _ format: BooksFormat, _ rows: [[String]], _ currencies: [String: Currency],
    _ say: (Phrase) -> String
  ) -> OutSheet {
    let columns = format.columns.enumerated().map { place, column -> OutColumn in
      let heading = say(format.name(of: column))
      switch format.kind(of: column) {
      case .amount: return OutColumn(heading, .amount(decimals: 0), width: 18)
      case .date: return OutColumn(heading, .date, width: 12)
      case .number: return OutColumn(heading, .integer, width: 10)
      case .percent:
        let decimals = rows.map { row in
          row.indices.contains(place) ? rateDecimals(row[place]) : 0
        }
        return OutColumn(heading, .percent(decimals: decimals.max() ?? 0), width: 10)
      case .text: return OutColumn(heading, .text, width: 20)
      }
    }
    let worded = Set(format.columns.filter(SheetWords.hasMeanings))
    let fund = format.columns.firstIndex(of: format == .funds ? "name" : "fund")
    return OutSheet(
      say(format.sheetName), columns: columns,
      rows: rows.map { row in
        let name = fund.flatMap { row.indices.contains($0) ? row[$0] : nil }
        let decimals = name.flatMap { currencies[$0] }?.decimals ?? 0
        return zip(format.columns, row).map { column, text in
          let word = worded.contains(column) ? SheetWords.word(for: text, in: column) : nil
          return cell(word.map(say) ?? text, format.kind(of: column), decimals)
        }
      })
  }

  /// How many decimals a rate is agreed with: `8.25`.
  private static func rateDecimals(_ text: String) -> Int {
    text.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
  }

  private static func mark(_ records: [CSVRecord]) -> OutSheet {
    var sheet = OutSheet(
      BooksMark.tableName,
      columns: BooksMark.columns.map { OutColumn($0, .text, width: 20) },
      rows: records.dropFirst().map { $0.fields.map { .text($0) } })
    sheet.isHidden = true
    sheet.isFiltered = false
    return sheet
  }

  private static func cell(
    _ text: String, _ kind: BooksFormat.ColumnKind, _ decimals: Int
  ) -> OutCell {
    guard !text.isEmpty else { return .empty }
    switch kind {
    case .text: return .text(text)
    case .amount: return .amount(text, decimals: decimals)
    case .number: return .number(text)
    case .percent:
      let percent = try? Percent(typed: text)
      return percent.map { .number($0.fraction(decimals: rateDecimals(text))) } ?? .text(text)
    case .date: return CalendarDate(text).map { .date($0) } ?? .text(text)
    }
  }
}

extension BooksFormat {
  /// What the sheet of a workbook is called.
  package var sheetName: Phrase {
    switch self {
    case .parties: Phrase("상대", "Parties")
    case .companies: Phrase("투자업체", "Companies")
    case .funds: Phrase("조합", "Funds")
    case .fundTotalChanges: Phrase("약정총액 증감", "Commitment total changes")
    case .partners: Phrase("조합원 약정", "Partners")
    case .stagedInvestments: Phrase("투자 약정", "Staged investments")
    case .investments: Phrase("투자", "Investments")
    case .commitmentChanges: Phrase("약정 증감", "Commitment changes")
    case .capitalCallItems: Phrase("출자요청", "Capital calls")
    case .payments: Phrase("납입", "Payments")
    case .cancellations: Phrase("출자요청 취소", "Cancellations")
    }
  }
}
