"""`amparo init` and `amparo demo`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn, cast
from urllib.parse import parse_qsl, urlsplit

from amparo.config import env, instance, serving
from amparo.config.cli import telling
from amparo.kernel import durable
from amparo.kernel.errors import N_, AppError
from amparo.vault import keyring

_SYNTHETIC = "amparo.desk.synthetic"
_SIGN_IN_FILE = "demo-sign-in.txt"
_RULE = "-" * 78


class NotADemo(AppError):
    code = "config.not_a_demo"
    template = N_("%(folder)s is an instance for real work, not a demonstration.")
    hint_template = N_("Give another folder with --dir.")


class SheetThere(AppError):
    code = "config.sheet_there"
    template = N_("The file for the recovery sheet is already there, or can't be written.")
    hint_template = N_("Give the name of a new file. Nothing was made.")


class PasswordInArguments(AppError):
    code = "config.password_in_arguments"
    template = N_("The database's address holds a password, which everybody on this machine can read there.")
    hint_template = N_("Leave --database-url out and name the address in AMPARO_DATABASE_URL. Nothing was made.")


def init(options: argparse.Namespace) -> int:
    folder = telling.named_folder(options.dir)
    _refuse_password(options.database_url)
    with instance.being_made(folder) as work:
        keeper = instance.Keeper(
            name=telling.answer("Name of the first system keeper", options.name),
            login_name=telling.answer("Name to sign in with", options.login),
            office=telling.answer("Name of the first office", options.office),
            district=telling.answer("District of that office", options.district),
            secret=keyring.new_passphrase(),
            time_zone=options.time_zone,
            calling_code=options.calling_code,
        )
        made = instance.create(
            work,
            demo=False,
            keeper=keeper,
            database_url=options.database_url or os.environ.get("AMPARO_DATABASE_URL", ""),
            keyring_at=str(Path(options.keyring).absolute()) if options.keyring else "",
        )
        # Shown before the instance takes its name, so that there is none whose passphrase nobody saw.
        show_sheet(made, keeper.office, options.sheet)
        instance.let_go_of_database()
    print(f"The instance is in {folder}.\n")
    print(f"Verifier key:\n  {made.verifier}\n")
    print(f"Invitation of {keeper.name}, good for seven days; she chooses her password with it:")
    print(f"  {keeper.secret}\n")
    print(f"Next: amparo serve --dir {options.dir or folder}")
    return 0


def _refuse_password(address: str) -> None:
    parts = urlsplit(address)
    if parts.password or "password" in dict(parse_qsl(parts.query)):
        raise PasswordInArguments


def show_sheet(made: instance.Made, title: str, path: Path | None) -> None:
    """Print the recovery sheet, and save it where that was asked. Raises SheetThere."""
    text = instance.sheet(made, title)
    if path is not None:
        try:
            instance.write_sheet(path, text)
        except OSError as error:
            raise SheetThere from error
    print(f"{_RULE}\n{text}{_RULE}", flush=True)


# ---- the demonstration --------------------------------------------------------------------------------


def demo(options: argparse.Namespace) -> int:
    folder = options.dir.absolute()
    if (folder / instance.SETTINGS_FILE).exists():
        if not env.value(env.DEMO, folder):
            raise NotADemo(folder=str(folder))
    else:
        _fill(folder, options.cases, options.seed)
    _warn_loudly(folder)
    if options.no_serve:
        print(f"The demonstration is in {folder}.")
        print(_how_to_sign_in(folder))
        return 0
    where = serving.listening(folder, serving.DEFAULT_HOST, options.port)
    print("Open these in a browser of this machine.")
    print(_addresses(folder, where))
    print(_how_to_sign_in(folder))
    print("End with Ctrl-C.", flush=True)
    # A fresh process: this one may know the folder by the name that it had while it was made.
    serve = ["serve", "--dir", str(folder), "--port", str(options.port), "--workers", "1"]
    return _become([sys.executable, "-m", "amparo.config.cli", *serve])


def _addresses(folder: Path, where: serving.Listening) -> str:
    """The three sites, each under the name that its cookies and its forgetting stay within."""
    lines = [f"  for staff             {where.url}"]
    for label, setting in (("to report", env.REPORT_HOSTS), ("the public facts", env.FACTS_HOSTS)):
        lines += [f"  {label:<20}  {where.url_of(host)}" for host in env.value(setting, folder)[:1]]
    return "\n".join(lines)


def _become(program: list[str]) -> NoReturn:
    os.execv(program[0], program)  # noqa: S606 - a fixed list, no shell


def _fill(folder: Path, cases: int, seed: int) -> None:
    if instance.unfinished(folder).exists():
        telling.warn("An earlier run was interrupted; starting afresh.")
    keeper = instance.Keeper(
        name="Hana Sample",
        login_name="hana",
        office="Sample House",
        district="Sampletown",
        secret=keyring.new_passphrase(),
    )
    with instance.being_made(folder) as work, telling.progress() as step:
        instance.create(work, demo=True, keeper=keeper)
        invitation = f"Invitation of {keeper.name} (system keeper): {keeper.secret}\n"
        durable.write_new(work / _SIGN_IN_FILE, invitation.encode())
        if find_spec(_SYNTHETIC):
            _fill_synthetic(work, cases, seed, step)
        instance.let_go_of_database()


def _fill_synthetic(work: Path, cases: int, seed: int, step: telling.Step) -> None:
    maker = importlib.import_module(_SYNTHETIC)
    make = cast("Callable[..., None] | None", getattr(maker, "make", None))
    if make is not None:
        make(cases=cases, seed=seed, progress=step)
    _count(step)
    how = cast("Callable[[], str] | None", getattr(maker, "how_to_sign_in", None))
    if how is not None:
        path = work / _SIGN_IN_FILE
        durable.replace(path, path.read_bytes() + how().encode())


def _count(step: telling.Step) -> None:
    """Make the lines of the figures, so that the first look at them finds some."""
    from amparo.insight import commands

    step("counting", 0, 1)
    commands.rebuild()
    step("counting", 1, 1)


def _how_to_sign_in(folder: Path) -> str:
    path = folder / _SIGN_IN_FILE
    return path.read_text(encoding="utf-8").rstrip() if path.exists() else ""


def _warn_loudly(folder: Path) -> None:
    telling.warn(
        f"{'!' * 78}\n"
        "THIS IS A DEMONSTRATION AND NOT SAFE. Its passphrase lies beside its data, in\n"
        f"{folder / instance.PASSPHRASE_FILE}.\n"
        "Never write a real person's words into it.\n"
        f"{'!' * 78}"
    )
