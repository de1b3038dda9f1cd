"""The report for court: what was seen and what it may mean, and nothing of her health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.evidence import queries as evidence
from amparo.forensics.queries import record
from amparo.forensics.queries.reach import ExamView, known, taken_back
from amparo.forensics.queries.record import FindingView, OpinionView, PhotoView, SpecimenView
from amparo.forensics.rules import drawing
from amparo.forensics.rules.consent import may_be_given, photo_item
from amparo.forensics.rules.figures import View, view_of, whole_body
from amparo.forensics.words import (
    ANSWER_LABELS,
    DEGREE_LABELS,
    DEGREE_MEANINGS,
    DESTINATION_LABELS,
    GIVER_LABELS,
    ITEM_LABELS,
    METHOD_LABELS,
    SPECIMEN_ITEM,
    SPECIMEN_ITEMS,
    SPECIMEN_LABELS,
    STORAGE_LABELS,
    Answer,
    Degree,
    Item,
    SpecimenType,
)
from amparo.forensics.words.body import VIEW_LABELS
from amparo.forensics.words.sections import Kind, Part, Question
from amparo.kernel import digest
from amparo.kernel.digest import JsonValue
from amparo.kernel.words import Compartment
from amparo.ledger import checkpoints
from amparo.papers.marks import Mark
from amparo.papers.typesetting import typeset
from amparo.people import queries as people
from amparo.vault import sealing
from amparo.vault.sealing import Words
from amparo.web import formats

TEMPLATE = "forensics/papers/report.typ"
# What an opinion rests on, and what a paper can hold at all.
_WEIGHED = frozenset({Item.HISTORY, Item.EXAMINATION, Item.GENITAL})
_IN_A_PAPER = _WEIGHED | {Item.PHOTOGRAPHS, Item.PHOTOGRAPHS_GENITAL, *SPECIMEN_ITEMS}
# What never comes into the report for court, whatever was agreed to.
_NEVER = frozenset({Item.CLINICAL})
_HISTORY = ("history", "after")


def paper(
    actor: Actor,
    view: ExamView,
    classes: frozenset[str],
    *,
    language: str,
    at: datetime,
    mark: Mark | None,
    code: str = "",
) -> bytes:
    """The report as a tagged PDF, with those parts that `classes` of consent name; sealed records only.

    Her own copy has no mark: it would say on each page whose it is.

    Cost: some 150 ms of CPU, ten queries.
    """
    with translation.override(language):
        return typeset(TEMPLATE, values(actor, view, classes, at=at, code=code), language=language, at=at, mark=mark)


def values(
    actor: Actor, view: ExamView, classes: frozenset[str], *, at: datetime, code: str = ""
) -> Mapping[str, JsonValue]:
    """What the template reads, in the language that is set. What she took back her consent to is left out."""
    given = _Given.of(view)
    found, taken, shots = given.findings(view), given.specimens(view), given.photos(view)
    row = view.row
    title = _("Report of a medico-legal examination")
    attested = sealing.open_row(row, "attestation").table("attestation")
    return {
        "title": title,
        "foot": " · ".join(filter(None, (title, row.code, code))),
        "code": row.code,
        "release": code,
        "made": _("Made on %(moment)s") % {"moment": _moment(at)},
        "words": _words(),
        "head": _head(actor, view, classes),
        "before": _answers(view, "before", skip=("examiner", "qualification", "registration")),
        "consents": _consents(view),
        "history": [given.section(view, name) for name in _HISTORY if view.part(name)]
        if "narrative" in classes
        else [],
        "observed": given.section(view, "injuries"),
        "maps": _maps(view, found),
        "findings": [_finding(one, shots) for one in found],
        "genital": given.section(view, "genital"),
        "mind": given.section(view, "mind"),
        "specimens": _specimens(actor, view, taken),
        "photographs": [_photograph(one, found) for one in shots],
        "withheld": given.said(),
        "opinions": [_opinion(one, found) for one in given.opinions(view) if one.signed_at is not None],
        "addenda": [
            {
                "head": _("Addendum %(number)s, %(moment)s") % {"number": one.number, "moment": _moment(one.added_at)},
                "text": one.text,
                "sha256": digest.spaced(one.sha256),
            }
            for one in record.addenda(view.id)
        ],
        "attested": _attested(view, attested),
        "proof": _proof(view),
    }


@dataclass(frozen=True, slots=True)
class _Given:
    """What of a sealed record may still be given: all of it but what rests on a consent that she took back."""

    answers: Mapping[Item, Answer]
    back: frozenset[Item]

    @classmethod
    def of(cls, view: ExamView) -> _Given:
        return cls(view.answers, taken_back(view))

    def may(self, *needs: Item) -> bool:
        return may_be_given(self.answers, needs, self.back)

    def section(self, view: ExamView, name: str) -> JsonValue:
        part = view.part(name)
        if part is None or self.may(*part.needs):
            return _section(view, name)
        return {"label": str(part.label), "state": str(ANSWER_LABELS[Answer.WITHDRAWN]), "answers": []}

    def findings(self, view: ExamView) -> list[FindingView]:
        return [one for one in record.findings(view.id) if self.may(self._item_of(view, one))]

    def _item_of(self, view: ExamView, one: FindingView) -> Item:
        drawn = view_of(one.view, view.figure, view.anatomy)
        return Item.GENITAL if drawn is not None and drawn.is_genital else Item.EXAMINATION

    def specimens(self, view: ExamView) -> list[SpecimenView]:
        return [one for one in record.specimens(view.id) if self.may(*_items_of(one))]

    def photos(self, view: ExamView) -> list[PhotoView]:
        shown = {one.id for one in self.findings(view)}
        return [
            one
            for one in record.photos(view.id)
            if self.may(photo_item(genital=one.is_genital)) and (one.finding_id is None or one.finding_id in shown)
        ]

    def opinions(self, view: ExamView) -> list[OpinionView]:
        """None where anything is left out: an opinion weighs all findings, and tells of them in its own words."""
        return [] if self.back & _WEIGHED else list(record.opinions(view.id))

    def said(self) -> str:
        """One sentence that something is missing; which part it is stands under Consent."""
        if not self.back & _IN_A_PAPER:
            return ""
        more = _("Signed opinions weigh all findings, and are left out with them.") if self.back & _WEIGHED else ""
        said = _("Consent to a part of this record was taken back; it is left out here.")
        return " ".join(filter(None, (said, more)))


def _items_of(one: SpecimenView) -> tuple[Item, ...]:
    if one.is_kit:
        return SPECIMEN_ITEMS
    kind = one.said("type")
    return (SPECIMEN_ITEM[SpecimenType(kind)],) if kind in set(SpecimenType) else ()


def _moment(at: datetime | None) -> str:
    return "" if at is None else formats.moment(at, timezone.get_current_timezone())


def _words() -> dict[str, JsonValue]:
    """What the template says itself."""
    return {
        "absence": _("Absence of injury does not mean absence of assault."),
        "absence_more": _(
            "Most people who were assaulted have no visible injury, or none when they are examined. Findings are what"
            " was seen; what they may mean is said apart, under Opinion."
        ),
        "health": _(
            "Tests, results and treatment for her or his health are kept apart and are no part of this report."
        ),
        "who": _("Who and when"),
        "consent": _("Consent"),
        "consent_columns": [_("Asked about"), pgettext("consent", "Answer"), _("Who decided, and how"), _("When")],
        "history": _("In her or his own words"),
        "findings": _("Findings: what was seen"),
        "no_findings": _("No finding was drawn."),
        "finding_columns": [_("No."), _("Finding"), _("Described"), _("Photographs")],
        "genital": _("Genital and anal examination"),
        "mind": _("Observed behaviour"),
        "specimens": _("Specimens"),
        "specimen_columns": [_("No."), _("Specimen"), _("Taken"), _("Seal"), _("Item"), _("For")],
        "photographs": _("Photographs"),
        "photograph_columns": [_("No."), _("Shows"), _("Scale"), _("SHA-256 of the file")],
        "opinion": _("Opinion: what it may mean"),
        "degrees": _("The Istanbul Protocol’s five degrees of consistency"),
        "overall": _("All findings together"),
        "basis": _("It rests on"),
        "alternatives": _("Other causes that were considered"),
        "no_opinion": _("No opinion was signed when this report was made."),
        "addenda": _("Added after sealing"),
        "attest": _("Attestation"),
        "proof": _("How to check that nothing was altered"),
        "none": _("None"),
    }


def _head(actor: Actor, view: ExamView, classes: frozenset[str]) -> JsonValue:
    row = view.row
    label = people.labels(actor, [row.person_id]).get(row.person_id)
    person = label.code if label else ""
    if label and "identity" in classes and (label.name or label.first_name):
        person = f"{person} · {label.name or label.first_name}"
    pairs = [
        (_("Examination"), row.code),
        (_("Person examined"), person),
        (_("Age"), label.age_band if label else ""),
        # What the case knows of her is who she is, as her name is.
        *(known(view) if "identity" in classes else ()),
        (_("Facility"), view.facility),
        (_("Began"), _moment(row.started_at)),
        (_("Ended"), _moment(row.ended_at)),
        (_("Stopped at the patient’s wish"), _moment(row.stopped_at)),
        (_("Examiner"), view.said("before", "examiner")),
        (_("Qualification"), view.said("before", "qualification")),
        (_("Registration number"), view.said("before", "registration")),
    ]
    return [[str(name), value] for name, value in pairs if value]


# ---- sections ----------------------------------------------------------------------------------------------


def _section(view: ExamView, name: str) -> JsonValue:
    """A section's name, whether it was done, and its answers; sections of health answer with nothing."""
    part = view.part(name)
    if part is None or part.compartment is not Compartment.EXAMINATION:
        return {"label": "", "state": "", "answers": []}
    return {"label": str(part.label), "state": _state(view, part), "answers": _answers(view, name)}


