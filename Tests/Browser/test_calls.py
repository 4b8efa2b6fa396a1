"""The work on capital calls: issuing, amending, cancelling, payments, refunds, reversals."""

import pytest
from harness import axe
from pages import go
from playwright.sync_api import expect
from working import call_shown, cells, choose, commit, expect_done, facts, field, fill, issue
from working import make_books, pay, press_enter, preview, problems, send, stats, tab_to, texts
from working import visit

SCRIPTING = pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])
NOTICE, DUE = "2026-02-01", "2026-03-01"
DATES = {"notice_date": NOTICE, "due_date": DUE}


@pytest.fixture
def partners(empty_server, page):
    """A fund in won with three partners."""
    fund = make_books(empty_server, currency="KRW", name="한빛조합", total="1,000억")
    for name, amount, kind in [("가", "60억", "기관"), ("나", "30억", "기관"), ("다", "10억", "GP")]:
        commit(page, empty_server, fund, "partners", name, amount, kind)
    return fund


# Issuing


def test_a_pro_rata_call_with_its_preview(demo_server_of_its_own, page):
    """12억 3,400만 on 미래투자조합: shares, then what changes; one is left out, one changed."""
    server = demo_server_of_its_own
    visit(page, server, "/funds/1/new-call")
    fill(page, "issueCapitalCall", amount="12억 3,400만", **DATES | {"notice_date": "2026-11-01"})
    fill(page, "issueCapitalCall", due_date="2026-12-01")
    expect(page.locator("output[for$=-amount]").first).to_have_text("12억 3,400만 원")
    preview(page, "issueCapitalCall")
    # By commitment the GP, which has paid all it promised, would be asked for more: the other way
    # is offered.
    assert "약정 초과" in page.locator("#preview").inner_text()
    with page.expect_navigation():
        page.locator("[name='fill.share_by']").click()
    expect(page.locator("[name=share_by][value=not_yet_called]")).to_be_checked()
    preview(page, "issueCapitalCall")
    expect(page.locator("[name='fill.share_by']")).to_have_count(0)
    shares = page.locator("#preview tbody").first
    names = texts(page, "#preview tbody:first-of-type th")
    assert "트리거투자파트너스" not in names[:4], "the GP has nothing left to call"
    figures = [row.locator(".key").inner_text() for row in shares.locator("tr").all()]
    assert figures == ["488,632,239", "305,395,149", "183,237,090", "256,735,522"]
    assert sum(int(figure.replace(",", "")) for figure in figures) == 1_234_000_000
    assert [row[1:] for row in cells(page, "box-would-be")] == [
        ["14,142,000,000", "15,376,000,000", "+1,234,000,000"],
        ["0", "1,234,000,000", "+1,234,000,000"],
        ["14,142,000,000", "14,142,000,000", "0"],
        ["6,061,000,000", "4,827,000,000", "−1,234,000,000"],
    ]
    before = stats(server, 1, "2026-11-01", "partners")
    assert before["noticed"] == 14_142_000_000, "a preview changes nothing"

    # Another amount is shared anew, and stands ready to be changed.
    fill(page, "issueCapitalCall", amount="1,000,000")
    page.locator("#box-shares tbody tr", has_text="개인투자자").get_by_role("checkbox").check()
    preview(page, "issueCapitalCall")
    ready = page.locator("#box-shares input[name$=amount]:not([type=hidden])")
    assert [each.input_value() for each in ready.all()] == ["500,000", "312,500", "187,500", "", ""]
    ready.nth(0).fill("500,001")
    choose(page, "issueCapitalCall", "share_by", "explicit")
    send(page, "issueCapitalCall")
    (problem,) = problems(page)
    assert "1,000,001원" in problem and "1,000,000원" in problem, "the total is what they add up to"
    fill(page, "issueCapitalCall", amount="1,000,001")
    send(page, "issueCapitalCall")
    expect_done(page)
    assert facts(page, ".call-facts")["요청액"] == "1,000,001"
    assert [row[1] for row in cells(page, "box-items")] == ["500,001", "312,500", "187,500"]


