"""The first page of strengthening, and the pages of the checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.partners import queries as partners
from amparo.strengthening.models import MentoringContact, PracticeFile, ReformProject
from amparo.strengthening.queries import mentoring, reform
from amparo.strengthening.queries.checklists import label_of, newest_checklist, newest_text
from amparo.strengthening.queries.naming import home_crumb, names
from amparo.strengthening.queries.practice import (
    OBSERVE,
    SEE,
    PracticeRow,
    interval_said,
    practice_rows,
    share_said,
)
from amparo.strengthening.rules import scores
from amparo.strengthening.words import DOMAIN_LABELS, ContactState, ReformState
from amparo.web.sheets import Button, Column, Crumb, Empty, Name, Row, Section, Sheet, Table, Text

SHEET_CHANGE = "strengthening:sheet:change"
SCORE_SEE = "strengthening:score:see"
CHECKLIST_CHANGE = "strengthening:checklist:change"


def home(actor: Actor) -> Sheet:
    """Units with their practice, what comes next, and the reforms. Cost: about 30 queries for any number of rows."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = practice_rows(actor)
    units = sorted({row.unit_id for row in rows}, key=str)
    called = names(units)
    return Sheet(
        title=_("Strengthening"),
        lede_bold=_bold(rows, len(units)),
        lede=_("What was done, by the steps that a file shows: for feedback and mentoring, never for a league table."),
        buttons=_buttons(actor),
        sections=(
            _units(rows, called),
            *_unseen(actor, called),
            _contacts(actor),
            *_reforms(actor),
        ),
    )


def _bold(rows: Sequence[PracticeRow], units: int) -> str:
    if not rows:
        return _("No file was observed yet.")
    files = ngettext("%(count)d file", "%(count)d files", len(rows)) % {"count": len(rows)}
    return ngettext(
        "%(files)s of %(count)d unit were looked at.", "%(files)s of %(count)d units were looked at.", units
    ) % {"files": files, "count": units}


def _buttons(actor: Actor) -> tuple[Button, ...]:
    found = []
    if policy.has(actor, OBSERVE):
        found.append(Button(_("Observe a file"), reverse("strengthening:choose_unit"), key="n"))
    found.append(Button(_("Mentoring"), reverse("strengthening:mentoring"), "quiet"))
    if policy.has(actor, SCORE_SEE):
        found.append(Button(_("Scorecard"), reverse("strengthening:scorecard"), "quiet"))
    if policy.has(actor, reform.SEE):
        found.append(Button(_("Reform projects"), reverse("strengthening:reforms"), "quiet"))
    found.append(Button(_("Checklist"), reverse("strengthening:checklist"), "quiet"))
    return tuple(found)


def _units(rows: Sequence[PracticeRow], called: dict[UUID, str]) -> Section:
    lines: list[tuple[Text, ...]] = []
    for unit in sorted(called, key=lambda key: called[key].casefold()):
        mine = [row for row in rows if row.unit_id == unit]
        part = scores.total([row.answers for row in mine])
        half = len(mine) // 2
        before = scores.total([row.answers for row in mine[:half]])
        now = scores.total([row.answers for row in mine[half:]])
        name = Name(called[unit], url=reverse("strengthening:unit", args=[unit]))
        lines.append(
            (
                name,
                str(len(mine)),
                share_said(before) if half else "–",
                share_said(now),
                interval_said(now),
                _moved(part, before, now),
            )
        )
    heads = (
        Column(_("Unit")), Column(_("Files"), number=True), Column(_("Earlier half"), number=True),
        Column(_("Later half"), number=True), Column(_("95 % interval"), number=True), Column(_("Difference")),
    )  # fmt: skip
    return Section(
        _("Units"),
        id="units",
        column=0,
        table=Table(_("Steps that were taken, of those that applied"), heads, tuple(lines)) if lines else None,
        empty=Empty(_("No file was observed yet.")),
    )


def _unseen(actor: Actor, called: Mapping[UUID, str]) -> tuple[Section, ...]:
    """Units of which no file was looked at: there too somebody assesses where the unit stands, and begins."""
    if not policy.has(actor, OBSERVE):
        return ()
    found = [(UUID(key), name) for key, name in partners.unit_choices(actor) if UUID(key) not in called]
    rows = tuple(Row(title=Name(name), url=reverse("strengthening:unit", args=[key])) for key, name in found)
    return (Section(_("Units whose files were not looked at yet"), id="unseen", column=2, rows=rows),) if rows else ()


def _moved(part: scores.Score, before: scores.Score, now: scores.Score) -> str:
    one, other = scores.interval(before.yes, before.applicable), scores.interval(now.yes, now.applicable)
    moved = scores.change(before, now)
    if part.share is None or one is None or other is None or moved is None:
        return _("too early to say")
    if one[0] <= other[1] and other[0] <= one[1]:
        return _("within chance")
    return _("better") if moved > 0 else _("worse")


def _contacts(actor: Actor) -> Section:
    rows = policy.visible(actor, mentoring.SEE, MentoringContact.objects.filter(state=ContactState.PLANNED))
    found = list(rows.order_by("on", "id")[:8])
    may = policy.has(actor, mentoring.CHANGE)
    return Section(
        _("Mentoring that is planned"),
        id="planned",
        rows=mentoring.contact_rows(actor, found),
        empty=Empty(
            _("No contact is planned."),
            _("Plan a contact") if may else "",
            reverse("strengthening:plan_contact") if may else "",
        ),
        link_label=_("All contacts"),
        link_url=reverse("strengthening:mentoring"),
    )


def _reforms(actor: Actor) -> tuple[Section, ...]:
    if not policy.has(actor, reform.SEE):
        return ()
    rows = policy.visible(actor, reform.SEE, ReformProject.objects.exclude(state=ReformState.SUSTAINED))
    return (
        Section(
            _("Reform projects"),
            id="reforms",
            column=2,
            rows=reform.reform_rows(list(rows.order_by("-identified_on", "-id")[:8])),
            empty=Empty(_("No project is open.")),
            link_label=_("All projects"),
            link_url=reverse("strengthening:reforms"),
        ),
    )


def checklist_page(actor: Actor) -> Sheet:
    """What is looked at in a file, and how to add one's own. Cost: two queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    found = newest_checklist()
    may = policy.has(actor, CHECKLIST_CHANGE)
    url = reverse("strengthening:extend_checklist")
    return Sheet(
        title=_("Practice checklist"),
        overline=_("Version %(number)d") % {"number": found.version},
        crumbs=(home_crumb(), Crumb(_("Checklist"))),
        lede=_("Score: steps that were taken, divided by those that applied. What does not apply counts in neither."),
        buttons=(Button(_("Add own items"), url, "quiet"),) if may else (),
        sections=tuple(
            Section(
                DOMAIN_LABELS[domain],
                id=str(domain),
                column=1 if at % 2 == 0 else 2,
                rows=tuple(
                    Row(title=label_of(item), meta=item.hint, strong=True)
                    for item in found.items
                    if item.domain == domain
                ),
            )
            for at, domain in enumerate(dict.fromkeys(item.domain for item in found.items))
        ),
    )


def checklist_text(actor: Actor) -> str:
    """Where the next version begins: the newest, with the next number."""
    policy.check_new(actor, CHECKLIST_CHANGE, policy.Subject(office=actor.office_id, level=PracticeFile.guard.level))
    number = newest_checklist().version
    return newest_text().replace(f"version = {number}\n", f"version = {number + 1}\n", 1)
