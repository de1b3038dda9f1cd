"""What units, officials and cases are called on the pages of this room."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.cases import queries as cases
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.strengthening.models import Pseudonym
from amparo.vault.prepared import IDS, Prepared
from amparo.web.addresses import reverse
from amparo.web.sheets import Code, Crumb, Text

MOST = 200


def home_crumb() -> Crumb:
    return Crumb(_("Strengthening"), reverse("strengthening:home"))


def names(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of units, officials and agencies. Cost: six queries."""
    return partners.names_of({key for key in keys if key is not None})


def unit_name(unit_id: UUID) -> str:
    """Raises NotFound."""
    found = partners.names_of([unit_id]).get(unit_id)
    if found is None:
        raise NotFound
    return found


_PSEUDONYMS = Prepared(lambda cases: Pseudonym.objects.filter(case_id__in=cases).values_list("case_id", "code"), IDS)


def case_texts(actor: Actor, case_ids: Collection[UUID | None]) -> dict[UUID, Text]:
    """What cases are called here: by their code to those who may see them, else by their pseudonym.

    Cost: three queries, none for nothing.
    """
    wanted = {key for key in case_ids if key is not None}
    if not wanted:
        return {}
    found: dict[UUID, Text] = {case: Code(code) for case, code in _PSEUDONYMS.rows(wanted)}
    for key, head in cases.heads(actor, wanted).items():
        found[key] = Code(head.code, reverse("desk:case", args=[head.id]))
    return found


def pseudonym_choices(actor: Actor) -> list[tuple[str, str]]:
    """Cases that are known here by a pseudonym, the newest first."""
    rows = policy.visible(actor, "strengthening:practice:see", Pseudonym.objects.all()).order_by("-id")[:MOST]
    return [(row.code, row.code) for row in rows]


def check_may_plan(actor: Actor, case_id: UUID | None) -> None:
    """Refuse the form to who may not mentor, and a case that she does not see. Raises NotFound, Refused."""
    if case_id is not None:
        cases.case_head(actor, case_id)
    check_may(actor, "strengthening:contact:change")


def check_may(actor: Actor, permission: str) -> None:
    """Refuse a form that makes something of the programme. Raises Refused."""
    policy.check_new(
        actor, permission, Subject(office=actor.office_id, own=actor.account_id, level=Compartment.PROGRAMME)
    )
