"""Durable: a payment is on the disk before anyone is told that it was taken.

The server runs under strace. For each payment, the write-ahead log must have been synced after its
last byte was written and before the first byte of the answer is sent. That the writer's connection
has `synchronous=FULL` in the first place is asserted in Tests/StoreTests/SQLiteEngineTests.swift.
"""

import re

import pytest
from harness import Server, jangbu
from witness import DAY, Caller, check, count, fund_with_items

PAYMENTS = count(100, 100)
CALLS = "pwrite64,pwritev,pwritev2,write,writev,sendto,sendmsg,fsync,fdatasync"
# -D leaves the server the process that was started, so that signals reach it.
STRACE = ("strace", "-D", "-f", "-y", "-s", "32", "-e", f"trace={CALLS}", "-o")

LINE = re.compile(r"^(?P<thread>\d+) +(?:<\.\.\. )?(?P<call>\w+)(?P<rest>.*)$")
WRITES = {"pwrite64", "pwritev", "pwritev2", "write", "writev"}
SYNCS = {"fsync", "fdatasync"}
SENDS = {"write", "writev", "sendto", "sendmsg"}


def events(lines):
    """("begin" or "end", call, line as it began, its result), in the order of the trace."""
    unfinished = {}
    for line in lines:
        match = LINE.match(line)
        if not match or line.split(" ", 1)[1].lstrip().startswith(("+++", "---")):
            continue
        thread, call, rest = match["thread"], match["call"], match["rest"]
        result = rest.rpartition(" = ")[2].split(" ")[0]
        if rest.endswith("<unfinished ...>"):
            unfinished[thread] = rest
            yield "begin", call, rest, None
        elif rest.startswith(" resumed>"):
            yield "end", call, unfinished.pop(thread, ""), result
        else:
            yield "begin", call, rest, None
            yield "end", call, rest, result


def answers_after_sync(lines) -> list[bool]:
    """For each answer "201" in order: was all that is in the log synced, and something written?

    A sync counts from the moment that it ended well, for what had been written before it began.
    """
    verdicts = []
    written = synced = answered = 0  # writes of the log that were begun
    under_way = {}
    for when, call, what, result in events(lines):
        in_log = re.match(r"\(\d+<[^>]*-wal>", what)
        if call in WRITES and in_log and when == "begin":
            written += 1
        elif call in SYNCS and in_log and when == "begin":
            under_way[what] = written
        elif call in SYNCS and in_log and when == "end":
            reached = under_way.pop(what, 0)
            synced = max(synced, reached) if result == "0" else synced
        elif call in SENDS and when == "begin" and '"HTTP/1.1 201 ' in what:
            verdicts.append(synced == written > answered)
            answered = written
    return verdicts


@pytest.fixture
def traced(tmp_path):
    books = tmp_path / "traced.books"
    jangbu("init", "--books", books)
    log = tmp_path / "strace.log"
    server = Server(books, under=(*STRACE, str(log)))
    yield server, log
    server.stop()
    check(books)


def test_the_log_is_synced_before_the_answer_is_sent(traced):
    server, log = traced
    caller = Caller(server)
    items = fund_with_items(caller, 1)
    before = len(answers_after_sync(log.read_text(errors="replace").splitlines()))
    for number in range(PAYMENTS):
        body = {"amount": 1 + number, "paid_date": DAY}
        caller.post(f"/api/items/{items[0]}/payments", body, f"durable {number}")
    caller.close()
    server.halt()
    verdicts = answers_after_sync(log.read_text(errors="replace").splitlines())[before:]
    print(f"\nDurable: {verdicts.count(True)} of {PAYMENTS} synced before the answer")
    assert verdicts == [True] * PAYMENTS


WRITE = '7 pwrite64(9</x/a.books-wal>, "..."..., 4096, 32) = 4096'
SYNC = "7 fdatasync(9</x/a.books-wal>) = 0"
SEND = '8 sendto(12<socket:[1]>, "HTTP/1.1 201 Created\\r\\n"..., 63, 0, NULL, 0) = 63'
SEND_SOMETHING = '8 write(12<socket:[1]>, "HTTP/1.1 200 OK\\r\\n"..., 63) = 63'
SYNC_BEGINS = "7 fdatasync(9</x/a.books-wal> <unfinished ...>"
SYNC_ENDS = "7 <... fdatasync resumed>) = 0"
SYNC_FAILS = "7 <... fdatasync resumed>) = -1 EIO (Input/output error)"
SYNC_OF_FILE = "7 fdatasync(8</x/a.books>) = 0"

TRACES = {
    "in order": ([WRITE, WRITE, SYNC, SEND], [True]),
    "twice in order": ([WRITE, SYNC, SEND, WRITE, SYNC, SEND_SOMETHING, SEND], [True, True]),
    "never synced": ([WRITE, SEND], [False]),
    "synced after the answer": ([WRITE, SEND, SYNC], [False]),
    "synced before the last write": ([WRITE, SYNC, WRITE, SEND], [False]),
    "answered while it syncs": ([WRITE, SYNC_BEGINS, SEND, SYNC_ENDS], [False]),
    "synced in two lines": ([WRITE, SYNC_BEGINS, SYNC_ENDS, SEND], [True]),
    "written while it syncs": ([WRITE, SYNC_BEGINS, WRITE, SYNC_ENDS, SEND], [False]),
    "the sync failed": ([WRITE, SYNC_BEGINS, SYNC_FAILS, SEND], [False]),
    "another file was synced": ([WRITE, SYNC_OF_FILE, SEND], [False]),
    "nothing written": ([WRITE, SYNC, SEND, SEND], [True, False]),
}


@pytest.mark.parametrize("name", TRACES)
def test_a_trace_in_the_wrong_order_would_be_noticed(name):
    lines, verdicts = TRACES[name]
    assert answers_after_sync(lines) == verdicts
