"""Amounts on a phone: whole, and readable without pushing a table sideways."""

import pytest
from pages import box, cut_texts, go, sideways_scroll
from playwright.sync_api import expect
from working import field

PHONE = {"width": 390, "height": 844}
# The second call of the first fund is owed on this day, with a credit.
DAY = "2025-03-05"
PLACES = {
    "call": ("/calls/26", {}),
    "drawer": ("/calendar", {"call": 26}),
    "due": ("/funds/1", {}),
    "ledger": ("/funds/1/ledger", {"unit": "won"}),
    "lines": ("/explain", {"figure": "paid_in", "fund": 1}),
    "lines of items": ("/explain", {"figure": "outstanding", "fund": 1, "side": "partners"}),
    "formula": ("/explain", {"figure": "paid_in_ratio", "currency": "KRW"}),
}

# Tables that are pushed sideways, and figures of which a part is outside the window.
_HIDDEN = """() => {
  const tables = [...document.querySelectorAll('.stacks')];
  const wide = tables.map(it => it.parentElement)
    .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.id);
  const beyond = tables.flatMap(it => [...it.querySelectorAll('tbody .n, tfoot .n')])
    .filter(it => it.checkVisibility() && it.innerText.trim())
    .filter(it => { const { left, right } = it.getBoundingClientRect();
                    return left < 0 || right > innerWidth || it.scrollWidth > it.clientWidth + 1; })
    .map(it => it.innerText);
  return { tables: tables.length, wide, beyond };
}"""


@pytest.mark.each_language
@pytest.mark.parametrize("place", PLACES)
def test_every_amount_is_whole(demo_server, new_page, language, place):
    page = new_page(language=language, viewport=PHONE)
    path, query = PLACES[place]
    go(page, demo_server, path, reference_date=DAY, **query)
    found = page.evaluate(_HIDDEN)
    assert found["tables"] > 0 and found["wide"] == [] and found["beyond"] == []
    assert sideways_scroll(page) == 0
    assert cut_texts(page, ".stacks") == []


def test_the_drawer_shows_what_is_owed_its_form_and_leaves_the_date_in_view(demo_server, new_page):
    page = new_page(viewport=PHONE)
    go(page, demo_server, "/calendar", reference_date="2026-03-20")
    page.locator(".due-card", has_text="성장 벤처투자조합").click()
    hero = page.locator("#drawer .call-hero dd").first
    expect(hero).to_have_text("1,350,000,000")
    assert hero.evaluate("it => getComputedStyle(it).fontSize") == "40px"
    assert box(page, "#reference-date")["bottom"] <= box(page, "#drawer")["top"]
    title = box(page, "#call-form h3")
    assert title["bottom"] <= PHONE["height"], "the form begins within the window"
    expect(field(page, "recordPayment", "amount")).to_be_visible()
