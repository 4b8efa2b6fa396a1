"""Every operation answers every status that the document says it can, and no other."""

import json

import pytest
from operations import BODIES, JSON, QUERIES, UNKNOWN_IN_BODY, UNKNOWN_IN_QUERY, Api
from operations import make_small_books, path_of, unknown_path_of


@pytest.fixture
def api(empty_server, client):
    api = Api(client(empty_server))
    make_small_books(api)
    partner = empty_server.person("partner", parties=(api.ids["LP"],))
    api.others = {
        401: client(empty_server, headers={}), 403: client(empty_server, headers=partner.headers)
    }
    return api


def test_document_is_openapi_31(api):
    from openapi_spec_validator import OpenAPIV31SpecValidator, validate

    assert api.document["openapi"].startswith("3.1.")
    validate(api.document, cls=OpenAPIV31SpecValidator)


def test_every_operation_answers_what_is_documented_and_nothing_else(api):
    problems = []

    def expect(answer, status, what):
        if answer.status_code != status:
            problems.append(f"{what}: {answer.status_code} for {status}: {answer.text}")
        kind = "application/json" if status < 300 else "application/problem+json"
        if answer.headers["content-type"] != kind:
            problems.append(f"{what}: {answer.headers['content-type']}")

    # First what is refused, on books in which nothing has happened yet.
    for name, method, template, operation in api.operations():
        path = path_of(template, name)
        for status, stranger in api.others.items():
            answer = stranger.request(method, api.filled(path), **sent(name, method, api))
            api.seen.add((name, answer.status_code))
            expect(answer, status, f"{name} {status}")
        expect(api.send(method, path + "?nix=1", **sent(name, method, api)), 422, f"{name} 422")
        if "{" in template:
            unknown = unknown_path_of(template)
            expect(api.send(method, unknown, **sent(name, method, api)), 404, f"{name} 404")
        if name in UNKNOWN_IN_QUERY:
            expect(api.send(method, path + UNKNOWN_IN_QUERY[name]), 404, f"{name} 404")
        if name in UNKNOWN_IN_BODY:
            expect(api.post(path, UNKNOWN_IN_BODY[name]), 404, f"{name} 404")
        if method == "POST":
            expect(api.send("POST", path, content="{", headers=JSON), 400, f"{name} 400")
            expect(api.send("POST", path, content="a=1"), 415, f"{name} 415")
            huge = " " * (1 << 20) + "{}"
            expect(api.send("POST", path, content=huge, headers=JSON), 413, f"{name} 413")
    assert not problems, "\n".join(problems)

    for name in ["issueCapitalCall", "openFromStated"]:
        template = next(template for each, _, template, _ in api.operations() if each == name)
        expect(
            api.post(path_of(template, name) + "?dry_run=true", BODIES[name]), 200, f"{name} 200"
        )
    for name, method, template, operation in api.operations():
        if method == "GET":
            path = path_of(template, name) + QUERIES.get(name, "")
            expect(api.send("GET", path), 200, f"{name} 200")
    posts = {name: template for name, method, template, _ in api.operations() if method == "POST"}
    assert sorted(posts) == sorted(BODIES), "a body for every operation that takes one"
    for name, body in BODIES.items():
        expect(api.post(path_of(posts[name], name), body), 201, f"{name} 201")
    assert not problems, "\n".join(problems)

    unseen = api.documented() - api.seen
    undocumented = api.seen - api.documented()
    assert not unseen, f"documented, but no test has seen it: {sorted(unseen)}"
    assert not undocumented, f"seen, but not documented: {sorted(undocumented)}"
    taken = {name for name, status in api.seen if status < 300}
    assert taken == {name for name, *_ in api.operations()}


def sent(name: str, method: str, api: Api) -> dict:
    """Body and headers that nothing is wrong with."""
    if method == "GET":
        return {}
    return {"content": api.filled(json.dumps(BODIES[name])), "headers": JSON}


def test_examples_of_bodies_are_understood(api):
    """The document's own examples: taken or refused by a rule of the books, never misread."""
    misread = []
    for name, method, template, operation in api.operations():
        if method != "POST":
            continue
        examples = operation["requestBody"]["content"]["application/json"]["examples"]
        for example in examples.values():
            answer = api.post(path_of(template, name), example["value"])
            if answer.status_code == 201:
                continue
            code = answer.json()["code"]
            if answer.status_code == 400 or code in {"invalid-fields", "missing", "wrong-type"}:
                misread.append(f"{name}: {answer.text}")
    assert not misread, "\n".join(misread)


def test_a_body_of_many_chunks_is_bounded_too(api):
    def chunks():
        for _ in range(80):
            yield b" " * 65_536

    answer = api.send("POST", "/api/parties", content=chunks(), headers=JSON)
    assert answer.status_code == 413
    assert api.send("GET", "/api/parties").status_code == 200


def test_other_methods_say_which_are_allowed(api):
    for name, method, template, _ in api.operations():
        path = path_of(template, name)
        others = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - {
            each.upper() for each in api.document["paths"][template]
        }
        for other in sorted(others):
            answer = api.client.request(other, api.filled(path))
            assert answer.status_code == 405, f"{other} {path}"
            assert method in answer.headers["allow"]
            assert answer.json()["code"] == "method-not-allowed"


def test_what_was_taken_can_be_read_where_it_says(api):
    answer = api.post("/api/funds", BODIES["registerFund"])
    fund = api.client.get(answer.headers["location"]).json()
    assert fund["commitment_total"] == 1250.5
    assert fund["id"] == answer.json()["id"]
    trail = api.client.get("/api/audit?limit=1").json()["entries"][0]
    assert trail["audit"] == answer.json()["audit"]
    assert trail["recorded_at"] == answer.json()["recorded_at"]


def test_a_request_sent_twice_is_carried_out_once(api):
    headers = JSON | {"idempotency-key": "payment-7"}
    url = "/api/items/<LP item>/payments"
    body = '{"amount":50,"paid_date":"2026-01-20"}'
    first, second = (api.send("POST", url, content=body, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    other = api.send("POST", url, content=body.replace("50", "49"), headers=headers)
    assert other.status_code == 422
    assert other.json()["code"] == "request-key-reused"


def test_two_payments_that_fit_only_alone(api):
    """Eight at the same time, of which one fits: check and insert are one transaction."""
    from concurrent.futures import ThreadPoolExecutor

    def pay(_):
        return api.client.post(
            api.filled("/api/items/<LP item>/payments"),
            content='{"amount":50,"paid_date":"2026-01-20"}',
            headers=JSON,
        )

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(pay, range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 7
    for answer in answers:
        if answer.status_code == 422:
            assert answer.json()["code"] == "more-than-the-item-takes"
            assert answer.json()["most"] == 0

