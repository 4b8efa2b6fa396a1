internal import Store

/// The facts of migration 1, in an order in which each refers only to earlier ones.
let bookTables = [
  "fund", "party", "fund_version", "fund_total_change", "party_version", "commitment",
  "commitment_version", "commitment_change", "stated_paid_in", "capital_call", "call_version",
  "call_cancellation", "call_item", "settlement", "entry",
]

let m0001Books = Migration(
  number: 1, note: "The books: funds, parties, commitments, calls, items and the cash ledger.",
  sql: tables + indices + (bookTables + ["audit", "entry_kind"]).flatMap(refusals(of:)))

private let tables = [
  // Settings are no facts: they say how the books are kept, not what happened.
  """
  CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT
  """,
  """
  CREATE TABLE audit (
    sequence    INTEGER NOT NULL PRIMARY KEY CHECK (sequence > 0),
    recorded_at TEXT    NOT NULL UNIQUE,
    actor       TEXT    NOT NULL,
    command     TEXT    NOT NULL,
    content     TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    request_key TEXT,
    UNIQUE (actor, request_key)
  ) STRICT
  """,
  fact("party", ""),
  fact(
    "party_version",
    """
    party_id INTEGER NOT NULL REFERENCES party (id),
    name     TEXT    NOT NULL CHECK (name <> ''),
    industry TEXT    NOT NULL,
    """),
  fact(
    "fund",
    """
    currency         TEXT    NOT NULL,
    commitment_total INTEGER NOT NULL CHECK (commitment_total >= 0),
    """),
  fact(
    "fund_version",
    """
    fund_id               INTEGER NOT NULL REFERENCES fund (id),
    name                  TEXT    NOT NULL CHECK (name <> ''),
    fund_type             TEXT    NOT NULL,
    fund_manager          TEXT    NOT NULL,
    gp_party_id           INTEGER REFERENCES party (id),
    formation_date        TEXT,
    investment_period_end TEXT,
    maturity_date         TEXT,
    dissolution_date      TEXT,
    gp_commitment         INTEGER NOT NULL CHECK (gp_commitment >= 0),
    hurdle_rate           INTEGER,
    """),
  // A dated change of the registered total (증액, later closing); without a date from the beginning.
  fact(
    "fund_total_change",
    """
    fund_id      INTEGER NOT NULL REFERENCES fund (id),
    amount       INTEGER NOT NULL CHECK (amount <> 0),
    effective_on TEXT,
    reason       TEXT    NOT NULL,
    """),
  // One model for both sides. A commitment has its own currency, equal to the fund's for now.
  fact(
    "commitment",
    """
    fund_id   INTEGER NOT NULL REFERENCES fund (id),
    side      TEXT    NOT NULL CHECK (side IN ('partners', 'investments')),
    party_id  INTEGER NOT NULL REFERENCES party (id),
    currency  TEXT    NOT NULL,
    amount    INTEGER NOT NULL CHECK (amount >= 0),
    is_direct INTEGER NOT NULL CHECK (is_direct IN (0, 1)),
    """),
  fact(
    "commitment_version",
    """
    commitment_id INTEGER NOT NULL REFERENCES commitment (id),
    partner_type  TEXT    NOT NULL,
    instrument    TEXT    NOT NULL,
    """),
  fact(
    "commitment_change",
    """
    commitment_id INTEGER NOT NULL REFERENCES commitment (id),
    amount        INTEGER NOT NULL CHECK (amount <> 0),
    effective_on  TEXT,
    reason        TEXT    NOT NULL,
    """),
  fact(
    "stated_paid_in",
    """
    commitment_id INTEGER NOT NULL REFERENCES commitment (id),
    amount        INTEGER NOT NULL CHECK (amount >= 0),
    """),
  // On the investments side a call asks one commitment, and numbers count per commitment.
  fact(
    "capital_call",
    """
    fund_id                INTEGER NOT NULL REFERENCES fund (id),
    side                   TEXT    NOT NULL CHECK (side IN ('partners', 'investments')),
    commitment_id          INTEGER REFERENCES commitment (id),
    number                 INTEGER NOT NULL CHECK (number BETWEEN 1 AND 1000000),
    notice_date            TEXT    NOT NULL,
    over_commitment_reason TEXT    NOT NULL,
    """, "CHECK ((side = 'partners') = (commitment_id IS NULL))"),
  fact(
    "call_version",
    """
    call_id   INTEGER NOT NULL REFERENCES capital_call (id),
    call_type TEXT    NOT NULL,
    due_date  TEXT    NOT NULL,
    """),
  fact(
    "call_cancellation",
    """
    call_id      INTEGER NOT NULL UNIQUE REFERENCES capital_call (id),
    cancelled_on TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    """),
  fact(
    "call_item",
    """
    call_id           INTEGER NOT NULL REFERENCES capital_call (id),
    commitment_id     INTEGER NOT NULL REFERENCES commitment (id),
    amount            INTEGER NOT NULL CHECK (amount <> 0),
    inside_commitment INTEGER NOT NULL CHECK (inside_commitment IN (0, 1)),
    """, "UNIQUE (call_id, commitment_id)"),
  // Kinds are rows, so that later ones (proceeds, fees) need no change of the ledger's table.
  """
  CREATE TABLE entry_kind (
    code           TEXT    NOT NULL PRIMARY KEY,
    sign           INTEGER NOT NULL CHECK (sign IN (-1, 1)),
    counts_paid_in INTEGER NOT NULL CHECK (counts_paid_in IN (0, 1)),
    counts_cost    INTEGER NOT NULL CHECK (counts_cost IN (0, 1)),
    needs_item     INTEGER NOT NULL CHECK (needs_item IN (0, 1)),
    reverses       TEXT    REFERENCES entry_kind (code)
  ) STRICT
  """,
  """
  INSERT INTO entry_kind (code, sign, counts_paid_in, counts_cost, needs_item, reverses) VALUES
    ('payment',           1, 1, 1, 1, NULL),
    ('refund',           -1, 1, 1, 1, NULL),
    ('payment_reversal', -1, 1, 1, 1, 'payment'),
    ('refund_reversal',   1, 1, 1, 1, 'refund')
  """,
  // The entries of one wire.
  fact(
    "settlement",
    """
    fund_id      INTEGER NOT NULL REFERENCES fund (id),
    effective_on TEXT    NOT NULL,
    reference    TEXT    NOT NULL,
    memo         TEXT    NOT NULL,
    """),
  // The cash ledger. Amounts are more than zero: the kind says which way the money went.
  fact(
    "entry",
    """
    kind          TEXT    NOT NULL REFERENCES entry_kind (code),
    fund_id       INTEGER NOT NULL REFERENCES fund (id),
    side          TEXT    NOT NULL CHECK (side IN ('partners', 'investments')),
    commitment_id INTEGER NOT NULL REFERENCES commitment (id),
    item_id       INTEGER REFERENCES call_item (id),
    amount        INTEGER NOT NULL CHECK (amount > 0),
    fund_amount   INTEGER NOT NULL CHECK (fund_amount > 0),
    effective_on  TEXT    NOT NULL,
    settlement_id INTEGER REFERENCES settlement (id),
    reverses      INTEGER UNIQUE REFERENCES entry (id),
    memo          TEXT    NOT NULL,
    reference     TEXT    NOT NULL,
    """),
]

