"""Referrals to services and releases to the prosecution, each on a consent that names the partner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.words import BasisKind, Purpose
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.story import Story
from amparo.evidence import queries as evidence
from amparo.journeys.withdrawing import withdraw_consent
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.partners import queries as partners
from amparo.referrals import commands, queries
from amparo.referrals.commands import Asked, Offer
from amparo.referrals.words import Channel, Event, Part, ReleaseEvent, Urgency


@dataclass(frozen=True, slots=True)
class _Need:
    """What somebody is referred for: service, partner, place (`{place}` is the district), and what is said of it."""

    service: str
    partner: str
    place: str
    parts: tuple[str, ...]
    asked: str
    words: dict[Part, str]
    urgency: Urgency = Urgency.SOON


_NEEDS = (
    _Need(
        "safe_house", "shelters", "shelter:{place}", ("identity", "care"),
        "A bed for her and one child, for six weeks at first.",
        {Part.CARE: "She sleeps badly and is afraid of men at the door. The child is four."}, Urgency.AT_ONCE,
    ),
    _Need(
        "psychosocial", "health", "hospital:{place}", ("care",),
        "Counselling once a week, with a woman, in her own language.",
        {Part.CARE: "She has begun to talk about what she is afraid of. Groups are too much for her now."},
    ),
    _Need(
        "legal", "legal", "legal:place", ("identity", "narrative"),
        "Papers for her and her children, and her wages of the last year.",
        {Part.NARRATIVE: "She worked for eleven months without pay. Her papers were kept from her."},
    ),
    _Need(
        "child_protection", "children", "children:place", ("identity", "narrative"),
        "A talk with the child in a room made for it, with sign language.",
        {Part.NARRATIVE: "The child was told once, at length, and need not tell it again. Ask us for the record."},
    ),
    _Need(
        "livelihood", "courses", "", ("identity",),
        "A place in the course for tailors that begins in spring.", {}, Urgency.ROUTINE,
    ),
    _Need(
        "health", "health", "hospital:{place}", ("identity",),
        "A check-up three months after the first visit. She comes with her aunt.", {},
    ),
)  # fmt: skip
# How a referral goes on, with weights.
_FATES = (
    ("helped", 10), ("feedback", 6), ("silent", 3), ("declined", 3), ("unwanted", 1), ("draft", 2), ("withdrawn", 1),
)  # fmt: skip


def referrals(story: Story, at: datetime) -> Line:
    """Some survivors are referred, those of the special stories sooner or later all."""
    diary = story.diary("referrals", at)
    rng = diary.rng
    if story.has(Trait.ANONYMOUS) or (not story.is_special and rng.randrange(4)):
        return
    yield diary.after(4, 12)
    for number, need in enumerate(rng.sample(_NEEDS, 1 + story.is_special)):
        story.go(_referral(story, need, Diary(story.dice(f"referral {number}"), diary.at)))
    if story.is_special and story.plan.number in (0, 1, 8):
        # So that there is always one whose answer is late, and one that was only begun.
        story.go(_lately(story))


def _to_partner(need: _Need, story: Story) -> tuple[UUID, UUID | None] | None:
    """The agency and the place, or nothing while the agency is none of the partners."""
    known = story.stage.partners
    agency = known[need.partner]
    if all(str(agency) != key for key, _name in partners.recipient_choices(story.by(Role.CASEWORKER))):
        return None
    place = need.place.format(place=story.office.place.key)
    return agency, known.get(place)


def _referral(story: Story, need: _Need, diary: Diary) -> Line:
    names, weights = zip(*_FATES, strict=True)
    fate = diary.rng.choices(names, weights)[0]
    yield diary.after(12, 200)
    made = _drafted(story, need)
    if made is None:
        return
    if fate == "draft":
        yield diary.after(40, 90)
    consent = _agreed(story, need)
    commands.give_consent(actor=story.by(Role.CASEWORKER), referral_id=made, basis_id=consent)
    if fate == "withdrawn":
        yield diary.after(1, 2)
        withdraw_consent(actor=story.by(Role.CASEWORKER), basis_id=consent)
        return
    yield from _sent(story, made, fate, diary)


def _drafted(story: Story, need: _Need) -> UUID | None:
    to = _to_partner(need, story)
    if to is None:
        return None
    asked = Asked(need.urgency, need.asked, need.parts, need.words, facility_id=to[1])
    return commands.draft_referral(
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        person_id=story.her,
        agency_id=to[0],
        service=need.service,
        asked=asked,
    )


def _agreed(story: Story, need: _Need) -> UUID:
    child = story.matter.child
    return cases.record_basis(
        actor=story.by(Role.CASEWORKER),
        case_id=story.case,
        person_id=story.her,
        kind=BasisKind.ASSENT if child else BasisKind.CONSENT,
        giver="caregiver" if child else "self",
        purpose=Purpose.REFERRAL,
        classes=need.parts,
        agency_id=story.stage.partners[need.partner],
        until_on=clock.today() + timedelta(days=240),
        method="written",
    )


def _sent(story: Story, made: UUID, fate: str, diary: Diary) -> Iterator[datetime]:
    def move(event: Event, **more: str) -> None:
        commands.move_referral(actor=story.by(Role.CASEWORKER), referral_id=made, event=event, **more)  # type: ignore[arg-type]

    yield diary.minutes(30, 200)
    move(Event.SEND, words="The sheet was handed over at their desk.")
    if fate == "silent":
        # Nobody answers for weeks; then a call.
        yield diary.after(30, 60)
    yield diary.after(0.2, 2)
    move(Event.ACKNOWLEDGE)
    if fate == "unwanted":
        yield diary.after(1, 5)
        move(Event.NOT_WANTED, words="She wants to wait until the hearing is over.")
        return
    yield diary.after(0.5, 4)
    if fate == "declined":
        move(Event.DECLINE, reason="full", words="Not before next month.")
        return
    move(Event.ACCEPT, words="The nurse on duty meets her at the side door.")
    yield diary.after(3, 12)
    move(Event.DELIVER)
    if fate == "feedback":
        yield diary.after(10, 25)
        move(Event.FEEDBACK, words="She came every week. She says that it helps her sleep.")
    yield diary.after(6, 40)
    move(Event.CLOSE)


def _lately(story: Story) -> Line:
    """In the last days: one that is sent and not answered, one that waits for her word."""
    need = _NEEDS[0] if story.plan.number == 0 else _NEEDS[1] if story.plan.number == 1 else _NEEDS[5]
    diary = story.diary("referral lately", story.began)
    yield diary.on(story.stage.until - timedelta(days=6, hours=3))
    made = _drafted(story, need)
    if made is None or story.plan.number == 8:
        return
    consent = _agreed(story, need)
    commands.give_consent(actor=story.by(Role.CASEWORKER), referral_id=made, basis_id=consent)
    yield diary.minutes(20, 60)
    commands.move_referral(actor=story.by(Role.CASEWORKER), referral_id=made, event=Event.SEND)


# ---- releases ----------------------------------------------------------------------------------------------

_GIVEN = ("identity", "statement", "evidence")


def release(story: Story, at: datetime) -> Line:
    """What the prosecution gets of some cases: on the consent that names it, while an agreement with it holds."""
    diary = story.diary("release", at)
    if not story.is_special and diary.rng.randrange(6):
        return
    lately = story.is_special and story.plan.number in (0, 1, 10)
    yield diary.on(story.stage.until - timedelta(days=3, hours=5)) if lately else diary.after(60, 260)
    consent = _for_prosecution(story)
    if consent is None or not _allowed(story):
        return
    made = _prepared(story, consent, diary)
    if story.plan.number == 1 and lately:
        return
    yield diary.minutes(60, 600)
    commands.decide_release(actor=story.by(Role.INVESTIGATOR), release_id=made, approve=True)
    yield diary.minutes(60, 300)
    _go(story, made, ReleaseEvent.SEND)
    yield diary.after(1, 6)
    _go(story, made, ReleaseEvent.ACKNOWLEDGE)
    if story.plan.number % 5 == 0:
        yield diary.after(40, 100)
        _go(story, made, ReleaseEvent.RECALL, reason="done", remark="The originals came back, seals whole.")


def _go(story: Story, made: UUID, event: ReleaseEvent, **more: str) -> None:
    commands.move_release(actor=story.by(Role.LAWYER), release_id=made, event=event, **more)  # type: ignore[arg-type]


def _for_prosecution(story: Story) -> UUID | None:
    found = case_queries.consents_for_partners(story.case, story.her)
    agency = story.stage.partners["prosecution"]
    return next((key for key, (_her, one) in found.items() if one.agency_id == agency), None)


def _allowed(story: Story) -> bool:
    verdicts = partners.release_verdicts(story.stage.partners["prosecution"], _GIVEN, clock.today())
    return all(one.allowed for one in verdicts)


def _prepared(story: Story, consent: UUID, diary: Diary) -> UUID:
    me = story.by(Role.LAWYER)
    # By what they are, oldest first: their ids and codes are never the same twice.
    items = [UUID(key) for key, _label in reversed(evidence.choices_of_case(me, story.case))][:2]
    offer = Offer(
        parts=_GIVEN if items else ("identity", "statement"),
        channel=diary.rng.choice((Channel.HAND, Channel.ENCRYPTED)),
        until_on=clock.today() + timedelta(days=diary.rng.choice((90, 180, 300))),
        items=items,
        papers=["Statement of the survivor, signed, four pages"],
        purpose="For the decision on the charge.",
    )
    return commands.prepare_release(actor=me, case_id=story.case, basis_id=consent, offer=offer)


# ---- before the case is closed -----------------------------------------------------------------------------


def settle(story: Story) -> None:
    """End what is still open, before somebody asks to close the case."""
    for referral in queries.open_in_case(story.case):
        commands.move_referral(
            actor=story.by(Role.CASEWORKER), referral_id=referral, event=Event.CANCEL, reason="not_needed"
        )
    for made, sent in queries.releases_open_in_case(story.case):
        if sent:
            _go(story, made, ReleaseEvent.RECALL, reason="done")
        else:
            _go(story, made, ReleaseEvent.CANCEL)
