"""The page of a referral: how far it is, what it asks and carries, on which consent, and what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.views.around import case_url
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.people import queries as people
from amparo.referrals import rules
from amparo.referrals.models import Referral, ReferralStep
from amparo.referrals.queries import consents
from amparo.referrals.queries.reach import (
    CHANGE,
    SEE,
    load_referral,
    named,
    seen_parts,
    shown_parts,
    subject_of,
)
from amparo.referrals.words import (
    CANCEL_LABELS,
    COMPARTMENT_OF,
    DECLINE_LABELS,
    DONE_LABELS,
    EVENT_LABELS,
    OPEN,
    OUT,
    PART_LABELS,
    PENDING,
    REFERRED_LABELS,
    SAID,
    STATE_LABELS,
    URGENCY_SHORT,
    Event,
    Part,
    State,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Withheld,
)

_TONES: dict[State, Tone] = {
    State.DRAFT: "warn",
    State.CONSENTED: "warn",
    State.SENT: "on",
    State.ACKNOWLEDGED: "on",
    State.ACCEPTED: "on",
    State.DELIVERED: "ok",
    State.FEEDBACK: "ok",
    State.DECLINED: "danger",
    State.UNAVAILABLE: "danger",
}


def page_url(referral_id: UUID) -> str:
    return reverse("referrals:referral", args=[referral_id])


def state_tag(row: Referral) -> Tag:
    state = State(row.state)
    return Tag(STATE_LABELS[state], _TONES.get(state, ""))


def is_late(row: Referral, today: date) -> bool:
    return row.next_by is not None and row.next_by < today


def recalls(rows: Sequence[Referral]) -> set[UUID]:
    """Those that lie at a partner while their consent holds no more: they should be told. Cost: one query."""
    out = [row for row in rows if row.state in OUT and row.basis_id]
    live = cases.live_consents(row.basis_id for row in out if row.basis_id) if out else {}
    return {row.id for row in out if row.basis_id not in live}


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the page looks at."""

    actor: Actor
    row: Referral
    head: CaseHead | None
    words: sealing.Opened
    steps: Sequence[tuple[ReferralStep, str]]
    seen: frozenset[Part]
    places: dict[UUID, str]
    names: dict[UUID, str]
    person: people.PersonLabel | None
    holds: bool
    may: bool
    today: date

    @property
    def to(self) -> str:
        return self.places.get(self.row.agency_id, "")

    def day(self, at: date) -> str:
        return formats.near_day(at, self.today)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"referrals:{name}", args=[self.row.id, *more])


def _load(actor: Actor, referral_id: UUID) -> _Page:
    row = load_referral(actor, SEE, referral_id)
    seen = seen_parts(actor, subject_of(row))
    carried = [part for part in SAID if part in row.classes and part in seen]
    words = sealing.open_row(row, "asked", *(part.value for part in carried))
    readings.opened(row.case_id, Compartment(row.level), *(COMPARTMENT_OF[part] for part in carried))
    steps = list(ReferralStep.objects.filter(referral_id=row.id).order_by("created_at", "id"))
    opened = [one.text("words") for one in sealing.open_rows(steps, "words")]
    consent = named(row.basis_id)
    return _Page(
        actor=actor,
        row=row,
        head=cases.heads(actor, [row.case_id]).get(row.case_id),
        words=words,
        steps=list(zip(steps, opened, strict=True)),
        seen=seen,
        places=partners.names_of({key for key in (row.agency_id, row.facility_id) if key}),
        names=access.names_of({row.created_by, *(one.created_by for one in steps)}),
        person=people.labels(actor, [row.person_id]).get(row.person_id),
        holds=rules.covers(consent, row.agency_id, row.classes),
        may=policy.decide(actor, CHANGE, policy.subject_of(row)).allowed,
        today=clock.today(),
    )


def crumbs_of(head: CaseHead | None, *, case: bool = True) -> tuple[Crumb, ...]:
    """The way back: the case, and what was referred and released in it."""
    if head is None or not case:
        return (Crumb(_("Referrals"), reverse("referrals:board")),)
    return (
        Crumb(head.code, case_url(head.id), code=True),
        Crumb(_("Referrals and releases"), reverse("referrals:of_case", args=[head.id])),
    )


def referral_page(actor: Actor, referral_id: UUID) -> Sheet:
    """The page of one referral. Raises NotFound. Cost: some fifteen queries, whatever has happened."""
    page = _load(actor, referral_id)
    row = page.row
    return Sheet(
        title=_title(page),
        crumbs=crumbs_of(page.head),
        code=Code(row.code),
        tags=(state_tag(row), *_late(page)),
        kind=str(URGENCY_SHORT[row.urgency]),
        lede_bold=_lede(page),
        lede=_next(page),
        buttons=_buttons(page),
        notices=_notices(page),
        sections=(_asked(page), _carried(page), _consent(page), _steps(page)),
    )


