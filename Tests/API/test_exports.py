"""What comes out: opened by openpyxl and recalculated by LibreOffice, as of dates, for each reader."""

import csv
import io
import json
import subprocess
from decimal import Decimal

import openpyxl
import pytest
from harness import Server, jangbu

DAYS = ["2024-12-31", "2025-03-05", "2026-02-14"]
NASTY = "=cmd|' /C calc'!A0"
# A column of the page and what the API calls it.
AMOUNTS = {
    "약정총액": "commitment_total", "납입총액": "total_paid_in", "GP출자금": "gp_paid_in",
    "투자총액": "total_invested", "미투자액": "uninvested", "투자자산": "investment_assets",
    "투자업체수": "company_count",
}  # fmt: skip


@pytest.fixture(scope="module")
def two_currencies(tmp_path_factory):
    """A fund in won, one in dollars, one that stated its paid-in; names that a spreadsheet would run."""
    folder = tmp_path_factory.mktemp("two")
    files = {
        "funds": "name,currency,formation_date,commitment_total,hurdle_rate\n"
        f'"{NASTY}",KRW,2024-01-01,"10,000,000,001",8.25\n'
        "Balerion,USD,2024-01-01,1000000.50,\n"
        "기재조합,KRW,2024-01-01,500,\n",
        "partners": "fund,partner,type,commitment,stated_paid_in\n"
        f'"{NASTY}",+82 2 출자자,GP,10000000001,\n'
        "Balerion,@SUM(A1),LP,1000000.50,\n기재조합,나,LP,500,300\n",
        "capital_call_items": "fund,call_no,notice_date,due_date,partner,amount\n"
        f'"{NASTY}",1,2024-02-01,2024-02-10,+82 2 출자자,3333333333\n'
        "Balerion,1,2024-02-01,2024-02-10,@SUM(A1),250000.25\n",
        "payments": "fund,call_no,partner,paid_date,kind,amount,memo\n"
        f'"{NASTY}",1,+82 2 출자자,2024-02-09,payment,1111111111,-1+2\n'
        "Balerion,1,@SUM(A1),2024-02-09,payment,100000.75,=1+1\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    books = folder / "two.books"
    jangbu("init", "--books", books)
    jangbu("import", "--books", books, folder)
    server = Server(books)
    yield server
    server.stop()


def got(client, address, status=200):
    answer = client.get(address, headers={"Accept-Language": "ko"})
    assert answer.status_code == status, f"{address}: {answer.status_code}\n{answer.text[:500]}"
    return answer


def book_of(answer, **options):
    return openpyxl.load_workbook(io.BytesIO(answer.content), **options)


def recalculated(content, tmp_path):
    """The workbook with every formula reckoned anew by LibreOffice: openpyxl keeps no result."""
    made = tmp_path / "bare.xlsx"
    openpyxl.load_workbook(io.BytesIO(content)).save(made)
    out = tmp_path / "reckoned"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", out, made],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return openpyxl.load_workbook(out / "bare.xlsx", data_only=True)


def table(sheet):
    """The headings and what stands below them, up to the notes: rows, then the totals."""
    rows = list(sheet.iter_rows(min_row=3))
    headings = [cell.value for cell in rows[0]]
    body = [row for row in rows[1:] if any(cell.value is not None for cell in row[1:])]
    return headings, body


def values(sheet):
    headings, body = table(sheet)
    return [dict(zip(headings, [cell.value for cell in row], strict=True)) for row in body]


def figures(client, day, more=""):
    answer = client.get(f"/api/funds/overview?reference_date={day}{more}")
    return json.loads(answer.content, parse_float=Decimal)


def exact(value):
    return Decimal(str(value))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("unit", ["won", "million", "eok"])
def test_the_overview_says_what_the_api_says(day, unit, demo_server, client):
    client = client(demo_server)
    answer = got(client, f"/export/overview.xlsx?reference_date={day}&unit={unit}")
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="fund-overview_{day}.xlsx"; '
        f"filename*=UTF-8''%EC%A1%B0%ED%95%A9%EA%B0%9C%EC%9A%94_{day}.xlsx"
    )
    assert answer.headers["cache-control"] == "no-store"
    sheet = book_of(answer, data_only=True).active
    shown = {"won": "단위 원", "million": "표시 단위 백만(원)", "eok": "표시 단위 억(원)"}[unit]
    assert sheet["A1"].value == "조합 개요" and f"기준일 {day} · {shown}" in sheet["A2"].value
    assert sheet.freeze_panes == "C4"
    said = figures(client, day)
    *rows, total = values(sheet)
    assert len(rows) == len(said["funds"]) == 8
    for row, fund in zip([*rows, total], [*said["funds"], said["totals"]], strict=True):
        for heading, name in AMOUNTS.items():
            assert exact(row[heading]) == fund[name], f"{row['조합명']} {heading}"
        ratio = fund["paid_in_ratio"]
        assert exact(row["납입비율"]) * 100 == ratio, row["조합명"]
    for row, fund in zip(rows, said["funds"], strict=True):
        day_of = row["등록(성립)일"]
        assert (day_of and day_of.date().isoformat()) == fund["formation_date"]
        assert row["조합명"] == fund["name"]
        assert row["잔존기간"] == fund["remaining_period"]
        assert row["비고"] == (None if fund["formed"] else "결성 전")
    assert total["조합명"] == "합계"


