"""DuckDB in process: a columnar scan. `duckdb_peer.py ROWS DATES`.

Tuned as its guide on performance says: the tables in memory, the narrowest types, rows in the order
of days, so that whole row groups are passed over; every core; the statement prepared; answers as
arrays and not as Python's tuples.
"""

import sys
from pathlib import Path

import duckdb
from peer import Figures, serve

OVERVIEW = """
SELECT fund.fund, coalesce(committed, 0)::BIGINT AS committed, coalesce(paid, 0)::BIGINT AS paid,
  coalesce(gp, 0)::BIGINT AS gp, coalesce(invested, 0)::BIGINT AS invested,
  coalesce(companies, 0)::BIGINT AS companies
FROM fund
LEFT JOIN (
  SELECT fund, sum(units) FILTER (class < 2) AS paid, sum(units) FILTER (class = 1) AS gp,
    sum(units) FILTER (class = 2) AS invested
  FROM entry WHERE day <= $day GROUP BY fund) AS sums USING (fund)
LEFT JOIN (
  SELECT fund, sum(amount) AS committed FROM commitment WHERE day <= $day GROUP BY fund
) AS commitments USING (fund)
LEFT JOIN (
  SELECT fund, count(*) AS companies FROM first_investment WHERE day <= $day GROUP BY fund
) AS firsts USING (fund)
ORDER BY fund.fund
"""


def main(rows: Path, dates: Path):
    db = duckdb.connect()
    for table, file, columns in [
        ("fund", "funds", "fund::INTEGER AS fund"),
        ("commitment", "commitments", "fund::INTEGER AS fund, day::INTEGER AS day, amount"),
        (
            "entry",
            "entries",
            "fund::INTEGER AS fund, class::TINYINT AS class, party::INTEGER AS party,"
            " day::INTEGER AS day, kind::TINYINT AS kind, units",
        ),
    ]:
        order = "ORDER BY day" if table != "fund" else ""
        db.execute(
            f"CREATE TABLE {table} AS SELECT {columns} FROM read_csv('{rows}/{file}.csv') {order}"
        )
    db.execute(
        "CREATE TABLE first_investment AS SELECT fund, min(day) AS day FROM entry"
        " WHERE class = 2 AND kind = 0 GROUP BY fund, party"
    )
    names = ["committed", "paid", "gp", "invested", "companies"]

    def overview(day: int) -> Figures:
        answer = db.execute(OVERVIEW, {"day": day}).fetchnumpy()
        return [answer[name] for name in names]

    serve(dates, overview)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
