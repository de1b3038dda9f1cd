"""What partners were asked to do for leads: in the lines of a lead, and what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due
from amparo.cases.queries import CaseHead
from amparo.cases.words import CaseState
from amparo.investigations.errors import AskSettled
from amparo.investigations.models import LeadAsk
from amparo.investigations.queries.lookups import team_choices
from amparo.investigations.queries.words import MOST, due_said, today, urgency_of
from amparo.investigations.words import REPLY_LABELS, AskReply, AskState, LeadState
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID
from amparo.web import formats
from amparo.web.sheets import Button, Empty, Listing, Name, Row, Tag, Text

SEE = "investigations:lead:see"
CHANGE = "investigations:lead:change"
ANSWER_HERE = "investigations:ask:answer"
PAGE = 50


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Officials and units of the directory, and partners on the team who answer here."""

    officials: list[tuple[str, str]]
    units: list[tuple[str, str]]
    readers: list[tuple[str, str]]


def officials_to_ask(actor: Actor, case_id: UUID) -> ToAsk:
    """Who of the partners may be asked, and who of theirs is on the team of the case. Cost: about 15 queries."""
    readers = team_choices(case_id, ANSWER_HERE)
    return ToAsk(partners.official_choices(actor), partners.unit_choices(actor), readers)


@dataclass(frozen=True, slots=True)
class AskForm:
    head: CaseHead
    asked: str = field(repr=False)


def ask_for(actor: Actor, ask_id: UUID) -> AskForm:
    """What was asked and waits for an answer. Raises NotFound, Refused, AskSettled."""
    row = policy.load(actor, CHANGE, LeadAsk, ask_id, seen_by=SEE)
    if row.state != AskState.ASKED:
        raise AskSettled
    readings.opened(row.case_id, Compartment.INVESTIGATION)
    return AskForm(cases.case_head(actor, row.case_id), sealing.open_row(row, "asked").text("asked"))


def lines_of(lead_ids: Collection[UUID], *, may: bool) -> dict[UUID, list[Text]]:
    """What was asked for each of these leads, in words; the caller has asked the policy for all of it.

    Cost: one query where nobody was asked, eight else.
    """
    rows = list(LeadAsk.objects.filter(lead_id__in=lead_ids).order_by("asked_on", "id"))
    found: dict[UUID, list[Text]] = defaultdict(list)
    if not rows:
        return found
    names = partners.names_of({key for row in rows for key in (row.known_id, row.unit_id) if key})
    names |= access.names_of(row.reader_id for row in rows if row.reader_id)
    for row, words in zip(rows, sealing.open_rows(rows, "name", "asked", "answer"), strict=True):
        of = _of(row, words.text("name"), names)
        found[row.lead_id].append((_("Asked of"), Name(of), "·", Name(words.text("asked")), "·", _standing(row)))
        if row.state == AskState.ANSWERED:
            found[row.lead_id].append(_answered(row, words.text("answer")))
        elif row.state == AskState.ASKED and may:
            found[row.lead_id].append(
                (
                    Name(_("Write down their answer"), url=reverse("investigations:answer_ask", args=[row.id])),
                    "·",
                    Name(_("Not needed any more"), url=reverse("investigations:drop_ask", args=[row.id])),
                )
            )
    return found


def _answered(row: LeadAsk, answer: str) -> Text:
    if row.reply in ("", AskReply.ANSWER):
        return (_("Their answer:"), Name(answer))
    said = str(REPLY_LABELS[row.reply])
    return (said, "·", Name(answer)) if answer else said


def _of(row: LeadAsk, own: str, names: dict[UUID, str]) -> str:
    parts = [names.get(key, "") for key in (row.reader_id, row.known_id, row.unit_id) if key]
    return _(", ").join(part for part in (own, *parts) if part)


def _standing(row: LeadAsk) -> str:
    if row.state == AskState.ANSWERED and row.answered_on:
        return _("answered on %(day)s") % {"day": formats.day(row.answered_on)}
    if row.state == AskState.DROPPED:
        return _("not needed any more")
    return _("asked on %(asked)s, answer due: %(due)s") % {
        "asked": formats.day(row.asked_on),
        "due": due_said(row.due_on, today()),
    }


# ---- for who is asked here -------------------------------------------------------------------------------------


def _mine(actor: Actor) -> QuerySet[LeadAsk]:
    """What is asked of the reader in cases on whose team she is; once her place ends, she reads it no more."""
    rows = policy.visible(actor, ANSWER_HERE, LeadAsk.objects.all())
    return rows.filter(case_id__in={case for case, _role in actor.grants})


def _waiting(rows: QuerySet[LeadAsk]) -> QuerySet[LeadAsk]:
    waiting = rows.filter(state=AskState.ASKED, lead__state=LeadState.OPEN)
    return waiting.exclude(case__state=CaseState.CLOSED)


def asked_of(actor: Actor, ask_id: UUID) -> LeadAsk:
    """What was asked of the reader herself. Raises NotFound."""
    row = _mine(actor).filter(pk=ask_id).first()
    if row is None:
        raise NotFound(permission=ANSWER_HERE)
    return row


