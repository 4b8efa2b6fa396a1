"""The stream of change notices, as a browser reads it."""

import json
from contextlib import contextmanager

import pytest
from harness import Server


@pytest.fixture
def listen_as(client):
    """`listen_as(server, headers)`: the notices of the stream, one after another, for the length of
    a block."""

    @contextmanager
    def listen(server, headers):
        with client(server, headers=headers).stream("GET", "/events") as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert answer.headers["cache-control"] == "no-store"
            yield notices(answer.iter_lines())

    return listen


@pytest.fixture
def listen(listen_as):
    return lambda server: listen_as(server, server.headers)


def notices(lines):
    event = {}
    for line in lines:
        if line:
            name, value = line.split(": ", 1)
            event[name] = value
            continue
        notice = json.loads(event["data"])
        assert event["event"] == "books"
        assert int(event["id"]) == notice["sequence"]
        event = {}
        yield notice


def next_change(notices):
    """The next notice that says something new; beats say the same again."""
    return next(each for each in notices if each["sequence"] != each["since"])


def pay(http, fund, amount=1):
    """Issues a call to the first partner of the fund and pays it."""
    partner = http.get(f"/api/funds/{fund}/commitments").json()["commitments"][0]["id"]
    call = http.post(
        f"/api/funds/{fund}/calls",
        json={
            "notice_date": "2026-02-02",
            "due_date": "2026-02-03",
            "over_commitment_reason": "test",
            "items": [{"commitment": partner, "amount": amount}],
        },
    )
    assert call.status_code == 201, call.text
    item = http.get(f"/api/calls/{call.json()['id']}").json()["items"][0]["id"]
    paid = http.post(
        f"/api/items/{item}/payments", json={"amount": amount, "paid_date": "2026-02-03"}
    )
    assert paid.status_code == 201, paid.text
    return http.get("/api/audit", params={"limit": 1}).json()


def test_a_payment_is_told_with_its_fund(demo_server_of_its_own, client, listen):
    http = client(demo_server_of_its_own)
    with listen(demo_server_of_its_own) as heard:
        first = next(heard)
        assert first["sequence"] > 0 and first["since"] is None and first["funds"] is None
        pay(http, 3)
        told, sequence = set(), first["sequence"]
        while sequence < first["sequence"] + 2:
            change = next_change(heard)
            assert change["since"] == sequence
            sequence = change["sequence"]
            told |= set(change["funds"])
        assert told == {3}


def test_what_another_process_writes_is_told_too(demo_server_of_its_own, client, listen):
    other = Server(demo_server_of_its_own.books)
    try:
        with listen(demo_server_of_its_own) as heard:
            next(heard)
            pay(client(other), 2)
            assert next_change(heard)["funds"] == [2]
    finally:
        other.stop()


def test_a_new_party_touches_no_fund(demo_server_of_its_own, client, listen):
    with listen(demo_server_of_its_own) as heard:
        next(heard)
        answer = client(demo_server_of_its_own).post("/api/parties", json={"name": "새 업체"})
        assert answer.status_code == 201
        assert next_change(heard)["funds"] == []


def test_a_listener_does_not_hold_up_the_end_of_the_server(demo_server_of_its_own, listen):
    with listen(demo_server_of_its_own) as heard:
        next(heard)
        server = Server(demo_server_of_its_own.books)
        with listen(server) as others:
            next(others)
            server.stop()
            assert all(each["sequence"] == each["since"] for each in others)


def test_who_goes_and_who_comes_back(demo_server_of_its_own, client, listen):
    server = demo_server_of_its_own
    said = server.said_bytes()
    for _ in range(20):
        with listen(server) as heard:
            assert next(heard)["since"] is None
    with listen(server) as heard:
        next(heard)
        pay(client(server), 1)
        assert next_change(heard)["funds"] == [1]
    assert server.said(since=said) == ""


def test_only_get_is_answered(demo_server, client):
    http = client(demo_server)
    assert http.post("/events").status_code == 405
    head = http.head("/events")
    assert head.status_code == 200 and head.content == b""


def test_nobody_hears_anything_and_a_partner_hears_of_its_own_alone(
    demo_server_of_its_own, client, listen_as
):
    server = demo_server_of_its_own
    http = client(server)
    assert client(server, headers={}).get("/events").status_code == 303
    commitments = http.get("/api/funds/1/commitments").json()["commitments"]
    party = next(each["party"]["id"] for each in commitments if each["side"] == "partners")
    funds = [fund["id"] for fund in http.get("/api/funds").json()["funds"]]
    partner = server.person("partner", parties=(party,))
    theirs = [
        fund
        for fund in funds
        if any(
            each["side"] == "partners" and each["party"]["id"] == party
            for each in http.get(f"/api/funds/{fund}/commitments").json()["commitments"]
        )
    ]
    other = next(fund for fund in funds if fund not in theirs)
    with listen_as(server, partner.headers) as notices:
        # Its numbers count what is its own: not how much the firm writes, nor when.
        begun = next(notices)["sequence"]
        pay(http, other)
        pay(http, theirs[0])
        heard = next_change(notices)
        assert heard["since"] == begun and heard["funds"] is None
        while heard["sequence"] < begun + 2:  # the call and the payment
            heard = next_change(notices)
        assert heard["sequence"] == begun + 2
        assert begun + 2 < http.get("/api/audit?limit=1").json()["entries"][0]["audit"]
        # Signed out, the stream ends.
        form = {"form": "signOut", "form_token": partner.form_token}
        out = client(server, headers=partner.headers).post("/account", data=form)
        assert out.status_code == 303
        pay(http, theirs[0])
        assert not [each for each in notices if each["sequence"] != each["since"]]
