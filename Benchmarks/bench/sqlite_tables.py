"""The peers' SQLite files of the same rows: bare with a covering index, and as running totals."""

import sqlite3
from pathlib import Path

# `entry_covering` is what the scan reads; the rows are typed and bare: 64-bit keys and no text.
BARE = """
CREATE TABLE fund (fund INTEGER PRIMARY KEY, name, type, manager, formation, period_end, maturity,
  gp_commitment INTEGER, hurdle REAL);
CREATE TABLE commitment (fund INTEGER, day INTEGER, amount INTEGER);
CREATE TABLE item (item INTEGER PRIMARY KEY, fund INTEGER, class INTEGER, party INTEGER,
  notice INTEGER, amount INTEGER);
CREATE TABLE entry (entry INTEGER PRIMARY KEY, item INTEGER, fund INTEGER, class INTEGER,
  party INTEGER, day INTEGER, kind INTEGER, amount INTEGER, units INTEGER);
"""
BARE_INDICES = """
CREATE INDEX entry_covering ON entry (fund, class, day, units);
CREATE TABLE first_investment AS
  SELECT fund, min(day) AS day FROM entry WHERE class = 2 AND kind = 0 GROUP BY fund, party;
CREATE INDEX first_investment_fund ON first_investment (fund, day);
ANALYZE;
"""

# What each day changes, and what that adds up to. The same statements make PostgreSQL's tables.
STEPS = """
INSERT INTO step
SELECT fund, day, sum(commitment), sum(paid), sum(gp), sum(invested), sum(companies)
FROM (
  SELECT fund, day, amount AS commitment, 0 AS paid, 0 AS gp, 0 AS invested, 0 AS companies
  FROM commitment
  UNION ALL
  SELECT fund, day, 0, CASE WHEN class < 2 THEN units ELSE 0 END,
    CASE WHEN class = 1 THEN units ELSE 0 END, CASE WHEN class = 2 THEN units ELSE 0 END, 0
  FROM entry
  UNION ALL
  SELECT fund, min(day), 0, 0, 0, 0, 1
  FROM entry WHERE class = 2 AND kind = 0 GROUP BY fund, party
) AS change
GROUP BY fund, day
"""
RUNNING = """
INSERT INTO running
SELECT fund, day, sum(commitment) OVER past, sum(paid) OVER past, sum(gp) OVER past,
  sum(invested) OVER past, sum(companies) OVER past
FROM step
WINDOW past AS (PARTITION BY fund ORDER BY day)
"""
FIGURES = "commitment BIGINT, paid BIGINT, gp BIGINT, invested BIGINT, companies BIGINT"


def load(rows: Path, bare: Path, running: Path):
    """Makes both files; each is complete or not there."""
    for path in (bare, running):
        path.unlink(missing_ok=True)
    unfinished = bare.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with _open(unfinished) as db:
        db.executescript(BARE)
        for name, file in [
            ("fund", "funds"),
            ("commitment", "commitments"),
            ("item", "items"),
            ("entry", "entries"),
        ]:
            insert(db, name, rows / f"{file}.csv")
        db.executescript(BARE_INDICES)
    db.close()

    derived = running.with_suffix(".unfinished")
    derived.unlink(missing_ok=True)
    with _open(derived) as db:
        db.execute("ATTACH ? AS bare", [str(unfinished)])
        db.executescript(
            f"CREATE TABLE fund AS SELECT * FROM bare.fund;"
            f"CREATE TABLE first_of_company AS SELECT min(day) AS day FROM bare.entry"
            f" WHERE class = 2 AND kind = 0 GROUP BY party;"
            f"CREATE INDEX first_of_company_day ON first_of_company (day);"
            f"CREATE TABLE step (fund INTEGER, day INTEGER, {FIGURES},"
            f" PRIMARY KEY (fund, day)) WITHOUT ROWID;"
            f"CREATE TABLE running (fund INTEGER, day INTEGER, {FIGURES},"
            f" PRIMARY KEY (fund, day)) WITHOUT ROWID;"
        )
        db.execute(STEPS)
        db.execute(RUNNING)
        db.commit()
        db.execute("ANALYZE main")
    db.close()
    # Readers in other processes never wait, as in a server that also writes.
    with _open(derived) as db:
        db.execute("PRAGMA journal_mode = WAL")
    db.close()
    unfinished.rename(bare)
    derived.rename(running)


def insert(db: sqlite3.Connection, table: str, file: Path):
    """Every line of a file; texts become numbers by the columns' affinity."""
    with file.open(encoding="utf-8") as lines:
        places = ", ".join("?" * (next(lines).count(",") + 1))
        rows = (line.rstrip("\n").split(",") for line in lines)
        db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    db.commit()


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
        db.execute(f"PRAGMA {setting}")
    return db
