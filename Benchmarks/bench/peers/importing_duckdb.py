"""1,000,000 payments from one CSV into a DuckDB file: `importing_duckdb.py FILE FOLDER`.

As its guide says: the reader of CSV on every core straight into the insert; joins by
name, the guard and the running totals as one statement each; a checkpoint. Says what was paid.
"""

import sys
from pathlib import Path

import duckdb


def main(database: Path, folder: Path):
    db = duckdb.connect(str(database))
    db.execute("SET preserve_insertion_order = false")
    db.execute("BEGIN")
    for name in ("name", "item"):
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder}/{name}s.csv')")
    db.execute(f"""
        CREATE TABLE entry AS
        SELECT i.item, f.number AS fund, p.number AS partner, r.day, 0::TINYINT AS kind,
          replace(r.amount, ',', '')::BIGINT AS amount
        FROM read_csv('{folder}/payments.csv', header = true, columns = {{'fund': 'VARCHAR',
          'call': 'INTEGER', 'partner': 'VARCHAR', 'day': 'DATE', 'amount': 'VARCHAR',
          'memo': 'VARCHAR'}}) r
        JOIN name f ON f.name = r.fund
        JOIN name p ON p.name = r.partner
        JOIN item i ON i.fund = f.number AND i.call = r.call AND i.partner = p.number""")
    wrong = db.execute("""
        SELECT count(*) FROM (
          SELECT item, sum(amount) OVER (PARTITION BY item ORDER BY day) AS total FROM entry) AS t
        JOIN item USING (item) WHERE t.total > item.amount""").fetchone()[0]
    if wrong:
        raise SystemExit("an item takes less")
    db.execute("""
        CREATE TABLE running AS
        SELECT fund, day, sum(sum(amount)) OVER (PARTITION BY fund ORDER BY day) AS paid
        FROM entry GROUP BY fund, day""")
    db.execute("COMMIT")
    db.execute("CHECKPOINT")
    print(db.execute("SELECT sum(amount)::BIGINT FROM entry").fetchone()[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
