"""Slow and greedy: nobody's slowness, and nobody's size, is another's wait.

Five hundred connections say nothing, or their headers or body byte by byte, or never read what they
are sent; meanwhile others send what is too large, odd or no HTTP at all. Whoever is cut off comes
back. All the while one ordinary request each second is answered, and the server's memory stays.
"""

import asyncio
import contextlib
import itertools
import json
import random
import re
import socket
import statistics
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from harness import Server, jangbu
from witness import DAY, Caller, check, count, fund_with_items

SECONDS = count(15, 60)
SLOW = {"silent": 100, "slow headers": 150, "slow body": 150, "never reading": 150}
GREEDY_AT_ONCE = 6
MEGABYTE = 1_000_000
MEMORY = 30 * MEGABYTE
# A hang guard, no verdict on speed: ten times and more what is usual on a busy machine.
ORDINARY_REQUEST_TAKES_AT_MOST = 30
TELLS_NOTHING = 120


class Crowd:
    """All who are slow or greedy, on a loop of their own, and how they fared."""

    def __init__(self, server: Server, call: dict):
        address = urlsplit(server.url)
        self._host, self._port = address.hostname, address.port
        self._lines = f"Host: {address.netloc}\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in server.headers.items()
        )
        self._call = json.dumps(call).encode()
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self.open = 0
        self.cut = Counter()
        self.told: dict[str, Counter] = {}

    def __enter__(self):
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._run()])
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(60)
        assert not self._thread.is_alive()

    async def _run(self):
        tasks = [
            asyncio.create_task(self._be_slow(kind))
            for kind, connections in SLOW.items()
            for _ in range(connections)
        ]
        requests = itertools.cycle(self.requests())
        tasks += [asyncio.create_task(self._be_greedy(requests)) for _ in range(GREEDY_AT_ONCE)]
        await self._over.wait()
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if not isinstance(ended, asyncio.CancelledError):
                raise ended

    # Slow

    async def _be_slow(self, kind: str):
        await asyncio.sleep(random.random() * 2)
        while True:
            with contextlib.suppress(OSError):
                async with self._connection(receives_little=kind == "never reading") as streams:
                    self.open += 1
                    try:
                        await self._slowly(kind, *streams)
                    finally:
                        self.open -= 1
            self.cut[kind] += 1
            await asyncio.sleep(0.5)

    async def _slowly(self, kind, reader, writer):
        """Until the server has answered or hung up."""
        if kind == "never reading":
            # Two at once: the first answer does not leave as a whole, the second cannot begin.
            writer.write(self._head("GET", "/api/openapi.json") * 2)
            while True:
                await asyncio.sleep(5)
                writer.write(self._head("GET", "/api/parties/1"))
                await asyncio.wait_for(writer.drain(), 120)
        if kind == "slow headers":
            writer.write(self._head("GET", "/fund-overview")[:-2])
        if kind == "slow body":
            writer.write(self._head("POST", "/api/parties", "Content-Length: 5000"))
        while True:
            with contextlib.suppress(TimeoutError):
                return await asyncio.wait_for(reader.read(1000), 1)
            if kind == "slow headers":
                writer.write(b"X-%d: y\r\n" % random.randrange(1000))
            if kind == "slow body":
                writer.write(b" ")

    # Greedy

    async def _be_greedy(self, requests):
        for name, pieces in requests:
            status = await self._send(pieces)
            self.told.setdefault(name, Counter())[status] += 1
            await asyncio.sleep(0.05)

    async def _send(self, pieces: list[bytes]) -> str:
        """The status of the last answer to it, or what happened instead."""
        answer = b""
        try:
            async with self._connection() as (reader, writer):

                async def write():
                    for piece in pieces:
                        writer.write(piece)
                        await writer.drain()

                writing = asyncio.create_task(write())
                try:
                    async with asyncio.timeout(TELLS_NOTHING):
                        while part := await reader.read(65_536):
                            answer += part
                            if self._is_whole(answer):
                                break
                finally:
                    writing.cancel()
                    with contextlib.suppress(OSError, asyncio.CancelledError):
                        await writing
        except TimeoutError:
            return statuses_of(answer) or "no answer"
        except OSError:
            pass
        return statuses_of(answer) or "hung up"

    @staticmethod
    def _is_whole(answer: bytes) -> bool:
        last = answer.rpartition(b"HTTP/1.1 ")[2]
        head, end, body = last.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        return bool(end and length) and len(body) >= int(length[1])

    def requests(self):
        """What is sent, by what it is, in pieces."""
        get, post = self._head("GET", "/api/parties"), ("POST", "/api/parties")
        without_host = re.sub(rb"Host: .*?\r\n", b"", get)
        party = b'{"name": "P"}'
        item_path = "/api/items/1/payments"
        yield "100 kB of one header", [get[:-2], b"X: " + b"y" * 100_000 + b"\r\n\r\n"]
        yield "10,000 headers", [get[:-2], b"X: y\r\n" * 10_000 + b"\r\n"]
        yield "an address of 100 kB", [self._head("GET", "/" + "a" * 100_000)]
        yield (
            "a body of 64 MB",
            [self._head(*post, "Content-Length: 64000000")] + [b" " * MEGABYTE] * 64,
        )
        yield (
            "64 MB in chunks",
            [self._head(*post, "Transfer-Encoding: chunked")]
            + [b"f4240\r\n" + b" " * MEGABYTE + b"\r\n"] * 64,
        )
        yield (
            "chunks of one byte",
            [self._head(*post, "Transfer-Encoding: chunked"), b"1\r\n \r\n" * 3_000, b"0\r\n\r\n"],
        )
        yield (
            "a chunk of no size",
            [self._head(*post, "Transfer-Encoding: chunked"), b"zz\r\n{}\r\n0\r\n\r\n"],
        )
        yield (
            "a chunk of all sizes",
            [self._head(*post, "Transfer-Encoding: chunked"), b"f" * 40 + b"\r\n{}\r\n"],
        )
        yield (
            "both lengths",
            [self._head(*post, "Content-Length: 2", "Transfer-Encoding: chunked"), b"{}"],
        )
        yield "garbage after a request", [get, random.Random(1).randbytes(100_000)]
        yield "two hosts", [get[:-2], b"Host: 127.0.0.1\r\n\r\n"]
        yield "no host", [without_host]
        yield (
            "a body that is waited for",
            [self._head(*post, f"Content-Length: {len(party)}", "Expect: 100-continue"), party],
        )
        yield "something else expected", [self._head(*post, "Content-Length: 0", "Expect: more")]
        yield (
            "a call of 10,000 items",
            [
                self._head("POST", "/api/funds/1/calls", f"Content-Length: {len(self._call)}"),
                self._call,
            ],
        )
        amount = b'{"paid_date": "2026-02-02", "amount": "' + b"9" * MEGABYTE + b'"}'
        yield (
            "an amount of 1 MB",
            [self._head("POST", item_path, f"Content-Length: {len(amount)}"), amount],
        )
        number = amount.replace(b'"9', b"9").replace(b'9"}', b"9}")
        yield (
            "a number of 1 MB",
            [self._head("POST", item_path, f"Content-Length: {len(number)}"), number],
        )
        deep = b"[" * MEGABYTE
        yield "a body without end", [self._head(*post, f"Content-Length: {len(deep)}"), deep]

    def _head(self, method: str, path: str, *headers: str) -> bytes:
        lines = "".join(header + "\r\n" for header in headers)
        if method == "POST":
            lines += "Content-Type: application/json\r\n"
        return f"{method} {path} HTTP/1.1\r\n{self._lines}{lines}\r\n".encode()

    @contextlib.asynccontextmanager
    async def _connection(self, receives_little: bool = False):
        connection = socket.socket()
        if receives_little:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.setblocking(False)
        try:
            await self._loop.sock_connect(connection, (self._host, self._port))
            reader, writer = await asyncio.open_connection(sock=connection, limit=4096)
        except BaseException:
            connection.close()
            raise
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


