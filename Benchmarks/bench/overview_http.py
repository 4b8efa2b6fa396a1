"""The overview over HTTP, 32 connections: each server on one core, the load on the other."""

import aims
import httpx
from data import Data
from load import load
from rounds import Contender, Job
from servers import FastAPI, Jangbu, Server

CONNECTIONS = 32
COMPARED = 25


def jobs(data: Data, rounds: int) -> list[Job]:
    with Jangbu(data.copy_of_books("served.books")) as ours, FastAPI(data.running) as peer:
        compare(data, ours, peer)
        job = Job(
            "overview-http", f"overview over HTTP, {CONNECTIONS} connections", data.size.name,
            "requests/s", _contender("Jangbu", ours, data), [_contender("FastAPI", peer, data)],
            aim=aims.HTTP.get(data.size.name), against="FastAPI", is_rate=True,
        )  # fmt: skip
        for contender in (job.ours, *job.peers):
            contender.measure()
        job.run(rounds)
    return [job]


def _contender(name: str, server: Server, data: Data) -> Contender:
    # Where a peer answers a few requests a second, four seconds would count too few.
    seconds = 4 if data.size.funds < 100 else 10
    return Contender(name, lambda: load(server, "get", data.dates, CONNECTIONS, seconds).per_second)


def compare(data: Data, ours: Server, peer: Server):
    """Whole answers, member by member: the peer does the same work or nothing is timed."""
    for date in data.dates.read_text().split()[:COMPARED]:
        path = f"/api/funds/overview?reference_date={date}"
        mine, other = (
            httpx.get(server.url + path, headers=server.headers, trust_env=False, timeout=60).json()
            for server in (ours, peer)
        )
        if mine != other:
            for place, (one, two) in enumerate(zip(mine["funds"], other["funds"], strict=False)):
                if one != two:
                    raise SystemExit(f"{date}, fund {place}:\n{one}\n{two}")
            raise SystemExit(f"{date}:\n{mine['totals']}\n{other['totals']}")
    print(f"Jangbu and FastAPI agree on {COMPARED} whole answers ({data.size.name})", flush=True)
