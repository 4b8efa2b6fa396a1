internal import Store

/// Proof of what one entry of the audit trail wrote, and of all entries before it.
///
/// The digest is SHA-256 over three parts, each ended by a line feed: the digest of the seal before
/// (of the settings for the first), the entry itself, and a digest of each row that it wrote, in the
/// order of writing. Each is the canonical text of a JSON array: a table's name, then its columns'
/// values.
/// Who changes, adds or removes a row afterwards must make every later seal anew, and the last one
/// can be compared with a report that was printed before.
struct Seal: Hashable {
  let sequence: Int64
  /// Of each row the beginning of its digest: when the whole is not as it was, they say which row.
  let rowMarks: [UInt8]
  /// 64 hexadecimal digits.
  let digest: String

  /// What a first entry followed in books that were begun before the settings were sealed.
  static let nothingBefore = ""

  init(sequence: Int64, rowMarks: [UInt8], digest: String) {
    self.sequence = sequence
    self.rowMarks = rowMarks
    self.digest = digest
  }

  init(of entry: SQLRow, rows: [SealedRow], after digest: String) throws {
    sequence = try entry.integer("sequence")
    var (whole, marks) = (SHA256.Running(), [UInt8]())
    whole.add((digest + "\n").utf8)
    whole.add(canonicalText(of: entry, in: "audit") + [UInt8(ascii: "\n")])
    marks.reserveCapacity(rows.count * SealedRow.markSize)
    for row in rows {
      whole.add(row.digest)
      marks += row.mark
    }
    rowMarks = marks
    self.digest = whole.hex()
  }
}

/// One row of a table of facts as its seal sees it.
struct SealedRow {
  let table: String
  let id: Int64
  let audit: Int64
  let step: Int64
  /// SHA-256 of its canonical text.
  let digest: [UInt8]

  /// So many bytes of the digest tell a row from what it was, by mistake or by intent but for years
  /// of computing; and then the whole digest still differs.
  static let markSize = 8
  var mark: ArraySlice<UInt8> { digest.prefix(Self.markSize) }

  init(_ row: SQLRow, in table: String) throws(StoreError) {
    self.table = table
    id = try row.integer("id")
    audit = try row.integer("audit")
    step = try row.integer("step")
    digest = SHA256.bytes(of: canonicalText(of: row, in: table))
  }
}

/// One entry of the trail with the rows that it wrote, in the order of writing.
struct TrailEntry {
  let sequence: Int64
  let row: SQLRow
  let facts: [SealedRow]
}

/// Written at once rather than as a ``JSON`` value first: an import has a million rows.
private func canonicalText(of row: SQLRow, in table: String) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(256)
  text.append(UInt8(ascii: "["))
  JSON.write(table, to: &text)
  for value in row.values {
    text.append(UInt8(ascii: ","))
    switch value {
    case .null: text.append(contentsOf: "null".utf8)
    case .integer(let number): text.append(contentsOf: String(number).utf8)
    case .text(let written): JSON.write(written, to: &text)
    case .blob(let bytes):
      text.append(
        contentsOf: JSON.object([.init(name: "blob", value: .string(hexadecimal(bytes)))]).bytes)
    }
  }
  text.append(UInt8(ascii: "]"))
  return text
}

extension SQLConnection {
  /// Seals the entry just written, and no other: one whose seal was taken away stays without.
  ///
  /// - Parameter tables: those that the entry wrote to.
  func seal(_ sequence: Int64, of tables: Set<String>) throws {
    var digest = try rows(lastSealSQL).first?.text("digest") ?? settingsDigest()
    let written = factTables.filter(tables.contains)
    for entry in try trail(after: sequence - 1, of: written) { try seal(entry, after: &digest) }
  }

  /// Seals books from before there were seals, once.
  ///
  /// - Parameters:
  ///   - tables: the tables of facts that there are by then.
  ///   - keep: writes a seal into the table as it is by then.
  func sealTrail(
    of tables: [String], _ keep: (Seal, [SealedRow]) throws -> Void
  ) throws {
    var digest = try settingsDigest()
    var sequence: Int64 = 0
    while true {
      let entries = try trail(after: sequence, of: tables)
      guard let end = entries.last?.sequence else { return }
      for entry in entries {
        let seal = try Seal(of: entry.row, rows: entry.facts, after: digest)
        try keep(seal, entry.facts)
        digest = seal.digest
      }
      sequence = end
    }
  }

