"""The small books of the cases, keyed in through the pages and read from the screens."""

import httpx
import pytest
from harness import ROOT, Server, jangbu
from pages import go, rows, type_date, expect_date
from playwright.sync_api import expect
from working import call_shown, cells, commit, expect_done, facts, field, fill, issue
from working import make_books, new_server, number, pay, preview, problems, send, stats, texts, visit

BALERION = "Balerion Space Ventures II"
SCRIPTING = pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])


def side_of_fund(page, side="investments") -> dict:
    section = f"section[aria-labelledby=side-{side}]"
    shown = facts(page, f"{section} .facts")
    shown["%"] = page.locator(f"{section} .side-percent").inner_text().split()[-1]
    return shown


def call_row(page, call: int) -> dict:
    """A call in the table of a fund's calls."""
    row = page.locator(f"#box-calls-investments tbody tr:has(a[href*='/calls/{call}'])")
    names = "call status noticed due paid_on amount paid ratio outstanding".split()
    words = row.locator("th, td").evaluate_all(
        "all => all.map(it => it.innerText.replace(/\\s+/g, ' ').trim())"
    )
    return dict(zip(names, words))


def card(page, server, call: int, day: str, month: str) -> tuple[str, str]:
    """The day that a call's card sits on, and what the card says."""
    go(page, server, "/calendar", reference_date=day, month=month, call=call)
    found = page.locator(f"#call-{call}")
    due = found.locator("xpath=ancestor::*[@data-day]").get_attribute("data-day")
    return due, " ".join(found.inner_text().split())


def drawer(page) -> dict:
    shown = facts(page, "#drawer .call-facts")
    shown["status"] = " ".join(page.locator("#drawer .chips").inner_text().split())
    return shown


@SCRIPTING
def test_the_story_as_the_older_product_told_it(empty_server, new_page, scripting):
    """A fund in dollars commits 1,000,000, is asked for 400,000 and pays it."""
    server, page = empty_server, new_page(java_script_enabled=scripting)
    visit(page, server, "/funds/new")
    page.locator("[name=currency]").select_option("USD")
    fill(page, "registerFund", name="Fund A", commitment_total="1,000,000")
    send(page, "registerFund")
    expect_done(page)
    fund = int(number(page.url))

    investment = commit(page, server, fund, "investments", BALERION, "1,000,000", "LP interest")
    call = issue(
        page, server, fund, on=investment, call_type="Drawdown", amount="400,000",
        notice_date="2026-02-20", due_date="2026-03-15",
    )
    pay(page, server, call, "400,000", "2026-03-10")
    expect_done(page)
    expect(page.locator("#done")).to_contain_text("USD 400,000.00")

    go(page, server, reference_date="2026-03-31")
    line = rows(page)[0]
    assert (line["investment_assets"], line["uninvested"]) == ("400,000.00", "600,000.00")
    go(page, server, f"/funds/{fund}", reference_date="2026-03-31")
    shown = side_of_fund(page)
    assert (shown["미납입 약정액"], shown["투자액"], shown["%"]) == (
        "600,000.00", "400,000.00", "40.00%"
    )
    due, words = card(page, server, call, "2026-03-31", "2026-03")
    assert due == "2026-03-15"
    assert words.startswith("완료 ") and words.endswith("납입일 2026-03-10")
    assert "due-card-complete" in page.locator(f"#call-{call}").get_attribute("class")
    shown = drawer(page)
    assert (shown["납입기한"], shown["최근 투자일"]) == ("2026-03-15", "2026-03-10")
    assert (shown["투자액"], shown["미납액"], shown["status"]) == ("400,000.00", "0.00", "완료")


