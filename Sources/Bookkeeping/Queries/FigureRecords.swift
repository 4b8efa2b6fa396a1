import FundModel
import Store

/// The records behind figures, as lines that add up to them.
struct FigureRecords {
  let connection: any SQLConnection
  private let asOf: AsOf
  private let known: Int64

  init(_ asOf: AsOf, in connection: any SQLConnection) throws {
    self.connection = connection
    self.asOf = asOf
    known = try asOf.knownThrough(in: connection)
  }

  func fund(_ id: Fund.ID) throws -> Fund {
    guard let fund = try FundRecords.fund(id, knownThrough: known, in: connection) else {
      throw Refusal.unknown(.fund, id.rawValue)
    }
    return fund
  }

  func commitment(_ id: Commitment.ID) throws -> Commitment {
    let found = try CommitmentRecords.commitments(
      .one(id), on: asOf.referenceDate, knownThrough: known, in: connection)
    guard let commitment = found.first else { throw Refusal.unknown(.commitment, id.rawValue) }
    return commitment
  }

  func call(_ id: CapitalCall.ID) throws -> CallStanding {
    guard let call = try CallsAsOf(.one(id), asOf).answer(from: connection).first else {
      throw Refusal.unknown(.call, id.rawValue)
    }
    return call
  }

  func item(_ id: CallItem.ID) throws -> CallItem {
    let found = try CallRecords.items(.item(id), knownThrough: known, in: connection)
    guard let item = found.first else { throw Refusal.unknown(.item, id.rawValue) }
    return item
  }

  private func commitments(
    of funds: [Fund]
  ) throws -> [Commitment.ID: Commitment] {
    let selection: CommitmentRecords.Selection =
      if let only = funds.first, funds.count == 1 { .ofFund(only.id) } else { .all }
    return Dictionary(
      uniqueKeysWithValues: try CommitmentRecords.commitments(
        selection, on: asOf.referenceDate, knownThrough: known, in: connection
      ).map { ($0.id, $0) })
  }
}

// MARK: - Entries

extension FigureRecords {
  /// Standing entries on commitments that count, fund by fund in the order of the ledger.
  func entries(
    of funds: [Fund], _ counts: (Commitment) -> Bool
  ) throws -> [Explanation.Line] {
    guard !funds.isEmpty else { return [] }
    let ledger = try LedgerAsOf(fund: funds.count == 1 ? funds.first?.id : nil, asOf)
      .answer(from: connection)
    let byFund = Dictionary(grouping: ledger.filter(\.stands), by: \.entry.fund)
    let commitments = try commitments(of: funds)
    return funds.flatMap { fund in
      (byFund[fund.id] ?? []).compactMap { entry in
        guard let commitment = commitments[entry.entry.commitment], counts(commitment) else {
          return nil
        }
        return entry.line(in: fund, on: commitment)
      }
    }
  }

  /// Standing entries on the items of a call that count.
  func entries(
    of call: CallStanding, _ counts: (CallItem) -> Bool
  ) throws -> [Explanation.Line] {
    let fund = try fund(call.call.fund)
    let commitments = try commitments(of: [fund])
    let items = Set(call.items.map(\.item).filter(counts).map(\.id))
    return try LedgerAsOf(call: call.call.id, asOf).answer(from: connection)
      .filter { line in line.stands && line.entry.item.map(items.contains) == true }
      .map { $0.line(in: fund, on: commitments[$0.entry.commitment]) }
  }
}

extension LedgerLine {
  /// Neither reversed nor a reversal: those drop out at every reference date.
  fileprivate var stands: Bool { !entry.kind.isReversal && reversedBy == nil }

  fileprivate func line(in fund: Fund, on commitment: Commitment?) -> Explanation.Line {
    Explanation.Line(
      entry.kind.sign < 0 ? .refund : .payment,
      entry.kind.sign < 0 ? entry.amount.negated : entry.amount, fund: fund,
      commitment: commitment,
      call: call.flatMap { id in callNumber.map { .init(id: id, number: $0) } }, entry: entry.id,
      date: entry.effectiveOn, memo: memo)
  }
}

// MARK: - Items

extension FigureRecords {
  /// Items of calls: what they ask, or what is left of those where something is.
  ///
  /// - Parameter figure: noticed (calls that count on the reference date only), amount (all of
  ///   them), outstanding or credits due.
  func items(
    of calls: [CallStanding], _ figure: Figure, _ counts: (CallItem) -> Bool
  ) throws -> [Explanation.Line] {
    let fund = try calls.first.map { try self.fund($0.call.fund) }
    guard let fund else { return [] }
    let commitments = try commitments(of: [fund])
    return calls.flatMap { call -> [Explanation.Line] in
      guard figure != .noticed || call.call.counts(on: asOf.referenceDate) else { return [] }
      return call.items.filter { counts($0.item) }.compactMap { item in
        let isRemainder = figure == .outstanding || figure == .creditsDue
        let amount = isRemainder ? item.value(of: figure)?.amount : item.item.amount
        guard let amount, !amount.isZero else { return nil }
        return Explanation.Line(
          .item, amount, fund: fund, commitment: commitments[item.item.commitment],
          call: .init(id: call.call.id, number: call.call.number), date: call.call.noticeDate,
          remainder: isRemainder
            ? .init(item: item.item.id, asked: item.item.amount, paid: item.paid) : nil)
      }
    }
  }
}

