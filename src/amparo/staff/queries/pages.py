"""Pages of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel.errors import NotFound
from amparo.staff.queries import settings as held
from amparo.staff.queries.organisation import organisation_crumb
from amparo.staff.rules import Clock, Helpline
from amparo.staff.words import (
    AREA_LABELS,
    LIST_LABELS,
    MILESTONE_LABELS,
    NUMBER_GROUPS,
    NUMBER_LABELS,
    REPORT_RETENTION_LABELS,
    RETENTION_LABELS,
    CodeList,
    Key,
)
from amparo.web import formats
from amparo.web.sheets import Code, Column, Crumb, Empty, Fact, Name, Row, Section, Sheet, Table, Tag

if TYPE_CHECKING:
    from amparo.web.sheets import Part


def settings_crumbs() -> tuple[Crumb, ...]:
    return (organisation_crumb(), Crumb(_("Settings"), reverse("staff:settings")))


def settings(actor: Actor) -> Sheet:
    """Everything that can be set. Raises Refused. Cost: eight queries."""
    policy.check_new(actor, "staff:setting:see", Subject(office=actor.office_id))
    may = policy.decide(actor, "staff:setting:change", Subject(office=actor.office_id)).allowed
    return Sheet(
        title=_("Settings"),
        crumbs=(organisation_crumb(),),
        lede=_("These hold for the whole organisation. Every change is kept in the ledger."),
        sections=(
            _numbers(may),
            _clocks(may),
            _reports_office(may),
            _helplines(may),
            *(_list(name, may) for name in CodeList),
            _retention(may),
            _restoration(may),
        ),
    )


def _numbers(may: bool) -> Section:
    values = held.numbers()
    url = reverse("staff:set_numbers") if may else ""
    lines = tuple(
        (NUMBER_LABELS[number], str(values[number])) for _legend, numbers in NUMBER_GROUPS for number in numbers
    )
    return Section(
        title=_("Time limits and thresholds"),
        id=Key.NUMBERS,
        table=_table(_("Time limits and thresholds"), _("Number"), lines),
        link_label=_("Change") if may else "",
        link_url=url,
    )


def _table(caption: str, value: str, lines: tuple[tuple[Part, ...], ...]) -> Table:
    return Table(caption, (Column(_("What")), Column(value, number=True)), lines)


def _clocks(may: bool) -> Section:
    return Section(
        title=_("Statutory clocks"),
        id=Key.CLOCKS,
        column=2,
        remark=_("What the law gives a court or the police. Check each with your lawyers before it runs."),
        rows=tuple(_clock(one, may) for one in held.all_clocks()),
        empty=Empty(_("There is no clock yet.")),
        link_label=_("Add a clock") if may else "",
        link_url=reverse("staff:add_clock") if may else "",
    )


def _clock(one: Clock, may: bool) -> Row:
    days = ngettext("%(count)s day", "%(count)s days", one.days) % {"count": one.days}
    span = _("from: %(start)s, to: %(stop)s") % {
        "start": MILESTONE_LABELS[one.start],
        "stop": MILESTONE_LABELS[one.stop],
    }
    if one.is_example:
        tag = Tag(_("Example, not running"), "warn")
    else:
        tag = Tag(_("Running"), "ok") if one.is_active else Tag(_("Out of use"))
    return Row(
        title=one.label,
        when=days,
        meta=span,
        tag=tag,
        dir_auto=True,
        action_label=_("Change") if may else "",
        action_url=reverse("staff:change_clock", args=[one.code]) if may else "",
    )


def clock(code: str) -> tuple[int, Clock]:
    """The version of the clocks, and one of them. Raises NotFound."""
    version, _value = held.stored(Key.CLOCKS)
    for one in held.all_clocks():
        if one.code == code:
            return version, one
    raise NotFound


def _reports_office(may: bool) -> Section:
    names = dict(office_choices())
    chosen = names.get(str(held.reports_office() or ""), "")
    return Section(
        title=_("Reports from the public site"),
        id=Key.REPORTING,
        column=2,
        facts=(Fact(_("Read and answered by"), Name(chosen)),) if chosen else (),
        empty=Empty(_("No office is chosen, so the site takes no report.")),
        link_label=_("Change") if may else "",
        link_url=reverse("staff:set_reports_office") if may else "",
    )


def office_choices() -> list[tuple[str, str]]:
    """The open offices, for a list to choose from."""
    return [(str(office.id), office.name) for office in access.offices()]


def _helplines(may: bool) -> Section:
    hidden = {one.code for one in held.helplines_hidden()}
    remark = _("Shown to strangers for 90 days after somebody has called the number, and no longer.")
    return Section(
        title=_("Helplines on the public sites"),
        id=Key.HELPLINES,
        column=2,
        remark=remark,
        rows=tuple(_helpline(one, one.code in hidden, may) for one in held.all_helplines()),
        empty=Empty(_("There is no helpline yet, so the public sites show no number.")),
        link_label=_("Add a helpline") if may else "",
        link_url=reverse("staff:add_helpline") if may else "",
    )


def _helpline(one: Helpline, is_hidden: bool, may: bool) -> Row:
    if not one.is_active:
        tag = Tag(_("Out of use"))
    else:
        tag = Tag(_("Hidden: call it again"), "danger") if is_hidden else Tag(_("Shown"), "ok")
    called = _("Called on %(day)s. Source: %(source)s") % {
        "day": formats.day(one.checked_on), "source": one.source,
    }  # fmt: skip
    return Row(
        title=(one.name, Code(one.number)),
        lines=tuple(line for line in (one.note, called) if line),
        tag=tag,
        dir_auto=True,
        action_label=_("Change") if may else "",
        action_url=reverse("staff:change_helpline", args=[one.code]) if may else "",
    )


def helpline(code: str) -> tuple[int, Helpline]:
    """The version of the helplines, and one of them. Raises NotFound."""
    version, _value = held.stored(Key.HELPLINES)
    for one in held.all_helplines():
        if one.code == code:
            return version, one
    raise NotFound


def _list(name: CodeList, may: bool) -> Section:
    rows = tuple(
        Row(
            title=one.label,
            dir_auto=True,
            tag=None if one.is_active else Tag(_("Out of use")),
            action_label=(_("Take out of use") if one.is_active else _("Use again")) if may else "",
            action_url=reverse("staff:use_code", args=[name.value, one.code]) if may else "",
            action_post=True,
            action_hidden=(("use", "" if one.is_active else "1"),),
        )
        for one in held.all_codes(name)
    )
    return Section(
        title=LIST_LABELS[name],
        id=name.value,
        column=2,
        rows=rows,
        empty=Empty(_("Nothing was added to this list.")),
        link_label=_("Add") if may else "",
        link_url=reverse("staff:add_code", args=[name.value]) if may else "",
    )


def _retention(may: bool) -> Section:
    years = held.retention()
    labels = RETENTION_LABELS | REPORT_RETENTION_LABELS
    lines = tuple((label, str(years[reason])) for reason, label in labels.items())
    return Section(
        title=_("How long closed cases and reports are kept"),
        id=Key.RETENTION,
        table=_table(_("How long closed cases and reports are kept"), _("Years"), lines),
        remark=_("By the reason for which a case was closed, and by what was decided on a report that became none."),
        link_label=_("Change") if may else "",
        link_url=reverse("staff:set_retention") if may else "",
    )


def _restoration(may: bool) -> Section:
    found = held.restoration_thresholds()
    lines = tuple((AREA_LABELS[area], str(value)) for area, value in found.items())
    return Section(
        title=_("Thresholds of restoration"),
        id=Key.RESTORATION,
        table=_table(_("Thresholds of restoration"), _("Threshold"), lines) if lines else None,
        empty=Empty(_("None is set: each mean is shown, and none is called restored.")),
        link_label=_("Change") if may else "",
        link_url=reverse("staff:set_restoration") if may else "",
    )