def test_totals_reckoned_anew_are_ours(two_currencies, demo_server, client, tmp_path):
    for server, address in [
        (demo_server, "/export/overview.xlsx?reference_date=2026-02-14"),
        (two_currencies, "/export/overview.xlsx?reference_date=2024-12-31"),
        (demo_server, "/export/funds/1/fund.xlsx?reference_date=2025-03-05"),
        (two_currencies, "/export/funds/2/fund.xlsx?reference_date=2024-12-31"),
        (two_currencies, "/export/funds/3/fund.xlsx?reference_date=2024-12-31"),
    ]:
        content = got(client(server), address).content
        ours = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        folder = tmp_path / address.replace("/", "-").replace("?", "-") / str(server.port)
        folder.mkdir(parents=True)
        theirs = recalculated(content, folder)
        count = 0
        for sheet in formulas:
            _, body = table(sheet)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        count += 1
                        # Formulas are ours alone, and stand in the row of totals.
                        assert cell.value.startswith(("=SUM(", "=IF(")), cell.value
                        assert row[0].row == body[-1][0].row
                    own = ours[sheet.title][cell.coordinate].value
                    their = theirs[sheet.title][cell.coordinate].value
                    if isinstance(own, float):
                        assert abs(own - their) < 1e-9 * max(1, abs(own)), cell.coordinate
                    else:
                        assert (own or None) == (their or None) or own == their, (
                            f"{sheet.title} {cell.coordinate}: {own!r}, {their!r}"
                        )
        assert count > 0, address


def test_each_currency_has_a_sheet_and_stated_figures_stay_numbers(two_currencies, client):
    client = client(two_currencies)
    book = book_of(got(client, "/export/overview.xlsx?reference_date=2024-12-31"), data_only=True)
    assert book.sheetnames == ["조합 개요 KRW", "조합 개요 USD"]
    won, dollars = (values(book[name]) for name in book.sheetnames)
    assert [row["조합명"] for row in won] == [NASTY, "기재조합", "합계"]
    assert [row["납입총액"] for row in won] == [1111111111, 300, 1111111411]
    assert [row["비고"] for row in won] == [None, "납입총액 기재", "납입총액 일부 기재"]
    assert [row["납입총액"] for row in dollars] == [100000.75, 100000.75]
    assert "단위 USD" in book["조합 개요 USD"]["A2"].value
    headings, body = table(book["조합 개요 USD"])
    cell = body[0][headings.index("납입총액")]
    assert cell.number_format.startswith("#,##0.00")
    # One table in a .csv, its totals by currency.
    rows = list(csv.DictReader(csv_of(got(client, "/export/overview.csv?reference_date=2024-12-31"))))
    assert [(row["조합명"], row["통화"], row["납입총액"]) for row in rows[:5]] == [
        ("'" + NASTY, "KRW", "1111111111"), ("Balerion", "USD", "100000.75"),
        ("기재조합", "KRW", "300"), ("합계", "KRW", "1111111411"), ("합계", "USD", "100000.75"),
    ]  # fmt: skip
    assert [row["기준수익률"] for row in rows[:3]] == ["8.25%", "", ""]


def csv_of(answer):
    """The lines from the headings on, below the title and the date."""
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[1].strip('"').startswith("기준일 ")
    return lines[2:]


def test_rows_follow_the_filter_the_order_and_the_second_clock(demo_server_of_its_own, client):
    client = client(demo_server_of_its_own)

    def names(more):
        answer = got(client, f"/export/overview.xlsx?reference_date=2026-02-14{more}")
        return [row["조합명"] for row in values(book_of(answer, data_only=True).active)[:-1]]

    assert len(names("")) == 8 and len(names("&formed_only=true")) == 7
    said = figures(client, "2026-02-14")["funds"]
    by_paid = sorted(said, key=lambda fund: -fund["total_paid_in"])
    assert names("&sort=paid_in") == [fund["name"] for fund in by_paid]
    empty = got(client, "/export/overview.xlsx?reference_date=2026-02-14&known_at=2020-01-01")
    sheet = book_of(empty, data_only=True).active
    assert "기록시점 2020-01-01" in sheet["A2"].value
    assert [row["조합명"] for row in values(sheet)] == ["합계"]
    english = client.get("/export/overview.xlsx?reference_date=2026-02-14&lang=en")
    assert book_of(english).active["A1"].value == "Fund overview"


