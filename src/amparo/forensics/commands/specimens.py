"""Specimens and the kit: what is for the court becomes an item of evidence in the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.actors import Actor
from amparo.evidence import commands as evidence
from amparo.evidence.errors import SealUsed
from amparo.evidence.words import Category, Storage
from amparo.forensics.commands.reach import about, consent_for, draft_for, next_number, note
from amparo.forensics.errors import InCustody, KitNumberMissing, KitOpened, SealNumberMissing
from amparo.forensics.models import Examination, Specimen
from amparo.forensics.words import SPECIMEN_ITEM, SPECIMEN_ITEMS, SPECIMEN_LABELS, SpecimenPurpose, SpecimenType
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.kits import commands as kit_commands
from amparo.kits import queries as kits
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.vault import sealing
from amparo.vault.sealing import Words


@dataclass(frozen=True, slots=True)
class Taken:
    """One specimen as it was taken. `place` is where it is kept now."""

    type: SpecimenType
    purpose: SpecimenPurpose = SpecimenPurpose.FORENSIC
    taken_at: datetime | None = None
    site: str = ""
    container: str = ""
    seal: str = ""
    tests: str = ""
    destination: str = ""
    storage: Storage | None = None
    place: str = ""
    remark: str = ""


def _words(taken: Taken) -> dict[str, Words]:
    words: dict[str, Words] = {
        "type": taken.type,
        "purpose": taken.purpose,
        "taken_at": (taken.taken_at or clock.now()).isoformat(),
        "site": taken.site,
        "container": taken.container,
        "seal": taken.seal,
        "tests": taken.tests,
        "destination": taken.destination,
        "storage": taken.storage or "",
        "place": taken.place,
        "remark": taken.remark,
    }
    return {name: value for name, value in words.items() if value != ""}


@command
def take_specimen(*, actor: Actor, exam_id: UUID, taken: Taken) -> UUID:
    """Record a specimen. One for the court gets its seal and chain of custody at once, in the examiner's hands.

    **Needs** forensics:exam:change, as its examiner, consent to this class of specimen, and
    evidence:specimen:register. **Ledger** specimen.taken, item.registered, custody.recorded.
    Raises ConsentMissing, SealNumberMissing, SealUsed, InFuture, AlreadySealed.
    """
    row = draft_for(actor, exam_id)
    consent_id = consent_for(row, SPECIMEN_ITEM[taken.type])
    for_court = taken.purpose is SpecimenPurpose.FORENSIC
    if for_court and not taken.seal:
        raise SealNumberMissing(field="seal")
    number = next_number(Specimen, row)
    item_id = _under_custody(actor, row, taken, number) if for_court else None
    specimen = Specimen(
        exam=row,
        **about(row),
        number=number,
        compartment=Compartment.EXAMINATION if for_court else Compartment.CLINICAL,
        consent_id=consent_id,
        item_id=item_id,
    )
    writing.insert(specimen, words=_words(taken))
    note(Verb.SPECIMEN_TAKEN, specimen, {"number": number, "item": item_id}, subject=row.id)
    return specimen.id


def _under_custody(actor: Actor, row: Examination, taken: Taken, number: int) -> UUID:
    """The item of evidence of a specimen, part of the kit where one was opened. It says what it is and no name."""
    kit = Specimen.objects.filter(exam_id=row.id, is_kit=True).first()
    label = str(SPECIMEN_LABELS[taken.type])
    return evidence.register_specimen(
        actor=actor,
        case_id=row.case_id,
        category=Category.PHYSICAL if taken.type is SpecimenType.CLOTHING else Category.BIOLOGICAL,
        description=f"{label}. {row.code} / {number}",
        packaging=taken.container,
        seal=taken.seal,
        place=taken.place,
        storage=taken.storage,
        parent_id=kit.item_id if kit else None,
        collected_at=taken.taken_at,
    )


@command
def open_kit(
    *,
    actor: Actor,
    exam_id: UUID,
    number: str = "",
    lot: str = "",
    seal: str = "",
    place: str = "",
    kit_id: UUID | None = None,
    reported: bool = True,
) -> UUID:
    """Open a kit for this examination: it becomes an item of evidence, and specimens become parts of it.

    `kit_id` is one of the stock, whose path begins here (`reported`: she wants it to go to the police now); a kit
    from elsewhere has only the `number` that is printed on it. `seal` closes it afterwards.
    **Needs** forensics:exam:change, as its examiner, consent to a class of specimens, evidence:specimen:register,
    and for a kit of the stock kits:stock:see and kits:kit:use.
    **Ledger** exam.kit_opened, item.registered, custody.recorded, kit.used.
    Raises KitOpened, KitNumberMissing, ConsentMissing, SealUsed, NotInStock.
    """
    row = draft_for(actor, exam_id)
    consent_id = consent_for(row, *SPECIMEN_ITEMS)
    if Specimen.objects.filter(exam_id=row.id, is_kit=True).exists():
        raise KitOpened
    count = next_number(Specimen, row)
    if kit_id is not None:
        number = number or dict(kits.kit_choices(actor, None)).get(str(kit_id), "")
    if not number:
        raise KitNumberMissing(field="number")
    try:
        item_id = evidence.register_specimen(
            actor=actor,
            case_id=row.case_id,
            description=f"Examination kit {number}. {row.code}",
            seal=seal,
            place=place,
        )
    except SealUsed as error:
        raise SealUsed(field="seal") from error
    kit = Specimen(
        exam=row,
        **about(row),
        number=count,
        compartment=Compartment.EXAMINATION,
        consent_id=consent_id,
        item_id=item_id,
        is_kit=True,
        kit_id=kit_id,
    )
    if kit_id is not None:
        kit_commands.use_kit(
            actor=actor,
            kit_id=kit_id,
            case_id=row.case_id,
            person_id=row.person_id,
            item_id=item_id,
            reported=reported,
        )
    words: dict[str, Words] = {"kit": number, "lot": lot, "seal": seal, "place": place}
    writing.insert(kit, words={name: value for name, value in words.items() if value})
    note(Verb.EXAM_KIT_OPENED, kit, {"item": item_id}, subject=row.id)
    return kit.id


def _specimen(actor: Actor, specimen_id: UUID) -> tuple[Examination, Specimen]:
    found = Specimen.objects.filter(pk=specimen_id).first()
    if found is None:
        raise NotFound
    return draft_for(actor, found.exam_id), found


@command
def describe_specimen(
    *,
    actor: Actor,
    specimen_id: UUID,
    site: str,
    tests: str,
    destination: str,
    remark: str,
    expected: int | None = None,
) -> UUID:
    """Set right how a specimen is described; its kind, time and seal stay. **Needs** forensics:exam:change.

    **Ledger** specimen.changed. Raises AlreadySealed, NotYours, Changed.
    """
    row, specimen = _specimen(actor, specimen_id)
    words = dict(sealing.open_row(specimen, "words").table("words"))
    fresh: dict[str, Words] = {"site": site, "tests": tests, "destination": destination, "remark": remark}
    words = {name: value for name, value in (words | fresh).items() if value}
    writing.update(specimen, expected=expected, words=words)
    note(Verb.SPECIMEN_CHANGED, specimen, {"number": specimen.number}, subject=row.id)
    return specimen.id


@command
def remove_specimen(*, actor: Actor, specimen_id: UUID) -> UUID:
    """Take away a specimen that was written down by mistake; one in custody stays.

    **Needs** forensics:exam:change, as its examiner. **Ledger** specimen.removed. Raises InCustody, AlreadySealed.
    """
    row, specimen = _specimen(actor, specimen_id)
    if specimen.item_id is not None:
        raise InCustody
    writing.delete(specimen)
    note(Verb.SPECIMEN_REMOVED, specimen, {"number": specimen.number}, subject=row.id)
    return row.id
