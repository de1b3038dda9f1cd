"""What the forms of the court room are filled with, and where they lead back to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.cases.words import PartyRole
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment, Sight
from amparo.partners import queries as partners
from amparo.prosecution.models import (
    Appearance,
    Breach,
    Charge,
    Compensation,
    Exhibit,
    Hearing,
    Order,
    Proceeding,
    Sentence,
    SpecialMeasure,
    StageReached,
    Verdict,
)
from amparo.prosecution.queries.corrections import result_of, terms_of_sentence
from amparo.prosecution.queries.exhibits import words_of_exhibit
from amparo.prosecution.queries.file import (
    CHANGE,
    EXHIBIT_CHANGE,
    EXHIBIT_SEE,
    HEARING_CHANGE,
    HEARING_SEE,
    ORDER_WORDS,
    PLACES,
    PROCEEDING_WORDS,
    SEE,
    TELL,
    WATCH,
    crumbs,
    local_day,
    money,
    room_crumbs,
    today,
)
from amparo.prosecution.words import (
    MEASURE_LABELS,
    ORDER_LABELS,
    OUTCOME_LABELS,
    PURPOSE_LABELS,
    STAGE_LABELS,
    TYPED_STAGES,
    ChargeState,
    ExhibitState,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import (
    Crumb,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as its form shows it, and where the form leads back to."""

    head: CaseHead
    back: str
    crumbs: tuple[Crumb, ...]
    version: int
    values: Mapping[str, object]
    lede: str = ""


def new_for(actor: Actor, case_id: UUID) -> Opened:
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, CHANGE, head.part(Compartment.LEGAL))
    return Opened(head, reverse("prosecution:case", args=[case_id]), room_crumbs(head), 0, {})


def proceeding_for(actor: Actor, permission: str, proceeding_id: UUID) -> Opened:
    row = policy.load(actor, permission, Proceeding, proceeding_id, seen_by=SEE)
    words = sealing.open_row(row, *PROCEEDING_WORDS)
    values: dict[str, object] = {name: words.text(name) for name in PROCEEDING_WORDS}
    values |= {"agency_kind": row.agency_kind, "complaint_on": row.complaint_on}
    values |= {name: UUID(words.text(name)) if words.text(name) else None for name in PLACES}
    return _opened(actor, row.case_id, row.id, row.version, values)


def _opened(
    actor: Actor,
    case_id: UUID,
    proceeding_id: UUID,
    version: int,
    values: Mapping[str, object],
    lede: str = "",
    back: str = "",
) -> Opened:
    head = cases.case_head(actor, case_id)
    url = reverse("prosecution:proceeding", args=[proceeding_id])
    return Opened(head, back or url, (*crumbs(head), Crumb(_("Court"), url)), version, values, lede)


def place_choices(actor: Actor, *present: object) -> list[tuple[str, str]]:
    """Agencies and units of the directory, as choices; with what was chosen before, though it works no more."""
    found = [*partners.agency_choices(actor), *partners.unit_choices(actor)]
    before = partners.bodies_of([key for key in present if isinstance(key, UUID)])
    listed = {key for key, _name in found}
    return found + [(str(key), place.name) for key, place in before.items() if str(key) not in listed]


def court_called(opened: Opened) -> str:
    """What the court of an opened proceeding is called."""
    key = opened.values["court_place"]
    place = partners.bodies_of([key]).get(key) if isinstance(key, UUID) else None
    return str(opened.values["court"] or (place.name if place else ""))


def open_stages(proceeding_id: UUID) -> list[tuple[str, str]]:
    """Stages that may still be written down, as choices; the caller has asked the policy."""
    reached = set(StageReached.objects.filter(proceeding_id=proceeding_id).values_list("stage", flat=True))
    return [(stage.value, str(STAGE_LABELS[stage])) for stage in TYPED_STAGES if stage not in reached]


def charge_for(actor: Actor, charge_id: UUID) -> tuple[Opened, ChargeState]:
    row = policy.load(actor, "prosecution:charge:change", Charge, charge_id, seen_by="prosecution:charge:see")
    section = sealing.open_row(row, "section").text("section")
    values = {"section": section, "counts": row.counts, "on": today()}
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, section), ChargeState(row.state)


