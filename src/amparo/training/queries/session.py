"""The page of one session: its steps, its people, its tests, what was learned, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.training.models import Door, Feedback
from amparo.training.queries.results import Learned, Result, learned, results
from amparo.training.queries.said import days, duration, percent, with_interval
from amparo.training.queries.said import score as said_score
from amparo.training.queries.sessions import (
    CHANGE,
    SEE,
    Head,
    audience_of,
    head_for,
    invited_of,
    language_of,
    trainers_of,
)
from amparo.training.rules import gain, steps
from amparo.training.words import (
    CANCEL_LABELS,
    DOOR_LABELS,
    FEEDBACK_LEAST,
    FEEDBACK_QUESTIONS,
    FEEDBACK_SCALED,
    FOLLOW_UP_MONTHS,
    IS_FOLLOWED,
    OCCASION_LABELS,
    OCCASION_SHORT,
    WAS_HELD,
    DoorPurpose,
    Occasion,
    SessionState,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.drawing import Gains, Mean, group_gains
from amparo.web.sheets import (
    Button,
    Code,
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
    Withheld,
)

if TYPE_CHECKING:
    from amparo.web.sheets import Tone

SCORES = "training:score:see"


def session_page(actor: Actor, session_id: UUID) -> Sheet:
    """One session with everything that the reader may see of it. Cost: some twenty queries, however many people."""
    head = head_for(actor, SEE, session_id)
    found = results(head.row, head.content)
    may = policy.has(actor, CHANGE)
    told = learned(found)
    sees_scores = policy.has(actor, SCORES)
    return Sheet(
        title=Name(head.content.title),
        crumbs=(*head.crumbs[:1], Crumb(head.content.title)),
        tags=(head.tag,),
        kind=audience_of(head),
        remark=_("Version %(number)d") % {"number": head.row.content_version.number},
        lede_bold=_where(head),
        lede=_lede(head, found, told),
        buttons=_buttons(head) if may else (),
        notices=_notices(head),
        sections=tuple(
            section
            for section in (
                _steps(head, found, may),
                _facts(head),
                _doors(head, may),
                _gain_section(found, told, sees_scores=sees_scores),
                _people(head, found, may, sees_scores=sees_scores),
                _feedback(head),
                _evaluation(head),
            )
            if section is not None
        ),
    )


def _where(head: Head) -> str:
    return _("%(days)s, %(place)s.") % {"days": days(head.days), "place": head.place}


def _lede(head: Head, found: Sequence[Result], told: Learned) -> str:
    said = [ngettext("%(count)d participant.", "%(count)d participants.", len(found)) % {"count": len(found)}]
    post = told.gains.get(Occasion.POST)
    if post is not None and head.state in WAS_HELD:
        said.append(
            _("From before to the end they gained %(gain)s points of a hundred.")
            % {"gain": with_interval(post, signed=True)}
        )
    return " ".join(said)


def _notices(head: Head) -> tuple[Notice, ...]:
    if head.state is SessionState.CANCELLED:
        return (Notice(CANCEL_LABELS[head.row.cancel_reason], title=_("This session was cancelled.")),)
    return ()


def _buttons(head: Head) -> tuple[Button, ...]:
    if head.state is not SessionState.PLANNED:
        return ()
    return (
        Button(_("Change the plan"), reverse("training:change", args=[head.id]), "quiet"),
        Button(_("Cancel it"), reverse("training:cancel", args=[head.id]), "quiet"),
    )


# ---- steps ---------------------------------------------------------------------------------------------------


def _steps(head: Head, found: Sequence[Result], may: bool) -> Section | None:
    if head.state is SessionState.CANCELLED:
        return None
    return Section(_("Steps"), id="steps", rows=tuple(_step_rows(head, found, may)))


def _step_rows(head: Head, found: Sequence[Result], may: bool) -> list[Row]:
    state, today = head.state, clock.today()
    present = sum(1 for one in found if one.enrolment.attended)
    was_held = state in WAS_HELD
    to_issue = sum(1 for one in found if one.earned and one.certificate is None)
    issued = sum(1 for one in found if one.certificate is not None)
    evaluated = state in (SessionState.EVALUATED, SessionState.FOLLOWED_UP)
    room = state in (SessionState.PLANNED, SessionState.HELD)
    rows = [
        _step(True, _("People on the list"), str(len(found)), may and room and "enrol", _("Add somebody"), head),
        _test_step(head, found, Occasion.PRE, may),
        _step(present > 0, _("Attendance"), _of(present, found), may and room and "attendance", _("By list"), head),
        _test_step(head, found, Occasion.POST, may),
        _step(
            was_held,
            pgettext("a training session", "Held"),
            "",
            may and state is SessionState.PLANNED and head.row.starts_on <= today and "hold",
            _("It was held"),
            head,
        ),
        _step(
            issued > 0 and not to_issue,
            _("Certificates"),
            _("%(issued)d issued, %(open)d to issue") % {"issued": issued, "open": to_issue},
            may and was_held and bool(to_issue) and "issue",
            _("Issue them"),
            head,
        ),
        _step(
            evaluated,
            pgettext("a training session", "Evaluated"),
            "",
            may and state is SessionState.HELD and "evaluate",
            _("Evaluate"),
            head,
        ),
    ]
    rows += [_test_step(head, found, occasion, may) for occasion in FOLLOW_UP_MONTHS]
    closing = state is SessionState.EVALUATED and today >= steps.due_on(head.row.ends_on, Occasion.SIX)
    rows.append(
        _step(
            state is SessionState.FOLLOWED_UP,
            pgettext("a training session", "Followed up"),
            "",
            may and closing and "follow_up",
            _("Close the follow-up"),
            head,
        )
    )
    return rows


def _of(count: int, found: Sequence[Result]) -> str:
    return _("%(count)d of %(all)d") % {"count": count, "all": len(found)}


def _step(done: bool, title: str, meta: str, name: str | bool, label: str, head: Head) -> Row:
    url = reverse(f"training:{name}", args=[head.id]) if isinstance(name, str) else ""
    tag = Tag(_("Done"), "ok") if done else Tag(pgettext("a step that is not done", "Open"))
    return Row(when_tag=tag, title=title, meta=meta, action_label=label if url else "", action_url=url)


def _test_step(head: Head, found: Sequence[Result], occasion: Occasion, may: bool) -> Row:
    """A test as a step: how many handed it in, how many wait for marks, when a follow-up is due."""
    taken = [one.scores[occasion] for one in found if occasion in one.scores]
    waiting = sum(1 for one in taken if one.waiting)
    meta = [_("%(count)d of %(all)d handed in") % {"count": len(taken), "all": len(found)}]
    if waiting:
        meta.append(ngettext("%(count)d to mark", "%(count)d to mark", waiting) % {"count": waiting})
    tone: Tone = "ok" if taken and not waiting else ""
    open_now = may and _is_open(head.state, occasion)
    label = (
        _("Done") if taken and not waiting else _("To mark") if waiting else pgettext("a step that is not done", "Open")
    )
    if occasion in FOLLOW_UP_MONTHS:
        due = steps.due_on(head.row.ends_on, occasion)
        meta.append(_("due on %(day)s") % {"day": formats.day(due)})
        if due <= clock.today() and len(taken) < len(found) and head.state in WAS_HELD and not waiting:
            label, tone = (_("Due"), "warn") if head.state is not SessionState.FOLLOWED_UP else (label, tone)
    return Row(
        when_tag=Tag(label, "warn" if waiting else tone),
        title=(_("Test:"), OCCASION_LABELS[occasion]),
        meta=" · ".join(meta),
        action_label=_do_label(waiting=bool(waiting)) if open_now else "",
        action_url=_test_url(head, occasion, bool(waiting)) if open_now else "",
    )


def _do_label(*, waiting: bool) -> str:
    return pgettext("give points to answers", "Mark") if waiting else pgettext("type in answers", "Enter")


def _is_open(state: SessionState, occasion: Occasion) -> bool:
    if occasion in FOLLOW_UP_MONTHS:
        return state in IS_FOLLOWED
    return state not in (SessionState.CANCELLED, SessionState.FOLLOWED_UP)


def _test_url(head: Head, occasion: Occasion, waiting: bool) -> str:
    return reverse("training:marking" if waiting else "training:grid", args=[head.id, occasion])


def _facts(head: Head) -> Section:
    pairs: list[tuple[str, Text]] = [
        (_("Days"), f"{days(head.days)} ({len(head.days)})"),
        (_("Hours taught"), duration(head.content.minutes)),
        (_("Place"), Name(head.place)),
        (_("District"), Name(head.district)),
        (_("Language"), language_of(head)),
        (_("Trainers"), Name(trainers_of(head))),
        (_("Invited"), Name(invited_of(head))),
        (_("Remark"), Name(head.remark)),
    ]
    curriculum = reverse("training:version", args=[head.row.content_version_id])
    facts = [Fact(_("Curriculum"), Name(head.content.title, url=curriculum))]
    facts += [Fact(label, value) for label, value in pairs if str(getattr(value, "value", value)).strip()]
    return Section(_("Plan"), id="plan", column=2, facts=tuple(facts))


# ---- what was learned ----------------------------------------------------------------------------------------


def _gain_section(found: Sequence[Result], told: Learned, *, sees_scores: bool) -> Section:
    """The group drawn, and the same in numbers. Lines of single people are for those who see their scores."""
    title = _("What was learned")
    if not told.levels:
        return Section(title, id="learned", column=0, empty=Empty(_("No test has been marked yet.")))
    if not sees_scores and min(one.n for one in told.levels.values()) < FEEDBACK_LEAST:
        hidden = Withheld(_("Fewer than five people took a test: their scores are for the trainers."))
        return Section(title, id="learned", column=0, withheld=(hidden,))
    return Section(
        title,
        id="learned",
        column=0,
        drawing=gains_of([one.percents for one in found] if sees_scores else [], told),
        remark=_(
            "Percent of all points. Who did not take a test is missing there: nobody is counted as zero or guessed. "
            "A difference counts only people who took both tests."
        ),
        table=_gain_table(told),
    )


def gains_of(people: Sequence[gain.Scores], told: Learned) -> Gains:
    """The picture of a group's scores."""
    means = [told.levels.get(occasion) for occasion in Occasion]
    post = told.gains.get(Occasion.POST)
    return group_gains(
        [str(OCCASION_SHORT[occasion]) for occasion in Occasion],
        [[one.get(occasion) for occasion in Occasion] for one in people],
        [None if one is None else Mean(one.mean, one.low, one.high, one.n) for one in means],
        _("Scores before, at the end and later. From before to the end: %(gain)s points.")
        % {"gain": with_interval(post, signed=True)},
        formats.mean,
        rtl=formats.is_rtl(),
    )


