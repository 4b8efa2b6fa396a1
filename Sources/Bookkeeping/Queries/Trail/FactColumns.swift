/// What the columns of the tables of facts hold, so that a recorded row can be read by people.
enum FactColumn: Hashable, Sendable {
  case text
  /// Minor units of the fund's currency.
  case amount
  case date
  /// Ten-thousandths of a per cent.
  case percent
  case flag
  case number
  case side
  case entryKind
  case currency
  case fund, party, commitment, call, item, entry, settlement, feed
  /// For the program alone, such as a digest.
  case hidden
}

/// One table of facts, but for its id and its stamp.
struct FactTable: Sendable {
  let name: String
  let columns: [(name: String, holds: FactColumn)]
  /// The column that names what its rows are versions of: the last known counts, so each changes the
  /// one before.
  var versionOf: String?

  static func named(_ name: String) -> FactTable {
    all.first { $0.name == name } ?? FactTable(name: name, columns: [])
  }

  static let all: [FactTable] = [
    FactTable(name: "fund", columns: [("currency", .currency), ("commitment_total", .amount)]),
    FactTable(name: "party", columns: []),
    FactTable(
      name: "fund_version",
      columns: [
        ("fund_id", .fund), ("name", .text), ("fund_type", .text), ("fund_manager", .text),
        ("gp_party_id", .party), ("formation_date", .date), ("investment_period_end", .date),
        ("maturity_date", .date), ("dissolution_date", .date), ("gp_commitment", .amount),
        ("hurdle_rate", .percent),
      ], versionOf: "fund_id"),
    FactTable(
      name: "fund_total_change",
      columns: [
        ("fund_id", .fund), ("amount", .amount), ("effective_on", .date), ("reason", .text),
      ]),
    FactTable(
      name: "party_version",
      columns: [("party_id", .party), ("name", .text), ("industry", .text)], versionOf: "party_id"),
    FactTable(
      name: "commitment",
      columns: [
        ("fund_id", .fund), ("side", .side), ("party_id", .party), ("currency", .currency),
        ("amount", .amount), ("is_direct", .flag),
      ]),
    FactTable(
      name: "commitment_version",
      columns: [("commitment_id", .commitment), ("partner_type", .text), ("instrument", .text)],
      versionOf: "commitment_id"),
    FactTable(
      name: "commitment_change",
      columns: [
        ("commitment_id", .commitment), ("amount", .amount), ("effective_on", .date),
        ("reason", .text),
      ]),
    FactTable(
      name: "stated_paid_in", columns: [("commitment_id", .commitment), ("amount", .amount)],
      versionOf: "commitment_id"),
    FactTable(
      name: "capital_call",
      columns: [
        ("fund_id", .fund), ("side", .side), ("commitment_id", .commitment), ("number", .number),
        ("notice_date", .date), ("over_commitment_reason", .text), ("credit_reason", .text),
      ]),
    FactTable(
      name: "call_version",
      columns: [("call_id", .call), ("call_type", .text), ("due_date", .date)],
      versionOf: "call_id"),
    FactTable(
      name: "call_cancellation",
      columns: [("call_id", .call), ("cancelled_on", .date), ("reason", .text)]),
    FactTable(
      name: "call_item",
      columns: [
        ("call_id", .call), ("commitment_id", .commitment), ("amount", .amount),
        ("inside_commitment", .hidden),
      ]),
    FactTable(
      name: "settlement",
      columns: [
        ("fund_id", .fund), ("effective_on", .date), ("reference", .text), ("memo", .text),
      ]),
    FactTable(
      name: "entry",
      columns: [
        ("kind", .entryKind), ("fund_id", .fund), ("side", .side), ("commitment_id", .commitment),
        ("item_id", .item), ("amount", .amount), ("fund_amount", .hidden),
        ("effective_on", .date), ("settlement_id", .settlement), ("reverses", .entry),
        ("memo", .text), ("reference", .text),
      ]),
    FactTable(
      name: "feed",
      columns: [("name", .text), ("with_amounts", .flag), ("token_digest", .hidden)]),
    FactTable(name: "feed_end", columns: [("feed_id", .feed)]),
    FactTable(
      name: "import_batch",
      columns: [
        ("file_name", .text), ("sha256", .text), ("row_count", .number), ("rows_new", .number),
        ("rows_changed", .number),
      ]),
    FactTable(name: "import_undo", columns: [("import_audit", .number), ("reason", .text)]),
    FactTable(name: "fund_withdrawal", columns: [("fund_id", .fund), ("reason", .text)]),
  ]
}

/// The columns that are read, by table, and those of them that people see.
package let columnsOfFacts: [String: [(name: String, isShown: Bool)]] = Dictionary(
  uniqueKeysWithValues: FactTable.all.map { table in
    (table.name, table.columns.map { ($0.name, $0.holds != .hidden) })
  })
