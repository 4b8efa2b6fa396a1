"""The operations of the OpenAPI document, and for each a request that is taken.

The books are those of `SmallBooks`, made here by the API itself; a name between angle brackets in a
path or body stands for the id of what has that name.
"""

import json
import re

import httpx

JSON = {"content-type": "application/json"}
UNKNOWN = 987_654_321
NAME = re.compile(r'"?<([^<>]+)>"?')
DATES = {"notice_date": "2026-02-01", "due_date": "2026-02-10"}


class Api:
    """A client of one server that remembers which operation answered which status."""

    def __init__(self, client: httpx.Client):
        self.client = client
        self.document = client.get("/api/openapi.json").json()
        self.seen: set[tuple[str, int]] = set()
        self.ids: dict[str, int] = {}
        self._paths = [
            (re.compile("^" + re.sub(r"\{\w+\}", "[^/]+", path) + "$"), path)
            for path in sorted(self.document["paths"], key=lambda path: path.count("{"))
        ]

    def operation_of(self, method: str, path: str) -> str | None:
        for pattern, template in self._paths:
            if pattern.match(path):
                operation = self.document["paths"][template].get(method.lower())
                return operation and operation["operationId"]
        return None

    def send(self, method: str, url: str, **options) -> httpx.Response:
        answer = self.client.request(method, self.filled(url), **options)
        operation = self.operation_of(method, answer.request.url.path)
        if operation:
            self.seen.add((operation, answer.status_code))
        assert answer.status_code < 500, f"{method} {url}: {answer.status_code} {answer.text}"
        return answer

    def post(self, url: str, body: dict, **options) -> httpx.Response:
        return self.send("POST", url, content=self.filled(json.dumps(body)), headers=JSON, **options)

    def make(self, name: str, url: str, body: dict) -> int:
        answer = self.post(url, body)
        assert answer.status_code == 201, f"{url} {body}: {answer.text}"
        self.ids[name] = answer.json()["id"]
        return self.ids[name]

    def filled(self, text: str) -> str:
        return NAME.sub(lambda match: str(self.ids[match[1]]), text)

    def operations(self):
        """(operation id, method, path template, operation) in the document's order."""
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield operation["operationId"], method.upper(), path, operation

    def documented(self) -> set[tuple[str, int]]:
        return {
            (name, int(status))
            for name, _, _, operation in self.operations()
            for status in operation["responses"]
        }


def make_small_books(api: Api):
    for name in ["GP", "LP", "X"]:
        api.make(name, "/api/parties", {"name": name})
    for name, currency in [("K", "KRW"), ("S", "KRW")]:
        api.make(
            name, "/api/funds", {"name": name, "currency": currency, "commitment_total": 1000}
        )
    for fund in ["K", "S"]:
        for party, amount in [("GP", 100), ("LP", 900)]:
            api.make(
                f"{fund}.{party}",
                f"/api/funds/<{fund}>/commitments",
                {
                    "side": "partners",
                    "party": f"<{party}>",
                    "amount": amount,
                    "partner_type": "GP" if party == "GP" else "기관",
                },
            )
    for name in ["call", "spare call"]:
        items = [{"commitment": "<K.GP>", "amount": 10}, {"commitment": "<K.LP>", "amount": 90}]
        api.make(
            name,
            "/api/funds/<K>/calls",
            {"notice_date": "2026-01-10", "due_date": "2026-01-20", "items": items},
        )
    sheet = api.send("GET", "/api/calls/<call>").json()
    api.ids["GP item"], api.ids["LP item"] = (item["id"] for item in sheet["items"])
    api.make("paid", "/api/items/<LP item>/payments", {"amount": 40, "paid_date": "2026-01-15"})
    api.make(
        "direct",
        "/api/funds/<K>/investments",
        {"party": "<X>", "amount": 50, "invested_on": "2026-01-12"},
    )
    api.make("stated", "/api/commitments/<S.LP>/stated-paid-in", {"amount": 500})


# What stands in the place of `{fund}` and so on when an operation is asked rightly.
PATH_IDS = {
    "fund": "K",
    "party": "X",
    "commitment": "K.LP",
    "call": "call",
    "item": "LP item",
    "entry": "paid",
}
OTHER_PATH_IDS = {
    "openFromStated": {"fund": "S"},
    "undoInvestment": {"commitment": "direct"},
    "cancelCapitalCall": {"call": "spare call"},
    "statePaidIn": {"commitment": "S.LP"},
}

# A body that is taken, once, in this order; each is asked on the books as the ones before left them.
BODIES = {
    "registerFund": {"name": "New", "currency": "USD", "commitment_total": "1,250.50"},
    "amendFund": {"hurdle_rate": "8.0%", "maturity_date": None},
    "changeCommitmentTotal": {"amount": 100, "effective_on": "2026-06-30"},
    "registerParty": {"name": "한빛캐피탈"},
    "amendParty": {"industry": "농업"},
    "commit": {"side": "investments", "party": "<LP>", "amount": 5, "instrument": "보통주"},
    "amendCommitment": {"partner_type": "금융기관"},
    "changeCommitment": {"amount": 3e2, "effective_on": "2026-06-30", "reason": "증액"},
    "statePaidIn": {"amount": 400},
    "issueCapitalCall": DATES | {"amount": 100, "share_by": "not_yet_called"},
    "openFromStated": {"paid_date": "2025-12-31"},
    "amendCapitalCall": {"due_date": "2026-03-31"},
    "cancelCapitalCall": {"reason": "금액 착오"},
    "recordPayment": {"amount": 50, "paid_date": "2026-01-20", "memo": "1차분"},
    "recordRefund": {"amount": 10, "paid_date": "2026-01-25"},
    "settleCall": {"paid_date": "2026-01-26", "reference": "W-26"},
    "reverseEntry": {"reason": "두 번 입력함"},
    "recordInvestment": {"party": "<X>", "amount": 7, "invested_on": "2026-01-12"},
    "undoInvestment": {"reason": "다른 조합의 투자"},
}

# What operations need in their query, and the same with something unknown in it.
QUERIES = {
    "explain": "?figure=paid_in&fund=<K>",
    "changesSince": "?since=2020-01-01&fund=<K>",
}
UNKNOWN_IN_QUERY = {
    "explain": f"?figure=paid_in&fund={UNKNOWN}",
    "changesSince": f"?since=2020-01-01&fund={UNKNOWN}",
}

# Operations that only the body can name something unknown to.
UNKNOWN_IN_BODY = {
    "registerFund": {
        "name": "Newer",
        "currency": "KRW",
        "commitment_total": 1,
        "general_partner": UNKNOWN,
    },
}


def path_of(template: str, operation: str) -> str:
    ids = PATH_IDS | OTHER_PATH_IDS.get(operation, {})
    return re.sub(r"\{(\w+)\}", lambda match: f"<{ids[match[1]]}>", template)


def unknown_path_of(template: str) -> str:
    return re.sub(r"\{\w+\}", str(UNKNOWN), template)