@SCRIPTING
def test_case_2_the_literal_complaint(empty_server, new_page, scripting):
    """A call only partly paid sits on its due date, and what was paid counts."""
    server, page = empty_server, new_page(java_script_enabled=scripting)
    fund = make_books(server)
    investment = commit(page, server, fund, "investments", BALERION, "1,000,000")
    call = issue(
        page, server, fund, on=investment, amount="1,000,000", notice_date="2026-02-15",
        due_date="2026-03-15",
    )
    pay(page, server, call, "400,000", "2026-03-15")
    expect_done(page)
    due, words = card(page, server, call, "2026-03-15", "2026-03")
    assert due == "2026-03-15"
    assert words.startswith("일부납입 40.00%")
    assert "연체" not in words
    shown = drawer(page)
    assert (shown["투자액"], shown["미납액"]) == ("400,000.00", "600,000.00")
    assert (shown["투자비율"], shown["미납입 비율"]) == ("40.00%", "60.00%")
    go(page, server, f"/funds/{fund}", reference_date="2026-03-15")
    shown = side_of_fund(page)
    assert (shown["투자액"], shown["미납입 약정액"], shown["%"], shown["투자자산(AUM)"]) == (
        "400,000.00", "600,000.00", "40.00%", "400,000.00"
    )
    answer = stats(server, fund, "2026-03-15")
    assert (answer["called"], answer["uncalled"], answer["called_pct"]) == (400_000, 600_000, 40)


# R, noticed, called, outstanding, not yet called, uncalled, %, AUM, call 1, call 2
CASE_1 = [
    ("2026-02-19", 0, 0, 0, 1_000_000, 1_000_000, "0.00%", "예정 통지 전", "예정 통지 전"),
    ("2026-03-01", 400_000, 0, 400_000, 600_000, 1_000_000, "0.00%", "예정", "예정 통지 전"),
    (
        "2026-03-15", 400_000, 100_000, 300_000, 600_000, 900_000, "10.00%",
        "일부납입", "예정 통지 전",
    ),
    (
        "2026-03-16", 400_000, 100_000, 300_000, 600_000, 900_000, "10.00%",
        "일부납입 연체 1일", "예정 통지 전",
    ),
    ("2026-03-31", 400_000, 400_000, 0, 600_000, 600_000, "40.00%", "완료", "예정 통지 전"),
    ("2026-05-16", 600_000, 400_000, 200_000, 400_000, 600_000, "40.00%", "완료", "예정 연체 1일"),
]
NAMES = "청구액 투자액 미납액 미청구액".split() + ["미납입 약정액"]


class Balerion:
    """Case 1 as it was keyed in through the pages."""

    def __init__(self, server, page):
        self.server = server
        self.fund = make_books(server)
        self.investment = commit(
            page, server, self.fund, "investments", BALERION, "1,000,000", "LP interest"
        )
        self.first = issue(
            page, server, self.fund, on=self.investment, call_type="Drawdown", amount="400,000",
            notice_date="2026-02-20", due_date="2026-03-15",
        )
        self.second = issue(
            page, server, self.fund, on=self.investment, call_type="Drawdown", amount="200,000",
            notice_date="2026-04-01", due_date="2026-05-15",
        )
        for amount, day in [("100,000", "2026-03-10"), ("300,000", "2026-03-20")]:
            pay(page, server, self.first, amount, day)
            expect_done(page)


@pytest.fixture(scope="session")
def keyed_in(tmp_path_factory, browser):
    """Case 1, for tests that only read."""
    server = new_server(tmp_path_factory.mktemp("balerion"))
    context = browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
    context.add_cookies([server.cookie])
    yield Balerion(server, context.new_page())
    context.close()
    server.stop()


@pytest.fixture
def keyed_in_of_its_own(tmp_path, page):
    """Case 1, for one test that writes."""
    server = new_server(tmp_path)
    yield Balerion(server, page)
    server.stop()


def expect_case_1(page, books: Balerion, line, **clock):
    """Every figure of one line of the table, on every surface."""
    day, noticed, paid, outstanding, not_yet_called, uncalled, percent, first, second = line
    server, amounts = books.server, [noticed, paid, outstanding, not_yet_called, uncalled]
    figures = [f"{amount:,}.00" for amount in amounts]

    go(page, server, reference_date=day, **clock)
    shown = rows(page)[0]
    assert (shown["investment_assets"], shown["invested"]) == (figures[1], figures[1])
    assert shown["company_count"] == ("1" if paid else "0")

    go(page, server, f"/funds/{books.fund}", reference_date=day, **clock)
    shown = side_of_fund(page)
    assert [shown[name] for name in NAMES] + [shown["%"]] == figures + [percent]
    assert shown["투자자산(AUM)"] == figures[1]

    go(page, server, f"/investments/{books.investment}", reference_date=day, **clock)
    shown = facts(page, "main .facts")
    assert [shown[name] for name in NAMES] == figures
    assert shown["투자비율"] == percent
    assert call_row(page, books.first)["status"] == first
    assert call_row(page, books.second)["status"] == second

    answer = stats(server, books.fund, day, **clock)
    names = "noticed called outstanding not_yet_called uncalled".split()
    assert [answer[name] for name in names] == amounts
    assert f"{answer['called_pct']:.2f}%" == percent
    assert (answer["called_usd"], answer["uncalled_usd"]) == (paid, uncalled)


