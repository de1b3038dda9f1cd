"""One reader before one report: what she sees, may do, and how it is said to her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from amparo.access.actors import Actor
from amparo.intake import rules
from amparo.intake.models import Report
from amparo.intake.queries.reports import allows
from amparo.intake.queries.windows import Desk
from amparo.intake.rules import Known
from amparo.intake.words import OPEN_STATES
from amparo.kernel.dates import PartialTime
from amparo.kernel.text import shown
from amparo.kernel.words import Sight
from amparo.vault.sealing import Opened
from amparo.web import formats


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader before one report; everything that the page needs was fetched at once."""

    actor: Actor
    row: Report
    desk: Desk
    sight: Sight
    words: Opened
    names: Mapping[UUID, str]

    def may(self, permission: str) -> bool:
        return allows(self.actor, permission, self.row)

    @property
    def is_open(self) -> bool:
        return self.row.state in OPEN_STATES

    def text(self, column: str) -> str:
        return shown(self.words.text(column))

    def name(self, account: UUID | None) -> str:
        return self.names.get(account, "") if account else ""

    def when(self, moment: datetime | None) -> str:
        return formats.when(moment, self.desk.now, self.desk.zone) if moment else ""


def joined(*parts: str) -> str:
    """The parts that say something, in one line."""
    return ", ".join(part for part in parts if part)


def incident_of(row: Report, zone: ZoneInfo) -> PartialTime | None:
    """When it happened, as exactly as it is known."""
    return rules.incident_again(row.incident_at, Known(row.incident_known), row.incident_about, zone)
