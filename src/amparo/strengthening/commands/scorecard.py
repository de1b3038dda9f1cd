"""The programme's scorecard: measured values with their origin, entered and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.strengthening.commands import reach
from amparo.strengthening.errors import NoProvenance, WrongState
from amparo.strengthening.models import ScoreObservation
from amparo.strengthening.rules import steps
from amparo.strengthening.words import Measure, Occasion, Per, Withdrawn
from amparo.vault import tokens

CHANGE = "strengthening:score:change"
SEE = "strengthening:score:see"


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a measure as a study gave it. `value`, `low` and `high` are shares of `per`."""

    measure: Measure
    indicator: str
    occasion: Occasion
    per: Per
    value: Decimal
    low: Decimal
    high: Decimal
    n: int | None
    method: str
    source: str
    place: str
    from_on: date | None
    until_on: date | None
    remark: str = ""


def series_token(measure: str, indicator: str, place: str) -> int:
    """What belongs to one series: the same measure and indicator at the same place, however it is spaced or cased."""
    folded = (" ".join(text.casefold().split()) for text in (measure, indicator, place))
    return tokens.token("strengthening.series", "\n".join(folded))


@command
def enter_score(*, actor: Actor, measured: Measured) -> UUID:
    """Enter a measured value with its origin. Nothing of the scorecard is ever worked out from our own cases.

    **Needs** strengthening:score:change. **Ledger** score.entered.
    Raises NoProvenance, NotAnInterval, PeriodReversed, PeriodsOverlap, OutOfOrder, InFuture.
    """
    reach.check_new(actor, CHANGE)
    first, last, n = _checked(measured)
    token = series_token(measured.measure, measured.indicator, measured.place)
    others = ScoreObservation.objects.filter(series_token=token, withdrawn_on=None)
    steps.refuse_overlap(first, last, others.values_list("from_on", "until_on"))
    days = {Occasion(code): on for code, on in others.values_list("occasion", "from_on") if code != measured.occasion}
    steps.refuse_out_of_order(measured.occasion, first, days)
    row = ScoreObservation(
        office_id=actor.office_id, measure=measured.measure, occasion=measured.occasion, per=measured.per,
        value=measured.value, low=measured.low, high=measured.high, n=n, method=measured.method,
        from_on=first, until_on=last, series_token=token,
    )  # fmt: skip
    words = {"indicator": measured.indicator, "source": measured.source, "place": measured.place}
    writing.insert(row, **words, remark=measured.remark)
    facts = {"measure": measured.measure, "occasion": measured.occasion, "method": measured.method, "n": measured.n}
    writing.note(Verb.SCORE_ENTERED, subject=row.id, office=row.office_id, facts=facts)
    return row.id


def _checked(measured: Measured) -> tuple[date, date, int]:
    first, last = measured.from_on, measured.until_on
    steps.refuse_unsourced(
        method=measured.method, source=measured.source, place=measured.place, n=measured.n, first=first, last=last
    )
    if first is None or last is None or measured.n is None:
        raise NoProvenance(field="from_on")
    steps.refuse_reversed(first, last)
    steps.refuse_future(last, clock.today(), field="until_on")
    steps.refuse_no_interval(measured.low, measured.value, measured.high, int(measured.per))
    return first, last, measured.n


@command
def withdraw_score(*, actor: Actor, score_id: UUID, reason: Withdrawn) -> UUID:
    """Take a value out of every picture; it stays readable. **Needs** strengthening:score:change.

    **Ledger** score.withdrawn. Raises WrongState.
    """
    row = policy.load(actor, CHANGE, ScoreObservation, score_id, seen_by=SEE)
    if row.withdrawn_on is not None:
        raise WrongState
    writing.update(row, withdrawn_on=clock.today(), withdrawn=reason)
    writing.note(Verb.SCORE_WITHDRAWN, subject=row.id, office=row.office_id, facts={"reason": reason})
    return row.id
