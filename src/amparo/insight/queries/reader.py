"""A reader with her choice: what she may be shown of a number, and where its rows are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar, cast
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.aftercare.words import CLIENT_LABELS, DOMAIN_LABELS
from amparo.cases import queries as cases
from amparo.insight.queries import counting
from amparo.insight.queries.blocks import Cell, counted, few
from amparo.insight.queries.counting import Chosen, Reach
from amparo.insight.rules.lines import place_code
from amparo.insight.rules.periods import Span, span_of
from amparo.insight.words import BAND_LABELS, ENDING_LABELS, GROUP_LABELS, RESULT_LABELS, AgeGroup, Labels
from amparo.insight.words.registry import Indicator, Selection, Waiting
from amparo.intake.words import CHANNEL_LABELS, DECLINE_LABELS, LACK_LABELS
from amparo.intake.words import STATE_LABELS as REPORT_LABELS
from amparo.investigations.words import ATTRIBUTION_LABELS
from amparo.partners import queries as partners
from amparo.prosecution.words import ADJOURN_LABELS, SIDE_LABELS
from amparo.strengthening.words import ITEM_LABELS
from amparo.training.words import AUDIENCE_LABELS
from amparo.web import formats

_APPEARED: Labels = {
    "testified": gettext_lazy("She gave evidence"),
    "came": gettext_lazy("She came, and was not heard"),
}
_KITS: Labels = {
    "unsent": gettext_lazy("Not sent"),
    "sent": gettext_lazy("Sent to the laboratory"),
    "completed": gettext_lazy("The result is there"),
}


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks at figures."""

    actor: Actor
    chosen: Chosen
    reach: Reach
    # What was counted for this page already: the sentence above it and its blocks ask for the same.
    _known: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def exact(self) -> bool:
        return self.reach.exact

    def count(self, selection: Selection) -> int:
        """How many lines there are; asked of the database once."""
        return self.once(("count", selection), lambda: counting.count(selection, self.chosen, self.reach))

    def waits(self, measure: Waiting) -> list[tuple[int, bool, int]]:
        """How long people waited, as a tally; asked of the database once."""
        return self.once(("waits", measure), lambda: counting.waits(measure, self.chosen, self.reach))

    def once(self, key: object, ask: Callable[[], T]) -> T:
        """What was asked for already on this page, or is asked for now."""
        if key not in self._known:
            self._known[key] = ask()
        return cast("T", self._known[key])

    def tally(self, selection: Selection, *columns: str) -> dict[tuple[object, ...], int]:
        """How many lines there are in each group; asked of the database once."""
        key = ("tally", selection, columns)
        return self.once(key, lambda: counting.tally(selection, self.chosen, self.reach, columns))

    def cell(self, value: int, url: str = "", *, hide: bool = False) -> Cell:
        """A number, or that it is hidden; linked with its rows."""
        if hide or (not self.exact and value < self.reach.least):
            return few()
        return counted(value, url)

    def parts(self, part: int, whole: int) -> bool:
        """Whether a share may be shown: both those in it and those not in it are enough."""
        return self.exact or (part >= self.reach.least and whole - part >= self.reach.least) or whole == 0

    def query(self, **more: str) -> str:
        """The reader's choice as it stands in an address: codes and ids of offices, nothing of anybody."""
        chosen = self.chosen
        asked = {
            "period": chosen.period,
            "first": chosen.span.first.isoformat() if chosen.span.first and not chosen.period else "",
            "last": chosen.span.last.isoformat() if chosen.span.last and not chosen.period else "",
            "office": str(chosen.office or ""),
            "district": chosen.district,
            "type": chosen.type,
            "programme": chosen.programme,
            "group": chosen.group,
            "attribution": chosen.attribution,
            "unit": str(chosen.unit or ""),
            **more,
        }
        # A group of those of whom nothing is noted is asked for by a hyphen: an empty word would leave no trace.
        kept = {name: value or "-" for name, value in asked.items() if value or (name in more and name in _GROUPS)}
        if "district" in kept:
            kept["district"] = place_code(kept["district"])
        return f"?{urlencode(kept)}" if kept else ""

    def between(self, first: date, last: date) -> Reader:
        """The same reader with what of her period lies between two days."""
        span = self.chosen.span
        first = max(first, span.first) if span.first else first
        last = min(last, span.last) if span.last else last
        return replace(self, chosen=replace(self.chosen, period="", span=Span(first, last)), _known={})

    def in_year(self, year: int) -> Reader:
        """The same reader with what of her period lies in a year."""
        if self.chosen.span != Span():
            return self.between(date(year, 1, 1), date(year, 12, 31))
        return replace(self, chosen=replace(self.chosen, period=str(year), span=span_of(str(year))), _known={})

    def rows_url(self, indicator: Indicator, **more: str) -> str:
        return reverse("insight:rows", args=[indicator.id]) + self.query(**more)

    def indicator_url(self, indicator: Indicator) -> str:
        return reverse("insight:indicator", args=[indicator.id]) + self.query()

    def overline(self) -> str:
        """Whose figures these are, of which time, and as of when."""
        parts = [self._where(), self._when(), *self._narrowed(), self._as_of()]
        return " · ".join(part for part in parts if part)

    def _where(self) -> str:
        offices = {one.id: one.name for one in access.offices()}
        if self.chosen.office is not None:
            return offices.get(self.chosen.office, "")
        if self.chosen.district:
            return self.chosen.district
        if self.reach.offices is None:
            return _("All offices")
        return ", ".join(sorted(offices.get(office, "") for office in self.reach.offices))

    def _when(self) -> str:
        span = self.chosen.span
        if span.first is None and span.last is None:
            return _("All time")
        return said_span(span)

    def _narrowed(self) -> list[str]:
        chosen = self.chosen
        found = []
        if chosen.type:
            found.append(label_of("type", chosen.type))
        if chosen.programme:
            found.append(cases.programme_said(chosen.programme))
        if chosen.group:
            found.append(_("survivor: %(age)s") % {"age": GROUP_LABELS[AgeGroup(chosen.group)]})
        if chosen.attribution:
            found.append(label_of("attribution", chosen.attribution))
        if chosen.unit:
            found.append(partners.names_of([chosen.unit]).get(chosen.unit, ""))
        return found

    def _as_of(self) -> str:
        if self.reach.as_of is None:
            return _("nothing is counted yet")
        moment = formats.moment(self.reach.as_of, timezone.get_current_timezone())
        return _("as of %(moment)s, entry %(entry)s of the ledger") % {"moment": moment, "entry": self.reach.entries}


