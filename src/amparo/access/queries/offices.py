"""Offices."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from amparo.access.models import Office


@dataclass(frozen=True, slots=True)
class OfficeView:
    id: UUID
    name: str
    district: str
    time_zone: str
    calling_code: str
    version: int


def offices() -> list[OfficeView]:
    return [_office(row) for row in Office.objects.filter(closed_at=None).order_by("district", "name")]


def office(office_id: UUID) -> OfficeView:
    return _office(Office.objects.get(pk=office_id))


def _office(row: Office) -> OfficeView:
    return OfficeView(row.id, row.name, row.district, row.time_zone, row.calling_code, row.version)
