"""Open pages keep themselves up to date: another window's change shows, and nothing is lost by it."""

import time

import pytest
from harness import DEMO_DAY, Server, axe
from pages import OVERVIEW, cards, column, eventually, go, leave_a_marker, rows
from playwright.sync_api import expect

FUND = 1
CUT = "#live"


@pytest.fixture
def server(demo_server_of_its_own):
    return demo_server_of_its_own


@pytest.fixture
def http(server, client):
    return client(server)


def issue(http, fund=FUND, amount=7_000_000) -> int:
    """Calls capital of the first partner of the fund; answers the item."""
    partner = http.get(f"/api/funds/{fund}/commitments").json()["commitments"][0]["id"]
    call = {
        "notice_date": "2026-02-02",
        "due_date": "2026-02-03",
        "over_commitment_reason": "test",
        "items": [{"commitment": partner, "amount": amount}],
    }
    answer = http.post(f"/api/funds/{fund}/calls", json=call)
    assert answer.status_code == 201, answer.text
    return http.get(f"/api/calls/{answer.json()['id']}").json()["items"][0]["id"]


def pay(http, item, amount=7_000_000):
    paid = {"amount": amount, "paid_date": "2026-02-03"}
    answer = http.post(f"/api/items/{item}/payments", json=paid)
    assert answer.status_code == 201, answer.text


def paid_in(page) -> str:
    """납입총액 of the first fund in the overview."""
    return column(rows(page), "paid_in")[0]


def hear_requests(context) -> list[str]:
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    return asked


def heard_until_now(page, asked) -> list[str]:
    page.evaluate("0")  # events come in with an answer
    return asked


def streams(page, asked) -> int:
    return sum(address.endswith("/events") for address in heard_until_now(page, asked))


