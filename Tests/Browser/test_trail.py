"""The audit trail: its list, one entry, what changed since; in both languages, wide and narrow."""

import re

import pytest
from harness import SCHEMES, axe
from pages import go
from playwright.sync_api import expect
from working import texts

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
TRAIL = {"ko-KR": "감사 추적", "en-US": "Audit trail"}


@pytest.fixture(scope="module")
def changed_server(tmp_path_factory):
    """Books with one change of each kind that a reader of the trail looks for."""
    import httpx
    from conftest import end, init
    from harness import Server

    server = Server(init(tmp_path_factory.mktemp("changed"), "--demo"))
    client = httpx.Client(base_url=server.url, trust_env=False, headers=server.headers)

    def post(url, body):
        answer = client.post(url, json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    post("/api/funds/1/terms", {"fund_manager": "이00", "hurdle_rate": "2.5"})
    call = post(
        "/api/funds/2/calls",
        {
            "notice_date": "2026-01-05",
            "due_date": "2026-01-20",
            "amount": 100_000_000,
            "share_by": "not_yet_called",
        },
    )
    item = client.get(f"/api/calls/{call['id']}").json()["items"][0]
    paid = post(
        f"/api/items/{item['id']}/payments",
        {"amount": item["amount"], "paid_date": "2026-01-20"},
    )
    post(f"/api/entries/{paid['id']}/reversal", {"reason": "두 번 입력"})
    server.trail = client.get("/api/audit").json()
    yield server
    client.close()
    end(server)


def number_of(server, command: str) -> int:
    """The place in the trail of the only entry of that kind."""
    (entry,) = [each for each in server.trail["entries"] if each["command"] == command]
    return entry["audit"]


def in_every_look(page):
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} goes {wide} px to the side at {size['width']}"


MANY = "/changes?since={first}&fund=2&reference_date=2026-02-14"


@pytest.mark.each_language
@pytest.mark.parametrize("path", ["/trail", "/trail/3", MANY])
def test_axe_finds_nothing_and_nothing_goes_sideways(changed_server, new_page, language, path):
    visit(new_page(language=language, viewport=WIDE), changed_server, path)


@pytest.mark.parametrize(
    "path",
    [
        "/trail?from=2026-02-30",
        "/trail?person=nobody&reference_date=2020-01-01",
        "/trail/1",
        "/trail/2",
        "/trail/99",
        "/changes?since=nix",
        "/changes?since={first}&reference_date=2026-02-14",
    ],
)
def test_nor_on_the_rarer_pages(changed_server, new_page, path):
    visit(new_page(viewport=WIDE), changed_server, path)


def visit(page, server, path):
    first = server.trail["entries"][-1]["recorded_at"]
    page.goto(server.url + path.format(first=first.replace(":", "%3A")))
    in_every_look(page)


@pytest.mark.each_language
def test_the_trail_is_in_the_menu_and_every_entry_opens(changed_server, new_page, language):
    page = new_page(language=language)
    go(page, changed_server)
    page.locator("#nav-trail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TRAIL[language])
    # The reference date goes along: nothing was recorded by then.
    page.locator("#any-day").click()
    numbers = [entry["audit"] for entry in changed_server.trail["entries"]]
    assert texts(page, "#box-trail tbody td:first-child") == [str(number) for number in numbers]
    expect(page.locator("#head-digest")).to_have_text(changed_server.trail["head"]["digest"])
    for entry in changed_server.trail["entries"]:
        page.locator(f"tr[data-audit='{entry['audit']}'] th a").click()
        expect(page.locator(".trail-seal .digest")).to_have_text(entry["digest"])
        page.locator("#to-trail").click()


def test_filters_work_without_script(changed_server, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(changed_server.url + "/trail")
    page.locator("#filter-command").select_option("record-payment")
    page.locator("#apply-filters").click()
    assert len(texts(page, "#box-trail tbody tr")) == 1
    page.locator("#filter-command").select_option("")
    page.locator("#filter-fund").select_option("1")
    page.locator("#filter-from").fill("2020.1.1")
    page.locator("#apply-filters").click()
    assert texts(page, "#box-trail tbody td:first-child") == [
        str(number_of(changed_server, command)) for command in ("amend-fund", "import-books")
    ]
    expect(page.locator("#filter-from")).to_have_value("2020-01-01")
    page.locator("#filter-to").fill("2026-02-30")
    page.locator("#apply-filters").click()
    expect(page.locator("#filter-to")).to_have_value("2026-02-30")
    expect(page.locator("#filter-to-problem")).to_contain_text("28일까지")
    page.locator("#clear-filters").click()
    assert len(texts(page, "#box-trail tbody tr")) == len(changed_server.trail["entries"])


def test_an_entry_shows_before_and_after_and_leads_to_the_books_of_its_moment(
    changed_server, new_page
):
    page = new_page()
    page.goto(f"{changed_server.url}/trail/{number_of(changed_server, 'amend-fund')}")
    rows = texts(page, ".thing tbody tr")
    assert rows == ["대표 펀드매니저 김00 이00", "기준수익률 2.0% 2.5%"]
    page.locator("#entry-before").click()
    page.locator("#books-then").click()
    expect(page.locator("#known-banner")).to_be_visible()
    page.goto(changed_server.url + "/funds/1?known_at=" + changed_server.trail["entries"][-1]
              ["recorded_at"].replace(":", "%3A"))
    assert "김00" in page.locator(".terms").inner_text()
    page.locator("#changes-since").click()
    expect(page.locator("#since-fund")).to_have_value("1")
    assert "이00" in page.locator("main").inner_text()


def test_what_changed_since_leads_with_what_was_dated_before(changed_server, new_page):
    page = new_page()
    first = changed_server.trail["entries"][-1]["recorded_at"].replace(":", "%3A")
    page.goto(f"{changed_server.url}/changes?since={first}&fund=2&reference_date=2026-02-14")
    heads = texts(page, "main h2")
    assert heads[0].startswith("지난 날짜로 나중에 기록한 것")
    assert texts(page, "#box-back-dated tbody th") == ["출자요청 통지", "납입", "납입 취소"]
    paid = page.locator("#box-fund-2 tr[data-figure=paid_in]")
    steps = paid.locator(".steps li").all_inner_texts()
    assert [re.sub(r"\s+", " ", step)[:13] for step in steps] == ["+47,961,631원 ", "−47,961,631원 "]
    paid.locator(".steps a").first.click()
    number = number_of(changed_server, "record-payment")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{number}번 · 납입 기록")
