"""From a report to a case: one act, in which nothing is typed twice and intake lets go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from amparo.access import commands as access
from amparo.access import queries as colleagues
from amparo.access.actors import Actor, HeldRole
from amparo.cases import commands as cases
from amparo.cases import queries as case_queries
from amparo.cases.words import BasisKind, CaseState, PartyRole, Risk, TrackKind
from amparo.intake import commands as intake
from amparo.intake import queries as reports
from amparo.intake.queries import Named, ReportHead
from amparo.intake.words import Part
from amparo.journeys.screening_errors import CaseNotOpen, NobodyOnTeam
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.ledger.writing import command
from amparo.people import commands as persons

ROLE_OF: dict[Part, PartyRole] = {
    Part.SURVIVOR: PartyRole.SURVIVOR,
    Part.REPORTER: PartyRole.REPORTER,
    Part.SUSPECT: PartyRole.SUSPECT,
    Part.FAMILY: PartyRole.FAMILY,
    Part.WITNESS: PartyRole.WITNESS,
}


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """Who comes onto the team, in which of her roles."""

    account_id: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class FirstTask:
    title: str = field(repr=False)
    assigned_id: UUID
    due_on: date | None
    track: TrackKind = TrackKind.RESTORATION


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a report becomes: the case, its team, why words are kept, and what is done first."""

    types: Sequence[str]
    title: str = field(repr=False)
    risk: Risk
    team: Sequence[TeamPlace]
    summary: str = field(default="", repr=False)
    basis: BasisKind | None = None
    basis_reason: str = field(default="", repr=False)
    tasks: Sequence[FirstTask] = ()


def _as_opener(actor: Actor, office_id: UUID) -> Actor:
    """The actor with a supervisor's reach in the office, for the parts of the one case that she may open.

    An intake officer may open a case but not see it: without this she could give it no people and no team.
    The reach lasts for this command only, and the ledger keeps her as who acted.
    """
    return replace(actor, roles=(*actor.roles, HeldRole(Role.SUPERVISOR, office_id)))


@command
def accept_as_new(*, actor: Actor, report_id: UUID, new: NewCase) -> UUID:
    """Open a case from a report, with its people, team, basis and first tasks; intake sees its words no more.

    **Needs** intake:report:accept, cases:case:open. **Ledger** case.opened, party.joined, grant.given,
    basis.recorded or consent.given, task.set, report.accepted. Raises NobodyOnTeam, AlreadyDecided, Barred.
    Returns the case.
    """
    if not new.team:
        raise NobodyOnTeam(field="caseworker")
    head = reports.head(actor, "intake:report:accept", report_id)
    case_id = cases.open_case(
        actor=actor,
        office_id=head.office_id,
        types=new.types,
        title=new.title,
        risk=new.risk,
        reported_on=head.received_on,
        origin="report",
        summary=new.summary,
    )
    opener = _as_opener(actor, head.office_id)
    _add_people(opener, case_id, head.named, frozenset())
    for place in new.team:
        access.place_on_team(case_id, head.office_id, place.account_id, place.role, "", None)
        persons.check_colleague(actor, place.account_id)
    if new.basis is not None:
        _record_bases(opener, case_id, head, new.basis, new.basis_reason)
    for task in new.tasks:
        cases.set_task(
            actor=opener,
            case_id=case_id,
            title=task.title,
            assigned_id=task.assigned_id,
            due_on=task.due_on,
            track=task.track,
        )
    intake.accept(actor=actor, report_id=report_id, case_id=case_id, is_new=True)
    return case_id


def _add_people(actor: Actor, case_id: UUID, named: Sequence[Named], without: frozenset[UUID]) -> None:
    for one in named:
        if one.person_id not in without:
            cases.add_party(actor=actor, case_id=case_id, person_id=one.person_id, role=ROLE_OF[one.part])


def _record_bases(actor: Actor, case_id: UUID, head: ReportHead, kind: BasisKind, reason: str) -> None:
    for one in head.named:
        if one.part is Part.SURVIVOR:
            cases.record_basis(actor=actor, case_id=case_id, person_id=one.person_id, kind=kind, reason=reason)


@command
def accept_into(*, actor: Actor, report_id: UUID, case_id: UUID, people: Sequence[UUID] | None = None) -> UUID:
    """Make a report part of a case that is open, with those of its people who are new to the case.

    `people` names who joins the case; None stands for all. For who sees the case, so not for intake.
    **Needs** intake:report:accept, cases:party:change. **Ledger** party.joined, report.accepted.
    Raises CaseNotOpen, AlreadyDecided, AlreadyParty. Returns the case.
    """
    report = reports.head(actor, "intake:report:accept", report_id)
    case = case_queries.case_head(actor, case_id)
    if case.state == CaseState.CLOSED:
        raise CaseNotOpen(field="code")
    joins = {one.person_id for one in report.named} if people is None else set(people)
    left_out = frozenset(one.person_id for one in report.named) - joins
    _add_people(actor, case.id, report.named, left_out)
    intake.accept(actor=actor, report_id=report_id, case_id=case.id, is_new=False)
    return case.id


TEAM_ROLES = (Role.CASEWORKER, Role.INVESTIGATOR, Role.LAWYER)


def team_choices(office_id: UUID, actor: Actor) -> dict[Role, list[tuple[str, str]]]:
    """Who of the office could be put on a team, by role."""
    everybody = colleagues.colleagues(actor, roles=TEAM_ROLES, office_id=office_id)
    return {role: [(str(one.id), one.name) for one in everybody if role in one.roles] for role in TEAM_ROLES}


def tomorrow() -> date:
    return clock.in_days(1).date()
