"""Kill: whatever moment the power goes, no acknowledged payment is lost or taken twice.

Eight programs post payments, each with a request key. The server is killed at random instants, also
while it starts; then it serves the same books again, and each program asks anew, with the same key,
what it got no answer to.
"""

import random
import shutil
import sqlite3
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness import JANGBU, Server, jangbu
from witness import DAY, Caller, Kept, NoAnswer, Witness, check, count, fund_with_items, reading

KILLS = count(80, 3_000)
# Two firms at once, so that two cores are busy.
FIRMS = 2
CLIENTS = 8
# `check` reads all there is, so books that grow for hours would show ever fewer kills.
KILLS_PER_BOOKS = 25
SECONDS_UNTIL_KILLED = 0.15


class Firm:
    """One file of books, the eight programs that write in it, and what they know."""

    def __init__(self, folder: Path, seed: int):
        self.folder = folder
        self.dice = random.Random(seed)
        self.seen = Counter()

    def run(self, kills: int) -> Counter:
        while self.seen["kills"] < kills:
            self._begin_books()
            for _ in range(min(KILLS_PER_BOOKS, kills - self.seen["kills"])):
                self._work_until_killed()
                self._hold_against_the_books()
            self._end_books()
        return self.seen

    def _begin_books(self):
        self.books = self.folder / f"{self.seen['books']}.books"
        self.seen["books"] += 1
        jangbu("init", "--books", self.books)
        self.server = Server(self.books)
        caller = Caller(self.server)
        self.items = fund_with_items(caller, 5)
        caller.close()
        self.witness = Witness()
        self.asked: list[tuple[str, int, int] | None] = [None] * CLIENTS

    def _work_until_killed(self):
        if not self.server.is_alive():
            self.server.start(port="0")
        with reading(self.books) as file:
            self.kept_before = {
                key for (key,) in file.execute("SELECT request_key FROM audit") if key
            }
        with ThreadPoolExecutor(CLIENTS) as pool:
            work = [pool.submit(self._post, client) for client in range(CLIENTS)]
            time.sleep(self.dice.uniform(0, SECONDS_UNTIL_KILLED))
            self.server.kill()
            for each in work:
                each.result()
        self.seen["kills"] += 1

    def _post(self, client: int):
        """Pays again and again, what was left unanswered first, until no answer comes."""
        caller = Caller(self.server)
        # Threads share no dice: which of them is first would decide what is asked.
        dice = random.Random(f"{client} {self.seen['kills']}")
        try:
            while True:
                again = self.asked[client] is not None
                if not again:
                    key = f"{client}-{self.seen['kills']}-{dice.getrandbits(64)}"
                    self.asked[client] = (key, dice.choice(self.items), dice.randint(1, 999))
                    self.witness.unknown.add(key)
                key, item, amount = self.asked[client]
                body = {"amount": amount, "paid_date": DAY}
                answer = caller.post(f"/api/items/{item}/payments", body, key)
                kept = Kept(item, amount, answer["id"], answer["audit"])
                self.witness.acknowledged[key] = kept
                self.witness.unknown.discard(key)
                self.asked[client] = None
                self.seen["acknowledged"] += 1
                if again:
                    had = "kept" if key in self.kept_before else "not kept"
                    self.seen[f"asked again, had been {had}"] += 1
        except NoAnswer:
            caller.close()

    def _hold_against_the_books(self):
        """By turns: before the next start, after a start that is killed too, or next to a server."""
        turn = self.dice.randrange(3)
        if turn == 1:
            self._start_and_kill_at_once()
        if turn == 2:
            self.server.start(port="0")
        check(self.books)
        found = self.witness.contradictions(self.books)
        assert not found, f"after kill {self.seen['kills']} of {self.books}: {found[:10]}"
        self.seen["checks"] += 1

    def _start_and_kill_at_once(self):
        command = [JANGBU, "serve", "--books", self.books, "--port", "0"]
        start = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(self.dice.uniform(0, 0.1))
        start.kill()
        start.communicate()
        self.seen["killed while starting"] += 1

    def _end_books(self):
        if not self.server.is_alive():
            self.server.start(port="0")
        self.server.stop()
        check(self.books)
        found = self.witness.contradictions(self.books)
        assert not found, found[:10]
        self.books.unlink()


def test_nothing_acknowledged_is_lost_or_doubled(tmp_path):
    firms = []
    for number in range(FIRMS):
        folder = tmp_path / str(number)
        folder.mkdir()
        firms.append(Firm(folder, seed=100 + number))
    with ThreadPoolExecutor(FIRMS) as pool:
        seen = sum(pool.map(lambda firm: firm.run(KILLS // FIRMS), firms), Counter())
    print(f"\nKill: {dict(seen)}")
    assert seen["kills"] == seen["checks"] == KILLS
    # A test in which no answer was ever cut off would prove nothing.
    assert seen["asked again, had been not kept"] > 0
    assert seen["acknowledged"] > KILLS


@pytest.fixture
def answered(tmp_path):
    """Books with five acknowledged payments, closed, and what is known of them."""
    books = tmp_path / "answered.books"
    jangbu("init", "--books", books)
    server = Server(books)
    caller = Caller(server)
    items = fund_with_items(caller, 1)
    witness = Witness()
    for number in range(5):
        body = {"amount": 100 + number, "paid_date": DAY}
        answer = caller.post(f"/api/items/{items[0]}/payments", body, f"key {number}")
        kept = Kept(items[0], 100 + number, answer["id"], answer["audit"])
        witness.acknowledged[f"key {number}"] = kept
    caller.close()
    server.stop()
    assert witness.contradictions(books) == []
    return books, witness


COLUMNS = (
    "kind, fund_id, side, commitment_id, item_id, amount, fund_amount, effective_on,"
    " settlement_id, reverses, memo, reference"
)
BENT = {
    "lost": ["DELETE FROM entry WHERE id = 5"],
    "lost with its entry in the trail": [
        "DELETE FROM entry WHERE id = 5",
        "DELETE FROM audit_seal WHERE sequence = (SELECT max(sequence) FROM audit)",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
    ],
    "doubled": [
        f"INSERT INTO entry ({COLUMNS}, audit, step) SELECT {COLUMNS}, audit, 2 FROM entry"
        " WHERE id = 3"
    ],
    "bent": ["UPDATE entry SET amount = amount + 1 WHERE id = 2"],
    "never asked for": ["UPDATE audit SET request_key = 'else' WHERE request_key = 'key 3'"],
}


@pytest.mark.parametrize("how", BENT)
def test_what_is_lost_or_doubled_would_be_noticed(answered, tmp_path, how):
    books, witness = answered
    copy = tmp_path / "bent.books"
    shutil.copy(books, copy)
    file = sqlite3.connect(copy)
    for (trigger,) in file.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        file.execute(f"DROP TRIGGER {trigger}")
    for statement in BENT[how]:
        assert file.execute(statement).rowcount == 1
    file.commit()
    file.close()
    assert witness.contradictions(copy)
