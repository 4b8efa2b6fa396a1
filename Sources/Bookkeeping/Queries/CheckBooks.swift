import FundModel
package import Store

/// Something that sound books never show.
package struct Finding: Hashable, Sendable {
  /// The invariant that fails, in a few words.
  package let invariant: String
  /// Where: the table and id of the row, or what the database said.
  package let row: String

  package init(invariant: String, row: String) {
    self.invariant = invariant
    self.row = row
  }
}

/// Re-reads the whole books and tries every invariant that can be stated.
///
/// The schema and the commands let none of these happen; this finds what a damaged file, another
/// program or a mistake of ours did all the same.
package struct CheckBooks: Query {
  package init() {}

  /// - Returns: nothing for sound books; else the offending rows, invariant by invariant.
  package func answer(from connection: any SQLConnection) throws -> [Finding] {
    let checks = [
      integrity, schema, rows, dates, currencies, trail, seals, againstTrail, guards, commitments,
      totals, index,
    ]
    return checks.flatMap { check in
      do { return try check(connection) } catch {
        return [Finding(invariant: "the books can be read", row: "\(error)")]
      }
    }
  }

  private func rows(_ connection: any SQLConnection) throws -> [Finding] {
    try rowInvariants.flatMap { invariant, sql in
      try connection.rows(sql).map { Finding(invariant: invariant, row: try Self.describe($0)) }
    }
  }

  private static func describe(_ row: SQLRow) throws -> String {
    try row.columns.map { "\($0) \(try plain(row.value($0)))" }.joined(separator: ", ")
  }

  private static func plain(_ value: SQLValue) -> String {
    switch value {
    case .null: "null"
    case .integer(let number): String(number)
    case .text(let text): text
    case .blob(let bytes): "\(bytes.count) bytes"
    }
  }

  private func againstTrail(_ connection: any SQLConnection) throws -> [Finding] {
    try CheckAgainstTrail(connection: connection).findings()
  }

  // MARK: What the database itself can tell

  private func integrity(_ connection: any SQLConnection) throws -> [Finding] {
    let pages = try connection.rows("PRAGMA integrity_check").map { try $0.text("integrity_check") }
    let keys = try connection.rows("PRAGMA foreign_key_check")
    let isWhole = pages == ["ok"]
    return pages.filter { $0 != "ok" }.map {
      Finding(invariant: "the file is whole", row: $0)
    }
      + (isWhole ? [] : factTables.compactMap { unreadable($0, connection) })
      + (try keys.map {
        Finding(
          invariant: "every row refers to rows that exist",
          row: "\(try $0.text("table")) row \(Self.plain(try $0.value("rowid")))")
      })
  }

  /// Where reading a table from its beginning comes to a stop: of a page SQLite may say no more than
  /// that it is malformed, and the rows on it may be found by an index all the same.
  private func unreadable(_ table: String, _ connection: any SQLConnection) -> Finding? {
    var last: Int64 = 0
    while true {
      do {
        let rows = try connection.rows(
          "SELECT * FROM \(table) NOT INDEXED WHERE id > $1 ORDER BY id LIMIT 100",
          [.integer(last)])
        guard let end = rows.last else { return nil }
        let id = try end.integer("id")
        guard id > last else { throw StoreError.malformed(column: "id") }
        last = id
      } catch {
        return Finding(
          invariant: "every table can be read to its end", row: "\(table), after row \(last)")
      }
    }
  }

  /// The schema is the guard of the facts: it is, to the letter, what the migrations made.
  private func schema(_ connection: any SQLConnection) throws -> [Finding] {
    let statements = BooksFile.migrations.flatMap(\.sql)
    let made = Self.standing(of: statements)
    let found = try connection.rows(
      "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    ).map { row in
      let name = try row.text("name")
      return (name: name, sql: Self.asMade(try row.text("sql"), of: name, by: statements))
    }
    let gone = made.subtracting(found.map(\.sql)).map { sql in
      "what is gone or changed: \(sql.split(whereSeparator: \.isWhitespace).prefix(3).joined(separator: " "))"
    }
    let added = found.filter { $0.name != "migration" && !made.contains($0.sql) }
      .map { "what no migration made: \($0.name)" }
    return (gone.sorted() + added).map {
      Finding(invariant: "facts are only ever added to", row: $0)
    }
  }

  /// What of the statements that make something no later one has taken away. A table that is renamed
  /// has given its rows to another and is gone.
  private static func standing(of statements: [String]) -> Set<String> {
    var made: Set<String> = []
    for sql in statements {
      let words = sql.split(separator: " ", maxSplits: 3).map(String.init)
      switch words.prefix(2) {
      case ["DROP", "INDEX"]: made = made.filter { !$0.contains(" INDEX \(words[2]) ON ") }
      case ["DROP", "TRIGGER"]: made = made.filter { !$0.contains(" TRIGGER \(words[2]) ") }
      case ["ALTER", "TABLE"] where words[3].hasPrefix("RENAME TO "):
        made = made.filter { !$0.hasPrefix("CREATE TABLE \(words[2]) ") }
      default: if sql.hasPrefix("CREATE ") { made.insert(sql) }
      }
    }
    return made
  }

  /// The text of a table as its migration wrote it: SQLite writes the columns that later ones added
  /// into it. Nothing where such a column is not there.
  private static func asMade(_ sql: String, of table: String, by statements: [String]) -> String {
    let start = "ALTER TABLE \(table) ADD COLUMN "
    return statements.filter { $0.hasPrefix(start) }.reduce(sql) { sql, statement in
      let column = ", \(statement.dropFirst(start.count))"
      return sql.contains(column) ? sql.replacing(column, with: "", maxReplacements: 1) : ""
    }
  }

  // MARK: What needs the model

  private func dates(_ connection: any SQLConnection) throws -> [Finding] {
    try dateColumns.flatMap { table, column in
      try connection.rows("SELECT id, \(column) AS day FROM \(table) WHERE \(column) IS NOT NULL")
        .filter { CalendarDate(try $0.text("day")) == nil }
        .map {
          Finding(
            invariant: "every day is in the calendar",
            row: "\(table) \(try $0.integer("id")), \(column) \(try $0.text("day"))")
        }
    }
  }

  private func currencies(_ connection: any SQLConnection) throws -> [Finding] {
    try connection.rows("SELECT id, currency FROM fund ORDER BY id")
      .filter { Currency(code: try $0.text("currency")) == nil }
      .map {
        Finding(
          invariant: "every currency is known",
          row: "fund \(try $0.integer("id")), \(try $0.text("currency"))")
      }
  }

  /// The trail counts 1, 2, 3 … and its instants only go forward.
  private func trail(_ connection: any SQLConnection) throws -> [Finding] {
    var findings: [Finding] = []
    var last: (sequence: Int64, instant: Instant)?
    for row in try connection.rows("SELECT sequence, recorded_at FROM audit ORDER BY sequence") {
      let sequence = try row.integer("sequence")
      guard let instant = Instant(try row.text("recorded_at")) else {
        findings.append(
          Finding(invariant: "every change has an instant", row: "audit \(sequence)"))
        continue
      }
      if sequence != (last?.sequence ?? 0) &+ 1 {
        findings.append(
          Finding(invariant: "the audit trail has no gap", row: "audit \(sequence)"))
      }
      if let last, instant <= last.instant {
        findings.append(
          Finding(invariant: "the audit trail only goes forward", row: "audit \(sequence)"))
      }
      last = (sequence, instant)
    }
    return findings
  }

  /// On every day each item's running total lies between zero and its amount.
  private func guards(_ connection: any SQLConnection) throws -> [Finding] {
    var movements: [CallItem.ID: [(day: CalendarDate, units: Int64)]] = [:]
    for row in try connection.rows(movementsSQL) {
      guard let day = CalendarDate(try row.text("effective_on")) else { continue }
      movements[try row.id("item_id"), default: []].append((day, try row.integer("units")))
    }
    return try connection.rows(itemsSQL).flatMap { row -> [Finding] in
      guard let currency = Currency(code: try row.text("currency")) else { return [] }
      let id: CallItem.ID = try row.id("id")
      let amount = try row.money("amount", in: currency)
      return try ItemHistory(amount: amount, movements: movements[id] ?? []).breaches.map {
        Finding(
          invariant: "an item holds between zero and its amount on every day",
          row: "call_item \(id), on \($0)")
      }
    }
  }

  /// No commitment and no registered total is below zero on any day.
  private func commitments(_ connection: any SQLConnection) throws -> [Finding] {
    var amounts: [String: Int64] = [:]
    var findings: [Finding] = []
    for row in try connection.rows(promisesSQL) {
      let key = "\(try row.text("source")) \(try row.integer("id"))"
      let day = try row.text("day")
      let (sum, overflow) = (amounts[key] ?? 0).addingReportingOverflow(try row.integer("units"))
      amounts[key] = sum
      if overflow || sum < 0 {
        findings.append(
          Finding(
            invariant: "no promise is below zero on any day",
            row: day.isEmpty ? "\(key), from the beginning" : "\(key), on \(day)"))
      }
    }
    return findings
  }

  /// Every figure can be computed, at the end of all days.
  private func totals(_ connection: any SQLConnection) throws -> [Finding] {
    do {
      _ = try OverviewAsOf(AsOf(.latest), homeCurrency: .krw).answer(from: connection)
      return []
    } catch let error as MoneyError {
      return [Finding(invariant: "every sum fits in 64 bits", row: error.description)]
    } catch StoreError.overflow {
      return [Finding(invariant: "every sum fits in 64 bits", row: "a sum of the overview")]
    }
  }
}

