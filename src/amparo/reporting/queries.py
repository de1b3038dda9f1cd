"""Finding a stranger's things again by the secret that only she has, and what her pages show."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from mnemonic import Mnemonic

from amparo.access import queries as access
from amparo.access.actors import Actor, report_site
from amparo.intake import queries as intake
from amparo.intake.queries import Said
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.text import shown
from amparo.reporting.models import Mailbox, Visit
from amparo.reporting.rules import KEPT_FOR, KEPT_WITH_CODE, Answers, Stay, name_in
from amparo.reporting.words import (
    ABOUT_LABELS,
    DANGER_LABELS,
    ORDER,
    QUESTION_LABELS,
    REACH_LABELS,
    WHEN_LABELS,
    Question,
)
from amparo.staff import queries as staff
from amparo.vault import lockers, sealing
from amparo.vault.errors import FieldAltered
from amparo.vault.lockers import Locker
from amparo.vault.sealing import Words
from amparo.web import formats, uploads
from amparo.web.uploads import Waiting

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Held:
    """A stranger's row, the locker that her cookie opens, and what is in it."""

    visit_id: UUID
    locker: Locker
    stay: Stay

    @property
    def actor(self) -> Actor:
        """The door through which what she sends comes in."""
        return report_site(self.stay.office_id)


@cache
def wordlist() -> tuple[str, ...]:
    """The 2,048 words of codes; the first four letters tell each from all others."""
    return tuple(Mnemonic("english").wordlist)


def office() -> UUID | None:
    """The office that reports go to; None while the site takes none."""
    chosen = staff.reports_office()
    return chosen if chosen in {one.id for one in access.offices()} else None


def held_by(cookie: str) -> Held | None:
    """What the bearer of a cookie has begun; None where there is nothing, or its time has passed."""
    found = _found(cookie)
    if found is None:
        return None
    row, held = found
    # A code keeps it for longer, but not for who finds the phone.
    longer = KEPT_WITH_CODE - KEPT_FOR if held.stay.way_back else timedelta(0)
    return held if row.until - longer > clock.now() else None


def _found(cookie: str) -> tuple[Visit, Held] | None:
    secret = secret_in(cookie)
    if secret is None:
        return None
    locker = lockers.of_secret(secret)
    row = Visit.objects.filter(look_up=locker.look_up, until__gt=clock.now()).first()
    if row is None:
        return None
    inside = _inside(row, locker)
    return None if inside is None else (row, Held(row.id, locker, Stay.of(inside)))


def _inside(row: Visit, locker: Locker) -> dict[str, Words] | None:
    try:
        inside = locker.open(sealing.open_row(row, "held").text("held"))
    except FieldAltered:
        return None  # Its key is gone, or it was put there by somebody else: there is nothing to go on with.
    return inside if isinstance(inside, dict) else {}


def begun_by(locker: Locker) -> tuple[str, Held] | None:
    """What a code opens that was not sent yet, with its cookie; None where there is nothing. Cost: one look-up for a
    code that opens nothing."""
    row = Visit.objects.filter(look_up=locker.look_up, until__gt=clock.now()).first()
    cookie = str((_inside(row, locker) or {}).get("cookie", "")) if row is not None else ""
    found = _found(cookie) if cookie else None
    return None if found is None else (cookie, found[1])


def secret_in(cookie: str) -> bytes | None:
    try:
        secret = base64.urlsafe_b64decode(cookie)
    except (ValueError, binascii.Error):
        return None
    return secret if len(secret) == SECRET_BYTES else None


def report_in(locker: Locker) -> UUID | None:
    """The report that a code leads to; None where it leads to nothing. Cost: one look-up, found or not."""
    row = Mailbox.objects.filter(look_up=locker.look_up).first()
    if row is None:
        return None
    inside = locker.open(sealing.open_row(row, "held").text("held"))
    return UUID(str(inside["report"])) if isinstance(inside, dict) else None


def waiting(held: Held) -> list[Waiting]:
    """The files that wait to be sent."""
    return uploads.waiting(held.actor, held.stay.report_id)


def conversation(held: Held) -> list[Said]:
    """What was said, new answers first. Raises NotFound."""
    return intake.said_to(held.actor, held.stay.report_id, held.stay.since or clock.now())


def zone_of(held: Held) -> ZoneInfo:
    """Where the clock stands by which times are said to her: at the office that answers."""
    return ZoneInfo(access.office(held.stay.office_id).time_zone)


def answer_within_days() -> int:
    return staff.acknowledge_days()


def districts() -> list[tuple[str, str]]:
    return staff.code_list("districts")


# ---- answers in words ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the page before sending: what was answered, and where to change it."""

    number: int
    label: str | Promise
    lines: tuple[str, ...]


def lines_of(held: Held | None) -> list[Line]:
    """All questions with their answers so far."""
    answers = held.stay.answers if held else Answers()
    files = [shown(one.name) or _("A file") for one in waiting(held)] if held else []
    return [
        Line(number, QUESTION_LABELS[question], tuple(line for line in _said(question, answers, files) if line))
        for number, question in enumerate(ORDER, start=1)
    ]


def _said(question: Question, answers: Answers, files: list[str]) -> list[str]:
    match question:
        case Question.DANGER:
            return [_label(DANGER_LABELS, answers.danger)]
        case Question.ABOUT:
            return [_label(ABOUT_LABELS, answers.about), answers.name]
        case Question.WHAT:
            return [answers.text]
        case Question.WHEN:
            day = formats.partial_date(PartialDate.parse(answers.day)) if answers.day else ""
            return [_label(WHEN_LABELS, answers.when), day]
        case Question.WHERE:
            district = staff.code_label("districts", answers.district) if answers.district else ""
            return [district, answers.place]
        case Question.WHO:
            return [answers.who, answers.who_more]
        case Question.FILES:
            return files
        case Question.REACH:
            return [_label(REACH_LABELS, answers.reach), answers.safe]


def _label(labels: Mapping[Any, str | Promise], code: str) -> str:
    return next((str(label) for one, label in labels.items() if one == code), "")


def told_text(answers: Answers) -> str:
    """What was told, as one text for who reads it: in our words for what was chosen, in hers for the rest."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = [
            (_("About"), _joined(_label(ABOUT_LABELS, answers.about), _no_name(answers.name))),
            (_("When"), _label(WHEN_LABELS, answers.when)),
            (_("Who did it"), _joined(_no_name(answers.who), answers.who_more)),
        ]
        chosen = [_("%(what)s: %(answer)s") % {"what": what, "answer": answer} for what, answer in lines if answer]
    return "\n\n".join(part for part in (answers.text, "\n".join(chosen)) if part)


def _no_name(typed: str) -> str:
    """What was typed for a name and is none: it is told with the rest, for nothing she writes is lost."""
    return "" if name_in(typed) else typed


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def danger_words(answers: Answers) -> str:
    """What was answered about danger, for who reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        return _label(DANGER_LABELS, answers.danger) or _("The question about danger was left out.")


def safe_text(answers: Answers) -> str:
    """How it is safe to answer, for who answers."""
    with translation.override(settings.LANGUAGE_CODE):
        return "\n".join(part for part in (_label(REACH_LABELS, answers.reach), answers.safe) if part)


def language_name(code: str) -> str:
    """A language by its English name, as intake writes it down."""
    return str(translation.get_language_info(code)["name"]) if code else ""
