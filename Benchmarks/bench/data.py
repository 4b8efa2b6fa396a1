"""The books of a size in every form that something is measured on, made once and kept."""

import functools
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlite_tables
from generate import generate, reference_dates
from program import built, cache_folder, run
from sizes import Size


@dataclass(frozen=True)
class Data:
    size: Size
    folder: Path

    @property
    def books(self) -> Path:
        """As Jangbu keeps them: audit trail, seals and all."""
        return self.folder / "jangbu.books"

    @property
    def rows(self) -> Path:
        """The same facts as bare numbers in CSV, for the peers."""
        return self.folder / "rows"

    @property
    def bare(self) -> Path:
        """SQLite: the rows with one covering index."""
        return self.folder / "bare.sqlite"

    @property
    def running(self) -> Path:
        """SQLite: running totals for each fund and date."""
        return self.folder / "running.sqlite"

    @property
    def dates(self) -> Path:
        return self.folder / "dates"

    def copy_of_books(self, name: str) -> Path:
        """Books that may be written in."""
        copy = self.folder / name
        for suffix in ("", "-wal", "-shm"):
            Path(f"{copy}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.books, copy)
        return copy

    @property
    def entries(self) -> int:
        return int((self.folder / "made").read_text().split()[1])


@functools.cache
def prepare(size: Size) -> Data:
    """Makes what is missing; what another generator made is thrown away. Looks once a run."""
    data = Data(size, cache_folder() / size.name)
    made = data.folder / "made"
    mark = _mark(size)
    if made.exists() and made.read_text().split()[0] == mark:
        return data
    print(f"Making the books of {size.name}: {size.funds:,} funds", flush=True)
    shutil.rmtree(data.folder, ignore_errors=True)
    data.folder.mkdir(parents=True)
    generate(size, data.folder)
    sqlite_tables.load(data.rows, data.bare, data.running)
    data.dates.write_text("\n".join(reference_dates(size.compared_dates)) + "\n")
    run(built("jangbu"), "init", "--books", data.books)
    firms = sorted(data.folder.glob("firm-*"), key=lambda path: int(path.name.split("-")[1]))
    for number, firm in enumerate(firms, 1):
        print(f"  importing part {number} of {len(firms)}", flush=True)
        run(built("jangbu"), "import", "--books", data.books, firm)
        shutil.rmtree(firm)
    with (data.rows / "entries.csv").open() as lines:
        entries = sum(1 for _ in lines) - 1
    made.write_text(f"{mark} {entries}\n")
    return data


def _mark(size: Size) -> str:
    """What decides which books are made."""
    here = Path(__file__).resolve().parent
    sources = [here / "generate.py", here / "sqlite_tables.py"]
    text = repr(size) + "".join(source.read_text() for source in sources)
    return hashlib.sha256(text.encode()).hexdigest()
