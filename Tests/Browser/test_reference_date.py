"""Changing the reference date where scripts run: figures and address follow, nothing is reloaded."""

import re

import pytest
from harness import DEMO_DAY
from pages import cards, expect_date, expect_no_reload, go, leave_a_marker, query_of, rows, today
from pages import totals, type_date
from playwright.sync_api import expect


def click(selector):
    return lambda page: page.locator(selector).click()


def press(*keys, on="body"):
    def act(page):
        for key in keys:
            page.locator(on).press(key)

    return act


def typed(text):
    return lambda page: type_date(page, text)


@pytest.mark.parametrize(
    "act, date",
    [
        pytest.param(typed("2025-09-30"), "2025-09-30", id="typed"),
        pytest.param(typed("20250310"), "2025-03-10", id="typed in digits"),
        pytest.param(click("#step-back"), "2026-01-31", id="previous month end"),
        pytest.param(click("#step-next"), "2026-02-28", id="next month end"),
        pytest.param(press("Enter", on="#step-back"), "2026-01-31", id="previous by keyboard"),
        pytest.param(press("["), "2026-01-31", id="left bracket"),
        pytest.param(press("]"), "2026-02-28", id="right bracket"),
        pytest.param(press("[", "[", "["), "2025-11-30", id="three quick steps back"),
        pytest.param(press("ArrowLeft", on="#rail"), "2026-01-31", id="rail, month end"),
        pytest.param(press("ArrowRight", on="#rail"), "2026-02-28", id="rail, next month end"),
        pytest.param(press("Shift+ArrowLeft", on="#rail"), "2026-02-13", id="rail, one day"),
        pytest.param(
            press(*["ArrowLeft"] * 5, on="#rail"), "2025-09-30", id="rail, five quick steps"
        ),
    ],
)
def test_every_way_to_another_date(demo_server, client, page, act, date):
    go(page, demo_server, unit="won")
    leave_a_marker(page)
    act(page)
    expect_date(page, date)
    expect_figures(page, client(demo_server), date)
    expect_no_reload(page)


def test_today_is_the_civil_date_in_seoul(demo_server, client, page):
    go(page, demo_server, unit="won")
    leave_a_marker(page)
    before = today()
    page.locator("#step-today").click()
    expect(page.locator("#step-today")).to_have_attribute("aria-current", "date")
    date = page.locator("#reference-date").input_value()
    assert date in (before, today())
    expect_figures(page, client(demo_server), date)
    expect_no_reload(page)


@pytest.mark.parametrize(
    "width, date, lands_on",
    [
        pytest.param(2560, "2025-09-28", "2025-09-30", id="wide, near a month end"),
        pytest.param(2560, "2025-09-15", "2025-09-1[3-7]", id="wide, far from one"),
        pytest.param(1280, "2025-09-12", "2025-08-31|2025-09-30", id="narrow"),
    ],
)
def test_the_rail_by_mouse(demo_server, client, new_page, width, date, lands_on):
    """A drag snaps to a month end within three days, and to any where a pixel is more than that."""
    page = new_page(viewport={"width": width, "height": 800})
    go(page, demo_server, unit="won")
    leave_a_marker(page)
    page.mouse.move(*place_on_rail(page, DEMO_DAY))
    page.mouse.down()
    page.mouse.move(*place_on_rail(page, "2025-12-01"), steps=4)
    expect(page.locator("#reference-date")).to_have_value("2025-11-30")
    assert query_of(page)["reference_date"] == DEMO_DAY, "the date changed before the release"
    page.mouse.move(*place_on_rail(page, date), steps=4)
    page.mouse.up()
    expect(page.locator("#reference-date")).to_have_value(re.compile(lands_on))
    landed = page.locator("#reference-date").input_value()
    expect_date(page, landed)
    expect_figures(page, client(demo_server), landed)
    expect_no_reload(page)


def place_on_rail(page, date: str) -> tuple[float, float]:
    """Where the middle of the thumb is on that day."""
    return tuple(page.locator("#rail").evaluate(_PLACE_ON_RAIL, date))


_PLACE_ON_RAIL = """(rail, date) => {
  const days = text => Date.parse(text + 'T00:00:00Z') / 864e5;
  const box = rail.getBoundingClientRect(), thumb = 14;
  const share = (days(date) - days(rail.dataset.rail)) / Number(rail.max);
  return [box.left + thumb / 2 + share * (box.width - thumb), box.top + box.height / 2];
}"""


def test_back_and_forward(demo_server, client, page):
    go(page, demo_server, unit="won")
    leave_a_marker(page)
    for date in ("2024-12-31", "2025-09-30"):
        type_date(page, date)
        expect_date(page, date)
    for step, date in [
        (page.go_back, "2024-12-31"),
        (page.go_back, DEMO_DAY),
        (page.go_forward, "2024-12-31"),
        (page.go_forward, "2025-09-30"),
    ]:
        step()
        expect_date(page, date)
        expect(page.locator("tfoot [data-figure], #fund-table caption")).to_contain_text(date)
        expect_figures(page, client(demo_server), date)
    expect_no_reload(page)


