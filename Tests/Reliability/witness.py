"""What a program that writes in the books remembers, and how that is held against the file."""

import http.client
import json
import os
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from harness import Server, jangbu

SOAK = os.environ.get("JANGBU_SOAK") == "1"
DAY = "2026-02-02"


def count(usual: int, soak: int) -> int:
    """How often something is tried: `soak` under `make soak`, else `usual`."""
    return soak if SOAK else usual


class NoAnswer(Exception):
    """The connection ended before the answer came: whether it was done is not known."""


class Caller:
    """One connection to a server, kept open between requests."""

    def __init__(self, server: Server, timeout: float = 120):
        address = urlsplit(server.url)
        self._headers = server.headers
        self._connection = http.client.HTTPConnection(
            address.hostname, address.port, timeout=timeout
        )

    def connect(self):
        self._connection.connect()

    def close(self):
        self._connection.close()

    def send(self, method: str, path: str, body: object = None, key: str | None = None):
        """(status, body as bytes)"""
        headers = dict(self._headers)
        if body is not None:
            headers["content-type"] = "application/json"
        if key:
            headers["idempotency-key"] = key
        content = None if body is None else json.dumps(body)
        try:
            self._connection.request(method, path, content, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise NoAnswer(f"{method} {path}: {error!r}") from error

    def get(self, path: str) -> dict:
        status, body = self.send("GET", path)
        assert status == 200, f"GET {path}: {status} {body!r}"
        return json.loads(body)

    def post(self, path: str, body: object, key: str | None = None) -> dict:
        status, answer = self.send("POST", path, body, key)
        assert status == 201, f"POST {path} {body}: {status} {answer!r}"
        return json.loads(answer)


AMOUNT_OF_AN_ITEM = 1_000_000_000_000


def fund_with_items(caller: Caller, items: int, amount: int = AMOUNT_OF_AN_ITEM) -> list[int]:
    """Makes a fund and a call on so many partners; the ids of the call's items."""
    fund = caller.post(
        "/api/funds", {"name": "F", "currency": "KRW", "commitment_total": items * amount}
    )["id"]
    asked = [
        {
            "commitment": caller.post(
                f"/api/funds/{fund}/commitments",
                {
                    "side": "partners",
                    "party": f"LP {number}",
                    "amount": amount,
                    "partner_type": "기관",
                },
            )["id"],
            "amount": amount,
        }
        for number in range(items)
    ]
    call = caller.post(
        f"/api/funds/{fund}/calls", {"notice_date": DAY, "due_date": DAY, "items": asked}
    )
    return [item["id"] for item in caller.get(f"/api/calls/{call['id']}")["items"]]


@dataclass(frozen=True)
class Kept:
    """A payment that was acknowledged: what was asked, and what the answer said."""

    item: int
    amount: int
    entry: int
    audit: int


@dataclass
class Witness:
    """Payments by request key: those acknowledged, and those asked whose answer never came."""

    acknowledged: dict[str, Kept] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def contradictions(self, books: Path) -> list[str]:
        """What the file tells otherwise: lost, doubled, altered, or never asked for."""
        with reading(books) as file:
            trail = file.execute(
                "SELECT sequence, request_key, outcome FROM audit ORDER BY sequence"
            ).fetchall()
            entries = {
                row[0]: row[1:]
                for row in file.execute("SELECT id, item_id, amount, audit, kind FROM entry")
            }
        found = []
        if [row[0] for row in trail] != list(range(1, len(trail) + 1)):
            found.append("the trail has a gap")
        in_books: dict[str, tuple[int, str]] = {}
        for sequence, key, outcome in trail:
            if key is not None and key in in_books:
                found.append(f"{key} is in the trail twice")
            in_books[key] = (sequence, outcome)
        in_books.pop(None, None)
        for key, kept in self.acknowledged.items():
            if in_books.get(key) != (kept.audit, str(kept.entry)):
                found.append(f"{key} was acknowledged as {kept}, the trail: {in_books.get(key)}")
            row = (kept.item, kept.amount, kept.audit, "payment")
            if entries.get(kept.entry) != row:
                found.append(
                    f"{key} was acknowledged as {kept}, the entry: {entries.get(kept.entry)}"
                )
        for key in in_books.keys() - self.acknowledged.keys() - self.unknown:
            found.append(f"{key} was never asked for")
        paid = [int(outcome) for sequence, outcome in in_books.values()]
        for entry in entries.keys() - set(paid):
            found.append(f"entry {entry} belongs to no payment in the trail")
        return found


class reading:
    """The file of books opened to be read only, next to whoever has it open."""

    def __init__(self, books: Path):
        self._file = sqlite3.connect(f"file:{books}?mode=ro", uri=True, timeout=60)

    def __enter__(self) -> sqlite3.Connection:
        return self._file

    def __exit__(self, *error):
        self._file.close()


def check(books: Path):
    """`jangbu check` finds nothing, or the test fails with what it said."""
    jangbu("check", "--books", books)
