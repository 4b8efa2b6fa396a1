"""polars in process: a columnar scan by data frames. `polars_peer.py ROWS DATES`.

Tuned as its user guide says: rows sorted by day and marked so, so that a date is a slice and not a
filter; sums by group in one lazy query; every core.
"""

import sys
from pathlib import Path

import polars
from peer import Figures, serve
from polars import col


def main(rows: Path, dates: Path):
    def read(name: str) -> polars.DataFrame:
        return polars.read_csv(rows / f"{name}.csv").sort("day")

    small = {"fund": polars.Int32, "class": polars.Int8, "day": polars.Int32, "kind": polars.Int8}
    entries = read("entries").cast(small)
    funds = polars.read_csv(rows / "funds.csv").select(col("fund").cast(polars.Int32))
    commitments = read("commitments").cast({"fund": polars.Int32, "day": polars.Int32})
    firsts = (
        entries.filter((col("class") == 2) & (col("kind") == 0))
        .group_by("fund", "party")
        .agg(col("day").min())
        .sort("day")
    )
    entries = entries.select(
        "fund",
        "day",
        polars.when(col("class") < 2).then(col("units")).otherwise(0).alias("paid"),
        polars.when(col("class") == 1).then(col("units")).otherwise(0).alias("gp"),
        polars.when(col("class") == 2).then(col("units")).otherwise(0).alias("invested"),
    )

    def until(frame: polars.DataFrame, day: int) -> polars.LazyFrame:
        return frame[: frame["day"].search_sorted(day, side="right")].lazy()

    def overview(day: int) -> Figures:
        sums = until(entries, day).group_by("fund").agg(col("paid", "gp", "invested").sum())
        committed = until(commitments, day).group_by("fund").agg(col("amount").sum())
        counted = until(firsts, day).group_by("fund").agg(polars.len().alias("companies"))
        frame = (
            funds.lazy()
            .join(committed, on="fund", how="left")
            .join(sums, on="fund", how="left")
            .join(counted, on="fund", how="left")
            .sort("fund")
            .fill_null(0)
            .collect()
        )
        names = ["amount", "paid", "gp", "invested", "companies"]
        return [frame[name].to_numpy() for name in names]

    serve(dates, overview)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