def _title(page: _Page) -> Text:
    return (
        str(REFERRED_LABELS[page.row.service]),
        "·",
        Name(page.places.get(page.row.facility_id or page.row.agency_id, "")),
    )


def _late(page: _Page) -> tuple[Tag, ...]:
    return (Tag(_("late"), "danger"),) if is_late(page.row, page.today) else ()


def _lede(page: _Page) -> str:
    row, values = page.row, {"day": page.day(page.row.since_on), "partner": page.to}
    said = {
        State.DRAFT: _("Nothing has left yet: it is not said on which consent."),
        State.CONSENTED: _("It can be sent."),
        State.SENT: _("Sent on %(day)s. %(partner)s has not answered.") % values,
        State.ACKNOWLEDGED: _("%(partner)s has it since %(day)s, and has not said yes or no.") % values,
        State.ACCEPTED: _("%(partner)s has accepted her on %(day)s.") % values,
        State.DELIVERED: _("She was helped on %(day)s.") % values,
        State.FEEDBACK: _("They told how it went on %(day)s.") % values,
        State.DECLINED: _("Declined on %(day)s.") % values,
        State.UNAVAILABLE: _("Not available, said on %(day)s.") % values,
        State.NOT_WANTED: _("She did not want it, said on %(day)s.") % values,
        State.CANCELLED: _("Stopped on %(day)s.") % values,
        State.CLOSED: _("Closed on %(day)s.") % values,
    }
    return said[State(row.state)]


def _next(page: _Page) -> str:
    row = page.row
    if row.next_by is None:
        labels = DECLINE_LABELS | CANCEL_LABELS
        return str(labels[row.reason]) + "." if row.reason in labels else ""
    late = (page.today - row.next_by).days
    if late > 0:
        return ngettext("The next step is %(count)s day late.", "The next step is %(count)s days late.", late) % {
            "count": late
        }
    return _("The next step is due by %(day)s.") % {"day": page.day(row.next_by)}


# ---- what can be done --------------------------------------------------------------------------------------

# The way on first, and what ends it in its place below.
_WAY_ON = (Event.SEND, Event.ACKNOWLEDGE, Event.ACCEPT, Event.DELIVER, Event.FEEDBACK, Event.CLOSE)
_ENDS = (Event.DECLINE, Event.UNAVAILABLE, Event.NOT_WANTED, Event.CANCEL)


def _buttons(page: _Page) -> tuple[Button, ...]:
    if not page.may:
        return ()
    state = State(page.row.state)
    possible = rules.events_from(state)
    found: list[Button] = []
    if Event.CONSENT in possible:
        found.append(Button(EVENT_LABELS[Event.CONSENT], page.url("consent"), key="n"))
    for event in _WAY_ON:
        if event in possible and not (event is Event.SEND and not page.holds):
            url = page.url("move", event.value)
            found.append(Button(EVENT_LABELS[event], url, "quiet" if found else ""))
    if state in OPEN - {State.DRAFT} and page.holds:
        found.append(Button(_("Sheet for them (PDF)"), page.url("sheet"), "quiet", post=True))
    if state in PENDING and set(page.row.classes) <= page.seen:
        found.append(Button(_("Change"), page.url("change"), "quiet", key="e"))
    return tuple(found)


def _notices(page: _Page) -> tuple[Notice, ...]:
    row = page.row
    if row.state in OUT and row.basis_id and not page.holds:
        said = _("She has taken her consent back, or it has ended. %(partner)s has what was sent: tell them to stop.")
        action = (
            Button(_("They were told: stop it"), page.url("move", Event.CANCEL.value), "grave") if page.may else None
        )
        return (Notice(said % {"partner": page.to}, "warn", action=action),)
    if row.state == State.CONSENTED and not page.holds:
        return (Notice(_("The consent does not hold any more. Nothing leaves on it."), "warn"),)
    return ()


# ---- its parts ---------------------------------------------------------------------------------------------


def _asked(page: _Page) -> Section:
    row, places = page.row, page.places
    whom: Text = page.person.text if page.person is not None else ""
    facts = (
        Fact(_("Whom"), whom),
        Fact(_("To"), Name(page.to)),
        *((Fact(_("Place"), Name(places.get(row.facility_id, ""))),) if row.facility_id else ()),
        Fact(_("Service"), str(REFERRED_LABELS[row.service])),
        Fact(_("She should be helped by"), formats.day(row.due_on)),
        *((Fact(_("Appointment"), formats.day(row.appointment_on)),) if row.appointment_on else ()),
        Fact(_("Drafted by"), Name(page.names.get(row.created_by, ""))),
        Fact(_("What they are asked to do"), Name(page.words.text("asked"))),
    )
    return Section(_("What is asked"), id="asked", column=1, facts=facts)