def _gain_table(told: Learned) -> Table:
    return Table(
        caption=_("Scores of the group on each occasion"),
        columns=(
            Column(_("Test")),
            Column(_("People"), number=True),
            Column(_("Mean score, 95 % interval")),
            Column(_("Against before, 95 % interval")),
        ),
        lines=tuple(
            (
                OCCASION_LABELS[occasion],
                str(told.levels[occasion].n) if occasion in told.levels else "0",
                with_interval(told.levels.get(occasion)),
                with_interval(told.gains.get(occasion), signed=True) if occasion is not Occasion.PRE else "",
            )
            for occasion in Occasion
        ),
    )


# ---- people --------------------------------------------------------------------------------------------------


def _people(head: Head, found: Sequence[Result], may: bool, *, sees_scores: bool) -> Section:
    columns = [Column(_("Name")), Column(_("Post")), Column(_("Days"), number=True)]
    columns += [Column(OCCASION_SHORT[occasion], number=True) for occasion in Occasion] if sees_scores else []
    columns += [Column(_("Certificate"))]
    columns += [Column(_("Code for the telephone"))] if may else []
    return Section(
        _("Participants"),
        id="participants",
        column=0,
        table=Table(
            _("Participants with attendance, tests and certificates"),
            tuple(columns),
            tuple(_person_line(head, one, may, sees_scores) for one in found),
        )
        if found
        else None,
        withheld=() if sees_scores else (Withheld(_("Scores of single people"), _("Ask the trainers.")),),
        empty=Empty(
            _("Nobody is on the list yet."),
            _("Add somebody") if may else "",
            reverse("training:enrol", args=[head.id]) if may else "",
        ),
        link_label=_("Slips with the codes") if may and found else "",
        link_url=reverse("training:slips", args=[head.id]) if may and found else "",
    )


