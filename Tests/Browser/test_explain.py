"""Explain this number: every amount leads to what makes it up, and that comes to it, to the won."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from harness import SCHEMES, axe
from pages import cut_texts, expect_date, go, query_of, sideways_scroll, type_date
from playwright.sync_api import expect

DATES = [
    "2024-06-30", "2024-07-15", "2024-12-31", "2025-02-28", "2025-03-05", "2025-03-10",
    "2025-09-30", "2026-01-31", "2026-02-14", "2026-12-31",
]


class Page(HTMLParser):
    """What these tests look at: links with class `why`, cells of tables, the large figure."""

    def __init__(self, text: str):
        super().__init__()
        self.whys: list[tuple[str, str]] = []
        # Pages of calls and investments that are linked to.
        self.details: set[str] = set()
        self.bodies: list[list[list[str]]] = []
        self.foot: list[str] = []
        self.figure = ""
        self.numbers_without_link: list[str] = []
        self._link = self._cell = None
        self._in_figure = self._in_foot = self._in_stated = False
        self._cell_has_link = self._cell_is_number = self._keeps_widths = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = (attributes.get("class") or "").split()
        if tag == "a" and "why" in classes:
            self._link = [attributes["href"], ""]
            self._cell_has_link = True
        elif tag == "a" and re.match("/(calls|investments)/", attributes.get("href", "")):
            self.details.add(attributes["href"].split("?")[0])
        elif tag == "tbody":
            self.bodies.append([])
        elif tag == "tfoot":
            self._in_foot = True
        elif tag == "tr":
            # It is not shown: it keeps the widths of columns.
            self._keeps_widths = "widest" in classes
            if self.bodies and not self._in_foot:
                self.bodies[-1].append([])
        elif tag in ("td", "th", "dd"):
            self._cell, self._cell_has_link = "", False
            self._cell_is_number = tag == "dd" or "n" in classes
        elif tag == "b" and attributes.get("id") == "explained":
            self._in_figure = True
        elif tag == "span" and "stated" in classes:
            self._in_stated = True

    def handle_endtag(self, tag):
        if tag == "a" and self._link:
            self.whys.append((self._link[0], self._link[1].strip()))
            self._link = None
        elif tag in ("td", "th", "dd") and self._cell is not None:
            if self._in_foot:
                self.foot.append(self._cell.strip())
            elif tag != "dd" and self.bodies and self.bodies[-1]:
                self.bodies[-1][-1].append(self._cell.strip())
            if self._cell_is_number and not self._cell_has_link and not self._keeps_widths:
                self.numbers_without_link.append(self._cell.strip())
            self._cell = None
        elif tag == "b":
            self._in_figure = False
        elif tag == "tfoot":
            self._in_foot = False
        elif tag == "span":
            self._in_stated = False

    def handle_data(self, data):
        if self._in_stated:
            return
        if self._link:
            self._link[1] += data
        if self._cell is not None:
            self._cell += data
        if self._in_figure:
            self.figure += data


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("\u2212", "-").removesuffix("%"))


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    if whole == 0:
        return None
    return (part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def rendered_sum(page: Page) -> Decimal:
    """Over the rows of the page: the lines, or the parts with their signs."""
    bodies = [
        [-number(row[-1]) if row[-2] == "\u2212" else number(row[-1]) for row in body]
        for body in page.bodies
    ]
    if not bodies:
        return Decimal(0)
    return ratio(sum(bodies[0]), sum(bodies[1])) if len(bodies) == 2 else sum(bodies[0])


def answered_sum(answer: dict) -> Decimal:
    """The same over the lines or parts of the JSON."""
    def total(parts):
        return sum(
            (each["amount"] if each["sign"] == "+" else -each["amount"] for each in parts),
            Decimal(0),
        )

    if answer["made_of"] == "lines":
        return sum((line["amount"] for line in answer["lines"]), Decimal(0))
    if answer["made_of"] == "sum":
        return total(answer["parts"])
    return ratio(total(answer["parts"]), total(answer["divided_by"]))


OF_THE_PAGES = {"unit", "lang", "sort", "order"}


def explain(client: httpx.Client, href: str) -> tuple[Page, dict]:
    """The page behind a link and the answer of the API to the same question."""
    answer = client.get(href)
    assert answer.status_code == 200, href
    query = {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}
    query = {name: value for name, value in query.items() if name not in OF_THE_PAGES}
    if "currency" not in query:
        query.pop("formed_only", None)
    told = client.get(f"/api/explain?{urlencode(query)}")
    assert told.status_code == 200, told.text
    return Page(answer.text), exact(told)


def exact(response: httpx.Response) -> dict:
    """Numbers as they were written."""
    return json.loads(response.text, parse_float=Decimal, parse_int=Decimal)


def check(client: httpx.Client, href: str, shown: str) -> list[tuple[str, str]]:
    """Holds the figure shown against the sums behind it; the links found there."""
    page, answer = explain(client, href)
    wanted = number(shown)
    assert number(page.figure) == wanted, href
    assert rendered_sum(page) == wanted, (href, page.bodies)
    assert answered_sum(answer) == wanted, (href, answer)
    value = answer["amount"] if answer["amount"] is not None else answer["ratio"]
    assert value == wanted, href
    if page.foot:
        assert number(page.foot[-1]) == wanted, href
    return page.whys


def check_all(server, links: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Follows links until none is new; all that were followed."""
    done: set[tuple[str, str]] = set()
    with (
        httpx.Client(base_url=server.url, trust_env=False, headers=server.headers, timeout=30) as client,
        ThreadPoolExecutor(4) as workers,
    ):
        while links := links - done:
            done |= links
            found = workers.map(lambda link: check(client, *link), sorted(links))
            links = {link for more in found for link in more}
    return done


