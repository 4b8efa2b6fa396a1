"""Torn tail: a write-ahead log that ends anywhere still opens, to a prefix of what was acknowledged.

The server is killed while its last changes stand in the log beside the file only. Copies of both
are made with the log cut at random lengths, as a disk may leave it that wrote only so much.
"""

import random
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness import Server, jangbu
from witness import DAY, Caller, check, count, fund_with_items, reading

CUTS = count(150, 2_000)
# SQLite brings the log into the file by itself once it holds a thousand pages (about a hundred of
# these changes), and then writes it from its start again, over what stood there.
CHANGES = {"every change is in the log": 80, "the log was begun anew": 170}
AT_ONCE = 2


@pytest.fixture(scope="module", params=CHANGES.values(), ids=CHANGES.keys())
def torn(request, tmp_path_factory):
    """Books and log of a server that was killed, and what it had answered, change by change."""
    changes = request.param
    folder = tmp_path_factory.mktemp("torn")
    books = folder / "torn.books"
    jangbu("init", "--books", books)
    server = Server(books)
    caller = Caller(server)
    items = fund_with_items(caller, 3)
    caller.close()
    server.stop()  # all of it is in the file now
    before = len(entries(books))
    server = Server(books)
    caller = Caller(server)
    answered = []
    for number in range(changes):
        body = {"amount": 1000 + number, "paid_date": DAY}
        path = f"/api/items/{items[number % 3]}/payments"
        if number % 10 == 9:
            path, body = f"/api/entries/{answered[-1][0]}/reversal", {"reason": "두 번"}
        answer = caller.post(path, body, f"torn {number}")
        answered.append((answer["id"], answer["audit"], f"torn {number}"))
    caller.close()
    server.kill()
    Server.running.remove(server)
    log = books.with_name("torn.books-wal").read_bytes()
    file = books.read_bytes()
    alone = folder / "alone.books"
    alone.write_bytes(file)
    begun = entries(alone)
    assert (len(begun) > before) == (changes > 100)
    # What SQLite makes of the whole log is what every shorter one must be the beginning of.
    whole = folder / "whole.books"
    shutil.copy(books, whole)
    whole.with_name("whole.books-wal").write_bytes(log)
    whole = entries(whole)
    # The whole log holds every change that was acknowledged, as it was acknowledged.
    assert len(whole) == before + changes
    assert [(line[5], line[0], line[6]) for line, *_ in list(whole.values())[before:]] == [
        (str(entry), audit, key) for entry, audit, key in answered
    ]
    return folder, file, log, begun, whole


def entries(books: Path) -> dict[int, list]:
    """Each entry of the trail with the rows that it wrote, by its sequence."""
    with reading(books) as file:
        trail = file.execute("SELECT * FROM audit ORDER BY sequence").fetchall()
        rows = file.execute("SELECT audit, * FROM entry ORDER BY id").fetchall()
    return {line[0]: [line, *(row for row in rows if row[0] == line[0])] for line in trail}


def is_prefix(kept: dict[int, list], begun: dict, whole: dict) -> bool:
    """1, 2, 3 … without a gap, each as in the whole, and not less than had been in the file."""
    numbers = list(kept)
    return (
        numbers == list(range(1, len(numbers) + 1))
        and len(begun) <= len(numbers) <= len(whole)
        and all(whole[number] == kept[number] for number in numbers)
    )


def test_every_cut_opens_to_a_prefix(torn):
    folder, file, log, begun, whole = torn

    def cut(number: int) -> tuple[int, int]:
        length = random.Random(f"cut {number}").randrange(len(log) + 1)
        books = folder / f"{number}.books"
        books.write_bytes(file)
        books.with_name(books.name + "-wal").write_bytes(log[:length])
        check(books)  # opens it as every command does
        kept = entries(books)
        assert is_prefix(kept, begun, whole), f"cut at {length} of {len(log)}: {list(kept)[-3:]}"
        for path in folder.glob(f"{number}.books*"):
            path.unlink()
        return length, len(kept)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        cuts = sorted(pool.map(cut, range(CUTS // len(CHANGES))))
    # A longer log holds no less.
    assert [kept for _, kept in cuts] == sorted(kept for _, kept in cuts)
    different = Counter(kept for _, kept in cuts)
    print(
        f"\nTorn tail: {len(cuts)} cuts of {len(log)} bytes of log: {len(different)} different prefixes"
        f" of {len(whole)} changes, {len(begun)} of them in the file before"
    )
    assert len(different) > 10


BENT = {
    "a gap": lambda kept: kept.pop(max(kept) - 1),
    "another content": lambda kept: kept[max(kept)].append("a row"),
    "less than the file had": lambda kept: [kept.pop(max(kept)) for _ in range(len(kept) - 4)],
    "one that nobody made": lambda kept: kept.update({max(kept) + 1: []}),
}


@pytest.mark.parametrize("how", BENT)
def test_what_is_no_prefix_would_be_noticed(torn, how):
    *_, begun, whole = torn
    kept = {number: list(rows) for number, rows in whole.items()}
    assert is_prefix(kept, begun, whole)
    BENT[how](kept)
    assert not is_prefix(kept, begun, whole)
