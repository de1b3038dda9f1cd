"""The sheet of one agreement."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.kernel.text import shown
from amparo.kernel.words import Compartment
from amparo.partners import rules
from amparo.partners.models import Agreement, AgreementPaper
from amparo.partners.queries.agency import agency_crumbs
from amparo.partners.queries.directory import STANDING_TONES, said_of
from amparo.partners.queries.releases import term_of
from amparo.partners.words import (
    AGREEMENT_LABELS,
    DATA_CLASS_LABELS,
    LEVEL_LABELS,
    STANDING_LABELS,
    AgreementState,
    Standing,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Fact, Name, Notice, Row, Section, Sheet, Tag
from amparo.web.uploads import Reception, StoredBlob

CHANGE = "partners:agreement:change"


def agreement_page(actor: Actor, agreement_id: UUID) -> Sheet:
    """The sheet of one agreement. Raises NotFound. Cost: about four queries."""
    row = policy.load(actor, "partners:agreement:see", Agreement, agreement_id)
    words = sealing.open_row(row, "title", "purpose", "method")
    stand = rules.standing(term_of(row), clock.today())
    kept = row.retention_months
    months = "" if kept is None else ngettext("%(count)s month", "%(count)s months", kept) % {"count": kept}
    facts = tuple(
        Fact(label, value)
        for label, value in (
            (_("May be released"), said_of(DATA_CLASS_LABELS, row.classes) or _("Nothing is named.")),
            (_("In force from"), formats.day(row.valid_from)),
            (_("Review by"), formats.day(row.review_on)),
            (_("Ended on"), formats.day(row.ended_on) if row.ended_on else ""),
            (_("Purpose"), words.text("purpose")),
            (_("How it is handed over"), words.text("method")),
            (_("Kept there for"), months),
            (_("Sensitivity"), str(LEVEL_LABELS[row.level])),
        )
        if value
    )
    return Sheet(
        title=Name(words.text("title")),
        crumbs=agency_crumbs(actor, row.agency_id),
        kind=str(AGREEMENT_LABELS[row.kind]),
        tags=(Tag(STANDING_LABELS[stand], STANDING_TONES[stand]),),
        buttons=_buttons(actor, row),
        notices=_notices(stand),
        sections=(Section(_("Terms"), "terms", 0, facts=facts), _papers(actor, row)),
    )


def _papers(actor: Actor, row: Agreement) -> Section:
    """The signed paper, the latest first. Opening one is recorded."""
    papers = list(AgreementPaper.objects.filter(agreement_id=row.id).order_by("-created_at", "-id"))
    opened = [one.table("details") for one in sealing.open_rows(papers, "details")]
    names = access.names_of(paper.created_by for paper in papers)
    zone = timezone.get_current_timezone()
    may = policy.decide(actor, CHANGE, policy.subject_of(row)).allowed
    return Section(
        _("The signed paper"),
        "papers",
        0,
        rows=tuple(
            Row(
                title=shown(str(one.get("name", ""))) or _("A file"),
                when=formats.when(paper.created_at, clock.now(), zone),
                meta=(formats.size(int(str(one.get("bytes", 0)))), "·", Name(names.get(paper.created_by, ""))),
                action_label=_("Open"),
                action_url=reverse("partners:open_paper", args=[paper.id]),
                action_post=True,
                dir_auto=True,
            )
            for paper, one in zip(papers, opened, strict=True)
        ),
        remark=_("It is sealed here. Each opening is recorded.") if papers else "",
        empty=Empty(_("No paper was added.")),
        link_label=_("Add the paper") if may else "",
        link_url=reverse("partners:add_paper", args=[row.id]) if may else "",
    )


def paper_reception(actor: Actor, agreement_id: UUID) -> Reception:
    """What a file for this agreement will belong to, for those who may add one. Raises NotFound, Refused."""
    row = policy.load(actor, CHANGE, Agreement, agreement_id, seen_by="partners:agreement:see")
    return Reception(row.office_id, Compartment.PROGRAMME, row.office_id)


def paper_file(actor: Actor, paper_id: UUID) -> StoredBlob:
    """A paper to be sent; `commands.open_paper` comes first. Raises NotFound."""
    row = policy.load(actor, "partners:agreement:see", AgreementPaper, paper_id)
    details = sealing.open_row(row, "details").table("details")
    return StoredBlob(
        address=row.address,
        owner_id=row.office_id,
        compartment=Compartment.PROGRAMME,
        office_id=row.office_id,
        salt=bytes(row.key_salt),
        plain_bytes=int(str(details["bytes"])),
        name=str(details["name"]),
        media_type=str(details["type"]),
    )


def _notices(stand: Standing) -> tuple[Notice, ...]:
    if stand is not Standing.PAST_REVIEW:
        return ()
    said = _("The day of its review has passed, so nothing is released by it. Review it with the agency, then say so.")
    return (Notice(said, "danger"),)


def _buttons(actor: Actor, row: Agreement) -> tuple[Button, ...]:
    allowed = policy.decide(actor, "partners:agreement:change", policy.subject_of(row)).allowed
    if not allowed or row.state == AgreementState.ENDED:
        return ()
    return (
        Button(_("It was reviewed"), reverse("partners:review_agreement", args=[row.id])),
        Button(_("Correct"), reverse("partners:change_agreement", args=[row.id]), "quiet", key="e"),
        Button(_("End it"), reverse("partners:end_agreement", args=[row.id]), "quiet"),
    )


def agreement_crumbs(actor: Actor, agreement_id: UUID) -> tuple[Crumb, ...]:
    """The way back to an agreement. Raises NotFound."""
    row = policy.load(actor, "partners:agreement:see", Agreement, agreement_id)
    title = sealing.open_row(row, "title").text("title")
    here = Crumb(title, reverse("partners:agreement", args=[agreement_id]))
    return (*agency_crumbs(actor, row.agency_id), here)
