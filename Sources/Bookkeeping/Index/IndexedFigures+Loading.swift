import FundModel
import Store

extension IndexedFigures {
  /// Reads the whole books once, each table in one pass, never more of it than one fund at a time.
  init(from connection: any SQLConnection) throws {
    let loader = try IndexLoader(connection)
    self = try loader.figures()
  }
}

/// Reads the figures of all funds.
private struct IndexLoader {
  let connection: any SQLConnection
  let kinds: EntryKinds
  let funds: [Fund]
  let slots: [Fund.ID: Int]

  init(_ connection: any SQLConnection) throws {
    self.connection = connection
    kinds = try EntryKinds(connection)
    funds = try FundRecords.funds(knownThrough: .max, in: connection)
    slots = Dictionary(uniqueKeysWithValues: funds.enumerated().map { ($1.id, $0) })
  }

  func figures() throws -> IndexedFigures {
    let openCalls = try openCalls()
    let commitments = try commitments()
    var changes: [RunningTotals.Change] = []
    try addTotals(to: &changes)
    try addStandingCalls(to: &changes)
    var ledger = LedgerReading(funds: funds, commitments: commitments)
    try connection.forEachRow(ledgerSQL) { row in
      let kind = try kinds.kind(at: 2, of: row)
      guard kind.countsPaidIn else { return }
      try ledger.add(
        IndexedEntry(
          commitment: Commitment.ID(rawValue: try row.integer(at: 0)),
          day: try row.date(at: 1), units: try kind.signed(try row.integer(at: 3)),
          payments: kind.payments),
        to: &changes)
    }
    try ledger.finish(&changes)
    return try IndexedFigures(
      sequence: connection.auditHead().sequence, funds: funds, stated: stated(commitments),
      commitments: commitments, changes: changes, moved: ledger.moved,
      companies: ledger.companies, openCalls: openCalls)
  }

  private func commitments() throws -> [Commitment.ID: IndexedCommitment] {
    var found: [Commitment.ID: IndexedCommitment] = [:]
    try connection.forEachRow("SELECT id, fund_id, side, party_id FROM commitment") { row in
      guard let slot = slots[Fund.ID(rawValue: try row.integer(at: 1))] else { return }
      found[Commitment.ID(rawValue: try row.integer(at: 0))] = IndexedCommitment(
        slot: slot, side: try row.side(at: 2), party: Party.ID(rawValue: try row.integer(at: 3)),
        isGeneralPartner: false)
    }
    // The last version known comes last.
    try connection.forEachRow(
      "SELECT commitment_id, partner_type FROM commitment_version ORDER BY id"
    ) { row in
      found[Commitment.ID(rawValue: try row.integer(at: 0))]?.isGeneralPartner =
        try row.text(at: 1) == Commitment.generalPartnerType
    }
    return found
  }

  private func stated(
    _ commitments: [Commitment.ID: IndexedCommitment]
  ) throws -> [OverviewSums.Stated] {
    var last: [Commitment.ID: Int64] = [:]
    try connection.forEachRow(
      "SELECT commitment_id, amount FROM stated_paid_in ORDER BY id"
    ) { row in
      last[Commitment.ID(rawValue: try row.integer(at: 0))] = try row.integer(at: 1)
    }
    var stated = [OverviewSums.Stated](repeating: OverviewSums.Stated(), count: funds.count)
    for (id, commitment) in commitments where commitment.side == .partners {
      try stated[commitment.slot].add(last[id] ?? 0, ofGeneralPartner: commitment.isGeneralPartner)
    }
    return stated
  }

