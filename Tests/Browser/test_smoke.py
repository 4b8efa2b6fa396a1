"""Does it run at all: the first page of the demo books, as a person meets it."""

import pytest
from harness import DEMO_DAY, axe
from playwright.sync_api import expect


OVERVIEW = f"/fund-overview?reference_date={DEMO_DAY}"


def test_the_printed_address_is_the_overview_on_the_firms_day(demo_server_of_its_own, page):
    """Once somebody can sign in; before, it is the link that makes the first owner."""
    server = demo_server_of_its_own
    assert "/welcome/" in server.first_page
    assert server.first_page.endswith(f"?reference_date={DEMO_DAY}")
    server.halt()
    server.start(port=server.port)
    assert server.first_page == f"{server.url}{OVERVIEW}"
    response = page.goto(server.first_page)
    assert response.status == 200
    expect(page.get_by_text("미래투자조합").first).to_be_visible()


@pytest.mark.each_language
def test_the_root_leads_to_a_page(demo_server, page, language):
    response = page.goto(f"{demo_server.url}/")
    assert response.status == 200
    expect(page.locator("html")).to_have_attribute("lang", language[:2])
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.each_look
def test_axe_finds_nothing_on_the_first_page(demo_server, page):
    page.goto(f"{demo_server.url}{OVERVIEW}")
    axe(page)


def test_empty_books_have_a_first_page_too(empty_server, page):
    response = page.goto(f"{empty_server.url}/")
    assert response.status == 200
    axe(page)
