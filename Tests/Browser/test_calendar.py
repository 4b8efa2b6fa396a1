"""The calendar: cards on due dates, filters, months, the drawer of a call, feeds."""

import re

import pytest
from harness import ROOT, SCHEMES, Server, axe, jangbu
from pages import cut_texts, eventually, expect_date, expect_no_reload, go, leave_a_marker
from pages import query_of, sideways_scroll, type_date
from playwright.sync_api import expect

CALENDAR = "/calendar"
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def balerion_of_its_own(tmp_path):
    """Case 1, for one test that writes."""
    books = tmp_path / "own.books"
    jangbu("init", "--books", books)
    jangbu("import", ROOT / "Examples/sheets/balerion", "--books", books)
    server = Server(books)
    yield server
    assert server.is_alive(), server.said()
    server.stop()


def cards(page) -> dict:
    """What each card says, by the day it sits on."""
    found = page.locator(".day").evaluate_all(
        "days => days.flatMap(day => [...day.querySelectorAll('.due-card')].map("
        "card => [day.dataset.day, card.innerText.replace(/\\s+/g, ' ').trim()]))"
    )
    shown: dict = {}
    for day, text in found:
        shown.setdefault(day, []).append(text)
    return shown


NAME = "Fund A → Balerion Space Ventures II"
CASE_1 = [
    # date, call 1 on 2026-03-15, call 2 on 2026-05-15
    ("2026-02-19", "예정 통지 전|USD 400,000.00 납입일 –", "예정 통지 전|USD 200,000.00 납입일 –"),
    ("2026-03-01", "예정|USD 400,000.00 납입일 –", "예정 통지 전|USD 200,000.00 납입일 –"),
    (
        "2026-03-15",
        "일부납입 25.00%|미납액 USD 300,000.00 납입일 2026-03-10",
        "예정 통지 전|USD 200,000.00 납입일 –",
    ),
    (
        "2026-03-16",
        "일부납입 연체 1일 25.00%|미납액 USD 300,000.00 납입일 2026-03-10",
        "예정 통지 전|USD 200,000.00 납입일 –",
    ),
    (
        "2026-03-31",
        "완료|USD 400,000.00 납입일 2026-03-20",
        "예정 통지 전|USD 200,000.00 납입일 –",
    ),
    (
        "2026-05-16",
        "완료|USD 400,000.00 납입일 2026-03-20",
        "예정 연체 1일|미납액 USD 200,000.00 납입일 –",
    ),
]


@pytest.mark.parametrize("day, first, second", CASE_1)
def test_case_1_a_card_sits_on_its_due_date(balerion, page, day, first, second):
    for month, due, call, words in [
        ("2026-03", "2026-03-15", 1, first), ("2026-05", "2026-05-15", 2, second)
    ]:
        go(page, balerion, CALENDAR, reference_date=day, month=month)
        status, amount = words.split("|")
        expected = f"{status} {NAME} 투자 · {call}차 Drawdown {amount}"
        assert cards(page) == {due: [expected]}
        assert page.locator(f"#call-{call} .icon").count() >= 1
    go(page, balerion, CALENDAR, reference_date=day, month="2026-04")
    assert cards(page) == {}
    expect(page.locator(".empty .button")).to_have_count(1)


def test_the_month_is_that_of_the_reference_date_and_follows_it(balerion, page):
    go(page, balerion, CALENDAR, reference_date="2026-03-15")
    expect(page.locator("h1")).to_have_text("2026년 3월")
    assert page.locator(".day-now").get_attribute("data-day") == "2026-03-15"
    # Sunday is the first column.
    first = page.locator(".calendar-grid > li").first
    assert first.get_attribute("data-day") == "2026-03-01"
    leave_a_marker(page)
    type_date(page, "2026-05-16")
    expect_date(page, "2026-05-16")
    expect(page.locator("h1")).to_have_text("2026년 5월")
    expect_no_reload(page)


