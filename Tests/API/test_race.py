"""A hundred programs pay the same amount at one moment: the item takes it once.

Meanwhile four others read, and whatever one answer says agrees with itself. `JANGBU_SOAK=1` raises
the number of rounds.
"""

import http.client
import json
import os
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest
from harness import Server, jangbu

CLIENTS = 100
READERS = 4
ROUNDS = 200 if os.environ.get("JANGBU_SOAK") == "1" else 10
ROUNDS_OF_PARTS = min(ROUNDS, 50)
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
        yield Crowd(connections, pool, servers[0].headers)
    for connection in connections:
        connection.close()


@pytest.fixture
def readers(servers):
    """Four readers that look at the books until the test is over, and what they saw."""
    over = threading.Event()
    with ThreadPoolExecutor(READERS) as pool:
        work = [
            pool.submit(read_until, over, servers[number % len(servers)])
            for number in range(READERS)
        ]
        yield
        over.set()
        seen = sum((each.result() for each in work), Counter())
    assert len(seen) == 5 and min(seen.values()) >= READERS, seen
    print(f"\n{READERS} readers, whose every answer agreed with itself: {dict(seen)}")


def read_until(over: threading.Event, server: Server) -> Counter:
    seen, paid_before = Counter(), Counter()
    with httpx.Client(
        base_url=server.url, headers=server.headers, timeout=120, trust_env=False
    ) as http:

        def get(what, path, **query):
            answer = http.get(path, params={"reference_date": DAY} | query)
            assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
            seen[what] += 1
            return answer.json()

        while not over.is_set():
            overview = get("overview", "/api/funds/overview")
            overview_agrees(overview)
            for fund in (row["id"] for row in overview["funds"]):
                fund_agrees(get("fund", f"/api/funds/{fund}"))
                for side in ["partners", "investments"]:
                    path = f"/api/funds/{fund}/capital-calls/stats"
                    stats_agree(get("stats", path, side=side))
                calls = get("calls", f"/api/funds/{fund}/calls")["calls"]
                for call in (each["id"] for each in calls[-1:]):
                    sheet = get("call", f"/api/calls/{call}")
                    call_agrees(sheet)
                    assert sheet["paid"] >= paid_before[call], f"money went back: {sheet}"
                    paid_before[call] = sheet["paid"]
    return seen


def overview_agrees(overview):
    for currency, totals in overview["totals_by_currency"].items():
        funds = [row for row in overview["funds"] if row["currency"] == currency]
        assert totals["fund_count"] == len(funds), overview
        sums = ["commitment_total", "total_paid_in", "gp_paid_in", "total_invested", "uninvested"]
        for name in sums:
            assert totals[name] == sum(row[name] for row in funds), (name, overview)
    for row in overview["funds"]:
        assert row["uninvested"] == row["commitment_total"] - row["total_invested"], row
        assert 0 <= row["total_paid_in"] <= row["commitment_total"], row


def fund_agrees(fund):
    assert fund["total_paid_in"] == fund["partners"]["paid"], fund
    assert fund["cash"] == fund["partners"]["paid"] - fund["investments"]["paid"], fund
    for side in ["partners", "investments"]:
        standing = fund[side]
        those = [each for each in fund["commitments"] if each["side"] == side]
        for name in ["committed", "noticed", "paid", "outstanding", "uncalled"]:
            assert standing[name] == sum(each[name] for each in those), (name, fund)
        for each in [standing, *those]:
            assert each["paid"] + each["uncalled"] == each["committed"], fund
            assert each["paid"] + each["outstanding"] == each["noticed"], fund
            assert each["noticed"] + each["not_yet_called"] == each["committed"], fund


def stats_agree(stats):
    assert stats["called"] + stats["uncalled"] == stats["committed"], stats
    assert stats["called"] + stats["outstanding"] == stats["noticed"], stats
    assert stats["noticed"] + stats["not_yet_called"] == stats["committed"], stats


def call_agrees(call):
    for name in ["amount", "paid", "outstanding"]:
        assert call[name] == sum(item[name] for item in call["items"]), (name, call)
    for item in call["items"]:
        assert item["paid"] == sum(entry["amount"] for entry in item["entries"]), item
        assert item["paid"] + item["outstanding"] == item["amount"], item
        assert 0 <= item["paid"] <= item["amount"], item


class Crowd:
    def __init__(self, connections, pool, headers: dict):
        self._connections = connections
        self._pool = pool
        self._headers = headers
        self._keys = 0

    def pay(self, item: int, amounts: list[int]) -> list[tuple[int, dict]]:
        """Each client sends one payment, all at one moment, each with a request key of its own."""
        together = threading.Barrier(CLIENTS, timeout=60)

        def send(client: int):
            headers = self._headers | {
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


def test_of_a_hundred_who_pay_what_is_outstanding_one_is_taken(servers, crowd, items, readers):
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


def test_parts_paid_at_one_moment_never_pass_the_item(servers, crowd, items, readers):
    next_item, paid = items
    dice = random.Random(17)
    seen = Counter()
    for number in range(1, ROUNDS_OF_PARTS + 1):
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
    print(f"\n{len(servers)} server(s), {ROUNDS_OF_PARTS} rounds of {CLIENTS} parts: {dict(seen)}")


# Where one figure is off by one, the readers must see it.
FIGURES = [
    (overview_agrees, "/api/funds/overview", ["totals_by_currency", "KRW", "total_paid_in"]),
    (overview_agrees, "/api/funds/overview", ["funds", 0, "total_invested"]),
    (fund_agrees, "/api/funds/1", ["total_paid_in"]),
    (fund_agrees, "/api/funds/1", ["commitments", 0, "paid"]),
    (fund_agrees, "/api/funds/1", ["partners", "uncalled"]),
    (stats_agree, "/api/funds/1/capital-calls/stats", ["called"]),
    (stats_agree, "/api/funds/1/capital-calls/stats", ["outstanding"]),
    (call_agrees, "/api/calls/1", ["paid"]),
    (call_agrees, "/api/calls/1", ["items", 0, "paid"]),
    (call_agrees, "/api/calls/1", ["items", 0, "entries", 0, "amount"]),
]


@pytest.mark.parametrize("agrees, path, figure", FIGURES)
def test_a_reader_would_see_a_figure_off_by_one(demo_server, client, agrees, path, figure):
    answer = client(demo_server).get(path, params={"reference_date": "2026-02-14"}).json()
    agrees(answer)
    holder = answer
    for step in figure[:-1]:
        holder = holder[step]
    holder[figure[-1]] += 1
    with pytest.raises(AssertionError):
        agrees(answer)
