"""A unit: its practice over time, its feedback, and how it was assessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.digest import JsonValue
from amparo.papers.typesetting import typeset
from amparo.staff import queries as staff
from amparo.strengthening.models import FeedbackSheet, MentoringContact, PracticeFile, UnitAssessment
from amparo.strengthening.queries.checklists import label_of, newest_checklist
from amparo.strengthening.queries.mentoring import SEE as CONTACT_SEE
from amparo.strengthening.queries.mentoring import contact_rows, series_section
from amparo.strengthening.queries.naming import home_crumb, unit_name
from amparo.strengthening.queries.practice import (
    OBSERVE,
    SEE,
    PracticeRow,
    file_rows,
    half_dots,
    interval_said,
    items_table,
    practice_rows,
    rows_of,
    share_said,
    trend,
    visible_files,
)
from amparo.strengthening.rules import scores
from amparo.strengthening.rules.checklist import Item
from amparo.strengthening.rules.steps import LEVELS
from amparo.strengthening.words import (
    ANCHORS,
    DOMAIN_LABELS,
    OCCASION_LABELS,
    SHEET_STATE_LABELS,
    Domain,
    FileState,
    Occasion,
    SheetState,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.drawing import SpanInput, SpanPoint, Spans, span_lines
from amparo.web.drawing.spans import PointKind
from amparo.web.sheets import (
    Button,
    Column,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Table,
    Tag,
    Text,
    Tone,
)

SHEET_SEE = "strengthening:sheet:see"
SHEET_CHANGE = "strengthening:sheet:change"
SHEET_PUBLISH = "strengthening:sheet:publish"
ASSESS_SEE = "strengthening:assessment:see"
ASSESS = "strengthening:assessment:change"
_SHOWN = 12
_SHEET_TONES: Mapping[str, Tone] = {SheetState.DRAFT: "on", SheetState.VALIDATED: "ok", SheetState.PUBLISHED: "ok"}
_KINDS: Mapping[str, PointKind] = {Occasion.BASELINE: "open", Occasion.MIDDLE: "half", Occasion.END: "done"}


def _unit_crumb(unit_id: UUID, called: str) -> Crumb:
    return Crumb(called, reverse("strengthening:unit", args=[unit_id]))


def crumbs(unit_id: UUID, *more: Crumb) -> tuple[Crumb, ...]:
    return (home_crumb(), _unit_crumb(unit_id, unit_name(unit_id)), *more)


# ---- the page of a unit ------------------------------------------------------------------------------------


def unit_page(actor: Actor, unit_id: UUID) -> Sheet:
    """Everything that is known of a unit's work here. Raises NotFound. Cost: some 45 queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    called = unit_name(unit_id)
    rows = practice_rows(actor, unit_id=unit_id)
    items = newest_checklist().items
    return Sheet(
        title=Name(called),
        crumbs=(home_crumb(), Crumb(called)),
        lede_bold=_bold(rows),
        lede=_trend_said(rows),
        buttons=_unit_buttons(actor, unit_id),
        sections=(
            *_practice(rows, items),
            _assessments(actor, unit_id),
            _sheets(actor, unit_id),
            _files(actor, unit_id),
            series_section(actor, unit_id=unit_id),
            _contacts(actor, unit_id),
        ),
    )


def _unit_buttons(actor: Actor, unit_id: UUID) -> tuple[Button, ...]:
    found = []
    if policy.has(actor, OBSERVE):
        found.append(Button(_("Observe a file"), reverse("strengthening:open_file", args=[unit_id]), key="n"))
    if policy.has(actor, SHEET_CHANGE):
        found.append(Button(_("Feedback sheet"), reverse("strengthening:draft_sheet", args=[unit_id]), "quiet"))
    if policy.has(actor, ASSESS):
        found.append(Button(_("Assess the unit"), reverse("strengthening:assess", args=[unit_id]), "quiet"))
    return tuple(found)


def _bold(rows: Sequence[PracticeRow]) -> str:
    if not rows:
        return _("No file was observed yet.")
    part = scores.total([row.answers for row in rows])
    files = ngettext("%(count)d file", "%(count)d files", len(rows)) % {"count": len(rows)}
    return _("%(share)s of the steps that applied were taken, in %(files)s.") % {
        "share": share_said(part),
        "files": files,
    }


