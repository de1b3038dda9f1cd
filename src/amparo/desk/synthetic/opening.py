"""How a case begins: a report, the decision about it, people, team, basis and consents."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from amparo.access import commands as access
from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.cases.words import (
    EXPLAINED_LABELS,
    BasisKind,
    PartyRole,
    Purpose,
    Risk,
    TrackKind,
    TraffickingDecider,
    TraffickingStatus,
)
from amparo.desk.synthetic import (
    care,
    closing,
    conferences,
    court,
    days,
    examinations,
    exhibits,
    inquiry,
    interviews,
    kits,
    lists,
    operations,
    portraits,
    referrals,
    threats,
)
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.names import NICKNAMES, named, phone
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.story import Story
from amparo.intake import commands as intake
from amparo.intake import queries as reports
from amparo.intake.commands import Tellers, Telling
from amparo.intake.words import Channel, Danger, Medical, Part, Teller
from amparo.journeys import withdrawing
from amparo.journeys.screening import TEAM_ROLES, NewCase, TeamPlace, accept_as_new
from amparo.kernel.dates import PartialDate, PartialTime
from amparo.kernel.words import Role
from amparo.people import commands as people
from amparo.people.rules import NewContact
from amparo.people.words import ContactKind, NameKind, PersonKind

_CHANNELS = (Channel.PHONE, Channel.WALK_IN, Channel.PARTNER, Channel.MESSAGE, Channel.OFFICER)
_RISKS = (Risk.LOW, Risk.MEDIUM, Risk.MEDIUM, Risk.HIGH)
_LAW_CLASSES = ("identity", "statement", "evidence")


def opening(story: Story) -> Line:
    """From the report to a case whose team has begun to work."""
    diary = Diary(story.dice("opening"), story.began)
    rng = diary.rng
    taker = story.stage.who(story.office, Role.INTAKE, rng)
    yield diary.minutes(1, 50)
    report = _take(story, diary, taker)
    if story.has(Trait.MEDICAL):
        yield diary.minutes(10, 55)
        intake.take_medical(actor=story.stage.actor(taker), report_id=report)
        yield diary.minutes(60, 400)
        intake.end_medical(actor=story.stage.actor(taker), report_id=report, outcome=Medical.ARRANGED)
    yield diary.after(0.05, 1.4)
    intake.acknowledge(actor=story.stage.actor(taker), report_id=report)
    yield diary.after(0.2, 3)
    _accept(story, rng, taker, report)
    yield diary.minutes(20, 90)
    _form_team(story, rng)
    lists.place_case(story)
    yield diary.minutes(10, 60)
    _know_people(story, diary)
    _bases(story, diary)
    _begin_lines(story, diary.at)


def _take(story: Story, diary: Diary, taker: str) -> UUID:
    rng = diary.rng
    anonymous = story.has(Trait.ANONYMOUS)
    herself = not anonymous and not story.matter.child and rng.randrange(3) == 0
    teller = Teller.ANONYMOUS if anonymous else Teller.SURVIVOR if herself else Teller.OTHER
    age = rng.randint(8, 16) if story.matter.child else rng.randint(18, 46)
    medical = story.has(Trait.MEDICAL)
    incident = PartialTime.exact(diary.at - timedelta(hours=rng.randint(3, 30))) if medical else None
    telling = Telling(
        channel=Channel.MESSAGE if anonymous else Channel.WALK_IN if herself else rng.choice(_CHANNELS),
        danger=Danger.UNSURE if rng.randrange(3) == 0 else Danger.NO,
        medical=Medical.NEEDED if medical else Medical.NOT_NEEDED,
        incident=incident,
        summary=story.title,
        text=story.say(rng, story.matter.reports),
        place=f"{story.words['street']}, {story.words['village']}",
        language=story.survivor_name.language,
    )
    contact = None if anonymous else NewContact(ContactKind.PHONE, phone(rng), is_safe=herself, hours="after six")
    knows_suspect = not story.has(Trait.NO_SUSPECT) and not story.has(Trait.SUSPECT_AGAIN)
    tellers = Tellers(
        teller=teller,
        reporter_name="" if anonymous or herself else named(rng, rng.choice(("female", "male"))).full,
        survivor_name=story.survivor_name.full,
        survivor_age=age,
        suspect_name=story.suspect_name.full if knows_suspect else "",
        contact=contact,
    )
    story.age = age
    office = story.office.id
    return intake.take_report(actor=story.stage.actor(taker), office_id=office, telling=telling, tellers=tellers)


def _accept(story: Story, rng: random.Random, taker: str, report: UUID) -> None:
    """The report becomes a case with a team and a first task; intake sees its words no more."""
    stage = story.stage
    parts = {named_in.part: named_in.person_id for named_in in reports.people_of(report)}
    story.survivor = parts[Part.SURVIVOR]
    story.suspect = parts.get(Part.SUSPECT)
    story.team = {role: _member(story, role, rng) for role in TEAM_ROLES}
    story.team[Role.SUPERVISOR] = story.office.logins[Role.SUPERVISOR][0]
    new = NewCase(
        types=list(story.matter.types),
        title=story.title,
        risk=rng.choice(_RISKS),
        team=[TeamPlace(story.account(role), role) for role in TEAM_ROLES],
        summary=story.say(rng, story.matter.summaries),
        basis=BasisKind.ANONYMOUS if story.has(Trait.ANONYMOUS) else _own_basis(story),
        basis_reason="Nobody has met her yet." if story.has(Trait.ANONYMOUS) else "",
    )
    story.case_id = accept_as_new(actor=stage.actor(taker), report_id=report, new=new)
    stage.reach_changed(*story.team.values())


def _own_basis(story: Story) -> BasisKind:
    return BasisKind.ASSENT if story.matter.child else BasisKind.CONSENT


def _decides(story: Story) -> str:
    return "caregiver" if story.matter.child else "self"


def _form_team(story: Story, rng: random.Random) -> None:
    """Partners come onto the team as far as they are needed, and in cases that are shown tracks get their leads."""
    stage, office = story.stage, story.office
    lead = story.by(Role.SUPERVISOR)
    partners = [Role.EXAMINER] if story.has(Trait.MEDICAL) else []
    for role in (*partners, *(_PARTNERS if story.plan.number % 3 == 0 else ())):
        login = stage.who(office, role, rng)
        cases.add_to_team(
            actor=lead,
            case_id=story.case,
            account_id=stage.accounts[login],
            role=role,
            reason="Works on this case",
            until_on=_partners_end(story) if role in _PARTNERS else None,
        )
    stage.reach_changed()
    for kind, role in _LEADS.items() if story.is_special else ():
        cases.lead_track(actor=story.by(Role.LAWYER), case_id=story.case, kind=kind, account_id=story.account(role))
    if story.has(Trait.BARRED):
        access.set_bar(
            actor=lead,
            account_id=stage.accounts[_RELATIVE],
            office_id=office.id,
            person_id=story.suspect,
            reason="The suspect is a cousin. He said so himself on the first day.",
        )
        stage.reach_changed(_RELATIVE)
        _give_own_details(story)


def _give_own_details(story: Story) -> None:
    """The caseworker gave her number and a brother-in-law's name, which a suspect has too: a supervisor is asked."""
    people.save_own_details(
        actor=story.by(Role.CASEWORKER),
        phones=[phone(story.dice("details"))],
        names=[],
        close_phones=[],
        close_names=[story.suspect_name.full],
    )


