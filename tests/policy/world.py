"""One world with everything in it, made through the commands that people use, and the address of every page of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib import import_module
from uuid import UUID

from django.db import transaction
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from amparo.access import commands as access
from amparo.access.models import Account, Conflict, Office, RoleHeld, SignIn
from amparo.aftercare import commands as care
from amparo.aftercare.models import FollowUp
from amparo.aftercare.words import Decision, Domain, PlacementKind, ServiceType
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.models import CaseLink, Party
from amparo.cases.rules import Question
from amparo.cases.words import BasisKind, CaseType, IncidentState, NoteKind, PartyRole, Risk, RouteStage, TrackKind
from amparo.evidence import commands as evidence
from amparo.evidence.words import Category, ExportReason
from amparo.intake import commands as intake
from amparo.intake.commands import Tellers, Telling
from amparo.intake.models import Onward, Report, ReportFile
from amparo.intake.words import Agency as ReceivingAgency
from amparo.intake.words import Channel, Danger, Lack, Medical, OnwardEvent, Part, ReferralBasis, Teller, Told
from amparo.investigations import commands as investigations
from amparo.investigations.words import (
    Agency,
    Attribution,
    ContactKind,
    InterviewPurpose,
    LeadKind,
    MeasureKind,
    Qualification,
    Relieved,
    Restrained,
    Source,
    Status,
    Threatener,
    ThreatKind,
    ThreatRisk,
)
from amparo.journeys import closing, screening
from amparo.kernel import clock, ids
from amparo.kernel.dates import PartialDate, PartialTime
from amparo.kernel.words import Compartment, Role
from amparo.ledger.models import Entry
from amparo.people import commands as people
from amparo.people import words as people_words
from amparo.people.rules import NewContact
from amparo.prosecution import commands as court
from amparo.prosecution.commands import Day
from amparo.prosecution.models import Appearance, Breach
from amparo.prosecution.words import (
    Appellant,
    ChargeEvent,
    Ground,
    Measure,
    OrderKind,
    Outcome,
    Purpose,
    SentenceKind,
    Toward,
)
from amparo.staff import commands as staff
from amparo.staff import rules as staff_rules
from amparo.staff.words import CodeList, Milestone
from amparo.vault import keyring
from amparo.web import uploads
from tests.aftercare.story import assess
from tests.cast import CAST, SECRETS, CaseAtHand, Cast, hire_everybody
from tests.policy import rooms

TEAM = ("bruno", "chandra", "dalia", "esther", "femi", "grace", "mateo")
EVERYBODY = ("anonymous", *CAST, "stranger")
FEED_SECRET = "5" * 32
# Words that stand in one compartment only; whoever is shown them was shown that compartment.
CANARY = "canary-%s"
CANARIES = re.compile(r"canary-[a-z0-9]+")
_WRITER = {
    Compartment.IDENTITY: "dalia",
    Compartment.NARRATIVE: "bruno",
    Compartment.EXAMINATION: "esther",
    Compartment.CLINICAL: "esther",
    Compartment.CARE: "dalia",
    Compartment.INVESTIGATION: "bruno",
    Compartment.SUSPECT: "bruno",
    Compartment.EVIDENCE: "chandra",
    Compartment.LEGAL: "chandra",
}

Keys = dict[str, object]


@dataclass(slots=True)
class World:
    """`keys` fill the addresses; `own` says it for the few pages that are about another thing of the same kind."""

    cast: Cast
    case: CaseAtHand
    other_case: UUID
    accepted_case: UUID
    accepted_report: UUID
    keys: Keys = field(default_factory=dict)
    own: dict[str, Keys] = field(default_factory=dict)

    def url(self, name: str, **instead: object) -> str:
        """The address of a page of this world."""
        pattern = routes()[name]
        wanted = {key: self.own.get(name, {}).get(key, self.keys.get(key)) for key in pattern.pattern.converters}
        return reverse(name, kwargs=wanted | instead)


@cache
def routes() -> dict[str, URLPattern]:
    """Every address that the application knows, by name. Raises where two share one name."""
    found: dict[str, URLPattern] = {}
    for name, pattern in _walk(get_resolver(), "", {}):
        assert name not in found, name
        found[name] = pattern
    return found


def _walk(resolver: URLResolver, prefix: str, above: Keys) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _walk(entry, inner, above)
        else:
            yield f"{prefix}{entry.name}", entry


@contextmanager
def standing() -> Iterator[World]:
    """The world, for as long as the block lasts; nothing of it stays in the database."""
    settings = override_settings(PASSWORD_HASHERS=["tests.cast.QuickHasher"], SECOND_STEP_REQUIRED=False)
    with settings, transaction.atomic():
        keyring.unlock(SECRETS)
        yield built(_hired())
        transaction.set_rollback(True)


def _hired() -> Cast:
    """Everybody who was hired for the whole run; hired anew where a test before emptied the database."""
    offices = dict(Office.objects.order_by("created_at").values_list("name", "id"))
    if not offices:
        return hire_everybody()
    logins = {access.login_token(name): name for name in (*CAST, "stranger")}
    rows = Account.objects.filter(login__in=logins).values_list("login", "id")
    return Cast(offices["Harbour"], offices["Hill"], {logins[login]: key for login, key in rows})


def built(cast: Cast) -> World:
    """Everything that the rooms can hold, once."""
    case = cast.case(team=TEAM)
    accepted_report, accepted_case = _accepted(cast)
    world = World(cast, case, _closing(cast), accepted_case, accepted_report)
    world.keys = {"case_id": case.id, "person_id": case.survivor, "account_id": cast.accounts["bruno"]}
    _people(world)
    _case(world)
    _report(world)
    _investigation(world)
    _evidence(world)
    _court(world)
    _care(world)
    _organisation(world)
    for room in rooms.LATER:
        import_module(f"tests.policy.rooms.{room}").furnish(world)
    return world


def _people(world: World) -> None:
    cast, person = world.cast, world.case.survivor
    world.keys["name_id"] = people.add_name(
        actor=cast.dalia, person_id=person, full=f"Nadia {CANARY % 'maiden'}", kind=people_words.NameKind.MAIDEN
    )
    world.keys["contact_id"] = people.add_contact(
        actor=cast.dalia,
        person_id=person,
        kind=people_words.ContactKind.PHONE,
        value="+999 20 5550 100",
        rules=CANARY % "contact",
    )
    people.set_address(
        actor=cast.dalia,
        person_id=person,
        kind=people_words.AddressKind.HOME,
        address=f"{CANARY % 'address'}: 7 Sample Lane",
    )
    _records(world)
    reception = uploads.Reception(person, Compartment.IDENTITY, cast.office)
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "#c9a48a").save(drawn, "PNG")
    photo = people.add_photo(
        actor=cast.dalia,
        person_id=person,
        basis=people_words.PhotoBasis.AGREED,
        about=CANARY % "photo",
        upload_id=_sent(world, "dalia", reception, drawn.getvalue()),
    )
    world.own |= {
        f"people:{name}": {"photo_id": photo, "person_id": person} for name in ("look", "picture", "remove_photo")
    }
    contact = {"contact_id": world.keys["contact_id"]}
    world.own |= {f"people:{name}": contact for name in ("change_contact", "end_contact")}


def _records(world: World) -> None:
    """Another record of the survivor: asked to be joined with hers, and a third that was joined already."""
    cast, case = world.cast, world.case
    other, joined = cast.person(name="Nadia Sample"), cast.person(name="Nadja Sample")
    for record in (other, joined):
        cases.add_party(actor=cast.jalil, case_id=case.id, person_id=record, role=PartyRole.WITNESS)
        people.ask_to_join(actor=cast.dalia, kept_id=case.survivor, joined_id=record, reason=CANARY % "joining")
    people.join_persons(actor=cast.jalil, kept_id=case.survivor, joined_id=joined, answer=CANARY % "joined")
    world.keys["other_id"] = other
    world.own["people:part"] = {"other_id": joined}


def _case(world: World) -> None:
    cast, case = world.cast, world.case
    keys = world.keys
    witness = cast.person(people_words.PersonKind.WITNESS, "Wassim Sample")
    cases.add_party(
        actor=cast.jalil,
        case_id=case.id,
        person_id=witness,
        role=PartyRole.WITNESS,
        relationship=CANARY % "relationship",
    )
    keys["party_id"] = Party.objects.get(person_id=witness).id
    keys["basis_id"] = cases.record_basis(
        actor=cast.dalia,
        case_id=case.id,
        person_id=case.survivor,
        kind=BasisKind.CONSENT,
        purpose="prosecution",
        classes=["identity"],
        recipient="Example Prosecution Service",
    )
    keys["note_id"] = _notes(world)
    today = clock.today()
    keys["task_id"] = cases.set_task(
        actor=cast.dalia, case_id=case.id, title="Call her aunt", assigned_id=cast.accounts["dalia"], due_on=today
    )
    keys["promise_id"] = cases.make_promise(
        actor=cast.dalia, case_id=case.id, person_id=case.survivor, text="We call on Friday", due_on=today
    )
    keys["incident_id"] = cases.record_incident(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        began=PartialDate(2026, 2, 1),
        answers={Question.GENDER_BASED: True, Question.PENETRATION: False, Question.UNWANTED_CONTACT: True},
        place="Example Street",
        summary=CANARY % "incident",
        narrative=CANARY % "narrative",
    )
    cases.find_incident(
        actor=cast.jalil,
        incident_id=keys["incident_id"],
        expected=1,
        state=IncidentState.UNVERIFIED,
        reason=CANARY % "finding",
    )
    keys["stage_id"] = cases.record_stage(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        stage=RouteStage.TRANSIT,
        happened=PartialDate(2025),
        place=f"{CANARY % 'routeplace'} town",
    )
    cases.link_cases(
        actor=cast.jalil, case_id=case.id, other_id=world.other_case, kind="same_place", reason=CANARY % "link"
    )
    keys["link_id"] = CaseLink.objects.get(case_id=case.id).id
    keys["handover_id"] = cases.offer_case(
        actor=cast.jalil,
        case_id=case.id,
        to_id=cast.accounts["bruno"],
        role=Role.INVESTIGATOR,
        note=CANARY % "handover",
    )
    keys |= {"kind": "relief", "owner_id": case.id, "place": "note"}


def _notes(world: World) -> UUID:
    """A note in each compartment that somebody may write notes into; returns that of the narrative."""
    written: dict[Compartment, UUID] = {}
    for compartment in Compartment:
        writer = _WRITER.get(compartment)
        if writer is not None:
            written[compartment] = cases.write_note(
                actor=world.cast.actor(writer),
                case_id=world.case.id,
                compartment=compartment,
                kind=NoteKind.OTHER,
                text=f"{CANARY % compartment.lower()} as noted",
            )
    return written[Compartment.NARRATIVE]


def _taken(cast: Cast, name: str, brief: str, told: str) -> UUID:
    telling = Telling(
        channel=Channel.PHONE,
        danger=Danger.YES,
        danger_words="He waits at the gate",
        medical=Medical.NEEDED,
        incident=PartialTime.exact(clock.now() - timedelta(hours=5)),
        summary=f"{CANARY % brief} in short",
        text=f"{CANARY % told} as told",
    )
    who = Tellers(teller=Teller.SURVIVOR, survivor_name=name, survivor_age=15)
    return intake.take_report(actor=cast.amina, office_id=cast.office, telling=telling, tellers=who)


def _report(world: World) -> None:
    cast = world.cast
    key = _taken(cast, "Rana Sample", "brief", "told")
    intake.add_note(actor=cast.amina, report_id=key, text="She called again")
    intake.add_person(actor=cast.amina, report_id=key, part=Part.SUSPECT, name="Oskar Muster")
    row = Report.objects.get(pk=key)
    reception = uploads.Reception(row.id, Compartment.NARRATIVE, row.office_id)
    intake.add_file(actor=cast.amina, report_id=key, upload_id=_sent(world, "amina", reception, b"A letter."))
    file = ReportFile.objects.get(report_id=key)
    world.keys["report_id"] = key
    world.keys["file_id"] = file.id
    _onward(world)


def _onward(world: World) -> None:
    """Another report, which went on to an agency of the directory."""
    amina = world.cast.amina
    report = _taken(world.cast, "Lila Sample", "onwardbrief", "onwardtold")
    intake.refer_on(
        actor=amina,
        report_id=report,
        agency=ReceivingAgency.SHELTER,
        name=CANARY % "onwardname",
        basis=ReferralBasis.CONSENT,
        told=Told.BOTH,
        remark=CANARY % "onwardspoke",
    )
    onward = Onward.objects.get(report_id=report)
    intake.move_onward(actor=amina, onward_id=onward.id, event=OnwardEvent.ACKNOWLEDGE, words=CANARY % "onwardstep")
    world.own["intake:move_onward"] = {"onward_id": onward.id, "event": "accept"}
    past = _taken(world.cast, "Mona Sample", "pastbrief", "pasttold")
    intake.mark_insufficient(actor=amina, report_id=past, lack=Lack.NO_PLACE)
    Report.objects.filter(pk=past).update(decided_at=clock.now() - timedelta(days=1500))
    world.own["desk:erase_report"] = {"report_id": past}


def _sent(world: World, name: str, reception: uploads.Reception, body: bytes) -> UUID:
    ticket = uploads.ticket_for(world.cast.actor(name), reception)
    world.keys.setdefault("ticket", ticket)
    answer = world.cast.client(name).put(
        reverse("upload", args=[ticket]),
        body,
        content_type="application/octet-stream",
        headers={"X-File-Name": "letter.txt"},
    )
    assert answer.status_code == 204, answer.content
    return UUID(answer.headers["X-Upload-Id"])


def _accepted(cast: Cast) -> tuple[UUID, UUID]:
    """A report that Amina took and made into a case of Bruno, Chandra and Dalia."""
    report = _taken(cast, "Salma Sample", "acceptedbrief", "acceptedtold")
    new = screening.NewCase(
        types=[CaseType.SEXUAL_VIOLENCE],
        title="Second Example Street",
        risk=Risk.HIGH,
        team=[
            screening.TeamPlace(cast.accounts[name], role)
            for name, role in (("dalia", Role.CASEWORKER), ("bruno", Role.INVESTIGATOR), ("chandra", Role.LAWYER))
        ],
        basis=BasisKind.CONSENT,
    )
    return report, screening.accept_as_new(actor=cast.amina, report_id=report, new=new)


def _closing(cast: Cast) -> UUID:
    """A second case, all of whose work is done, for which Dalia asked to close it."""
    case = cast.case()
    for kind, state in (
        (TrackKind.RELIEF, "not_needed"),
        (TrackKind.ACCOUNTABILITY, "not_pursued"),
        (TrackKind.RESTORATION, "ended_otherwise"),
        (TrackKind.SYSTEM, "nothing_learned"),
    ):
        states = {track.kind: track.state for track in case_queries.tracks(case_queries.case_head(cast.jalil, case.id))}
        if states[kind] != state:
            cases.change_track(actor=cast.jalil, case_id=case.id, kind=kind, state=state)
    closing.ask_to_close(actor=cast.dalia, case_id=case.id, reason="goals_met", remark=CANARY % "closing")
    return case.id


def _investigation(world: World) -> None:
    cast, case, keys = world.cast, world.case, world.keys
    day = PartialDate(2026, 4, 1)
    keys["lead_id"] = investigations.open_lead(
        actor=cast.bruno,
        case_id=case.id,
        kind=LeadKind.VEHICLE,
        title=f"{CANARY % 'lead'}, a blue van",
        assigned_id=cast.accounts["bruno"],
    )
    keys["status_id"] = investigations.record_status(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.suspect,
        status=Status.ARRESTED,
        happened=day,
        source=Source.POLICE,
    )
    how = {"case_id": case.id, "attribution": Attribution.DIRECT, "happened": day}
    keys["outcome_id"] = investigations.record_relief(
        actor=cast.dalia, person_id=case.survivor, how=Relieved.RESCUED, **how
    )
    investigations.record_restraint(actor=cast.bruno, person_id=case.suspect, how=Restrained.ARREST, **how)
    contact = investigations.record_contact(
        actor=cast.bruno,
        case_id=case.id,
        who=investigations.Contacted(name="Officer Muster", agency_kind=Agency.POLICE),
        talk=investigations.Talk(
            ContactKind.CALL, clock.today(), CANARY % "agreed", "Call again", next_on=clock.today()
        ),
    )
    ask = investigations.ask_partner(
        actor=cast.bruno,
        lead_id=keys["lead_id"],
        of=investigations.AskedOf(name=CANARY % "askedof"),
        asked=CANARY % "askedwhat",
        due_on=clock.today(),
    )
    keys["ask_id"] = ask
    here = investigations.AskedOf(name=CANARY % "askedhere", reader_id=cast.femi.account_id)
    world.own["investigations:answer_here"] = {
        "ask_id": investigations.ask_partner(
            actor=cast.bruno, lead_id=keys["lead_id"], of=here, asked=CANARY % "askedofus", due_on=clock.today()
        )
    }
    steps = ("step_done", "correct_contact", "withdraw_contact")
    world.own |= {f"investigations:{name}": {"contact_id": contact} for name in steps}
    keys["threat_id"] = threat = investigations.report_threat(
        actor=cast.dalia,
        case_id=case.id,
        person_id=case.survivor,
        by=Threatener.SUSPECT,
        by_person_id=case.suspect,
        kind=ThreatKind.WATCHED,
        happened=day,
        risk=ThreatRisk.HIGH,
        summary=f"{CANARY % 'threat'}: somebody waits",
        account=CANARY % "threataccount",
    )
    measure = investigations.add_measure(
        actor=cast.dalia,
        threat_id=threat,
        kind=MeasureKind.MOVED,
        responsible_id=cast.accounts["dalia"],
        due_on=clock.today(),
        details=f"{CANARY % 'threatplace'}, room 4",
    )
    world.own |= {f"investigations:{name}": {"measure_id": measure} for name in ("do_measure", "drop_measure")}
    keys["interview_id"] = investigations.plan_interview(
        actor=cast.bruno,
        case_id=case.id,
        person_id=case.survivor,
        plan=investigations.InterviewPlan(
            purpose=InterviewPurpose.CLARIFY,
            why=CANARY % "interviewwhy",
            planned_at=clock.now(),
            interviewer_id=cast.accounts["bruno"],
            qualification=Qualification.TRAUMA,
            place=f"{CANARY % 'interviewplace'}, upstairs",
        ),
        has_read=True,
    )
    world.own["investigations:record_status"] = {"person_id": case.suspect}


def _evidence(world: World) -> None:
    cast, case, keys = world.cast, world.case, world.keys
    items = [
        evidence.register_physical(
            actor=cast.bruno,
            case_id=case.id,
            category=Category.DIGITAL,
            description=f"{CANARY % 'item'}, telephone {number}",
            seal=f"B 40 11{number}",
            place=f"Shelf 2, {CANARY % 'custody'}",
        )
        for number in range(3)
    ]
    keys["item_id"] = items[0]
    _through_hands(world, items[0])
    evidence.hand_over(actor=cast.bruno, item_id=items[1], to_id=cast.accounts["noor"])
    evidence.check_seal(actor=cast.bruno, item_id=items[2], seal_read="B 99 999", unbroken=True)
    reception = uploads.Reception(case.id, Compartment.EVIDENCE, cast.office)
    digital = evidence.register_digital(
        actor=cast.bruno,
        case_id=case.id,
        category=Category.DOCUMENTARY,
        description="A letter",
        may_show_abuse=False,
        upload_id=_sent(world, "bruno", reception, b"An invented letter."),
    )
    pending, gone, file = ({"item_id": key} for key in (items[1], items[2], digital))
    world.own |= {f"evidence:{name}": pending for name in ("receive", "refuse", "take_back")}
    world.own |= {
        f"evidence:{name}": file for name in ("view_file", "picture", "file", "download_copy", "export", "isolate")
    }
    keys["copy_id"] = evidence.record_copy(
        actor=cast.bruno, item_id=digital, why=ExportReason.COURT, reason="For the hearing"
    )
    world.own["evidence:explain_gap"] = gone
    keys |= {"seq": 3, "gap": "seal"}


def _through_hands(world: World, item: UUID) -> None:
    """It went to somebody outside and came back; each word of that is for who sees chains of custody."""
    word, bruno = CANARY % "custody", world.cast.bruno
    outside = evidence.Outside(name=f"{word} Muster", organisation=f"{word} Laboratory")
    evidence.hand_over(actor=bruno, item_id=item, to_outside=outside, place=word, order=word, reason=word)
    evidence.receive(
        actor=bruno, item_id=item, from_outside=outside, place=word, seal_read="B 40 110", reason=f"{word} came back"
    )


def _court(world: World) -> None:
    cast, case, keys = world.cast, world.case, world.keys
    today = clock.today()
    keys["proceeding_id"] = proceeding = court.open_proceeding(
        actor=cast.chandra,
        case_id=case.id,
        agency_kind=Agency.POLICE,
        complaint_on=today - timedelta(days=300),
        complaint_no="FIR 1/2025",
        court="Example District Court",
    )
    charges = [_charge(world, proceeding, section) for section in ("Section 1", "Section 2")]
    keys["charge_id"] = charges[1]
    held = _hearing(world, -2)
    court.hold_hearing(
        actor=cast.chandra,
        hearing_id=held,
        day=Day(attendance=("survivor",), testified=frozenset([case.survivor]), outcome=CANARY % "hearing"),
    )
    keys["appearance_id"] = Appearance.objects.filter(hearing_id=held).values_list("id", flat=True).get()
    keys["hearing_id"] = _hearing(world, 0)
    verdict = {"actor": cast.chandra, "on": today}
    keys["verdict_id"] = court.pronounce(charge_id=charges[0], outcome=Outcome.CONVICTED, **verdict)
    keys["sentence_id"] = court.enter_sentence(
        verdict_id=keys["verdict_id"], kind=SentenceKind.CUSTODY, custody_months=24, **verdict
    )
    third = court.pronounce(charge_id=_charge(world, proceeding, "Section 3"), outcome=Outcome.CONVICTED, **verdict)
    court.lodge_appeal(verdict_id=third, by=Appellant.DEFENCE, **verdict)
    world.own["prosecution:decide_appeal"] = {"verdict_id": third}
    keys["measure_id"] = court.request_measure(
        proceeding_id=proceeding, person_id=case.survivor, measure=Measure.SCREEN, **verdict
    )
    keys["compensation_id"] = court.order_compensation(
        proceeding_id=proceeding, person_id=case.survivor, amount=5000, currency="XTS", **verdict
    )
    terms = court.Terms(Agency.COURT, today - timedelta(days=9), today - timedelta(days=1), conditions=CANARY % "terms")
    keys["order_id"] = court.issue_order(
        actor=cast.chandra,
        proceeding_id=proceeding,
        kind=OrderKind.PROTECTION,
        accused_id=case.suspect,
        person_id=case.survivor,
        terms=terms,
    )
    breached = today - timedelta(days=2)
    court.record_breach(actor=cast.dalia, order_id=keys["order_id"], on=breached, what=CANARY % "breach")
    keys["breach_id"] = Breach.objects.values_list("id", flat=True).get()
    keys["exhibit_id"] = court.propose_exhibit(
        proceeding_id=proceeding, item_id=keys["item_id"], mark=CANARY % "mark", **verdict
    )
    rests = court.Rests(Ground.ORDER, CANARY % "order")
    court.disclose(
        exhibit_id=keys["exhibit_id"], toward=Toward.COURT, rests=rests, to_whom=CANARY % "towhom", **verdict
    )
    keys["feed_id"] = court.make_feed(actor=cast.chandra, secret=FEED_SECRET)
    keys |= {"secret": FEED_SECRET, "year": today.year, "number": today.month, "day": today.day}


def _charge(world: World, proceeding: UUID, section: str) -> UUID:
    on = clock.today() - timedelta(days=200)
    key = court.propose_charge(
        actor=world.cast.chandra,
        proceeding_id=proceeding,
        accused_id=world.case.suspect,
        survivor_id=world.case.survivor,
        section=section,
        on=on,
    )
    court.move_charge(actor=world.cast.chandra, charge_id=key, event=ChargeEvent.FILE, on=on)
    return key


def _hearing(world: World, days: int) -> UUID:
    return court.list_hearing(
        actor=world.cast.chandra,
        proceeding_id=world.keys["proceeding_id"],
        listed_at=clock.now() + timedelta(days=days),
        purpose=Purpose.SURVIVOR_EVIDENCE,
        judge="Judge Muster",
    )


def _care(world: World) -> None:
    cast, case, keys = world.cast, world.case, world.keys
    today = clock.today()
    dalia = {"actor": cast.dalia}
    keys["client_id"] = client = care.enrol(case_id=case.id, person_id=case.survivor, **dalia)
    family = _relative(world, "Mona Sample")
    world.own["aftercare:enrol"] = {"person_id": _relative(world, "Omar Sample")}
    safety = care.draft_safety_plan(client_id=client, way_out=f"{CANARY % 'safety'}, the gate", **dalia)
    care.agree_safety_plan(plan_id=safety, review_on=today + timedelta(days=28), **dalia)
    keys["plan_id"] = plan = care.draft_care_plan(client_id=client, matters=CANARY % "plan", **dalia)
    keys["goal_id"] = care.set_goal(plan_id=plan, domain=Domain.WORK, words=CANARY % "goal", **dalia)
    safety_pages = ("change_safety", "agree_safety", "review_safety", "retire_safety")
    world.own |= {f"aftercare:{name}": {"plan_id": safety} for name in safety_pages}
    hers = care.enrol(case_id=case.id, person_id=family, **dalia)
    agreed = care.draft_care_plan(client_id=hers, matters="To sleep at night", **dalia)
    care.set_goal(plan_id=agreed, domain=Domain.MIND, words="To sleep", **dalia)
    care.agree_care_plan(plan_id=agreed, review_on=today + timedelta(days=90), **dalia)
    world.own |= {f"aftercare:{name}": {"plan_id": agreed} for name in ("approve_plan", "review_plan", "end_plan")}
    keys["service_id"] = care.plan_service(
        client_id=client, type=ServiceType.LIVELIHOOD, what="A sewing machine", provider_kind="partner", **dalia
    )
    keys["placement_id"] = care.record_placement(
        client_id=client,
        kind=PlacementKind.SHELTER,
        from_on=today,
        address=f"{CANARY % 'placement'}: 9 Sample Lane",
        **dalia,
    )
    done = assess(cast, client, 2)
    keys["assessment_id"] = care.start_assessment(client_id=client, **dalia)
    world.own["aftercare:second_scoring"] = {"assessment_id": done}
    care.decide_restoration(
        actor=cast.jalil,
        client_id=client,
        decision=Decision.MONITORING,
        assessment_id=done,
        reason="She has work and a home",
    )
    care.plan_follow_ups(client_id=client, **dalia)
    keys["follow_up_id"] = FollowUp.objects.filter(person_id=case.survivor).earliest("due_on").id


def _relative(world: World, name: str) -> UUID:
    cast, case = world.cast, world.case
    key = cast.person(people_words.PersonKind.FAMILY, name)
    cases.add_party(actor=cast.jalil, case_id=case.id, person_id=key, role=PartyRole.FAMILY)
    cases.record_basis(actor=cast.jalil, case_id=case.id, person_id=key, kind=BasisKind.CONSENT)
    return key


def _conflict(cast: Cast) -> UUID:
    """Somebody in no case has the telephone number that a trainer gave for the checks."""
    number = "+999 20 5550 188"
    people.save_own_details(actor=cast.oksana, phones=[number], names=[], close_phones=[], close_names=[])
    cast.person(contacts=[NewContact(people_words.ContactKind.PHONE, number)])
    return Conflict.objects.get().id


def _organisation(world: World) -> None:
    cast, keys = world.cast, world.keys
    keys["office_id"] = cast.office
    keys["role_id"] = RoleHeld.objects.get(account_id=cast.accounts["bruno"]).id
    new = staff_rules.Clock("example_days", "To a charge", 90, Milestone.COMPLAINT, Milestone.CHARGE)
    staff.save_clock(actor=cast.jalil, expected=0, clock=new, is_new=True)
    staff.add_code(actor=cast.jalil, name=CodeList.DISTRICTS, code="lakeside", label="Lakeside")
    cast.client("bruno")
    keys["sign_in_id"] = SignIn.objects.filter(account_id=cast.accounts["bruno"]).latest("started_at").id
    keys["bar_id"] = access.set_bar(
        actor=cast.lina,
        account_id=cast.accounts["oksana"],
        office_id=cast.office,
        case_id=world.case.id,
        reason=CANARY % "bar",
    )
    world.own["cases:conflict"] = {"conflict_id": _conflict(cast)}
    keys["index"] = Entry.objects.order_by("index").values_list("index", flat=True)[40]
    keys["name"] = CodeList.DISTRICTS.value
    keys["code"] = "lakeside"
    world.own["staff:change_clock"] = {"code": new.code}
    world.own |= {
        f"desk:{name}": {"case_id": world.other_case}
        for name in ("closing", "ask_to_close", "approve_closing", "decline_closing", "reopen")
    }
    people_of_office = {"leaving_id": world.cast.accounts["bruno"], "taking_id": world.cast.accounts["dalia"]}
    world.own["journeys:hand_over"] = people_of_office


def missing(world: World, name: str) -> str | None:
    """The same address about nothing: each id is one that was never given. None where it holds no id."""
    converters = routes()[name].pattern.converters
    fresh = {key: ids.new_id() for key, kind in converters.items() if type(kind).__name__ == "UUIDConverter"}
    return world.url(name, **fresh) if fresh else None