def _state(view: ExamView, part: Part) -> str:
    from_section = view.sections.get(part.code)
    if from_section is not None and (from_section.done or from_section.answers):
        return ""
    answers = [view.answers.get(item) for item in part.needs]
    if answers and all(answer is not None and answer != "given" for answer in answers):
        return _("Refused.")
    return _("Not done.")


def _answers(view: ExamView, name: str, *, skip: Sequence[str] = ()) -> JsonValue:
    part, section = view.part(name), view.sections.get(name)
    if part is None or section is None or part.compartment is not Compartment.EXAMINATION:
        return []
    pairs = [
        [str(question.label), answered(question, section.answers.get(question.code))]
        for question in part.questions
        if question.code not in skip
    ]
    return [pair for pair in pairs if pair[1]]


def answered(question: Question, value: Words) -> str:
    """An answer as it is read: labels for codes, words as they were written."""
    if value is None:
        return ""
    if question.kind is Kind.MANY and isinstance(value, list):
        return ", ".join(str((question.choices or {}).get(str(one), one)) for one in value)
    if question.kind is Kind.CHOICE:
        return str((question.choices or {}).get(str(value), value))
    return str(value)


def _consents(view: ExamView) -> JsonValue:
    return [
        [
            str(ITEM_LABELS[one.item]) + (f": {one.recipient}" if one.recipient else ""),
            str(ANSWER_LABELS[one.answer]),
            ", ".join((str(GIVER_LABELS.get(one.giver, one.giver)), str(METHOD_LABELS.get(one.method, one.method)))),
            _moment(one.asked_at),
        ]
        for one in view.consents
        if one.item not in _NEVER
    ]


