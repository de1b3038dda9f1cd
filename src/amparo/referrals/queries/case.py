"""What this room tells about a case: its list, a section and marks of its page, and what closing it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases import queries as cases
from amparo.cases.moments import Moment
from amparo.cases.queries import CaseHead
from amparo.cases.views.around import crumbs as case_crumbs
from amparo.cases.words import CaseState, TrackKind
from amparo.forensics import queries as forensics
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.recall import once
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.referrals.models import Referral, Release
from amparo.referrals.queries.reach import RELEASE, SEE, SEE_RELEASE, service_choices
from amparo.referrals.queries.referral import lines, page_url
from amparo.referrals.queries.release import (
    knows_where,
    release_lines,
    release_url,
    standing_of,
)
from amparo.referrals.words import (
    OPEN,
    PENDING,
    REFERRED_LABELS,
    RELEASE_OUT,
    RELEASE_PENDING,
    State,
)
from amparo.web.addresses import reverse
from amparo.web.sheets import Button, Empty, Row, Section, Sheet

MOST = 100
_SHOWN = 6
_OPEN_RELEASES = RELEASE_PENDING | RELEASE_OUT
_REFERRALS = OfCase(SEE, Referral, lambda rows: rows.order_by("-id")[:MOST])
_RELEASES = OfCase(SEE_RELEASE, Release, lambda rows: rows.order_by("-id")[:MOST])


def _referrals(actor: Actor, case_id: UUID) -> list[Referral]:
    if not policy.has(actor, SEE):
        return []
    rows = cases.rows_of_case
    return once("referrals of case", (actor.account_id, case_id), lambda: rows(actor, _REFERRALS, case_id))


def _releases(actor: Actor, case_id: UUID) -> list[Release]:
    if not policy.has(actor, SEE_RELEASE):
        return []
    rows = cases.rows_of_case
    return once("releases of case", (actor.account_id, case_id), lambda: rows(actor, _RELEASES, case_id))


def may_refer(actor: Actor, head: CaseHead) -> bool:
    return head.state is not CaseState.CLOSED and bool(service_choices(actor, head))


def may_release(actor: Actor, head: CaseHead) -> bool:
    return head.state is not CaseState.CLOSED and policy.decide(actor, RELEASE, head.subject).allowed


# ---- pages -------------------------------------------------------------------------------------------------


def case_page(actor: Actor, case_id: UUID) -> Sheet:
    """Everything that was referred and released in a case, as far as the reader may know of it. Raises NotFound."""
    head = cases.case_head(actor, case_id)
    if not (policy.has(actor, SEE) or policy.decide(actor, SEE_RELEASE, head.subject).allowed):
        raise NotFound(permission=SEE)
    today = clock.today()
    referred, released = _referrals(actor, case_id), _releases(actor, case_id)
    sections = []
    if policy.has(actor, SEE):
        sections.append(
            Section(
                _("Referrals"),
                id="referrals",
                column=1,
                rows=lines(actor, referred, today, with_case=False),
                empty=Empty(_("Nobody was referred that you may know of.")),
            )
        )
    sections.append(
        Section(
            _("Releases"),
            id="releases",
            column=2,
            rows=(*release_lines(actor, released, today), *forensics.release_rows(actor, case_id)),
            empty=Empty(_("Nothing was released that you may know of.")),
        )
    )
    return Sheet(
        title=_("Referrals and releases"),
        crumbs=case_crumbs(head),
        lede=_("What left on a consent that was taken back stays in the list."),
        buttons=_buttons(actor, head),
        sections=tuple(sections),
    )


def _buttons(actor: Actor, head: CaseHead) -> tuple[Button, ...]:
    found = []
    if may_refer(actor, head):
        found.append(Button(_("Refer somebody"), reverse("referrals:draft", args=[head.id]), key="n"))
    if may_release(actor, head):
        found.append(Button(_("Prepare a release"), reverse("referrals:prepare", args=[head.id]), "quiet"))
    return tuple(found)


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """What is open first, then the newest; nothing for who may know of none. Cost: two queries, some more for rows."""
    head = cases.case_head(actor, case_id)
    sees_releases = policy.decide(actor, SEE_RELEASE, head.subject).allowed
    can_refer = may_refer(actor, head)
    if not (can_refer or sees_releases or policy.has(actor, SEE)):
        return []
    today = clock.today()
    referred, released = _referrals(actor, case_id), _releases(actor, case_id)
    extra = forensics.release_rows(actor, case_id)
    if not (referred or released or extra or can_refer):
        return []
    referred = sorted(referred, key=lambda row: State(row.state) not in OPEN)
    released = sorted(released, key=lambda row: standing_of(row, today) not in _OPEN_RELEASES)
    shown = referred[:_SHOWN]
    rows: tuple[Row, ...] = lines(actor, shown, today, with_case=False) if shown else ()
    rows += release_lines(actor, released[: _SHOWN - len(shown) + 2], today) if released else ()
    rows += tuple(extra[:2])
    url = reverse("referrals:of_case", args=[case_id])
    return [
        Section(
            _("Referrals and releases"),
            id="referrals",
            column=2,
            rows=rows,
            empty=Empty(
                _("Nobody was referred, and nothing was released."),
                _("Refer somebody") if can_refer else "",
                reverse("referrals:draft", args=[case_id]),
            ),
            link_label=_("All, and refer somebody") if rows and can_refer else _("All") if rows else "",
            link_url=url if rows else "",
        )
    ]


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """When somebody was sent on and helped, and when something was released, as far as the reader may know."""
    found: list[Moment] = []
    for row in _referrals(actor, case_id):
        if row.state in PENDING | {State.CANCELLED, State.NOT_WANTED}:
            continue
        track = TrackKind.ACCOUNTABILITY if row.level == Compartment.LEGAL else TrackKind.RESTORATION
        service = str(REFERRED_LABELS[row.service])
        title = f"{row.code}: {service}"
        found.append(Moment(track, row.since_on, _("referral"), title, _mark(row), page_url(row.id)))
    for release in _releases(actor, case_id):
        if release.sent_on:
            title = _("Release %(code)s") % {"code": release.code}
            url = release_url(release.id)
            found.append(Moment(TrackKind.ACCOUNTABILITY, release.sent_on, _("release"), title, "done", url))
    return found


def _mark(row: Referral) -> Literal["done", "open", "miss"]:
    if row.state in (State.DECLINED, State.UNAVAILABLE):
        return "miss"
    return "open" if row.state in OPEN else "done"


# ---- consents ----------------------------------------------------------------------------------------------


def resting_on(actor: Actor, basis_id: UUID) -> tuple[str, ...]:
    """What rests on a consent, for who is about to end it: as far as she may know of it, in sentences."""
    referred = list(policy.visible(actor, SEE, Referral.objects.filter(basis_id=basis_id)).order_by("id")[:MOST])
    released = list(policy.visible(actor, SEE_RELEASE, Release.objects.filter(basis_id=basis_id)).order_by("id")[:MOST])
    names = partners.agency_names(
        {row.agency_id for row in referred} | {row.agency_id for row in released if knows_where(actor, row)}
    )
    stops = [row.code for row in referred if row.state in PENDING]
    stops += [row.code for row in released if row.state in RELEASE_PENDING]
    out: list[Referral | Release] = [row for row in referred if row.state not in PENDING | {State.CANCELLED}]
    out += [row for row in released if row.sent_on]
    said = [_("This stops: %(codes)s.") % {"codes": ", ".join(stops)}] if stops else []
    said += [_gone(row.code, names.get(row.agency_id, "")) for row in out]
    return tuple(said)


def _gone(code: str, partner: str) -> str:
    values = {"code": code, "partner": partner}
    if not partner:
        return _("%(code)s is out already. Have it recalled, and tell her.") % values
    return _("%(code)s is out already: %(partner)s has it. Tell them, and tell her.") % values


# ---- closing -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the closing checklist; `open` is how many are not settled."""

    code: str
    open: int

    @property
    def met(self) -> bool:
        return self.open == 0


def closing_checks(case_id: UUID) -> list[Check]:
    """What of this room is open in a case; the caller has asked the policy. No words are opened. Cost: two queries."""
    return [
        Check("referrals_resolved", len(open_in_case(case_id))),
        Check("releases_ended", len(releases_open_in_case(case_id))),
    ]


def open_in_case(case_id: UUID) -> list[UUID]:
    """The referrals of a case that have come to no answer, oldest first; the caller has asked the policy."""
    return list(Referral.objects.filter(case_id=case_id, state__in=OPEN).order_by("id").values_list("id", flat=True))


def releases_open_in_case(case_id: UUID) -> list[tuple[UUID, bool]]:
    """The releases of a case that have not ended, oldest first, each with whether it is out."""
    rows = Release.objects.filter(case_id=case_id, state__in=_OPEN_RELEASES, until_on__gte=clock.today())
    return [(key, state in RELEASE_OUT) for key, state in rows.order_by("id").values_list("id", "state")]
