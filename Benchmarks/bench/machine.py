"""What the figures were taken on."""

import datetime
import os
import platform
import sqlite3
import statistics
import time
from importlib.metadata import version
from pathlib import Path

from postgres_cluster import BINARIES, memory_mib
from program import ROOT, cache_folder, run

PACKAGES = ["duckdb", "polars", "fastapi", "uvicorn", "orjson"]


def describe() -> dict[str, str]:
    cpu = {
        name.strip(): value.strip()
        for name, _, value in (
            line.partition(":") for line in Path("/proc/cpuinfo").read_text().splitlines()
        )
    }
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    disk = run("df", "--output=fstype,size", "--block-size=G", folder).splitlines()[1].split()
    return {
        "taken": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": run("git", "-C", ROOT, "describe", "--always", "--dirty").strip(),
        "CPU": cpu.get("model name", platform.machine()),
        "MHz": cpu.get("cpu MHz", ""),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory_mib() / 1024:.0f} GiB",
        "disk": f"{disk[0]}, {disk[1]}",
        "a synced write of 4 KiB": f"{_sync_milliseconds(folder):.2f} ms (median)",
        "system": _system(),
        "load average before": f"{os.getloadavg()[0]:.1f}",
        "Swift": run("swift", "--version").splitlines()[0],
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": run(BINARIES[-1] / "postgres", "--version").split()[2],
        "Python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }


def _system() -> str:
    names = dict(
        line.split("=", 1)
        for line in Path("/etc/os-release").read_text().splitlines()
        if "=" in line
    )
    return f"{names['PRETTY_NAME'].strip(chr(34))}, Linux {platform.release()}"


def _sync_milliseconds(folder: Path) -> float:
    """What a durable commit can cost at the least on this disk."""
    path, taken = folder / "sync-probe", []
    with path.open("wb") as file:
        for _ in range(200):
            begun = time.perf_counter()
            file.write(b"\0" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - begun)
    path.unlink()
    return statistics.median(taken) * 1_000
