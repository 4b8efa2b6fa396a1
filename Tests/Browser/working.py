"""The work on the books as the back office does it: forms of pages, filled in and sent.

Fields are found by their names and buttons by what they do, so a test reads the same in either
language. Nothing here waits for a script.
"""

import httpx
from harness import Server, jangbu
from playwright.sync_api import expect


def new_server(folder) -> Server:
    """Empty books, served until `stop()`: for fixtures that live longer than a test."""
    jangbu("init", "--books", folder / "test.books")
    return Server(folder / "test.books")


def make_books(server, *, currency="USD", name="Fund A", total="5,000,000", **terms) -> int:
    """A fund to begin with; its number."""
    body = {"name": name, "currency": currency, "commitment_total": total} | terms
    return post(server, "/api/funds", body)


def post(server, path: str, body: dict) -> int:
    answer = httpx.post(f"{server.url}{path}", json=body, trust_env=False, headers=server.headers, timeout=30)
    assert answer.status_code < 300, answer.text
    return answer.json().get("id", 0)


def stats(server, fund: int, day: str, side="investments", **clock) -> dict:
    """The fixed answer about what was called and paid."""
    answer = httpx.get(
        f"{server.url}/api/funds/{fund}/capital-calls/stats",
        params={"side": side, "reference_date": day} | clock,
        trust_env=False, headers=server.headers,
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def visit(page, server, path: str, **query):
    """A page of today, which is the day on which things are keyed in."""
    parameters = "&".join(f"{key}={value}" for key, value in query.items())
    page.goto(f"{server.url}{path}{'?' + parameters if parameters else ''}")


def fill(page, form: str, **fields):
    """Types into the fields of a form; `items_0_amount` is the field `items.0.amount`."""
    for name, text in fields.items():
        field(page, form, name).fill(text)


def field(page, form: str, name: str):
    if name.startswith(("items_", "leave_out_")):
        name = name.replace("_", ".") if name.startswith("items_") else "leave_out." + name[10:]
    return page.locator(f"form[id^='{form}'] [name='{name}']:not([type=hidden])")


def choose(page, form: str, name: str, value: str):
    page.locator(f"form[id^='{form}'] [name='{name}'][value='{value}']").check()


def send(page, form: str):
    """Presses the form's own button and waits for the page that answers."""
    button = page.locator(f"form[id^='{form}'] :is(.button-go, .button-bad)")
    with page.expect_navigation():
        button.click()


def preview(page, form: str):
    with page.expect_navigation():
        page.locator(f"form[id^='{form}'] [name=step]:not([aria-hidden])").click()


def expect_done(page):
    expect(page.locator("#done")).to_be_visible()
    expect(page.locator("[role=alert]")).to_have_count(0)


def problems(page) -> list[str]:
    """Every sentence that says what is wrong."""
    return [text.strip() for text in page.locator("main [role=alert]").all_inner_texts()]


# Tasks


def commit(page, server, fund: int, side: str, party: str, amount: str, kind="") -> int:
    """A commitment to the fund, or of it; of an investment its number."""
    visit(page, server, f"/funds/{fund}/{side}", do="commit")
    fill(page, "commit", party=party, amount=amount)
    if kind:
        fill(page, "commit", **{"partner_type" if side == "partners" else "instrument": kind})
    send(page, "commit")
    expect_done(page)
    link = page.locator(f"#box-{side} tbody tr", has_text=party).last.locator("th a")
    return int(number(link.get_attribute("href"))) if link.count() else 0


def number(address: str) -> str:
    """The number at the end of a page's path."""
    return address.split("?")[0].split("#")[0].rsplit("/", 1)[1]


def issue(page, server, fund: int, *, on: int | None = None, **fields) -> int:
    """A call, on the partners or on an investment; its number, from the page that it led to."""
    asked = {} if on is None else {"commitment": on}
    visit(page, server, f"/funds/{fund}/new-call", **asked)
    fill(page, "issueCapitalCall", **fields)
    send(page, "issueCapitalCall")
    expect_done(page)
    return call_shown(page)


def call_shown(page) -> int:
    return int(number(page.url))


def pay(page, server, call: int, amount: str, day: str):
    visit(page, server, f"/calls/{call}")
    fill(page, "recordPayment", amount=amount, paid_date=day)
    send(page, "recordPayment")


# What a page says


def texts(page, selector: str) -> list[str]:
    return page.locator(selector).evaluate_all(
        "all => all.map(it => it.innerText.replace(/\\s+/g, ' ').trim())"
    )


def facts(page, selector: str) -> dict:
    """Names and figures of a list of facts."""
    return dict(
        page.locator(f"{selector} > div").evaluate_all(
            "all => all.map(it => [it.querySelector('dt').innerText.trim(), "
            "it.querySelector('dd').innerText.trim()])"
        )
    )


def cells(page, box: str) -> list[list[str]]:
    return page.locator(f"#{box} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map("
        "cell => cell.innerText.replace(/\\s+/g, ' ').trim()))"
    )


# With the keyboard alone


def tab_to(page, selector: str, back=False):
    """Presses Tab until the focus is there: it can be reached, and nothing holds it on the way."""
    for _ in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never came to {selector}")


def press_enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")
