package import FundModel
package import Store

/// One line of the cash ledger as people read it.
package struct LedgerLine: Hashable, Sendable {
  package let entry: Entry
  package let party: Party
  /// The number of the call that it settles.
  package let callNumber: Int64?
  package let call: CapitalCall.ID?
  /// Its commitment is a direct investment, which is undone as a whole.
  package let isDirectInvestment: Bool
  package let memo: String
  package let reference: String
  /// The reversal that took it out, where one is known.
  package let reversedBy: Entry.ID?
  package let recorded: AuditStamp
}

/// The cash ledger up to a reference date: by date, then in the order of recording. Reversed
/// entries and their reversals stay in it.
package struct LedgerAsOf: Query {
  /// Every fund when `nil`.
  package let fund: Fund.ID?
  /// Only entries of one call when given.
  package let call: CapitalCall.ID?
  /// Only entries on one commitment when given.
  package let commitment: Commitment.ID?
  /// Only entries that one change of the books wrote, by its sequence, when given.
  package let recordedBy: Int64?
  package let asOf: AsOf

  package init(
    fund: Fund.ID? = nil, call: CapitalCall.ID? = nil, commitment: Commitment.ID? = nil,
    recordedBy: Int64? = nil, _ asOf: AsOf
  ) {
    self.fund = fund
    self.call = call
    self.commitment = commitment
    self.recordedBy = recordedBy
    self.asOf = asOf
  }

  package func answer(from connection: any SQLConnection) throws -> [LedgerLine] {
    let known = try asOf.knownThrough(in: connection)
    if let fund, try FundRecords.fund(fund, knownThrough: known, in: connection) == nil {
      throw Refusal.unknown(.fund, fund.rawValue)
    }
    var conditions = ""
    var arguments: [SQLValue] = [.init(asOf.referenceDate), .integer(known)]
    if let fund {
      arguments.append(.init(fund))
      conditions += " AND \(isEntry(ofFund: "$\(arguments.count)"))"
    }
    if let call {
      arguments.append(.init(call))
      conditions += " AND i.call_id = $\(arguments.count)"
    }
    if let commitment {
      arguments.append(.init(commitment))
      conditions += " AND e.commitment_id = $\(arguments.count)"
    }
    if let recordedBy {
      arguments.append(.integer(recordedBy))
      conditions += " AND e.audit = $\(arguments.count)"
    }
    return try connection.rows(ledgerSQL(conditions), arguments).map(LedgerLine.init(row:))
  }
}

extension LedgerLine {
  fileprivate init(row: SQLRow) throws {
    guard let kind = Entry.Kind(rawValue: try row.text("kind")) else {
      throw StoreError.malformed(column: "kind")
    }
    entry = Entry(
      id: try row.id("id"), kind: kind, fund: try row.id("fund_id"), side: try row.side(),
      commitment: try row.id("commitment_id"), item: try row.optionalID("item_id"),
      amount: try row.money("amount", in: try row.currency()),
      effectiveOn: try row.date("effective_on"), reverses: try row.optionalID("reverses"))
    party = Party(
      id: try row.id("party_id"), name: try row.text("name"), industry: try row.text("industry"))
    callNumber = try row.optionalInteger("number")
    call = try row.optionalID("call_id")
    isDirectInvestment = try row.flag("is_direct")
    memo = try row.text("memo")
    reference = try row.text("reference")
    reversedBy = try row.optionalID("reversed_by")
    recorded = AuditStamp(
      sequence: try row.integer("audit"), recordedAt: try row.instant("recorded_at"))
  }
}

private func ledgerSQL(_ conditions: String) -> String {
  """
  SELECT e.id, e.kind, e.fund_id, e.side, e.commitment_id, e.item_id, e.amount, c.currency,
         e.effective_on, e.reverses, e.memo, e.reference, e.audit, a.recorded_at,
         c.party_id, c.is_direct, p.name, p.industry, i.call_id, q.number, r.id AS reversed_by
  FROM entry e
  JOIN audit a ON a.sequence = e.audit
  JOIN commitment c ON c.id = e.commitment_id
  JOIN party_version p
    ON p.id = (SELECT max(id) FROM party_version WHERE party_id = c.party_id AND audit <= $2)
  LEFT JOIN call_item i ON i.id = e.item_id
  LEFT JOIN capital_call q ON q.id = i.call_id
  LEFT JOIN entry r ON r.reverses = e.id AND r.audit <= $2
  WHERE e.effective_on <= $1 AND e.audit <= $2
    AND \(FundRecords.isThere("e.fund_id", "$2"))\(conditions)
  ORDER BY e.effective_on, e.id
  """
}