def _trend_said(rows: Sequence[PracticeRow]) -> str:
    if len(rows) < 4:
        return ""
    middle = len(rows) // 2
    before, now = (scores.total([row.answers for row in part]) for part in (rows[:middle], rows[middle:]))
    moved = scores.change(before, now)
    if moved is None:
        return ""
    inside = _overlap(before, now)
    words = {
        "moved": formats.mean(abs(moved)), "first": middle, "second": len(rows) - middle,
    }  # fmt: skip
    if inside:
        return _("Between the first %(first)d files and the last %(second)d the difference is within chance.") % words
    if moved > 0:
        return _("The last %(second)d files are %(moved)s points better than the first %(first)d.") % words
    return _("The last %(second)d files are %(moved)s points worse than the first %(first)d.") % words


def _overlap(one: scores.Score, other: scores.Score) -> bool:
    a, b = scores.interval(one.yes, one.applicable), scores.interval(other.yes, other.applicable)
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _practice(rows: Sequence[PracticeRow], items: Sequence[Item]) -> tuple[Section, ...]:
    if not rows:
        return ()
    drawn, table = trend(rows)
    return (
        Section(_("Practice over time"), id="trend", column=1, drawing=drawn, table=table),
        Section(
            _("Each step"),
            id="steps",
            column=2,
            remark=_("The earlier half of the files ○ and the later half ●; the line runs from 0 to 100 %."),
            drawing=half_dots(rows, items) if len(rows) > 1 else None,
            table=items_table(rows, items),
        ),
    )


def _files(actor: Actor, unit_id: UUID) -> Section:
    files = list(visible_files(actor).filter(unit_id=unit_id).order_by("-on", "-id")[:_SHOWN])
    return Section(
        _("Latest files"),
        id="files",
        column=1,
        rows=file_rows(actor, files),
        empty=Empty(_("No file was observed yet.")),
    )


def _contacts(actor: Actor, unit_id: UUID) -> Section:
    rows = policy.visible(actor, CONTACT_SEE, MentoringContact.objects.filter(unit_id=unit_id))
    found = list(rows.order_by("-on", "-id")[:_SHOWN])
    return Section(
        _("Mentoring"), id="mentoring", column=2, rows=contact_rows(actor, found), empty=Empty(_("No contact."))
    )


def _sheets(actor: Actor, unit_id: UUID) -> Section:
    rows = policy.visible(actor, SHEET_SEE, FeedbackSheet.objects.filter(unit_id=unit_id)).order_by("-until_on")
    return Section(
        _("Feedback sheets"),
        id="sheets",
        column=2,
        rows=tuple(
            Row(
                title=period_said(row.from_on, row.until_on),
                url=reverse("strengthening:sheet", args=[row.id]),
                tag=Tag(SHEET_STATE_LABELS[row.state], _SHEET_TONES[row.state]),
            )
            for row in rows[:_SHOWN]
        ),
        empty=Empty(_("No feedback sheet yet.")),
    )


def period_said(first: date, last: date) -> str:
    return _("%(first)s to %(last)s") % {"first": formats.day(first), "last": formats.day(last)}


# ---- assessments -------------------------------------------------------------------------------------------


def _assessments(actor: Actor, unit_id: UUID) -> Section:
    rows = list(policy.visible(actor, ASSESS_SEE, UnitAssessment.objects.filter(unit_id=unit_id)).order_by("on"))
    if not rows:
        may = policy.has(actor, ASSESS)
        return Section(
            _("Assessments"),
            id="assessments",
            column=1,
            empty=Empty(
                _("The unit was not assessed yet."),
                _("Assess the unit") if may else "",
                reverse("strengthening:assess", args=[unit_id]) if may else "",
            ),
        )
    return Section(
        _("Assessments"),
        id="assessments",
        column=1,
        remark=_("Levels from 1 to 4: baseline ○, middle ◎, end ●. %(change)s") % {"change": change_said(rows)},
        drawing=profile_of(rows),
        table=_profile_table(rows),
    )