# ---- findings ----------------------------------------------------------------------------------------------


def _maps(view: ExamView, found: Sequence[FindingView]) -> JsonValue:
    """The drawings: front and back always, others where something was seen."""
    wanted = [*whole_body(view.figure), *(one.view for one in found)]
    drawn = []
    for code in dict.fromkeys(wanted):
        one = view_of(code, view.figure, view.anatomy)
        if one is not None:
            drawn.append(_map(one, [finding for finding in found if finding.view == code]))
    return drawn


def _map(view: View, found: Sequence[FindingView]) -> JsonValue:
    label = str(VIEW_LABELS[view.code])
    marks = [one.mark for one in found]
    seen = "; ".join(f"{one.number}: {one.title}" for one in found) or _("nothing drawn")
    side, other = (_("Right"), _("Left")) if view.sides == "right" else (_("Left"), _("Right"))
    return {
        "label": label,
        "svg": drawing.svg(view, marks),
        "alt": _("Drawing, %(view)s. %(findings)s.") % {"view": label, "findings": seen},
        "left": side if view.sides else "",
        "right": other if view.sides else "",
        "tall": view.height > view.width,
    }


def _finding(one: FindingView, shots: Sequence[PhotoView]) -> JsonValue:
    numbers = [str(shot.number) for shot in shots if shot.finding_id == one.id]
    return [str(one.number), one.title, " ".join(_sentence(line) for line in one.lines), ", ".join(numbers)]


