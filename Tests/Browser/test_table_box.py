"""The box of the table with 200 funds: what stays in view, and that nothing covers anything else."""

import pytest
from pages import box, cut_texts, eventually, expect_date, go, overlaps, sideways_scroll
from playwright.sync_api import expect

DESKTOP = {"width": 1440, "height": 900}
SMALL = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}
SIZES = pytest.mark.parametrize(
    "size", [DESKTOP, SMALL, PHONE], ids=lambda size: f"{size['width']}x{size['height']}"
)
BLOCKS = [".band", ".head h1", ".head-note", ".choices", ".cards-set", ".box", ".legend", ".foot"]


@SIZES
@pytest.mark.each_language
def test_header_totals_and_names_stay_in_view(many_funds, new_page, language, size):
    page = new_page(language=language, viewport=size)
    go(page, many_funds, unit="won")
    into_view(page)
    assert most_scroll(page)["left"] > 200 and most_scroll(page)["top"] > 3000
    for left, top in [(0, 0), (1, 0), (0, 0.5), (0.37, 0.731), (1, 0.5), (1, 1), (0, 1)]:
        scroll(page, left, top)
        seen = page.evaluate(_STICKY)
        where = f"scrolled to {left:.0%} across and {top:.0%} down"
        assert abs(seen["head"]["top"] - seen["inside"]["top"]) <= 1, f"header, {where}"
        assert abs(seen["foot"]["bottom"] - seen["inside"]["bottom"]) <= 1, f"합계, {where}"
        assert seen["head"]["bottom"] < seen["foot"]["top"], where
        assert len(seen["names"]) >= 4, where
        for name in seen["names"]:
            assert abs(name["left"] - seen["nameLeft"]) <= 1, f"{name['text']}, {where}"
        assert seen["covered"] == [], f"covered by something else, {where}"


@SIZES
def test_it_scrolls_by_wheel_and_by_keys(many_funds, new_page, size):
    page = new_page(viewport=size)
    go(page, many_funds, unit="won")
    into_view(page)
    across = page.locator("#fund-table").bounding_box()
    page.mouse.move(across["x"] + across["width"] / 2, across["y"] + across["height"] / 2)
    page.mouse.wheel(150, 0)
    eventually(lambda: scrolled(page)["left"], 150)
    page.mouse.wheel(0, 700)
    eventually(lambda: scrolled(page)["top"], 700)
    assert page.evaluate(_STICKY)["covered"] == []

    page.locator("#fund-table").focus()
    page.keyboard.press("End")
    eventually(lambda: scrolled(page)["top"], most_scroll(page)["top"])

    def pressed_right_again():
        """Chromium swallows an arrow key while the scroll before it still glides."""
        page.keyboard.press("ArrowRight")
        return scrolled(page)["left"] > 150

    eventually(pressed_right_again, True)
    assert page.evaluate(_STICKY)["covered"] == []


@SIZES
@pytest.mark.each_language
def test_the_page_itself_does_not_scroll_sideways_and_nothing_overlaps(
    many_funds, demo_server, new_page, language, size
):
    page = new_page(language=language, viewport=size)
    for server in (many_funds, demo_server):
        for unit in ("won", "million"):
            go(page, server, unit=unit)
            assert sideways_scroll(page) == 0
            assert overlaps(page, BLOCKS) == []
            assert overlaps(page, [".card"]) == []
            assert overlaps(page, [".bar a", ".bar button", ".asof a", "#reference-date", "#rail"]) == []
            assert overlaps(page, ["thead [data-column]", "thead .groups > *"]) == []
            assert cut_texts(page) == [], f"{server.url} in {unit}"


@pytest.mark.parametrize("size", [DESKTOP, SMALL], ids=["1440x900", "1024x768"])
@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
def test_cards_header_and_totals_are_in_view_together(
    many_funds, demo_server, mixed, new_page, scripting, size
):
    page = new_page(viewport=size, java_script_enabled=scripting)
    for server in (many_funds, demo_server, mixed):
        for language in ("ko", "en"):
            for unit in ("million", "won"):
                go(page, server, unit=unit, lang=language)
                assert_in_view(page, size, rows_at_least=2)


def test_they_stay_in_view_when_the_date_changes(many_funds, new_page):
    page = new_page(viewport=SMALL)
    go(page, many_funds)
    for date in ("2026-01-31", "2025-12-31", "2025-11-30"):
        page.keyboard.press("[")
        expect_date(page, date)
        assert_in_view(page, SMALL, rows_at_least=2)


def assert_in_view(page, size: dict, rows_at_least: int):
    parts = [".card", "#fund-table thead", "#fund-table tfoot"]
    for selector in parts:
        for index in range(page.locator(selector).count()):
            place = page.locator(selector).nth(index).bounding_box()
            assert place["y"] >= 0, f"{selector} {index} at {page.url}"
            assert place["y"] + place["height"] <= size["height"], f"{selector} {index} at {page.url}"
    head, foot = box(page, "#fund-table thead"), box(page, "#fund-table tfoot")
    row = page.locator("#fund-table tbody tr").first.bounding_box()["height"]
    count = min(page.locator("#fund-table tbody tr").count(), rows_at_least)
    assert foot["top"] - head["bottom"] >= count * row - 1, f"too few rows at {page.url}"
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), page.url


