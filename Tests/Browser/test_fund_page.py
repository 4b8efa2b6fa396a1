"""A fund's page and its parts: the pencil-checked figures of cases 1 and 4, the way there and back."""

import re

import pytest
from harness import DEMO_DAY
from pages import column, cut_texts, expect_date, expect_no_reload, go, leave_a_marker, query_of
from pages import rows, sideways_scroll, type_date
from playwright.sync_api import expect

PARTS = ["", "/partners", "/investments", "/ledger", "/terms"]
CALL_COLUMNS = "call status noticed due paid_on amount paid ratio outstanding".split()


def facts(page, side: str) -> dict:
    return dict(
        page.locator(f"section[aria-labelledby=side-{side}] .facts > div").evaluate_all(
            "facts => facts.map(fact => [fact.querySelector('dt').innerText.trim(), "
            "fact.querySelector('dd').innerText.trim()])"
        )
    )


def calls(page, side: str) -> list[dict]:
    cells = page.locator(f"#box-calls-{side} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map("
        "cell => cell.innerText.replace(/\\s+/g, ' ').trim()))"
    )
    # The latest call stands first; what has to be returned has a column while there is any.
    shown = [dict(zip([*CALL_COLUMNS, "credits_due"], row)) for row in reversed(cells)]
    assert all(len(row) >= len(CALL_COLUMNS) for row in cells)
    return shown


CREDIT = {
    "ko-KR": {
        "names": ["약정", "납입액", "미납액", "미청구액", "청구액", "미납입 약정액", "반환할 금액"],
        "status": "예정 연체 4일",
        "complete": "완료",
    },
    "en-US": {
        "names": "Commitment,Paid-in,Outstanding,Not yet called,Noticed,Uncalled,Credits due",
        "status": "Scheduled Overdue 4 days",
        "complete": "Complete",
    },
}


def open_part(page, name: str):
    """By the link of the page itself, which keeps the day."""
    day = query_of(page)["reference_date"]
    page.locator(f"#tab-{name}").click()
    expect(page.locator(f"#tab-{name}")).to_have_attribute("aria-current", "page")
    expect_date(page, day)


@pytest.mark.each_language
def test_case_4_a_credit(demo_server, page, language):
    """Outstanding adds positive items only; what the fund owes on credits stands beside it."""
    words = CREDIT[language]
    names = words["names"] if isinstance(words["names"], list) else words["names"].split(",")
    go(page, demo_server, "/funds/1", reference_date="2025-03-05")
    shown = facts(page, "partners")
    figures = ["20,203", "10,102", "4,201", "6,061", "14,142", "10,101", "161"]
    assert [shown[name] for name in names] == figures
    open_part(page, "partners")
    first, second = calls(page, "partners")
    assert (first["status"], first["paid_on"], first["ratio"]) == (
        words["complete"], "2024-07-15", "100.00%"
    )
    assert second["status"] == words["status"]
    assert (second["due"], second["paid_on"]) == ("2025-03-01", "–")
    assert (second["amount"], second["paid"], second["outstanding"]) == ("4,040", "0", "4,201")
    assert second["credits_due"] == "161"

    type_date(page, "2025-03-10")
    expect_date(page, "2025-03-10")
    assert calls(page, "partners")[1]["status"] == words["complete"]
    assert calls(page, "partners")[1]["paid_on"] == "2025-03-10"
    open_part(page, "summary")
    shown = facts(page, "partners")
    assert (shown[names[1]], shown[names[2]]) == ("14,142", "0")
    assert names[6] not in shown


BALERION = [
    # date, noticed, paid, outstanding, not yet called, uncalled, %, call 1, call 2
    ("2026-02-19", "0 0 0 1,000,000 1,000,000 0.00%", "예정 통지 전", "예정 통지 전"),
    ("2026-03-01", "400,000 0 400,000 600,000 1,000,000 0.00%", "예정", "예정 통지 전"),
    ("2026-03-15", "400,000 100,000 300,000 600,000 900,000 10.00%", "일부납입", "예정 통지 전"),
    (
        "2026-03-16",
        "400,000 100,000 300,000 600,000 900,000 10.00%",
        "일부납입 연체 1일",
        "예정 통지 전",
    ),
    ("2026-03-31", "400,000 400,000 0 600,000 600,000 40.00%", "완료", "예정 통지 전"),
    ("2026-05-16", "600,000 400,000 200,000 400,000 600,000 40.00%", "완료", "예정 연체 1일"),
]


def test_case_1_paid_in_two_parts(balerion, page):
    go(page, balerion, "/funds/1", reference_date="2026-01-31")
    leave_a_marker(page)
    for date, figures, *_ in BALERION:
        type_date(page, date)
        expect_date(page, date)
        shown = facts(page, "investments")
        names = ["청구액", "투자액", "미납액", "미청구액", "미납입 약정액"]
        percent = page.locator("section[aria-labelledby=side-investments] .side-percent")
        seen = [shown[name].removesuffix(".00") for name in names]
        seen.append(percent.inner_text().split()[-1])
        assert seen == figures.split(), date
    expect_no_reload(page)


def test_case_1_the_calls(balerion, page):
    go(page, balerion, "/funds/1/investments", reference_date="2026-01-31")
    leave_a_marker(page)
    for date, _, *statuses in BALERION:
        type_date(page, date)
        expect_date(page, date)
        assert [call["status"] for call in calls(page, "investments")] == statuses, date
    expect_no_reload(page)

    type_date(page, "2026-03-15")
    expect_date(page, "2026-03-15")
    assert calls(page, "investments")[0]["ratio"] == "25.00%"
    type_date(page, "2026-03-31")
    expect_date(page, "2026-03-31")
    first = calls(page, "investments")[0]
    assert (first["due"], first["paid_on"]) == ("2026-03-15", "2026-03-20")


