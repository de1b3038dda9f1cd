"""Asking and telling on a terminal: passphrases, progress, findings."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from amparo.config import env, instance
from amparo.kernel.errors import N_, AppError

Step = Callable[[str, int, int], None]


def folder_of(given: Path | None) -> Path:
    """The instance's folder, whole. Raises NotAnInstance."""
    folder = named_folder(given)
    instance.check_is_instance(folder)
    return folder


def named_folder(given: Path | None) -> Path:
    """The folder that was named, be it there or not."""
    return given.absolute() if given else env.instance_folder()


def passphrase(folder: Path) -> str | None:
    """The passphrase from its file or from the terminal; None where there is nobody to ask."""
    given = instance.given_passphrase(folder)
    if given is None and sys.stdin.isatty():
        return ask_secret("Passphrase: ")
    return given


def needed_passphrase(folder: Path) -> str:
    """The passphrase. Raises KeyringMissing, PassphraseNeeded."""
    instance.check_keyring_is_there(folder)
    words = passphrase(folder)
    if words is None:
        raise instance.PassphraseNeeded
    return words


def ask_secret(question: str) -> str:
    """What somebody types on the terminal, unseen."""
    return getpass.getpass(question)


def open_instance(folder: Path) -> None:
    """Unlock the keyring, then load the application. Raises PassphraseNeeded, WrongPassphrase and others."""
    instance.unlock(folder, needed_passphrase(folder))
    instance.start_django(folder)


def answer(question: str, given: str | None) -> str:
    """What was given, or what somebody types. Raises AnswerNeeded."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise AnswerNeeded(question=question)
    while True:
        typed = input(f"{question}: ").strip()
        if typed:
            return typed


class AnswerNeeded(AppError):
    code = "config.answer_needed"
    template = N_("%(question)s: this must be given, and there is nobody to ask.")
    hint_template = N_("See the options in “amparo init --help”.")


@contextmanager
def progress() -> Iterator[Step]:
    """Hears steps and shows them on a terminal; elsewhere nothing is shown."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda what, done, whole: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        def step(what: str, done: int, whole: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what.capitalize(), total=whole or None)
            shown.update(tasks[what], completed=done, total=whole or None)

        yield step


def warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
