import Bookkeeping
import FundModel
import Sheets

/// How a person says that each sheet is to be read, as their form says it.
struct SentLayouts {
  private(set) var layouts: [SheetLayout?]
  /// The form with what is wrong with it.
  private(set) var form: SentForm
  private(set) var changesCount = ImportBooks.ChangesCount.fromToday

  /// The names of the form's fields about one sheet.
  enum Field {
    static func format(_ sheet: Int) -> String { "\(sheet).format" }
    static func headingRow(_ sheet: Int) -> String { "\(sheet).row" }
    static func unit(_ sheet: Int) -> String { "\(sheet).unit" }
    static func fund(_ sheet: Int) -> String { "\(sheet).fund" }
    static func column(_ sheet: Int, _ column: String) -> String { "\(sheet).in.\(column)" }
    static let changes = "changes"
    static let changesOn = "changes_on"
  }

  /// From when a changed commitment counts, as the form says it.
  enum Changes: String, CaseIterable {
    case today, day, beginning
  }

  /// What a sheet holds when nothing of it is taken.
  static let skipped = ""

  /// - Parameter funds: the names that the books know.
  init(_ form: SentForm, of draft: ImportDraft, funds: [String]) {
    self.form = form
    layouts = []
    for (index, look) in draft.looks.enumerated() {
      let known = draft.layouts.indices.contains(index) ? draft.layouts[index] : nil
      layouts.append(layout(index, look, known, funds))
    }
    readChanges()
  }

  var isGood: Bool { form.firstProblem == nil }

  private mutating func layout(
    _ sheet: Int, _ look: SheetLook, _ known: SheetLayout?, _ funds: [String]
  ) -> SheetLayout? {
    guard let format = BooksFormat(rawValue: form[Field.format(sheet)] ?? Self.skipped) else {
      return nil
    }
    var row = known?.headingRow
    if let typed = form[Field.headingRow(sheet)], !typed.isEmpty {
      guard let number = Int(typed), look.row(number) != nil else {
        form = form.refused(Field.headingRow(sheet), .noSuchRow(JSON.shortened(typed)))
        return known
      }
      row = number
    }
    // The columns that were shown were those of what the sheet held before.
    guard let known, known.format == format, known.headingRow == row else {
      return row.flatMap { look.guess(format, headingRow: $0, funds: funds) }
        ?? look.likelyGuess(format, funds)
        ?? SheetLayout(format: format, headingRow: row ?? look.likelyHeadingRow, columns: [:])
    }
    var layout = known
    if let unit = form[Field.unit(sheet)].flatMap({ SheetUnit(rawValue: $0) }) {
      // What a person says holds for the whole sheet.
      if unit != layout.unit { layout.columnUnits = [:] }
      layout.unit = unit
    }
    layout.columns = [:]
    for column in format.columns {
      guard let place = Int(form[Field.column(sheet, column)] ?? ""),
        (0..<look.width).contains(place)
      else { continue }
      layout.columns[column] = place
    }
    let fund = form[Field.fund(sheet)] ?? ""
    layout.fixed["fund"] = fund.isEmpty || layout.columns["fund"] != nil ? nil : fund
    return layout
  }

  private mutating func readChanges() {
    switch Changes(rawValue: form[Field.changes] ?? "") ?? .today {
    case .today: changesCount = .fromToday
    case .beginning: changesCount = .fromTheBeginning
    case .day:
      do throws(DateProblem) {
        changesCount = .from(try CalendarDate(typed: form[Field.changesOn] ?? ""))
      } catch { form = form.refused(Field.changesOn, error.sentence) }
    }
  }

  /// What is still lacking before anything can be looked at.
  mutating func checkThatTheyCanBeRead() {
    if layouts.allSatisfy({ $0 == nil }) { form = form.refused("", .noSheetChosen) }
    for (index, layout) in layouts.enumerated() {
      guard let layout else { continue }
      for column in layout.missing {
        let name = layout.format.name(of: column)
        form =
          column == "fund"
          ? form.refused(Field.fund(index), .whichFund)
          : form.refused(Field.column(index, column), .whichColumn(name))
      }
    }
  }

}

extension SentLayouts.Changes {
  var words: Phrase {
    switch self {
    case .today: .changesFromToday
    case .day: .changesFromDay
    case .beginning: .changesFromBeginning
    }
  }
}

extension SheetLook {
  /// A single word that is a heading somewhere may stand among the data as well.
  fileprivate func likelyGuess(_ format: BooksFormat, _ funds: [String]) -> SheetLayout? {
    guess(format, funds: funds).flatMap {
      $0.columns.count >= min(2, format.required.count) ? $0 : nil
    }
  }

  /// The first row with more than one text.
  fileprivate var likelyHeadingRow: Int {
    let isHeading = { (row: SheetRow) in
      row.cells.count { if case .text = $0 { true } else { false } } > 1
    }
    return (rows.first(where: isHeading) ?? rows.first)?.number ?? 1
  }

  /// How many columns have something in what was looked at.
  var width: Int { rows.map(\.cells.count).max() ?? 0 }
}

extension ImportBooks.ChangesCount {
  var asSent: SentLayouts.Changes {
    switch self {
    case .fromToday: .today
    case .from: .day
    case .fromTheBeginning: .beginning
    }
  }

  var day: CalendarDate? { if case .from(let day) = self { day } else { nil } }

  var words: Phrase {
    guard let day else { return asSent.words }
    return Phrase("\(day)부터", "from \(day) on")
  }
}
