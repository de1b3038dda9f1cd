"""Reform projects: from a problem and its evidence to a commitment, an adoption, and whether it lasted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.strengthening.commands import reach
from amparo.strengthening.errors import NoCommitment
from amparo.strengthening.models import (
    FeedbackSheet,
    PracticeFile,
    ReformEvidence,
    ReformProject,
    ReformStep,
    UnitAssessment,
)
from amparo.strengthening.rules import steps
from amparo.strengthening.words import Domain, EvidenceKind, ReformEvent, ReformState

CHANGE = "strengthening:reform:change"
SEE = "strengthening:reform:see"
_KINDS: Mapping[EvidenceKind, tuple[type[FeedbackSheet] | type[UnitAssessment] | type[PracticeFile], str]] = {
    EvidenceKind.SHEET: (FeedbackSheet, "strengthening:sheet:see"),
    EvidenceKind.ASSESSMENT: (UnitAssessment, "strengthening:assessment:see"),
    EvidenceKind.FILE: (PracticeFile, "strengthening:practice:see"),
}


@command
def identify_reform(
    *, actor: Actor, agency_id: UUID, unit_id: UUID | None, domain: Domain, title: str, problem: str, target: str = ""
) -> UUID:
    """Write down a problem of an agency that no single case can solve. **Needs** strengthening:reform:change.

    **Ledger** reform.identified. Raises NotFound.
    """
    reach.check_new(actor, CHANGE)
    reach.check_partner(agency_id, unit_id)
    row = ReformProject(
        office_id=actor.office_id,
        agency_id=agency_id,
        unit_id=unit_id,
        domain=domain,
        keeper_id=actor.account_id,
        identified_on=clock.today(),
    )
    writing.insert(row, title=title, problem=problem, target=target)
    writing.note(
        Verb.REFORM_IDENTIFIED, subject=row.id, office=row.office_id, facts={"agency": agency_id, "domain": domain}
    )
    return row.id


def _moved(actor: Actor, project_id: UUID, event: ReformEvent) -> tuple[ReformProject, ReformState]:
    row = policy.load(actor, CHANGE, ReformProject, project_id, seen_by=SEE)
    return row, steps.next_reform(ReformState(row.state), event)


@command
def change_reform(*, actor: Actor, project_id: UUID, expected: int, title: str, problem: str, target: str) -> UUID:
    """Change the words of a project that is not adopted yet. **Needs** strengthening:reform:change.

    **Ledger** reform.changed. Raises WrongState, Changed.
    """
    row, _state = _moved(actor, project_id, ReformEvent.CHANGE)
    writing.update(row, expected=expected, title=title, problem=problem, target=target)
    writing.note(Verb.REFORM_CHANGED, subject=row.id, office=row.office_id)
    return row.id


@command
def link_evidence(*, actor: Actor, project_id: UUID, kind: EvidenceKind, thing_id: UUID) -> UUID:
    """Link an observation that shows the problem. Linked twice is linked once. **Needs** strengthening:reform:change.

    **Ledger** reform.linked. Raises WrongState, NotFound.
    """
    row = policy.load(actor, CHANGE, ReformProject, project_id, seen_by=SEE)
    model, permission = _KINDS[kind]
    row_of_thing = model._base_manager.filter(pk=thing_id).first()
    if row_of_thing is None:
        raise NotFound
    policy.check(actor, permission, row_of_thing)
    known = ReformEvidence.objects.filter(project=row, thing_id=thing_id).first()
    if known is not None:
        return known.id
    made = writing.insert(ReformEvidence(office_id=row.office_id, project_id=row.id, kind=kind, thing_id=thing_id))
    writing.note(Verb.REFORM_LINKED, subject=row.id, office=row.office_id, facts={"kind": kind})
    return made.id


def _step(row: ReformProject, on: date, note: str, holds: bool | None = None) -> None:
    made = ReformStep(office_id=row.office_id, project_id=row.id, state=row.state, on=on, holds=holds)
    writing.insert(made, note=note)
    writing.note(Verb.REFORM_MOVED, subject=row.id, office=row.office_id, facts={"state": row.state, "holds": holds})


@command
def agree_reform(*, actor: Actor, project_id: UUID, on: date, commitment: str, committed_by: str) -> UUID:
    """Write down what the agency committed itself to, who said so, and when. **Needs** strengthening:reform:change.

    **Ledger** reform.moved. Raises WrongState, NoEvidence, NoCommitment, InFuture.
    """
    row, state = _moved(actor, project_id, ReformEvent.AGREE)
    steps.refuse_unfounded(ReformEvidence.objects.filter(project=row).count())
    steps.refuse_future(on, clock.today())
    for field, given in (("commitment", commitment), ("committed_by", committed_by)):
        if not given.strip():
            raise NoCommitment(field=field)
    writing.update(row, state=state, agreed_on=on, commitment=commitment, committed_by=committed_by)
    _step(row, on, "")
    return row.id


@command
def move_reform(*, actor: Actor, project_id: UUID, event: ReformEvent, on: date, note: str) -> UUID:
    """Begin, adopt or let lapse. From an adoption on it is looked at again after 6 and 12 months.

    **Needs** strengthening:reform:change. **Ledger** reform.moved. Raises WrongState, InFuture.
    """
    if event not in (ReformEvent.BEGIN, ReformEvent.ADOPT, ReformEvent.LAPSE):
        raise NotFound
    row, state = _moved(actor, project_id, event)
    steps.refuse_future(on, clock.today())
    if event is ReformEvent.ADOPT:
        writing.update(row, state=state, adopted_on=on, checks=0, check_on=steps.next_check(on, 0))
    else:
        writing.update(row, state=state, check_on=None)
    _step(row, on, note)
    return row.id


@command
def check_reform(*, actor: Actor, project_id: UUID, on: date, holds: bool, note: str) -> UUID:
    """Look whether an adopted change still holds: after the last look that finds it so, it is sustained; else lapsed.

    **Needs** strengthening:reform:change. **Ledger** reform.moved. Raises WrongState, CheckTooEarly, InFuture.
    """
    row = policy.load(actor, CHANGE, ReformProject, project_id, seen_by=SEE)
    steps.refuse_future(on, clock.today())
    steps.refuse_early(row.check_on, on)
    event = steps.after_check(row.checks, holds)
    state = ReformState(row.state) if event is None else steps.next_reform(ReformState(row.state), event)
    done = row.checks + 1
    due = steps.next_check(row.adopted_on or on, done) if event is None else None
    writing.update(row, state=state, checks=done, check_on=due)
    _step(row, on, note, holds)
    return row.id
