"""What strengthening tells the desk: marks and a section of a case, and what is due."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfCase, OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.words import TrackKind
from amparo.kernel import clock
from amparo.kernel.recall import once
from amparo.strengthening.models import MentoringContact, PracticeFile, ReformProject
from amparo.strengthening.queries import mentoring, reform
from amparo.strengthening.queries.naming import names
from amparo.strengthening.queries.practice import OBSERVE, SEE, answers_of, file_rows
from amparo.strengthening.rules import scores
from amparo.strengthening.words import SKILL_LABELS, ContactState, FileState
from amparo.vault import sealing
from amparo.vault.prepared import DAY, ID
from amparo.web.addresses import reverse
from amparo.web.sheets import Button, Empty, Name, Section, Urgency

MOST = 20


_FILES = OfCase(SEE, PracticeFile, lambda rows: rows.order_by("-on", "-id")[:MOST])
_CONTACTS = OfCase(
    mentoring.SEE,
    MentoringContact,
    lambda rows: rows.exclude(state=ContactState.CANCELLED).order_by("-on", "-id")[:MOST],
)


def _files(actor: Actor, case_id: UUID) -> list[PracticeFile]:
    rows = cases.rows_of_case
    return once("practice files", (actor.account_id, case_id), lambda: rows(actor, _FILES, case_id))


def _contacts(actor: Actor, case_id: UUID) -> list[MentoringContact]:
    rows = cases.rows_of_case
    return once("mentoring of a case", (actor.account_id, case_id), lambda: rows(actor, _CONTACTS, case_id))


def marks_of_case(actor: Actor, case_id: UUID) -> list[Moment]:
    """Observed files with their score, and mentoring, on the track of the system. Cost: three queries."""
    if not policy.has(actor, SEE):
        return []
    files = [row for row in _files(actor, case_id) if row.state == FileState.COMPLETE]
    answers = answers_of([row.id for row in files])
    marks = []
    for row in files:
        score = scores.score(answers.get(row.id, {}).values())
        said = f"{score.yes}/{score.applicable}"
        url = reverse("strengthening:file", args=[row.id])
        title = _("Practice: %(yes)d of %(all)d steps that applied") % {"yes": score.yes, "all": score.applicable}
        marks.append(Moment(TrackKind.SYSTEM, row.on, said, title, "done", url))
    for contact in _contacts(actor, case_id):
        url = reverse("strengthening:contact", args=[contact.id])
        skill = str(SKILL_LABELS[contact.skill])
        kind = "open" if contact.state == ContactState.PLANNED else "done"
        title = _("Mentoring: %(skill)s") % {"skill": skill}
        marks.append(Moment(TrackKind.SYSTEM, contact.on, _("mentoring"), title, kind, url, wide=False))  # type: ignore[arg-type]
    return marks


def sections_of_case(actor: Actor, case_id: UUID) -> list[Section]:
    """What the case teaches: observed files and mentoring, for those who see the programme. Cost: about 12 queries."""
    if not policy.has(actor, SEE):
        return []
    head = cases.case_head(actor, case_id)
    rows = file_rows(actor, _files(actor, case_id), with_unit=True)
    contacts = mentoring.contact_rows(actor, _contacts(actor, case_id))
    may = policy.has(actor, OBSERVE) and head.closed_at is None
    url = reverse("journeys:learn", args=[case_id]) if may else ""
    return [
        Section(
            _("What this case teaches"),
            id="system",
            column=2,
            buttons=(_plan(case_id),) if head.closed_at is None and policy.has(actor, mentoring.CHANGE) else (),
            rows=(*rows, *contacts),
            empty=Empty(_("Nothing was observed in this case."), _("Observe a unit's file") if may else "", url),
            link_label=_("Observe a unit's file") if may and (rows or contacts) else "",
            link_url=url if rows or contacts else "",
        )
    ]


def _plan(case_id: UUID) -> Button:
    return Button(_("Plan mentoring"), reverse("strengthening:plan_in_case", args=[case_id]), "quiet")


def _urgency(on: date) -> Urgency:
    return "late" if on < clock.today() else ""


def due_for(actor: Actor, until: date) -> list[Due]:
    """Her own mentoring, next steps, files that are being filled for a week, and reforms to look at again.

    Cost: no query for who has no part in the programme; else about ten.
    """
    if not policy.has(actor, SEE):
        return []
    return [*_contacts_due(actor, until), *_checks_due(actor, until)]


_OWN_PLANNED = OfReader(
    mentoring.CHANGE,
    MentoringContact,
    lambda rows, mentor, until: rows.filter(mentor_id=mentor, state=ContactState.PLANNED, on__lte=until).order_by(
        "on", "id"
    )[:MOST],
    ID,
    DAY,
)
_OWN_STEPS = OfReader(
    mentoring.CHANGE,
    MentoringContact,
    lambda rows, mentor, until: rows.filter(
        mentor_id=mentor, next_on__lte=until, next_done_on=None, next_step__isnull=False
    ).order_by("next_on", "id")[:MOST],
    ID,
    DAY,
)
_OWN_CHECKS = OfReader(
    reform.CHANGE,
    ReformProject,
    lambda rows, keeper, until: rows.filter(keeper_id=keeper, check_on__lte=until).order_by("check_on", "id")[:MOST],
    ID,
    DAY,
)
_TO_REVIEW = OfReader(
    mentoring.REVIEW,
    MentoringContact,
    lambda rows: rows.filter(state=ContactState.DONE).order_by("on", "id")[:6],
)


def _contacts_due(actor: Actor, until: date) -> list[Due]:
    if not policy.has(actor, mentoring.CHANGE):
        return []
    planned = _OWN_PLANNED.rows(actor, actor.account_id, until)
    steps = _OWN_STEPS.rows(actor, actor.account_id, until)
    called = names([row.unit_id or row.official_id for row in (*planned, *steps)])
    found = [
        Due(
            row.on, SKILL_LABELS[row.skill], (_("Mentoring"), Name(called.get(row.unit_id or row.official_id, ""))),  # type: ignore[arg-type]
            reverse("strengthening:contact", args=[row.id]), _("Open"), _urgency(row.on), row.case_id,
        )
        for row in planned
    ]  # fmt: skip
    for row, words in zip(steps, sealing.open_rows(steps, "next_step"), strict=True):
        url = reverse("strengthening:contact", args=[row.id])
        assert row.next_on is not None  # noqa: S101 - filtered above
        found.append(
            Due(
                row.next_on,
                Name(words.text("next_step")),
                _("Agreed in mentoring"),
                url,
                _("Open"),
                _urgency(row.next_on),
                row.case_id,
            )
        )
    return found


def _checks_due(actor: Actor, until: date) -> list[Due]:
    if not policy.has(actor, reform.CHANGE):
        return []
    found = _OWN_CHECKS.rows(actor, actor.account_id, until)
    opened = sealing.open_rows(found, "title")
    return [
        Due(
            row.check_on, Name(words.text("title")), _("Does the reform hold?"),
            reverse("strengthening:check_reform", args=[row.id]), _("Look"), _urgency(row.check_on),
        )
        for row, words in zip(found, opened, strict=True)
        if row.check_on is not None
    ]  # fmt: skip


def waiting_for(actor: Actor) -> list[Due]:
    """Contacts that wait for a review. Cost: none for who reviews nothing; else seven queries."""
    if not policy.has(actor, mentoring.REVIEW):
        return []
    found = _TO_REVIEW.rows(actor)
    called = names([row.unit_id or row.official_id for row in found])
    return [
        Due(
            None, _("Review a mentoring contact"),
            (SKILL_LABELS[row.skill], "·", Name(called.get(row.unit_id or row.official_id, ""))),  # type: ignore[arg-type]
            reverse("strengthening:review_contact", args=[row.id]), _("Review"),
        )
        for row in found
    ]  # fmt: skip
