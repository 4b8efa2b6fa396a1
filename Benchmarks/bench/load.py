"""Load over HTTP from the other core, by Debian's wrk."""

from dataclasses import dataclass
from pathlib import Path

from program import LOAD_CORE, pinned, run
from servers import Server

SCRIPT = Path(__file__).resolve().parent / "load.lua"


@dataclass(frozen=True)
class Load:
    per_second: float
    slowest_ms: float
    of_hundred_ms: float


def load(server: Server, what: str, lines: Path, connections: int, seconds: float) -> Load:
    """`what`: `get` overviews on the dates of `lines`, or `post` payments on its items.

    One answer that is no success ends the comparison.
    """
    token = server.headers.get("Authorization", "").removeprefix("Bearer ")
    said = run(
        *pinned(LOAD_CORE),
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{max(round(seconds), 1)}s",
        "--timeout",
        "60s",
        "-s",
        SCRIPT,
        server.url,
        "--",
        what,
        lines,
        *([token] if token else []),
    )
    found = [line.split()[1:] for line in said.splitlines() if line.startswith("RESULT")]
    if not found:
        raise SystemExit(said)
    requests, microseconds, slowest, percentile, wrong = map(int, found[0])
    if wrong or not requests:
        raise SystemExit(f"{wrong} of {requests} requests were not answered well\n{said}")
    return Load(requests / microseconds * 1e6, slowest / 1_000, percentile / 1_000)
