"""Answers that are given as soon as the request is there: the overview, and changes by programs.

They go past the reader of requests that everything else goes through, and must be the same to the
client in every way of asking.
"""

import json
import os
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from harness import Server, jangbu
from raw import answer, connected, head, until_closed

OVERVIEW = "/api/funds/overview?reference_date=2026-02-14"
PARTIES = "/api/parties"


def post(server, body: bytes, *more: str) -> bytes:
    sent = head(
        server,
        "POST",
        PARTIES,
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *more,
    )
    return sent + body


def party(name: str) -> bytes:
    return json.dumps({"name": name}).encode()


def test_requests_sent_at_once_are_answered_in_their_order(demo_server):
    asked = [OVERVIEW, PARTIES, OVERVIEW, "/livez", OVERVIEW, OVERVIEW, PARTIES]
    with connected(demo_server) as connection:
        connection.sendall(b"".join(head(demo_server, "GET", path) for path in asked))
        connection.shutdown(socket.SHUT_WR)
        received = until_closed(connection)
    for path in asked:
        first, _, rest = received.partition(b"\r\n\r\n")
        assert first.startswith(b"HTTP/1.1 200 "), first
        length = int(first.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        told, received = json.loads(rest[:length]), rest[length:]
        assert ("totals" in told) == (path == OVERVIEW), path
        assert ("alive" in told) == (path == "/livez"), path
    assert received == b""


def test_thousands_sent_at_once_are_answered_one_after_the_other(demo_server):
    """The first is not quick, so all others wait for it, and then each for the one before it."""
    asked = 8_000
    short = b"POST /api/ HTTP/1.1\r\nHost:a\r\n\r\n"
    with connected(demo_server, timeout=300) as connection:
        connection.sendall(head(demo_server, "GET", "/livez") + short * asked)
        connection.shutdown(socket.SHUT_WR)
        received = until_closed(connection)
    assert received.count(b"HTTP/1.1 ") == asked + 1
    assert demo_server.is_alive()


def test_who_says_how_much_will_come_is_not_waited_for(demo_server):
    for path in [OVERVIEW, PARTIES]:
        with connected(demo_server) as connection:
            connection.sendall(head(demo_server, "GET", path, "Content-Length: 5000000"))
            assert answer(connection)[0] == 200


def test_answers_wait_for_a_client_that_takes_none(tmp_path):
    """What it has not taken is not made: else one client could fill the memory."""
    books, sheet = tmp_path / "many.books", tmp_path / "funds.csv"
    lines = ["name,currency,commitment_total,gp_commitment"]
    lines += [f"제{number}호 창의조합,KRW,1000000,0" for number in range(1_500)]
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    jangbu("init", "--books", books)
    jangbu("import", sheet, "--books", books)
    server = Server(books)
    try:
        with connected(server, timeout=300) as connection:
            connection.sendall(head(server, "GET", OVERVIEW))
            size = len(answer(connection)[1])
            before = resident(server)
            asked = 200
            connection.sendall(head(server, "GET", OVERVIEW) * asked)
            connection.shutdown(socket.SHUT_WR)
            # Nothing is taken until nothing is made any more.
            worked = 0.0
            while (now := processor_seconds(server)) - worked > 0.2:
                worked = now
                time.sleep(1)
            grown = resident(server) - before
            received = sum(len(part) for part in iter(lambda: connection.recv(1 << 20), b""))
        assert received > asked * size
        assert grown < asked * size / 3, (grown, size)
    finally:
        server.stop()


def processor_seconds(server) -> float:
    """How long the server's process has worked."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(server) -> int:
    """The memory that the server's process holds, in bytes."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1_024


def test_a_client_that_sends_nothing_more_still_hears_the_answer(demo_server):
    for sent in [head(demo_server, "GET", OVERVIEW), post(demo_server, party("끝까지듣는조합"))]:
        with connected(demo_server) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            received = until_closed(connection)
        first, _, body = received.partition(b"\r\n\r\n")
        assert first.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")), first
        assert json.loads(body)


def test_head_says_what_get_says_without_the_body(demo_server):
    with connected(demo_server) as connection:
        connection.sendall(head(demo_server, "HEAD", OVERVIEW, "Connection: close"))
        only_head = until_closed(connection)
    with connected(demo_server) as connection:
        connection.sendall(head(demo_server, "GET", OVERVIEW, "Connection: close"))
        first, _, body = until_closed(connection).partition(b"\r\n\r\n")
    assert only_head.endswith(b"\r\n\r\n")

    def fields(text: bytes) -> dict:
        lines = text.strip().split(b"\r\n")
        named = dict(line.split(b": ", 1) for line in lines[1:])
        named = {name.lower(): value for name, value in named.items()}
        return {k: v for k, v in named.items() if k not in (b"date", b"x-request-id")}

    assert fields(only_head) == fields(first)
    assert int(fields(first)[b"content-length"]) == len(body)


def test_an_answer_says_when_it_was_given(demo_server, client):
    for path in [OVERVIEW, PARTIES]:
        told = client(demo_server).get(path).headers["date"]
        said = parsedate_to_datetime(told)
        assert abs(datetime.now(UTC) - said) < timedelta(seconds=60), told
        assert told == said.strftime("%a, %d %b %Y %H:%M:%S GMT")


def test_what_is_too_large_is_told_so_however_it_is_sent(demo_server):
    huge = b'{"name":"' + b"a" * (2 << 20) + b'"}'
    with connected(demo_server) as connection:
        connection.sendall(post(demo_server, huge)[:100_000])
        status, body = answer(connection)
    assert status == 413 and b"body-too-large" in body
    with connected(demo_server) as connection:
        sent = head(
            demo_server,
            "POST",
            PARTIES,
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
        )
        try:
            connection.sendall(sent)
            for start in range(0, len(huge), 65_536):
                part = huge[start : start + 65_536]
                connection.sendall(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
        except OSError:  # it was told before all of it was sent
            pass
        status, body = answer(connection)
    assert status == 413 and b"body-too-large" in body


def test_a_body_in_parts_is_one_body(demo_server):
    body = party("나누어보낸조합")
    with connected(demo_server) as connection:
        sent = head(
            demo_server,
            "POST",
            PARTIES,
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
        )
        for byte in body:
            sent += b"1\r\n" + bytes([byte]) + b"\r\n"
        connection.sendall(sent + b"0\r\n\r\n")
        assert answer(connection)[0] == 201
        connection.sendall(head(demo_server, "GET", PARTIES))
        assert "나누어보낸조합".encode() in answer(connection)[1]


def test_what_another_program_wrote_is_there_at_once(tmp_path):
    """Another process commits to the same file; the next answer holds it."""
    books, sheet = tmp_path / "shared.books", tmp_path / "funds.csv"
    jangbu("init", "--demo", "--books", books)
    sheet.write_text(
        "name,currency,commitment_total,gp_commitment\n다른창의조합,KRW,1000,0\n",
        encoding="utf-8",
    )
    server = Server(books)
    try:
        with connected(server) as connection:
            for funds in [8, 9]:
                connection.sendall(head(server, "GET", OVERVIEW))
                assert len(json.loads(answer(connection)[1])["funds"]) == funds
                if funds == 8:
                    jangbu("import", sheet, "--books", books)
    finally:
        server.stop()
