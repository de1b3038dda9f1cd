"""The folder of one instance: made, found, unlocked."""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import html
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from amparo.config import env
from amparo.kernel import digest, durable
from amparo.kernel.errors import N_, AppError
from amparo.vault import keyring, signing
from amparo.vault.errors import KeyringMissing

SETTINGS_FILE = "amparo.toml"
VERIFIER_FILE = "ledger.vkey"
PASSPHRASE_FILE = "demo-passphrase"
DATABASE_FILE = "amparo.sqlite3"
_IN_USE_FILE = ".in-use"


class NotAnInstance(AppError):
    code = "config.not_an_instance"
    template = N_("There is no instance of Amparo in %(folder)s.")
    hint_template = N_("Give the right folder with --dir, or make one there with “amparo init”.")


class AlreadyThere(AppError):
    code = "config.already_there"
    template = N_("%(folder)s is not empty, so nothing was written there.")
    hint_template = N_("Choose a folder that does not exist yet.")


class BeingMade(AppError):
    code = "config.being_made"
    template = N_("Another command is making %(folder)s at this moment.")
    hint_template = N_("Wait until it has ended.")


class DatabaseInUse(AppError):
    code = "config.database_in_use"
    template = N_("The database that is named in the settings already holds tables.")
    hint_template = N_("Make a new, empty database for Amparo.")


class InUse(AppError):
    code = "config.in_use"
    template = N_("Amparo is being served or cared for from %(folder)s at this moment.")
    hint_template = N_("Stop the server, let other commands end, and run this again. Nothing was changed.")


class KeysBeingRenewed(AppError):
    code = "config.keys_being_renewed"
    template = N_("The keys of %(folder)s are being renewed at this moment.")
    hint_template = N_("Wait until that command has ended.")


class PassphraseNeeded(AppError):
    code = "config.passphrase_needed"
    template = N_("The passphrase is needed, and there is nobody to ask for it.")
    hint_template = N_("Put it into a file that only you can read, and name it in AMPARO_PASSPHRASE_FILE.")


class PassphraseFileUnreadable(AppError):
    code = "config.passphrase_file_unreadable"
    template = N_("The file that AMPARO_PASSPHRASE_FILE names can't be read.")
    hint_template = N_("Correct the name, or leave the variable out and type the passphrase.")


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps the system first, and where. `secret` are the words of the invitation."""

    name: str
    login_name: str
    office: str
    district: str
    secret: str
    time_zone: str = "UTC"
    calling_code: str = "1"


@dataclass(frozen=True, slots=True)
class Made:
    """What must be told to people once an instance is made."""

    passphrase: str
    verifier: str
    fingerprint: str


def check_is_instance(folder: Path) -> None:
    """Return only for the folder of an instance. Raises NotAnInstance."""
    if not (folder / SETTINGS_FILE).is_file():
        raise NotAnInstance(folder=str(folder))


def keyring_path(folder: Path) -> Path:
    """Where the instance's keyring is."""
    return folder / env.value(env.KEYRING, folder)


