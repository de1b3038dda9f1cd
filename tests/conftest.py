"""The ground that every test stands on: a throw-away instance, one of two databases, and no network.

`pytest` alone uses SQLite in a file, as an instance does. PostgreSQL comes with
`python -m tests.postgres run -- pytest`, which starts a private server and says so in the environment.
"""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# How long an example takes is the machine's business: on a busy one no property is broken by it.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

# Settings are read once, at import: whatever they depend on is decided here, before Django is touched.
# Each xdist worker runs this file again and so gets an instance of its own.
ROOT = Path(__file__).resolve().parents[1]
INSTANCE = Path(tempfile.mkdtemp(prefix="amparo-test-"))
ON_POSTGRESQL = os.environ.get("AMPARO_TEST_DATABASE", "") == "postgresql"
KEPT_VARIABLES = {"AMPARO_DATABASE_URL"} if ON_POSTGRESQL else set()

for _name in [name for name in os.environ if name.startswith("AMPARO_")]:
    # A developer's own instance must not leak into the tests, nor the tests into it.
    if not _name.startswith("AMPARO_TEST_") and _name not in KEPT_VARIABLES:
        del os.environ[_name]
os.environ["AMPARO_DIR"] = str(INSTANCE)
# The browser's driver runs an event loop in the thread of the tests; Django would take each query there for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure(config: pytest.Config) -> None:
    if ON_POSTGRESQL and not os.environ.get("AMPARO_DATABASE_URL"):
        raise pytest.UsageError("For PostgreSQL run: python -m tests.postgres run -- pytest")
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        # pytest-django has read the settings by now, with the instance that the shell names.
        raise pytest.UsageError("DJANGO_SETTINGS_MODULE is set; unset it, the tests choose their own.")
    if config.pluginmanager.has_plugin("django"):
        _set_django_up()
        # The cast and the world that it works in need models, so they can only be read now.
        config.pluginmanager.import_plugin("tests.cast")
        config.pluginmanager.import_plugin("tests.policy.fixtures")


def _set_django_up() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings"
    try:
        django.setup()
    finally:
        # An xdist worker that inherits the name would read the settings before it has an instance of its own.
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure() -> None:
    shutil.rmtree(INSTANCE, ignore_errors=True)


_PAGES = re.compile(r"test_(\w+_)?(views|pages?)\.py")
# The floors beneath the rooms, and what stands on all of them: asked on both databases each time.
_ON_BOTH = {
    "access", "architecture", "config", "desk", "faults", "insight", "journeys", "kernel", "ledger", "papers", "policy",
    "vault", "web",
}  # fmt: skip


# Who asks for rows by a fixture is asked on every database, as who says so by a mark.
_ROWS = {"db", "transactional_db"}


@pytest.hookimpl(wrapper=True)  # Marks are there before the choice, and the order is made of what was chosen.
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark what is asked on one database, leave out what the other one proves, and begin with what takes long."""
    for item in items:
        asked = _ROWS & set(getattr(item, "fixturenames", ()))
        if asked and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(transaction="transactional_db" in asked))
        if item.get_closest_marker("django_db") and _is_asked_once(item.path):
            item.add_marker(pytest.mark.once)
    elsewhere = "sqlite_only" if ON_POSTGRESQL else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(elsewhere)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(elsewhere)]
    yield
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    emptying = {item.path for item in items if _empties_the_database(item)}
    items.sort(key=lambda item: (item.path in emptying, item.path not in slow))


def _empties_the_database(item: pytest.Item) -> bool:
    """Whether everybody has to be hired anew in the tests after it, so that it had better come last."""
    mark = item.get_closest_marker("django_db")
    return mark is not None and bool(mark.kwargs.get("transaction"))


def _is_asked_once(path: Path) -> bool:
    return path.parent.name not in _ON_BOTH or _PAGES.fullmatch(path.name) is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Put SQLite's test database in a file, so that a second connection or process sees the same rows.

    PostgreSQL keeps one server for all xdist workers, so each worker takes a database of its own name.
    """
    from django.conf import settings

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    for alias, database in settings.DATABASES.items():
        if database["ENGINE"].endswith("sqlite3"):
            name = str(INSTANCE / f"test-{alias}.sqlite3")
        else:
            name = f"test_{database['NAME']}_{worker}"
        database.setdefault("TEST", {})["NAME"] = name


class NetworkRefused(RuntimeError):
    """A test reached for the network. Amparo works without one, and so do its tests."""


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    real_connect, real_connect_ex = socket.socket.connect, socket.socket.connect_ex

    def connect(self: socket.socket, address: object) -> None:
        _refuse_unless_local(address)
        real_connect(self, address)  # type: ignore[arg-type]

    def connect_ex(self: socket.socket, address: object) -> int:
        _refuse_unless_local(address)
        return real_connect_ex(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        yield


def _refuse_unless_local(address: object) -> None:
    if not _is_local(address):
        raise NetworkRefused("a test tried to connect to an address beyond this machine")


@pytest.hookimpl(optionalhook=True)  # Without xdist nobody asks.
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A process for each file, because its tests share a world or are chapters of a story.

    The files of the browser that act in the empty house follow each other in one process, so that one is made.
    """
    from xdist.scheduler import LoadFileScheduling

    class ByHouse(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0])
            if file.parent.name != "browser":
                return str(file)
            return str(file) if "lively" in (ROOT / file).read_text(encoding="utf-8") else "house"

    return ByHouse(config, log) if config.getoption("dist") == "loadfile" else None
