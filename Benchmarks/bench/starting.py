"""Starting on books that are there: until the first right answer, and what the books take."""

import filecmp
import time
from pathlib import Path

import aims
from data import Data
from program import Program, built, compiled
from rounds import Contender, Job


def jobs(data: Data, rounds: int) -> tuple[list[Job], dict]:
    """The first answer waits for the reading of the books; also when that is done."""
    one_date = data.folder / "one-date"
    one_date.write_text(data.dates.read_text().split()[0] + "\n")
    expected, answered = data.folder / "expected", data.folder / "answered"
    with Program(compiled("sqlite", "sqlite3"), data.running, one_date, "running") as sqlite:
        sqlite.ask(f"answers {expected}")
    in_memory: list[float] = []

    def start() -> float:
        begun = time.perf_counter()
        with Program(built("jangbu-bench"), data.books, one_date) as ours:
            ours.ask(f"answers {answered}")
            first = time.perf_counter() - begun
            if not filecmp.cmp(expected, answered, shallow=False):
                raise SystemExit("the first answer is wrong")
            ours.ask("wait")
            in_memory.append(time.perf_counter() - begun)
        return first

    job = Job(
        "start", "start, until the first right answer", data.size.name, "s",
        Contender("Jangbu", start), [], aim=aims.START_SECONDS.get(data.size.name),
    )  # fmt: skip
    job.run(rounds)
    files = {"jangbu": _size(data.books), "bare": data.bare.stat().st_size}
    return [job], {"in_memory_seconds": in_memory, "file_bytes": files}


def _size(books: Path) -> int:
    paths = [Path(f"{books}{suffix}") for suffix in ("", "-wal")]
    return sum(path.stat().st_size for path in paths if path.exists())


def back_dated(data: Data, payments: int) -> dict:
    """The overview right after a payment of today and right after a back-dated one: milliseconds.

    `jangbu-bench` ends where an overview lacks the payment.
    """
    books = data.copy_of_books("posted.books")
    with Program(built("jangbu-bench"), books, data.dates) as ours:
        ours.ask("wait")
        ours.seconds("post", 20)
        today, long_ago = (
            float(text) * 1_000 for text in ours.ask(f"backdated {payments}").split()
        )
    return {"today_ms": today, "back_dated_ms": long_ago, "more_ms": long_ago - today}
