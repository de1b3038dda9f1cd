"""What pages of an examination that is being recorded show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.rules import consent_rule
from amparo.cases.words import PartyRole
from amparo.evidence import queries as evidence
from amparo.forensics.errors import NotYours
from amparo.forensics.models import ExamPhoto, Finding, Specimen
from amparo.forensics.queries import bodymap, record
from amparo.forensics.queries.bodymap import Map
from amparo.forensics.queries.follow_ups import follow_up_rows
from amparo.forensics.queries.reach import CHANGE, ExamView, exam, known
from amparo.forensics.queries.record import FindingView, PhotoView, SpecimenView
from amparo.forensics.queries.standing import Step, steps
from amparo.forensics.rules import consent as rules
from amparo.forensics.rules.figures import View, view_of, whole_body
from amparo.forensics.words import (
    ITEM_LABELS,
    SPECIMEN_ITEM,
    SPECIMEN_LABELS,
    Answer,
    Item,
    SpecimenPurpose,
    SpecimenType,
)
from amparo.forensics.words.sections import OPINION, Part
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.people import queries as people
from amparo.web import formats, uploads
from amparo.web.sheets import Code, Crumb, Name, Row, Tag, Text

Said = str | Promise


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: counts, minutes that are left, and where the drawn line ends."""

    done: int
    of: int
    minutes: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.of) if self.of else 0

    @property
    def said(self) -> str:
        text = _("%(done)s of %(of)s done.") % {"done": self.done, "of": self.of}
        if not self.minutes:
            return text
        left = ngettext("About one minute.", "About %(count)s minutes.", self.minutes) % {"count": self.minutes}
        return f"{text} {left}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list of sections."""

    mark: str
    label: Said
    state: Said
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every section: whose examination it is, how far it is, and where one can go."""

    view: ExamView
    remark: Text
    lines: tuple[Line, ...]
    progress: Progress
    crumbs: tuple[Crumb, ...]
    can_write: bool
    back: Line | None
    onward: Line | None

    @property
    def id(self) -> UUID:
        return self.view.id


def frame(actor: Actor, view: ExamView, here: str) -> Frame:
    """The frame of a page of an examination. Cost: some four queries."""
    found = steps(view)
    at = next((place for place, step in enumerate(found) if step.code == here), 0)
    lines = tuple(_line(view, step, step.code == here) for step in found)
    counted = [step for step in found if step.code not in (OPINION,)]
    return Frame(
        view=view,
        remark=_remark(actor, view),
        lines=lines,
        progress=Progress(
            done=sum(step.is_settled for step in counted),
            of=len(counted),
            minutes=sum(step.minutes for step in counted if not step.is_settled),
        ),
        crumbs=crumbs(view),
        can_write=not view.is_sealed and view.row.examiner_id == actor.account_id,
        back=lines[at - 1] if at > 0 else None,
        onward=lines[at + 1] if at + 1 < len(lines) - 1 else None,
    )


def _line(view: ExamView, step: Step, is_here: bool) -> Line:
    keys: list[object] = [view.id, step.code] if step.url_name == "forensics:section" else [view.id]
    return Line(
        step.mark, step.label, _("you are here") if is_here else step.state, reverse(step.url_name, args=keys), is_here
    )


def crumbs(view: ExamView) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Examinations"), reverse("forensics:exams")),
        Crumb(view.row.code, reverse("forensics:exam", args=[view.id]), code=True),
    )


def _remark(actor: Actor, view: ExamView) -> Text:
    """Whose it is, where, since when and who is there, in one line."""
    label = people.labels(actor, [view.row.person_id]).get(view.row.person_id)
    zone = timezone.get_current_timezone()
    parts: list[Any] = [Code(view.row.code)]
    if label is not None:
        parts += [_("for"), Code(label.code)]
        if label.first_name:
            parts.append(Name(label.first_name))
    if view.facility:
        parts += ["·", Name(view.facility)]
    parts.append(_("· Began %(moment)s.") % {"moment": formats.when(view.row.started_at, clock.now(), zone)})
    present = view.said("before", "present")
    if present:
        parts += [_("Present:"), Name(present if len(present) <= 90 else f"{present[:88]}…")]
    return tuple(parts)


# ---- one section -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section, as its page shows it."""

    frame: Frame
    part: Part
    state: str
    version: int
    values: dict[str, object] = field(repr=False)
    known: tuple[tuple[str, str], ...] = field(repr=False)
    chips: tuple[Tag, ...]
    maps: tuple[Map, ...] = ()
    findings: tuple[FindingView, ...] = ()
    photos: tuple[PhotoView, ...] = ()
    specimens: tuple[Row, ...] = ()
    follow_ups: tuple[Row, ...] = ()
    may_photograph: bool = False
    may_open_kit: bool = False

    def photos_of(self, finding_id: UUID | None) -> tuple[PhotoView, ...]:
        return tuple(one for one in self.photos if one.finding_id == finding_id)

    @property
    def pins(self) -> list[tuple[FindingView, tuple[PhotoView, ...]]]:
        """Findings of this section with their photographs."""
        drawn = {one.view.code for one in self.maps}
        return [(one, self.photos_of(one.id)) for one in self.findings if one.view in drawn]

    @property
    def main_maps(self) -> tuple[Map, ...]:
        """The drawings that stand beside the list of findings: front and back, or the first of the genital ones."""
        return self.maps[: 2 if self.part.code == "injuries" else 1]

    @property
    def more_maps(self) -> tuple[Map, ...]:
        return self.maps[len(self.main_maps) :]

    @property
    def loose_photos(self) -> tuple[PhotoView, ...]:
        return self.photos_of(None)

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def section_page(actor: Actor, exam_id: UUID, code: str) -> SectionPage:
    """The page of a section. Raises NotFound. Cost: a constant number of queries."""
    view = exam(actor, exam_id)
    part = view.part(code)
    if part is None:
        raise NotFound
    section = view.sections.get(code)
    values: dict[str, object] = dict(section.answers) if section else {}
    if code == "before":
        values |= {"started_at": view.row.started_at, "ended_at": view.row.ended_at}
    shows_map = code in ("injuries", "genital")
    may = not view.is_sealed and view.row.examiner_id == actor.account_id
    is_open = rules.allows(view.answers, part.needs)
    return SectionPage(
        frame=frame(actor, view, code),
        part=part,
        state="open" if is_open else "refused" if rules.is_refused(view.answers, part.needs) else "unasked",
        version=section.version if section else 0,
        values=values,
        known=_known(actor, view) if code == "before" else (),
        chips=_chips(view, part, code),
        findings=record.findings(view.id) if shows_map else (),
        maps=bodymap.maps(view, record.findings(view.id), genital=code == "genital", may_add=may and is_open)
        if shows_map
        else (),
        photos=record.photos(view.id) if shows_map else (),
        specimens=specimen_rows(actor, view, may=may) if code == "specimens" else (),
        follow_ups=follow_up_rows(view) if code == "onward" else (),
        may_photograph=may and view.answers.get(_photo_item(code)) is Answer.GIVEN,
        may_open_kit=may and not Specimen.objects.filter(exam_id=view.id, is_kit=True).exists(),
    )


