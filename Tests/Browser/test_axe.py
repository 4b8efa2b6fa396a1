"""axe with its default rules finds nothing, on every page, in every look, wide and narrow."""

import pytest
from harness import SCHEMES, axe
from pages import go, type_date
from playwright.sync_api import expect

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def scrolled(page):
    page.locator("#fund-table").evaluate("box => box.scrollTo(250, 90)")


def with_a_bad_date_typed(page):
    type_date(page, "2026-02-30")
    expect(page.locator("#reference-date-problem")).to_be_visible()


def with_a_row_in_focus(page):
    page.locator("#fund-table tbody a").first.focus()


PAGES = {
    "overview": ("demo_server", "/fund-overview", {}, None),
    "another day": ("demo_server", "/fund-overview", {"reference_date": "2024-12-31"}, None),
    "formed only, sorted": (
        "demo_server",
        "/fund-overview",
        {"formed_only": "true", "sort": "paid_in", "unit": "won"},
        None,
    ),
    "scrolled": ("demo_server", "/fund-overview", {"unit": "won"}, scrolled),
    "row in focus": ("demo_server", "/fund-overview", {}, with_a_row_in_focus),
    "bad date typed": ("demo_server", "/fund-overview", {}, with_a_bad_date_typed),
    "known at": ("demo_server", "/fund-overview", {"known_at": "2020-01-01"}, None),
    "none formed": (
        "demo_server",
        "/fund-overview",
        {"reference_date": "2020-01-01", "formed_only": "true"},
        None,
    ),
    "two currencies": ("two_currencies", "/fund-overview", {"unit": "won"}, None),
    "stated and mixed": ("mixed", "/fund-overview", {"unit": "won"}, None),
    "fund": ("demo_server", "/funds/1", {"reference_date": "2025-03-05"}, None),
    "partners": ("demo_server", "/funds/1/partners", {"reference_date": "2025-03-05"}, None),
    "investments": ("demo_server", "/funds/1/investments", {}, None),
    "ledger": ("demo_server", "/funds/1/ledger", {}, None),
    "terms": ("demo_server", "/funds/1/terms", {}, None),
    "fund not formed": ("demo_server", "/funds/8", {}, None),
    "partners of a fund not formed": ("demo_server", "/funds/8/partners", {}, None),
    "fund in dollars": ("balerion", "/funds/1", {"reference_date": "2026-03-16"}, None),
    "investments in dollars": (
        "balerion",
        "/funds/1/investments",
        {"reference_date": "2026-03-16"},
        None,
    ),
    "stated fund": ("stated", "/funds/1", {"unit": "won"}, None),
    "stated partners": ("stated", "/funds/1/partners", {"unit": "won"}, None),
    "call": ("demo_server", "/calls/2", {"reference_date": "2025-03-05"}, None),
    "new call": ("demo_server", "/funds/1/new-call", {}, None),
    "companies": ("demo_server", "/companies", {}, None),
    "no such page": ("demo_server", "/no-such-page", {}, None),
    "no such fund": ("demo_server", "/funds/999", {}, None),
    "bad date": ("demo_server", "/fund-overview", {"reference_date": "2026-02-30"}, None),
}


@pytest.mark.each_language
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(request, new_page, name, language):
    server, path, query, prepare = PAGES[name]
    page = new_page(language=language, viewport=WIDE)
    go(page, request.getfixturevalue(server), path, **query)
    if prepare:
        prepare(page)
    axe_in_every_look(page)


@pytest.mark.each_language
def test_axe_finds_nothing_with_200_funds(many_funds, new_page, language):
    page = new_page(language=language, viewport=WIDE)
    go(page, many_funds)
    scrolled(page)
    axe_in_every_look(page)


@pytest.mark.each_language
def test_axe_finds_nothing_on_the_page_without_script(demo_server, new_page, language):
    """axe needs a script itself, so the page's own is kept away and <noscript> made to show."""
    page = new_page(language=language, viewport=WIDE)
    page.route("**/*.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.route("**/fund-overview*", show_noscript)
    go(page, demo_server)
    expect(page.locator(".asof-now button[type=submit]")).to_be_visible()
    expect(page.locator("#theme")).to_be_hidden()
    axe_in_every_look(page)


def axe_in_every_look(page):
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            axe(page)


def show_noscript(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("noscript>", "span>"))
