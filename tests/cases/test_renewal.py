"""A consent that comes to its end, and the one that takes its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.cases import commands, queries, rules
from amparo.cases.errors import ConsentEnded, NotAPartner, NotRecorded, RecordingLinked, WitnessMissing
from amparo.cases.models import Basis
from amparo.cases.rules import BasisFacts
from amparo.cases.words import BasisKind, ConsentState
from amparo.journeys.consent_recording import link_recording
from amparo.journeys.withdrawing import withdraw_consent
from amparo.kernel import clock, ids
from amparo.ledger.models import Entry
from amparo.partners import commands as partners
from amparo.partners.words import StateEvent
from tests.cast import CaseAtHand, Cast
from tests.partners.partners import agency

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def case(cast: Cast) -> CaseAtHand:
    return cast.case()


def record(cast: Cast, case: CaseAtHand, until_on: date | None = LAST, **more: object) -> UUID:
    return commands.record_basis(
        actor=cast.dalia, case_id=case.id, person_id=case.survivor, kind=BasisKind.CONSENT, purpose="shelter",
        classes=["identity"], from_on=FIRST, until_on=until_on, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def renew(cast: Cast, case: CaseAtHand, earlier: UUID, **more: object) -> UUID:
    fresh: dict[str, object] = {"classes": ["identity"], "purpose": "shelter", "until_on": date(2027, 3, 1)}
    return commands.record_basis(
        actor=cast.dalia, case_id=case.id, person_id=case.survivor, kind=BasisKind.CONSENT, renews=earlier,
        **fresh | more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_consent_has_expired_on_the_day_after_its_last() -> None:
    basis = BasisFacts(BasisKind.CONSENT, ConsentState.GIVEN, FIRST, LAST)
    assert rules.standing(basis, LAST) is ConsentState.GIVEN
    assert rules.standing(basis, LAST + timedelta(days=1)) is ConsentState.EXPIRED
    taken_back = BasisFacts(BasisKind.CONSENT, ConsentState.WITHDRAWN, FIRST, LAST)
    assert rules.standing(taken_back, LAST + timedelta(days=1)) is ConsentState.WITHDRAWN


def test_a_renewal_is_offered_for_as_long_again_and_stays_open_where_it_was_open() -> None:
    assert rules.renewed_until(FIRST, LAST, TODAY) == TODAY + (LAST - FIRST)
    assert rules.renewed_until(FIRST, None, TODAY) is None
    assert rules.renewed_until(FIRST, date.max, TODAY) == date(2199, 12, 31)


@pytest.mark.django_db
def test_what_rests_on_a_renewed_consent_rests_on_the_later_one(cast: Cast, case: CaseAtHand) -> None:
    first = record(cast, case)
    second = renew(cast, case, first)
    third = renew(cast, case, second, classes=["health"])
    assert Basis.objects.get(pk=first).state == ConsentState.SUPERSEDED
    live = queries.live_consents([first, second])
    assert {one.id for one in live.values()} == {third}
    assert {one.classes for one in live.values()} == {frozenset({"health"})}
    body = Entry.objects.filter(verb="consent.superseded").earliest("index").body
    assert json.loads(body)["facts"] == {"by": str(second), "purpose": "shelter"}
    withdraw_consent(actor=cast.dalia, basis_id=third)
    assert queries.live_consents([first, second, third]) == {}
    with pytest.raises(ConsentEnded):
        renew(cast, case, first)


@pytest.mark.django_db
def test_a_renewal_takes_one_press(cast: Cast, case: CaseAtHand) -> None:
    first = record(
        cast, case, recipient="The shelter, قالت", language="Upland", witness="W. Muster", explained=["purpose", "free"]
    )
    browser, url = cast.client("dalia"), reverse("cases:renew_basis", args=[first])
    shown = browser.get(url).context["form"]
    sent = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    sent = {name: value for name, value in sent.items() if value not in (None, "")}
    answer = browser.post(url, sent | {"form_id": str(ids.new_public_id())})
    assert answer.status_code == 302, answer.content.decode()
    later = next(one for one in queries.bases(cast.dalia, case.id) if one.is_live and one.purpose == "shelter")
    assert (later.recipient, later.language, later.witness) == ("The shelter, قالت", "Upland", "W. Muster")
    assert (later.from_on, later.until_on) == (TODAY, TODAY + (LAST - FIRST))
    assert later.explained == ("purpose", "free")
    page = browser.get(reverse("cases:consents", args=[case.id])).content.decode()
    assert "renewed" in page
    assert "Not explained: Who reads them" in page


@pytest.mark.django_db
def test_the_team_is_reminded_before_a_consent_ends_until_it_is_renewed(cast: Cast, case: CaseAtHand) -> None:
    first = record(cast, case, until_on=TODAY + timedelta(days=14))
    record(cast, case, until_on=TODAY + timedelta(days=15))
    record(cast, case, until_on=None)
    assert [one.id for one in queries.own_endings(cast.dalia, TODAY)] == [first]
    assert queries.own_endings(cast.actor("femi"), TODAY) == []
    url = reverse("cases:renew_basis", args=[first])
    assert url in cast.client("dalia").get(reverse("desk:today")).content.decode()
    renew(cast, case, first)
    assert queries.own_endings(cast.dalia, TODAY) == []


@pytest.mark.django_db
def test_a_thumbprint_needs_a_witness(cast: Cast, case: CaseAtHand) -> None:
    with pytest.raises(WitnessMissing):
        record(cast, case, method="thumbprint")
    record(cast, case, method="thumbprint", witness="W. Muster")


@pytest.mark.django_db
def test_only_an_item_of_the_same_case_is_the_recording_of_a_spoken_consent(cast: Cast, case: CaseAtHand) -> None:
    spoken = record(cast, case, method="audio")
    with pytest.raises(NotRecorded):
        link_recording(actor=cast.bruno, basis_id=spoken, item_id=ids.new_id())
    written = record(cast, case, method="written")
    with pytest.raises(NotRecorded):
        commands.keep_recording(actor=cast.bruno, basis_id=written, item_id=ids.new_id(), code="EV-1")
    commands.keep_recording(actor=cast.bruno, basis_id=spoken, item_id=ids.new_id(), code="EV-1")
    [seen] = [one for one in queries.bases(cast.dalia, case.id) if one.recording_id]
    assert seen.recording_code == "EV-1"
    with pytest.raises(RecordingLinked):
        commands.keep_recording(actor=cast.bruno, basis_id=spoken, item_id=ids.new_id(), code="EV-2")


@pytest.mark.django_db
def test_a_renewal_from_a_day_to_come_is_refused_and_the_earlier_consent_still_holds(
    cast: Cast, case: CaseAtHand
) -> None:
    first = record(cast, case)
    sent = {"kind": "consent", "purpose": "shelter", "giver": "self", "method": "oral", "form_id": ids.new_public_id()}
    answer = cast.client("dalia").post(
        reverse("cases:renew_basis", args=[first]), sent | {"from_on": TODAY + timedelta(days=1)}
    )
    assert answer.status_code == 422
    assert "A consent is renewed from today on" in answer.content.decode()
    assert set(queries.live_consents([first])) == {first}


@pytest.mark.django_db
def test_a_renewal_keeps_the_partner_though_it_works_with_us_no_more(cast: Cast, case: CaseAtHand) -> None:
    shelter = agency(cast)
    first = record(cast, case, agency_id=shelter)
    partners.move_agency(actor=cast.oksana, agency_id=shelter, event=StateEvent.SUSPEND)
    browser, url = cast.client("dalia"), reverse("cases:renew_basis", args=[first])
    shown = browser.get(url).context["form"]
    sent = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    sent = {name: value for name, value in sent.items() if value not in (None, "")}
    answer = browser.post(url, sent | {"form_id": str(ids.new_public_id())})
    assert answer.status_code == 302, answer.content.decode()
    assert queries.live_consents([first])[first].agency_id == shelter
    with pytest.raises(NotAPartner):
        record(cast, case, agency_id=shelter)