def hearing_for(actor: Actor, permission: str, hearing_id: UUID) -> Opened:
    row = policy.load(actor, permission, Hearing, hearing_id, seen_by=HEARING_SEE)
    values: dict[str, object] = {"listed_at": row.listed_at, "purpose": row.purpose}
    head = cases.case_head(actor, row.case_id)
    if policy.sight(actor, Compartment.LEGAL, head.subject) is Sight.FULL:
        words = sealing.open_row(row, "court", "judge")
        values |= {"court": words.text("court"), "judge": words.text("judge")}
    moment = formats.moment(row.listed_at, timezone.get_current_timezone())
    lede = _("%(purpose)s, %(moment)s") % {"purpose": PURPOSE_LABELS[row.purpose], "moment": moment}
    back = reverse("prosecution:hearing", args=[row.id])
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, lede, back)


def words_of_hearing(row: Hearing) -> dict[str, str]:
    """Court and judge of a hearing, for the next one that it leads to; the caller has asked the policy."""
    words = sealing.open_row(row, "court", "judge")
    return {"court": words.text("court"), "judge": words.text("judge")}


def survivor_choices(actor: Actor, hearing_id: UUID) -> tuple[list[tuple[str, str]], list[str]]:
    """Survivors of a hearing, as choices; and those who last said that they want no news."""
    row = policy.load(actor, HEARING_CHANGE, Hearing, hearing_id, seen_by=HEARING_SEE)
    found = survivors_of_hearing(actor, row)
    return [(str(key), code) for key, code in found], [str(key) for key in without_news(row.case_id)]


def survivors_of_hearing(actor: Actor, row: Hearing) -> list[tuple[UUID, str]]:
    """Whom a hearing concerns now, and who is written down as having come, though she has left the case since."""
    parties = cases.parties(actor, row.case_id, [PartyRole.SURVIVOR])
    concerned = concerned_now(actor, row)
    came = set(Appearance.objects.filter(hearing=row).values_list("person_id", flat=True))
    codes = {one.person_id: one.code for one in parties if one.person_id in concerned | came}
    return list(codes.items())


def concerned_now(actor: Actor, row: Hearing) -> set[UUID]:
    """The survivors whom a hearing concerns, of those who are in the case now."""
    return concerned_by(actor, row.case_id, [row.proceeding_id])[row.proceeding_id]


