"""Strangers before the reporting site: a few reports without a name, their codes, and what was said afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.utils import translation

from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.stage import Stage
from amparo.intake import commands as intake
from amparo.intake.words import Lack
from amparo.kernel.ids import new_public_id
from amparo.kernel.words import Role
from amparo.reporting import commands
from amparo.reporting.queries import Held
from amparo.staff import commands as staff
from amparo.staff.queries import settings as held
from amparo.staff.rules import Helpline

# Codes of the last demonstration that this process made: shown once here too, with how to sign in.
_codes: list[str] = []
_OFFICE = "harbour"
# Nobody has these numbers: they begin with three noughts, and say what they are.
_LINES = (
    (
        "night_line",
        "Example Night Line",
        "000 EXAMPLE",
        "free, day and night",
        "https://night-line.example/numbers",
        12,
    ),
    ("child_line", "Example Line for Children", "000 SAMPLE", "free, 8 to 20", "https://children.example/call", 30),
    # Nobody has called this one for too long, so strangers don't see it, and the staff are told.
    ("shelter", "Example Shelter", "000 MUSTER", "at night only", "A paper of the Example Shelter, March", 130),
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a stranger tells, how many days ago, and what becomes of it."""

    days_ago: float
    answers: Mapping[str, str] = field(repr=False)
    language: str = "en"
    keeps_code: bool = True
    answer: str = ""
    reply: str = ""


_TOLD = (
    _Told(
        6.2,
        {
            "danger": "again",
            "about": "other",
            "text": "The girl who washes up at the tea house by the bus stand never goes out. She is maybe 14. "
            "She has marks on her arms. The owner says she is his niece, but she told my sister she is not.",
            "when": "still",
            "place": "The tea house by the bus stand",
            "who_more": "The owner, about fifty, with a grey car.",
            "reach": "here",
        },
        answer="Thank you for telling us. You did the right thing. Is there an hour when she is alone? "
        "Please don't speak to the owner.",
        reply="In the morning, before seven. She fetches water then. I can see her from my window.",
    ),
    _Told(
        1.9,
        {
            "danger": "unsure",
            "about": "me",
            "text": "صاحب العمل أخذ جواز سفري ولا يدفع لي منذ أربعة أشهر. لا يسمح لي بالخروج. "
            "أخاف أن أذهب إلى الشرطة.",
            "when": "still",
            "reach": "other",
            "safe": "رسالة فقط، بعد العاشرة ليلاً. لا تتصلوا أبداً.",
        },
        language="ar",
    ),
    _Told(
        41.0,
        {"text": "Something is wrong in the house at the end of the road.", "about": "unsure"},
        keeps_code=False,
    ),
)  # fmt: skip


def lines(stage: Stage) -> list[Line]:
    """What the office sets for its public sites, and each stranger's story."""
    _codes.clear()
    return [_helpline(stage, *line) for line in _LINES] + [
        _opening(stage),
        *(_story(stage, number, told) for number, told in enumerate(_TOLD)),
    ]


def codes() -> tuple[str, ...]:
    """The codes that strangers of this demonstration wrote down."""
    return tuple(_codes)


def _opening(stage: Stage) -> Line:
    yield stage.until - timedelta(days=60)
    lead = stage.actor(stage.offices[_OFFICE].logins[Role.SUPERVISOR][0])
    staff.set_reports_office(actor=lead, expected=0, office_id=stage.offices[_OFFICE].id)


def _helpline(stage: Stage, code: str, name: str, number: str, note: str, source: str, days_ago: int) -> Line:
    moment = stage.until - timedelta(days=days_ago)
    yield moment
    lead = stage.actor(stage.offices[_OFFICE].logins[Role.SUPERVISOR][0])
    line = Helpline(code, name, number, note, source, moment.date(), "")
    staff.save_helpline(actor=lead, expected=held.stored("helplines")[0], line=line, is_new=True)


def _story(stage: Stage, number: int, told: _Told) -> Line:
    diary = Diary(stage.dice("stranger", number), stage.until - timedelta(days=told.days_ago))
    yield diary.at
    report, code = _sent(told)
    taker = stage.offices[_OFFICE].logins[Role.INTAKE][0]
    if not told.keeps_code:
        yield diary.after(4)
        intake.mark_insufficient(actor=stage.actor(taker), report_id=report, lack=Lack.NO_PLACE)
        return
    if not told.answer:
        return
    yield diary.after(0.4, 1.2)
    intake.answer(actor=stage.actor(taker), report_id=report, text=told.answer)
    yield diary.after(1, 2)
    _cookie, inside = commands.come_back(code, None, language=told.language)
    commands.write(inside, told.reply, new_public_id())
    commands.end(inside)


def _sent(told: _Told) -> tuple[UUID, str]:
    """Answer, send, and type the code back. Returns the report and its code."""
    with translation.override(told.language):
        _cookie, place = commands.begin(language=told.language)
        sent = commands.send(commands.set_answers(place, told.answers))
    if not told.keeps_code:
        commands.end(sent)
        return sent.stay.report_id, ""
    code = sent.stay.code
    _kept(sent, code)
    return sent.stay.report_id, code


def _kept(sent: Held, code: str) -> None:
    _cookie, inside = commands.confirm(sent, code, None)
    _codes.append(code)
    commands.end(inside)
