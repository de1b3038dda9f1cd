"""The invented organisation: everything that the demonstration shows is in it, and nothing of it lies open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import is_password_usable
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from amparo.access import queries as access
from amparo.desk.synthetic import make
from amparo.desk.synthetic.agenda import Agenda, Line
from amparo.desk.synthetic.cast import CAST, EVERYBODY
from amparo.kernel import clock
from amparo.ledger import checkpoints, verifying
from amparo.ledger.records import SealedFile, record_models
from amparo.vault import keyring, sealing, signing
from amparo.vault.store import FolderStore
from tests.cast import SECRETS, dismiss_everybody

# It holds on PostgreSQL too. The commands that make it are tested on both databases, and making it takes half a minute,
# so that one of them is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.slow]

# A Thursday, early in the afternoon.
NOW = datetime(2026, 5, 21, 13, 20, tzinfo=UTC)


def rows(table: str, **which: object) -> Any:
    """Rows of a table, by its label."""
    return apps.get_model(table)._base_manager.filter(**which)


def states(table: str, column: str = "state") -> set[Any]:
    return set(rows(table).values_list(column, flat=True))


@pytest.fixture(scope="module")
def organisation(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The smallest demonstration, made once for this file and taken back at its end."""
    blobs = tmp_path_factory.mktemp("blobs")
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "BLOBS", blobs)
    patch.setattr(settings, "PASSWORD_HASHERS", ["tests.cast.QuickHasher"])
    keyring.unlock(SECRETS)
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        dismiss_everybody()
        with clock.set_to(NOW):
            make(cases=12, seed=1)
        yield blobs
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
    patch.undo()


@pytest.fixture(autouse=True)
def _inside(db: None, organisation: Path) -> Iterator[None]:
    with clock.set_to(NOW):
        yield


# ---- who is there -----------------------------------------------------------------------------------------------


def test_everybody_of_the_cast_has_an_account_and_the_offices_have_their_teams() -> None:
    names = {hire.name for hire in EVERYBODY}
    assert {colleague.name for colleague in access.cast()} >= names - {"Iris Nobody"}
    assert rows("access.Account", is_active=True).count() == len(EVERYBODY)
    assert rows("access.Office").count() == 3
    held = set(rows("access.RoleHeld").values_list("role", flat=True))
    assert held == {hire.role.value for hire in CAST}


def test_no_password_opens_an_account_of_the_demonstration() -> None:
    assert [account.login for account in rows("access.Account") if is_password_usable(account.password)] == []


def test_names_are_written_in_four_scripts() -> None:
    people = list(rows("people.Person", erased_at=None))
    text = "".join(words.text("name") for words in sealing.open_rows(people, "name"))
    for letter in ("a", "ا", "ा", "ា"):
        assert letter in text


# ---- every state that the demonstration speaks of ---------------------------------------------------------------


def test_reports_are_in_every_state() -> None:
    assert states("intake.Report") == {
        "received", "acknowledged", "accepted", "referred_on", "declined", "insufficient", "duplicate",
    }  # fmt: skip
    assert rows("intake.Report", anonymous=True, state="accepted").exists()
    assert rows("intake.Report", anonymous=True).exclude(state="accepted").exists()


def test_referrals_and_releases_stand_at_several_points_and_what_left_rests_on_a_consent() -> None:
    assert {"draft", "sent", "closed"} <= states("referrals.Referral")
    assert "prepared" in states("referrals.Release")
    left = rows("referrals.Referral").exclude(state__in=("draft", "cancelled"))
    assert not left.filter(basis=None).exists()


def test_cases_are_open_waiting_to_be_closed_closed_and_reopened() -> None:
    assert states("cases.Case") == {"open", "closing", "closed"}
    assert rows("ledger.Entry", verb="case.reopened").count() == 1
    assert rows("cases.CaseLink", kind="same_suspect").count() >= 1


def test_tracks_stand_in_many_states() -> None:
    kinds = set(rows("cases.Track").values_list("kind", "state"))
    assert {("accountability", "in_court"), ("accountability", "final"), ("accountability", "not_pursued")} <= kinds
    assert ("restoration", "restored") in kinds
    assert ("relief", "achieved") in kinds


def test_consents_were_given_refused_renewed_and_withdrawn_and_a_child_assented_with_her_caregiver() -> None:
    assert states("cases.Basis") == {"given", "refused", "superseded", "withdrawn"}
    assert rows("cases.Basis", kind="assent_with_caregiver", giver="caregiver").exists()
    assert rows("cases.Basis", kind="anonymous_report").exists()
    assert rows("cases.Incident", minor=True).exists()


