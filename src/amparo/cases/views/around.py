"""What all pages of a case share: the way back to it, and who is in it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.cases import queries
from amparo.cases.queries import SURVIVOR_SIDE, CaseHead
from amparo.cases.words import PartyRole
from amparo.people import queries as people
from amparo.web.addresses import reverse
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def case_url(case_id: UUID, anchor: str = "") -> str:
    """The page of a case; it is put together on the desk, above this room."""
    return reverse("desk:case", args=[case_id]) + (f"#{anchor}" if anchor else "")


def crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (Crumb(_("Cases"), reverse("cases:cases")), Crumb(head.code, case_url(head.id), code=True))


def survivors(request: ActorRequest, head: CaseHead) -> list[tuple[str, str]]:
    """Survivors of a case as choices: codes, with the name to call them by for those who may see it."""
    return people_choices(request, head, (PartyRole.SURVIVOR,))


def people_choices(
    request: ActorRequest, head: CaseHead, roles: tuple[PartyRole, ...] = SURVIVOR_SIDE
) -> list[tuple[str, str]]:
    found = queries.parties(request.actor, head.id, roles)
    labels = people.labels(request.actor, [party.person_id for party in found])
    return [(str(party.person_id), _called(party.code, labels.get(party.person_id))) for party in found]


def _called(code: str, label: people.PersonLabel | None) -> str:
    return f"{code} · {label.first_name}" if label is not None and label.first_name else code


def team_choices(head: CaseHead) -> list[tuple[str, str]]:
    """The team of a case and the supervisors of its office, as choices."""
    members = {str(member.account_id): f"{member.name}, {member.role_label}" for member in access.team_of(head.id)}
    names = access.names_of(access.supervisors_of(head.office_id))
    return [*members.items(), *((str(key), name) for key, name in names.items() if str(key) not in members)]