  private func addTotals(to changes: inout [RunningTotals.Change]) throws {
    for (slot, fund) in funds.enumerated() {
      changes.append(
        RunningTotals.Change(
          day: RunningTotals.always, place: IndexedFigures.place(.commitmentTotal, of: slot),
          amount: fund.firstCommitmentTotal.minorUnits))
    }
    try connection.forEachRow(
      "SELECT fund_id, amount, effective_on FROM fund_total_change"
    ) { row in
      guard let slot = slots[Fund.ID(rawValue: try row.integer(at: 0))] else { return }
      changes.append(
        RunningTotals.Change(
          day: row.isNull(at: 2) ? RunningTotals.always : try row.date(at: 2).dayNumber,
          place: IndexedFigures.place(.commitmentTotal, of: slot), amount: try row.integer(at: 1)))
    }
  }

  private func addStandingCalls(to changes: inout [RunningTotals.Change]) throws {
    try connection.forEachRow(standingCallsSQL) { row in
      guard let slot = slots[Fund.ID(rawValue: try row.integer(at: 0))] else { return }
      let place = IndexedFigures.place(.standingCalls, of: slot)
      changes.append(.init(day: RunningTotals.always, place: place, amount: 1))
      guard !row.isNull(at: 1) else { return }
      changes.append(.init(day: try row.date(at: 1).dayNumber, place: place, amount: -1))
    }
  }

  /// Which calls on the partners' side are not complete: what is left of each item, in one pass over
  /// the items and one over the ledger.
  private func openCalls() throws -> [CapitalCall.ID: IndexedFigures.OpenCall] {
    var calls: [CapitalCall.ID: IndexedFigures.OpenCall] = [:]
    for row in try connection.rows(callsInForceSQL) {
      guard let slot = slots[try row.id("fund_id")] else { continue }
      calls[try row.id("id")] = .init(
        currency: funds[slot].currency, dueDate: try row.date("due_date"))
    }
    var left = ItemAmounts(
      through: try connection.rows("SELECT coalesce(max(id), 0) AS last FROM call_item").first?
        .integer("last") ?? 0)
    try connection.forEachRow("SELECT item_id, kind, amount FROM entry WHERE side = 'partners'") {
      row in
      guard !row.isNull(at: 0) else { return }
      let paid = try kinds.kind(at: 1, of: row).signed(try row.integer(at: 2))
      left[try row.integer(at: 0)] &-= paid
    }
    var open: Set<CapitalCall.ID> = []
    try connection.forEachRow("SELECT id, call_id, amount FROM call_item") { row in
      if try row.integer(at: 2) &+ left[try row.integer(at: 0)] != 0 {
        open.insert(CapitalCall.ID(rawValue: try row.integer(at: 1)))
      }
    }
    return calls.filter { open.contains($0.key) }
  }
}

/// An amount for each call item, at its id: ids count up without large gaps.
private struct ItemAmounts {
  private var dense: [Int64]
  private var others: [Int64: Int64] = [:]

  init(through last: Int64) {
    dense = [Int64](repeating: 0, count: Int(min(max(last, 0), 1 << 26)) + 1)
  }

  subscript(id: Int64) -> Int64 {
    get { dense.indices.contains(Int(id)) ? dense[Int(id)] : others[id] ?? 0 }
    set {
      if dense.indices.contains(Int(id)) {
        dense[Int(id)] = newValue
      } else {
        others[id] = newValue
      }
    }
  }
}

/// The ledger as it is read commitment by commitment: what comes together in one fund is added up
/// before it becomes a change, so that only days are kept, not payments.
private struct LedgerReading {
  let funds: [Fund]
  let commitments: [Commitment.ID: IndexedCommitment]
  private(set) var moved: [Currency: DaySums] = [:]
  private(set) var companies: [Currency: IndexedCompanies] = [:]
  private var movedOn: [Currency: [Int32: Int64]] = [:]
  private var slot: Int?
  private var pending: [RunningTotals.Change] = []
  private var last: (id: Commitment.ID, commitment: IndexedCommitment)?

  init(funds: [Fund], commitments: [Commitment.ID: IndexedCommitment]) {
    self.funds = funds
    self.commitments = commitments
  }

