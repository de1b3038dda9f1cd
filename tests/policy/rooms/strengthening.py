"""A unit's observed files, feedback, assessment, mentoring on the case, a reform, and a value of the scorecard."""

from __future__ import annotations

from amparo.kernel import clock
from amparo.strengthening import commands
from amparo.strengthening.words import EvidenceKind, Occasion
from tests.policy.world import CANARY, World
from tests.strengthening import story


def furnish(world: World) -> None:
    """Make one of each thing of this room, and say the keys of its addresses."""
    cast = world.cast
    where = story.station(cast, "Station of examples")
    file = commands.open_file(actor=cast.bruno, unit_id=where.unit, on=clock.today(), case_id=world.case.id)
    commands.propose_observation(
        actor=cast.bruno, case_id=world.case.id, unit_id=where.unit, item="kit_sent", reason=CANARY % "practice"
    )
    done = story.observed(cast, where.unit, story.days_ago(5))
    draft = commands.draft_sheet(
        actor=cast.oksana,
        unit_id=where.unit,
        from_on=story.days_ago(9),
        until_on=story.days_ago(3),
        well=CANARY % "sheet",
    )
    project = story.reform(cast, where)
    commands.link_evidence(actor=cast.oksana, project_id=project, kind=EvidenceKind.FILE, thing_id=done)
    world.own |= {
        f"strengthening:{name}": {"unit_id": where.unit, "official_id": where.official}
        for name in ("unit", "open_file", "assess", "draft_sheet", "official")
    }
    contact = story.contact(cast, where, "bruno", case_id=world.case.id, aim=CANARY % "mentoring")
    score = commands.enter_score(actor=cast.pedro, measured=story.measured(source=CANARY % "scorecard"))
    ids = {
        "file_id": file,
        "contact_id": contact,
        "sheet_id": draft,
        "project_id": project,
        "score_id": score,
        "assessment_id": story.assessed(cast, where.unit, Occasion.BASELINE, story.days_ago(1)),
    }
    ours = {
        "file_id": ("file", "answer", "complete_file", "reopen_file"),
        "contact_id": ("contact", "change_contact", "do_contact", "review_contact", "cancel_contact", "step_done"),
        "sheet_id": ("sheet", "sheet_paper", "change_sheet", "validate_sheet", "publish_sheet"),
        "project_id": (
            "reform", "change_reform", "link_evidence", "agree_reform", "begin_reform", "adopt_reform", "lapse_reform",
            "check_reform",
        ),
        "score_id": ("score", "withdraw_score"),
        "assessment_id": ("assessment", "change_assessment"),
    }  # fmt: skip
    for key, names in ours.items():
        world.own |= {f"strengthening:{name}": {key: ids[key]} for name in names}
    world.own |= {f"journeys:{name}": {"file_id": file} for name in ("observe", "answer_practice")}
