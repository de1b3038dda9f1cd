"""Writing curricula: versions are free until a session uses them, and fixed from then on."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.training.errors import VersionInUse
from amparo.training.models import Curriculum, CurriculumVersion
from amparo.training.queries.contents import content_of, stored
from amparo.training.rules import content as rules
from amparo.training.rules.content import Content, Module, Question
from amparo.training.words import Audience

CHANGE = "training:curriculum:change"
SEE = "training:curriculum:see"


def _programme(actor: Actor) -> Subject:
    return Subject(office=actor.office_id, level=Compartment.PROGRAMME)


@command
def add_curriculum(
    *, actor: Actor, audience: Audience, title: str, aims: str = "", least_attendance: int = 80, least_score: int = 0
) -> UUID:
    """Begin a curriculum with its first version, and return the version's id. **Needs** training:curriculum:change.

    **Ledger** curriculum.added.

    Args:
        least_attendance: the share of days that a certificate asks for, in percent.
        least_score: the score at the end that it asks for, in percent; 0 asks for none.
    """
    policy.check_new(actor, CHANGE, _programme(actor))
    curriculum = Curriculum(office_id=actor.office_id, audience=audience)
    writing.insert(curriculum)
    first = CurriculumVersion(office_id=actor.office_id, curriculum=curriculum, number=1)
    writing.insert(first, content=stored(Content(title, aims, least_attendance, least_score)))
    writing.note(
        Verb.CURRICULUM_ADDED, subject=curriculum.id, office=curriculum.office_id, facts={"audience": audience}
    )
    return first.id


@command
def begin_version(*, actor: Actor, version_id: UUID) -> UUID:
    """Make a new version that begins as a copy of this one. **Needs** training:curriculum:change.

    **Ledger** curriculum.version_added.
    """
    before = policy.load(actor, CHANGE, CurriculumVersion, version_id, seen_by=SEE)
    last = CurriculumVersion.objects.filter(curriculum_id=before.curriculum_id).order_by("-number").first()
    number = (last.number if last else 0) + 1
    row = CurriculumVersion(office_id=before.office_id, curriculum_id=before.curriculum_id, number=number)
    writing.insert(row, content=stored(content_of(before)))
    writing.note(
        Verb.CURRICULUM_VERSION_ADDED,
        subject=row.curriculum_id,
        office=row.office_id,
        facts={"number": number},
    )
    return row.id


@command
def retire_curriculum(*, actor: Actor, curriculum_id: UUID, retired: bool) -> UUID:
    """Offer a curriculum for new sessions no more, or again. **Needs** training:curriculum:change.

    **Ledger** curriculum.retired.
    """
    row = policy.load(actor, CHANGE, Curriculum, curriculum_id, seen_by=SEE)
    writing.update(row, retired_on=clock.today() if retired else None)
    writing.note(Verb.CURRICULUM_RETIRED, subject=row.id, office=row.office_id, facts={"retired": retired})
    return row.id


@command
def change_outline(
    *,
    actor: Actor,
    version_id: UUID,
    expected: int,
    title: str,
    aims: str,
    least_attendance: int,
    least_score: int,
) -> UUID:
    """Change what a version says about itself. **Needs** training:curriculum:change. **Ledger** curriculum.changed.

    Raises VersionInUse, Changed.
    """
    row = _free(actor, version_id)
    now = replace(content_of(row), title=title, aims=aims, least_attendance=least_attendance, least_score=least_score)
    return _keep(row, now, "outline", expected)


@command
def save_module(*, actor: Actor, version_id: UUID, module: Module) -> UUID:
    """Add a module, or change the one with its key. **Needs** training:curriculum:change.

    **Ledger** curriculum.changed. Raises VersionInUse, TooMuch.
    """
    row = _free(actor, version_id)
    return _keep(row, rules.with_module(content_of(row), module), "modules")


@command
def save_question(*, actor: Actor, version_id: UUID, question: Question) -> UUID:
    """Add a question to the bank, or change the one with its key. **Needs** training:curriculum:change.

    **Ledger** curriculum.changed. Raises VersionInUse, QuestionUnusable, OneRightAnswer, RubricMissing, TooMuch.
    """
    row = _free(actor, version_id)
    return _keep(row, rules.with_question(content_of(row), question), "questions")


@command
def remove_part(*, actor: Actor, version_id: UUID, key: str) -> UUID:
    """Take a module or question out of a version. **Needs** training:curriculum:change.

    **Ledger** curriculum.changed. Raises VersionInUse.
    """
    row = _free(actor, version_id)
    return _keep(row, rules.without(content_of(row), key), "parts")


@command
def move_up(*, actor: Actor, version_id: UUID, key: str) -> UUID:
    """Put a module or question one place earlier. **Needs** training:curriculum:change.

    **Ledger** curriculum.changed. Raises VersionInUse.
    """
    row = _free(actor, version_id)
    return _keep(row, rules.moved_up(content_of(row), key), "order")


def _free(actor: Actor, version_id: UUID) -> CurriculumVersion:
    row = policy.load(actor, CHANGE, CurriculumVersion, version_id, seen_by=SEE)
    if row.used_on is not None:
        raise VersionInUse
    return row


def _keep(row: CurriculumVersion, content: Content, what: str, expected: int | None = None) -> UUID:
    writing.update(row, expected=expected, content=stored(content))
    facts = {"fields": [what]}
    writing.note(Verb.CURRICULUM_CHANGED, subject=row.curriculum_id, office=row.office_id, facts=facts)
    return row.id