def profile_of(rows: Sequence[UnitAssessment]) -> Spans:
    """The levels of each domain at every point, one line for each domain: differences are read along a line."""
    lines = [
        SpanInput(
            str(DOMAIN_LABELS[domain]),
            tuple(
                SpanPoint(
                    _KINDS[row.occasion],
                    (row.levels[domain] - 1) / 3,
                    f"{OCCASION_LABELS[row.occasion]}, {formats.day(row.on)}: {row.levels[domain]}",
                )
                for row in rows
                if domain in row.levels
            ),
        )
        for domain in Domain
    ]
    ticks = [((level - 1) / 3, str(level)) for level in LEVELS]
    return span_lines(lines, ticks, _("Levels of each domain at each assessment"), rtl=formats.is_rtl())


def change_said(rows: Sequence[UnitAssessment]) -> str:
    """By how much the domains that were assessed both first and last have changed, and how many those are."""
    if len(rows) < 2:
        return ""
    first, last = rows[0].levels, rows[-1].levels
    both = [domain for domain in Domain if domain in first and domain in last]
    if not both:
        return _("No domain was assessed twice.")
    up = sum(1 for domain in both if last[domain] > first[domain])
    down = sum(1 for domain in both if last[domain] < first[domain])
    return _("Of %(n)d domains assessed at both ends, %(up)d rose and %(down)d fell.") % {
        "n": len(both), "up": up, "down": down,
    }  # fmt: skip


def _profile_table(rows: Sequence[UnitAssessment]) -> Table:
    heads = [
        Column(f"{OCCASION_LABELS[row.occasion]}, {formats.short_day_and_year(row.on)}", number=True) for row in rows
    ]
    lines: list[tuple[Text, ...]] = [
        (DOMAIN_LABELS[domain], *(str(row.levels.get(domain, "–")) for row in rows)) for domain in Domain
    ]
    links: tuple[Text, ...] = (
        _("What was seen"),
        *(Name(_("Open"), url=reverse("strengthening:assessment", args=[row.id])) for row in rows),
    )
    return Table(_("Levels of each domain"), (Column(_("Domain")), *heads), (*lines, links))


def assessment_page(actor: Actor, assessment_id: UUID) -> Sheet:
    """One assessment with what each level rests on. Raises NotFound. Cost: about ten queries."""
    row = policy.load(actor, ASSESS_SEE, UnitAssessment, assessment_id)
    words = sealing.open_row(row, "notes", "assessors")
    notes = words.table("notes")
    may = policy.decide(actor, ASSESS, policy.subject_of(row)).allowed
    called = unit_name(row.unit_id)
    title = str(OCCASION_LABELS[row.occasion])
    return Sheet(
        title=title,
        overline=formats.day(row.on),
        crumbs=(home_crumb(), _unit_crumb(row.unit_id, called), Crumb(title)),
        kind=Name(called),
        remark=(_("Assessed by"), Name(words.text("assessors"))) if words.text("assessors") else "",
        buttons=(Button(_("Correct"), reverse("strengthening:change_assessment", args=[row.id]), "quiet"),)
        if may
        else (),
        sections=(
            Section(
                _("Levels and what they rest on"),
                id="levels",
                column=0,
                rows=tuple(
                    Row(
                        title=DOMAIN_LABELS[domain],
                        when=_("%(level)d of 4") % {"level": row.levels[domain]},
                        lines=(Name(str(notes.get(domain, ""))),),
                        meta=ANCHORS[domain][row.levels[domain] - 1],
                        strong=True,
                    )
                    for domain in Domain
                    if domain in row.levels
                ),
            ),
        ),
    )


def assessment_form(actor: Actor, assessment_id: UUID) -> tuple[UUID, int, dict[str, object]]:
    """An assessment as its form shows it. Raises NotFound, Refused."""
    row = policy.load(actor, ASSESS, UnitAssessment, assessment_id, seen_by=ASSESS_SEE)
    words = sealing.open_row(row, "notes", "assessors")
    values: dict[str, object] = {"on": row.on, "assessors": words.text("assessors"), "occasion": row.occasion}
    for domain in Domain:
        values[f"level_{domain}"] = str(row.levels.get(domain, ""))
        values[f"note_{domain}"] = str(words.table("notes").get(domain, ""))
    return row.unit_id, row.version, values


