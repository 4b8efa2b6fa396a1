import FundModel
import Sheets

/// How one column of a format is read from the rows of a sheet: looked up once, not for every cell.
struct ColumnReading {
  /// As ``BooksFormat`` calls it.
  let name: String
  private let place: Int?
  /// What it says in every row, where the sheet has no column for it.
  private let fixed: String
  private let meaning: Meaning
  private let unit: SheetUnit

  private enum Meaning { case plain, amount, callNumber, word }

  init(_ name: String, _ layout: SheetLayout) {
    self.name = name
    place = layout.columns[name]
    fixed = layout.fixed[name] ?? SheetLayout.implied[name] ?? ""
    unit = layout.columnUnits[name] ?? layout.unit
    meaning =
      if layout.format.amountColumns.contains(name) {
        .amount
      } else if name == "call_no" {
        .callNumber
      } else { SheetWords.hasMeanings(name) ? .word : .plain }
  }

  /// The text that an import reads, scaled by the unit of the sheet.
  func text(of row: SheetRow) throws(UnreadCell) -> String {
    guard let place else { return fixed }
    switch row[place] {
    case .empty: return ""
    case .text(let text): return read(text)
    case .number(let digits, isPercent: true):
      return ScaledAmount.shifted(digits, by: 2).map { "\($0)%" } ?? digits
    case .number(let digits, isPercent: false): return read(digits)
    case .date(let day): return day.description
    case .truth(let flag): return flag ? "TRUE" : "FALSE"
    case .error(let error): throw UnreadCell(error)
    }
  }

  private func read(_ text: String) -> String {
    switch meaning {
    case .plain: text
    case .amount: ScaledAmount.text(text, unit)
    case .callNumber: Self.callNumber(text)
    case .word: SheetWords.meaning(of: text, name) ?? text
    }
  }

  /// Whether a cell for the side says that it is that of the partners, which an empty one means, too.
  static func meansPartners(_ side: SheetCell) -> Bool {
    switch side {
    case .empty: true
    case .text(let text): (SheetWords.meaning(of: text, "side") ?? text) == "partners"
    default: false
    }
  }

  /// `3` of `3차` and of `제3회`.
  private static func callNumber(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return text }
    let digits = text.filter { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && (text.contains("차") || text.contains("회")) ? digits : text
  }
}

/// A cell that holds an error of a formula.
struct UnreadCell: Error {
  let sentence: Phrase

  init(_ error: String) {
    sentence = Phrase(
      "칸에 오류 값 ‘\(error)’이(가) 있습니다. 수식을 고친 뒤 다시 저장하세요.",
      "The cell holds the error “\(error)”; mend its formula and save the file again.")
  }
}