def _person_line(head: Head, one: Result, may: bool, sees_scores: bool) -> tuple[Text, ...]:
    line: list[Text] = [
        Name(one.person.name or _("erased"), url=reverse("training:person", args=[one.person.row.id])),
        Name(one.person.post),
        f"{len(one.enrolment.attended)}/{len(head.days)}",
    ]
    if sees_scores:
        line += [said_score(one.scores.get(occasion)) for occasion in Occasion]
    line.append(_certificate_cell(one, may))
    if may:
        line.append(Code(one.enrolment.code))
    return tuple(line)


def _certificate_cell(one: Result, may: bool) -> Text:
    if one.certificate is not None:
        return Code(one.certificate.number, reverse("training:certificate", args=[one.certificate.id]))
    if may and not one.enrolment.attended and not one.scores:
        return Name(_("take off the list"), url=reverse("training:strike", args=[one.enrolment.id]))
    return _("earned, not issued") if one.earned else _("not earned")


# ---- telephones, and what they say ---------------------------------------------------------------------------


def _doors(head: Head, may: bool) -> Section | None:
    if not may or head.state is SessionState.CANCELLED:
        return None
    now = clock.now()
    live = {
        DoorPurpose(row.purpose): row
        for row in Door.objects.filter(session=head.row, ended_at=None, expires_at__gt=now)
    }
    return Section(
        _("By telephone"),
        id="doors",
        column=2,
        remark=_("Show the code on the screen: participants scan it and type their own code. No account, no name."),
        rows=tuple(_door_row(head, purpose, live.get(purpose)) for purpose in _purposes(head)),
        empty=Empty(_("Nothing can be done by telephone at this step.")),
    )