def _partners_end(story: Story) -> date:
    """Partners are on a team for a time; in the demonstration they are there still on the day that it shows."""
    return (story.stage.until + timedelta(days=60)).date()


_LEADS = {
    TrackKind.ACCOUNTABILITY: Role.LAWYER,
    TrackKind.RESTORATION: Role.CASEWORKER,
}
_PARTNERS = (Role.POLICE, Role.PROSECUTOR, Role.AUDITOR)
_RELATIVE = "bruno"


def _member(story: Story, role: Role, rng: random.Random) -> str:
    there = story.office.logins[role]
    if story.has(Trait.BARRED):
        return next(login for login in reversed(there) if login != _RELATIVE)
    if story.has(Trait.OFFERED) and role is Role.LAWYER:
        return there[-1]
    # The cast is known by the cases that every demonstration has.
    return there[0] if story.is_special else rng.choice(there)


def _know_people(story: Story, diary: Diary) -> None:
    """What is known of the people after the first meeting: names in other letters, birth, a relative."""
    rng = diary.rng
    me = story.by(Role.CASEWORKER)
    birth = diary.day.year - story.age
    born = PartialDate(birth, rng.randint(1, 12) if rng.randrange(2) else None, None, rng.randrange(3) == 0)
    needs = rng.choice(("", "", "Needs an interpreter in court.", "Walks with a stick; no stairs."))
    people.change_person(
        actor=me,
        person_id=story.her,
        name=story.survivor_name.full,
        known_as=story.words["first"],
        birth=born,
        gender=story.gender,
        languages=[story.survivor_name.speaks],
        needs=needs,
        disability=["walking"] if "stick" in needs else (),
        citizenships=["stateless"] if story.has(Trait.FAMILY) else (),
    )
    if story.survivor_name.latin:
        people.add_name(actor=me, person_id=story.her, full=story.survivor_name.latin, kind=NameKind.TRANSLITERATED)
    people.add_contact(
        actor=me,
        person_id=story.her,
        kind=rng.choice((ContactKind.PHONE, ContactKind.MESSAGES)),
        value=phone(rng),
        whose=rng.choice(("", "her own, hidden", "her sister's")),
        is_safe=True,
        may_leave_message=rng.randrange(3) == 0,
        hours=rng.choice(("weekdays after six", "in the morning", "Sundays only")),
        rules="Say that the library calls.",
        code_word=rng.choice(("library book", "paper boat", "blue scarf")),
    )
    if story.matter.child or story.has(Trait.FAMILY) or rng.randrange(4) == 0:
        _add_relative(story, rng)
    _identify_suspect(story, rng)
    if story.has(Trait.SHOWCASE):
        portraits.keep_portraits(story)
        _know_of_a_death(story, diary)
    if story.matter.key == "trafficking":
        _decide_trafficking(story, diary)