_GROUPS = ("code", "party")


def said_span(span: Span) -> str:
    """A period in words."""
    if span.first and span.last and span.first.year == span.last.year and span.days in (365, 366):
        return str(span.first.year)
    if span.first and span.last:
        return _("%(first)s to %(last)s") % {
            "first": formats.short_day_and_year(span.first),
            "last": formats.short_day_and_year(span.last),
        }
    only: date | None = span.first or span.last
    return formats.short_day_and_year(only) if only else ""


def labels_of(indicator: Indicator) -> Labels:
    """The code list by which the rows of an indicator are split: every code, so that one that is missing tells
    nothing."""
    split = indicator.split
    if indicator.id in _SPLITS:
        return _SPLITS[indicator.id]
    return labels_in(split)


_COLUMNS: dict[str, Labels] = {
    "attribution": dict(ATTRIBUTION_LABELS),
    "ending": dict(ENDING_LABELS),
    "band": dict(BAND_LABELS),
    "result": dict(RESULT_LABELS),
}
_SPLITS: dict[str, Labels] = {
    "in-aftercare": dict(CLIENT_LABELS),
    "trained": dict(AUDIENCE_LABELS),
    "kits": _KITS,
    "kits-unsent": _KITS,
    "reports": {state.value: label for state, label in REPORT_LABELS.items()},
    "reports-accepted": dict(DECLINE_LABELS) | {lack.value: label for lack, label in LACK_LABELS.items()},
    "reports-acknowledged": {channel.value: label for channel, label in CHANNEL_LABELS.items()},
    "adjournments": dict(ADJOURN_LABELS),
    "appearances": _APPEARED,
    "goals-met": dict(DOMAIN_LABELS),
    "parties": dict(SIDE_LABELS),
    "practice": dict(ITEM_LABELS),
}


def labels_in(column: str) -> Labels:
    """The code list of a column. Cost: one look-up of a setting at most."""
    return cases.kind_labels() if column == "type" else _COLUMNS[column]


def label_of(column: str, code: str) -> str:
    """A code of a column in words."""
    return said_in(labels_in(column), code)


def said_in(labels: Labels, code: str) -> str:
    """A code of a list in words."""
    return str(labels.get(code) or code or _("Not noted"))
