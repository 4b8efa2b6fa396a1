import FundModel

/// A row about a change of a commitment or of a fund's total, and what is to become of it.
struct AmountRow {
  let row: ImportRow
  let day: CalendarDate?
  let amount: Money
  var fate: Fate = .new

  enum Fate {
    case new
    case there
    /// The fact is answered by its opposite, and what the row says is added.
    case edited(AmountChangeFact)
    /// It was told why it cannot be taken.
    case bad
  }

  /// What it still adds to the books, in minor units.
  var units: Int64 {
    switch fate {
    case .new: amount.minorUnits
    case .edited(let fact): amount.minorUnits.subtractingReportingOverflow(fact.units).partialValue
    case .there, .bad: 0
    }
  }
}

/// Finds which rows about changes the books know already.
///
/// A row with the number of a fact is about that fact. Any other is counted: so many equal rows
/// against so many equal changes of the books, in the order of both.
final class AmountMatching {
  private let facts: [AmountChangeFact]
  private let first: Int64
  private let isTakenBack: Bool
  private let isDirect: Bool
  private let known: Int64?
  private var claimed: Set<Int64> = []
  private let currency: Currency

  /// Facts that a marked file knew and no row names.
  ///
  /// - Parameter owner: whose they are.
  func addMissing(to missing: inout MissingFacts, of owner: Phrase) {
    guard let known else { return }
    for fact in facts where fact.audit <= known && !claimed.contains(fact.id) {
      missing.add(fact.named(of: owner, currency))
    }
  }

  /// - Parameters:
  ///   - first: the first amount of the commitment, in minor units.
  ///   - isTakenBack: an undone import had registered it.
  ///   - isDirect: of a direct investment, which is changed by undoing it alone.
  ///   - known: through which entry of the trail the file knows the books.
  init(
    _ facts: [AmountChangeFact], in currency: Currency, first: Int64, isTakenBack: Bool,
    isDirect: Bool = false, known: Int64?
  ) {
    self.currency = currency
    (self.facts, self.first, self.isTakenBack) = (facts, first, isTakenBack)
    (self.isDirect, self.known) = (isDirect, known)
  }

  func match(_ rows: inout [AmountRow]) {
    for index in rows.indices {
      guard known != nil, let sequence = rows[index].row.sequence else { continue }
      rows[index].fate = fate(of: rows[index], named: sequence)
    }
    let opposites = Dictionary(
      rows.map { (Key(day: $0.day, units: -$0.amount.minorUnits), 1) }, uniquingKeysWith: +)
    for index in rows.indices where known == nil || rows[index].row.sequence == nil {
      let key = Key(day: rows[index].day, units: rows[index].amount.minorUnits)
      let isAnsweredInFile =
        isDirect || opposites[key] != nil || (isTakenBack && key.day == nil && key.units == -first)
      rows[index].fate =
        claim(key, answered: false) || (isAnsweredInFile && claim(key, answered: true))
        ? .there : .new
    }
  }

  private struct Key: Hashable {
    let day: CalendarDate?
    let units: Int64
  }

  /// - Parameter answered: whether it is one of an undone import, or of its undo.
  private func claim(_ key: Key, answered: Bool) -> Bool {
    let found = facts.first {
      $0.day == key.day && $0.units == key.units && $0.isAnswered == answered
        && $0.audit > known ?? 0 && !claimed.contains($0.id)
    }
    if let found { claimed.insert(found.id) }
    return found != nil
  }

  private func fate(of row: AmountRow, named sequence: Int64) -> AmountRow.Fate {
    guard let fact = facts.first(where: { $0.id == sequence }) else {
      row.row.problem("sequence", noSuchSequence(sequence))
      return .bad
    }
    guard claimed.insert(sequence).inserted else {
      row.row.problem("sequence", sequenceTwice(sequence))
      return .bad
    }
    let key = Key(day: row.day, units: row.amount.minorUnits)
    if fact.day == key.day, fact.units == key.units,
      !row.row.has("reason") || row.row.text("reason") == fact.reason
    {
      return .there
    }
    // The same edit may have been imported before.
    return claim(key, answered: false) ? .there : .edited(fact)
  }

  /// What has to be added so that the books promise in all what the files do.
  ///
  /// - Parameters:
  ///   - cell: the first amount as the row says it.
  ///   - firstThen: the first amount that a marked file was given: a cell that still says it asks for
  ///     nothing.
  ///   - rows: what the files say of changes, once it is known what is to become of each.
  /// - Returns: `nil` where they agree.
  static func delta(
    cell: Money, first: Int64, firstThen: Int64?, facts: [AmountChangeFact], rows: [AmountRow]
  ) throws -> (amount: Money, from: Money, to: Money)? {
    if cell.minorUnits == firstThen { return nil }
    var (now, target) = (Int128(first), Int128(cell.minorUnits))
    for fact in facts { now += Int128(fact.units) }
    for row in rows {
      target += Int128(row.amount.minorUnits)
      now += Int128(row.units)
    }
    guard target != now else { return nil }
    guard let to = Int64(exactly: target), let from = Int64(exactly: now),
      let amount = Int64(exactly: target - now)
    else { throw MoneyError.overflow }
    func money(_ units: Int64) -> Money { Money(minorUnits: units, cell.currency) }
    return (money(amount), money(from), money(to))
  }
}

extension Importer {
  /// Writes what a row about a change adds, and says what became of it.
  func write(
    _ row: AmountRow,
    _ change: (_ amount: Money, _ day: CalendarDate?, _ reason: String) throws -> Void
  ) throws {
    let done: Void? = try attempt(row.row) {
      switch row.fate {
      case .there, .bad: break
      case .new: try change(row.amount, row.day, row.row.text("reason"))
      case .edited(let fact):
        let reason = changeReason(row.row)
        let opposite = Money(minorUnits: -fact.units, row.amount.currency)
        // What adds comes first, so that nothing is below zero in between.
        if opposite.isPositive { try change(opposite, fact.day, reason) }
        try change(
          row.amount, row.day, row.row.has("reason") ? row.row.text("reason") : fact.reason)
        if opposite.isNegative { try change(opposite, fact.day, reason) }
      }
    }
    guard done != nil else { return }
    switch row.fate {
    case .bad: break
    case .there: try row.row.settle(.alreadyThere(nil))
    case .new: try row.row.settle(.new)
    case .edited(let fact):
      let before = Money(minorUnits: fact.units, row.amount.currency)
      var changes: [FieldChange] = []
      if before != row.amount {
        changes.append(FieldChange("amount", from: before.digits, to: row.amount.digits))
      }
      if fact.day != row.day {
        changes.append(
          FieldChange(
            "effective_on", from: fact.day?.description ?? "", to: row.day?.description ?? ""))
      }
      if row.row.has("reason"), row.row.text("reason") != fact.reason {
        changes.append(FieldChange("reason", from: fact.reason, to: row.row.text("reason")))
      }
      try row.row.settle(.changes(changes))
    }
  }
}