  mutating func add(_ entry: IndexedEntry, to changes: inout [RunningTotals.Change]) throws {
    if last?.id != entry.commitment {
      last = commitments[entry.commitment].map { (entry.commitment, $0) }
    }
    guard let commitment = last?.commitment else { return }
    if slot != commitment.slot {
      try flush(&changes)
      slot = commitment.slot
    }
    switch commitment.side {
    case .partners:
      append(entry.units, .paidIn, commitment.slot, entry.day)
      if commitment.isGeneralPartner {
        append(entry.units, .ofGeneralPartners, commitment.slot, entry.day)
      }
    case .investments:
      append(entry.units, .invested, commitment.slot, entry.day)
      guard entry.payments != 0 else { return }
      let currency = funds[commitment.slot].currency
      let moves = try companies[currency, default: IndexedCompanies()].add(
        entry.payments, of: commitment.party, in: commitment.slot, on: entry.day)
      for move in moves { append(move.amount, .companies, commitment.slot, move.day) }
    }
  }

  mutating func finish(_ changes: inout [RunningTotals.Change]) throws {
    try flush(&changes)
    for (currency, days) in movedOn {
      var sums = DaySums()
      for (day, units) in days.sorted(by: { $0.key < $1.key }) {
        guard let day = CalendarDate(dayNumber: Int(day)) else { continue }
        try sums.add(units, on: day)
      }
      moved[currency] = sums
    }
  }

  private mutating func append(
    _ amount: Int64, _ column: IndexedFigures.Column, _ slot: Int, _ day: CalendarDate
  ) {
    pending.append(
      RunningTotals.Change(
        day: day.dayNumber, place: IndexedFigures.place(column, of: slot), amount: amount))
  }

  /// What comes together on one day of one figure is one change.
  private mutating func flush(_ changes: inout [RunningTotals.Change]) throws(MoneyError) {
    guard let slot else { return }
    let paidIn = IndexedFigures.place(.paidIn, of: slot)
    pending.sort { ($0.place, $0.day) < ($1.place, $1.day) }
    var start = 0
    while start < pending.count {
      let first = pending[start]
      var units = first.amount
      var end = start + 1
      while end < pending.count, pending[end].place == first.place, pending[end].day == first.day {
        units = try sum(units, pending[end].amount)
        end += 1
      }
      start = end
      changes.append(RunningTotals.Change(day: first.day, place: first.place, amount: units))
      guard first.place == paidIn else { continue }
      let currency = funds[slot].currency
      let before = movedOn[currency, default: [:]][first.day] ?? 0
      movedOn[currency, default: [:]][first.day] = try sum(before, units)
    }
    pending.removeAll(keepingCapacity: true)
  }

  private func sum(_ one: Int64, _ other: Int64) throws(MoneyError) -> Int64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    guard !overflow else { throw .overflow }
    return sum
  }
}

/// By an index that has all of it, in its order.
private let ledgerSQL = """
  SELECT commitment_id, effective_on, kind, fund_amount
  FROM entry
  ORDER BY commitment_id, effective_on
  """

/// An item stands until its call is cancelled, also before it is noticed. A call cancelled from its
/// notice date never counted on any day, so it makes no history at all.
private let standingCallsSQL = """
  SELECT c.fund_id, x.cancelled_on
  FROM capital_call c
  LEFT JOIN call_cancellation x ON x.call_id = c.id
  WHERE c.side = 'partners' AND (x.cancelled_on IS NULL OR x.cancelled_on > c.notice_date)
    AND EXISTS (SELECT 1 FROM call_item i WHERE i.call_id = c.id)
  """

private let callsInForceSQL = """
  SELECT c.id, c.fund_id, v.due_date
  FROM capital_call c
  JOIN call_version v ON v.id = (SELECT max(id) FROM call_version WHERE call_id = c.id)
  WHERE c.side = 'partners'
    AND NOT EXISTS (SELECT 1 FROM call_cancellation x WHERE x.call_id = c.id)
  """
