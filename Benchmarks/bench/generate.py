"""A firm's capital, made up from a fixed seed: for Jangbu to import, and the same for the peers.

Money is in won. Funds are formed over five years from 2016 on and call their partners for four
more; one item in four is paid in two parts, one in thirty not at all, some payments are refunded in
part, some were keyed in wrongly and reversed. Each fund invests in companies of a common list, in
one of them twice; in one fund of ten the registered total grew at a later closing.
"""

import datetime
import random
from contextlib import ExitStack
from pathlib import Path

from sizes import SEED, Size

EPOCH = datetime.date(1970, 1, 1)
FIRST_DAY = (datetime.date(2016, 1, 4) - EPOCH).days
LAST_DAY = (datetime.date(2025, 12, 31) - EPOCH).days
# The day of what a fund has from the beginning on: before every reference date.
BEGINNING = -25_567
# Funds whose files are imported in one go: memory is bounded by them.
FUNDS_AT_ONCE = 1_000

TYPES = ["정책기관", "금융기관", "기관", "개인"]
WORDS = ["미래투자", "하이테크", "파마테크", "그린뉴딜", "소재부품", "콘텐츠", "바이오", "스케일업"]
POOL, COMPANIES, MANAGERS = 400, 3_000, 40

FIRM = {
    "funds": "name,type,fund_manager,gp,currency,formation_date,investment_period_end,"
    "maturity_date,commitment_total,gp_commitment,hurdle_rate",
    "fund_total_changes": "fund,amount,effective_on,reason",
    "partners": "fund,partner,type,commitment",
    "investments": "fund,company,amount,instrument,investment_date",
    "capital_call_items": "fund,call_no,call_type,notice_date,due_date,partner,amount",
    "payments": "fund,call_no,partner,paid_date,kind,amount,reverses,memo,sequence",
}
# Days are numbers since 1970; `class` is 0 for a partner, 1 for a GP, 2 for an investment; `units`
# are the amount with the sign that it counts with.
PEERS = {
    "funds": "fund,name,type,manager,formation,period_end,maturity,gp_commitment,hurdle",
    "commitments": "fund,day,amount",
    "items": "item,fund,class,party,notice,amount",
    "entries": "entry,item,fund,class,party,day,kind,amount,units",
}
PAYMENT, REFUND, REVERSAL = 0, 1, 2


def generate(size: Size, folder: Path):
    """Writes `folder/firm-0`, `firm-1` … for Jangbu, and `folder/rows` for the peers."""
    rows = folder / "rows"
    rows.mkdir(parents=True)
    days = _Days()
    with ExitStack() as open_files:
        peers = _files(rows, PEERS, open_files)
        state = _Numbers()
        for first in range(0, size.funds, FUNDS_AT_ONCE):
            part = folder / f"firm-{first // FUNDS_AT_ONCE}"
            part.mkdir()
            with ExitStack() as open_part:
                firm = _files(part, FIRM, open_part)
                for number in range(first, min(first + FUNDS_AT_ONCE, size.funds)):
                    _Fund(size, number, days, state).write(firm, peers)


def reference_dates(count: int) -> list[str]:
    """Days over the years of the books, in no order: none lies near the one before."""
    chance = random.Random(SEED)
    return [
        (EPOCH + datetime.timedelta(chance.randint(FIRST_DAY, LAST_DAY))).isoformat()
        for _ in range(count)
    ]


def day_number(day: str) -> int:
    return (datetime.date.fromisoformat(day) - EPOCH).days


class _Days(dict):
    """A day's number to its text."""

    def __missing__(self, day: int) -> str:
        text = self[day] = (EPOCH + datetime.timedelta(day)).isoformat()
        return text


class _Numbers:
    """What counts over all funds: items, entries, and the sequences of a file's rows."""

    item = entry = sequence = 0


def _files(folder: Path, heads: dict[str, str], stack: ExitStack):
    files = {}
    for name, head in heads.items():
        file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8"))
        file.write(head + "\n")
        files[name] = file
    return files


