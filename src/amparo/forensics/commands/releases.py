"""Giving a report to somebody: under a live consent, for a time, and each reading on record."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import LiveConsent
from amparo.evidence.commands import Source, keep_copy, number_copy
from amparo.evidence.words import CopyOf, Way
from amparo.forensics.commands.reach import about, note, sealed_for
from amparo.forensics.errors import NoConsentToRelease, NotAgreed, NotARecipient, RecordAltered, ReleaseEnded
from amparo.forensics.models import Examination, Release, ReleasedPaper
from amparo.forensics.queries import reach, record, report
from amparo.forensics.queries.reach import GIVE, READ, ExamView
from amparo.forensics.queries.releases import readable_of
from amparo.forensics.rules import sealing as rules
from amparo.forensics.words import RELEASED_LABELS, Item, ReleaseState
from amparo.kernel import clock, codes, digest, ids
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.vault import sealing
from amparo.vault.ingest import ingest
from amparo.vault.sealing import Words
from amparo.web import uploads

_SALT_BYTES = 32


@command
def release(
    *,
    actor: Actor,
    exam_id: UUID,
    recipient_id: UUID,
    basis_ids: list[UUID],
    until_on: date,
    agency_id: UUID | None = None,
    language: str = "en",
    reason: str = "",
) -> UUID:
    """Release the report to a colleague outside, as far as live consents for her name what is in it.

    `basis_ids` are consents of the case; what they name together is released: the report without the name where
    the name is not among them, and photographs only with a consent for photographs. The police and the prosecution
    get it as colleagues of the agency `agency_id`, with which an agreement must hold today that names all of it.
    **Writes** the paper as it is given, with the number of its copy on each page. **Needs** forensics:release:give.
    **Ledger** copy.issued, exam.released.
    Raises NotSealed, NoConsentToRelease, NotARecipient, AgencyMissing, NotAgreed, UntilTooFar, RecordAltered.
    """
    row = sealed_for(actor, exam_id, GIVE)
    live = cases.live_consents(basis_ids)
    classes = _classes(row, live, basis_ids)
    _check_recipient(row, recipient_id, live, agency_id)
    _check_agreement(agency_id, classes)
    ends = [one.until_on for one in live.values() if one.until_on is not None]
    rules.check_until(until_on, clock.today(), min(ends, default=None))
    view = reach.view_of(row)
    if Item.EXAMINATION in reach.taken_back(view):
        raise NoConsentToRelease
    if not record.is_whole(view):
        raise RecordAltered
    code = codes.make_code("RL", ids.entropy(codes.ENTROPY_BYTES))
    given = Release(
        exam=row, **about(row), code=code, recipient_id=recipient_id, agency_id=agency_id,
        released_by=actor.account_id,
        basis_ids=[str(key) for key in sorted(live)], classes=sorted(classes), until_on=until_on,
    )  # fmt: skip
    source = Source(CopyOf.REPORT, given.id, (row.code, code), row.case_id, row.office_id)
    new = number_copy(actor, source, agency_id=agency_id, language=language)
    paper = report.paper(actor, view, classes, language=language, at=clock.now(), mark=new.mark, code=code)
    given.paper_sha256 = digest.sha256(paper)
    keep_copy(new, Way.MARKED, copy=given.paper_sha256)
    return _kept(actor, view, given, paper, reason)


def _classes(row: Examination, live: dict[UUID, LiveConsent], wanted: list[UUID]) -> frozenset[str]:
    """What these consents name together, of what a report holds. Raises NoConsentToRelease."""
    about_her = cases.basis_ids_of(row.case_id, row.person_id)
    if not wanted or set(wanted) - set(live) or set(wanted) - about_her:
        raise NoConsentToRelease
    named = frozenset(name for one in live.values() for name in one.classes)
    if "examination" not in named:
        raise NoConsentToRelease
    return named & set(RELEASED_LABELS)


def _check_recipient(
    row: Examination, recipient_id: UUID, live: dict[UUID, LiveConsent], agency_id: UUID | None
) -> None:
    roles = [member.role for member in access.team_of(row.case_id) if member.account_id == recipient_id]
    if not roles:
        raise NotARecipient(field="recipient_id")
    for one in live.values():
        # A consent that names a partner is for nobody else, and for none of us.
        if one.agency_id is not None and one.agency_id != agency_id:
            raise NoConsentToRelease(field="basis_ids")
        rules.check_recipient(roles, one.purpose)
    rules.check_agency(roles, agency_id)


def _check_agreement(agency_id: UUID | None, classes: frozenset[str]) -> None:
    """Her consent alone opens nothing to an agency: an agreement with it must hold too. Raises NotAgreed."""
    if agency_id is None:
        return
    verdicts = partners.release_verdicts(agency_id, sorted(classes), clock.today())
    lacking = [str(RELEASED_LABELS[one.data_class]) for one in verdicts if not one.allowed]
    if lacking:
        raise NotAgreed(field="agency_id", lacking=", ".join(lacking))


def _kept(actor: Actor, view: ExamView, row: Release, paper: bytes, reason: str) -> UUID:
    writing.insert(row, reason=reason)
    salt = ids.entropy(_SALT_BYTES)
    key = sealing.blob_key(row.person_id, Compartment.EXAMINATION, row.office_id, salt)
    kept = ingest(
        io.BytesIO(paper), uploads.store(), key, salt, expected_bytes=len(paper), max_bytes=len(paper)
    )  # fmt: skip
    file = ReleasedPaper(
        release=row,
        **about(row),
        key_salt=salt,
        address=kept.address,
        stored_bytes=kept.stored_bytes,
    )
    details: Words = {
        "name": f"{row.code}.pdf",
        "media_type": "application/pdf",
        "sha256": kept.plain_sha256,
        "bytes": kept.plain_bytes,
    }
    writing.insert(file, details=details)
    facts = {
        "to": row.recipient_id,
        "until": row.until_on,
        "classes": row.classes,
        # Of the sealed bytes: whoever reads the ledger learns nothing of the paper.
        "sha256": kept.address,
    }
    note(Verb.EXAM_RELEASED, row, facts)
    return row.id


def _mine(actor: Actor, release_id: UUID) -> Release:
    return policy.load(actor, READ, Release, release_id)


@command
def read(*, actor: Actor, release_id: UUID, part: str = "report") -> UUID:
    """Record that its recipient reads a released part, before she does. **Needs** forensics:release:read.

    **Ledger** exam.release_read. Raises ReleaseEnded.
    """
    row = _mine(actor, release_id)
    wanted = "photographs" if part == "photograph" else "examination"
    if wanted not in readable_of(row):
        raise ReleaseEnded
    note(Verb.EXAM_RELEASE_READ, row, {"part": part})
    return row.id


@command
def decline(*, actor: Actor, release_id: UUID) -> UUID:
    """Not take a released report: nothing of it can be read any more. **Needs** forensics:release:read.

    **Ledger** exam.release_declined. Raises ReleaseEnded.
    """
    row = _mine(actor, release_id)
    if row.state != ReleaseState.OPEN:
        raise ReleaseEnded
    writing.update(row, state=ReleaseState.DECLINED, ended_at=clock.now())
    note(Verb.EXAM_RELEASE_DECLINED, row)
    return row.id


@command
def recall(*, actor: Actor, release_id: UUID) -> UUID:
    """Take a release back at once. **Needs** forensics:release:give. **Ledger** exam.release_recalled.

    Raises ReleaseEnded.
    """
    row = policy.load(actor, GIVE, Release, release_id)
    if row.state != ReleaseState.OPEN:
        raise ReleaseEnded
    writing.update(row, state=ReleaseState.RECALLED, ended_at=clock.now())
    note(Verb.EXAM_RELEASE_RECALLED, row)
    return row.id


@command
def make_report(*, actor: Actor, exam_id: UUID, language: str) -> bytes:
    """Make the report for court for the examiner herself: the whole of it, with the number of its copy on each page.

    **Needs** forensics:release:give. **Ledger** copy.issued, exam.report_made. Raises NotSealed, RecordAltered.
    """
    row = sealed_for(actor, exam_id, GIVE)
    view = reach.view_of(row)
    if not record.is_whole(view):
        raise RecordAltered
    source = Source(CopyOf.REPORT, row.id, (row.code,), row.case_id, row.office_id)
    new = number_copy(actor, source, agency_id=None, language=language)
    whole = frozenset(RELEASED_LABELS)
    paper = report.paper(actor, view, whole, language=language, at=clock.now(), mark=new.mark)
    keep_copy(new, Way.MARKED, copy=digest.sha256(paper))
    note(Verb.EXAM_REPORT_MADE, row, {"sha256": digest.sha256(paper)})
    return paper