def test_month_steps_keep_date_and_filters(balerion, page):
    query = {"reference_date": "2026-03-16", "side": "investments", "unit": "won"}
    go(page, balerion, CALENDAR, **query)
    for step, month, title in [
        ("#month-next", "2026-04", "2026년 4월"), ("#month-next", "2026-05", "2026년 5월"),
        ("#month-back", "2026-04", "2026년 4월"),
    ]:
        page.locator(step).click()
        expect(page.locator("h1")).to_have_text(title)
        assert query_of(page) == query | {"month": month}
        expect(page.locator("#reference-date")).to_have_value("2026-03-16")


def test_of_an_empty_month_the_way_out_leads_to_the_next_due_date(balerion, page):
    go(page, balerion, CALENDAR, reference_date="2026-03-16", month="2026-04")
    page.locator("#to-nearest").click()
    expect(page.locator("h1")).to_have_text("2026년 5월")
    assert query_of(page) == {"reference_date": "2026-03-16", "month": "2026-05"}


def test_ends_of_the_calendar_have_no_step_beyond(balerion, page):
    go(page, balerion, CALENDAR, month="1900-01")
    expect(page.locator("#month-back")).to_have_count(0)
    go(page, balerion, CALENDAR, month="2199-12")
    expect(page.locator("#month-next")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_filters(demo_server, new_page, script):
    page = new_page(java_script_enabled=script)
    go(page, demo_server, CALENDAR, month="2025-03", reference_date="2025-03-05")
    assert list(cards(page)) == ["2025-03-01"]
    assert len(cards(page)["2025-03-01"]) == 1

    page.locator("#filter-direct").check()
    page.locator("#apply-filters").click()
    eventually(lambda: len(cards(page).get("2025-03-01", [])), 2)
    page.locator("#filter-side").select_option("investments")
    page.locator("#apply-filters").click()
    eventually(lambda: [text[:2] for text in cards(page).get("2025-03-01", [])], ["완료"])
    page.locator("#filter-side").select_option("")
    page.locator("#filter-status").select_option("overdue")
    page.locator("#filter-fund").select_option("1")
    page.locator("#apply-filters").click()
    eventually(lambda: [text[:8] for text in cards(page).get("2025-03-01", [])], ["예정 연체 4일"])
    page.locator("#filter-status").select_option("complete")
    page.locator("#filter-direct").uncheck()
    page.locator("#apply-filters").click()
    expect(page.locator(".empty")).to_be_visible()
    page.locator("#clear-filters-here").click()
    eventually(lambda: len(cards(page).get("2025-03-01", [])), 1)
    expect(page.locator("#reference-date")).to_have_value("2025-03-05")


def test_the_list_has_only_days_with_cards(demo_server, page):
    go(page, demo_server, CALENDAR, month="2025-03", reference_date="2025-03-05")
    grid = cards(page)
    page.locator("#view-list").click()
    expect(page.locator(".calendar-list")).to_be_visible()
    assert cards(page) == grid
    assert page.locator(".day").count() == len(grid)
    assert query_of(page)["view"] == "list"


def test_all_cards_of_a_full_day_are_shown(many_funds, page):
    """The day grows; nothing is hidden behind a number."""
    go(page, many_funds, CALENDAR, month="2025-06", direct="true")
    for day in page.locator(".day").all():
        for card in day.locator(".due-card").all():
            assert card.is_visible()
    assert cut_texts(page, ".calendar-grid") == []


# The drawer


def is_focused(page, selector: str):
    eventually(lambda: page.evaluate("s => document.activeElement.matches(s)", selector), True)


def test_drawer_by_mouse(balerion, page):
    go(page, balerion, CALENDAR, reference_date="2026-03-16")
    leave_a_marker(page)
    page.locator("#call-1").click()
    drawer = page.locator("#drawer")
    expect(drawer).to_be_visible()
    assert query_of(page)["call"] == "1"
    is_focused(page, "#drawer")
    assert page.locator("#call-1").get_attribute("aria-current") == "true"
    text = re.sub(r"\s+", " ", drawer.inner_text())
    for words in ["2026-03-15", "400,000.00", "100,000.00", "300,000.00", "10.00%", "90.00%"]:
        assert words in text, words
    page.locator("#close-drawer").click()
    expect(drawer).to_have_count(0)
    assert "call" not in query_of(page)
    is_focused(page, "#call-1")
    page.go_back()
    expect(drawer).to_be_visible()
    is_focused(page, "#drawer")
    page.go_back()
    expect(drawer).to_have_count(0)
    is_focused(page, "#call-1")
    expect_no_reload(page)


def test_drawer_by_keyboard(balerion, page):
    go(page, balerion, CALENDAR, reference_date="2026-03-16")
    page.locator("#call-1").focus()
    page.keyboard.press("Enter")
    is_focused(page, "#drawer")
    page.keyboard.press("Tab")
    is_focused(page, "#close-drawer")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_have_count(0)
    is_focused(page, "#call-1")


def test_escape_in_the_reference_date_leaves_the_drawer(balerion, page):
    go(page, balerion, CALENDAR, reference_date="2026-03-16", call="1")
    page.locator("#reference-date").fill("2026-04-01")
    page.keyboard.press("Escape")
    expect(page.locator("#reference-date")).to_have_value("2026-03-16")
    expect(page.locator("#drawer")).to_be_visible()


def test_drawer_has_its_own_address(balerion, page):
    """Without a month, the call's own; also for a call that the filters leave out."""
    go(page, balerion, CALENDAR, reference_date="2026-03-16", call="2", side="partners")
    expect(page.locator("h1")).to_have_text("2026년 5월")
    expect(page.locator("#drawer")).to_be_visible()
    is_focused(page, "#drawer")
    assert page.goto(f"{balerion.url}/calendar?call=99").status == 404
    assert page.goto(f"{balerion.url}/calendar?call=x").status == 422
    assert page.goto(f"{balerion.url}/calendar?month=2026-13").status == 422
    assert page.goto(f"{balerion.url}/calendar?fund=99").status == 404


def test_drawer_without_script(balerion_of_its_own, new_page):
    page = new_page(java_script_enabled=False)
    go(page, balerion_of_its_own, CALENDAR, reference_date="2026-05-16")
    page.locator("#call-2").click()
    expect(page.locator("#drawer")).to_be_visible()
    pay(page, "200000.01", "2026-05-16")
    expect(page.locator("#drawer .err")).to_contain_text("200,000.00")
    expect(page.locator("#drawer [name=amount]")).to_have_value("200000.01")
    pay(page, "200000", "2026-05-16")
    expect(page.locator("#call-2")).to_contain_text("완료")
    expect(page.locator("#call-2")).to_contain_text("납입일 2026-05-16")
    expect(page.locator("#drawer")).to_be_visible()
    page.locator("#close-drawer").click()
    expect(page.locator("#drawer")).to_have_count(0)


def pay(page, amount: str, day: str):
    page.locator("#drawer [name=amount]").fill(amount)
    page.locator("#drawer [name=paid_date]").fill(day)
    page.locator("#call-form button[type=submit]:not([name]):not([aria-hidden])").click()


def test_paying_in_the_drawer(balerion_of_its_own, page):
    """A refused payment says why in the drawer; an accepted one leads back to the same address."""
    go(page, balerion_of_its_own, CALENDAR, reference_date="2026-05-16")
    page.locator("#call-2").click()
    expect(page.locator("#drawer")).to_be_visible()
    pay(page, "300,000", "2026-05-10")
    expect(page.locator("#drawer .err")).to_contain_text("200,000.00")
    pay(page, "50,000", "2026-05-10")
    card = page.locator("#call-2")
    expect(card).to_contain_text("25.00%")
    expect(card).to_contain_text("연체 1일")
    query = query_of(page)
    assert (query["call"], query["reference_date"]) == ("2", "2026-05-16")
    # Paid on the 10th, due on the 15th: the card has not moved.
    assert list(cards(page)) == ["2026-05-15"]


@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_where_the_drawer_lies(balerion, page, width):
    """A column beside the content, over it, a sheet."""
    page.set_viewport_size({"width": width, "height": 844})
    go(page, balerion, CALENDAR, reference_date="2026-03-16", call="1")
    drawer = page.locator("#drawer").bounding_box()
    calendar = page.locator(".calendar").bounding_box()
    if width == 1440:
        assert drawer["x"] >= calendar["x"] + calendar["width"]
    elif width == 1000:
        assert drawer["x"] + drawer["width"] == width and drawer["y"] == 0
        assert drawer["x"] < calendar["x"] + calendar["width"]
    else:
        assert (drawer["x"], drawer["width"]) == (0, width)
        assert round(drawer["y"] + drawer["height"]) == 844 and drawer["y"] > 80
    assert sideways_scroll(page) == 0


# Phones, looks


@pytest.mark.each_language
def test_on_a_phone_the_calendar_is_a_list(demo_server, new_page, language):
    page = new_page(language=language, viewport=PHONE)
    query = {"month": "2025-03", "reference_date": "2025-03-05", "direct": "true"}
    go(page, demo_server, CALENDAR, **query)
    assert sideways_scroll(page) == 0
    visible = [day for day in page.locator(".day").all() if day.is_visible()]
    assert [day.get_attribute("data-day") for day in visible] == list(cards(page))
    assert cut_texts(page) == []
    for link in page.locator(".nav a, .month-steps a, #apply-filters, .due-card").all():
        assert link.bounding_box()["height"] >= 44
    bar = page.locator(".bar").bounding_box()
    for part in page.locator(".bar a, .bar button").all():
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= bar["x"] + bar["width"]


PAGES = {
    "month": {"month": "2025-03", "reference_date": "2025-03-05", "direct": "true"},
    "list": {"month": "2025-03", "reference_date": "2025-03-05", "view": "list"},
    "empty": {"month": "2031-03"},
    "drawer": {"reference_date": "2025-03-05", "call": "2"},
    "filtered": {"month": "2025-03", "status": "complete"},
}


@pytest.mark.each_language
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(demo_server, new_page, name, language):
    page = new_page(language=language, viewport=WIDE)
    go(page, demo_server, CALENDAR, **PAGES[name])
    axe_in_every_look(page)


def axe_in_every_look(page):
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            axe(page)


# Feeds


FEEDS = {
    "ko-KR": ("주소를 만들었습니다", "이미 주소를 만들었고", "구독을 끝냈습니다"),
    "en-US": ("The address is made", "made its address already", "feed was ended"),
}


@pytest.mark.each_language
@pytest.mark.parametrize("script", [True, False])
def test_a_feed_from_its_making_to_its_end(
    demo_server_of_its_own, new_page, client, language, script
):
    words, earlier, ended = FEEDS[language]
    page = new_page(language=language, java_script_enabled=script, viewport=WIDE)
    go(page, demo_server_of_its_own, CALENDAR)
    page.locator("#to-feeds").click()
    page.locator("[name=name]").fill("전화")
    page.locator("[name=name]").press("Enter")
    expect(page.locator(".msg-done")).to_contain_text(words)
    address = page.locator("#feed-address").input_value()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/calendar/[0-9a-f]{64}\.ics\?lang=\w\w", address)
    if script:
        axe_in_every_look(page)

    feed = client(demo_server_of_its_own).get(address)
    assert feed.status_code == 200
    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20250301\r\n" in feed.text
    assert ("예정" in feed.text or "완료" in feed.text) == (language == "ko-KR")

    if script:  # the page refreshes itself, and the address stays
        known = page.locator("main").get_attribute("data-known")
        made = client(demo_server_of_its_own).post("/api/parties", json={"name": "새 조합원"})
        assert made.status_code == 201
        expect(page.locator("main")).not_to_have_attribute("data-known", known)
        expect(page.locator("#feed-address")).to_have_value(address)

    page.reload()  # sends the form again
    expect(page.locator(".msg-note")).to_contain_text(earlier)
    assert page.locator("[data-feed]").count() == 1
    end = page.locator("[data-feed] button:not([aria-hidden])")
    expect(end).to_be_hidden()  # it cannot be undone, so it is asked for twice
    page.locator("[data-feed] summary").click()
    end.click()
    expect(page.locator("#done")).to_contain_text(ended)
    assert page.locator("[data-feed] button:not([aria-hidden])").count() == 0
    assert client(demo_server_of_its_own).get(address).status_code == 404


def test_a_feed_needs_a_name(demo_server_of_its_own, page):
    go(page, demo_server_of_its_own, "/calendar/feeds")
    page.locator("[name=name]").fill(" ")
    page.locator("[name=name]").press("Enter")
    expect(page.locator(".err")).to_be_visible()
    axe_in_every_look(page)
    assert page.locator("[data-feed]").count() == 0
