"""Setting up a fund with Tab, Enter and typing alone: no mouse, with and without scripts."""

import pytest
from playwright.sync_api import expect
from working import expect_done, number, press_enter, stats, tab_to, visit

SCRIPTING = pytest.mark.parametrize("scripting", [True, False], ids=["script", "no script"])


def open_form(page, opener: str, first: str):
    """Opens a form by the link to it; the focus is in its first field."""
    tab_to(page, opener)
    press_enter(page)
    expect(page.locator(f"[name={first}]")).to_be_focused()


def type_all(page, **fields):
    """Types into each field, in the order in which Tab comes to them, and sends the form."""
    for name, text in fields.items():
        tab_to(page, f"main [name={name}]")
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
    press_enter(page)
    expect_done(page)


@SCRIPTING
def test_a_fund_from_nothing_to_its_last_investment(empty_server, new_page, scripting):
    server, page = empty_server, new_page(java_script_enabled=scripting)
    visit(page, server, "/fund-overview")
    tab_to(page, "#register-fund")
    press_enter(page)
    type_all(page, name="새조합", commitment_total="10억")
    fund = int(number(page.url))

    tab_to(page, "#tab-partners")
    press_enter(page)
    for party, kind, amount in [("가나다", "GP", "1억"), ("라마바", "기관", "9억")]:
        open_form(page, "#new-commitment", "party")
        type_all(page, party=party, partner_type=kind, amount=amount)
    open_form(page, "#change-commitment", "commitment")
    page.keyboard.type("라마바")
    type_all(page, amount="-1억", effective_on="2026-02-10", reason="감액")
    assert stats(server, fund, "2026-02-09", "partners")["committed"] == 1_000_000_000
    assert stats(server, fund, "2026-02-10", "partners")["committed"] == 900_000_000

    tab_to(page, "#tab-investments")
    press_enter(page)
    open_form(page, "#new-commitment", "party")
    type_all(page, party="스타트업", instrument="보통주", amount="3억")
    open_form(page, "#new-investment", "party")
    type_all(page, party="다른회사", amount="5,000만", invested_on="2026-02-11")
    assert stats(server, fund, "2026-02-11")["committed"] == 350_000_000
    tab_to(page, "#undo")
    press_enter(page)
    expect(page.locator("[name=reason]")).to_be_focused()
    type_all(page, reason="잘못 적음")
    assert stats(server, fund, "2026-02-11")["committed"] == 300_000_000

    tab_to(page, "#tab-terms")
    press_enter(page)
    type_all(page, fund_manager="김00", formation_date="2026-01-02")
    visit(page, server, f"/funds/{fund}")
    assert "김00" in page.locator("main").inner_text()
