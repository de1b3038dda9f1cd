"""How a lesson of an operation becomes a proposed answer about how a unit works."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.ledger.writing import command
from amparo.operations import commands as operations
from amparo.operations import queries as lessons
from amparo.partners import queries as partners
from amparo.strengthening import commands as strengthening
from amparo.strengthening import queries as practice
from amparo.strengthening.queries.checklists import label_of
from amparo.strengthening.words import Answer
from amparo.web import formats
from amparo.web.sheets import Empty, Listing, Name, Row

TAKE_UP = "operations:lesson:take_up"


@command
def take_up(*, actor: Actor, lesson_id: UUID, unit_id: UUID, item: str, answer: Answer) -> UUID:
    """Propose what an operation taught as an answer of the checklist of a unit; somebody who observes confirms it.

    The file tells neither the operation nor its case. Returns the file.
    **Needs** operations:lesson:take_up, strengthening:practice:observe. **Ledger** practice.opened,
    practice.proposed, lesson.taken_up. Raises TakenUpAlready, NoSuchItem, NotFound.
    """
    words = lessons.lesson(actor, lesson_id).words
    file_id = strengthening.propose_observation(
        actor=actor, case_id=None, unit_id=unit_id, item=item, reason=words, answer=answer
    )
    operations.mark_taken_up(actor=actor, lesson_id=lesson_id, observation_id=file_id)
    return file_id


def item_choices() -> list[tuple[str, str]]:
    """What the newest checklist asks about a unit."""
    return [(item.key, label_of(item)) for item in practice.newest_checklist().items]


def listing(actor: Actor) -> Listing:
    """Lessons that wait, the oldest first. Raises Refused. Cost: ten queries."""
    policy.check_new(actor, TAKE_UP, policy.Subject(office=actor.office_id, level=None))
    found = lessons.lessons_open(actor)
    names = partners.names_of([one.unit_id for one in found if one.unit_id is not None])
    return Listing(
        title=_("Lessons of operations"),
        lede=_("Without name, place or case. Take one up: it becomes a proposed answer about how a unit works."),
        rows=tuple(
            Row(
                title=Name(one.words),
                # No day: it would tell when the operation was.
                when=formats.month_and_year(one.written_at.date()),
                meta=Name(names[one.unit_id]) if one.unit_id in names else "",
                action_label=_("Take up"),
                action_url=reverse("journeys:take_up", args=[one.id]),
            )
            for one in found
        ),
        empty=Empty(_("No lesson waits.")),
    )
