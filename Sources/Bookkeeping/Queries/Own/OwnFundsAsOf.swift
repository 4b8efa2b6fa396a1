package import FundModel
package import Store

/// What a partner sees of one fund: its terms, and its own commitments with their items and entries.
///
/// Nothing in it is of another partner, or a sum over the fund.
package struct OwnFund: Hashable, Sendable {
  package let id: Fund.ID
  package let currency: Currency
  package let terms: FundTerms
  /// What was paid is stated by the firm, without any cash history.
  package let isStated: Bool
  /// Those of the partner's parties, in order of registration.
  package let commitments: [CommitmentStanding]
  package let position: Position
  /// Every call that asks one of them, with those items alone; the latest first.
  package let calls: [CallSheet]

  /// Every entry on its commitments, in the ledger's order.
  package var entries: [LedgerLine] {
    calls.flatMap { $0.lines.flatMap(\.entries) }
      .sorted { ($0.entry.effectiveOn, $0.entry.id) < ($1.entry.effectiveOn, $1.entry.id) }
  }
}

/// The funds to which one of the parties has committed, as far as that partner may see them.
package struct OwnFundsAsOf: Query {
  package let parties: [Party.ID]
  /// One alone, when given.
  package let fund: Fund.ID?
  package let asOf: AsOf

  package init(_ parties: [Party.ID], fund: Fund.ID? = nil, _ asOf: AsOf) {
    self.parties = parties
    self.fund = fund
    self.asOf = asOf
  }

  /// - Returns: in order of registration; none for a fund that is not there or not theirs.
  package func answer(from connection: any SQLConnection) throws -> [OwnFund] {
    try funds(in: connection).map { try own(fund: $0, in: connection) }
  }

  /// In order of registration.
  func funds(in connection: any SQLConnection) throws -> [Fund.ID] {
    let owned = try CommitmentRecords.commitments(
      .all, on: asOf.referenceDate, knownThrough: try asOf.knownThrough(in: connection),
      in: connection
    ).filter { $0.side == .partners && !$0.isAbsent && parties.contains($0.party.id) }
    return Set(owned.map(\.fund)).sorted().filter { fund == nil || fund == $0 }
  }

  private func own(fund id: Fund.ID, in connection: any SQLConnection) throws -> OwnFund {
    let standing = try FundAsOf(id, asOf).answer(from: connection)
    let commitments = standing.commitments.filter {
      $0.commitment.side == .partners && parties.contains($0.commitment.party.id)
    }
    let own = Set(commitments.map(\.commitment.id))
    let currency = standing.row.fund.currency
    let calls = try CallSheetsAsOf(.ofFund(id), asOf).answer(from: connection)
      .compactMap { try $0.only(of: own, currency, on: asOf.referenceDate) }
    return OwnFund(
      id: id, currency: currency, terms: standing.row.fund.terms,
      isStated: standing.row.basis == .stated, commitments: commitments,
      position: try Position.sum(commitments.map(\.position), in: currency),
      calls: calls.reversed())
  }
}

extension CallSheet {
  /// The call as it stands for these commitments alone; `nil` where it asks none of them.
  func only(
    of commitments: Set<Commitment.ID>, _ currency: Currency, on day: CalendarDate
  ) throws(MoneyError) -> CallSheet? {
    let lines = lines.filter { commitments.contains($0.commitment.id) }
    guard let standing = try standing.only(of: commitments, currency, on: day) else { return nil }
    return CallSheet(standing: standing, lines: lines)
  }
}

extension CallStanding {
  /// The call as it stands for these commitments alone; `nil` where it asks none of them.
  func only(
    of commitments: Set<Commitment.ID>, _ currency: Currency, on day: CalendarDate
  ) throws(MoneyError) -> CallStanding? {
    let items = items.filter { commitments.contains($0.item.commitment) }
    guard !items.isEmpty else { return nil }
    return try CallStanding(call: call, items: items, currency: currency, on: day)
  }
}