def _carried(page: _Page) -> Section:
    """What it carries, as far as the reader sees those compartments; of the others it never says whether."""
    facts = []
    if Part.IDENTITY in page.row.classes and Part.IDENTITY in page.seen:
        facts.append(Fact(PART_LABELS[Part.IDENTITY], _("Her name and how to reach her stand on the sheet.")))
    elif Part.IDENTITY in page.seen:
        facts.append(Fact(PART_LABELS[Part.IDENTITY], _("No: they get her code only.")))
    facts += [
        Fact(PART_LABELS[part], Name(page.words.text(part.value) or _("Said on the telephone")))
        for part in SAID
        if part in page.row.classes and part in page.seen
    ]
    hidden = [part for part in SAID if part not in page.seen]
    withheld = tuple(Withheld(PART_LABELS[part], _("Ask whoever sees this part of the case.")) for part in hidden)
    return Section(
        _("What it carries"),
        id="carried",
        column=1,
        facts=tuple(facts),
        withheld=withheld,
        empty=Empty(_("Nothing but the request.")) if not facts and not withheld else None,
    )


def _consent(page: _Page) -> Section:
    row = page.row
    live = cases.live_consents([row.basis_id]).get(row.basis_id) if row.basis_id else None
    if row.basis_id is None:
        empty = Empty(
            _("Not said yet. She agrees to this one recipient, and to what it may be told."),
            EVENT_LABELS[Event.CONSENT] if page.may and row.state == State.DRAFT else "",
            page.url("consent"),
        )
        return Section(_("On which consent"), id="consent", column=2, empty=empty)
    if live is None:
        return Section(
            _("On which consent"), id="consent", column=2, remark=_("It has ended since, or was taken back.")
        )
    facts = (
        Fact(_("Consent"), consents.said(live)),
        Fact(_("It names of this"), ", ".join(shown_parts(row.classes, page.seen)) or _("the request alone")),
    )
    return Section(_("On which consent"), id="consent", column=2, facts=facts)


def _steps(page: _Page) -> Section:
    rows = [
        Row(
            when=page.day(step.on),
            title=str(DONE_LABELS[step.event]),
            meta=Name(page.names.get(step.created_by, "")),
            lines=(Name(words),) if words else (),
        )
        for step, words in reversed(page.steps)
    ]
    drafted = clock.day_of(page.row.created_at)
    rows.append(
        Row(
            when=page.day(drafted),
            title=_("Drafted"),
            meta=Name(page.names.get(page.row.created_by, "")),
        )
    )
    possible = rules.events_from(State(page.row.state)) if page.may else ()
    buttons = tuple(
        Button(EVENT_LABELS[event], page.url("move", event.value), "quiet") for event in _ENDS if event in possible
    )
    return Section(_("What has happened"), id="steps", column=2, rows=tuple(rows), buttons=buttons)


# ---- lines -------------------------------------------------------------------------------------------------


def lines(actor: Actor, rows: Sequence[Referral], today: date, *, with_case: bool) -> tuple[Row, ...]:
    """Referrals on one line each; the policy has been asked. Cost: some seven queries for any number."""
    names = partners.agency_names({row.agency_id for row in rows})
    labels = people.labels(actor, {row.person_id for row in rows})
    heads = cases.heads(actor, {row.case_id for row in rows}) if with_case else {}
    taken_back = recalls(rows)
    return tuple(_line(row, today, names, labels, heads.get(row.case_id), row.id in taken_back) for row in rows)


def _line(
    row: Referral,
    today: date,
    names: dict[UUID, str],
    labels: dict[UUID, people.PersonLabel],
    head: CaseHead | None,
    taken_back: bool,
) -> Row:
    whom = labels.get(row.person_id)
    late = is_late(row, today)
    when = formats.near_day(row.next_by or row.since_on, today)
    return Row(
        when=when,
        when_tone="late" if late else "",
        title=(str(REFERRED_LABELS[row.service]), "·", Name(names.get(row.agency_id, ""))),
        meta=(
            *((Code(whom.code),) if whom else ()),
            *((Code(head.code, case_url(head.id)),) if head else (Code(row.code),)),
        ),
        tag=Tag(_("consent taken back"), "danger") if taken_back else state_tag(row),
        url=page_url(row.id),
        strong=State(row.state) in OPEN,
    )
