"""`python Benchmarks/bench S M`: Jangbu and its peers on the same data, in one run.

Compares every answer, then measures in turn; writes Benchmarks/results.json, docs/cost-curve.svg
and the README's tables. Benchmarks/README.md tells what is measured, and how each peer is tuned. No
figure fails it; a wrong answer does.
"""

import argparse
import signal
import statistics
import sys

import aims
import curve
import importing
import machine
import overview
import overview_http
import posting
import report
import starting
from data import prepare
from rounds import Job
from sizes import SIZES, Size

JOBS = ["overview", "http", "posting", "backdated", "import", "start", "curve"]


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/bench", description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only", nargs="+", choices=JOBS, default=JOBS, help="some jobs, to try them"
    )
    parser.add_argument(
        "--calls", type=int, default=importing.CALLS, help="a smaller import, to try it"
    )
    parser.add_argument("--no-readme", action="store_true", help="leave the README as it is")
    asked = parser.parse_args()
    # A comparison that is stopped stops what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    sizes = [SIZES[name] for name in asked.sizes]
    found = Run(asked.rounds, set(asked.only), asked.calls, sizes)
    report.write(found.results, None if asked.no_readme else report.README)


class Run:
    """All that one run finds."""

    def __init__(self, rounds: int, only: set[str], calls: int, sizes: list[Size]):
        self.rounds, self.only = rounds, only
        self.results = {
            "machine": machine.describe() | {"rounds": str(rounds)},
            "sizes": {}, "jobs": [], "facts": [], "weak": [], "curve": [],
        }  # fmt: skip
        for size in sizes:
            self._size(size)
        # Payments want many items: the largest books but the very large ones.
        posted = [size for size in sizes if size.name != "L"][-1:] or sizes[-1:]
        if "posting" in only:
            self._posting(posted[0])
        if "backdated" in only:
            self._back_dated(sizes[-1])
        if "import" in only:
            jobs, also = importing.jobs(min(rounds, 3), calls)
            self._add(jobs)
            self._fact("import: memory", jobs[0].size, also["peak_kib"] / 1024, "MiB")
        if "curve" in only:
            print("The cost curve", flush=True)
            points = curve.points("L" in {size.name for size in sizes}, min(rounds, 3))
            self.results["curve"] = points
            curve.draw(points)

    def _size(self, size: Size):
        data = prepare(size)
        self.results["sizes"][size.name] = {"funds": size.funds, "entries": data.entries}
        if "overview" in self.only:
            jobs, also = overview.jobs(data, self.rounds)
            self._add(jobs)
            self.results["weak"] += also["weak"]
            memory = also["memory_kib"]["peak"] / 1024
            aim = aims.MEMORY_MIB if size.name == "L" else None
            self._fact("memory, overviews in process, peak", size.name, memory, "MiB", aim)
        if "http" in self.only and size.name != "L":
            self._add(overview_http.jobs(data, self.rounds))
        if "start" in self.only:
            self._start(data)

    def _start(self, data):
        name = data.size.name
        jobs, also = starting.jobs(data, min(self.rounds, 3))
        self._add(jobs)
        self._fact(
            "start, until all is in memory", name, statistics.median(also["in_memory_seconds"]), "s"
        )
        files = also["file_bytes"]
        aim = aims.FILE if name == "L" else None
        self._fact(
            "file", name, files["jangbu"] / files["bare"], "× SQLite's bare rows and index", aim,
            f"{files['jangbu'] >> 20:,} MiB to {files['bare'] >> 20:,} MiB",
        )  # fmt: skip

    def _posting(self, size: Size):
        jobs, also = posting.jobs(prepare(size), self.rounds)
        self._add(jobs)
        slowest = statistics.median(also["slowest_of_sixteen_ms"])
        self._fact(
            "posting, 16 clients: the slowest", size.name, slowest, "ms", aims.SLOWEST_POSTING_MS
        )

    def _back_dated(self, size: Size):
        also = starting.back_dated(prepare(size), 20)
        self._fact(
            "back-dated posting, then the overview: more than after one of today", size.name,
            also["more_ms"], "ms", aims.BACK_DATED_MS,
            f"{also['back_dated_ms']:.3g} ms and {also['today_ms']:.3g} ms",
        )  # fmt: skip

    def _add(self, jobs: list[Job]):
        self.results["jobs"] += [job.result() for job in jobs]

    def _fact(self, title, size, figure, unit, aim=None, against=""):
        self.results["facts"].append(
            {
                "title": title,
                "size": size,
                "figure": figure,
                "unit": unit,
                "aim": aim,
                "against": against,
            }
        )
        print(f"{title} ({size}): {figure:.3g} {unit}", flush=True)


if __name__ == "__main__":
    main()
