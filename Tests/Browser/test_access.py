"""Keyboard, focus, zoom, sizes and the reader's own settings: WCAG 2.2 AA beyond what axe sees."""

import pytest
from harness import CHROMIUM, CHROMIUM_ARGUMENTS, LANGUAGES, axe
from pages import cut_texts, expect_date, go, overlaps, query_of, sideways_scroll
from playwright.sync_api import expect


@pytest.mark.each_language
def test_the_tab_order_is_that_of_the_screen(demo_server, page, language):
    go(page, demo_server)
    order = []
    for _ in range(80):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
        if order[-1] == "fund-8":
            break
    assert order == (
        ["skip"]
        + page.locator(".bar :is(a, button):visible").evaluate_all("them => them.map(it => it.id)")
        + ["step-back", "reference-date", "step-next", "step-today", "rail"]
        + ["known-open"]
        + ["download-1", "download-2", "download-3"]
        + ["unit-won", "unit-thousand", "unit-million", "unit-eok", "scope-all", "scope-formed"]
        + ["import", "register-fund"]
        + ["why"] * page.locator(".cards .why").count()
        + ["fund-table"]
        + page.locator(".sort").evaluate_all("links => links.map(link => link.id)")
        # The figures of the table are one stop.
        + ["fund-1", "why"]
        + [f"fund-{number}" for number in range(2, 9)]
    )


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)], ids=str)
def test_whatever_has_the_focus_shows_it_and_is_not_covered(many_funds, new_page, size):
    """2.4.7, 2.4.11: also in the table, where header, 합계 and names lie over the rest."""
    page = new_page(viewport={"width": size[0], "height": size[1]})
    go(page, many_funds, unit="won")
    unseen = []
    for key, times in [("Tab", 52), ("Shift+Tab", 50)]:
        for _ in range(times):
            page.keyboard.press(key)
            if trouble := page.evaluate(_FOCUS_TROUBLE):
                unseen.append(f"{key}: {trouble}")
    assert unseen == []


@pytest.mark.each_scheme
def test_the_rail_shows_its_focus(demo_server, page, scheme):
    go(page, demo_server)
    before = page.locator(".rail").screenshot()
    page.locator("#step-today").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#rail")).to_be_focused()
    assert page.locator(".rail").screenshot() != before


_FOCUS_TROUBLE = """() => {
  const it = document.activeElement, style = getComputedStyle(it);
  if (it === document.body) return 'nothing has the focus';
  const name = it.id || it.className;
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  if (!ring && it.type !== 'range') return name + ' shows no focus';
  const at = it.getBoundingClientRect();
  const left = Math.max(at.left, 0), right = Math.min(at.right, innerWidth);
  const top = Math.max(at.top, 0), bottom = Math.min(at.bottom, innerHeight);
  if (right <= left || bottom <= top) return name + ' is out of view';
  // Chromium leaves what shows by 32 pixels where it is; wholly covered is what may not be.
  const points = [0.1, 0.5, 0.9].map(share => [left + share * (right - left), (top + bottom) / 2]);
  const shows = ([x, y]) => {
    const found = document.elementFromPoint(x, y);
    return found && (it.contains(found) || found.contains(it));
  };
  return points.some(shows) ? null : name + ' is covered';
}"""


def test_the_skip_link_leads_past_the_band(demo_server, page):
    go(page, demo_server)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#download-1")).to_be_focused()


def test_everything_is_done_by_keyboard_alone(demo_server, page):
    """To the end of September, formed funds only, into the first fund and back."""
    go(page, demo_server)
    # Past the skip link and the bar, to the field.
    for _ in range(page.locator(".bar :is(a, button):visible").count() + 3):
        page.keyboard.press("Tab")
    expect(page.locator("#reference-date")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("2025-09-30")
    page.keyboard.press("Enter")
    expect_date(page, "2025-09-30")
    expect(page.locator("#reference-date")).to_be_focused()
    for _ in range(13):
        page.keyboard.press("Tab")
    expect(page.locator("#scope-formed")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#scope-formed")).to_have_attribute("aria-current", "true")
    expect(page.locator("#scope-formed")).to_be_focused()
    for _ in range(22 + page.locator(".cards .why").count()):
        page.keyboard.press("Tab")
    expect(page.locator("#fund-1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("미래투자조합")
    page.go_back()
    expect(page.locator("#fund-table")).to_be_visible()
    assert query_of(page) == {"reference_date": "2025-09-30", "formed_only": "true"}


def test_the_rail_tells_its_date(demo_server, page):
    go(page, demo_server)
    rail = page.get_by_role("slider")
    expect(rail).to_have_attribute("aria-valuetext", "2026-02-14")
    rail.press("ArrowLeft")
    expect_date(page, "2026-01-31")
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "2026-01-31")


@pytest.mark.each_language
@pytest.mark.parametrize("path", ["/fund-overview", "/funds/1", "/funds/1/partners"])
@pytest.mark.parametrize("size", [(320, 256), (640, 512), (320, 800)], ids=str)
def test_reflow_at_400_and_200_per_cent(demo_server, mixed, new_page, language, path, size):
    """1.4.10: 1280×1024 at 400 % is 320×256. The table's box may scroll; the page may not."""
    page = new_page(language=language, viewport={"width": size[0], "height": size[1]})
    for server in (demo_server, mixed):
        for unit in ("million", "won"):
            go(page, server, path, unit=unit)
            assert sideways_scroll(page) == 0
            assert cut_texts(page) == []
            assert overlaps(page, [".card", ".box", ".choices", ".band", ".foot", ".legend"]) == []
            assert page.evaluate(_OUT_OF_REACH) == []


# Controls that no scrolling brings wholly into the window.
_OUT_OF_REACH = """() => [...document.querySelectorAll('a, button, input')].filter(it => {
  if (it.matches('.skip, [type=hidden]') || !it.checkVisibility()) return false;
  it.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const at = it.getBoundingClientRect();
  return at.left < -1 || at.right > innerWidth + 1 || at.top < -1 || at.bottom > innerHeight + 1;
}).map(it => it.id || it.textContent)"""


@pytest.fixture(scope="session")
def browser_with_large_letters(browser):
    """Set by the reader to letters of twice the usual size."""
    large = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield large
    large.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)], ids=str)