def still_asked(row: LeadAsk) -> bool:
    """Whether somebody still waits for an answer."""
    return _waiting(LeadAsk.objects.filter(pk=row.pk)).exists()


def words_asked(actor: Actor, ask_id: UUID) -> str:
    """The words in which something was asked of the reader. Raises NotFound, AskSettled."""
    row = asked_of(actor, ask_id)
    if not still_asked(row):
        raise AskSettled
    readings.opened(row.case_id, Compartment.INVESTIGATION)
    return sealing.open_row(row, "asked").text("asked")


def asked_of_us(actor: Actor, *, everything: bool = False, after: UUID | None = None) -> Listing:
    """What was asked of the reader: its words, by whom and by when, and nothing else of a lead or a case.

    What waits for an answer, the earliest first; or all, the newest first. Cost: six queries. Raises NotFound.
    """
    if not policy.has(actor, ANSWER_HERE):
        raise NotFound(permission=ANSWER_HERE)
    rows = _mine(actor)
    if everything:
        rows = (rows.filter(id__lt=after) if after else rows).order_by("-id")
    else:
        rows = _waiting(rows)
        last = _mine(actor).filter(pk=after).values_list("due_on", flat=True).first() if after else None
        if last is not None:
            rows = rows.filter(Q(due_on__gt=last) | Q(due_on=last, id__gt=after))
        rows = rows.order_by("due_on", "id")
    found = list(rows[: PAGE + 1])
    shown, more = found[:PAGE], len(found) > PAGE
    url = reverse("investigations:asked_of_us")
    base = f"{url}?all=on" if everything else url
    join = "&" if everything else "?"
    return Listing(
        title=_("Asked of us"),
        lede=_("What colleagues of a case asked you to find out. Your answer goes to them at once."),
        buttons=(
            Button(_("Only what waits"), url, "quiet") if everything else Button(_("All"), f"{url}?all=on", "quiet"),
        ),
        rows=_lines_for_reader(shown),
        empty=Empty(_("Nothing was asked of you yet.") if everything else _("Nothing waits for your answer.")),
        next_url=f"{base}{join}after={shown[-1].id}" if more else "",
        previous_url=base if after else "",
    )


def _lines_for_reader(rows: Sequence[LeadAsk]) -> tuple[Row, ...]:
    for row in rows:
        readings.opened(row.case_id, Compartment.INVESTIGATION)
    names = access.names_of(row.created_by for row in rows)
    waiting = set(_waiting(LeadAsk.objects.filter(pk__in=[row.id for row in rows])).values_list("id", flat=True))
    opened = sealing.open_rows(rows, "asked", "answer")
    return tuple(
        _line_for_reader(row, words, names.get(row.created_by, ""), waits=row.id in waiting)
        for row, words in zip(rows, opened, strict=True)
    )


def _tag_for_reader(row: LeadAsk, *, waits: bool) -> Tag | None:
    if waits:
        return Tag(_("Late"), "danger") if row.due_on < today() else None
    return Tag(_("Answered") if row.state == AskState.ANSWERED else _("Not needed any more"))


def _line_for_reader(row: LeadAsk, words: sealing.Opened, by: str, *, waits: bool) -> Row:
    meta = _("Asked by %(name)s on %(day)s.") % {"name": by, "day": formats.day(row.asked_on)}
    said: tuple[Text, ...] = ()
    if row.state == AskState.ANSWERED:
        said = (_answered(row, words.text("answer")),)
    return Row(
        title=Name(words.text("asked")),
        when=formats.near_day(row.due_on, today()) if waits else "",
        when_tone=urgency_of(row.due_on, today()) if waits else "",
        lines=said,
        meta=meta,
        tag=_tag_for_reader(row, waits=waits),
        action_label=_("Answer") if waits else "",
        action_url=reverse("investigations:answer_here", args=[row.id]) if waits else "",
        strong=waits,
    )


def waiting_for_reader(actor: Actor) -> list[Due]:
    """What waits for the reader's answer, in the words in which it was asked. Cost: two queries."""
    if not policy.has(actor, ANSWER_HERE):
        return []
    rows = list(_waiting(_mine(actor)).order_by("due_on", "id")[:MOST])
    for row in rows:
        readings.opened(row.case_id, Compartment.INVESTIGATION)
    return [
        Due(
            row.due_on,
            Name(words.text("asked")),
            _("Asked of us, answer due: %(day)s") % {"day": due_said(row.due_on, today())},
            reverse("investigations:answer_here", args=[row.id]),
            _("Answer"),
            urgency_of(row.due_on, today()),
        )
        for row, words in zip(rows, sealing.open_rows(rows, "asked"), strict=True)
    ]


# ---- what is due -----------------------------------------------------------------------------------------------

_DUE = OfReader(
    CHANGE,
    LeadAsk,
    lambda rows, account_id, until: rows.filter(
        lead__assigned_id=account_id, lead__state=LeadState.OPEN, state=AskState.ASKED, due_on__lte=until
    ).order_by("due_on", "id")[:MOST],
    ID,
    DAY,
)


def asks_due(actor: Actor, until: date) -> Sequence[LeadAsk]:
    """What partners should have answered by a day about the actor's own leads. Cost: one query."""
    return _DUE.rows(actor, actor.account_id, until)
