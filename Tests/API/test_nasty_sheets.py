"""Files that mean harm, or were harmed: each is read right or refused in a clear sentence, by a
process that ends by itself and in its own limits of memory."""

import io
import os
import struct
import zipfile

import pytest
from sheet_files import MAIN, OFFICE, parts, read, relationships, sheet, workbook

SOAK = "JANGBU_SOAK" in os.environ
# What the process that reads may take: `ReaderLimits` caps its address space at 1.5 GiB.
MOST_MEMORY = 1536


def refused(found, *kinds):
    assert found.problem, f"read: {str(found.sheets)[:300]}"
    assert found.problem["kind"] in kinds, found.problem
    assert found.memory < MOST_MEMORY


def row(*cells):
    return "<row>" + "".join(cells) + "</row>"


# Bombs


def test_bomb_of_one_part(tmp_path):
    """A sheet of blank cells: a thousandth of its size when packed."""
    size = (1 << 31) + (1 << 20) if SOAK else 100 << 20
    piece = b"<c/>" * (1 << 18)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts(sheet=None).items():
            archive.writestr(name, part)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(size // len(piece)):
                part.write(b"<row>" + piece[:40_000] + b"</row>")
                part.write(b" " * (len(piece) - 40_011))
            part.write(b"</sheetData></worksheet>")
    refused(read(tmp_path / "a.xlsx", tmp_path), "too-large")


def test_bomb_of_texts(tmp_path):
    """One long text that every cell names."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{"가" * 300_000}</t></si></sst>'
    many = "".join(row('<c t="s"><v>0</v></c>') for _ in range(2_000))
    refused(read(workbook(tmp_path / "a.xlsx", many, strings=strings), tmp_path, show=False),
            "too-large")  # fmt: skip


def test_overlapping_parts(tmp_path):
    """Many entries that share one packed part, after David Fifield's zip bomb."""
    workbook(tmp_path / "a.xlsx", "<row><c><v>1</v></c></row>" * 20_000)
    data = bytearray((tmp_path / "a.xlsx").read_bytes())
    end = data.rindex(b"PK\5\6")
    start = struct.unpack_from("<I", data, end + 16)[0]
    # The largest entry of the list, again and again under other names.
    entry = bytes(data[data.rindex(b"PK\1\2", start, end) : end])
    more = b"".join(
        entry[:46] + f"xl/{place:021}".encode() + entry[46 + 24 :] for place in range(200)
    )
    listed = bytes(data[start:end]) + more
    count = struct.unpack_from("<H", data, end + 10)[0] + 200
    last = bytearray(data[end:])
    struct.pack_into("<HHI", last, 8, count, count, len(listed))
    (tmp_path / "b.xlsx").write_bytes(bytes(data[:start]) + listed + bytes(last))
    assert len(zipfile.ZipFile(tmp_path / "b.xlsx").namelist()) == count
    refused(read(tmp_path / "b.xlsx", tmp_path), "damaged")


def test_archives_inside_archives(tmp_path):
    """What lies inside is never opened: only parts that the workbook names are unpacked."""
    inner = b"\0" * (10 << 20)
    for _ in range(5):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for place in range(10):
                archive.writestr(f"{place}.zip", inner)
        inner = packed.getvalue()
    made = workbook(tmp_path / "a.xlsx", **{"xl/embeddings/a.zip": inner})
    assert read(made, tmp_path).sheets == {"시트": {1: ["number 1"]}}
    (tmp_path / "b.xlsx").write_bytes(inner)
    refused(read(tmp_path / "b.xlsx", tmp_path), "other-format")


def test_many_entries(tmp_path):
    made = workbook(tmp_path / "a.xlsx", **{f"xl/media/{place}.png": "" for place in range(20_000)})
    refused(read(made, tmp_path), "too-large")


ENTITIES = "".join(
    f'<!ENTITY a{place} "{f"&a{place - 1};" * 10 if place else "ha"}">' for place in range(10)
)


@pytest.mark.parametrize("name", ["root", "workbook", "rels", "strings", "styles", "sheet"])
@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE a [{ENTITIES}]>",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/a"> %x;]>',
    ],
    ids=["bomb", "file", "outside", "parameter"],
)
def test_document_types(tmp_path, name, doctype):
    part = parts()[
        {
            "root": "_rels/.rels",
            "workbook": "xl/workbook.xml",
            "rels": "xl/_rels/workbook.xml.rels",
            "strings": "xl/sharedStrings.xml",
            "styles": "xl/styles.xml",
            "sheet": "xl/worksheets/sheet1.xml",
        }[name]
    ]
    found = read(workbook(tmp_path / "a.xlsx", **{name: doctype + part}), tmp_path)
    refused(found, "damaged")
    assert "DOCTYPE" in found.problem["en"]