def settle(page):
    """Lets the page's own first requests, and the stream's first notice, come to their end."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)


@pytest.mark.each_language
def test_a_payment_elsewhere_shows_without_reloading(server, http, new_page, language):
    item = issue(http)
    page, other = new_page(language=language), new_page(language=language)
    go(page, server, unit="won")
    go(other, server, f"/funds/{FUND}", unit="won")
    leave_a_marker(page)
    leave_a_marker(other)
    assert paid_in(page) == "14,142,000,000"
    pay(http, item)
    eventually(lambda: paid_in(page), "14,149,000,000")
    eventually(lambda: cards(page)["paid_in"], "48,116,000,000")
    expect(other.locator("main")).to_contain_text("14,149,000,000")
    assert page.evaluate("window.marker") == other.evaluate("window.marker") == "still here"
    assert page.evaluate("history.length") == 2
    expect(page.locator("#announcer")).to_be_empty()


def test_scroll_focus_and_what_is_typed_stay(server, http, new_page):
    item = issue(http)
    page = new_page(viewport={"width": 900, "height": 500})
    go(page, server, unit="won")
    leave_a_marker(page)
    page.locator("#fund-table").evaluate("box => box.scrollTo(300, 60)")
    page.evaluate("scrollTo(0, 120)")
    field = page.locator("#reference-date")
    field.evaluate("field => { field.focus({ preventScroll: true }); field.select(); }")
    page.keyboard.type("2025-0")
    page.keyboard.press("ArrowLeft")
    where = """() => [scrollY, document.getElementById('fund-table').scrollLeft,
      document.getElementById('fund-table').scrollTop, document.activeElement.id,
      document.activeElement.value, document.activeElement.selectionStart]"""
    before = page.evaluate(where)
    assert before[3:] == ["reference-date", "2025-0", 5]
    pay(http, item)
    eventually(lambda: paid_in(page), "14,149,000,000")
    assert page.evaluate(where) == before
    assert page.evaluate("window.marker") == "still here"


def test_a_link_keeps_its_focus(server, http, page):
    item = issue(http)
    go(page, server, unit="won")
    page.locator("#fund-table tbody th a").nth(3).focus()
    held = page.evaluate_handle("document.activeElement")
    pay(http, item)
    eventually(lambda: paid_in(page), "14,149,000,000")
    assert page.evaluate("held => held === document.activeElement", held)


def test_a_form_that_is_being_filled_in_stays(server, http, page):
    """What was typed, chosen and ticked stays; the sentence beside it says the new state."""
    item = issue(http)
    go(page, server, f"/funds/{FUND}", unit="won")
    page.evaluate(
        """() => {
          const parts = `<form><input id="t-text" value="old"><textarea id="t-area"></textarea>
            <input id="t-box" type="checkbox"><select id="t-one"><option>a<option>b</select>
            <input id="t-key" type="hidden" value="key-1">
            <input id="t-clean" value="clean"><output for="t-text">read back</output>
            <details id="t-more"><summary>more</summary></details></form>`;
          // As if the server had it on the page: both the one shown and the one that is fetched.
          const put = page => page.querySelector('main').insertAdjacentHTML('beforeend', parts);
          put(document);
          document.querySelector('output').textContent = 'read back: typed';
          const parse = DOMParser.prototype.parseFromString;
          DOMParser.prototype.parseFromString = function (...all) {
            const page = parse.apply(this, all);
            put(page);
            page.getElementById('t-key').setAttribute('value', 'key-2');
            page.getElementById('t-clean').setAttribute('value', 'new');
            return page;
          };
        }"""
    )
    page.locator("#t-text").fill("typed")
    page.locator("#t-area").fill("typed\ntoo")
    page.locator("#t-box").check()
    page.locator("#t-one").select_option("b")
    page.locator("#t-more summary").click()
    pay(http, item)
    expect(page.locator("main")).to_contain_text("14,149,000,000")
    expect(page.locator("#t-text")).to_have_value("typed")
    expect(page.locator("#t-area")).to_have_value("typed\ntoo")
    expect(page.locator("#t-box")).to_be_checked()
    expect(page.locator("#t-one")).to_have_value("b")
    expect(page.locator("#t-key")).to_have_value("key-1")
    expect(page.locator("#t-clean")).to_have_value("new")
    expect(page.locator("output[for=t-text]")).to_have_text("read back: typed")
    expect(page.locator("#t-more")).to_have_attribute("open", "")


def test_nothing_is_exchanged_under_a_finger(server, http, page):
    item = issue(http)
    go(page, server, unit="won")
    settle(page)
    page.locator("h1").hover()
    page.mouse.down()
    pay(http, item)
    page.wait_for_timeout(1_000)
    assert paid_in(page) == "14,142,000,000"
    page.mouse.up()
    eventually(lambda: paid_in(page), "14,149,000,000")


def test_a_page_of_another_fund_asks_for_nothing(server, http, page):
    item = issue(http)
    asked = hear_requests(page.context)
    go(page, server, "/funds/2")
    settle(page)
    asked.clear()
    pay(http, item)
    page.wait_for_timeout(1_500)
    assert asked == []
    # It is concerned again by its own, and asks once for all that it missed.
    pay(http, issue(http, fund=2, amount=3_000_000), 3_000_000)
    eventually(lambda: bool(heard_until_now(page, asked)), True)
    settle(page)
    assert 1 <= len(asked) <= 2
    assert all("/funds/2?" in address for address in asked)


def test_an_idle_page_sends_no_request(server, new_page):
    page = new_page()
    asked = hear_requests(page.context)
    go(page, server)
    another = page.context.new_page()
    go(another, server, f"/funds/{FUND}")
    settle(another)
    asked.clear()
    page.wait_for_timeout(30_000)
    assert asked == []


def test_the_tabs_of_a_browser_share_one_stream(server, http, new_page):
    first = new_page()
    asked = hear_requests(first.context)
    tabs = [first] + [first.context.new_page() for _ in range(4)]
    for tab in tabs:
        go(tab, server, unit="won")
        settle(tab)
    assert streams(first, asked) == 1
    pay(http, issue(http))
    # A tab that cannot be seen waits until it is looked at.
    for tab in tabs:
        tab.bring_to_front()
        eventually(lambda tab=tab: paid_in(tab), "14,149,000,000")
    assert streams(first, asked) == 1


def test_when_the_listening_tab_closes_another_takes_over(server, http, new_page):
    leader = new_page()
    asked = hear_requests(leader.context)
    go(leader, server, unit="won")
    settle(leader)
    heirs = [leader.context.new_page() for _ in range(2)]
    for heir in heirs:
        go(heir, server, unit="won")
        settle(heir)
    leader.close()
    eventually(lambda: streams(heirs[0], asked), 2)
    pay(http, issue(http))
    for heir in heirs:
        heir.bring_to_front()
        eventually(lambda heir=heir: paid_in(heir), "14,149,000,000")
        expect(heir.locator(CUT)).to_be_empty()


@pytest.mark.each_language
def test_a_cut_is_told_and_what_was_missed_is_caught_up(
    server, http, client, new_page, language
):
    item = issue(http)
    page = new_page(language=language)
    go(page, server, unit="won")
    second = page.context.new_page()
    go(second, server, unit="won")
    settle(second)
    leave_a_marker(page)
    port = server.url.split(":")[-1]
    server.halt()
    words = {
        "ko-KR": "연결이 끊겼습니다. 다시 연결하는 중…",
        "en-US": "The connection is cut. Connecting again…",
    }[language]
    for tab in (page, second):
        expect(tab.locator(CUT)).to_have_text(words)
    axe(page)
    meanwhile = Server(server.books)
    pay(client(meanwhile), item)
    meanwhile.stop()
    server.start(port)
    for tab in (page, second):
        tab.bring_to_front()
        eventually(lambda tab=tab: paid_in(tab), "14,149,000,000")
        expect(tab.locator(CUT)).to_be_empty()
    assert page.evaluate("window.marker") == "still here"


def test_a_short_cut_is_not_worth_a_word(server, http, new_page):
    page = new_page()
    go(page, server, unit="won")
    settle(page)
    page.evaluate(
        """() => {
          window.said = 0;
          new MutationObserver(() => { window.said += 1; })
            .observe(document.getElementById('live'), { childList: true });
        }"""
    )
    port = server.url.split(":")[-1]
    item = issue(http)
    started = time.monotonic()
    server.halt()
    server.start(port)
    pay(http, item)
    eventually(lambda: paid_in(page), "14,149,000,000")
    if time.monotonic() - started < 2:  # a busy machine may take longer, and then it is told
        assert page.evaluate("window.said") == 0


def test_without_locks_each_tab_listens_for_itself(server, http, new_page):
    page = new_page()
    page.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"
    )
    asked = hear_requests(page.context)
    other = page.context.new_page()
    for tab in (page, other):
        go(tab, server, unit="won")
        settle(tab)
    assert streams(page, asked) == 2
    pay(http, issue(http))
    for tab in (page, other):
        tab.bring_to_front()
        eventually(lambda tab=tab: paid_in(tab), "14,149,000,000")


def test_a_step_of_the_date_meets_a_change(server, http, page):
    """The reader's own wish comes first, and what it brings is up to date."""
    item = issue(http)
    go(page, server, unit="won")
    settle(page)
    page.route("**/fund-overview**2026-02-28**", lambda route: (time.sleep(1), route.continue_()))
    page.locator("#step-next").click()
    pay(http, item)
    eventually(lambda: paid_in(page), "14,149,000,000")
    expect(page.locator("#reference-date")).to_have_value("2026-02-28")
    assert page.evaluate("location.pathname") == OVERVIEW
    assert DEMO_DAY not in page.url
