"""How a case is looked into: incident, leads, what becomes of the suspect, relief, officials."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.access import queries as access
from amparo.cases import commands as cases
from amparo.cases.rules import Question
from amparo.cases.words import IncidentState, RouteStage, TrackKind
from amparo.desk.synthetic import operations
from amparo.desk.synthetic.agenda import Line
from amparo.desk.synthetic.plans import Ending, Trait
from amparo.desk.synthetic.story import Story
from amparo.investigations import commands as investigations
from amparo.investigations.words import (
    AskReply,
    Attribution,
    ContactKind,
    LeadKind,
    LeadOutcome,
    Relieved,
    Restrained,
    Source,
    Status,
    WithdrawReason,
)
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Role

_RELIEVED = (Relieved.RESCUED, Relieved.RESCUED, Relieved.SELF_EXIT, Relieved.PROTECTION_ORDER)


def incident(story: Story, at: datetime) -> Line:
    """Her account is written down once, with a date that is only as exact as she knows it."""
    diary = story.diary("incident", at)
    yield diary.after(1, 6)
    rng, matter = diary.rng, story.matter
    began = story.began.date() - timedelta(days=rng.randrange(5, 300))
    when = PartialDate(began.year, began.month, began.day if rng.randrange(3) == 0 else None, rng.randrange(4) == 0)
    answers: dict[Question, bool] = {Question.GENDER_BASED: matter.yes is not None}
    for question in Question:
        if matter.yes is None or question is Question.GENDER_BASED:
            continue
        answers[question] = question is matter.yes
        if question is matter.yes:
            break
    around = story.dice("around the incident")
    incident = cases.record_incident(
        actor=story.by(Role.INVESTIGATOR),
        case_id=story.case,
        person_id=story.her,
        began=when,
        answers=answers,
        relation=matter.relation,
        exploitation=matter.exploitation,
        controls=matter.controls[: rng.randint(1, 4)],
        goods_exchanged=matter.goods,
        held=matter.held,
        place=f"{story.words['street']}, {story.words['village']}",
        summary=story.say(rng, matter.summaries),
        narrative=story.say(rng, matter.narratives),
        weapon=around.choice(("", "none", "none", "blunt", "blade")),
        perpetrators=[story.suspect] if story.suspect else [],
        previous=around.choice(("", "none", "same", "same", "others")),
        reported_elsewhere=around.choice(((), ("nowhere",), ("police",), ("health", "police"))),
    )
    yield diary.after(12, 40)
    state, reason = _SISTERS if story.plan.number % 11 == 6 else around.choice(_FINDINGS)
    if state:
        cases.find_incident(
            actor=story.by(Role.SUPERVISOR), incident_id=incident, expected=1, state=state, reason=reason
        )


_FINDINGS: tuple[tuple[IncidentState | None, str], ...] = (
    *[(IncidentState.VERIFIED, "The account, the hospital’s paper and what a neighbour saw agree.")] * 4,
    (IncidentState.UNVERIFIED, "The place was visited twice. Nobody there was ready to speak."),
    (None, ""),
)
# Of a few cases it turns out that somebody else suffered it.
_SISTERS = (IncidentState.FALSELY_ATTRIBUTED, "It befell her sister, who has a case of her own.")


def route(story: Story, at: datetime) -> Line:
    """Where somebody was made to go is known as exactly as she could say, in cases of trafficking and labour."""
    diary = story.diary("route", at)
    if not set(story.matter.types) & {"forced_labour", "sex_trafficking", "domestic_servitude"}:
        return
    yield diary.after(8, 25)
    rng = diary.rng
    day = story.began.date() - timedelta(days=rng.randrange(320, 700))
    for stage, place, how in (
        (RouteStage.RECRUITMENT, story.words["village"], "A woman whom the family knew, with the promise of a wage."),
        (RouteStage.TRANSIT, rng.choice(_TRANSIT), "By lorry, two nights; the papers were taken on the way."),
        (RouteStage.EXPLOITATION, story.words["place"], ""),
    ):
        exact = rng.randrange(3)
        cases.record_stage(
            actor=story.by(Role.INVESTIGATOR),
            case_id=story.case,
            person_id=story.her,
            stage=stage,
            happened=PartialDate(day.year, day.month if exact else None, day.day if exact > 1 else None, exact == 1),
            place=place,
            how=how,
        )
        day += timedelta(days=rng.randrange(9, 60))


_TRANSIT = ("The ferry town", "The border market", "Three towns along the river")


def leads(story: Story, at: datetime) -> Line:
    """Leads are opened, and most of them come to something."""
    diary = story.diary("leads", at)
    rng = diary.rng
    chosen = rng.sample(story.matter.leads, min(len(story.matter.leads), 1 + story.is_special))
    for kind, title, question in chosen:
        yield diary.after(2, 25)
        due = diary.day + timedelta(days=rng.randint(7, 40))
        lead = investigations.open_lead(
            actor=story.by(Role.INVESTIGATOR),
            case_id=story.case,
            kind=LeadKind(kind),
            title=title.format_map(story.words),
            question=question.format_map(story.words),
            assigned_id=story.account(Role.INVESTIGATOR),
            due_on=due,
        )
        ask = _ask_police(story, lead, diary.day) if story.is_special else None
        yield diary.after(6, 45)
        if rng.randrange(8) == 0:
            continue
        if ask is not None:
            _answer(story, ask)
        outcome = rng.choice((LeadOutcome.FOUND, LeadOutcome.FOUND, LeadOutcome.PARTLY, LeadOutcome.NOTHING))
        investigations.close_lead(
            actor=story.by(Role.INVESTIGATOR),
            lead_id=lead,
            expected=1,
            outcome=outcome,
            result=_RESULTS[outcome],
        )
    if story.is_special and _police(story):
        yield story.stage.until - timedelta(days=4)
        lead = investigations.open_lead(
            actor=story.by(Role.INVESTIGATOR),
            case_id=story.case,
            kind=LeadKind.VEHICLE,
            title="The van that waited at the ferry",
            question="Who had it that week, and who paid for it?",
            assigned_id=story.account(Role.INVESTIGATOR),
            due_on=(story.stage.until + timedelta(days=12)).date(),
        )
        _ask_police(story, lead, story.stage.until.date() - timedelta(days=4))


def _police(story: Story) -> str:
    """The login of the police on the case's team; empty where nobody is."""
    accounts = {member.account_id for member in access.team_of(story.case) if member.role is Role.POLICE}
    return next((login for login, account in story.stage.accounts.items() if account in accounts), "")


