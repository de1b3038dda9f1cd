"""Reports that were referred on: how far they are, at whom, and which answers are waited for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases.moments import Due
from amparo.intake import rules
from amparo.intake.models import Onward, OnwardStep, ReportPerson
from amparo.intake.queries.reading import Reading, joined
from amparo.intake.queries.reports import loaded, url_of
from amparo.intake.words import (
    AGENCY_LABELS,
    ONWARD_EVENT_LABELS,
    ONWARD_FAILED,
    ONWARD_LABELS,
    REFERRAL_BASIS_LABELS,
    SENT_LABELS,
    TOLD_LABELS,
    Agency,
    OnwardEvent,
    OnwardState,
    ReferralBasis,
    State,
    Told,
)
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.text import shown
from amparo.kernel.words import Sight
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.vault.prepared import DAY
from amparo.web import formats
from amparo.web.sheets import Button, Code, Name, Row, Section, Tag, Text, Tone

ACCEPT = "intake:report:accept"
SEE = "intake:report:see"
_MOST = 100
_TONES: Mapping[OnwardState, Tone] = {
    OnwardState.SENT: "on",
    OnwardState.ACKNOWLEDGED: "on",
    OnwardState.ACCEPTED: "ok",
    OnwardState.HELPED: "ok",
}


def report_of_onward(actor: Actor, onward_id: UUID) -> UUID:
    """The report that was referred on, for who may say how far it is. Raises NotFound, Refused."""
    report: UUID | None = Onward.objects.filter(pk=onward_id).values_list("report_id", flat=True).first()
    if report is None:
        raise NotFound(permission=ACCEPT)
    return loaded(actor, ACCEPT, report).id


def onward_of(report_id: UUID) -> list[UUID]:
    """Each time that a report was referred on, in its order; the caller has asked the policy."""
    return list(Onward.objects.filter(report_id=report_id).order_by("id").values_list("id", flat=True))


def _named(row: Onward, own: str, names: Mapping[UUID, str]) -> str:
    known = names.get(row.agency_id, "") if row.agency_id else ""
    return known or own or str(AGENCY_LABELS[Agency(row.kind)])


def onward_sections(reading: Reading) -> list[Section]:
    """To whom a report went, what they did, and what may be told next; nothing where it did not go on."""
    rows = list(Onward.objects.filter(report_id=reading.row.id).order_by("id"))
    if not rows:
        return []
    whole = reading.sight is Sight.FULL
    opened = sealing.open_rows(rows, "name", "spoke_to") if whole else None
    names = partners.agency_names({row.agency_id for row in rows if row.agency_id})
    steps = _steps(rows, whole)
    lines, buttons = [], []
    for place, row in enumerate(rows):
        own = opened[place].text("name") if opened else ""
        spoke = opened[place].text("spoke_to") if opened else ""
        lines.append(_line(reading, row, _named(row, own, names), spoke, steps.get(row.id, [])))
    if reading.may(ACCEPT):
        buttons = _buttons(reading, rows[-1])
    return [
        Section(_("Referred on"), id="onward", column=2, rows=tuple(reversed(lines)), buttons=tuple(buttons)),
    ]


def _line(reading: Reading, row: Onward, name: str, spoke: str, steps: Sequence[str]) -> Row:
    sent = ", ".join(str(SENT_LABELS[code]) for code in row.sent if code in SENT_LABELS)
    today = reading.desk.today
    due = ""
    if row.answer_by:
        due = _("Their answer is waited for by %(day)s.") % {"day": formats.near_day(row.answer_by, today)}
    facts = joined(str(REFERRAL_BASIS_LABELS[ReferralBasis(row.basis)]), sent)
    told = _("Who was told: %(who)s.") % {"who": TOLD_LABELS[Told(row.told)]} if row.told else ""
    return Row(
        title=Name(name),
        when=formats.near_day(row.since_on, today),
        when_tone="late" if row.answer_by and row.answer_by < today else "",
        meta=facts,
        lines=tuple(one for one in (told, shown(spoke), *steps, due) if one),
        tag=Tag(ONWARD_LABELS[OnwardState(row.state)], _TONES.get(OnwardState(row.state), "warn")),
    )


def _steps(rows: Sequence[Onward], whole: bool) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    steps = list(OnwardStep.objects.filter(onward_id__in=[row.id for row in rows]).order_by("id"))
    words = [one.text("words") for one in sealing.open_rows(steps, "words")] if whole else [""] * len(steps)
    for step, said in zip(steps, words, strict=True):
        line = _("%(day)s: %(what)s") % {
            "day": formats.day(step.on),
            "what": ONWARD_EVENT_LABELS[OnwardEvent(step.event)],
        }
        found[step.onward_id].append(f"{line}. {shown(said)}" if said else f"{line}.")
    return found


def _buttons(reading: Reading, last: Onward) -> list[Button]:
    found = [
        Button(ONWARD_EVENT_LABELS[event], reverse("intake:move_onward", args=[last.id, event]), "quiet")
        for event in rules.onward_events(OnwardState(last.state))
    ]
    if last.state in ONWARD_FAILED and reading.row.state == State.REFERRED_ON:
        found.append(Button(_("Refer it to somebody else"), reverse("intake:refer_on", args=[reading.row.id])))
    return found


# ---- for the desk, and for the list of all referrals -------------------------------------------------------

_DUE = OfReader(
    ACCEPT, Onward, lambda rows, until: rows.filter(answer_by__lte=until).order_by("answer_by", "id")[:_MOST], DAY
)


def _seen(actor: Actor, rows: list[Onward]) -> list[Onward]:
    """Those of reports that name nobody from whom the reader is barred."""
    if not actor.barred_persons or not rows:
        return rows
    barred = ReportPerson.objects.filter(
        report_id__in=[row.report_id for row in rows], person_id__in=actor.barred_persons
    )
    hidden = set(barred.values_list("report_id", flat=True))
    return [row for row in rows if row.report_id not in hidden]


def _codes(rows: Sequence[Onward]) -> dict[UUID, str]:
    ids = [row.id for row in rows]
    return dict(Onward.objects.filter(pk__in=ids).values_list("report_id", "report__code"))


def onward_due(actor: Actor, until: date) -> list[Due]:
    """Reports whose answer from another agency is due by a day. Cost: three queries, none for who decides on none."""
    if not policy.has(actor, ACCEPT):
        return []
    rows = _seen(actor, _DUE.rows(actor, until))
    if not rows:
        return []
    codes, today = _codes(rows), clock.today()
    names = partners.agency_names({row.agency_id for row in rows if row.agency_id})
    return [
        Due(
            due_on=row.answer_by,
            title=(_ask(row), Name(_named(row, "", names))),
            meta=(Code(codes[row.report_id]), str(ONWARD_LABELS[OnwardState(row.state)])),
            url=f"{url_of(row.report_id)}#onward",
            action_label=_("Open"),
            urgency="late" if row.answer_by and row.answer_by < today else "soon",
        )
        for row in rows
    ]


def _ask(row: Onward) -> str:
    if row.state == OnwardState.ACCEPTED:
        return _("Ask how it went with a report referred on:")
    return _("Ask what became of a report referred on:")


# ---- in the list of all referrals --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnwardLine:
    """A report that was referred on, on one line, with what the list is ordered by."""

    id: UUID
    next_by: date | None
    is_late: bool
    line: Row


def _listed(actor: Actor) -> QuerySet[Onward]:
    rows = policy.visible(actor, SEE, Onward.objects.all())
    barred = ReportPerson.objects.filter(person_id__in=actor.barred_persons)
    return rows.exclude(report_id__in=barred.values("report_id")) if actor.barred_persons else rows


def onward_place(actor: Actor, onward_id: UUID) -> tuple[date | None, UUID] | None:
    """Where one stands in the list; None where it isn't there for the reader. Cost: one query."""
    row = _listed(actor).filter(pk=onward_id).first()
    return None if row is None else (row.answer_by, row.id)


