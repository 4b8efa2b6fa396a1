"""The overview of one date, all funds, in process: as numbers, and as the API's JSON."""

import filecmp
from contextlib import ExitStack

import aims
from data import Data
from postgres_cluster import Cluster, load_running_totals
from program import Program, built, compiled, python
from rounds import Contender, Job

OURS = "Jangbu"


def jobs(data: Data, rounds: int) -> tuple[list[Job], dict]:
    """Compares all answers, then times them; also what is to be said of the peers."""
    size = data.size
    with ExitStack() as stack:
        ours = stack.enter_context(Program(built("jangbu-bench"), data.books, data.dates))
        peers = _peers(data, stack)
        ours.ask("wait")
        compare(data, {OURS: ours, **peers})
        asked = _counts(size)
        numbers = Job(
            "overview-numbers", "overview, numbers, in process", size.name, "ms",
            Contender(OURS, _timed(ours, "numbers", asked[OURS])),
            [Contender(name, _timed(peer, "numbers", asked[name])) for name, peer in peers.items()],
            aim=aims.NUMBERS.get(size.name), against=aims.SCALE,
        )  # fmt: skip
        # The peer makes no JSON: it is held against its numbers.
        json = Job(
            "overview-json", "overview with JSON, in process", size.name, "ms",
            Contender(OURS, _timed(ours, "json", asked[OURS])),
            [
                Contender(aims.SCALE, _timed(peers[aims.SCALE], "numbers", asked[aims.SCALE])),
                Contender(aims.FLOOR, _timed(peers[aims.FLOOR], "json", asked[OURS])),
            ],
            aim=aims.JSON.get(size.name), against=aims.SCALE,
        )  # fmt: skip
        for job in (numbers, json):
            for contender in [job.ours, *job.peers]:
                contender.measure()  # once for the caches of all, unrecorded
            job.run(rounds)
        resident, peak = map(int, ours.ask("memory").split())
    medians = {peer.name: numbers.median(peer.name) for peer in numbers.peers}
    weak = aims.weak_peers(size.name, medians) if size.name in aims.PEERS[aims.SCALE] else []
    return [numbers, json], {"weak": weak, "memory_kib": {"resident": resident, "peak": peak}}


def compare(data: Data, programs: dict[str, Program]):
    """Every fund's five figures on every date of the file, of all: equal, or nothing is timed."""
    paths = {}
    for place, (name, program) in enumerate(programs.items()):
        paths[name] = data.folder / f"answers-{place}"
        if program.ask(f"answers {paths[name]}") != "done":
            raise SystemExit(f"{name} wrote no answers")
    for name, path in paths.items():
        if not filecmp.cmp(paths[OURS], path, shallow=False):
            raise SystemExit(_difference(paths[OURS], name, path))
    count = data.size.compared_dates * data.size.funds
    for path in paths.values():
        path.unlink()
    print(f"{len(paths)} agree on {count:,} rows of five figures ({data.size.name})", flush=True)


def _difference(ours, name, theirs) -> str:
    with ours.open() as first, theirs.open() as second:
        for mine, other in zip(first, second, strict=False):
            if mine != other:
                return f"{OURS} and {name} differ, so nothing is timed:\n  {mine}  {other}"
    return f"{OURS} and {name} differ in length, so nothing is timed"


def _peers(data: Data, stack: ExitStack) -> dict[str, Program]:
    sqlite = compiled("sqlite", "sqlite3")
    cluster = stack.enter_context(Cluster())
    load_running_totals(cluster, data)
    commands = {
        aims.SCALE: [sqlite, data.running, data.dates, "running"],
        "SQLite covering index": [sqlite, data.bare, data.dates, "covering"],
        "PostgreSQL": [compiled("postgres", "libpq"), cluster.connection, data.dates],
        "DuckDB": python("duckdb_peer.py", data.rows, data.dates),
        "polars": python("polars_peer.py", data.rows, data.dates),
        aims.FLOOR: [compiled("floor", "sqlite3"), data.running, data.dates],
    }
    return {name: stack.enter_context(Program(*command)) for name, command in commands.items()}


def _timed(program: Program, word: str, count: int):
    return lambda: program.seconds(word, count) * 1_000


def _counts(size) -> dict[str, int]:
    """How many overviews a round times: scans are slow, and need not be asked so often."""
    scans = ("SQLite covering index", "DuckDB", "polars")
    few = max(size.asked // 40, 3)
    return {name: few if name in scans else size.asked for name in (OURS, aims.FLOOR, *aims.PEERS)}