def concerned_by(actor: Actor, case_id: UUID, proceeding_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Of those who are in the case now, whom each proceeding is about: the survivors of its charges, or all.

    Cost: those of parties, and one query.
    """
    parties = cases.parties(actor, case_id, [PartyRole.SURVIVOR])
    present = {one.person_id for one in parties if one.left_on is None}
    named: dict[UUID, set[UUID]] = {key: set() for key in proceeding_ids}
    charges = Charge.objects.filter(proceeding_id__in=named, survivor__isnull=False)
    for proceeding, survivor in charges.values_list("proceeding_id", "survivor_id"):
        named[proceeding].add(survivor)
    return {key: present & hers if hers else set(present) for key, hers in named.items()}


def without_news(case_id: UUID) -> set[UUID]:
    """Survivors who said at the latest hearing that they want no news of the court."""
    latest: dict[UUID, bool] = {}
    for person, wants in (
        Appearance.objects.filter(case_id=case_id)
        .order_by("hearing__listed_at", "id")
        .values_list("person_id", "wants_news")
    ):
        latest[person] = wants
    return {person for person, wants in latest.items() if not wants}


def telling_for(actor: Actor, appearance_id: UUID) -> Opened:
    row = policy.load(actor, TELL, Appearance, appearance_id, seen_by=HEARING_SEE)
    listed = Hearing.objects.get(pk=row.hearing_id)
    codes = {p.person_id: p.code for p in cases.parties(actor, row.case_id, [PartyRole.SURVIVOR])}
    lede = _("%(code)s, about %(day)s") % {
        "code": codes.get(row.person_id, ""),
        "day": formats.day(local_day(listed.listed_at)),
    }
    return _opened(actor, row.case_id, listed.proceeding_id, row.version, {"on": today()}, lede)


def exhibit_for(actor: Actor, exhibit_id: UUID) -> tuple[Opened, ExhibitState]:
    row = policy.load(actor, EXHIBIT_CHANGE, Exhibit, exhibit_id, seen_by=EXHIBIT_SEE)
    words = words_of_exhibit(row)
    values = {"mark": words.mark, "objections": words.objections, "on": today()}
    back = reverse("prosecution:exhibit", args=[row.id])
    opened = _opened(actor, row.case_id, row.proceeding_id, row.version, values, words.mark, back)
    return opened, ExhibitState(row.state)


def measure_for(actor: Actor, measure_id: UUID) -> Opened:
    row = policy.load(actor, CHANGE, SpecialMeasure, measure_id, seen_by=SEE)
    lede = str(MEASURE_LABELS[row.measure])
    return _opened(actor, row.case_id, row.proceeding_id, row.version, {"on": today()}, lede)


def result_for(actor: Actor, hearing_id: UUID) -> Opened:
    """A hearing that is over, with what is written down of it, for who puts it right."""
    row = policy.load(actor, HEARING_CHANGE, Hearing, hearing_id, seen_by=HEARING_SEE)
    values = result_of(row)
    values |= {name: [str(key) for key in keys] for name, keys in values.items() if isinstance(keys, frozenset)}
    back = reverse("prosecution:hearing", args=[row.id])
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, str(PURPOSE_LABELS[row.purpose]), back)


def sentence_for(actor: Actor, sentence_id: UUID) -> Opened:
    row = policy.load(actor, "prosecution:charge:change", Sentence, sentence_id, seen_by="prosecution:charge:see")
    opened = verdict_for(actor, row.verdict_id)
    return replace(opened, version=row.version, values=terms_of_sentence(row))


def order_for(actor: Actor, permission: str, order_id: UUID) -> Opened:
    """An order as its forms show it; its words only for who may change it, who sees them whole."""
    row = policy.load(actor, permission, Order, order_id, seen_by=SEE)
    values: dict[str, object] = {"on": today()}
    if permission == CHANGE:
        words = sealing.open_row(row, *ORDER_WORDS)
        values |= {name: words.text(name) for name in ORDER_WORDS}
        values |= {"authority": row.authority, "from_on": today()}
    back = reverse("prosecution:order", args=[row.id])
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, str(ORDER_LABELS[row.kind]), back)


def breach_for(actor: Actor, breach_id: UUID) -> Opened:
    row = policy.load(actor, WATCH, Breach, breach_id, seen_by=SEE)
    order = Order.objects.get(pk=row.order_id)
    back = reverse("prosecution:order", args=[order.id])
    lede = _("%(order)s, %(day)s") % {"order": ORDER_LABELS[order.kind], "day": formats.day(row.on)}
    return _opened(actor, row.case_id, order.proceeding_id, row.version, {}, lede, back)


@dataclass(frozen=True, slots=True)
class BreachTold:
    """What a breach says that a threat says too; `what` only for who wrote it or reads the law of the case whole."""

    case_id: UUID
    accused_id: UUID
    person_id: UUID | None
    on: date
    what: str
    back: str


def breach_told(actor: Actor, breach_id: UUID) -> BreachTold:
    """A breach that counts, for whoever writes down the threat that it is. Raises NotFound, Refused."""
    row = policy.load(actor, WATCH, Breach, breach_id, seen_by=SEE)
    if row.mistake:
        raise NotFound
    order = Order.objects.get(pk=row.order_id)
    whole = policy.sight(actor, Compartment.LEGAL, policy.subject_of(row)) is Sight.FULL
    what = sealing.open_row(row, "what").text("what") if whole or row.created_by == actor.account_id else ""
    back = reverse("prosecution:order", args=[order.id])
    return BreachTold(row.case_id, order.accused_id, order.person_id, row.on, what, back)


def compensation_for(actor: Actor, compensation_id: UUID) -> Opened:
    row = policy.load(actor, CHANGE, Compensation, compensation_id, seen_by=SEE)
    names = ("ordered", "paid", "currency", "ordered_on", "paid_on")
    values = {name: getattr(row, name) for name in names} | {"amount": max(row.ordered - row.paid, 0), "on": today()}
    return _opened(actor, row.case_id, row.proceeding_id, row.version, values, money(row.ordered, row.currency))


def verdict_for(actor: Actor, verdict_id: UUID) -> Opened:
    row = policy.load(actor, "prosecution:charge:change", Verdict, verdict_id, seen_by="prosecution:charge:see")
    charge = Charge.objects.get(pk=row.charge_id)
    back = reverse("prosecution:verdict", args=[row.id])
    values = {"on": today()}
    return _opened(
        actor, row.case_id, charge.proceeding_id, row.version, values, str(OUTCOME_LABELS[row.outcome]), back
    )
