"""Finding anything by a part of its name or its initial consonants; the keys."""

import pytest
from harness import DEMO_DAY, axe
from pages import eventually, go, query_of, sideways_scroll
from playwright.sync_api import expect

PALETTE, TEXT, FOUND = "#palette", "#palette-text", "#palette-found a"
KEYS = "#key-dialog"


def names(page, selector=FOUND):
    return page.locator(f"{selector} b").all_inner_texts()


def open_palette(page, key="/"):
    page.keyboard.press(key)
    expect(page.locator(PALETTE)).to_be_visible()
    expect(page.locator(TEXT)).to_be_focused()


@pytest.mark.parametrize("typed", ["미래투자", "ㅁㄹㅌㅈ", "미ㄹ", "밀", "  ㅁ ㄹ"])
def test_a_fund_by_keyboard_alone(demo_server, page, typed):
    go(page, demo_server, unit="won")
    open_palette(page)
    page.locator(TEXT).fill(typed)
    eventually(lambda: names(page)[:1], ["미래투자조합"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/funds/1?**")
    assert query_of(page) == {"reference_date": DEMO_DAY, "unit": "won"}


def test_arrows_walk_and_escape_gives_the_focus_back(demo_server, page):
    go(page, demo_server)
    page.locator("#step-next").focus()
    open_palette(page, "Control+k")
    page.locator(TEXT).fill("ㅌㅈ")
    # Not the list that stood there before one typed.
    eventually(lambda: len(names(page)) > 3 and all("투자" in name for name in names(page)), True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(FOUND).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(TEXT)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(FOUND).last).to_be_focused()
    page.keyboard.press("[")  # goes to the field and steps no date behind it
    expect(page.locator(TEXT)).to_have_value("ㅌㅈ[")
    page.keyboard.press("Escape")
    expect(page.locator(PALETTE)).to_be_hidden()
    expect(page.locator("#step-next")).to_be_focused()
    assert query_of(page)["reference_date"] == DEMO_DAY


def test_partners_and_companies_lead_to_their_pages(demo_server, client, page):
    http = client(demo_server)
    commitments = http.get("/api/funds/1/commitments").json()["commitments"]
    partner = next(each for each in commitments if each["side"] == "partners")
    company = next(each for each in commitments if each["side"] == "investments")
    for commitment, path in [
        (partner, "/funds/1/partners"),
        (company, f"/companies/{company['party']['id']}"),
    ]:
        go(page, demo_server, "/find", q=commitment["party"]["name"])
        links = page.locator("#found a").evaluate_all("all => all.map(it => it.pathname)")
        assert path in links


def test_keys_work_again_when_the_palette_is_closed(demo_server, page):
    go(page, demo_server)
    open_palette(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator(KEYS)).to_be_visible()


def test_keys_are_ignored_while_typing_or_composing(demo_server, page):
    go(page, demo_server)
    page.locator("#reference-date").focus()
    page.keyboard.type("/?")
    expect(page.locator(PALETTE)).to_be_hidden()
    expect(page.locator(KEYS)).to_be_hidden()
    page.locator("#main").focus()
    for options in ("isComposing: true", "keyCode: 229"):
        page.evaluate(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
            f" {{ key: '/', bubbles: true, cancelable: true, {options} }}))"
        )
        expect(page.locator(PALETTE)).to_be_hidden()


def test_an_older_answer_never_lands_on_a_newer_wish(demo_server, page):
    go(page, demo_server)
    open_palette(page)
    page.route("**/find?*q=%EB%AF%B8%EB%9E%98*", lambda route: None)  # 미래 is never answered
    page.locator(TEXT).fill("미래")
    page.wait_for_timeout(200)
    page.locator(TEXT).fill("캘린더")
    eventually(lambda: names(page), ["캘린더"])


@pytest.mark.each_look
def test_the_palette_holds_to_the_rules(demo_server, page, scheme, language):
    go(page, demo_server)
    page.locator("#find").click()
    page.locator(TEXT).fill("ㅌㅈ" if language == "ko-KR" else "a")
    expect(page.locator(f"{PALETTE} li").first).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator(KEYS)).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.locator(KEYS)).to_be_hidden()


@pytest.mark.each_language
def test_without_script_it_is_a_page(demo_server, new_page, language):
    page = new_page(language=language, java_script_enabled=False)
    go(page, demo_server)
    page.locator("#find").click()
    page.locator("#find-text").fill("ㅁㄹ")
    page.locator("#find-text").press("Enter")
    link = page.locator("#found a").first
    expect(link).to_contain_text("미래투자조합")
    assert f"reference_date={DEMO_DAY}" in link.get_attribute("href")
    go(page, demo_server, "/find", q="없는 이름")
    expect(page.locator("#found a")).to_have_count(0)
    expect(page.locator("#found .empty")).to_be_visible()
    go(page, demo_server, "/keys")
    expect(page.locator("main dl kbd").first).to_be_visible()


@pytest.mark.each_language
def test_on_a_phone(demo_server, new_page, language):
    page = new_page(language=language, viewport={"width": 390, "height": 844})
    for path in ("/fund-overview", "/find", "/keys"):
        go(page, demo_server, path)
        assert sideways_scroll(page) == 0
    page.locator("#find").click()
    expect(page.locator(PALETTE)).to_be_visible()
    assert sideways_scroll(page) == 0
    axe(page)