def test_a_percent_of_commitments(empty_server, partners, page):
    visit(page, empty_server, f"/funds/{partners}/new-call")
    fill(page, "issueCapitalCall", percent="12.5", **DATES)
    choose(page, "issueCapitalCall", "share_by", "commitment")
    send(page, "issueCapitalCall")
    expect_done(page)
    assert [row[1] for row in cells(page, "box-items")] == [
        "750,000,000", "375,000,000", "125,000,000"
    ]


def test_above_a_commitment_a_reason_is_wanted(empty_server, partners, page):
    visit(page, empty_server, f"/funds/{partners}/new-call")
    choose(page, "issueCapitalCall", "share_by", "explicit")
    fill(page, "issueCapitalCall", **DATES)
    field(page, "issueCapitalCall", "items_2_amount").fill("11억")
    send(page, "issueCapitalCall")
    assert problems(page)
    reason = field(page, "issueCapitalCall", "over_commitment_reason")
    expect(reason).to_be_focused()
    reason.fill("관리보수 포함")
    send(page, "issueCapitalCall")
    expect_done(page)
    assert [row[1] for row in cells(page, "box-items")] == ["1,100,000,000"]


@SCRIPTING
def test_what_is_wrong_stays_with_what_was_typed(empty_server, partners, new_page, scripting):
    page = new_page(java_script_enabled=scripting)
    visit(page, empty_server, f"/funds/{partners}/new-call")
    fill(page, "issueCapitalCall", amount="열두 억", notice_date=NOTICE, due_date="2026-02-30")
    send(page, "issueCapitalCall")
    assert len(problems(page)) == 2
    due = field(page, "issueCapitalCall", "due_date")
    expect(due).to_be_focused()
    expect(due).to_have_value("2026-02-30")
    expect(due).to_have_attribute("aria-invalid", "true")
    assert "2월 30일" in page.locator(f"#{described_by(due)}").inner_text()
    expect(field(page, "issueCapitalCall", "amount")).to_have_value("열두 억")
    choose(page, "issueCapitalCall", "share_by", "explicit")
    fill(page, "issueCapitalCall", due_date=DUE, amount="")
    send(page, "issueCapitalCall")
    assert len(problems(page)) == 1, "nobody is asked for anything"
    expect(page.locator("[role=alert]")).to_be_focused()


def described_by(locator) -> str:
    """The id of the sentence that says what is wrong with a field."""
    return locator.get_attribute("aria-describedby").split()[-1]


# Payments


@pytest.fixture
def call(empty_server, partners, page) -> int:
    """1,000 asked of three partners: 600, 300, 100."""
    return issue(page, empty_server, partners, amount="1,000", **DATES)


