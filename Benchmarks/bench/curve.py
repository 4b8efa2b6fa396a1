"""What grows, and how: the overview and the start over funds and entries, drawn as a picture."""

import statistics
import time
from contextlib import ExitStack
from pathlib import Path

from data import Data, prepare
from program import ROOT, Program, built, compiled
from sizes import CURVE, LARGE, Size
from svg import Line, chart

PICTURE = ROOT / "docs/cost-curve.svg"
# Up to here without `--large`.
USUAL_ENTRIES = 1_500_000


def points(is_large: bool, rounds: int) -> list[dict]:
    """One point for each size of the curve: milliseconds, and seconds to start."""
    found = []
    for size in CURVE:
        expected = size.funds * size.partners * size.calls
        if expected > USUAL_ENTRIES and not is_large:
            continue
        # The largest books are those of L, which there are already.
        data = prepare(LARGE if expected > USUAL_ENTRIES else size)
        found.append(_point(data, rounds))
        print(f"  {found[-1]}", flush=True)
    return found


def _point(data: Data, rounds: int) -> dict:
    starts, ours, peers = [], [], []
    count = max(20_000 // data.size.funds, 20)
    for _ in range(rounds):
        begun = time.perf_counter()
        with Program(built("jangbu-bench"), data.books, data.dates) as jangbu, ExitStack() as stack:
            jangbu.ask("wait")
            starts.append(time.perf_counter() - begun)
            peer = Program(compiled("sqlite", "sqlite3"), data.running, data.dates, "running")
            sqlite = stack.enter_context(peer)
            for program, figures in ((jangbu, ours), (sqlite, peers)):
                program.seconds("numbers", count)
                figures.append(program.seconds("numbers", count) * 1_000)
    size = data.size
    return {
        "funds": size.funds,
        "entries": data.entries,
        "per_fund": _per_fund(size),
        "ours_ms": statistics.median(ours),
        "sqlite_ms": statistics.median(peers),
        "start_s": statistics.median(starts),
    }


def _per_fund(size: Size) -> int:
    """Roughly how many entries each fund has: which of the two lines a point is on."""
    return 100 if size.partners * size.calls < 500 else 1_000


def draw(found: list[dict], path: Path = PICTURE):
    """Left what an overview costs over funds, right what the start costs over entries."""

    def line(name: str, per_fund: int, across: str, up: str, colour: str, dashed: bool) -> Line:
        spots = [(p[across], p[up]) for p in found if p["per_fund"] == per_fund]
        return Line(name, spots, colour, dashed)

    overview = [
        line("SQLite, 1,000 entries a fund", 1_000, "funds", "sqlite_ms", "#b45309", False),
        line("SQLite, 100 entries a fund", 100, "funds", "sqlite_ms", "#b45309", True),
        line("Jangbu, 1,000 entries a fund", 1_000, "funds", "ours_ms", "#1d4ed8", False),
        line("Jangbu, 100 entries a fund", 100, "funds", "ours_ms", "#1d4ed8", True),
    ]
    start = [
        line("1,000 entries a fund", 1_000, "entries", "start_s", "#1d4ed8", False),
        line("100 entries a fund", 100, "entries", "start_s", "#1d4ed8", True),
    ]
    path.write_text(
        chart(
            ("The overview of one date, all funds (ms)", "funds", overview),
            ("From the start until all is in memory (s)", "entries", start),
        ),
        encoding="utf-8",
    )