def test_the_overview_agrees_with_case_1(balerion, page):
    for date, invested in [("2026-03-01", "0.00"), ("2026-03-16", "100,000.00")]:
        go(page, balerion, reference_date=date)
        assert rows(page)[0]["investment_assets"] == invested
    go(page, balerion, reference_date="2026-03-31")
    line = rows(page)[0]
    assert (line["invested"], line["uninvested"]) == ("400,000.00", "4,600,000.00")
    assert line["company_count"] == "1"


def test_a_status_is_a_word_beside_an_icon(demo_server, page):
    go(page, demo_server, "/funds/1/partners", reference_date="2025-03-05")
    chips = page.locator("#box-calls-partners .chip")
    icons = [chip.locator("use").get_attribute("href") for chip in chips.all()]
    assert icons == ["#i-scheduled", "#i-overdue", "#i-complete"]
    for chip in chips.all():
        assert re.search(r"\w", chip.inner_text())
        assert chip.locator(".icon").bounding_box()["width"] >= 12


def test_without_script_the_date_changes_too(demo_server, new_page):
    page = new_page(java_script_enabled=False)
    go(page, demo_server, "/funds/1", reference_date="2025-03-10", unit="thousand")
    with page.expect_navigation():
        type_date(page, "2025-03-05")
    assert facts(page, "partners")["미납액"] == "4,201,000"
    page.locator("#step-back").click()
    expect_date(page, "2025-02-28")
    assert facts(page, "partners")["납입액"] == "10,102,000"


@pytest.mark.parametrize("cell", ["td.no", "td >> nth=8", "td >> nth=15", ".name"])
def test_a_click_anywhere_on_a_row_opens_the_fund(demo_server, page, cell):
    go(page, demo_server, reference_date="2025-09-30", unit="thousand")
    page.keyboard.press("[")
    expect_date(page, "2025-08-31")
    page.locator("tr[data-fund]", has_text="뉴챕터투자조합").locator(cell).click(
        position={"x": 5, "y": 5}
    )
    page.wait_for_url("**/funds/5?*")
    expect(page.get_by_role("heading", level=1)).to_have_text("뉴챕터투자조합")
    assert query_of(page) == {"reference_date": "2025-08-31", "unit": "thousand"}

    page.go_back()
    expect_date(page, "2025-08-31")
    expect(page.locator("#fund-table caption")).to_contain_text("2025-08-31")
    page.go_back()
    expect_date(page, "2025-09-30")
    expect(page.locator("#fund-table caption")).to_contain_text("2025-09-30")


def test_selecting_a_figure_does_not_open_the_fund(demo_server, page):
    go(page, demo_server)
    figure = page.locator("tr[data-fund] td.key").first.bounding_box()
    middle = figure["y"] + figure["height"] / 2
    page.mouse.move(figure["x"] + 3, middle)
    page.mouse.down()
    page.mouse.move(figure["x"] + figure["width"] - 3, middle, steps=5)
    page.mouse.up()
    assert "14,142".startswith(page.evaluate("String(getSelection()).trim()") or "nothing")
    assert page.evaluate("location.pathname") == "/fund-overview"


@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
def test_by_keyboard_there_and_back(demo_server, new_page, scripting):
    page = new_page(java_script_enabled=scripting)
    go(page, demo_server, reference_date="2025-03-05")
    page.get_by_role("link", name="미래투자조합").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("미래투자조합")
    expect_date(page, "2025-03-05")
    page.locator("#to-overview").press("Enter")
    expect(page.locator("#fund-table")).to_be_visible()
    expect_date(page, "2025-03-05")


@pytest.mark.each_language
@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_every_fund_fits_its_page(demo_server, balerion, new_page, language, width):
    page = new_page(language=language, viewport={"width": width, "height": 844})
    for server, fund in [(demo_server, 1), (demo_server, 8), (balerion, 1)]:
        for part in PARTS:
            for unit in ("million", "won"):
                path = f"/funds/{fund}{part}"
                go(page, server, path, unit=unit, reference_date="2026-03-16")
                assert sideways_scroll(page) == 0, f"{path} in {unit}"
                assert cut_texts(page) == [], f"{path} in {unit}"


@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
def test_every_part_is_a_link_away_on_the_same_day(demo_server, new_page, scripting):
    page = new_page(java_script_enabled=scripting)
    kept = {"reference_date": "2025-03-05", "unit": "thousand"}
    go(page, demo_server, "/funds/1", **kept)
    for name, path in zip("partners investments ledger terms summary".split(), PARTS[1:] + PARTS[:1]):
        open_part(page, name)
        assert page.evaluate("location.pathname") == f"/funds/1{path}"
        assert query_of(page) == kept
        expect(page.get_by_role("heading", level=1)).to_have_text("미래투자조합")
        expect(page.locator("#tabs [aria-current]")).to_have_count(1)


def test_a_fund_not_formed_says_so(demo_server, page):
    go(page, demo_server, reference_date=DEMO_DAY)
    page.get_by_role("link", name="성장 벤처투자조합").click()
    expect(page.locator("h1 .chip")).to_have_text("결성 전")
    expect(page.locator(".note").first).to_contain_text(DEMO_DAY)
    assert column(rows(page), "name") == []