@SCRIPTING
def test_paid_in_part_then_the_rest_with_one_click(empty_server, call, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    pay(page, server, call, "250", "2026-02-10")
    expect_done(page)
    assert "2026-02-10" in page.locator("#done").inner_text()
    assert "250원" in page.locator("#done").inner_text()
    pay(page, server, call, "351", "2026-02-11")
    assert "350" in problems(page)[0]
    amount = field(page, "recordPayment", "amount")
    expect(amount).to_be_focused()
    expect(amount).to_have_value("351")
    page.locator(".err-way-out button").click()
    expect(amount).to_have_value("350")
    expect(amount).to_be_focused()
    expect(page.locator("output[for$=-amount]")).to_have_text("350원")
    fill(page, "recordPayment", paid_date="2026-02-11")
    send(page, "recordPayment")
    expect_done(page)
    shown = facts(page, ".call-facts")
    assert (shown["납입액"], shown["미납액"], shown["최근 납입일"]) == ("600", "400", "2026-02-11")
    assert "60.00%" in page.locator(".chips").inner_text()

    # The next partner's form is open; the whole amount stands ready.
    assert "나" in page.locator("#call-form h3").inner_text()
    page.locator("#call-form .read button").click()
    expect(field(page, "recordPayment", "amount")).to_have_value("300")


@SCRIPTING
def test_the_rest_in_one_go(empty_server, call, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    pay(page, server, call, "600", "2026-02-10")
    page.locator("#settle").click()
    expect(page.locator("#call-form [type=checkbox]")).to_have_count(2)
    for box in page.locator("#call-form [type=checkbox]").all():
        box.uncheck()
    send(page, "settleCall")
    assert len(problems(page)) == 1, "nothing was chosen"
    assert stats(server, 1, "2026-02-28", "partners")["called"] == 600, "nothing was recorded"
    for box in page.locator("#call-form [type=checkbox]").all():
        box.check()
    fill(page, "settleCall", paid_date="2026-02-20", reference="이체 77")
    send(page, "settleCall")
    expect_done(page)
    assert page.locator(".chips").inner_text().strip() == "완료"
    entries = cells(page, "box-entries")
    assert [row[3] for row in entries] == ["+600", "+300", "+100"]
    assert [row[4] for row in entries] == ["–", "이체 77", "이체 77"]


@SCRIPTING
def test_refund_then_undo_then_reverse(empty_server, call, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    pay(page, server, call, "600", "2026-02-10")
    page.locator("#box-items [id^=refund-]").click()
    expect(field(page, "recordRefund", "amount")).to_be_focused()
    fill(page, "recordRefund", amount="100", paid_date="2026-02-12", memo="잘못 보낸 돈")
    send(page, "recordRefund")
    expect_done(page)
    assert facts(page, ".call-facts")["납입액"] == "500"
    # What was just done can be taken back from where it is told.
    page.locator("#undo").click()
    reason = field(page, "reverseEntry", "reason")
    expect(reason).to_be_focused()
    send(page, "reverseEntry")
    assert len(problems(page)) == 1, "a reason is wanted"
    expect(reason).to_be_focused()
    reason.fill("반환이 아니었음")
    send(page, "reverseEntry")
    expect_done(page)
    assert facts(page, ".call-facts")["납입액"] == "600"
    uncounted = page.locator("#box-entries tr.uncounted")
    expect(uncounted).to_have_count(2)
    expect(uncounted.locator(".act")).to_have_count(0)


@SCRIPTING
def test_amend_and_cancel(empty_server, call, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    visit(page, server, f"/calls/{call}")
    page.locator("#amend-call").click()
    expect(field(page, "amendCapitalCall", "call_type")).to_be_focused()
    fill(page, "amendCapitalCall", call_type="수시납입", due_date="2026-01-31")
    send(page, "amendCapitalCall")
    assert len(problems(page)) == 1, "due before the notice"
    expect(field(page, "amendCapitalCall", "due_date")).to_be_focused()
    fill(page, "amendCapitalCall", due_date="2026-04-15")
    send(page, "amendCapitalCall")
    expect_done(page)
    assert "수시납입" in page.locator("h1").inner_text()
    assert facts(page, ".call-facts")["납입기한"] == "2026-04-15"

    page.locator("#cancel-call").click()
    fill(page, "cancelCapitalCall", cancelled_on="2026-02-10", reason="금액 착오")
    send(page, "cancelCapitalCall")
    expect_done(page)
    expect(page.locator("#call-form")).to_have_count(0)
    assert stats(server, 1, "2026-02-09", "partners")["outstanding"] == 1000
    assert stats(server, 1, "2026-02-10", "partners")["outstanding"] == 0


def test_a_call_with_payments_is_not_cancelled(empty_server, call, page):
    pay(page, empty_server, call, "600", "2026-02-10")
    page.locator("#cancel-call").click()
    fill(page, "cancelCapitalCall", reason="금액 착오")
    send(page, "cancelCapitalCall")
    assert len(problems(page)) == 1
    assert stats(empty_server, 1, "2026-02-28", "partners")["called"] == 600


def test_two_desks_the_second_learns_what_is_left(empty_server, call, new_page):
    """The other page was loaded before and pays the same once more."""
    first, second = new_page(java_script_enabled=False), new_page(java_script_enabled=False)
    visit(second, empty_server, f"/calls/{call}")
    pay(first, empty_server, call, "400", "2026-02-10")
    expect_done(first)
    fill(second, "recordPayment", amount="600", paid_date="2026-02-10")
    send(second, "recordPayment")
    assert "200" in problems(second)[0]
    assert "200원" in second.locator("#call-form .read").first.inner_text(), "what is left now"
    second.locator(".err-way-out button").click()
    send(second, "recordPayment")
    expect_done(second)
    assert stats(empty_server, 1, "2026-02-28", "partners")["called"] == 600


def test_sent_twice_is_recorded_once(empty_server, call, new_page):
    page = new_page()
    visit(page, empty_server, f"/calls/{call}")
    fill(page, "recordPayment", amount="100", paid_date="2026-02-10")
    with page.expect_navigation():
        page.evaluate(
            "() => { const form = document.querySelector('[id^=recordPayment][id$=form]');"
            " const body = new URLSearchParams(new FormData(form));"
            " return fetch(form.action, { method: 'POST', body }).then(() => form.submit()); }"
        )
    expect_done(page)
    assert stats(empty_server, 1, "2026-02-28", "partners")["called"] == 100


# In the drawer, on past days, by keyboard


@SCRIPTING
def test_paying_in_the_calendars_drawer(empty_server, call, new_page, scripting):
    page = new_page(java_script_enabled=scripting)
    query = {"reference_date": "2026-02-28", "month": "2026-03"}
    go(page, empty_server, "/calendar", **query, call=call)
    page.locator("#drawer [id^=pay-]").nth(1).click()
    expect(field(page, "recordPayment", "amount")).to_be_focused()
    fill(page, "recordPayment", amount="300", paid_date="2026-02-20")
    send(page, "recordPayment")
    expect_done(page)
    expect(page.locator("#drawer")).to_be_visible()
    assert facts(page, "#drawer .call-facts")["납입액"] == "300"
    assert "일부납입 30.00%" in " ".join(page.locator(f"#call-{call}").inner_text().split())
    page.locator("#undo").click()
    fill(page, "reverseEntry", reason="두 번 입력함")
    send(page, "reverseEntry")
    expect_done(page)
    assert facts(page, "#drawer .call-facts")["납입액"] == "0"


def test_a_past_day_is_told_where_one_writes(empty_server, call, page):
    go(page, empty_server, f"/calls/{call}", reference_date="2026-02-14")
    note = page.locator("#past-date")
    assert "2026-02-14" in note.inner_text()
    page.locator("#write-today").click()
    expect(page.locator("#past-date")).to_have_count(0)
    expect(page.locator("#call-form")).to_be_visible()


@SCRIPTING
def test_a_whole_call_by_keyboard_alone(empty_server, partners, new_page, scripting):
    """From the fund's page to the last payment, with Tab, Enter and typing."""
    page = new_page(java_script_enabled=scripting)
    visit(page, empty_server, f"/funds/{partners}/partners")
    tab_to(page, "#new-call")
    page.keyboard.press("Enter")
    page.wait_for_url("**/new-call*")
    for name, text in [("notice_date", NOTICE), ("due_date", DUE), ("amount", "1,000")]:
        tab_to(page, f"[name={name}]")
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
    press_enter(page)  # a look first, not the call itself
    expect(page.locator("#preview")).to_be_focused()
    tab_to(page, "form[id^=issueCapitalCall] .button-go", back=True)
    press_enter(page)
    expect_done(page)
    for _ in range(2):
        tab_to(page, "#call-form [name=amount]")
        page.keyboard.type("100")
        tab_to(page, "#call-form [name=paid_date]")
        page.keyboard.press("Control+A")
        page.keyboard.type("2026-02-10")
        press_enter(page)
        expect_done(page)
    tab_to(page, "#settle")
    page.keyboard.press("Enter")
    expect(page.locator("#call-form [type=checkbox]").first).to_be_focused()
    tab_to(page, "#call-form [name=paid_date]")
    page.keyboard.press("Control+A")
    page.keyboard.type("2026-02-11")
    press_enter(page)
    expect_done(page)
    assert page.locator(".chips").inner_text().strip() == "완료"
    tab_to(page, "#box-entries .act")
    page.keyboard.press("Enter")
    expect(field(page, "reverseEntry", "reason")).to_be_focused()
    page.keyboard.type("두 번 입력함")
    press_enter(page)
    expect_done(page)
    assert facts(page, ".call-facts")["납입액"] == "900"


def test_opening_and_closing_a_form_moves_the_focus(empty_server, call, page):
    visit(page, empty_server, f"/calls/{call}")
    for opener in ("#amend-call", "#cancel-call", "#settle"):
        page.locator(opener).press("Enter")
        expect(page.locator("#close-form")).to_be_visible()
        assert page.evaluate("!!document.activeElement.closest('#call-form')"), opener
        page.locator("#close-form").press("Enter")
        expect(page.locator("#close-form")).to_have_count(0)
        expect(page.locator(opener)).to_be_focused()
    axe(page)
