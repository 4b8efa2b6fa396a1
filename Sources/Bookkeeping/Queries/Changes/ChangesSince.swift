package import FundModel
package import Store

/// What changed in the figures of one reference date between two states of the books: which figures
/// moved, by how much, and through which entries of the trail.
///
/// The figures are asked as they were known after each entry that touched a fund, so that what is
/// listed is what the pages showed at every moment, and its changes add up by themselves.
package struct ChangesSince: Query {
  /// The later state: of that reference date, as known then or now.
  package let asOf: AsOf
  /// The earlier state.
  package let since: Instant
  /// The last day that was over at ``since`` (`BooksClock.lastDay(pastBy:)`): what is dated up to it
  /// was past then.
  package let lastPastDay: CalendarDate
  /// One fund with its commitments; all of them with their totals when `nil`.
  package let fund: Fund.ID?
  package let homeCurrency: Currency
  /// How many states are looked at at most; where more entries touched a fund, some in a row are
  /// taken together.
  package let mostStates: Int

  package init(
    _ asOf: AsOf, since: Instant, lastPastDay: CalendarDate, fund: Fund.ID? = nil,
    homeCurrency: Currency, mostStates: Int = 1_000
  ) {
    self.asOf = asOf
    self.since = since
    self.lastPastDay = lastPastDay
    self.fund = fund
    self.homeCurrency = homeCurrency
    self.mostStates = mostStates
  }

  package struct Answer: Sendable {
    /// The last entry of the trail that counts in the earlier state; 0 where none does.
    package let from: Int64
    /// The same in the later one.
    package let through: Int64
    /// What is dated up to it was past in the earlier state.
    package let lastPastDay: CalendarDate
    /// One for each currency in which a total moved.
    package let totals: [Total]
    /// In order of registration, those of which anything moved.
    package let funds: [FundChanges]
    /// By the day that they are dated.
    package let backDated: [BackDated]
    /// The entries that ``funds`` and ``backDated`` name.
    package let entries: [Int64: AuditEntry]
  }

  package struct Total: Hashable, Sendable {
    package let currency: Currency
    /// Without steps: those are the funds'.
    package let figures: [MovedFigure]
  }

  package struct FundChanges: Sendable {
    package let fund: Fund
    /// `nil` where it was not in the books yet.
    package let before: OverviewRow?
    package let after: OverviewRow
    package let figures: [MovedFigure]
    /// What is asked and owed on each side of the fund, where any of it moved.
    package let sides: [SideChanges]
    /// Only where one fund was asked about: its commitments of which anything moved.
    package let commitments: [CommitmentChanges]

    var isEmpty: Bool {
      figures.isEmpty && sides.isEmpty && commitments.isEmpty && before == after
    }
  }

  package struct SideChanges: Hashable, Sendable {
    package let side: Side
    package let figures: [MovedFigure]
  }

  package struct CommitmentChanges: Hashable, Sendable {
    package let commitment: Commitment
    package let figures: [MovedFigure]
  }

  package func answer(from connection: any SQLConnection) throws -> Answer {
    let through = min(
      try asOf.knownThrough(in: connection), try connection.auditHead().sequence)
    let from = min(try connection.lastKnown(at: since), through)
    if let fund, try FundRecords.fund(fund, knownThrough: through, in: connection) == nil {
      throw Refusal.unknown(.fund, fund.rawValue)
    }
    let trail = Replay(from: from, through: through, asOf: asOf, in: connection)
    let before = try trail.overview(after: from, homeCurrency)
    let after = try trail.overview(after: through, homeCurrency)
    let funds = try funds(trail, before, after)
    let backDated = try BackDated.found(
      by: min(lastPastDay, asOf.referenceDate), of: fund, after: from, through: through,
      in: connection)
    var named = Set(backDated.map(\.sequence))
    let figures = funds.flatMap {
      $0.figures + $0.sides.flatMap(\.figures) + $0.commitments.flatMap(\.figures)
    }
    for step in figures.flatMap(\.steps) { named.formUnion(step.span.sequences) }
    return Answer(
      from: from, through: through, lastPastDay: lastPastDay,
      totals: fund == nil ? totals(before, after) : [], funds: funds, backDated: backDated,
      entries: try trail.entries(named))
  }

  private func funds(
    _ trail: Replay, _ before: Overview, _ after: Overview
  ) throws -> [FundChanges] {
    let earlier = Dictionary(
      before.rows.map { ($0.fund.id, $0) }, uniquingKeysWith: { first, _ in first })
    let touched = try trail.touched(only: fund)
    let most = TrailSpan.mostStates(of: touched.mapValues(\.count), inAll: mostStates)
    return try after.rows.compactMap { row in
      guard fund == nil || row.fund.id == fund, let sequences = touched[row.fund.id] else {
        return nil
      }
      let spans = TrailSpan.spans(of: sequences, most: most[row.fund.id] ?? 1)
      let changes = try changes(of: row, since: earlier[row.fund.id], spans, trail)
      return changes.isEmpty ? nil : changes
    }
  }

  private func changes(
    of row: OverviewRow, since before: OverviewRow?, _ spans: [TrailSpan], _ trail: Replay
  ) throws -> FundChanges {
    let currency = row.fund.currency
    let first = before == nil ? nil : try trail.standing(of: row.fund.id, after: trail.from)
    let states = try spans.map { ($0, try trail.standing(of: row.fund.id, after: $0.last)) }
    func moved(_ state: (FundStanding?) -> FigureState) -> [MovedFigure] {
      var replay = FigureReplay(from: state(first))
      for (span, standing) in states { replay.add(state(standing), after: span) }
      return replay.moved
    }
    return FundChanges(
      fund: row.fund, before: before, after: row,
      figures: moved { FigureState($0?.row, in: currency) },
      sides: Side.allCases.compactMap { side in
        let figures = moved { FigureState(ofSide: $0?.position(of: side), in: currency) }
        return figures.isEmpty ? nil : SideChanges(side: side, figures: figures)
      },
      commitments: fund == nil
        ? []
        : commitments(in: [first] + states.map(\.1)).compactMap { commitment in
          let figures = moved { standing in
            let found = standing?.commitments.first { $0.commitment.id == commitment.id }
            return FigureState(found?.position, in: currency)
          }
          return figures.isEmpty
            ? nil : CommitmentChanges(commitment: commitment, figures: figures)
        })
  }

  /// A direct investment that was undone is there no more: it is known from before.
  private func commitments(in standings: [FundStanding?]) -> [Commitment] {
    var found: [Commitment.ID: Commitment] = [:]
    for standing in standings {
      for each in standing?.commitments ?? [] { found[each.commitment.id] = each.commitment }
    }
    return found.values.sorted { $0.id < $1.id }
  }

  private func totals(_ before: Overview, _ after: Overview) -> [Total] {
    after.totalsByCurrency.compactMap { later in
      let earlier = before.totalsByCurrency.first { $0.currency == later.currency }
      let was = FigureState(earlier, in: later.currency).values
      let figures = zip(was, FigureState(later, in: later.currency).values).compactMap {
        before, after in
        before.value == after.value
          ? nil : MovedFigure(before.name, before: before.value, after: after.value, steps: [])
      }
      return figures.isEmpty ? nil : Total(currency: later.currency, figures: figures)
    }
  }
}

