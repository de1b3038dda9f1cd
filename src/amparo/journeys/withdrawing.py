"""Taking a consent back: everything that rests on it and has not left stops in the same act."""

from __future__ import annotations

from uuid import UUID

from amparo.access.actors import Actor
from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.ledger.writing import command
from amparo.referrals import commands as referrals


@command
def withdraw_consent(*, actor: Actor, basis_id: UUID) -> UUID:
    """End a consent at once, and stop what was to be given on it; what is out already stays listed (invariant 2).

    **Needs** cases:basis:record. **Ledger** consent.withdrawn, referral.moved, release.moved. Raises ConsentEnded.
    """
    cases.withdraw_consent(actor=actor, basis_id=basis_id)
    # What left the drawing board on a consent that was renewed since rests on this one.
    for one in (basis_id, *queries.renewed_by(basis_id)):
        referrals.stop_without_consent(one)
    return basis_id
