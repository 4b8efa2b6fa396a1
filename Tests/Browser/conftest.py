"""Books that the browser tests look at. All are shared: for tests that only read."""

import pytest
from harness import ROOT
from make_funds import make_funds
from playwright.sync_api import expect

# Only a guard against waiting for ever: machines that test are busy.
expect.set_options(timeout=20_000)

SHEETS = ROOT / "Examples/sheets"


@pytest.fixture(scope="session")
def many_funds(server_with, tmp_path_factory):
    """200 funds, a tenth of them not formed."""
    folder = tmp_path_factory.mktemp("many-funds")
    make_funds(200).write(folder)
    return server_with(folder)


@pytest.fixture(scope="session")
def two_currencies(server_with):
    return server_with(SHEETS / "two-currencies")


@pytest.fixture(scope="session")
def stated(server_with):
    """One fund whose paid-in is stated."""
    return server_with(SHEETS / "stated")


@pytest.fixture(scope="session")
def mixed(server_with):
    """In won a stated fund and one with cash, in dollars one with cash."""
    return server_with(SHEETS / "two-currencies", SHEETS / "stated")


@pytest.fixture(scope="session")
def balerion(server_with):
    """Case 1: an investment in two calls, in dollars."""
    return server_with(SHEETS / "balerion")
