"""The door as people meet it: the first link, signing in, being let in, signing out."""

import pytest
from harness import NAME, PASSWORD, Server, axe, jangbu
from playwright.sync_api import expect
from working import expect_done, field, fill, make_books, post, send


@pytest.fixture
def bare(browser):
    """A browser that nobody has signed in at."""
    contexts = []

    def open_page(**options):
        contexts.append(browser.new_context(**{"locale": "en-US"} | options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page, server, name=NAME, password=PASSWORD, path="/fund-overview"):
    page.goto(f"{server.url}{path}")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_one_signs_in_comes_where_one_wanted_and_signs_out(demo_server, bare, script):
    page = bare(java_script_enabled=script)
    sign_in(page, demo_server, password="not the password", path="/funds/1?unit=eok")
    expect(page.locator("[role=alert]")).to_contain_text("The name or the password is wrong.")
    assert page.locator("[name=password]").input_value() == ""
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page).to_have_url(f"{demo_server.url}/funds/1?unit=eok")
    page.locator("#account").click()
    expect(page.locator("h1")).to_have_text("Your account")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{demo_server.url}/sign-in")
    page.go_back()
    page.goto(f"{demo_server.url}/fund-overview")
    expect(page.locator("h1")).to_have_text("Sign in")


@pytest.fixture
def asked(empty_server):
    """A call of 100 in dollars, nothing paid."""
    fund = make_books(empty_server)
    body = {"side": "partners", "party": "LP", "amount": 900, "partner_type": "LP"}
    partner = post(empty_server, f"/api/funds/{fund}/commitments", body)
    body = {"notice_date": "2026-02-02", "due_date": "2026-02-20"}
    body |= {"items": [{"commitment": partner, "amount": 100}]}
    return post(empty_server, f"/api/funds/{fund}/calls", body)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("again", [True, False], ids=["other session", "no session"])
def test_what_one_keys_in_while_the_session_ends_is_not_lost(
    empty_server, asked, bare, script, again
):
    page = bare(java_script_enabled=script)
    sign_in(page, empty_server, path=f"/calls/{asked}")
    fill(page, "recordPayment", amount="12.5", paid_date="2026.3.2", memo="a & b = \"c\"")
    page.context.clear_cookies()
    if again:
        other = page.context.new_page()
        sign_in(other, empty_server, path="/funds/1")
        expect(other.locator("h1")).to_contain_text("Fund A")
    send(page, "recordPayment")
    if not again:
        expect(page.locator("h1")).to_have_text("Sign in")
        expect(page.locator("main")).to_contain_text("nothing was recorded yet")
        axe(page) if script else None
        page.locator("[name=name]").fill(NAME)
        page.locator("[name=password]").fill("not the password")
        page.locator("[name=password]").press("Enter")
        expect(page.locator("[role=alert]")).to_contain_text("is wrong")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
    expect(page).to_have_url(f"{empty_server.url}/calls/{asked}")
    expect(page.locator("[role=alert]")).to_contain_text(
        "nothing was recorded yet" if again else "Nothing was recorded yet"
    )
    shown = {name: field(page, "recordPayment", name).input_value() for name in ["amount", "memo"]}
    assert shown == {"amount": "12.5", "memo": "a & b = \"c\""}
    expect(page.locator("main")).to_contain_text("Nothing is recorded up to")
    send(page, "recordPayment")
    expect_done(page)
    expect(page.locator("#box-entries tbody tr")).to_have_count(1)


def test_signed_out_in_another_tab_a_page_shows_nothing_any_more(empty_server, asked, bare):
    page = bare()
    sign_in(page, empty_server, path="/fund-overview")
    call = page.context.new_page()
    call.goto(f"{empty_server.url}/calls/{asked}")
    fill(call, "recordPayment", amount="12.5")
    other = page.context.new_page()
    other.goto(f"{empty_server.url}/account")
    other.get_by_role("button", name="Sign out").click()
    expect(other).to_have_url(f"{empty_server.url}/sign-in")
    expect(page).to_have_url(
        f"{empty_server.url}/sign-in?next=%2Ffund-overview", timeout=200_000
    )
    # What was typed is not thrown away: sending it leads to signing in, and back.
    assert field(call, "recordPayment", "amount").input_value() == "12.5"


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["wide", "phone"])
def test_what_may_be_changed_of_a_user_is_within_reach(demo_server_of_its_own, bare, size):
    server = demo_server_of_its_own
    ben = server.person("bookkeeper", "Ben")
    page = bare(viewport={"width": size[0], "height": size[1]})
    sign_in(page, server, path="/users")
    page.locator("tr", has_text="Ben").get_by_role("link", name="Change").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.locator("#user-form :is(label, summary, button:not(.unseen))").evaluate_all(
        "all => all.map(it => it.getBoundingClientRect()).filter("
        "it => it.width && (it.left < 0 || it.right > innerWidth)).length"
    )
    assert cut == 0
    # A partner sees something, or is none: the box of choices says so.
    page.locator("#user-form [name=role][value=partner]").check()
    page.get_by_role("button", name="Change role").click()
    expect(page.locator("#user-form .field-bad .err")).to_contain_text("Choose one.")
    # A link says whose it is; ending someone is asked about first.
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator(".msg-done")).to_contain_text("The password link of Ben works once, until")
    page.locator("#shown-once").click()
    chosen = page.evaluate("[document.activeElement.selectionStart, getSelection().toString()]")
    assert chosen == [0, page.locator("#shown-once").input_value()]
    expect(page.get_by_role("button", name="End it now")).to_be_hidden()
    page.locator("#user-form summary").click()
    page.get_by_role("button", name="End it now").click()
    expect(page.locator("#done")).to_be_visible()
    assert ben.name not in page.locator("#user-form").all_inner_texts()
    expect(page.locator("tr.uncounted", has_text="Ben")).to_be_visible()