def _answer(story: Story, ask: UUID) -> None:
    """The police answer themselves where one of them is on the team; else who asked writes it down."""
    police = _police(story)
    if not police:
        investigations.answer_ask(
            actor=story.by(Role.INVESTIGATOR), ask_id=ask, answer="It is in the register. They sent a copy."
        )
        return
    story.stage.reach_changed(police)
    reply, answer = story.dice("asked of the police").choice(_ANSWERS)
    investigations.answer_here(actor=story.stage.actor(police), ask_id=ask, reply=reply, answer=answer)


_ANSWERS = (
    (AskReply.ANSWER, "It is in the register since the spring. A copy lies at our desk for you."),
    (AskReply.CANNOT, "The register of that year is with the archive. We asked for it; it takes a month."),
    (AskReply.NOT_OURS, "The plate is of the neighbouring district: their registry keeps it."),
)


def _ask_police(story: Story, lead: UUID, day: date) -> UUID:
    """What only the police can look up, they are asked for."""
    official = next(one for one in story.office.officials if one.agency == "police")
    police = _police(story)
    return investigations.ask_partner(
        actor=story.by(Role.INVESTIGATOR),
        lead_id=lead,
        of=investigations.AskedOf(
            known_id=story.stage.partners[f"official:{official.person_id}"],
            reader_id=story.stage.accounts[police] if police else None,
        ),
        asked="To look up in the register of vehicles who had it that week",
        due_on=day + timedelta(days=10),
    )


_RESULTS = {
    LeadOutcome.FOUND: "Found, and written into the report of the investigation. The police have a copy.",
    LeadOutcome.PARTLY: "Part of it is known now. One person would have to speak to us, and is afraid.",
    LeadOutcome.NOTHING: "Nothing was found. Asked at three places.",
}


def suspect(story: Story, at: datetime) -> Line:
    """What becomes of the suspect until a court is asked, and relief for the survivor."""
    diary = story.diary("suspect", at)
    rng = diary.rng
    yield diary.after(3, 20)
    if story.suspect is None:
        yield diary.after(3, 40)
        _relief(story, diary.day, rng.choice(_RELIEVED))
        return
    _status(story, Status.IDENTIFIED, diary.day, Source.OWN)
    if rng.randrange(3) == 0:
        yield diary.after(3, 20)
        _status(story, Status.SOUGHT, diary.day, Source.POLICE)
    if operations.is_one(story):
        arrested, relief = True, (yield from operations.rescue(story, diary))
    else:
        yield diary.after(2, 35)
        if story.plan.ending is Ending.NOT_PURSUED and rng.randrange(2):
            _relief(story, diary.day, Relieved.SELF_EXIT)
            return
        arrested = rng.randrange(5) != 0
        _restrained(story, diary.day, arrested=arrested, supported=bool(rng.randrange(3)))
        relief = _relief(story, diary.day, Relieved.RESCUED if arrested else Relieved.PROTECTION_ORDER)
    yield diary.after(2, 12)
    investigations.verify_relief(actor=story.by(Role.SUPERVISOR), outcome_id=relief)
    if arrested and rng.randrange(4) == 0:
        yield diary.after(10, 40)
        conditions = "Keep away from her home and work; report to the station every Friday."
        _status(story, Status.BAILED, diary.day, Source.COURT, conditions)
    if rng.randrange(14) == 0:
        yield diary.after(20, 60)
        _status(story, Status.ABSCONDED, diary.day, Source.POLICE)