def test_the_court_adjourned_with_reasons_convicted_acquitted_and_declined() -> None:
    assert rows("prosecution.Hearing", state="adjourned").exclude(reason="").exists()
    assert {"convicted", "acquitted", "declined"} <= states("prosecution.Charge")
    assert rows("prosecution.Verdict").exclude(appealed_on=None).exists()
    assert rows("prosecution.SpecialMeasure", state="granted").exists()
    assert {"in_force", "varied"} <= states("prosecution.Order")
    assert rows("prosecution.Order", state="in_force", until_on__lt=NOW.date()).exists()
    assert rows(
        "prosecution.Order", state="in_force", until_on__gte=NOW.date(), until_on__lte=NOW.date() + timedelta(days=14)
    ).exists()
    assert rows("prosecution.Breach").exists()


def test_of_two_custody_gaps_one_is_explained() -> None:
    assert rows("evidence.EvidenceItem", open_gaps__gt=0).count() == 1
    assert rows("evidence.CustodyEvent", kind="gap_explained").count() == 1
    assert rows("evidence.EvidenceItem", form="reference", may_show_abuse=True).exists()
    assert rows("evidence.ItemFile").exists()


def test_assessments_rise_for_most_and_fall_for_one() -> None:
    means: dict[tuple[Any, Any], list[float]] = {}
    rated = list(rows("aftercare.Assessment", state="complete").order_by("rated_on"))
    for row, words in zip(rated, sealing.open_rows(rated, "answers"), strict=True):
        scores = [int(pair[0]) for pair in words.table("answers").values() if str(pair[0]).isdigit()]
        means.setdefault((row.case_id, row.person_id), []).append(sum(scores) / len(scores))
    trend = Counter(one[-1] > one[0] for one in means.values() if len(one) > 1)
    assert trend[True] > trend[False] >= 1


def test_a_relative_is_a_client_and_a_colleague_is_barred() -> None:
    assert rows("aftercare.Client", kind="family").exists()
    assert rows("access.Bar", lifted_at=None).count() == 1


def test_today_has_work_waiting() -> None:
    today = NOW.date()
    urgent = rows("intake.Report", danger="yes", state="received").get()
    assert NOW - urgent.received_at == timedelta(minutes=38)
    window = rows("intake.Report", medical="needed", state="received").get()
    assert window.incident_at + timedelta(hours=72) - NOW == timedelta(hours=11)
    assert rows("cases.Task", state="open", due_on=today).exists()
    assert rows("cases.SurvivorPromise", state="open", due_on__lt=today).exists()
    assert rows("cases.HandOver", state="offered").exists()
    assert rows("cases.Closing", state="asked").exists()
    assert rows("evidence.EvidenceItem", state="pending").exists()
    tomorrow = today + timedelta(days=1)
    assert rows("prosecution.Hearing", state="listed", listed_at__date=tomorrow).exists()


def test_nothing_lies_in_the_future_and_the_first_year_is_two_years_back() -> None:
    entries = rows("ledger.Entry").order_by("index").values_list("at", flat=True)
    moments = list(entries)
    assert moments == sorted(moments)
    assert moments[-1] <= NOW
    assert NOW - moments[0] > timedelta(days=850)


# ---- whole and sealed -------------------------------------------------------------------------------------------


def test_the_ledger_verifies_with_every_row_and_file(organisation: Path) -> None:
    key = checkpoints.verifier_key(signing.public_key(SECRETS.signing))
    report = verifying.verify(key, FolderStore(organisation), read_files=True)
    assert report.is_intact, report.findings
    assert report.rows > 500
    sealed_files = [model for model in record_models() if issubclass(model, SealedFile)]
    assert report.files == sum(model._base_manager.count() for model in sealed_files)


def test_no_name_and_no_sentence_stands_open_in_any_column() -> None:
    stored = b"\n".join(_stored_bytes())
    for name in ("Sample", "Muster", "नमूना", "مثال", "គំរូ", "She lives safely", "brick"):
        assert name.encode() not in stored


def _stored_bytes() -> Iterator[bytes]:
    """Every value of casework as the database keeps it. Offices and places of work are no secret."""
    for model in [*record_models(), apps.get_model("people.LookupToken"), apps.get_model("ledger.Entry")]:
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
            for row in cursor:
                for value in row:
                    yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


# ---- the agenda -------------------------------------------------------------------------------------------------


def test_lines_are_played_in_the_order_of_time_and_not_beyond_the_end() -> None:
    heard: list[tuple[str, datetime]] = []

    def line(name: str, *hours: int) -> Line:
        for hour in hours:
            yield NOW + timedelta(hours=hour)
            heard.append((name, clock.now()))

    agenda = Agenda(NOW + timedelta(hours=5))
    agenda.start(line("a", 1, 4, 6))
    agenda.start(line("b", 2, 3))
    agenda.start(line("c", 2), lambda: True)
    agenda.play(lambda moment: None)
    assert [(name, (at - NOW) // timedelta(hours=1)) for name, at in heard] == [("a", 1), ("b", 2), ("b", 3), ("a", 4)]
