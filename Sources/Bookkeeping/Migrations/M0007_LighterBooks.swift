internal import Store

/// What is left out can be had from what stays: a third of the file of books that came in by imports.
let m0007LighterBooks = Migration(
  number: 7,
  note: "Seals keep the beginning of each row's digest; a fund's entries are found by commitment.",
  sql: [
    // Each commitment is one fund's, so the index by commitment finds them as well.
    "DROP INDEX entry_fund"
  ] + ["update", "delete", "replace"].map { "DROP TRIGGER \(sealTable)_refuses_\($0)" } + [
    "ALTER TABLE \(sealTable) RENAME TO audit_seal_before",
    """
    CREATE TABLE audit_seal (
      sequence  INTEGER NOT NULL PRIMARY KEY
                REFERENCES audit (sequence) DEFERRABLE INITIALLY DEFERRED,
      row_marks BLOB    NOT NULL CHECK (length(row_marks) % 8 = 0),
      digest    TEXT    NOT NULL CHECK (length(digest) = 64)
    ) STRICT
    """,
  ] + refusals(of: sealTable),
  fill: { connection in
    let seals = try connection.rows("SELECT sequence FROM audit_seal_before ORDER BY sequence")
    // One after the other: that of an import is large.
    for seal in seals {
      guard
        let before = try connection.rows(
          "SELECT sequence, row_digests, digest FROM audit_seal_before WHERE sequence = $1",
          [.integer(seal.integer("sequence"))]
        ).first
      else { continue }
      let digests = try before.blob("row_digests")
      var marks: [UInt8] = []
      marks.reserveCapacity(digests.count / SHA256.byteCount * SealedRow.markSize)
      for start in stride(from: 0, to: digests.count, by: SHA256.byteCount) {
        marks += digests[start...].prefix(SealedRow.markSize)
      }
      try connection.run(
        "INSERT INTO audit_seal (sequence, row_marks, digest) VALUES ($1, $2, $3)",
        [.integer(before.integer("sequence")), .blob(marks), .text(before.text("digest"))])
    }
    try connection.run("DROP TABLE audit_seal_before")
  })
