"""The second clock on pages: folded away, unmistakable when it is on, and usable by keyboard alone."""

import pytest
from harness import DEMO_DAY, SCHEMES, axe
from pages import cards, expect_date, go, query_of, today
from playwright.sync_api import expect
from working import tab_to

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PAGES = [
    "/fund-overview",
    "/funds/1",
    "/funds/1/partners",
    "/funds/1/investments",
    "/funds/1/ledger",
    "/funds/1/terms",
]


@pytest.mark.each_language
@pytest.mark.parametrize("path", ["/fund-overview", "/funds/1/ledger"])
def test_axe_finds_nothing_folded_open_or_on(demo_server, new_page, language, path):
    page = new_page(language=language)
    for clock in ({}, {"known_at": today()}):
        go(page, demo_server, path, **clock)
        page.locator("#known").evaluate("it => { it.open = true }")
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_on_overview_fund_and_ledger(demo_server, page):
    for path in PAGES:
        go(page, demo_server, path)
        expect(page.locator("#known summary")).to_be_visible()
        expect(page.locator("#known-banner")).to_have_count(0)
        go(page, demo_server, path, known_at=today())
        expect(page.locator("#known-banner")).to_contain_text(today())


@pytest.mark.parametrize("script", [True, False])
def test_a_moment_is_typed_and_left_again(demo_server, new_page, script):
    page = new_page(java_script_enabled=script)
    go(page, demo_server, unit="eok")
    page.locator("#known summary").click()
    page.locator("#known-at").fill("2020. 1. 1. 18:00")
    page.locator("#known-at").press("Enter")
    expect(page.locator("#known-banner")).to_contain_text("2020-01-01 18:00")
    expect(page.locator("#reference-date")).to_have_value(DEMO_DAY)
    expect(page.locator("#fund-table")).to_have_count(0)
    # Both clocks and the unit go along, and what was typed can be typed again.
    expect(page.locator("#known-at")).to_have_value("2020-01-01 18:00")
    page.locator("#step-back").click()
    expect(page.locator("#reference-date")).to_have_value("2026-01-31")
    expect(page.locator("#known-banner")).to_be_visible()
    page.locator("#forget-known-at").click()
    expect(page.locator("#known-banner")).to_have_count(0)
    expect(page.locator("#unit-eok")).to_have_attribute("aria-current", "true")
    expect(page.locator("#fund-table tbody tr")).to_have_count(8)


@pytest.mark.each_language
@pytest.mark.parametrize("typed", ["then", "2100-01-01", "2026-02-30", "2026-02-14 25:00"])
def test_what_is_no_moment_stays_in_its_field_with_a_sentence(
    demo_server, new_page, language, typed
):
    page = new_page(language=language)
    answer = go(page, demo_server, "/funds/1", known_at=typed)
    assert answer.status == 422
    field = page.locator("#known-at")
    expect(field).to_have_value(typed)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#known-at-problem")).to_be_visible()
    axe(page)
    field.fill(today())
    field.press("Enter")
    expect(page.locator("#known-banner")).to_be_visible()


def test_a_moment_is_chosen_with_the_keyboard_alone(demo_server, page):
    go(page, demo_server)
    tab_to(page, "#known summary")
    page.keyboard.press("Enter")
    tab_to(page, "#known-at")
    page.keyboard.type(today())
    page.keyboard.press("Enter")
    expect(page.locator("#known-banner")).to_be_visible()
    expect_date(page, DEMO_DAY)
    assert query_of(page)["known_at"] == today()
    assert cards(page)["fund_count"] == "8"
    tab_to(page, "#forget-known-at")
    page.keyboard.press("Enter")
    expect(page.locator("#known-banner")).to_have_count(0)


def test_a_printed_page_names_the_moment_and_the_head_of_the_trail(demo_server, page, client):
    head = client(demo_server).get("/api/audit?limit=1").json()["head"]
    for path in PAGES:
        go(page, demo_server, path, known_at=today())
        page.emulate_media(media="print")
        expect(page.locator(".print-head")).to_contain_text(f"기록시점 {today()}")
        expect(page.locator(".print-foot")).to_contain_text(head["digest"])
        expect(page.locator("#known-banner")).to_be_hidden()
        page.emulate_media(media="screen")
        expect(page.locator(".print-foot")).to_be_hidden()
