"""What forms of this room start with: the way back, choices, and whether the reader may be there at all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.words import CaseState
from amparo.evidence import queries as evidence
from amparo.kernel import clock
from amparo.kernel.errors import Refused
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.referrals import rules
from amparo.referrals.errors import CaseClosed, NotInCase, OwnRelease, WrongStep
from amparo.referrals.queries import consents
from amparo.referrals.queries.reach import (
    APPROVE,
    CHANGE,
    RELEASE,
    Choices,
    check_all_seen,
    load_referral,
    load_release,
    part_choices,
    person_choices,
    referrable,
    seen_parts,
    service_choices,
)
from amparo.referrals.queries.referral import crumbs_of, page_url
from amparo.referrals.queries.release import release_url, standing_of
from amparo.referrals.words import COMPARTMENT_OF, PENDING, SAID, Event, Part, ReleaseEvent, State
from amparo.vault import sealing
from amparo.web.sheets import Crumb


@dataclass(frozen=True, slots=True)
class About:
    """What every form of this room needs; `seen` are the kinds of data that its reader sees."""

    back: str
    crumbs: tuple[Crumb, ...]
    seen: frozenset[Part] = frozenset()
    persons: Choices | None = None
    agencies: Choices | None = None
    facilities: Choices | None = None
    services: Choices | None = None
    consents: Choices | None = None
    items: Choices | None = None
    parts: Choices | None = None


def about_draft(actor: Actor, case_id: UUID) -> About:
    """What the form of a new referral starts with. Raises NotFound, Refused, CaseClosed, NotInCase."""
    head = cases.case_head(actor, case_id)
    services = service_choices(actor, head)
    if not services:
        raise Refused(permission=CHANGE)
    if head.state is CaseState.CLOSED:
        raise CaseClosed
    persons = person_choices(actor, case_id)
    if not persons:
        raise NotInCase
    seen = frozenset(referrable(actor, head))
    return About(
        back=reverse("referrals:of_case", args=[case_id]),
        crumbs=crumbs_of(head),
        seen=seen,
        persons=persons,
        agencies=partners.recipient_choices(actor),
        facilities=partners.facility_choices(actor),
        services=services,
        parts=part_choices(seen, seen),
    )


def about_change(actor: Actor, referral_id: UUID) -> About:
    """What the form of a change starts with. Raises NotFound, Refused, WrongStep, NotAllSeen."""
    row = load_referral(actor, CHANGE, referral_id)
    if row.state not in PENDING:
        raise WrongStep
    check_all_seen(actor, row)
    head = cases.case_head(actor, row.case_id)
    seen = frozenset(referrable(actor, head))
    return About(
        back=page_url(row.id),
        crumbs=(*crumbs_of(head), Crumb(row.code, page_url(row.id), code=True)),
        seen=seen,
        facilities=partners.facility_choices(actor, agency_id=row.agency_id),
        parts=part_choices(seen, seen),
    )


def present_referral(actor: Actor, referral_id: UUID) -> tuple[int, dict[str, object]]:
    """Its version and values, for who sees all that it carries. Raises NotFound, Refused, NotAllSeen."""
    row = load_referral(actor, CHANGE, referral_id)
    check_all_seen(actor, row)
    carried = [part for part in SAID if part in row.classes]
    words = sealing.open_row(row, "asked", *(part.value for part in carried))
    readings.opened(row.case_id, Compartment(row.level), *(COMPARTMENT_OF[part] for part in carried))
    return row.version, {
        "facility_id": str(row.facility_id or ""),
        "urgency": row.urgency,
        "due_on": row.due_on,
        "classes": list(row.classes),
        "asked": words.text("asked"),
        **{part.value: words.text(part.value) for part in carried},
    }


def about_step(actor: Actor, referral_id: UUID, event: Event) -> About:
    """What the form of a step starts with. Raises NotFound, Refused, WrongStep."""
    row = load_referral(actor, CHANGE, referral_id)
    rules.next_state(State(row.state), event)
    if event is Event.SEND:
        check_all_seen(actor, row)
    head = cases.heads(actor, [row.case_id]).get(row.case_id)
    crumbs = (*crumbs_of(head), Crumb(row.code, page_url(row.id), code=True))
    found = consents.fitting(row) if event is Event.CONSENT else None
    return About(back=page_url(row.id), crumbs=crumbs, consents=found)


def record_consent_url(actor: Actor, referral_id: UUID) -> str:
    """Where the consent that is missing is recorded. Raises NotFound, Refused."""
    return consents.record_url(load_referral(actor, CHANGE, referral_id))


def about_release(actor: Actor, case_id: UUID) -> About:
    """What the form of a new release starts with. Raises NotFound, Refused, CaseClosed."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, RELEASE, head.subject)
    if head.state is CaseState.CLOSED:
        raise CaseClosed
    seen = seen_parts(actor, head.subject)
    sees_items = policy.decide(actor, "evidence:item:see", head.part(Compartment.EVIDENCE)).allowed
    return About(
        back=reverse("referrals:of_case", args=[case_id]),
        crumbs=crumbs_of(head),
        seen=seen,
        consents=consents.for_release(actor, case_id),
        parts=part_choices(seen, seen),
        items=evidence.choices_of_case(actor, case_id) if sees_items else [],
    )


def about_release_step(actor: Actor, release_id: UUID, event: ReleaseEvent) -> About:
    """What the form of a step of a release starts with. Raises NotFound, Refused, WrongStep, OwnRelease, NotAllSeen."""
    deciding = event in (ReleaseEvent.APPROVE, ReleaseEvent.DECLINE)
    row = load_release(actor, APPROVE if deciding else RELEASE, release_id)
    rules.next_release_state(standing_of(row, clock.today()), event)
    if deciding and row.prepared_by == actor.account_id:
        raise OwnRelease
    if deciding or event is ReleaseEvent.SEND:
        check_all_seen(actor, row)
    head = cases.heads(actor, [row.case_id]).get(row.case_id)
    crumbs = (*crumbs_of(head), Crumb(row.code, release_url(row.id), code=True))
    return About(back=release_url(row.id), crumbs=crumbs)
