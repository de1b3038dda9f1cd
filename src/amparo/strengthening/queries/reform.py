"""Reform projects: the list by state, and the page of one from its problem to whether it lasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.strengthening.models import (
    FeedbackSheet,
    PracticeFile,
    ReformEvidence,
    ReformProject,
    ReformStep,
    UnitAssessment,
)
from amparo.strengthening.queries.naming import home_crumb, names
from amparo.strengthening.queries.units import period_said
from amparo.strengthening.rules import steps
from amparo.strengthening.words import (
    DOMAIN_LABELS,
    OCCASION_LABELS,
    REFORM_STATE_LABELS,
    EvidenceKind,
    FileState,
    ReformState,
    SheetState,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Fact, Listing, Name, Row, Section, Sheet, Tag, Tone

SEE = "strengthening:reform:see"
CHANGE = "strengthening:reform:change"
MOST = 200
TONES: Mapping[str, Tone] = {
    ReformState.IDENTIFIED: "",
    ReformState.AGREED: "on",
    ReformState.IN_PROGRESS: "on",
    ReformState.ADOPTED: "ok",
    ReformState.SUSTAINED: "ok",
    ReformState.LAPSED: "danger",
}


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (home_crumb(), Crumb(_("Reform projects"), reverse("strengthening:reforms")), *more)


def reform_rows(rows: Sequence[ReformProject]) -> tuple[Row, ...]:
    """Projects as lines of a list. Cost: seven queries for any number."""
    called = names([key for row in rows for key in (row.agency_id, row.unit_id)])
    opened = sealing.open_rows(rows, "title")
    today = clock.today()
    return tuple(
        Row(
            title=Name(words.text("title")),
            url=reverse("strengthening:reform", args=[row.id]),
            lines=(Name(called.get(row.unit_id or row.agency_id, "") or called.get(row.agency_id, "")),),
            meta=DOMAIN_LABELS[row.domain],
            when=formats.near_day(row.check_on, today) if row.check_on else "",
            when_tone="late" if row.check_on and row.check_on < today else "",
            tag=Tag(REFORM_STATE_LABELS[row.state], TONES[row.state]),
            strong=True,
        )
        for row, words in zip(rows, opened, strict=True)
    )


def listing(actor: Actor) -> Listing:
    """All projects, those that are due to be looked at first. Cost: nine queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id, level=ReformProject.guard.level))
    rows = list(policy.visible(actor, SEE, ReformProject.objects.all()).order_by("-identified_on", "-id")[:MOST])
    rows.sort(key=lambda row: (row.check_on is None, row.check_on or row.identified_on))
    lasting = sum(1 for row in rows if row.state in (ReformState.ADOPTED, ReformState.SUSTAINED))
    may = policy.has(actor, CHANGE)
    return Listing(
        title=_("Reform projects"),
        crumbs=_crumbs(),
        lede_bold=ngettext("%(count)d change is in force.", "%(count)d changes are in force.", lasting)
        % {"count": lasting},
        lede=_("From a problem that many files show, to what an agency does about it, and whether that lasts."),
        buttons=(Button(_("Write down a problem"), reverse("strengthening:identify"), key="n"),) if may else (),
        rows=reform_rows(rows),
        empty=Empty(_("No problem was written down yet.")),
    )


