"""The page of a sealed record: everything that was recorded, and what can still be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.words import PURPOSE_LABELS
from amparo.forensics.models import Examination, Opinion
from amparo.forensics.queries import bodymap, record, releases
from amparo.forensics.queries.bodymap import Map
from amparo.forensics.queries.follow_ups import follow_up_rows
from amparo.forensics.queries.pages import crumbs, draft_of, specimen_rows
from amparo.forensics.queries.reach import GIVE, ExamView, exam
from amparo.forensics.queries.record import FindingView, OpinionView
from amparo.forensics.queries.report import answered
from amparo.forensics.queries.standing import missing_labels, not_done_labels
from amparo.forensics.rules.sealing import RECIPIENTS
from amparo.forensics.words import (
    ANSWER_LABELS,
    DEGREE_LABELS,
    DEGREE_MEANINGS,
    ITEM_LABELS,
    RELEASED_LABELS,
    Answer,
    Degree,
)
from amparo.kernel import clock, digest
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.people import queries as people
from amparo.web import formats
from amparo.web.sheets import Button, Code, Empty, Fact, Name, Notice, Row, Section, Sheet, Strong, Tag, Tone


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed record: its sheet, its drawings, and each finding with its degree."""

    sheet: Sheet
    maps: tuple[Map, ...]
    findings: tuple[FindingView, ...]
    opinion: OpinionView | None
    degrees: tuple[tuple[FindingView, str, str, tuple[tuple[int, bool], ...]], ...]
    overall: tuple[str, str]
    photos: tuple[record.PhotoView, ...]

    @property
    def main_maps(self) -> tuple[Map, ...]:
        """Front and back, beside the list of findings."""
        return self.maps[:2]

    @property
    def more_maps(self) -> tuple[Map, ...]:
        return self.maps[2:]


def sealed(actor: Actor, view: ExamView) -> Sealed:
    """The page of a sealed record. Cost: a constant number of queries."""
    found = record.findings(view.id)
    signed = [one for one in record.opinions(view.id) if one.signed_at is not None]
    opinion = signed[-1] if signed else None
    return Sealed(
        sheet=_sheet(actor, view, signed),
        maps=bodymap.drawn(view, found),
        findings=found,
        opinion=opinion,
        degrees=tuple(_degree(one, opinion) for one in found),
        overall=_said(opinion.overall) if opinion else ("", ""),
        photos=record.photos(view.id),
    )


def _said(degree: Degree | None) -> tuple[str, str]:
    return ("", "") if degree is None else (str(DEGREE_LABELS[degree]), str(DEGREE_MEANINGS[degree]))


def _degree(
    one: FindingView, opinion: OpinionView | None
) -> tuple[FindingView, str, str, tuple[tuple[int, bool], ...]]:
    """A finding with its degree in words, and the five steps as points of a line."""
    degree = opinion.degrees.get(one.number) if opinion else None
    label, meaning = _said(degree)
    steps = tuple((8 + 26 * place, known is degree) for place, known in enumerate(Degree))
    return one, label, meaning, steps


def _sheet(actor: Actor, view: ExamView, signed: Sequence[OpinionView]) -> Sheet:
    row = view.row
    label = people.labels(actor, [row.person_id]).get(row.person_id)
    whole = record.is_whole(view)
    return Sheet(
        title=_("Examination"),
        crumbs=crumbs(view),
        code=Code(row.code),
        kind=label.text if label else "",
        tags=(Tag(_("Sealed"), "ok"),),
        remark=_("%(when)s, %(place)s") % {
            "when": formats.moment(row.started_at, timezone.get_current_timezone()), "place": view.facility,
        }
        if view.facility
        else formats.moment(row.started_at, timezone.get_current_timezone()),
        buttons=_buttons(view),
        notices=_notices(view, whole=whole),
        sections=tuple(
            section
            for section in (
                *_answer_sections(view),
                _specimen_section(actor, view),
                _consent_section(view),
                _addenda_section(view),
                _opinion_section(view, signed),
                _release_section(view),
                _follow_up_section(view),
                _proof_section(view),
            )
            if section is not None
        ),
    )  # fmt: skip


