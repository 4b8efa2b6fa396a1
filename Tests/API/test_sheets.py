"""Workbooks and CSV files as people and their programs make them, read right."""

import csv
import datetime
import io
import os
import subprocess

import openpyxl
import pytest
import xlsxwriter
from sheet_files import read, relationships, sheet, workbook

SOAK = "JANGBU_SOAK" in os.environ
DAY = datetime.date(2026, 2, 14)


def rows_of(found, name):
    return found.sheets[name]


def test_openpyxl(tmp_path):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "납입"
    first.append(["2026년 2월 조합별 납입", None, None])
    first.merge_cells("A1:E1")
    first.append(["조합", "금액", "일자", "비율", "확정"])
    first.append(["미래투자조합", 0.1 + 0.2, DAY, 0.4055, True])
    first.append([None, -1234567, datetime.datetime(2026, 1, 1, 18), 1, False])
    first.append([None, "1,000", None, None, "#N/A"])
    first.merge_cells("A3:A5")
    first["D3"].number_format = "0.00%"
    first["C3"].number_format = 'yyyy"년" m"월" d"일"'
    for name, state in [("숨김", "hidden"), ("아주 숨김", "veryHidden")]:
        other = book.create_sheet(name)
        other.sheet_state = state
        other["B3"] = "값"
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", tmp_path)
    assert list(found.sheets) == ["납입", "숨김", "아주 숨김"]
    assert found.hidden == {"숨김", "아주 숨김"}
    assert rows_of(found, "납입") == {
        1: ["text 2026년 2월 조합별 납입"],
        2: ["text 조합", "text 금액", "text 일자", "text 비율", "text 확정"],
        3: ["text 미래투자조합", "number 0.3", "date 2026-02-14", "percent 0.4055", "truth true"],
        4: ["text 미래투자조합", "number -1234567", "date 2026-01-01", "number 1", "truth false"],
        5: ["text 미래투자조합", "text 1,000", "", "", "error #N/A"],
    }
    assert rows_of(found, "숨김") == {3: ["", "text 값"]}
    assert found.progress == sorted(found.progress) and found.progress[-1] == 1


def test_openpyxl_without_values_says_which_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([1, 2, "=A1+B1"])
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", tmp_path)
    assert found.problem["kind"] == "not-calculated"
    assert (found.problem["row"], found.problem["column"]) == (1, 2)


@pytest.mark.parametrize("in_1904", [False, True])
@pytest.mark.parametrize("constant_memory", [False, True])
def test_xlsxwriter(tmp_path, in_1904, constant_memory):
    book = xlsxwriter.Workbook(
        tmp_path / "a.xlsx", {"date_1904": in_1904, "constant_memory": constant_memory}
    )
    page = book.add_worksheet("출자금")
    day = book.add_format({"num_format": "[$-412]yyyy. m. d. dddd"})
    page.write_row(0, 0, ["가", 1.1, -0.5, "  =1+1 ", "a\x01_x0041_"])
    page.write_datetime(0, 5, datetime.datetime(2026, 2, 14, 23, 59), day)
    page.write_formula(1, 0, "=SUM(B1:C1)", None, 0.6)
    page.write_formula(1, 1, '="a"&"b"', None, "ab")
    page.write_rich_string(2, 1, "하이", book.add_format({"bold": True}), "테크", "1호")
    page.write_number(2, 2, 12345678901234567)
    page.write_boolean(2, 3, True)
    page.write_blank(3, 9, None, day)
    book.close()
    assert rows_of(read(tmp_path / "a.xlsx", tmp_path), "출자금") == {
        1: ["text 가", "number 1.1", "number -0.5", "text =1+1", "text a\x01_x0041_"]
        + ["date 2026-02-14"],
        2: ["number 0.6", "text ab"],
        3: ["", "text 하이테크1호", "number 12345678901234600", "truth true"],
    }


