"""Why words about a person may be kept, and to whom they may go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import rules
from amparo.cases.commands.around import case_for
from amparo.cases.errors import (
    ConsentEnded,
    NoBasis,
    NotAPartner,
    NotRecorded,
    RecordingLinked,
    RenewedAhead,
)
from amparo.cases.models import (
    Basis,
)
from amparo.cases.rules import BasisFacts
from amparo.cases.words import (
    BasisKind,
    ConsentState,
)
from amparo.kernel import clock
from amparo.kernel.dates import PartialDate
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.people import queries as people


def _facts_of(row: Basis) -> BasisFacts:
    return BasisFacts(BasisKind(row.kind), ConsentState(row.state), row.from_on, row.until_on)


def require_basis(case_id: UUID, person_id: UUID) -> None:
    """Refuse new words about a survivor without a live basis (invariant 1). Raises NoBasis."""
    if not has_basis(case_id, person_id):
        raise NoBasis


def has_basis(case_id: UUID, person_id: UUID) -> bool:
    rows = [_facts_of(row) for row in Basis.objects.filter(case_id=case_id, person_id=person_id)]
    return rules.may_write_words(rows, clock.today())


@command
def record_basis(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    kind: BasisKind,
    purpose: str = "services",
    classes: Sequence[str] = (),
    agency_id: UUID | None = None,
    recipient: str = "",
    giver: str = "",
    method: str = "oral",
    refused: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
    reason: str = "",
    explained: Sequence[str] = (),
    language: str = "",
    interpreter: str = "",
    witness: str = "",
    renews: UUID | None = None,
) -> UUID:
    """Keep why words about a person may be kept, and to whom they may go; or that she said no.

    With `agency_id` the recipient is that partner, and `recipient` may say who there. Without `giver` it is whoever
    decides on such a basis. How old she is when it is given says who has to; a "no" is hers at every age.
    It takes the place of the one that it `renews`, and what rests on that one rests on this from then on.
    **Needs** cases:basis:record. **Ledger** consent.given, consent.refused or basis.recorded; consent.superseded.
    Raises NotAPartner, TooYoungAlone, AssentMissing, BestInterestsUnexplained, WitnessMissing, ConsentEnded,
    RenewedAhead.
    """
    case = case_for(actor, "cases:basis:record", case_id)
    if agency_id is not None:
        _check_partner(actor, agency_id, case.id, renews)
    giver, first_day = giver or rules.usual_giver(kind), from_on or clock.today()
    if not refused:
        rules.check_giver(kind, giver, reason, _age_on(person_id, min(first_day, clock.today())))
        rules.check_witness(method, witness)
    row = Basis(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        agency_id=agency_id,
        kind=kind,
        purpose=purpose,
        classes=list(classes),
        giver=giver,
        method=method,
        state=ConsentState.REFUSED if refused else ConsentState.GIVEN,
        from_on=first_day,
        until_on=until_on,
        explained=list(explained) or None,
    )
    if renews is not None:
        if first_day > clock.today():
            raise RenewedAhead(field="from_on")
        _supersede(case.id, renews, row)
    # What nobody said stays without a word, as in rows from before it could be said.
    around = {"language": language, "interpreter": interpreter, "witness": witness}
    writing.insert(row, recipient=recipient, reason=reason, **{name: said for name, said in around.items() if said})
    where = {"subject": row.id, "case": case.id, "office": case.office_id}
    if refused:
        writing.note(Verb.CONSENT_REFUSED, **where, facts={"purpose": purpose})
    elif kind in (BasisKind.CONSENT, BasisKind.ASSENT):
        facts = {"purpose": purpose, "classes": list(classes), "until": until_on}
        writing.note(Verb.CONSENT_GIVEN, **where, facts=facts)
    else:
        writing.note(Verb.BASIS_RECORDED, **where, facts={"kind": kind, "until": until_on})
    return row.id


def _check_partner(actor: Actor, agency_id: UUID, case_id: UUID, renews: UUID | None) -> None:
    """Raises NotAPartner for who works with us no more, unless the consent that is renewed named it."""
    before = Basis.objects.filter(pk=renews, case_id=case_id).first() if renews is not None else None
    is_kept = before is not None and before.agency_id == agency_id
    if not is_kept and all(str(agency_id) != key for key, _name in partners.recipient_choices(actor)):
        raise NotAPartner(field="agency_id")


def _supersede(case_id: UUID, basis_id: UUID, later: Basis) -> None:
    """Put a later basis in the place of an earlier one of the same person. Raises ConsentEnded."""
    rows = Basis.objects.filter(case_id=case_id, person_id=later.person_id, state=ConsentState.GIVEN)
    row = rows.filter(pk=basis_id).first()
    if row is None or later.state != ConsentState.GIVEN:
        raise ConsentEnded
    writing.update(row, state=ConsentState.SUPERSEDED, renewed_by_id=later.id)
    facts = {"by": later.id, "purpose": row.purpose}
    writing.note(Verb.CONSENT_SUPERSEDED, subject=row.id, case=case_id, office=row.office_id, facts=facts)


def _age_on(person_id: UUID, day: date) -> int | None:
    """The youngest that she can be on a day; None where nothing is known."""
    ages = people.age_at_event(person_id, PartialDate.on(day))
    return None if ages is None else ages.low


@command
def withdraw_consent(*, actor: Actor, basis_id: UUID) -> UUID:
    """End a consent at once. **Needs** cases:basis:record. **Ledger** consent.withdrawn. Raises ConsentEnded."""
    row = policy.load(actor, "cases:basis:record", Basis, basis_id)
    if row.state != ConsentState.GIVEN:
        raise ConsentEnded
    writing.update(row, state=ConsentState.WITHDRAWN, withdrawn_at=clock.now())
    facts = {"purpose": row.purpose}
    writing.note(Verb.CONSENT_WITHDRAWN, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@command
def keep_recording(*, actor: Actor, basis_id: UUID, item_id: UUID, code: str) -> UUID:
    """Say which item of evidence holds the recording of a spoken consent; the caller has found it in the same case.

    **Needs** cases:basis:record. **Ledger** consent.recording_linked. Raises NotRecorded, RecordingLinked,
    CaseIsClosed.
    """
    row = policy.load(actor, "cases:basis:record", Basis, basis_id)
    case_for(actor, "cases:basis:record", row.case_id)
    if row.method != "audio" or row.state != ConsentState.GIVEN:
        raise NotRecorded
    if row.recording_id is not None:
        raise RecordingLinked
    writing.update(row, recording_id=item_id, recording_code=code)
    facts = {"item": item_id}
    writing.note(Verb.CONSENT_RECORDING_LINKED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id