# Indexes and places


@pytest.mark.parametrize(
    "rows",
    [
        row('<c t="s"><v>2</v></c>'),
        row('<c t="s"><v>-1</v></c>'),
        row('<c t="s"><v>99999999999999999999</v></c>'),
        row('<c s="3"><v>1</v></c>'),
        row('<c s="-1"><v>1</v></c>'),
        row('<c r="ZZZZ99"><v>1</v></c>'),
        row('<c r="A0"><v>1</v></c>'),
        row('<c r="B1"><v>1</v></c>', '<c r="A1"><v>1</v></c>'),
        row('<c r="A1"><v>1</v></c>', '<c r="A1"><v>1</v></c>'),
        row('<c r="XFD1"><v>1</v></c>'),
        '<row r="0"/>',
        '<row r="-5"/>',
        '<row r="1048577"/>',
        '<row r="99999999999999999999"/>',
        '<row r="5"/><row r="4"/>',
        row("<c><v>12abc</v></c>"),
        row("<c><v>nan</v></c>"),
        row('<c t="q"><v>1</v></c>'),
        row('<c t="b"><v>7</v></c>'),
        row('<c t="d"><v>2026-02-30</v></c>'),
        row("<c/>" * 17_000),
    ],
)
def test_bent_cells(tmp_path, rows):
    refused(read(workbook(tmp_path / "a.xlsx", rows), tmp_path), "cell", "damaged", "too-large")


@pytest.mark.parametrize("merge", ["A1", "A1:A0", "B2:A1", "A1:ZZZZ9", "", ":", "A1:B2:C3"])
def test_bent_merges(tmp_path, merge):
    made = sheet(row("<c><v>1</v></c>"), f'<mergeCells><mergeCell ref="{merge}"/></mergeCells>')
    found = read(workbook(tmp_path / "a.xlsx", sheet=made), tmp_path)
    assert merge == "A1" or found.problem["kind"] == "damaged"


def test_serial_numbers_that_are_no_days(tmp_path):
    """A number that stands for no day stays a number; a person sees it in the preview."""
    numbers = ["0", "-1", "60", "1E+300", "0.5", "109575"]
    cells = [f'<c s="1"><v>{number}</v></c>' for number in numbers]
    found = read(workbook(tmp_path / "a.xlsx", row(*cells)), tmp_path)
    assert [cell.split()[0] for cell in found.sheets["시트"][1]] == ["number"] * len(numbers)


# Parts that are missing, doubled, or something else


@pytest.mark.parametrize("name", ["root", "workbook", "rels", "strings", "styles", "sheet"])
def test_missing_parts(tmp_path, name):
    refused(read(workbook(tmp_path / "a.xlsx", **{name: None}), tmp_path), "damaged", "other-format")


def test_content_types_are_not_needed(tmp_path):
    for types in [None, "<no xml", '<Types><Default Extension="xml" ContentType="image/png"/></Types>']:
        made = workbook(tmp_path / "a.xlsx", types=types)
        assert read(made, tmp_path).sheets == {"시트": {1: ["number 1"]}}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml"])
def test_two_parts_of_one_name(tmp_path, name):
    with zipfile.ZipFile(workbook(tmp_path / "a.xlsx"), "a") as archive:
        archive.writestr(name, "<other/>")
    refused(read(tmp_path / "a.xlsx", tmp_path), "damaged")


def test_relationships_in_circles(tmp_path):
    made = workbook(
        tmp_path / "a.xlsx", rels=relationships(("s", "worksheet", "workbook.xml")), strings=None
    )
    refused(read(made, tmp_path), "damaged")
    made = workbook(tmp_path / "b.xlsx", root=relationships(("a", "officeDocument", "_rels/.rels")))
    refused(read(made, tmp_path), "other-format")


