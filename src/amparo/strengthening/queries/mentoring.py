"""Mentoring contacts: the list, the page of one, and the series of an official or a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.strengthening.models import MentoringContact
from amparo.strengthening.queries.naming import case_texts, home_crumb, names
from amparo.strengthening.words import (
    CONTACT_STATE_LABELS,
    MODE_LABELS,
    MODE_SHORT,
    PROGRESS_LABELS,
    SKILL_LABELS,
    ContactState,
    Progress,
    Skill,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.drawing import SpanInput, SpanPoint, Spans, span_lines
from amparo.web.sheets import (
    Button,
    Column,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Row,
    Section,
    Sheet,
    Table,
    Tag,
    Text,
    Tone,
    Urgency,
    Withheld,
)

SEE = "strengthening:contact:see"
CHANGE = "strengthening:contact:change"
REVIEW = "strengthening:contact:review"
PAGE = 50
_TONES: Mapping[str, Tone] = {
    ContactState.PLANNED: "on",
    ContactState.DONE: "warn",
    ContactState.REVIEWED: "ok",
    ContactState.CANCELLED: "",
}
_HOW_FAR = {Progress.NOT_YET: 0.0, Progress.WITH_HELP: 1 / 3, Progress.ALONE: 2 / 3, Progress.TEACHES: 1.0}


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (home_crumb(), Crumb(_("Mentoring"), reverse("strengthening:mentoring")), *more)


def contact_rows(actor: Actor, rows: Sequence[MentoringContact]) -> tuple[Row, ...]:
    """Contacts as lines of a list. Cost: about eight queries for any number."""
    called = names([key for row in rows for key in (row.unit_id, row.official_id)])
    about = case_texts(actor, [row.case_id for row in rows])
    mentors = access.names_of({row.mentor_id for row in rows})
    today = clock.today()
    return tuple(
        Row(
            title=SKILL_LABELS[row.skill],
            url=reverse("strengthening:contact", args=[row.id]),
            when=formats.near_day(row.on, today),
            when_tone=_tone_of_day(row, today),
            lines=(_with_whom(row, called),),
            meta=_meta(row, mentors, about),
            tag=Tag(CONTACT_STATE_LABELS[row.state], _TONES[row.state]),
        )
        for row in rows
    )


def _tone_of_day(row: MentoringContact, today: date) -> Urgency:
    return "late" if row.state == ContactState.PLANNED and row.on < today else ""


def _with_whom(row: MentoringContact, called: Mapping[UUID, str]) -> Text:
    parts = [Name(called[key]) for key in (row.official_id, row.unit_id) if key is not None and key in called]
    return (parts[0], "·", parts[1]) if len(parts) == 2 else parts[0] if parts else _("a post that is gone")


def _meta(row: MentoringContact, mentors: Mapping[UUID, str], about: Mapping[UUID, Text]) -> Text:
    said = f"{MODE_SHORT[row.mode]} · {mentors.get(row.mentor_id, '')}"
    case = about.get(row.case_id) if row.case_id else None
    return (said, "·", case) if case is not None and not isinstance(case, tuple) else said


def listing(actor: Actor, state: str = "", after: UUID | None = None) -> Listing:
    """Mentoring contacts, the latest first. Cost: about ten queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = policy.visible(actor, SEE, MentoringContact.objects.all())
    if state in set(ContactState):
        rows = rows.filter(state=state)
    last = rows.filter(pk=after).values_list("on", "id").first() if after else None
    if last is not None:
        rows = rows.filter(Q(on__lt=last[0]) | Q(on=last[0], id__lt=last[1]))
    page = list(rows.order_by("-on", "-id")[: PAGE + 1])
    may = policy.has(actor, CHANGE)
    return Listing(
        title=_("Mentoring"),
        crumbs=(home_crumb(), Crumb(_("Mentoring"))),
        lede=_("The work done beside officials on real cases: what was shown, and how far it has come."),
        buttons=(Button(_("Plan a contact"), reverse("strengthening:plan_contact"), key="n"),) if may else (),
        rows=contact_rows(actor, page[:PAGE]),
        empty=Empty(
            _("No mentoring contact is recorded."),
            _("Plan a contact") if may else "",
            reverse("strengthening:plan_contact") if may else "",
        ),
        next_url=f"?state={state}&after={page[PAGE - 1].id}" if len(page) > PAGE else "",
        previous_url=f"?state={state}" if after else "",
    )