// MARK: - Promises

extension FigureRecords {
  /// The registered total: its first amount and the changes that count.
  func promises(of fund: Fund) throws -> [Explanation.Line] {
    let changes = try connection.rows(
      totalChangesSQL, [.init(asOf.referenceDate), .integer(known), .init(fund.id)])
    let first = Explanation.Line(.firstAmount, fund.firstCommitmentTotal, fund: fund)
    return (first.amount.isZero ? [] : [first])
      + (try changes.map { try change($0, of: nil, in: fund) })
  }

  /// What each commitment promised first, and the changes that count.
  func promises(of commitments: [Commitment], in fund: Fund) throws -> [Explanation.Line] {
    let shared: [SQLValue] = [.init(asOf.referenceDate), .integer(known), .init(fund.id)]
    let firsts = Dictionary(
      uniqueKeysWithValues: try connection.rows(firstAmountsSQL, [.init(fund.id)]).map { row in
        (
          try row.id("id", of: Commitment.self),
          try row.money("amount", in: fund.currency)
        )
      })
    let changes = try Dictionary(
      grouping: try connection.rows(commitmentChangesSQL, shared)
    ) { try $0.id("commitment_id", of: Commitment.self) }
    return try commitments.flatMap { commitment -> [Explanation.Line] in
      let first = firsts[commitment.id].map {
        Explanation.Line(.firstAmount, $0, fund: fund, commitment: commitment)
      }
      return [first].compactMap { $0 }.filter { !$0.amount.isZero }
        + (try (changes[commitment.id] ?? []).map { try change($0, of: commitment, in: fund) })
    }
  }

  private func change(
    _ row: SQLRow, of commitment: Commitment?, in fund: Fund
  ) throws -> Explanation.Line {
    Explanation.Line(
      .change, try row.money("amount", in: fund.currency), fund: fund, commitment: commitment,
      date: try row.optionalDate("effective_on"), memo: try row.text("reason"))
  }
}

// MARK: - Stated paid-in

extension FigureRecords {
  /// What the firm stated of each partner that counts.
  func stated(of fund: Fund, _ counts: (Commitment) -> Bool) throws -> [Explanation.Line] {
    let stated = try CommitmentRecords.statedPaidIn(knownThrough: known, in: connection)
    return try partners(of: fund).filter(counts).compactMap { commitment in
      let amount = Money(minorUnits: stated[commitment.id] ?? 0, fund.currency)
      guard !amount.isZero else { return nil }
      return Explanation.Line(.stated, amount, fund: fund, commitment: commitment)
    }
  }

  /// The general partner's part of a stated paid-in: what is stated of partners of type GP; without
  /// one the registered GP commitment, never above what is stated in all.
  func statedGPPart(of fund: Fund) throws -> [Explanation.Line] {
    guard try !partners(of: fund).contains(where: \.isGeneralPartner) else {
      return try stated(of: fund, \.isGeneralPartner)
    }
    let registered = fund.terms.gpCommitment
    guard !registered.isZero else { return [] }
    let all = try Money.sum(stated(of: fund) { _ in true }.map(\.amount), in: fund.currency)
    let above = try registered - all
    return [Explanation.Line(.gpCommitment, registered, fund: fund)]
      + (above.isPositive ? [Explanation.Line(.aboveStated, above.negated, fund: fund)] : [])
  }

  private func partners(of fund: Fund) throws -> [Commitment] {
    try CommitmentRecords.commitments(
      .ofFund(fund.id), on: asOf.referenceDate, knownThrough: known, in: connection
    ).filter { $0.side == .partners }
  }
}

/// Those from the beginning first, then by date.
private let totalChangesSQL = """
  SELECT amount, effective_on, reason
  FROM fund_total_change
  WHERE fund_id = $3 AND audit <= $2 AND (effective_on IS NULL OR effective_on <= $1)
  ORDER BY coalesce(effective_on, ''), id
  """

private let firstAmountsSQL = "SELECT id, amount FROM commitment WHERE fund_id = $1"

private let commitmentChangesSQL = """
  SELECT x.commitment_id, x.amount, x.effective_on, x.reason
  FROM commitment_change x
  JOIN commitment c ON c.id = x.commitment_id
  WHERE c.fund_id = $3 AND x.audit <= $2 AND (x.effective_on IS NULL OR x.effective_on <= $1)
  ORDER BY coalesce(x.effective_on, ''), x.id
  """
