"""The pack, what was decided about it, and what the public may be shown."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.facts import rules
from amparo.facts.errors import PackBroken
from amparo.facts.models import Decision, OwnFigures
from amparo.facts.rules import Fact, ReadAt
from amparo.facts.words import STANDING_LABELS, STATE_LABELS, STATUS_LABELS, Standing, State, Status
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.kernel.errors import NotFound
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Due, Empty, Name, Notice, Row, Section, Sheet, Tag, Tone
from amparo.web.sheets import Fact as Line

SEE = "facts:fact:see"
VERIFY = "facts:fact:verify"
PUBLISH = "facts:fact:publish"
_TONES: Mapping[State, Tone] = {
    State.NOT_YET: "", State.VERIFIED: "on", State.PUBLISHED: "ok", State.WITHDRAWN: "warn",
}  # fmt: skip

# The parts of a fact that are words of ours; names, titles and addresses stay as the publisher writes them.
_TRANSLATED = (
    "figure", "share", "statement", "population", "definition", "plain", "not_meaning", "caveat", "successor_note",
)  # fmt: skip


# ---- the pack ---------------------------------------------------------------------------------------------------


def pack() -> Mapping[str, Fact]:
    """Every fact by its number: those of the package, then those of the instance, which take the place of others.

    Raises PackBroken. Cost: read once in a process for as long as the files stay as they are.
    """
    own = Path(settings.FACTS_FOLDER)
    found = sorted(own.glob("*.toml")) if own.is_dir() else []
    return _pack(tuple((path, path.stat().st_mtime_ns) for path in found))


@lru_cache(maxsize=2)
def _pack(own: tuple[tuple[Path, int], ...]) -> Mapping[str, Fact]:
    shipped = [entry for entry in files("amparo.facts").joinpath("pack").iterdir() if entry.name.endswith(".toml")]
    facts: dict[str, Fact] = {}
    for name, text in [(one.name, one.read_text("utf-8")) for one in sorted(shipped, key=lambda one: one.name)] + [
        (path.name, path.read_text("utf-8")) for path, _changed in own
    ]:
        facts |= _facts_of(name, text)
    return facts


def _facts_of(name: str, text: str) -> dict[str, Fact]:
    try:
        data = tomllib.loads(text)
        return {raw["id"]: _fact(data["source"], raw) for raw in data["fact"]}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise PackBroken(file=name) from error


def _fact(source: Mapping[str, Any], raw: Mapping[str, Any]) -> Fact:
    def said(key: str) -> str:
        return str(raw.get(key, source.get(key, "")))

    texts = (
        "id", "slug", "figure", "statement", "population", "definition", "not_meaning", "caveat", "publisher",
        "title", "reference", "address", "share", "plain", "successor", "successor_note",
    )  # fmt: skip
    return Fact(
        **{key: said(key) for key in texts},
        published=PartialDate.parse(said("published")) if said("published") else None,
        retrieved_on=_day(source.get("retrieved_on")),
        review_by=_day(source.get("review_by")),
        standing=Standing(source.get("standing", Standing.SECONDARY)),
        read=tuple(ReadAt(str(one["outlet"]), one["on"]) for one in source.get("read", ())),
        status=Status(raw.get("status", Status.DRAFT)),
        translated=tuple(
            (language, tuple((name, str(words[name])) for name in _TRANSLATED if name in words))
            for language, words in sorted(raw.get("in", {}).items())
        ),
    )


def _day(value: object) -> date | None:
    if value is not None and not isinstance(value, date):
        raise TypeError("a day is written without quotes: 2026-11-22")
    return value


def overdue(today: date) -> list[str]:
    """Numbers of published facts past their review day, for `amparo check`. Cost: one query."""
    return [fact.id for fact in published() if rules.is_overdue(fact, today)]


# ---- what is published ------------------------------------------------------------------------------------------


def _decisions() -> dict[str, Decision]:
    return once("fact decisions", "all", lambda: {row.fact: row for row in Decision.objects.all()})


def state_of(fact: Fact) -> State:
    """What was decided about a fact as it stands now; a changed text is decided about anew."""
    row = _decisions().get(fact.id)
    if row is None or (row.digest != fact.digest and row.state != State.WITHDRAWN):
        return State.NOT_YET
    return State(row.state)


def published() -> list[Fact]:
    """What the public is shown, current ones first. Nothing incomplete, whatever was decided. Cost: one query."""
    order = [Status.CURRENT, Status.HISTORIC, Status.SUPERSEDED]
    found = [fact for fact in pack().values() if state_of(fact) is State.PUBLISHED and not rules.missing(fact)]
    return sorted(found, key=lambda fact: (order.index(fact.status), _number(fact.id)))


def _number(key: str) -> tuple[str, int, str]:
    digits = "".join(letter for letter in key if letter.isdigit())
    return key[:1], int(digits or 0), key


def before(fact: Fact) -> list[Fact]:
    """The published facts whose place this one took, oldest first."""
    found = [one for one in published() if one.successor == fact.id]
    return sorted(found, key=lambda one: one.published.earliest() if one.published else date.min)


def published_fact(slug: str) -> Fact | None:
    return next((fact for fact in published() if fact.slug == slug), None)


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure of the organisation as the public sees it: all of it is text, already suppressed."""

    label: str
    value: str
    definition: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class OwnRelease:
    since: date
    until: date
    published_on: date
    digest: str
    least: int
    figures: tuple[OwnFigure, ...]