extension TrailSpan {
  /// How many states of each fund are looked at: every one where there are few, and of what is left
  /// the others get even parts.
  static func mostStates<Key>(of counts: [Key: Int], inAll most: Int) -> [Key: Int] {
    var left = (states: most, keys: counts.count)
    var shares: [Key: Int] = [:]
    for (key, count) in counts.sorted(by: { $0.value < $1.value }) {
      let share = max(1, min(count, left.states / max(left.keys, 1)))
      shares[key] = share
      left = (max(0, left.states - share), left.keys - 1)
    }
    return shares
  }

  /// Sequences one by one, or where there are too many as even parts in a row.
  static func spans(of sequences: [Int64], most: Int) -> [TrailSpan] {
    let size = max(1, (sequences.count + most - 1) / max(most, 1))
    return stride(from: 0, to: sequences.count, by: size).compactMap { start in
      TrailSpan(Array(sequences[start..<Swift.min(start + size, sequences.count)]))
    }
  }
}

/// The figures of one reference date as they were known after each entry of the trail.
private struct Replay {
  let from: Int64
  private let through: Int64
  private let day: CalendarDate
  private let connection: any SQLConnection

  init(from: Int64, through: Int64, asOf: AsOf, in connection: any SQLConnection) {
    self.from = from
    self.through = through
    day = asOf.referenceDate
    self.connection = connection
  }

  /// The instant of an entry, which is when it became known; before the first nothing was.
  private func asOf(after sequence: Int64) throws -> AsOf {
    let row = try connection.rows(
      "SELECT recorded_at FROM audit WHERE sequence = $1", [.integer(sequence)]
    ).first
    return AsOf(day, knownAt: try row?.instant("recorded_at") ?? Instant(microseconds: 0))
  }

  func overview(after sequence: Int64, _ home: Currency) throws -> Overview {
    try OverviewAsOf(asOf(after: sequence), homeCurrency: home).answer(from: connection)
  }

  func standing(of fund: Fund.ID, after sequence: Int64) throws -> FundStanding? {
    guard try FundRecords.fund(fund, knownThrough: sequence, in: connection) != nil else {
      return nil
    }
    return try FundAsOf(fund, asOf(after: sequence)).answer(from: connection)
  }

  /// The entries in between that recorded anything of a fund, by fund, in their order.
  func touched(only fund: Fund.ID?) throws -> [Fund.ID: [Int64]] {
    var arguments: [SQLValue] = [.integer(from), .integer(through)]
    if let fund { arguments.append(.init(fund)) }
    let sql = fund == nil ? touchedSQL("fund_id IS NOT NULL") : touchedSQL("fund_id = $3")
    var touched: [Fund.ID: [Int64]] = [:]
    for row in try connection.rows(sql, arguments) {
      touched[try row.id("fund_id"), default: []].append(try row.integer("audit"))
    }
    return touched
  }

  func entries(_ sequences: Set<Int64>) throws -> [Int64: AuditEntry] {
    var entries: [Int64: AuditEntry] = [:]
    for sequence in sequences {
      entries[sequence] = try AuditTrail(
        before: sequence.addingReportingOverflow(1).partialValue, limit: 1
      ).answer(from: connection).first
    }
    return entries
  }
}

private func touchedSQL(_ condition: String) -> String {
  """
  SELECT DISTINCT fund_id, audit
  FROM (\(whatFactsAreAbout(where: "f.audit > $1 AND f.audit <= $2"))) AS about
  WHERE \(condition)
  ORDER BY fund_id, audit
  """
}
