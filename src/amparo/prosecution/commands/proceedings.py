"""Proceedings and their stages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.investigations.words import Agency
from amparo.kernel.words import Compartment
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.partners import queries as partners
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.reach import charge_states, mark_reached, move_track, open_head, proceeding_for
from amparo.prosecution.errors import (
    NotAPartner,
    StageBeforeComplaint,
)
from amparo.prosecution.errors import StageReached as StageReachedAlready
from amparo.prosecution.models import (
    Proceeding,
    StageReached,
    Verdict,
)
from amparo.prosecution.words import (
    Stage,
    VerdictEvent,
    VerdictState,
)


@command
def open_proceeding(
    *,
    actor: Actor,
    case_id: UUID,
    agency_kind: Agency,
    complaint_on: date,
    agency: str = "",
    complaint_no: str = "",
    court: str = "",
    court_no: str = "",
    jurisdiction: str = "",
    officials: str = "",
    agency_place: UUID | None = None,
    court_place: UUID | None = None,
) -> UUID:
    """Open a proceeding with its complaint. **Needs** prosecution:proceeding:change.

    **Ledger** proceeding.opened. Raises InFuture, NotAPartner.
    """
    head = open_head(actor, case_id)
    policy.check_new(actor, queries.CHANGE, head.part(Compartment.LEGAL))
    rules.refuse_future(complaint_on, queries.today(), field="complaint_on")
    row = Proceeding(case_id=head.id, office_id=head.office_id, agency_kind=agency_kind, complaint_on=complaint_on)
    writing.insert(
        row,
        agency=agency,
        complaint_no=complaint_no,
        court=court,
        court_no=court_no,
        jurisdiction=jurisdiction,
        officials=officials,
        **_places(agency_place, court_place),
    )
    facts = {"stage": Stage.REPORTED}
    writing.note(Verb.PROCEEDING_OPENED, subject=row.id, case=head.id, office=head.office_id, facts=facts)
    mark_reached(row, Stage.REPORTED, complaint_on)
    return row.id


@command
def change_proceeding(
    *,
    actor: Actor,
    proceeding_id: UUID,
    expected: int,
    agency_kind: Agency,
    complaint_on: date,
    agency: str,
    complaint_no: str,
    court: str,
    court_no: str,
    jurisdiction: str,
    officials: str,
    agency_place: UUID | None = None,
    court_place: UUID | None = None,
) -> UUID:
    """Change numbers and names of a proceeding. **Needs** prosecution:proceeding:change.

    **Ledger** proceeding.changed. Raises InFuture, NotAPartner, Changed.
    """
    row = proceeding_for(actor, proceeding_id)
    rules.refuse_future(complaint_on, queries.today(), field="complaint_on")
    fresh = {
        "agency_kind": agency_kind,
        "complaint_on": complaint_on,
        "agency": agency,
        "complaint_no": complaint_no,
        "court": court,
        "court_no": court_no,
        "jurisdiction": jurisdiction,
        "officials": officials,
        **_places(agency_place, court_place),
    }
    writing.update(row, expected=expected, **fresh)
    complaint = StageReached.objects.get(proceeding=row, stage=Stage.REPORTED)
    if complaint.on != complaint_on:
        writing.update(complaint, on=complaint_on)
    facts = {"fields": list(fresh)}
    writing.note(Verb.PROCEEDING_CHANGED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


def _places(agency: UUID | None, court: UUID | None) -> dict[str, str]:
    """Agency and court as the directory of partners knows them. Raises NotAPartner."""
    chosen = {"agency_place": agency, "court_place": court}
    known = partners.bodies_of([key for key in chosen.values() if key is not None])
    for name, key in chosen.items():
        if key is not None and key not in known:
            raise NotAPartner(field=name)
    return {name: str(key or "") for name, key in chosen.items()}


@command
def reach_stage(*, actor: Actor, proceeding_id: UUID, stage: Stage, on: date) -> UUID:
    """Write down the day on which a stage was reached. **Needs** prosecution:proceeding:change.

    **Ledger** stage.reached. Raises InFuture, StageBeforeComplaint, StageReached.
    """
    row = proceeding_for(actor, proceeding_id)
    rules.refuse_future(on, queries.today())
    if on < row.complaint_on:
        raise StageBeforeComplaint(field="on")
    if StageReached.objects.filter(proceeding=row, stage=stage).exists():
        raise StageReachedAlready
    mark_reached(row, stage, on)
    if stage in (Stage.ENROLLED, Stage.TRIAL):
        move_track(actor, row.case_id, "in_court", on, only_from={"investigating", "with_prosecution"})
    return row.id


@command
def confirm_final(*, actor: Actor, proceeding_id: UUID, on: date) -> UUID:
    """Say that everything in a proceeding is decided for good: a lawyer's word, never the program's.

    **Needs** prosecution:proceeding:change. **Ledger** stage.reached, track.changed.
    Raises StillOpen, InFuture.
    """
    row = proceeding_for(actor, proceeding_id)
    rules.refuse_future(on, queries.today())
    verdicts = list(Verdict.objects.filter(charge__proceeding=row))
    rules.refuse_open(charge_states(row), [VerdictState(verdict.state) for verdict in verdicts])
    for verdict in verdicts:
        if verdict.state != VerdictState.FINAL:
            writing.update(verdict, state=rules.next_verdict_state(VerdictState(verdict.state), VerdictEvent.FINALISE))
    mark_reached(row, Stage.FINAL, on)
    if not Proceeding.objects.filter(case_id=row.case_id).exclude(stage=Stage.FINAL).exists():
        going = {"investigating", "with_prosecution", "in_court", "on_appeal"}
        move_track(actor, row.case_id, "final", on, only_from=going)
    return row.id
