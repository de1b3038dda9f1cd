"""The sheet of one report."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.intake.queries.conversation import messages_section
from amparo.intake.queries.files import file_rows
from amparo.intake.queries.listing import danger_title, due_of, state_tag
from amparo.intake.queries.onward import onward_sections
from amparo.intake.queries.outcome import decision_section, details_section, since_section
from amparo.intake.queries.reading import Reading, joined
from amparo.intake.queries.reports import alike, count_alike, loaded, people_of, record, sight_of
from amparo.intake.queries.windows import MEDICAL_OPEN, bar, desk_now, is_open_window, window_of, window_words
from amparo.intake.words import (
    CHANNEL_LABELS,
    MEDICAL_LABELS,
    PART_LABELS,
    STATE_LABELS,
    Channel,
    Danger,
    Medical,
    State,
)
from amparo.kernel.text import shown
from amparo.kernel.words import Role, Sight
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.vault.sealing import Opened
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Empty, Fact, Notice, Row, Section, Sheet, Tag, Text, Withheld

WORDS = ("language", "place", "summary", "danger_words", "text", "safe_contact", "remark", "partner_name")


def report_page(actor: Actor, report_id: UUID) -> Sheet:
    """The sheet of one report. After it became a case, intake sees its status and nothing else.

    Raises:
        NotFound: the actor may not know of it.
    """
    row = loaded(actor, "intake:report:see", report_id)
    sight = sight_of(actor, row)
    desk = desk_now()
    words = sealing.open_row(row, *WORDS) if sight >= Sight.PARTIAL else Opened({}, frozenset())
    actors = (row.danger_taken_by, row.medical_taken_by, row.acknowledged_by, row.decided_by, row.created_by)
    reading = Reading(actor, row, desk, sight, words, access.names_of(one for one in actors if one))
    if sight >= Sight.PARTIAL:
        record(row)
    return Sheet(
        title=shown(words.text("summary")) or _("Report"),
        crumbs=(Crumb(_("Reports"), reverse("intake:reports")),),
        code=Code(row.code),
        tags=(state_tag(row), *((Tag(_("No name given")),) if row.anonymous else ())),
        kind=str(CHANNEL_LABELS[Channel(row.channel)]),
        lede_bold=_lede_bold(reading),
        lede=_lede(reading),
        notices=_notices(reading),
        buttons=_buttons(reading),
        sections=_sections(reading),
    )


def _lede_bold(reading: Reading) -> str:
    row = reading.row
    if not reading.is_open:
        return str(STATE_LABELS[State(row.state)]) + "."
    if row.danger != Danger.NO and row.danger_taken_by is None:
        return _("Somebody is in danger now.") if row.danger == Danger.YES else _("Somebody may be in danger.")
    window = window_of(row, reading.desk)
    if window is not None and is_open_window(row, window, reading.desk):
        return window_words(window, reading.desk)
    due_on, what = due_of(row, reading.desk)
    return _("%(what)s by %(day)s.") % {"what": what, "day": formats.near_day(due_on, reading.desk.today)}


def _lede(reading: Reading) -> Text:
    row = reading.row
    if row.state == State.ACCEPTED and reading.row.handed_at and reading.sight < Sight.PARTIAL:
        return _("The team of the case goes on from here. What was told is theirs now.")
    received = reading.when(row.received_at)
    return _("Received %(when)s by %(name)s.") % {"when": received, "name": reading.name(row.created_by)}


def _notices(reading: Reading) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if reading.is_open or reading.row.danger_taken_by:
        notices += _danger_notice(reading)
    if reading.is_open and reading.may("intake:report:acknowledge") and count_alike(reading.actor, reading.row.id):
        notices.append(_alike_notice(reading))
    return tuple(notices)


def _danger_notice(reading: Reading) -> list[Notice]:
    row = reading.row
    if row.danger == Danger.NO:
        return []
    words = reading.text("danger_words") if reading.sight is Sight.FULL else ""
    if row.danger_taken_by is not None:
        by = _("%(name)s took this on %(when)s.") % {
            "name": reading.name(row.danger_taken_by), "when": reading.when(row.danger_taken_at),
        }  # fmt: skip
        return [Notice((by, words) if words else by, "warn", title=_("Danger"))]
    take = Button(_("I am taking this"), reverse("intake:take_danger", args=[row.id]), "grave", post=True, key="t")
    action = take if reading.may("intake:report:acknowledge") else None
    return [Notice(words or danger_title(row), "danger", title=danger_title(row) if words else "", action=action)]


def _alike_notice(reading: Reading) -> Notice:
    """One sentence, whoever it is and however many they are."""
    said = _("Somebody in our records may be the same person. Ask your supervisor before you open a new case.")
    if reading.row.duplicate_asked_at is not None:
        return Notice((said, _("Your supervisor was asked.")), "warn")
    ask = Button(_("Ask the supervisor"), reverse("intake:pass_duplicate", args=[reading.row.id]), "quiet", post=True)
    return Notice(said, "warn", action=None if reading.actor.holds(Role.SUPERVISOR) else ask)


def _buttons(reading: Reading) -> tuple[Button, ...]:
    key = reading.row.id
    buttons = []
    if reading.row.state == State.RECEIVED and reading.may("intake:report:acknowledge"):
        acknowledge = reverse("intake:acknowledge", args=[key])
        buttons.append(Button(_("Mark as acknowledged"), acknowledge, "quiet", post=True))
    if reading.is_open and reading.may("intake:report:words"):
        buttons.append(Button(_("Change"), reverse("intake:change", args=[key]), "quiet", key="e"))
    return tuple(buttons)


def _sections(reading: Reading) -> tuple[Section, ...]:
    sections = [_medical_section(reading), messages_section(reading), _told_section(reading), _people_section(reading)]
    if reading.actor.holds(Role.SUPERVISOR) and reading.is_open:
        sections += _alike_section(reading)
    sections += [decision_section(reading), *onward_sections(reading), since_section(reading)]
    sections.append(details_section(reading))
    return tuple(one for one in sections if one is not None)


def _medical_section(reading: Reading) -> Section | None:
    row, desk = reading.row, reading.desk
    if row.state == State.ACCEPTED and reading.sight < Sight.PARTIAL:
        return None
    window = window_of(row, desk)
    title = _("Medical care")
    label = str(MEDICAL_LABELS[Medical(row.medical)])
    if row.medical not in MEDICAL_OPEN:
        return Section(title, id="medical", column=0, remark=label)
    buttons = _medical_buttons(reading) if reading.may("intake:report:acknowledge") and reading.is_open else ()
    facts: list[Fact] = [Fact(_("What is known"), label)]
    if row.medical_taken_by:
        facts.append(Fact(_("Who sees to it"), reading.name(row.medical_taken_by)))
    if window is None:
        remark = _("Nobody knows when it happened, so no clock can be drawn. Ask: every hour counts.")
        return Section(title, id="medical", column=0, remark=remark, facts=tuple(facts), buttons=buttons)
    if window.is_over(desk.now):
        remark = _("More than %(hours)s hours have passed. Care still helps, but some treatment comes too late.")
        return Section(
            title,
            id="medical",
            column=0,
            remark=remark % {"hours": desk.limits[1]},
            facts=tuple(facts),
            buttons=buttons,
        )
    if window.is_estimate:
        facts.append(Fact(_("Counted from"), _("the earliest time that is possible")))
    return Section(
        title,
        id="medical",
        column=0,
        remark=window_words(window, desk),
        drawing=bar(window, desk),
        facts=tuple(facts),
        buttons=buttons,
    )


def _medical_buttons(reading: Reading) -> tuple[Button, ...]:
    key = reading.row.id
    end = Button(_("Say how it ended"), reverse("intake:end_medical", args=[key]), "quiet")
    if reading.row.medical_taken_by:
        return (end,)
    return (Button(_("I am taking this"), reverse("intake:take_medical", args=[key]), post=True), end)


def _told_section(reading: Reading) -> Section:
    title = _("What was told")
    if reading.sight < Sight.FULL or not reading.may("intake:report:words"):
        return Section(title, id="told", column=1, withheld=(Withheld(title),))
    text = reading.text("text")
    rows = (Row(title="", lines=tuple(line for line in text.split("\n") if line.strip())),) if text else ()
    files = file_rows(reading.row)
    safe = reading.text("safe_contact")
    notices = (Notice(safe, "warn", title=_("How it is safe to answer")),) if safe else ()
    return Section(
        title,
        id="told",
        column=1,
        rows=(*rows, *files),
        notices=notices,
        empty=Empty(_("Nothing was written down yet.")),
        link_label=_("Add a file"),
        link_url=reverse("intake:add_file", args=[reading.row.id]),
    )


def _people_section(reading: Reading) -> Section:
    title = _("People")
    named = people_of(reading.row.id)
    labels = people.labels(reading.actor, [one.person_id for one in named])
    rows = tuple(
        Row(
            title=label.text,
            meta=joined(str(PART_LABELS[one.part]), label.age_band),
            lines=_lines_of(label.safe),
        )
        for one in named
        if (label := labels.get(one.person_id)) is not None
    )
    may = reading.is_open and reading.may("intake:report:words")
    add = reverse("intake:add_person", args=[reading.row.id]) if may else ""
    if named and not rows:
        return Section(title, id="people", column=2, withheld=(Withheld(title),))
    return Section(
        title,
        id="people",
        column=2,
        rows=rows,
        empty=Empty(_("The report names nobody.")),
        link_label=_("Add a person") if add else "",
        link_url=add,
    )


def _lines_of(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _alike_section(reading: Reading) -> list[Section]:
    hits = alike(reading.actor, reading.row)
    if not hits:
        return []
    rows = tuple(Row(title=Code(hit.code, hit.url), meta=hit.kind_label) for hit in hits)
    remark = _("They have exactly the same name or number as somebody in this report.")
    return [Section(_("May be the same person"), id="alike", column=2, rows=rows, remark=remark)]
