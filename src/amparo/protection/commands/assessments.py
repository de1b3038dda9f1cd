"""Impact assessments: written, changed, signed as they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.protection.errors import AlreadySigned, ReviewPast
from amparo.protection.models import ImpactAssessment
from amparo.protection.queries import CHANGE, SEE_ASSESSMENT, SIGN
from amparo.protection.queries.assessments import WORDS


@dataclass(frozen=True, slots=True)
class Assessing:
    """What an impact assessment says."""

    review_on: date
    title: str = field(repr=False)
    processing: str = field(default="", repr=False)
    need: str = field(default="", repr=False)
    risks: str = field(default="", repr=False)
    measures: str = field(default="", repr=False)

    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in WORDS}


@command
def write_assessment(*, actor: Actor, said: Assessing) -> UUID:
    """Write an impact assessment. **Needs** protection:assessment:change. **Ledger** dpia.written.

    Raises ReviewPast.
    """
    policy.check_new(actor, CHANGE, Subject(office=actor.office_id))
    _check(said)
    row = ImpactAssessment(office_id=actor.office_id, review_on=said.review_on)
    writing.insert(row, **said.words())
    writing.note(Verb.DPIA_WRITTEN, subject=row.id, office=row.office_id, facts={"review": said.review_on})
    return row.id


def _check(said: Assessing) -> None:
    if said.review_on < clock.today():
        raise ReviewPast(field="review_on")


@command
def change_assessment(*, actor: Actor, assessment_id: UUID, expected: int, said: Assessing) -> UUID:
    """Change one, or look at it again with a new day of review; it has to be signed anew.

    **Needs** protection:assessment:change. **Ledger** dpia.changed. Raises ReviewPast, Changed.
    """
    row = policy.load(actor, CHANGE, ImpactAssessment, assessment_id, seen_by=SEE_ASSESSMENT)
    _check(said)
    writing.update(row, expected=expected, review_on=said.review_on, signed_by=None, signed_on=None, **said.words())
    writing.note(Verb.DPIA_CHANGED, subject=row.id, office=row.office_id, facts={"review": said.review_on})
    return row.id


@command
def sign_assessment(*, actor: Actor, assessment_id: UUID, expected: int) -> UUID:
    """Sign one as the signer saw it. **Needs** protection:assessment:sign. **Ledger** dpia.signed.

    Raises AlreadySigned, Changed.
    """
    row = policy.load(actor, SIGN, ImpactAssessment, assessment_id, seen_by=SEE_ASSESSMENT)
    if row.signed_by is not None:
        raise AlreadySigned
    writing.update(row, expected=expected, signed_by=actor.account_id, signed_on=clock.today())
    writing.note(Verb.DPIA_SIGNED, subject=row.id, office=row.office_id)
    return row.id
