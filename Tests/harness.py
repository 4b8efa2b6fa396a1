"""Jangbu as a program under test: a server on books of its own, and what a page must hold to."""

import ctypes
import hashlib
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import axe_playwright_python
import httpx

ROOT = Path(__file__).resolve().parent.parent
JANGBU = Path(os.environ.get("JANGBU", ROOT / ".build/debug/jangbu"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server"]
FAILURES = ROOT / ".build/browser-failures"

LANGUAGES = ["ko-KR", "en-US"]
SCHEMES = ["light", "dark"]
DEMO_DAY = "2026-02-14"

# Who the tests sign in as, in books that nobody could open before.
NAME, PASSWORD = "tester", "four words of a test"

SECONDS_TO_START = 60
# What is under way when a server is told to stop has fifteen.
SECONDS_TO_STOP = 60


def jangbu(*arguments, check=True) -> subprocess.CompletedProcess:
    """Runs one command to its end; with `check`, a refusal fails the test and shows what was said."""
    done = subprocess.run(
        [JANGBU, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    if check and done.returncode != 0:
        command = " ".join(map(str, arguments))
        raise AssertionError(
            f"jangbu {command}\nexit {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done


class Server:
    """`jangbu serve` on one books file and a free port; ready when constructed."""

    running: list["Server"] = []
    # Called with each server that starts to listen.
    listeners: list = []
    _known: dict[Path, "Keys"] = {}

    def __init__(self, books: Path, *arguments: str, under: tuple[str, ...] = (), keys: bool = True):
        """`under` is a program that starts it, such as a tracer, with its own arguments; without
        `keys` nobody signs in, for tests of the door itself."""
        self._wants_keys = keys
        self.books = books
        self._arguments = arguments
        self._under = under
        self._errors = books.with_name(books.name + ".stderr")
        Server.running.append(self)
        self._place: socket.socket | None = None
        self.start(port="0")

    def start(self, port: str):
        """Starts it on books that nobody serves now; `Server(books)` has done so."""
        self.first_page = ""
        self._lines: list[str] = []
        self._ready = threading.Event()
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [
                    *self._under,
                    *[JANGBU, "serve", "--books", self.books, "--port", port],
                    *self._arguments,
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        threading.Thread(target=self._read_output, daemon=True).start()
        self._wait_until_ready()
        self._leave_place()
        if self._wants_keys:
            self._keys()
            for listener in Server.listeners:
                listener(self)

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, without a slash at the end."""
        return "/".join(self.first_page.split("/")[:3])

    @property
    def headers(self) -> dict[str, str]:
        """What says who asks: a program by its token, a browser by its cookie."""
        keys = self._keys()
        return {
            "Authorization": f"Bearer {keys.token}",
            "Cookie": f"{self.cookie['name']}={keys.session}",
        }

    @property
    def cookie(self) -> dict:
        """The session's cookie, as a browser keeps it."""
        return {"name": f"jangbu-{self.port}", "value": self._keys().session, "url": self.url}

    @property
    def port(self) -> str:
        return self.url.rsplit(":", 1)[1]

    @property
    def form_token(self) -> str:
        """What the forms of this session's pages carry."""
        return form_token_of(self._keys().session)

    def person(self, role: str, name: str = "", parties: tuple[int, ...] = ()) -> "Person":
        """Another user, who came in by the link that the owner made."""
        return Person(self, role, name or f"{role}-{secrets.token_hex(4)}", parties)

    def _keys(self) -> "Keys":
        if self.books not in Server._known:
            Server._known[self.books] = Keys(self)
        return Server._known[self.books]

    def stop(self):
        if self in Server.running:
            Server.running.remove(self)
        self._leave_place()
        self.ask_to_stop()
        self.wait_for_end()

    def halt(self):
        """Stops it for a while: it counts as running, and its pages and its port stay its own."""
        self.ask_to_stop()
        self.wait_for_end()
        self._keep_place()

    def _keep_place(self):
        """Keeps the port from all that ask for any free one, other tests and browsers among them.

        Who asks for this very port still gets it, and who connects to it is refused.
        """
        self._place = socket.socket()
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._place.bind(("127.0.0.1", int(self.port)))

    def _leave_place(self):
        if self._place:
            self._place.close()
            self._place = None

    def ask_to_stop(self):
        self._process.terminate()

    def wait_for_end(self):
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(
                f"jangbu serve did not stop within {SECONDS_TO_STOP} s of SIGTERM\n{self.said()}"
            ) from None

    def kill(self):
        """Ends it at once, as a power cut would: nothing that it has in hand is finished."""
        self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def said(self, since: int = 0) -> str:
        """What it wrote to stderr from the byte `since` on, its end only where that is long.

        Lines about requests that were answered are left out.
        """
        lines = self._errors.read_bytes()[since:].decode(errors="replace").splitlines(True)
        text = "".join(line for line in lines if '"level":"info"' not in line)
        return text if len(text) <= 8000 else "…" + text[-8000:]

    def log(self, since: int = 0) -> list[dict]:
        """Every line of the log from the byte `since` on, that of a request included."""
        lines = self._errors.read_bytes()[since:].decode().splitlines()
        return [json.loads(line) for line in lines]

    def said_bytes(self) -> int:
        return self._errors.stat().st_size

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def _read_output(self):
        for line in self._process.stdout:
            self._lines.append(line)
            address = re.search(r"http://127\.0\.0\.1:[1-9]\d*\S*", line)
            if address and not self._ready.is_set():
                self.first_page = address[0]
                self._ready.set()

    def _wait_until_ready(self):
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._ready.wait(0.05):
            if self.is_alive() and time.monotonic() < deadline:
                continue
            problem = (
                f"printed no address within {SECONDS_TO_START} s"
                if self.is_alive()
                else f"ended with exit code {self._process.returncode}"
            )
            Server.running.remove(self)
            self._process.kill()
            self._process.wait()
            output = "".join(self._lines)
            raise AssertionError(f"jangbu serve {problem}\n{output}{self.said()}")


class Keys:
    """What lets the tests into one file of books: the session and the API token of its owner."""

    def __init__(self, server: Server):
        site = httpx.Client(base_url=server.url, trust_env=False, timeout=60)
        if "/welcome/" in server.first_page:
            form = {"form": "welcome", "name": NAME, "new_password": PASSWORD, "again": PASSWORD}
            answer = site.post(server.first_page, data=form)
        else:
            form = {"form": "signIn", "name": NAME, "password": PASSWORD}
            answer = site.post("/sign-in", data=form)
        assert answer.status_code == 303, f"{answer.status_code}\n{answer.text}"
        self.session = answer.cookies[f"jangbu-{server.port}"]
        self.token = make_token(site, self.session, "write")


class Person:
    """Someone whom the owner let in: a session, and where the role may have one an API token."""

    def __init__(self, server: Server, role: str, name: str, parties: tuple[int, ...]):
        self.name, self.role, self.server = name, role, server
        site = httpx.Client(base_url=server.url, trust_env=False, timeout=60)
        form = {"form": "addUser", "form_token": server.form_token, "name": name, "role": role}
        form |= {f"party.{party}": "true" for party in parties}
        answer = site.post("/users", data=form, headers={"Cookie": server.headers["Cookie"]})
        link = re.search(r'value="http://[^/]*(/welcome/\w{64})"', answer.text)
        assert link, f"{answer.status_code}\n{answer.text}"
        form = {"form": "welcome", "new_password": PASSWORD, "again": PASSWORD}
        answer = site.post(link[1], data=form)
        assert answer.status_code == 303, f"{answer.status_code}\n{answer.text}"
        self.session = answer.cookies[f"jangbu-{server.port}"]
        scope = "write" if role in {"owner", "bookkeeper"} else "read"
        self.token = None if role == "partner" else make_token(site, self.session, scope)

    @property
    def form_token(self) -> str:
        return form_token_of(self.session)

    @property
    def cookie(self) -> dict:
        name = f"jangbu-{self.server.port}"
        return {"name": name, "value": self.session, "url": self.server.url}

    @property
    def headers(self) -> dict[str, str]:
        cookie = {"Cookie": f"{self.cookie['name']}={self.session}"}
        return cookie | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def form_token_of(session: str) -> str:
    """What the forms of a session's pages carry."""
    return hashlib.sha256(f"form\n{session}".encode()).hexdigest()


def make_token(site: httpx.Client, session: str, scope: str) -> str:
    form = {"form": "makeToken", "name": "tests", "scope": scope, "days": "90"}
    answer = site.post("/account", data=form | {"form_token": form_token_of(session)})
    found = re.search(r'id="shown-once" readonly value="(\w{64})"', answer.text)
    assert found, f"{answer.status_code}\n{answer.text}"
    return found[1]


def _die_with_parent():
    """A server must not outlive the tests, not even when they are killed."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def axe(page, only: list[str] | None = None):
    """Asserts that axe-core's default rules find nothing wrong with the page as it is now.

    `only` names other rules to run instead. The script goes in by `evaluate`, which a strict
    content security policy does not stop.
    """
    __tracebackhide__ = True
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    violations = page.evaluate(
        "options => axe.run(document, options).then(results => results.violations)",
        {"resultTypes": ["violations"]} | ({"runOnly": only} if only else {}),
    )
    if not violations:
        return
    lines = [f"{page.url}: axe found {len(violations)} kind(s) of violation"]
    for violation in violations:
        lines.append(f"\n{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"][:5]:
            lines.append(f"  {' '.join(map(str, node['target']))}")
            lines.append(f"    {node['html'][:200]}")
            lines += [f"    {line}" for line in node["failureSummary"].splitlines()[1:]]
        if len(violation["nodes"]) > 5:
            lines.append(f"  … and {len(violation['nodes']) - 5} more")
    raise AssertionError("\n".join(lines))
