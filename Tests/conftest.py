"""Fixtures of the API and the browser tests. Start at `demo_server` and `page`."""

import re
from pathlib import Path

import httpx
import hypothesis.configuration
import pytest
from playwright.sync_api import sync_playwright

from harness import (
    CHROMIUM,
    CHROMIUM_ARGUMENTS,
    FAILURES,
    JANGBU,
    LANGUAGES,
    ROOT,
    SCHEMES,
    Server,
    jangbu,
)

hypothesis.configuration.set_hypothesis_home_dir(ROOT / ".build/hypothesis")

# Servers


def pytest_sessionstart(session):
    if not session.config.option.collectonly and not JANGBU.exists():
        raise pytest.UsageError(f"{JANGBU} is not built: make test, or swift build")


def pytest_sessionfinish():
    for server in list(Server.running):
        server.stop()


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory):
    """The demo books, shared by the whole session: for tests that only read."""
    yield from serve(init(tmp_path_factory.mktemp("demo"), "--demo"))


@pytest.fixture
def demo_server_of_its_own(tmp_path):
    """The demo books, for one test that writes."""
    yield from serve(init(tmp_path, "--demo"))


@pytest.fixture
def empty_server(tmp_path):
    """Books without a fund, for one test."""
    yield from serve(init(tmp_path))


@pytest.fixture(scope="session")
def server_with(tmp_path_factory):
    """`server_with(folder, …)`: books into which the CSV files of folders were imported, in turn.

    Shared by the whole session: for tests that only read.
    """
    servers = {}

    def start(*folders: Path) -> Server:
        if folders not in servers:
            books = init(tmp_path_factory.mktemp("imported"))
            for folder in folders:
                jangbu("import", folder, "--books", books)
            servers[folders] = Server(books)
        return servers[folders]

    yield start
    for server in servers.values():
        end(server)


def init(folder: Path, *arguments: str) -> Path:
    books = folder / "test.books"
    jangbu("init", *arguments, "--books", books)
    return books


def serve(books: Path):
    server = Server(books)
    yield server
    end(server)


def end(server: Server):
    assert server.is_alive(), f"jangbu serve ended by itself\n{server.said()}"
    server.stop()


@pytest.fixture
def client():
    """`client(server)`: an HTTP client that knows no proxy and follows no redirect."""
    clients = []

    def start(server: Server, **options) -> httpx.Client:
        options = {"trust_env": False, "timeout": 30, "headers": server.headers} | options
        clients.append(httpx.Client(base_url=server.url, **options))
        return clients[-1]

    yield start
    for each in clients:
        each.close()


# Pages


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser):
    """`new_page(language="en-US", scheme="dark", …)`: a page in a context (cookies) of its own.

    Further options are those of Playwright's `new_context`. The test fails at its end if a script
    threw, the content security policy stopped something, or a page asked for anything that is not
    Jangbu's own.
    """
    contexts, troubles = [], []

    def hear(message):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            troubles.append(f"{message.text} ({message.location.get('url', '')})")

    def hear_request(request):
        own = tuple(f"{server.url}/" for server in Server.running)
        if not request.url.startswith((*own, "data:")):
            troubles.append(f"{request.url} was asked for ({request.resource_type})")

    def open_page(language="ko-KR", scheme="light", **options):
        options = {
            "viewport": {"width": 1280, "height": 800},
            "timezone_id": "Asia/Seoul",
            "reduced_motion": "reduce",
        } | options
        context = browser.new_context(locale=language, color_scheme=scheme, **options)
        contexts.append(context)
        for server in Server.running:
            context.add_cookies([server.cookie])
        context.on("console", hear)
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.on("request", hear_request)
        return context.new_page()

    def sign_in(server):
        for context in contexts:
            context.add_cookies([server.cookie])

    open_page.contexts = contexts
    Server.listeners.append(sign_in)
    yield open_page
    Server.listeners.remove(sign_in)
    for context in contexts:
        context.close()
    assert not troubles, "The browser complained:\n" + "\n".join(troubles)


@pytest.fixture
def language():
    """The page's language; `@pytest.mark.each_language` runs the test once in each."""
    return LANGUAGES[0]


@pytest.fixture
def scheme():
    """The page's colour scheme; `@pytest.mark.each_scheme` runs the test once in each."""
    return SCHEMES[0]


@pytest.fixture
def page(new_page, language, scheme):
    return new_page(language=language, scheme=scheme)


def pytest_configure(config):
    config.addinivalue_line("markers", "each_language: run in Korean and in English")
    config.addinivalue_line("markers", "each_scheme: run in light and in dark colours")
    config.addinivalue_line("markers", "each_look: run in both languages and both colour schemes")


def pytest_generate_tests(metafunc):
    marked = {mark.name for mark in metafunc.definition.iter_markers()}
    if marked & {"each_language", "each_look"}:
        metafunc.parametrize("language", LANGUAGES)
    if marked & {"each_scheme", "each_look"}:
        metafunc.parametrize("scheme", SCHEMES)


# What a failed test shows


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    item.stash[heard_before] = {server: server.said_bytes() for server in Server.running}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if not report.failed:
        return report
    before = item.stash.get(heard_before, {})
    for server in Server.running:
        if said := server.said(since=before.get(server, 0)):
            report.sections.append((f"stderr of jangbu serve at {server.url}", said))
    if call.when == "call" and "new_page" in getattr(item, "funcargs", {}):
        for number, shot in enumerate(screenshots(item), 1):
            report.sections.append((f"page {number}", shot))
    return report


heard_before = pytest.StashKey[dict]()


def screenshots(item):
    FAILURES.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "-", item.nodeid).strip("-")
    pages = [page for context in item.funcargs["new_page"].contexts for page in context.pages]
    for number, page in enumerate(pages, 1):
        try:
            path = FAILURES / f"{name}-{number}.png"
            page.screenshot(path=path, full_page=True, timeout=10_000)
            yield f"{page.url}\n{path}"
        except Exception as error:  # the test has failed already; this only adds to what it shows
            yield f"{page.url}\nno screenshot: {error}"