def fetch(server, path: str, **query) -> Page:
    answer = httpx.get(
        f"{server.url}{path}", params=query, trust_env=False, headers=server.headers, timeout=30, follow_redirects=True
    )
    assert answer.status_code == 200, path
    return Page(answer.text)


@pytest.mark.parametrize("date", DATES)
def test_every_amount_of_the_demo_books_is_what_its_list_adds_up_to(demo_server, date):
    pages = [("/fund-overview", {}), ("/fund-overview", {"formed_only": "true"})]
    for fund in range(1, 9):
        pages += [(f"/funds/{fund}{tab}", {}) for tab in ("", "/partners", "/investments")]
    links: set[tuple[str, str]] = set()
    details: set[str] = {"/companies"}
    for path, query in pages:
        page = fetch(demo_server, path, reference_date=date, unit="won", **query)
        assert len(page.whys) >= 5 or "/funds/" in path, path
        links |= set(page.whys)
        details |= page.details
    for path in details:
        links |= set(fetch(demo_server, path, reference_date=date, unit="won").whys)
    followed = check_all(demo_server, links)
    assert len(followed) > 300
    figures = {parse_qs(urlsplit(href).query)["figure"][0] for href, _ in followed}
    assert {"paid_in", "uninvested", "paid_in_ratio", "committed", "outstanding"} <= figures


@pytest.mark.parametrize("books", ["mixed", "stated", "balerion", "two_currencies"])
def test_so_is_every_amount_of_other_books(request, books):
    server = request.getfixturevalue(books)
    links: set[tuple[str, str]] = set()
    for date in ("2026-03-16", "2026-06-30"):
        count = len(fetch(server, "/fund-overview", reference_date=date).bodies[0])
        paths = ["/fund-overview", "/companies"] + [
            f"/funds/{number}{tab}"
            for number in range(1, count + 1)
            for tab in ("", "/partners", "/investments")
        ]
        for path in paths:
            links |= set(fetch(server, path, reference_date=date, unit="won").whys)
    assert len(check_all(server, links)) > 60


def test_no_amount_is_without_a_link(demo_server):
    """What is a number and no link is a count, a rate or a term."""
    paths = ["/fund-overview"] + [
        f"/funds/{fund}{tab}" for fund in range(1, 9) for tab in ("", "/partners", "/investments")
    ]
    deals: set[str] = set()
    for path in paths:
        page = fetch(demo_server, path, reference_date="2025-03-05", unit="won")
        assert amounts_without_link(page) == [], path
        deals |= {path for path in page.details if path.startswith("/investments/")}
    assert deals
    for path in deals:
        page = fetch(demo_server, path, reference_date="2025-03-05", unit="won")
        # The entries of the investment stand below, each an entry itself.
        left = amounts_without_link(page)
        assert [text for text in left if not re.match("[+\u2212]", text)] == [], path


