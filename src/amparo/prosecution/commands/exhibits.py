"""Items of evidence as exhibits of a proceeding, and to whom they were disclosed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.evidence import commands as evidence
from amparo.evidence import queries as items
from amparo.evidence.errors import WaitsForHer
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.prosecution import queries, rules
from amparo.prosecution.commands.reach import open_head
from amparo.prosecution.errors import AlreadyAnExhibit, ConsentMissing, ItemEnded, NotAnItemHere
from amparo.prosecution.models import DisclosureEntry, Exhibit, Proceeding
from amparo.prosecution.words import ExhibitEvent, ExhibitState, Ground, Protected, Toward


@command
def propose_exhibit(*, actor: Actor, proceeding_id: UUID, item_id: UUID, on: date, mark: str = "") -> UUID:
    """Write down that an item of the case shall be used in court. **Needs** prosecution:exhibit:change.

    **Ledger** exhibit.proposed. Raises NotAnItemHere, ItemEnded, WaitsForHer, AlreadyAnExhibit, InFuture.
    """
    row = policy.load(actor, queries.EXHIBIT_CHANGE, Proceeding, proceeding_id, seen_by=queries.SEE)
    open_head(actor, row.case_id)
    item = next((line for line in items.items_of_case(actor, row.case_id) if line.id == item_id), None)
    if item is None:
        raise NotAnItemHere(field="item_id")
    if item.has_ended:
        raise ItemEnded(field="item_id")
    _refuse_while_she_decides(row.case_id, item_id)
    rules.refuse_future(on, queries.today())
    if Exhibit.objects.filter(proceeding=row, item_id=item_id).exclude(state=ExhibitState.WITHDRAWN).exists():
        raise AlreadyAnExhibit
    exhibit = Exhibit(case_id=row.case_id, office_id=row.office_id, proceeding=row, item_id=item_id, since_on=on)
    writing.insert(exhibit, mark=mark)
    writing.note(
        Verb.EXHIBIT_PROPOSED, subject=exhibit.id, case=row.case_id, office=row.office_id, facts={"item": item_id}
    )
    return exhibit.id


@command
def move_exhibit(
    *, actor: Actor, exhibit_id: UUID, event: ExhibitEvent, on: date, mark: str = "", objections: str = ""
) -> UUID:
    """Write down what the court did with an exhibit; that it was shown there goes into its chain of custody too.

    **Needs** prosecution:exhibit:change, to tender it also evidence:custody:record. **Ledger** exhibit.moved, and
    custody.recorded. Raises ExhibitMoveRefused, MarkMissing, ObjectionMissing, ExhibitTooEarly, InFuture, and what the
    rules of custody raise.
    """
    row = _exhibit_for(actor, exhibit_id)
    known = queries.words_of_exhibit(row)
    before = ExhibitState(row.state)
    after = rules.next_exhibit_state(before, event)
    rules.check_exhibit_move(event, mark or known.mark, objections)
    _check_day(row, on)
    mark = mark or known.mark
    writing.update(row, state=after, since_on=on, mark=mark, objections=objections or known.objections)
    if event is ExhibitEvent.TENDER:
        evidence.show_in_court(actor=actor, item_id=row.item_id, at=_moment(on), mark=mark)
    facts = {"from": before, "to": after}
    writing.note(Verb.EXHIBIT_MOVED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return row.id


@dataclass(frozen=True, slots=True)
class Rests:
    """On what a disclosure rests: the order or the section by name, or a consent."""

    ground: Ground
    order: str = ""
    basis_id: UUID | None = None


@command
def disclose(
    *, actor: Actor, exhibit_id: UUID, toward: Toward, rests: Rests, on: date, to_whom: str = "", version: str = ""
) -> UUID:
    """Write down that a side was given an exhibit, and which version of a file: by its fingerprint.

    Without `version` it is the file as it is held. **Needs** prosecution:exhibit:change. **Ledger** exhibit.disclosed.
    Raises GroundMissing, ConsentMissing, MustNotBeGiven, FingerprintWrong, ExhibitMoveRefused, ExhibitTooEarly,
    InFuture, WaitsForHer.
    """
    row = _exhibit_for(actor, exhibit_id)
    _refuse_while_she_decides(row.case_id, row.item_id)
    last = rules.latest_toward(queries.entries_of(row)).get(toward)
    rules.check_disclosure(rests.ground, rests.order, rests.basis_id is not None, last)
    basis_id = rests.basis_id if rests.ground is Ground.CONSENT else None
    if basis_id is not None and str(basis_id) not in dict(queries.consents_for_court(actor, row.case_id)):
        raise ConsentMissing(field="basis_id")
    version = rules.fingerprint(version) or items.fingerprint_of(actor, row.item_id)
    rules.refuse_future(on, queries.today())
    before = ExhibitState(row.state)
    after = rules.after_disclosure(before)
    entry = DisclosureEntry(
        case_id=row.case_id,
        office_id=row.office_id,
        exhibit=row,
        toward=toward,
        on=on,
        ground=rests.ground,
        basis_id=basis_id,
    )
    writing.insert(entry, to_whom=to_whom, order=rests.order, version_hash=version)
    if after is not before:
        rules.refuse_before(on, row.since_on)
        writing.update(row, state=after, since_on=on)
    facts = {"toward": toward, "ground": rests.ground, "consent": basis_id}
    writing.note(Verb.EXHIBIT_DISCLOSED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return entry.id


@command
def protect(*, actor: Actor, exhibit_id: UUID, toward: Toward, why: Protected, on: date, order: str = "") -> UUID:
    """Write down that a side must not have an exhibit: from then on only an order of the court opens it.

    **Needs** prosecution:exhibit:change. **Ledger** exhibit.protected. Raises AlreadyDisclosed, InFuture.
    """
    row = _exhibit_for(actor, exhibit_id)
    rules.refuse_given(rules.latest_toward(queries.entries_of(row)).get(toward))
    rules.refuse_future(on, queries.today())
    entry = DisclosureEntry(
        case_id=row.case_id, office_id=row.office_id, exhibit=row, toward=toward, on=on, protected=why
    )
    writing.insert(entry, order=order)
    facts = {"toward": toward, "reason": why}
    writing.note(Verb.EXHIBIT_PROTECTED, subject=row.id, case=row.case_id, office=row.office_id, facts=facts)
    return entry.id


def _exhibit_for(actor: Actor, exhibit_id: UUID) -> Exhibit:
    row = policy.load(actor, queries.EXHIBIT_CHANGE, Exhibit, exhibit_id, seen_by=queries.EXHIBIT_SEE)
    open_head(actor, row.case_id)
    return row


def _refuse_while_she_decides(case_id: UUID, item_id: UUID) -> None:
    """Raises WaitsForHer: what a survivor has not released goes to no side, whatever rests on it."""
    if item_id in items.waiting_in_case(case_id):
        raise WaitsForHer


def _check_day(row: Exhibit, on: date) -> None:
    rules.refuse_future(on, queries.today())
    rules.refuse_before(on, row.since_on)


def _moment(on: date) -> datetime | None:
    """The middle of a day, as the court's hours are not written down; nothing for today, which is now."""
    if on == queries.today():
        return None
    return datetime.combine(on, time(12), timezone.get_current_timezone())
