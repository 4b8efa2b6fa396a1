"""Workbooks in and out on the command line: made by us, by others, edited, taken back."""

import csv
import subprocess

import openpyxl
import pytest
from harness import jangbu

GOLDEN_DAY = "2026-02-14"
WORDS = {
    "payment": "납입", "refund": "반환", "reversal": "취소", "partners": "조합원", "investments": "투자",
    "forming": "결성 전", "active": "운용 중", "dissolved": "해산",
}  # fmt: skip
DEMO = ["funds", "partners", "companies", "investments", "capital_call_items", "payments"]
# What the firm calls the columns of its own sheets.
KOREAN = {
    "name": "조합명", "type": "구분", "commitment_total": "약정총액(원)", "gp": "업무집행조합원",
    "fund_manager": "대표펀드매니저", "formation_date": "결성일", "currency": "통화", "status": "상태",
    "investment_period_end": "투자기간 만료일", "maturity_date": "만기일", "hurdle_rate": "기준수익률",
    "gp_commitment": "GP약정액", "fund": "조합명", "partner": "조합원", "company": "투자업체",
    "commitment": "약정액", "stated_paid_in": "기재 납입액", "industry": "업종", "amount": "금액",
    "investment_date": "투자일", "instrument": "투자유형", "call_no": "차수", "call_type": "납입구분",
    "notice_date": "통지일", "due_date": "납입기한", "paid_date": "납입일", "kind": "거래구분",
    "memo": "비고", "dissolution_date": "해산일",
}  # fmt: skip


@pytest.fixture
def demo(tmp_path):
    books = tmp_path / "demo.books"
    jangbu("init", "--demo", "--books", books)
    return books


@pytest.fixture
def new(tmp_path):
    books = tmp_path / "new.books"
    jangbu("init", "--books", books)
    return books


def overview(books, day=GOLDEN_DAY):
    return jangbu("overview", "--books", books, "--as-of", day).stdout


def tables(folder):
    """The demo books as lists, file by file."""
    return {name: list(csv.reader((folder / f"{name}.csv").open(encoding="utf-8-sig"))) for name in DEMO}


@pytest.fixture
def golden(demo, tmp_path):
    jangbu("export", "books", "--books", demo, tmp_path / "out")
    return tables(tmp_path / "out")


def korean_sheets(golden):
    """The same as a firm would keep it: its own headings, no numbers of ours."""
    for name, (columns, *rows) in golden.items():
        ours = {"sequence", "side", "over_commitment_reason", "credit_reason", "reverses", "reference"}
        if name != "partners":
            ours |= {"commitment"}
        kept = [place for place, column in enumerate(columns) if column not in ours]
        yield (
            name,
            [KOREAN[columns[place]] for place in kept],
            [[value(columns[place], row[place]) for place in kept] for row in rows],
        )


def value(column, text):
    if not text:
        return None
    if column in {"amount", "commitment", "commitment_total", "gp_commitment", "stated_paid_in"}:
        return int(text)
    return text


def by_openpyxl(golden, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, headings, rows in korean_sheets(golden):
        sheet = book.create_sheet(name)
        sheet.append([f"우리 조합 {name}"])
        sheet.append(["단위: 원"])
        sheet.append(headings)
        for row in rows:
            sheet.append(row)
    book.save(path)


def by_xlsxwriter(golden, path):
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        for name, headings, rows in korean_sheets(golden):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([headings, *rows]):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)


def by_libreoffice(golden, path):
    made = path.with_name("before.xlsx")
    by_openpyxl(golden, made)
    folder = path.with_name("libreoffice")
    converted(made, "xlsx", folder)
    (folder / "before.xlsx").rename(path)


def converted(file, kind, folder):
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         kind, "--outdir", folder, file],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize("make", [by_openpyxl, by_xlsxwriter, by_libreoffice])
def test_a_firms_own_workbook_gives_the_golden_figures(make, golden, demo, new, tmp_path):
    path = tmp_path / "firm.xlsx"
    make(golden, path)
    told = jangbu("import", "--books", new, path).stdout
    assert "Entry 1 of the trail" in told
    for day in ["2024-12-31", "2025-06-30", GOLDEN_DAY]:
        assert overview(new, day) == overview(demo, day)
    jangbu("check", "--books", new)
    # The same again is a diff of nothing, and is recognised.
    again = jangbu("import", "--books", new, path, "--dry-run").stdout
    assert "imported before" in again and " 0 new, 0 changed" in again
    assert not [line for line in again.splitlines() if "already there" in line and ": 0 new" not in line]


