"""Files of sheets made by hand, part by part, and what `jangbu read-sheets` makes of a file."""

import json
import re
import subprocess
import tempfile
import threading
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from harness import JANGBU

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

# A reader that takes so long hangs; what it may take by its own limits is told by its sentence.
SECONDS_TO_READ = 300


@dataclass
class Read:
    """What became of a file: its sheets, or the problem with it."""

    code: int
    problem: dict | None = None
    # By name: whether it is hidden, and its rows by number, cells as `kind what-it-holds`.
    sheets: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    progress: list[float] = field(default_factory=list)
    seconds: float = 0
    # Peak of its memory in MiB.
    memory: float = 0


def peak_memory(number: int) -> int | None:
    """The most KiB that a process has had so far, once it is the program.

    What the system says of one that has ended (`ru_maxrss`) counts in how large these tests were
    when they started it.
    """
    try:
        if b"read-sheets" not in Path(f"/proc/{number}/cmdline").read_bytes():
            return None
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) if found else None


def read(file: Path, tmp_path: Path, *arguments: str, show: bool = True) -> Read:
    rows = tmp_path / f"{time.monotonic_ns()}.rows"
    command = [JANGBU, "read-sheets", file, rows, *(["--print"] if show else []), *arguments]
    start = time.monotonic()
    with tempfile.TemporaryFile() as out_file, tempfile.TemporaryFile() as err_file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out_file, stderr=err_file
        )
        guard = threading.Timer(SECONDS_TO_READ, process.kill)
        guard.start()
        memory = 0
        while process.poll() is None:
            memory = peak_memory(process.pid) or memory
            time.sleep(0.005)
        guard.cancel()
        out_file.seek(0)
        err_file.seek(0)
        out, err = out_file.read(), err_file.read()
    found = Read(process.returncode, seconds=time.monotonic() - start)
    found.memory = memory / 1024
    assert not err, err.decode()
    name = ""
    for line in out.decode().splitlines():
        kind, rest = line.split(" ", 1)
        if kind == "done":
            found.progress.append(float(rest))
        elif kind == "problem":
            found.problem = json.loads(rest)
        elif kind == "sheet":
            shown, name = rest.split(" ", 1)
            name = json.loads(name)[0]
            found.sheets[name] = {}
            if shown == "hidden":
                found.hidden.add(name)
        elif kind == "row":
            number, cells = rest.split(" ", 1)
            found.sheets[name][int(number)] = json.loads(cells)
    # It is read as a whole or refused in both languages, and leaves nothing of what it refused.
    assert found.code in (0, 1), f"it ended with {found.code}\n{out.decode()[-500:]}"
    assert (found.code == 1) == (found.problem is not None)
    assert rows.exists() == (found.code == 0)
    if found.problem:
        assert found.problem["ko"] and found.problem["en"]
        assert any("가" <= letter <= "힣" for letter in found.problem["ko"])
        assert not any("가" <= letter <= "힣" for letter in found.problem["en"].split('"')[0])
    rows.unlink(missing_ok=True)
    return found


def relationships(*targets: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in targets
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def sheet(rows: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(rows: str = "<row><c><v>1</v></c></row>", **changed) -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet, by short names; `None` leaves one out."""
    made = {
        "types": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "root": relationships(("a", "officeDocument", "xl/workbook.xml")),
        "workbook": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="시트" sheetId="1" r:id="s"/></sheets></workbook>',
        "rels": relationships(
            ("s", "worksheet", "worksheets/sheet1.xml"),
            ("t", "sharedStrings", "sharedStrings.xml"),
            ("y", "styles", "styles.xml"),
        ),
        "strings": f'<sst xmlns="{MAIN}"><si><t>하나</t></si><si><t>둘</t></si></sst>',
        "styles": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="10"/></cellXfs></styleSheet>',
        "sheet": sheet(rows),
    } | changed
    names = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "workbook": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    return {names.get(name, name): part for name, part in made.items() if part is not None}


def workbook(path: Path, rows: str = "<row><c><v>1</v></c></row>", **changed) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts(rows, **changed).items():
            archive.writestr(name, part)
    return path
