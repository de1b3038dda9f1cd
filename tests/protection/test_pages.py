"""What got out, from the report of a frightened colleague to its end; and impact assessments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from amparo.access import queries as access
from amparo.kernel import clock, ids
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.protection import commands, queries
from amparo.protection.commands import Assessing, Assessment, Decision
from amparo.protection.errors import AlreadySigned, OwnDecision
from amparo.protection.models import Breach, ImpactAssessment
from amparo.protection.words import Risk, State, Telling
from amparo.staff import commands as staff
from amparo.staff.queries import settings as held
from amparo.staff.words import Number
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WORDS = "A telephone with messages was left in the bus"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


def post(cast: Cast, who: str, name: str, *args: object, status: int = 302, **data: object) -> str:
    url = reverse(f"protection:{name}", args=args)
    answer = cast.client(who).post(url, {"form_id": str(ids.new_public_id())} | data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def page(cast: Cast, who: str, name: str, *args: object, status: int = 200) -> str:
    answer = cast.client(who).get(reverse(f"protection:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def test_a_breach_goes_from_a_short_form_to_a_second_person_who_closes_it(cast: Cast) -> None:
    assert reverse("protection:report") in cast.client("amina").get(reverse("desk:today")).content.decode()
    assert WORDS in post(cast, "amina", "report", what=WORDS, noticed_at="nonsense", status=422)
    assert WORDS in post(cast, "amina", "report", what=WORDS, noticed_at="2026-11-23T10:00", status=422)
    post(cast, "amina", "report", what=WORDS, kinds=["contact", "account"], noticed_at="2026-11-21T09:00")
    row = Breach.objects.get()
    assert "breach" in [one.kind for one in access.unread_notices(cast.lina)]
    today = cast.client("lina").get(reverse("desk:today")).content.decode()
    assert "48 hours are left to tell the authority." in today
    assert row.code in today
    post(cast, "lina", "decide", row.id, authority="told", people="told", status=409)
    version = Breach.objects.get().version
    post(cast, "lina", "assess", row.id, version=version, kinds=["account"], risk="some", done="Wiped from afar")
    lacking = post(cast, "lina", "decide", row.id, authority="told", people="not_needed", status=422)
    assert "not said when" in lacking
    post(
        cast, "lina", "decide", row.id, version=2, authority="told", authority_at="2026-11-22T08:00",
        people="not_needed", people_reason="It was locked, and is wiped",
    )  # fmt: skip
    assert "hours are left" not in cast.client("lina").get(reverse("desk:today")).content.decode()
    with pytest.raises(OwnDecision):
        commands.close_breach(actor=cast.lina, breach_id=row.id, expected=3)
    assert "Read and close" in cast.client("kofi").get(reverse("desk:today")).content.decode()
    corrected = Assessment(["account"], Risk.SOME, done="Wiped from afar")
    told = Decision(Telling.TOLD, Telling.NOT_NEEDED, NOW, None, "", "It was locked, and is wiped")
    commands.assess_breach(actor=cast.lina, breach_id=row.id, expected=3, found=corrected)
    commands.decide_breach(actor=cast.lina, breach_id=row.id, expected=4, decision=told)
    lessons = "Telephones stay in the office"
    assert lessons in post(cast, "kofi", "close", row.id, seen_version=3, learned=lessons, status=409)
    assert Breach.objects.get().state == State.DECIDED
    post(cast, "kofi", "close", row.id, seen_version=5, learned=lessons)
    assert Breach.objects.get().state == State.CLOSED
    shown = page(cast, "lina", "breach", row.id)
    for words in (WORDS, "Wiped from afar", "It was locked, and is wiped", "Telephones stay in the office"):
        assert words in shown
    bodies = "".join(entry.body for entry in Entry.objects.filter(verb__startswith="breach."))
    assert not [word for word in ("telephone", "Wiped", "locked", "Telephones") if word in bodies]


def test_who_reported_it_sees_her_own_words_and_how_far_it_is_and_others_nothing(cast: Cast) -> None:
    key = commands.report_breach(actor=cast.dalia, what=WORDS)
    found = Assessment(["account"], Risk.HIGH, 2, "Somebody may find her", "Moved")
    commands.assess_breach(actor=cast.lina, breach_id=key, expected=1, found=found)
    mine = page(cast, "dalia", "breach", key)
    assert WORDS in mine
    assert "Assessed" in mine
    listed = page(cast, "dalia", "breaches")
    assert WORDS in listed
    assert "to tell the authority" not in listed
    assert "to tell the authority" in page(cast, "lina", "breaches")
    assert "Somebody may find her" not in mine
    assert "Moved" not in mine
    page(cast, "dalia", "assess", key, status=403)
    for who in ("amina", "jalil", "hugo", "iris", "stranger"):
        page(cast, who, "breach", key, status=404)
    assert WORDS not in page(cast, "amina", "breaches")
    with pytest.raises(NotFound):
        commands.assess_breach(actor=cast.jalil, breach_id=key, expected=2, found=found)
    with pytest.raises(Refused):
        commands.report_breach(actor=cast.iris, what=WORDS)


def test_the_clock_is_the_organisations_and_says_when_it_is_over(cast: Cast) -> None:
    key = commands.report_breach(actor=cast.amina, what=WORDS, noticed_at=NOW - timedelta(hours=30))
    (due,) = queries.due_for(cast.lina, clock.today())
    assert str(due.meta).startswith("42 hours")
    staff.set_numbers(actor=cast.kofi, expected=0, numbers=held.numbers() | {Number.BREACH_HOURS: 24})
    (due,) = queries.due_for(cast.lina, clock.today())
    assert due.urgency == "late"
    assert "is over" in str(due.meta)
    assert "is over" in page(cast, "lina", "breach", key)
    assert queries.due_for(cast.amina, clock.today()) == []


def test_what_is_known_later_is_assessed_and_decided_anew(cast: Cast) -> None:
    key = commands.report_breach(actor=cast.amina, what=WORDS)
    found = Assessment(["account"], Risk.UNLIKELY)
    commands.assess_breach(actor=cast.lina, breach_id=key, expected=1, found=found)
    nobody = Decision(Telling.NOT_NEEDED, Telling.NOT_NEEDED, None, None, "Encrypted", "Encrypted")
    commands.decide_breach(actor=cast.lina, breach_id=key, expected=2, decision=nobody)
    commands.assess_breach(actor=cast.lina, breach_id=key, expected=3, found=Assessment(["account"], Risk.HIGH))
    assert queries.waiting_for(cast.kofi) == []
    assert len(queries.due_for(cast.lina, clock.today())) == 1
    told = Decision(Telling.TOLD, Telling.TOLD, NOW, NOW.date())
    commands.decide_breach(actor=cast.lina, breach_id=key, expected=4, decision=told)
    row = Breach.objects.get()
    assert (row.authority, row.authority_at, row.people_on) == (Telling.TOLD, NOW, NOW.date())


def test_an_impact_assessment_is_signed_as_it_stands_and_looked_at_again(cast: Cast) -> None:
    said = {
        "title": "The reporting site", "processing": "Reports of strangers", "need": "She must be able to write",
        "risks": "Somebody watches her", "measures": "No trace is left", "review_on": "2026-12-10",
    }  # fmt: skip
    assert "Somebody watches her" in post(
        cast, "lina", "add_assessment", **(said | {"review_on": "2020-01-01"}), status=422
    )
    post(cast, "lina", "add_assessment", **said)
    row = ImpactAssessment.objects.get()
    assert 'name="seen_version" value="1"' in page(cast, "kofi", "assessment", row.id)
    post(cast, "lina", "change_assessment", row.id, seen_version=1, **(said | {"measures": "No trace at all is left"}))
    for unseen in ({}, {"seen_version": 1}):
        post(cast, "kofi", "sign", row.id, **unseen)
        assert ImpactAssessment.objects.get().signed_by is None
    post(cast, "kofi", "sign", row.id, seen_version=2)
    with pytest.raises(AlreadySigned):
        commands.sign_assessment(actor=cast.lina, assessment_id=row.id, expected=3)
    shown = page(cast, "grace", "assessment", row.id)
    assert "No trace at all is left" in shown
    assert "Signed by" in shown
    assert "The reporting site" in cast.client("lina").get(reverse("desk:today")).content.decode()
    post(cast, "lina", "change_assessment", row.id, seen_version=3, **(said | {"review_on": "2027-12-10"}))
    assert ImpactAssessment.objects.get().signed_by is None
    assert queries.due_for(cast.lina, clock.today()) == []
    for who in ("dalia", "hugo", "iris"):
        page(cast, who, "assessments", status=404)
    with pytest.raises(Refused):
        commands.write_assessment(actor=cast.kofi, said=Assessing(clock.today(), "Another"))