def contact_page(actor: Actor, contact_id: UUID) -> Sheet:
    """One contact. Raises NotFound. Cost: about twelve queries."""
    row = policy.load(actor, SEE, MentoringContact, contact_id)
    words = sealing.open_row(row, "aim", "done", "next_step", "review")
    called = names([row.unit_id, row.official_id])
    about = case_texts(actor, [row.case_id])
    subject = policy.subject_of(row)
    may = policy.decide(actor, CHANGE, subject).allowed
    facts = [Fact(_("How"), MODE_LABELS[row.mode])]
    if row.official_id and row.official_id in called:
        url = reverse("strengthening:official", args=[row.official_id])
        facts.append(Fact(_("Official"), Name(called[row.official_id], url=url)))
    if row.unit_id and row.unit_id in called:
        facts.append(Fact(_("Unit"), Name(called[row.unit_id], url=reverse("strengthening:unit", args=[row.unit_id]))))
    if row.case_id and row.case_id in about:
        facts.append(
            Fact(_("Case, by pseudonym") if not _is_link(about[row.case_id]) else _("Case"), about[row.case_id])
        )
    facts.append(Fact(_("Mentor"), Name(access.names_of([row.mentor_id]).get(row.mentor_id, ""))))
    told = [
        Fact(label, Name(words.text(column)))
        for column, label in (("aim", _("Aim")), ("done", _("What was done")))
        if words.text(column)
    ]
    return Sheet(
        title=SKILL_LABELS[row.skill],
        overline=formats.day(row.on),
        crumbs=_crumbs(Crumb(SKILL_LABELS[row.skill])),
        tags=(Tag(CONTACT_STATE_LABELS[row.state], _TONES[row.state]),),
        buttons=_buttons(row, may, policy.decide(actor, REVIEW, subject).allowed),
        sections=(
            Section(_("The contact"), id="contact", facts=(*facts, *told)),
            _next(row, words, may),
            *_review(row, words),
        ),
    )


def _is_link(text: Text) -> bool:
    return bool(getattr(text, "url", ""))


def _buttons(row: MentoringContact, may: bool, reviews: bool) -> tuple[Button, ...]:
    found = []
    if row.state == ContactState.PLANNED and may:
        found.append(Button(_("Write down what was done"), reverse("strengthening:do_contact", args=[row.id])))
        found.append(Button(_("Change"), reverse("strengthening:change_contact", args=[row.id]), "quiet"))
        found.append(Button(_("Call off"), reverse("strengthening:cancel_contact", args=[row.id]), "quiet", post=True))
    if row.state == ContactState.DONE and reviews:
        found.append(Button(_("Review"), reverse("strengthening:review_contact", args=[row.id])))
    return tuple(found)


def _next(row: MentoringContact, words: sealing.Opened, may: bool) -> Section:
    step = words.text("next_step")
    rows: tuple[Row, ...] = ()
    if step:
        is_open = row.next_done_on is None
        late = is_open and row.next_on is not None and row.next_on < clock.today()
        rows = (
            Row(
                title=Name(step),
                when=formats.near_day(row.next_on, clock.today()) if row.next_on else _("no day"),
                when_tone="late" if late else "",
                tag=None if is_open else Tag(_("Done"), "ok"),
                action_label=_("Done") if is_open and may else "",
                action_url=reverse("strengthening:step_done", args=[row.id]) if is_open and may else "",
                action_post=True,
            ),
        )
    return Section(_("Next step"), id="next", column=2, rows=rows, empty=Empty(_("No next step was agreed.")))


def _review(row: MentoringContact, words: sealing.Opened) -> tuple[Section, ...]:
    if row.state != ContactState.REVIEWED:
        return ()
    facts = [Fact(_("How far"), PROGRESS_LABELS[row.progress])]
    if words.text("review"):
        facts.append(Fact(_("Review"), Name(words.text("review"))))
    if row.reviewed_on:
        facts.append(Fact(_("On"), formats.day(row.reviewed_on)))
    return (Section(_("Review"), id="review", column=2, facts=tuple(facts)),)


# ---- series ------------------------------------------------------------------------------------------------


def series_section(actor: Actor, *, unit_id: UUID | None = None, official_id: UUID | None = None) -> Section:
    """How far each skill has come in the reviews, drawn, with the same as a table. Cost: about ten queries."""
    rows = policy.visible(actor, SEE, MentoringContact.objects.filter(state=ContactState.REVIEWED))
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if official_id is not None:
        rows = rows.filter(official_id=official_id)
    found = list(rows.order_by("on", "id")[: PAGE * 4])
    by_skill: dict[str, list[MentoringContact]] = {}
    for row in found:
        by_skill.setdefault(row.skill, []).append(row)
    lines = [_skill_line(skill, by_skill[skill]) for skill in Skill if skill in by_skill]
    return Section(
        _("How far skills have come"),
        id="series",
        column=2,
        remark=_("From the reviews: first ○, latest ●."),
        drawing=_drawn(lines) if lines else None,
        table=_series_table(found) if found else None,
        empty=Empty(_("No contact was reviewed yet.")),
    )


