/// Every table of facts: only ever added to, each row stamped with its audit entry and its step in
/// it. In an order in which each refers only to earlier ones.
package let factTables = bookTables + feedTables + importFacts

/// One table of facts: its own columns between its id and its stamp, then a rule of its own, if any.
/// The audit entry is written last, when the outcome is known, so its key is checked at the commit.
func fact(_ table: String, _ columns: String, _ rule: String? = nil) -> String {
  """
  CREATE TABLE \(table) (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    \(columns)
    audit INTEGER NOT NULL REFERENCES audit (sequence) DEFERRABLE INITIALLY DEFERRED,
    step  INTEGER NOT NULL CHECK (step > 0),
    UNIQUE (audit, step)\(rule.map { ",\n  " + $0 } ?? "")
  ) STRICT
  """
}

/// How a fact is written into its table: its own columns, then its stamp.
struct FactInsert {
  let table: String
  let sql: String

  /// - Parameter columns: of the table's own, with commas between them, in the order of the values.
  init(into table: String, _ columns: String) {
    let own = columns.split(separator: ",").count
    let places = (1...own + 2).map { "$\($0)" }.joined(separator: ", ")
    self.table = table
    sql =
      "INSERT INTO \(table) (\(columns)\(own == 0 ? "" : ", ")audit, step) VALUES (\(places))"
  }
}

/// The schema is the last guard: facts, and the trail, are neither changed nor deleted; nor replaced,
/// which SQLite does without asking the DELETE trigger unless it is told to.
func refusals(of table: String) -> [String] {
  ["UPDATE", "DELETE"].map { change in
    """
    CREATE TRIGGER \(table)_refuses_\(change.lowercased()) BEFORE \(change) ON \(table)
    BEGIN SELECT RAISE(ABORT, '\(table) is only ever added to'); END
    """
  } + [
    """
    CREATE TRIGGER \(table)_refuses_replace BEFORE INSERT ON \(table)
    WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(sameRow(of: table)))
    BEGIN SELECT RAISE(ABORT, '\(table) is only ever added to'); END
    """
  ]
}

/// Whether a row that stands has a key of the new one.
private func sameRow(of table: String) -> String {
  let keys: [[String]] =
    switch table {
    case "audit": [["sequence"], ["recorded_at"], ["actor", "request_key"]]
    case "entry_kind": [["code"]]
    case sealTable: [["sequence"]]
    case "call_cancellation": [["id"], ["audit", "step"], ["call_id"]]
    case "call_item": [["id"], ["audit", "step"], ["call_id", "commitment_id"]]
    case "entry": [["id"], ["audit", "step"], ["reverses"]]
    case "feed": [["id"], ["audit", "step"], ["token_digest"]]
    case "import_undo": [["id"], ["audit", "step"], ["import_audit"]]
    case "fund_withdrawal": [["id"], ["audit", "step"], ["fund_id"]]
    case "feed_end": [["id"], ["audit", "step"], ["feed_id"]]
    default: [["id"], ["audit", "step"]]
    }
  return keys.map { key in
    "(" + key.map { "\($0) = NEW.\($0)" }.joined(separator: " AND ") + ")"
  }.joined(separator: " OR ")
}