def statuses_of(answer: bytes) -> str:
    return " ".join(
        status.decode()
        for status in re.findall(rb"(?:^|(?<=\r\n\r\n)|(?<=\}))HTTP/1\.1 (\d{3})", answer)
    )


# What is answered: a refusal (503 is "too busy"), or the connection ends. Where it is a request after
# all, what it asks.
REFUSED = r"4\d\d|503|hung up"
ANSWERED = {
    "garbage after a request": r"200( 4\d\d)?|4\d\d|503",
    "a body that is waited for": r"(100 )?(201|422|503)",
}


def memory_of(server: Server) -> int:
    """Bytes that are resident."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


class Ordinary:
    """One who asks once a second: to read or to pay, on a new connection or on an old one."""

    def __init__(self, server: Server, items: list[int]):
        self._server, self._items = server, items
        self._old = Caller(server, timeout=ORDINARY_REQUEST_TAKES_AT_MOST)
        self.took: list[float] = []

    def ask(self, number: int):
        caller = self._old
        if number % 4 in (0, 1):
            caller = Caller(self._server, timeout=ORDINARY_REQUEST_TAKES_AT_MOST)
        began = time.monotonic()
        if number % 2:
            body = {"amount": 1, "paid_date": DAY}
            caller.post(f"/api/items/{self._items[0]}/payments", body, f"ordinary {number}")
        else:
            caller.get("/api/funds/overview")
        self.took.append(time.monotonic() - began)
        if caller is not self._old:
            caller.close()


@pytest.fixture
def firm(tmp_path):
    books = tmp_path / "crowded.books"
    jangbu("init", "--books", books)
    server = Server(books)
    caller = Caller(server)
    items = fund_with_items(caller, 3)
    # So that the trail is too long to lie in the buffers of whoever never reads.
    for number in range(300):
        caller.post("/api/parties", {"name": f"Company {number} " + "x" * 150})
    caller.close()
    yield server, items
    assert server.is_alive(), server.said()
    server.stop()
    check(books)


def test_ordinary_requests_are_answered_all_the_while(firm):
    server, items = firm
    asked = [{"commitment": 1 + number % 3, "amount": 1} for number in range(10_000)]
    call = {"notice_date": DAY, "due_date": DAY, "items": asked}
    ordinary = Ordinary(server, items)
    for number in range(50):
        ordinary.ask(number)
    ordinary.took.clear()
    before = memory_of(server)
    most_open = 0
    with Crowd(server, call) as crowd:
        began = time.monotonic()
        names = {name for name, _ in crowd.requests()}
        for second in itertools.count():
            time.sleep(max(0, began + second - time.monotonic()))
            # On a slow machine it takes longer until each has had an answer.
            if second >= SECONDS and crowd.told.keys() == names:
                break
            assert second < 10 * SECONDS, f"never answered: {names - crowd.told.keys()}"
            ordinary.ask(100 + second)
            most_open = max(most_open, crowd.open)
        during = memory_of(server)
    time.sleep(2)
    after = memory_of(server)
    told = {name: dict(statuses) for name, statuses in sorted(crowd.told.items())}
    print(
        f"\nSlow and greedy, {SECONDS} s: up to {most_open} slow connections at once, cut off and"
        f" back {dict(crowd.cut)}; {sum(map(sum, (each.values() for each in told.values())))}"
        f" oversized or odd requests; {len(ordinary.took)} ordinary ones, median"
        f" {statistics.median(ordinary.took):.3f} s, longest {max(ordinary.took):.3f} s; memory"
        f" {before / MEGABYTE:.0f} MB before, {during / MEGABYTE:.0f} at the end,"
        f" {after / MEGABYTE:.0f} after\n{told}"
    )
    assert most_open >= 500
    wrong = [
        (name, status)
        for name, statuses in told.items()
        for status in statuses
        if not re.fullmatch(ANSWERED.get(name, REFUSED), status)
    ]
    assert not wrong, wrong
    # While they are there, answers that nobody reads are held for them, until they are cut.
    assert after - before < MEMORY