def own_figures() -> OwnRelease | None:
    """The newest figures that the organisation published and did not withdraw. Cost: two queries."""
    row = OwnFigures.objects.filter(withdrawn_on=None).order_by("-published_on", "-id").first()
    if row is None:
        return None
    content = json.loads(sealing.open_row(row, "content").text("content"))
    return OwnRelease(
        row.since, row.until, row.published_on, row.digest, row.least, tuple(OwnFigure(**figure) for figure in content)
    )


@dataclass(frozen=True, slots=True)
class PublicDays:
    """Since when figures stand on the public site, and when they were taken off it."""

    since: date
    withdrawn_on: date | None


def public_days(release_id: UUID) -> PublicDays | None:
    """When a release was put on the public site, be it still there or not. Cost: one query."""
    row = OwnFigures.objects.filter(release_id=release_id).first()
    return None if row is None else PublicDays(row.published_on, row.withdrawn_on)


# ---- for the desk -----------------------------------------------------------------------------------------------


def due_for(actor: Actor, until: date) -> list[Due]:
    """That published facts are past their review day, in one line. Cost: one query, none for who can't withdraw one."""
    if not _may(actor, PUBLISH):
        return []
    today = clock.today()
    days = sorted(day for fact in published() if (day := fact.review_by) and rules.is_overdue(fact, today))
    return [Due(days[0], _overdue_said(len(days)), "", reverse("facts:facts"), _("Look"), "late")] if days else []


def waiting_for(actor: Actor) -> list[Due]:
    """That facts which a colleague verified can be published, in one line. Cost: one query, none for who can't."""
    if not _may(actor, PUBLISH):
        return []
    verified = [fact for fact in pack().values() if state_of(fact) is State.VERIFIED and not rules.missing(fact)]
    count = sum(_decisions()[fact.id].verified_by != actor.account_id for fact in verified)
    said = ngettext(
        "One verified fact can be published.", "%(count)d verified facts can be published.", count
    ) % {"count": count}  # fmt: skip
    return [Due(None, said, "", reverse("facts:facts"), _("Look"))] if count else []


# ---- pages of the staff -----------------------------------------------------------------------------------------


def _may(actor: Actor, permission: str) -> bool:
    subject = Subject(office=actor.office_id, level=Compartment.PROGRAMME)
    return policy.decide(actor, permission, subject).allowed


def _crumb() -> Crumb:
    return Crumb(_("Facts"), reverse("facts:facts"))


