"""`amparo verify`, `amparo checkpoint` and `amparo check`: looking, without any passphrase."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.config import checks, instance
from amparo.config.cli import telling
from amparo.kernel import durable
from amparo.kernel.errors import N_, AppError

if TYPE_CHECKING:
    from amparo.ledger.findings import Report
    from amparo.ledger.notes import VerifierKey
    from amparo.ledger.verifying import Outside

_SHOWN = 200


class FileUnreadable(AppError):
    code = "config.file_unreadable"
    template = N_("%(path)s can't be read.")
    hint_template = N_("Correct the name.")


class FileThere(AppError):
    code = "config.file_there"
    template = N_("%(path)s is already there, or can't be written.")
    hint_template = N_("Give the name of a new file.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(path=str(path)) from error


def verify(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    instance.start_django(folder)
    report = verified(folder, _outside(options), read_files=options.files)
    print(told(report))
    return 0 if report.is_intact else 1


def verified(folder: Path, outside: Outside | None = None, *, read_files: bool = False) -> Report:
    """Verify the instance that Django is set up on. Raises CannotCheck."""
    from django.db import DatabaseError, connection

    from amparo.ledger import verifying
    from amparo.ledger.findings import CannotCheck
    from amparo.vault.store import FolderStore

    if not connection.settings_dict["HOST"] and connection.vendor == "sqlite":
        _check_is_file(Path(str(connection.settings_dict["NAME"])))
    try:
        with telling.progress() as step:
            return verifying.verify(
                own_key(folder),
                FolderStore(folder / "blobs"),
                outside=outside,
                read_files=read_files,
                progress=lambda what, done: step(what, done, 0),
            )
    except DatabaseError as error:
        raise CannotCheck(reason=f"the database can't be read ({type(error).__name__})") from error


def _check_is_file(path: Path) -> None:
    from amparo.ledger.findings import CannotCheck

    if not path.is_file():
        raise CannotCheck(reason="the database file is missing")


def own_key(folder: Path) -> VerifierKey | None:
    """The verifier key that lies in the instance's folder."""
    from amparo.ledger import verifying

    path = folder / instance.VERIFIER_FILE
    return verifying.read_key(_text(path)) if path.exists() else None


def _outside(options: argparse.Namespace) -> Outside:
    from amparo.ledger import verifying

    return verifying.Outside(
        key=verifying.read_key(_text(options.key)) if options.key else None,
        checkpoint=verifying.read_checkpoint(_text(options.checkpoint)) if options.checkpoint else None,
    )


def told(report: Report) -> str:
    """A report in words."""
    files = "read" if report.files_read else "there; --files reads them too"
    lines = [
        f"{report.entries} entries, {report.heads} signed heads, {report.rows} rows.",
        f"{report.files} files ({files}).",
        f"Head: {report.entries} entries, root {report.root.hex()}",
        f"Verifier key: {report.key}",
    ]
    lines += [f"ALTERED  {found.kind.value}: {found.text}" for found in report.findings[:_SHOWN]]
    if len(report.findings) > _SHOWN:
        lines.append(f"and {len(report.findings) - _SHOWN} more.")
    return "\n".join([*lines, _conclusion(report)])


def _conclusion(report: Report) -> str:
    if not report.is_intact:
        return f"Findings: {len(report.findings)}. Keep a copy of everything, and compare with the backups."
    if not report.outside:
        return (
            "Internally consistent only: nothing that was kept elsewhere took part. A ledger that was cut at "
            "its end or rewritten whole would look the same. Give --checkpoint, --key or both."
        )
    return f"Intact, held against what was kept elsewhere: {' and '.join(report.outside)}."


def checkpoint(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    instance.start_django(folder)
    from amparo.ledger import checkpoints
    from amparo.ledger.findings import CannotCheck

    key = own_key(folder)
    if key is None:
        raise CannotCheck(reason=f"{instance.VERIFIER_FILE} is missing in the folder")
    text = checkpoints.current(key).render()
    if options.out is None:
        print(text, end="")
        return 0
    try:
        durable.write_new(options.out, text.encode(), mode=0o644)
    except OSError as error:
        raise FileThere(path=str(options.out)) from error
    print(f"Keep {options.out} where nobody who runs this server can change it.")
    return 0


def check(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    instance.start_django(folder)
    problems = checks.all_of(folder)
    for problem in problems:
        print(f"{problem.code}: {problem.text}\n             {problem.hint}")
    errors = sum(problem.is_error for problem in problems)
    print(f"{errors} to put right, {len(problems) - errors} to know." if problems else "Nothing was found.")
    return 1 if errors else 0