def test_letters_at_twice_their_size(demo_server, browser_with_large_letters, language, size):
    """1.4.4: nothing is lost, and the page still doesn't scroll sideways."""
    page = browser_with_large_letters.new_page(
        locale=language, viewport={"width": size[0], "height": size[1]}
    )
    for path in ("/fund-overview", "/funds/1", "/funds/1/partners", "/calls/2"):
        go(page, demo_server, path, reference_date="2025-03-05")
        usual = "parseFloat(getComputedStyle(document.body).fontSize)"
        assert page.evaluate(usual) == 28
        assert cut_texts(page) == []
        assert sideways_scroll(page) == 0
        assert overlaps(page, [".card", ".box", ".choices", ".band", ".foot", ".legend"]) == []
    page.context.close()


@pytest.mark.parametrize(
    "path", ["/fund-overview", "/funds/1", "/funds/1/partners", "/calls/2", "/no-such-page"]
)
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=str)
def test_targets_are_large_enough(demo_server, new_page, path, size):
    """2.5.8: 24 by 24 pixels, or as much room around."""
    page = new_page(viewport={"width": size[0], "height": size[1]})
    go(page, demo_server, path)
    axe(page, only=["target-size"])
    for control in page.locator(".band a, .band button, .band input, .choices a, .button").all():
        place = control.bounding_box()
        if place and control.is_visible():
            assert min(place["width"], place["height"]) >= 24, control


def test_on_a_phone_controls_are_44_pixels_high(demo_server, new_page):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    go(page, demo_server)
    for control in page.locator(".step:visible, .tool:visible, #reference-date").all():
        assert control.bounding_box()["height"] >= 44
    for row in page.locator("#fund-table tbody tr").all():
        assert row.bounding_box()["height"] >= 44


@pytest.mark.parametrize("path", ["/fund-overview", "/funds/1", "/funds/1/partners"])
def test_figures_are_tabular(demo_server, page, path):
    go(page, demo_server, path)
    page.locator("details").evaluate_all("them => them.forEach(it => { it.open = true; })")
    cells = page.locator("td, .figure b, .facts dd, #reference-date")
    styles = cells.evaluate_all("cells => cells.map(it => getComputedStyle(it).fontVariantNumeric)")
    assert set(styles) == {"tabular-nums"}
    widths = page.locator("td.n").first.evaluate(
        "cell => ['1111', '8888', '4040'].map(digits => {"
        " cell.textContent = ''; const it = document.createElement('span');"
        " it.textContent = digits; cell.append(it); return it.getBoundingClientRect().width; })"
    )
    assert len(set(widths)) == 1
    edges = page.locator("tbody tr td.key").evaluate_all(
        "cells => cells.map(cell => { const range = document.createRange();"
        " range.selectNodeContents(cell.lastChild); const text = range.getBoundingClientRect();"
        " return Math.round(cell.getBoundingClientRect().right - text.right); })"
    )
    assert len(set(edges[:5])) == 1, "figures do not end on one line"


def test_forced_colours_keep_bars_marks_and_focus(demo_server, new_page):
    page = new_page(forced_colors="active")
    go(page, demo_server)
    bar = page.locator("tr[data-fund] .gauge-paid").first
    fill = bar.locator("rect").evaluate("it => getComputedStyle(it).fill")
    ink = page.locator("tr[data-fund] td.key").first.evaluate("it => getComputedStyle(it).color")
    assert fill == ink
    assert bar.evaluate("it => getComputedStyle(it).borderTopStyle") == "solid"
    current = page.locator(".choices [aria-current]").first
    assert current.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    page.locator("#fund-1").focus()
    assert page.evaluate(_FOCUS_TROUBLE) is None
    axe(page)
    for path in ("/funds/1", "/funds/1/partners"):
        go(page, demo_server, path, reference_date="2025-03-05")
        expect(page.locator(".chip").first).to_be_visible()
        axe(page)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_motion_stops_where_it_is_not_wanted(demo_server, new_page, motion):
    page = new_page(reduced_motion=motion)
    go(page, demo_server)
    page.evaluate("document.documentElement.classList.add('waiting')")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(it => [null, '::before', '::after'].map("
        "part => getComputedStyle(it, part))).filter(style => "
        "parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none').length"
    )
    assert (moving == 0) == (motion == "reduce")
    page.keyboard.press("[")
    expect_date(page, "2026-01-31")
