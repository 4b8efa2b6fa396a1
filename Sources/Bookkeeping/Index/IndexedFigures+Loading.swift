import FundModel
import Store

extension IndexedFigures {
  /// Reads the whole books: each table in one pass, the ledger in two.
  init(from connection: any SQLConnection) throws {
    self = try IndexLoader(connection).figures()
    set(try OpenCalls(from: connection))
  }

  /// The same on two cores: the calls that are open are found beside all else.
  static func read(_ engine: any SQLEngine) async throws -> IndexedFigures {
    async let calls = engine.read { try OpenCalls(from: $0) }
    var figures = try await engine.read { try IndexLoader($0).figures() }
    let open = try await calls
    // Somebody committed between the two looks at the books: one look sees all.
    guard open.sequence == figures.sequence else {
      return try await engine.read { try IndexedFigures(from: $0) }
    }
    figures.set(open)
    return figures
  }
}

/// Reads the figures of all funds; calls are left out.
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
    let commitments = try commitments()
    var ledger = LedgerReading(
      funds: funds, commitments: commitments, changes: try totals() + standingCalls())
    var last: Int64?
    try connection.forEachRow(ledgerSQL(kinds)) { row in
      let commitment = try row.integer(at: 0)
      if last != commitment {
        try ledger.begin(Commitment.ID(rawValue: commitment))
        last = commitment
      }
      // Only companies are counted, so that of payments by partners the kind need not be read.
      let kind = ledger.countsPayments ? try kinds.kind(at: 3, of: row) : nil
      let payments = kind.map { $0.countsPaidIn ? $0.payments : 0 } ?? 0
      try ledger.add(try row.integer(at: 2), payments: payments, on: try row.date(at: 1))
    }
    return try IndexedFigures(
      sequence: connection.auditHead().sequence, funds: funds, stated: stated(commitments),
      commitments: commitments, changes: ledger.takeChanges(), moved: ledger.moved(),
      companies: ledger.companies)
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

  private func totals() throws -> [RunningTotals.Change] {
    var changes: [RunningTotals.Change] = []
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
    return changes
  }

  private func standingCalls() throws -> [RunningTotals.Change] {
    var changes: [RunningTotals.Change] = []
    try connection.forEachRow(standingCallsSQL) { row in
      guard let slot = slots[Fund.ID(rawValue: try row.integer(at: 0))] else { return }
      let place = IndexedFigures.place(.standingCalls, of: slot)
      changes.append(.init(day: RunningTotals.always, place: place, amount: 1))
      guard !row.isNull(at: 1) else { return }
      changes.append(.init(day: try row.date(at: 1).dayNumber, place: place, amount: -1))
    }
    return changes
  }
}

/// What each entry adds to paid-in or invested, by an index that has all of it, in its order.
private func ledgerSQL(_ kinds: EntryKinds) -> String {
  """
  SELECT commitment_id, effective_on, \(kinds.signed("fund_amount", where: \.countsPaidIn)), kind
  FROM entry
  ORDER BY commitment_id, effective_on
  """
}

/// An item stands until its call is cancelled, also before it is noticed. A call cancelled from its
/// notice date never counted on any day, so it makes no history at all.
private let standingCallsSQL = """
  SELECT c.fund_id, x.cancelled_on
  FROM capital_call c
  LEFT JOIN call_cancellation x ON x.call_id = c.id
  WHERE c.side = 'partners' AND (x.cancelled_on IS NULL OR x.cancelled_on > c.notice_date)
    AND EXISTS (SELECT 1 FROM call_item i WHERE i.call_id = c.id)
  """