def _purposes(head: Head) -> list[DoorPurpose]:
    today, room = clock.today(), head.state in (SessionState.PLANNED, SessionState.HELD)
    found = [DoorPurpose.ATTENDANCE] if room and today in head.days else []
    found += [
        DoorPurpose(occasion.value)
        for occasion in Occasion
        if head.content.asked(occasion) and _is_open(head.state, occasion)
        and (occasion in FOLLOW_UP_MONTHS or room)
    ]  # fmt: skip
    return [*found, DoorPurpose.FEEDBACK] if today >= head.row.starts_on else found


def _door_row(head: Head, purpose: DoorPurpose, live: Door | None) -> Row:
    if live is not None:
        return Row(
            when_tag=Tag(pgettext("a link", "Open"), "ok"),
            title=DOOR_LABELS[purpose],
            url=reverse("training:door", args=[live.id]),
            action_label=_("Show it"),
            action_url=reverse("training:door", args=[live.id]),
        )
    return Row(
        when_tag=Tag(pgettext("a link", "Closed")),
        title=DOOR_LABELS[purpose],
        action_label=_("Open it"),
        action_url=reverse("training:open_door", args=[head.id]),
        action_post=True,
        action_hidden=(("purpose", purpose.value),),
    )


def _feedback(head: Head) -> Section | None:
    """What participants say, from five answers on: with fewer somebody could tell who said what."""
    if head.state is SessionState.CANCELLED:
        return None
    rows = list(Feedback.objects.filter(session=head.row).order_by("id"))
    title = _("What participants say")
    if len(rows) < FEEDBACK_LEAST:
        said = _("Shown from five answers on, so that nobody can tell who said what.")
        return Section(title, id="feedback", column=0, empty=Empty(said))
    tables = [words.table("answers") for words in sealing.open_rows(rows, "answers")]
    scaled = {name: [int(str(one[name])) for one in tables if name in one] for name in FEEDBACK_SCALED}
    facts = [
        Fact(FEEDBACK_QUESTIONS[name], _("%(mean)s of 5, %(count)d answers") % _mean_of(values))
        for name, values in scaled.items()
        if len(values) >= FEEDBACK_LEAST
    ]
    # Sorted by their words, so that they do not stand in the order in which they came.
    words = sorted(str(one["words"]) for one in tables if one.get("words"))
    return Section(
        title,
        id="feedback",
        column=0,
        facts=tuple(facts),
        rows=tuple(Row(title=Name(said), dir_auto=True) for said in words),
        remark=ngettext("%(count)d answer", "%(count)d answers", len(rows)) % {"count": len(rows)},
    )


def _mean_of(values: Sequence[int]) -> dict[str, object]:
    return {"mean": formats.mean(sum(values) / len(values)), "count": len(values)}


def _evaluation(head: Head) -> Section | None:
    if not head.evaluation:
        return None
    rows = (Row(title=Name(head.evaluation), dir_auto=True),)
    return Section(_("What the trainers say"), id="evaluation", column=0, rows=rows)


def least_line(head: Head) -> str:
    """What a certificate asks for, in one sentence."""
    content = head.content
    if not content.least_score:
        return _("It asks for %(share)s of the days.") % {"share": percent(content.least_attendance)}
    return _("It asks for %(share)s of the days and %(score)s of the points at the end.") % {
        "share": percent(content.least_attendance),
        "score": percent(content.least_score),
    }
