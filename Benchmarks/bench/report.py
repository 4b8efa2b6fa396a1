"""What a run has found: Benchmarks/results.json, and the README's tables between two marks."""

import json
from pathlib import Path

import aims
from program import ROOT

RESULTS = ROOT / "Benchmarks/results.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- benchmarks -->", "<!-- /benchmarks -->"


def write(results: dict, readme: Path | None = README):
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = markdown(results)
    print("\n" + text)
    if readme is None:
        return
    before, found, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise SystemExit(f"{readme.name} lacks the marks {BEGIN} and {END}")
    readme.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


def markdown(results: dict) -> str:
    parts = [_aims(results), _peers(results), _weak(results), _machine(results["machine"])]
    return "\n".join(part for part in parts if part) + "\n"


def _aims(results: dict) -> str:
    lines = [
        "| job | size | Jangbu | against | ratio, median (least to most) | aim | |",
        "|---|---|---|---|---|---|---|",
    ]
    for job in results["jobs"]:
        against, unit = job["against"], job["unit"]
        ours = _median(job["figures"][job["ours"]])
        cells = [job["title"], job["size"], f"{_figure(ours)} {unit}"]
        if against:
            middle, least, most = job["ratios"][against]
            cells += [
                f"{against}: {_figure(_median(job['figures'][against]))} {unit}",
                f"{_figure(middle)} ({_figure(least)} to {_figure(most)})",
                f"{job['aim']:g} ×" if job["aim"] else "",
                _verdict(middle, job["aim"]),
            ]
        else:
            cells += ["", "", *_at_most(ours, job["aim"], unit)]
        lines.append(_row(cells))
    for fact in results["facts"]:
        ours, unit = fact["figure"], fact["unit"]
        cells = [
            fact["title"],
            fact["size"],
            f"{_figure(ours)} {unit}",
            fact.get("against", ""),
            "",
        ]
        lines.append(_row([*cells, *_at_most(ours, fact["aim"], unit)]))
    return "\n".join(lines) + "\n"


def _peers(results: dict) -> str:
    """Every peer's overview, beside what the table of the issue says of it."""
    jobs = [job for job in results["jobs"] if job["key"] == "overview-numbers"]
    if not jobs:
        return ""
    sizes = [job["size"] for job in jobs]
    lines = [
        _row(
            ["overview of one date, all funds, ms", *(_described(results, size) for size in sizes)]
        ),
        "|---|" + "---|" * len(sizes),
    ]
    for name in jobs[0]["figures"]:
        cells = [name]
        for job in jobs:
            known = aims.PEERS.get(name, {}).get(job["size"])
            cells.append(
                _figure(_median(job["figures"][name])) + (f" ({known:g})" if known else "")
            )
        lines.append(_row(cells))
    lines.append(
        "\nIn brackets what the same kind of peer took on the machine on which the aims were set."
    )
    return "\n".join(lines) + "\n"


def _described(results: dict, size: str) -> str:
    of_size = results["sizes"][size]
    return f"{size}: {of_size['funds']:,} funds, {of_size['entries']:,} entries"


def _weak(results: dict) -> str:
    return "".join(f"**{sentence}.**\n" for sentence in results["weak"])


def _machine(machine: dict[str, str]) -> str:
    told = "; ".join(f"{name} {value}" for name, value in machine.items() if value)
    return f"Taken on: {told}.\n"


def _verdict(ratio: float, aim: float | None) -> str:
    if not aim:
        return ""
    if ratio >= aim:
        return "reached"
    return "above half" if ratio >= aim * aims.HALF else "below half"


def _at_most(figure: float, aim: float | None, unit: str) -> list[str]:
    """The aim of what is to be small, and whether it is. Half of it is done at twice the figure."""
    if not aim:
        return ["", ""]
    reached = (
        "reached" if figure <= aim else "above half" if figure * aims.HALF <= aim else "below half"
    )
    return [f"at most {aim:g} {unit}", reached]


def _median(values: list[float]) -> float:
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def _figure(value: float) -> str:
    """Three digits that count, as people write numbers."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.6f}".rstrip("0")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