def reform_page(actor: Actor, project_id: UUID) -> Sheet:
    """One project. Raises NotFound. Cost: about 15 queries."""
    row = policy.load(actor, SEE, ReformProject, project_id)
    words = sealing.open_row(row, "title", "problem", "commitment", "committed_by", "target")
    called = names([row.agency_id, row.unit_id])
    may = policy.decide(actor, CHANGE, policy.subject_of(row)).allowed
    where = [Fact(_("Agency"), Name(called.get(row.agency_id, "")))]
    if row.unit_id:
        url = reverse("strengthening:unit", args=[row.unit_id])
        where.append(Fact(_("Unit"), Name(called.get(row.unit_id, ""), url=url)))
    where.append(Fact(_("Domain"), DOMAIN_LABELS[row.domain]))
    told = [Fact(label, Name(words.text(name))) for name, label in _told() if words.text(name)]
    return Sheet(
        title=Name(words.text("title")),
        crumbs=_crumbs(Crumb(words.text("title"))),
        tags=(Tag(REFORM_STATE_LABELS[row.state], TONES[row.state]),),
        lede_bold=_said(row),
        buttons=_buttons(row) if may else (),
        sections=(
            Section(_("The problem"), id="problem", facts=(*told[:1], *where)),
            _evidence(actor, row, may),
            Section(
                _("The commitment"),
                id="commitment",
                column=2,
                facts=tuple(told[1:]),
                empty=Empty(_("Nothing was agreed yet.")),
            ),
            _steps(row),
        ),
    )


def _told() -> tuple[tuple[str, str], ...]:
    return (
        ("problem", _("Problem")),
        ("commitment", _("What the agency will do")),
        ("committed_by", _("Said by")),
        ("target", _("How one will see it")),
    )


def _said(row: ReformProject) -> str:
    if row.check_on is not None:
        return _("It is looked at again on %(day)s.") % {"day": formats.day(row.check_on)}
    if row.state == ReformState.SUSTAINED:
        return _("It held after 6 and after 12 months.")
    if row.state == ReformState.LAPSED:
        return _("It did not last.")
    return ""


def _buttons(row: ReformProject) -> tuple[Button, ...]:
    def to(label: str, name: str, tone: str = "") -> Button:
        return Button(label, reverse(f"strengthening:{name}", args=[row.id]), tone)  # type: ignore[arg-type]

    change = to(_("Change"), "change_reform", "quiet")
    lapse = to(_("It lapsed"), "lapse_reform", "quiet")
    match row.state:
        case ReformState.IDENTIFIED:
            return (to(_("Record the commitment"), "agree_reform"), change)
        case ReformState.AGREED:
            return (to(_("Work has begun"), "begin_reform"), change, lapse)
        case ReformState.IN_PROGRESS:
            return (to(_("It was adopted"), "adopt_reform"), change, lapse)
        case ReformState.ADOPTED:
            return (to(_("Check whether it holds"), "check_reform"), lapse)
        case ReformState.SUSTAINED:
            return (lapse,)
        case _:
            return (to(_("Begin again"), "begin_reform"),)


def _evidence(actor: Actor, row: ReformProject, may: bool) -> Section:
    links = list(ReformEvidence.objects.filter(project=row).order_by("id"))
    said = evidence_said(actor, [(EvidenceKind(one.kind), one.thing_id) for one in links])
    url = reverse("strengthening:link_evidence", args=[row.id]) if may else ""
    return Section(
        _("What shows it"),
        id="evidence",
        rows=tuple(
            Row(title=said[one.thing_id][0], url=said[one.thing_id][1]) for one in links if one.thing_id in said
        ),
        empty=Empty(_("No observation is linked."), _("Link one") if may else "", url),
        link_label=_("Link another") if may and links else "",
        link_url=url if links else "",
    )


def evidence_said(actor: Actor, links: Sequence[tuple[EvidenceKind, UUID]]) -> dict[UUID, tuple[str, str]]:
    """What observations are called, and where they are. Cost: nine queries for any number."""
    keys = {kind: [key for one, key in links if one is kind] for kind in EvidenceKind}
    sheets = list(FeedbackSheet.objects.filter(pk__in=keys[EvidenceKind.SHEET]))
    assessed = list(UnitAssessment.objects.filter(pk__in=keys[EvidenceKind.ASSESSMENT]))
    files = list(
        policy.visible(actor, "strengthening:practice:see", PracticeFile.objects.filter(pk__in=keys[EvidenceKind.FILE]))
    )
    units = [*(s.unit_id for s in sheets), *(a.unit_id for a in assessed), *(f.unit_id for f in files)]
    called = names(units)
    found: dict[UUID, tuple[str, str]] = {}
    for sheet in sheets:
        words = _("Feedback, %(period)s") % {"period": period_said(sheet.from_on, sheet.until_on)}
        found[sheet.id] = (f"{called[sheet.unit_id]}: {words}", reverse("strengthening:sheet", args=[sheet.id]))
    for one in assessed:
        words = f"{OCCASION_LABELS[one.occasion]}, {formats.day(one.on)}"
        found[one.id] = (f"{called[one.unit_id]}: {words}", reverse("strengthening:assessment", args=[one.id]))
    for file in files:
        words = _("one file, %(day)s") % {"day": formats.day(file.on)}
        found[file.id] = (f"{called[file.unit_id]}: {words}", reverse("strengthening:file", args=[file.id]))
    return found


