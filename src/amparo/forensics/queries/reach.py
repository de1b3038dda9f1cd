"""How readers come to an examination, and what stands of it before anything else is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.forensics.models import Examination, ItemConsent, Section
from amparo.forensics.rules import consent
from amparo.forensics.rules.consent import Asked, TakenBack
from amparo.forensics.words import Anatomy, Answer, ExamState, Figure, Item
from amparo.forensics.words.sections import Part, part, parts
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.vault.sealing import Words

SEE = "forensics:exam:see"
CHANGE = "forensics:exam:change"
NEED = "forensics:need:see"
GIVE = "forensics:release:give"
READ = "forensics:release:read"


@dataclass(frozen=True, slots=True)
class SectionView:
    """What is kept of a section: its answers, whether it was finished, and which version that is."""

    code: str
    answers: Mapping[str, Words] = field(repr=False)
    done: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class ConsentView:
    item: Item
    answer: Answer
    seq: int
    asked_at: datetime
    giver: str
    method: str
    basis_id: UUID | None
    id: UUID
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class ExamView:
    """One examination as its reader may see it, with its consents and sections opened."""

    row: Examination
    facility: str
    consents: tuple[ConsentView, ...]
    sections: Mapping[str, SectionView]
    age: int | None = None

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def figure(self) -> Figure:
        return Figure(self.row.figure)

    @property
    def anatomy(self) -> Anatomy:
        return Anatomy(self.row.anatomy)

    @property
    def is_sealed(self) -> bool:
        return self.row.state == ExamState.SEALED

    @property
    def answers(self) -> dict[Item, Answer]:
        return standing(self.consents)

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts(self.anatomy)

    def part(self, code: str) -> Part | None:
        return part(code, self.anatomy)

    def said(self, section: str, question: str) -> str:
        """One answer as text; empty where there is none."""
        found = self.sections.get(section)
        value = found.answers.get(question) if found else None
        return value if isinstance(value, str) else ""


def standing(consents: tuple[ConsentView, ...]) -> dict[Item, Answer]:
    return consent.standing(Asked(one.item, one.answer, one.seq) for one in consents)


def taken_back(view: ExamView) -> frozenset[Item]:
    """The items of a sealed record that are given to nobody any more, because she took them back."""
    if view.row.sealed_at is None:
        return frozenset()
    asked = (TakenBack(one.item, one.answer, one.seq, one.asked_at) for one in view.consents)
    return consent.taken_back(asked, stopped_at=view.row.stopped_at, sealed_at=view.row.sealed_at)


def exam(actor: Actor, exam_id: UUID, permission: str = SEE) -> ExamView:
    """An examination that the actor may see, all words of it. Raises NotFound. Cost: six queries."""
    row = policy.load(actor, permission, Examination, exam_id, seen_by=SEE)
    readings.opened(row.case_id, Compartment.EXAMINATION, Compartment.CLINICAL)
    return view_of(row)


def view_of(row: Examination) -> ExamView:
    """The same for a row that was loaded through the policy."""
    sections = list(Section.objects.filter(exam_id=row.id))
    opened = sealing.open_rows(sections, "words")
    return ExamView(
        row=row,
        facility=sealing.open_row(row, "facility").text("facility"),
        consents=consents_of(row),
        sections={
            section.code: SectionView(section.code, words.table("words"), section.done, section.version)
            for section, words in zip(sections, opened, strict=True)
        },
        age=age_at(row),
    )


def known(view: ExamView) -> tuple[tuple[str, str], ...]:
    """What the case knows of the person who is examined, with names of the reader's language. Cost: two queries."""
    names = {"gender": _("Gender"), "languages": _("Languages"), "disability": _("Very hard or impossible")}
    return tuple((names[name], value) for name, value in people.particulars(view.row.person_id))


def consents_of(row: Examination) -> tuple[ConsentView, ...]:
    """Every answer that was given, in its order. Cost: two queries."""
    rows = list(ItemConsent.objects.filter(exam_id=row.id).order_by("seq"))
    opened = sealing.open_rows(rows, "words")
    return tuple(
        ConsentView(
            item=Item(one.item),
            answer=Answer(one.answer),
            seq=one.seq,
            asked_at=one.asked_at,
            giver=one.giver,
            method=one.method,
            basis_id=one.basis_id,
            id=one.id,
            recipient=str(words.table("words").get("recipient") or ""),
        )
        for one, words in zip(rows, opened, strict=True)
    )


def age_at(row: Examination) -> int | None:
    """The youngest that she can have been on the day of the examination; None where nothing is known."""
    ages = people.age_at_event(row.person_id, PartialDate.on(row.started_at.date()))
    return None if ages is None else ages.low