def _buttons(view: ExamView) -> tuple[Button, ...]:
    return (
        Button(_("Report for court"), reverse("forensics:report", args=[view.id])),
        Button(_("Release it"), reverse("forensics:give", args=[view.id]), "quiet"),
        Button(_("Write an opinion"), reverse("forensics:opinion", args=[view.id]), "quiet"),
        Button(_("Add an addendum"), reverse("forensics:addendum", args=[view.id]), "quiet"),
    )


def _notices(view: ExamView, *, whole: bool) -> tuple[Notice, ...]:
    found = []
    if not whole:
        said = _("Tell the system keeper and the data-protection officer. No report is made of it.")
        found.append(Notice(said, "danger", _("The record is not as it was when it was sealed.")))
    if view.row.stopped_at is not None:
        found.append(Notice(_("She or he stopped this examination. What was recorded before stands.")))
    absence = _("Absence of injury does not mean absence of assault.")
    found.append(Notice(_("This sentence is printed on every report."), title=absence))
    return tuple(found)


def _answer_sections(view: ExamView) -> list[Section]:
    """Every section that holds something, health under its own name."""
    found = []
    for place, part in enumerate(part for part in view.parts if part.code in view.sections):
        section = view.sections[part.code]
        facts = tuple(
            Fact(question.label, Name(answered(question, section.answers.get(question.code))))
            for question in part.questions
            if section.answers.get(question.code)
        )
        is_health = part.compartment is Compartment.CLINICAL
        if facts:
            found.append(
                Section(
                    part.label,
                    id=f"part-{part.code}",
                    column=1 if place % 2 == 0 else 2,
                    facts=facts,
                    remark=_("Kept apart: never in the report for court.") if is_health else "",
                )
            )
    return found


def _specimen_section(actor: Actor, view: ExamView) -> Section | None:
    rows = specimen_rows(actor, view, may=False)
    return Section(_("Specimens in custody"), id="specimens", column=2, rows=rows) if rows else None


def _consent_section(view: ExamView) -> Section:
    tones: dict[Answer, Tone] = {Answer.GIVEN: "ok", Answer.REFUSED: "danger", Answer.WITHDRAWN: "danger"}
    rows = tuple(
        Row(
            title=(str(ITEM_LABELS[item]),),
            tag=Tag(ANSWER_LABELS[answer], tones[answer]),
            action_label=_("Take back") if answer is Answer.GIVEN else "",
            action_url=reverse("forensics:withdraw", args=[view.id, item.value]) if answer is Answer.GIVEN else "",
        )
        for item, answer in view.answers.items()
    )
    return Section(_("Consent"), id="consents", column=1, rows=rows, empty=Empty(_("Nobody was asked.")))


def _addenda_section(view: ExamView) -> Section | None:
    found = record.addenda(view.id)
    names = access.names_of(one.added_by for one in found)
    zone = timezone.get_current_timezone()
    rows = tuple(
        Row(
            when=formats.moment(one.added_at, zone),
            title=(Strong(_("Addendum %(number)s") % {"number": one.number}),),
            lines=(Name(one.text),),
            meta=Name(names.get(one.added_by, "")),
        )
        for one in found
    )
    return Section(_("Addenda"), id="addenda", column=2, rows=rows) if rows else None


def _opinion_section(view: ExamView, signed: Sequence[OpinionView]) -> Section | None:
    if not signed:
        return None
    last = signed[-1]
    label, meaning = _said(last.overall)
    facts = (
        Fact(_("All findings together"), (Strong(label), meaning)),
        Fact(_("It rests on"), Name(last.said("basis"))),
        Fact(_("Other causes that were considered"), Name(last.said("alternatives"))),
        *((Fact(_("In words"), Name(last.said("text"))),) if last.said("text") else ()),
    )
    return Section(_("Opinion"), id="opinion", column=1, facts=facts)


