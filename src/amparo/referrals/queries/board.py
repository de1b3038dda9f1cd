"""The list of all who were sent on: referrals of cases, and reports that were referred on before there was a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.intake import queries as intake
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.partners import queries as partners
from amparo.referrals.models import Referral
from amparo.referrals.queries.reach import SEE
from amparo.referrals.queries.referral import is_late, lines
from amparo.referrals.words import OPEN, Of, State
from amparo.web.fields import Choices
from amparo.web.sheets import Empty, Listing, Row

PAGE = 50
SEE_REPORTS = "intake:report:see"
# Where a row stands: by when its next step is expected, and its id. Both kinds draw their ids from one clock.
Place = tuple[date | None, UUID]


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What is asked of the list: all or only what is open, of which kind, at which partner."""

    everything: bool = False
    of: str = ""
    partner: str = ""

    @property
    def partner_id(self) -> UUID | None:
        return UUID(self.partner) if self.partner else None

    def address(self, after: UUID | None = None) -> str:
        """The page that is asked for like this; `after`: the page that follows this row."""
        asked = {"show": "all" if self.everything else "", "of": self.of, "partner": self.partner}
        values = {name: value for name, value in (asked | {"after": str(after or "")}).items() if value}
        return f"{reverse('referrals:board')}?{urlencode(values)}" if values else reverse("referrals:board")


@dataclass(frozen=True, slots=True)
class BoardChoices:
    """What the list can be filtered by, for one reader: no choice between kinds of which she sees only one."""

    both: bool
    partners: Choices


@dataclass(frozen=True, slots=True)
class _One:
    place: Place
    is_late: bool
    line: Row


def board_choices(actor: Actor) -> BoardChoices:
    """What somebody may filter the list by. Cost: two queries. Raises NotFound."""
    _check(actor)
    both = policy.has(actor, SEE) and policy.has(actor, SEE_REPORTS)
    return BoardChoices(both, partners.recipient_choices(actor))


def _check(actor: Actor) -> None:
    if not policy.has(actor, SEE) and not policy.has(actor, SEE_REPORTS):
        raise NotFound(permission=SEE)


def board(actor: Actor, asked: BoardFilter, after: UUID | None = None) -> Listing:
    """What is open, by when its next step is expected, or all, the newest first. Raises NotFound.

    Cost: some twelve queries, whatever their number.
    """
    _check(actor)
    place = _place(actor, after) if after else None
    today = clock.today()
    found = _merged(actor, asked, place, today)
    shown, more = found[:PAGE], len(found) > PAGE
    late = sum(one.is_late for one in shown)
    may_begin = policy.has(actor, SEE)
    return Listing(
        title=_("Referrals"),
        lede_bold=_late_said(late) if not asked.everything else "",
        lede=_("Begin one on the page of a case.") if may_begin else "",
        rows=tuple(one.line for one in shown),
        empty=_empty(asked, may_begin=may_begin),
        next_url=asked.address(shown[-1].place[1]) if more else "",
        previous_url=asked.address() if after else "",
    )


def _empty(asked: BoardFilter, *, may_begin: bool) -> Empty:
    if asked != BoardFilter():
        return Empty(_("Nothing is like this."), _("Show all that is open"), reverse("referrals:board"))
    said = _("Nobody is referred at the moment.")
    if may_begin:
        return Empty(said, _("See the cases"), reverse("cases:cases"))
    return Empty(said, _("See the reports"), reverse("intake:reports"))


def _late_said(late: int) -> str:
    if not late:
        return ""
    return ngettext("%(count)s waits for too long.", "%(count)s wait for too long.", late) % {"count": late}


def _place(actor: Actor, after: UUID) -> Place:
    row = policy.visible(actor, SEE, Referral.objects.filter(pk=after)).first()
    place = (row.next_by, row.id) if row is not None else intake.onward_place(actor, after)
    if place is None:
        raise NotFound
    return place


def _merged(actor: Actor, asked: BoardFilter, after: Place | None, today: date) -> list[_One]:
    """The first rows of both kinds after a place, one more than a page holds."""
    found: list[_One] = []
    if asked.of != Of.REPORTS:
        rows = _referred(actor, asked, after)
        shown = lines(actor, rows, today, with_case=True)
        found += [_One((row.next_by, row.id), is_late(row, today), line) for row, line in zip(rows, shown, strict=True)]
    if asked.of != Of.CASES:
        onward = intake.onward_listed(
            actor, everything=asked.everything, agency_id=asked.partner_id, after=after, most=PAGE + 1
        )
        found += [_One((one.next_by, one.id), one.is_late, one.line) for one in onward]
    if asked.everything:
        found.sort(key=lambda one: one.place[1], reverse=True)
    else:
        found.sort(key=lambda one: (one.place[0] or date.max, one.place[1]))
    return found[: PAGE + 1]


def _referred(actor: Actor, asked: BoardFilter, after: Place | None) -> list[Referral]:
    rows = policy.visible(actor, SEE, Referral.objects.all())
    if asked.partner_id is not None:
        rows = rows.filter(agency_id=asked.partner_id)
    if asked.everything:
        return list((rows.filter(id__lt=after[1]) if after else rows).order_by("-id")[: PAGE + 1])
    rows = rows.filter(state__in=(*OPEN, State.DELIVERED))
    if after is not None:
        day, key = after
        same = Q(next_by=day, id__gt=key) if day else Q(next_by=None, id__gt=key)
        rows = rows.filter(same | Q(next_by__gt=day) | Q(next_by=None) if day else same)
    return list(rows.order_by(F("next_by").asc(nulls_last=True), "id")[: PAGE + 1])