private let indices = [
  "CREATE INDEX fund_version_fund ON fund_version (fund_id, audit)",
  "CREATE INDEX fund_total_change_fund ON fund_total_change (fund_id)",
  "CREATE INDEX party_version_party ON party_version (party_id, audit)",
  "CREATE INDEX party_version_name ON party_version (name)",
  "CREATE INDEX fund_version_name ON fund_version (name)",
  """
  CREATE UNIQUE INDEX commitment_one_per_partner ON commitment (fund_id, party_id)
  WHERE side = 'partners'
  """,
  "CREATE INDEX commitment_fund ON commitment (fund_id, side)",
  "CREATE INDEX commitment_party ON commitment (party_id)",
  "CREATE INDEX commitment_version_commitment ON commitment_version (commitment_id, audit)",
  "CREATE INDEX commitment_change_commitment ON commitment_change (commitment_id)",
  "CREATE INDEX stated_paid_in_commitment ON stated_paid_in (commitment_id, audit)",
  """
  CREATE UNIQUE INDEX capital_call_number_per_fund ON capital_call (fund_id, number)
  WHERE side = 'partners'
  """,
  """
  CREATE UNIQUE INDEX capital_call_number_per_commitment ON capital_call (commitment_id, number)
  WHERE side = 'investments'
  """,
  "CREATE INDEX capital_call_fund ON capital_call (fund_id, side)",
  "CREATE INDEX call_version_call ON call_version (call_id, audit)",
  "CREATE INDEX call_item_commitment ON call_item (commitment_id)",
  "CREATE INDEX entry_item ON entry (item_id, effective_on)",
  "CREATE INDEX entry_commitment ON entry (commitment_id, effective_on, audit, kind, fund_amount)",
  "CREATE INDEX entry_fund ON entry (fund_id, effective_on)",
]
