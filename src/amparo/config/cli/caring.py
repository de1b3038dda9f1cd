"""`amparo backup`, `amparo restore`, `amparo upgrade`, `amparo figures` and `amparo rotate`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from amparo.config import backup as backups
from amparo.config import instance
from amparo.config.cli import telling, watching


def backup(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    instance.start_django(folder)
    _back_up(folder, options.to)
    return 0


def _back_up(folder: Path, to: Path) -> None:
    with telling.progress() as step:
        written = backups.write(folder, to.absolute(), progress=step)
    print(f"Data:  {written.data}  (and {written.blobs} files in {to / 'blobs'})")
    print(f"Keys:  {written.keys}")
    print("Take the keys to another disk, and delete them after 30 days: what was erased then stays erased.")


def restore(options: argparse.Namespace) -> int:
    folder = telling.named_folder(options.dir)
    with instance.being_made(folder) as work, telling.progress() as step:
        restored = backups.restore(options.data.absolute(), options.keys.absolute(), work, progress=step)
        report = watching.verified(work, read_files=True)
        instance.let_go_of_database()
    print(f"Restored into {folder}.")
    if restored.keys_older:
        telling.warn("The keys are older than the data: words of people added since can't be opened with them.")
    print(watching.told(report))
    return 0 if report.is_intact else 1


def upgrade(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    instance.start_django(folder)
    _back_up(folder, options.backup_to or folder.with_name(f"{folder.name}-backups"))
    from django.core.management import call_command

    call_command("migrate", verbosity=1, interactive=False)
    report = watching.verified(folder)
    print(watching.told(report))
    instance.let_go_of_database()
    return 0 if report.is_intact else 1


def _counted(step: telling.Step, what: str) -> Callable[[int], None]:
    def told(count: int) -> None:
        step(what, count, 0)

    return told


def figures(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    telling.open_instance(folder)
    from amparo.insight import commands

    done = commands.rebuild() if options.anew else commands.refresh()
    print(f"Counted {done} cases {'anew' if options.anew else 'that changed'}.")
    instance.let_go_of_database()
    return 0


def rotate(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    telling.open_instance(folder)
    from amparo.access import queries
    from amparo.access.actors import SYSTEM_ACTOR
    from amparo.journeys import commands

    with telling.progress() as step:
        for office in queries.offices():
            told = _counted(step, office.name)
            done = commands.rotate_office_key(actor=SYSTEM_ACTOR, office_id=office.id, progress=told)
            print(f"{office.name}: a new key; {done} data keys were wrapped anew.")
    instance.let_go_of_database()
    return 0
