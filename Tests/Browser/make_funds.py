"""Writes books of many funds as the CSV files that `jangbu import` reads.

    python3 Tests/Browser/make_funds.py FOLDER [COUNT]

The same count gives the same files, to the byte. Everything in them keeps the rules: a fund's
commitments add up to its total, nobody is called for more than the commitment, and no item takes
more than its amount. Some funds are not formed yet, some calls are open, overdue or partly paid.
"""

import csv
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

LAST_DAY = date(2026, 2, 14)
MILLION = 1_000_000

GP = "가온파트너스"
LPS = [
    ("농식품모태펀드", "정책기관"),
    ("한국벤처투자", "정책기관"),
    ("한국성장금융", "정책기관"),
    ("한국산업은행", "금융기관"),
    ("NH농협은행", "금융기관"),
    ("미래에셋증권", "금융기관"),
    ("과학기술인공제회", "기관"),
    ("기술보증기금", "기관"),
    ("김하늘", "개인"),
    ("이바다", "개인"),
]
TYPES = ["벤처투자조합", "농림수산식품투자조합", "신기술사업투자조합"]
MANAGERS = ["김00", "이00", "박00", "최00", "정00"]
INDUSTRIES = ["AI/딥러닝", "바이오/헬스케어", "애그테크/스마트팜", "핀테크", "모빌리티"]
INSTRUMENTS = ["보통주", "전환사채", "상환전환우선주"]
COMPANIES = [f"가온기업 {number:02}" for number in range(1, 41)]

HEADS = {
    "funds": "name,type,status,fund_manager,gp,currency,formation_date,investment_period_end,"
    "maturity_date,commitment_total,gp_commitment,hurdle_rate",
    "partners": "fund,partner,type,commitment",
    "companies": "company,industry",
    "capital_call_items": "fund,call_no,call_type,notice_date,due_date,partner,amount",
    "payments": "fund,call_no,partner,paid_date,kind,amount",
    "investments": "fund,company,amount,instrument,investment_date",
}


@dataclass
class Books:
    """Rows by file, in the order of the columns of `HEADS`."""

    rows: dict[str, list[tuple]] = field(default_factory=lambda: {name: [] for name in HEADS})

    def write(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        for name, head in HEADS.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(head.split(","))
                writer.writerows(self.rows[name])


def make_funds(count: int = 200) -> Books:
    books, random = Books(), Random(20260214)
    books.rows["companies"] = [
        (company, INDUSTRIES[index % len(INDUSTRIES)]) for index, company in enumerate(COMPANIES)
    ]
    for number in range(1, count + 1):
        add_fund(books, random, f"가온 {number:03}호 투자조합", is_formed=number % 10 != 0)
    return books


def add_fund(books: Books, random: Random, fund: str, is_formed: bool):
    formation = LAST_DAY - timedelta(days=random.randrange(60, 2000))
    investing_until = formation + timedelta(days=4 * 365)
    maturity = formation + timedelta(days=8 * 365)
    commitments = {GP: ("GP", random.randrange(20, 500) * MILLION)}
    for partner, kind in random.sample(LPS, random.randrange(2, 6)):
        commitments[partner] = (kind, random.randrange(5, 100) * 100 * MILLION)

    dates = (formation, investing_until, maturity) if is_formed else ("", "", "")
    total = sum(amount for _, amount in commitments.values())
    books.rows["funds"].append(
        (fund, random.choice(TYPES), "active" if is_formed else "forming", random.choice(MANAGERS))
        + (GP, "KRW", *dates, total, commitments[GP][1], random.choice(["2.0", "3.5", "8.0"]))
    )
    for partner, (kind, amount) in commitments.items():
        books.rows["partners"].append((fund, partner, kind, amount))
    if is_formed:
        add_calls(books, random, fund, formation, commitments)
        add_investments(books, random, fund, formation, total)


def add_calls(books: Books, random: Random, fund: str, formation: date, commitments: dict):
    for call, per_cent in enumerate([30, 20, 25][: random.randrange(1, 4)], 1):
        noticed = formation + timedelta(days=(call - 1) * 200 + random.randrange(0, 30))
        due = noticed + timedelta(days=14)
        if noticed > LAST_DAY:
            break
        call_type = "최초납입" if call == 1 else "추가납입"
        for partner, (_, commitment) in commitments.items():
            item = commitment * per_cent // 100
            books.rows["capital_call_items"].append(
                (fund, call, call_type, noticed, due, partner, item)
            )
            # Three in four pay at once, most others in two parts, the rest not yet.
            parts = random.choices([[item], [item * 4 // 10, item - item * 4 // 10], []], [15, 4, 1])
            paid_on = due - timedelta(days=random.randrange(0, 5))
            for part in parts[0]:
                if paid_on <= LAST_DAY:
                    books.rows["payments"].append((fund, call, partner, paid_on, "payment", part))
                paid_on += timedelta(days=random.randrange(1, 40))


def add_investments(books: Books, random: Random, fund: str, formation: date, total: int):
    for company in random.sample(COMPANIES, random.randrange(0, 6)):
        made_on = formation + timedelta(days=random.randrange(20, 900))
        if made_on <= LAST_DAY:
            amount = max(total * random.randrange(1, 8) // 100 // MILLION, 1) * MILLION
            books.rows["investments"].append(
                (fund, company, amount, random.choice(INSTRUMENTS), made_on)
            )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    make_funds(*map(int, sys.argv[2:])).write(Path(sys.argv[1]))
