import FundModel

/// Compares the cells of one row with what the books hold, and keeps what becomes of each.
///
/// With a fitting mark a cell is what a person made of what the file was given: only what differs
/// from that counts as edited, and an empty cell clears. Without one an empty cell says nothing.
struct ComparedRow {
  let row: ImportRow
  let isMarked: Bool
  private(set) var changes: [FieldChange] = []
  /// Something could not be read, or may not be so.
  private(set) var isBad = false

  init(_ row: ImportRow, isMarked: Bool) {
    self.row = row
    self.isMarked = isMarked
  }

  /// - Parameters:
  ///   - read: what the cell says; `.some(nil)` where it is empty, `nil` where it cannot be read.
  ///   - now: what the books hold.
  ///   - then: what they held when the file was written; `nil` where that is not known.
  ///   - shown: the value as the cell would say it.
  /// - Returns: what the books shall hold instead; `.kept` where nothing is asked.
  mutating func compare<Value: Equatable & Sendable>(
    _ column: String, _ read: Value??, now: Value?, then: Value??, shown: (Value) -> String
  ) -> Amendment<Value?> {
    guard row.has(column) else { return .kept }
    guard let read else {
      isBad = true
      return .kept
    }
    if read == nil, !isMarked { return .kept }
    if let then, isMarked, then == read { return .kept }
    guard read != now else { return .kept }
    changes.append(
      FieldChange(column, from: now.map(shown) ?? "", to: read.map(shown) ?? ""))
    return .changed(read)
  }

  /// The same for a text that is kept empty where there is none.
  mutating func compare(
    _ column: String, now: String, then: String?, meaning: (String) -> String = { $0 }
  ) -> Amendment<String> {
    let text = row.text(column)
    let read: String?? = .some(text.isEmpty ? nil : meaning(text))
    let asked = compare(
      column, read, now: now.isEmpty ? nil : now,
      then: then.map { $0.isEmpty ? nil : $0 }, shown: { $0 })
    return switch asked {
    case .kept: .kept
    case .changed(let text): .changed(text ?? "")
    }
  }

  /// Something that cannot be changed by an import: told where the cell says otherwise.
  mutating func mustStay<Value: Equatable & Sendable>(
    _ column: String, _ read: Value??, now: Value?, then: Value??, _ sentence: Phrase
  ) {
    if case .changed = compare(column, read, now: now, then: then, shown: { _ in "" }) {
      changes.removeLast()
      row.problem(column, sentence)
      isBad = true
    }
  }

  mutating func add(_ change: FieldChange) { changes.append(change) }

  var outcome: RowOutcome { changes.isEmpty ? .alreadyThere(nil) : .changes(changes) }
}

extension Amendment {
  var isChange: Bool {
    if case .changed = self { true } else { false }
  }

  func map<Other>(_ transform: (Value) -> Other) -> Amendment<Other> {
    switch self {
    case .kept: .kept
    case .changed(let value): .changed(transform(value))
    }
  }
}