  /// What a first entry follows: how the books are kept, which no entry of the trail says.
  ///
  /// - Returns: 64 hexadecimal digits. A setting that is added later does not count, or every chain
  ///   of seals from before would be broken.
  func settingsDigest() throws -> String {
    guard let settings = try rows(settingsSQL).first else { throw StoreError.missingColumn("zone") }
    return SHA256.hex(of: canonicalText(of: settings, in: "setting"))
  }

  private func seal(_ entry: TrailEntry, after digest: inout String) throws {
    let seal = try Seal(of: entry.row, rows: entry.facts, after: digest)
    try run(appendSealSQL, [.integer(seal.sequence), .blob(seal.rowMarks), .text(seal.digest)])
    digest = seal.digest
  }

  /// Some entries after `sequence`, in order, with the rows that each wrote in the order of writing.
  ///
  /// - Throws: `malformed` when the file is so damaged that they do not come after it.
  func trail(after sequence: Int64, of tables: [String] = factTables) throws -> [TrailEntry] {
    let entries = try rows(entriesSQL, [.integer(sequence), .integer(entriesAtOnce)])
    guard let last = try entries.last?.integer("sequence") else { return [] }
    // Whoever reads on after the last one must come to an end, in a damaged file too.
    guard last > sequence else { throw StoreError.malformed(column: "sequence") }
    let facts = try tables.flatMap { try sealedRows(of: $0, after: sequence, through: last) }
    let ofEntry = Dictionary(grouping: facts, by: \.audit)
    return try entries.map { entry in
      let sequence = try entry.integer("sequence")
      let facts = (ofEntry[sequence] ?? []).sorted { ($0.step, $0.table) < ($1.step, $1.table) }
      return TrailEntry(sequence: sequence, row: entry, facts: facts)
    }
  }

  /// The rows of a table, as little of each as its seal needs.
  private func sealedRows(
    of table: String, after sequence: Int64, through last: Int64
  ) throws -> [SealedRow] {
    var sealed: [SealedRow] = []
    // No entry of the trail has a step after this one.
    var (audit, step) = (sequence, Int64.max)
    while true {
      let page = try rows(
        factsSQL(of: table),
        [.integer(audit), .integer(step), .integer(last), .integer(rowsAtOnce)])
      for row in page { sealed.append(try SealedRow(row, in: table)) }
      guard page.count == Int(rowsAtOnce), let end = sealed.last else { return sealed }
      guard (end.audit, end.step) > (audit, step) else {
        throw StoreError.malformed(column: "step")
      }
      (audit, step) = (end.audit, end.step)
    }
  }

  func seals(after sequence: Int64) throws -> [Seal] {
    try rows(sealsSQL, [.integer(sequence), .integer(entriesAtOnce)]).map {
      Seal(
        sequence: try $0.integer("sequence"), rowMarks: try $0.blob("row_marks"),
        digest: try $0.text("digest"))
    }
  }
}

/// So that books of any size are read in bounded memory; one entry can be a whole import.
private let entriesAtOnce: Int64 = 500

/// An import writes a million rows in one entry: they are not all in memory at once.
private let rowsAtOnce: Int64 = 5_000

private let lastSealSQL = "SELECT sequence, digest FROM audit_seal ORDER BY sequence DESC LIMIT 1"

private let settingsSQL = """
  SELECT
    (SELECT value FROM setting WHERE name = 'zone') AS zone,
    (SELECT value FROM setting WHERE name = 'home_currency') AS home_currency,
    (SELECT value FROM setting WHERE name = 'show_date') AS show_date
  """

private let appendSealSQL = """
  INSERT INTO audit_seal (sequence, row_marks, digest) VALUES ($1, $2, $3)
  """

private let sealsSQL = """
  SELECT sequence, row_marks, digest
  FROM audit_seal
  WHERE sequence > $1
  ORDER BY sequence
  LIMIT $2
  """

private let entriesSQL = """
  SELECT sequence, recorded_at, actor, command, content, outcome, request_key
  FROM audit
  WHERE sequence > $1
  ORDER BY sequence
  LIMIT $2
  """

/// All columns, so that none is forgotten.
private func factsSQL(of table: String) -> String {
  """
  SELECT * FROM \(table)
  WHERE (audit, step) > ($1, $2) AND audit <= $3
  ORDER BY audit, step
  LIMIT $4
  """
}
