"""The import in the browser: a firm's own workbooks become its books, and an edited export a diff."""

import csv
import sys

import httpx
import openpyxl
import pytest
from harness import ROOT, SCHEMES, Server, axe, jangbu
from pages import go, rows, totals
from playwright.sync_api import expect
from test_figures import DATES, expect_golden_figures
from working import new_server

sys.path.append(str(ROOT / "Tests/API"))
import test_workbooks as firm  # noqa: E402

MAKERS = [firm.by_openpyxl, firm.by_xlsxwriter, firm.by_libreoffice]


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    """The demo books as lists."""
    folder = tmp_path_factory.mktemp("lists")
    jangbu("init", "--demo", "--books", folder / "demo.books")
    jangbu("export", "books", "--books", folder / "demo.books", folder / "out")
    return firm.tables(folder / "out")


@pytest.fixture
def empty(tmp_path):
    server = new_server(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def demo(tmp_path):
    jangbu("init", "--demo", "--books", tmp_path / "demo.books")
    server = Server(tmp_path / "demo.books")
    yield server
    server.stop()


def send(page, server, path, language="ko"):
    """Sends a file and waits until it was read."""
    page.goto(f"{server.url}/import?lang={language}")
    page.set_input_files("#file", str(path))
    page.click("#send-file button[type=submit]")
    expect(page.locator("form[id^='previewImport'], #failed")).to_be_visible()


def preview(page):
    page.click("form[id^='previewImport'] .button-go")
    expect(page.locator("#verdict")).to_be_visible()


def take(page):
    page.click("form[id^='takeImport'] .button-go")
    expect(page.locator("#taken")).to_be_visible()


def overview_figures(page, server):
    go(page, server, unit="won")
    return rows(page), totals(page)


@pytest.mark.parametrize("make", MAKERS)
def test_a_firms_own_workbook_gives_the_golden_overview(empty, page, lists, tmp_path, make):
    path = tmp_path / "우리 조합.xlsx"
    make(lists, path)
    send(page, empty, path)
    preview(page)
    # Every row is new, none is refused.
    expect(page.locator("[data-table=payments] td").nth(1)).to_have_text("56")
    expect(page.locator("[data-outcome=refused]")).to_have_count(0)
    take(page)
    for date in DATES:
        go(page, empty, reference_date=date, unit="won", lang="ko")
        expect_golden_figures(page, date, "ko-KR")


def test_an_edited_export_is_a_diff_of_three_cells(demo, page, tmp_path):
    export = tmp_path / "books.xlsx"
    jangbu("export", "books", "--books", demo.books, "--language", "ko", export)
    book = openpyxl.load_workbook(export)
    edit(book["조합"], "대표펀드매니저", 2, "정00")
    edit(book["조합원 약정"], "약정액", 2, lambda amount: amount + 1_000_000)
    edit(book["납입"], "비고", 3, "이체 확인")
    book.save(export)
    send(page, demo, export)
    preview(page)
    counts = [line.inner_text() for line in page.locator("[data-table] td:nth-child(5)").all()]
    assert sum(int(count) for count in counts) == 3
    take(page)
    entry = page.locator("#taken a").get_attribute("href")
    page.goto(f"{demo.url}{entry}")
    expect(page.locator("main")).to_contain_text("정00")


def edit(sheet, heading, row, value):
    (place,) = [cell.column for cell in sheet[1] if cell.value == heading]
    cell = sheet.cell(row, place)
    cell.value = value(cell.value) if callable(value) else value


def test_the_same_file_is_recognised_and_undone(empty, page, lists, tmp_path):
    path = tmp_path / "firm.xlsx"
    firm.by_openpyxl(lists, path)
    before = overview_figures(page, empty)
    send(page, empty, path)
    preview(page)
    take(page)
    imported = overview_figures(page, empty)
    export = tmp_path / "export.xlsx"
    jangbu("export", "books", "--books", empty.books, export)
    send(page, empty, path)
    expect(page.locator("#imported-before")).to_be_visible()
    preview(page)
    expect(page.locator("form[id^='takeImport']")).to_have_count(0)

    page.goto(f"{empty.url}/import")
    page.click("a[id^='undo-']")
    page.fill("#undo-form [name=reason]", "다른 회사의 파일")
    page.click("#undo-form .button-bad")
    expect(page.locator("tr[data-import].uncounted")).to_have_count(1)
    # What was done is told; its opposite facts are nothing to take back.
    number = page.locator("tr[data-import]").get_attribute("data-import")
    expect(page.locator("#done")).to_contain_text(f"가져오기(감사 추적 {number}번)를 되돌렸습니다")
    expect(page.locator("#done a")).to_have_count(1)
    page.click("#done a")
    expect(page.locator("main")).to_contain_text("다른 회사의 파일")
    assert overview_figures(page, empty) == before

    # What was exported before asks for nothing now, and says how to have it back: by the same file.
    send(page, empty, export)
    preview(page)
    expect(page.locator("#taken-back")).to_be_visible()
    expect(page.locator("form[id^='takeImport']")).to_have_count(0)
    send(page, empty, path)
    expect(page.locator("#imported-before")).to_contain_text("다시 가져올 수 있습니다")
    preview(page)
    take(page)
    assert overview_figures(page, empty) == imported


def test_a_refused_row_says_where_and_why_and_nothing_is_written(demo, page, tmp_path):
    path = tmp_path / "납입.csv"
    path.write_text(
        "조합명,차수,조합원,납입일,납입액\n미래투자조합,1,없는조합원,2025-01-06,100\n", encoding="cp949"
    )
    head = trail_length(demo)
    send(page, demo, path)
    preview(page)
    line = page.locator("[data-row='2']")
    assert line.get_attribute("data-outcome") == "refused"
    expect(line).to_contain_text("없는조합원")
    expect(page.locator("form[id^='takeImport']")).to_have_count(0)
    assert trail_length(demo) == head


def trail_length(server):
    client = httpx.Client(base_url=server.url, headers=server.headers, trust_env=False)
    return client.get("/api/audit").json()["entries"][0]["audit"]


def test_a_name_is_taught_in_the_preview(demo, page, tmp_path):
    """하이테크1호 is 하이테크1호조합 from now on."""
    fund = "하이테크1호조합"
    jangbu("export", "books", "--books", demo.books, tmp_path / "out")
    calls = list(csv.DictReader((tmp_path / "out/capital_call_items.csv").open(encoding="utf-8-sig")))
    assert any(call["fund"] == fund for call in calls), {call["fund"] for call in calls}
    partners = list(csv.DictReader((tmp_path / "out/partners.csv").open(encoding="utf-8-sig")))
    partner = next(line for line in partners if line["fund"] == fund)
    path = tmp_path / "약정.csv"
    path.write_text(
        "조합명,조합원,구분,약정액\n"
        f"하이테크1호,{partner['partner']},{partner['type']},{partner['commitment']}\n",
        encoding="utf-8",
    )
    send(page, demo, path)
    preview(page)
    line = page.locator("[data-unknown='하이테크1호']")
    # The likely name stands there already.
    expect(line.locator("[name=name]")).to_have_value(fund)
    line.locator("button.button").click()
    expect(page.locator("[data-outcome=there]")).to_have_count(1)
    expect(page.locator("[data-unknown]")).to_have_count(0)
    page.goto(f"{demo.url}/import")
    expect(page.locator("#box-aliases")).to_contain_text("하이테크1호")


def test_totals_are_held_against_the_sheets_own(demo, page, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["미래투자조합 조합원 명부 (단위: 백만원)"])
    sheet.append(["조합원", "구분", "약정액"])
    sheet.append(["새조합원", "LP", 100])
    sheet.append(["합계", None, 130])
    book.save(tmp_path / "명부.xlsx")
    send(page, demo, tmp_path / "명부.xlsx")
    preview(page)
    expect(page.locator("#box-sums")).to_contain_text("130,000,000")
    expect(page.locator("#box-sums")).to_contain_text("100,000,000")
    expect(page.locator("#box-sums")).to_contain_text("−30,000,000")


def test_headings_that_nobody_knows_are_mapped_by_hand_and_remembered(demo, page, tmp_path):
    rows = "펀드이름이다,누가,어느쪽,얼마\n미래투자조합,손으로맞춘조합원,LP,1000000\n"
    path = tmp_path / "이상한.csv"
    path.write_text(rows, encoding="utf-8")
    send(page, demo, path)
    page.select_option("[name='0.format']", "partners")
    for name, place in (("fund", "0"), ("partner", "1"), ("type", "2"), ("commitment", "3")):
        expect(page.locator(f"[name='0.in.{name}']")).to_be_visible()
        page.select_option(f"[name='0.in.{name}']", place)
    preview(page)
    expect(page.locator("[data-outcome=new]")).to_have_count(1)
    # The next file with these headings needs no hand.
    path.write_text(rows.replace("손으로", "저절로"), encoding="utf-8")
    send(page, demo, path)
    preview(page)
    expect(page.locator("[data-outcome=new]")).to_contain_text("저절로맞춘조합원")


def test_what_is_lacking_is_said_beside_its_field(demo, page, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("조합원,약정액\n가,1\n", encoding="utf-8")
    send(page, demo, path)
    page.select_option("[name='0.format']", "partners")
    expect(page.locator("[name='0.fund']")).to_be_visible()
    page.click("form[id^='previewImport'] .button-go")
    expect(page.locator("[name='0.fund'][aria-invalid=true]")).to_be_visible()
    expect(page.locator("[name='0.in.type'][aria-invalid=true]")).to_be_visible()


def test_it_works_without_script(browser, empty, lists, tmp_path):
    path = tmp_path / "firm.xlsx"
    firm.by_openpyxl(lists, path)
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    context.add_cookies([empty.cookie])
    page = context.new_page()
    send(page, empty, path)
    preview(page)
    take(page)
    go(page, empty, reference_date=DATES[-1], unit="won", lang="ko")
    expect_golden_figures(page, DATES[-1], "ko-KR")
    context.close()


def test_a_long_file_can_be_left_returned_to_and_cancelled(empty, page, tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("조합명,차수,조합원,납입일,납입액\n")
        for number in range(300_000):
            file.write(f"없는조합,1,조합원{number},2025-01-06,100\n")
    page.goto(f"{empty.url}/import")
    page.set_input_files("#file", str(path))
    page.click("#send-file button[type=submit]")
    expect(page.locator("#progress")).to_be_visible()
    # Left, and found again where files are sent.
    page.goto(f"{empty.url}/import")
    page.click("#box-drafts a.act")
    expect(page.locator("#progress, form[id^='previewImport']").first).to_be_visible()
    expect(page.locator("form[id^='previewImport']")).to_be_visible(timeout=120_000)
    page.click("form[id^='previewImport'] .button-go")
    page.click("form[id^='cancelWork'] button.button")
    # As it was: laid out, nothing looked at; which is said.
    expect(page.locator("form[id^='previewImport']")).to_be_visible(timeout=120_000)
    expect(page.locator("#stopped")).to_have_text("그만두었습니다. 아무것도 적지 않았습니다.")
    page.click("button[form^='endImport']")
    expect(page.locator("#send-file")).to_be_visible()
    expect(page.locator("#box-drafts")).to_have_count(0)


def test_a_draft_is_its_owners_alone(demo, page, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("조합원,약정액\n가,1\n", encoding="utf-8")
    send(page, demo, path)
    other = demo.person("bookkeeper", "다른사람")
    answer = httpx.get(page.url, cookies={other.cookie["name"]: other.cookie["value"]}, trust_env=False)
    assert answer.status_code == 404


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_each_step_holds_to_the_rules_of_pages(browser, demo, lists, tmp_path, scheme, language, width):
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, locale="ko-KR"
    )
    context.add_cookies([demo.cookie])
    page = context.new_page()
    path = tmp_path / "firm.xlsx"
    firm.by_openpyxl(lists, path)
    book = openpyxl.load_workbook(path)
    book["payments"].cell(4, 3).value = "없는조합원"
    book.save(path)
    page.goto(f"{demo.url}/import?lang={language}")
    look(page)
    send(page, demo, path, language)
    look(page)
    preview(page)
    look(page)
    context.close()


def look(page):
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.mark.parametrize("language, carried, remark", [
    ("ko", "빈칸은 윗줄과 같이 읽음: 차수, 통지일, 납입기한", "비고·참조가 다르지만 그대로 둡니다"),
    ("en", "Empty, so read as in the row above: Call, Notice date, Due date", "differs and stays as it is"),
])  # fmt: skip
def test_what_was_read_otherwise_is_said_of_the_row(demo, page, tmp_path, language, carried, remark):
    jangbu("export", "books", "--books", demo.books, tmp_path / "out")
    fund = "미래투자조합"
    partners, payments = (
        [line for line in csv.DictReader((tmp_path / f"out/{name}.csv").open(encoding="utf-8-sig"))
         if line["fund"] == fund] for name in ("partners", "payments")
    )  # fmt: skip
    book = openpyxl.Workbook()
    calls = book.active
    calls.title = "요청"
    calls.append(["조합명", "차수", "통지일", "납입기한", "조합원", "요청액"])
    calls.append([fund, "9차", "2026-01-05", "2026-01-20", partners[0]["partner"], 10])
    calls.append([fund, None, None, None, partners[1]["partner"], 20])
    paid = book.create_sheet("납입")
    paid.append(["조합명", "차수", "조합원", "납입일", "납입액", "비고"])
    first = payments[0]
    paid.append([fund, first["call_no"], first["partner"], first["paid_date"], first["amount"], "다른 말"])
    book.save(tmp_path / "firm.xlsx")
    send(page, demo, tmp_path / "firm.xlsx", language)
    preview(page)
    page.click("[data-table=capital_call_items] a")
    expect(page.locator("[data-row='3'][data-outcome=new] .outcome")).to_contain_text(carried)
    expect(page.locator("[data-row='2'] .carried")).to_have_count(0)
    page.click("[data-table=payments] a")
    expect(page.locator("[data-row='2'][data-outcome=there] .outcome")).to_contain_text(remark)
    # On a telephone a row is read from top to bottom, not from side to side.
    page.set_viewport_size({"width": 390, "height": 844})
    box = page.locator("#box-rows")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    expect(page.locator("[data-row='2'] td[data-label]").first).to_be_visible()


def test_too_many_files_lead_to_where_they_are_ended(demo, page, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("조합원,약정액\n가,1\n", encoding="utf-8")
    for _ in range(5):
        send(page, demo, path)
    page.goto(f"{demo.url}/import?lang=ko")
    page.set_input_files("#file", str(path))
    page.click("#send-file button[type=submit]")
    expect(page.locator("main")).to_contain_text("이미 5개입니다")
    page.click("#way-out")
    drafts = page.locator("#box-drafts tbody tr")
    expect(drafts).to_have_count(5)
    drafts.first.locator("form button.button").click()
    expect(drafts).to_have_count(4)
    send(page, demo, path)


def test_what_stands_in_the_way_of_an_undo_is_a_link(demo, page, tmp_path):
    path = tmp_path / "조합.csv"
    path.write_text("조합명,약정총액\n뒤에쓰인조합,1000\n", encoding="utf-8")
    send(page, demo, path)
    preview(page)
    take(page)
    client = httpx.Client(base_url=demo.url, headers=demo.headers, trust_env=False)
    fund = next(
        row["id"] for row in client.get("/api/funds/overview").json()["funds"] if row["name"] == "뒤에쓰인조합"
    )
    later = client.post(f"/api/funds/{fund}/commitment-total-changes", json={"amount": 5})
    assert later.status_code == 201, later.text
    number = trail_length(demo)
    page.click("#undo-import")
    page.fill("#undo-form [name=reason]", "다른 회사의 파일")
    page.click("#undo-form .button-bad")
    expect(page.locator("#undo-form .msg-bad a")).to_have_text(f"감사 추적 {number}번")
    page.click("#undo-form .msg-bad a")
    expect(page.locator("h1")).to_contain_text(str(number))


def test_what_may_be_meant_otherwise_is_said_before_it_is_taken(demo, page, tmp_path):
    path = tmp_path / "조합.csv"
    path.write_text("조합명,약정총액,기준수익률\n새조합,1000,0.08\n", encoding="utf-8")
    send(page, demo, path)
    preview(page)
    expect(page.locator("#doubts")).to_contain_text("0.08 %로 읽었습니다. 8 %라면 8 또는 8%로 적으세요.")
    row = page.locator("[data-row='2'][data-outcome=new]")
    expect(row.locator("td", has_text="0.08%").first).to_be_visible()
    expect(row.locator(".doubt")).to_be_visible()
    expect(page.locator("form[id^='takeImport']")).to_be_visible()


def test_a_sum_that_takes_off_refunds_agrees(demo, page, tmp_path):
    jangbu("export", "books", "--books", demo.books, tmp_path / "out")
    line = next(csv.DictReader((tmp_path / "out/payments.csv").open(encoding="utf-8-sig")))
    names = f"{line['fund']},{line['call_no']},{line['partner']}"
    path = tmp_path / "납입.csv"
    path.write_text(
        "조합명,차수,조합원,납입일,구분,납입액\n"
        f"{names},{line['paid_date']},납입,{line['amount']}\n"
        f"{names},2026-02-01,반환,1000\n"
        f"합계,,,,,{int(line['amount']) - 1000}\n",
        encoding="utf-8",
    )
    send(page, demo, path)
    preview(page)
    expect(page.locator("#box-sums")).to_contain_text("반환을 뺀 합계와 같음")
    expect(page.locator("#box-sums .chip-overdue")).to_have_count(0)
    expect(page.locator(".import-verdict")).not_to_contain_text("다릅니다")


def test_rows_taken_out_of_an_export_are_said_to_stay(demo, page, tmp_path):
    export = tmp_path / "books.xlsx"
    jangbu("export", "books", "--books", demo.books, "--language", "ko", export)
    book = openpyxl.load_workbook(export)
    gone = [cell.value for cell in book["조합원 약정"][2]][:2]
    book["조합원 약정"].delete_rows(2)
    book.save(export)
    send(page, demo, export)
    preview(page)
    note = page.locator("#not-in-file")
    expect(note).to_contain_text("장부의 기록 1개가 이 파일에 없습니다. 지우지 않고 그대로 둡니다.")
    expect(note).to_contain_text(" ".join(gone))


@pytest.mark.parametrize("name", ["payments", "capital_call_items"])
def test_one_file_of_the_whole_books_comes_back_alone(demo, page, tmp_path, name):
    client = httpx.Client(base_url=demo.url, headers=demo.headers, trust_env=False)
    path = tmp_path / f"{name}.csv"
    path.write_bytes(client.get(f"/export/books/{name}.csv").content)
    send(page, demo, path)
    preview(page)
    page.click("#show-all")
    expect(page.locator("#show-refused")).to_contain_text(" 0")
    expect(page.locator("#show-new")).to_contain_text(" 0")
    expect(page.locator("#verdict")).to_contain_text("적을 것이 없습니다")
