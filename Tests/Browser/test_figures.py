"""Every figure of the golden table, read from the page: cards, rows and 합계."""

import csv
from decimal import ROUND_HALF_UP, Decimal

import pytest
from harness import ROOT
from pages import CARDS, COLUMNS, cards, column, expect_date, expect_no_reload, go, leave_a_marker
from pages import rows, totals, type_date

with (ROOT / "Tests/Golden/expected_overview.csv").open(encoding="utf-8") as file:
    GOLDEN = list(csv.DictReader(file))
DATES = sorted({line["reference_date"] for line in GOLDEN})

WORDS = {
    "ko-KR": {"total": "합계", "not formed": "결성 전", "distinct": "서로 다른 업체 {}"},
    "en-US": {"total": "Total", "not formed": "Not formed", "distinct": "{} distinct"},
}
HEADINGS = {
    "ko-KR": "NO 조합명 조합구분 대표펀드매니저 등록(성립)일 투자기간종료일 경과율 청산시기(예정) "
    "약정총액 납입총액 납입비율 GP출자금 투자총액 미투자액 투자자산 투자업체수 기준수익률 잔존기간",
    "en-US": "No. Fund Type Leadmanager Formed Investmentperiodend Elapsed Maturity "
    "Commitment Paid-in Paid-inratio GPpaid-in Invested Uninvested Assets Companies Hurdlerate "
    "Remaining",
}
CARD_NAMES = {
    "ko-KR": ["조합 수", "약정총액", "납입총액", "GP출자금", "투자총액", "미투자액", "투자업체수"],
    "en-US": "Funds,Commitments,Paid-in,GP paid-in,Invested,Uninvested,Companies".split(","),
}


@pytest.mark.each_language
@pytest.mark.parametrize("date", DATES)
def test_all_figures_in_won(demo_server, page, language, date):
    go(page, demo_server, reference_date=date, unit="won")
    expect_golden_figures(page, date, language)


@pytest.mark.each_language
def test_all_figures_follow_the_date_without_a_reload(demo_server, page, language):
    go(page, demo_server, reference_date="2020-01-01", unit="won")
    leave_a_marker(page)
    for date in DATES:
        type_date(page, date)
        expect_date(page, date)
        expect_golden_figures(page, date, language)
    expect_no_reload(page)


@pytest.mark.each_language
def test_all_figures_follow_the_date_without_script(demo_server, new_page, language):
    page = new_page(language=language, java_script_enabled=False)
    go(page, demo_server, reference_date="2020-01-01", unit="won")
    for date in DATES:
        with page.expect_navigation():
            type_date(page, date)
        expect_date(page, date)
        expect_golden_figures(page, date, language)


def expect_golden_figures(page, date: str, language: str):
    golden = [line for line in GOLDEN if line["reference_date"] == date]
    funds, total = golden[:-1], golden[-1]
    assert [figures(line) for line in rows(page)] == [expected(line, language) for line in funds]
    assert [figures(line) for line in totals(page)] == [expected(total, language)]
    assert cards(page) == expected_cards(total, len(funds))
    companies = page.locator("[data-figure=company_count] .card-note")
    distinct = WORDS[language]["distinct"].format(total["distinct_companies"])
    assert companies.inner_text() == distinct


def figures(line: dict) -> dict:
    """The cells of a row that the golden table speaks of."""
    spoken_of = set(COLUMNS) - {
        "fund_type",
        "fund_manager",
        "formation_date",
        "investment_period_end",
        "maturity_date",
    }
    return {name: line[name] for name in COLUMNS if name in spoken_of}


