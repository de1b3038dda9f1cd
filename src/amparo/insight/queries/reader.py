"""A reader with her choice: what she may be shown of a number, and where its rows are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from amparo.cases.words import CASE_TYPE_LABELS
from amparo.insight.queries import counting
from amparo.insight.queries.blocks import Cell, counted, few
from amparo.insight.queries.counting import Chosen, Reach
from amparo.insight.rules.lines import place_code
from amparo.insight.rules.periods import Span, beside_period
from amparo.insight.rules.suppressing import hide_line
from amparo.insight.words import BAND_LABELS, BANDS_OF, ENDING_LABELS, GROUP_LABELS, RESULT_LABELS, AgeGroup, Labels
from amparo.insight.words.registry import Indicator, Selection, Waiting
from amparo.intake.words import CHANNEL_LABELS, DECLINE_LABELS, LACK_LABELS
from amparo.intake.words import STATE_LABELS as REPORT_LABELS
from amparo.investigations.words import ATTRIBUTION_LABELS
from amparo.prosecution.words import ADJOURN_LABELS, SIDE_LABELS
from amparo.training.words import AUDIENCE_LABELS
from amparo.web import formats

_APPEARED: Labels = {
    "testified": gettext_lazy("She gave evidence"),
    "came": gettext_lazy("She came, and was not heard"),
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
        return self._once(("count", selection), lambda: counting.count(selection, self.chosen, self.reach))

    def waits(self, measure: Waiting) -> list[tuple[int, bool, int]]:
        """How long people waited, as a tally; asked of the database once."""
        return self._once(("waits", measure), lambda: counting.waits(measure, self.chosen, self.reach))

    def _once(self, key: object, ask: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = ask()
        return cast("T", self._known[key])

    def tally(self, selection: Selection, *columns: str) -> dict[tuple[object, ...], int]:
        return counting.tally(selection, self.chosen, self.reach, columns)

    def is_open(self, selection: Selection, here: int | None = None) -> bool:
        """Whether figures about a group may be shown at all: it is large enough, and so is what it leaves out.

        Who looks at the same figure with one filter less would else learn of the few in between.
        """
        if self.exact:
            return True
        here = self.count(selection) if here is None else here
        if here < self.reach.least:
            return False
        wider = [empty(self.chosen) for name, empty in _WITHOUT.items() if getattr(self.chosen, name)]
        if self.chosen.period:
            wider.append(replace(self.chosen, period="", span=Span()))
        around = (counting.count(selection, choice, self.reach) - here for choice in wider)
        if any(0 < rest < self.reach.least for rest in around):
            return False
        return self._once(
            ("beside", selection),
            lambda: all(self._may_stand(groups, mine) for groups, mine in self._beside(selection)),
        )

    def _may_stand(self, groups: Mapping[str, int], mine: str) -> bool:
        """Whether this group may be shown beside those that can be chosen in its place, whose sum is shown too.

        Else a small group would be found by taking all the others away from the whole.
        """
        names = [name for name, count in groups.items() if count]
        hidden = hide_line([groups[name] for name in names], self.reach.least)
        return hidden is not None and mine not in {names[at] for at in hidden}

    def _beside(self, selection: Selection) -> Iterator[tuple[Mapping[str, int], str]]:
        """For each filter that is set: how many lines each of its choices would have, and which one is chosen.

        Cost: one query for each, two for a quarter.
        """
        chosen = self.chosen
        if chosen.office is not None:
            yield self._split(selection, "office", "office_id", str), str(chosen.office)
        if chosen.district:
            district = {str(one.id): one.district for one in access.offices()}
            yield (
                self._split(selection, "district", "office_id", lambda key: district.get(str(key), "")),
                chosen.district,
            )
        if chosen.type:
            yield self._split(selection, "type", "type", str), chosen.type
        if chosen.group:
            group = {band.value: one.value for one, bands in BANDS_OF.items() for band in bands}
            yield self._split(selection, "group", "band", lambda band: group.get(str(band), "")), chosen.group
        if chosen.attribution:
            yield self._split(selection, "attribution", "attribution", str), chosen.attribution
        for spans, mine in beside_period(chosen.period, self.reach.today.year):
            counts = counting.in_spans(selection, chosen, self.reach, list(spans.values()))
            yield dict(zip(spans, counts, strict=True)), mine

    def _split(self, selection: Selection, name: str, column: str, said: Callable[[object], str]) -> Mapping[str, int]:
        """How many lines each choice of a filter would have. Cost: one query."""
        found: dict[str, int] = {}
        tally = counting.tally(selection, _WITHOUT[name](self.chosen), self.reach, (column,))
        for (value,), count in tally.items():
            found[said(value)] = found.get(said(value), 0) + count
        return found

    def hidden(self, counts: Sequence[int]) -> frozenset[int]:
        """Which of the counts of a list, whose sum is shown, to hide from this reader."""
        if self.exact:
            return frozenset()
        found = hide_line(counts, self.reach.least)
        return frozenset(range(len(counts))) if found is None else found

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
            "group": chosen.group,
            "attribution": chosen.attribution,
            **more,
        }
        kept = {name: value for name, value in asked.items() if value}
        if "district" in kept:
            kept["district"] = place_code(kept["district"])
        return f"?{urlencode(kept)}" if kept else ""

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
        if chosen.group:
            found.append(_("survivor: %(age)s") % {"age": GROUP_LABELS[AgeGroup(chosen.group)]})
        if chosen.attribution:
            found.append(label_of("attribution", chosen.attribution))
        return found

    def _as_of(self) -> str:
        if self.reach.as_of is None:
            return _("nothing is counted yet")
        moment = formats.moment(self.reach.as_of, timezone.get_current_timezone())
        return _("as of %(moment)s, entry %(entry)s of the ledger") % {"moment": moment, "entry": self.reach.entries}


_WITHOUT: dict[str, Callable[[Chosen], Chosen]] = {
    "office": lambda chosen: replace(chosen, office=None),
    "district": lambda chosen: replace(chosen, district=""),
    "type": lambda chosen: replace(chosen, type=""),
    "group": lambda chosen: replace(chosen, group=""),
    "attribution": lambda chosen: replace(chosen, attribution=""),
}


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
    return _COLUMNS[split]


_COLUMNS: dict[str, Labels] = {
    "type": dict(CASE_TYPE_LABELS),
    "attribution": dict(ATTRIBUTION_LABELS),
    "ending": dict(ENDING_LABELS),
    "band": dict(BAND_LABELS),
    "result": dict(RESULT_LABELS),
}
_SPLITS: dict[str, Labels] = {
    "in-aftercare": dict(CLIENT_LABELS),
    "trained": dict(AUDIENCE_LABELS),
    "kits-unsent": {
        "unsent": gettext_lazy("Not sent"),
        "sent": gettext_lazy("Sent to the laboratory"),
        "completed": gettext_lazy("The result is there"),
    },
    "reports": {state.value: label for state, label in REPORT_LABELS.items()},
    "reports-accepted": dict(DECLINE_LABELS) | {lack.value: label for lack, label in LACK_LABELS.items()},
    "reports-acknowledged": {channel.value: label for channel, label in CHANNEL_LABELS.items()},
    "adjournments": dict(ADJOURN_LABELS),
    "appearances": _APPEARED,
    "goals-met": dict(DOMAIN_LABELS),
    "parties": dict(SIDE_LABELS),
}


def label_of(column: str, code: str) -> str:
    """A code of a column in words; the code itself where an organisation added it."""
    return str(_COLUMNS[column].get(code) or code or _("Not noted"))
