"""Files on their way into the books, sent by whoever sends them: in pieces, cut off, too large, evil."""

import socket
import stat
import time
import zipfile
from pathlib import Path

import httpx
import pytest
from harness import Server, jangbu

SECONDS_AT_MOST = 120
CSV = "조합원,구분,약정액\n가나다,LP,1\n".encode()


@pytest.fixture
def server(tmp_path):
    jangbu("init", "--demo", "--books", tmp_path / "test.books")
    server = Server(tmp_path / "test.books")
    yield server
    assert server.is_alive(), server.said()
    server.stop()


def browser(server, person=None) -> httpx.Client:
    """Sends what a signed-in browser sends."""
    cookie = (person or server).cookie
    return httpx.Client(
        base_url=server.url, cookies={cookie["name"]: cookie["value"]}, trust_env=False, timeout=120
    )


def send(client, server, content=CSV, name="약정.csv", token=None, **headers):
    return client.post(
        "/import",
        data={"form_token": server.form_token if token is None else token},
        files={"file": (name, content)},
        headers=headers,
    )


def page_when(client, place, *words) -> str:
    """The page of a draft, once it says one of the words."""
    deadline = time.monotonic() + SECONDS_AT_MOST
    while True:
        text = client.get(place).text
        if any(word in text for word in words):
            return text
        assert time.monotonic() < deadline, text
        time.sleep(0.1)


def kept(server) -> list[Path]:
    """The files that lie beside the books."""
    hall = Path(f"{server.books}-imports")
    return [path for path in hall.rglob("*") if path.is_file()]


