"""Observed files: the page of one with its checklist, the figures of a unit, and the rows that insight counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.recall import recall
from amparo.strengthening.models import FeedbackSheet, PracticeAnswer, PracticeFile
from amparo.strengthening.queries.checklists import checklist, label_of, short_of
from amparo.strengthening.queries.naming import case_texts, home_crumb, names, unit_name
from amparo.strengthening.rules import scores
from amparo.strengthening.rules.checklist import Item
from amparo.strengthening.rules.proposing import Proposal, Room, Why
from amparo.strengthening.rules.scores import Quarter, Score
from amparo.strengthening.words import (
    ANSWER_LABELS,
    DOMAIN_LABELS,
    FILE_STATE_LABELS,
    Answer,
    FileState,
    SheetState,
)
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.drawing import DotInput, Dots, Gains, Mean, dots, group_gains
from amparo.web.sheets import Button, Code, Column, Crumb, Name, Row, Table, Tag, Text

SEE = "strengthening:practice:see"
OBSERVE = "strengthening:practice:observe"
MOST = 2000


# ---- values ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One complete file as figures count it: answers by item, and whether the unit has agreed to its period."""

    file_id: UUID
    unit_id: UUID
    office_id: UUID
    on: date
    answers: Mapping[str, str]
    validated: bool

    @property
    def score(self) -> Score:
        return scores.score(self.answers.values())


def practice_rows(
    actor: Actor, *, unit_id: UUID | None = None, since: date | None = None, until: date | None = None
) -> list[PracticeRow]:
    """Complete observations that the actor may see, the oldest first. Cost: three queries."""
    rows = policy.visible(actor, SEE, PracticeFile.objects.filter(state=FileState.COMPLETE))
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if since is not None:
        rows = rows.filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lte=until)
    return rows_of(list(rows.order_by("on", "id")))


def rows_of(files: Sequence[PracticeFile]) -> list[PracticeRow]:
    """Files with their answers. Cost: two queries for any number."""
    answers = answers_of([row.id for row in files])
    agreed: dict[UUID, list[tuple[date, date]]] = {}
    sheets = FeedbackSheet.objects.filter(unit_id__in={row.unit_id for row in files}).exclude(state=SheetState.DRAFT)
    for unit, first, last in sheets.values_list("unit_id", "from_on", "until_on"):
        agreed.setdefault(unit, []).append((first, last))
    return [
        PracticeRow(
            row.id,
            row.unit_id,
            row.office_id,
            row.on,
            answers.get(row.id, {}),
            any(first <= row.on <= last for first, last in agreed.get(row.unit_id, ())),
        )
        for row in files
    ]


_ANSWERS = Prepared(
    lambda files: (
        PracticeAnswer.objects.filter(file_id__in=files).exclude(answer="").values_list("file_id", "item", "answer")
    ),
    IDS,
)