@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
def test_on_a_phone_cards_come_first_and_the_box_fills_the_screen(many_funds, new_page, scripting):
    page = new_page(viewport=PHONE, java_script_enabled=scripting, has_touch=True, is_mobile=True)
    go(page, many_funds)
    cards, table = box(page, ".cards"), box(page, "#fund-table")
    assert 0 < cards["top"] < PHONE["height"] / 2
    assert cards["bottom"] < PHONE["height"] and cards["bottom"] < table["top"]
    into_view(page)
    table = box(page, "#fund-table")
    assert 0.8 * PHONE["height"] <= table["bottom"] - table["top"] <= PHONE["height"]
    assert table["top"] >= 0 and table["bottom"] <= PHONE["height"]
    assert (table["left"], table["right"]) == (16, PHONE["width"] - 16)
    name = box(page, "#fund-table tbody .name")
    assert name["right"] - name["left"] <= PHONE["width"] / 2, "the name leaves no room for figures"


def test_eight_funds_need_no_scrolling(demo_server, new_page):
    """All 18 columns fit in 1440 px."""
    page = new_page(viewport=DESKTOP)
    for unit in ("million", "eok"):
        go(page, demo_server, unit=unit)
        assert most_scroll(page) == {"left": 0, "top": 0}, unit


def test_the_box_is_a_region_with_a_name_that_takes_the_focus(many_funds, page):
    go(page, many_funds)
    region = page.get_by_role("region", name="조합 현황 표")
    expect(region).to_have_attribute("tabindex", "0")
    expect(region.get_by_role("table")).to_have_accessible_name("조합 현황, 기준일 2026-02-14, 단위 백만원")


def into_view(page):
    """Scrolls the page as far as it takes to see the whole box."""
    page.locator("#fund-table").evaluate("box => box.scrollIntoView({ block: 'center' })")


def scroll(page, left: float, top: float):
    page.locator("#fund-table").evaluate(
        "(box, [left, top]) => box.scrollTo({"
        " left: left * (box.scrollWidth - box.clientWidth),"
        " top: top * (box.scrollHeight - box.clientHeight), behavior: 'instant' })",
        [left, top],
    )


def scrolled(page) -> dict:
    return page.locator("#fund-table").evaluate(
        "box => ({ left: box.scrollLeft, top: box.scrollTop })"
    )


def most_scroll(page) -> dict:
    return page.locator("#fund-table").evaluate(
        "box => ({ left: box.scrollWidth - box.clientWidth, top: box.scrollHeight - box.clientHeight })"
    )


# Where header, 합계 and names are, within the borders and scrollbars of the box; and which of the
# cells that should be seen there are covered: by another cell, or by anything else on the page.
_STICKY = """() => {
  const box = document.getElementById('fund-table'), table = box.querySelector('table');
  const edge = box.getBoundingClientRect();
  const inside = {
    left: edge.left + box.clientLeft, top: edge.top + box.clientTop,
    right: edge.left + box.clientLeft + box.clientWidth,
    bottom: edge.top + box.clientTop + box.clientHeight,
  };
  const rect = it => it.getBoundingClientRect();
  const plain = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
  const head = rect(table.tHead), foot = rect(table.tFoot);
  const names = [...table.tBodies[0].querySelectorAll('.name')]
    .filter(name => rect(name).top >= head.bottom && rect(name).bottom <= foot.top);
  // With the box unscrolled the NO column stands before the name; scrolled, the name takes its place.
  const number = table.tBodies[0].querySelector('.no');
  const nameLeft = Math.max(inside.left, inside.left - box.scrollLeft + number.offsetWidth);
  const covered = [];
  const look = (cell, what) => {
    const at = rect(cell);
    const x = (Math.max(at.left, inside.left) + Math.min(at.right, inside.right)) / 2;
    const found = document.elementFromPoint(x, (at.top + at.bottom) / 2);
    if (!cell.contains(found)) covered.push(what);
  };
  const shown = cell => rect(cell).right > nameLeft + names[0].offsetWidth + 4 &&
    rect(cell).left < inside.right - 4 && cell.checkVisibility();
  names.forEach(name => look(name, name.innerText));
  table.querySelectorAll('thead .name, tfoot .name').forEach(name => look(name, 'name ' + name.innerText));
  for (const cell of table.querySelectorAll('thead [data-column]:not(.no, .name), tfoot td:not(.no)')) {
    if (!shown(cell)) continue;
    // The part that the name column does not cover.
    const at = rect(cell), from = Math.max(at.left, nameLeft + names[0].offsetWidth);
    const found = document.elementFromPoint(
      (from + Math.min(at.right, inside.right)) / 2, (at.top + at.bottom) / 2);
    if (!cell.contains(found)) covered.push(cell.innerText);
  }
  return {
    inside, head: plain(head), foot: plain(foot), nameLeft,
    names: names.map(name => ({ left: rect(name).left, text: name.innerText })), covered,
  };
}"""