def start_django(folder: Path) -> None:
    """Load the application on this instance; the keyring is unlocked before, or stays locked."""
    os.environ["AMPARO_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings"
    import django

    django.setup()


def unlock(folder: Path, passphrase: str) -> None:
    """Open the keyring for this process. Raises KeyringMissing, WrongPassphrase, KeyringDamaged."""
    keyring.unlock(keyring.read(keyring_path(folder), passphrase))


def given_passphrase(folder: Path) -> str | None:
    """The passphrase from the file named for it, or from the demo's own. Raises PassphraseFileUnreadable."""
    try:
        passphrase = keyring.passphrase_from_environment()
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseFileUnreadable from error
    kept = folder / PASSPHRASE_FILE
    if passphrase is None and env.value(env.DEMO, folder) and kept.exists():
        return kept.read_text(encoding="utf-8")
    return passphrase


def keep_demo_passphrase(folder: Path, passphrase: str) -> None:
    """Let the demonstration's own file follow a new passphrase; nowhere else is there one."""
    path = folder / PASSPHRASE_FILE
    if env.value(env.DEMO, folder) and path.exists():
        durable.replace(path, passphrase.encode())


def check_keyring_is_there(folder: Path) -> None:
    """Raises KeyringMissing."""
    if not keyring_path(folder).is_file():
        raise KeyringMissing


def unfinished(folder: Path) -> Path:
    """Where an instance is while it is being made."""
    return folder.with_name(f".{folder.name}.unfinished")


@contextmanager
def being_made(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the name `folder` at the end; nothing is left under that name on failure.

    What an interrupted run left behind is removed first. Raises AlreadyThere, BeingMade.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AlreadyThere(folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = unfinished(folder)
    with _only_maker(folder):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        except BaseException:
            # It may hold a keyring already, and nobody would look for one here.
            shutil.rmtree(work, ignore_errors=True)
            raise
        os.rename(work, folder)
        durable.sync_folder(folder.parent)


@contextmanager
def _only_maker(folder: Path) -> Iterator[None]:
    lock = folder.with_name(f".{folder.name}.lock")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
        lock.unlink(missing_ok=True)
    except BlockingIOError as error:
        raise BeingMade(folder=str(folder)) from error
    finally:
        os.close(handle)


@contextmanager
def used(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Work with the keys of an instance, beside others who do or `alone`. The end of a process gives it free.

    Raises InUse where somebody else is there and nobody may be; KeysBeingRenewed where somebody wants to be alone.
    """
    handle = os.open(folder / _IN_USE_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise (InUse if alone else KeysBeingRenewed)(folder=str(folder)) from error
        yield
    finally:
        os.close(handle)


def create(folder: Path, *, demo: bool, keeper: Keeper, database_url: str = "", keyring_at: str = "") -> Made:
    """Fill an empty folder with a new instance and leave this process unlocked on it.

    Args:
        folder: exists and is empty, see `being_made`.
        keyring_at: where the keyring goes instead, such as a removable disk.

    Raises: DatabaseInUse.
    """
    (folder / "blobs").mkdir(mode=0o700)
    _write_settings(folder, demo=demo, database_url=database_url, keyring_at=keyring_at)
    passphrase = keyring.new_passphrase()
    held = keyring.create(keyring_path(folder), passphrase)
    keyring.unlock(held)
    if demo:
        durable.write_new(folder / PASSPHRASE_FILE, passphrase.encode())
    start_django(folder)
    made = _described(passphrase)
    durable.write_new(folder / VERIFIER_FILE, f"{made.verifier}\n".encode(), mode=0o600)
    _make_tables()
    from amparo.access.actors import SYSTEM_ACTOR
    from amparo.journeys import commands

    commands.set_up(actor=SYSTEM_ACTOR, demo=demo, **dataclasses.asdict(keeper))
    return made


def _write_settings(folder: Path, *, demo: bool, database_url: str, keyring_at: str) -> None:
    table = tomlkit.document()
    table.add(tomlkit.comment("Settings of this instance of Amparo; docs/reference/settings.md lists them all."))
    given = {env.DEMO: demo, env.DATABASE_URL: database_url, env.KEYRING: keyring_at}
    for setting, value in given.items():
        if value:
            table.add(tomlkit.comment(setting.help))  # type: ignore[attr-defined]
            table.add(setting.name, value)  # type: ignore[attr-defined]
    durable.write_new(folder / SETTINGS_FILE, tomlkit.dumps(table).encode())


def _described(passphrase: str) -> Made:
    from amparo.ledger import checkpoints

    return Made(passphrase, checkpoints.verifier_key().render(), fingerprint(signing.public_key()))


def described_anew(folder: Path, passphrase: str) -> Made:
    """What the recovery sheet says under another passphrase. The instance is unlocked and Django set up on it."""
    verifier = (folder / VERIFIER_FILE).read_text(encoding="utf-8").strip()
    return Made(passphrase, verifier, fingerprint(signing.public_key()))


def fingerprint(public: bytes) -> str:
    """Half a SHA-256 of the public key, in groups, to compare by eye."""
    return digest.spaced(hashlib.sha256(public).hexdigest()[:32])


def _make_tables() -> None:
    from django.core.management import call_command
    from django.db import connection

    if connection.introspection.table_names():
        raise DatabaseInUse
    call_command("migrate", verbosity=0, interactive=False)


def let_go_of_database() -> None:
    """Empty the write-ahead log and close, so that the folder can be moved or copied."""
    from django.db import connections

    from amparo.ledger import wal

    wal.truncate()
    connections.close_all()


# ---- the recovery sheet -------------------------------------------------------------------------------

_SHEET = """\
AMPARO - RECOVERY SHEET                                     {title}

Whoever has this sheet and the keyring file can read everything. Without the
passphrase nobody can, not even those who made Amparo.

  Passphrase

    {passphrase}

  Keyring fingerprint   {fingerprint}
  Verifier key          {verifier}

What to do now
  1. Print or write down this sheet, twice. Put one into the safe, and give one
     in a sealed envelope to somebody on the board.
  2. Delete the file, if you saved one, and clear this window.
  3. Keep the keyring's backups apart from those of the data, and for 30 days at
     most: then what was erased stays erased. "amparo backup" does so.
  4. Give the verifier key to your auditor. With it, "amparo verify --key" shows
     whether the records were signed by this organisation.

When Amparo asks for the passphrase, type the seven words with single spaces,
in small letters.
"""


def sheet(made: Made, title: str = "") -> str:
    """The recovery sheet as text."""
    return _SHEET.format(title=title, passphrase=made.passphrase, fingerprint=made.fingerprint, verifier=made.verifier)


def write_sheet(path: Path, text: str) -> None:
    """Save the recovery sheet, as a page to print if the name ends in .html. Raises FileExistsError."""
    if path.suffix == ".html":
        text = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Recovery sheet</title>'
            f"<pre>{html.escape(text)}</pre></html>\n"
        )
    durable.write_new(path, text.encode(), mode=0o600)
