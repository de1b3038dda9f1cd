"""The page of one hearing."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.prosecution.models import (
    Hearing,
    Proceeding,
)
from amparo.prosecution.queries.corrections import corrections
from amparo.prosecution.queries.file import (
    HEARING_SEE,
    HEARING_TONES,
    File,
    called,
    crumbs,
    load_file,
    local_day,
    text_of,
    today,
)
from amparo.prosecution.queries.parts import act_link, tellings
from amparo.prosecution.words import (
    ADJOURN_LABELS,
    ATTENDANCE_LABELS,
    HEARING_LABELS,
    PURPOSE_LABELS,
    SIDE_LABELS,
    HearingState,
)
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Fact,
    Name,
    Section,
    Sheet,
    Tag,
)


def hearing(actor: Actor, hearing_id: UUID) -> Sheet:
    """The page of a hearing."""
    row = policy.load(actor, HEARING_SEE, Hearing, hearing_id)
    head = cases.case_head(actor, row.case_id)
    file = load_file(actor, head, Proceeding.objects.get(pk=row.proceeding_id))
    file.appearances = [a for a in file.appearances if a.hearing_id == row.id]
    moment = formats.moment(row.listed_at, timezone.get_current_timezone())
    sections = [_hearing_facts(file, row), _hearing_people(file, row), tellings(file), corrections(file, row.id)]
    return Sheet(
        title=PURPOSE_LABELS[row.purpose],
        crumbs=_hearing_crumbs(head, row),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.beside_code),
        tags=(Tag(HEARING_LABELS[row.state], HEARING_TONES.get(row.state, "")),),
        lede_bold=_("%(moment)s.") % {"moment": moment},
        lede=_("The survivor is prepared.") if row.prepared_on and row.state == HearingState.LISTED else "",
        buttons=_hearing_buttons(file, row),
        sections=tuple(section for section in sections if section is not None),
    )


def _hearing_crumbs(head: CaseHead, row: Hearing) -> tuple[Crumb, ...]:
    return (*crumbs(head), Crumb(_("Court"), reverse("prosecution:proceeding", args=[row.proceeding_id])))


def _hearing_buttons(file: File, row: Hearing) -> tuple[Button, ...]:
    if row.state != HearingState.LISTED:
        url = reverse("prosecution:correct_hearing", args=[row.id])
        return (Button(_("Put it right"), url, "quiet"),) if file.may_change else ()
    found: list[Button] = []

    def add(label: str, name: str, tone: str = "quiet") -> None:
        url = reverse(f"prosecution:{name}", args=[row.id])
        found.append(Button(label, url, "quiet" if tone == "quiet" else ""))

    if file.may_change and local_day(row.listed_at) <= today():
        add(_("It was held"), "hold", "")
        add(_("It was adjourned"), "adjourn", "")
    elif file.may_change:
        add(_("It was adjourned"), "adjourn")
    if file.may_change:
        add(_("Change"), "change_hearing")
        add(_("Cancel it"), "vacate")
    if file.may_prepare and row.prepared_on is None:
        found.append(
            Button(_("Survivor is prepared"), reverse("prosecution:prepared", args=[row.id]), "quiet", post=True)
        )
    return tuple(found)


def _hearing_facts(file: File, row: Hearing) -> Section:
    facts: list[Fact] = [Fact(_("Purpose"), PURPOSE_LABELS[row.purpose])]
    if row.prepared_on:
        facts.append(Fact(_("Survivor prepared"), formats.day(row.prepared_on)))
    if file.whole:
        court = text_of(file, row.id, "court") or called(file, "court")
        facts += [Fact(_("Court"), Name(court))] if court else []
        judge = text_of(file, row.id, "judge")
        facts += [Fact(_("Judge"), Name(judge))] if judge else []
        if row.reason:
            facts.append(Fact(_("Why it was adjourned"), ADJOURN_LABELS[row.reason]))
            facts.append(Fact(_("It rests on"), SIDE_LABELS[row.party]))
        outcome = text_of(file, row.id, "outcome")
        facts += [Fact(_("Orders and outcome"), outcome)] if outcome else []
    if row.next_id:
        facts.append(Fact(_("Next hearing"), act_link(_("Open it"), "hearing", row.next_id)))
    return Section(_("The hearing"), facts=tuple(facts))


def _hearing_people(file: File, row: Hearing) -> Section | None:
    if row.state == HearingState.LISTED or not file.whole:
        return None
    facts: list[Fact] = []
    if row.attendance:
        facts.append(Fact(_("Present"), ", ".join(str(ATTENDANCE_LABELS[code]) for code in row.attendance)))
    if row.witnesses_summoned is not None:
        facts.append(
            Fact(
                _("Witnesses"),
                _("%(present)s of %(summoned)s summoned came")
                % {"present": row.witnesses_present or 0, "summoned": row.witnesses_summoned},
            )
        )
    for one in file.appearances:
        said = [
            label
            for is_so, label in (
                (one.travelled, _("travelled there")),
                (one.waited, _("had to wait")),
                (one.testified, _("gave evidence")),
                (not one.wants_news, _("wants no news of the court")),
            )
            if is_so
        ]
        if said:
            facts.append(Fact(file.codes.get(one.person_id, ""), ", ".join(said), dir_auto=False))
    return Section(_("Who was there"), column=2, facts=tuple(facts)) if facts else None
