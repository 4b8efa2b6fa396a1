"""Dates that cannot be read: a sentence, what was typed stays, and the page goes on working."""

import re

import pytest
from harness import DEMO_DAY
from pages import cards, expect_date, expect_no_reload, go, leave_a_marker, query_of, rows
from pages import type_date
from playwright.sync_api import expect

SCRIPT = "<script>alert(1)</script>"
BAD_DATES = {
    "2026-02-30": "2026년 2월 30일은 없는 날입니다.",
    "14.02.2026": "‘14.02.2026’은(는) 날짜가 아닙니다.",
    "26-02-14": "연도는 네 자리로",
    "1066-10-14": "연도는 1900~2199년만 쓸 수 있습니다.",
    "내일": "‘내일’은(는) 날짜가 아닙니다.",
    "   ": "날짜를 적어 주세요.",
    '"><svg onload=alert(1)>': "날짜가 아닙니다.",
    SCRIPT: "날짜가 아닙니다.",
}
# Every sentence ends with what would do instead.
WHAT_WOULD_DO = re.compile("2026-02-14|2월은 28일까지입니다|1900~2199년만|32자까지")
LONG = "2026-02-14" * 600


@pytest.fixture
def page(new_page):
    """A page on which no dialog may open."""
    page = new_page()
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    yield page
    assert opened == []


@pytest.mark.parametrize("typed", BAD_DATES)
def test_typed_into_the_field(demo_server, page, typed):
    go(page, demo_server)
    leave_a_marker(page)
    figures = cards(page)
    type_date(page, typed)
    expect_problem(page, typed, BAD_DATES[typed])
    expect(page.locator("#reference-date")).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text(BAD_DATES[typed])
    assert cards(page) == figures, "figures of another day than the address says"
    assert query_of(page)["reference_date"] == DEMO_DAY

    type_date(page, "2024-12-31")
    expect_date(page, "2024-12-31")
    expect_no_problem(page)
    assert rows(page)[0]["paid_in"] == "10,102"
    expect_no_reload(page)


def test_typed_without_script(demo_server, new_page):
    page = new_page(java_script_enabled=False)
    go(page, demo_server, unit="won")
    for typed, sentence in BAD_DATES.items():
        with page.expect_navigation() as answer:
            type_date(page, typed)
        assert answer.value.status == 422
        expect_problem(page, typed, sentence)
        expect(page.get_by_role("alert")).to_contain_text(sentence)

    with page.expect_navigation():
        type_date(page, "2024-12-31")
    expect_no_problem(page)
    assert rows(page)[0]["paid_in"] == "10,102,000,000", "the unit was lost on the way"


@pytest.mark.parametrize("path", ["/fund-overview", "/funds/1", "/funds/1/partners", "/calls/1"])
def test_in_the_address(demo_server, page, path):
    for typed, sentence in BAD_DATES.items():
        assert go(page, demo_server, path, reference_date=typed).status == 422
        expect_problem(page, typed, sentence)
    page.locator("#way-out").click()
    expect_no_problem(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert page.evaluate("location.pathname") == path


def test_a_very_long_one_in_the_address(demo_server, page):
    assert go(page, demo_server, reference_date=LONG).status == 422
    field = page.locator("#reference-date")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert field.input_value().startswith("2026-02-142026-02-14")
    assert len(field.input_value()) < 100
    with page.expect_navigation():
        type_date(page, DEMO_DAY)
    expect_no_problem(page)
    assert cards(page)["paid_in"] == "48,109"


def test_a_very_long_one_in_the_field(demo_server, page):
    """The field takes no more than any date needs."""
    go(page, demo_server)
    field = page.locator("#reference-date")
    field.fill("")
    field.press_sequentially("2026-02-14" * 5)
    kept = field.input_value()
    assert len(kept) <= 32
    field.press("Enter")
    expect_problem(page, kept, "날짜")
    type_date(page, "2024-12-31")
    expect_date(page, "2024-12-31")


def test_an_emptied_field_means_today(demo_server, page):
    go(page, demo_server)
    type_date(page, "")
    expect(page.locator("#step-today")).to_have_attribute("aria-current", "date")
    assert len(rows(page)) == 8


def test_the_problem_goes_as_soon_as_one_types_on(demo_server, page):
    go(page, demo_server)
    type_date(page, "2026-02-30")
    expect_problem(page, "2026-02-30", "없는 날")
    page.locator("#reference-date").press("Backspace")
    expect_no_problem(page)


def test_steps_work_beside_a_bad_date(demo_server, page):
    """They start from the date whose figures are shown."""
    go(page, demo_server)
    type_date(page, "2026-02-30")
    expect_problem(page, "2026-02-30", "없는 날")
    page.locator("#step-back").click()
    expect_date(page, "2026-01-31")
    expect_no_problem(page)


@pytest.mark.parametrize(
    "name, value",
    [("unit", "dollars"), ("formed_only", "maybe"), ("sort", "beauty"), ("known_at", "once")],
)
def test_other_values_that_mean_nothing(demo_server, page, name, value):
    assert go(page, demo_server, **{name: value}).status == 422
    expect(page.get_by_role("alert")).to_contain_text(value)
    page.locator("#way-out").click()
    expect(page.locator("#fund-table")).to_be_visible()


@pytest.mark.parametrize("path", ["/funds/999", "/funds/one", "/funds/1/2", "/no-such-page"])
@pytest.mark.each_language
def test_a_page_that_does_not_exist(demo_server, new_page, language, path):
    page = new_page(language=language)
    assert go(page, demo_server, path).status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("#way-out").click()
    expect(page.locator("#fund-table")).to_be_visible()


def expect_problem(page, typed: str, sentence: str):
    field = page.locator("#reference-date")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(typed)
    expect(field).to_have_accessible_description(page.locator("#reference-date-problem").inner_text())
    expect(page.locator("#reference-date-problem")).to_be_visible()
    expect(page.locator("#reference-date-problem")).to_contain_text(sentence)
    expect(page.locator("#reference-date-problem")).to_contain_text(WHAT_WOULD_DO)


def expect_no_problem(page):
    expect(page.locator("#reference-date-problem")).to_have_count(0)
    expect(page.locator("#reference-date[aria-invalid]")).to_have_count(0)
