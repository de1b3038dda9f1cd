"""The page of one verdict."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.prosecution.models import (
    Charge,
    Proceeding,
    Sentence,
    Verdict,
)
from amparo.prosecution.queries.corrections import corrections
from amparo.prosecution.queries.file import File, crumbs, load_file, text_of, today
from amparo.prosecution.queries.parts import act_link, sentence_said
from amparo.prosecution.words import (
    OUTCOME_LABELS,
    VERDICT_STATE_LABELS,
    Outcome,
    VerdictState,
)
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Name,
    Row,
    Section,
    Sheet,
    Tag,
)


def verdict(actor: Actor, verdict_id: UUID) -> Sheet:
    """The page of a verdict: its sentence and its appeal."""
    row = policy.load(actor, "prosecution:charge:change", Verdict, verdict_id, seen_by="prosecution:charge:see")
    charge = Charge.objects.get(pk=row.charge_id)
    head = cases.case_head(actor, row.case_id)
    file = load_file(actor, head, Proceeding.objects.get(pk=charge.proceeding_id))
    facts = [
        Fact(_("Accused"), Code(file.codes.get(charge.accused_id, ""))),
        Fact(_("Charge"), Name(text_of(file, charge.id, "section"))),
        Fact(_("Verdict"), OUTCOME_LABELS[row.outcome]),
        Fact(_("Pronounced"), formats.day(row.on)),
    ]
    if row.appealed_on:
        facts.append(Fact(_("Appeal lodged"), formats.day(row.appealed_on)))
    if row.decided_on:
        facts.append(Fact(_("Appeal decided"), formats.day(row.decided_on)))
    sentences = [s for s in file.sentences if s.verdict_id == row.id]
    return Sheet(
        title=_("Verdict"),
        crumbs=(
            *crumbs(head),
            Crumb(_("Court"), reverse("prosecution:proceeding", args=[charge.proceeding_id])),
        ),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.beside_code),
        tags=(Tag(VERDICT_STATE_LABELS[row.state], "warn" if row.state == VerdictState.APPEALED else ""),),
        buttons=_verdict_buttons(row),
        sections=(
            Section(_("The verdict"), facts=tuple(facts), remark=text_of(file, row.id, "note")),
            Section(
                _("Sentence"),
                column=2,
                rows=tuple(_sentence_row(file, s) for s in sentences),
                empty=Empty(_("No sentence is entered.")),
            ),
        ),
    )


def _sentence_row(file: File, row: Sentence) -> Row:
    links = (
        act_link(_("Put it right"), "correct_sentence", row.id),
        "·",
        act_link(_("It was never pronounced"), "take_back_sentence", row.id),
    )
    part = corrections(file, row.id)
    before = [line for one in (part.rows if part else ()) for line in (one.meta, *one.lines)]
    lines = before if row.mistake else [*before, links]
    return Row(title=sentence_said(file, row), when=formats.near_day(row.on, today()), lines=tuple(lines))


def _verdict_buttons(row: Verdict) -> tuple[Button, ...]:
    found = []
    if row.outcome != Outcome.ACQUITTED:
        found.append(Button(_("Enter a sentence"), reverse("prosecution:sentence", args=[row.id])))
    if row.state == VerdictState.APPEALED:
        found.append(Button(_("The appeal is decided"), reverse("prosecution:decide_appeal", args=[row.id]), "quiet"))
    else:
        found.append(Button(_("An appeal was lodged"), reverse("prosecution:lodge_appeal", args=[row.id]), "quiet"))
    if row.state == VerdictState.PRONOUNCED:
        url = reverse("prosecution:take_back_verdict", args=[row.id])
        found.append(Button(_("It was entered by mistake"), url, "quiet"))
    return tuple(found)
