"""How rows of kits are found and loaded, and what stands beside them in other rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.evidence import queries as evidence
from amparo.evidence.rules import Chain, seal_key
from amparo.evidence.words import State as ItemState
from amparo.kernel import clock
from amparo.kernel.errors import NotFound
from amparo.kits.models import Kit, KitStep, LabRequest, OwnNumber, UsedKit
from amparo.kits.rules import alarms, path
from amparo.kits.words import Kind, State, Touch
from amparo.partners import queries as partners
from amparo.partners.words import EXAMINING, FacilityKind
from amparo.staff import queries as staff
from amparo.vault import tokens

SEE = "kits:kit:see"
# Who outside had it, where, on what paper and why.
WORDS = "kits:words:read"
GIVE = "kits:kit:give"
KEEP = "kits:kit:keep"
TELL = "kits:kit:tell"
USE = "kits:kit:use"
COUNT = "kits:kit:count"
CHOICE = "kits:choice:record"
STATUS = "kits:status:see"
ISSUE = "kits:number:issue"
STOCK = "kits:stock:see"
MANAGE = "kits:stock:manage"
REQUEST = "kits:request:see"
ASK = "kits:request:change"
RESULT = "kits:result:see"
RECORD = "kits:result:record"


def limits() -> alarms.Limits:
    """The days of the organisation's settings. Cost: one query."""
    held = staff.kit_alarms()
    return alarms.Limits(held.picked_up_days, held.sent_days, held.result_days, held.ending_days, held.expiry_days)


def local_day(at: datetime) -> date:
    """The day of a moment where the reader's office is."""
    return at.astimezone(timezone.get_current_timezone()).date()


def serial_token(serial: str) -> int:
    return tokens.token("kits.serial", seal_key(serial))


def number_hash(number: str) -> str:
    """What is stored in the place of a survivor's number."""
    return tokens.long_token("kits.number", number)


def load_stock(actor: Actor, permission: str, kit_id: UUID) -> Kit:
    """A kit as stock. Raises NotFound, Refused."""
    return policy.load(actor, permission, Kit, kit_id, seen_by=STOCK)


def load_used(actor: Actor, permission: str, kit_id: UUID) -> UsedKit:
    """A used kit by the id of the kit. Raises NotFound, Refused."""
    row = UsedKit.objects.filter(kit_id=kit_id).first()
    if row is None:
        raise NotFound(permission=permission)
    policy.check(actor, permission, row, seen_by=SEE)
    return row


def load_request(actor: Actor, permission: str, request_id: UUID) -> LabRequest:
    """A request to a laboratory. Raises NotFound, Refused."""
    return policy.load(actor, permission, LabRequest, request_id, seen_by=REQUEST)


def live_number(used: UsedKit) -> OwnNumber | None:
    return OwnNumber.objects.filter(used_id=used.id, ended_at=None).first()


def stand_of(used: UsedKit) -> path.Stand:
    """How a used kit stands, from its columns; a test holds them to its steps."""
    return path.Stand(
        state=State(used.state),
        seq=used.last_seq,
        last_at=used.last_at,
        reported_on=used.reported_on,
        until=used.until,
        used_at=used.used_at,
        picked_up_at=used.picked_up_at,
        sent_at=used.sent_at,
        completed_at=used.completed_at,
        laboratory=used.laboratory_id,
    )


def days_of(used: UsedKit) -> alarms.Days:
    return alarms.Days(State(used.state), used.reported_on, used.sent_on, used.until, used.limitation_on)


@dataclass(frozen=True, slots=True)
class InCustody:
    """The item of a kit in its chain of custody; `ours` where a step of the kit asked that it must be kept."""

    code: str
    chain: Chain
    ours: bool

    def held_by(self, account: UUID) -> path.Held:
        holder = self.chain.holder
        return path.Held(
            state=ItemState(self.chain.state),
            mine=holder is not None and holder.account == account,
            seal=self.chain.seal,
            kept=self.ours and self.chain.holds > 0,
        )


def in_custody(actor: Actor, used: UsedKit) -> InCustody:
    """The chain of the kit's item, for who sees the kit. Cost: four queries."""
    item = evidence.load_item(actor, "evidence:item:see", used.item_id)
    ours = KitStep.objects.filter(used_id=used.id, kind=Kind.RETAIN, custody_seq__isnull=False).exists()
    return InCustody(item.code, evidence.chain_of(item), ours)


def permission_for(kind: Kind, touch: Touch) -> str:
    """What somebody needs to record a step, by what it does to the chain of custody."""
    if kind is Kind.REPORT:
        return CHOICE
    if touch is Touch.GIVE or kind is Kind.PROLONG:
        return GIVE
    if touch is Touch.NOTHING and kind is not Kind.RETAIN:
        return TELL
    return KEEP


Choices = list[tuple[str, str]]


def facility_choices(actor: Actor) -> Choices:
    """Where examinations are made. Cost: two queries."""
    return partners.facility_choices(actor, kinds=EXAMINING)


def laboratory_choices(actor: Actor) -> Choices:
    """Laboratories. Cost: two queries."""
    return partners.facility_choices(actor, kinds=(FacilityKind.LABORATORY,))


def facility_names(ids: Sequence[UUID | None]) -> dict[UUID, str]:
    """Names of facilities and laboratories; the caller has asked the policy for what names them."""
    return partners.names_of({key for key in ids if key is not None})


def today() -> date:
    return clock.today()