def test_an_address_can_be_shared(demo_server, client, page, new_page):
    go(page, demo_server, unit="won", formed_only="true")
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    other = new_page()
    other.goto(page.evaluate("location.href"))
    expect_date(other, "2026-01-31")
    assert rows(other) == rows(page)
    assert cards(other) == cards(page)


def test_one_change_is_one_request(demo_server, page):
    go(page, demo_server)
    asked = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    assert [kind for kind, _ in asked if kind != "eventsource"] == ["fetch"]


def test_an_older_answer_never_lands_on_a_newer_wish(demo_server, client, page):
    go(page, demo_server, unit="won")
    held = []
    page.route(re.compile("reference_date=2024-12-31"), lambda route: held.append(route))
    type_date(page, "2024-12-31")
    type_date(page, "2025-09-30")
    expect_date(page, "2025-09-30")
    assert len(held) == 1
    held[0].continue_()
    page.keyboard.press("Escape")
    expect_figures(page, client(demo_server), "2025-09-30")
    expect_date(page, "2025-09-30")


def test_what_is_typed_while_figures_are_on_their_way_stays(demo_server, page):
    go(page, demo_server)
    held = []
    page.route(re.compile("reference_date=2024-12-31"), lambda route: held.append(route))
    field = page.locator("#reference-date")
    type_date(page, "2024-12-31")
    expect(page.locator("html")).to_have_class(re.compile("waiting"))
    field.fill("2025-0")
    held[0].continue_()
    expect(page.locator("#fund-table caption")).to_contain_text("2024-12-31")
    expect(field).to_have_value("2025-0")
    expect(field).to_be_focused()


def test_a_lost_connection_ends_in_an_ordinary_page_load(demo_server, client, page):
    go(page, demo_server, unit="won")
    leave_a_marker(page)
    page.route(
        re.compile("reference_date=2026-01-31"),
        lambda route: (
            route.continue_() if route.request.is_navigation_request() else route.abort()
        ),
    )
    with page.expect_navigation():
        page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    expect_figures(page, client(demo_server), "2026-01-31")
    assert page.evaluate("window.marker") is None


def test_the_focus_stays_where_it_was(demo_server, page):
    go(page, demo_server)
    for control in ("#step-back", "#rail", "#reference-date"):
        before = query_of(page)["reference_date"]
        page.locator(control).focus()
        if control == "#reference-date":
            type_date(page, "2024-12-31")
        else:
            page.locator(control).press("ArrowLeft" if control == "#rail" else "Enter")
        expect(page.locator("#fund-table caption")).not_to_contain_text(before)
        expect(page.locator(control)).to_be_focused()


def test_the_table_stays_where_it_was_scrolled_to(many_funds, page):
    go(page, many_funds)
    scrolled = "box => { box.scrollTo(200, 900); return [box.scrollLeft, box.scrollTop]; }"
    before = page.locator("#fund-table").evaluate(scrolled)
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    assert page.locator("#fund-table").evaluate("b => [b.scrollLeft, b.scrollTop]") == before


def test_brackets_are_letters_in_the_field(demo_server, page):
    go(page, demo_server)
    page.locator("#reference-date").focus()
    page.keyboard.press("End")
    page.keyboard.type("[]")
    expect(page.locator("#reference-date")).to_have_value(DEMO_DAY + "[]")
    assert query_of(page)["reference_date"] == DEMO_DAY


@pytest.mark.parametrize(
    "language, told",
    [
        ("ko-KR", "기준일 2024-12-31. 조합 8개, 납입총액 13,602 백만원"),
        ("en-US", "As of 2024-12-31: 8 funds, paid-in 13,602 KRW million"),
    ],
)
def test_the_change_is_read_out(demo_server, new_page, language, told):
    page = new_page(language=language)
    go(page, demo_server)
    expect(page.locator("#announcer")).to_have_text("")
    type_date(page, "2024-12-31")
    expect(page.locator("#announcer")).to_have_text(told)


def test_the_field_says_how_far_from_today(demo_server, page):
    go(page, demo_server)
    away = page.locator(".asof-label b")
    expect(away).to_have_text(re.compile(r"\d+일 전"))
    page.locator("#step-today").click()
    expect(away).to_have_count(0)


def expect_figures(page, api, date: str):
    """Cards, 합계 and rows, in won, are those that the API gives on that day."""
    answer = api.get("/api/funds/overview", params={"reference_date": date}).json()
    total = answer["totals"]
    assert cards(page) == {
        "fund_count": f"{total['fund_count']:,}",
        "commitment_total": f"{total['commitment_total']:,}",
        "paid_in": f"{total['total_paid_in']:,}",
        "gp_paid_in": f"{total['gp_paid_in']:,}",
        "invested": f"{total['total_invested']:,}",
        "uninvested": f"{total['uninvested']:,}",
        "company_count": f"{total['company_count']:,}",
    }
    assert totals(page)[0]["paid_in"] == f"{total['total_paid_in']:,}"
    shown = [(line["name"], line["paid_in"], line["invested"]) for line in rows(page)]
    assert shown == [
        (fund["name"], f"{fund['total_paid_in']:,}", f"{fund['total_invested']:,}")
        for fund in answer["funds"]
    ]
