"""Certificates: issued to who has earned one, withdrawn with a reason, issued anew under another number."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock, codes, ids
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.training.errors import CertificateWithdrawn, NotEarned, WrongState
from amparo.training.models import Certificate, Enrolment, Session
from amparo.training.queries.register import people_by_id
from amparo.training.queries.results import earners
from amparo.training.words import WAS_HELD, SessionState, WithdrawReason

ISSUE = "training:certificate:issue"
SEE = "training:participant:see"
_PREFIX = "CRT"
# Nobody may find numbers of others by trying: some 10^13 of them.
_BITS = 45


@command
def issue_certificates(*, actor: Actor, session_id: UUID, enrolment_ids: Collection[UUID] | None = None) -> UUID:
    """Issue a certificate to everybody who has earned one and has none, or to those of them who are named.

    **Needs** training:certificate:issue. **Ledger** certificate.issued, once for each; it names the certificate
    that was withdrawn before. Raises WrongState, NotEarned.
    """
    session = policy.load(actor, ISSUE, Session, session_id, seen_by="training:session:see")
    if SessionState(session.state) not in WAS_HELD:
        raise WrongState
    wanted = [key for key in earners(session) if enrolment_ids is None or key in enrolment_ids]
    if not wanted:
        raise NotEarned
    rows = list(Enrolment.objects.filter(pk__in=wanted).order_by("created_at", "id"))
    names = {key: one.name for key, one in people_by_id(row.participant_id for row in rows).items()}
    before = {c.enrolment_id: c.id for c in Certificate.objects.filter(enrolment_id__in=wanted).order_by("created_at")}
    for row in rows:
        _issue(row, names[row.participant_id], before.get(row.id))
    return session.id


def _issue(row: Enrolment, name: str, replaces: UUID | None) -> None:
    number = codes.make_code(_PREFIX, ids.entropy(codes.ENTROPY_BYTES), bits=_BITS)
    certificate = Certificate(
        office_id=row.office_id,
        enrolment=row,
        participant_id=row.participant_id,
        number=number,
        issued_on=clock.today(),
        replaces_id=replaces,
    )
    writing.insert(certificate, name=name)
    facts = {"participant": row.participant_id, "replaces": replaces}
    writing.note(Verb.CERTIFICATE_ISSUED, subject=certificate.id, office=row.office_id, facts=facts)


@command
def withdraw_certificate(*, actor: Actor, certificate_id: UUID, reason: WithdrawReason) -> UUID:
    """Make a certificate void; its number stays known. **Needs** training:certificate:issue.

    **Ledger** certificate.withdrawn. Raises CertificateWithdrawn.
    """
    row = policy.load(actor, ISSUE, Certificate, certificate_id, seen_by=SEE)
    if row.withdrawn_on is not None:
        raise CertificateWithdrawn
    writing.update(row, withdrawn_on=clock.today(), withdraw_reason=reason)
    facts = {"participant": row.participant_id, "reason": reason}
    writing.note(Verb.CERTIFICATE_WITHDRAWN, subject=row.id, office=row.office_id, facts=facts)
    return row.id