def _drawn(lines: Sequence[SpanInput]) -> Spans:
    ticks = [(share, str(PROGRESS_LABELS[code])) for code, share in _HOW_FAR.items()]
    return span_lines(lines, ticks, _("Skills by their first and latest review"), rtl=formats.is_rtl())


def _skill_line(skill: str, rows: Sequence[MentoringContact]) -> SpanInput:
    shown = [rows[0], rows[-1]] if len(rows) > 1 else [rows[-1]]
    points = tuple(
        SpanPoint(
            "done" if row is rows[-1] else "open",
            _HOW_FAR[Progress(row.progress)],
            f"{formats.day(row.on)}: {PROGRESS_LABELS[row.progress]}",
        )
        for row in shown
    )
    remark = ngettext("%(count)d contact", "%(count)d contacts", len(rows)) % {"count": len(rows)}
    return SpanInput(str(SKILL_LABELS[skill]), points, remark)


def _series_table(rows: Sequence[MentoringContact]) -> Table:
    return Table(
        _("Reviewed contacts"),
        (Column(_("Day")), Column(_("Skill")), Column(_("How")), Column(_("How far"))),
        tuple(
            (
                Name(formats.day(row.on), url=reverse("strengthening:contact", args=[row.id])),
                SKILL_LABELS[row.skill],
                MODE_SHORT[row.mode],
                PROGRESS_LABELS[row.progress],
            )
            for row in rows
        ),
    )


def told_of_official(actor: Actor, official_id: UUID, person_id: UUID | None) -> list[Section]:
    """Mentoring with an official, for her or his own record: day, skill and state, never about which case."""
    title = _("Mentoring")
    if not policy.has(actor, SEE):
        return [Section(title, "mentoring", 2, withheld=(Withheld(title),))]
    rows = policy.visible(actor, SEE, MentoringContact.objects.filter(official_id=official_id))
    found = list(rows.order_by("-on", "-id")[:PAGE])
    return [
        Section(
            title,
            "mentoring",
            2,
            rows=tuple(
                Row(
                    title=SKILL_LABELS[row.skill],
                    url=reverse("strengthening:contact", args=[row.id]),
                    when=formats.near_day(row.on, clock.today()),
                    meta=MODE_SHORT[row.mode],
                )
                for row in found
            ),
            empty=Empty(_("No contact.")),
        )
    ]


def official_page(actor: Actor, official_id: UUID) -> Sheet:
    """The contacts with one official, over time. Raises NotFound. Cost: about twenty queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    called = names([official_id]).get(official_id)
    if called is None:
        raise NotFound
    rows = policy.visible(actor, SEE, MentoringContact.objects.filter(official_id=official_id))
    found = list(rows.order_by("-on", "-id")[:PAGE])
    may = policy.has(actor, CHANGE)
    return Sheet(
        title=Name(called),
        crumbs=_crumbs(Crumb(called)),
        lede=ngettext("%(count)d contact.", "%(count)d contacts.", len(found)) % {"count": len(found)},
        remark=_("A professional record: the work, and nothing private."),
        buttons=(Button(_("Plan a contact"), reverse("strengthening:plan_contact")),) if may else (),
        sections=(
            series_section(actor, official_id=official_id),
            Section(
                _("Contacts"), id="contacts", column=0, rows=contact_rows(actor, found), empty=Empty(_("No contact."))
            ),
        ),
    )


# ---- for forms ---------------------------------------------------------------------------------------------


def contact_form(actor: Actor, permission: str, contact_id: UUID) -> tuple[int, dict[str, object]]:
    """A contact as its form shows it. Raises NotFound, Refused."""
    row = policy.load(actor, permission, MentoringContact, contact_id, seen_by=SEE)
    words = sealing.open_row(row, "aim")
    return row.version, {"on": row.on, "skill": row.skill, "mode": row.mode, "aim": words.text("aim")}


def crumbs_of_contact(contact_id: UUID) -> tuple[Crumb, ...]:
    return _crumbs(Crumb(_("Contact"), reverse("strengthening:contact", args=[contact_id])))
