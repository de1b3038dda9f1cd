from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.errors import CaseIsClosed
from amparo.cases.models import Case
from amparo.cases.rules import Question
from amparo.cases.words import CaseState, TrackKind
from amparo.investigations import commands, queries
from amparo.investigations.commands import AskedOf, Contacted, Talk
from amparo.investigations.errors import (
    AfterDeath,
    AgencyMissing,
    AlreadyRecorded,
    AnsweredBefore,
    AnswerMissing,
    AskSettled,
    ContactWithdrawn,
    DueBeforeAsked,
    FollowsFromVerdict,
    LeadIsClosed,
    NameMissing,
    NoSuchOfficial,
    NotOfThisCase,
    NotOnTeam,
    OnlyByVerdict,
    OwnRecord,
    ReasonOfOther,
    StatusWithdrawn,
)
from amparo.investigations.models import Lead, LeadAsk, OfficialContact, Relief, Restraint, SuspectStatus
from amparo.investigations.words import (
    Agency,
    AskReply,
    Attribution,
    ContactKind,
    LeadKind,
    LeadOutcome,
    OutcomeState,
    Relieved,
    Restrained,
    Source,
    Status,
    WithdrawReason,
)
from amparo.kernel import ids
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.partners import commands as partners
from amparo.partners.models import Post
from amparo.partners.words import AgencyKind, EndReason, UnitKind
from amparo.vault import sealing
from tests.cast import CaseAtHand, Cast

pytestmark = pytest.mark.django_db
DAY = PartialDate(2026, 4, 1)


def relieve(cast: Cast, case: CaseAtHand, by: str = "dalia", happened: PartialDate = DAY) -> Relief:
    key = commands.record_relief(
        actor=cast.actor(by),
        case_id=case.id,
        person_id=case.survivor,
        how=Relieved.RESCUED,
        attribution=Attribution.SUPPORTED,
        happened=happened,
    )
    return Relief.objects.get(pk=key)


def arrest(
    cast: Cast, case: CaseAtHand, status: Status = Status.ARRESTED, happened: PartialDate = DAY
) -> SuspectStatus:
    key = commands.record_status(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.suspect,
        status=status,
        happened=happened,
        source=Source.POLICE,
        conditions="Stays away from Example Street",
    )
    return SuspectStatus.objects.get(pk=key)


def incident(cast: Cast, case: CaseAtHand, began: PartialDate) -> None:
    cases.record_incident(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        began=began,
        answers={Question.GENDER_BASED: True, Question.PENETRATION: False, Question.UNWANTED_CONTACT: True},
    )


