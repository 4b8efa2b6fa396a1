"""How long 1,000,000 payments from one CSV file take: time, memory and the size of the books.

Run it after `swift build -c release --product jangbu`:
  JANGBU=.build/release/jangbu python3 Benchmarks/import_payments.py [how many calls each fund has]
100 funds × 50 partners × 200 calls; each item is paid in full by one row, from a fixed seed. Funds,
partners and calls are imported first, by themselves. Afterwards what was paid is what was called.
"""

import csv
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

JANGBU = os.environ.get("JANGBU", ".build/release/jangbu")
FUNDS, PARTNERS = 100, 50
COMMITMENT = 10**12


def main(calls: int):
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = Path(name)
        books, sheets, payments = folder / "bench.books", folder / "firm", folder / "payments.csv"
        sheets.mkdir()
        called = write(sheets, payments, calls)
        run("new books", "init", "--books", books)
        run("funds, partners and calls", "import", "--books", books, sheets)
        print(f"payments.csv: {payments.stat().st_size / 2**20:.0f} MiB")
        run("a look at the payments", "import", "--books", books, payments, "--dry-run")
        run("the payments", "import", "--books", books, payments)
        size = sum(path.stat().st_size for path in folder.glob("bench.books*"))
        print(f"the books: {size / 2**20:.0f} MiB")
        paid = overview(books)
        assert paid == called, f"{called:,} was called, {paid:,} was paid"
        again = run("the same once more, a look", "import", "--books", books, payments, "--dry-run")
        assert f"0 new, 0 changed, {FUNDS * PARTNERS * calls} already there" in again, again


def write(sheets: Path, payments: Path, calls: int) -> int:
    """The firm's files. Returns the sum of what is called."""
    chance = random.Random(20260214)
    first, total = datetime.date(2020, 1, 6), 0
    days = [(first + datetime.timedelta(day)).isoformat() for day in range(calls * 7 + 30)]
    with (
        (sheets / "funds.csv").open("w", newline="", encoding="utf-8") as funds,
        (sheets / "partners.csv").open("w", newline="", encoding="utf-8") as partners,
        (sheets / "capital_call_items.csv").open("w", newline="", encoding="utf-8") as items,
        payments.open("w", newline="", encoding="utf-8") as paid,
    ):
        fund_rows, partner_rows, item_rows, paid_rows = map(csv.writer, (funds, partners, items, paid))
        fund_rows.writerow(["name", "commitment_total", "formation_date"])
        partner_rows.writerow(["fund", "partner", "type", "commitment"])
        item_rows.writerow(["fund", "call_no", "notice_date", "due_date", "partner", "amount"])
        paid_rows.writerow(["조합명", "차수", "조합원", "납입일", "납입액", "비고"])
        for number in range(1, FUNDS + 1):
            fund = f"하이테크{number}호조합"
            fund_rows.writerow([fund, COMMITMENT * PARTNERS, first.isoformat()])
            names = [f"출자자 {place:03}" for place in range(1, PARTNERS + 1)]
            for partner in names:
                partner_rows.writerow([fund, partner, "기관", COMMITMENT])
            for call in range(calls):
                notice, due = days[call * 7], days[call * 7 + 14]
                for partner in names:
                    amount = chance.randrange(1, 2_000) * 1_000_000
                    total += amount
                    item_rows.writerow([fund, call + 1, notice, due, partner, amount])
                    day = days[call * 7 + chance.randrange(20)]
                    paid_rows.writerow([fund, call + 1, partner, day, f"{amount:,}", ""])
    return total


def run(what: str, *arguments) -> str:
    """Runs one command; says how long it took and how large its largest process grew."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [JANGBU, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        output.seek(0)
        said = output.read().decode()
    assert status == 0, said
    print(
        f"{what}: {seconds:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of a core,"
        f" {usage.ru_maxrss / 1024:.0f} MiB",
        flush=True,
    )
    return said


def overview(books: Path) -> int:
    """What the funds together have been paid, as the overview says it."""
    text = run("the overview", "overview", "--books", books, "--as-of", "2199-12-31", "--json")
    return int(json.loads(text)["totals"]["total_paid_in"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
