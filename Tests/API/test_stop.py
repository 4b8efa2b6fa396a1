"""A server that is told to stop answers what it has accepted, and waits for nobody for ever."""

import json
import sqlite3
import threading
import time

import pytest
from harness import Server, jangbu
from raw import answer, connected, head, until_closed


@pytest.fixture
def server(tmp_path):
    books = tmp_path / "test.books"
    jangbu("init", "--demo", "--books", books)
    server = Server(books, "--patience", "0.2")
    yield server
    if server in Server.running:
        server.stop()


def post(server, body: bytes) -> bytes:
    return head(
        server,
        "POST",
        "/api/parties",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )


BODY = json.dumps({"name": "오늘조합"}).encode()


def names(books):
    server = Server(books)
    try:
        with connected(server) as connection:
            connection.sendall(head(server, "GET", "/api/parties"))
            return answer(connection)[1].decode()
    finally:
        server.stop()


def test_what_waits_for_its_turn_is_answered(server):
    lock = sqlite3.connect(server.books, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    with connected(server) as connection:
        connection.sendall(post(server, BODY) + BODY)
        time.sleep(0.5)
        server.ask_to_stop()
        time.sleep(0.5)
        assert server.is_alive()
        lock.execute("ROLLBACK")
        status, _ = answer(connection)
        assert status == 201
        assert until_closed(connection) == b""
    server.wait_for_end()
    lock.close()
    assert "오늘조합" in names(server.books)


def test_what_has_begun_to_arrive_may_arrive(server):
    with connected(server) as connection:
        connection.sendall(post(server, BODY) + BODY[:5])
        time.sleep(0.3)
        server.ask_to_stop()
        time.sleep(0.5)
        connection.sendall(BODY[5:])
        assert answer(connection)[0] == 201
    server.wait_for_end()


def test_what_never_ends_is_cut(server):
    with connected(server) as upload, connected(server) as silent, connected(server) as resting:
        upload.sendall(post(server, b" " * 100_000) + b" ")
        resting.sendall(head(server, "GET", "/livez"))
        assert answer(resting)[0] == 200
        time.sleep(0.3)
        server.ask_to_stop()
        ended = threading.Event()

        def drip():
            while not ended.wait(0.05):
                try:
                    upload.sendall(b" ")
                except OSError:
                    return

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        assert until_closed(resting) == until_closed(silent) == b""
        server.wait_for_end()
        ended.set()
        dripping.join()


def test_nobody_gets_in_any_more(server):
    with connected(server) as upload:
        upload.sendall(post(server, BODY) + BODY[:5])
        time.sleep(0.3)
        server.ask_to_stop()
        time.sleep(0.5)
        with pytest.raises(OSError), connected(server, timeout=5):
            pass
        upload.sendall(BODY[5:])
        assert answer(upload)[0] == 201
    server.wait_for_end()
