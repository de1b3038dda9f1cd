"""Every way in which somebody with the database, but without the keyring, may alter it is found and named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F

from amparo.access.actors import SYSTEM_ACTOR
from amparo.access.commands import add_office
from amparo.access.models import Office
from amparo.journeys import commands
from amparo.kernel import digest, ids
from amparo.ledger import appending, checkpoints, merkle, verifying, writing
from amparo.ledger.appending import Event, leaf_of
from amparo.ledger.findings import CannotCheck, Kind, Report
from amparo.ledger.models import Entry, Root, Tile
from amparo.ledger.notes import SignedNote
from amparo.ledger.signatures import head_message
from amparo.ledger.verbs import Verb
from amparo.ledger.verifying import Outside
from amparo.vault import keyring, signing
from amparo.vault.keyring import Secrets
from amparo.vault.store import FolderStore

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OURS = Secrets(b"\x01" * 32, b"\x02" * 32, b"\x03" * 32, b"\x04" * 32)
ANOTHER_SEED = b"\x09" * 32
DISTRICTS = ("North", "South", "East", "West", "Centre", "Coast")
Check = Callable[..., Report]


@pytest.fixture(autouse=True)
def ledger() -> list[UUID]:
    """An instance with ten entries under seven heads: four from its set-up, one for each further office."""
    keyring.unlock(OURS)
    commands.set_up(
        actor=SYSTEM_ACTOR,
        demo=True,
        name="Hana Sample",
        login_name="hana",
        office="Sample House",
        district="Sampletown",
        secret="seven invented words",
        time_zone="UTC",
        calling_code="1",
    )
    return [add_office(actor=SYSTEM_ACTOR, name="Sample House", district=name) for name in DISTRICTS]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    key = checkpoints.verifier_key(signing.public_key(OURS.signing))

    def run(outside: Outside | None = None) -> Report:
        return verifying.verify(key, FolderStore(tmp_path / "blobs"), outside=outside, read_files=True)

    return run


def kinds(report: Report) -> set[Kind]:
    return {finding.kind for finding in report.findings}


def only(report: Report, kind: Kind) -> None:
    assert kinds(report) == {kind}, [finding.text for finding in report.findings]


# ---- what is intact -----------------------------------------------------------------------------------


def test_what_nobody_touched_is_intact(check: Check) -> None:
    report = check()
    assert report.is_intact, report.findings
    assert (report.entries, report.heads) == (10, 7)
    assert report.rows == len(DISTRICTS) + 3
    assert report.outside == ()


def test_no_passphrase_is_needed(check: Check) -> None:
    keyring.lock()
    assert check().is_intact


def test_a_row_changed_many_times_is_held_against_its_last_entry_only(check: Check, ledger: list[UUID]) -> None:
    for _ in range(3):
        _rename(ledger[0])
    assert check().is_intact


def _rename(office: UUID) -> None:
    @writing.command
    def rename(*, actor: object) -> None:
        writing.update(Office.objects.get(pk=office), district=f"District {ids.new_id()}")
        writing.note(Verb.OFFICE_CHANGED, subject=office, office=office, facts={"fields": ["district"]})

    rename(actor=SYSTEM_ACTOR)


def test_an_empty_ledger_without_any_row_is_intact(check: Check) -> None:
    with connection.cursor() as cursor:
        for model in (Entry, Root):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
        cursor.execute("DELETE FROM access_roleheld")
        cursor.execute("DELETE FROM access_account")
        cursor.execute("DELETE FROM access_office")
    report = check()
    assert report.is_intact
    assert report.root == merkle.EMPTY_ROOT


def test_without_any_key_nothing_can_be_said(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck):
        verifying.verify(None, FolderStore(tmp_path / "blobs"))


# ---- rows ---------------------------------------------------------------------------------------------


def test_an_altered_row_is_named(check: Check, ledger: list[UUID]) -> None:
    Office.objects.filter(pk=ledger[2]).update(district="Elsewhere")
    report = check()
    only(report, Kind.ROW_ALTERED)
    assert (report.findings[0].table, report.findings[0].row) == ("access.office", str(ledger[2]))
    assert report.findings[0].entry == 6


def test_a_deleted_row_is_named(check: Check, ledger: list[UUID]) -> None:
    Office.objects.filter(pk=ledger[0]).delete()
    report = check()
    only(report, Kind.ROW_MISSING)
    assert report.findings[0].row == str(ledger[0])


@pytest.mark.parametrize("at", ["first", "last"])
def test_a_row_put_in_without_an_event_is_named(check: Check, ledger: list[UUID], at: str) -> None:
    row = Office.objects.get(pk=ledger[0])
    row.pk = row.office_id = UUID(int=1) if at == "first" else UUID(int=(1 << 128) - 1)
    row.save(force_insert=True)
    report = check()
    only(report, Kind.ROW_UNKNOWN)
    assert report.findings[0].row == str(row.pk)


def test_an_older_state_of_a_row_put_back_is_named(check: Check, ledger: list[UUID]) -> None:
    before = Office.objects.filter(pk=ledger[1]).values().get()
    _rename(ledger[1])
    Office.objects.filter(pk=ledger[1]).update(**before)
    only(check(), Kind.ROW_ALTERED)


# ---- entries ------------------------------------------------------------------------------------------


def test_an_edited_entry_is_named(check: Check) -> None:
    body = Entry.objects.get(pk=5).body.replace("office.added", "office.moved")
    Entry.objects.filter(pk=5).update(body=body, verb="office.moved")
    report = check()
    only(report, Kind.ENTRY_EDITED)
    assert [finding.entry for finding in report.findings] == [5]


def test_an_edited_entry_whose_fingerprint_was_made_to_fit_is_named(check: Check) -> None:
    _edit_with_leaf(5)
    report = check()
    only(report, Kind.ENTRY_EDITED)
    assert [finding.entry for finding in report.findings] == [5]


def _edit_with_leaf(index: int) -> None:
    entry = Entry.objects.get(pk=index)
    body = entry.body.replace("office.added", "office.moved")
    leaf = leaf_of(bytes(entry.salt), body.encode())
    Entry.objects.filter(pk=index).update(body=body, verb="office.moved", leaf=leaf)


@pytest.mark.parametrize("column", ["at", "verb", "actor_id", "office_id", "case_id", "subject_id"])
def test_a_look_up_column_that_says_something_else_is_named(check: Check, column: str) -> None:
    other = {"at": Entry.objects.get(pk=0).at, "verb": "case.opened"}.get(column, ids.new_id())
    Entry.objects.filter(pk=6).update(**{column: other})
    only(check(), Kind.ENTRY_EDITED)


def test_another_spelling_of_the_same_entry_is_named(check: Check) -> None:
    entry = Entry.objects.get(pk=4)
    body = entry.body.replace(",", ", ")
    Entry.objects.filter(pk=4).update(body=body, leaf=leaf_of(bytes(entry.salt), body.encode()))
    assert Kind.ENTRY_EDITED in kinds(check())


def test_a_removed_entry_is_named(check: Check) -> None:
    Entry.objects.filter(pk=6).delete()
    report = check()
    assert Kind.ENTRY_REMOVED in kinds(report)
    assert kinds(report) <= {Kind.ENTRY_REMOVED, Kind.ROW_UNKNOWN}
    assert next(f.entry for f in report.findings if f.kind is Kind.ENTRY_REMOVED) == 6


def test_a_removed_entry_is_named_though_the_others_closed_up(check: Check) -> None:
    Entry.objects.filter(pk=6).delete()
    _shift(7, -1)
    report = check()
    assert Kind.ENTRY_REMOVED in kinds(report)
    assert kinds(report) <= {Kind.ENTRY_REMOVED, Kind.ROW_UNKNOWN}


def _shift(start: int, by: int) -> None:
    Entry.objects.filter(pk__gte=start).update(index=F("index") + 1_000)
    Entry.objects.filter(pk__gte=start + 1_000).update(index=F("index") - 1_000 + by)


def _forged(index: int) -> Entry:
    event = Event(Verb.OFFICE_ADDED, SYSTEM_ACTOR.account_id, None, None, None, Entry.objects.get(pk=1).at, {})
    return appending._entry(event, index)


@pytest.mark.parametrize("claim", [5, 999])
def test_an_inserted_entry_is_named(check: Check, claim: int) -> None:
    _shift(5, 1)
    forged = _forged(claim)
    forged.index = 5
    forged.save(force_insert=True)
    report = check()
    only(report, Kind.ENTRY_INSERTED)
    assert [finding.entry for finding in report.findings] == [5]


def test_an_entry_put_behind_the_last_head_is_named(check: Check) -> None:
    _forged(10).save(force_insert=True)
    only(check(), Kind.ENTRY_INSERTED)


def test_two_entries_that_changed_places_are_named(check: Check) -> None:
    Entry.objects.filter(pk=5).update(index=1_000)
    Entry.objects.filter(pk=8).update(index=5)
    Entry.objects.filter(pk=1_000).update(index=8)
    report = check()
    only(report, Kind.ENTRIES_REORDERED)
    assert "5, 8" in report.findings[0].text


def test_two_entries_of_one_commit_that_changed_places_are_named(check: Check) -> None:
    Entry.objects.filter(pk=1).update(index=1_000)
    Entry.objects.filter(pk=2).update(index=1)
    Entry.objects.filter(pk=1_000).update(index=2)
    only(check(), Kind.ENTRIES_REORDERED)


# ---- heads, keys, ends --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [4, 6, 10])
@pytest.mark.parametrize("column", ["root", "peaks", "signature"])
def test_an_altered_head_is_found(check: Check, column: str, size: int) -> None:
    head = Root.objects.get(pk=size)
    value = bytes(getattr(head, column))
    Root.objects.filter(pk=size).update(**{column: bytes([value[0] ^ 1]) + value[1:]})
    found = kinds(check())
    assert found == ({Kind.SIGNED_WITH_ANOTHER_KEY} if (column, size) == ("signature", 10) else {Kind.ROOT_ALTERED})


def test_a_head_of_a_huge_size_is_only_an_altered_head(check: Check) -> None:
    Root.objects.filter(pk=10).update(size=1 << 50)
    assert Kind.ROOT_ALTERED in kinds(check())


def _sign_all_anew(seed: bytes = ANOTHER_SEED) -> None:
    """Write all heads and kept hashes again, as somebody would who has rewritten entries."""
    sizes = list(Root.objects.order_by("size").values_list("size", flat=True))
    frontier = merkle.Frontier.empty()
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf", flat=True)]
    for size in sizes:
        frontier = frontier.extend(leaves[frontier.size : size])
        keyring.unlock(Secrets(OURS.root, seed, OURS.index, OURS.web))
        signature = signing.sign(head_message(size, frontier.root()))
        Root.objects.filter(pk=size).update(root=frontier.root(), peaks=frontier.to_bytes(), signature=signature)
    keyring.unlock(OURS)


def test_a_ledger_that_was_rewritten_and_signed_anew_does_not_fit_the_key(check: Check) -> None:
    _edit_with_leaf(5)
    _sign_all_anew()
    only(check(), Kind.SIGNED_WITH_ANOTHER_KEY)


def test_a_key_kept_elsewhere_shows_it_though_the_key_in_the_folder_was_replaced(tmp_path: Path) -> None:
    _sign_all_anew()
    theirs = checkpoints.verifier_key(signing.public_key(ANOTHER_SEED))
    ours = checkpoints.verifier_key(signing.public_key(OURS.signing))
    store = FolderStore(tmp_path / "blobs")
    assert verifying.verify(theirs, store).is_intact
    only(verifying.verify(theirs, store, outside=Outside(key=ours)), Kind.SIGNED_WITH_ANOTHER_KEY)


def test_entries_missing_at_the_end_are_named(check: Check) -> None:
    Entry.objects.filter(pk__gte=8).delete()
    assert Kind.TAIL_REMOVED in kinds(check())


def _kept_checkpoint() -> SignedNote:
    text = checkpoints.current(checkpoints.verifier_key()).render()
    return verifying.read_checkpoint(text)


def test_a_checkpoint_that_was_kept_shows_that_the_end_was_removed_with_its_heads(
    check: Check, ledger: list[UUID]
) -> None:
    kept = Outside(checkpoint=_kept_checkpoint())
    assert check(kept).is_intact
    Entry.objects.filter(pk__gte=8).delete()
    Root.objects.filter(pk__gt=8).delete()
    Office.objects.filter(pk__in=ledger[4:]).delete()
    assert check().is_intact
    only(check(kept), Kind.TAIL_REMOVED)


def test_a_checkpoint_still_fits_after_the_ledger_grew(check: Check) -> None:
    kept = Outside(checkpoint=_kept_checkpoint())
    add_office(actor=SYSTEM_ACTOR, name="Sample House", district="New")
    report = check(kept)
    assert report.is_intact
    assert report.outside == ("checkpoint",)


def test_a_checkpoint_shows_another_history_under_the_same_key(check: Check) -> None:
    kept = Outside(checkpoint=_kept_checkpoint())
    _edit_with_leaf(5)
    _sign_all_anew(OURS.signing)
    only(check(kept), Kind.FORK)


def test_a_checkpoint_of_another_key_is_named(check: Check) -> None:
    kept = _kept_checkpoint()
    theirs = checkpoints.verifier_key(signing.public_key(ANOTHER_SEED))
    foreign = SignedNote(kept.text, (checkpoints.sign_text(kept.text, theirs, lambda _: kept.signatures[0].blob),))
    only(check(Outside(checkpoint=foreign)), Kind.SIGNED_WITH_ANOTHER_KEY)


@pytest.mark.parametrize("text", ["", "nothing\n", "amparo-ledger\n1\n"])
def test_a_text_that_is_no_checkpoint_or_key_is_refused(text: str) -> None:
    with pytest.raises(CannotCheck):
        verifying.read_checkpoint(text)
    with pytest.raises(CannotCheck):
        verifying.read_key(text)


# ---- many entries -------------------------------------------------------------------------------------


def _many(count: int) -> None:
    at = Entry.objects.get(pk=0).at
    appending.append([Event(Verb.NOTICE_READ, ids.new_id(), None, None, None, at, {})] * count)


def test_kept_hashes_that_were_altered_or_removed_are_named(check: Check) -> None:
    _many(700)
    assert check().is_intact
    tile = Tile.objects.get(level=0, number=1)
    Tile.objects.filter(pk=tile.pk).update(hashes=hashlib.sha256(b"-").digest() + bytes(tile.hashes)[32:])
    report = check()
    only(report, Kind.TILE_ALTERED)
    assert report.findings[0].entry == 256
    Tile.objects.filter(pk=tile.pk).delete()
    only(check(), Kind.TILE_ALTERED)


def test_an_entry_edited_among_many_is_not_blamed_on_the_kept_hashes(check: Check) -> None:
    _many(700)
    _edit_with_leaf(5)
    report = check()
    only(report, Kind.ENTRY_EDITED)


def test_kept_hashes_of_higher_levels_are_held_against_the_level_below(check: Check) -> None:
    _many(65_536 - 10)
    assert Tile.objects.filter(level=1).count() == 1
    assert check().is_intact
    Tile.objects.filter(level=1).update(root=b"\x00" * 32)
    only(check(), Kind.TILE_ALTERED)


def test_every_body_is_canonical_json() -> None:
    for body in Entry.objects.values_list("body", flat=True):
        assert digest.canonical(json.loads(body)).decode() == body
