"""Impact assessments: all of them, and one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kernel.text import shown
from amparo.protection.models import ImpactAssessment
from amparo.protection.queries.reach import (
    CHANGE,
    SEE_ASSESSMENT,
    SIGN,
    assessment_crumbs,
    register_crumbs,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Empty, Fact, Listing, Name, Present, Row, Section, Sheet, Tag

MOST = 200
WORDS = ("title", "processing", "need", "risks", "measures")


def check_change(actor: Actor) -> None:
    """Whether somebody writes impact assessments. Raises Refused."""
    policy.check_new(actor, CHANGE, Subject(office=actor.office_id))


def assessments(actor: Actor) -> Listing:
    """All of them, the next to be looked at again first. Cost: two queries. Raises NotFound."""
    if not policy.has(actor, SEE_ASSESSMENT):
        raise NotFound(permission=SEE_ASSESSMENT)
    rows = list(policy.visible(actor, SEE_ASSESSMENT, ImpactAssessment.objects.order_by("review_on", "id"))[:MOST])
    today = clock.today()
    may = policy.has(actor, CHANGE)
    add = reverse("protection:add_assessment")
    return Listing(
        title=_("Impact assessments"),
        crumbs=register_crumbs(actor),
        lede=_("What is done with people's data, why it is needed, what may go wrong, and what is done against it."),
        buttons=(Button(_("Write an assessment"), add, key="n"),) if may else (),
        rows=tuple(
            _line(row, words.text("title"), today)
            for row, words in zip(rows, sealing.open_rows(rows, "title"), strict=True)
        ),
        empty=Empty(_("No assessment is written yet."), _("Write an assessment") if may else "", add if may else ""),
    )


def _line(row: ImpactAssessment, title: str, today: date) -> Row:
    return Row(
        title=Name(title),
        url=reverse("protection:assessment", args=[row.id]),
        when=formats.near_day(row.review_on, today),
        when_tone="late" if row.review_on < today else "",
        meta=_("To be looked at again by then."),
        tag=_tag(row),
    )


def _tag(row: ImpactAssessment) -> Tag:
    return Tag(_("Signed"), "ok") if row.signed_by else Tag(_("Not signed"), "warn")


def assessment_page(actor: Actor, assessment_id: UUID) -> Sheet:
    """One impact assessment. Cost: three queries. Raises NotFound."""
    row = policy.load(actor, SEE_ASSESSMENT, ImpactAssessment, assessment_id)
    words = sealing.open_row(row, *WORDS)
    names = access.names_of([row.signed_by] if row.signed_by else [])
    parts = (
        ("processing", _("What is done with the data")),
        ("need", _("Why it is needed, and why less would not do")),
        ("risks", _("What may go wrong for people")),
        ("measures", _("What is done against it")),
    )
    buttons = []
    if policy.has(actor, SIGN) and row.signed_by is None:
        # What is signed is what was read: the version goes with the button.
        seen = (("seen_version", str(row.version)),)
        buttons.append(Button(_("Sign it"), reverse("protection:sign", args=[row.id]), post=True, hidden=seen))
    if policy.has(actor, CHANGE):
        change = reverse("protection:change_assessment", args=[row.id])
        buttons.append(Button(_("Change it, or look at it again"), change, "quiet"))
    signed = names.get(row.signed_by, "") if row.signed_by else ""
    about = [Fact(_("To be looked at again by"), formats.day(row.review_on))]
    if row.signed_on:
        about += [Fact(_("Signed by"), Name(signed)), Fact(_("Signed on"), formats.day(row.signed_on))]
    return Sheet(
        title=Name(words.text("title")),
        crumbs=assessment_crumbs(actor),
        tags=(_tag(row),),
        buttons=tuple(buttons),
        sections=(
            Section(
                _("The assessment"),
                id="said",
                facts=tuple(Fact(label, shown(said)) for name, label in parts if (said := words.text(name))),
            ),
            Section(_("Review"), id="review", column=2, facts=tuple(about)),
        ),
    )


def assessment_form(actor: Actor, assessment_id: UUID) -> Present:
    """What one says, to be changed. Raises NotFound, Refused."""
    row = policy.load(actor, CHANGE, ImpactAssessment, assessment_id, seen_by=SEE_ASSESSMENT)
    words = sealing.open_row(row, *WORDS)
    return row.version, {"review_on": row.review_on} | {name: words.text(name) for name in WORDS}
