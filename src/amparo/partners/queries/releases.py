"""Whether something may be released to an agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.partners import rules
from amparo.partners.models import Agency, Agreement
from amparo.partners.rules import Term
from amparo.partners.words import WHY_LABELS, AgreementState, State, Why


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a kind of data may go to an agency, and why or why not."""

    data_class: str
    why: Why

    @property
    def allowed(self) -> bool:
        return self.why is Why.ALLOWED

    @property
    def reason(self) -> str:
        return str(WHY_LABELS[self.why])


def release_allowed(agency_id: UUID, data_class: str, on: date) -> bool:
    """Whether a live agreement with an active agency names this kind of data on this day. Cost: two queries."""
    return release_verdicts(agency_id, [data_class], on)[0].allowed


def release_verdicts(agency_id: UUID, classes: Iterable[str], on: date) -> tuple[Verdict, ...]:
    """The same for several kinds of data, each with its reason. Cost: two queries."""
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        return tuple(Verdict(data_class, Why.NO_AGENCY) for data_class in classes)
    terms = [term_of(row) for row in Agreement.objects.filter(agency_id=agency_id)]
    state = State(agency.state)
    return tuple(Verdict(data_class, rules.may_release(state, terms, data_class, on)) for data_class in classes)


def term_of(row: Agreement) -> Term:
    return Term(AgreementState(row.state), frozenset(row.classes), row.valid_from, row.review_on)
