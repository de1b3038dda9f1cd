"""Copied cases are like those that commands make: the same rows, the same entries, and everything verifies."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from amparo.cases import commands as cases
from amparo.cases.words import Risk
from amparo.desk.synthetic import bulk
from amparo.desk.synthetic.agenda import Agenda
from amparo.desk.synthetic.stage import Stage, furnish
from amparo.kernel import clock, digest
from amparo.kernel.words import Role
from amparo.ledger import checkpoints, verifying
from amparo.ledger.records import record_models
from amparo.vault import sealing, signing
from amparo.vault.store import FolderStore
from tests.cast import SECRETS, dismiss_everybody

NOW = datetime(2026, 5, 21, 13, 20, tzinfo=UTC)
CASES = 50
_FREE = {
    "ForeignKey",
    "IntegerField",
    "UUIDField",
    "BinaryField",
    "DateTimeField",
    "DateField",
    "AutoField",
    "BigAutoField",
}


def counted() -> Counter[str]:
    """How many rows of each canonical form there are, ids, salts, codes, times and words left out."""
    found: Counter[str] = Counter()
    for model in [*record_models(), apps.get_model("access.Notice")]:
        sealed = set(sealing.sealed_columns(model))
        for row in model._base_manager.all():
            told = [
                f"{field.attname}={'words' if field.attname in sealed and value else value if _is_told(field) else ''}"
                for field in row._meta.concrete_fields
                for value in [getattr(row, field.attname)]
            ]
            found[f"{model._meta.label} {told}"] += 1
    return found


def _is_told(field: Any) -> bool:
    return field.attname != "code" and not field.primary_key and field.get_internal_type() not in _FREE


def entries() -> Counter[str]:
    rows = apps.get_model("ledger.Entry")._base_manager.exclude(case_id=None)
    return Counter(f"{row.verb} {digest.canonical([sorted(_facts(row))]).decode()}" for row in rows)


def _facts(row: Any) -> list[str]:
    return list(json.loads(row.body)["facts"])


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stage:
    monkeypatch.setattr(settings, "BLOBS", tmp_path)
    dismiss_everybody()
    made = Stage(1, NOW, Agenda(NOW))
    furnish(made, NOW - timedelta(days=30))
    return made


def test_fifty_copies_leave_the_rows_and_entries_of_fifty_made_cases(stage: Stage) -> None:
    with clock.set_to(NOW):
        pattern = bulk.pattern_of(bulk.plain_case(stage, 1))
        before, told_before = counted(), entries()
        for _ in range(CASES):
            bulk.plain_case(stage, 1)
        by_commands, told = counted() - before, entries() - told_before
        before, told_before = counted(), entries()
        bulk.copies([pattern], CASES, stage)
    assert counted() - before == by_commands
    assert entries() - told_before == told


def test_the_ledger_verifies_with_copies_in_it(stage: Stage, tmp_path: Path) -> None:
    with clock.set_to(NOW):
        bulk.copies([bulk.pattern_of(bulk.plain_case(stage, number)) for number in range(3)], 20, stage)
    key = checkpoints.verifier_key(signing.public_key(SECRETS.signing))
    assert verifying.verify(key, FolderStore(tmp_path)).is_intact
    assert apps.get_model("cases.Case")._base_manager.count() == 23


def test_a_case_whose_rows_were_changed_is_not_copied(stage: Stage) -> None:
    with clock.set_to(NOW):
        case = bulk.plain_case(stage, 1)
        owner = apps.get_model("cases.Case")._base_manager.get(pk=case).office_id
        lead = next(stage.actor(o.logins[Role.SUPERVISOR][0]) for o in stage.offices.values() if o.id == owner)
        cases.change_case(actor=lead, case_id=case, expected=1, title="Other", types=[], risk=Risk.LOW)
    with pytest.raises(ValueError, match="written once"):
        bulk.pattern_of(case)
