"""What a stranger meets first: the locks, the Makefile, the list of dependencies."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tools import setup

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
LOCKED_PACKAGE = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,-]+\])?==[^\s\\]+( ; [^\\]+)? \\$")
LOCKED_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.~$})-])/(?:home|root|Users|work)/\w")


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    return {re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0] for requirement in wanted}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing can be installed; what it was asked for stands in this file."""
    listed = tmp_path / "asked"
    for name in ("apt-get", "sudo"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "$@" >> "{listed}"\nexit 1\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return listed


def _package(*, stands_in: bool) -> setup.DebianPackage:
    return setup.DebianPackage("no-such-package", lambda: False, lambda: stands_in)


def test_a_machine_that_lacks_nothing_is_asked_to_install_nothing(asked: Path) -> None:
    setup.install_missing([])
    assert not asked.exists()


def test_setup_goes_on_where_something_stands_in_for_what_cannot_be_installed(asked: Path) -> None:
    setup.install_missing([_package(stands_in=True)])
    assert asked.exists()


def test_setup_stops_where_nothing_does_the_work_of_what_cannot_be_installed(asked: Path) -> None:
    with pytest.raises(setup.SetupError):
        setup.install_missing([_package(stands_in=False)])


def test_there_are_three_locks() -> None:
    names = [path.name for path in LOCKS]
    assert names == ["requirements-dev.lock", "requirements-uv.lock", "requirements.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    assert [line for line in lines if not (LOCKED_PACKAGE.match(line) or LOCKED_HASH.match(line))] == []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.endswith("\\"):
            assert LOCKED_HASH.match(after), f"{line} has no hash"


def test_the_installer_is_the_one_that_the_development_lock_names() -> None:
    pinned = (ROOT / "requirements-uv.lock").read_text().split(" ", 1)[0]
    assert f"{pinned} \\" in (ROOT / "requirements-dev.lock").read_text().splitlines()


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, flags=re.MULTILINE))
    declared = set(" ".join(re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)).split())
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert targets == declared == set(re.findall(r"^  make ([a-z-]+)", shown, flags=re.MULTILINE))


def test_no_tracked_file_names_a_folder_of_somebodys_machine() -> None:
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode().splitlines(), start=1):
            if PATH_OF_A_MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_each_dependency_has_a_line_of_reason_and_a_licence() -> None:
    table = (ROOT / "docs/develop/dependencies.md").read_text()
    rows = re.findall(r"^\| ([\w-]+) \| ([^|]+) \| ([^|]{15,}) \|$", table, flags=re.MULTILINE)
    assert dependencies() == {name for name, _, _ in rows}
    # The Lesser GPL binds only the library itself; the others bind whoever builds on Amparo.
    assert [name for name, licence, _ in rows if re.search(r"(?<!L)GPL", licence)] == []


def test_the_installed_packages_are_not_under_a_licence_that_binds_customers() -> None:
    bound = []
    for package in distributions():
        stated = " ".join(
            [package.metadata.get("License-Expression") or "", (package.metadata.get("License") or "")[:80]]
            + [c for c in package.metadata.get_all("Classifier") or [] if c.startswith("License")]
        )
        if re.search(r"\bA?GPL|GNU (Affero )?General Public", stated) and "LGPL" not in stated:
            bound.append(f"{package.metadata['Name']}: {stated}")
    assert bound == []
