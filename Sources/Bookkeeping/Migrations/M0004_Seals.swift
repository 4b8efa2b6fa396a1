internal import Store

/// The table of migration 4: no fact, but proof that the facts are what was written.
let sealTable = "audit_seal"

let m0004Seals = Migration(
  number: 4, note: "Seals: a digest over each audit entry, the rows it wrote and the entry before.",
  sql: [
    // A column that a later migration adds to a sealed table must be left out of the sealed text
    // where it holds its default: else every seal from before is broken.
    """
    CREATE TABLE audit_seal (
      sequence    INTEGER NOT NULL PRIMARY KEY
                  REFERENCES audit (sequence) DEFERRABLE INITIALLY DEFERRED,
      row_digests BLOB    NOT NULL CHECK (length(row_digests) % 32 = 0),
      digest      TEXT    NOT NULL CHECK (length(digest) = 64)
    ) STRICT
    """
  ] + refusals(of: sealTable),
  fill: { connection in
    try connection.sealTrail(of: bookTables + feedTables) { seal, rows in
      try connection.run(
        "INSERT INTO audit_seal (sequence, row_digests, digest) VALUES ($1, $2, $3)",
        [.integer(seal.sequence), .blob(rows.flatMap(\.digest)), .text(seal.digest)])
    }
  })
