import FundModel
import Store

/// The rows of a plan, and the entries of the books that they are compared with.
extension EntryPlan {
  func table(_ index: Int) -> TableReading { importer.readings[entries[index].table] }

  func has(_ column: String, _ index: Int) -> Bool { table(index).has(column) }

  func settle(_ index: Int, _ outcome: RowOutcome) throws {
    try table(index).settle(entries[index].row, outcome)
  }

  mutating func refuse(_ index: Int, _ column: String, _ sentence: Phrase) {
    entries[index].fate = .refused
    let column = entries[index].isInvestment && column == "paid_date" ? "investment_date" : column
    table(index).problem(entries[index].row, column, sentence)
  }

  func isRefused(_ index: Int) -> Bool {
    if case .refused = entries[index].fate { true } else { false }
  }

  func changeReason(_ index: Int) -> String {
    let table = table(index)
    return "\(table.table.name) \(table.outcomes.lines[entries[index].row])행"
  }

  func reversed(by id: Entry.ID) -> Phrase {
    Phrase("기록 \(id)번으로 취소한 기록입니다.", "Reversed as entry \(id).")
  }

  func standing(on item: CallItem.ID, without gone: [KnownEntry]) throws -> [KnownEntry] {
    try knownEntries(on: item).filter { entry in
      entry.stands && !gone.contains { $0.id == entry.id }
    }
  }

  func knownEntries(on item: CallItem.ID) throws -> [KnownEntry] {
    try connection.rows(entriesOfItemSQL, [.init(item)]).map { try known($0) }
  }

  /// The same, read for the whole call at once: rows of one call are looked at one after the other.
  mutating func callEntries(of item: ItemFacts) throws -> [KnownEntry] {
    let call = item.item.call
    if callEntries?.call != call {
      let entries = try connection.rows(entriesOfCallSQL, [.init(call)]).map { try known($0) }
      callEntries = (call, Dictionary(grouping: entries, by: \.item))
    }
    return callEntries?.ofItems[item.item.id] ?? []
  }

  func entry(_ id: Int64) throws -> KnownEntry? {
    try connection.rows(entrySQL, [.integer(id)]).first.map { try known($0) }
  }

  func known(_ row: SQLRow) throws -> KnownEntry {
    guard let kind = Entry.Kind(rawValue: try row.text("kind")) else {
      throw StoreError.malformed(column: "kind")
    }
    let reversedIn = try row.optionalInteger("reversed_in")
    return KnownEntry(
      id: try row.id("id"), item: try row.id("item_id"), kind: kind,
      units: kind.sign * (try row.integer("amount")), day: try row.date("effective_on"),
      memo: try row.text("memo"), reference: try row.text("reference"),
      audit: try row.integer("audit"), reverses: try row.optionalID("reverses"),
      reversedBy: try row.optionalID("reversed_by"),
      isAnswered: reversedIn.map(answered.contains) ?? false)
  }

  /// An item by its id alone: of an entry that a row names.
  func item(_ id: CallItem.ID) throws -> ItemFacts? {
    guard let row = try connection.rows(placeOfItemSQL, [.init(id)]).first,
      let fund = try importer.facts(of: row.id("fund_id"))
    else { return nil }
    let commitment: Commitment.ID = try row.id("commitment_id")
    let isInvestment = try row.side() == .investments
    let key = CallKey(
      investment: isInvestment ? commitment : nil, number: try row.integer("number"))
    return fund.calls[key]?.items[commitment]
  }

  /// Entries that an export of then had in its table of payments, and no row names.
  func missing(knownThrough known: Int64) throws -> MissingFacts {
    let ids = try connection.rows(knownPaymentsSQL, [.integer(known)]).map {
      try $0.integer("id")
    }
    return try MissingFacts(
      ids.filter { places[$0] == nil }, MissingFacts.ofPayments, in: connection)
  }
}

private let entryColumns = """
  e.id, e.item_id, e.kind, e.amount, e.effective_on, e.memo, e.reference, e.audit, e.reverses,
  r.id AS reversed_by, r.audit AS reversed_in
  """

private let entriesOfItemSQL = """
  SELECT \(entryColumns)
  FROM entry e
  LEFT JOIN entry r ON r.reverses = e.id
  WHERE e.item_id = $1
  ORDER BY e.id
  """

private let entriesOfCallSQL = """
  SELECT \(entryColumns)
  FROM call_item i
  JOIN entry e ON e.item_id = i.id
  LEFT JOIN entry r ON r.reverses = e.id
  WHERE i.call_id = $1
  ORDER BY e.id
  """

private let entrySQL = """
  SELECT \(entryColumns)
  FROM entry e
  LEFT JOIN entry r ON r.reverses = e.id
  WHERE e.id = $1 AND e.item_id IS NOT NULL
  """

private let placeOfItemSQL = """
  SELECT q.fund_id, q.side, q.number, i.commitment_id
  FROM call_item i
  JOIN capital_call q ON q.id = i.call_id
  WHERE i.id = $1
  """

private let knownPaymentsSQL = """
  SELECT e.id
  FROM entry e
  JOIN commitment c ON c.id = e.commitment_id
  JOIN call_item i ON i.id = e.item_id
  WHERE e.audit <= $1 AND \(FundRecords.isThere("e.fund_id", "$1"))
    AND (c.is_direct = 1 OR \(CallRecords.stands("i.call_id", "$1")))
    AND (c.is_direct = 0 OR e.id > (SELECT min(id) FROM entry WHERE commitment_id = c.id))
  """
