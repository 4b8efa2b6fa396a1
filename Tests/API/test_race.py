"""A hundred programs pay the same amount at one moment: the item takes it once.

`JANGBU_SOAK=1` raises the number of rounds.
"""

import http.client
import json
import os
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from harness import Server, jangbu

CLIENTS = 100
ROUNDS = 50 if os.environ.get("JANGBU_SOAK") else 10
AMOUNT = 1_000_000
DAY = "2026-02-01"


@pytest.fixture(params=[1, 2], ids=["one server", "two servers on one file"])
def servers(request, tmp_path):
    """So many processes on one file of books; what they did there is checked in the end."""
    books = tmp_path / "raced.books"
    jangbu("init", "--books", books)
    servers = [Server(books) for _ in range(request.param)]
    yield servers
    said = "".join(server.said() for server in servers)
    for server in servers:
        assert server.is_alive(), said
        server.stop()
    assert "failure" not in said, said
    jangbu("check", "--books", books)


@pytest.fixture
def crowd(servers):
    """Clients that are connected before they start, so that their requests meet."""
    addresses = [urlsplit(server.url) for server in servers]
    connections = [
        http.client.HTTPConnection(address.hostname, address.port, timeout=120)
        for address in (addresses * CLIENTS)[:CLIENTS]
    ]
    for connection in connections:
        connection.connect()
    with ThreadPoolExecutor(CLIENTS) as pool:
        yield Crowd(connections, pool)
    for connection in connections:
        connection.close()


class Crowd:
    def __init__(self, connections, pool):
        self._connections = connections
        self._pool = pool
        self._keys = 0

    def pay(self, item: int, amounts: list[int]) -> list[tuple[int, dict]]:
        """Each client sends one payment, all at one moment, each with a request key of its own."""
        together = threading.Barrier(CLIENTS, timeout=60)

        def send(client: int):
            headers = {
                "content-type": "application/json",
                "idempotency-key": f"{self._keys}-{client}",
            }
            body = json.dumps({"amount": amounts[client], "paid_date": DAY})
            together.wait()
            return post(
                self._connections[client], f"/api/items/{item}/payments", body, headers
            )

        self._keys += 1
        return list(self._pool.map(send, range(CLIENTS)))


def post(connection, path: str, body: str, headers: dict) -> tuple[int, dict]:
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


@pytest.fixture
def items(servers, client):
    """`items()`: the id of an item of a new call, on which all of AMOUNT is outstanding."""
    http = client(servers[0])

    def make(path, body):
        answer = http.post(path, json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    fund = make(
        "/api/funds", {"name": "F", "currency": "KRW", "commitment_total": AMOUNT * ROUNDS}
    )
    partner = {
        "side": "partners", "party": "LP", "amount": AMOUNT * ROUNDS, "partner_type": "기관"
    }
    commitment = make(f"/api/funds/{fund}/commitments", partner)

    def next_item():
        asked = [{"commitment": commitment, "amount": AMOUNT}]
        call = make(
            f"/api/funds/{fund}/calls",
            {"notice_date": DAY, "due_date": DAY, "items": asked},
        )
        return http.get(f"/api/calls/{call}").json()["items"][0]["id"], call

    def paid(call):
        item = http.get(f"/api/calls/{call}").json()["items"][0]
        assert item["paid"] == sum(entry["amount"] for entry in item["entries"])
        return item["paid"], len(item["entries"])

    return next_item, paid


def told(answers) -> Counter:
    """How often each status was answered, with the code of a problem."""
    return Counter((status, answer.get("code")) for status, answer in answers)


def test_of_a_hundred_who_pay_what_is_outstanding_one_is_taken(servers, crowd, items):
    next_item, paid = items
    seen = Counter()
    for number in range(1, ROUNDS + 1):
        item, call = next_item()
        answers = crowd.pay(item, [AMOUNT] * CLIENTS)
        seen += told(answers)
        assert told(answers) == {
            (201, None): 1,
            (422, "more-than-the-item-takes"): CLIENTS - 1,
        }, f"round {number}"
        assert {answer["most"] for status, answer in answers if status == 422} == {0}
        assert paid(call) == (AMOUNT, 1), f"round {number}"
    print(f"\n{len(servers)} server(s), {ROUNDS} rounds of {CLIENTS}: {dict(seen)}")


def test_parts_paid_at_one_moment_never_pass_the_item(servers, crowd, items):
    next_item, paid = items
    dice = random.Random(17)
    seen = Counter()
    for number in range(1, ROUNDS + 1):
        item, call = next_item()
        # About thirty of them fill the item; the rest has to be refused.
        amounts = [dice.randint(1, AMOUNT // 15) for _ in range(CLIENTS)]
        answers = crowd.pay(item, amounts)
        seen += told(answers)
        assert set(told(answers)) == {(201, None), (422, "more-than-the-item-takes")}, number
        taken = [
            amount
            for amount, (status, _) in zip(amounts, answers, strict=True)
            if status == 201
        ]
        assert paid(call) == (sum(taken), len(taken)), f"round {number}"
        left = AMOUNT - sum(taken)
        assert left >= 0, f"round {number}"
        # What was refused did not fit when its turn came, so it does not fit now.
        refused = [
            (amount, answer["most"])
            for amount, (status, answer) in zip(amounts, answers, strict=True)
            if status == 422
        ]
        assert all(amount > most >= left for amount, most in refused), f"round {number}"
        rest = crowd.pay(item, [left or 1] * CLIENTS)
        assert told(rest)[201, None] == (1 if left else 0), f"round {number}"
        assert paid(call)[0] == AMOUNT, f"round {number}"
    print(f"\n{len(servers)} server(s), {ROUNDS} rounds of {CLIENTS} parts: {dict(seen)}")
