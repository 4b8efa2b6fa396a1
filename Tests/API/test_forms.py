"""Forms over real HTTP, as browsers and programs send them: what a page takes, and what it does not.

A page elsewhere may have a browser post forms to this server; browsers say where a form comes from.
"""

import pytest
from operations import Api, make_small_books

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def api(empty_server, client):
    api = Api(client(empty_server))
    make_small_books(api)
    api.form_token = empty_server.form_token
    return api


def pay(api, headers, page="/calls/<call>"):
    return api.client.post(
        api.filled(page),
        content=api.filled("form=recordPayment&item=<LP item>&amount=1&paid_date=2026-01-20")
        + f"&form_token={api.form_token}",
        headers=FORM | headers,
    )


def trail(api) -> int:
    return api.client.get("/api/audit?limit=1").json()["entries"][0]["audit"]


ELSEWHERE = {
    "another origin": {"origin": "http://evil.example"},
    "another port": {"origin": "http://127.0.0.1:1"},
    "no origin that can be named": {"origin": "null"},
    "another site": {"sec-fetch-site": "cross-site"},
    "a site beside it": {"sec-fetch-site": "same-site"},
    "both": {"origin": "http://evil.example", "sec-fetch-site": "cross-site"},
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_form_from_elsewhere_changes_nothing(api, name):
    before = trail(api)
    answer = pay(api, ELSEWHERE[name])
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
    assert trail(api) == before


def test_a_form_of_this_site_is_taken(api):
    before = trail(api)
    own = str(api.client.base_url).rstrip("/")
    for headers in [{}, {"origin": own}, {"origin": own, "sec-fetch-site": "same-origin"}]:
        answer = pay(api, headers)
        assert answer.status_code == 303, answer.text
        before += 1
        assert answer.headers["location"] == api.filled(f"/calls/<call>?done={before}")
    assert trail(api) == before


@pytest.mark.parametrize(
    "kind", ["-evil", "; charset=euc-kr", ";charset=utf-16", "/x", "; charset=utf-8; charset=ascii"]
)
def test_a_form_of_another_kind_changes_nothing(api, kind):
    before = trail(api)
    answer = pay(api, {"content-type": FORM["content-type"] + kind})
    assert answer.status_code == 415
    assert trail(api) == before


@pytest.mark.parametrize("page", ["/calls/<spare call>", "/funds/<S>/partners", "/calendar"])
def test_a_form_posted_to_another_page_changes_nothing(api, page):
    before = trail(api)
    assert pay(api, {}, page).status_code in {400, 422}
    assert trail(api) == before