def _known(actor: Actor, view: ExamView) -> tuple[tuple[str, str], ...]:
    label = people.labels(actor, [view.row.person_id]).get(view.row.person_id)
    age = ((_("Age"), label.age_band),) if label and label.age_band else ()
    return (*age, *known(view))


def _photo_item(code: str) -> Item:
    return rules.photo_item(genital=code == "genital")


def _chips(view: ExamView, part: Part, code: str) -> tuple[Tag, ...]:
    """What she agreed to, as far as it matters for a section."""
    wanted = list(part.needs)
    if code in ("injuries", "genital"):
        wanted.append(_photo_item(code))
    answers = view.answers
    return tuple(_chip(item, answers.get(item)) for item in wanted)


def _chip(item: Item, answer: Answer | None) -> Tag:
    label = str(ITEM_LABELS[item])
    if answer is Answer.GIVEN:
        return Tag(label, "ok")
    if answer is None:
        return Tag(_("%(item)s: not asked yet") % {"item": label}, "warn")
    return Tag(_("%(item)s: no") % {"item": label}, "danger")


def draft_of(actor: Actor, exam_id: UUID) -> ExamView:
    """An examination for a form that writes into it. Raises NotFound, Refused, NotYours."""
    view = exam(actor, exam_id, CHANGE)
    if view.row.examiner_id != actor.account_id:
        raise NotYours
    return view


