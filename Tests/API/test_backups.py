"""Backups that the server makes by itself."""

import re
import time

import pytest
from harness import Server, jangbu

NAME = re.compile(r"test\.books\.[0-9a-f]{8}\.\d{8}T\d{6}Z\.backup")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def start(tmp_path, folder):
    """`start(every, keep)`: a server on the demo books that makes backups."""
    books = tmp_path / "test.books"
    jangbu("init", "--demo", "--books", books)
    servers = []

    def start(every, keep="14"):
        options = ["--backup-to", folder, "--backup-every", every, "--backup-keep", keep]
        servers.append(Server(books, *map(str, options)))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def made(folder):
    return sorted(each.name for each in folder.iterdir() if NAME.fullmatch(each.name))


def eventually(what, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")


def metric(server, client, name):
    text = client(server).get("/metrics").text
    found = re.search(rf"^{name} (\d+)$", text, re.M)
    return int(found[1]) if found else None


def test_the_first_is_made_at_once_and_holds_the_books(start, folder, tmp_path, client):
    server = start("24h")
    [name] = eventually(lambda: made(folder))
    assert (folder / name).stat().st_mode & 0o777 == 0o600
    assert list(folder.iterdir()) == [folder / name]
    copy = tmp_path / "restored.books"
    jangbu("restore", "--books", copy, folder / name)
    assert "sound" in jangbu("check", "--books", copy).stdout
    assert jangbu("overview", "--books", copy).stdout == jangbu(
        "overview", "--books", server.books
    ).stdout
    assert metric(server, client, "jangbu_backup_age_seconds") < 60
    assert metric(server, client, "jangbu_backup_failures_total") == 0
    # Started again, it knows that there is one.
    server.stop()
    again = start("24h")
    time.sleep(1)
    assert made(folder) == [name]
    assert metric(again, client, "jangbu_backup_age_seconds") is not None


def test_only_its_own_are_retired(start, folder):
    others = [
        "test.books.00000000.20200101T000000Z.backup",
        "other.books.12345678.20200101T000000Z.backup",
        "monday.backup",
        "test.books.backup",
        "notes.txt",
    ]
    for name in others:
        (folder / name).write_text("not mine")
    start("1s", keep="2")
    first = eventually(lambda: made(folder)[1:])[0]
    mark = first.split(".")[2]
    not_quite = f"test.books.{mark}.20209901T000000Z.backup"
    (folder / not_quite).write_text("no instant")
    # What a killed server left of a backup goes too, once nobody can be at work on it any more.
    begun = "3FA9C1D2-0000-4000-8000-000000000000.part"
    abandoned = f"test.books.{mark}.20200101T000000Z.backup.{begun}"
    at_work = f"test.books.{mark}.29990101T000000Z.backup.{begun}"
    for name in (abandoned, f"{abandoned}-wal", at_work):
        (folder / name).write_text("half")
    eventually(lambda: first not in made(folder))
    eventually(lambda: not list(folder.glob(f"{abandoned}*")))
    assert (folder / at_work).exists()
    mine = [name for name in made(folder) if mark in name and name != not_quite]
    assert 2 <= len(mine) <= 3
    assert all((folder / name).exists() for name in [*others, not_quite])


def test_what_fails_is_told_and_tried_again_and_serving_goes_on(start, folder, client):
    server = start("1s", keep="3")
    eventually(lambda: made(folder))
    folder.rename(folder.with_name("away"))
    eventually(lambda: "backup failed" in server.said())
    http = client(server)
    assert http.post("/api/parties", json={"name": "A"}).status_code == 201
    assert metric(server, client, "jangbu_backup_failures_total") >= 1
    ready = http.get("/readyz")
    [backup] = [each for each in ready.json()["checks"] if each["name"] == "backup"]
    assert ready.status_code == 200 and not backup["ok"] and not backup["needed"]
    folder.with_name("away").rename(folder)
    count = len(made(folder))
    eventually(lambda: len(made(folder)) > count or count == 3)
    eventually(lambda: all(each["ok"] for each in http.get("/readyz").json()["checks"]))
