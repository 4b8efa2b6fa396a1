"""Marks on figures: stated and mixed paid-in, funds not formed, currencies, bars, long names."""

import pytest
from harness import DEMO_DAY
from pages import box, cards, column, cut_texts, expect_date, go, rows, sideways_scroll, totals
from playwright.sync_api import expect

PAID_IN = {"paid_in", "paid_in_ratio", "gp_paid_in"}
WORDS = {
    "ko-KR": {"stated": "기재", "mixed": "일부 기재", "not formed": "결성 전"},
    "en-US": {"stated": "stated", "mixed": "part stated", "not formed": "Not formed"},
}


@pytest.mark.each_language
def test_stated_figures_are_marked_wherever_they_stand(stated, page, language):
    """Case 5: 600 paid in, 100 of it by the GP, at every date."""
    word = WORDS[language]["stated"]
    for date in ("2020-01-01", "2026-01-31"):
        go(page, stated, reference_date=date, unit="won")
        (fund,), (total,) = rows(page), totals(page)
        for line in (fund, total):
            figures = (line["paid_in"], line["gp_paid_in"], line["paid_in_ratio"])
            assert figures == ("600", "100", "60.00%")
            assert line["marks"] == dict.fromkeys(PAID_IN, word)
        assert (cards(page)["paid_in"], cards(page)["gp_paid_in"]) == ("600", "100")
        assert marked_cards(page) == {"paid_in": word, "gp_paid_in": word}
        expect(page.locator(".legend")).to_contain_text(word)

    page.get_by_role("link", name="Stated", exact=True).click()
    expect(page.locator(".note")).to_contain_text("600")
    for figure in (".side-percent", ".facts >> nth=0"):
        expect(page.locator(figure).first.locator(".stated").first).to_have_text(word)
    page.locator("#tab-partners").click()
    expect(page.locator(".note")).to_contain_text("600")
    total = page.locator("#box-partners tfoot .key")
    expect(total.locator(".stated").first).to_have_text(word)


def test_the_investments_of_a_stated_fund_follow_the_date(stated, page):
    go(page, stated, reference_date="2026-01-09", unit="won")
    before = rows(page)[0]
    assert (before["invested"], before["uninvested"], before["company_count"]) == ("0", "1,000", "0")
    go(page, stated, reference_date="2026-01-10", unit="won")
    after = rows(page)[0]
    assert (after["invested"], after["uninvested"], after["company_count"]) == ("300", "700", "1")


@pytest.mark.each_language
def test_a_total_that_holds_a_stated_figure_says_so(mixed, page, language):
    """400 in cash and 600 stated in won; in dollars cash alone."""
    go(page, mixed, unit="won")
    won, dollars = totals(page)
    assert (won["paid_in"], won["paid_in_ratio"]) == ("1,000", "50.00%")
    assert won["marks"] == dict.fromkeys(PAID_IN, WORDS[language]["mixed"])
    assert (dollars["paid_in"], dollars["marks"]) == ("2.50", {})
    marks = {line["name"].split()[0]: line["marks"] for line in rows(page)}
    assert marks == {"K": {}, "U": {}, "Stated": dict.fromkeys(PAID_IN, WORDS[language]["stated"])}
    mixed_word = WORDS[language]["mixed"]
    assert marked_cards(page, "KRW") == {"paid_in": mixed_word, "gp_paid_in": mixed_word}
    assert marked_cards(page, "USD") == {}


def test_cash_is_not_marked(demo_server, page):
    go(page, demo_server, formed_only="true")
    assert [line["marks"] for line in rows(page)] == [{}] * 7
    assert totals(page)[0]["marks"] == {} and marked_cards(page) == {}


def marked_cards(page, currency="KRW") -> dict:
    marks = page.locator(f".cards-set[data-currency={currency}] .card:has(.stated)")
    return dict(
        marks.evaluate_all(
            "cards => cards.map(card => [card.dataset.figure, "
            "card.querySelector('.stated').innerText])"
        )
    )