extension CheckBooks {
  /// What the server keeps in memory says what the facts say, on days spread over the ledger.
  private func index(_ connection: any SQLConnection) throws -> [Finding] {
    // What cannot be read or added up is told by the other checks.
    guard let figures = try? IndexedFigures(from: connection) else { return [] }
    let days = try connection.rows(
      "SELECT min(effective_on) AS first, max(effective_on) AS last FROM entry")
    guard let row = days.first, let first = CalendarDate(try row.optionalText("first") ?? ""),
      let last = CalendarDate(try row.optionalText("last") ?? "")
    else { return [] }
    let step = max(last.days(since: first) / 8, 1)
    return try (0...8).map { first.adding(days: $0 * step) }.compactMap { day in
      let question = OverviewAsOf(AsOf(day), homeCurrency: .krw)
      guard let facts = try? question.answer(from: connection),
        try facts != question.answer(from: figures)
      else { return nil }
      return Finding(
        invariant: "figures in memory are those of the facts", row: "the overview of \(day)")
    }
  }
}

private let dateColumns = [
  ("fund_version", "formation_date"), ("fund_version", "investment_period_end"),
  ("fund_version", "maturity_date"), ("fund_version", "dissolution_date"),
  ("fund_total_change", "effective_on"), ("commitment_change", "effective_on"),
  ("capital_call", "notice_date"), ("call_version", "due_date"),
  ("call_cancellation", "cancelled_on"), ("settlement", "effective_on"),
  ("entry", "effective_on"),
]