@pytest.mark.parametrize("language", ["ko-KR", "en-US"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_door(demo_server, bare, language, scheme):
    page = bare(locale=language, color_scheme=scheme)
    page.goto(f"{demo_server.url}/sign-in")
    axe(page)
    sign_in(page, demo_server)
    expect(page.locator("#main h1")).to_be_visible()
    for path in ["/account", "/users"]:
        page.goto(f"{demo_server.url}{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    partner = demo_server.person("partner", parties=(1,))
    # A page that is open notices that nobody is signed in any more, and goes.
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.add_cookies([partner.cookie])
    for path in ["/fund-overview", "/calendar", "/account"]:
        page.goto(f"{demo_server.url}{path}")
        axe(page)


def test_the_link_of_make_run_goes_straight_in_once(tmp_path, bare):
    jangbu("init", "--demo", "--books", tmp_path / "demo.books")
    Server(tmp_path / "demo.books").stop()
    server = Server(tmp_path / "demo.books", "--link", keys=False)
    page = bare()
    page.goto(server.first_page)
    axe(page)
    page.get_by_role("button", name="Go in").click()
    expect(page.locator("#reference-date")).to_have_value("2026-02-14")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto(server.first_page)
    expect(page.locator("main")).to_contain_text("This link was used already")
    server.stop()


MEAN = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>",
    "</title></textarea></select><b>", "javascript:alert(1)", "{{7*7}}${7*7}", "<!--", "]]>",
    "&lt;script&gt;", "<a href='javascript:alert(1)'>x", "</template><iframe src=//evil>",
    "<style>*{display:none}</style>", "`-alert(1)-`",
]
PLAIN = [f"Plain {number}" for number in range(len(MEAN))]


def test_no_text_changes_the_structure_of_a_page_or_runs(tmp_path, new_page, client):
    """Every text field of the books, in names, kinds, memos, reasons and the names of users."""
    shapes = {}
    for kind, texts in [("plain", PLAIN), ("mean", MEAN)]:
        folder = tmp_path / kind
        folder.mkdir()
        jangbu("init", "--books", folder / "test.books")
        server = Server(folder / "test.books")
        paths = tell(client(server), texts)
        server.person("viewer", name=texts[0])
        page = new_page()
        shapes[kind] = {path: shape(page, f"{server.url}{path}") for path in paths}
        page.close()
        server.stop()
    for path, plain in shapes["plain"].items():
        assert shapes["mean"][path] == plain, path


def tell(http, texts) -> list[str]:
    """Books in which each text stands wherever one may be written; the pages that show them."""

    def post(path, **body):
        answer = http.post(path, json=body)
        assert answer.status_code == 201, f"{path} {body}: {answer.text}"
        return answer.json()["id"]

    paths = ["/fund-overview", "/calendar?month=2026-03", "/companies", "/trail", "/users", "/find"]
    for text in texts:
        fund = post(
            "/api/funds", name=text, fund_type=text[:50], fund_manager=text[:50], currency="KRW",
            commitment_total=1000,
        )
        partner = post(
            f"/api/funds/{fund}/commitments", side="partners", party=f"P {text}", amount=900,
            partner_type=text[:50],
        )
        call = post(
            f"/api/funds/{fund}/calls", call_type=text[:50], notice_date="2026-02-20",
            due_date="2026-03-02", items=[{"commitment": partner, "amount": 100}],
        )
        item = http.get(f"/api/calls/{call}").json()["items"][0]["id"]
        entry = post(
            f"/api/items/{item}/payments", amount=40, paid_date="2026-02-21", memo=text,
            reference=text[:50],
        )
        post(f"/api/entries/{entry}/reversal", reason=text)
        deal = post(
            f"/api/funds/{fund}/investments", party=f"C {text}", amount=5,
            invested_on="2026-02-22", instrument=text[:50],
        )
        post(f"/api/calls/{call}/terms", call_type=f"{text[:50]} 2")
        paths += [
            f"/funds/{fund}", f"/funds/{fund}/partners", f"/funds/{fund}/investments",
            f"/funds/{fund}/ledger", f"/funds/{fund}/terms", f"/calls/{call}",
        ]
        assert deal
    return paths + [f"/trail/{number}" for number in range(2, 12)]


def shape(page, url: str) -> list[str]:
    """The elements of a page, in order, with their attributes' names."""
    answer = page.goto(url)
    assert answer.status == 200, url
    return page.evaluate(
        "[...document.querySelectorAll('*')].map("
        "it => it.nodeName + ' ' + it.getAttributeNames().sort().join(' '))"
    )
