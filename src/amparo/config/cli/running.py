"""`amparo serve`."""

from __future__ import annotations

import argparse

from amparo.config import checks, instance, serving
from amparo.config.cli import telling


def serve(options: argparse.Namespace) -> int:
    folder = telling.folder_of(options.dir)
    where = serving.listening(folder, options.host, options.port)
    problems = checks.before_start(folder)
    for problem in problems:
        telling.warn(f"{problem.code}: {problem.text} {problem.hint}")
    with instance.used(folder):
        words = None
        if instance.keyring_path(folder).is_file():
            words = telling.passphrase(folder)
            if words is not None:
                # Said now and here, not by every worker: a wrong passphrase must not look like a running server.
                instance.unlock(folder, words)
        if words is None:
            telling.warn("Amparo is LOCKED: no passphrase was given. Its one page says so.")
        telling.warn(f"Amparo listens on {where.url}")
        serving.serve(folder, where, workers=options.workers, passphrase=words)
    return 0