def _know_of_a_death(story: Story, diary: Diary) -> None:
    """A witness who could be called safely has died since; her number stays, and nobody calls it."""
    lead, rng = story.by(Role.SUPERVISOR), story.dice("death")
    name = named(rng, "female").full
    number = NewContact(ContactKind.PHONE, phone(rng), is_safe=True, hours="in the morning")
    witness = people.add_person(
        actor=lead, office_id=story.office.id, kind=PersonKind.WITNESS, name=name, contacts=[number]
    )
    cases.add_party(actor=lead, case_id=story.case, person_id=witness, role=PartyRole.WITNESS)
    died = PartialDate(diary.day.year, diary.day.month)
    people.change_person(actor=lead, person_id=witness, name=name, has_died=True, died=died)


def _decide_trafficking(story: Story, diary: Diary) -> None:
    """The police found her to be trafficked; with the police not asked yet, we suppose it."""
    lead = story.by(Role.SUPERVISOR)
    told = story.has(Trait.QUICK_COURT)
    for party in queries.parties(lead, story.case, [PartyRole.SURVIVOR]):
        cases.change_party(
            actor=lead,
            party_id=party.id,
            expected=party.version,
            relationship=party.relationship,
            relation=party.relation,
            related_to=party.related_to,
            no_contact=party.no_contact,
            trafficking=TraffickingStatus.ACTUAL if told else TraffickingStatus.POSSIBLE,
            trafficking_by=TraffickingDecider.POLICE if told else TraffickingDecider.NGO,
            trafficking_on=diary.day,
        )


def _add_relative(story: Story, rng: random.Random) -> None:
    lead = story.by(Role.SUPERVISOR)
    name = named(rng, "female").full
    relative = people.add_person(
        actor=lead,
        office_id=story.office.id,
        kind=PersonKind.FAMILY,
        name=name,
        gender="female",
        contacts=[NewContact(ContactKind.PHONE, phone(rng), is_safe=True, hours="any time")],
    )
    kin = rng.choice(("mother", "sister", "aunt", "grandmother"))
    cases.add_party(
        actor=lead,
        case_id=story.case,
        person_id=relative,
        role=PartyRole.CAREGIVER if story.matter.child else PartyRole.FAMILY,
        relation={"mother": "parent", "sister": "sibling"}.get(kin, "relative"),
        related_to=story.her,
        relationship=kin,
    )
    story.relative = relative
    if story.has(Trait.FAMILY):
        _write_down_twice(story, relative, name)


def _write_down_twice(story: Story, relative: UUID, name: str) -> None:
    """The relative was written down as a witness too: joined in the story that is shown, else still to be decided."""
    lead = story.by(Role.SUPERVISOR)
    again = people.add_person(actor=lead, office_id=story.office.id, kind=PersonKind.WITNESS, name=name)
    cases.add_party(actor=lead, case_id=story.case, person_id=again, role=PartyRole.WITNESS)
    pair = {"kept_id": relative, "joined_id": again}
    people.ask_to_join(actor=story.by(Role.CASEWORKER), reason="She came to the door on both days.", **pair)
    if story.has(Trait.SHOWCASE):
        people.join_persons(actor=lead, answer="She says so herself.", **pair)


def _identify_suspect(story: Story, rng: random.Random) -> None:
    """An alias for a suspect who was named; or the suspect of another case, which is linked then."""
    lead = story.by(Role.SUPERVISOR)
    known = story.stage.suspects.get(story.office.place.key)
    if story.has(Trait.SUSPECT_AGAIN) and known is not None:
        other, story.suspect = known
        cases.add_party(actor=lead, case_id=story.case, person_id=story.suspect, role=PartyRole.SUSPECT)
        cases.link_cases(
            actor=lead,
            case_id=story.case,
            other_id=other,
            kind="same_suspect",
            reason="The same foreman is named.",
        )
        return
    if story.suspect is None:
        return
    if rng.randrange(3) == 0:
        people.add_name(
            actor=story.by(Role.INVESTIGATOR),
            person_id=story.suspect,
            full=rng.choice(NICKNAMES),
            kind=NameKind.ALIAS,
        )
    story.stage.suspects[story.office.place.key] = (story.case, story.suspect)