# ---- feedback ----------------------------------------------------------------------------------------------


def _rows_of_sheet(row: FeedbackSheet) -> list[PracticeRow]:
    files = PracticeFile.objects.filter(
        unit_id=row.unit_id, on__gte=row.from_on, on__lte=row.until_on, state=FileState.COMPLETE
    )
    return rows_of(list(files.order_by("on", "id")))


def sheet_page(actor: Actor, sheet_id: UUID) -> Sheet:
    """One feedback sheet: what went well, each step, next steps, and what the unit said. Cost: about 12 queries."""
    row = policy.load(actor, SHEET_SEE, FeedbackSheet, sheet_id)
    words = sealing.open_row(row, "well", "next_steps", "validated_with", "comment")
    rows = _rows_of_sheet(row)
    items = newest_checklist().items
    called = unit_name(row.unit_id)
    part = scores.total([one.answers for one in rows])
    title = _("Feedback, %(period)s") % {"period": period_said(row.from_on, row.until_on)}
    return Sheet(
        title=title,
        crumbs=(home_crumb(), _unit_crumb(row.unit_id, called), Crumb(_("Feedback"))),
        kind=Name(called),
        tags=(Tag(SHEET_STATE_LABELS[row.state], _SHEET_TONES[row.state]),),
        lede_bold=_("%(share)s of the steps that applied were taken.") % {"share": share_said(part)},
        lede=ngettext("%(count)d file was observed.", "%(count)d files were observed.", len(rows))
        % {"count": len(rows)},
        buttons=_sheet_buttons(actor, row),
        notices=_small(row, len(rows)),
        sections=(
            _well(rows, items, words.text("well")),
            _steps(rows, items, words.text("next_steps")),
            Section(_("Each step"), id="steps", column=0, table=items_table(rows, items)),
            _validation(row, words),
        ),
    )


def _small(row: FeedbackSheet, files: int) -> tuple[Notice, ...]:
    least = staff.least_shown()
    if files >= least or row.state == SheetState.PUBLISHED:
        return ()
    said = _("Fewer than %(least)d files: the unit can be told, but nothing of it is published.")
    return (Notice(said % {"least": least}, "warn"),)


def _sheet_buttons(actor: Actor, row: FeedbackSheet) -> tuple[Button, ...]:
    subject = policy.subject_of(row)
    found = [Button(_("Print it for the unit"), reverse("strengthening:sheet_paper", args=[row.id]), "quiet")]
    if row.state == SheetState.DRAFT and policy.decide(actor, SHEET_CHANGE, subject).allowed:
        found.insert(0, Button(_("Validate with the unit"), reverse("strengthening:validate_sheet", args=[row.id])))
        found.append(Button(_("Change"), reverse("strengthening:change_sheet", args=[row.id]), "quiet"))
    if row.state == SheetState.VALIDATED and policy.decide(actor, SHEET_PUBLISH, subject).allowed:
        found.insert(0, Button(_("Publish the figures"), reverse("strengthening:publish_sheet", args=[row.id])))
    return tuple(found)


def _labels(keys: Sequence[str], items: Sequence[Item]) -> list[tuple[str, str]]:
    by_key = {item.key: item for item in items}
    return [(key, label_of(by_key[key])) for key in keys if key in by_key]


def _well(rows: Sequence[PracticeRow], items: Sequence[Item], words: str) -> Section:
    found = scores.by_item([row.answers for row in rows], [item.key for item in items])
    lines = [
        Row(title=label, tag=Tag(share_said(found[key]), "ok"))
        for key, label in _labels(scores.went_well(found), items)
    ]
    if words:
        lines.append(Row(title=Name(words), dir_auto=True))
    return Section(
        _("What went well"),
        id="well",
        rows=tuple(lines),
        empty=Empty(_("No step was taken in seven of ten files yet.")),
    )


