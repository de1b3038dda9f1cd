"""A real browser before a real server: Debian's chromium, and instances made by the command line."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.house import House, make_lively, make_with_cast, served
from tests.browser.person import Person

# The browser without its window does the same work at a third of the cost; where it is not there, the whole one does.
_CHROMIUM = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A name of the network is never asked for: on a machine without one, some ask for seconds and some for none.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
]
LIVELY_CASES = 12
SignIn = Callable[..., Person]


@pytest.hookimpl(tryfirst=True)  # Before marks choose.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.sqlite_only)


@pytest.fixture(scope="session")
def playwright_started() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright_started: Playwright) -> Iterator[Browser]:
    found = next((path for path in _CHROMIUM if path.exists()), None)
    if found is None:
        pytest.skip("Debian's chromium is not installed here")
    opened = playwright_started.chromium.launch(executable_path=found, args=_FLAGS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An instance in which the cast works and nothing has happened yet."""
    folder = tmp_path_factory.mktemp("house") / "instance"
    make_with_cast(folder)
    with served(folder) as found:
        yield found


@pytest.fixture(scope="session")
def lively(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration, with months of invented casework in it: made once, and copied for each process."""
    folder = tmp_path_factory.mktemp("lively") / "instance"
    mine = tmp_path_factory.getbasetemp()
    shared = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    with (shared / "lively.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "lively").exists():
            make_lively(shared / "lively", LIVELY_CASES)
    shutil.copytree(shared / "lively", folder)
    with served(folder) as found:
        yield found


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[SignIn]:
    """Let somebody sit down before a browser of her own: `sign_in(house, "Amina Sample")`.

    At the end of the test everything that went wrong in one of these browsers is told.
    """
    opened: list[Person] = []
    with ExitStack() as stack:

        def open_for(at: House, name: str, **options: object) -> Person:
            context: BrowserContext = browser.new_context(base_url=at.url, **{"locale": "en-GB", **options})
            stack.callback(context.close)
            person = Person(context, at)
            opened.append(person)
            person.sign_in(name)
            return person

        yield open_for
        for person in opened:
            person.nothing_went_wrong()
