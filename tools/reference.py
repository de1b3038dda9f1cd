"""Write docs/reference from the code: settings, commands, errors, verbs and permissions.

`python -m tools.reference` writes the pages; with `--check` it only says which are out of date.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
_NOTE = "<!-- Written by `make docs` from the code; changes here are lost. -->\n\n"
_NOT_IMPORTED = (".migrations", ".__main__", ".wsgi", ".synthetic")


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings")
    import django

    django.setup()


def pages() -> Mapping[str, str]:
    """The text of every page, by the name of its file. Django must be set up."""
    return {
        "settings.md": settings_page(),
        "commands.md": commands_page(),
        "errors.md": errors_page(),
        "verbs.md": verbs_page(),
        "permissions.md": permissions_page(),
    }


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def settings_page() -> str:
    from amparo.config import env

    def rows() -> Iterator[tuple[str, ...]]:
        for setting in env.ALL:
            yield (
                f"`{setting.name}`",
                f"`AMPARO_{setting.name.upper()}`",
                setting.wanted,
                _shown(setting.default),
                setting.help,
            )

    return (
        f"{_NOTE}# Settings\n\n"
        "A value comes from the environment, else from `amparo.toml` in the instance's folder, else from the default.\n"
        "Relative paths start at the instance's folder. Secrets are never values.\n\n"
        f"{_table(('In amparo.toml', 'In the environment', 'Takes', 'Default', 'What it does'), rows())}\n"
        "Two more are in the environment alone: `AMPARO_DIR` is the instance's folder, and `AMPARO_PASSPHRASE_FILE`\n"
        "names a file that holds the passphrase.\n"
    )


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, tuple):
        return f"`{', '.join(map(str, default))}`"
    return f"`{default}`" if default not in ("", None) else "none"


def commands_page() -> str:
    os.environ["COLUMNS"] = "96"
    from amparo.config.cli.parser import build

    parser = build()
    parts = [f"{_NOTE}# Commands\n\n```text\n{parser.format_help()}```\n"]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                parts.append(f"\n## amparo {name}\n\n```text\n{command.format_help()}```\n")
    return "".join(parts)


def _import_everything() -> None:
    import amparo

    for module in pkgutil.walk_packages(amparo.__path__, "amparo."):
        if not any(part in module.name for part in _NOT_IMPORTED):
            importlib.import_module(module.name)


def errors_page() -> str:
    from amparo.kernel.errors import AppError

    _import_everything()
    found: dict[str, type[AppError]] = {}
    waiting = [AppError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error is not AppError and error.__module__.startswith("amparo."):
            found.setdefault(error.code, error)

    def rows() -> Iterator[tuple[str, ...]]:
        for code, error in sorted(found.items()):
            yield f"`{code}`", str(error.status), _one_line(error.template), _one_line(error.hint_template)

    return (
        f"{_NOTE}# Errors\n\n"
        "What Amparo says when something can't be done. The status is that of the page; commands end with 2.\n\n"
        f"{_table(('Code', 'Status', 'What it says', 'What to do'), rows())}"
    )


def _one_line(text: str) -> str:
    return " ".join(str(text).split())


def verbs_page() -> str:
    from amparo.ledger.verbs import SPECS

    def rows() -> Iterator[tuple[str, ...]]:
        for verb, spec in sorted(SPECS.items()):
            facts = ", ".join(f"`{name}` ({kind.value})" for name, kind in sorted(spec.facts.items()))
            yield f"`{verb.value}`", str(spec.label), facts

    return (
        f"{_NOTE}# Verbs of the ledger\n\n"
        "Every act that is recorded, and the facts that its entry may carry. No fact is free text.\n\n"
        f"{_table(('Verb', 'Meaning', 'Facts'), rows())}"
    )


def permissions_page() -> str:
    from amparo.access import policy, table
    from amparo.access.words import ROLE_LABELS

    def rows() -> Iterator[tuple[str, ...]]:
        for name, act in sorted(policy.acts().items()):
            roles = "; ".join(f"{ROLE_LABELS[role]}: {_SCOPES[scope.value]}" for role, scope in act.roles.items())
            yield f"`{name}`", _SIGHTS[act.needs.name], roles

    return (
        f"{_NOTE}# Permissions\n\n"
        "## What each role sees of each compartment\n\n"
        "F full, P in part, S status and pseudonym only, A counts only, - nothing; then whose rows: a all, o the\n"
        "office's, t those of cases on whose team somebody is, h the office's until handed over, m one's own.\n\n"
        f"```text{table.SIGHT}```\n\n"
        "In court mode a sign-in sees no more than this of each compartment, and nothing of the others; it may do\n"
        "nothing but what follows, as far as its roles may.\n\n"
        f"```text{table.COURT_SIGHT}{table.COURT_ACTS}```\n\n## What each role may do\n\n"
        f"{_table(('Permission', 'Must see of it', 'Who, and of whose rows'), rows())}"
    )


_SCOPES = {"a": "all", "o": "office", "t": "team", "h": "until handed over", "m": "own", "p": "with a place in it"}
_SIGHTS = {"NONE": "", "AGGREGATE": "counts", "STATUS": "status", "PARTIAL": "part", "FULL": "everything"}


def stale() -> list[str]:
    """Names of pages that are not what the code says."""
    return [name for name, text in pages().items() if _stored(REFERENCE / name) != text]


def _stored(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write the pages, or with --check return 1 where one is out of date."""
    parser = argparse.ArgumentParser(prog="tools.reference", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    _set_up()
    if options.check:
        old = stale()
        print("\n".join(f"docs/reference/{name} is out of date; run `make docs`." for name in old))
        return 1 if old else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
