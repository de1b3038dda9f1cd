"""The register of what got out, and one entry of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.text import excerpt, listed, shown
from amparo.protection import rules
from amparo.protection.models import Breach
from amparo.protection.queries.reach import (
    CLOSE,
    DECIDE,
    REPORT,
    SEE,
    breach_url,
    keeps_register,
    register_crumbs,
)
from amparo.protection.words import (
    AUTHORITY_LABELS,
    KIND_LABELS,
    PEOPLE_LABELS,
    RISK_LABELS,
    STATE_LABELS,
    Risk,
    State,
    Telling,
)
from amparo.staff import queries as staff
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Notice,
    Present,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Urgency,
    dotted,
)

PAGE = 50
# Before somebody has decided who is told, the time runs.
UNDECIDED = (State.OPEN, State.ASSESSED)


def find_by_code(actor: Actor, code: str) -> Row | None:
    """The entry with this code, for who may see it: only that it is there. Cost: one query."""
    if not policy.has(actor, SEE):
        return None
    row = policy.visible(actor, SEE, Breach.objects.filter(code=code)).first()
    return None if row is None else Row(title=Code(row.code), url=breach_url(row.id))


def check_report(actor: Actor) -> None:
    """Whether somebody may report one at all. Raises Refused."""
    policy.check_new(actor, REPORT, Subject(office=actor.office_id))


def clock_said(row: Breach, hours: int, now: datetime) -> str:
    """How long there is to tell the authority."""
    by = rules.tell_by(row.noticed_at, hours)
    left = rules.hours_left(by, now)
    if now >= by:
        return _("The time to tell the authority is over. Tell it now, and say why so late.")
    said = ngettext(
        "%(count)s hour is left to tell the authority.", "%(count)s hours are left to tell the authority.", left
    )
    return said % {"count": left}


def urgency_of(row: Breach, hours: int, now: datetime) -> Urgency:
    return "late" if now >= rules.tell_by(row.noticed_at, hours) else "soon"


def breaches(actor: Actor, after: UUID | None = None) -> Listing:
    """The register, the newest first; or what the reader reported herself. Cost: three queries. Raises NotFound."""
    if not policy.has(actor, SEE):
        raise NotFound(permission=SEE)
    keeps = keeps_register(actor)
    rows = policy.visible(actor, SEE, Breach.objects.all())
    last = rows.filter(pk=after).first() if after else None
    if after and last is None:
        raise NotFound(permission=SEE)
    if last is not None:
        rows = rows.filter(Q(noticed_at__lt=last.noticed_at) | Q(noticed_at=last.noticed_at, id__lt=last.id))
    found = list(rows.order_by("-noticed_at", "-id")[: PAGE + 1])
    shown_rows, more = found[:PAGE], len(found) > PAGE
    url = reverse("protection:breaches")
    buttons = [Button(_("Something may have got out"), reverse("protection:report"), key="n")]
    if keeps:
        buttons.append(Button(_("Impact assessments"), reverse("protection:assessments"), "quiet"))
    hours, now = staff.breach_hours(), clock.now()
    opened = sealing.open_rows(shown_rows, "what")
    return Listing(
        title=_("What got out") if keeps else _("What you reported"),
        lede=_("What got out or may have, who was told, and what was learned from it."),
        buttons=tuple(buttons),
        rows=tuple(
            _line(row, words.text("what"), hours, now, runs=keeps and row.state in UNDECIDED)
            for row, words in zip(shown_rows, opened, strict=True)
        ),
        empty=Empty(_("Nothing was reported."), _("Something may have got out"), reverse("protection:report")),
        next_url=f"{url}?after={shown_rows[-1].id}" if more else "",
        previous_url=url if after else "",
    )


def _line(row: Breach, what: str, hours: int, now: datetime, *, runs: bool) -> Row:
    """One entry; with `runs`, how long there is to tell the authority, which is not for who reported it to do."""
    zone = timezone.get_current_timezone()
    return Row(
        title=Name(shown(excerpt(what, 120)) or row.code),
        url=breach_url(row.id),
        when=formats.short_day_and_year(row.noticed_at.astimezone(zone).date()),
        when_tone=urgency_of(row, hours, now) if runs else "",
        meta=dotted((Code(row.code), *((clock_said(row, hours, now),) if runs else ()))),
        tag=tag_of(row),
        strong=row.state != State.CLOSED,
    )


def tag_of(row: Breach) -> Tag:
    tones: Mapping[str, Tone] = {State.OPEN: "danger", State.ASSESSED: "warn", State.DECIDED: "on", State.CLOSED: ""}
    return Tag(STATE_LABELS[State(row.state)], tones[row.state])


def breach_page(actor: Actor, breach_id: UUID) -> Sheet:
    """One entry: to who reported it, what she wrote and how far it is. Cost: four queries. Raises NotFound."""
    row = policy.load(actor, SEE, Breach, breach_id)
    keeps = keeps_register(actor)
    words = sealing.open_row(row, *(_ALL if keeps else ("what",)))
    names = access.names_of(
        key for key in (row.reported_by, row.assessed_by, row.decided_by, row.closed_by) if key is not None
    )
    hours, now = staff.breach_hours(), clock.now()
    runs = row.state in UNDECIDED
    notices = (Notice(clock_said(row, hours, now), "danger"),) if keeps and runs else ()
    sections = [Section(_("What happened"), id="what", facts=tuple(_what(row, words, names)))]
    if keeps:
        sections.append(Section(_("Risk"), id="risk", column=2, facts=tuple(_risk(row, words, names))))
        sections.append(Section(_("Who was told"), id="told", column=2, facts=tuple(_told(row, words, names, hours))))
        if row.state == State.CLOSED:
            sections.append(Section(_("Closed"), id="closed", facts=tuple(_closed(row, words, names))))
    return Sheet(
        title=_("Something may have got out"),
        code=Code(row.code),
        crumbs=register_crumbs(actor),
        tags=(tag_of(row),),
        lede="" if keeps else _("Data protection has it. Somebody asks you if more is needed."),
        notices=notices,
        buttons=tuple(_buttons(actor, row)) if keeps else (),
        sections=tuple(section for section in sections if section.facts),
    )


_ALL = ("what", "risk_words", "done", "authority_reason", "people_reason", "learned")


def _moment(at: datetime | None) -> str:
    return formats.moment(at, timezone.get_current_timezone()) if at else ""


def _person(names: Mapping[UUID, str], account_id: UUID | None) -> Text:
    name = names.get(account_id, "") if account_id is not None else ""
    return Name(name) if name else ""


def _named(facts: list[tuple[str, Text]]) -> list[Fact]:
    return [Fact(label, value) for label, value in facts if value]


def _what(row: Breach, words: sealing.Opened, names: Mapping[UUID, str]) -> list[Fact]:
    return _named(
        [
            (_("In plain words"), shown(words.text("what"))),
            (_("Noticed"), _moment(row.noticed_at)),
            (_("Happened"), formats.day(row.happened_on) if row.happened_on else ""),
            (
                _("What it is about"),
                listed((str(KIND_LABELS[kind]) for kind in row.kinds if kind in KIND_LABELS), get_language()),
            ),
            (_("About how many people"), str(row.people) if row.people is not None else ""),
            (_("Reported by"), _person(names, row.reported_by)),
        ]
    )


def _risk(row: Breach, words: sealing.Opened, names: Mapping[UUID, str]) -> list[Fact]:
    if row.assessed_by is None:
        return _named([(_("Not assessed yet"), _("How great is the risk to them, and what was done at once?"))])
    return _named(
        [
            (_("Risk to them"), str(RISK_LABELS[Risk(row.risk)])),
            (_("Why"), shown(words.text("risk_words"))),
            (_("What was done"), shown(words.text("done"))),
            (_("Assessed by"), _person(names, row.assessed_by)),
            (_("Assessed"), _moment(row.assessed_at)),
        ]
    )


def _told(row: Breach, words: sealing.Opened, names: Mapping[UUID, str], hours: int) -> list[Fact]:
    by = _moment(rules.tell_by(row.noticed_at, hours))
    if row.decided_by is None:
        return _named([(_("The authority is told by"), by)])
    return _named(
        [
            (_("The authority"), str(AUTHORITY_LABELS[Telling(row.authority)])),
            (_("When it was told"), _moment(row.authority_at)),
            (_("It was to be told by"), by),
            (_("Reason"), shown(words.text("authority_reason"))),
            (_("The people"), str(PEOPLE_LABELS[Telling(row.people_told)])),
            (_("When they were told"), formats.day(row.people_on) if row.people_on else ""),
            (_("Reason concerning the people"), shown(words.text("people_reason"))),
            (_("Decided by"), _person(names, row.decided_by)),
            (_("Decided"), _moment(row.decided_at)),
        ]
    )


def _closed(row: Breach, words: sealing.Opened, names: Mapping[UUID, str]) -> list[Fact]:
    return _named(
        [
            (_("What changes because of it"), shown(words.text("learned"))),
            (_("Closed by"), _person(names, row.closed_by)),
            (_("Closed"), _moment(row.closed_at)),
        ]
    )


def _buttons(actor: Actor, row: Breach) -> list[Button]:
    if row.state == State.CLOSED:
        return []
    subject, found = policy.subject_of(row), []
    if policy.decide(actor, DECIDE, subject).allowed:
        first = row.state == State.OPEN
        assess = _("Assess the risk") if first else _("Assess it again")
        found.append(Button(assess, reverse("protection:assess", args=[row.id]), "" if first else "quiet"))
        if not first:
            again = row.state == State.DECIDED
            decide = _("Put right who was told") if again else _("Say who was told")
            found.append(Button(decide, reverse("protection:decide", args=[row.id]), "quiet" if again else ""))
    may_close = policy.decide(actor, CLOSE, subject).allowed
    if may_close and row.state == State.DECIDED and row.decided_by != actor.account_id:
        found.append(Button(_("Close it"), reverse("protection:close", args=[row.id])))
    return found


# ---- for forms ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BreachHead:
    """What a form about an entry says above itself."""

    id: UUID
    lede: str
    crumbs: tuple[Crumb, ...]


def head_of(actor: Actor, permission: str, breach_id: UUID) -> BreachHead:
    """One that somebody may act on. Raises NotFound, Refused."""
    row = policy.load(actor, permission, Breach, breach_id, seen_by=SEE)
    runs = row.state in UNDECIDED
    lede = clock_said(row, staff.breach_hours(), clock.now()) if runs else ""
    crumbs = (*register_crumbs(actor), Crumb(row.code, breach_url(row.id), code=True))
    return BreachHead(row.id, lede, crumbs)


def assess_form(actor: Actor, breach_id: UUID) -> Present:
    """What is known of the risk. Raises NotFound, Refused."""
    row = policy.load(actor, DECIDE, Breach, breach_id, seen_by=SEE)
    words = sealing.open_row(row, "risk_words", "done")
    return row.version, {
        "kinds": row.kinds,
        "people": row.people,
        "risk": row.risk,
        "risk_words": words.text("risk_words"),
        "done": words.text("done"),
    }


def close_form(actor: Actor, breach_id: UUID) -> Present:
    """Which version of it is closed. Raises NotFound, Refused."""
    return policy.load(actor, CLOSE, Breach, breach_id, seen_by=SEE).version, {}


def decide_form(actor: Actor, breach_id: UUID) -> Present:
    """What was decided. Raises NotFound, Refused."""
    row = policy.load(actor, DECIDE, Breach, breach_id, seen_by=SEE)
    words = sealing.open_row(row, "authority_reason", "people_reason")
    return row.version, {
        "authority": row.authority,
        "authority_at": row.authority_at,
        "authority_reason": words.text("authority_reason"),
        "people": row.people_told,
        "people_on": row.people_on,
        "people_reason": words.text("people_reason"),
    }