def amounts_without_link(page: Page) -> list[str]:
    return [text for text in page.numbers_without_link if re.search(r"\d,\d{3}", text)]




# The page


def listed(page) -> list[list[str]]:
    return page.locator("#box-explained tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )


def test_a_summary_figure_opens_its_entries(demo_server, page):
    go(page, demo_server, reference_date="2025-03-10")
    page.locator("[data-figure=paid_in] .figure .why").click()
    page.wait_for_url("**/explain?**")
    expect(page.get_by_role("heading", level=1)).to_have_text("전체 조합 · 원화 · 납입총액")
    expect(page.locator("#explained")).to_have_text("25,565,000,000")
    assert query_of(page)["reference_date"] == "2025-03-10"
    page.locator("#to-overview").click()
    expect_date(page, "2025-03-10")


def test_case_4_on_the_way_from_the_fund(demo_server, page):
    """Outstanding lists what each positive item still owes; the credit stands by itself."""
    go(page, demo_server, "/funds/1", reference_date="2025-03-05")
    page.locator("section[aria-labelledby=side-partners] .facts .why", has_text="4,201").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("미래투자조합 · 조합원 · 미납액")
    assert [(row[0], row[-1]) for row in listed(page)] == [
        ("농식품모태펀드", "1,600,000,000"),
        ("농업정책보험금융원", "1,000,000,000"),
        ("미래에셋증권", "600,000,000"),
        ("트리거투자파트너스", "1,001,000,000"),
    ]
    expect(page.locator("#box-explained tfoot td").last).to_have_text("4,201,000,000")
    type_date(page, "2025-03-10")
    expect_date(page, "2025-03-10")
    expect(page.locator("#explained")).to_have_text("0")
    expect(page.locator(".panel-empty")).to_have_text(
        "기준일까지 해당하는 기록이 없습니다. 합계는 0입니다."
    )


def test_a_formula_leads_on_to_its_parts(demo_server, page):
    go(page, demo_server, "/explain", figure="uninvested", fund="1")
    assert [[row[0], row[1], row[2]] for row in listed(page)] == [
        ["약정총액", "", "20,203,000,000"],
        ["투자총액", "−", "13,500,000,000"],
    ]
    expect(page.locator("#box-explained tfoot td").last).to_have_text("6,703,000,000")
    page.locator("#box-explained .why").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("미래투자조합 · 투자총액")
    assert len(listed(page)) == 6


def test_a_stated_figure_lists_what_was_stated(stated, page):
    go(page, stated, "/explain", figure="paid_in", fund="1", unit="million")
    expect(page.locator(".explained-figure .stated")).to_have_text("기재")
    expect(page.locator(".note")).to_contain_text("기재된 납입액을 씁니다")
    assert {row[-2] for row in listed(page)} == {"기재 납입액"}


@pytest.mark.parametrize(
    "query, status, part",
    [
        ({"fund": "1"}, 422, "figure"),
        ({"figure": "unfunded", "fund": "1"}, 422, "figure"),
        ({"figure": "paid_in"}, 422, "fund"),
        ({"figure": "paid_in", "fund": "1", "currency": "KRW"}, 422, "currency"),
        ({"figure": "paid", "fund": "1"}, 422, "side"),
        ({"figure": "paid_in", "fund": "1", "side": "partners"}, 422, "side"),
        ({"figure": "paid", "commitment": "1", "side": "partners"}, 422, "side"),
        ({"figure": "cash", "currency": "KRW"}, 422, "figure"),
        ({"figure": "paid_in", "currency": "WON"}, 422, "currency"),
        ({"figure": "paid_in_ratio", "currency": "KRW", "since": "2025-12-31"}, 422, "since"),
        ({"figure": "paid_in", "fund": "x"}, 422, "fund"),
        ({"figure": "paid_in", "fund": "99"}, 404, "fund"),
        ({"figure": "paid", "commitment": "999"}, 404, "commitment"),
        ({"figure": "amount", "call": "999"}, 404, "call"),
        ({"figure": "amount", "item": "999"}, 404, "item"),
    ],
    ids=str,
)
def test_what_cannot_be_explained_is_told_on_the_page_and_by_the_api(
    demo_server, query, status, part
):
    page = httpx.get(f"{demo_server.url}/explain", params=query, trust_env=False, headers=demo_server.headers)
    assert page.status_code == status
    assert 'role="alert"' in page.text
    answer = httpx.get(f"{demo_server.url}/api/explain", params=query, trust_env=False, headers=demo_server.headers)
    assert answer.status_code == status
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"#/{part}"]
    assert answer.json()["errors"][0]["in"] == "query"