def _steps(rows: Sequence[PracticeRow], items: Sequence[Item], words: str) -> Section:
    found = scores.by_item([row.answers for row in rows], [item.key for item in items])
    lines = [
        Row(title=label, tag=Tag(share_said(found[key]))) for key, label in _labels(scores.to_work_on(found), items)
    ]
    if words:
        lines.append(Row(title=Name(words), dir_auto=True))
    return Section(
        _("Next steps"), id="next", column=2, rows=tuple(lines), empty=Empty(_("Every step is always taken."))
    )


def _validation(row: FeedbackSheet, words: sealing.Opened) -> Section:
    facts = []
    if row.validated_on:
        facts = [
            Fact(_("On"), formats.day(row.validated_on)),
            Fact(_("With"), Name(words.text("validated_with"))),
            Fact(_("What they said"), Name(words.text("comment") or _("nothing"))),
        ]
    return Section(
        _("Validated with the unit"),
        id="validated",
        column=0,
        facts=tuple(facts),
        empty=Empty(_("The unit has not seen it yet.")),
    )


def sheet_form(actor: Actor, permission: str, sheet_id: UUID) -> tuple[UUID, int, dict[str, object]]:
    """A sheet as its forms show it. Raises NotFound, Refused."""
    row = policy.load(actor, permission, FeedbackSheet, sheet_id, seen_by=SHEET_SEE)
    words = sealing.open_row(row, "well", "next_steps")
    return row.unit_id, row.version, {"well": words.text("well"), "next_steps": words.text("next_steps")}


def paper(actor: Actor, sheet_id: UUID) -> bytes:
    """The feedback sheet for the unit as a PDF: what went well first, and nothing about any survivor."""
    row = policy.load(actor, SHEET_SEE, FeedbackSheet, sheet_id)
    words = sealing.open_row(row, "well", "next_steps", "validated_with", "comment")
    rows = _rows_of_sheet(row)
    items = newest_checklist().items
    found = scores.by_item([one.answers for one in rows], [item.key for item in items])
    called = unit_name(row.unit_id)
    before = _before(actor, row)
    values: dict[str, JsonValue] = {
        "title": _("How the steps were taken"),
        "unit": called,
        "period": period_said(row.from_on, row.until_on),
        "foot": _("%(unit)s. No survivor, suspect or case is named in this sheet.") % {"unit": called},
        "state": str(SHEET_STATE_LABELS[row.state]),
        "counted": _(
            "%(files)d files were looked at. A step counts where it applied; n says in how many files that was."
        )
        % {"files": len(rows)},
        "well_title": _("What went well"),
        "well": [f"{label} ({share_said(found[key])})" for key, label in _labels(scores.went_well(found), items)],
        "well_words": words.text("well"),
        "table_title": _("Each step"),
        "heads": [_("Step"), _("Before"), _("Now"), _("95 % interval")],
        "lines": [
            [
                label_of(item),
                share_said(before[item.key]) if item.key in before else "–",
                share_said(found[item.key]),
                interval_said(found[item.key]),
            ]
            for item in items
        ],
        "next_title": _("What to work on next"),
        "next": [f"{label} ({share_said(found[key])})" for key, label in _labels(scores.to_work_on(found), items)],
        "next_words": words.text("next_steps"),
        "said_title": _("Validated with the unit"),
        "said": [
            [_("On"), formats.day(row.validated_on) if row.validated_on else ""],
            [_("With"), words.text("validated_with")],
            [_("What the unit says"), words.text("comment")],
        ],
        "is_validated": row.validated_on is not None,
    }
    return typeset("strengthening/papers/sheet.typ", values, language=(get_language() or "en")[:2], at=clock.now())


def _before(actor: Actor, row: FeedbackSheet) -> dict[str, scores.Score]:
    """The same steps in the files before this period; nothing where there were none."""
    earlier = [one for one in practice_rows(actor, unit_id=row.unit_id) if one.on < row.from_on]
    if not earlier:
        return {}
    return scores.by_item([one.answers for one in earlier], [item.key for item in newest_checklist().items])