@pytest.mark.parametrize(
    "target", ["../../../etc/passwd", "/../../etc/passwd", "file:///etc/passwd", "C:\\a", "..", ""]
)
def test_targets_outside(tmp_path, target):
    rels = relationships(("s", "worksheet", target))
    refused(read(workbook(tmp_path / "a.xlsx", rels=rels), tmp_path), "damaged")


def test_sheet_that_is_elsewhere(tmp_path):
    rels = relationships(("s", "worksheet", "http://127.0.0.1:1/a"))
    rels = rels.replace("Target=", 'TargetMode="External" Target=')
    refused(read(workbook(tmp_path / "a.xlsx", rels=rels), tmp_path), "damaged", "other-format")


def test_too_many_sheets_and_names_twice(tmp_path):
    def book(*names):
        tabs = "".join(f'<sheet name="{name}" sheetId="1" r:id="s"/>' for name in names)
        return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tabs}</sheets></workbook>'

    for names, kind in [
        ([f"s{place}" for place in range(201)], "too-large"),
        (["가", "가"], "damaged"),
        (["  "], "damaged"),
        ([], "other-format"),
    ]:
        made = workbook(tmp_path / "a.xlsx", workbook=book(*names))
        refused(read(made, tmp_path), kind)


# XML that is none, or in other letters


def test_xml_in_utf16(tmp_path):
    part = '<?xml version="1.0" encoding="UTF-16"?>' + sheet(row("<c><v>1</v></c>"))
    made = workbook(tmp_path / "a.xlsx", sheet=part.encode("utf-16"))
    assert read(made, tmp_path).sheets == {"시트": {1: ["number 1"]}}