@pytest.mark.parametrize("line", CASE_1, ids=[line[0] for line in CASE_1])
def test_case_1_on_the_dashboard_the_deal_page_and_in_the_answer(keyed_in, page, line):
    expect_case_1(page, keyed_in, line)


@pytest.mark.parametrize("line", CASE_1, ids=[line[0] for line in CASE_1])
def test_case_1_on_the_calendar_and_in_the_drawer(keyed_in, page, line):
    day, status, second_status = line[0], line[-2], line[-1]
    due, words = card(page, keyed_in.server, keyed_in.first, day, "2026-03")
    assert due == "2026-03-15", "always on the due date"
    assert words.startswith(status)
    shown = drawer(page)
    paid = {"2026-03-15": "100,000.00", "2026-03-16": "100,000.00"}.get(
        day, "400,000.00" if day >= "2026-03-20" else "0.00"
    )
    assert shown["투자액"] == paid
    assert shown["status"].startswith(status)
    assert ("25.00%" in shown["status"]) == (paid == "100,000.00")
    last = {"100,000.00": "2026-03-10", "400,000.00": "2026-03-20", "0.00": "–"}[paid]
    assert (shown["납입기한"], shown["최근 투자일"]) == ("2026-03-15", last)
    assert words.endswith(f"납입일 {last}")

    due, words = card(page, keyed_in.server, keyed_in.second, day, "2026-05")
    assert due == "2026-05-15"
    assert words.startswith(second_status)


def test_case_1_then_the_300_000_was_keyed_twice(keyed_in_of_its_own, page):
    books = keyed_in_of_its_own
    trail = httpx.get(f"{books.server.url}/api/audit", trust_env=False, headers=books.server.headers).json()
    before = max(entry["recorded_at"] for entry in trail["entries"])

    go(page, books.server, f"/calls/{books.first}", reference_date="2026-03-31")
    page.locator("#box-entries tbody tr", has_text="300,000.00").locator(".act").click()
    fill(page, "reverseEntry", reason="두 번 입력함")
    send(page, "reverseEntry")
    expect_done(page)
    shown = facts(page, ".call-facts")
    assert (shown["투자액"], shown["미납액"]) == ("100,000.00", "300,000.00")
    assert shown["최근 투자일"] == "2026-03-10"
    assert "취소됨" in page.locator("#box-entries").inner_text()
    expect_case_1(
        page, books,
        (
            "2026-03-31", 400_000, 100_000, 300_000, 600_000, 900_000, "10.00%",
            "일부납입 연체 16일", "예정 통지 전",
        ),
    )
    for line in CASE_1:
        expect_case_1(page, books, line, known_at=before)


def test_case_1_what_is_refused_says_what_can_be_taken(keyed_in_of_its_own, page):
    books = keyed_in_of_its_own
    page.on("dialog", lambda dialog: dialog.dismiss())
    go(page, books.server, f"/calls/{books.first}", reference_date="2026-03-31")
    page.locator("#box-entries tbody tr", has_text="300,000.00").locator(".act").click()
    fill(page, "reverseEntry", reason="두 번 입력함")
    send(page, "reverseEntry")

    pay(page, books.server, books.first, "300,000.01", "2026-03-25")
    assert "300,000.00" in problems(page)[0]
    amount = field(page, "recordPayment", "amount")
    expect(amount).to_have_value("300,000.01")
    expect(amount).to_be_focused()
    pay(page, books.server, books.first, "1", "2026-02-19")
    assert "2026-02-20" in problems(page)[0], "the notice date"
    expect(field(page, "recordPayment", "paid_date")).to_be_focused()
    pay(page, books.server, books.first, "1", "2199-12-31")
    assert len(problems(page)) == 1, "a day that has not come"
    assert stats(books.server, books.fund, "2026-03-31")["called"] == 100_000
    # Before the due date money may come at any time.
    pay(page, books.server, books.first, "300,000", "2026-03-01")
    expect_done(page)
    assert stats(books.server, books.fund, "2026-03-05")["called"] == 300_000