class _Fund:
    """One fund's rows. Each fund has its own seed, so the first of L are those of M."""

    def __init__(self, size: Size, number: int, days: _Days, state: _Numbers):
        self.size, self.number, self.days, self.state = size, number, days, state
        self.chance = random.Random(SEED * 100_003 + number)
        self.name = f"{WORDS[number % len(WORDS)]}{number + 1}호조합"
        self.formed = FIRST_DAY + self.chance.randrange(5 * 365)

    def write(self, firm, peers):
        partners = self._partners()
        self._write_fund(partners, firm, peers)
        self._write_calls(partners, firm, peers)
        self._write_investments(firm, peers)

    def _partners(self) -> list[tuple[str, str, int]]:
        """Name, type and commitment, the GP first."""
        first = self.number * 7
        partners = [(f"운용사 {self.number % MANAGERS + 1}", "GP")] + [
            (f"출자자 {(first + place) % POOL + 1:03}", TYPES[(first + place) % len(TYPES)])
            for place in range(self.size.partners - 1)
        ]
        # A multiple of a hundred: calls ask so many per cent of it.
        return [(*who, self.chance.randint(1, 500) * 10_000_000) for who in partners]

    def _write_fund(self, partners, firm, peers):
        days, number, formed = self.days, self.number, self.formed
        committed = sum(commitment for _, _, commitment in partners)
        later = committed // 10 if self.chance.random() < 0.1 else 0
        end, maturity = formed + 4 * 365, formed + 8 * 365
        manager, hurdle = f"김{number % 90:02}", f"{self.chance.randint(0, 16) / 2}"
        kind = "벤처투자조합" if number % 3 else "농림수산식품투자조합"
        gp, _, gp_commitment = partners[0]
        firm["funds"].write(
            f"{self.name},{kind},{manager},{gp},KRW,{days[formed]},{days[end]},{days[maturity]},"
            f"{committed - later},{gp_commitment},{hurdle}\n"
        )
        peers["funds"].write(
            f"{number},{self.name},{kind},{manager},{days[formed]},{days[end]},{days[maturity]},"
            f"{gp_commitment},{hurdle}\n"
        )
        peers["commitments"].write(f"{number},{BEGINNING},{committed - later}\n")
        if later:
            day = formed + self.chance.randint(90, 700)
            firm["fund_total_changes"].write(f"{self.name},{later},{days[day]},2차 클로징\n")
            peers["commitments"].write(f"{number},{day},{later}\n")
        firm["partners"].writelines(
            f"{self.name},{name},{kind},{commitment}\n" for name, kind, commitment in partners
        )

    def _write_calls(self, partners, firm, peers):
        size, days, state, number = self.size, self.days, self.state, self.number
        random_, randrange = self.chance.random, self.chance.randrange
        items, payments, asked, entries = [], [], [], []
        each = 100 // size.calls
        for call in range(size.calls):
            notice = self.formed + call * (4 * 365 // size.calls) + randrange(14)
            due = notice + 14
            kind = "추가납입" if call else "최초납입"
            notice_day, due_day = days[notice], days[due]
            for party, (name, partner_type, commitment) in enumerate(partners):
                amount = commitment // 100 * each
                item = state.item = state.item + 1
                side = 1 if partner_type == "GP" else 0
                items.append(
                    f"{self.name},{call + 1},{kind},{notice_day},{due_day},{name},{amount}\n"
                )
                asked.append(f"{item},{number},{side},{party},{notice},{amount}\n")

                def record(day, code, word, amount, units, extra=",,"):
                    entry = state.entry = state.entry + 1
                    entries.append(
                        f"{entry},{item},{number},{side},{party},{day},{code},{amount},{units}\n"
                    )
                    payments.append(
                        f"{self.name},{call + 1},{name},{days[day]},{word},{amount},{extra}\n"
                    )

                lot, day = random_(), notice + randrange(20)
                if lot < 0.03:
                    continue  # never paid: what the comparison of posting posts on
                if lot < 0.28:
                    part = amount // 10 * (1 + randrange(9))
                    record(day, PAYMENT, "payment", part, part)
                    record(
                        day + 7 + randrange(50), PAYMENT, "payment", amount - part, amount - part
                    )
                elif lot < 0.30:
                    record(day, PAYMENT, "payment", amount, amount)
                    record(day + 5, REFUND, "refund", amount // 4, -(amount // 4))
                elif lot < 0.31:
                    # Keyed in wrongly: a reversal takes the date of what it reverses.
                    wrong, sequence = amount // 2, state.sequence + 1
                    state.sequence += 2
                    record(day, PAYMENT, "payment", wrong, wrong, f",,{sequence}")
                    record(
                        day,
                        REVERSAL,
                        "reversal",
                        wrong,
                        -wrong,
                        f"{sequence},오입력,{sequence + 1}",
                    )
                    record(day + 2, PAYMENT, "payment", amount, amount)
                else:
                    record(day, PAYMENT, "payment", amount, amount)
        firm["capital_call_items"].writelines(items)
        firm["payments"].writelines(payments)
        peers["items"].writelines(asked)
        peers["entries"].writelines(entries)

    def _write_investments(self, firm, peers):
        first = self.number * 11
        companies = [(first + place * 37) % COMPANIES for place in range(5)]
        for company in [*companies, companies[0]]:
            day = self.formed + self.chance.randrange(4 * 365)
            amount = self.chance.randint(1, 300) * 10_000_000
            self.state.item += 1
            self.state.entry += 1
            firm["investments"].write(
                f"{self.name},투자업체 {company + 1:04},{amount},보통주,{self.days[day]}\n"
            )
            item, entry = self.state.item, self.state.entry
            peers["items"].write(f"{item},{self.number},2,{company},{day},{amount}\n")
            peers["entries"].write(
                f"{entry},{item},{self.number},2,{company},{day},{PAYMENT},{amount},{amount}\n"
            )
