"""What is no proper HTTP request at all: refused or hung up on, and the server lives on."""

import socket
from urllib.parse import urlsplit

import pytest

POST = b"POST /api/parties HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

REQUESTS = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    "a blank in the address": b"GET /fund overview HTTP/1.1\r\nHost: a\r\n\r\n",
    "bytes that are no UTF-8": b"GET /\xff\xfe?reference_date=\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\n: a\r\n\r\n",
    "a length that is no number": POST + b"Content-Length: many\r\n\r\n{}",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n{}",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a chunk that is none": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
    "a body that ends early": POST + b'Content-Length: 99\r\n\r\n{"name":"A"',
    "an address of 100 kB": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "200 kB of headers": b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 33_000 + b"\r\n",
}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_no_request_is_refused(demo_server, client, name):
    address = urlsplit(demo_server.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        try:
            connection.sendall(REQUESTS[name])
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(65_536)
        except OSError:  # hung up on
            answer = b""
    if answer:
        status = int(answer.split(b" ")[1])
        assert 400 <= status < 500, answer
    assert demo_server.is_alive()
    assert client(demo_server).get("/api/parties").status_code == 200
