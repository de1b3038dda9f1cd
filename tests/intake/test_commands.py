"""Reports are taken, answered and decided, and intake lets go of what became a case."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from amparo.access import commands as access
from amparo.access import readings
from amparo.intake import commands, queries
from amparo.intake.commands import Tellers, Telling
from amparo.intake.errors import (
    AgencyMissing,
    AlreadyAcknowledged,
    AlreadyDecided,
    DangerTaken,
    InFuture,
    NoDanger,
    NotAPartner,
    NothingToCompare,
    NotThatStep,
    ReasonNeeded,
    WindowTaken,
)
from amparo.intake.models import Report, ReportPerson
from amparo.intake.queries import listing
from amparo.intake.words import (
    Agency,
    Channel,
    Danger,
    DeclineReason,
    Lack,
    Medical,
    OnwardEvent,
    Part,
    ReferralBasis,
    State,
    Teller,
    Told,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialTime
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Compartment
from amparo.ledger.errors import AlreadyDone
from amparo.ledger.models import Entry
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import submission
from amparo.partners import commands as partners
from amparo.partners.words import AgencyKind
from amparo.people import queries as people
from amparo.people.rules import NewContact
from amparo.vault import sealing
from tests.cast import Cast

TEXT = "He waits for her at the invented school."


def take(
    cast: Cast,
    *,
    by: str = "amina",
    danger: Danger = Danger.NO,
    incident: datetime | None = None,
    medical: Medical = Medical.UNKNOWN,
    text: str = TEXT,
    tellers: Tellers | None = None,
) -> UUID:
    telling = Telling(
        channel=Channel.PHONE,
        danger=danger,
        medical=medical,
        incident=PartialTime.exact(incident) if incident else None,
        text=text,
        summary="Somebody is followed.",
    )
    who = tellers or Tellers(teller=Teller.SURVIVOR, survivor_name="Rana Sample", survivor_age=15)
    return commands.take_report(actor=cast.actor(by), office_id=cast.office, telling=telling, tellers=who)


def stored(report_id: UUID) -> Report:
    return Report.objects.get(pk=report_id)


def test_a_report_keeps_its_words_exactly_and_sealed(cast: Cast) -> None:
    text = "قالت: \u202eلا\u202c أعرف\nសួស្តី नमस्ते"
    row = stored(take(cast, text=text))
    assert sealing.open_row(row, "text").text("text") == text
    assert "أعرف".encode() not in bytes(row.text or b"")


def test_who_is_named_becomes_a_person_once_and_her_number_is_hers(cast: Cast) -> None:
    contact = NewContact(kind="phone", value="012 345 678", is_safe=True)
    tellers = Tellers(
        teller=Teller.OTHER,
        reporter_name="Rosa Teller",
        survivor_name="Rana Sample",
        suspect_name="Viktor Muster",
        contact=contact,
    )
    key = take(cast, tellers=tellers)
    parts = {one.part: one.person_id for one in queries.people_of(key)}
    assert set(parts) == {Part.REPORTER, Part.SURVIVOR, Part.SUSPECT}
    found = people.find_by_phone(cast.amina, "+999 12 345 678")
    assert [hit.id for hit in found] == [parts[Part.REPORTER]]


def test_somebody_without_a_name_leaves_no_person_behind(cast: Cast) -> None:
    key = take(cast, tellers=Tellers(teller=Teller.ANONYMOUS))
    assert stored(key).anonymous
    assert queries.people_of(key) == []


def test_a_form_sent_twice_makes_one_report(cast: Cast) -> None:
    form = UUID(int=7)
    with submission(form):
        key = take(cast)
    with submission(form), pytest.raises(AlreadyDone) as again:
        take(cast)
    assert again.value.fields["result"] == str(key)
    assert Report.objects.count() == 1
    assert ReportPerson.objects.count() == 1


def test_an_incident_to_come_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(InFuture):
        take(cast, incident=clock.now() + timedelta(hours=1))
    assert not Report.objects.exists()


def test_who_does_not_take_reports_can_not_take_one(cast: Cast) -> None:
    for name in ("dalia", "bruno", "iris", "hugo", "kofi"):
        with pytest.raises(Refused):
            take(cast, by=name)


# ---- danger and medical care ------------------------------------------------------------------------------


def test_a_danger_is_taken_on_by_one_person(cast: Cast) -> None:
    key = take(cast, danger=Danger.YES)
    commands.take_danger(actor=cast.amina, report_id=key)
    commands.take_danger(actor=cast.amina, report_id=key)
    with pytest.raises(DangerTaken):
        commands.take_danger(actor=cast.jalil, report_id=key)
    assert stored(key).danger_taken_by == cast.accounts["amina"]


def test_without_a_danger_there_is_none_to_take_on(cast: Cast) -> None:
    with pytest.raises(NoDanger):
        commands.take_danger(actor=cast.amina, report_id=take(cast))


def test_danger_comes_before_windows_and_windows_before_the_rest(cast: Cast) -> None:
    now = clock.now()
    plain = take(cast)
    late = take(cast, incident=now - timedelta(hours=60), medical=Medical.NEEDED)
    early = take(cast, incident=now - timedelta(hours=2))
    danger = take(cast, danger=Danger.UNSURE)
    listing = queries.inbox(cast.amina)
    assert [row.url for row in listing.rows] == [queries.url_of(key) for key in (danger, late, early, plain)]
    assert [one.report_id for one in queries.urgent(cast.amina)] == [danger, late, early]


def test_a_window_leaves_the_urgent_ones_when_it_is_over_or_she_was_seen(cast: Cast) -> None:
    now = clock.now()
    take(cast, incident=now - timedelta(hours=121), medical=Medical.NEEDED)
    seen = take(cast, incident=now - timedelta(hours=5), medical=Medical.NEEDED)
    commands.take_medical(actor=cast.amina, report_id=seen)
    with pytest.raises(WindowTaken):
        commands.take_medical(actor=cast.jalil, report_id=seen)
    assert [one.report_id for one in queries.urgent(cast.amina)] == [seen]
    commands.end_medical(actor=cast.amina, report_id=seen, outcome=Medical.ARRANGED)
    assert queries.urgent(cast.amina) == []


def test_nothing_is_urgent_for_who_has_no_part_in_intake(cast: Cast) -> None:
    take(cast, danger=Danger.YES)
    for name in ("dalia", "iris", "stranger", "kofi"):
        assert queries.urgent(cast.actor(name)) == []
        assert queries.inbox(cast.actor(name)).rows == ()


# ---- answering and deciding -------------------------------------------------------------------------------


def test_a_report_is_acknowledged_once(cast: Cast) -> None:
    key = take(cast)
    commands.acknowledge(actor=cast.amina, report_id=key)
    with pytest.raises(AlreadyAcknowledged):
        commands.acknowledge(actor=cast.amina, report_id=key)


def test_what_is_due_moves_from_acknowledging_to_deciding(cast: Cast) -> None:
    key = take(cast)
    soon = clock.today() + timedelta(days=400)
    (first,) = queries.due_for(cast.amina, soon)
    commands.acknowledge(actor=cast.amina, report_id=key)
    (second,) = queries.due_for(cast.amina, soon)
    assert first.title != second.title
    assert queries.due_for(cast.amina, clock.today() - timedelta(days=1)) == []


@pytest.mark.parametrize("reason", ["", "because", "Out_of_area"])
def test_a_decline_needs_a_coded_reason(cast: Cast, reason: str) -> None:
    key = take(cast)
    with pytest.raises(ReasonNeeded):
        commands.decline(actor=cast.amina, report_id=key, reason=reason, told=Told.REPORTER)
    assert stored(key).state == State.RECEIVED


def test_a_decision_is_made_once(cast: Cast) -> None:
    key = take(cast)
    commands.decline(actor=cast.amina, report_id=key, reason=DeclineReason.OUT_OF_AREA, told=Told.REPORTER)
    with pytest.raises(AlreadyDecided):
        commands.mark_duplicate(actor=cast.amina, report_id=key)
    assert stored(key).state == State.DECLINED
    assert queries.inbox(cast.amina).rows == ()
    assert [row.url for row in queries.inbox(cast.amina, show="decided").rows] == [queries.url_of(key)]


def test_a_report_is_referred_on_with_what_was_sent_and_why(cast: Cast) -> None:
    key = take(cast)
    commands.refer_on(
        actor=cast.amina,
        report_id=key,
        agency=Agency.CHILD_PROTECTION,
        basis=ReferralBasis.LEGAL_DUTY,
        sent=["name", "summary"],
        told=Told.SURVIVOR,
    )
    row = stored(key)
    assert (row.state, row.sent, row.referral_basis) == (State.REFERRED_ON, ["name", "summary"], "legal_duty")


def partner(cast: Cast, kind: AgencyKind = AgencyKind.WELFARE, name: str = "Sample Child Services") -> UUID:
    return partners.add_agency(actor=cast.oksana, office_id=cast.office, kind=kind, name=name)


def test_a_report_that_a_partner_brings_names_it(cast: Cast) -> None:
    key = partner(cast)
    telling = Telling(channel=Channel.PARTNER, danger=Danger.NO, summary="Somebody is followed.", partner_id=key)
    report = commands.take_report(actor=cast.amina, office_id=cast.office, telling=telling, tellers=Tellers())
    (line,) = queries.inbox(cast.amina).rows
    assert "Sample Child Services" in str(line.meta)
    assert "Sample Child Services" in str(queries.report_page(cast.amina, report))
    with pytest.raises(NotAPartner):
        commands.take_report(
            actor=cast.amina,
            office_id=cast.office,
            telling=replace(telling, partner_id=cast.case()),
            tellers=Tellers(),
        )


def on_to(cast: Cast, report: UUID, agency: UUID, basis: ReferralBasis = ReferralBasis.CONSENT) -> UUID:
    commands.refer_on(actor=cast.amina, report_id=report, partner_id=agency, basis=basis, told=Told.BOTH)
    return queries.onward_of(report)[-1]


def test_an_answer_about_a_report_referred_on_is_waited_for_until_it_is_told(cast: Cast) -> None:
    report = take(cast)
    onward = on_to(cast, report, partner(cast))
    today = clock.today()
    assert stored(report).reason == Agency.CHILD_PROTECTION

    def asked(day: date) -> list[date | None]:
        return [due.due_on for due in queries.due_for(cast.amina, day)]

    assert asked(today + timedelta(days=6)) == []
    assert asked(today + timedelta(days=7)) == [today + timedelta(days=7)]
    commands.move_onward(actor=cast.amina, onward_id=onward, event=OnwardEvent.ACCEPT, words="Mira called her.")
    assert asked(today + timedelta(days=30)) == [today + timedelta(days=30)]
    commands.move_onward(actor=cast.jalil, onward_id=onward, event=OnwardEvent.HELP)
    assert asked(today + timedelta(days=99)) == []
    with pytest.raises(NotThatStep):
        commands.move_onward(actor=cast.amina, onward_id=onward, event=OnwardEvent.ACCEPT)
    assert "Mira called her." in str(queries.report_page(cast.amina, report))
    facts = json.dumps([str(entry.body) for entry in Entry.objects.filter(verb=Verb.REPORT_ONWARD_MOVED)])
    assert "Mira" not in facts


def test_what_one_partner_declines_goes_on_to_another_and_only_then(cast: Cast) -> None:
    report = take(cast)
    onward = on_to(cast, report, partner(cast))
    with pytest.raises(AlreadyDecided):
        on_to(cast, report, partner(cast, AgencyKind.HEALTH, "Sample Clinic"))
    commands.move_onward(actor=cast.amina, onward_id=onward, event=OnwardEvent.DECLINE)
    decided_at = clock.now() - timedelta(days=30)
    Report.objects.filter(pk=report).update(decided_at=decided_at)
    on_to(cast, report, partner(cast, AgencyKind.HEALTH, "Sample Clinic"), ReferralBasis.DANGER)
    row = stored(report)
    assert (row.decided_at, row.reason, row.referral_basis) == (decided_at, Agency.CHILD_PROTECTION, "consent")
    assert [due.due_on for due in queries.due_for(cast.amina, clock.today() + timedelta(days=1))] == [
        clock.today() + timedelta(days=1)
    ]
    assert len(queries.onward_of(report)) == 2


def test_each_refer_on_keeps_who_was_told_of_it(cast: Cast) -> None:
    report = take(cast)
    onward = on_to(cast, report, partner(cast))
    commands.move_onward(actor=cast.amina, onward_id=onward, event=OnwardEvent.DECLINE)
    again = partner(cast, AgencyKind.HEALTH, "Sample Clinic")
    commands.refer_on(
        actor=cast.amina, report_id=report, partner_id=again, basis=ReferralBasis.DANGER, told=Told.NOBODY_SAFE
    )
    shown = {section.id: section for section in queries.report_page(cast.amina, report).sections}
    latest, first = shown["onward"].rows
    assert "Nobody: it would not be safe" in str(latest.lines)
    assert "Both" in str(first.lines)
    assert "Who was told" not in str(shown["decision"].facts)


def test_a_report_is_not_referred_on_to_nobody(cast: Cast) -> None:
    key = take(cast)
    with pytest.raises(AgencyMissing):
        commands.refer_on(actor=cast.amina, report_id=key, basis=ReferralBasis.CONSENT, told=Told.BOTH)


def test_another_office_cannot_say_what_became_of_a_report_referred_on(cast: Cast) -> None:
    onward = on_to(cast, take(cast), partner(cast))
    with pytest.raises(NotFound):
        commands.move_onward(actor=cast.stranger, onward_id=onward, event=OnwardEvent.ACCEPT)
    assert queries.due_for(cast.stranger, clock.today() + timedelta(days=30)) == []


def test_too_little_to_go_on_says_what_is_missing(cast: Cast) -> None:
    key = take(cast)
    commands.mark_insufficient(actor=cast.amina, report_id=key, lack=Lack.NO_CONTACT)
    assert stored(key).reason == "no_contact"


def test_another_office_knows_nothing_of_a_report(cast: Cast) -> None:
    key = take(cast)
    with pytest.raises(NotFound):
        queries.report_page(cast.stranger, key)
    with pytest.raises(NotFound):
        commands.acknowledge(actor=cast.stranger, report_id=key)


def test_who_is_barred_from_somebody_named_knows_nothing_of_the_report(cast: Cast) -> None:
    key = take(cast, tellers=Tellers(suspect_name="Viktor Muster"), danger=Danger.YES)
    (suspect,) = queries.people_of(key)
    access.set_bar(
        actor=cast.jalil,
        account_id=cast.accounts["amina"],
        office_id=cast.office,
        person_id=suspect.person_id,
        reason="A relative.",
    )
    with pytest.raises(NotFound):
        queries.report_page(cast.amina, key)
    assert queries.inbox(cast.amina).rows == ()
    assert queries.urgent(cast.amina) == []


# ---- possible duplicates ----------------------------------------------------------------------------------


def page_text(cast: Cast, name: str, report_id: UUID) -> str:
    sheet = queries.report_page(cast.actor(name), report_id)
    return "\n".join(str(notice.text) for notice in sheet.notices)


def test_the_warning_of_a_duplicate_discloses_nothing(cast: Cast) -> None:
    """It is the same sentence for who is seen, for who is hidden, and for several."""
    hidden = cast.case(team=()).survivor
    said = []
    for name in ("Rana Sample", "Nadia Sample"):
        if name.startswith("Rana"):
            take(cast, tellers=Tellers(survivor_name=name))
        key = take(cast, tellers=Tellers(survivor_name=name))
        said.append(page_text(cast, "amina", key))
        sheet = repr(queries.report_page(cast.amina, key))
        assert str(hidden) not in sheet
        assert people.head(hidden).code not in sheet
    assert len(set(said)) == 1
    assert "may be the same person" in said[0]


@pytest.mark.parametrize("bar", ["person", "case"])
def test_who_is_barred_from_somebody_can_not_try_whether_the_name_is_known(cast: Cast, bar: str) -> None:
    known = cast.case()
    key = take(cast, tellers=Tellers(survivor_name="Nadia Sample"))
    against = {"person_id": known.survivor} if bar == "person" else {"case_id": known.id}
    access.set_bar(
        actor=cast.jalil, account_id=cast.accounts["amina"], office_id=cast.office, reason="A relative.", **against
    )
    assert page_text(cast, "amina", key) == ""
    with pytest.raises(NothingToCompare):
        commands.pass_duplicate(actor=cast.amina, report_id=key)
    take(cast, tellers=Tellers(survivor_name="Nadia Sample"))
    last = Entry.objects.filter(verb=Verb.DUPLICATES_CHECKED).latest("index")
    assert json.loads(last.body)["facts"] == {"hits": 1}
    assert "may be the same person" in page_text(cast, "jalil", key)
    assert people.head(known.survivor).code in repr(queries.report_page(cast.jalil, key))


def test_every_page_that_shows_words_of_a_report_is_recorded(cast: Cast) -> None:
    key = take(cast)
    shown = {(key, Compartment.NARRATIVE)}
    with readings.collecting() as opened:
        queries.inbox(cast.amina)
    assert opened >= shown
    with readings.collecting() as opened:
        queries.head(cast.amina, "intake:report:accept", key)
    assert opened >= shown
    with readings.collecting() as opened:
        queries.change_form(cast.amina, key)
    assert opened >= shown


def test_no_warning_without_a_duplicate(cast: Cast) -> None:
    key = take(cast, tellers=Tellers(survivor_name="Quite Unique"))
    assert page_text(cast, "amina", key) == ""
    with pytest.raises(NothingToCompare):
        commands.pass_duplicate(actor=cast.amina, report_id=key)


def test_the_supervisor_who_was_asked_sees_which(cast: Cast) -> None:
    known = cast.case().survivor
    key = take(cast, tellers=Tellers(survivor_name="Nadia Sample"))
    commands.pass_duplicate(actor=cast.amina, report_id=key)
    assert people.head(known).code in repr(queries.report_page(cast.jalil, key))
    assert people.head(known).code not in repr(queries.report_page(cast.amina, key))
    assert len(queries.waiting_for(cast.amina)) == 1
    assert any("already" in str(due.title) for due in queries.due_for(cast.jalil, clock.today()))


# ---- cost ---------------------------------------------------------------------------------------------


def test_the_inbox_costs_the_same_for_many_reports(cast: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        take(cast, danger=Danger.YES if number % 3 == 0 else Danger.NO)
    actor = cast.amina
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert len(queries.inbox(actor).rows) == 12


def test_the_inbox_goes_on_where_the_page_before_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    keys = [take(cast) for _number in range(5)]
    after, seen = None, []
    while True:
        page = queries.inbox(cast.amina, after=after)
        seen += [row.url for row in page.rows]
        if not page.next_url:
            break
        after = UUID(page.next_url.split("after=")[1])
    assert seen == [queries.url_of(key) for key in keys]
