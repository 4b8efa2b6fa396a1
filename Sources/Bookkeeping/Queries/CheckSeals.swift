import FundModel
import Store

extension CheckBooks {
  /// Every row that the trail knows of is there and as it was written, and none besides; each entry
  /// follows the one before it, the first the settings.
  func seals(_ connection: any SQLConnection) throws -> [Finding] {
    var findings: [Finding] = []
    var before = [try connection.settingsDigest(), Seal.nothingBefore]
    var sequence: Int64 = 0
    while true {
      let entries = try connection.trail(after: sequence)
      guard let last = entries.last else { break }
      let seals = Dictionary(
        try connection.seals(after: sequence).map { ($0.sequence, $0) },
        uniquingKeysWith: { first, _ in first })
      for entry in entries {
        guard let seal = seals[entry.sequence] else {
          findings.append(
            Finding(invariant: "every change is sealed", row: "audit \(entry.sequence)"))
          continue
        }
        let changed = Self.changes(of: entry.facts, from: seal)
        findings += changed
        let follows = try before.contains {
          try Seal(of: entry.row, rows: entry.facts, after: $0) == seal
        }
        if changed.isEmpty, !follows {
          let other = before.count == 1 ? "the one before it" : "a setting"
          findings.append(
            Finding(
              invariant: "every change is as it was sealed",
              row: "audit \(entry.sequence), or \(other)"))
        }
        // What is sealed is what the next one follows: one change is found once.
        before = [seal.digest]
      }
      sequence = last.sequence
    }
    return findings + (try Self.strangers(in: connection))
  }

  /// The marks of a seal are in the order of steps, which count from 1 in each entry.
  private static func changes(of facts: [SealedRow], from seal: Seal) -> [Finding] {
    let size = SealedRow.markSize
    var sealed: [Int64: ArraySlice<UInt8>] = [:]
    for index in 0..<(seal.rowMarks.count / size) {
      sealed[Int64(index + 1)] = seal.rowMarks[index * size..<(index + 1) * size]
    }
    var findings: [Finding] = []
    for fact in facts {
      let mark = sealed.removeValue(forKey: fact.step)
      guard mark != fact.mark else { continue }
      findings.append(
        Finding(
          invariant: mark == nil
            ? "every row was written with its change" : "every row is as it was written",
          row: "\(fact.table) \(fact.id) (audit \(fact.audit), step \(fact.step))"))
    }
    return findings
      + sealed.keys.sorted().map { step in
        Finding(
          invariant: "every row that was written is there",
          row: "audit \(seal.sequence), step \(step)")
      }
  }

  /// Rows and seals of changes that the trail has not.
  private static func strangers(in connection: any SQLConnection) throws -> [Finding] {
    let rows = try factTables.flatMap { table in
      try connection.rows(
        "SELECT id FROM \(table) t WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.sequence = t.audit)"
      ).map { "\(table) \(try $0.integer("id"))" }
    }
    let seals = try connection.rows(
      """
      SELECT sequence FROM audit_seal s
      WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.sequence = s.sequence)
      """
    ).map { "audit_seal \(try $0.integer("sequence"))" }
    return (rows + seals).map { Finding(invariant: "every row was written by a change", row: $0) }
  }
}
