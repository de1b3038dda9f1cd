"""The wheel alone, without this checkout: whole, and enough for a demonstration that is made, verified and served."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from tests.config.conftest import environment
from tests.config.test_serving import free_port, wait_for
from tests.conftest import ROOT

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]

# Started with the interpreter: tells at the end of a command which files and folders it opened.
_WATCHER = """\
import atexit, os, sys

opened = set()

def see(event, about):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(about[0], (str, bytes, os.PathLike)):
        opened.add(os.path.abspath(os.fsdecode(about[0])))

def tell(to=os.environ.get("OPENED")):
    if to:
        with open(to, "a", encoding="utf-8") as list_:
            list_.writelines(f"{path}\\n" for path in sorted(opened))

sys.addaudithook(see)
atexit.register(tell)
"""


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel, the environment that holds it, and a folder that is no checkout."""

    wheel: Path
    environment: Path
    away: Path

    @property
    def packages(self) -> Path:
        return next(self.environment.glob("lib/python3*/site-packages"))

    def command(self, *arguments: str | Path) -> list[str]:
        return [str(self.environment / "bin/amparo"), *map(str, arguments)]

    def run(self, *arguments: str | Path) -> None:
        _run(self.command(*arguments), self.away, OPENED=str(self.away / "opened"))

    def opened(self) -> list[Path]:
        return [Path(line) for line in (self.away / "opened").read_text(encoding="utf-8").splitlines()]


def _run(command: list[str | Path], cwd: Path, **more: str) -> None:
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment(PYTHONPATH="", **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it beside what the lock for running names, and nothing else.

    The libraries are not fetched again: those that set-up installed by hash are linked into the new environment, one
    by one as `requirements.lock` names them. So this shows that the wheel declares what it needs, that the lock holds
    it, and that no tool for development is needed to run; that a registry gives them out it does not show.
    """
    base = tmp_path_factory.mktemp("wheel")
    (base / "away").mkdir()
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", base / "dist"], ROOT)
    _run([sys.executable, "-m", "venv", "--without-pip", base / "environment"], base)
    [wheel] = (base / "dist").iterdir()
    made = Installed(wheel, base / "environment", base / "away")
    for library in _libraries():
        _put(library, made.packages / library.name)
    uv = [sys.executable, "-m", "uv", "pip"]
    to = ["--python", base / "environment/bin/python"]
    _run([*uv, "install", *to, "--no-index", "--no-deps", "--no-cache", "--no-config", wheel], base)
    _run([*uv, "check", *to], base)
    (made.packages / "watcher.py").write_text(_WATCHER)
    (made.packages / "watcher.pth").write_text("import watcher\n")
    return made


def _put(library: Path, to: Path) -> None:
    """Link it; what tells its version is copied, as installers do not look behind links for it."""
    if library.suffix == ".dist-info":
        shutil.copytree(library, to)
    else:
        to.symlink_to(library)


def _libraries() -> set[Path]:
    """What lies in `site-packages` of everything that the lock for running wants on this machine."""
    found: set[Path] = set()
    for line in re.findall(r"^[a-z][^\\\n]+", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        wanted = Requirement(line)
        if wanted.marker and not wanted.marker.evaluate():
            continue
        here = distribution(wanted.name)
        assert here.version in wanted.specifier
        tops = {PurePosixPath(str(file)).parts[0] for file in here.files or ()}
        found |= {Path(str(here.locate_file(top))) for top in tops - {"..", "__pycache__"}}
    return found


def test_the_wheel_holds_every_file_of_the_package_and_nothing_beside_it(installed: Installed) -> None:
    with ZipFile(installed.wheel) as opened:
        inside = {name for name in opened.namelist() if ".dist-info/" not in name}
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "amparo").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == wanted


def test_an_installed_wheel_makes_verifies_and_serves_a_demonstration_without_the_checkout(
    installed: Installed,
) -> None:
    folder = installed.away / "demo"
    installed.run("demo", "--no-serve", "--cases", "1", "--dir", folder)
    installed.run("verify", "--dir", folder)
    _serves(installed, folder)

    opened = installed.opened()
    assert any(path.is_relative_to(installed.packages / "amparo/config") for path in opened)
    tools = Path(sys.prefix)  # The linked libraries lie there.
    from_checkout = [path for path in opened if path.is_relative_to(ROOT) and not path.is_relative_to(tools)]
    assert from_checkout == []


def _serves(installed: Installed, folder: Path) -> None:
    """Ask for a page in Arabic and for its style: templates, translations and static files came along."""
    port = free_port()
    with subprocess.Popen(
        installed.command("serve", "--dir", folder, "--port", str(port), "--workers", "1"),
        cwd=installed.away,
        env=environment(PYTHONPATH="", OPENED=str(installed.away / "opened")),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            wait_for(port, server)
            page = _fetch(f"http://127.0.0.1:{port}/sign-in/")
            style = re.search(r'href="(/static/web/app[^"]*\.css)"', page)
            assert style
            assert "تسجيل الدخول" in page
            assert "--" in _fetch(f"http://127.0.0.1:{port}{style[1]}")
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=150)


def _fetch(address: str) -> str:
    asked = urllib.request.Request(address, headers={"Accept-Language": "ar"})
    with urllib.request.urlopen(asked, timeout=150) as answer:
        return str(answer.read().decode())