def test_case_3_the_guard_looks_at_every_day(empty_server, page):
    server = empty_server
    fund = make_books(server, currency="KRW", total="1000")
    commit(page, server, fund, "partners", "LP", "100", "기관")
    call = issue(
        page, server, fund, amount="100", notice_date="2026-03-01", due_date="2026-03-31"
    )
    pay(page, server, call, "100", "2026-03-02")
    move(page, server, call, "refund", "100", "2026-03-04")
    expect_done(page)
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        pay(page, server, call, "50", day)
        assert len(problems(page)) == 1, day
    pay(page, server, call, "101", "2026-03-04")
    assert "100" in problems(page)[0]
    reverse_first(page, server, call)
    assert len(problems(page)) == 1, "the refund of the 4th rests on it"
    pay(page, server, call, "100", "2026-03-04")
    expect_done(page)
    reverse_first(page, server, call)
    expect_done(page)


def move(page, server, call: int, task: str, amount: str, day: str, item=0):
    """Pays or refunds on one item, by the link in its row."""
    visit(page, server, f"/calls/{call}")
    page.locator("#box-items tbody tr").nth(item).locator(f"[id^={task}-]").click()
    form = {"pay": "recordPayment", "refund": "recordRefund"}[task]
    fill(page, form, amount=amount, paid_date=day)
    send(page, form)


def reverse_first(page, server, call: int):
    visit(page, server, f"/calls/{call}")
    page.locator("#box-entries tbody .act").first.click()
    fill(page, "reverseEntry", reason="두 번 입력함")
    send(page, "reverseEntry")


