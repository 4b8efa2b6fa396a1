"""The forms of funds, investments and terms; and how every page that writes looks and is read."""

import re

import pytest
from harness import SCHEMES, axe
from pages import cut_texts, go, rows, sideways_scroll
from playwright.sync_api import expect
from working import cells, commit, expect_done, facts, field, fill, issue, make_books
from working import new_server, preview, problems, send, stats, visit

SCRIPTING = pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])


@SCRIPTING
def test_a_commitment_with_what_is_wrong_first(empty_server, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    fund = make_books(server, currency="KRW", total="100억")
    visit(page, server, f"/funds/{fund}/partners")
    page.locator("#new-commitment").click()
    expect(field(page, "commit", "party")).to_be_focused()
    fill(page, "commit", partner_type="기관", amount="많이")
    send(page, "commit")
    assert len(problems(page)) == 2
    expect(field(page, "commit", "party")).to_be_focused()
    expect(field(page, "commit", "amount")).to_have_value("많이")
    fill(page, "commit", party="한빛캐피탈", amount="35억")
    send(page, "commit")
    expect_done(page)
    assert cells(page, "box-partners")[0][:4] == ["한빛캐피탈", "기관", "–", "3,500"]
    expect(page.locator("form[id^=commit]")).to_have_count(0)


@SCRIPTING
def test_a_staged_investment_in_dollars_grows(empty_server, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    fund = make_books(server)
    investment = commit(page, server, fund, "investments", "Balerion", "1,000,000.50", "LP")
    visit(page, server, f"/investments/{investment}")
    page.locator("#change-commitment").click()
    amount = field(page, "changeCommitment", "amount")
    expect(amount).to_be_focused()
    amount.fill("250,000.125")
    send(page, "changeCommitment")
    assert len(problems(page)) == 1, "a cent is the least"
    fill(page, "changeCommitment", amount="249,999.50", effective_on="2026-06-30", reason="후속")
    send(page, "changeCommitment")
    expect_done(page)
    assert facts(page, "main .facts")["약정"] == "1,250,000.00"
    assert stats(server, fund, "2026-06-29")["committed"] == 1_000_000.5
    page.locator("#new-call").click()
    fill(page, "issueCapitalCall", amount="10%", notice_date="2026-07-01", due_date="2026-07-31")
    send(page, "issueCapitalCall")
    assert len(problems(page)) == 1
    fill(page, "issueCapitalCall", amount="1,250,000")
    send(page, "issueCapitalCall")
    expect_done(page)
    assert facts(page, ".call-facts")["요청액"] == "1,250,000.00"


@SCRIPTING
def test_terms_are_amended_and_what_they_were_stays(demo_server_of_its_own, new_page, scripting):
    server, page = demo_server_of_its_own, new_page(java_script_enabled=scripting)
    visit(page, server, "/funds/1/terms")
    expect(page.locator("#box-versions")).to_have_count(0)
    fill(page, "amendFund", fund_manager="이00", maturity_date="2033-07-01", hurdle_rate="높게")
    send(page, "amendFund")
    assert len(problems(page)) == 1
    expect(field(page, "amendFund", "hurdle_rate")).to_be_focused()
    expect(field(page, "amendFund", "fund_manager")).to_have_value("이00")
    fill(page, "amendFund", hurdle_rate="3")
    send(page, "amendFund")
    expect_done(page)
    changed = [row[1:] for row in cells(page, "box-versions")]
    assert ["대표 펀드매니저", "김00", "이00"] in changed
    assert ["청산시기(예정)", "2032-07-01", "2033-07-01"] in changed
    assert len(changed) == 3, "what was not touched is not amended"
    go(page, server)
    assert rows(page)[0]["fund_manager"] == "이00"


@SCRIPTING
def test_the_commitment_total_grows_from_a_day(demo_server_of_its_own, new_page, scripting):
    server, page = demo_server_of_its_own, new_page(java_script_enabled=scripting)
    visit(page, server, "/funds/1/terms")
    fill(page, "changeCommitmentTotal", amount="10억", effective_on="2026-02-01", reason="증액")
    send(page, "changeCommitmentTotal")
    expect_done(page)
    for day, total in [("2026-01-31", "20,203"), ("2026-02-01", "21,203")]:
        go(page, server, reference_date=day)
        assert rows(page)[0]["commitment_total"] == total


def test_the_other_language_keeps_what_is_typed_once(empty_server, page):
    fund = make_books(empty_server, currency="KRW", total="1000")
    visit(page, empty_server, f"/funds/{fund}/partners", do="commit")
    fill(page, "commit", party="한빛", amount="35")
    switch_language(page, "en")
    expect(field(page, "commit", "party")).to_have_value("한빛")
    expect(field(page, "commit", "amount")).to_have_value("35")
    expect(page.locator("output[for$=amount]")).to_have_text("KRW 35")
    # What came back with something wrong in it goes along, too.
    send(page, "commit")
    assert len(problems(page)) == 1
    switch_language(page, "ko")
    expect(field(page, "commit", "party")).to_have_value("한빛")
    fill(page, "commit", partner_type="기관")
    send(page, "commit")
    expect_done(page)
    # Sent: neither a form opened anew nor the way back fills it in again.
    switch_language(page, "en")
    visit(page, empty_server, f"/funds/{fund}/partners", do="commit")
    expect(field(page, "commit", "party")).to_have_value("")
    page.reload()
    expect(field(page, "commit", "party")).to_have_value("")


def test_another_reference_date_keeps_a_half_filled_form(empty_server, page):
    fund = make_books(empty_server, currency="KRW", total="1000")
    visit(page, empty_server, f"/funds/{fund}/partners", do="commit")
    fill(page, "commit", party="한빛")
    field(page, "commit", "amount").press_sequentially("1234567.8")
    expect(field(page, "commit", "amount")).to_have_value("1,234,567.8")  # grouped while typed
    field(page, "commit", "amount").fill("35")
    expect(page.locator("output[for$=amount]")).to_have_text("35원")
    before = page.locator("#reference-date").input_value()
    page.locator("#step-back").click()
    expect(page.locator("#reference-date")).not_to_have_value(before)
    expect(field(page, "commit", "party")).to_have_value("한빛")
    expect(field(page, "commit", "amount")).to_have_value("35")
    expect(page.locator("output[for$=amount]")).to_have_text("35원")
    page.locator(".form-panel a.button").click()  # closed, it is forgotten
    page.locator("#new-commitment").click()
    expect(field(page, "commit", "party")).to_have_value("")


def test_what_was_typed_goes_to_no_other_page_and_to_none_after_it(empty_server, page):
    fund = make_books(empty_server, currency="KRW", total="1000")
    visit(page, empty_server, f"/funds/{fund}/partners", do="commit")
    fill(page, "commit", party="한빛")
    switch_language(page, "en")
    expect(field(page, "commit", "party")).to_have_value("한빛")
    address = page.url
    visit(page, empty_server, "/companies")
    page.goto(address)
    expect(field(page, "commit", "party")).to_have_value("")
    # The link was pressed, but another page came: there is nothing left of it.
    fill(page, "commit", party="다른")
    page.route("**/*lang=ko*", lambda route: route.fulfill(status=204))
    page.locator("#language").click()
    page.unroute_all()
    visit(page, empty_server, "/companies")
    page.goto(address.replace("lang=en", "lang=ko"))
    expect(field(page, "commit", "party")).to_have_value("")


def switch_language(page, to: str):
    page.locator("#language").click()
    page.wait_for_url(f"**lang={to}*")
    expect(page.locator("html")).to_have_attribute("lang", to)


def test_a_direct_investment_is_undone_with_a_reason(empty_server, page):
    fund = make_books(empty_server, currency="KRW", total="1000")
    visit(page, empty_server, f"/funds/{fund}/investments", do="invest")
    expect(field(page, "recordInvestment", "party")).to_be_focused()
    fill(page, "recordInvestment", party="넥스트", amount="50", invested_on="2199-01-01")
    send(page, "recordInvestment")
    assert len(problems(page)) == 1, "money that has not moved"
    fill(page, "recordInvestment", invested_on="2026-01-10")
    send(page, "recordInvestment")
    expect_done(page)
    page.locator("#box-investments th a").click()
    page.locator("#undo-investment").click()
    expect(field(page, "undoInvestment", "reason")).to_be_focused()
    send(page, "undoInvestment")
    assert len(problems(page)) == 1, "a reason is wanted"
    fill(page, "undoInvestment", reason="다른 조합의 투자")
    send(page, "undoInvestment")
    expect_done(page)
    assert page.url.split("?")[0].endswith(f"/funds/{fund}/investments")


def test_a_company_leads_to_its_investments(demo_server, page):
    go(page, demo_server, "/companies")
    first = page.locator("#box-companies tbody tr").first
    name = first.locator("th a").inner_text()
    first.locator("th a").click()
    expect(page.locator("h1")).to_have_text(name)
    page.locator("#box-companies tbody td:nth-child(3) a").first.click()
    page.wait_for_url("**/investments/*")
    expect(page.locator("h1")).to_contain_text(name)


# How they look


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory, browser):
    """Books with a call that is partly paid, and a staged investment."""
    server = new_server(tmp_path_factory.mktemp("forms"))
    fund = make_books(server, currency="KRW", name="Hanbit", total="100억")
    context = browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
    context.add_cookies([server.cookie])
    page = context.new_page()
    for name, amount in [("LP 1", "60억"), ("LP 2", "30억"), ("LP 3", "10억")]:
        commit(page, server, fund, "partners", name, amount, "LP")
    commit(page, server, fund, "investments", "Balerion", "5억", "LP interest")
    issue(
        page, server, fund, call_type="First", amount="1,234,567,891", notice_date="2026-02-01",
        due_date="2026-03-01",
    )
    fill(page, "recordPayment", amount="1억", paid_date="2026-02-10", memo="part")
    send(page, "recordPayment")
    context.close()
    yield server
    server.stop()


def refused_payment(page):
    fill(page, "recordPayment", amount="10,000,000,000")
    send(page, "recordPayment")
    assert problems(page)


def refused_settlement(page):
    for box in page.locator("#call-form [type=checkbox]").all():
        box.uncheck()
    send(page, "settleCall")
    assert problems(page)


def refused_call(page):
    fill(page, "issueCapitalCall", amount="1.5", due_date="2026-02-30")
    send(page, "issueCapitalCall")
    assert len(problems(page)) == 2


def previewed_call(page):
    fill(page, "issueCapitalCall", amount="1,000,000", due_date="2199-12-31")
    preview(page, "issueCapitalCall")
    expect(page.locator("#box-would-be")).to_be_visible()


def refused_commitment(page):
    send(page, "commit")
    assert len(problems(page)) == 2


def refused_terms(page):
    fill(page, "amendFund", name="", maturity_date="soon")
    send(page, "amendFund")
    assert len(problems(page)) == 2


def paid(page):
    fill(page, "recordPayment", amount="1", paid_date="2026-02-10")
    send(page, "recordPayment")
    expect(page.locator("#undo")).to_be_visible()


STATES = {
    "new fund": ("/funds/new", {}, None),
    "new call": ("/funds/1/new-call", {}, None),
    "new call, previewed": ("/funds/1/new-call", {}, previewed_call),
    "new call, refused": ("/funds/1/new-call", {}, refused_call),
    "new call of an investment": ("/funds/1/new-call", {"commitment": 4}, None),
    "call": ("/calls/1", {}, None),
    "call on a past day": ("/calls/1", {"reference_date": "2026-02-14"}, None),
    "call, paid": ("/calls/1", {}, paid),
    "payment refused": ("/calls/1", {}, refused_payment),
    "settle": ("/calls/1", {"do": "settle"}, None),
    "settle refused": ("/calls/1", {"do": "settle"}, refused_settlement),
    "refund": ("/calls/1", {"do": "refund", "item": 1}, None),
    "reverse": ("/calls/1", {"do": "reverse", "entry": 1}, None),
    "amend": ("/calls/1", {"do": "amend"}, None),
    "cancel": ("/calls/1", {"do": "cancel"}, None),
    "drawer": ("/calendar", {"call": 1, "month": "2026-03"}, None),
    "drawer refused": ("/calendar", {"call": 1, "month": "2026-03"}, refused_payment),
    "partners": ("/funds/1/partners", {}, None),
    "commitment refused": ("/funds/1/partners", {"do": "commit"}, refused_commitment),
    "commitment changed": ("/funds/1/partners", {"do": "change"}, None),
    "investments": ("/funds/1/investments", {"do": "invest"}, None),
    "ledger": ("/funds/1/ledger", {}, None),
    "terms": ("/funds/1/terms", {}, None),
    "terms refused": ("/funds/1/terms", {}, refused_terms),
    "deal": ("/investments/4", {"do": "change"}, None),
    "companies": ("/companies", {}, None),
}


@pytest.mark.each_language
@pytest.mark.parametrize("state", STATES)
def test_pages_that_write(worked_on, new_page, state, language):
    """axe finds nothing, in light and dark, wide and narrow; nothing is cut; no page scrolls
    sideways; no Korean is left on English pages."""
    path, query, prepare = STATES[state]
    page = new_page(language=language, viewport={"width": 1440, "height": 900})
    visit(page, worked_on, path, **query)
    if prepare:
        prepare(page)
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert sideways_scroll(page) == 0, width
        assert cut_texts(page) == [], width
        for scheme in {1440: SCHEMES, 390: SCHEMES[:1]}.get(width, []):
            page.emulate_media(color_scheme=scheme)
            axe(page)
    if language == "en-US":
        assert korean_on(page) == []


def korean_on(page) -> list[str]:
    """Words in Korean, but for the house's own name and the name of the language."""
    text = page.locator("body").evaluate(
        "body => { const copy = body.cloneNode(true);"
        " copy.querySelectorAll('[lang=ko], datalist, script, template, .print-head').forEach("
        "it => it.remove()); return copy.textContent; }"
    )
    fields = page.locator("main input:not([type=hidden])").evaluate_all(
        "all => all.flatMap(it => [it.value, it.ariaLabel || '', it.placeholder])"
    )
    return re.findall("[가-힣]+", text + " ".join(fields))