def test_a_fund_adds_up_and_each_table_is_a_csv(demo_server, client):
    client = client(demo_server)
    day = "reference_date=2025-03-05&unit=won"
    book = book_of(got(client, f"/export/funds/1/fund.xlsx?{day}"), data_only=True)
    assert book.sheetnames == ["조합원별 납입", "출자요청", "출자요청 항목", "업체별 투자", "현금 기록"]
    partners, calls, items, investments, ledger = (values(sheet) for sheet in book)
    assert partners[-1]["납입액"] == 10102000000 and partners[-1]["반환할 금액"] == 161000000
    for column in ["청구액", "납입액", "미납액", "반환할 금액"]:
        assert partners[-1][column] == calls[-1][column] == items[-1][column], column
    assert ledger[-1]["입금 +, 출금 −"] == partners[-1]["납입액"] - investments[-1]["투자액"]
    stats = json.loads(client.get(f"/api/funds/1/capital-calls/stats?side=partners&{day[:25]}").content)
    assert partners[-1]["청구액"] == stats["noticed"]
    for name, rows in [
        ("partners", partners), ("calls", calls), ("items", items),
        ("investments", investments), ("ledger", ledger),
    ]:  # fmt: skip
        answer = got(client, f"/export/funds/1/{name}.csv?{day}")
        told = list(csv.reader(csv_of(answer)))
        assert told[0] == list(openpyxl_headings(book, rows, name))
        assert len([row for row in told[1:] if len(row) > 1]) == len(rows)
    got(client, "/export/funds/1/nothing.csv", 404)
    got(client, "/export/funds/99/fund.xlsx", 404)
    got(client, "/export/funds/1/fund.xlsx?reference_date=gestern", 422)


def openpyxl_headings(book, rows, name):
    places = ["partners", "calls", "items", "investments", "ledger"]
    return table(book.worksheets[places.index(name)])[0]


def test_what_we_write_imports_as_nothing_new(demo_server, two_currencies, client, tmp_path):
    # Two currencies are two sheets of funds, which an import takes one by one.
    one = ["--map", "조합 개요 USD=skip"]
    for server, file, more, count in [
        (demo_server, "overview.xlsx", [], 8), (demo_server, "overview.csv", [], 8),
        (two_currencies, "overview.xlsx", one, 2), (two_currencies, "overview.csv", [], 3),
    ]:  # fmt: skip
        path = tmp_path / f"{server.port}-{file}"
        path.write_bytes(got(client(server), f"/export/{file}").content)
        told = jangbu("import", "--books", server.books, path, "--dry-run", *more).stdout
        # Amounts shown in millions are not taken for millions.
        assert f"{count} already there" in told and " 0 new, 0 changed" in told, told


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_fund_as_we_write_it_imports_as_nothing_new(demo_server, client, tmp_path, language):
    path = tmp_path / "fund.xlsx"
    path.write_bytes(got(client(demo_server), f"/export/funds/1/fund.xlsx?lang={language}").content)
    told = jangbu("import", "--books", demo_server.books, path, "--dry-run").stdout
    lines = [line for line in told.splitlines() if " new, " in line]
    # Partners and items of calls are lists of what was agreed; what was invested is a report.
    assert len(lines) == 2 and all(": 0 new, 0 changed" in line for line in lines), told


def test_the_whole_books_come_back_with_text_that_would_be_run(two_currencies, client, tmp_path):
    client = client(two_currencies)
    book = tmp_path / "books.xlsx"
    book.write_bytes(got(client, "/export/books.xlsx").content)
    told = jangbu("import", "--books", two_currencies.books, book, "--dry-run").stdout
    assert "becomes" not in told
    sheet = openpyxl.load_workbook(book)["납입"]
    heads = [cell.value for cell in sheet[1]]
    amounts = [row[heads.index("납입액")] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.number_format[:7]) for cell in amounts] == [
        (1111111111, "#,##0;["), (100000.75, "#,##0.0"),
    ]  # fmt: skip
    out = tmp_path / "out"
    jangbu("export", "books", "--books", two_currencies.books, out)
    funds = (out / "funds.csv").read_bytes()
    assert funds.startswith(b"\xef\xbb\xbf") and f"'{NASTY}".encode() in funds
    assert b",'=1+1," in (out / "payments.csv").read_bytes()
    assert got(client, "/export/books/payments.csv").content == (out / "payments.csv").read_bytes()
    copy = tmp_path / "copy.books"
    jangbu("init", "--books", copy)
    jangbu("import", "--books", copy, out)
    for day in DAYS:
        shown = [
            jangbu("overview", "--books", books, "--as-of", day, "--unit", "won").stdout
            for books in (copy, two_currencies.books)
        ]
        assert shown[0] == shown[1] and NASTY in shown[0]
    again = tmp_path / "again"
    jangbu("export", "books", "--books", copy, again)
    for file in out.iterdir():
        if file.name != "jangbu.csv":
            assert (again / file.name).read_bytes() == file.read_bytes(), file.name


