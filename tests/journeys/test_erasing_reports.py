"""A report that became no case is erased once its day has passed: words, messages, files, and whom it alone names."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from amparo.access.actors import report_site
from amparo.cases import commands as cases
from amparo.cases.models import Party
from amparo.cases.words import PartyRole
from amparo.intake import commands as intake
from amparo.intake import queries as reports
from amparo.intake.commands import Tellers, Telling
from amparo.intake.errors import NotToErase, ReportErased, StillKept
from amparo.intake.models import Onward, Report, ReportFile, ReportNote, ReportPerson
from amparo.intake.words import Agency, Channel, Danger, DeclineReason, Part, ReferralBasis, Teller, Told
from amparo.journeys import erasing
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.people import commands
from amparo.people.models import LookupToken, Person
from amparo.vault import sealing
from amparo.vault.models import DataKey
from amparo.web import uploads
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def taken(cast: Cast) -> UUID:
    who = Tellers(teller=Teller.SURVIVOR, survivor_name="Rana Sample", suspect_name="Oskar Muster")
    telling = Telling(Channel.PHONE, Danger.NO, summary="Somebody is followed.", text="He waits at the school.")
    return intake.take_report(actor=cast.amina, office_id=cast.office, telling=telling, tellers=who)


def declined(cast: Cast) -> UUID:
    key = taken(cast)
    intake.add_note(actor=cast.amina, report_id=key, text="She called again.")
    ticket = uploads.ticket_for(cast.amina, reports.reception(cast.amina, key))
    sent = cast.client("amina").put(
        reverse("upload", args=[ticket]),
        b"A letter.",
        content_type="application/octet-stream",
        headers={"X-File-Name": "letter.txt"},
    )
    intake.add_file(actor=cast.amina, report_id=key, upload_id=UUID(sent.headers["X-Upload-Id"]))
    intake.decline(actor=cast.amina, report_id=key, reason=DeclineReason.OUT_OF_AREA, told=Told.REPORTER)
    return key


def past(key: UUID, days: int = 800) -> UUID:
    """As it stands so many days after the decision; two years is how long it is kept."""
    Report.objects.filter(pk=key).update(decided_at=clock.now() - timedelta(days=days))
    return key


def listed(cast: Cast) -> list[UUID]:
    return [one.id for one in reports.reports_past_their_day(cast.lina, 50)]


def test_after_its_erasure_nothing_of_a_report_can_be_opened(cast: Cast) -> None:
    key = past(declined(cast))
    assert ReportFile.objects.filter(report_id=key).count() == 1
    people = set(ReportPerson.objects.filter(report_id=key).values_list("person_id", flat=True))
    erasing.erase_report(actor=cast.lina, report_id=key)
    owners = {key, *people}
    assert not DataKey.objects.filter(owner_id__in=owners).exists()
    assert not LookupToken.objects.filter(person_id__in=people).exists()
    row = Report.objects.get(pk=key)
    assert (row.text, row.summary, row.state) == (None, None, "declined")
    assert ReportNote.objects.get(report_id=key).text is None
    assert ReportFile.objects.get(report_id=key).details is None
    assert all(person.name is None for person in Person.objects.filter(pk__in=people))
    last = Entry.objects.filter(verb="report.erased").get()
    assert '"people":2' in last.body.replace(" ", "")
    assert "Rana" not in last.body
    assert "erased" in str(reports.inbox(cast.amina, show="decided").rows)
    with pytest.raises(ReportErased):
        erasing.erase_report(actor=cast.lina, report_id=key)


def test_who_stands_in_a_case_or_another_report_stays(cast: Cast) -> None:
    key, other, case = past(declined(cast)), taken(cast), cast.case()
    suspect = ReportPerson.objects.get(report_id=key, part=Part.SUSPECT)
    survivor = ReportPerson.objects.get(report_id=key, part=Part.SURVIVOR)
    ReportPerson.objects.filter(report_id=other, part=Part.SUSPECT).update(person_id=suspect.person_id)
    ReportPerson.objects.filter(pk=survivor.pk).update(person_id=case.survivor)
    erasing.erase_report(actor=cast.lina, report_id=key)
    assert sealing.open_row(Person.objects.get(pk=suspect.person_id), "name").text("name") == "Oskar Muster"
    assert sealing.open_row(Person.objects.get(pk=case.survivor), "name").text("name") == "Nadia Sample"


def test_who_has_a_part_in_a_case_under_another_record_stays(cast: Cast) -> None:
    key, case = past(declined(cast)), cast.case()
    other = cast.person(name="Rana Sample")
    part = cases.add_party(actor=cast.jalil, case_id=case.id, person_id=other, role=PartyRole.SURVIVOR)
    commands.ask_to_join(actor=cast.dalia, kept_id=case.survivor, joined_id=other, reason="The same mark.")
    commands.join_persons(actor=cast.jalil, kept_id=case.survivor, joined_id=other, answer="She says so.")
    # As it stands where only the record that was kept has a part.
    Party.objects.filter(pk=part).delete()
    ReportPerson.objects.filter(report_id=key, part=Part.SURVIVOR).update(person_id=other)
    erasing.erase_report(actor=cast.lina, report_id=key)
    assert not Person.objects.filter(pk__in=[other, case.survivor], erased_at__isnull=False).exists()


def test_a_report_is_kept_until_its_day(cast: Cast) -> None:
    open_one, early = taken(cast), past(declined(cast), days=700)
    assert listed(cast) == []
    with pytest.raises(NotToErase):
        erasing.erase_report(actor=cast.lina, report_id=open_one)
    with pytest.raises(StillKept):
        erasing.erase_report(actor=cast.lina, report_id=early)
    past(early)
    assert listed(cast) == [early]


def test_only_the_data_protection_officer_erases_a_report(cast: Cast) -> None:
    key = past(declined(cast))
    for actor in (cast.amina, cast.jalil, cast.kofi, cast.hugo):
        with pytest.raises((NotFound, Refused)):
            erasing.erase_report(actor=actor, report_id=key)
        with pytest.raises((NotFound, Refused)):
            reports.reports_past_their_day(actor, 50)


def test_nothing_is_waited_for_nor_written_any_more(cast: Cast) -> None:
    key = taken(cast)
    intake.refer_on(
        actor=cast.amina, report_id=key, agency=Agency.SHELTER, basis=ReferralBasis.CONSENT, told=Told.BOTH, name="A"
    )
    past(key)
    erasing.erase_report(actor=cast.lina, report_id=key)
    assert Onward.objects.get(report_id=key).answer_by is None
    with pytest.raises((NotFound, Refused)):
        intake.add_note(actor=cast.amina, report_id=key, text="More.")
    with pytest.raises(ReportErased):
        intake.refer_on(
            actor=cast.jalil, report_id=key, agency=Agency.SHELTER, basis=ReferralBasis.CONSENT, told=Told.BOTH
        )


def test_who_wrote_from_outside_writes_nothing_more_into_it(cast: Cast) -> None:
    key = taken(cast)
    door = report_site(cast.office)
    intake.confirm_code(actor=door, report_id=key)
    intake.decline(actor=cast.amina, report_id=key, reason=DeclineReason.OUT_OF_AREA, told=Told.REPORTER)
    erasing.erase_report(actor=cast.lina, report_id=past(key))
    with pytest.raises(NotFound):
        intake.receive_message(actor=door, report_id=key, text="Are you there?")
    with pytest.raises(NotFound):
        intake.confirm_code(actor=door, report_id=key)
    with pytest.raises(NotFound):
        intake.mark_answers_read(actor=door, report_id=key)
    assert not DataKey.objects.filter(owner_id=key).exists()


def test_the_list_of_what_is_kept_past_its_day_leads_to_the_form(cast: Cast) -> None:
    key = past(declined(cast))
    client, url = cast.client("lina"), reverse("desk:erase_report", args=[key])
    assert url in client.get(reverse("desk:kept")).content.decode()
    assert "Rana" not in client.get(url).content.decode()
    assert client.post(url, {"sure": ""}).status_code == 422
    assert client.post(url, {"sure": "on"}).status_code == 302
    assert Report.objects.get(pk=key).erased_at is not None
    assert url not in client.get(reverse("desk:kept")).content.decode()