@SCRIPTING
def test_case_4_a_credit(empty_server, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    fund = make_books(server, currency="KRW", total="20,203")
    for name, amount, kind in [
        ("A", "8,000", "정책기관"), ("B", "5,000", "정책기관"), ("C", "3,000", "금융기관"),
        ("D", "2,000", "개인"), ("E", "2,203", "GP"),
    ]:
        commit(page, server, fund, "partners", name, amount, kind)
    issue_explicitly(
        page, server, fund, ["1000", "", "", "900", ""], "2024-07-02", "2024-07-15"
    )
    settle_all(page, "2024-07-15")
    call = issue_explicitly(
        page, server, fund, ["1,600", "1,000", "600", "-161", "1,001"], "2025-02-15",
        "2025-03-01", reason="1차 초과 납입",
    )
    go(page, server, f"/calls/{call}", reference_date="2025-03-05")
    shown = facts(page, ".call-facts")
    assert (shown["미납액"], shown["반환할 금액"], shown["요청액"]) == ("4,201", "161", "4,040")
    assert "연체 4일" in page.locator(".chips").inner_text()

    # All but the credit: 100 % of what is owed, and still not complete.
    visit(page, server, f"/calls/{call}", do="settle")
    page.locator("label", has_text="D").locator("input").uncheck()
    fill(page, "settleCall", paid_date="2025-03-10")
    send(page, "settleCall")
    expect_done(page)
    chips = " ".join(page.locator(".chips").inner_text().split())
    assert chips.startswith("일부납입 반환 지연") and chips.endswith("100.00%")
    move(page, server, call, "refund", "162", "2025-03-10", item=3)
    assert "161" in problems(page)[0]
    expect(page.locator("#box-items tbody tr").nth(3).locator("[id^=pay-]")).to_have_count(0)
    move(page, server, call, "refund", "161", "2025-03-10", item=3)
    expect_done(page)
    assert page.locator(".chips").inner_text().strip() == "완료"
    answer = stats(server, fund, "2025-03-10", "partners")
    assert (answer["called"], answer["outstanding"], answer["credits_due"]) == (5_940, 0, 0)


def issue_explicitly(page, server, fund, amounts, notice, due, reason="") -> int:
    visit(page, server, f"/funds/{fund}/new-call")
    page.locator("[name=share_by][value=explicit]").check()
    fill(page, "issueCapitalCall", notice_date=notice, due_date=due)
    for index, amount in enumerate(amounts):
        field(page, "issueCapitalCall", f"items_{index}_amount").fill(amount)
    if reason:
        page.locator("[name=reason], [name=credit_reason]").first.fill(reason)
    send(page, "issueCapitalCall")
    expect_done(page)
    return call_shown(page)


def settle_all(page, day: str):
    """From the page of the call."""
    page.locator("#settle").click()
    fill(page, "settleCall", paid_date=day)
    send(page, "settleCall")
    expect_done(page)


@pytest.fixture
def stated_of_its_own(tmp_path):
    books = tmp_path / "stated.books"
    jangbu("init", "--books", books)
    jangbu("import", ROOT / "Examples/sheets/stated", "--books", books)
    server = Server(books)
    yield server
    server.stop()


@SCRIPTING
def test_case_5_the_first_call_gives_stated_paid_in_away(stated_of_its_own, new_page, scripting):
    server, page = stated_of_its_own, new_page(java_script_enabled=scripting)
    go(page, server, unit="won", reference_date="2026-04-10")
    line = rows(page)[0]
    assert (line["paid_in"], line["paid_in_ratio"]) == ("600", "60.00%")
    assert "paid_in" in line["marks"]
    visit(page, server, "/funds/1/new-call")
    note = page.locator(".msg-note").inner_text()
    assert "600원" in note and "0원" in note, "what will change is said beforehand"
    page.locator("[name=share_by][value=explicit]").check()
    fill(page, "issueCapitalCall", notice_date="2026-04-01", due_date="2026-04-30")
    row = page.locator("#box-shares tbody tr", has_text="LP")
    row.locator("input[name$=amount]:not([type=hidden])").fill("200")
    send(page, "issueCapitalCall")
    expect_done(page)
    pay(page, server, call_shown(page), "200", "2026-04-10")
    expect_done(page)
    for day, paid in [("2026-04-09", "0"), ("2026-04-10", "200")]:
        go(page, server, unit="won", reference_date=day)
        line = rows(page)[0]
        assert (line["paid_in"], line["invested"], line["marks"]) == (paid, "300", {})


@SCRIPTING
def test_case_5_or_an_opening_call_is_made_of_it(stated_of_its_own, new_page, scripting):
    server, page = stated_of_its_own, new_page(java_script_enabled=scripting)
    visit(page, server, "/funds/1/new-call")
    fill(page, "openFromStated", paid_date="2026-01-02")
    preview(page, "openFromStated")
    expect(page.locator("#box-shares tbody tr").last).to_be_visible()
    assert "600" in page.locator("#preview tfoot").inner_text()
    send(page, "openFromStated")
    expect_done(page)
    go(page, server, unit="won", reference_date="2026-04-10")
    line = rows(page)[0]
    assert (line["paid_in"], line["gp_paid_in"], line["marks"]) == ("600", "100", {})


@SCRIPTING
def test_case_6_a_direct_investment_undone(empty_server, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    fund = make_books(server, currency="KRW", name="Fund B", total="1000")
    for amount, day in [("50", "2026-01-10"), ("70", "2026-02-10")]:
        visit(page, server, f"/funds/{fund}/investments", do="invest")
        fill(page, "recordInvestment", party="X", amount=amount, invested_on=day)
        send(page, "recordInvestment")
        expect_done(page)
    assert invested(page, server, ["2026-01-31", "2026-02-10"]) == [("50", "1"), ("120", "1")]

    visit(page, server, f"/funds/{fund}/investments", unit="won")
    page.locator("#box-investments tbody tr", has_text="50").locator("th a").click()
    page.locator("#undo-investment").click()
    fill(page, "undoInvestment", reason="다른 조합의 투자")
    send(page, "undoInvestment")
    expect_done(page)
    assert invested(page, server, ["2026-01-31", "2026-02-10"]) == [("0", "0"), ("70", "1")]
    assert stats(server, fund, "2026-01-31")["outstanding"] == 0
    go(page, server, "/calendar", reference_date="2026-01-31", month="2026-01", direct="true")
    expect(page.locator(".due-card")).to_have_count(0)


def invested(page, server, days) -> list:
    found = []
    for day in days:
        go(page, server, unit="won", reference_date=day)
        line = rows(page)[0]
        found.append((line["invested"], line["company_count"]))
    return found


@pytest.mark.parametrize(
    "currency, commitments, amount, shares",
    [
        (
            "USD", ["60,000,000", "30,000,000", "10,000,000"], "10,000,000.01",
            ["6,000,000.01", "3,000,000.00", "1,000,000.00"],
        ),
        ("KRW", ["10", "10", "10"], "3", ["1", "1", "1"]),
        ("KRW", ["1000", "1000", "1000"], "100", ["34", "33", "33"]),
        ("KRW", ["1000", "1000"], "1", ["1"]),
    ],
)
def test_case_7_shares_to_the_last_unit(empty_server, page, currency, commitments, amount, shares):
    fund = make_books(empty_server, currency=currency, total="100,000,000")
    for index, committed in enumerate(commitments):
        commit(page, empty_server, fund, "partners", f"LP {index + 1}", committed, "기관")
    visit(page, empty_server, f"/funds/{fund}/new-call")
    fill(
        page, "issueCapitalCall", amount=amount, notice_date="2026-02-01", due_date="2026-03-01"
    )
    preview(page, "issueCapitalCall")
    shown = page.locator("#preview tbody").first.locator("tr")
    assert [row.locator(".key").inner_text() for row in shown.all()] == shares
    expect(page.locator("#preview")).to_be_focused()
    send(page, "issueCapitalCall")
    expect_done(page)
    assert [row[1] for row in cells(page, "box-items")] == shares


DATES = [
    ("2026-01-31", "2026-02-28", "1개월"),
    ("2024-02-29", "2025-02-28", "1년"),
    ("2024-02-29", "2025-02-27", "11개월"),
    ("2026-03-31", "2026-04-29", "29일"),
    ("2026-07-01", "2026-07-01", "만기일"),
    ("2026-07-02", "2026-07-01", "만기 경과"),
]


def test_case_8_remaining_terms(empty_server, page):
    for day, maturity, _ in DATES:
        make_books(
            empty_server, name=f"{day} {maturity}", formation_date="2020-01-01",
            maturity_date=maturity,
        )
    for index, (day, _, words) in enumerate(DATES):
        go(page, empty_server, reference_date=day)
        assert rows(page)[index]["remaining"] == words, day


def test_case_8_progress(empty_server, page):
    make_books(
        empty_server, name="P", formation_date="2024-07-02", investment_period_end="2028-07-01"
    )
    go(page, empty_server, reference_date="2024-07-02")
    for day, words in [
        ("2024-07-01", "0%"), ("2024-07-02", "0%"), ("2026-02-14", "41%"), ("2028-07-01", "100%"),
        ("2029-01-01", "100%"),
    ]:
        type_date(page, day)
        expect_date(page, day)
        shown = rows(page)[0]["progress"]
        assert shown == words or day < "2024-07-02", (day, shown)


@SCRIPTING
def test_case_9_a_dated_change_of_commitment(empty_server, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    fund = make_books(server, currency="KRW", total="1000")
    commit(page, server, fund, "partners", "LP", "500", "기관")
    trail = httpx.get(f"{server.url}/api/audit", trust_env=False, headers=server.headers).json()
    before = max(entry["recorded_at"] for entry in trail["entries"])
    visit(page, server, f"/funds/{fund}/partners")
    page.locator("#change-commitment").click()
    fill(page, "changeCommitment", amount="300", effective_on="2026-06-30", reason="증액")
    send(page, "changeCommitment")
    expect_done(page)
    for day, committed in [("2026-06-29", "500"), ("2026-06-30", "800")]:
        go(page, server, f"/funds/{fund}/partners", unit="won", reference_date=day)
        assert cells(page, "box-partners")[0][3] == committed
        go(
            page, server, f"/funds/{fund}/partners", unit="won", reference_date=day,
            known_at=before,
        )
        assert cells(page, "box-partners")[0][3] == "500"


def test_case_10_two_currencies(empty_server, page):
    server = empty_server
    for currency, total, paid in [("KRW", "1000", "400"), ("USD", "10.00", "2.50")]:
        fund = make_books(server, currency=currency, name=f"Fund {currency}", total=total)
        commit(page, server, fund, "partners", "LP", total, "기관")
        call = issue(
            page, server, fund, amount=paid, notice_date="2026-01-02", due_date="2026-01-31"
        )
        pay(page, server, call, paid, "2026-01-31")
        expect_done(page)
    go(page, server, unit="won")
    totals = texts(page, "#fund-table tfoot tr")
    assert len(totals) == 2, "one line of totals for each currency"
    for words, figures in [
        (totals[0], ["1,000", "400", "40.00%"]), (totals[1], ["10.00", "2.50", "25.00%"])
    ]:
        assert [figure for figure in figures if figure in words.split()] == figures
