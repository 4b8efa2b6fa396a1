"""Does it answer at all: the overview of the demo books, with the sums of the firm's own table."""

from decimal import Decimal

from harness import DEMO_DAY


def test_the_overview_has_the_firms_own_sums(demo_server, client):
    answer = client(demo_server).get(
        "/api/funds/overview", params={"reference_date": DEMO_DAY}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    overview = answer.json(parse_float=Decimal)
    assert [fund["no"] for fund in overview["funds"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    totals = overview["totals"]
    assert totals["commitment_total"] == 106_828_000_000
    assert totals["total_paid_in"] == 48_109_000_000
    assert totals["paid_in_ratio"] == Decimal("45.03")


def test_a_date_that_does_not_exist_is_refused(demo_server, client):
    answer = client(demo_server).get(
        "/api/funds/overview", params={"reference_date": "2026-02-30"}
    )
    assert answer.status_code == 422
