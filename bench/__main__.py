"""Measure, print one table, and keep it in `bench/results.json`.

python -m bench [--small 1000] [--large 10000] [--upload-mb 1024 | --no-uploads] [--insight]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.figures import Figure

RESULTS = Path(__file__).with_name("results.json")


def open_instance() -> None:
    """Set Django up on the instance that the environment names, with its keyring open."""
    import django

    from amparo.vault import keyring

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings")
    django.setup()
    # The secrets of a database that is thrown away after the measurement.
    keyring.unlock(keyring.Secrets(b"r" * 32, b"s" * 32, b"i" * 32, b"w" * 32))


def _figures(arguments: argparse.Namespace) -> Iterator[Figure]:
    from django.core.management import call_command

    from bench import exams, fields, ledger, pages, uploads

    call_command("migrate", verbosity=0)
    yield from fields.figures()
    yield from pages.figures(arguments.small, arguments.large)
    yield from ledger.figures()
    yield from exams.apart()
    if not arguments.no_uploads:
        yield from uploads.figures(arguments.upload_mb << 20)


def _insight() -> Iterator[Figure]:
    """In an instance of its own: what is measured before must not stand in its way."""
    from django.core.management import call_command

    from bench import insight

    call_command("migrate", verbosity=0)
    yield from insight.figures()


def _line(figure: Figure) -> str:
    value = f"{figure.value:,} {figure.unit}"
    return f"{figure.what:44} {value:>16}  {figure.goal:18} {figure.verdict:12} {figure.against}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure speed and size.")
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--upload-mb", type=int, default=1_024)
    parser.add_argument("--no-uploads", action="store_true")
    parser.add_argument("--insight", action="store_true", help="only the page of insight, at three sizes")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        os.environ["AMPARO_DIR"] = folder
        os.environ["AMPARO_DEMO"] = "true"
        open_instance()
        found = []
        for figure in _insight() if arguments.insight else _figures(arguments):
            print(_line(figure), flush=True)
            found.append(figure)
    results = RESULTS.with_name("insight.json") if arguments.insight else RESULTS
    results.write_text(json.dumps(_kept(found), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _kept(found: list[Figure]) -> dict[str, object]:
    """The figures with what they depend on, and nothing that names this machine."""
    return {
        "python": platform.python_version(),
        "architecture": platform.machine(),
        "processors": os.cpu_count(),
        "figures": [asdict(figure) for figure in found],
    }


if __name__ == "__main__":
    main()
