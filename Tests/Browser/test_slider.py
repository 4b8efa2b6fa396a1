"""The time slider: figures that follow the thumb without a flicker, and tables in pages."""

import re

import pytest
from harness import DEMO_DAY, SCHEMES, axe
from make_funds import make_funds
from pages import box, cards, cut_texts, eventually, expect_date, expect_no_reload, go
from pages import leave_a_marker, overlaps, query_of, rows, sideways_scroll, totals
from playwright.sync_api import expect
from working import tab_to

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PER_PAGE = 100
FIGURES_ONLY = "jangbu-figures-only"


@pytest.fixture(scope="session")
def thousand_funds(server_with, tmp_path_factory):
    """1,000 funds, a tenth of them not formed."""
    folder = tmp_path_factory.mktemp("thousand-funds")
    make_funds(1000).write(folder)
    return server_with(folder)


# ---- the drag ----


def rail_of(page) -> dict:
    """The rail's box, its first day, its length in days and its value."""
    return page.locator("#rail").evaluate(
        "rail => { const { left, top, width, height } = rail.getBoundingClientRect();"
        " return { left, top, width, height, first: rail.dataset.rail, days: Number(rail.max),"
        " value: Number(rail.value) }; }"
    )


def take_the_thumb(page):
    rail = rail_of(page)
    move(page, rail["value"] / rail["days"], steps=1)
    page.mouse.down()


def move(page, share: float, steps=5):
    """Drags the thumb to a share of the rail, from its left end."""
    rail, thumb = rail_of(page), 14
    across = rail["left"] + thumb / 2 + share * (rail["width"] - thumb)
    page.mouse.move(across, rail["top"] + rail["height"] / 2, steps=steps)


def date_shown(page) -> str:
    """The date whose figures the table says it shows."""
    return re.search(r"\d{4}-\d\d-\d\d", page.locator("#fund-table caption").inner_text())[0]


def figures_have_followed(page) -> str:
    """Waits until the figures are those of the date in the field."""
    eventually(lambda: date_shown(page) == page.locator("#reference-date").input_value(), True)
    return date_shown(page)


def expect_figures(page, api, date: str, number=1):
    """Cards, 합계 and the rows of a page, in won, are those that the API gives on that day."""
    answer = api.get("/api/funds/overview", params={"reference_date": date}).json()
    total = answer["totals"]
    names = {
        "paid_in": "total_paid_in",
        "invested": "total_invested",
        "gp_paid_in": "gp_paid_in",
        "uninvested": "uninvested",
        "commitment_total": "commitment_total",
        "company_count": "company_count",
        "fund_count": "fund_count",
    }
    assert cards(page) == {name: f"{total[field]:,}" for name, field in names.items()}
    assert totals(page)[0]["paid_in"] == f"{total['total_paid_in']:,}"
    shown = answer["funds"][(number - 1) * PER_PAGE : number * PER_PAGE]
    assert [(line["no"], line["name"], line["paid_in"], line["invested"]) for line in rows(page)] == [
        (f"{f['no']:,}", f["name"], f"{f['total_paid_in']:,}", f"{f['total_invested']:,}") for f in shown
    ]


class Requests:
    """Which requests for a page were on their way, and how many at once."""

    def __init__(self, page):
        self.asked, self.on_the_way, self.most = [], set(), 0
        page.on("request", self.begin)
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda request: self.on_the_way.discard(request))

    def begin(self, request):
        if "/fund-overview" not in request.url:
            return
        self.asked.append(request)
        self.on_the_way.add(request)
        self.most = max(self.most, len(self.on_the_way))

    def of_figures(self):
        return [request for request in self.asked if FIGURES_ONLY in request.headers]


def held_by(page, held: list) -> int:
    """How many requests are held back; asking the page lets it tell of them."""
    page.evaluate("0")
    return len(held)


# Everything whose place must not change, by name; of the table the heading of each column.
_PLACES = """() => Object.fromEntries([...document.querySelectorAll(
  '#asof-now > *, .rail, .head, .card, #fund-table, #fund-table thead th, #fund-table tfoot, ' +
  '#fund-table tbody tr:first-child > *, .table-pages, .legend, .foot')].map((it, index) => {
    const { left, top, width, height } = it.getBoundingClientRect();
    const name = it.dataset.column || it.dataset.figure || it.id || it.nodeName;
    return [`${name} ${index}`, [left, top, width, height].map(Math.round)];
  }))"""

_WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(it => it.value)))
    .observe({ type: 'layout-shift' });
}"""


@pytest.mark.each_look
@pytest.mark.parametrize("books", ["demo_server", "thousand_funds"])
def test_a_drag_across_the_whole_rail(request, client, new_page, books, language, scheme):
    server = request.getfixturevalue(books)
    page, api = new_page(language=language, scheme=scheme, viewport=WIDE), client(server)
    go(page, server, unit="won")
    leave_a_marker(page)
    requests, history = Requests(page), page.evaluate("history.length")
    page.evaluate(_WATCH_SHIFTS)
    before = page.evaluate(_PLACES)
    take_the_thumb(page)
    seen = []
    for share in (1, 0.83, 0.4, 0.15, 0, 0.3):
        move(page, share)
        date = figures_have_followed(page)
        expect_figures(page, api, date)
        assert page.evaluate(_PLACES) == before, f"moved at {date}"
        assert query_of(page)["reference_date"] == DEMO_DAY, "the address changed before the release"
        seen.append(date)
    assert len(set(seen)) == len(seen)
    expect(page.locator("#announcer")).to_have_text("")
    page.mouse.up()
    expect_date(page, seen[-1])
    expect(page.locator("#announcer")).to_contain_text(seen[-1])
    expect_figures(page, api, seen[-1])
    expect_no_reload(page)
    assert page.evaluate("history.length") == history + 1
    assert requests.most == 1, "two requests were on their way at once"
    assert len(requests.asked) == len(requests.of_figures()) + 1, "let go, the page is asked for once"
    assert sum(page.evaluate("window.shifts")) < 0.05
    # What leads elsewhere leads to the same date.
    old = page.locator("#main a[href*=reference_date]").evaluate_all(
        "(all, date) => all.filter(it => !it.href.includes('=' + date)).map(it => it.href)", seen[-1]
    )
    assert old == []
    page.go_back()
    expect_date(page, DEMO_DAY)
    expect_figures(page, api, DEMO_DAY)


def test_the_rail_reaches_from_the_first_formation_to_the_last_maturity(demo_server, page):
    """And is the same at every date, also where only formed funds are shown."""
    rails = []
    for query in ({}, {"reference_date": "2024-07-31"}, {"formed_only": "true"},
                  {"formed_only": "true", "reference_date": "2024-07-31"}):
        go(page, demo_server, **query)
        rail = rail_of(page)
        rails.append((rail["first"], rail["days"]))
    # 2024-06-30 to 2033-07-31: whole months around 2024-07-02 and 2033-07-16.
    assert rails == [("2024-06-30", 3318)] * 4
    go(page, demo_server, "/funds/1")
    # Whole months around 2024-07-02 and 2032-07-01.
    assert (rail_of(page)["first"], rail_of(page)["days"]) == ("2024-06-30", 2953)


def test_slow_answers_never_pile_up_and_the_page_says_that_it_waits(demo_server, client, page):
    go(page, demo_server, unit="won")
    requests, held = Requests(page), []
    page.route(re.compile("reference_date="), lambda route: held.append(route))
    take_the_thumb(page)
    for share in (0.9, 0.7, 0.5, 0.3):
        move(page, share)
    eventually(lambda: held_by(page, held), 1)
    expect(page.locator("html")).to_have_class(re.compile("waiting"))
    wanted = page.locator("#reference-date").input_value()
    held.pop().continue_()
    # The wishes between were given up: the next request is for the newest.
    eventually(lambda: held_by(page, held), 1)
    assert f"reference_date={wanted}" in held[0].request.url
    assert len(requests.asked) == 2 and requests.most == 1
    held.pop().continue_()
    figures_have_followed(page)
    expect(page.locator("html")).not_to_have_class(re.compile("waiting"))
    expect_figures(page, client(demo_server), wanted)
    page.unroute_all(behavior="wait")
    page.mouse.up()
    expect_date(page, wanted)


def test_let_go_before_the_figures_came(demo_server, client, page):
    go(page, demo_server, unit="won")
    requests, held = Requests(page), []

    def hold(route):
        held.append(route) if FIGURES_ONLY in route.request.headers else route.continue_()

    page.route(re.compile("reference_date="), hold)
    take_the_thumb(page)
    move(page, 0.1)
    eventually(lambda: held_by(page, held), 1)
    wanted = page.locator("#reference-date").input_value()
    page.mouse.up()
    page.wait_for_timeout(300)
    assert query_of(page)["reference_date"] == DEMO_DAY
    assert requests.most == 1, "two requests were on their way at once"
    held.pop().continue_()
    expect_date(page, wanted)
    expect_figures(page, client(demo_server), wanted)
    assert requests.most == 1 and len(requests.asked) == 2


def test_back_where_it_was_taken_up_nothing_has_changed(demo_server, client, page):
    go(page, demo_server, unit="won")
    history, start = page.evaluate("history.length"), rail_of(page)
    take_the_thumb(page)
    move(page, 0.9)
    figures_have_followed(page)
    # To the month end beside it, and from there to the day itself by the keyboard.
    move(page, start["value"] / start["days"])
    page.mouse.up()
    page.locator("#reference-date").fill(DEMO_DAY)
    page.locator("#reference-date").press("Enter")
    expect_date(page, DEMO_DAY)
    expect(page.locator("#fund-table caption")).to_contain_text(DEMO_DAY)
    expect_figures(page, client(demo_server), DEMO_DAY)
    assert page.evaluate("history.length") <= history + 2


def test_keys_that_are_held_are_one_entry_of_the_history(demo_server, client, page):
    go(page, demo_server, unit="won")
    requests, history = Requests(page), page.evaluate("history.length")
    page.locator("#rail").focus()
    page.keyboard.down("ArrowRight")
    for _ in range(14):
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    expect_date(page, "2027-04-30")
    expect(page.locator("#announcer")).to_contain_text("2027-04-30")
    expect_figures(page, client(demo_server), "2027-04-30")
    expect(page.locator("#rail")).to_be_focused()
    assert page.evaluate("history.length") == history + 1
    assert requests.most == 1
    assert len(requests.asked) - len(requests.of_figures()) == 1
    for key, date in (("PageUp", "2028-04-30"), ("Shift+ArrowLeft", "2028-04-29")):
        page.locator("#rail").press(key)
        expect_date(page, date)
        expect_figures(page, client(demo_server), date)


def test_scroll_and_sticky_rows_stay_while_it_is_dragged(thousand_funds, new_page):
    page = new_page(viewport=WIDE)
    go(page, thousand_funds, unit="won", page=3)
    at = page.locator("#fund-table").evaluate(
        "box => { box.scrollTo(240, 900); return [box.scrollLeft, box.scrollTop]; }"
    )
    assert at == [240, 900]
    take_the_thumb(page)
    for share in (0.8, 0.2):
        move(page, share)
        figures_have_followed(page)
        assert page.locator("#fund-table").evaluate("b => [b.scrollLeft, b.scrollTop]") == at
        inside, head, foot = (box(page, f"#fund-table{part}") for part in ("", " thead", " tfoot"))
        assert abs(head["top"] - inside["top"]) <= 2 and foot["bottom"] <= inside["bottom"]
        name = page.locator("#fund-table tbody .name").nth(24).bounding_box()
        assert abs(name["x"] - inside["left"]) <= 2
        assert rows(page)[0]["no"] == "201"
    page.mouse.up()
    expect(page.locator("#announcer")).not_to_have_text("")
    assert query_of(page)["page"] == "3"
    assert page.locator("#fund-table").evaluate("b => [b.scrollLeft, b.scrollTop]") == at


def test_a_change_elsewhere_does_not_disturb_a_drag(demo_server_of_its_own, page):
    """What was heard meanwhile is shown when the thumb is let go."""
    from working import make_books

    server = demo_server_of_its_own
    go(page, server)
    take_the_thumb(page)
    move(page, 0.2)
    date = figures_have_followed(page)
    make_books(server, currency="KRW", name="새 조합", total="1,000,000")
    page.wait_for_timeout(1500)
    assert date_shown(page) == date
    page.mouse.up()
    expect(page.locator("#fund-table tbody tr")).to_have_count(9)
    expect_date(page, date)


@pytest.mark.each_language
def test_figures_of_a_fund_follow_too(demo_server, new_page, language):
    page = new_page(language=language)
    go(page, demo_server, "/funds/1", unit="won")
    before = page.locator("#main").inner_text()
    take_the_thumb(page)
    move(page, 0)
    eventually(lambda: page.locator("#main").inner_text() != before, True)
    expect(page.locator(".side-percent").first).to_contain_text("0.00%")
    page.mouse.up()
    expect_date(page, "2024-06-30")
    expect(page.locator(".side-percent").first).to_contain_text("0.00%")


# ---- pages ----


@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
@pytest.mark.each_language
def test_pages_of_funds(thousand_funds, client, new_page, scripting, language):
    page = new_page(language=language, java_script_enabled=scripting)
    api = client(thousand_funds)
    go(page, thousand_funds, unit="won")
    if scripting:
        leave_a_marker(page)
    ways = page.locator(".table-pages")
    expect(ways.locator("[aria-current]")).to_contain_text("1")
    expect(ways.locator("[rel=prev]")).to_have_count(0)
    expect(ways).to_contain_text("1–100")
    expect_figures(page, api, DEMO_DAY)
    page.locator("#fund-table-next").click()
    expect(page.locator("#fund-101")).to_be_visible()
    expect_figures(page, api, DEMO_DAY, number=2)
    page.locator("#fund-table-page-10").click()
    expect(page.locator("#fund-901")).to_be_visible()
    expect_figures(page, api, DEMO_DAY, number=10)
    expect(ways.locator("[rel=next]")).to_have_count(0)
    assert query_of(page)["page"] == "10"
    if scripting:
        expect_no_reload(page)
        page.keyboard.press("[")
        expect_date(page, "2026-01-31")
        expect(page.locator("#fund-table caption")).to_contain_text("2026-01-31")
        expect_figures(page, api, "2026-01-31", number=10)
        page.go_back()
        page.go_back()
        expect(page.locator("#fund-101")).to_be_visible()
        assert query_of(page)["page"] == "2"


def test_the_order_is_of_all_funds(thousand_funds, client, page):
    go(page, thousand_funds, unit="won", page=4)
    page.locator("#sort-paid_in").click()
    expect(page.locator("[data-column=paid_in]")).to_have_attribute("aria-sort", "descending")
    assert "page" not in query_of(page)
    paid = sorted(
        (f["total_paid_in"] for f in client(thousand_funds).get(
            "/api/funds/overview", params={"reference_date": DEMO_DAY}).json()["funds"]),
        reverse=True,
    )
    assert [line["paid_in"] for line in rows(page)] == [f"{units:,}" for units in paid[:100]]
    page.locator("#fund-table-next").click()
    expect(page.locator(".table-pages [aria-current]")).to_contain_text("2")
    assert [line["paid_in"] for line in rows(page)] == [f"{units:,}" for units in paid[100:200]]


def test_a_page_past_the_end_is_the_last_and_one_that_is_none_is_refused(thousand_funds, page):
    go(page, thousand_funds, page=99)
    assert rows(page)[0]["no"] == "901" and len(rows(page)) == 100
    for wrong in ("0", "x", "-1"):
        assert go(page, thousand_funds, page=wrong).status == 422


def test_the_page_goes_along_to_a_fund_and_back(thousand_funds, page):
    go(page, thousand_funds, page=3)
    page.locator("#fund-201").click()
    page.locator("#to-overview").click()
    expect(page.locator("#fund-201")).to_be_visible()
    assert query_of(page)["page"] == "3"


def test_another_page_begins_at_its_top(thousand_funds, page):
    go(page, thousand_funds)
    page.locator("#fund-table").evaluate("box => box.scrollTo(0, 1200)")
    page.locator("#fund-table-next").click()
    expect(page.locator("#fund-101")).to_be_visible()
    eventually(lambda: page.locator("#fund-table").evaluate("box => box.scrollTop"), 0)


def test_pages_by_the_keyboard_alone(thousand_funds, page):
    go(page, thousand_funds)
    page.locator("#fund-table tbody th a").last.focus()
    tab_to(page, "#fund-table-next")
    page.keyboard.press("Enter")
    expect(page.locator("#fund-101")).to_be_visible()
    expect(page.locator("#fund-table-next")).to_be_focused()


def test_all_rows_and_back(thousand_funds, client, page):
    go(page, thousand_funds, unit="won", page=7)
    page.locator("#fund-table-all").click()
    expect(page.locator("#fund-table tbody tr")).to_have_count(1000)
    assert query_of(page)["page"] == "all"
    answer = client(thousand_funds).get(
        "/api/funds/overview", params={"reference_date": DEMO_DAY}).json()
    assert [line["paid_in"] for line in rows(page)] == [
        f"{fund['total_paid_in']:,}" for fund in answer["funds"]]
    page.locator("#fund-table-pages").click()
    expect(page.locator("#fund-table tbody tr")).to_have_count(100)
    assert "page" not in query_of(page)


def test_eight_funds_have_no_pages(demo_server, page):
    go(page, demo_server)
    expect(page.locator(".table-pages")).to_have_count(0)


@pytest.mark.each_look
def test_on_a_phone(thousand_funds, client, new_page, language, scheme):
    page = new_page(language=language, scheme=scheme, viewport=PHONE, has_touch=True, is_mobile=True)
    go(page, thousand_funds, unit="won")
    assert sideways_scroll(page) == 0
    assert cut_texts(page, ".table-pages") == []
    assert overlaps(page, [".table-pages a", ".page-range"]) == []
    small = page.locator(".table-pages a").evaluate_all(
        "all => all.filter(it => { const { width, height } = it.getBoundingClientRect();"
        " return width < 44 || height < 44; }).map(it => it.id)"
    )
    assert small == []
    axe(page)
    take_the_thumb(page)
    move(page, 0.3)
    date = figures_have_followed(page)
    expect_figures(page, client(thousand_funds), date)
    page.mouse.up()
    expect_date(page, date)
    page.locator("#fund-table-next").click()
    expect(page.locator("#fund-101")).to_be_visible()


@pytest.mark.each_language
def test_axe_finds_nothing_in_the_middle_of_a_drag(thousand_funds, new_page, language):
    page = new_page(language=language, viewport=WIDE)
    go(page, thousand_funds, page=5)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        axe(page)
    take_the_thumb(page)
    move(page, 0.4)
    figures_have_followed(page)
    axe(page)
    page.mouse.up()


# ---- the other long tables ----


@pytest.fixture(scope="session")
def long_tables(server_with, tmp_path_factory):
    """One fund with 130 partners, 110 calls and 2,000 payments."""
    folder = tmp_path_factory.mktemp("long-tables")
    books = make_funds(0)
    partners = [f"출자자 {place:03}" for place in range(1, 131)]
    books.rows["funds"].append(
        ("긴 조합", "벤처투자조합", "active", "김00", partners[0], "KRW", "2024-01-02", "2028-01-01",
         "2032-01-01", 130_000_000_000, 1_000_000_000, "2.0"))
    for place, partner in enumerate(partners):
        books.rows["partners"].append(
            ("긴 조합", partner, "기관" if place else "GP", 1_000_000_000))
    for call in range(1, 111):
        day = f"2024-{call % 12 + 1:02}-{call % 27 + 1:02}"
        called = partners if call == 1 else partners[: 18 if call < 105 else 5]
        for partner in called:
            books.rows["capital_call_items"].append(
                ("긴 조합", call, "수시납입", day, day, partner, 1_000_000))
            books.rows["payments"].append(("긴 조합", call, partner, day, "payment", 1_000_000))
    books.write(folder)
    return server_with(folder)


TABLES = {
    "ledger": ("/funds/1/ledger", "box-ledger", "rows"),
    "partners": ("/funds/1/partners", "box-partners", "rows"),
    "calls": ("/funds/1/partners", "box-calls-partners", "calls"),
    "lines": ("/explain?figure=paid_in&fund=1", "box-explained", "rows"),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
def test_other_long_tables_have_pages(long_tables, new_page, name, scripting):
    page = new_page(java_script_enabled=scripting)
    path, table, parameter = TABLES[name]
    page.goto(f"{long_tables.url}{path}{'&' if '?' in path else '?'}reference_date={DEMO_DAY}&unit=won")
    lines = page.locator(f"#{table} tbody tr")
    expect(lines).to_have_count(100)
    ways = page.locator(".table-pages", has=page.locator(f"[id^='{table}-page']"))
    total = page.locator(f"#{table} tfoot").all_inner_texts()
    seen = lines.all_inner_texts()
    for number in range(2, int(re.findall(r"\d+", ways.locator(".page-numbers a").last.inner_text())[-1]) + 1):
        page.locator(f"#{table}-next").click()
        expect(ways.locator("[aria-current]")).to_contain_text(str(number))
        assert page.locator(f"#{table} tfoot").all_inner_texts() == total
        seen += lines.all_inner_texts()
    count = int(re.search(r"(?:of |^)([\d,]+)", ways.locator(".page-range").inner_text())[1].replace(",", ""))
    assert len(seen) == count
    assert query_of(page)[parameter] == str(number)
    axe(page) if scripting else None
