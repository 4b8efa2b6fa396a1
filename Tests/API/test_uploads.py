"""Files on their way into the books, sent by whoever sends them: in pieces, cut off, too large, evil."""

import re
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


def test_a_sixth_file_waits_until_one_is_done(server):
    client = browser(server)
    places = []
    for number in range(5):
        answer = send(client, server, CSV + str(number).encode() * 3, f"{number}.csv")
        places.append(answer.headers["Location"])
        page_when(client, places[-1], "previewImport")
    sixth = send(client, server)
    assert sixth.status_code == 422
    assert [client.get(place).status_code for place in places] == [200] * 5
    assert len(kept(server)) == 5
    client.post(places[0], data={"form": "endImport", "form_token": server.form_token})
    assert send(client, server).status_code == 303


def test_files_that_cannot_be_read_make_room(server):
    client = browser(server)
    for number in range(7):
        answer = send(client, server, b"%PDF-1.7", f"{number}.xlsx")
        assert answer.status_code == 303
        page_when(client, answer.headers["Location"], 'id="failed"')


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


def amounts(number: str) -> bytes:
    return f"조합명,조합원,구분,약정액\n미래투자조합,새조합원,LP,{number}\n".encode()


def preview_of(client, server, place, **fields) -> str:
    form = {"form": "previewImport", "form_token": server.form_token, "0.format": "partners"}
    form |= {"0.in.fund": "0", "0.in.partner": "1", "0.in.type": "2", "0.in.commitment": "3"}
    client.post(place, data=form | fields)
    return page_when(client, place, 'id="verdict"')


def take(client, server, place, page):
    (seen,) = re.findall(r'name="preview" value="([^"]*)"', page)
    form = {"form": "takeImport", "form_token": server.form_token, "preview": seen}
    client.post(place, data=form)
    return page_when(client, place, 'id="taken"', 'id="seen-again"')


def committed(client, server) -> list:
    api = httpx.Client(base_url=server.url, headers=server.headers, trust_env=False)
    lines = api.get("/api/funds/1/commitments").json()["commitments"]
    return [line for line in lines if line["party"]["name"] == "새조합원"]


def test_a_button_of_an_older_preview_takes_nothing(server):
    client = browser(server)
    place = send(client, server, amounts("50")).headers["Location"]
    page_when(client, place, "previewImport")
    older = preview_of(client, server, place)
    client.post(place, data={"form": "layOutAgain", "form_token": server.form_token})
    preview_of(client, server, place, **{"0.unit": "thousands"})
    assert 'id="seen-again"' in take(client, server, place, older)
    assert committed(client, server) == []


def test_books_that_changed_are_shown_again_before_anything_is_written(server):
    client = browser(server)
    place = send(client, server, amounts("50")).headers["Location"]
    page_when(client, place, "previewImport")
    page = preview_of(client, server, place)
    api = httpx.Client(base_url=server.url, headers=server.headers, trust_env=False)
    assert api.post("/api/parties", json={"name": "다른 일"}).status_code == 201
    again = take(client, server, place, page)
    assert 'id="seen-again"' in again
    assert committed(client, server) == []
    assert 'id="taken"' in take(client, server, place, page_when(client, place, 'id="verdict"'))
    assert len(committed(client, server)) == 1


def test_a_name_that_was_taught_otherwise_meanwhile_is_shown_again(server):
    client = browser(server)

    def taught(name):
        page = preview_of(client, server, place)
        assert "미래투자조합X" in page
        form = {"form": "teachName", "form_token": server.form_token, "kind": "fund"}
        client.post(place, data=form | {"spelling": "미래투자조합X", "name": name})
        return page_when(client, place, 'id="verdict"')

    content = amounts("50").replace("미래투자조합".encode(), "미래투자조합X".encode())
    place = send(client, server, content).headers["Location"]
    page_when(client, place, "previewImport")
    first = taught("미래투자조합")
    # Whom the name means stands on the page.
    assert 'id="box-read-as"' in first
    other = send(client, server, content + b"\n").headers["Location"]
    page_when(client, other, "previewImport")
    preview_of(client, server, other)
    form = {"form": "teachName", "form_token": server.form_token, "kind": "fund"}
    client.post(other, data=form | {"spelling": "미래투자조합X", "name": "하이테크1호조합"})
    page_when(client, other, 'id="verdict"')
    assert 'id="seen-again"' in take(client, server, place, first)
    assert committed(client, server) == []
