"""The pages as a person sees them: how to get there, and what is read from what is rendered."""

import time
from datetime import datetime
from urllib.parse import parse_qs, urlencode
from zoneinfo import ZoneInfo

from harness import DEMO_DAY
from playwright.sync_api import expect

OVERVIEW = "/fund-overview"
COLUMNS = (
    "no name fund_type fund_manager formation_date investment_period_end progress maturity_date "
    "commitment_total paid_in paid_in_ratio gp_paid_in "
    "invested uninvested investment_assets company_count hurdle_rate remaining"
).split()
CARDS = (
    "fund_count commitment_total paid_in gp_paid_in invested uninvested company_count".split()
)
SECONDS_AT_MOST = 20


def go(page, server, path=OVERVIEW, /, **query):
    """Opens a page of `server`; the overview on the firm's day where nothing else is said."""
    query = {"reference_date": DEMO_DAY} | query
    return page.goto(f"{server.url}{path}?{urlencode(query)}")


def query_of(page) -> dict:
    """What the address asks for, as it is now (`page.url` lags behind a script's changes)."""
    query = page.evaluate("location.search.slice(1)")
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}


def today() -> str:
    return datetime.now(ZoneInfo("Asia/Seoul")).date().isoformat()


def eventually(look, wanted):
    """Looks until it sees what is wanted; the time limit only guards against waiting for ever."""
    deadline = time.monotonic() + SECONDS_AT_MOST
    while (seen := look()) != wanted:
        assert time.monotonic() < deadline, f"saw {seen!r}, wanted {wanted!r}"
        time.sleep(0.02)


# Figures


def rows(page) -> list[dict]:
    """The funds of the table from top to bottom; cells by column, the mark of stated figures apart."""
    return page.evaluate(_LINES, "#fund-table tbody tr")


def totals(page) -> list[dict]:
    """The 합계 rows, one for each currency."""
    return page.evaluate(_LINES, "#fund-table tfoot tr")


def column(lines: list[dict], name: str) -> list[str]:
    return [line[name] for line in lines]


def cards(page, currency="KRW") -> dict:
    """The large figure of each card."""
    cards = page.locator(f".cards-set[data-currency={currency}] [data-figure]")
    return dict(
        cards.evaluate_all(
            "cards => cards.map(card => [card.dataset.figure, "
            "card.querySelector('.figure b').innerText])"
        )
    )


# A cell's text, without the mark before it; `marks` has the marks by column.
_LINES = """selector => {
  const columns = [...document.querySelectorAll('#fund-table thead [data-column]')]
    .map(heading => heading.dataset.column);
  const words = node => (node ? node.innerText : '').replace(/\\s+/g, ' ').trim();
  return [...document.querySelectorAll(selector)].map(row => {
    const line = { marks: {} };
    [...row.cells].forEach((cell, index) => {
      const mark = words(cell.querySelector('.stated'));
      if (mark) line.marks[columns[index]] = mark;
      line[columns[index]] = words(cell).slice(mark.length).trim();
    });
    return line;
  });
}"""


# The date


def expect_date(page, date: str):
    """Field and address say `date`; the figures are put in place in the same breath."""
    expect(page.locator("#reference-date")).to_have_value(date)
    eventually(lambda: query_of(page).get("reference_date"), date)


def type_date(page, text: str):
    page.locator("#reference-date").fill(text)
    page.locator("#reference-date").press("Enter")


def leave_a_marker(page):
    """Which only a full reload takes away."""
    page.evaluate("window.marker = 'still here'")


def expect_no_reload(page):
    assert page.evaluate("window.marker") == "still here", "the page was loaded anew"


# Places


def box(page, selector: str) -> dict:
    """The bounding box of the first match in the window's coordinates: left, top, right, bottom."""
    return page.locator(selector).first.evaluate(
        "it => { const { left, top, right, bottom } = it.getBoundingClientRect();"
        " return { left, top, right, bottom }; }"
    )


def sideways_scroll(page) -> float:
    """How far the page itself can be scrolled sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def cut_texts(page, within="body") -> list[str]:
    """Texts of which a part cannot be seen: it lies outside its cell, card or hiding ancestor.

    What a box that scrolls has scrolled away does not count: it can be scrolled to.
    """
    return page.evaluate(_CUT_TEXTS, within)


_CUT_TEXTS = """within => {
  const cut = [];
  for (const root of document.querySelectorAll(within)) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode, parent = text.parentElement;
      if (!text.data.trim() || !parent.checkVisibility()) continue;
      if (parent.closest('.unseen, caption, .skip, .widest, script, style, noscript')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const frames = [];
      for (let it = parent; it && it !== document.body; it = it.parentElement) {
        const style = getComputedStyle(it);
        if (style.clipPath !== 'none') { frames.length = 0; break; }  // for screen readers only
        if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
        if (it.matches('td, th, .card, .chip, .button, .choices a, .step, .panel') ||
            style.overflowX !== 'visible' || style.textOverflow === 'ellipsis') frames.push(it);
      }
      const outside = frames.some(frame => {
        const limits = frame.getBoundingClientRect();
        return [...range.getClientRects()].some(rect => rect.width > 0 &&
          (rect.left < limits.left - 1 || rect.right > limits.right + 1 ||
           rect.top < limits.top - 4 || rect.bottom > limits.bottom + 4));
      });
      if (outside) cut.push(text.data.trim());
    }
  }
  return cut;
}"""


def overlaps(page, selectors: list[str]) -> list[str]:
    """Pairs of visible elements that cover each other by more than a pixel."""
    return page.evaluate(_OVERLAPS, ", ".join(selectors))


_OVERLAPS = """selector => {
  const shown = [...document.querySelectorAll(selector)].filter(it => it.checkVisibility())
    .map(it => ({ it, rect: it.getBoundingClientRect() })).filter(({ rect }) => rect.width > 1);
  const found = [];
  shown.forEach((a, index) => shown.slice(index + 1).forEach(b => {
    if (a.it.contains(b.it) || b.it.contains(a.it)) return;
    const wide = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
    const high = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
    const name = it => it.id || it.className.baseVal || it.className || it.textContent.trim();
    if (wide > 1 && high > 1) found.push(`${name(a.it)} / ${name(b.it)}`);
  }));
  return found;
}"""
