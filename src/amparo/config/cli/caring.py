"""`amparo backup`, `amparo restore`, `amparo upgrade` and `amparo figures`."""

from __future__ import annotations

import argparse
from pathlib import Path

from amparo.config import backup as backups
from amparo.config import instance
from amparo.config.cli import telling, watching


def backup(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    instance.start_django(folder)
    _back_up(folder, options.to, options.keys_to)
    return 0


def _back_up(folder: Path, to: Path, keys_to: Path | None = None) -> None:
    from amparo.vault import rotating

    with instance.used(folder), telling.progress() as step:
        rotating.forget_retired()
        written = backups.write(folder, to.absolute(), keys_to=keys_to and keys_to.absolute(), progress=step)
    print(f"Data:  {written.data}  (and {written.blobs} files in {to / 'blobs'})")
    print(f"Keys:  {written.keys}")
    if written.forgotten:
        print(f"Keys older than 30 days were deleted there: {written.forgotten}.")
    if keys_to is None:
        print("Take the keys to another disk, and delete them there after 30 days: what was erased then stays erased.")


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
    _back_up(folder, options.backup_to or folder.with_name(f"{folder.name}-backups"), options.keys_to)
    from django.core.management import call_command

    call_command("migrate", verbosity=1, interactive=False)
    report = watching.verified(folder)
    print(watching.told(report))
    instance.let_go_of_database()
    return 0 if report.is_intact else 1


def figures(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    with instance.used(folder):
        telling.open_instance(folder)
        from amparo.insight import commands

        done = commands.rebuild() if options.anew else commands.refresh()
        instance.let_go_of_database()
    print(f"Counted {done} cases {'anew' if options.anew else 'that changed'}.")
    return 0
