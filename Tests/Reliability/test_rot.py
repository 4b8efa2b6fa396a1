"""Rot: whatever a bad disk does to the file, `check` says so, or no fact was hit.

Single bits are flipped and blocks erased in copies of closed books. What a copy still holds is read
by Python's own SQLite, which knows nothing of Jangbu: where all facts are as they were, `check` may
be silent, and every figure must then be as before; else it must say what is wrong. Nothing may
crash. That any column of any table of facts, changed by raw SQL, is named, is asserted in
Tests/BookkeepingTests/SealTests.swift.
"""

import random
import re
import select
import sqlite3
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from harness import DEMO_DAY, JANGBU, Server, jangbu
from operations import BODIES, Api, make_small_books, path_of
from witness import check, count

DAMAGES = count(200, 2_000)
# How many of the damaged files are also served.
SERVED = count(20, 200)
AT_ONCE = 2


class Files:
    """A sound file of books in which every table of facts has rows, and damaged copies of it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.sound = folder / "sound.books"
        jangbu("init", "--demo", "--books", self.sound)
        self._write_more()
        check(self.sound)
        self.bytes = self.sound.read_bytes()
        self.facts = facts(self.sound)
        self.figures = figures(self.sound)
        empty = [table for table, rows in self.facts.items() if not rows]
        assert empty in ([], ["feed", "feed_end"]), empty

    def _write_more(self):
        server = Server(self.sound)
        with httpx.Client(
            base_url=server.url, headers=server.headers, trust_env=False, timeout=60
        ) as client:
            api = Api(client)
            make_small_books(api)
            operations = {name: path for name, _, path, _ in api.operations()}
            for name, body in BODIES.items():
                answer = api.post(path_of(operations[name], name), body)
                assert answer.status_code in (200, 201), f"{name}: {answer.text}"
        server.stop()

    def damaged(self, name: str, content: bytes) -> Path:
        path = self.folder / f"{name}.books"
        path.write_bytes(content)
        return path


def facts(books: Path) -> dict[str, list] | None:
    """All that the figures are made of, table by table; nothing where that cannot be read."""
    tables = [
        *["audit", "setting", "entry_kind", "party", "party_version", "fund", "fund_version"],
        *["fund_total_change", "commitment", "commitment_version", "commitment_change"],
        *["stated_paid_in", "capital_call", "call_version", "call_cancellation", "call_item"],
        *["settlement", "entry", "feed", "feed_end"],
    ]
    file = sqlite3.connect(f"file:{books}?immutable=1", uri=True)
    file.text_factory = bytes
    try:
        return {
            table: file.execute(f"SELECT rowid, * FROM {table} NOT INDEXED").fetchall()
            for table in tables
        }
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # the latter of a column's name
        return None
    finally:
        file.close()


def figures(books: Path) -> str:
    return jangbu("overview", "--books", books, "--as-of", DEMO_DAY).stdout


def damage(dice: random.Random, content: bytes) -> tuple[str, bytes]:
    """One flipped bit, or one block of zeros."""
    changed = bytearray(content)
    if dice.random() < 0.5:
        at, bit = dice.randrange(len(content)), dice.randrange(8)
        changed[at] ^= 1 << bit
        return f"bit {bit} of byte {at}", bytes(changed)
    length = dice.randint(512, 4096)
    at = dice.randrange(len(content) - length)
    changed[at : at + length] = bytes(length)
    if changed == content:  # that was free space, and empty already
        return damage(dice, content)
    return f"{length} bytes from {at}", bytes(changed)


# What a sentence has to hold: a row, an index, a page, or that the file as such is no good.
TELLING = re.compile(
    r"(?i)\b[a-z_]+ (row )?\d+\b|audit \d+, step \d+|damaged|not a SQLite database"
    r"|what is gone or changed: |what no migration made: |Column \w+ holds|Migration \d+ is not"
    r"|went through later migrations|time zone|holds? |no books"
)


def look(files: Files, number: int) -> Counter:
    """Damages one copy, and holds what `check` says of it against what it still holds."""
    dice = random.Random(f"rot {number}")
    what, content = damage(dice, files.bytes)
    books = files.damaged(str(number), content)
    seen = Counter()
    try:
        same = facts(books) == files.facts
        if number < SERVED:
            seen += served(books, what)
            books.write_bytes(content)
        said = jangbu("check", "--books", books, check=False)
        told = said.stdout + said.stderr
        assert said.returncode in (0, 1) and "Fatal" not in told, f"{what}: {said}"
        if said.returncode == 0:
            assert same, f"{what}: a fact has changed and nobody says so"
            assert facts(books) == files.facts, f"{what}: `check` changed a fact"
            assert figures(books) == files.figures, f"{what}: a figure has changed"
            seen["no fact was hit"] += 1
        else:
            assert TELLING.search(told), f"{what}: {told}"
            seen["found, facts hit" if not same else "found, no fact hit"] += 1
        return seen
    finally:
        for path in files.folder.glob(f"{number}.books*"):
            path.unlink()


def served(books: Path, what: str) -> Counter:
    """`jangbu serve` refuses it with a sentence, or serves it."""
    server = subprocess.Popen(
        [JANGBU, "serve", "--books", books, "--port", "0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    ready, _, _ = select.select([server.stdout], [], [], 60)
    assert ready, f"{what}: neither an address nor an end"
    line = server.stdout.readline()
    if line:
        server.terminate()
    out, error = server.communicate(timeout=60)
    if line:
        assert "http://127.0.0.1:" in line and server.returncode in (0, 143, -15), (what, error)
        return Counter({"served": 1})
    assert server.returncode in (1, 70) and error.strip(), f"{what}: {server.returncode} {error}"
    assert "Fatal" not in error, f"{what}: {error}"
    return Counter({"refused at start": 1})


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return Files(tmp_path_factory.mktemp("rot"))


def test_no_damage_to_a_fact_goes_unnoticed(files):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        looks = list(pool.map(lambda number: look(files, number), range(DAMAGES)))
    seen = sum(looks, Counter())
    print(f"\nRot: {DAMAGES} damages of {len(files.bytes)} bytes: {dict(seen)}")
    assert seen["found, facts hit"] > DAMAGES / 10


def test_a_file_cut_short_is_refused_with_a_sentence(files):
    dice = random.Random("cut short")
    for number in range(count(10, 100)):
        length = dice.choice([dice.randrange(len(files.bytes)), 4096 * dice.randrange(80)])
        books = files.damaged(f"cut {number}", files.bytes[:length])
        said = jangbu("check", "--books", books, check=False)
        assert said.returncode == 1, f"{length} bytes: {said}"
        assert TELLING.search(said.stdout + said.stderr), f"{length} bytes: {said}"
        served(books, f"{length} bytes")


CHANGED = {
    "a setting": "UPDATE setting SET value = 'Asia/Tokyo' WHERE name = 'zone'",
    "a kind": "UPDATE entry_kind SET sign = 1 WHERE code = 'refund'",
    "an amount": "UPDATE entry SET amount = amount + 1, fund_amount = amount + 1 WHERE id = 3",
    "a name": "UPDATE party_version SET name = name || 'x' WHERE id = 2",
    "a guard": "DROP TRIGGER entry_refuses_update",
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_is_changed_past_the_guards_is_found(files, what):
    """The same eyes on changes that leave a whole file behind."""
    books = files.damaged(what, files.bytes)
    file = sqlite3.connect(books)
    guards = file.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        file.execute(f"DROP TRIGGER {name}")
    if not CHANGED[what].startswith("DROP"):
        file.execute(CHANGED[what])
    for name, sql in guards:
        if CHANGED[what] != f"DROP TRIGGER {name}":
            file.execute(sql)
    file.commit()
    file.close()
    if what != "a guard":
        assert facts(books) != files.facts
    said = jangbu("check", "--books", books, check=False)
    assert said.returncode == 1 and said.stdout.startswith("not so: "), said
    print(f"\n{what}: {said.stdout}")
