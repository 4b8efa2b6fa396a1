import FundModel
import Store

/// What the as-of index holds: for each fund the changes of its figures in the order of their days, as
/// the books stood after one entry of the audit trail. No truth of its own: all of it is read from the
/// facts, and read again when they say more.
package struct IndexedFigures: Sendable {
  /// The last entry of the audit trail that it knows.
  var sequence: Int64
  /// In order of registration; the place in this list is the fund's slot.
  private(set) var funds: [Fund] = []
  /// Of each fund at its slot: read for every row of every overview.
  private(set) var currencies: [Currency] = []
  private(set) var stated: [OverviewSums.Stated] = []
  private var slots: [Fund.ID: Int] = [:]
  private var commitments: [Commitment.ID: IndexedCommitment] = [:]
  private var totals: RunningTotals
  private(set) var companies: [Currency: IndexedCompanies] = [:]
  /// What moved on the partners' side on each day, by currency.
  private var moved: [Currency: DaySums] = [:]
  /// Due days of calls on the partners' side that stand and are not complete.
  private var openCalls: [CapitalCall.ID: OpenCall] = [:]

  /// The figures of a fund that follow the days, each at its place beside the fund's slot.
  enum Column: Int, CaseIterable {
    case commitmentTotal, paidIn, ofGeneralPartners, invested, companies
    /// Calls on the partners' side that stand: with one, paid-in rests on cash.
    case standingCalls
  }

  struct OpenCall: Sendable {
    let currency: Currency
    let dueDate: CalendarDate
  }

  static func place(_ column: Column, of slot: Int) -> Int32 {
    Int32(clamping: slot * Column.allCases.count + column.rawValue)
  }
}

/// What an entry of the ledger has to know of its commitment.
struct IndexedCommitment: Sendable {
  let slot: Int
  let side: Side
  let party: Party.ID
  var isGeneralPartner: Bool
}

/// What was paid, returned or keyed in wrongly on one commitment, as the index takes it in.
struct IndexedEntry {
  let commitment: Commitment.ID
  let day: CalendarDate
  /// What it adds to paid-in or invested, in minor units; negative where money went back.
  let units: Int64
  /// What it adds to the number of standing payments.
  let payments: Int
}

// MARK: What follows from the facts

extension IndexedFigures {
  /// - Parameters:
  ///   - changes: of every fund, in any order.
  init(
    sequence: Int64, funds: [Fund], stated: [OverviewSums.Stated],
    commitments: [Commitment.ID: IndexedCommitment], changes: consuming [RunningTotals.Change],
    moved: [Currency: DaySums], companies: [Currency: IndexedCompanies]
  ) throws(MoneyError) {
    self.sequence = sequence
    self.funds = funds
    currencies = funds.map(\.currency)
    self.stated = stated
    self.commitments = commitments
    self.moved = moved
    self.companies = companies
    totals = try RunningTotals(changes, placeCount: funds.count * Column.allCases.count)
    for (slot, fund) in funds.enumerated() { slots[fund.id] = slot }
  }

  func slot(of fund: Fund.ID) -> Int? { slots[fund] }
  func commitment(_ id: Commitment.ID) -> IndexedCommitment? { commitments[id] }

  mutating func add(_ fund: Fund) throws(MoneyError) {
    if let slot = slots[fund.id] {
      funds[slot] = fund
      return
    }
    slots[fund.id] = funds.count
    funds.append(fund)
    currencies.append(fund.currency)
    stated.append(OverviewSums.Stated())
    totals.addPlaces(Column.allCases.count)
    try add(
      fund.firstCommitmentTotal.minorUnits, to: .commitmentTotal, of: funds.count - 1, from: nil)
  }

  mutating func set(_ stated: OverviewSums.Stated, of slot: Int) { self.stated[slot] = stated }

  mutating func add(_ commitment: IndexedCommitment, _ id: Commitment.ID) {
    commitments[id] = commitment
  }

  /// - Parameter day: `nil` for what counts on every day.
  mutating func add(
    _ amount: Int64, to column: Column, of slot: Int, from day: CalendarDate?
  ) throws(MoneyError) {
    try totals.add(
      RunningTotals.Change(
        day: day?.dayNumber ?? RunningTotals.always, place: Self.place(column, of: slot),
        amount: amount))
  }

  /// Takes in one line of the ledger. One of a fund that is not there changes nothing.
  mutating func add(_ entry: IndexedEntry) throws(MoneyError) {
    guard let commitment = commitments[entry.commitment] else { return }
    let currency = funds[commitment.slot].currency
    switch commitment.side {
    case .partners:
      try add(entry.units, to: .paidIn, of: commitment.slot, from: entry.day)
      if commitment.isGeneralPartner {
        try add(entry.units, to: .ofGeneralPartners, of: commitment.slot, from: entry.day)
      }
      try moved[currency, default: DaySums()].add(entry.units, on: entry.day)
    case .investments:
      try add(entry.units, to: .invested, of: commitment.slot, from: entry.day)
      guard entry.payments != 0 else { return }
      let moves = try companies[currency, default: IndexedCompanies()].add(
        entry.payments, of: commitment.party, in: commitment.slot, on: entry.day)
      for move in moves {
        try add(move.amount, to: .companies, of: commitment.slot, from: move.day)
      }
    }
  }

  /// Regroups what was paid in over a commitment whose partner became a general partner, or ceased
  /// to be one.
  ///
  /// - Parameter paid: what its entries come to on each day.
  mutating func setGeneralPartner(
    _ isGeneralPartner: Bool, of id: Commitment.ID, paid: [(day: CalendarDate, units: Int64)]
  ) throws(MoneyError) {
    guard let commitment = commitments[id], commitment.isGeneralPartner != isGeneralPartner else {
      return
    }
    commitments[id]?.isGeneralPartner = isGeneralPartner
    for (day, units) in paid {
      try add(
        isGeneralPartner ? units : 0 &- units, to: .ofGeneralPartners, of: commitment.slot,
        from: day)
    }
  }

  mutating func set(_ call: OpenCall?, _ id: CapitalCall.ID) { openCalls[id] = call }

  /// Takes in the open calls of all funds that are there.
  mutating func set(_ open: OpenCalls) {
    for call in open.calls {
      guard let slot = slots[call.fund] else { continue }
      openCalls[call.id] = OpenCall(currency: funds[slot].currency, dueDate: call.dueDate)
    }
  }
}

// MARK: What is asked

extension IndexedFigures {
  /// The sums of every fund at the close of a day.
  func sums(on referenceDate: CalendarDate) throws(MoneyError) -> SumsOnDay {
    SumsOnDay(sums: try totals.sums(on: referenceDate.dayNumber))
  }

  struct SumsOnDay {
    let sums: [Int64]

    subscript(column: Column, slot: Int) -> Int64 {
      sums[slot * Column.allCases.count + column.rawValue]
    }
  }

  func paidInSteps(in currency: Currency) throws -> [CashTimeline.Step] {
    var paidIn = Money.zero(currency)
    var steps: [CashTimeline.Step] = []
    for (day, units) in moved[currency]?.sums ?? [] where units != 0 {
      paidIn = try paidIn + Money(minorUnits: units, currency)
      steps.append(CashTimeline.Step(day: day, paidIn: paidIn))
    }
    return steps
  }

  func dueDays(in currency: Currency) -> [CalendarDate] {
    Set(openCalls.values.filter { $0.currency == currency }.map(\.dueDate)).sorted()
  }
}
