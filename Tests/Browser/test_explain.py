"""Explain this number: every amount leads to what makes it up, and that comes to it, to the won."""

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from harness import SCHEMES, axe
from pages import expect_date, go, query_of, sideways_scroll, type_date
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
        self.bodies: list[list[list[str]]] = []
        self.foot: list[str] = []
        self.figure = ""
        self.numbers_without_link: list[str] = []
        self._link = self._cell = None
        self._in_figure = self._in_foot = self._in_stated = False
        self._cell_has_link = self._cell_is_number = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = (attributes.get("class") or "").split()
        if tag == "a" and "why" in classes:
            self._link = [attributes["href"], ""]
            self._cell_has_link = True
        elif tag == "tbody":
            self.bodies.append([])
        elif tag == "tfoot":
            self._in_foot = True
        elif tag == "tr" and self.bodies and not self._in_foot:
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
            if self._cell_is_number and not self._cell_has_link:
                self.numbers_without_link.append(self._cell.strip())
            self._cell = None
        elif tag == "b":
            self._in_figure = False
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
    json = client.get(f"/api/explain?{urlencode(query)}")
    assert json.status_code == 200, json.text
    return Page(answer.text), httpx_json(json)


def httpx_json(response: httpx.Response) -> dict:
    import json

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
        httpx.Client(base_url=server.url, trust_env=False, timeout=30) as client,
        ThreadPoolExecutor(4) as workers,
    ):
        while links := links - done:
            done |= links
            found = workers.map(lambda link: check(client, *link), sorted(links))
            links = {link for more in found for link in more}
    return done


def fetch(server, path: str, **query) -> Page:
    answer = httpx.get(
        f"{server.url}{path}", params=query, trust_env=False, timeout=30, follow_redirects=True
    )
    assert answer.status_code == 200, path
    return Page(answer.text)


@pytest.mark.parametrize("date", DATES)
def test_every_amount_of_the_demo_books_is_what_its_list_adds_up_to(demo_server, date):
    overview = [("/fund-overview", {}), ("/fund-overview", {"formed_only": "true"})]
    funds = [(f"/funds/{number}", {}) for number in range(1, 9)]
    links: set[tuple[str, str]] = set()
    for path, query in overview + funds:
        page = fetch(demo_server, path, reference_date=date, unit="won", **query)
        assert len(page.whys) >= 5, path
        links |= set(page.whys)
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
        paths = ["/fund-overview"] + [f"/funds/{number}" for number in range(1, count + 1)]
        for path in paths:
            links |= set(fetch(server, path, reference_date=date, unit="won").whys)
    assert len(check_all(server, links)) > 60


def test_no_amount_is_without_a_link(demo_server):
    """Overview and fund page: what is a number and no link is a count, a rate or a term."""
    overview = fetch(demo_server, "/fund-overview", reference_date="2025-03-05", unit="won")
    for text in overview.numbers_without_link:
        assert not re.fullmatch(r"\u2212?\d{1,3}(,\d{3})+", text), text
    for fund in range(1, 9):
        page = fetch(demo_server, f"/funds/{fund}", reference_date="2025-03-05", unit="won")
        left = [text for text in page.numbers_without_link if re.search(r"\d,\d{3}", text)]
        assert left == []


