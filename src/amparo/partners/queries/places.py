"""Districts: written by people, compared folded, found by a blind token."""

from __future__ import annotations

from django.db.models import QuerySet

from amparo.partners import rules
from amparo.partners.models import Agency, Facility
from amparo.vault import sealing, tokens


def district_token(written: str) -> int | None:
    """The blind token of a district; None where none was written."""
    folded = rules.folded_district(written)
    return tokens.token("partners.district", folded) if folded else None


def districts_of(rows: QuerySet[Agency] | QuerySet[Facility]) -> dict[int, str]:
    """Every district that occurs in these rows, by its token, as one of them writes it. Cost: three queries."""
    known = rows.exclude(district_token=None)
    newest = dict(known.order_by("id").values_list("district_token", "id"))
    shown: list[Agency | Facility] = list(known.filter(pk__in=list(newest.values())))
    opened = sealing.open_rows(shown, "district")
    return {
        row.district_token: words.text("district")
        for row, words in zip(shown, opened, strict=True)
        if row.district_token is not None
    }