def test_a_person_is_not_marked_convicted_without_a_verdict(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(OnlyByVerdict) as refused:
        arrest(cast, case, Status.CONVICTED)
    assert refused.value.field == "status"
    assert not SuspectStatus.objects.exists()


@pytest.mark.parametrize("status", [Status.CONVICTED, Status.ACQUITTED])
def test_the_database_refuses_a_conviction_without_a_verdict_too(cast: Cast, status: Status) -> None:
    row = arrest(cast, cast.case())
    with pytest.raises(IntegrityError):
        SuspectStatus.objects.filter(pk=row.id).update(status=status)


def test_a_verdict_makes_somebody_convicted(cast: Cast) -> None:
    case = cast.case()
    commands.record_status_by_verdict(
        actor=cast.chandra,
        case_id=case.id,
        person_id=case.suspect,
        status=Status.CONVICTED,
        on=date(2026, 6, 1),
        verdict_id=ids.new_id(),
    )
    assert queries.standings(cast.bruno, case.id)[case.suspect][0] is Status.CONVICTED


def test_restrained_otherwise_is_not_arrested(cast: Cast) -> None:
    case = cast.case()
    arrest(cast, case, Status.RESTRAINED)
    assert queries.standings(cast.bruno, case.id)[case.suspect][0] is Status.RESTRAINED


def withdraw(cast: Cast, row: SuspectStatus, by: str = "bruno") -> None:
    commands.withdraw_status(actor=cast.actor(by), status_id=row.id, reason=WithdrawReason.MISTAKEN)


def test_without_a_status_that_was_a_mistake_the_one_before_it_stands(cast: Cast) -> None:
    case = cast.case()
    arrest(cast, case, Status.SOUGHT, PartialDate(2026, 3, 1))
    mistaken = arrest(cast, case)
    withdraw(cast, mistaken, by="chandra")
    assert queries.standings(cast.bruno, case.id)[case.suspect][0] is Status.SOUGHT
    assert [status for _case, _who, status, _on in queries.counted_statuses([case.id])] == [Status.SOUGHT]
    assert queries.marks_of_case(cast.bruno, case.id) == []
    # The row stays, with its words.
    assert SuspectStatus.objects.count() == 2
    assert arrest(cast, case).withdraw_reason == ""


def test_a_death_that_was_a_mistake_stands_in_nobodys_way(cast: Cast) -> None:
    case = cast.case()
    death = arrest(cast, case, Status.DECEASED)
    with pytest.raises(AfterDeath):
        arrest(cast, case, happened=PartialDate(2026, 4, 2))
    withdraw(cast, death)
    assert arrest(cast, case, happened=PartialDate(2026, 4, 2))


def test_a_status_is_withdrawn_once_and_never_behind_a_verdict(cast: Cast) -> None:
    case = cast.case()
    row = arrest(cast, case)
    withdraw(cast, row)
    with pytest.raises(StatusWithdrawn):
        withdraw(cast, row)
    key = commands.record_status_by_verdict(
        actor=cast.chandra,
        case_id=case.id,
        person_id=case.suspect,
        status=Status.ACQUITTED,
        on=date(2026, 6, 1),
        verdict_id=ids.new_id(),
    )
    with pytest.raises(FollowsFromVerdict):
        withdraw(cast, SuspectStatus.objects.get(pk=key))


def test_a_closed_case_keeps_its_statuses_as_they_are(cast: Cast) -> None:
    case = cast.case()
    row = arrest(cast, case)
    Case.objects.filter(pk=case.id).update(state=CaseState.CLOSED)
    with pytest.raises(CaseIsClosed):
        withdraw(cast, row)


def test_who_may_not_write_of_suspects_withdraws_nothing(cast: Cast) -> None:
    row = arrest(cast, cast.case())
    for who, error in (("dalia", Refused), ("jalil", Refused), ("iris", NotFound), ("stranger", NotFound)):
        with pytest.raises(error):
            withdraw(cast, row, by=who)


def test_a_withdrawn_status_is_in_the_ledger_without_its_words(cast: Cast) -> None:
    withdraw(cast, arrest(cast, cast.case()))
    body = Entry.objects.get(verb="suspect.status_withdrawn").body
    assert "mistaken" in body
    assert "Example Street" not in body


def test_an_event_before_the_incident_is_flagged_and_kept(cast: Cast) -> None:
    case = cast.case()
    incident(cast, case, PartialDate(2026, 2, 1))
    before = arrest(cast, case, happened=PartialDate(2025, 12, 24))
    after = arrest(cast, case, happened=PartialDate(2026, 2, 3))
    unclear = arrest(cast, case, Status.SOUGHT, PartialDate(2026))
    assert (before.flagged, after.flagged, unclear.flagged) == (True, False, False)
    assert relieve(cast, case, happened=PartialDate(2025)).flagged is True
    assert SuspectStatus.objects.count() == 3


def test_a_survivor_is_no_suspect(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NotOfThisCase):
        commands.record_status(
            actor=cast.bruno,
            case_id=case.id,
            person_id=case.survivor,
            status=Status.SOUGHT,
            happened=DAY,
            source=Source.OWN,
        )


def test_the_same_event_of_the_same_day_is_refused(cast: Cast) -> None:
    case = cast.case()
    arrest(cast, case)
    with pytest.raises(AlreadyRecorded):
        arrest(cast, case)


def test_relief_moves_the_relief_track(cast: Cast) -> None:
    case = cast.case()
    relieve(cast, case)
    head = case_queries.case_head(cast.dalia, case.id)
    track = next(t for t in case_queries.tracks(head) if t.kind is TrackKind.RELIEF)
    assert (track.state, track.since_on) == ("achieved", date(2026, 4, 1))


def test_relief_is_counted_once_for_each_person(cast: Cast) -> None:
    case = cast.case()
    for happened in (DAY, PartialDate(2026, 5, 1)):
        row = relieve(cast, case, happened=happened)
        commands.verify_relief(actor=cast.jalil, outcome_id=row.id)
    spring = (date(2026, 1, 1), date(2026, 12, 31))
    assert queries.persons_relieved(cast.jalil, *spring) == [case.survivor]
    assert queries.persons_relieved(cast.jalil, date(2026, 4, 15), date(2026, 12, 31)) == []


def test_relief_that_is_not_verified_does_not_count(cast: Cast) -> None:
    case = cast.case()
    relieve(cast, case)
    assert queries.persons_relieved(cast.jalil, date(2026, 1, 1), date(2026, 12, 31)) == []


def test_verification_by_the_recorder_is_refused(cast: Cast) -> None:
    case = cast.case()
    row = relieve(cast, case, by="jalil")
    with pytest.raises(OwnRecord):
        commands.verify_relief(actor=cast.jalil, outcome_id=row.id)


def test_only_a_supervisor_verifies(cast: Cast) -> None:
    row = relieve(cast, cast.case())
    with pytest.raises(Refused):
        commands.verify_relief(actor=cast.bruno, outcome_id=row.id)


def test_a_withdrawn_restraint_stays_readable_and_counts_no_more(cast: Cast) -> None:
    case = cast.case()
    key = commands.record_restraint(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.suspect,
        how=Restrained.ARREST,
        attribution=Attribution.TRAINED,
        happened=DAY,
    )
    commands.verify_restraint(actor=cast.jalil, outcome_id=key)
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert queries.persons_restrained(cast.jalil, *year) == [case.suspect]
    commands.withdraw_restraint(actor=cast.jalil, outcome_id=key, reason=WithdrawReason.MISTAKEN)
    assert queries.persons_restrained(cast.jalil, *year) == []
    assert Restraint.objects.get(pk=key).state == OutcomeState.WITHDRAWN


def open_lead(cast: Cast, case: CaseAtHand) -> Lead:
    key = commands.open_lead(
        actor=cast.bruno,
        case_id=case.id,
        kind=LeadKind.VEHICLE,
        title="A blue van",
        question="Who owned it in March?",
        assigned_id=cast.accounts["bruno"],
        due_on=date(2026, 12, 1),
    )
    return Lead.objects.get(pk=key)


@pytest.mark.parametrize("name", ["iris", "dalia"])
def test_a_lead_is_given_only_to_somebody_of_the_team_who_may_follow_it(cast: Cast, name: str) -> None:
    case = cast.case()
    with pytest.raises(NotOnTeam):
        commands.open_lead(
            actor=cast.bruno,
            case_id=case.id,
            kind=LeadKind.PLACE,
            title="A place",
            assigned_id=cast.accounts[name],
        )


def test_a_closed_lead_can_not_be_closed_again_but_opened(cast: Cast) -> None:
    lead = open_lead(cast, cast.case())
    commands.close_lead(actor=cast.bruno, lead_id=lead.id, expected=1, outcome=LeadOutcome.FOUND, result="A firm.")
    with pytest.raises(LeadIsClosed):
        commands.close_lead(actor=cast.bruno, lead_id=lead.id, expected=2, outcome=LeadOutcome.FOUND, result="")
    commands.reopen_lead(actor=cast.bruno, lead_id=lead.id)
    assert Lead.objects.get(pk=lead.id).state == "open"


def test_a_caseworker_neither_opens_nor_sees_leads(cast: Cast) -> None:
    case = cast.case()
    lead = open_lead(cast, case)
    with pytest.raises(Refused):
        queries.head_for(cast.dalia, commands.LEAD_CHANGE, case.id)
    with pytest.raises(NotFound):
        queries.lead_for(cast.dalia, commands.LEAD_CHANGE, lead.id)


def test_a_contact_names_somebody(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(NameMissing):
        commands.record_contact(
            actor=cast.bruno,
            case_id=case.id,
            who=Contacted(agency_kind=Agency.POLICE),
            talk=Talk(ContactKind.CALL, date(2026, 4, 1)),
        )


def in_office(cast: Cast) -> tuple[UUID, UUID]:
    """An official of the directory who is in office at a station, and the station."""
    police = partners.add_agency(actor=cast.oksana, office_id=cast.office, kind=AgencyKind.POLICE, name="Sample Police")
    desk = partners.add_unit(actor=cast.oksana, agency_id=police, kind=UnitKind.STATION, name="Sample Station")
    official = partners.add_official(actor=cast.oksana, office_id=cast.office, name="Otto Muster")
    partners.take_post(
        actor=cast.oksana, official_id=official, agency_id=police, unit_id=desk, title="Inspector", from_on=MET
    )
    return official, desk


MET = date(2026, 4, 1)


def test_an_official_of_the_directory_brings_unit_and_agency_along(cast: Cast) -> None:
    case = cast.case()
    official, desk = in_office(cast)
    who, talk = Contacted(known_id=official), Talk(ContactKind.CALL, MET, agreed="The van is looked for")
    row = OfficialContact.objects.get(pk=commands.record_contact(actor=cast.bruno, case_id=case.id, who=who, talk=talk))
    assert (row.unit_id, row.agency_kind) == (desk, Agency.POLICE)
    shown = repr(queries.room(cast.bruno, case.id))
    assert "Otto Muster" in shown
    assert "Sample Station" in shown
    # On the official's own page: when and what, to who may see the case, and never about whom.
    (told,) = queries.told_of_official(cast.bruno, official, None)
    assert [str(line.title) for line in told.rows] == ["Telephone call"]
    assert "van" not in repr(told)
    assert queries.told_of_official(cast.stranger, official, None)[0].rows == ()


def test_who_is_chosen_is_in_the_directory(cast: Cast) -> None:
    case = cast.case()
    talk = Talk(ContactKind.CALL, MET)
    for who in (Contacted(known_id=case.id), Contacted(name="Inspector Muster", unit_id=case.id)):
        with pytest.raises(NoSuchOfficial):
            commands.record_contact(actor=cast.bruno, case_id=case.id, who=who, talk=talk)
    with pytest.raises(AgencyMissing):
        commands.record_contact(actor=cast.bruno, case_id=case.id, who=Contacted(name="Somebody"), talk=talk)


def test_no_word_of_a_suspect_reaches_the_ledger(cast: Cast) -> None:
    arrest(cast, cast.case())
    bodies = list(Entry.objects.filter(verb="suspect.status").values_list("body", flat=True))
    assert len(bodies) == 1
    assert "Example Street" not in bodies[0]


# ---- put right ---------------------------------------------------------------------------------------------


def contacted(cast: Cast, case: CaseAtHand) -> OfficialContact:
    who = Contacted(name="Inspector Muster", agency_kind=Agency.POLICE)
    talk = Talk(ContactKind.CALL, MET, "The van is looked for", "Call again", next_on=date(2026, 4, 9))
    key = commands.record_contact(actor=cast.bruno, case_id=case.id, who=who, talk=talk)
    return OfficialContact.objects.get(pk=key)


def test_a_contact_is_put_right_and_the_old_one_stays_readable(cast: Cast) -> None:
    case = cast.case()
    old, (official, _desk) = contacted(cast, case), in_office(cast)
    right = Talk(ContactKind.VISIT, MET, "The van was found", "Call again", next_on=date(2026, 4, 9))
    commands.correct_contact(
        actor=cast.chandra,
        contact_id=old.id,
        reason=WithdrawReason.WRONG_WHO,
        who=Contacted(known_id=official),
        talk=right,
    )
    shown = repr(queries.room(cast.bruno, case.id))
    for word in ("The van is looked for", "Put right: It was somebody else.", "The van was found", "Otto Muster"):
        assert word in shown
    assert len(queries.due_for(cast.chandra, date(2026, 4, 9))) == 1
    assert queries.due_for(cast.bruno, date(2026, 4, 9)) == []
    with pytest.raises(ContactWithdrawn):
        commands.withdraw_contact(actor=cast.bruno, contact_id=old.id, reason=WithdrawReason.TWICE)
    body = Entry.objects.get(verb="official.contact_corrected").body
    assert "wrong_who" in body
    assert "van" not in body


def put_right(cast: Cast, old: UUID, who: Contacted, talk: Talk) -> OfficialContact:
    reason = WithdrawReason.WRONG_WHAT
    key = commands.correct_contact(actor=cast.chandra, contact_id=old, reason=reason, who=who, talk=talk)
    return OfficialContact.objects.get(pk=key)


def test_a_contact_put_right_stays_with_the_agency_of_its_day(cast: Cast) -> None:
    case, (official, desk) = cast.case(), in_office(cast)
    told = Talk(ContactKind.CALL, MET, "The van is looked for", "Call again")
    first = commands.record_contact(actor=cast.bruno, case_id=case.id, who=Contacted(known_id=official), talk=told)
    commands.do_next_step(actor=cast.bruno, contact_id=first)
    (post,) = Post.objects.all()
    partners.end_post(actor=cast.oksana, post_id=post.id, until_on=MET, reason=EndReason.MOVED)
    form = queries.contact_to_correct(cast.chandra, first)
    assert (form.values["official_id"], form.values["unit_id"]) == (str(official), str(desk))
    assert form.values["agency_kind"] == ""
    assert str(official) in dict(form.offered.officials)
    second = put_right(cast, first, Contacted(known_id=official, unit_id=desk), told)
    assert (second.partner_id, second.unit_id, second.agency_kind) == (post.agency_id, desk, Agency.POLICE)
    assert second.next_done_on is not None
    third = put_right(cast, second.id, Contacted(known_id=official, unit_id=desk), replace(told, next_step="Write"))
    assert third.next_done_on is None


def test_a_contact_put_right_with_somebody_else_goes_to_their_agency(cast: Cast) -> None:
    case, (official, _desk) = cast.case(), in_office(cast)
    talk = Talk(ContactKind.CALL, MET, "The van is looked for")
    old = commands.record_contact(actor=cast.bruno, case_id=case.id, who=Contacted(known_id=official), talk=talk)
    court = partners.add_agency(actor=cast.oksana, office_id=cast.office, kind=AgencyKind.COURT, name="Sample Court")
    clerk = partners.add_official(actor=cast.oksana, office_id=cast.office, name="Carla Muster")
    partners.take_post(actor=cast.oksana, official_id=clerk, agency_id=court, title="Clerk", from_on=MET)
    values = queries.contact_to_correct(cast.chandra, old).values
    assert (values["unit_id"], values["agency_kind"]) == ("", "")
    new = put_right(cast, old, Contacted(known_id=clerk), talk)
    assert (new.partner_id, new.unit_id, new.agency_kind) == (court, None, Agency.COURT)


def test_a_contact_that_never_was_is_withdrawn_and_asked_of_nobody(cast: Cast) -> None:
    case = cast.case()
    row = contacted(cast, case)
    with pytest.raises(ReasonOfOther):
        commands.withdraw_contact(actor=cast.bruno, contact_id=row.id, reason=WithdrawReason.WRONG_DAY)
    with pytest.raises((NotFound, Refused)):
        commands.withdraw_contact(actor=cast.femi, contact_id=row.id, reason=WithdrawReason.TWICE)
    commands.withdraw_contact(actor=cast.bruno, contact_id=row.id, reason=WithdrawReason.MISTAKEN)
    assert queries.due_for(cast.bruno, date(2026, 4, 9)) == []
    assert queries.first_met(cast.bruno, case.id, Agency.POLICE) is None
    assert "Withdrawn: It did not happen like this." in repr(queries.room(cast.bruno, case.id))


def test_a_relief_is_put_right_by_who_records_until_it_is_verified(cast: Cast) -> None:
    case = cast.case()
    old = relieve(cast, case)

    def correct(actor: Actor, key: UUID, reason: WithdrawReason, happened: PartialDate) -> UUID:
        return commands.correct_relief(
            actor=actor,
            outcome_id=key,
            reason=reason,
            person_id=case.survivor,
            how=Relieved.SELF_EXIT,
            attribution=Attribution.DIRECT,
            happened=happened,
        )

    new = correct(cast.dalia, old.id, WithdrawReason.WRONG_WHAT, DAY)
    old.refresh_from_db()
    assert (old.state, old.withdraw_reason) == (OutcomeState.WITHDRAWN, WithdrawReason.WRONG_WHAT)
    assert [row.id for row in queries.counted_reliefs([case.id])] == [new]
    commands.verify_relief(actor=cast.jalil, outcome_id=new)
    with pytest.raises(Refused):
        correct(cast.dalia, new, WithdrawReason.WRONG_DAY, PartialDate(2026, 4, 2))
    third = correct(cast.jalil, new, WithdrawReason.WRONG_DAY, PartialDate(2026, 4, 2))
    head = case_queries.case_head(cast.dalia, case.id)
    track = next(t for t in case_queries.tracks(head) if t.kind is TrackKind.RELIEF)
    assert (track.state, track.since_on) == ("achieved", date(2026, 4, 2))
    marks = case_queries.track_changes(head)
    assert [mark.on for mark in marks if mark.state == "achieved"] == [date(2026, 4, 2)]
    assert [(row.id, row.is_verified) for row in queries.counted_reliefs([case.id])] == [(third, False)]
    assert "Put right: The day was wrong." in repr(queries.room(cast.dalia, case.id))


# ---- asked of partners -------------------------------------------------------------------------------------

LATER = MET + timedelta(days=5)


def asked(cast: Cast, case: CaseAtHand, of: AskedOf) -> LeadAsk:
    key = commands.ask_partner(
        actor=cast.bruno,
        lead_id=open_lead(cast, case).id,
        of=of,
        asked="Whose is the number plate?",
        due_on=LATER,
        asked_on=MET,
    )
    return LeadAsk.objects.get(pk=key)


def test_what_a_partner_was_asked_waits_with_who_has_the_lead_until_it_is_answered(cast: Cast) -> None:
    case, (official, desk) = cast.case(), in_office(cast)
    row = asked(cast, case, AskedOf(known_id=official))
    assert row.unit_id == desk

    def due(day: date) -> list[str]:
        return [str(one.title) for one in queries.due_for(cast.bruno, day) if "plate" in str(one.title)]

    assert due(LATER - timedelta(days=1)) == []
    assert len(due(LATER)) == 1
    assert not [one for one in queries.due_for(cast.chandra, LATER) if "plate" in str(one.title)]
    shown = repr(queries.room(cast.bruno, case.id))
    assert "Otto Muster, Sample Station" in shown
    # It is theirs to do: one lead is open, as before.
    assert "1 lead is open" in shown
    with pytest.raises(AnsweredBefore):
        commands.answer_ask(actor=cast.chandra, ask_id=row.id, answer="A firm.", on=MET - timedelta(days=1))
    commands.answer_ask(actor=cast.chandra, ask_id=row.id, answer="A firm.")
    assert due(LATER) == []
    assert "A firm." in repr(queries.room(cast.bruno, case.id))
    assert "A firm." not in repr(queries.room(cast.dalia, case.id))
    with pytest.raises(AskSettled):
        commands.drop_ask(actor=cast.bruno, ask_id=row.id)
    bodies = "".join(entry.body for entry in Entry.objects.filter(verb__in=["lead.asked", "lead.answered"]))
    assert "plate" not in bodies
    assert "firm" not in bodies


def test_a_partner_on_the_team_reads_exactly_what_was_asked_and_answers_it_here(cast: Cast) -> None:
    case = cast.case(team=("bruno", "chandra", "femi", "mateo"))
    row = asked(cast, case, AskedOf(name="The duty officer", reader_id=cast.femi.account_id))
    femi, mateo = cast.femi, cast.mateo
    shown = repr((queries.asked_of_us(femi), queries.waiting_for(femi), queries.words_asked(femi, row.id)))
    assert shown.count("Whose is the number plate?") == 3
    lead = Lead.objects.get(pk=row.lead_id)
    title = sealing.open_row(lead, "title").text("title")
    assert title
    code = case_queries.case_head(femi, case.id).code
    assert not [word for word in (title, "duty officer", code, str(lead.id), str(case.id)) if word in shown]
    # Nobody else of theirs sees it, and what she sees opens nothing more of the investigation.
    assert queries.asked_of_us(mateo).rows == ()
    with pytest.raises(NotFound):
        queries.words_asked(mateo, row.id)
    with pytest.raises(NotFound):
        commands.answer_here(actor=mateo, ask_id=row.id, answer="A firm.")
    with pytest.raises((NotFound, Refused)):
        queries.lead_for(femi, commands.LEAD_SEE, lead.id)
    assert "number plate" not in repr(queries.room(femi, case.id))
    with pytest.raises(AnswerMissing):
        commands.answer_here(actor=femi, ask_id=row.id, answer=" ")
    commands.answer_here(actor=femi, ask_id=row.id, answer="The archive has it.", reply=AskReply.CANNOT)
    assert "ask_answered" in [one.kind for one in access.unread_notices(cast.bruno)]
    room = repr(queries.room(cast.bruno, case.id))
    assert "They cannot do it" in room
    assert "The archive has it." in room
    assert queries.waiting_for(femi) == []
    with pytest.raises(AskSettled):
        commands.answer_here(actor=femi, ask_id=row.id, answer="Again")


def test_what_was_asked_is_hidden_from_a_partner_who_left_or_is_barred_and_ends_with_its_lead(cast: Cast) -> None:
    case = cast.case(team=("bruno", "femi"))
    with pytest.raises(NotOnTeam):
        asked(cast, case, AskedOf(reader_id=cast.mateo.account_id))
    row = asked(cast, case, AskedOf(reader_id=cast.femi.account_id))
    lead = Lead.objects.get(pk=row.lead_id)
    commands.close_lead(actor=cast.bruno, lead_id=lead.id, expected=1, outcome=LeadOutcome.FOUND, result="Known.")
    femi = cast.femi
    assert queries.waiting_for(femi) == []
    assert "Not needed any more" in repr(queries.asked_of_us(femi, everything=True))
    with pytest.raises(AskSettled):
        commands.answer_here(actor=femi, ask_id=row.id, answer="Late")
    commands.reopen_lead(actor=cast.bruno, lead_id=lead.id)
    assert len(queries.waiting_for(femi)) == 1
    barred = replace(femi, barred_cases=frozenset([case.id]))
    gone = replace(femi, grants=frozenset())
    for reader in (barred, gone):
        assert queries.waiting_for(reader) == []
        assert queries.asked_of_us(reader, everything=True).rows == ()
        with pytest.raises(NotFound):
            commands.answer_here(actor=reader, ask_id=row.id, answer="Still here")


def test_an_answer_that_is_not_needed_any_more_is_waited_for_no_longer(cast: Cast) -> None:
    row = asked(cast, cast.case(), AskedOf(name="The duty officer"))
    commands.drop_ask(actor=cast.bruno, ask_id=row.id)
    assert not [one for one in queries.due_for(cast.bruno, LATER) if "plate" in str(one.title)]


def test_a_partner_is_asked_by_name_and_in_time_by_who_may(cast: Cast) -> None:
    case = cast.case()
    lead = open_lead(cast, case).id
    given = {"lead_id": lead, "asked": "Whose is it?", "asked_on": MET}
    with pytest.raises(NameMissing):
        commands.ask_partner(actor=cast.bruno, of=AskedOf(), due_on=LATER, **given)
    with pytest.raises(NoSuchOfficial):
        commands.ask_partner(actor=cast.bruno, of=AskedOf(unit_id=case.id), due_on=LATER, **given)
    with pytest.raises(DueBeforeAsked):
        commands.ask_partner(actor=cast.bruno, of=AskedOf(name="He"), due_on=MET - timedelta(days=1), **given)
    with pytest.raises((NotFound, Refused)):
        commands.ask_partner(actor=cast.dalia, of=AskedOf(name="He"), due_on=LATER, **given)
