"""Rules of the house that imports cannot see."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import amparo
from amparo.kernel.errors import AppError

SOURCE = Path(amparo.__file__).parent
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
OURS = [app for app in apps.get_app_configs() if app.name.startswith("amparo.")]

# Whole floors whose own business is storing, and what is written that is no casework.
WRITERS = ("ledger", "vault", "access")
WRITING_FILES = {
    "web/uploads/unclaimed.py",  # files that wait
    "web/kept.py",  # forms that were sent too late
    "staff/adapter.py",  # the sign-in library's own rows
    "desk/synthetic/bulk.py",  # benchmarks only; a test holds it to the commands
}
OTHER_CLOCKS = {"datetime.now", "timezone.now", "date.today", "datetime.utcnow"}
WRITING_CALLS = {"save", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in FILES:
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def _may_write(name: str) -> bool:
    room, _slash, rest = name.partition("/")
    return room in WRITERS or name in WRITING_FILES or rest.startswith("commands") or room == "journeys"


def test_only_commands_write() -> None:
    found = [
        f"{name}:{node.lineno} .{node.func.attr}()"
        for name, tree in _trees()
        if not _may_write(name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING_CALLS
        and not _is_picture_or_form(node)
    ]
    assert found == []


def _is_picture_or_form(node: ast.Call) -> bool:
    """Saving a picture or a spreadsheet into memory, or keeping a session, is no write of casework."""
    target = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    return any(word in target for word in ("picture", "session", "image", "convert", "super()", "qr", "made", "book"))


def test_no_signal_is_wired() -> None:
    for name, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert "signals" not in node.module, name


def test_only_the_clock_reads_the_time() -> None:
    for name, tree in _trees():
        if name in ("kernel/clock.py", "staff/sessions.py"):
            continue  # The second holds sessions against the framework's own clock.
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                said = ast.unparse(node)
                assert said not in ("datetime.now", "timezone.now", "date.today", "datetime.utcnow"), (
                    f"{name}:{node.lineno}"
                )


def test_no_file_is_a_junk_drawer() -> None:
    for path in FILES:
        assert path.stem not in {"utils", "helpers", "common", "misc", "base2", "commands2", "util"}, path


def test_links_to_another_room_point_one_way() -> None:
    for app in OURS:
        for model in app.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey):
                    assert field.remote_field.related_name == "+", field


def test_clear_texts_are_codes_and_not_words() -> None:
    """A clear column of text is short: a code, a date, an address of a blob. Words are sealed."""
    longer = {
        "ledger.entry.body", "access.office.name", "access.office.district", "access.office.time_zone",
        "web.upload.address",
    }  # fmt: skip
    for app in OURS:
        for model in app.get_models():
            for field in model._meta.concrete_fields:
                name = f"{model._meta.label_lower}.{field.name}"
                if isinstance(field, models.TextField):
                    assert name in longer, name
                elif isinstance(field, models.CharField):
                    assert (field.max_length or 0) <= 80 or field.name in ("password",) or name in longer, name


def _errors(base: type[AppError] = AppError) -> Iterator[type[AppError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _errors(kind)


def test_every_error_has_a_code_of_its_own_and_a_sentence() -> None:
    seen: dict[str, type[AppError]] = {}
    for kind in _errors():
        if kind.__module__.startswith("tests."):
            continue
        assert kind.code not in seen or seen[kind.code] is kind, (kind, seen[kind.code])
        seen[kind.code] = kind
        assert kind.template.strip().endswith((".", "?")), kind
        assert not kind.hint_template or kind.hint_template.strip().endswith((".", "?")), kind


@pytest.mark.django_db
def test_migrations_are_up_to_date() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_one_room_and_no_hall(path: Path) -> None:
    data_only = {"verbs.py", "texts.py"}
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 900 or path.name in data_only, f"{path.name} has {lines} lines: make it a package of nouns"
