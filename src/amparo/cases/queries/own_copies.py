"""Survivors' own copies: which were made, and what of a case is one survivor's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfCase
from amparo.access.policy import Subject
from amparo.cases.models import OwnCopy
from amparo.cases.queries.bases import bases
from amparo.cases.queries.heads import CaseHead, rows_of_case
from amparo.cases.queries.incidents import incidents
from amparo.cases.queries.tasks import promises_of_case
from amparo.cases.words import INCIDENT_LABELS, PURPOSE_LABELS, CopyPart, CopyWay, Labels, PromiseState, Purpose
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment, Sight
from amparo.vault import sealing
from amparo.web import formats

MAKE_COPY = "cases:own_copy:make"
# What is to be seen, and how much of it, by whoever gives a part away.
NEEDS: dict[CopyPart, tuple[Compartment, Sight]] = {
    CopyPart.IDENTITY: (Compartment.IDENTITY, Sight.FULL),
    CopyPart.CONSENTS: (Compartment.IDENTITY, Sight.FULL),
    CopyPart.WORDS: (Compartment.NARRATIVE, Sight.PARTIAL),
    CopyPart.PLAN: (Compartment.CARE, Sight.FULL),
    CopyPart.DATES: (Compartment.LEGAL, Sight.PARTIAL),
    CopyPart.EXAMINATION: (Compartment.EXAMINATION, Sight.FULL),
}


def may_make_copy(actor: Actor, head: CaseHead) -> bool:
    return policy.decide(actor, MAKE_COPY, head.subject).allowed


def parts_to_give(actor: Actor, head: CaseHead) -> list[CopyPart]:
    """The parts that this reader sees well enough to give them to her."""
    return [part for part in CopyPart if _gives(actor, head, part)]


def _gives(actor: Actor, head: CaseHead, part: CopyPart) -> bool:
    if part is CopyPart.KITS:
        return policy.decide(actor, "kits:status:see", head.subject).allowed
    return part not in NEEDS or _sees(actor, head, *NEEDS[part])


def _sees(actor: Actor, head: CaseHead, compartment: Compartment, least: Sight) -> bool:
    subject = Subject(office=head.office_id, cases=frozenset([head.id]))
    return policy.sight(actor, compartment, subject) >= least


@dataclass(frozen=True, slots=True)
class OwnCopyView:
    """One copy that was made."""

    id: UUID
    code: str
    parts: tuple[str, ...]
    way: CopyWay
    on: date
    by: str
    remark: str


_COPIES = OfCase("cases:own_copy:see", OwnCopy, lambda rows: rows.select_related("person").order_by("-created_at"))


def own_copies(actor: Actor, case_id: UUID) -> list[OwnCopyView]:
    """Copies that survivors of a case got; the remark for who may know her. Cost: two queries, none for others."""
    rows = rows_of_case(actor, _COPIES, case_id)
    if not rows:
        return []
    names = access.names_of(row.created_by for row in rows)
    subject = Subject(office=rows[0].office_id, cases=frozenset([case_id]))
    may_know = policy.sight(actor, Compartment.IDENTITY, subject) is Sight.FULL
    opened = sealing.open_rows(rows, "remark") if may_know else [None] * len(rows)
    return [
        OwnCopyView(
            id=row.id,
            code=row.person.code,
            parts=tuple(row.parts),
            way=CopyWay(row.way),
            on=timezone.localtime(row.created_at).date(),
            by=names.get(row.created_by, ""),
            remark=words.text("remark") if words else "",
        )
        for row, words in zip(rows, opened, strict=True)
    ]


Lines = list[tuple[str, str]]
# The paper speaks to her.
_SAID_TO_HER: Labels = {**PURPOSE_LABELS, Purpose.SERVICES: gettext_lazy("Our own help to you")}


def words_of_hers(actor: Actor, case_id: UUID, person_id: UUID) -> Lines:
    """What happened, as it was written down: in one sentence, and in her words for a reader who sees them."""
    lines: Lines = []
    for one in incidents(actor, case_id):
        if one.person_id != person_id or not one.counts:
            continue
        when = formats.partial_date(PartialDate.parse(one.began)) if one.began else ""
        told = one.narrative if one.narrative and not one.narrative_withheld else one.summary
        if told:
            lines.append((" · ".join(filter(None, (when, str(INCIDENT_LABELS[one.type])))), told))
    return lines


def consents_of_hers(actor: Actor, case_id: UUID, person_id: UUID) -> Lines:
    """What she agreed to and until when, and what was promised to her."""
    lines: Lines = []
    for one in bases(actor, case_id):
        if one.person_id == person_id and one.is_live and one.purpose:
            until = _("until %(day)s") % {"day": formats.day(one.until_on)} if one.until_on else ""
            # A paper that is found must not tell where she sleeps.
            to = "" if one.purpose == Purpose.SHELTER else one.recipient
            said = " · ".join(filter(None, (to, until)))
            lines.append((str(_SAID_TO_HER.get(one.purpose, one.purpose)), said))
    for promise in promises_of_case(actor, case_id):
        if promise.person_id == person_id and promise.state == PromiseState.OPEN:
            by = _("We promised, by %(day)s") % {"day": formats.day(promise.due_on)}
            lines.append((by, promise.text))
    return lines
