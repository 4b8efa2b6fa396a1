"""Full disk: no room is a refusal that passes; nothing acknowledged is lost, and reading goes on.

Once on a small tmpfs that is filled up, where mounting is allowed; and once with a limit on how
large a file of the server may become, as `ulimit -f` sets it. With a full disk, the room that is
left is used up by the books themselves and by other files, again and again, so that it ends at many
places within a change.
"""

import json
import os
import resource
import subprocess
from collections import Counter

import pytest
from harness import Server, jangbu
from witness import DAY, Caller, Kept, Witness, check, count, fund_with_items

TIMES_FULL = count(10, 100)
# In the life of one server.
TURNS = 10
READ = ["/api/funds/overview", "/api/funds/1/ledger", "/api/calls/1", "/fund-overview"]


class Disk:
    """A disk of its own for the books, and something else that fills it."""

    def __init__(self, folder):
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, server, leave: int):
        """Leaves about so many bytes free."""
        room = os.statvfs(self.folder)
        size = room.f_bavail * room.f_frsize - leave
        with self._filler.open("ab") as file:
            os.posix_fallocate(file.fileno(), file.tell(), max(size, 1))

    def make_room(self, server):
        self._filler.unlink()


class Limit:
    """A limit on the size of each file that the server writes."""

    def __init__(self, folder):
        self.folder = folder

    def fill(self, server, leave: int):
        sizes = [path.stat().st_size for path in self.folder.glob("full-*.books*")]
        self._limit(server, max(sizes) + leave)

    def make_room(self, server):
        self._limit(server, resource.RLIM_INFINITY)

    @staticmethod
    def _limit(server, size: int):
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture(params=["tmpfs", "file-size limit"])
def room(request, tmp_path):
    if request.param == "file-size limit":
        yield Limit(tmp_path)
        return
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], capture_output=True, text=True
    )
    if mount.returncode != 0:
        print(f"\nFull disk: no tmpfs here ({mount.stderr.strip()}); the file-size limit stands in")
        yield Limit(tmp_path)
        return
    yield Disk(folder)
    subprocess.run(["umount", folder], check=True)


class Bookkeeper:
    """Pays as long as there is room, and knows what was acknowledged."""

    def __init__(self, server: Server):
        self.caller = Caller(server)
        self.items = fund_with_items(self.caller, 3)
        self.witness = Witness()
        self.asked = 0

    def pay(self) -> int:
        """The status: 201, or 507 with a sentence."""
        self.asked += 1
        key, item = f"full {self.asked}", self.items[self.asked % 3]
        # Long enough to need a page now and then.
        body = {"amount": self.asked, "paid_date": DAY, "memo": "비고 " * (self.asked % 7 * 40)}
        status, answer = self.caller.send("POST", f"/api/items/{item}/payments", body, key)
        answer = json.loads(answer)
        if status == 201:
            kept = Kept(item, self.asked, answer["id"], answer["audit"])
            self.witness.acknowledged[key] = kept
        else:
            assert status == 507, answer
            assert answer["detail"].endswith(".") and len(answer["detail"]) > 20, answer
        return status

    def read(self):
        for path in READ:
            status, body = self.caller.send("GET", path)
            assert status == 200, f"{path}: {status} {body!r}"


def test_a_full_disk_refuses_writes_and_loses_nothing(room):
    seen = Counter()
    # New books each time: the larger the log, the longer it takes to fill what is left beside it.
    for life in range(TIMES_FULL // TURNS):
        books = room.folder / f"full-{life}.books"
        jangbu("init", "--books", books)
        fill_and_make_room(room, books, seen)
        for path in room.folder.glob(f"{books.name}*"):
            path.unlink()
    print(f"\nFull disk, by {type(room).__name__.lower()}: {dict(seen)}")
    assert seen[507] >= TIMES_FULL and seen[201] > 0


def fill_and_make_room(room, books, seen: Counter):
    server = Server(books)
    bookkeeper = Bookkeeper(server)
    for turn in range(TURNS):
        room.fill(server, leave=(turn * 79_190) % 400_000)
        statuses = [bookkeeper.pay() for _ in range(30)]
        while statuses[-1] == 201:
            assert len(statuses) < 2_000, "the disk never got full"
            statuses.append(bookkeeper.pay())
        seen += Counter(statuses)
        bookkeeper.read()
        seen["reads while full"] += len(READ)
        found = bookkeeper.witness.contradictions(books)
        assert not found, found[:10]
        room.make_room(server)
        assert bookkeeper.pay() == 201, "writing does not work again"
        bookkeeper.read()
        check(books)
        seen["times full and free again"] += 1
    server.stop()
    check(books)
    found = bookkeeper.witness.contradictions(books)
    assert not found, found[:10]
