"""Schemathesis makes up requests from the document; whatever comes, the answer fits the document.

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

SOAK = bool(os.environ.get("JANGBU_SOAK"))
EXAMPLES = 400 if SOAK else 25
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
    with httpx.Client(base_url=server.url, trust_env=False, headers=server.headers, timeout=30) as client:
        make_small_books(Api(client))
    yield server
    assert server.is_alive(), f"jangbu serve ended by itself\n{server.said()}"
    said = server.said()
    server.stop()
    assert "failure" not in said, said
    checked = jangbu("check", "--books", books, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# The document as Swift's WebTests hold it to what is served.
schema = schemathesis.openapi.from_path(ROOT / "Tests/WebTests/Golden/openapi.json")


@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not SOAK,
    suppress_health_check=list(hypothesis.HealthCheck),
    database=None,
)
def test_whatever_is_asked_is_answered_as_documented(case, fuzzed):
    case.call_and_validate(base_url=fuzzed.url, checks=CHECKS, timeout=30)