def _sentence(line: str) -> str:
    return line if line.rstrip().endswith((".", "؟", "।", "។", "!", "?")) else f"{line}."


def _photograph(one: PhotoView, found: Sequence[FindingView]) -> JsonValue:
    about = next((finding for finding in found if finding.id == one.finding_id), None)
    shows = one.caption or (about.title if about else _("Overview"))
    scale = _("yes") if one.has_scale else _("no: %(reason)s") % {"reason": one.why_no_scale}
    return [str(one.number), shows, scale, digest.spaced(one.sha256) if one.sha256 else ""]


def _specimens(actor: Actor, view: ExamView, taken: Sequence[SpecimenView]) -> JsonValue:
    for_court = [one for one in taken if one.compartment is Compartment.EXAMINATION]
    codes = evidence.codes_of(one.item_id for one in for_court if one.item_id)
    rows = []
    for one in for_court:
        what = _("Kit %(number)s") % {"number": one.said("kit")} if one.is_kit else _specimen_said(one)
        at = one.said("taken_at")
        rows.append(
            [
                str(one.number),
                what,
                _moment(datetime.fromisoformat(at)) if at else "",
                one.said("seal"),
                codes.get(one.item_id, "") if one.item_id else "",
                _purpose(one),
            ]
        )
    return rows


def _specimen_said(one: SpecimenView) -> str:
    kind = str(SPECIMEN_LABELS.get(one.said("type"), one.said("type")))
    return ", ".join(filter(None, (kind, one.said("site"))))


def _purpose(one: SpecimenView) -> str:
    where = str(DESTINATION_LABELS.get(one.said("destination"), ""))
    kept = str(STORAGE_LABELS.get(one.said("storage"), ""))
    return ", ".join(filter(None, (one.said("tests"), where, kept)))


# ---- opinion and proof -------------------------------------------------------------------------------------


def _opinion(one: OpinionView, found: Sequence[FindingView]) -> JsonValue:
    titles = {finding.number: finding.title for finding in found}
    names = access.names_of([one.signed_by] if one.signed_by else [])
    return {
        "overall": _degree(one.overall),
        "degrees": [
            [str(number), titles.get(number, ""), str(DEGREE_LABELS[degree])]
            for number, degree in sorted(one.degrees.items())
        ],
        "basis": one.said("basis"),
        "alternatives": one.said("alternatives"),
        "text": one.said("text"),
        "signed": _("Signed by %(name)s on %(moment)s")
        % {"name": names.get(one.signed_by, "") if one.signed_by else "", "moment": _moment(one.signed_at)},
        "sha256": digest.spaced(one.sha256),
    }


def _degree(degree: Degree | None) -> JsonValue:
    if degree is None:
        return {"label": "", "meaning": "", "step": 0}
    order = list(Degree)
    return {
        "label": str(DEGREE_LABELS[degree]),
        "meaning": str(DEGREE_MEANINGS[degree]),
        "step": order.index(degree) + 1,
    }


def _attested(view: ExamView, words: Mapping[str, Words]) -> JsonValue:
    return {
        "text": _("I saw and recorded this myself. It is true and complete to the best of my knowledge."),
        "name": str(words.get("signed_as") or ""),
        "qualification": ", ".join(
            str(words[name]) for name in ("qualification", "registration") if words.get(name)
        ),
        "sealed": _("Sealed on %(moment)s; never changed since.") % {"moment": _moment(view.row.sealed_at)},
    }  # fmt: skip


def _proof(view: ExamView) -> JsonValue:
    note = checkpoints.current(checkpoints.verifier_key())
    return {
        "record_label": _("SHA-256 of the record, without health"),
        "record": digest.spaced(view.row.record_sha256),
        "photos_label": _("Photographs have their own, above."),
        "checkpoint_label": _("Checkpoint of the ledger when this report was made"),
        "checkpoint": note.render(),
        "say": _(
            "The hash of the record is an entry of the ledger, made when it was sealed. Whoever holds an earlier"
            " checkpoint can have it proved that the entry was not changed or added later."
        ),
    }
