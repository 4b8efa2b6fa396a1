"""What the peers in Python have in common: the lines of peer.h."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from generate import day_number  # noqa: E402

# Commitment, paid-in, paid-in of GPs, invested, companies: an array of one number a fund each.
Figures = list[numpy.ndarray]


def serve(dates: Path, overview: Callable[[int], Figures]):
    """Answers what is asked on standard input until it ends; `overview` is given a day's number."""
    texts = dates.read_text().split()
    days = [day_number(text) for text in texts]
    following, seen = 0, 0
    print("ready", flush=True)
    for line in sys.stdin:
        word, what = line.split()
        if word == "answers":
            with open(what, "w") as file:
                for text, day in zip(texts, days, strict=True):
                    columns = (column.tolist() for column in overview(day))
                    for number, row in enumerate(zip(*columns, strict=True)):
                        file.write(f"{text} {number} {' '.join(map(str, row))}\n")
            print("done", flush=True)
        elif word == "numbers":
            begun = time.perf_counter()
            for _ in range(int(what)):
                seen += int(overview(days[following])[1][-1])
                following = (following + 1) % len(days)
            print(time.perf_counter() - begun, flush=True)
        else:
            raise SystemExit(f"{line} is nothing to ask")