# ---- findings ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindingPage:
    """The form of one finding: its drawing, and the place where it stands."""

    frame: Frame
    map: Map
    finding: FindingView | None
    values: dict[str, object] = field(repr=False)
    photos: tuple[PhotoView, ...] = ()

    @property
    def section(self) -> str:
        return "genital" if self.map.view.is_genital else "injuries"

    @property
    def back(self) -> str:
        return reverse("forensics:section", args=[self.frame.id, self.section])


def new_finding(actor: Actor, exam_id: UUID, view_code: str, region: str, x: str, y: str) -> FindingPage:
    """The form of a new finding on a view, at the place that was pressed. Raises NotFound."""
    view = draft_of(actor, exam_id)
    drawn = view_of(view_code or whole_body(view.figure)[0], view.figure, view.anatomy)
    if drawn is None:
        raise NotFound
    at = _point(drawn, region, x, y)
    values: dict[str, object] = {"region": at[0], "x": at[1], "y": at[2]}
    return _finding_page(actor, view, drawn, None, values)


def _point(view: View, region: str, x: str, y: str) -> tuple[str, float, float]:
    try:
        there = float(x), float(y)
    except ValueError:
        there = None
    if there is not None and view.holds(*there):
        found = next((one for one in view.regions if one.code == region), None) or view.region_at(*there)
        if found is not None:
            return found.code, *there
    found = next((one for one in view.regions if one.code == region), view.regions[0])
    return found.code, *found.middle


def finding_page(actor: Actor, finding_id: UUID) -> FindingPage:
    """The form of a finding that is there. Raises NotFound, NotYours."""
    row = Finding.objects.filter(pk=finding_id).first()
    if row is None:
        raise NotFound
    view = draft_of(actor, row.exam_id)
    finding = next(one for one in record.findings(view.id) if one.id == finding_id)
    drawn = view_of(finding.view, view.figure, view.anatomy)
    if drawn is None:
        raise NotFound
    return _finding_page(actor, view, drawn, finding, dict(finding.words))


def _finding_page(
    actor: Actor, view: ExamView, drawn: View, finding: FindingView | None, values: dict[str, object]
) -> FindingPage:
    others = [one for one in record.findings(view.id) if finding is None or one.id != finding.id]
    here = "genital" if drawn.is_genital else "injuries"
    return FindingPage(
        frame=frame(actor, view, here),
        map=bodymap.one_map(drawn, view, others, ""),
        finding=finding,
        values=values,
        photos=tuple(one for one in record.photos(view.id) if finding and one.finding_id == finding.id),
    )


def reception(actor: Actor, exam_id: UUID) -> uploads.Reception:
    """What a photograph of an examination will belong to. Raises NotFound, Refused, NotYours."""
    view = draft_of(actor, exam_id)
    return uploads.Reception(view.row.person_id, Compartment.EXAMINATION, view.row.office_id)


def photo_of(actor: Actor, photo_id: UUID) -> tuple[ExamView, PhotoView]:
    """A photograph for who may see the examination. Raises NotFound."""
    row = ExamPhoto.objects.filter(pk=photo_id).first()
    if row is None:
        raise NotFound
    view = exam(actor, row.exam_id)
    found = record.photo(photo_id)
    if found is None or found.blob is None:
        raise NotFound
    return view, found


# ---- specimens ---------------------------------------------------------------------------------------------


def allowed_specimens(view: ExamView) -> list[SpecimenType]:
    """The kinds of specimens that she agreed to."""
    answers = view.answers
    return [kind for kind in SpecimenType if answers.get(SPECIMEN_ITEM[kind]) is Answer.GIVEN]


def specimen_rows(actor: Actor, view: ExamView, *, may: bool) -> tuple[Row, ...]:
    found = record.specimens(view.id)
    codes = evidence.codes_of(one.item_id for one in found if one.item_id)
    return tuple(_specimen_row(one, codes, may=may) for one in found)


