package import FundModel

/// What one row of an import does, or would do.
package enum RowOutcome: Hashable, Sendable {
  /// It is added to the books.
  case new
  /// It is in the books and changes something there.
  case changes([FieldChange])
  /// The books say so already; with a remark where that is not the whole story.
  case alreadyThere(Phrase?)
  /// It cannot be taken. Without a problem of its own, it rests on another row that cannot.
  case refused([ImportProblem])
}

/// What becomes of one value, as texts that the columns of the import would hold.
package struct FieldChange: Hashable, Sendable {
  /// As ``BooksFormat`` calls it.
  package let column: String
  package let from: String
  package let to: String

  package init(_ column: String, from: String, to: String) {
    self.column = column
    self.from = from
    self.to = to
  }
}

/// What an import does with each row: of one that was rehearsed, what it would do.
package struct ImportReport: Sendable {
  /// In the order of the import.
  package let tables: [Table]
  /// Every problem of a row or of a whole table, in the order of tables and lines.
  package let problems: [ImportProblem]
  /// What was read and may have been meant otherwise, in the same order; it keeps nothing from being
  /// taken.
  package let doubts: [ImportProblem]
  /// Whether the import carries the mark of these very books, so that rows are known by their number.
  package let isOfTheseBooks: Bool

  /// Whether rows are left as they are because the import that they came with was undone.
  package var leavesTakenBack: Bool { tables.contains { $0.rows.hasTakenBack } }

  package var counts: Counts { tables.reduce(into: Counts()) { $0.add($1.counts) } }

  /// How many rows have which outcome.
  package struct Counts: Hashable, Sendable {
    package var new = 0
    package var changed = 0
    package var alreadyThere = 0
    package var refused = 0

    package init(new: Int = 0, changed: Int = 0, alreadyThere: Int = 0, refused: Int = 0) {
      self.new = new
      self.changed = changed
      self.alreadyThere = alreadyThere
      self.refused = refused
    }

    package var rows: Int { new + changed + alreadyThere + refused }

    mutating func add(_ other: Counts) {
      new += other.new
      changed += other.changed
      alreadyThere += other.alreadyThere
      refused += other.refused
    }
  }

  /// One table with its rows, held compactly: a table may have a million.
  package struct Table: Sendable {
    package let format: BooksFormat
    /// As problems call it: the file, or the sheet.
    package let name: String
    package let file: String
    package let counts: Counts
    /// The sum of each column of amounts as it stands in the table, by column and currency.
    package let totals: [Total]
    /// Facts of the books that this table and the others of its format lack; they stay as they are.
    /// Told with the first of them; `nil` with the others, and where the import does not say of
    /// which books it is.
    package let notInFile: Int?
    /// The first of them, in words.
    package let missing: [Phrase]
    let rows: OutcomeList

    package var rowCount: Int { rows.lines.count }

    /// - Returns: the row's number in the file or the sheet, and what becomes of it; `nil` where
    ///   there are not so many rows.
    package func row(_ index: Int) -> (line: Int, outcome: RowOutcome)? {
      rows.lines.indices.contains(index)
        ? (Int(rows.lines[index]), rows.outcome(at: index)) : nil
    }

    /// What is doubtful about a row, whatever becomes of it.
    package func doubts(_ index: Int) -> [ImportProblem] { rows.doubts[index] ?? [] }
  }

  /// The sum of one column of amounts.
  package struct Total: Hashable, Sendable {
    package let column: String
    package let amount: Money
    /// The same with what was returned or reversed taken off; `nil` where nothing was.
    package let net: Money?
  }
}

/// The outcomes of the rows of one table: five bytes each, and more only where there is more to say.
struct OutcomeList: Sendable {
  private(set) var lines: [UInt32] = []
  private var kinds: [Kind] = []
  private var changes: [Int: [FieldChange]] = [:]
  private var remarks: [Int: Phrase] = [:]
  private var problems: [Int: [ImportProblem]] = [:]
  private(set) var doubts: [Int: [ImportProblem]] = [:]
  /// Rows are among them whose facts an undone import took back.
  private(set) var hasTakenBack = false

  private enum Kind: UInt8 { case resting, new, changed, alreadyThere, refused }

  /// - Returns: the row's place.
  mutating func append(line: Int) -> Int {
    lines.append(UInt32(clamping: line))
    kinds.append(.resting)
    return lines.count - 1
  }

  /// What is refused stays refused.
  mutating func settle(_ index: Int, _ outcome: RowOutcome) {
    guard kinds.indices.contains(index) else { return }
    if case .refused(let added) = outcome {
      kinds[index] = .refused
      if !added.isEmpty { problems[index, default: []] += added }
      return
    }
    guard kinds[index] != .refused else { return }
    switch outcome {
    // What is recorded anew, because its row was edited, is a change.
    case .new: if kinds[index] != .changed { kinds[index] = .new }
    case .changes(let fields):
      kinds[index] = .changed
      changes[index, default: []] += fields
    case .alreadyThere(let remark):
      kinds[index] = .alreadyThere
      guard let remark else { return }
      remarks[index] = remark
      if remark == takenBackSince { hasTakenBack = true }
    case .refused: break
    }
  }

  mutating func doubt(_ index: Int, _ doubt: ImportProblem) {
    doubts[index, default: []].append(doubt)
  }

  func isRefused(_ index: Int) -> Bool {
    kinds.indices.contains(index) && kinds[index] == .refused
  }

  /// - Parameter column: as the table itself calls it.
  func hasProblem(_ index: Int, in column: String) -> Bool {
    problems[index]?.contains { $0.column == column } ?? false
  }

  func outcome(at index: Int) -> RowOutcome {
    switch kinds[index] {
    case .new: .new
    case .changed: .changes(changes[index] ?? [])
    case .alreadyThere: .alreadyThere(remarks[index])
    case .resting: .refused([])
    case .refused: .refused(problems[index] ?? [.notKept])
    }
  }

  var counts: ImportReport.Counts {
    kinds.reduce(into: ImportReport.Counts()) { counts, kind in
      switch kind {
      case .new: counts.new += 1
      case .changed: counts.changed += 1
      case .alreadyThere: counts.alreadyThere += 1
      case .resting, .refused: counts.refused += 1
      }
    }
  }
}
