"""Aftercare: enrolment, safety, plans, services and assessments over time, and how it ends."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Generator
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from amparo.aftercare import commands as aftercare
from amparo.aftercare.queries import instruments
from amparo.aftercare.rules.scoring import Instrument
from amparo.aftercare.words import (
    Decision,
    Domain,
    EndReason,
    PlacementKind,
    Progress,
    ServiceState,
    ServiceType,
    Unscored,
)
from amparo.cases import commands as cases
from amparo.cases.words import CopyPart, CopyWay
from amparo.desk.synthetic import texts
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.plans import Trait
from amparo.desk.synthetic.story import Story
from amparo.journeys import own_copies
from amparo.kernel.words import Role

_HALF_YEAR = 178
_LOWEST, _HIGHEST = 1, 4


def care(story: Story, at: datetime) -> Line:
    """Aftercare of the survivor, and of a relative where the plan has one."""
    diary = story.diary("care", at)
    yield diary.after(2, 12)
    client = aftercare.enrol(actor=story.by(Role.CASEWORKER), case_id=story.case, person_id=story.her)
    story.marks.add("enrolled")
    story.client = client
    story.go(safety(story, client, diary.at))
    story.go(plan(story, client, diary.at))
    story.go(assessments(story, client, diary.at, "survivor"))
    if diary.rng.randrange(3) == 0:
        story.go(placement(story, client, diary.at))
    if story.relative is not None and story.has(Trait.FAMILY):
        yield diary.after(3, 20)
        relative = aftercare.enrol(actor=story.by(Role.CASEWORKER), case_id=story.case, person_id=story.relative)
        story.relative_client = relative


def _give_own_copy(story: Story) -> None:
    """She asks for what is hers on paper, and leaves it with us: at home it would be found."""
    me = story.by(Role.CASEWORKER)
    parts = [CopyPart.IDENTITY, CopyPart.CONSENTS, CopyPart.PLAN]
    paper = own_copies.own_copy(me, story.case, story.her, parts, "en")
    cases.record_own_copy(
        actor=me,
        case_id=story.case,
        person_id=story.her,
        parts=parts,
        language="en",
        way=CopyWay.KEPT,
        is_safe=False,
        sha256=hashlib.sha256(paper).hexdigest(),
        remark="In the locked cabinet; she reads it when she comes.",
    )


def safety(story: Story, client: UUID, at: datetime) -> Line:
    """A safety plan that is drafted, agreed and gone through again and again."""
    diary = story.diary("safety", at)
    rng = diary.rng
    yield diary.after(0.1, 3)
    warnings, contacts, way_out, chosen = rng.choice(texts.SAFETY)
    draft = aftercare.draft_safety_plan(
        actor=story.by(Role.CASEWORKER),
        client_id=client,
        warnings=warnings,
        contacts=contacts,
        way_out=way_out,
        chosen=chosen,
        code_word=rng.choice(texts.CODE_WORDS),
    )
    yield diary.after(1, 6)
    if rng.randrange(10) == 0:
        return
    aftercare.agree_safety_plan(
        actor=story.by(Role.CASEWORKER),
        plan_id=draft,
        review_on=diary.day + timedelta(days=rng.randint(120, 178)),
    )
    while True:
        yield diary.after(140, 175)
        aftercare.review_safety_plan(
            actor=story.by(Role.CASEWORKER),
            plan_id=draft,
            review_on=diary.day + timedelta(days=rng.randint(180, 200)),
            review_words="Gone through together. The way out holds; one number is new.",
        )


def plan(story: Story, client: UUID, at: datetime) -> Line:
    """A care plan with goals in her own words, approved by the supervisor, and services for it."""
    diary = story.diary("plan", at)
    rng = diary.rng
    yield diary.after(6, 25)
    me = Role.CASEWORKER
    made = aftercare.draft_care_plan(actor=story.by(me), client_id=client, matters=rng.choice(texts.MATTERS_TO_HER))
    goals = [
        aftercare.set_goal(
            actor=story.by(me),
            plan_id=made,
            domain=Domain(domain),
            words=words,
            due_on=diary.day + timedelta(days=rng.randint(90, 300)),
        )
        for domain, words in rng.sample(texts.GOALS, 2 + story.is_special)
    ]
    yield diary.after(1, 7)
    review_on = diary.day + timedelta(days=rng.randint(80, 120))
    aftercare.agree_care_plan(actor=story.by(me), plan_id=made, review_on=review_on)
    yield diary.after(1, 9)
    aftercare.approve_care_plan(actor=story.by(Role.SUPERVISOR), plan_id=made, answer="Good. Mind the school dates.")
    if story.has(Trait.FAMILY):
        yield diary.after(2, 6)
        _give_own_copy(story)
    for kind, what, provider in rng.sample(texts.SERVICES, 1 + story.is_special):
        story.go(service(story, client, Diary(random.Random(rng.random()), diary.at), kind, what, provider))  # noqa: S311
    yield diary.after(30, 90)
    aftercare.move_goal(actor=story.by(me), goal_id=goals[0], progress=Progress.IN_PROGRESS)
    yield diary.after(10, 50)
    review_on = diary.day + timedelta(days=rng.randint(90, 150))
    aftercare.review_care_plan(actor=story.by(me), plan_id=made, review_on=review_on, review_words="Gone through.")
    for goal in goals:
        yield diary.after(25, 80)
        reached = Progress.DROPPED if story.has(Trait.FALLING) and rng.randrange(2) else Progress.MET
        aftercare.move_goal(actor=story.by(me), goal_id=goal, progress=reached)


def service(story: Story, client: UUID, diary: Diary, kind: str, what: str, provider: str) -> Line:
    rng = diary.rng
    me = Role.CASEWORKER
    yield diary.after(0.1, 6)
    row = aftercare.plan_service(
        actor=story.by(me),
        client_id=client,
        type=ServiceType(kind),
        what=what,
        provider_kind=provider,
        provider="" if provider == "us" else "Sister House Network (invented)",
        due_on=diary.day + timedelta(days=rng.randint(10, 50)),
    )
    story.open_services.add(row)
    yield diary.after(3, 20)
    if row not in story.open_services:
        return
    if rng.randrange(7) == 0:
        ended = rng.choice((ServiceState.DECLINED, ServiceState.UNAVAILABLE))
        story.open_services.discard(row)
        aftercare.move_service(actor=story.by(me), service_id=row, state=ended)
        return
    aftercare.move_service(actor=story.by(me), service_id=row, state=ServiceState.CONSENTED)
    yield diary.after(10, 60)
    if row in story.open_services:
        story.open_services.discard(row)
        aftercare.move_service(actor=story.by(me), service_id=row, state=ServiceState.DELIVERED)


def placement(story: Story, client: UUID, at: datetime) -> Line:
    """A shelter first, then with relatives or on her own."""
    diary = story.diary("placement", at)
    yield diary.after(0.1, 3)
    me = Role.CASEWORKER
    place = story.office.place
    stay = aftercare.record_placement(
        actor=story.by(me),
        client_id=client,
        kind=PlacementKind.SHELTER,
        from_on=diary.day,
        address=place.shelter,
        district=place.district,
    )
    yield diary.after(40, 160)
    aftercare.end_placement(actor=story.by(me), placement_id=stay, to_on=diary.day)
    aftercare.record_placement(
        actor=story.by(me),
        client_id=client,
        kind=diary.rng.choice((PlacementKind.KIN, PlacementKind.INDEPENDENT)),
        from_on=diary.day,
        address=f"{diary.rng.randint(1, 80)} {story.words['street']}",
        district=place.district,
    )


# ---- assessments ------------------------------------------------------------------------------------------------


def assessments(story: Story, client: UUID, at: datetime, who: str) -> Line:
    """At the beginning and every half year: most rise, some fall. Decisions follow on good ones."""
    diary = story.diary(f"assessments of {who}", at)
    rng = diary.rng
    level = rng.uniform(1.5, 2.2)
    step = rng.uniform(-0.4, -0.2) if story.has(Trait.FALLING) else rng.uniform(0.45, 0.75)
    yield diary.after(4, 20)
    while True:
        rated = yield from _assess(story, client, diary, level)
        if level > 3.2 and who == "survivor":
            yield diary.after(4, 20)
            decision = Decision.RESTORED if story.has(Trait.RESTORED) else Decision.MONITORING
            _decide(story, client, rated, decision)
        elif level > 2.7 and who == "survivor" and rng.randrange(3) == 0:
            yield diary.after(4, 20)
            _decide(story, client, rated, Decision.NOT_YET)
        if "restored" in story.marks:
            return
        yield diary.after(_HALF_YEAR - 12, _HALF_YEAR + 20)
        level = min(3.8, max(1.2, level + step))


def _assess(story: Story, client: UUID, diary: Diary, level: float) -> Generator[datetime, None, UUID]:
    """One assessment around a level: begun, saved once on the way, and completed."""
    rng = diary.rng
    me = Role.CASEWORKER
    draft = aftercare.start_assessment(actor=story.by(me), client_id=client)
    yield diary.minutes(25, 70)
    aftercare.save_answers(
        actor=story.by(me), assessment_id=draft, given=_given(rng, level), environment=rng.choice(_AROUND_HER)
    )
    yield diary.minutes(1, 30)
    aftercare.complete_assessment(actor=story.by(me), assessment_id=draft)
    return draft


@cache
def _house() -> Instrument:
    return instruments.usable()[0].instrument


def _given(rng: random.Random, level: float) -> dict[str, tuple[str, str]]:
    """An answer to each statement near the level; one in twenty-five is not known yet."""
    house = _house()
    given = {}
    for item in house.items:
        score = min(_HIGHEST, max(_LOWEST, round(rng.gauss(level, 0.55))))
        given[item.code] = (str(score) if rng.randrange(25) else Unscored.NOT_YET_KNOWN.value, "")
    if level > _NO_LOW_ANSWERS:
        floors = (item.code for domain in house.domains if domain.is_floor for item in domain.items)
        given |= {code: (str(max(3, int(given[code][0]) if given[code][0].isdigit() else 3)), "") for code in floors}
    first = rng.choice(sorted(given))
    given[first] = (given[first][0], rng.choice(_RESTS_ON))
    return given


_NO_LOW_ANSWERS = 3.2
_RESTS_ON = ("She said so herself.", "Seen at the last visit.", "The teacher confirms it.")
_AROUND_HER = ("", "", "The family stands by her.", "The neighbours talk; she avoids the market.")


def _decide(story: Story, client: UUID, assessment: UUID, decision: Decision) -> None:
    aftercare.decide_restoration(
        actor=story.by(Role.SUPERVISOR),
        client_id=client,
        decision=decision,
        assessment_id=assessment,
        reason=_REASONS[decision],
    )
    if decision is Decision.RESTORED:
        story.marks.add("restored")


_REASONS = {
    Decision.RESTORED: "She lives safely, earns her own money and says that she needs us no longer. We agree.",
    Decision.MONITORING: "Safe and steady. We stay in touch for half a year and look again.",
    Decision.NOT_YET: "Much is better. The nights are not, and the case in court is not over.",
}


def settle(story: Story, reason: EndReason) -> None:
    """Bring services, plans and enrolments to their end before a case is closed."""
    me = story.by(Role.CASEWORKER)
    for row in sorted(story.open_services):
        aftercare.move_service(actor=me, service_id=row, state=ServiceState.UNAVAILABLE)
    story.open_services.clear()
    if story.client is not None:
        aftercare.plan_follow_ups(actor=me, client_id=story.client)
    for client in (story.client, story.relative_client):
        if client is not None:
            aftercare.end_client(actor=me, client_id=client, reason=reason)
