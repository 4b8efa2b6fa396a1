"""The overview on paper: A4 landscape, black on white, the header on every page."""

import io
import re

import pytest
from harness import DEMO_DAY
from pages import go
from pypdf import PdfReader

A4_LANDSCAPE = (842, 595)
WORDS = {
    "ko-KR": {
        "date": f"기준일 {DEMO_DAY}",
        "unit": "단위 백만원",
        "headings": "조합명 조합구분 약정총액 납입총액 납입비율 투자총액 미투자액 잔존기간".split(),
        "total": "합계",
    },
    "en-US": {
        "date": f"As of {DEMO_DAY}",
        "unit": "In KRW million",
        "headings": "Fund Type Commitment Paid-in Invested Uninvested Remaining".split(),
        "total": "Total",
    },
}


def printed(page) -> list[str]:
    """The text of each page of paper; the paper's size is checked on the way."""
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    for sheet in paper.pages:
        size = (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height)))
        assert size == A4_LANDSCAPE
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in paper.pages]


@pytest.mark.each_language
def test_200_funds_repeat_header_date_and_unit_on_every_page(many_funds, page, language):
    go(page, many_funds, page="all")
    sheets = printed(page)
    words = WORDS[language]
    assert 4 <= len(sheets) <= 12
    for number, text in enumerate(sheets, 1):
        for word in [words["date"], words["unit"], *words["headings"]]:
            assert word in text, f"{word} lacks on page {number}"
        assert f"{number} / {len(sheets)}" in text
    together = " ".join(sheets)
    for number in range(1, 201):
        assert together.count(f"가온 {number:03}호 투자조합") == 1
    assert words["total"] in sheets[-1] and words["total"] not in " ".join(sheets[1:-1])


def test_a_page_of_funds_says_on_paper_that_it_is_one(many_funds, page):
    go(page, many_funds, page=2)
    together = " ".join(printed(page))
    assert "200줄 가운데 101–200" in together and "모두 보기" not in together
    assert "가온 101호 투자조합" in together and "가온 100호 투자조합" not in together


def test_eight_funds_take_one_page_with_cards_and_total(demo_server, page):
    go(page, demo_server)
    (sheet,) = printed(page)
    for text in ["장부 · 조합 개요", "48,109", "106,828", "결성 전", "45.03%", "6년 4개월"]:
        assert text in sheet
    for control in ("English", "오늘", "억원", "결성된 조합만"):
        assert control not in sheet


def test_a_fund_is_printed_with_its_calls(demo_server, page):
    for path in ("/funds/1", "/funds/1/partners"):
        go(page, demo_server, path, reference_date="2025-03-05")
        text = " ".join(printed(page))
        for word in ("미래투자조합", "기준일 2025-03-05", "4,201", "161", "연체 4일"):
            assert word in text, f"{word} lacks in {path}"


def test_what_one_does_on_a_page_is_not_printed(demo_server, page):
    go(page, demo_server, "/funds/1/terms")
    text = " ".join(printed(page))
    for word in ("농림수산식품투자조합", "2032-07-01", "2.0%", "20,203,000,000원", "약정 증감"):
        assert word in text, f"{word} lacks among the terms"
    assert "저장" not in text and "규약 바꾸기" not in text
    go(page, demo_server, "/funds/1/ledger")
    text = " ".join(printed(page))
    assert "입금 +" in text and "할 일" not in text
    go(page, demo_server, "/calendar")
    assert "캘린더 구독" not in " ".join(printed(page))


@pytest.mark.each_scheme
@pytest.mark.parametrize("chosen", [None, "dark"])
def test_it_is_black_on_white(demo_server, page, scheme, chosen):
    go(page, demo_server, "/fund-overview")
    if chosen and chosen != scheme:
        page.locator("#theme").click()
    page.emulate_media(media="print")
    for path in ("/fund-overview", "/funds/1", "/funds/1/partners", "/funds/1/ledger", "/calls/2"):
        go(page, demo_server, path)
        found = page.evaluate(_COLOURS)
        assert found["grounds"] == ["255,255,255"], path
        assert found["darkest"] is not None and max(found["inks"]) <= 0x44, path


def test_nothing_sticks_or_is_cut_on_paper(many_funds, page):
    go(page, many_funds)
    page.emulate_media(media="print")
    for part in ("thead", "tfoot", "tbody .name"):
        position = page.locator(f"#fund-table {part}").first
        assert position.evaluate("it => getComputedStyle(it).position") == "static"
    box = page.locator("#fund-table")
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    assert box.evaluate("box => getComputedStyle(box).overflow") == "visible"


@pytest.mark.parametrize("unit", ["million", "won"])
def test_all_columns_fit_the_paper(many_funds, page, unit):
    """Figures in won are wide: the browser then makes everything a little smaller."""
    go(page, many_funds, unit=unit, formed_only="true")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    starts = []

    def note_start(text, page_matrix, text_matrix, *_):
        if "년" in text or "개월" in text:
            starts.append(text_matrix[4] * page_matrix[0] + page_matrix[4])

    paper.pages[1].extract_text(visitor_text=note_start)
    margin = 28
    assert len(starts) >= 10
    assert 600 < max(starts) < A4_LANDSCAPE[0] - margin


# The grounds on which texts stand, and how bright the brightest part of each ink is.
_COLOURS = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const grounds = new Set(), inks = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const it = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !it.checkVisibility()) continue;
    if (it.closest('.unseen, caption, script, svg')) continue;
    inks.push(Math.max(...parts(getComputedStyle(it).color).slice(0, 3)));
    for (let at = it; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) { grounds.add(colour.slice(0, 3).join()); break; }
    }
  }
  return { grounds: [...grounds], inks, darkest: inks.length ? Math.min(...inks) : null };
}"""
