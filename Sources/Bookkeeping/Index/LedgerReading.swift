import FundModel

/// The ledger as it is read commitment by commitment: what comes together in one fund is added up by
/// day before it becomes a change, so that only days are kept, not payments.
struct LedgerReading {
  private var changes: [RunningTotals.Change]
  private let funds: [Fund]
  private let commitments: [Commitment.ID: IndexedCommitment]
  private(set) var companies: [Currency: IndexedCompanies] = [:]
  private var movedOn: [Currency: DayAmounts] = [:]
  /// Of which entries are being read; `nil` of one whose fund is not there.
  private var commitment: IndexedCommitment?
  // Of the fund that is being read:
  private var slot: Int?
  private var paidIn = DayAmounts()
  private var ofGeneralPartners = DayAmounts()
  private var invested = DayAmounts()

  /// - Parameter changes: what else the figures follow from.
  init(
    funds: [Fund], commitments: [Commitment.ID: IndexedCommitment],
    changes: [RunningTotals.Change]
  ) {
    self.changes = changes
    self.funds = funds
    self.commitments = commitments
  }

  /// Begins with the entries of a commitment.
  mutating func begin(_ id: Commitment.ID) throws(MoneyError) {
    commitment = commitments[id]
    guard let commitment, commitment.slot != slot else { return }
    try endFund()
    slot = commitment.slot
  }

  /// Whether it matters of the entries of this commitment which of them are payments.
  var countsPayments: Bool { commitment?.side == .investments }

  /// Takes in one entry of the commitment; one of a fund that is not there changes nothing.
  ///
  /// - Parameters:
  ///   - units: what it adds to paid-in or invested, in minor units.
  ///   - payments: what it adds to the number of standing payments.
  mutating func add(
    _ units: Int64, payments: Int, on day: CalendarDate
  ) throws(MoneyError) {
    guard let commitment else { return }
    switch commitment.side {
    case .partners:
      try paidIn.add(units, on: day)
      if commitment.isGeneralPartner { try ofGeneralPartners.add(units, on: day) }
    case .investments:
      try invested.add(units, on: day)
      guard payments != 0 else { return }
      let currency = funds[commitment.slot].currency
      let moves = try companies[currency, default: IndexedCompanies()].add(
        payments, of: commitment.party, in: commitment.slot, on: day)
      let place = IndexedFigures.place(.companies, of: commitment.slot)
      for move in moves {
        changes.append(.init(day: move.day.dayNumber, place: place, amount: move.amount))
      }
    }
  }

  /// All changes in the order of their days, once, when the ledger has ended; nothing is kept of them
  /// here.
  mutating func takeChanges() throws(MoneyError) -> [RunningTotals.Change] {
    try endFund()
    defer { changes = [] }
    return changes.inOrderOfDays()
  }

  /// Makes changes of what came together in the fund that was being read.
  private mutating func endFund() throws(MoneyError) {
    guard let slot else { return }
    try movedOn[funds[slot].currency, default: DayAmounts()].add(paidIn)
    paidIn.move(to: &changes, IndexedFigures.place(.paidIn, of: slot))
    ofGeneralPartners.move(to: &changes, IndexedFigures.place(.ofGeneralPartners, of: slot))
    invested.move(to: &changes, IndexedFigures.place(.invested, of: slot))
    self.slot = nil
  }

  /// What moved on the partners' side on each day, by currency.
  func moved() throws(MoneyError) -> [Currency: DaySums] {
    var found: [Currency: DaySums] = [:]
    for (currency, days) in movedOn { found[currency] = try days.sums() }
    return found
  }
}

/// An amount for each day of the calendar, most of them nothing: quicker to add to than what keeps
/// only days on which something is.
private struct DayAmounts {
  /// By the days since the earliest.
  private var amounts = [Int64](
    repeating: 0, count: CalendarDate.latest.days(since: .earliest) + 1)
  /// The places outside of which there is nothing.
  private var (first, last) = (Int.max, -1)

  mutating func add(_ units: Int64, on day: CalendarDate) throws(MoneyError) {
    try add(units, at: day.days(since: .earliest))
  }

  mutating func add(_ others: DayAmounts) throws(MoneyError) {
    for place in others.places { try add(others.amounts[place], at: place) }
  }

  private mutating func add(_ units: Int64, at place: Int) throws(MoneyError) {
    let (sum, overflow) = amounts[place].addingReportingOverflow(units)
    guard !overflow else { throw .overflow }
    amounts[place] = sum
    if place < first { first = place }
    if place > last { last = place }
  }

  /// The days on which something is, in their order.
  private var places: some Sequence<Int> {
    (first..<max(first, last + 1)).lazy.filter { amounts[$0] != 0 }
  }

  /// Makes each day's amount a change of one place, and begins anew.
  mutating func move(to changes: inout [RunningTotals.Change], _ place: Int32) {
    let earliest = CalendarDate.earliest.dayNumber
    for day in first..<max(first, last + 1) where amounts[day] != 0 {
      changes.append(
        RunningTotals.Change(day: earliest + Int32(day), place: place, amount: amounts[day]))
      amounts[day] = 0
    }
    (first, last) = (Int.max, -1)
  }

  func sums() throws(MoneyError) -> DaySums {
    var sums = DaySums()
    for day in places { try sums.add(amounts[day], on: .earliest.adding(days: day)) }
    return sums
  }
}

extension [RunningTotals.Change] {
  /// The same in the order of their days: how many there are of each day says where they belong.
  func inOrderOfDays() -> [RunningTotals.Change] {
    guard var ordered = first.map({ [RunningTotals.Change](repeating: $0, count: count) }) else {
      return []
    }
    // Before all days comes what counts on each of them.
    func place(_ change: RunningTotals.Change) -> Int {
      change.day == RunningTotals.always
        ? 0 : Int(change.day) - Int(CalendarDate.earliest.dayNumber) + 1
    }
    var starts = [Int](repeating: 0, count: CalendarDate.latest.days(since: .earliest) + 3)
    for change in self { starts[place(change) + 1] += 1 }
    for day in starts.indices.dropFirst() { starts[day] += starts[day - 1] }
    for change in self {
      ordered[starts[place(change)]] = change
      starts[place(change)] += 1
    }
    return ordered
  }
}
