"""Threats: most cases have none; some have one that passes, and two of those that are shown are in danger now."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.story import Story
from amparo.investigations import commands
from amparo.investigations import queries as investigations
from amparo.investigations.words import MeasureKind, ThreatClosed, Threatener, ThreatKind, ThreatRisk
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Role

_TOLD = (
    (
        ThreatKind.WATCHED,
        "A man on a motorcycle waits in the street, two evenings now.",
        "She noted the plate. It is the one that was seen at the gate in the first week.",
    ),
    (
        ThreatKind.MESSAGE,
        "Messages from three numbers that she does not know.",
        "They say what would happen at the hearing. She kept them all.",
    ),
    (
        ThreatKind.MONEY,
        "Her uncle was offered money if she says nothing.",
        "He was to come to the tea shop alone. He did not go.",
    ),
    (
        ThreatKind.COMPLAINT,
        "They say that they will bring a complaint for theft.",
        "A clerk showed her a paper without a stamp.",
    ),
)
_MEASURES = (
    (MeasureKind.POLICE, Role.LAWYER, "", 2),
    (MeasureKind.STAYS_WITH, Role.CASEWORKER, "Her sister comes from Monday on; the second door is used.", 1),
    (MeasureKind.NUMBERS, Role.CASEWORKER, "New telephone; the code word is changed.", 3),
    (MeasureKind.ESCORT, Role.INVESTIGATOR, "", 6),
)


def now_and_then(story: Story, at: datetime) -> Line:
    """One case in five is threatened once; it is met and passes."""
    diary = story.diary("threats", at)
    if diary.rng.randrange(5):
        return
    yield diary.after(20, 160)
    key = _reported(story, diary, diary.rng.choice((ThreatRisk.LOW, ThreatRisk.MEDIUM, ThreatRisk.HIGH)))
    yield diary.minutes(20, 200)
    measures = [_agreed(story, diary, key, number) for number in range(2)]
    for measure in measures:
        yield diary.after(0.5, 3)
        commands.do_measure(actor=story.by(Role.CASEWORKER), measure_id=measure)
    yield diary.after(1, 4)
    commands.mitigate_threat(actor=story.by(Role.CASEWORKER), threat_id=key)
    yield diary.after(40, 90)
    commands.close_threat(actor=story.by(Role.SUPERVISOR), threat_id=key, reason=ThreatClosed.OVER)


def _reported(story: Story, diary: Diary, risk: ThreatRisk) -> UUID:
    rng = diary.rng
    kind, summary, account = _TOLD[0] if risk is ThreatRisk.HIGH else rng.choice(_TOLD)
    knows = story.suspect is not None and rng.randrange(2) == 0
    return commands.report_threat(
        actor=story.by(Role.CASEWORKER if not knows else Role.INVESTIGATOR),
        case_id=story.case,
        person_id=story.her,
        by=Threatener.SUSPECT if knows else Threatener.AROUND,
        by_person_id=story.suspect if knows else None,
        kind=kind,
        happened=PartialDate.on(diary.day - timedelta(days=1)),
        risk=risk,
        summary=summary,
        account=account,
    )


def _agreed(story: Story, diary: Diary, threat: UUID, number: int) -> UUID:
    kind, role, details, days = _MEASURES[number]
    return commands.add_measure(
        actor=story.by(Role.CASEWORKER),
        threat_id=threat,
        kind=kind,
        responsible_id=story.account(role),
        due_on=diary.day + timedelta(days=days),
        details=details,
    )


def lately(story: Story) -> Line:
    """A threat of the last days that is still open: the first thing to see."""
    diary = story.diary("threat lately", story.began)
    yield diary.on(story.stage.until - timedelta(days=1, hours=3))
    key = _reported(story, diary, ThreatRisk.HIGH)
    yield diary.minutes(10, 40)
    first, *_rest = [_agreed(story, diary, key, number) for number in range(len(_MEASURES))]
    yield diary.minutes(60, 200)
    commands.do_measure(actor=story.by(Role.LAWYER), measure_id=first)


def settle(story: Story) -> None:
    """Bring threats and measures to their end before a case is closed."""
    for measure in investigations.open_measures(story.case):
        commands.do_measure(actor=story.by(Role.CASEWORKER), measure_id=measure)
    for threat in investigations.open_threats(story.case):
        commands.close_threat(actor=story.by(Role.SUPERVISOR), threat_id=threat, reason=ThreatClosed.OVER)