@pytest.mark.each_language
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_currencies_are_never_added_together(two_currencies, new_page, language, width):
    """Case 10: one set of cards and one 합계 row for each."""
    page = new_page(language=language, viewport={"width": width, "height": 900})
    go(page, two_currencies, reference_date="2026-01-31", unit="won")
    won, dollars = totals(page)
    columns = ("commitment_total", "paid_in", "paid_in_ratio")
    assert [won[each] for each in columns] == ["1,000", "400", "40.00%"]
    assert [dollars[each] for each in columns] == ["10.00", "2.50", "25.00%"]
    assert cards(page, "KRW")["paid_in"] == "400" and cards(page, "USD")["paid_in"] == "2.50"
    assert cards(page, "KRW")["fund_count"] == cards(page, "USD")["fund_count"] == "1"
    assert "KRW" in won["name"] and "USD" in dollars["name"]
    for currency in ("KRW", "USD"):
        name = {"KRW": "원", "USD": "USD"}[currency] if language == "ko-KR" else currency
        heading = page.locator(f".cards-set[data-currency={currency}] h2")
        expect(heading).to_be_visible()
        expect(heading).to_contain_text(name)
    assert cut_texts(page) == [] and sideways_scroll(page) == 0
    page.locator("#fund-table").scroll_into_view_if_needed()
    expect(page.locator("#fund-table tfoot tr").nth(0)).to_be_in_viewport()
    expect(page.locator("#fund-table tfoot tr").nth(1)).to_be_in_viewport()


@pytest.mark.each_language
def test_funds_not_formed_are_listed_and_marked(demo_server, page, language):
    go(page, demo_server)
    word = WORDS[language]["not formed"]
    fund = page.locator("tr[data-fund]", has_text="성장 벤처투자조합")
    expect(fund).to_contain_text(word)
    expect(fund.locator(".name .icon")).to_be_visible()
    assert column(rows(page), "commitment_total")[-1] == "13,500"
    # With a formation date still ahead, the date and the mark stand together.
    go(page, demo_server, reference_date="2024-12-31")
    ahead = page.locator("tr[data-fund]", has_text="뉴챕터투자조합")
    expect(ahead).to_contain_text(word)
    expect(ahead).to_contain_text("2025-")
    formed = page.locator("tr[data-fund]", has_text="미래투자조합")
    expect(formed).not_to_contain_text(word)


def test_bars_are_as_long_as_their_figures_say(demo_server, page):
    go(page, demo_server)
    for kind, name in [("gauge-time", "progress"), ("gauge-paid", "paid_in_ratio")]:
        for fund, figure in zip(
            page.locator("tr[data-fund]").all(), column(rows(page), name), strict=True
        ):
            bar = fund.locator(f".{kind}")
            if figure == "–":
                expect(bar).to_have_count(0)
                continue
            whole = bar.bounding_box()["width"]
            share = bar.locator("rect").bounding_box()["width"] / whole * 100
            assert abs(share - float(figure.rstrip("%"))) <= 1.5, f"{name} {figure}"


LONG_NAMES = [
    "아주오래된농림수산식품모태펀드출자신기술사업투자조합제삼십사호개인투자조합연합회",
    "가온 그린뉴딜 소재·부품·장비 스케일업 제2호 신기술사업투자조합 (세컨더리 포함)",
    "TheQuiteUnreasonablyLongNameOfAVentureCapitalFundWithoutASingleSpaceInItIII",
    "Northern Lights Early Growth and Secondary Opportunities Parallel Fund IV-B, L.P.",
    "<b>Bold</b> & <script>alert(1)</script> \"Fund\"",
]


@pytest.fixture(scope="session")
def long_names(server_with, tmp_path_factory):
    folder = tmp_path_factory.mktemp("long-names")
    lines = ["name,type,fund_manager,currency,formation_date,commitment_total,gp_commitment"]
    for name in LONG_NAMES:
        quoted = '"' + name.replace('"', '""') + '"'
        lines.append(f"{quoted},농림수산식품투자조합,김가나다라마바사,KRW,2024-01-01,999999999999,0")
    (folder / "funds.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return server_with(folder)


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_long_names_wrap_and_are_not_cut(long_names, new_page, width):
    page = new_page(viewport={"width": width, "height": 844})
    go(page, long_names, unit="won")
    assert column(rows(page), "name") == LONG_NAMES
    assert cut_texts(page, "#fund-table") == [] and cut_texts(page, ".cards") == []
    assert sideways_scroll(page) == 0
    name = box(page, "#fund-table tbody .name")
    assert name["right"] - name["left"] <= width / 2
    for name in LONG_NAMES:
        go(page, long_names, unit="won")
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        assert cut_texts(page) == [] and sideways_scroll(page) == 0, name
        for part in ("partners", "investments", "ledger", "terms"):
            page.locator(f"#tab-{part}").click()
            expect(page.locator(f"#tab-{part}")).to_have_attribute("aria-current", "page")
            assert cut_texts(page) == [] and sideways_scroll(page) == 0, f"{part} of {name}"


def test_empty_books_say_so(empty_server, page):
    go(page, empty_server)
    expect(page.locator(".empty p")).to_have_text("아직 조합이 없습니다.")
    assert cards(page)["fund_count"] == "0"
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
    assert DEMO_DAY not in page.evaluate("location.search")