def test_three_edited_cells_are_three_changes_and_undone_they_are_none(demo, tmp_path):
    path = tmp_path / "books.xlsx"
    jangbu("export", "books", "--books", demo, "--language", "ko", path)
    before = overview(demo)
    book = openpyxl.load_workbook(path)
    for sheet, heading, row, change in [
        ("조합", "대표펀드매니저", 2, lambda _: "박00"),
        ("조합원 약정", "약정액", 3, lambda amount: amount + 1_000_000),
        ("납입", "납입액", 2, lambda amount: amount - 1),
    ]:
        cells = {cell.value: cell.column for cell in book[sheet][1]}
        cell = book[sheet].cell(row, cells[heading])
        cell.value = change(cell.value)
    book.save(path)
    told = jangbu("import", "--books", demo, path, "--dry-run").stdout
    assert sum("becomes" in line for line in told.splitlines()) == 3, told
    assert told.count("1 changed") == 3 and " 0 new" in told
    assert overview(demo) == before, "a look has changed the books"
    jangbu("import", "--books", demo, path)
    assert overview(demo) != before
    again = jangbu("import", "--books", demo, path, "--dry-run").stdout
    assert "becomes" not in again and "imported before" in again
    entry = jangbu("check", "--books", demo, "--head").stdout.split("Head of the trail: ")[1].split()[0]
    jangbu("undo-import", "--books", demo, entry, "--reason", "try")
    assert overview(demo) == before
    jangbu("check", "--books", demo)


def test_our_workbook_says_the_same_in_other_programs(demo, tmp_path, golden):
    path = tmp_path / "books.xlsx"
    jangbu("export", "books", "--books", demo, "--language", "ko", path)
    assert path.stat().st_mode & 0o777 == 0o600
    converted(path, "xlsx", tmp_path / "again")
    for file in [path, tmp_path / "again" / "books.xlsx"]:
        book = openpyxl.load_workbook(file, data_only=True)
        assert book["jangbu"].sheet_state == "hidden"
        for name, sheet in [("funds", "조합"), ("payments", "납입"), ("partners", "조합원 약정")]:
            (columns, *rows), cells = golden[name], list(book[sheet].values)
            assert len(cells) == len(rows) + 1
            for row, shown in zip(rows, cells[1:], strict=True):
                for column, text, cell in zip(columns, row, shown, strict=True):
                    said = cell.date().isoformat() if hasattr(cell, "date") else cell
                    if column in ("kind", "side", "status"):
                        text = WORDS.get(text, text)
                    if column == "hurdle_rate" and text:
                        # A number that is shown per cent.
                        text = str(float(text) / 100)
                    assert str("" if said is None else said) == text, f"{name} {column}"


def test_an_english_workbook_of_the_whole_books_comes_back_as_a_diff_of_nothing(demo, tmp_path):
    path = tmp_path / "books.xlsx"
    jangbu("export", "books", "--books", demo, "--language", "en", path)
    texts = {
        cell for sheet in openpyxl.load_workbook(path) for row in sheet.values for cell in row
        if sheet.sheet_state == "visible" and isinstance(cell, str)
    }  # fmt: skip
    assert {"Paid date", "Payment", "Active", "Partners"} <= texts
    assert not texts & {"payment", "partners", "investments", "active", "납입", "조합원"}
    told = jangbu("import", "--books", demo, path, "--dry-run").stdout
    assert "becomes" not in told and "refused" in told
    assert all(" 0 new, 0 changed" in line for line in told.splitlines() if " new, " in line), told


def test_text_that_looks_like_a_formula_comes_back_as_it_was(new, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["=1+1", "@SUM(1)", "+82 2", "-5", '=HYPERLINK("http://x.invalid","x")', "'quoted"]
    with (folder / "parties.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["party"], *([name] for name in names)])
    jangbu("import", "--books", new, folder)
    path = tmp_path / "books.xlsx"
    jangbu("export", "books", "--books", new, "--language", "ko", path)
    cells = openpyxl.load_workbook(path)["상대"]["A"][1:]
    assert [cell.value for cell in cells] == names and {cell.data_type for cell in cells} == {"s"}
    told = jangbu("import", "--books", new, path, "--dry-run").stdout
    assert f"{len(names)} already there" in told


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        ("품목,수량\n의자,3\n", [], "No sheet of"),
        ("조합명,조합원,구분\nA,B,LP\n", ["--map", "a=partners"], "lacks Commitment"),
        ("조합명,약정총액\nA,1\n", ["--unit", "dozens"], "is none of one"),
        ("조합명,약정총액\nA,1\n", ["--map", "b=funds"], "There are the sheets a."),
        ("조합명,약정총액\nA,일억\n", [], "a"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content, options, sentence, new, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="cp949")
    refused = jangbu("import", "--books", new, path, *options, check=False)
    assert refused.returncode == 1 and sentence in refused.stdout + refused.stderr
    assert "The trail is empty." in jangbu("check", "--books", new, "--head").stdout
