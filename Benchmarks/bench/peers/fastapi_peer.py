"""A well-made Python back office: FastAPI over running totals in SQLite, answering as our API does.

`fastapi_peer.py RUNNING PORT`. Tuned as the manuals of its parts say: one uvicorn worker for the
one core, uvloop and httptools, no access log; orjson, no model between the rows and the text; one
prepared statement for all funds in a mapped file; what a fund's terms say is made once, what a date
makes of them (per cents, remaining term) is kept for each date and fund that was asked before.
"""

import calendar
import datetime
import functools
import sqlite3
import sys

import orjson
import uvicorn
from fastapi import FastAPI, Response

DAY_ZERO = datetime.date(1970, 1, 1)

OVERVIEW = """
SELECT r.commitment, r.paid, r.gp, r.invested, r.companies
FROM fund f CROSS JOIN running r
WHERE r.fund = f.fund
  AND r.day = (SELECT day FROM running WHERE fund = f.fund AND day <= ?1 ORDER BY day DESC LIMIT 1)
ORDER BY f.fund
"""

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
db: sqlite3.Connection
funds: list["Terms"]


@app.get("/api/funds/overview")
async def overview(reference_date: datetime.date) -> Response:
    day = (reference_date - DAY_ZERO).days
    rows, sums = [], [0, 0, 0, 0, 0]
    for terms, figures in zip(funds, db.execute(OVERVIEW, (day,)), strict=True):
        rows.append(terms.at(reference_date) | members(*figures))
        commitment, paid, gp, invested, companies = figures
        sums[0] += commitment
        sums[1] += paid
        sums[2] += gp
        sums[3] += invested
        sums[4] += companies
    (distinct,) = db.execute(
        "SELECT count(*) FROM first_of_company WHERE day <= ?", (day,)
    ).fetchone()
    totals = (
        {"currency": "KRW", "fund_count": len(rows)}
        | members(*sums)
        | {"distinct_company_count": distinct}
    )
    answer = {
        "reference_date": reference_date,
        "funds": rows,
        "totals": totals,
        "totals_by_currency": {"KRW": totals},
    }
    return Response(orjson.dumps(answer), media_type="application/json")


def members(commitment, paid, gp, invested, companies) -> dict:
    """What a fund's five figures say, and their sums."""
    return {
        "commitment_total": commitment,
        "total_paid_in": paid,
        "paid_in_basis": "cash",
        "paid_in_ratio": ratio(paid, commitment),
        "gp_paid_in": gp,
        "total_invested": invested,
        "uninvested": commitment - invested,
        "investment_assets": invested,
        "company_count": companies,
    }


class Terms:
    """What a fund is, and what a date makes of it."""

    def __init__(self, row):
        fund, name, kind, manager, formation, end, maturity, gp_commitment, hurdle = row
        self.formation, self.end, self.maturity = (
            datetime.date.fromisoformat(day) for day in (formation, end, maturity)
        )
        self.fixed = {
            "no": fund + 1,
            "id": fund + 1,
            "name": name,
            "fund_type": kind,
            "fund_manager": manager,
            "currency": "KRW",
            "formation_date": formation,
            "investment_period_end": end,
            "maturity_date": maturity,
            "gp_commitment": gp_commitment,
            "hurdle_rate": hurdle,
        }
        self.at = functools.cache(self._at)

    def _at(self, date: datetime.date) -> dict:
        length = (self.end - self.formation).days
        elapsed = min(max((date - self.formation).days, 0), length)
        formed = date >= self.formation
        period, remaining = remaining_term(self.maturity, date)
        return self.fixed | {
            "status": "active" if formed else "forming",
            "formed": formed,
            "investment_period_progress": ratio(elapsed, length),
            "remaining_period": period,
            "remaining": remaining,
        }


def ratio(part: int, whole: int) -> float | None:
    """Per cent with two decimals, half away from zero."""
    return (part * 20_000 + whole) // (2 * whole) / 100 if whole else None


def remaining_term(maturity: datetime.date, date: datetime.date) -> tuple[str, dict]:
    if date >= maturity:
        state, text = ("matures_today", "만기일") if date == maturity else ("matured", "만기 경과")
        return text, {"state": state, "years": 0, "months": 0, "days": 0}
    months = (maturity.year - date.year) * 12 + maturity.month - date.month
    reached = add_months(date, months)
    if reached > maturity:
        months -= 1
        reached = add_months(date, months)
    years, months, days = months // 12, months % 12, (maturity - reached).days
    parts = [f"{years}년"] * (years > 0) + [f"{months}개월"] * (months > 0)
    return " ".join(parts) or f"{days}일", {
        "state": "running",
        "years": years,
        "months": months,
        "days": days,
    }


def add_months(date: datetime.date, months: int) -> datetime.date:
    years, month = divmod(date.month - 1 + months, 12)
    year, month = date.year + years, month + 1
    return datetime.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))


if __name__ == "__main__":
    db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, cached_statements=16)
    db.execute("PRAGMA mmap_size = 17179869184")
    db.execute("PRAGMA cache_size = -1000000")
    funds = [Terms(row) for row in db.execute("SELECT * FROM fund ORDER BY fund")]
    uvicorn.run(
        app, host="127.0.0.1", port=int(sys.argv[2]), loop="uvloop", http="httptools",
        access_log=False, log_level="warning",
    )  # fmt: skip