def expected(golden: dict, language: str) -> dict:
    is_total = golden["fund"] == "합계"
    whole = lambda name: f"{int(golden[name]):,}"  # noqa: E731
    absent = "" if is_total else "–"
    return {
        "no": golden["no"],
        "name": WORDS[language]["total"] if is_total else golden["fund"],
        "progress": whole_percent(golden["investment_period_progress"]) or absent,
        "commitment_total": whole("commitment_total"),
        "paid_in": whole("total_paid_in"),
        "paid_in_ratio": golden["paid_in_ratio"] + "%",
        "gp_paid_in": whole("gp_paid_in"),
        "invested": whole("total_invested"),
        "uninvested": whole("uninvested"),
        "investment_assets": whole("investment_assets"),
        "company_count": golden["company_count"],
        "hurdle_rate": "" if is_total else golden["hurdle_rate"] + "%",
        "remaining": remaining(golden, language) or absent,
    }


def expected_cards(total: dict, count: int) -> dict:
    columns = {"paid_in": "total_paid_in", "invested": "total_invested"}
    return {
        card: str(count) if card == "fund_count" else f"{int(total[columns.get(card, card)]):,}"
        for card in CARDS
    }


def whole_percent(text: str) -> str:
    return f"{Decimal(text).quantize(Decimal(1), ROUND_HALF_UP)}%" if text else ""


def remaining(golden: dict, language: str) -> str:
    if not golden["remaining"]:
        return ""
    years, months = golden["remaining_years"], golden["remaining_months"]
    words = {"ko-KR": ("년", "개월"), "en-US": (" y", " m")}[language]
    parts = [(years, words[0]), (months, words[1])]
    return " ".join(number + word for number, word in parts if number != "0")


@pytest.mark.each_language
def test_the_columns_and_the_cards_have_the_firms_names(demo_server, page, language):
    go(page, demo_server)
    headings = page.locator("#fund-table thead [data-column]").all_inner_texts()
    assert ["".join(each.split()) for each in headings] == HEADINGS[language].split()
    assert page.locator(".cards dt > span:first-child").all_inner_texts() == CARD_NAMES[language]
    assert column(rows(page), "fund_type")[0] == "농림수산식품투자조합"
    assert column(rows(page), "fund_manager")[0] == "김00"
    dates = [
        rows(page)[0][name] for name in ("formation_date", "investment_period_end", "maturity_date")
    ]
    assert dates == ["2024-07-02", "2028-07-01", "2032-07-01"]


HEADLINES = ["8", "106,828", "48,109", "3,316", "45,207", "61,621", "24"]
FORMED_ONLY = ["7", "93,328", "48,109", "3,316", "45,207", "48,121", "24"]


@pytest.mark.each_language
@pytest.mark.parametrize(
    "query, figures", [({}, HEADLINES), ({"formed_only": "true"}, FORMED_ONLY)]
)
def test_the_headline_figures_in_millions(demo_server, page, query, figures):
    go(page, demo_server, **query)
    assert list(cards(page).values()) == figures
    assert len(rows(page)) == int(figures[0])
    assert column(totals(page), "commitment_total") == [figures[1]]


def test_paid_in_is_that_of_the_reference_date(demo_server, page):
    go(page, demo_server, reference_date="2024-12-31")
    assert rows(page)[0]["name"] == "미래투자조합"
    assert rows(page)[0]["paid_in"] == "10,102"


def test_companies_are_those_of_the_reference_date(demo_server, page):
    go(page, demo_server, reference_date="2025-09-30")
    funds = {line["name"]: (line["company_count"], line["invested"]) for line in rows(page)}
    assert funds["뉴챕터투자조합"] == ("1", "3,500")
    assert funds["밸류체인펀드"] == ("0", "0")


@pytest.mark.parametrize(
    "unit, printed, paid_in",
    [
        ("won", "원", "14,142,000,000"),
        ("thousand", "천원", "14,142,000"),
        ("million", "백만원", "14,142"),
        ("eok", "억원", "141.42"),
    ],
)
def test_every_unit_is_printed_with_its_figures(demo_server, page, unit, printed, paid_in):
    go(page, demo_server, unit=unit)
    assert rows(page)[0]["paid_in"] == paid_in
    assert printed in page.locator(".head-note").inner_text()
    assert page.locator("[data-figure=paid_in] .figure small").inner_text() == printed
