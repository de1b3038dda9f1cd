"""What is due in this room, and what waits for somebody."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.partners import queries as partners
from amparo.referrals.models import Referral, Release
from amparo.referrals.queries.reach import APPROVE, CHANGE, RELEASE, seen_parts, subject_of
from amparo.referrals.queries.referral import is_late, page_url
from amparo.referrals.queries.release import release_url
from amparo.referrals.words import (
    OUT,
    REFERRED_LABELS,
    RELEASE_OUT,
    STATE_LABELS,
    ReleaseState,
)
from amparo.vault.prepared import DAY, ID, IDS
from amparo.web.sheets import Code, Name

R = TypeVar("R", Referral, Release)
MOST = 100
# They refer, and they are told when an answer is late. A supervisor sees the same in the list.
_REFERRERS = (Role.CASEWORKER, Role.LAWYER, Role.INVESTIGATOR, Role.EXAMINER)


_DUE = OfReader(
    CHANGE,
    Referral,
    lambda rows, own, until: rows.filter(case_id__in=own, next_by__lte=until).order_by("next_by", "id")[:MOST],
    IDS,
    DAY,
)
_REFERRED = OfReader(
    CHANGE,
    Referral,
    lambda rows, own: rows.filter(case_id__in=own, state__in=OUT, basis__state="withdrawn").order_by("id")[:MOST],
    IDS,
)
_RELEASED = OfReader(
    RELEASE,
    Release,
    lambda rows, own, now: rows.filter(
        case_id__in=own, state__in=RELEASE_OUT, until_on__gte=now, basis__state="withdrawn"
    ).order_by("id")[:MOST],
    IDS,
    DAY,
)
_TO_APPROVE = OfReader(
    APPROVE,
    Release,
    lambda rows, now, account_id: (
        rows.filter(state=ReleaseState.PREPARED, until_on__gte=now)
        .exclude(prepared_by=account_id)
        .order_by("id")[:MOST]
    ),
    DAY,
    ID,
)


def _own_cases(actor: Actor) -> set[UUID]:
    return {case for case, role in actor.grants if role in _REFERRERS}


def due_for(actor: Actor, until: date) -> list[Due]:
    """Referrals of the reader's cases whose next step is due by a day. Cost: some six queries."""
    own = _own_cases(actor) if policy.has(actor, CHANGE) else set()
    if not own:
        return []
    found = _DUE.rows(actor, own, until)
    if not found:
        return []
    names = partners.agency_names({row.agency_id for row in found})
    heads = cases.heads(actor, {row.case_id for row in found})
    now = clock.today()
    return [
        Due(
            due_on=row.next_by,
            title=(str(REFERRED_LABELS[row.service]), "·", Name(names.get(row.agency_id, ""))),
            meta=(
                *((Code(heads[row.case_id].code),) if row.case_id in heads else ()),
                _("Referral: %(state)s") % {"state": STATE_LABELS[row.state]},
            ),
            url=page_url(row.id),
            action_label=_("See the referral"),
            urgency="late" if is_late(row, now) else "soon",
            case_id=row.case_id,
        )
        for row in found
    ]


def waiting_for(actor: Actor) -> list[Due]:
    """Releases to approve, and what is out on a consent that was taken back. Cost: some ten queries."""
    return [*_to_approve(actor), *_told_to_stop(actor)]


def _to_approve(actor: Actor) -> list[Due]:
    if not policy.has(actor, APPROVE):
        return []
    now = clock.today()
    rows = _TO_APPROVE.rows(actor, now, actor.account_id)
    # Whoever could not approve it is not asked: she would learn that there is something that she may not see.
    found = [row for row in rows if set(row.classes) <= seen_parts(actor, subject_of(row))]
    names = partners.agency_names({row.agency_id for row in found})
    heads = cases.heads(actor, {row.case_id for row in found}) if found else {}
    return [
        Due(
            due_on=clock.day_of(row.created_at),
            title=(_("Release to approve"), "·", Name(names.get(row.agency_id, ""))),
            meta=Code(heads[row.case_id].code) if row.case_id in heads else "",
            url=release_url(row.id),
            action_label=_("Read and decide"),
            urgency="soon",
            case_id=row.case_id,
        )
        for row in found
    ]


def _told_to_stop(actor: Actor) -> list[Due]:
    own = _own_cases(actor)
    if not own:
        return []
    referred, released = _REFERRED.rows(actor, own), _RELEASED.rows(actor, own, clock.today())
    both: list[Referral | Release] = [*referred, *released]
    names = partners.agency_names({row.agency_id for row in both})
    urls = {row.id: page_url(row.id) for row in referred} | {row.id: release_url(row.id) for row in released}
    return [
        Due(
            due_on=None,
            title=(_("Tell them that the consent was taken back:"), Name(names.get(row.agency_id, ""))),
            meta=Code(row.code),
            url=urls[row.id],
            action_label=_("Open"),
            urgency="late",
            case_id=row.case_id,
        )
        for row in both
    ]
