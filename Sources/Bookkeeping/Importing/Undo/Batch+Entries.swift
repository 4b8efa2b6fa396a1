import FundModel
import Store

/// Entries and direct investments of an import that is undone.
extension Batch {
  /// Reverses what stands of the entries that it recorded, and records again what it had reversed.
  func takeBackEntries() throws {
    try checkItems()
    var last = Int64.max
    while true {
      let page = try connection.rows(
        standingEntriesSQL, [.integer(sequence), .integer(last), .integer(entriesAtOnce)])
      guard let end = page.last else { break }
      last = try end.integer("id")
      for row in page { try appendOpposite(of: row) }
    }
    for row in try rows(reversedEntriesSQL) {
      guard let kind = Entry.Kind(rawValue: try row.text("kind")) else { continue }
      let (call, item, amount) = try place(of: row)
      _ = try books.appendEntry(
        kind, call: call, item: item, amount: amount, on: try row.date("effective_on"),
        settlement: try row.optionalInteger("settlement_id"), memo: try row.text("memo"),
        reference: try row.text("reference"))
    }
  }

  private func appendOpposite(of row: SQLRow) throws {
    guard let reversal = Entry.Kind(rawValue: try row.text("kind"))?.reversal else {
      throw StoreError.malformed(column: "kind")
    }
    let (call, item, amount) = try place(of: row)
    _ = try books.appendEntry(
      reversal, call: call, item: item, amount: amount, on: try row.date("effective_on"),
      reverses: try row.id("id"), memo: reason)
  }

  /// As much of an entry's call and item as a new entry on it needs.
  private func place(of row: SQLRow) throws -> (CapitalCall, CallItem, Money) {
    let currency = try row.currency()
    let day = try row.date("effective_on")
    let call = CapitalCall(
      id: try row.id("call_id"), fund: try row.id("fund_id"), side: try row.side(), number: 1,
      callType: "", noticeDate: day, dueDate: day)
    let item = CallItem(
      id: try row.id("item_id"), call: call.id, commitment: try row.id("commitment_id"),
      amount: .zero(currency))
    return (call, item, try row.money("amount", in: currency))
  }

  /// On items that were there before, later entries may rest on what is taken back: on every day each
  /// has to lie between zero and its amount without it.
  private func checkItems() throws {
    for row in try rows(olderItemsSQL) {
      let currency = try row.currency()
      let item: CallItem.ID = try row.id("id")
      let movements = try connection.rows(
        movementsWithoutSQL, [.init(item), .integer(sequence)]
      ).map { (day: try $0.date("effective_on"), units: try $0.integer("units")) }
      let history = try ItemHistory(
        amount: try row.money("amount", in: currency), movements: movements)
      guard history.breaches.isEmpty else {
        let later = try connection.rows(laterEntrySQL, [.init(item), .integer(sequence)]).first
        throw Refusal.laterFactsRest(on: try later?.integer("audit") ?? sequence)
      }
    }
  }

  /// Undoes direct investments that it recorded, and records anew those that it undid.
  func takeBackInvestments() throws {
    for row in try rows(investmentsSQL) {
      let currency = try row.currency()
      let commitment: Commitment.ID = try row.id("id")
      let notice = try row.date("notice_date")
      try books.appendCancellation(of: try row.id("call_id"), on: notice, reason)
      try books.appendChange(
        of: commitment, by: try row.money("amount", in: currency).negated, from: notice, reason)
    }
    for row in try rows(undoneInvestmentsSQL) {
      let currency = try row.currency()
      _ = try RecordInvestment(
        fund: try row.id("fund_id"), party: try row.id("party_id"),
        amount: try row.money("amount", in: currency), investedOn: try row.date("notice_date"),
        instrument: try row.text("instrument")
      ).execute(in: books)
    }
  }
}

/// So that an import of any size is taken back in bounded memory.
private let entriesAtOnce: Int64 = 5_000

private let entryColumns = """
  e.id, e.kind, e.fund_id, e.side, e.commitment_id, e.item_id, e.amount, e.effective_on,
  e.settlement_id, e.memo, e.reference, i.call_id, c.currency
  """

/// The last recorded first.
private let standingEntriesSQL = """
  SELECT \(entryColumns)
  FROM entry e
  JOIN call_item i ON i.id = e.item_id
  JOIN commitment c ON c.id = e.commitment_id
  WHERE e.audit = $1 AND e.id < $2 AND e.reverses IS NULL
    AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id)
  ORDER BY e.id DESC
  LIMIT $3
  """

/// What a direct investment's undoing reversed comes back with the investment.
private let reversedEntriesSQL = """
  SELECT \(entryColumns)
  FROM entry r
  JOIN entry e ON e.id = r.reverses
  JOIN call_item i ON i.id = e.item_id
  JOIN commitment c ON c.id = e.commitment_id
  WHERE r.audit = $1 AND e.audit < $1
    AND NOT EXISTS (
      SELECT 1 FROM call_cancellation x WHERE x.call_id = i.call_id AND x.audit = $1)
  ORDER BY e.id
  """

private let olderItemsSQL = """
  SELECT DISTINCT i.id, i.amount, c.currency
  FROM entry e
  JOIN call_item i ON i.id = e.item_id
  JOIN commitment c ON c.id = i.commitment_id
  WHERE e.audit = $1 AND i.audit < $1
  """

/// What stands on an item without the import: entries that it did not record, those it reversed too.
private let movementsWithoutSQL = """
  SELECT e.effective_on, e.amount * k.sign AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind AND k.reverses IS NULL
  WHERE e.item_id = $1 AND e.audit <> $2
    AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id AND r.audit <> $2)
  """

private let laterEntrySQL = """
  SELECT min(audit) AS audit FROM entry
  WHERE item_id = $1 AND audit > $2 AND reverses IS NULL
  HAVING min(audit) IS NOT NULL
  """

private let investmentsSQL = """
  SELECT c.id, c.currency, q.id AS call_id, q.notice_date, i.amount
  FROM commitment c
  JOIN capital_call q ON q.commitment_id = c.id
  JOIN call_item i ON i.call_id = q.id
  WHERE c.audit = $1 AND c.is_direct = 1
    AND NOT EXISTS (SELECT 1 FROM call_cancellation x WHERE x.call_id = q.id)
  ORDER BY c.id DESC
  """

private let undoneInvestmentsSQL = """
  SELECT c.fund_id, c.party_id, c.currency, q.notice_date, i.amount, v.instrument
  FROM call_cancellation x
  JOIN capital_call q ON q.id = x.call_id
  JOIN call_item i ON i.call_id = q.id
  JOIN commitment c ON c.id = q.commitment_id
  JOIN commitment_version v
    ON v.id = (SELECT max(id) FROM commitment_version WHERE commitment_id = c.id)
  WHERE x.audit = $1 AND c.is_direct = 1 AND c.audit < $1
  ORDER BY c.id
  """