def listing(actor: Actor) -> Sheet:
    """All facts of the pack with what is missing and what was decided. Cost: one query."""
    policy.check_new(actor, SEE, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    today = clock.today()
    facts = sorted(pack().values(), key=lambda fact: _number(fact.id))
    late = sum(rules.is_overdue(fact, today) for fact in facts if state_of(fact) is State.PUBLISHED)
    sections = (
        (_("Figures of today"), [Status.CURRENT]),
        (_("Campaign figures and older editions"), [Status.HISTORIC, Status.SUPERSEDED]),
        (_("Not ready"), [Status.DRAFT]),
    )
    return Sheet(
        title=_("Facts"),
        lede=_("Each fact says who published it, when, about whom, and what it does not mean."),
        notices=(Notice(_overdue_said(late), "warn"),) if late else (),
        sections=tuple(
            Section(
                title,
                column=0,
                rows=tuple(_row(fact, today) for fact in facts if fact.status in statuses),
                empty=Empty(_("None.")),
            )
            for title, statuses in sections
        ),
    )


def _overdue_said(count: int) -> str:
    return ngettext(
        "One published fact is past its review day.", "%(count)d published facts are past their review day.", count
    ) % {"count": count}


def _row(fact: Fact, today: date) -> Row:
    state = state_of(fact)
    late = _("review was due %(day)s") % {"day": formats.day(fact.review_by)} if fact.review_by else ""
    return Row(
        when=fact.figure,
        title=fact.statement,
        url=reverse("facts:fact", args=[fact.id]),
        meta=" · ".join(filter(None, (fact.publisher, late if rules.is_overdue(fact, today) else ""))),
        tag=Tag(STATE_LABELS[state], _TONES[state]),
    )


def fact_for(actor: Actor, permission: str, number: str) -> Fact:
    """A fact of the pack that the actor may act on. Raises NotFound, Refused."""
    policy.check_new(actor, permission, Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    fact = pack().get(number)
    if fact is None:
        raise NotFound(permission=permission)
    return fact


MISSING_LABELS: Mapping[str, str] = {
    "read": "where it was read, by the publisher or by two who report alike",
    "status": "a status other than draft",
    "successor": "the figure that took its place",
    "review_by": "a day for its review",
    "retrieved_on": "the day on which it was read",
    "published": "its day of publication",
}


def fact_page(actor: Actor, number: str) -> Sheet:
    """A fact with all of its source, and what can be decided about it. Cost: three queries."""
    fact = fact_for(actor, SEE, number)
    state, lacking = state_of(fact), rules.missing(fact)
    row = _decisions().get(fact.id)
    return Sheet(
        title=fact.statement,
        crumbs=(_crumb(), Crumb(fact.id, code=True)),
        tags=(Tag(STATE_LABELS[state], _TONES[state]), Tag(STATUS_LABELS[fact.status])),
        buttons=_buttons(actor, fact, state, bool(lacking), row),
        notices=_notices(fact, lacking),
        sections=(
            Section(_("What it says"), column=1, facts=_said(fact)),
            Section(_("Where it comes from"), column=2, facts=_source(fact)),
            Section(_("Who decided"), column=2, facts=_decided(row), empty=Empty(_("Nobody has verified it yet."))),
        ),
    )


def _notices(fact: Fact, lacking: Sequence[str]) -> tuple[Notice, ...]:
    found = []
    if lacking:
        names = ", ".join(MISSING_LABELS.get(name, name.replace("_", " ")) for name in lacking)
        found.append(Notice(_("It can not be published. Missing: %(names)s.") % {"names": names}, "warn"))
    if rules.is_overdue(fact, clock.today()) and fact.review_by:
        day = formats.day(fact.review_by)
        found.append(Notice(_("Look for a newer figure: review was due on %(day)s.") % {"day": day}, "warn"))
    return tuple(found)


def _buttons(actor: Actor, fact: Fact, state: State, lacking: bool, row: Decision | None) -> tuple[Button, ...]:
    def button(label: str, name: str, tone: str = "") -> Button:
        return Button(label, reverse(f"facts:{name}", args=[fact.id]), tone, post=True)  # type: ignore[arg-type]

    found = []
    if state in (State.NOT_YET, State.WITHDRAWN) and not lacking and _may(actor, VERIFY):
        found.append(button(_("I read the source: it says this"), "verify"))
    is_mine = row is not None and row.verified_by == actor.account_id
    if state is State.VERIFIED and not is_mine and _may(actor, PUBLISH):
        found.append(button(_("Publish it"), "publish"))
    if state is State.PUBLISHED and _may(actor, PUBLISH):
        found.append(button(_("Withdraw it"), "withdraw", "quiet"))
    return tuple(found)


def _said(fact: Fact) -> tuple[Line, ...]:
    lines = [
        (_("Figure"), " · ".join(filter(None, (fact.figure, fact.share)))),
        (_("About whom"), fact.population),
        (_("What was counted"), fact.definition),
        (_("In plain words"), fact.plain),
        (_("What this does not mean"), fact.not_meaning),
        (_("To know before using it"), fact.caveat),
    ]
    found = [Line(label, value) for label, value in lines if value]
    if fact.successor:
        url = reverse("facts:fact", args=[fact.successor])
        found.append(Line(_("Say this instead"), Name(pack()[fact.successor].statement, url=url)))
    return tuple(found)


def _source(fact: Fact) -> tuple[Line, ...]:
    read = "; ".join(f"{one.outlet}, {formats.day(one.on)}" for one in fact.read)
    return (
        Line(_("Publisher"), fact.publisher),
        Line(_("Publication"), fact.title),
        Line(_("Published"), formats.partial_date(fact.published) if fact.published else ""),
        Line(_("Refers to"), fact.reference),
        Line(_("Address"), Name(fact.address)),
        Line(_("How it was read"), STANDING_LABELS[fact.standing]),
        Line(_("Read at"), read),
        Line(_("Retrieved"), formats.day(fact.retrieved_on) if fact.retrieved_on else ""),
        Line(_("Review by"), formats.day(fact.review_by) if fact.review_by else ""),
    )


def _decided(row: Decision | None) -> tuple[Line, ...]:
    if row is None:
        return ()
    names = access.names_of([key for key in (row.verified_by, row.published_by) if key is not None])
    found = [Line(_("Verified"), _by(names, row.verified_by, row.verified_on))]
    if row.published_by is not None:
        found.append(Line(_("Published"), _by(names, row.published_by, row.published_on)))
    if row.ended_on is not None:
        found.append(Line(_("Withdrawn"), formats.day(row.ended_on)))
    return tuple(found)


def _by(names: Mapping[UUID, str], account: UUID, on: date | None) -> str:
    return _("%(name)s, %(day)s") % {"name": names.get(account, ""), "day": formats.day(on) if on else ""}
