"""1,000,000 payments from one CSV file: the whole job, from the file to books that are safe.

Funds, partners and calls are there already, of ours and of the peers; the file is the one that
Benchmarks/import_payments.py writes. Every import holds the guard over each item and makes the
running totals; afterwards what was paid is what was called, or nothing counts.
"""

import csv
import json
import shutil
import sqlite3
import sys
import time
from pathlib import Path

import aims
import sqlite_tables
from postgres_cluster import Cluster
from program import ROOT, built, cache_folder, compiled, peak_kib, python, run
from rounds import Contender, Job

sys.path.insert(0, str(ROOT / "Benchmarks"))
import import_payments  # noqa: E402

# Of each fund; a hundred funds of fifty partners, so 1,000,000 payments.
CALLS = 200

BARE = """
CREATE TABLE name (name TEXT, number INTEGER);
CREATE TABLE item (item INTEGER PRIMARY KEY, fund INTEGER, call INTEGER, partner INTEGER,
  amount INTEGER);
CREATE TABLE entry (entry INTEGER PRIMARY KEY, item INTEGER, fund INTEGER, partner INTEGER,
  day INTEGER, kind INTEGER, amount INTEGER);
CREATE TABLE running (fund INTEGER, day INTEGER, paid INTEGER, PRIMARY KEY (fund, day))
WITHOUT ROWID;
"""


def jobs(rounds: int, calls: int = CALLS) -> tuple[list[Job], dict]:
    folder = cache_folder() / f"import-{calls}"
    called = _prepare(folder, calls)
    peaks: list[int] = []

    def ours() -> float:
        books = folder / "taking.books"
        _copy(folder / "before.books", books)
        begun = time.perf_counter()
        _, peak = peak_kib(built("jangbu"), "import", "--books", books, folder / "payments.csv")
        taken = time.perf_counter() - begun
        peaks.append(peak)
        overview = run(
            built("jangbu"), "overview", "--books", books, "--as-of", "2199-12-31", "--json"
        )
        _check("Jangbu", json.loads(overview)["totals"]["total_paid_in"], called)
        return taken

    def sqlite() -> float:
        bare = folder / "taking.sqlite"
        _copy(folder / "before.sqlite", bare)
        program = compiled("importing_sqlite", "sqlite3")
        begun = time.perf_counter()
        run(program, bare, folder / "payments.csv")
        taken = time.perf_counter() - begun
        with sqlite3.connect(bare) as db:
            _check("SQLite", db.execute("SELECT sum(amount) FROM entry").fetchone()[0], called)
        db.close()
        return taken

    with Cluster() as cluster:
        _tables_of(cluster, folder)

        def postgres() -> float:
            cluster.sql("DROP TABLE IF EXISTS raw, entry, running")
            cluster.sql("CHECKPOINT")
            begun = time.perf_counter()
            cluster.sql(RAW)
            cluster.copy("raw", folder / "payments.csv")
            said = cluster.sql(TAKE)
            taken = time.perf_counter() - begun
            if said.strip():
                raise SystemExit(said)
            _check("PostgreSQL", int(cluster.sql("SELECT sum(amount) FROM entry")), called)
            return taken

        def duck() -> float:
            database = folder / "taking.duckdb"
            database.unlink(missing_ok=True)
            begun = time.perf_counter()
            said = run(*python("importing_duckdb.py", database, folder))
            taken = time.perf_counter() - begun
            _check("DuckDB", int(said), called)
            return taken

        job = Job(
            "import",
            f"import of {50 * 100 * calls:,} payments, whole job",
            "1M" if calls == CALLS else f"{calls}",
            "s",
            Contender("Jangbu", ours),
            [
                Contender("SQLite", sqlite),
                Contender("PostgreSQL", postgres),
                Contender("DuckDB", duck),
            ],
            aim=aims.IMPORT if calls == CALLS else None,
            against="SQLite",
        )
        job.run(rounds)
    size = (folder / "taking.books").stat().st_size
    return [job], {"peak_kib": max(peaks), "books_bytes": size}


