"""`amparo rotate` and `amparo passphrase`: the keys and the words that open them, made anew."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from amparo.config import instance
from amparo.config.cli import making, telling
from amparo.kernel.errors import N_, AppError
from amparo.vault import keyring, root

_TRIES = 3


class NotWrittenDown(AppError):
    code = "config.passphrase_not_repeated"
    template = N_("These are not the seven words of the new sheet.")
    hint_template = N_("The passphrase that you had still counts. Destroy the new sheet, and run this again.")


# ---- the keys -----------------------------------------------------------------------------------------


def rotate(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    with instance.used(folder, alone=options.root):
        if options.root:
            _renew_root(folder)
        else:
            telling.open_instance(folder)
        _renew_offices()
        if options.root:
            _forget_retired()
        instance.let_go_of_database()
    if options.root:
        print("Make a backup now. Copies of the keyring from before open backups from before, and nothing newer.")
    return 0


def _renew_root(folder: Path) -> None:
    words = telling.needed_passphrase(folder)
    path = instance.keyring_path(folder)
    root.begin(path, words)
    instance.start_django(folder)
    from amparo.access.actors import SYSTEM_ACTOR
    from amparo.journeys import commands

    commands.renew_root_key(actor=SYSTEM_ACTOR)
    root.finish(path, words)
    print("The root key was renewed. The passphrase and the recovery sheet stay as they are.")


def _renew_offices() -> None:
    from amparo.access import queries
    from amparo.access.actors import SYSTEM_ACTOR
    from amparo.journeys import commands

    with telling.progress() as step:
        for office in queries.offices():
            told = _counted(step, office.name)
            done = commands.rotate_office_key(actor=SYSTEM_ACTOR, office_id=office.id, progress=told)
            print(f"{office.name}: a new key; {done} data keys were wrapped anew.")


def _forget_retired() -> None:
    from amparo.vault import rotating

    rotating.forget_retired(alone=True)


def _counted(step: telling.Step, what: str) -> Callable[[int], None]:
    def told(count: int) -> None:
        step(what, count, 0)

    return told


# ---- the passphrase -----------------------------------------------------------------------------------


def passphrase(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    with instance.used(folder, alone=True):
        telling.open_instance(folder)
        _new_passphrase(folder, options.sheet)
        instance.let_go_of_database()
    print("Done: the new passphrase counts. Destroy the old sheets, and put the new words where a file held the old.")
    print("Copies of the keyring from before still open with the old words: delete those, too, within 30 days.")
    return 0


def _new_passphrase(folder: Path, sheet: Path | None) -> None:
    """Seen first, then recorded, then in force: there is no moment at which nobody knows what opens the keyring."""
    from amparo.access.actors import SYSTEM_ACTOR
    from amparo.journeys import commands

    path = instance.keyring_path(folder)
    fresh = keyring.new_passphrase()
    try:
        keyring.prepare(path, keyring.held(), fresh)
        making.show_sheet(instance.described_anew(folder, fresh), "", sheet)
        print("The passphrase that you had counts until this command says that it is done.", flush=True)
        _see_that_it_was_written_down(fresh)
        commands.note_new_passphrase(actor=SYSTEM_ACTOR)
        keyring.put_in_place(path)
    except BaseException:
        keyring.following(path).unlink(missing_ok=True)
        raise
    instance.keep_demo_passphrase(folder, fresh)


def _see_that_it_was_written_down(fresh: str) -> None:
    """Let who sits there type the new words from her paper. Raises NotWrittenDown."""
    if not sys.stdin.isatty():
        return
    for _try in range(_TRIES):
        if keyring.normal_passphrase(telling.ask_secret("The new passphrase, from what you wrote down: ")) == fresh:
            return
    raise NotWrittenDown