def _release_section(view: ExamView) -> Section:
    rows = releases.of_exam(view.id)
    names = access.names_of(row.recipient_id for row in rows)
    seen = releases.readables(rows)
    shown = tuple(
        Row(
            when=formats.near_day(row.created_at.date(), row.created_at.date()),
            title=(Code(row.code), Name(names.get(row.recipient_id, ""))),
            meta=releases.labels_of(row.classes),
            tag=releases.state_tag(row, seen[row.id]),
            url=reverse("forensics:release", args=[row.id]),
        )
        for row in rows
    )
    return Section(
        _("Released"), id="releases", column=2, rows=shown, empty=Empty(_("It was released to nobody."))
    )  # fmt: skip


def _follow_up_section(view: ExamView) -> Section:
    return Section(
        _("Visits"),
        id="visits",
        column=2,
        rows=follow_up_rows(view),
        empty=Empty(_("No visit is planned.")),
        link_label=_("Plan a visit"),
        link_url=reverse("forensics:add_follow_up", args=[view.id]),
    )


def _proof_section(view: ExamView) -> Section:
    zone = timezone.get_current_timezone()
    sealed_at = view.row.sealed_at
    facts = (
        Fact(_("Sealed"), formats.moment(sealed_at, zone) if sealed_at else ""),
        Fact(_("SHA-256 of the record, without health"), Code(digest.spaced(view.row.record_sha256), hash=True)),
        Fact(_("SHA-256 of health"), Code(digest.spaced(view.row.clinical_sha256), hash=True)),
    )
    return Section(_("That nothing was altered"), id="proof", column=1, facts=facts)


# ---- forms about a sealed record -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignPage:
    """What is said before a record is sealed."""

    view: ExamView
    missing: tuple[str, ...]
    not_done: tuple[str, ...]
    findings: int
    photos: int


def sign_page(actor: Actor, exam_id: UUID) -> SignPage:
    view = draft_of(actor, exam_id)
    return SignPage(
        view,
        tuple(map(str, missing_labels(view))),
        tuple(map(str, not_done_labels(view))),
        len(record.findings(view.id)),
        len(record.photos(view.id)),
    )


@dataclass(frozen=True, slots=True)
class OpinionPage:
    view: ExamView
    findings: tuple[FindingView, ...]
    draft: OpinionView | None
    maps: tuple[Map, ...]

    @property
    def values(self) -> dict[str, object]:
        if self.draft is None:
            return {}
        degrees = {f"degree_{number}": degree.value for number, degree in self.draft.degrees.items()}
        names = ("overall", "basis", "alternatives", "text")
        return {**degrees, **{name: self.draft.words.get(name, "") for name in names}}


def opinion_page(actor: Actor, exam_id: UUID) -> OpinionPage:
    """The form of an opinion about a sealed record. Raises NotFound, NotYours."""
    view = draft_of(actor, exam_id)
    found = record.findings(view.id)
    draft = next((one for one in record.opinions(view.id) if one.signed_at is None), None)
    return OpinionPage(view, found, draft, bodymap.drawn(view, found))


def exam_of_opinion(opinion_id: UUID) -> UUID:
    row = Opinion.objects.filter(pk=opinion_id).values_list("exam_id", flat=True).first()
    if row is None:
        raise NotFound
    return row


Choices = list[tuple[str, str]]


def release_choices(actor: Actor, exam_id: UUID) -> tuple[ExamView, Choices, Choices, Choices]:
    """The record, consents under which it may be given, colleagues who may get it, and agencies with which an
    agreement names it. Raises NotFound."""
    view = exam(actor, exam_id, GIVE)
    row: Examination = view.row
    consents = [
        (str(one.id), _consent_said(one))
        for one in cases.bases(actor, row.case_id)
        if one.person_id == row.person_id and one.is_live and set(one.classes) & set(RELEASED_LABELS) and one.recipient
    ]
    recipients = [
        (str(member.account_id), f"{member.name} · {member.role_label}")
        for member in access.team_of(row.case_id)
        if member.role in RECIPIENTS and member.account_id != actor.account_id
    ]
    return view, consents, recipients, partners.receiver_choices(actor, "examination", clock.today())


def _consent_said(one: cases.BasisView) -> str:
    return _("%(recipient)s (%(purpose)s): %(classes)s") % {
        "recipient": one.recipient,
        "purpose": PURPOSE_LABELS.get(one.purpose, one.purpose),
        "classes": releases.labels_of(one.classes),
    }