/// Each selects the offending rows.
private let rowInvariants: [(String, String)] = [
  (
    "a fund, a party, a commitment and a call have a version",
    """
    SELECT 'fund' AS of, f.id FROM fund f
    WHERE NOT EXISTS (SELECT 1 FROM fund_version v WHERE v.fund_id = f.id)
    UNION ALL SELECT 'party', p.id FROM party p
    WHERE NOT EXISTS (SELECT 1 FROM party_version v WHERE v.party_id = p.id)
    UNION ALL SELECT 'commitment', c.id FROM commitment c
    WHERE NOT EXISTS (SELECT 1 FROM commitment_version v WHERE v.commitment_id = c.id)
    UNION ALL SELECT 'capital_call', c.id FROM capital_call c
    WHERE NOT EXISTS (SELECT 1 FROM call_version v WHERE v.call_id = c.id)
    """
  ),
  (
    "no amount is larger than what is recorded at once",
    """
    SELECT 'entry' AS of, id FROM entry WHERE amount > 1000000000000000
    UNION ALL SELECT 'call_item', id FROM call_item
    WHERE amount > 1000000000000000 OR amount < -1000000000000000
    UNION ALL SELECT 'commitment', id FROM commitment WHERE amount > 1000000000000000
    UNION ALL SELECT 'commitment_change', id FROM commitment_change
    WHERE amount > 1000000000000000 OR amount < -1000000000000000
    UNION ALL SELECT 'stated_paid_in', id FROM stated_paid_in WHERE amount > 1000000000000000
    """
  ),
  (
    "a call has items",
    """
    SELECT c.id AS capital_call FROM capital_call c
    WHERE NOT EXISTS (SELECT 1 FROM call_item i WHERE i.call_id = c.id)
    """
  ),
  (
    "a call is due on its notice date or later",
    """
    SELECT v.id AS call_version, c.notice_date, v.due_date
    FROM call_version v
    JOIN capital_call c ON c.id = v.call_id
    WHERE v.due_date < c.notice_date
    """
  ),
  (
    "call numbers count up",
    """
    SELECT c.fund_id AS fund, c.number, count(*) AS count
    FROM capital_call c
    WHERE \(CallRecords.stands("c.id"))
    GROUP BY c.fund_id, c.side, coalesce(c.commitment_id, 0), c.number
    HAVING count(*) > 1
    """
  ),
  (
    "an item's commitment belongs to its call",
    """
    SELECT i.id AS call_item
    FROM call_item i
    JOIN capital_call c ON c.id = i.call_id
    JOIN commitment m ON m.id = i.commitment_id
    WHERE m.fund_id <> c.fund_id OR m.side <> c.side
       OR (c.side = 'investments' AND c.commitment_id <> m.id)
    """
  ),
  (
    "a commitment is in its fund's currency",
    """
    SELECT m.id AS commitment, m.currency
    FROM commitment m
    JOIN fund f ON f.id = m.fund_id
    WHERE m.currency <> f.currency
    """
  ),
  (
    "a partner has a type, an investment none",
    """
    SELECT v.id AS commitment_version
    FROM commitment_version v
    JOIN commitment m ON m.id = v.commitment_id
    WHERE (m.side = 'partners') = (v.partner_type = '')
    """
  ),
  (
    "an entry agrees with its item",
    """
    SELECT e.id AS entry
    FROM entry e
    JOIN call_item i ON i.id = e.item_id
    JOIN capital_call c ON c.id = i.call_id
    WHERE e.fund_id <> c.fund_id OR e.side <> c.side OR e.commitment_id <> i.commitment_id
       OR e.amount <> e.fund_amount
    """
  ),
  (
    "an entry of this kind has an item",
    """
    SELECT e.id AS entry
    FROM entry e
    JOIN entry_kind k ON k.code = e.kind AND k.needs_item = 1
    WHERE e.item_id IS NULL
    """
  ),
  (
    "no money moved before the notice date",
    """
    SELECT e.id AS entry, e.effective_on, c.notice_date
    FROM entry e
    JOIN call_item i ON i.id = e.item_id
    JOIN capital_call c ON c.id = i.call_id
    WHERE e.effective_on < c.notice_date
    """
  ),
  (
    "a credit takes no payment",
    """
    SELECT e.id AS entry
    FROM entry e
    JOIN call_item i ON i.id = e.item_id
    WHERE i.amount < 0 AND e.kind IN ('payment', 'payment_reversal')
    """
  ),
  (
    "a reversal names an entry of its kind, item, amount and day",
    """
    SELECT e.id AS entry
    FROM entry e
    JOIN entry_kind k ON k.code = e.kind
    LEFT JOIN entry t ON t.id = e.reverses
    WHERE (k.reverses IS NULL) <> (e.reverses IS NULL)
       OR (e.reverses IS NOT NULL
           AND (t.kind <> k.reverses OR t.item_id <> e.item_id OR t.amount <> e.amount
                OR t.effective_on <> e.effective_on OR t.id >= e.id))
    """
  ),
  (
    "nothing stands on a cancelled call",
    """
    SELECT e.id AS entry
    FROM entry e
    JOIN entry_kind k ON k.code = e.kind AND k.reverses IS NULL
    JOIN call_item i ON i.id = e.item_id
    JOIN call_cancellation x ON x.call_id = i.call_id
    WHERE NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id)
    """
  ),
  (
    "a call is cancelled on its notice date or later",
    """
    SELECT x.id AS call_cancellation, x.cancelled_on, c.notice_date
    FROM call_cancellation x
    JOIN capital_call c ON c.id = x.call_id
    WHERE x.cancelled_on < c.notice_date
    """
  ),
  (
    "paid-in is stated of partners only",
    """
    SELECT s.id AS stated_paid_in
    FROM stated_paid_in s
    JOIN commitment m ON m.id = s.commitment_id
    WHERE m.side <> 'partners'
    """
  ),
  (
    "no two parties go by one name",
    """
    SELECT v.name, count(*) AS count
    FROM party_version v
    WHERE v.id = (SELECT max(id) FROM party_version WHERE party_id = v.party_id)
    GROUP BY v.name
    HAVING count(*) > 1
    """
  ),
  (
    "no two funds go by one name",
    """
    SELECT v.name, count(*) AS count
    FROM fund_version v
    WHERE v.id = (SELECT max(id) FROM fund_version WHERE fund_id = v.fund_id)
      AND NOT EXISTS (SELECT 1 FROM fund_withdrawal w WHERE w.fund_id = v.fund_id)
    GROUP BY v.name
    HAVING count(*) > 1
    """
  ),
  (
    "entry kinds are as the program knows them",
    """
    WITH known (code, sign, counts_paid_in, counts_cost, needs_item, reverses) AS (
      VALUES ('payment', 1, 1, 1, 1, NULL), ('refund', -1, 1, 1, 1, NULL),
        ('payment_reversal', -1, 1, 1, 1, 'payment'), ('refund_reversal', 1, 1, 1, 1, 'refund'))
    SELECT 'not known' AS kind, code, sign, counts_paid_in, counts_cost, needs_item, reverses
    FROM (SELECT code, sign, counts_paid_in, counts_cost, needs_item, reverses FROM entry_kind
          EXCEPT SELECT * FROM known)
    UNION ALL
    SELECT 'missing', code, sign, counts_paid_in, counts_cost, needs_item, reverses
    FROM (SELECT * FROM known
          EXCEPT
          SELECT code, sign, counts_paid_in, counts_cost, needs_item, reverses FROM entry_kind)
    """
  ),
]

private let movementsSQL = """
  SELECT e.item_id, e.effective_on, e.amount * k.sign AS units
  FROM entry e
  JOIN entry_kind k ON k.code = e.kind
  WHERE e.item_id IS NOT NULL
  ORDER BY e.id
  """

private let itemsSQL = """
  SELECT i.id, i.amount, m.currency
  FROM call_item i
  JOIN commitment m ON m.id = i.commitment_id
  ORDER BY i.id
  """

/// First amounts, changes from the beginning together with them, then dated changes day by day.
private let promisesSQL = """
  SELECT source, id, day, CAST(sum(units) AS BIGINT) AS units
  FROM (
    SELECT 'commitment' AS source, id, '' AS day, amount AS units FROM commitment
    UNION ALL
    SELECT 'commitment', commitment_id, coalesce(effective_on, ''), amount FROM commitment_change
    UNION ALL
    SELECT 'fund', id, '', commitment_total FROM fund
    UNION ALL
    SELECT 'fund', fund_id, coalesce(effective_on, ''), amount FROM fund_total_change
  ) p
  GROUP BY source, id, day
  ORDER BY source, id, day
  """