def test_each_reader_gets_what_its_pages_show(demo_server, client):
    names = {fund["name"] for fund in figures(client(demo_server), "2026-02-14")["funds"]}
    parties = json.loads(client(demo_server).get("/api/parties").content)["parties"]
    own = next(party for party in parties if party["name"] == "개인투자자")
    others = {party["name"] for party in parties} - {"개인투자자"}
    viewer = demo_server.person("viewer")
    partner = demo_server.person("partner", parties=(own["id"],))
    for path in ["/export/books.xlsx", "/export/books/payments.csv", "/export"]:
        got(client(demo_server, headers=viewer.headers), path, 403)
        got(client(demo_server, headers=partner.headers), path, 403)
        got(client(demo_server), path)
    got(client(demo_server, headers=viewer.headers), "/export/funds/1/fund.xlsx")
    got(client(demo_server, headers=partner.headers), "/export/funds/1/fund.xlsx", 403)
    day = "reference_date=2025-03-05&unit=won"
    for kind in ["xlsx", "csv"]:
        answer = got(client(demo_server, headers=partner.headers), f"/export/overview.{kind}?{day}")
        if kind == "xlsx":
            sheet = book_of(answer, data_only=True).active
            cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
            (fund,) = [row for row in values(sheet) if row["조합"] == "미래투자조합"]
            assert (fund["청구액"], fund["반환할 금액"]) == (739000000, 161000000)
        else:
            cells = [cell for row in csv.reader(csv_of(answer)) for cell in row]
        text = " ".join(str(cell) for cell in cells)
        assert "미래투자조합" in text and "SHA-256" not in text
        assert not [name for name in others if name in text]
        assert len([name for name in names if name in text]) == 3
    nobody = client(demo_server, headers={})
    assert nobody.get("/export/overview.xlsx").status_code == 303


def test_a_file_is_left_nowhere(tmp_path, monkeypatch, client):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    books = tmp_path / "demo.books"
    jangbu("init", "--demo", "--books", books)
    server = Server(books)
    try:
        site = client(server)
        whole = got(site, "/export/overview.xlsx?reference_date=2026-02-14")
        head = site.head("/export/overview.xlsx?reference_date=2026-02-14")
        assert head.status_code == 200 and not head.content
        assert head.headers["content-length"] == str(len(whole.content))
        # The same books on the same day are the same file.
        assert got(site, "/export/overview.xlsx?reference_date=2026-02-14").content == whole.content
        assert list(folder.iterdir()) == []
        folder.chmod(0o500)
        folder.rmdir()
        refused = site.get("/export/overview.xlsx", headers={"Accept-Language": "en"})
        assert refused.status_code == 507 and "temporary folder" in refused.text
        got(site, "/fund-overview")
    finally:
        server.stop()


def test_on_the_command_line_the_ending_chooses_and_nothing_is_overwritten(tmp_path):
    books = tmp_path / "demo.books"
    jangbu("init", "--demo", "--books", books)
    at = ["--books", books, "--as-of", "2026-02-14", "--language", "ko"]
    for command, *more in [
        ["overview", tmp_path / "a.xlsx"], ["overview", tmp_path / "a.csv"],
        ["fund", "미래투자조합", tmp_path / "f.xlsx"],
        ["fund", "1", tmp_path / "f.csv", "--table", "ledger"],
    ]:  # fmt: skip
        file = next(word for word in more if hasattr(word, "stat"))
        jangbu("export", command, *more, *at)
        assert file.stat().st_mode & 0o777 == 0o600
        before = file.read_bytes()
        again = jangbu("export", command, *more, *at, check=False)
        assert again.returncode == 1 and "nothing is overwritten" in again.stderr
        assert file.read_bytes() == before
    for wrong, sentence in [
        (["overview", "a.pdf"], "ends neither"), (["fund", "1", "g.csv"], "--table"),
        (["fund", "1", "g.xlsx", "--table", "calls"], "for a .csv"),
        (["fund", "없는조합", "g.xlsx"], "There is no fund"),
    ]:  # fmt: skip
        refused = jangbu("export", *wrong, *at, check=False)
        assert refused.returncode == 1 and sentence in refused.stderr, refused.stderr
