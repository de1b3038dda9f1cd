"""Which person has a part in which case decides who sees her: the ledger keeps these rows as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.access.models import Tie
from amparo.kernel import clock, ids
from amparo.ledger import checkpoints, verifying
from amparo.ledger.findings import Kind, Report
from amparo.ledger.records import table_of
from amparo.vault import signing
from amparo.vault.store import FolderStore
from tests.cast import SECRETS, Cast

pytestmark = pytest.mark.django_db


def verified(folder: Path) -> Report:
    key = checkpoints.verifier_key(signing.public_key(SECRETS.signing))
    return verifying.verify(key, FolderStore(folder))


def test_a_tie_put_in_from_outside_is_found(cast: Cast, tmp_path: Path) -> None:
    one, other = cast.case(), cast.case()
    assert verified(tmp_path).is_intact
    now = clock.now()
    forged = Tie(id=ids.new_id(), office_id=cast.office, person_id=one.survivor, case_id=other.id)
    forged.created_at = forged.updated_at = now
    forged.created_by = forged.updated_by = cast.accounts["jalil"]
    forged.save(force_insert=True)
    (found,) = verified(tmp_path).findings
    assert (found.kind, found.table, found.row) == (Kind.ROW_UNKNOWN, table_of(Tie), str(forged.id))


def test_a_tie_taken_away_is_found(cast: Cast, tmp_path: Path) -> None:
    one = cast.case()
    row = Tie.objects.get(person_id=one.suspect)
    Tie.objects.all().filter(pk=row.pk).delete()
    (found,) = verified(tmp_path).findings
    assert (found.kind, found.table, found.row) == (Kind.ROW_MISSING, table_of(Tie), str(row.id))


def test_a_tie_moved_to_another_case_is_found(cast: Cast, tmp_path: Path) -> None:
    one, other = cast.case(), cast.case()
    row = Tie.objects.get(person_id=one.survivor)
    Tie.objects.filter(pk=row.pk).update(case_id=other.id)
    (found,) = verified(tmp_path).findings
    assert (found.kind, found.row) == (Kind.ROW_ALTERED, str(row.id))
