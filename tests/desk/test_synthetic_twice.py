"""The same seed makes the same organisation, whatever ids and keys come out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from amparo.desk.synthetic import make
from amparo.kernel import clock, digest
from amparo.ledger.records import record_models
from amparo.vault import sealing
from tests.cast import dismiss_everybody

pytestmark = pytest.mark.slow

NOW = datetime(2026, 5, 21, 13, 20, tzinfo=UTC)
# Columns of codes and hashes that come from real randomness.
_RANDOM = {
    "code", "login", "password", "invitation", "address", "secret_hash", "record_sha256", "clinical_sha256", "sha256",
    "paper_sha256",
}  # fmt: skip
# Words of a record may hold the code or the id of another, or a salt.
_CODE = re.compile(r"\b[A-Z]{2,4}(-[0-9A-Z]{3}){2,4}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b")
_PLAIN = {
    "CharField",
    "DateField",
    "DateTimeField",
    "BooleanField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
}


def shape() -> str:
    """A digest of everything that was made, but for ids, codes, salts, keys and hashes."""
    content: list[Any] = []
    for model in sorted(record_models(), key=lambda model: model._meta.label):
        rows = list(model._base_manager.all())
        sealed = sealing.sealed_columns(model)
        words = [one.words for one in sealing.open_rows(rows, *sealed)] if sealed else [{} for _ in rows]
        told = [
            _CODE.sub("code", f"{_clear(row)} {sorted(one.items())!r}") for row, one in zip(rows, words, strict=True)
        ]
        content.append([model._meta.label, *sorted(told)])
    entries = apps.get_model("ledger.Entry")._base_manager.order_by("index")
    content.append([f"{verb} {at.isoformat()}" for verb, at in entries.values_list("verb", "at")])
    return digest.sha256(digest.canonical(content))


def _clear(row: Any) -> list[str]:
    fields = [field for field in row._meta.concrete_fields if field.get_internal_type() in _PLAIN]
    return [str(getattr(row, field.attname)) for field in fields if field.attname not in _RANDOM]


def made(seed: int) -> str:
    """The shape of a small organisation, which is taken back at once."""
    with transaction.atomic(), clock.set_to(NOW):
        dismiss_everybody()
        make(cases=2, seed=seed)
        found = shape()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@pytest.mark.sqlite_only
def test_the_same_seed_makes_the_same_people_dates_states_texts_and_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "BLOBS", tmp_path)
    first = made(7)
    assert made(7) == first
    assert made(8) != first


@pytest.mark.django_db
@pytest.mark.postgresql
def test_it_is_made_on_postgresql_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "BLOBS", tmp_path)
    assert made(7) != made(8)
