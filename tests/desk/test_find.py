"""Searching for a whole code: it leads to the page of what it names, for who may open that page, and nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.access import commands as access
from amparo.cases import queries as cases
from amparo.desk.queries import found_sheet
from amparo.evidence.models import EvidenceItem
from amparo.forensics import commands as forensics
from amparo.forensics.models import Examination, Release
from amparo.intake import commands as intake
from amparo.intake.commands import Tellers, Telling
from amparo.intake.models import Report
from amparo.intake.words import Channel, Danger, Teller
from amparo.kernel import clock, codes, ids
from amparo.kits import commands as kits
from amparo.kits.models import Kit, LabRequest
from amparo.kits.words import LabTest
from amparo.operations.models import Operation
from amparo.referrals.models import Referral
from amparo.referrals.models import Release as Handed
from tests.forensics import story as exams
from tests.kits import story as boxes
from tests.operations import story as plans
from tests.referrals import story as sent

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from amparo.access.actors import Actor
    from tests.cast import Cast

pytestmark = pytest.mark.django_db

# What a code leads to, and how it is written.
Made = tuple[str, str]


def _item(cast: Cast) -> Made:
    key = boxes.begin(cast).item()
    return EvidenceItem.objects.get(pk=key).code, reverse("evidence:item", args=[key])


def _report(cast: Cast) -> Made:
    key = intake.take_report(
        actor=cast.amina,
        office_id=cast.office,
        telling=Telling(channel=Channel.PHONE, danger=Danger.NO),
        tellers=Tellers(teller=Teller.SURVIVOR, survivor_name="Rana Sample"),
    )
    return Report.objects.get(pk=key).code, reverse("intake:report", args=[key])


def _referral(cast: Cast) -> Made:
    key = sent.begin(cast).draft()
    return Referral.objects.get(pk=key).code, reverse("referrals:referral", args=[key])


def _release(cast: Cast) -> Made:
    key = sent.begin(cast).release()
    return Handed.objects.get(pk=key).code, reverse("referrals:release", args=[key])


def _used_kit(cast: Cast) -> Made:
    key = boxes.begin(cast).use()
    return Kit.objects.get(pk=key).code, reverse("kits:kit", args=[key])


def _told_kit(cast: Cast) -> Made:
    key = boxes.begin(cast).use()
    return Kit.objects.get(pk=key).code, reverse("kits:status", args=[key])


def _unused_kit(cast: Cast) -> Made:
    key = boxes.begin(cast).kits[0]
    return Kit.objects.get(pk=key).code, reverse("kits:kit", args=[key])


def _asked(cast: Cast) -> Made:
    story = boxes.begin(cast)
    kit = story.use()
    key = kits.draft_request(
        actor=cast.bruno, case_id=story.case.id, laboratory_id=story.laboratory, kit_id=kit, tests=[LabTest.DNA]
    )
    return LabRequest.objects.get(pk=key).code, reverse("kits:request", args=[key])


def _exam(cast: Cast) -> Made:
    key = exams.begun(cast).exam
    return Examination.objects.get(pk=key).code, reverse("forensics:exam", args=[key])


def _operation(cast: Cast) -> Made:
    key = plans.fill(cast, plans.begun(cast)).id
    return Operation.objects.get(pk=key).code, reverse("operations:operation", args=[key])


# What is made, who finds it, and who does not, though some of them know other things of the same case.
EVERY = [
    (_item, "bruno noor femi", "dalia jalil hugo iris stranger"),
    (_report, "amina jalil", "bruno hugo iris stranger"),
    (_referral, "dalia jalil", "kofi hugo iris stranger"),
    (_release, "bruno chandra lina", "kofi hugo iris stranger"),
    (_used_kit, "bruno noor esther", "jalil hugo iris stranger"),
    (_told_kit, "dalia", "jalil amina iris stranger"),
    (_unused_kit, "noor jalil esther", "dalia kofi iris stranger"),
    (_asked, "bruno mateo noor", "dalia jalil iris stranger"),
    (_exam, "esther", "dalia jalil bruno noor iris stranger"),
    (_operation, "bruno dalia femi kofi", "chandra amina iris stranger"),
]


def _links(actor: Actor, typed: str) -> list[str]:
    return [row.url for section in found_sheet(actor, typed).sections for row in section.rows]


def _of_nothing(code: str) -> str:
    """A code of the same sort that nothing has."""
    return codes.make_code(code.partition("-")[0], ids.entropy(codes.ENTROPY_BYTES))


@pytest.mark.parametrize(("made", "seen_by", "hidden_from"), EVERY, ids=lambda one: getattr(one, "__name__", ""))
def test_a_whole_code_leads_those_who_may_open_it_there_and_nobody_else(
    cast: Cast, made: Callable[[Cast], Made], seen_by: str, hidden_from: str
) -> None:
    code, url = made(cast)
    missing = _of_nothing(code)
    for name in seen_by.split():
        assert _links(cast.actor(name), code) == [url], name
        assert cast.client(name).get(url).status_code in (200, 302), name
    for name in hidden_from.split():
        actor = cast.actor(name)
        with CaptureQueriesContext(connection) as for_hidden:
            hidden = found_sheet(actor, code)
        with CaptureQueriesContext(connection) as for_missing:
            nothing = found_sheet(actor, missing)
        assert hidden == nothing, name
        assert hidden.sections[0].title == "Nothing found", name
        assert len(for_hidden) == len(for_missing) <= 3, name


def test_the_report_of_an_examination_is_found_by_whom_it_was_given_to_and_who_gave_it(cast: Cast) -> None:
    key = _given(cast)
    code = Release.objects.get(pk=key).code
    for name in ("femi", "esther"):
        assert _links(cast.actor(name), code) == [reverse("forensics:release", args=[key])]
    for name in ("bruno", "dalia", "jalil", "stranger"):
        assert found_sheet(cast.actor(name), code) == found_sheet(cast.actor(name), _of_nothing(code))


def _given(cast: Cast) -> UUID:
    """A report of an examination in the hands of the police of the team."""
    told = exams.sealed(cast)
    hers = [one.id for one in cases.bases(cast.esther, told.case.id) if one.recipient and one.is_live]
    return forensics.release(
        actor=cast.esther,
        exam_id=told.exam,
        recipient_id=cast.accounts["femi"],
        basis_ids=hers,
        agency_id=exams.station(cast),
        until_on=clock.today() + timedelta(days=30),
    )


def test_a_code_is_found_as_people_write_it(cast: Cast) -> None:
    code, url = _item(cast)
    assert _links(cast.bruno, f" {code.lower().replace('-', ' ')} ") == [url]


def test_an_item_of_a_barred_case_answers_as_one_that_is_not_there(cast: Cast) -> None:
    code, _url = _item(cast)
    case = EvidenceItem.objects.get(code=code).case_id
    access.set_bar(
        actor=cast.jalil, office_id=cast.office, account_id=cast.accounts["bruno"], case_id=case, reason="Related."
    )
    assert found_sheet(cast.bruno, code) == found_sheet(cast.bruno, _of_nothing(code))


def test_the_pages_of_a_hidden_and_of_a_missing_code_are_alike_in_every_letter(cast: Cast) -> None:
    code, _url = _exam(cast)
    browser = cast.client("dalia")
    pages = [browser.post(reverse("desk:find"), {"q": typed}) for typed in (code, _of_nothing(code))]
    hidden, missing = (_without_token(page.content.decode()) for page in pages)
    assert hidden == missing
    assert "Nothing found" in hidden
    assert code not in hidden


def _without_token(page: str) -> str:
    """A page without what is drawn anew for each."""
    return re.sub(r'("X-CSRFToken": |name="csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", page)
