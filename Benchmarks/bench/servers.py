"""Servers on a core of their own: `jangbu serve` as people start it, and the FastAPI peer."""

import ctypes
import hashlib
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
from program import SERVER_CORE, built, pinned, python

NAME, PASSWORD = "bench", "four words of a bench"


class Server:
    """Runs from construction to `close`; `headers` are what its requests carry."""

    headers: dict[str, str] = {}

    def __init__(self, command: list, url: str):
        self.url = url
        self.command = [*pinned(SERVER_CORE), *map(str, command)]
        self._process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL, preexec_fn=_die_with_parent,
        )  # fmt: skip

    def close(self):
        self._process.terminate()
        self._process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Jangbu(Server):
    """The release build, with the log that has no line for each request, as the peer has none."""

    def __init__(self, books: Path):
        serve = [
            built("jangbu"),
            "serve",
            "--books",
            books,
            "--port",
            _free_port(),
            "--log",
            "text",
        ]
        super().__init__(serve, "")
        said = ""
        while not (found := re.search(r"(http://127\.0\.0\.1:\d+)(\S*)", said)):
            line = self._process.stdout.readline()
            if not line:
                raise SystemExit(f"{' '.join(self.command)} ended\n{said}")
            said += line
        self.url, first = found.groups()
        self.headers = {"Authorization": f"Bearer {self._token(first)}"}

    def _token(self, first: str) -> str:
        """As a person comes by one: becomes the owner, asks for a token on the account's page."""
        with httpx.Client(base_url=self.url, trust_env=False, timeout=60) as site:
            names = {"name": NAME}
            if "/welcome/" in first:
                form = names | {"form": "welcome", "new_password": PASSWORD, "again": PASSWORD}
                site.post(first, data=form)
            else:
                site.post("/sign-in", data=names | {"form": "signIn", "password": PASSWORD})
            session = site.cookies[f"jangbu-{self.url.rsplit(':', 1)[1]}"]
            form_token = hashlib.sha256(f"form\n{session}".encode()).hexdigest()
            form = names | {"form": "makeToken", "scope": "write", "days": "1"}
            page = site.post("/account", data=form | {"form_token": form_token}).text
        found = re.search(r'id="shown-once" readonly value="(\w{64})"', page)
        if not found:
            raise SystemExit(f"no API token\n{page}")
        return found[1]


class FastAPI(Server):
    def __init__(self, running: Path):
        port = _free_port()
        super().__init__(python("fastapi_peer.py", running, port), f"http://127.0.0.1:{port}")
        for _ in range(600):
            try:
                httpx.get(self.url, trust_env=False)
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise SystemExit(f"{' '.join(self.command)} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _die_with_parent():
    """A server must not outlive the comparison, not even when that is killed."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
