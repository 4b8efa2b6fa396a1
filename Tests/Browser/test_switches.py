"""The switches of the overview (language, brightness, unit, scope, order), and what they keep."""

import re

import pytest
from harness import DEMO_DAY
from pages import cards, column, expect_date, expect_no_reload, go, leave_a_marker, query_of
from pages import rows, totals
from playwright.sync_api import expect

ASKED = {
    "reference_date": "2025-09-30",
    "unit": "eok",
    "formed_only": "true",
    "sort": "paid_in",
    "order": "desc",
}
SCRIPTING = pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])


@SCRIPTING
def test_the_language_switch_keeps_page_date_unit_scope_and_order(demo_server, new_page, scripting):
    page = new_page(java_script_enabled=scripting)
    go(page, demo_server, **ASKED)
    korean = [rows(page), cards(page)]
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fund overview")
    assert query_of(page) == ASKED | {"lang": "en"}
    assert column(rows(page), "paid_in") == column(korean[0], "paid_in")
    assert cards(page) == korean[1]
    assert not re.search("[가-힣]", page.locator(".cards, thead, .head").first.inner_text())

    page.get_by_role("link", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert query_of(page) == ASKED | {"lang": "ko"}
    assert [rows(page), cards(page)] == korean


def test_the_language_holds_on_the_pages_that_follow(demo_server, page):
    go(page, demo_server, reference_date="2025-03-05")
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="미래투자조합").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{demo_server.url}/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_language_switch_takes_the_date_last_chosen(demo_server, page):
    go(page, demo_server)
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect_date(page, "2026-01-31")


def test_no_korean_is_left_on_the_english_page(demo_server, new_page):
    """Names of funds, people and the house itself are as they are."""
    page = new_page(language="en-US")
    parts = ["", "/partners", "/investments", "/ledger", "/terms"]
    for path in ["/fund-overview", *(f"/funds/1{part}" for part in parts)]:
        go(page, demo_server, path)
        text = page.locator("body").evaluate(
            "body => { body.querySelectorAll('[lang=ko], tbody, .widest, .terms dd, h1, .print-head, .paper-row b').forEach("
            "it => it.remove()); return body.textContent; }"
        )
        assert re.findall("[가-힣]+", text) == []


@pytest.mark.each_scheme
def test_the_brightness_switch_lasts(demo_server, page, scheme):
    other = {"light": "dark", "dark": "light"}[scheme]
    go(page, demo_server)
    assert brightness(page) == scheme
    page.locator("#theme").click()
    assert brightness(page) == other
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    assert brightness(page) == other
    page.reload()
    assert brightness(page) == other
    go(page, demo_server, "/funds/1")
    assert brightness(page) == other
    page.locator("#theme").press("Enter")
    assert brightness(page) == scheme


def brightness(page) -> str:
    """Of the ground as it is drawn."""
    red = page.evaluate(
        "Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"
    )
    return "light" if red > 128 else "dark"


@SCRIPTING
def test_the_unit_switch_changes_figures_and_nothing_else(demo_server, new_page, scripting):
    page = new_page(java_script_enabled=scripting)
    go(page, demo_server, **{key: ASKED[key] for key in ("reference_date", "formed_only")})
    leave_a_marker(page)
    page.locator("#unit-thousand").click()
    expect(page.locator("#unit-thousand")).to_have_attribute("aria-current", "true")
    assert query_of(page) == {
        "reference_date": "2025-09-30", "formed_only": "true", "unit": "thousand"
    }
    assert cards(page)["paid_in"] == "36,664,000"
    assert column(totals(page), "invested") == ["30,047,000"]
    expect(page.locator("#unit-million")).not_to_have_attribute("aria-current", "true")
    if scripting:
        expect_no_reload(page)


@SCRIPTING
def test_the_scope_switch_leaves_funds_out_of_rows_cards_and_totals(
    demo_server, new_page, scripting
):
    page = new_page(java_script_enabled=scripting)
    go(page, demo_server)
    leave_a_marker(page)
    assert rows(page)[-1]["name"] == "성장 벤처투자조합"
    page.locator("#scope-formed").click()
    expect(page.locator("#scope-formed")).to_have_attribute("aria-current", "true")
    assert query_of(page) == {"reference_date": DEMO_DAY, "formed_only": "true"}
    assert "성장 벤처투자조합" not in column(rows(page), "name")
    assert (cards(page)["commitment_total"], cards(page)["uninvested"]) == ("93,328", "48,121")
    assert column(totals(page), "commitment_total") == ["93,328"]
    page.locator("#scope-all").click()
    expect(page.locator("#scope-all")).to_have_attribute("aria-current", "true")
    assert len(rows(page)) == 8
    if scripting:
        expect_no_reload(page)


def test_where_no_fund_is_formed_the_way_to_all_is_offered(demo_server, page):
    go(page, demo_server, reference_date="2020-01-01", formed_only="true")
    expect(page.locator("#fund-table")).to_have_count(0)
    assert cards(page)["fund_count"] == "0"
    page.locator("#show-all").click()
    expect(page.locator("#fund-table tbody tr")).to_have_count(8)


@SCRIPTING
def test_a_heading_sorts_and_says_so(demo_server, new_page, scripting):
    page = new_page(java_script_enabled=scripting)
    go(page, demo_server)
    leave_a_marker(page)
    expect_sorted(page, "no", "ascending")
    for order in ("descending", "ascending"):  # figures from the largest down first
        page.locator("#sort-paid_in").click()
        expect_sorted(page, "paid_in", order)
        figures = [int(text.replace(",", "")) for text in column(rows(page), "paid_in")]
        assert figures == sorted(figures, reverse=order == "descending")
        assert column(totals(page), "paid_in") == ["48,109"]
    page.locator("#sort-name").click()
    expect_sorted(page, "name", "ascending")
    assert column(rows(page), "name") == sorted(column(rows(page), "name"))
    page.locator("#sort-maturity_date").click()
    expect_sorted(page, "maturity_date", "ascending")
    dates = column(rows(page), "maturity_date")
    assert dates == sorted(dates[:-1]) + ["–"], "rows without a date come last"
    assert column(rows(page), "no") != sorted(column(rows(page), "no")), "NO stays the fund's own"
    if scripting:
        expect(page.locator("#sort-maturity_date")).to_be_focused()
        expect_no_reload(page)


def expect_sorted(page, key: str, order: str):
    expect(page.locator(f"[data-column={key}]")).to_have_attribute("aria-sort", order)
    expect(page.locator("[aria-sort]")).to_have_count(1)


def test_the_order_stays_when_the_date_changes(demo_server, page):
    go(page, demo_server, sort="invested", order="desc")
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    expect_sorted(page, "invested", "descending")
    assert query_of(page)["order"] == "desc"


def test_known_at_goes_along_and_can_be_left(demo_server, page):
    go(page, demo_server, known_at="2020-01-01")
    expect(page.locator("#known-banner")).to_contain_text("2020-01-01")
    assert cards(page)["fund_count"] == "0", "figures that were not known yet"
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    assert query_of(page)["known_at"] == "2020-01-01"
    page.locator("#forget-known-at").click()
    expect(page.locator("#fund-table tbody tr")).to_have_count(8)
    assert "known_at" not in query_of(page)