def evidence_choices(actor: Actor, project_id: UUID) -> list[tuple[str, str]]:
    """Observations that may be linked: of the project's unit where it has one, the newest first."""
    row = policy.load(actor, CHANGE, ReformProject, project_id, seen_by=SEE)
    only = {"unit_id": row.unit_id} if row.unit_id else {}
    links = [
        *(
            (EvidenceKind.SHEET, key)
            for key in _newest(FeedbackSheet.objects.filter(**only).exclude(state=SheetState.DRAFT))
        ),
        *((EvidenceKind.ASSESSMENT, key) for key in _newest(UnitAssessment.objects.filter(**only))),
        *((EvidenceKind.FILE, key) for key in _newest(PracticeFile.objects.filter(**only, state=FileState.COMPLETE))),
    ]
    said = evidence_said(actor, links)
    return [(f"{kind}:{key}", said[key][0]) for kind, key in links if key in said]


def _newest(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.order_by("-id").values_list("id", flat=True)[:40])


def _steps(row: ReformProject) -> Section:
    found = list(ReformStep.objects.filter(project=row).order_by("on", "id"))
    opened = sealing.open_rows(found, "note")
    lines = [Row(title=REFORM_STATE_LABELS[ReformState.IDENTIFIED], when=formats.short_day_and_year(row.identified_on))]
    for step, words in zip(found, opened, strict=True):
        note = words.text("note")
        lines.append(
            Row(
                title=_step_title(step),
                when=formats.short_day_and_year(step.on),
                lines=(Name(note),) if note else (),
                tag=Tag(REFORM_STATE_LABELS[step.state], TONES[step.state]) if step.holds is not None else None,
            )
        )
    return Section(_("What happened"), id="steps", column=2, rows=tuple(lines))


def _step_title(step: ReformStep) -> str:
    if step.holds is None:
        return str(REFORM_STATE_LABELS[step.state])
    return _("Looked at again: it holds") if step.holds else _("Looked at again: it does not hold")


def reform_form(actor: Actor, project_id: UUID) -> tuple[int, dict[str, object]]:
    """A project as its forms show it. Raises NotFound, Refused."""
    row = policy.load(actor, CHANGE, ReformProject, project_id, seen_by=SEE)
    words = sealing.open_row(row, "title", "problem", "target")
    return row.version, {name: words.text(name) for name in ("title", "problem", "target")}


def crumbs_of_reform(actor: Actor, project_id: UUID) -> tuple[Crumb, ...]:
    row = policy.load(actor, SEE, ReformProject, project_id)
    title = sealing.open_row(row, "title").text("title")
    return _crumbs(Crumb(title, reverse("strengthening:reform", args=[row.id])))


def check_due(actor: Actor, project_id: UUID) -> str:
    """When the next look is due, in words."""
    row = policy.load(actor, SEE, ReformProject, project_id)
    if row.check_on is None:
        return ""
    months = steps.CHECK_MONTHS[min(row.checks, len(steps.CHECK_MONTHS) - 1)]
    return _("The look after %(months)d months is due on %(day)s.") % {
        "months": months,
        "day": formats.day(row.check_on),
    }