@pytest.mark.parametrize(
    "part",
    [
        sheet(row('<c t="str"><v>\0</v></c>')).encode(),
        sheet(row('<c t="str"><v>@</v></c>')).encode().replace(b"@", b"\xff\xfe"),
        sheet(row('<c t="str"><v>@</v></c>')).encode().replace(b"@", b"\xed\xa0\x80"),
        sheet(row('<c t="str"><v>&#0;</v></c>')).encode(),
        sheet(row("<c><v>&nothing;</v></c>")).encode(),
        b'<?xml version="1.0" encoding="EBCDIC"?><a/>',
        sheet("<a>" * 5_000 + "</a>" * 5_000).encode(),
        sheet(f'<row a="{"x" * (3 << 20)}"/>').encode(),
        sheet("<row " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>").encode(),
        sheet().encode() + b"<more/>",
        b"\0" * 1000,
        b"",
    ],
    ids=["nul", "bytes", "surrogate", "nul-reference", "entity", "letters", "deep", "long", "wide"]
    + ["two", "zeros", "nothing"],
)
def test_bent_xml(tmp_path, part):
    refused(read(workbook(tmp_path / "a.xlsx", sheet=part), tmp_path), "damaged")


def test_field_of_two_megabytes(tmp_path):
    text = "가" * 700_000
    refused(read(workbook(tmp_path / "a.xlsx", row(f'<c t="str"><v>{text}</v></c>')), tmp_path),
            "too-large")  # fmt: skip
    (tmp_path / "a.csv").write_text(f'a,"{text}"\n')
    found = read(tmp_path / "a.csv", tmp_path)
    refused(found, "too-large")
    assert (found.problem["row"], found.problem["column"]) == (1, 1)
    # Half of it is read.
    (tmp_path / "b.csv").write_text(f"{text[:300_000]}\n")
    assert read(tmp_path / "b.csv", tmp_path).sheets["b"][1] == ["text " + text[:300_000]]


# The file as a whole


def test_cut_at_many_places(tmp_path):
    whole = workbook(tmp_path / "a.xlsx", row("<c><v>1</v></c>") * 100).read_bytes()
    for count in range(4, len(whole), 20 if SOAK else 150):
        (tmp_path / "b.xlsx").write_bytes(whole[:count])
        assert read(tmp_path / "b.xlsx", tmp_path).problem


def test_bytes_that_were_changed(tmp_path):
    """One byte of a packed part: what is unpacked is not what was packed."""
    whole = bytearray(workbook(tmp_path / "a.xlsx", row("<c><v>1</v></c>") * 100).read_bytes())
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
        start = part.header_offset + 30 + len(part.filename)
    for place in range(start, start + part.compress_size, 1 if SOAK else 7):
        bent = bytearray(whole)
        bent[place] ^= 0x10
        (tmp_path / "b.xlsx").write_bytes(bent)
        assert read(tmp_path / "b.xlsx", tmp_path).problem
    # The check sum alone.
    bent = whole.replace(struct.pack("<I", part.CRC), struct.pack("<I", part.CRC ^ 1))
    (tmp_path / "b.xlsx").write_bytes(bent)
    refused(read(tmp_path / "b.xlsx", tmp_path), "damaged")


def test_password_of_the_archive(tmp_path):
    """Each part marked as encrypted, as zip programs do it."""
    whole = bytearray(workbook(tmp_path / "a.xlsx").read_bytes())
    for mark, at in [(b"PK\3\4", 6), (b"PK\1\2", 8)]:
        place = -1
        while (place := whole.find(mark, place + 1)) >= 0:
            whole[place + at] |= 1
    (tmp_path / "a.xlsx").write_bytes(whole)
    refused(read(tmp_path / "a.xlsx", tmp_path), "encrypted", "damaged")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_pack(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", method) as archive:
        for name, part in parts().items():
            archive.writestr(name, part)
    found = read(tmp_path / "a.xlsx", tmp_path)
    assert found.problem or found.sheets == {"시트": {1: ["number 1"]}}
    assert method != zipfile.ZIP_STORED or found.sheets


def test_zip64(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts().items():
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(part.encode())
    assert read(tmp_path / "a.xlsx", tmp_path).sheets == {"시트": {1: ["number 1"]}}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    "content, kind, word",
    [
        (b"", "empty", "empty"),
        (OLE + b"\0" * 4_096, "other-format", ".xls"),
        (OLE + b"\0" * 1_048_560 + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n\0\0\0", "other-format", "neither"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "other-format", "neither"),
        (b"\n <HTML><table><tr><td>1</td></tr></table>", "other-format", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "other-format", "web page"),
        (b"PK\x05\x06" + b"\0" * 18, "other-format", "archive"),
        (b"PK\x03\x04", "damaged", "archive"),
        (b"\xc6\xdd\xff\xff,1\n", "encoding", "CP949"),
    ],
)
def test_other_files(tmp_path, content, kind, word):
    (tmp_path / "a.xlsx").write_bytes(content)
    found = read(tmp_path / "a.xlsx", tmp_path)
    refused(found, kind)
    assert word in found.problem["en"]


def test_other_office_files(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    found = read(tmp_path / "a.ods", tmp_path)
    refused(found, "other-format")
    assert ".ods" in found.problem["en"]
    made = workbook(tmp_path / "a.xlsb", root=relationships(("a", "officeDocument", "xl/a.bin")))
    found = read(made, tmp_path)
    refused(found, "other-format")
    assert ".xlsb" in found.problem["en"]
    made = workbook(tmp_path / "a.docx", workbook="<document/>")
    refused(read(made, tmp_path), "other-format")


def test_what_is_no_file(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    os.mkfifo(tmp_path / "pipe.xlsx")
    for name in ["folder.xlsx", "pipe.xlsx", "none.xlsx"]:
        refused(read(tmp_path / name, tmp_path), "unreadable")


def test_file_that_is_too_large(tmp_path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate((256 << 20) + 1)
    refused(read(tmp_path / "a.csv", tmp_path), "too-large")


# CSV


@pytest.mark.parametrize(
    "text, kind",
    [
        ('a\n"b\n', "quotes"),
        ('a,"b"c\n', "quotes"),
        ("a" + "\u0301" * 40, "cell"),
        ("," * 20_000, "too-large"),
        ("," * 1_000 + "a", "too-large"),
        ("a\0b\n", "other-format"),
        ('"' * 99_999, "quotes"),
        (",".join(["x" * 1_000_000] * 9), "too-large"),
    ],
)
def test_bent_csv(tmp_path, text, kind):
    (tmp_path / "a.csv").write_text(text)
    refused(read(tmp_path / "a.csv", tmp_path), kind)


def test_many_texts_within_memory(tmp_path):
    """As many different texts as are read, and more."""
    texts, length = (200 if SOAK else 70), 1_000_000
    items = "".join(f"<si><t>{place}{'x' * length}</t></si>" for place in range(texts))
    strings = f'<sst xmlns="{MAIN}">{items}</sst>'
    found = read(workbook(tmp_path / "a.xlsx", strings=strings), tmp_path, show=False)
    assert found.problem is None or found.problem["kind"] == "too-large"
    assert found.memory < MOST_MEMORY
