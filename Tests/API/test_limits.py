"""Clients that are odd, slow or too many: each hears it, and nobody else waits for them."""

import resource
import socket
import time

import pytest
from harness import Server, jangbu
from raw import answer, connected, head, status_of, until_closed

# With it, times of seconds become tenths: a request's head has one second, its body three.
HURRIED = "0.1"


@pytest.fixture(scope="module")
def hurried_server(tmp_path_factory):
    books = tmp_path_factory.mktemp("hurried") / "test.books"
    jangbu("init", "--demo", "--books", books)
    server = Server(books, "--patience", HURRIED)
    yield server
    assert server.is_alive(), server.said()
    server.stop()


ODD = {
    "no host": (b"GET /livez HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
    "two hosts, spelt otherwise": (b"GET / HTTP/1.1\r\nhost: a\r\nHOST: b\r\n\r\n", 400),
    "two hosts in HTTP/1.0": (b"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "an address of 9 kB": (
        b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        414,
    ),
    "150 headers": (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 150 + b"\r\n", 431),
    "40 kB of headers": (
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 40_000 + b"\r\n\r\n",
        431,
    ),
    "200 kB of headers": (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 200_000, 431),
    "an unknown expectation": (b"GET / HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n", 417),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    "both ways to say how long": (
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        400,
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_told_so_and_closed(demo_server, name):
    sent, status = ODD[name]
    with connected(demo_server) as connection:
        connection.sendall(sent)
        received = until_closed(connection)
    assert status_of(received) == status, received[:200]
    assert b"Connection: close" in received
    assert b"Content-Security-Policy: " in received and b"no-store" in received
    assert b"application/problem+json" in received


def test_another_name_is_another_site(demo_server):
    for host in ["books.example", "127.0.0.1.example", "", "localhost, evil", "[::1"]:
        with connected(demo_server) as connection:
            connection.sendall(head(demo_server, "GET", "/api/parties", host=host))
            status, body = answer(connection)
        assert status == 421, host
        assert b"not-this-site" in body


def test_who_waits_to_go_on_is_told_to(demo_server_of_its_own):
    server = demo_server_of_its_own
    sent = b'{"name":"A"}'
    with connected(server) as connection:
        connection.sendall(
            head(
                server,
                "POST",
                "/api/parties",
                "Content-Type: application/json",
                f"Content-Length: {len(sent)}",
                "Expect: 100-continue",
            )
        )
        assert answer(connection)[0] == 100
        connection.sendall(sent)
        assert answer(connection)[0] == 201


def test_who_waits_with_too_much_is_told_so_at_once(demo_server):
    with connected(demo_server) as connection:
        connection.sendall(
            head(
                demo_server,
                "POST",
                "/api/parties",
                "Content-Type: application/json",
                "Content-Length: 99999999",
                "Expect: 100-continue",
            )
        )
        status, body = answer(connection)
    assert status == 413 and b"body-too-large" in body


def test_one_connection_serves_many_requests_and_ends_when_told(demo_server):
    with connected(demo_server) as connection:
        for _ in range(3):
            connection.sendall(head(demo_server, "GET", "/api/parties"))
            assert answer(connection)[0] == 200
    with connected(demo_server) as connection:
        last = head(demo_server, "GET", "/livez", "Connection: close")
        connection.sendall(head(demo_server, "GET", "/livez") * 300 + last)
        connection.shutdown(socket.SHUT_WR)
        assert until_closed(connection).count(b'{"alive":true}') == 301
    for closing in ["Connection: close", "connection: CLOSE, te", "Connection: upgrade"]:
        with connected(demo_server) as connection:
            connection.sendall(head(demo_server, "GET", "/livez", closing))
            received = until_closed(connection)
            assert received.startswith(b"HTTP/1.1 200 OK") and b"Connection: close" in received
    with connected(demo_server) as connection:
        connection.sendall(b"GET /livez HTTP/1.0\r\n\r\n")
        assert until_closed(connection).startswith(b"HTTP/1.0 200 OK")


def test_who_says_nothing_is_closed(hurried_server):
    for said in [b"", b"GET /livez HT", b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX: "]:
        with connected(hurried_server) as connection:
            connection.sendall(said)
            assert until_closed(connection) == b""


def test_a_head_that_drips_is_closed(hurried_server):
    with connected(hurried_server) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ")
        try:
            for _ in range(600):
                connection.sendall(b"y")
                time.sleep(0.05)
            raise AssertionError("it went on for thirty seconds")
        except OSError:
            pass


def test_a_body_that_drips_is_told_so(hurried_server):
    with connected(hurried_server) as connection:
        connection.sendall(
            head(
                hurried_server,
                "POST",
                "/api/parties",
                "Content-Type: application/json",
                "Content-Length: 100000",
            )
        )
        connection.settimeout(0.05)
        received = b""
        for _ in range(600):
            try:
                connection.sendall(b" ")
                received += connection.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                break
            if received:
                break
    assert status_of(received) == 408, received
    assert b"too-slow" in received


def test_a_connection_may_rest_but_not_for_ever(hurried_server):
    with connected(hurried_server) as connection:
        connection.sendall(head(hurried_server, "GET", "/livez"))
        assert answer(connection)[0] == 200
        # Longer than a new connection may be silent.
        time.sleep(3)
        connection.sendall(head(hurried_server, "GET", "/livez"))
        assert answer(connection)[0] == 200
        assert until_closed(connection) == b""


def test_who_reads_nothing_is_closed(hurried_server, client):
    def cut():
        return '_cut_total{reason="reads-nothing"}' in client(hurried_server).get("/metrics").text

    with socket.socket() as connection:
        # Before it is connected: a window that was offered cannot be taken back.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect(("127.0.0.1", int(hurried_server.port)))
        connection.settimeout(0.5)
        pages = head(hurried_server, "GET", "/fund-overview") * 50
        with pytest.raises(TimeoutError):  # neither side reads now
            for _ in range(1_000):
                connection.sendall(pages)
        assert client(hurried_server).get("/api/parties").status_code == 200
        deadline = time.monotonic() + 60
        while not cut():
            assert time.monotonic() < deadline, hurried_server.log()[-5:]
            time.sleep(0.1)


def test_too_many_connections_are_told_so(demo_server, client):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    crowd, refused = [], 0
    try:
        for _ in range(1_100):
            address = (demo_server.url.split("/")[2].split(":")[0], int(demo_server.port))
            crowd.append(socket.create_connection(address, timeout=30))
        for connection in reversed(crowd):
            connection.setblocking(False)
        deadline = time.monotonic() + 8
        told = set()
        while len(told) < 100 and time.monotonic() < deadline:
            for connection in crowd:
                if connection in told:
                    continue
                try:
                    if b"503" in connection.recv(1_000):
                        told.add(connection)
                except BlockingIOError:
                    pass
            time.sleep(0.05)
        refused = len(told)
    finally:
        for connection in crowd:
            connection.close()
    assert refused >= 100
    time.sleep(0.5)
    assert client(demo_server).get("/livez").status_code == 200


def test_large_requests_hold_nobody_up(demo_server_of_its_own, client):
    """Four at once would keep both threads busy for seconds."""
    from concurrent.futures import ThreadPoolExecutor

    server = demo_server_of_its_own
    items = [{"commitment": number, "amount": "12억 3,400만"} for number in range(1, 5_001)]
    call = {"notice_date": "2026-02-02", "due_date": "2026-02-03", "items": items}
    with ThreadPoolExecutor(4) as pool:
        heavy = [
            pool.submit(client(server, timeout=300).post, "/api/funds/1/calls", json=call)
            for _ in range(4)
        ]
        answered = 0
        while not all(each.done() for each in heavy):
            assert client(server).get("/api/parties").status_code == 200
            answered += 1
        assert {each.result().status_code for each in heavy} == {422}
    # A tenth of what is answered meanwhile where nobody is held up.
    assert answered >= 10
