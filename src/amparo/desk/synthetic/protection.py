"""What got out at the invented organisation, how far it is there, and its impact assessments."""

from __future__ import annotations

from datetime import date, timedelta

from amparo.desk.synthetic.agenda import Line
from amparo.desk.synthetic.stage import Stage
from amparo.kernel import clock
from amparo.protection import commands
from amparo.protection.commands import Assessing, Assessment, Decision
from amparo.protection.words import Kind, Risk, Telling

_LONG_AGO, _LATELY, _NOW = timedelta(days=160), timedelta(days=9), timedelta(hours=26)


def assessments(stage: Stage) -> Line:
    """Two are written and signed, the third waits for a signature; one is soon to be looked at again."""
    for days_ago, review_in, said in zip((300, 200, 6), (18, 170, 360), _ASSESSMENTS, strict=True):
        yield stage.until - timedelta(days=days_ago)
        title, processing, need, risks, measures = said
        review_on = _day(stage, review_in)
        key = commands.write_assessment(
            actor=stage.actor("lina"), said=Assessing(review_on, title, processing, need, risks, measures)
        )
        if days_ago > 6:
            commands.sign_assessment(actor=stage.actor("kofi"), assessment_id=key, expected=1)


def _day(stage: Stage, days: int) -> date:
    return (stage.until + timedelta(days=days)).date()


def breaches(stage: Stage) -> Line:
    """One is closed, one waits for a second person, one runs."""
    yield stage.until - _LONG_AGO
    first = commands.report_breach(
        actor=stage.actor("dalia"),
        what="A folder with the plan of a week lay in the bus. The driver kept it, and gave it back after an hour.",
        kinds=[Kind.CONTACT],
        people=4,
    )
    yield stage.until - _LONG_AGO + timedelta(hours=5)
    found = Assessment(
        [Kind.CONTACT],
        Risk.SOME,
        4,
        "Codes and telephone numbers stood in it, no names.",
        "Fetched back; numbers changed.",
    )
    commands.assess_breach(actor=stage.actor("lina"), breach_id=first, expected=1, found=found)
    yield stage.until - _LONG_AGO + timedelta(hours=20)
    told = Decision(Telling.TOLD, Telling.TOLD, clock.now() - timedelta(hours=1), clock.today())
    commands.decide_breach(actor=stage.actor("lina"), breach_id=first, expected=2, decision=told)
    yield stage.until - _LONG_AGO + timedelta(days=3)
    commands.close_breach(
        actor=stage.actor("kofi"),
        breach_id=first,
        expected=3,
        learned="Plans of the week stay on the telephone, which is locked.",
    )
    yield stage.until - _LATELY
    second = commands.report_breach(
        actor=stage.actor("amina"),
        what="A letter of a survivor's lawyer went to the wrong number. Nobody can say whether it was read.",
        kinds=[Kind.NAMES, Kind.ACCOUNT],
        people=1,
    )
    yield stage.until - _LATELY + timedelta(hours=30)
    found = Assessment([Kind.NAMES, Kind.ACCOUNT], Risk.HIGH, 1, "Whoever read it knows her name.", "She was warned.")
    commands.assess_breach(actor=stage.actor("lina"), breach_id=second, expected=1, found=found)
    told = Decision(Telling.TOLD, Telling.TOLD, clock.now(), clock.today())
    commands.decide_breach(actor=stage.actor("lina"), breach_id=second, expected=2, decision=told)
    yield stage.until - _NOW
    commands.report_breach(
        actor=stage.actor("noor"),
        what="The key of the archive's outer door is missing since the evening. The inner door was locked.",
        kinds=[Kind.EVIDENCE],
    )


_ASSESSMENTS = (
    (
        "The records of cases",
        "What survivors told, who they are, how to reach them safely, examinations and care.",
        "Nobody can be helped, and no court convinced, without it.",
        "Somebody who looks for her could find her. A colleague could look without need.",
        "Each part is sealed, opened by role and team, and each look is kept in the ledger.",
    ),
    (
        "The site on which strangers report",
        "What somebody writes without saying who she is; nothing of her device.",
        "Some can tell us at night only, and in no other way.",
        "Somebody watches the telephone with which she writes.",
        "No cookie stays, the page can be left at once, and she is told what others may see.",
    ),
    (
        "Figures for donors",
        "Counts of people by step and programme, small ones hidden.",
        "Programmes are paid by who wants to know whether they help.",
        "A small group could be recognised by subtraction.",
        "What is hidden is worked out beside all figures that are out; a second person approves.",
    ),
)
