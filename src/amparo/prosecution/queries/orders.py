"""Orders: on the page of a proceeding and of a case, the page of one, and what Today says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.cases.moments import Due, Moment
from amparo.cases.words import CaseState, TrackKind
from amparo.investigations.words import AGENCY_LABELS
from amparo.prosecution import rules
from amparo.prosecution.models import Breach, Order, Proceeding
from amparo.prosecution.queries.file import (
    MOST,
    SEE,
    WATCH,
    File,
    crumbs,
    files_of_case,
    load_file,
    text_of,
    today,
)
from amparo.prosecution.words import (
    MISTAKE_LABELS,
    ORDER_LABELS,
    STANDING_LABELS,
    OrderEvent,
    OrderState,
    Standing,
)
from amparo.staff import queries as staff
from amparo.vault.prepared import DAY
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Name,
    Notice,
    Part,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Withheld,
)

_TONES: Mapping[Standing, Tone] = {
    Standing.IN_FORCE: "ok",
    Standing.BREACHED: "danger",
    Standing.ENDED: "warn",
    Standing.AHEAD: "on",
}


def breaches_of(file: File, order: Order) -> list[Breach]:
    """The breaches of an order that count, by day."""
    return [row for row in file.breaches if row.order_id == order.id and not row.mistake]


def standing_of(file: File, row: Order) -> Standing:
    is_breached = bool(breaches_of(file, row))
    days = (row.from_on, row.until_on)
    return rules.standing(OrderState(row.state), *days, is_breached, today(), ended_on=row.ended_on)


def _counting(file: File) -> list[tuple[Order, Standing]]:
    found = [(row, standing_of(file, row)) for row in file.orders]
    return [(row, stands) for row, stands in found if stands in rules.STILL_COUNT]


def orders(file: File) -> Section:
    """The orders of a proceeding: those that stand first, those that are over after them."""
    rows = sorted(file.orders, key=lambda row: standing_of(file, row) not in rules.STILL_COUNT)
    may = file.may_change
    url = reverse("prosecution:issue_order", args=[file.proceeding.id])
    return Section(
        _("Orders"),
        id="orders",
        column=2,
        rows=tuple(_order_row(file, row) for row in rows),
        empty=Empty(_("No order is written down."), _("Enter an order") if may else "", url if may else ""),
        link_label=_("Enter an order") if may and rows else "",
        link_url=url if may and rows else "",
    )


def orders_of_case(files: Sequence[File]) -> Section | None:
    """The orders of a case that stand, for its page; None where there is none."""
    rows = tuple(_order_row(file, row) for file in files for row, _stands in _counting(file))
    return Section(_("Orders"), id="orders", column=2, rows=rows) if rows else None


def _title(file: File, row: Order) -> Text:
    label = str(ORDER_LABELS[row.kind])
    accused, survivor = file.codes.get(row.accused_id), file.codes.get(row.person_id) if row.person_id else None
    about: tuple[Part, ...] = (label, Code(accused)) if accused else (label,)
    return (*about, _("for"), Code(survivor)) if survivor else about


def _days(row: Order) -> str:
    if row.until_on is None:
        return _("since %(day)s, without an end") % {"day": formats.day(row.from_on)}
    return _("from %(first)s until %(last)s") % {"first": formats.day(row.from_on), "last": formats.day(row.until_on)}


def _order_row(file: File, row: Order) -> Row:
    stands = standing_of(file, row)
    count = len(breaches_of(file, row))
    times = ngettext("breached once", "breached %(count)s times", count) % {"count": count} if count else ""
    conditions = text_of(file, row.id, "conditions")
    return Row(
        title=_title(file, row),
        url=reverse("prosecution:order", args=[row.id]),
        meta=" · ".join(filter(None, (_days(row), times))),
        lines=(conditions,) if conditions and stands in rules.STILL_COUNT else (),
        tag=Tag(STANDING_LABELS[stands], _TONES.get(stands, "")),
    )


# ---- the page of one order ---------------------------------------------------------------------------------


def order(actor: Actor, order_id: UUID) -> Sheet:
    """The page of an order: its terms, its breaches, and what came before and after it."""
    row = policy.load(actor, SEE, Order, order_id)
    head = cases.case_head(actor, row.case_id)
    file = load_file(actor, head, Proceeding.objects.get(pk=row.proceeding_id))
    stands = standing_of(file, row)
    return Sheet(
        title=ORDER_LABELS[row.kind],
        crumbs=(*crumbs(head), Crumb(_("Court"), reverse("prosecution:proceeding", args=[row.proceeding_id]))),
        code=Code(head.code, reverse("desk:case", args=[head.id])),
        kind=Name(head.beside_code),
        tags=(Tag(STANDING_LABELS[stands], _TONES.get(stands, "")),),
        lede_bold=_lede(row, stands),
        buttons=_buttons(file, row, stands) if head.state is not CaseState.CLOSED else (),
        sections=(_terms(file, row), _breach_section(file, row)),
    )


def _lede(row: Order, stands: Standing) -> str:
    if stands is Standing.ENDED and row.until_on:
        return _("Its last day was %(day)s. Was it prolonged?") % {"day": formats.day(row.until_on)}
    if row.mistake:
        return str(MISTAKE_LABELS[row.mistake])
    return ""


def _buttons(file: File, row: Order, stands: Standing) -> tuple[Button, ...]:
    moves = rules.ORDER_MOVES[OrderState(row.state)]

    def to(label: str, name: str, event: OrderEvent, may: bool, *, post: bool = False) -> Button | None:
        url = reverse(f"prosecution:{name}", args=[row.id])
        return Button(label, url, "quiet", post=post) if may and event in moves else None

    has_ended = stands is Standing.ENDED
    found = (
        to(_("It was breached"), "record_breach", OrderEvent.BREACH, file.may_watch),
        to(_("It was prolonged or varied"), "vary_order", OrderEvent.VARY, file.may_change),
        to(_("It was lifted"), "lift_order", OrderEvent.LIFT, file.may_change and not has_ended),
        to(_("It has ended"), "expire_order", OrderEvent.EXPIRE, file.may_watch and has_ended, post=True),
        to(_("It is still in force"), "bring_order_back", OrderEvent.BRING_BACK, file.may_change),
        to(_("It was entered by mistake"), "take_back_order", OrderEvent.TAKE_BACK, file.may_change),
    )
    return tuple(button for button in found if button is not None)


def _terms(file: File, row: Order) -> Section:
    people = ((_("Accused"), row.accused_id), (_("For whom"), row.person_id))
    facts = [Fact(label, Code(file.codes[key])) for label, key in people if key in file.codes]
    facts += [
        Fact(_("In force since") if row.from_on <= today() else _("In force from"), formats.day(row.from_on)),
        Fact(_("Last day"), formats.day(row.until_on) if row.until_on else _("Without an end")),
        Fact(_("Issued by"), _issued(file, row)),
    ]
    if row.ended_on and row.state in (OrderState.LIFTED, OrderState.VARIED):
        facts.append(Fact(STANDING_LABELS[Standing(row.state)], formats.day(row.ended_on)))
    for column, label in (("number", _("Number")), ("conditions", _("Conditions"))):
        text = text_of(file, row.id, column)
        facts += [Fact(label, Code(text) if column == "number" else text)] if text else []
    before = [one for one in file.orders if one.id == row.follows_id]
    after = [one for one in file.orders if one.follows_id == row.id and not one.mistake]
    for label, found in ((_("Before it"), before), (_("Its place took"), after)):
        facts += [Fact(label, Name(_days(one), url=reverse("prosecution:order", args=[one.id]))) for one in found]
    hidden = () if file.whole else (Withheld(_("Its conditions, and which court issued it")),)
    return Section(_("The order"), facts=tuple(facts), withheld=hidden)


def _issued(file: File, row: Order) -> Text:
    by = text_of(file, row.id, "issued_by")
    label = str(AGENCY_LABELS[row.authority])
    return (label, "·", Name(by)) if by else label


def _breach_section(file: File, row: Order) -> Section:
    found = [one for one in file.breaches if one.order_id == row.id]
    return Section(
        _("Breaches"),
        id="breaches",
        column=2,
        rows=tuple(_breach_row(file, one) for one in found),
        empty=Empty(_("No breach is known.")),
    )


def _breach_row(file: File, row: Breach) -> Row:
    what = text_of(file, row.id, "what")
    may = file.may_watch and not row.mistake
    lines: list[Text] = [what] if what else []
    if may:
        lines.append(Name(_("Write down the threat"), url=reverse("journeys:threat_of_breach", args=[row.id])))
    return Row(
        title=formats.day(row.on),
        lines=tuple(lines),
        meta=str(MISTAKE_LABELS[row.mistake]) if row.mistake else "",
        tag=Tag(STANDING_LABELS[Standing.MISTAKEN]) if row.mistake else Tag(_("Breach"), "danger"),
        action_label=_("By mistake?") if may else "",
        action_url=reverse("prosecution:take_back_breach", args=[row.id]) if may else "",
    )


# ---- for the desk ------------------------------------------------------------------------------------------


def order_notices(actor: Actor, case_id: UUID) -> tuple[Notice, ...]:
    """Orders that were breached, or have ended without a look, for the head of the case's page.

    Cost: none beside that of the court's sections.
    """
    files = files_of_case(actor, case_id) if policy.has(actor, SEE) else []
    said = {Standing.BREACHED: _("An order was breached."), Standing.ENDED: _("An order has ended.")}
    return tuple(
        Notice(
            _title(file, row),
            _TONES[stands],
            said[stands],
            Button(_("See the order"), reverse("prosecution:order", args=[row.id]), tone="quiet"),
        )
        for file in files
        for row, stands in _counting(file)
        if stands in said
    )


def order_marks(file: File) -> list[Moment]:
    """Orders as marks on the drawn case: their first and last days, and breaches."""
    found: list[Moment] = []
    for row in file.orders:
        if row.mistake:
            continue
        url, label = reverse("prosecution:order", args=[row.id]), str(ORDER_LABELS[row.kind])
        found.append(Moment(TrackKind.ACCOUNTABILITY, row.from_on, _("order"), label, "decision", url))
        last = row.ended_on or row.until_on
        if last and row.state != OrderState.VARIED:
            kind = _("The last day: %(order)s") % {"order": label}
            is_ahead = last > today()
            found.append(
                Moment(TrackKind.ACCOUNTABILITY, last, _("order ends"), kind, "open" if is_ahead else "done", url)
            )
        for one in breaches_of(file, row):
            said = _("Breach: %(order)s") % {"order": label}
            found.append(Moment(TrackKind.ACCOUNTABILITY, one.on, _("breach"), said, "decision", url))
    return found


_ENDING = OfReader(
    WATCH,
    Order,
    lambda rows, until: (
        rows.filter(state=OrderState.IN_FORCE, until_on__lte=until)
        .exclude(case__state=CaseState.CLOSED)
        .order_by("until_on", "id")[:MOST]
    ),
    DAY,
)


def orders_due(actor: Actor, until: date) -> list[Due]:
    """Orders that have ended and nobody looked at, and those that end soon, as settings say. Cost: two queries."""
    if not policy.has(actor, WATCH):
        return []
    rows = _ENDING.rows(actor, until + timedelta(days=staff.order_ending_days()))
    heads = cases.heads(actor, [row.case_id for row in rows])
    now = today()
    found = []
    for row in rows:
        head = heads.get(row.case_id)
        if head is None:
            continue
        ended = rules.has_ended(row.until_on, now)
        title = _("An order has ended: %(order)s") if ended else _("An order ends: %(order)s")
        url = reverse("prosecution:order", args=[row.id])
        said = title % {"order": ORDER_LABELS[row.kind]}
        found.append(Due(row.until_on, said, Code(head.code), url, _("Open"), "late" if ended else "soon", head.id))
    return found


def ended_orders(case_id: UUID) -> int:
    """How many orders of a case have ended and nobody looked at; for who closes the case."""
    return Order.objects.filter(case_id=case_id, state=OrderState.IN_FORCE, until_on__lt=today()).count()
