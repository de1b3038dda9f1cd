"""Consent to an examination, item by item. Answers are only ever added; the last one counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.words import BasisKind
from amparo.forensics.commands.reach import about, answers_of, draft_for, next_number, note
from amparo.forensics.models import Examination, ItemConsent
from amparo.forensics.queries import reach
from amparo.forensics.queries.reach import CHANGE, SEE
from amparo.forensics.rules import consent as rules
from amparo.forensics.rules.consent import Circumstances
from amparo.forensics.words import CLASSES, RELEASE_ITEMS, Answer, Item
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault.sealing import Words

RELEASE_DAYS = 365
_KIND = {"self": BasisKind.CONSENT, "organisation": BasisKind.BEST_INTERESTS}


@dataclass(frozen=True, slots=True)
class Talk:
    """How consent was asked for: who decided and why, what was explained, and who heard it."""

    giver: str = "self"
    capacity: str = "able"
    proxy: str = ""
    method: str = "written"
    witness: str = ""
    language: str = ""
    explained: Sequence[str] = ()
    freely: bool = False
    recipient: str = ""
    recipient_kind: str = "police"


@command
def record_consent(*, actor: Actor, exam_id: UUID, answers: Mapping[Item, Answer], talk: Talk) -> UUID:
    """Keep what she answered to each item that was asked; items that were not asked are left out.

    A consent to give something to somebody also goes into the case's own list of consents, and is taken back
    there when it is taken back here. **Needs** forensics:exam:change, as its examiner.
    **Ledger** exam.consent_asked, consent.given, consent.withdrawn. Raises CaregiverMissing,
    ProxyReasonMissing, WitnessMissing, CoercionUnsaid, RecipientMissing, AlreadySealed.
    """
    row = draft_for(actor, exam_id)
    given = [item for item, answer in answers.items() if answer is Answer.GIVEN]
    if given:
        told = Circumstances(talk.giver, talk.capacity, talk.proxy, talk.method, talk.witness, talk.freely)
        rules.check_circumstances(told, reach.age_at(row))
        rules.check_recipient(given, talk.recipient)
    standing = answers_of(row)
    for item, answer in answers.items():
        stood = standing.get(item) is Answer.GIVEN
        if item in RELEASE_ITEMS and stood:
            _end_bases(actor, row, item)
        taken_back = answer is Answer.REFUSED and stood
        basis_id = _basis(actor, row, item, talk) if item in RELEASE_ITEMS and answer is Answer.GIVEN else None
        _answer(actor, row, item, Answer.WITHDRAWN if taken_back else answer, talk, basis_id)
    if row.stopped_at is not None and given:
        # She agrees again: it goes on.
        writing.update(row, stopped_at=None, ended_at=None)
        note(Verb.EXAM_CONSENT_ASKED, row, {"item": "again", "state": Answer.GIVEN})
    return row.id


def _answer(actor: Actor, row: Examination, item: Item, answer: Answer, talk: Talk, basis_id: UUID | None) -> None:
    is_release = item in RELEASE_ITEMS
    one = ItemConsent(
        exam=row,
        **about(row),
        seq=next_number(ItemConsent, row, "seq"),
        item=item,
        answer=answer,
        asked_at=clock.now(),
        giver=talk.giver,
        method=talk.method,
        basis_id=basis_id,
    )
    words: dict[str, Words] = {
        "capacity": talk.capacity,
        "proxy": talk.proxy,
        "witness": talk.witness,
        "language": talk.language,
        "explained": list(talk.explained),
        "freely": talk.freely,
    }
    if is_release:
        words |= {"recipient": talk.recipient, "recipient_kind": talk.recipient_kind}
    writing.insert(one, words=words)
    note(Verb.EXAM_CONSENT_ASKED, one, {"item": item, "state": answer}, subject=row.id)


def _basis(actor: Actor, row: Examination, item: Item, talk: Talk) -> UUID:
    """The case's own consent for one class of data and one recipient."""
    return case_commands.record_basis(
        actor=actor,
        case_id=row.case_id,
        person_id=row.person_id,
        kind=_KIND.get(talk.giver, BasisKind.ASSENT),
        purpose=talk.recipient_kind,
        classes=CLASSES[item],
        recipient=talk.recipient,
        giver=talk.giver,
        method=talk.method,
        until_on=clock.today() + timedelta(days=RELEASE_DAYS),
        reason=talk.proxy,
        language=talk.language,
        witness=talk.witness,
    )


def _end_bases(actor: Actor, row: Examination, item: Item) -> None:
    """Take back in the case's list what an item put there, as far as it still stands."""
    found = ItemConsent.objects.filter(exam_id=row.id, item=item, basis_id__isnull=False)
    live = cases.live_consents(key for key in found.values_list("basis_id", flat=True) if key is not None)
    # One that was renewed since holds by the later one, and that is taken back.
    for basis_id in sorted({one.id for one in live.values() if one.id is not None}):
        case_commands.withdraw_consent(actor=actor, basis_id=basis_id)


@command
def withdraw(*, actor: Actor, exam_id: UUID, item: Item) -> UUID:
    """Take one consent back, at once and without a reason; also after the record was sealed or the case closed.

    Nothing more is kept or given on its strength; what was sealed stays sealed. **Needs** forensics:exam:change.
    **Ledger** exam.consent_asked, consent.withdrawn.
    """
    row = policy.load(actor, CHANGE, Examination, exam_id, seen_by=SEE)
    if answers_of(row).get(item) is Answer.GIVEN:
        _withdrawn(actor, row, item)
    return row.id


def withdraw_all(actor: Actor, row: Examination, at: datetime) -> None:
    """Take back whatever stands, inside the command that stops an examination."""
    for item, answer in answers_of(row).items():
        if answer is Answer.GIVEN and item not in (Item.FOLLOW_UP, *RELEASE_ITEMS):
            _withdrawn(actor, row, item)


def _withdrawn(actor: Actor, row: Examination, item: Item) -> None:
    last = ItemConsent.objects.filter(exam_id=row.id, item=item, answer=Answer.GIVEN).order_by("-seq").first()
    _end_bases(actor, row, item)
    _answer(actor, row, item, Answer.WITHDRAWN, Talk(giver=last.giver if last else "self", method="oral"), None)
