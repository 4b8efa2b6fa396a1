"""HTTP by hand, for what no client would send."""

import socket
from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def connected(server, timeout=30):
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=timeout) as connection:
        yield connection


def head(server, method, path, *more: str, host="localhost") -> bytes:
    """A request's head with who asks, up to its empty line."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *more]
    lines += [f"{name}: {value}" for name, value in server.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def until_closed(connection) -> bytes:
    """What comes until the server closes; a reset is an end too."""
    received = b""
    try:
        while part := connection.recv(65_536):
            received += part
    except ConnectionResetError:
        pass
    return received


def answer(connection) -> tuple[int, bytes]:
    """One answer whose length is told: its status and its body."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65_536)
        assert part, f"closed after {received!r}"
        received += part
    first, _, body = received.partition(b"\r\n\r\n")
    status = int(first.split(b" ")[1])
    if status == 100:
        return status, b""
    length = next(
        int(line.split(b":")[1])
        for line in first.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        part = connection.recv(65_536)
        assert part, f"closed after {len(body)} of {length} bytes"
        body += part
    return status, body


def status_of(received: bytes) -> int:
    return int(received.split(b" ")[1])
