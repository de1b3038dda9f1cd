"""Strengthening over two years: files observed in four units, mentoring, assessments, reforms, a scorecard.

One unit becomes better, one does not: neither is a judgement on any unit that exists.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from amparo.access import queries as access
from amparo.cases import queries as cases
from amparo.cases.words import CaseState
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.places import PLACES
from amparo.desk.synthetic.stage import Stage
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.strengthening import commands, queries
from amparo.strengthening.commands import Measured, NewContact
from amparo.strengthening.words import (
    Answer,
    Domain,
    EvidenceKind,
    Measure,
    Method,
    Mode,
    Occasion,
    Per,
    Progress,
    ReformEvent,
    Skill,
)

_TRAINER = "oksana"
# How often a step is taken, at the beginning and at the end, by unit; and how many files are looked at.
_UNITS: Mapping[str, tuple[float, float, int]] = {
    "unit:station:harbour": (0.42, 0.86, 14),
    "unit:station:lakeside": (0.52, 0.54, 13),
    "unit:station:hillside": (0.55, 0.74, 9),
    "unit:prosecution:harbour": (0.6, 0.7, 5),
}
_FIRST_FILE, _LAST_FILE = 540, 20
_EASY = {
    "contact_given": -0.1,
    "kit_sent": -0.12,
    "outcome_told": -0.2,
    "examined_in_time": 0.08,
    "support_person": 0.1,
}
# The levels of the eight domains at baseline, middle and end; a dot where nobody looked.
_LEVELS = {
    "unit:station:harbour": ("1212..11", "2222..22", "3333..32"),
    "unit:station:lakeside": ("2221..21", "2222..21", "2222..11"),
    "unit:station:hillside": ("2322..32", "3322..32", "3333..33"),
    "unit:prosecution:harbour": ("....2221", "....3222", "....3332"),
}
_OCCASIONS = ((Occasion.BASELINE, 560), (Occasion.MIDDLE, 300), (Occasion.END, 30))
_SEEN = (
    "Twenty entries of the register and five files, together with the head of the unit.",
    "Two days at the counter, and talks with four officers.",
    "The exhibits book against what stood on the shelf.",
    "Files of one month, read with the deputy.",
)
_AIMS = (
    "Open questions, one at a time, and time to breathe.",
    "Draw up the plan of the scene before anybody walks through it.",
    "The kit goes to the laboratory in the same week, with its paper.",
    "Ask her how and when she may be called, and write it down.",
)
_DONE = (
    "We went through the file together and wrote the list of what was missing. The inspector led the second half.",
    "She held the first part of the interview, we the second; afterwards we spoke about breaks and the room.",
    "We packed and labelled the exhibits side by side, and compared the two lists.",
    "He explained the next steps to the family himself; we only added the telephone number.",
)
_STEPS = (
    "Do it once alone, and call us afterwards",
    "Show it to the night shift",
    "Bring two files of one's own choice",
)
_REVIEWS = (
    "Calmer than last time, and the file is complete.",
    "Still skips the second contact.",
    "Now explains it to others.",
)
_COMMENTS = (
    "They agree. The telephone number was never given because there was none: the unit asks for a duty telephone.",
    "They think that two of the files were handed to them late, and say so in the remark.",
)
# Where: agency, unit. How long ago it was identified, and what became of it.
_REFORMS = (
    (
        "police", "unit:station:harbour", Domain.MEDICO_LEGAL, 640, "sustained",
        "Kits wait on the shelf", "Kits stay at the station until somebody happens to drive to the laboratory.",
        "A driver takes kits to the laboratory every Tuesday, and the register says so.",
    ),
    (
        "police", "unit:station:lakeside", Domain.VICTIM_CARE, 600, "lapsed",
        "Nobody tells survivors what was decided", "Families learn by chance that a file was closed.",
        "The desk officer calls within seven days of each decision.",
    ),
    (
        "prosecution", "unit:prosecution:harbour", Domain.CHARGING, 260, "adopted",
        "Files are closed without a written reason", "In many files nobody can say why they were closed.",
        "A form with a coded reason is signed by two prosecutors.",
    ),
    (
        "health", None, Domain.MEDICO_LEGAL, 70, "agreed",
        "Examinations at night cost money", "Survivors are asked to pay for gloves and forms at night.",
        "Examinations are free at any hour; a notice at the door says so.",
    ),
)  # fmt: skip
# Measure, indicator, share of, method, and for each district baseline and end: value, half of the interval, n.
_SCORES: tuple[tuple[Measure, str, Per, Method, Method, tuple[tuple[int, int, int], ...]], ...] = (
    (
        Measure.RELIANCE, "Of those who were harmed, who reported to an authority", Per.HUNDRED,
        Method.HOUSEHOLD, Method.HOUSEHOLD,
        ((9, 3, 1180), (17, 4, 1204), (11, 4, 640), (13, 4, 655), (7, 3, 590), (15, 5, 571)),
    ),
    (
        Measure.PERFORMANCE, "Files in which the first five steps were taken in time", Per.HUNDRED,
        Method.FILE_REVIEW, Method.FILE_REVIEW,
        ((34, 6, 240), (61, 6, 236), (38, 8, 150), (41, 8, 144), (40, 9, 118), (57, 9, 121)),
    ),
    (
        Measure.CONFIDENCE, "Would report to the police if it happened again", Per.HUNDRED,
        Method.HOUSEHOLD, Method.STAKEHOLDERS,
        ((28, 3, 1180), (44, 9, 96), (31, 4, 640), (33, 5, 655), (26, 4, 590), (39, 5, 571)),
    ),
    (
        Measure.PREVALENCE, "Women and girls who were harmed in the last year", Per.THOUSAND,
        Method.HOUSEHOLD, Method.HOUSEHOLD,
        ((46, 9, 1180), (29, 8, 1204), (52, 12, 640), (49, 12, 655), (58, 14, 590), (41, 12, 571)),
    ),
)  # fmt: skip


@dataclass(slots=True)
class _Made:
    """What reforms rest on: the last file that was looked at in each unit."""

    files: dict[str, UUID]


def play(stage: Stage) -> None:
    """Put everything on the agenda."""
    made = _Made({})
    for number, (unit, (low, high, count)) in enumerate(_UNITS.items()):
        rng = stage.dice("strengthening", unit)
        stage.agenda.start(_files(stage, made, rng, unit, low, high, count))
        stage.agenda.start(_assessments(stage, rng, unit))
        stage.agenda.start(_mentoring(stage, stage.dice("mentoring", unit), unit, 4 if number < 2 else 3))
    for at, plan in enumerate(_REFORMS):
        stage.agenda.start(_reform(stage, made, stage.dice("reform", at), *plan))
    stage.agenda.start(_scores(stage))


def _ago(stage: Stage, days: float) -> datetime:
    return stage.until - timedelta(days=days)


def _at_work(stage: Stage, rng: random.Random, days: float) -> datetime:
    """A working moment about so many days before now."""
    return Diary(rng, _ago(stage, days)).after(0, 1)


# ---- practice ----------------------------------------------------------------------------------------------


def _files(stage: Stage, made: _Made, rng: random.Random, unit: str, low: float, high: float, count: int) -> Line:
    step = (_FIRST_FILE - _LAST_FILE) / max(1, count - 1)
    for number in range(count):
        yield _at_work(stage, rng, _FIRST_FILE - step * number + rng.uniform(-6, 6))
        share = low + (high - low) * number / max(1, count - 1)
        made.files[unit] = _file(stage, rng, unit, share, number)
    yield stage.until - timedelta(days=12)
    _feedback(stage, rng, unit)


def _file(stage: Stage, rng: random.Random, unit: str, share: float, number: int) -> UUID:
    """One file, of a case of ours where a team can lend one."""
    lent = _case(stage, unit) if number % 3 == 0 else None
    login, case = lent or (_TRAINER, None)
    key = commands.open_file(actor=stage.actor(login), unit_id=stage.partners[unit], on=clock.today(), case_id=case)
    for item in queries.standard_checklist().items:
        answer = _answer(rng, share + _EASY.get(item.key, 0.0))
        commands.answer_item(actor=stage.actor(login), file_id=key, item=item.key, answer=answer)
    commands.complete_file(actor=stage.actor(login), file_id=key)
    return key


def _answer(rng: random.Random, share: float) -> Answer:
    if rng.random() < 0.12:
        return Answer.NA
    return Answer.YES if rng.random() < share else Answer.NO


def _case(stage: Stage, unit: str) -> tuple[str, UUID] | None:
    """An open case of the district whose investigator or lawyer observes, and who that is."""
    known = stage.suspects.get(unit.rpartition(":")[2])
    if known is None:
        return None
    logins = {account: login for login, account in stage.accounts.items()}
    for member in access.team_of(known[0]):
        if member.role in (Role.INVESTIGATOR, Role.LAWYER) and member.account_id in logins:
            login = logins[member.account_id]
            stage.reach_changed(login)
            head = cases.heads(stage.actor(login), [known[0]]).get(known[0])
            if head is not None and head.state is not CaseState.CLOSED:
                return login, known[0]
    return None


def _feedback(stage: Stage, rng: random.Random, unit: str) -> None:
    """The files of the year before this half, validated with the unit; those since then are still open."""
    first, last = _ago(stage, 580).date(), _ago(stage, 45).date()
    me = stage.actor(_TRAINER)
    sheet = commands.draft_sheet(
        actor=me,
        unit_id=stage.partners[unit],
        from_on=first,
        until_on=last,
        well="The desk is friendly, and survivors are received at once.",
        next_steps="A duty telephone for survivors, and one officer who is answerable for kits.",
    )
    if unit == "unit:prosecution:harbour":
        return
    commands.validate_sheet(
        actor=me,
        sheet_id=sheet,
        on=clock.today(),
        validated_with="Head of the unit and her deputy",
        comment=rng.choice(_COMMENTS),
    )
    if unit == "unit:station:harbour":
        commands.publish_sheet(actor=stage.actor(_director(stage)), sheet_id=sheet)


def _director(stage: Stage) -> str:
    return next(
        office.logins[Role.DIRECTOR][0] for office in stage.offices.values() if office.logins.get(Role.DIRECTOR)
    )


# ---- assessments and mentoring -----------------------------------------------------------------------------


def _assessments(stage: Stage, rng: random.Random, unit: str) -> Line:
    for (occasion, ago), levels in zip(_OCCASIONS, _LEVELS[unit], strict=True):
        yield _at_work(stage, rng, ago)
        given = {str(one): int(at) if at.isdecimal() else None for one, at in zip(Domain, levels, strict=True)}
        commands.assess_unit(
            actor=stage.actor(_TRAINER),
            unit_id=stage.partners[unit],
            occasion=occasion,
            on=clock.today(),
            levels=given,
            notes={domain: rng.choice(_SEEN) for domain, level in given.items() if level},
            assessors="Oksana Zrazok and the deputy head of the unit",
        )


def _mentoring(stage: Stage, rng: random.Random, unit: str, count: int) -> Line:
    """A series about two skills: from being shown to doing it alone, or not."""
    skills = (Skill.INTERVIEW, Skill.EVIDENCE)
    modes = (Mode.MODEL, Mode.CO_WORK, Mode.OBSERVE, Mode.OBSERVE)
    stuck = unit == "unit:station:lakeside"
    official = _official(stage, unit)
    for number in range(count):
        moments = sorted(_at_work(stage, rng, 430 - number * 110 - rng.uniform(0, 20)) for _skill in skills)
        for skill, moment in zip(skills, moments, strict=True):
            yield moment
            lent = _case(stage, unit)
            login, case = lent or (_TRAINER, None)
            new = NewContact(
                on=clock.today(),
                skill=skill,
                mode=modes[number],
                aim=rng.choice(_AIMS),
                unit_id=stage.partners[unit],
                official_id=official,
                case_id=case,
            )
            key = commands.plan_contact(actor=stage.actor(login), new=new)
            commands.do_contact(
                actor=stage.actor(login),
                contact_id=key,
                on=clock.today(),
                done=rng.choice(_DONE),
                next_step=rng.choice(_STEPS),
                next_on=clock.today() + timedelta(days=21),
            )
            if number == count - 1 and skill is skills[-1]:
                continue
            far = (
                Progress.WITH_HELP
                if stuck and number
                else (Progress.NOT_YET, Progress.WITH_HELP, Progress.ALONE)[min(number, 2)]
            )
            commands.do_next_step(actor=stage.actor(login), contact_id=key)
            commands.review_contact(
                actor=stage.actor(_TRAINER), contact_id=key, progress=far, review=rng.choice(_REVIEWS)
            )
    yield _at_work(stage, rng, 3)
    ahead = NewContact(
        on=clock.today() + timedelta(days=rng.randint(2, 12)),
        skill=Skill.FIRST_CONTACT,
        mode=Mode.ACCOMPANY,
        aim=_AIMS[3],
        unit_id=stage.partners[unit],
        official_id=official,
    )
    commands.plan_contact(actor=stage.actor(_TRAINER), new=ahead)


def _official(stage: Stage, unit: str) -> UUID | None:
    """One official of the unit, where the partners have one."""
    _unit, kind, place = unit.split(":")
    agency = "police" if kind == "station" else kind
    known = next((one for one in stage.offices[place].officials if one.agency == agency), None)
    return stage.partners.get(f"official:{known.person_id}") if known else None


# ---- reforms -----------------------------------------------------------------------------------------------


def _reform(
    stage: Stage,
    made: _Made,
    rng: random.Random,
    agency: str,
    unit: str | None,
    domain: Domain,
    ago: int,
    until: str,
    title: str,
    problem: str,
    commitment: str,
) -> Line:
    """One project, from its problem to what became of it."""
    yield _at_work(stage, rng, min(ago, _FIRST_FILE - 40))
    me = stage.actor(_TRAINER)
    unit_id = stage.partners[unit] if unit else None
    key = commands.identify_reform(
        actor=me,
        agency_id=stage.partners[agency],
        unit_id=unit_id,
        domain=domain,
        title=title,
        problem=problem,
        target="In nine of ten files",
    )
    seen = made.files.get(unit or "unit:station:harbour")
    if seen is None:
        return
    commands.link_evidence(actor=me, project_id=key, kind=EvidenceKind.FILE, thing_id=seen)
    diary = Diary(rng, clock.now())
    yield diary.after(10, 20)
    commands.agree_reform(
        actor=stage.actor(_TRAINER),
        project_id=key,
        on=clock.today(),
        commitment=commitment,
        committed_by="Head of the agency, at the quarterly meeting",
    )
    if until == "agreed":
        return
    for event, wait, note in (
        (ReformEvent.BEGIN, 14, "A working group met for the first time."),
        (ReformEvent.ADOPT, 30, "Signed as a standing order."),
    ):
        yield diary.after(wait, wait + 10)
        commands.move_reform(actor=stage.actor(_TRAINER), project_id=key, event=event, on=clock.today(), note=note)
    if until == "adopted":
        return
    yield diary.after(184, 190)
    holds = until == "sustained"
    note = "Each week of the register has its entry." if holds else "The officer was moved, and nobody calls any more."
    commands.check_reform(actor=stage.actor(_TRAINER), project_id=key, on=clock.today(), holds=holds, note=note)
    if not holds:
        return
    yield diary.after(182, 188)
    commands.check_reform(actor=stage.actor(_TRAINER), project_id=key, on=clock.today(), holds=True, note=note)


# ---- scorecard ---------------------------------------------------------------------------------------------


def _scores(stage: Stage) -> Line:
    """Baseline and end of four measures in three districts, as an invented survey group gives them."""
    for occasion, ago, column in ((Occasion.BASELINE, 500, 0), (Occasion.END, 60, 1)):
        yield _ago(stage, ago)
        for measure, indicator, per, first, last, figures in _SCORES:
            for at, place in enumerate(PLACES):
                value, half, n = figures[2 * at + column]
                method = last if column and at == 0 else first
                commands.enter_score(
                    actor=stage.actor(_TRAINER),
                    measured=_measured(measure, indicator, per, method, place.district, occasion, value, half, n),
                )


def _measured(
    measure: Measure,
    indicator: str,
    per: Per,
    method: Method,
    place: str,
    occasion: Occasion,
    value: int,
    half: int,
    n: int,
) -> Measured:
    last: date = clock.today() - timedelta(days=20)
    return Measured(
        measure=measure,
        indicator=indicator,
        occasion=occasion,
        per=per,
        value=Decimal(value),
        low=Decimal(value - half),
        high=Decimal(value + half),
        n=n,
        method=method,
        source=f"Invented Survey Group, Three Districts Study {last.year}",
        place=place,
        from_on=last - timedelta(days=45),
        until_on=last,
    )
