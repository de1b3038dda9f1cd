"""Kits on the page of their case, and what a caseworker may say to the survivor."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.cases import queries as cases
from amparo.cases.moments import Moment
from amparo.cases.words import TrackKind
from amparo.kernel.words import Compartment
from amparo.kits.models import KitStep, LabRequest, UsedKit
from amparo.kits.queries.alarms import page_url
from amparo.kits.queries.boards import crumbs, lines
from amparo.kits.queries.page import choice_possible, number_section
from amparo.kits.queries.reach import ASK, REQUEST, SEE, STATUS, limits, load_used, today
from amparo.kits.queries.requests import request_rows
from amparo.kits.rules import numbers
from amparo.kits.words import ACT_LABELS, AT_LABORATORY, COARSE_LABELS, COARSE_NEXT, Kind, State
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import Button, Code, Crumb, Empty, Notice, Row, Section, Sheet

MOST = 20


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """The kits of a case and the requests to laboratories, in short; nothing for who may not know of any.

    Nothing either where there is none and the reader could not begin one: most cases need no kit.
    """
    head = cases.case_head(actor, case_id)
    part = head.part(Compartment.EVIDENCE)
    if policy.decide(actor, SEE, part).allowed:
        found = _kits(actor, case_id)
        may = policy.decide(actor, ASK, part).allowed
        asked = _requests(actor, case_id, may)
        return [section for section in (found, asked if asked or not may else _ask(case_id)) if section is not None]
    if policy.decide(actor, STATUS, head.subject).allowed:
        return _coarse(actor, case_id)
    return []


_KITS = OfCase(SEE, UsedKit, lambda rows: rows.order_by("-id")[:MOST])
told_kits = OfCase(STATUS, UsedKit, lambda rows: rows.order_by("-id")[:MOST])
_REQUESTS = OfCase(REQUEST, LabRequest, lambda rows: rows.order_by("-id")[:MOST])


def _kits(actor: Actor, case_id: UUID) -> Section | None:
    rows = cases.rows_of_case(actor, _KITS, case_id)
    if not rows:
        return None
    return Section(
        _("Examination kits"), id="kits", column=2, rows=lines(actor, rows, limits(), today(), with_case=False)
    )


def _requests(actor: Actor, case_id: UUID, may: bool) -> Section | None:
    found = cases.rows_of_case(actor, _REQUESTS, case_id)
    if not found:
        return None
    return Section(
        _("Requests to laboratories"),
        id="requests",
        column=2,
        rows=request_rows(found),
        link_label=_("Draft a request") if may else "",
        link_url=reverse("kits:draft", args=[case_id]) if may else "",
    )


def _ask(case_id: UUID) -> Section:
    return Section(
        _("Requests to laboratories"),
        id="requests",
        column=2,
        empty=Empty(_("No laboratory was asked yet."), _("Draft a request"), reverse("kits:draft", args=[case_id])),
    )


def _coarse(actor: Actor, case_id: UUID) -> list[Section]:
    """What a caseworker sees: the same words that the survivor reads."""
    rows = cases.rows_of_case(actor, told_kits, case_id)
    if not rows:
        return []
    now = today()
    shown = tuple(
        Row(
            title=COARSE_LABELS[numbers.told(State(kit.state)).coarse],
            when=formats.near_day(kit.since_on, now),
            meta=Code(kit.code),
            url=reverse("kits:status", args=[kit.kit_id]),
        )
        for kit in rows
    )
    return [Section(_("Examination kits"), id="kits", rows=shown)]


def waiting_in_case(case_id: UUID) -> int:
    """How many used kits of a case somebody still has to fetch, send, examine or decide about.

    The caller has asked the policy for the case. Cost: one query.
    """
    rows = UsedKit.objects.filter(case_id=case_id)
    unsent = Q(state__in=(State.REPORTED, State.PICKED_UP, State.STORED), sent_on=None)
    return rows.filter(unsent | Q(state__in=(State.HELD, *AT_LABORATORY))).count()


def status_page(actor: Actor, kit_id: UUID) -> Sheet:
    """What a survivor's caseworker or examiner may tell her of her kit, and her number. Raises NotFound."""
    used = load_used(actor, STATUS, kit_id)
    head = cases.heads(actor, [used.case_id]).get(used.case_id)
    told = numbers.told(State(used.state))
    case = (Crumb(head.code, reverse("desk:case", args=[head.id]), code=True),) if head else ()
    buttons: tuple[Button, ...] = ()
    if choice_possible(actor, used):
        url = reverse("kits:step", args=[used.kit_id, Kind.REPORT.value])
        buttons = (Button(ACT_LABELS[Kind.REPORT], url),)
    if policy.decide(actor, SEE, policy.subject_of(used)).allowed:
        buttons += (Button(_("See the kit"), page_url(used.kit_id), "quiet"),)
    said = COARSE_NEXT[told.coarse]
    until = used.until if told.keeps_day else None
    return Sheet(
        title=_("What she can be told of her kit"),
        crumbs=(*case, *crumbs()) if policy.has(actor, SEE) else case,
        code=Code(used.code),
        lede_bold=str(COARSE_LABELS[told.coarse]),
        lede=_("It is kept until %(day)s.") % {"day": formats.day(until)} if until else "",
        remark=_("Since %(day)s") % {"day": formats.near_day(used.since_on, today())},
        buttons=buttons,
        sections=(
            Section(
                _("What happens next"),
                id="next",
                remark=said,
                notices=(Notice(_("With her own number she reads the same words.")),),
            ),
            number_section(actor, used),
        ),
    )


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """When a kit was used, and when its analysis was complete; hand-overs are marks of its custody already."""
    kits = {row.id: row for row in cases.rows_of_case(actor, _KITS, case_id)}
    if not kits:
        return []
    rows = KitStep.objects.filter(used_id__in=kits, kind__in=(Kind.USE, Kind.COMPLETE)).order_by("on", "seq")
    labels = {Kind.USE: _("examination kit"), Kind.COMPLETE: _("kit examined")}
    return [
        Moment(
            TrackKind.ACCOUNTABILITY,
            row.on,
            labels[Kind(row.kind)],
            f"{kits[row.used_id].code}: {labels[Kind(row.kind)]}",
            "done",
            page_url(kits[row.used_id].kit_id),
            wide=row.kind == Kind.COMPLETE,
        )
        for row in rows
    ]