def _bases(story: Story, diary: Diary) -> None:
    """Why words are kept, and to whom they may go: each purpose and recipient by itself."""
    rng = diary.rng
    place = story.office.place
    record = partial(
        cases.record_basis,
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        person_id=story.her,
        kind=_own_basis(story),
        giver=_decides(story),
        explained=list(EXPLAINED_LABELS)[: story.dice("explained").randint(4, len(EXPLAINED_LABELS))],
        language=story.dice("language").choice(("Lakeside Creole", "Upland", "English")),
        interpreter="" if story.plan.number % 3 else "Ina Example, sworn interpreter",
        witness="Wanda Muster, nurse",
    )
    if story.matter.child or story.has(Trait.ANONYMOUS):
        record(method=rng.choice(("oral", "written", "thumbprint")))
    if story.has(Trait.REFUSED):
        reason = "She does not want the police to be told now. We ask again in three months."
        record(purpose=Purpose.POLICE, recipient=place.station, refused=True, reason=reason)
    else:
        agency = story.stage.partners["prosecution"]
        record(purpose=Purpose.PROSECUTION, classes=_LAW_CLASSES, recipient=place.prosecution, agency_id=agency)
    if story.has(Trait.MEDICAL):
        classes = ["identity", "examination", "health"]
        record(purpose=Purpose.MEDICAL, classes=classes, recipient=place.hospital, method="written")
    if story.is_special:
        story.go(_renewed(story, diary.at))
    if story.has(Trait.WITHDRAWN):
        story.go(_withdrawn(story, diary.at))


def _renewed(story: Story, at: datetime) -> Line:
    """She agrees to a place in a shelter for some weeks; of some cases it is renewed, of others it ends soon."""
    diary = story.diary("renewed", at)
    yield diary.after(10, 30)
    agree = partial(
        cases.record_basis,
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        person_id=story.her,
        kind=_own_basis(story),
        giver=_decides(story),
        purpose=Purpose.SHELTER,
        classes=["identity"],
        recipient="Shelter of the lakes (invented)",
        method="audio",
    )
    ends_soon = story.plan.number % 4 == 1
    last = story.stage.until.date() + timedelta(days=9 if ends_soon else 120)
    first = agree(until_on=last if ends_soon else diary.day + timedelta(days=60))
    if not ends_soon:
        yield diary.after(40, 55)
        agree(until_on=last, renews=first)


def _withdrawn(story: Story, at: datetime) -> Line:
    """She agreed that her story may be told in public, and thinks better of it."""
    diary = story.diary("withdrawn", at)
    yield diary.after(20, 40)
    told = cases.record_basis(
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        person_id=story.her,
        kind=_own_basis(story),
        giver=_decides(story),
        purpose=Purpose.STORY,
        classes=["narrative"],
        recipient="Yearly report (invented)",
        method="written",
    )
    yield diary.after(30, 60)
    withdrawing.withdraw_consent(actor=story.by(Role.CASEWORKER), basis_id=told)


def _begin_lines(story: Story, at: datetime) -> None:
    lines = [
        inquiry.incident, inquiry.leads, inquiry.suspect, inquiry.officials, interviews.first, threats.now_and_then,
        inquiry.route, inquiry.system_learns, conferences.conference, days.notes,
        days.tasks, days.promises, care.care, court.law, closing.law_ends_early,
        exhibits.exhibits, kits.kit, referrals.referrals, referrals.release,
    ]  # fmt: skip
    for line in lines:
        story.go(line(story, at))
    story.stage.agenda.start(closing.close(story, at))
    if story.is_special and story.office.place.key == "harbour" and not story.has(Trait.TO_CLOSE):
        story.go(days.lately(story))
        story.go(interviews.coming(story))
        story.go(conferences.coming(story))
    if story.has(Trait.REOPENED) or story.has(Trait.HEARING_TOMORROW):
        story.stage.agenda.start(threats.lately(story))
    if examinations.is_told(story):
        story.go(examinations.examination(story, at))
    lately = operations.lately(story)
    if lately is not None:
        story.go(lately)
    if story.has(Trait.OFFERED):
        story.go(_offered(story))


def _offered(story: Story) -> Line:
    """The lawyer goes on leave and offers her part to a colleague, who has not received it yet."""
    diary = story.diary("offered", story.began)
    yield diary.on(story.stage.until - timedelta(days=1, hours=2))
    cases.offer_case(
        actor=story.by(Role.LAWYER),
        case_id=story.case,
        to_id=story.stage.accounts[story.office.logins[Role.LAWYER][0]],
        role=Role.LAWYER,
        note="I am away for three weeks. The statement is due on Monday; the aunt comes with her.",
    )