def test_libreoffice(tmp_path):
    """LibreOffice calculates what openpyxl only wrote, and writes it in its own way."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "개요"
    page.append(["조합", "약정", "납입", "비율", "일자"])
    page.append(["미래투자조합", 20203, 14142, "=C2/B2", DAY])
    page.append(["하이테크1호", 1000.5, -0.1, "=C3/B3", DAY])
    page.append(["합계", "=SUM(B2:B3)", "=SUM(C2:C3)", "=NA()", "=E2"])
    page["D2"].number_format = "0.00%"
    page["E4"].number_format = 'yyyy"년" mm"월" dd"일"'
    book.create_sheet("숨김").sheet_state = "hidden"
    book.save(tmp_path / "in.xlsx")
    # With commas, in UTF-8.
    for ending in ["xlsx", "csv:Text - txt - csv (StarCalc):44,34,76"]:
        convert(tmp_path / "in.xlsx", ending, tmp_path / "out")
    found = read(tmp_path / "out/in.xlsx", tmp_path)
    assert found.hidden == {"숨김"}
    rows = rows_of(found, "개요")
    assert rows[2][:3] == ["text 미래투자조합", "number 20203", "number 14142"]
    assert rows[2][3:] == [f"percent {14142 / 20203:.15g}", "date 2026-02-14"]
    assert rows[3][1:3] == ["number 1000.5", "number -0.1"]
    assert rows[4] == ["text 합계", "number 21203.5", "number 14141.9", "error #N/A"] + [
        "date 2026-02-14"
    ]
    as_text = read(tmp_path / "out/in.csv", tmp_path)
    assert rows_of(as_text, "in")[2][:3] == ["text 미래투자조합", "text 20203", "text 14142"]


def convert(file, ending, folder):
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        + ["--convert-to", ending, "--outdir", folder, file],
        check=True,
        capture_output=True,
        timeout=300,
    )


def test_strict(tmp_path):
    """Excel's "Strict Open XML": other namespaces, days as ISO 8601."""
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    made = workbook(
        tmp_path / "a.xlsx",
        root=f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{office}/officeDocument" Target="/xl/workbook.xml"/>'
        "</Relationships>",
        workbook=f'<workbook xmlns="{main}" xmlns:r="{office}" conformance="strict"><sheets>'
        '<sheet name="시트" sheetId="1" r:id="s"/></sheets></workbook>',
        strings=f'<sst xmlns="{main}"><si><t>하나</t></si></sst>',
        styles=f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
        sheet=f'<worksheet xmlns="{main}"><sheetData><row><c t="s"><v>0</v></c>'
        '<c t="d"><v>2026-02-14</v></c></row></sheetData></worksheet>',
    )
    assert rows_of(read(made, tmp_path), "시트") == {1: ["text 하나", "date 2026-02-14"]}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv(tmp_path, encoding, delimiter, end):
    table = [["펀드", "금액", "대가"], ["똠방각하 ㈜", "1,000", 'say "no"'], ["나", "-5", "두\n줄"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(table)
    file = tmp_path / "납입.csv"
    file.write_bytes(text.getvalue().encode(encoding))
    found = read(file, tmp_path)
    assert list(found.sheets["납입"].values()) == [[f"text {cell}" for cell in row] for row in table]


def test_many_rows(tmp_path):
    """100,000 rows in bounded memory, and as many lines."""
    count = 100_000 if SOAK else 20_000
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True})
    page = book.add_worksheet("a")
    for row in range(count):
        page.write_row(row, 0, ["미래투자조합", "2026-02-14", row, row / 7, "메모"])
    book.close()
    found = read(tmp_path / "a.xlsx", tmp_path, show=False)
    assert found.code == 0 and len(found.progress) > 5
    assert found.memory < 400, f"{found.memory} MiB"
    with (tmp_path / "a.csv").open("w") as file:
        file.writelines(f"미래투자조합,2026-02-14,{row},메모\n" for row in range(count))
    found = read(tmp_path / "a.csv", tmp_path)
    assert len(found.sheets["a"]) == count
    assert found.sheets["a"][count][2] == f"text {count - 1}"


def test_name_of_the_sheet_of_a_csv_file(tmp_path):
    (tmp_path / "upload-1").write_text("a\n")
    assert list(read(tmp_path / "upload-1", tmp_path, "--name", "9월 납입.csv").sheets) == ["9월 납입"]


def test_diagrams_have_no_cells(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet("수")
    page.write_row(0, 0, [1, 2, 3])
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=수!$A$1:$C$1"})
    book.add_chartsheet("그림").set_chart(chart)
    book.close()
    assert list(read(tmp_path / "a.xlsx", tmp_path).sheets) == ["수"]


def test_empty_sheets(tmp_path):
    rels = relationships(("s", "worksheet", "worksheets/sheet1.xml"))
    made = workbook(tmp_path / "a.xlsx", sheet=sheet(), strings=None, styles=None, rels=rels)
    assert read(made, tmp_path).sheets == {"시트": {}}
