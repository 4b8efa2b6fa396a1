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
  /// The civil date of ``since`` in the books' zone: what is dated up to it was past then.
  package let sinceDay: CalendarDate
  /// One fund with its commitments; all of them with their totals when `nil`.
  package let fund: Fund.ID?
  package let homeCurrency: Currency
  /// How many states are looked at at most; where more entries touched a fund, some in a row are
  /// taken together.
  package let mostStates: Int

  package init(
    _ asOf: AsOf, since: Instant, sinceDay: CalendarDate, fund: Fund.ID? = nil,
    homeCurrency: Currency, mostStates: Int = 400
  ) {
    self.asOf = asOf
    self.since = since
    self.sinceDay = sinceDay
    self.fund = fund
    self.homeCurrency = homeCurrency
    self.mostStates = mostStates
  }

  package struct Answer: Sendable {
    /// The last entry of the trail that counts in the earlier state; 0 where none does.
    package let from: Int64
    /// The same in the later one.
    package let through: Int64
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
    /// Only where one fund was asked about: its commitments of which anything moved.
    package let commitments: [CommitmentChanges]
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
      by: min(sinceDay, asOf.referenceDate), of: fund, after: from, through: through,
      in: connection)
    var named = Set(backDated.map(\.sequence))
    for figure in funds.flatMap({ $0.figures + $0.commitments.flatMap(\.figures) }) {
      for step in figure.steps { named.formUnion([step.span.first, step.span.last]) }
    }
    return Answer(
      from: from, through: through,
      totals: fund == nil ? totals(before, after) : [], funds: funds, backDated: backDated,
      entries: try trail.entries(named))
  }

  private func funds(
    _ trail: Replay, _ before: Overview, _ after: Overview
  ) throws -> [FundChanges] {
    let earlier = Dictionary(
      before.rows.map { ($0.fund.id, $0) }, uniquingKeysWith: { first, _ in first })
    let touched = try trail.touched(only: fund)
    // One entry alone needs no look in between; where there are more, they share what may be looked at.
    let many = touched.values.count { $0.count > 1 }
    let each = max(1, mostStates / max(many, 1))
    return try after.rows.compactMap { row in
      guard fund == nil || row.fund.id == fund, let sequences = touched[row.fund.id] else {
        return nil
      }
      let spans = TrailSpan.spans(of: sequences, most: each)
      let changes =
        fund == nil
        ? try changes(of: row, since: earlier[row.fund.id], spans, trail)
        : try changesInFull(of: row, since: earlier[row.fund.id], spans, trail)
      let same =
        changes.figures.isEmpty && changes.commitments.isEmpty && changes.before == changes.after
      return same ? nil : changes
    }
  }

  private func changes(
    of row: OverviewRow, since before: OverviewRow?, _ spans: [TrailSpan], _ trail: Replay
  ) throws -> FundChanges {
    let currency = row.fund.currency
    var replay = FigureReplay(from: FigureState(before, in: currency))
    for span in spans.dropLast() {
      replay.add(
        FigureState(try trail.row(of: row.fund.id, after: span.last), in: currency), after: span)
    }
    if let last = spans.last { replay.add(FigureState(row, in: currency), after: last) }
    return FundChanges(
      fund: row.fund, before: before, after: row, figures: replay.moved, commitments: [])
  }

  private func changesInFull(
    of row: OverviewRow, since before: OverviewRow?, _ spans: [TrailSpan], _ trail: Replay
  ) throws -> FundChanges {
    let currency = row.fund.currency
    let id = row.fund.id
    let first = before == nil ? nil : try trail.standing(of: id, after: trail.from)
    let states = try spans.map { ($0, try trail.standing(of: id, after: $0.last)) }
    var replay = FigureReplay(from: FigureState(before, in: currency))
    for (span, state) in states { replay.add(FigureState(state?.row, in: currency), after: span) }

    func position(_ commitment: Commitment.ID, _ standing: FundStanding?) -> Position? {
      standing?.commitments.first { $0.commitment.id == commitment }?.position
    }
    // A direct investment that was undone is there no more: it is known from before.
    var commitments: [Commitment.ID: Commitment] = [:]
    for standing in [first] + states.map({ $0.1 }) {
      for found in standing?.commitments ?? [] {
        commitments[found.commitment.id] = found.commitment
      }
    }
    let moved = commitments.values.sorted { $0.id < $1.id }.compactMap {
      commitment -> CommitmentChanges? in
      var replay = FigureReplay(
        from: FigureState(position(commitment.id, first), in: currency))
      for (span, state) in states {
        replay.add(FigureState(position(commitment.id, state), in: currency), after: span)
      }
      let figures = replay.moved
      return figures.isEmpty ? nil : CommitmentChanges(commitment: commitment, figures: figures)
    }
    return FundChanges(
      fund: row.fund, before: before, after: row, figures: replay.moved, commitments: moved)
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
  /// Sequences one by one, or where there are too many as even parts in a row.
  static func spans(of sequences: [Int64], most: Int) -> [TrailSpan] {
    let size = max(1, (sequences.count + most - 1) / max(most, 1))
    return stride(from: 0, to: sequences.count, by: size).compactMap { start in
      let part = sequences[start..<Swift.min(start + size, sequences.count)]
      guard let first = part.first, let last = part.last else { return nil }
      return TrailSpan(first: first, last: last, count: part.count)
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

  func row(of fund: Fund.ID, after sequence: Int64) throws -> OverviewRow? {
    guard let found = try FundRecords.fund(fund, knownThrough: sequence, in: connection) else {
      return nil
    }
    return try OverviewSums(asOf(after: sequence), of: fund, in: connection).row(of: found)
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