def _prepare(folder: Path, calls: int) -> int:
    """The file, our books without the payments, and the peers' tables; answers what is called."""
    called = folder / "called"
    if called.exists():
        return int(called.read_text())
    print(f"Making {50 * 100 * calls:,} payments to import", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    sheets = folder / "firm"
    sheets.mkdir(parents=True)
    total = import_payments.write(sheets, folder / "payments.csv", calls)
    run(built("jangbu"), "init", "--books", folder / "before.books")
    run(built("jangbu"), "import", "--books", folder / "before.books", sheets)
    _bare(folder)
    called.write_text(str(total))
    return total


def _bare(folder: Path):
    """Funds, partners and items by number, as SQLite and as CSV for the others."""
    numbers: dict[str, int] = {}
    with (
        (folder / "firm/capital_call_items.csv").open(encoding="utf-8") as lines,
        (folder / "items.csv").open("w", encoding="utf-8", newline="") as items,
        (folder / "names.csv").open("w", encoding="utf-8", newline="") as names,
    ):
        write = csv.writer(items)
        write.writerow(["item", "fund", "call", "partner", "amount"])
        for item, row in enumerate(csv.DictReader(lines), 1):
            fund = numbers.setdefault(row["fund"], len(numbers))
            partner = numbers.setdefault(row["partner"], len(numbers))
            write.writerow([item, fund, row["call_no"], partner, row["amount"]])
        csv.writer(names).writerows([("name", "number"), *numbers.items()])
    path = folder / "before.sqlite"
    with sqlite3.connect(path) as db:
        db.executescript(BARE)
        for table in ("name", "item"):
            sqlite_tables.insert(db, table, folder / f"{table}s.csv")
    db.close()


def _copy(source: Path, copy: Path):
    for suffix in ("", "-wal", "-shm"):
        Path(f"{copy}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(source, copy)


def _check(name: str, paid: int, called: int):
    if paid != called:
        raise SystemExit(f"{name}: {paid:,} was paid, {called:,} was called")


RAW = """
CREATE UNLOGGED TABLE raw (fund TEXT, call INT, partner TEXT, day DATE, amount TEXT, memo TEXT)
"""
# The index after the rows, the guard over all rows, the running totals; one transaction.
TAKE = """
BEGIN;
CREATE TABLE entry (entry BIGINT GENERATED ALWAYS AS IDENTITY, item INT, fund INT, partner INT,
  day DATE, kind SMALLINT, amount BIGINT);
INSERT INTO entry (item, fund, partner, day, kind, amount)
SELECT i.item, f.number, p.number, r.day, 0, replace(r.amount, ',', '')::bigint
FROM raw r
JOIN name f ON f.name = r.fund
JOIN name p ON p.name = r.partner
JOIN item i ON i.fund = f.number AND i.call = r.call AND i.partner = p.number;
ALTER TABLE entry ADD PRIMARY KEY (entry);
CREATE INDEX entry_item ON entry (item, day) INCLUDE (amount);
CREATE TABLE running AS
SELECT fund, day, sum(sum(amount)) OVER (PARTITION BY fund ORDER BY day)::bigint AS paid
FROM entry GROUP BY fund, day;
ALTER TABLE running ADD PRIMARY KEY (fund, day);
SELECT 'item ' || item || ' takes less' FROM (
  SELECT item, sum(amount) OVER (PARTITION BY item ORDER BY day) AS total FROM entry) AS t
JOIN item USING (item) WHERE t.total > item.amount LIMIT 1;
COMMIT;
"""


def _tables_of(cluster: Cluster, folder: Path):
    cluster.sql(
        "CREATE TABLE name (name TEXT PRIMARY KEY, number INT);"
        "CREATE TABLE item (item INT PRIMARY KEY, fund INT, call INT, partner INT, amount BIGINT)"
    )
    for table in ("name", "item"):
        cluster.copy(table, folder / f"{table}s.csv")
    cluster.sql("CREATE UNIQUE INDEX ON item (fund, call, partner) INCLUDE (item)")
    cluster.sql("VACUUM (ANALYZE, FREEZE) item")
    cluster.sql("VACUUM (ANALYZE, FREEZE) name")