def onward_listed(
    actor: Actor,
    *,
    everything: bool,
    agency_id: UUID | None = None,
    after: tuple[date | None, UUID] | None = None,
    most: int,
) -> list[OnwardLine]:
    """Reports referred on whose answer is waited for, the longest first; or all of them, the newest first.

    Nothing that was said is opened for it. `after`: the day and the id after which it goes on. Cost: three queries.
    """
    if not policy.has(actor, SEE):
        return []
    rows = _listed(actor)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if everything:
        rows = (rows.filter(id__lt=after[1]) if after else rows).order_by("-id")
    else:
        rows = rows.exclude(answer_by=None).order_by("answer_by", "id")
        if after and after[0]:
            rows = rows.filter(Q(answer_by__gt=after[0]) | Q(answer_by=after[0], id__gt=after[1]))
        elif after:
            # What has no day stands behind all these.
            return []
    found = list(rows.annotate(code=F("report__code"))[:most])
    today = clock.today()
    names = partners.agency_names({row.agency_id for row in found if row.agency_id})
    return [_list_line(row, row.code, names, today) for row in found]


def _list_line(row: Onward, code: str, names: Mapping[UUID, str], today: date) -> OnwardLine:
    late = row.answer_by is not None and row.answer_by < today
    line = Row(
        when=formats.near_day(row.answer_by or row.since_on, today),
        when_tone="late" if late else "",
        title=(_("A report referred on"), "·", Name(_named(row, "", names))),
        meta=Code(code),
        tag=Tag(ONWARD_LABELS[OnwardState(row.state)], _TONES.get(OnwardState(row.state), "warn")),
        url=f"{url_of(row.report_id)}#onward",
        strong=row.answer_by is not None,
    )
    return OnwardLine(row.id, row.answer_by, late, line)


def via(names: Mapping[UUID, str], agency_id: UUID | None, own: str) -> Text:
    """Through whom a report came, by name; empty where nobody is named."""
    known = names.get(agency_id, "") if agency_id else ""
    return Name(known or own) if known or own else ""
