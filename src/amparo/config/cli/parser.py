"""The words of the command line and their help; docs/reference/commands.md is written from it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from amparo import __version__
from amparo.config import serving
from amparo.config.cli import caring, making, renewing, running, watching

Run = Callable[[argparse.Namespace], int]
_DIR_HELP = "the instance's folder (default: AMPARO_DIR, else ./instance)"
_PASSPHRASE_NOTE = (
    "The passphrase is asked for, or read from the file that AMPARO_PASSPHRASE_FILE names; it is never taken "
    "from the command line or from a variable."
)
_EXIT_NOTE = "Exit code 0: done. 1: something was found. 2: it could not be done, and the reason was printed."


def build() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="amparo",
        description="Casework for organisations that secure justice for survivors.",
        epilog=_EXIT_NOTE,
    )
    parser.add_argument("--version", action="version", version=f"amparo {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _init(commands)
    _demo(commands)
    _serve(commands)
    _verify(commands)
    _checkpoint(commands)
    _backup(commands)
    _restore(commands)
    _upgrade(commands)
    _check(commands)
    _figures(commands)
    _rotate(commands)
    _passphrase(commands)
    return parser


_Commands = argparse._SubParsersAction


def _add(
    commands: _Commands[argparse.ArgumentParser], name: str, run: Run, help_: str, more: str = ""
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=f"{help_}. {more}".strip())
    parser.set_defaults(run=run)
    return parser


def _dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dir", type=Path, metavar="D", help=_DIR_HELP)


def _whole(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def _init(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "init", making.init, "Make a new instance and print its recovery sheet",
        "What is not given is asked for. The folder must not exist yet, or be empty.",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--name", help="name of the first system keeper")
    parser.add_argument("--login", metavar="NAME", help="the name under which she signs in")
    parser.add_argument("--office", help="name of the first office")
    parser.add_argument("--district", help="district or state of that office")
    parser.add_argument("--time-zone", default="UTC", metavar="ZONE", help="such as Asia/Kolkata (default: UTC)")
    parser.add_argument(
        "--calling-code", default="1", metavar="N", help="of telephone numbers, such as 91 (default: 1)"
    )
    parser.add_argument(
        "--database-url", default="", metavar="URL", help="an empty PostgreSQL database (default: SQLite)"
    )
    parser.add_argument(
        "--keyring", default="", metavar="FILE", help="where the keyring goes, such as a removable disk"
    )
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="also save the recovery sheet (.txt or .html)")


def _demo(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "demo", making.demo, "Fill a demonstration with invented people and serve it",
        "Its passphrase lies beside it: never use it for real people's words.",
    )  # fmt: skip
    parser.add_argument("--dir", type=Path, metavar="D", default=Path("demo"), help="the folder (default: ./demo)")
    parser.add_argument("--port", type=_whole, default=serving.DEFAULT_PORT, help="port to serve on (default: 8000)")
    parser.add_argument("--no-serve", action="store_true", help="only make it")
    parser.add_argument("--cases", type=_whole, default=200, metavar="N", help="how many cases (default: 200)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same seed gives the same people (default: 1)"
    )


def _serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "serve", running.serve, "Serve an instance",
        f"{_PASSPHRASE_NOTE} Without one the server is locked and shows one page that says so.",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--host", default=serving.DEFAULT_HOST, help="address to listen on; others than this "
                        "machine's own need TLS or a trusted proxy (default: 127.0.0.1)")  # fmt: skip
    parser.add_argument("--port", type=_whole, default=serving.DEFAULT_PORT, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=_whole, default=2, metavar="N", help="processes (default: 2)")


def _verify(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "verify", watching.verify, "Show whether anything was altered behind Amparo's back",
        "Needs no passphrase. Without --checkpoint and --key it shows only that everything fits together: a "
        "ledger that was cut at its end, or rewritten whole, shows itself only to who kept something. "
        "Exit code 0: intact. 1: altered, and what. 2: could not be checked, and why.",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint that was kept elsewhere")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the verifier key from the recovery sheet, in a file")
    parser.add_argument("--files", action="store_true", help="also read and hash every stored file")


def _checkpoint(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "checkpoint", watching.checkpoint, "Print the ledger's head, signed, to be kept elsewhere",
        "A C2SP checkpoint as a signed note. Needs no passphrase.",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it to a new file instead")


def _backup(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "backup", caring.backup, "Copy everything, also while people work",
        "Makes two folders: data-…, which may be kept for years, and keys-…, which belongs elsewhere and is "
        "deleted after 30 days, so that what was erased stays erased: older ones in the same folder are deleted "
        "when a newer one is whole. Files are copied once for all backups.",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the backups are kept")
    _keys_to(parser)


def _restore(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "restore", caring.restore, "Make an instance again from a backup, and verify it",
        "Take data of the day that is wanted and the newest keys there are. Nothing is ever overwritten.",
    )  # fmt: skip
    parser.add_argument("--from", dest="data", type=Path, required=True, metavar="FOLDER", help="a data-… folder")
    parser.add_argument("--keys", type=Path, required=True, metavar="FOLDER", help="the newest keys-… folder")
    _dir(parser)


def _upgrade(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "upgrade", caring.upgrade, "Bring an instance to this release: back up, migrate, verify",
        "Stop the server before.",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--backup-to", type=Path, metavar="FOLDER", help="where the backup goes (default: beside D)")
    _keys_to(parser)


def _keys_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keys-to", type=Path, metavar="FOLDER", help="where its keys go instead: another disk")


def _check(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "check", watching.check, "Look for mistakes in how an instance is set up",
        "Exit code 1 where something must be put right.",
    )  # fmt: skip
    _dir(parser)


def _figures(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "figures", caring.figures, "Bring the figures of Insight up to the ledger",
        f"A timer of the host may run it, also while people work. {_PASSPHRASE_NOTE}",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--anew", action="store_true", help="count every case anew, not only those that changed")


def _rotate(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "rotate",
        renewing.rotate,
        "Renew the keys of all offices, while people work",
        _PASSPHRASE_NOTE,
    )
    _dir(parser)
    parser.add_argument("--root", action="store_true", help="the root key too; stop the server before")


def _passphrase(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "passphrase", renewing.passphrase, "Put the keyring under a new passphrase, and print a new sheet",
        "Stop the server before. The present passphrase is asked for, or read from the file that "
        "AMPARO_PASSPHRASE_FILE names; it counts until the command says that it is done.",
    )  # fmt: skip
    _dir(parser)
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="also save the recovery sheet (.txt or .html)")