def answers_of(file_ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """What was answered, by file and item; proposals are no answers. Cost: one query, once in a reading request."""
    return recall("practice answers", file_ids, _answers)


def _answers(file_ids: set[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    for file, item, answer in _ANSWERS.rows(file_ids):
        found.setdefault(file, {})[item] = answer
    return found


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """One step of a complete file, taken or not, for counting: ids, codes and a day."""

    file_id: UUID
    case_id: UUID | None
    office_id: UUID
    unit_id: UUID
    on: date
    item: str
    answer: str


def counted_practice(*, case_ids: Sequence[UUID] = (), file_ids: Sequence[UUID] = ()) -> list[CountedAnswer]:
    """The steps that applied in complete files, of cases or by the files. Cost: one query.

    Who may see the counts is asked by whoever shows them.
    """
    rows = PracticeAnswer.objects.filter(
        Q(file__case_id__in=case_ids) | Q(file_id__in=file_ids),
        file__state=FileState.COMPLETE,
        answer__in=(Answer.YES, Answer.NO),
    )
    columns = ("file_id", "file__case_id", "file__office_id", "file__unit_id", "file__on", "item", "answer")
    return [CountedAnswer(*row) for row in rows.order_by("id").values_list(*columns)]


def file_ids_after(last: UUID | None, limit: int) -> list[UUID]:
    """Ids of observed files in their order, so many after one. Cost: one query."""
    rows = PracticeFile.objects.order_by("id")
    if last is not None:
        rows = rows.filter(id__gt=last)
    return list(rows.values_list("id", flat=True)[:limit])


def visible_file_ids(actor: Actor) -> QuerySet[PracticeFile, Any]:
    """The ids of the files that somebody may see, as a part of another query."""
    return visible_files(actor).values("id")


# ---- one file ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of an item."""

    code: str
    label: str
    chosen: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the checklist: what is asked, what is answered, and what is proposed and why."""

    key: str
    text: str
    hint: str
    choices: tuple[Choice, ...]
    answered: str
    because: str
    source: str
    source_url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """The page of one file."""

    id: UUID
    title: str
    crumbs: tuple[Crumb, ...]
    overline: str
    about: Text
    tag: Tag
    lede_bold: str
    lede: str
    groups: tuple[Group, ...]
    buttons: tuple[Button, ...]
    may_answer: bool
    remark: str
    case_id: UUID | None
    observe_url: str


_SOURCES = {
    Room.OFFICIALS: ("investigations:room", "#officials"),
    Room.EVIDENCE: ("evidence:items_of_case", ""),
    Room.KITS: ("desk:case", "#kits"),
    Room.COURT: ("prosecution:proceedings", ""),
}


def source_said(room: Room) -> str:
    labels = {
        Room.OFFICIALS: _("Contacts with officials"),
        Room.EVIDENCE: _("Evidence"),
        Room.KITS: _("Examination kits"),
        Room.COURT: _("Court"),
    }
    return labels[room]


def because(proposal: Proposal) -> str:
    """Why an answer is proposed, in one sentence."""
    day = formats.day(proposal.on) if proposal.on else ""
    days = formats.duration_days(proposal.count)
    said = {
        Why.OFFICER_MET: _("We met the police about this case on %(day)s. Ask her whether she has a name and number."),
        Why.SCENE_ITEMS: _("%(count)d things that were found are in evidence. Look in the file for the visit itself."),
        Why.STATEMENTS: _("%(count)d statements are in evidence, at least one for each witness of the case."),
        Why.EXAMINED: _("She was examined on %(day)s, %(days)s after the incident."),
        Why.EXAMINED_LATE: _("She was examined on %(day)s, only %(days)s after the incident."),
        Why.KIT_SENT: _("The kit left for the laboratory; the last step was on %(day)s."),
        Why.KIT_UNSENT: _("The kit has been waiting for %(days)s."),
        Why.NO_KIT: _("She was examined without a kit."),
        Why.RESULT: _("The result came back on %(day)s."),
        Why.NO_RESULT: _("The laboratory has had it for %(days)s without a result."),
        Why.ALL_TOLD: _("She was told of every hearing that she wanted to hear of: %(count)d so far."),
        Why.NOT_TOLD: _("She has not been told of %(count)d hearings that she wanted to hear of."),
        Why.APART: _("The court granted a measure that keeps them apart on %(day)s."),
        Why.SUPPORTED: _("The court granted a support person on %(day)s."),
        Why.SUPPORT_REFUSED: _("The court refused a support person on %(day)s."),
    }[proposal.why]
    return said % {"day": day, "days": days, "count": proposal.count}


def file_view(actor: Actor, file_id: UUID, found: Mapping[str, Proposal] | None = None) -> FileView:
    """The page of one file, with what the case proposes. Raises NotFound. Cost: about 12 queries."""
    row = policy.load(actor, SEE, PracticeFile, file_id)
    may = policy.decide(actor, OBSERVE, policy.subject_of(row)).allowed
    is_draft = row.state == FileState.DRAFT
    answers = {answer.item: answer for answer in PracticeAnswer.objects.filter(file=row)}
    opened = dict(zip(answers, sealing.open_rows(list(answers.values()), "reason"), strict=True))
    version = checklist(row.checklist)
    lines = {
        item.key: _line(item, answers.get(item.key), opened.get(item.key), (found or {}).get(item.key), row.case_id)
        for item in version.items
    }
    score = scores.score(answer.answer for answer in answers.values() if answer.answer)
    left = sum(1 for line in lines.values() if not line.answered)
    called = unit_name(row.unit_id)
    about: Text = case_texts(actor, [row.case_id]).get(row.case_id, "") if row.case_id else _("Without a case of ours")
    return FileView(
        id=row.id,
        title=_("Practice in one file"),
        crumbs=(home_crumb(), Crumb(called, reverse("strengthening:unit", args=[row.unit_id])), Crumb(_("One file"))),
        overline=formats.day(row.on),
        about=(Name(called), "·", about) if not isinstance(about, tuple) else Name(called),
        tag=Tag(FILE_STATE_LABELS[row.state], "on" if is_draft else "ok"),
        lede_bold=score_said(score),
        lede=ngettext("%(count)d item has no answer yet.", "%(count)d items have no answer yet.", left)
        % {"count": left}
        if left
        else "",
        groups=tuple(_groups(version.items, lines)),
        buttons=_buttons(row, may, left),
        may_answer=may and is_draft,
        remark=_("Checklist, version %(number)d. Observed by %(name)s.")
        % {"number": row.checklist, "name": access.names_of([row.observer_id]).get(row.observer_id, "")},
        case_id=row.case_id,
        observe_url=reverse("journeys:observe", args=[row.id])
        if row.case_id and found is None and is_draft and isinstance(about, Code) and about.url
        else "",
    )


def score_said(score: Score) -> str:
    """A score in words with its n, never a share of nothing."""
    if score.share is None:
        return _("Nothing is scored yet.")
    return _("%(yes)d of %(applicable)d steps that applied were taken.") % {
        "yes": score.yes,
        "applicable": score.applicable,
    }


def _groups(items: Sequence[Item], lines: Mapping[str, Line]) -> list[Group]:
    order = list(dict.fromkeys(item.domain for item in items))
    return [
        Group(str(DOMAIN_LABELS[domain]), tuple(lines[item.key] for item in items if item.domain == domain))
        for domain in order
    ]


def _line(
    item: Item,
    answer: PracticeAnswer | None,
    words: sealing.Opened | None,
    proposal: Proposal | None,
    case_id: UUID | None,
) -> Line:
    given = answer.answer if answer else ""
    proposed = proposal.answer if proposal else answer.proposed if answer else ""
    name, part = _SOURCES[proposal.room] if proposal else ("", "")
    return Line(
        key=item.key,
        text=label_of(item),
        hint=item.hint,
        choices=tuple(
            Choice(code, str(ANSWER_LABELS[code]), code == given, not given and code == proposed) for code in Answer
        ),
        answered=given,
        because=because(proposal) if proposal else "",
        source=source_said(proposal.room) if proposal else "",
        source_url=f"{reverse(name, args=[case_id])}{part}" if proposal and case_id else "",
        reason=words.text("reason") if words else "",
    )


def _buttons(row: PracticeFile, may: bool, left: int) -> tuple[Button, ...]:
    if not may:
        return ()
    if row.state == FileState.COMPLETE:
        url = reverse("strengthening:reopen_file", args=[row.id])
        return (Button(_("Open it again, for a correction"), url, "quiet", post=True),)
    url = reverse("strengthening:complete_file", args=[row.id])
    return (Button(_("Complete"), url, "" if not left else "quiet", post=True),)


def file_case(actor: Actor, file_id: UUID) -> UUID | None:
    """The case of a file. Raises NotFound."""
    return policy.load(actor, SEE, PracticeFile, file_id).case_id


# ---- figures of a unit ---------------------------------------------------------------------------------------


def share_said(score: Score) -> str:
    """ "12 of 15, 80 %"."""
    if score.share is None:
        return _("did not apply")
    return _("%(yes)d of %(n)d, %(percent)s %%") % {
        "yes": score.yes,
        "n": score.applicable,
        "percent": formats.mean(100 * score.share),
    }


def half_dots(rows: Sequence[PracticeRow], items: Sequence[Item]) -> Dots:
    """Each item in the first half of the files and in the second."""
    middle = len(rows) // 2
    before = scores.by_item([row.answers for row in rows[:middle]], [item.key for item in items])
    now = scores.by_item([row.answers for row in rows[middle:]], [item.key for item in items])
    lines = [
        DotInput(
            short_of(item),
            before[item.key].share,
            now[item.key].share,
            f"{share_said(before[item.key])} → {share_said(now[item.key])}",
        )
        for item in items
    ]
    title = _("Share of files in which each step was taken: the earlier half ○, the later half ●.")
    return dots(lines, title, rtl=formats.is_rtl())


def trend(rows: Sequence[PracticeRow]) -> tuple[Gains, Table]:
    """The score of each quarter with its 95 % interval, and as a table. A quarter without files stays empty."""
    line = scores.quarters(row.on for row in rows)[-8:]
    parts = [scores.total([row.answers for row in rows if Quarter.of(row.on) == quarter]) for quarter in line]
    drawn = group_gains(
        [quarter_said(quarter) for quarter in line],
        [],
        [_mean(part) for part in parts],
        _("Share of steps that were taken, by quarter, with 95 % interval"),
        lambda value: f"{formats.mean(value)} %",
        rtl=formats.is_rtl(),
    )
    table = Table(
        _("Share of steps that were taken, by quarter"),
        (
            Column(_("Quarter")),
            Column(_("Files"), number=True),
            Column(_("Steps taken"), number=True),
            Column(_("95 % interval"), number=True),
        ),
        tuple(
            (quarter_said(quarter), str(part.files), share_said(part) if part.files else "–", interval_said(part))
            for quarter, part in zip(line, parts, strict=True)
        ),
    )
    return drawn, table


def _mean(part: Score) -> Mean | None:
    if part.share is None:
        return None
    low, high = scores.interval(part.yes, part.applicable) or (0.0, 1.0)
    return Mean(100 * part.share, 100 * low, 100 * high, part.files)


def interval_said(score: Score) -> str:
    found = scores.interval(score.yes, score.applicable)
    if found is None:
        return "–"
    return _("%(low)s to %(high)s %%") % {"low": formats.mean(100 * found[0]), "high": formats.mean(100 * found[1])}


def quarter_said(quarter: Quarter) -> str:
    return _("Q%(number)d %(year)d") % {"number": quarter.number, "year": quarter.year}


def items_table(rows: Sequence[PracticeRow], items: Sequence[Item]) -> Table:
    found = scores.by_item([row.answers for row in rows], [item.key for item in items])
    return Table(
        _("Each step, over all files"),
        (Column(_("Step")), Column(_("Taken"), number=True), Column(_("95 % interval"), number=True)),
        tuple((label_of(item), share_said(found[item.key]), interval_said(found[item.key])) for item in items),
    )


def visible_files(actor: Actor) -> QuerySet[PracticeFile]:
    return policy.visible(actor, SEE, PracticeFile.objects.all())


def file_rows(actor: Actor, files: Sequence[PracticeFile], *, with_unit: bool = False) -> tuple[Row, ...]:
    """Files as lines of a list. Cost: about seven queries for any number."""
    answers = answers_of([row.id for row in files])
    about = case_texts(actor, [row.case_id for row in files])
    called = names([row.unit_id for row in files]) if with_unit else {}
    observers = access.names_of({row.observer_id for row in files})
    today = clock.today()
    return tuple(
        Row(
            title=Name(called[row.unit_id])
            if row.unit_id in called
            else _title(about.get(row.case_id) if row.case_id else None),
            url=reverse("strengthening:file", args=[row.id]),
            when=formats.near_day(row.on, today),
            meta=f"{score_said(scores.score(answers.get(row.id, {}).values()))} {observers.get(row.observer_id, '')}",
            tag=Tag(FILE_STATE_LABELS[row.state], "on" if row.state == FileState.DRAFT else "ok"),
        )
        for row in files
    )


def _title(about: Text | None) -> Text:
    """A code without its link: the line leads to the observation."""
    return Code(about.value) if isinstance(about, Code) else _("A file without a case of ours")
