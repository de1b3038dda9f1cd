"""Agreements: what may be released to an agency, and until when somebody has to look at them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import rules
from amparo.partners.commands.agencies import working
from amparo.partners.errors import WrongStep
from amparo.partners.models import Agreement, AgreementPaper
from amparo.partners.words import AgreementKind, AgreementState, Level
from amparo.vault.sealing import Words
from amparo.web import uploads

CHANGE = "partners:agreement:change"
SEE = "partners:agreement:see"


@command
def make_agreement(
    *,
    actor: Actor,
    agency_id: UUID,
    kind: AgreementKind,
    level: Level,
    classes: Sequence[str],
    valid_from: date,
    review_on: date,
    title: str,
    purpose: str = "",
    method: str = "",
    retention_months: int | None = None,
) -> UUID:
    """Write down a signed agreement with an active agency. **Needs** partners:agreement:change.

    **Ledger** agreement.made. Raises NotActive, PeriodTurned, ReviewTooLate, NothingNamed.
    """
    agency = working(actor, CHANGE, agency_id)
    rules.check_term(kind, classes, valid_from, review_on)
    row = Agreement(
        office_id=agency.office_id,
        agency_id=agency.id,
        kind=kind,
        level=level,
        classes=list(classes),
        valid_from=valid_from,
        review_on=review_on,
        retention_months=retention_months,
    )
    writing.insert(row, title=title, purpose=purpose, method=method)
    facts = {"agency": agency.id, "kind": kind, "classes": list(classes), "from": valid_from, "review": review_on}
    writing.note(Verb.AGREEMENT_MADE, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _signed(actor: Actor, agreement_id: UUID) -> Agreement:
    row = policy.load(actor, CHANGE, Agreement, agreement_id, seen_by=SEE)
    if row.state == AgreementState.ENDED:
        raise WrongStep
    return row


@command
def change_agreement(
    *,
    actor: Actor,
    agreement_id: UUID,
    expected: int,
    kind: AgreementKind,
    level: Level,
    classes: Sequence[str],
    valid_from: date,
    review_on: date,
    title: str,
    purpose: str,
    method: str,
    retention_months: int | None,
) -> UUID:
    """Correct an agreement that has not ended. **Needs** partners:agreement:change. **Ledger** agreement.changed.

    Raises WrongStep, PeriodTurned, ReviewTooLate, NothingNamed, Changed.
    """
    row = _signed(actor, agreement_id)
    rules.check_term(kind, classes, valid_from, review_on)
    writing.update(
        row,
        expected=expected,
        kind=kind,
        level=level,
        classes=list(classes),
        valid_from=valid_from,
        review_on=review_on,
        retention_months=retention_months,
        title=title,
        purpose=purpose,
        method=method,
    )
    facts = {"kind": kind, "classes": list(classes), "from": valid_from, "review": review_on}
    writing.note(Verb.AGREEMENT_CHANGED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def review_agreement(*, actor: Actor, agreement_id: UUID, expected: int, review_on: date) -> UUID:
    """Say that an agreement was reviewed today and holds until a later day. **Needs** partners:agreement:change.

    **Ledger** agreement.reviewed. Raises WrongStep, PeriodTurned, ReviewTooLate, Changed.
    """
    row = _signed(actor, agreement_id)
    rules.check_term(AgreementKind(row.kind), row.classes, clock.today(), review_on)
    writing.update(row, expected=expected, review_on=review_on)
    writing.note(Verb.AGREEMENT_REVIEWED, subject=row.id, office=row.office_id, facts={"review": review_on})
    return row.id


@command
def add_paper(*, actor: Actor, agreement_id: UUID, upload_id: UUID) -> UUID:
    """Put the signed paper beside an agreement, also after it has ended. **Needs** partners:agreement:change.

    **Ledger** agreement.paper_added. Raises UploadGone. Returns the agreement.
    """
    row = policy.load(actor, CHANGE, Agreement, agreement_id, seen_by=SEE)
    got = uploads.claim(actor, upload_id, row.office_id)
    paper = AgreementPaper(
        office_id=row.office_id,
        agreement_id=row.id,
        address=got.address,
        stored_bytes=got.stored_bytes,
        key_salt=got.salt,
    )
    details: Words = {"name": got.name, "type": got.media_type, "bytes": got.plain_bytes, "sha256": got.sha256}
    writing.insert(paper, details=details)
    facts = {"paper": paper.id, "bytes": got.plain_bytes}
    writing.note(Verb.AGREEMENT_PAPER_ADDED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


@command
def open_paper(*, actor: Actor, paper_id: UUID) -> UUID:
    """Keep in the ledger that a paper was opened, before it is. **Needs** partners:agreement:see.

    **Ledger** agreement.paper_opened. Returns the paper.
    """
    paper = policy.load(actor, SEE, AgreementPaper, paper_id)
    facts = {"paper": paper.id}
    writing.note(Verb.AGREEMENT_PAPER_OPENED, subject=paper.agreement_id, office=paper.office_id, facts=facts)
    return paper.id


@command
def end_agreement(*, actor: Actor, agreement_id: UUID) -> UUID:
    """End an agreement for good: from now on it releases nothing. **Needs** partners:agreement:change.

    **Ledger** agreement.ended. Raises WrongStep.
    """
    row = _signed(actor, agreement_id)
    writing.update(row, state=AgreementState.ENDED, ended_on=clock.today())
    writing.note(Verb.AGREEMENT_ENDED, subject=row.id, office=row.office_id)
    return row.id