def _specimen_row(one: SpecimenView, codes: dict[UUID, str], *, may: bool) -> Row:
    kind = (
        _("Kit %(number)s") % {"number": one.said("kit")}
        if one.is_kit
        else str(SPECIMEN_LABELS.get(one.said("type"), ""))
    )
    item = (Code(codes[one.item_id], reverse("evidence:item", args=[one.item_id])),) if one.item_id in codes else ()
    seal = (_("seal"), Code(one.said("seal"))) if one.said("seal") else ()
    for_health = one.said("purpose") == SpecimenPurpose.CLINICAL
    at = one.said("taken_at")
    return Row(
        when=formats.clock(timezone.localtime(datetime.fromisoformat(at))) if at else "",
        title=(f"{one.number}.", kind, *((Name(one.said("site")),) if one.said("site") else ())),
        meta=(*item, *seal),
        tag=Tag(_("for health")) if for_health else Tag(_("in custody"), "ok") if one.item_id else None,
        action_label=_("Change") if may and not one.is_kit else "",
        action_url=reverse("forensics:specimen", args=[one.id]) if may and not one.is_kit else "",
        strong=True,
    )


@dataclass(frozen=True, slots=True)
class SpecimenPage:
    view: ExamView
    specimen: SpecimenView
    values: dict[str, object] = field(repr=False)


def specimen_page(actor: Actor, specimen_id: UUID) -> SpecimenPage:
    """The form of a specimen. Raises NotFound, NotYours."""
    row = Specimen.objects.filter(pk=specimen_id, is_kit=False).first()
    if row is None:
        raise NotFound
    view = draft_of(actor, row.exam_id)
    found = next(one for one in record.specimens(view.id) if one.id == specimen_id)
    return SpecimenPage(view, found, dict(found.words))


# ---- beginning ---------------------------------------------------------------------------------------------


def begin_head(actor: Actor, case_id: UUID) -> CaseHead:
    """The case for the form that begins an examination. Raises NotFound, Refused."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, CHANGE, head.part(Compartment.EXAMINATION))
    return head


def survivors(actor: Actor, case_id: UUID) -> list[tuple[str, str]]:
    """Survivors of a case as choices."""
    found = cases.parties(actor, case_id, [PartyRole.SURVIVOR])
    labels = people.labels(actor, [party.person_id for party in found])
    return [
        (str(party.person_id), " ".join(filter(None, (party.code, _first_name(labels.get(party.person_id))))))
        for party in found
    ]


def _first_name(label: people.PersonLabel | None) -> str:
    return label.first_name if label else ""


CONSENT_SAID: dict[str, Said] = {
    "caregiver": gettext_lazy("Under 6: a caregiver decides, gently explained to the child."),
    "assent_caregiver": gettext_lazy("6 to 11: the child agrees, and a caregiver decides."),
    "assent_weighty": gettext_lazy(
        "12 to 14: the child agrees, and her or his view weighs much; a caregiver or trusted adult decides."
    ),
    "own": gettext_lazy("15 to 17: she or he decides; a caregiver too where she or he wants it and it is safe."),
    "adult": "",
    "unknown": gettext_lazy("The age is not known: ask for it, and take the more careful way."),
}


def age_rule(view: ExamView) -> str:
    """What the age says about who decides."""
    return str(CONSENT_SAID[consent_rule(view.age)])


def names(actor: Actor, view: ExamView) -> str:
    return access.names_of([view.row.examiner_id]).get(view.row.examiner_id, "")


def first_open(view: ExamView) -> str:
    """Where to go on with an examination: the address of the first section that waits."""
    found = next((step for step in steps(view) if not step.is_settled), None)
    step = found or steps(view)[0]
    keys: list[object] = [view.id, step.code] if step.url_name == "forensics:section" else [view.id]
    return reverse(step.url_name, args=keys)


def version_of(actor: Actor, exam_id: UUID, code: str) -> int:
    """Which version of a section is kept now. Cost: as `exam`."""
    section = exam(actor, exam_id).sections.get(code)
    return section.version if section else 0