# Keys


def in_focus(page) -> list:
    """The figure with the focus: its fund, its column, its text."""
    return page.evaluate(
        "() => { const it = document.activeElement, cell = it.closest('td, th');"
        " return [cell.parentElement.rowIndex, cell.cellIndex, it.innerText]; }"
    )


def tab_stops(page, table: str) -> int:
    return page.locator(f"{table} .why[tabindex='0']").count()


def test_the_figures_of_a_table_are_one_tab_stop_and_arrows_move(demo_server, page):
    go(page, demo_server)
    assert tab_stops(page, "#fund-table") == 1
    page.locator("#fund-1").focus()
    page.keyboard.press("Tab")
    row, column, text = in_focus(page)
    assert text == "20,203"
    for key, moved, text in [
        ("ArrowRight", (0, 1), "14,142"),
        ("ArrowDown", (1, 1), "1,668"),
        ("ArrowLeft", (1, 0), "2,085"),
        ("ArrowUp", (0, 0), "20,203"),
        ("ArrowUp", (0, 0), "20,203"),
        ("ArrowLeft", (0, 0), "20,203"),
        ("End", (0, 6), "13,500"),
    ]:
        page.keyboard.press(key)
        assert in_focus(page) == [row + moved[0], column + moved[1], text], key
    assert tab_stops(page, "#fund-table") == 1
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    assert in_focus(page)[2] == "45,207", "the arrows reach the totals"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert in_focus(page)[2] == "45,207", "the table remembers the figure"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("전체 조합 · 원화 · 투자자산(AUM)")


def test_other_figures_put_in_place_are_one_tab_stop_too(demo_server, page):
    go(page, demo_server)
    type_date(page, "2025-03-05")
    expect_date(page, "2025-03-05")
    expect(page.locator("#fund-table .why[tabindex='0']")).to_have_count(1)
    expect(page.locator("#fund-table .why:not([tabindex])")).to_have_count(0)


def test_without_script_each_figure_is_a_link(demo_server, new_page):
    page = new_page(java_script_enabled=False)
    go(page, demo_server)
    assert page.locator("#fund-table .why[tabindex]").count() == 0
    page.locator("#fund-table .why", has_text="14,142").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("미래투자조합 · 납입총액")


# The look


LOOKED_AT = {
    "entries": ("demo_server", {"figure": "paid_in", "fund": "1"}),
    "total": ("demo_server", {"figure": "paid_in", "currency": "KRW"}),
    "formula": ("demo_server", {"figure": "uninvested", "currency": "KRW"}),
    "fund by fund": ("demo_server", {"figure": "commitment_total", "currency": "KRW"}),
    "ratio of a call": ("demo_server", {"figure": "paid_pct", "call": "1"}),
    "items": (
        "demo_server",
        {"figure": "outstanding", "fund": "1", "side": "partners", "reference_date": "2025-03-05"},
    ),
    "nothing": ("demo_server", {"figure": "credits_due", "fund": "1", "side": "partners"}),
    "stated": ("mixed", {"figure": "gp_paid_in", "currency": "KRW"}),
    "refused": ("demo_server", {"figure": "paid", "fund": "1"}),
}


@pytest.mark.each_language
@pytest.mark.parametrize("name", LOOKED_AT)
def test_axe_finds_nothing_and_nothing_is_cut(request, new_page, name, language):
    server, query = LOOKED_AT[name]
    for width in (1440, 390):
        page = new_page(language=language, viewport={"width": width, "height": 844})
        go(page, request.getfixturevalue(server), "/explain", **query)
        assert sideways_scroll(page) == 0
        assert cut_texts(page) == []
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            axe(page)
