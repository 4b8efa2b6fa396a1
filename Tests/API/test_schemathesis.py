"""Schemathesis makes up requests from the document; whatever comes, the answer fits the document,
and is one that whoever asks may have: as the owner, as each other role, as nobody.

`JANGBU_SOAK=1` raises the number of requests.
"""

import os

import httpx
import hypothesis
import pytest
import schemathesis
from harness import ROOT, Server, jangbu
from operations import Api, make_small_books
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

SOAK = os.environ.get("JANGBU_SOAK") == "1"
EXAMPLES = 400 if SOAK else 25
EXAMPLES_AS_OTHERS = 50 if SOAK else 3
OTHERS = ["bookkeeper", "viewer", "partner", "nobody"]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory):
    """Small books of this module's own, which the fuzzing may change as it likes."""
    books = tmp_path_factory.mktemp("fuzzed") / "test.books"
    jangbu("init", "--books", books)
    server = Server(books)
    with httpx.Client(
        base_url=server.url, trust_env=False, headers=server.headers, timeout=30
    ) as client:
        api = Api(client)
        make_small_books(api)
    server.others = {"nobody": {}} | {
        role: server.person(
            role, parties=(api.ids["LP"],) if role == "partner" else ()
        ).headers
        for role in OTHERS[:-1]
    }
    yield server
    assert server.is_alive(), f"jangbu serve ended by itself\n{server.said()}"
    said = server.said()
    server.stop()
    assert "failure" not in said, said
    checked = jangbu("check", "--books", books, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# The document as Swift's WebTests hold it to what is served.
schema = schemathesis.openapi.from_path(ROOT / "Tests/WebTests/Golden/openapi.json")


def settings(examples):
    return hypothesis.settings(
        max_examples=examples,
        deadline=None,
        derandomize=not SOAK,
        suppress_health_check=list(hypothesis.HealthCheck),
        database=None,
    )


@schema.parametrize()
@settings(EXAMPLES)
def test_whatever_is_asked_is_answered_as_documented(case, fuzzed):
    answer = called(case, fuzzed, fuzzed.headers)
    assert answer.status_code not in {401, 403}
    case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize("role", OTHERS)
@schema.parametrize()
@settings(EXAMPLES_AS_OTHERS)
def test_whoever_asks_gets_no_more_than_their_role(case, fuzzed, role):
    answer = called(case, fuzzed, fuzzed.others[role])
    if role == "nobody":
        assert answer.status_code == 401
    elif role == "partner" or (role == "viewer" and case.method == "POST"):
        # A method that the path has not is none for anybody.
        assert answer.status_code in {403, 405}
    else:
        assert answer.status_code not in {401, 403}
    case.validate_response(answer, checks=CHECKS)


def called(case, server, headers: dict):
    """Asked with the one thing that says who asks, and not with what was made up for it."""
    way = "Authorization" if "Authorization" in headers else "Cookie"
    made_up = {
        name: value
        for name, value in (case.headers or {}).items()
        if name.lower() not in {"authorization", "cookie"}
    }
    case.headers = made_up | ({way: headers[way]} if headers else {})
    case.cookies = {}
    return case.call(base_url=server.url, timeout=30)
