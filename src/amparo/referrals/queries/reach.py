"""How rows of this room are found, and how much of what they carry the reader may know."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole
from amparo.kernel import clock
from amparo.kernel.words import Compartment, Sight
from amparo.people import queries as people
from amparo.referrals.errors import NotAllSeen
from amparo.referrals.models import Referral, Release
from amparo.referrals.rules import Named
from amparo.referrals.words import COMPARTMENT_OF, LEVELS, PART_LABELS, REFERRABLE, REFERRED_LABELS, Part

SEE = "referrals:referral:see"
CHANGE = "referrals:referral:change"
SEE_RELEASE = "referrals:release:see"
RELEASE = "referrals:release:change"
APPROVE = "referrals:release:approve"

# Whom we refer: those whom we serve.
REFERRED = (PartyRole.SURVIVOR, PartyRole.FAMILY, PartyRole.CAREGIVER, PartyRole.GUARDIAN)
# A referral prints the whole name; a release only says that the name goes along. Health is never seen in part.
_SIGHT: dict[Part, Sight] = {Part.HEALTH: Sight.FULL, Part.CARE: Sight.FULL}

Choices = list[tuple[str, str]]


def today() -> date:
    return clock.today()


def head_for(actor: Actor, permission: str, case_id: UUID, level: Compartment | None = None) -> CaseHead:
    """The case for who may do this in it. Raises NotFound, Refused."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, permission, head.subject if level is None else head.part(level))
    return head


def load_referral(actor: Actor, permission: str, referral_id: UUID) -> Referral:
    """Raises NotFound, Refused."""
    return policy.load(actor, permission, Referral, referral_id, seen_by=SEE)


def load_release(actor: Actor, permission: str, release_id: UUID) -> Release:
    """Raises NotFound, Refused."""
    return policy.load(actor, permission, Release, release_id, seen_by=SEE_RELEASE)


# ---- what of it the reader may know ------------------------------------------------------------------------


def seen_parts(actor: Actor, subject: Subject, *, by_name: bool = False) -> frozenset[Part]:
    """The kinds of data of a case whose compartments this reader sees.

    `by_name`: the whole name must be seen, and not only what to call her; by who works with her, since others give
    a reason before they open it.
    """
    needed = _SIGHT | ({Part.IDENTITY: Sight.FULL} if by_name else {})
    works_with = any(case in subject.cases for case, _role in actor.grants)
    return frozenset(
        part
        for part, level in COMPARTMENT_OF.items()
        if policy.sight(actor, level, subject) >= needed.get(part, Sight.PARTIAL)
        and (works_with or not by_name or part is not Part.IDENTITY)
    )


def subject_of(row: Referral | Release) -> Subject:
    return Subject(office=row.office_id, cases=frozenset([row.case_id]), person=row.person_id)


def check_all_seen(actor: Actor, row: Referral | Release) -> None:
    """Raise NotAllSeen where something is carried that the actor does not see herself."""
    seen = seen_parts(actor, subject_of(row), by_name=isinstance(row, Referral))
    if set(row.classes) - seen:
        raise NotAllSeen


def shown_parts(parts: Collection[str], seen: Collection[Part]) -> list[str]:
    """Names of those kinds of data that are carried and that the reader may know of."""
    return [str(PART_LABELS[part]) for part in Part if part in parts and part in seen]


def labels_of(parts: Iterable[str]) -> str:
    held = set(parts)
    return _(", ").join(str(PART_LABELS[part]) for part in Part if part in held)


# ---- choices -----------------------------------------------------------------------------------------------


def person_choices(actor: Actor, case_id: UUID) -> Choices:
    """Those whom we serve in a case, by code and what to call them by where that is seen."""
    found = [one for one in cases.parties(actor, case_id, REFERRED) if one.left_on is None]
    labels = people.labels(actor, [one.person_id for one in found])
    return list({str(one.person_id): _called(one.code, labels.get(one.person_id)) for one in found}.items())


def _called(code: str, label: people.PersonLabel | None) -> str:
    return f"{code} · {label.first_name}" if label is not None and label.first_name else code


def service_choices(actor: Actor, head: CaseHead) -> Choices:
    """The services to which this reader may refer: those of whose part of the case she sees something."""
    return [
        (code, str(label))
        for code, label in REFERRED_LABELS.items()
        if policy.decide(actor, CHANGE, head.part(LEVELS[code])).allowed
    ]


def part_choices(seen: Collection[Part], among: Collection[Part]) -> Choices:
    return [(part.value, str(PART_LABELS[part])) for part in Part if part in among and part in seen]


def referrable(actor: Actor, head: CaseHead) -> list[Part]:
    seen = seen_parts(actor, head.subject, by_name=True)
    return [part for part in REFERRABLE if part in seen]


# ---- consents ----------------------------------------------------------------------------------------------


def named(basis_id: UUID | None) -> Named | None:
    """A consent as it holds at this moment; None where it does not. Cost: one query."""
    if basis_id is None:
        return None
    live = cases.live_consents([basis_id]).get(basis_id)
    return None if live is None else Named(live.agency_id, live.classes)