def _status(story: Story, status: Status, day: date, source: Source, conditions: str = "") -> None:
    assert story.suspect is not None  # noqa: S101
    investigations.record_status(
        actor=story.by(Role.INVESTIGATOR),
        case_id=story.case,
        person_id=story.suspect,
        status=status,
        happened=PartialDate.on(day),
        source=source,
        conditions=conditions,
    )


def _restrained(story: Story, day: date, *, arrested: bool, supported: bool) -> None:
    assert story.suspect is not None  # noqa: S101
    _status(story, Status.ARRESTED if arrested else Status.RESTRAINED, day, Source.POLICE)
    me = story.by(Role.INVESTIGATOR)
    how = Restrained.ARREST if arrested else Restrained.NO_CONTACT
    attribution = Attribution.SUPPORTED if supported else Attribution.DIRECT
    happened = PartialDate.on(day)
    # In one case the attribution was taken too high, and is put right.
    first = Attribution.DIRECT if story.plan.number == _PUT_RIGHT else attribution
    key = investigations.record_restraint(
        actor=me, case_id=story.case, person_id=story.suspect, how=how, attribution=first, happened=happened
    )
    if first is not attribution:
        investigations.correct_restraint(
            actor=me,
            outcome_id=key,
            reason=WithdrawReason.WRONG_WHAT,
            person_id=story.suspect,
            how=how,
            attribution=attribution,
            happened=happened,
        )


_PUT_RIGHT = 5


def _relief(story: Story, day: date, how: Relieved) -> UUID:
    return investigations.record_relief(
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        person_id=story.her,
        how=how,
        attribution=Attribution.SUPPORTED if how is Relieved.RESCUED else Attribution.DIRECT,
        happened=PartialDate.on(day),
    )


def officials(story: Story, at: datetime) -> Line:
    """Calls and meetings with officials, what was agreed and what came of it."""
    diary = story.diary("officials", at)
    rng = diary.rng
    for _ in range(2 if story.is_special else rng.randint(0, 1)):
        yield diary.after(5, 70)
        official = rng.choice(story.office.officials)
        kind = rng.choice((ContactKind.CALL, ContactKind.MEETING, ContactKind.VISIT, ContactKind.JOINT))
        me = story.by(rng.choice((Role.LAWYER, Role.INVESTIGATOR)))
        who = investigations.Contacted(known_id=story.stage.partners[f"official:{official.person_id}"])
        talk = investigations.Talk(
            kind,
            diary.day,
            agreed=rng.choice(_AGREED),
            next_step=rng.choice(_STEPS),
            next_on=diary.day + timedelta(days=rng.randint(4, 25)),
        )
        contact = investigations.record_contact(actor=me, case_id=story.case, who=who, talk=talk)
        if story.has(Trait.SHOWCASE) and "contact corrected" not in story.marks:
            story.marks.add("contact corrected")
            # Written down a day late, with the day of writing.
            right = replace(talk, on=diary.day - timedelta(days=1))
            contact = investigations.correct_contact(
                actor=me, contact_id=contact, reason=WithdrawReason.WRONG_DAY, who=who, talk=right
            )
        yield diary.after(4, 30)
        if rng.randrange(4):
            investigations.do_next_step(actor=story.by(Role.INVESTIGATOR), contact_id=contact)


_AGREED = (
    "A statement is taken once only, in a quiet room, with a person whom she trusts.",
    "The unit sends a copy of the complaint within a week.",
    "Officers come in plain clothes and without the siren.",
    "The file goes to the prosecutor before the end of the month.",
)
_STEPS = ("Send the list of witnesses", "Call again", "Bring the copy", "Go through the file together")


def system_learns(story: Story, at: datetime) -> Line:
    """What the case taught about the system, once its other tracks have come far."""
    diary = story.diary("system", at)
    yield diary.after(150, 420)
    state = diary.rng.choice(("learned", "learned", "nothing_learned"))
    _system_track(story, state)


def _system_track(story: Story, state: str) -> None:
    if "system done" in story.marks:
        return
    story.marks.add("system done")
    cases.change_track(actor=story.by(Role.SUPERVISOR), case_id=story.case, kind=TrackKind.SYSTEM, state=state)


def settle_system(story: Story) -> None:
    """Bring the system track to an end where it has none yet, for closing."""
    _system_track(story, "learned")
