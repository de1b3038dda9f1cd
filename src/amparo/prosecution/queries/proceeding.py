"""The proceedings of a case, and the page of one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.investigations.words import AGENCY_LABELS
from amparo.kernel import clock
from amparo.kernel.words import Compartment, Sight
from amparo.prosecution import rules
from amparo.prosecution.models import (
    Proceeding,
)
from amparo.prosecution.queries.exhibits import exhibits_section
from amparo.prosecution.queries.file import CHANGE, SEE, File, crumbs, lede_of, load_file, local_day
from amparo.prosecution.queries.orders import orders
from amparo.prosecution.queries.parts import (
    charges,
    clocks,
    compensation,
    hearings,
    measures,
    reference,
    stages,
    tellings,
    verdicts,
)
from amparo.prosecution.words import (
    STAGE_LABELS,
    ChargeState,
    HearingState,
    Stage,
    VerdictState,
)
from amparo.web import formats
from amparo.web.sheets import (
    Button,
    Code,
    Empty,
    Listing,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Withheld,
)


def only_proceeding(actor: Actor, case_id: UUID) -> UUID | None:
    """The proceeding of a case that has just one."""
    head = cases.case_head(actor, case_id)
    found = list(proceedings_of(actor, head)[:2])
    return found[0].id if len(found) == 1 else None


def proceedings_of(actor: Actor, head: CaseHead) -> QuerySet[Proceeding]:
    return cases.in_case(actor, SEE, Proceeding.objects.filter(case_id=head.id), head.id).order_by("complaint_on", "id")


def proceedings(actor: Actor, case_id: UUID) -> Listing:
    """The proceedings of a case."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, SEE, head.part(Compartment.LEGAL))
    rows = list(proceedings_of(actor, head))
    may = policy.decide(actor, CHANGE, head.part(Compartment.LEGAL)).allowed
    whole = policy.sight(actor, Compartment.LEGAL, head.subject) is Sight.FULL
    url = reverse("prosecution:open", args=[head.id])
    button = (Button(_("Open a proceeding"), url, key="n"),) if may else ()
    return Listing(
        title=_("Court"),
        crumbs=crumbs(head),
        lede=(Code(head.code), Name(head.beside_code)),
        buttons=button,
        rows=tuple(_proceeding_row(row, whole=whole) for row in rows),
        empty=Empty(
            _("There is no proceeding yet. It begins with the complaint to police or prosecution."),
            _("Open a proceeding") if may else "",
            url if may else "",
        ),
    )


def _proceeding_row(row: Proceeding, *, whole: bool) -> Row:
    return Row(
        title=AGENCY_LABELS[row.agency_kind],
        url=reverse("prosecution:proceeding", args=[row.id]),
        when=formats.short_day_and_year(row.complaint_on),
        tag=Tag(STAGE_LABELS[row.stage], "on") if whole else None,
    )


def proceeding(actor: Actor, proceeding_id: UUID) -> Sheet:
    """The page of a proceeding. Cost: about 25 queries."""
    row = policy.load(actor, SEE, Proceeding, proceeding_id)
    head = cases.case_head(actor, row.case_id)
    file = load_file(actor, head, row)
    bold, rest = lede_of(file)
    return Sheet(
        title=_("Court"),
        crumbs=crumbs(head),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.beside_code),
        tags=(Tag(STAGE_LABELS[row.stage], "on"),) if file.whole else (),
        lede_bold=bold,
        lede=rest,
        buttons=_proceeding_buttons(file),
        notices=_notices(file),
        sections=_sections(actor, file),
    )


def _proceeding_buttons(file: File) -> tuple[Button, ...]:
    if not file.may_change:
        return ()
    key = file.proceeding.id
    return (
        Button(_("List a hearing"), reverse("prosecution:list_hearing", args=[key]), key="n"),
        Button(_("Propose a charge"), reverse("prosecution:propose_charge", args=[key]), "quiet"),
    )


def _notices(file: File) -> tuple[Notice, ...]:
    late = [h for h in file.hearings if h.state == HearingState.LISTED and h.listed_at < clock.now()]
    found = []
    if late and file.may_change:
        url = reverse("prosecution:hearing", args=[late[0].id])
        day = formats.day(local_day(late[0].listed_at))
        text = _("The hearing of %(day)s has passed. What happened?") % {"day": day}
        found.append(Notice(text, "warn", action=Button(_("Write it down"), url)))
    if file.whole and _may_be_final(file):
        text = _("Every charge has its end and no appeal is open. A lawyer may now say that it is final.")
        url = reverse("prosecution:confirm_final", args=[file.proceeding.id])
        found.append(Notice(text, action=Button(_("It is final"), url) if file.may_change else None))
    return tuple(found)


def _may_be_final(file: File) -> bool:
    states = [ChargeState(row.state) for row in file.charges]
    verdicts = [VerdictState(row.state) for row in file.verdicts]
    return file.proceeding.stage != Stage.FINAL and rules.is_decided(states, verdicts)


def _sections(actor: Actor, file: File) -> tuple[Section, ...]:
    hidden = Withheld(_("Charges, verdicts and compensation"))
    partial = [
        hearings(file),
        Section(_("Charges and verdicts"), withheld=(hidden,)),
        orders(file),
        measures(actor, file),
        tellings(file),
    ]
    if not file.whole:
        return tuple(section for section in partial if section is not None)
    sections = [
        charges(file),
        hearings(file),
        exhibits_section(actor, file.head, file.proceeding.id),
        tellings(file),
        orders(file),
        clocks(actor, file),
        stages(file),
        measures(actor, file),
        verdicts(file),
        compensation(file),
        reference(file),
    ]
    return tuple(section for section in sections if section is not None)
