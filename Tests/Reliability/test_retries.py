"""Retries: a request that is sent several times at one moment is done once, and answered alike.

Each request carries one key, and goes out 3 to 10 times in parallel, each time on a connection of
its own; with two servers on one file, to both of them.
"""

import json
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness import Server, jangbu
from witness import DAY, Caller, check, count, reading

REQUESTS = count(200, 2_000)
MOST = 10


@pytest.fixture(params=[1, 2], ids=["one server", "two servers on one file"])
def servers(request, tmp_path):
    books = tmp_path / "asked-again.books"
    jangbu("init", "--books", books)
    servers = [Server(books) for _ in range(request.param)]
    yield servers
    for server in servers:
        server.stop()
    check(books)


class Asker:
    """Makes up requests that follow from one another, and remembers what came of them."""

    def __init__(self, caller: Caller):
        self.dice = random.Random("retries")
        self.caller = caller
        self.fund = caller.post(
            "/api/funds", {"name": "F", "currency": "KRW", "commitment_total": 10**14}
        )["id"]
        self.commitments: list[int] = []
        self.items: list[int] = []
        self.calls: list[int] = []
        self.entries: list[int] = []
        for number in range(3):
            self.did("commit", caller.post(*self.commit(-1 - number)))
        self.did("call", caller.post(*self.call(0)))

    def commit(self, number):
        partner = {"side": "partners", "party": f"LP {number}", "partner_type": "기관"}
        return f"/api/funds/{self.fund}/commitments", partner | {"amount": 10**9}

    def call(self, number):
        asked = [{"commitment": one, "amount": 1000} for one in self.commitments[:5]]
        body = {"notice_date": DAY, "due_date": DAY, "items": asked}
        return f"/api/funds/{self.fund}/calls", body

    def pay(self, number):
        body = {"amount": 1 + number % 50, "paid_date": DAY}
        return f"/api/items/{self.dice.choice(self.items)}/payments", body

    def pay_too_much(self, number):
        body = {"amount": 1_000_000, "paid_date": DAY}
        return f"/api/items/{self.dice.choice(self.items)}/payments", body

    def reverse(self, number):
        if not self.entries:
            return self.pay(number)
        return f"/api/entries/{self.entries.pop()}/reversal", {"reason": f"{number}"}

    def settle(self, number):
        return f"/api/calls/{self.calls.pop() if self.calls else 1}/settlement", {"paid_date": DAY}

    def change(self, number):
        body = {"amount": 100, "effective_on": DAY, "reason": "증액"}
        return f"/api/commitments/{self.dice.choice(self.commitments)}/changes", body

    def register(self, number):
        return "/api/parties", {"name": f"Company {number}"}

    def did(self, what: str, answer: dict):
        if what == "commit":
            self.commitments.append(answer["id"])
        if what == "call":
            self.calls.append(answer["id"])
            items = self.caller.get(f"/api/calls/{answer['id']}")["items"]
            self.items = self.items[-20:] + [item["id"] for item in items]
        if what == "pay":
            self.entries.append(answer["id"])


WHAT = ["pay"] * 6 + ["pay_too_much", "reverse", "reverse", "settle", "change", "register"]
WHAT += ["commit", "call", "call"]


def test_what_is_sent_again_is_done_once(servers):
    callers = [Caller(servers[number % len(servers)]) for number in range(MOST)]
    for caller in callers:
        caller.connect()
    reader = Caller(servers[0])
    asker = Asker(reader)
    head = reader.get("/api/audit?limit=1")["entries"][0]["audit"]
    seen, sent, by_key = Counter(), 0, {}
    with ThreadPoolExecutor(MOST) as pool:
        for number in range(REQUESTS // 2):
            what = asker.dice.choice(WHAT)
            path, body = getattr(asker, what)(number)
            key, times = f"asked {number}", asker.dice.randint(3, MOST)
            together = threading.Barrier(times, timeout=60)

            def send(caller):
                together.wait()
                return caller.send("POST", path, body, key)

            answers = list(pool.map(send, callers[:times]))
            assert len(set(answers)) == 1, f"{number}: {path} {body}: {set(answers)}"
            status, answer = answers[0][0], json.loads(answers[0][1])
            assert status in (201, 422), answer
            now = reader.get("/api/audit?limit=1")["entries"][0]["audit"]
            assert now == head + (status == 201), f"{number}: {path} {body}: {head} to {now}"
            if status == 201:
                asker.did(what, answer)
                by_key[key] = answer["audit"]
            seen[what, status] += 1
            head, sent = now, sent + times
    with reading(servers[0].books) as file:
        trail = file.execute("SELECT request_key, sequence FROM audit WHERE request_key <> ''")
        assert sorted(trail.fetchall()) == sorted(by_key.items())
    for caller in [reader, *callers]:
        caller.close()
    told = {f"{what} {status}": times for (what, status), times in sorted(seen.items())}
    print(
        f"\nRetries, {len(servers)} server(s): {REQUESTS // 2} requests sent {sent} times: {told}"
    )
