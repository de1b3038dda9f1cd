"""Keeping the restoration track of a case with what was decided about its survivors."""

from __future__ import annotations

from uuid import UUID

from amparo.access.actors import Actor
from amparo.aftercare.models import Client, RestorationDecision
from amparo.aftercare.rules.steps import track_state
from amparo.aftercare.words import ClientKind, Decision, EndReason
from amparo.cases import commands as case_commands
from amparo.cases import queries as cases
from amparo.cases.words import TrackKind


def _live_survivors(case_id: UUID) -> list[UUID]:
    rows = Client.objects.filter(case_id=case_id, kind=ClientKind.SURVIVOR, ended_on=None)
    return list(rows.values_list("person_id", flat=True))


def follow_decisions(actor: Actor, case_id: UUID) -> None:
    """Move the track to where the latest decisions on all enrolled survivors put it."""
    since = dict(Client.objects.filter(case_id=case_id, ended_on=None).values_list("person_id", "created_at"))
    latest: dict[UUID, Decision] = {}
    for row in RestorationDecision.objects.filter(case_id=case_id).order_by("created_at", "id"):
        # A decision from before somebody was enrolled again says nothing about now.
        if row.person_id in since and row.created_at >= since[row.person_id]:
            latest[row.person_id] = Decision(row.decision)
    state = track_state([latest.get(person) for person in _live_survivors(case_id)])
    case_commands.change_track(actor=actor, case_id=case_id, kind=TrackKind.RESTORATION, state=state)


def after_ending(actor: Actor, case_id: UUID, reason: EndReason) -> None:
    """Move the track when a survivor's aftercare has ended; the last one to go decides how it ends."""
    if _live_survivors(case_id):
        follow_decisions(actor, case_id)
        return
    now = next(
        track.state for track in cases.tracks(cases.case_head(actor, case_id)) if track.kind is TrackKind.RESTORATION
    )
    if reason is not EndReason.RESTORED and now != "restored":
        case_commands.change_track(actor=actor, case_id=case_id, kind=TrackKind.RESTORATION, state="ended_otherwise")