def gone(server) -> bool:
    deadline = time.monotonic() + SECONDS_AT_MOST
    while kept(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not kept(server)


def test_a_file_is_kept_for_the_server_alone_and_goes_with_its_draft(server):
    client = browser(server)
    answer = send(client, server)
    assert answer.status_code == 303
    page_when(client, answer.headers["Location"], "previewImport")
    (rows,) = kept(server)
    assert stat.S_IMODE(rows.stat().st_mode) == 0o600
    assert stat.S_IMODE(rows.parent.stat().st_mode) == 0o700
    ended = client.post(
        answer.headers["Location"], data={"form": "endImport", "form_token": server.form_token}
    )
    assert ended.status_code == 303
    assert gone(server)
    assert client.get(answer.headers["Location"]).status_code == 404


def test_a_file_from_another_session_or_site_is_not_taken(server):
    client = browser(server)
    assert send(client, server, token="x").status_code == 403
    assert send(client, server, token="").status_code == 403
    assert send(client, server, Origin="https://elsewhere.example").status_code == 403
    assert send(client, server, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert gone(server)


def test_who_may_not_change_the_books_sends_no_file(server):
    nobody = httpx.Client(base_url=server.url, trust_env=False)
    assert send(nobody, server).status_code == 401
    viewer = server.person("viewer")
    assert send(browser(server, viewer), server, token=viewer.form_token).status_code == 403
    assert gone(server)


@pytest.mark.parametrize(
    "files, status",
    [
        ({}, 422),
        ({"file": ("", b"")}, 422),
        ([("file", ("a.csv", CSV)), ("file", ("b.csv", CSV))], 422),
    ],
)
def test_a_form_without_one_file_is_refused(server, files, status):
    answer = browser(server).post(
        "/import", data={"form_token": server.form_token}, files=files or {"other": (None, "x")}
    )
    assert answer.status_code in {status, 400}, answer.text
    assert gone(server)


def test_what_is_no_form_is_refused(server):
    client = browser(server)
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=X"):
        answer = client.post("/import", content=b"abc", headers={"Content-Type": content_type})
        assert answer.status_code in {400, 422}, answer.status_code
    assert gone(server)


def test_a_file_that_is_cut_off_leaves_nothing(server):
    cookie = server.cookie
    body = (
        b"--X\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n"
        + server.form_token.encode()
        + b"\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
        + CSV
    )
    with socket.create_connection(("127.0.0.1", int(server.port))) as connection:
        connection.sendall(
            f"POST /import HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Cookie: {cookie['name']}={cookie['value']}\r\n"
            "Content-Type: multipart/form-data; boundary=X\r\n"
            f"Content-Length: {len(body) + 1000}\r\n\r\n".encode()
            + body
        )
        deadline = time.monotonic() + SECONDS_AT_MOST
        while not kept(server):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert gone(server)


def test_a_file_beyond_the_limit_is_refused_and_others_are_answered_meanwhile(server):
    piece = b"0" * (1 << 20)
    other = browser(server)
    answered = 0

    def body():
        nonlocal answered
        yield b"--X\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n"
        yield server.form_token.encode()
        yield b"\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
        for number in range(260):
            if number % 50 == 0:
                assert other.get("/fund-overview").status_code == 200
                answered += 1
            yield piece
        yield b"\r\n--X--\r\n"

    client = browser(server)
    answer = client.post(
        "/import", content=body(), headers={"Content-Type": "multipart/form-data; boundary=X"}
    )
    assert answer.status_code == 413, answer.text
    assert "256MiB" in answer.text or "256 MiB" in answer.text
    assert answered == 6
    assert gone(server)


def test_an_evil_file_is_refused_in_a_sentence(server, tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook>" + " " * 300_000_000)
    client = browser(server)
    for content, name in [
        (bomb.read_bytes(), "bomb.xlsx"), (b"\x00\x01\x02", "x.bin"), (b"%PDF-1.7", "x.xlsx"),
        (b"", "empty.csv"),
    ]:  # fmt: skip
        answer = send(client, server, content, name)
        assert answer.status_code == 303, (name, answer.text)
        page = page_when(client, answer.headers["Location"], 'id="failed"', "previewImport")
        assert 'id="failed"' in page, name
        assert client.get("/fund-overview").status_code == 200


def test_a_name_is_shown_as_text(server):
    client = browser(server)
    answer = send(client, server, name="<img src=x>\u202e.csv")
    page = page_when(client, answer.headers["Location"], "previewImport")
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page
    assert "\u202e" not in page


def test_a_sixth_file_takes_the_place_of_the_oldest(server):
    client = browser(server)
    places = []
    for number in range(6):
        answer = send(client, server, CSV + str(number).encode() * 3, f"{number}.csv")
        places.append(answer.headers["Location"])
        page_when(client, places[-1], "previewImport")
    assert client.get(places[0]).status_code == 404
    assert [client.get(place).status_code for place in places[1:]] == [200] * 5
    assert len(kept(server)) == 5


def test_what_a_killed_server_left_is_cleared_away_by_the_next(tmp_path):
    jangbu("init", "--books", tmp_path / "test.books")
    server = Server(tmp_path / "test.books")
    client = browser(server)
    answer = send(client, server)
    page_when(client, answer.headers["Location"], "previewImport")
    assert kept(server)
    server.kill()
    assert kept(server)
    # What somebody put there is no server's.
    own = Path(f"{server.books}-imports") / "mine.txt"
    own.write_text("mine")
    server.start(port="0")
    assert kept(server) == [own]
    # A second server of the same books leaves the first one's alone.
    client = browser(server)
    answer = send(client, server)
    page_when(client, answer.headers["Location"], "previewImport")
    second = Server(tmp_path / "test.books")
    assert len(kept(server)) == 2
    second.stop()
    server.stop()
    assert kept(server) == [own]


def test_a_reader_that_is_stopped_by_the_person_ends(server, tmp_path):
    """Cancelled while it reads, the file is gone and so is the process that read it."""
    rows = "".join(f"없는조합,1,조합원{number},2025-01-06,100\n" for number in range(400_000))
    client = browser(server)
    answer = send(client, server, ("조합명,차수,조합원,납입일,납입액\n" + rows).encode(), "long.csv")
    place = answer.headers["Location"]
    client.post(place, data={"form": "cancelWork", "form_token": server.form_token})
    page_when(client, place, "없는 파일", "previewImport")
    deadline = time.monotonic() + SECONDS_AT_MOST
    while readers_of(server.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not readers_of(server.pid)


def readers_of(pid: int) -> list[str]:
    """The processes that a server has started."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for path in children for child in path.read_text().split()]
