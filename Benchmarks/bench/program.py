"""Programs that are measured: started beside each other, asked in turn."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = Path(__file__).resolve().parent / "peers"
# Servers run on one core, what asks them on the other, ours and the peers' alike.
SERVER_CORE, LOAD_CORE = 0, 1


def pinned(core: int | None) -> list[str]:
    """What a command begins with to run on one core only."""
    if core is None:
        return []
    cores = sorted(os.sched_getaffinity(0))
    return ["taskset", "--cpu-list", str(cores[core % len(cores)])]


def run(*command, **more) -> str:
    """Runs one command to its end and answers what it said; what goes wrong is told in full."""
    done = subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        **more,
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def peak_kib(*command) -> tuple[str, int]:
    """As `run`, with the largest resident size of its processes, in KiB."""
    process = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{said}")
    return said, usage.ru_maxrss


class Program:
    """Reads lines and answers each with one: see Benchmarks/Ours/JangbuBench.swift."""

    def __init__(self, *command, core: int | None = None):
        self.command = [*pinned(core), *(str(word) for word in command)]
        self._process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._answer("ready")

    def ask(self, line: str) -> str:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._answer()

    def seconds(self, word: str, count: int) -> float:
        """How long one of `count` takes."""
        return float(self.ask(f"{word} {count}").split()[0]) / count

    def close(self):
        self._process.stdin.close()
        self._process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _answer(self, wanted: str | None = None) -> str:
        answer = self._process.stdout.readline().strip()
        if not answer or (wanted and answer != wanted):
            raise SystemExit(f"{' '.join(self.command)} ended or said “{answer}”")
        return answer


def compiled(name: str, *libraries: str) -> Path:
    """A program in C of the peers' folder, built where it is older than its source."""
    folder = cache_folder() / "programs"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    sources = [PEERS / f"{name}.c", *PEERS.glob("*.h")]
    if not program.exists() or any(
        source.stat().st_mtime > program.stat().st_mtime for source in sources
    ):
        includes = run("pkg-config", "--cflags", *libraries).split()
        links = run("pkg-config", "--libs", *libraries).split()
        run(
            "cc",
            "-O3",
            "-march=native",
            "-Wall",
            "-Wextra",
            *includes,
            sources[0],
            "-o",
            program,
            *links,
        )
    return program


def python(script: str, *arguments) -> list[str]:
    return [sys.executable, str(PEERS / script), *map(str, arguments)]


def cache_folder() -> Path:
    """Where books and tables are kept from run to run; needed for nothing else."""
    return Path(os.environ.get("JANGBU_BENCH_CACHE", ROOT / ".build-bench"))


def built(name: str) -> Path:
    """One of our own programs, of the release build."""
    return Path(os.environ.get("JANGBU_BENCH_BUILD", ROOT / ".build-release/release")) / name
