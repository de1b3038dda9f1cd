"""Make a checkout ready to run (`run`), to be tested without a browser or server (`fast`), or fully (`test`).

It runs on the machine's own Python before anything is installed, so it uses the standard library alone.
Everything lands in `.venv` and `.cache` of the checkout, except Debian packages. Every Python package is
installed by hash from a lock. Amparo itself is put on the path by a `.pth` file and a launcher: a regular
editable install would have to fetch a build backend that the lock for running does not hold.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".amparo-setup"
UV_LOCK = ROOT / "requirements-uv.lock"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
OLDEST_PYTHON = (3, 11)
# Offices behind an inspecting proxy keep its certificate here; uv's own bundle would refuse it.
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

LAUNCHER = """\
#!/bin/sh
'''exec' {python} "$0" "$@"
' '''
import sys

from amparo.config.cli import main

# Servers and checks start further processes, which import this file again.
if __name__ == "__main__":
    sys.exit(main())
"""


class SetupError(Exception):
    """The set-up cannot go on; the text says what the person at the keyboard can do."""


@dataclass(frozen=True)
class DebianPackage:
    """A package of Debian and the way to see that what we need from it is there, whoever installed it."""

    name: str
    is_here: Callable[[], bool]
    # What does the same, only slower: where it is there, a machine that can't install goes on.
    stands_in: Callable[[], bool] = lambda: False


def _has_file(pattern: str) -> Callable[[], bool]:
    return lambda: any(Path("/").glob(pattern))


def _has_command(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


FOR_RUNNING = (DebianPackage("python3-venv", lambda: find_spec("ensurepip") is not None or _pip_works()),)
FOR_FAST_TESTS = (
    *FOR_RUNNING,
    DebianPackage("gettext", _has_command("msgfmt")),
    DebianPackage("fonts-noto-core", _has_file("usr/share/fonts/truetype/noto/NotoSans-Regular.ttf")),
    DebianPackage("poppler-utils", _has_command("pdftotext")),
)
FOR_ALL_TESTS = (
    *FOR_FAST_TESTS,
    DebianPackage("chromium-headless-shell", _has_command("chromium-headless-shell"), _has_command("chromium")),
    DebianPackage("postgresql", _has_file("usr/lib/postgresql/*/bin/initdb")),
    DebianPackage("postgresql-contrib", _has_file("usr/share/postgresql/*/extension/pg_trgm.control")),
)
PACKAGES = {"run": FOR_RUNNING, "fast": FOR_FAST_TESTS, "test": FOR_ALL_TESTS}


def main(arguments: list[str]) -> int:
    """Set the checkout up for the purpose named and return an exit code."""
    if len(arguments) != 1 or arguments[0] not in PACKAGES:
        print(f"usage: python3 -m tools.setup {'|'.join(PACKAGES)}", file=sys.stderr)
        return 2
    try:
        prepare(arguments[0])
    except SetupError as error:
        print(f"\nset-up stopped: {error}", file=sys.stderr)
        return 1
    return 0


def prepare(purpose: str) -> None:
    """Bring Debian packages and `.venv` to the state of the locks; return at once if they are there."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise SetupError(f"Python 3.11 or newer is needed, {sys.executable} is {sys.version.split()[0]}.")
    install_missing([package for package in PACKAGES[purpose] if not package.is_here()])
    # Who has the development tools keeps them: `make demo` between two `make test` must not remove them.
    kinds = ("run", "dev") if purpose == "run" else ("dev",)
    stamped = STAMP.read_text() if STAMP.exists() else ""
    if any(stamped == _stamp(kind) for kind in kinds) and _pip_works():
        return
    _install(next((kind for kind in kinds if stamped.startswith(f"{kind} ")), kinds[0]))


def _install(kind: str) -> None:
    STAMP.unlink(missing_ok=True)
    if not _pip_works():
        with _step("1/4 virtual environment in .venv"):
            _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    with _step("2/4 installer, by hash"):
        _run(
            [str(VENV / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            + ["--no-cache-dir", "--require-hashes", "--only-binary", ":all:", "-r", str(UV_LOCK)]
        )
    lock = LOCKS[kind]
    with _step(f"3/4 libraries of {lock.name}, by hash (about a minute the first time)"):
        _run(
            [str(VENV / "bin/uv"), "pip", "sync", "--require-hashes", "--no-build"]
            + ["--python", str(VENV / "bin/python"), str(lock)],
        )
    with _step("4/4 the command amparo"):
        _link_checkout()
    STAMP.write_text(_stamp(kind))


def _link_checkout() -> None:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (VENV / "lib" / _venv_library(version) / "site-packages/amparo.pth").write_text(f"{ROOT / 'src'}\n")
    launcher = VENV / "bin/amparo"
    launcher.write_text(LAUNCHER.format(python=shlex.quote(str(VENV / "bin/python"))))
    launcher.chmod(0o755)


def _venv_library(version: str) -> str:
    # A `.venv` made earlier by another Python stays in use while it works, so its own folder counts.
    return version if (VENV / "lib" / version).is_dir() else next((VENV / "lib").glob("python3*")).name


def _pip_works() -> bool:
    """Tell whether `.venv` holds a Python that starts and has pip, without starting it for nothing."""
    return (VENV / "bin/python").exists() and any((VENV / "lib").glob("python3*/site-packages/pip"))


def _stamp(kind: str) -> str:
    parts = [LOCKS[kind], UV_LOCK, Path(__file__)]
    digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts) + str(ROOT).encode()).hexdigest()
    return f"{kind} {digest}"


def install_missing(missing: list[DebianPackage]) -> None:
    """Install these packages, or as many as the work can't be done without. Raises SetupError."""
    _install_debian_packages([package.name for package in missing if not package.stands_in()])
    for package in missing:
        if package.stands_in():
            try:
                _install_debian_packages([package.name])
            except SetupError:
                print(f"set-up goes on without {package.name}: what is here does its work, only slower", flush=True)


def _install_debian_packages(names: list[str]) -> None:
    if not names:
        return
    listed = " ".join(names)
    command = f"sudo apt-get update && sudo apt-get install --no-install-recommends -y {listed}"
    if shutil.which("apt-get") is None:
        raise SetupError(f"install what Debian calls {listed} with this system's own package manager.")
    prefix = _root_prefix()
    if prefix is None:
        raise SetupError(f"Debian packages are missing: {listed}\nRun this, then try again:\n  {command}")
    with _step(f"Debian packages: {listed}"):
        apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        _run([*apt, "update"])
        _run([*apt, "install", "--no-install-recommends", "-y", *names])


def _root_prefix() -> list[str] | None:
    """Return how to run a command as root: nothing before it, `sudo`, or None where neither is allowed."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _run(command: list[str]) -> None:
    environment = {
        "UV_CACHE_DIR": str(ROOT / ".cache/uv"),
        "UV_SYSTEM_CERTS": str(SYSTEM_CERTIFICATES.exists()).lower(),
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "VIRTUAL_ENV": str(VENV),
    }
    try:
        subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f"this failed, and its own words stand above:\n  {shlex.join(command)}") from error


@contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"set-up {name} ...", flush=True)
    started = time.monotonic()
    yield
    print(f"set-up {name.split(' ')[0]} done in {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
