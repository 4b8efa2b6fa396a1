internal import Store

/// The facts of migration 6, in an order in which each refers only to earlier ones.
let importFacts = ["import_batch", "import_undo", "fund_withdrawal"]

/// The tables of migration 6 that are no facts: they say how files are read, and change in place.
let importHabits = ["name_alias", "import_layout"]

let m0006Imports = Migration(
  number: 6, note: "Imports: what was taken from which file, undoing it, names and layouts learnt.",
  sql: [
    // One row for each file that an import took, stamped with the import.
    fact(
      "import_batch",
      """
      file_name    TEXT    NOT NULL CHECK (file_name <> ''),
      sha256       TEXT    NOT NULL CHECK (length(sha256) = 64),
      row_count    INTEGER NOT NULL CHECK (row_count >= 0),
      rows_new     INTEGER NOT NULL CHECK (rows_new >= 0),
      rows_changed INTEGER NOT NULL CHECK (rows_changed >= 0),
      """),
    "CREATE INDEX import_batch_sha256 ON import_batch (sha256)",
    // Stamped with the entry that wrote the opposite facts; names the import that they answer.
    fact(
      "import_undo",
      """
      import_audit INTEGER NOT NULL UNIQUE REFERENCES audit (sequence),
      reason       TEXT    NOT NULL,
      """),
    // A fund that is not there from then on: only an import that registered it takes it back.
    fact(
      "fund_withdrawal",
      """
      fund_id INTEGER NOT NULL UNIQUE REFERENCES fund (id),
      reason  TEXT    NOT NULL,
      """),
  ] + importFacts.flatMap(refusals(of:)) + numbersOnce + [
    """
    CREATE TABLE name_alias (
      kind      TEXT    NOT NULL CHECK (kind IN ('fund', 'party')),
      folded    TEXT    NOT NULL CHECK (folded <> ''),
      spelling  TEXT    NOT NULL,
      target_id INTEGER NOT NULL,
      PRIMARY KEY (kind, folded)
    ) STRICT
    """,
    """
    CREATE TABLE import_layout (
      fingerprint TEXT NOT NULL PRIMARY KEY,
      mapping     TEXT NOT NULL,
      used_by     TEXT NOT NULL,
      used_at     TEXT NOT NULL
    ) STRICT
    """,
  ])

/// The number of a call that an undone import had issued is free again, so no index can hold it.
private let numbersOnce = [
  "DROP INDEX capital_call_number_per_fund",
  "DROP INDEX capital_call_number_per_commitment",
  "CREATE INDEX capital_call_number_of_fund ON capital_call (fund_id, number)",
  "CREATE INDEX capital_call_number_of_commitment ON capital_call (commitment_id, number)",
  """
  CREATE TRIGGER capital_call_number_once BEFORE INSERT ON capital_call
  WHEN EXISTS (
    SELECT 1 FROM capital_call c
    WHERE c.fund_id = NEW.fund_id AND c.number = NEW.number AND c.side = NEW.side
      AND (NEW.side = 'partners' OR c.commitment_id = NEW.commitment_id)
      AND \(callStands("c.id")))
  BEGIN SELECT RAISE(ABORT, 'capital_call is only ever added to, and has this number already'); END
  """,
]

/// The condition that no undone import takes a call back, of whatever is known; part of the schema.
private func callStands(_ call: String) -> String {
  """
  NOT EXISTS (
        SELECT 1 FROM call_cancellation x
        JOIN import_undo u ON u.audit = x.audit
        WHERE x.call_id = \(call))
  """
}
