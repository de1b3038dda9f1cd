"""Whether something may be released to an agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.partners import rules
from amparo.partners.models import Agency, Agreement
from amparo.partners.rules import Term
from amparo.partners.words import WHY_LABELS, AgreementState, State, Why
from amparo.vault import sealing


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


def classes_released(agency_ids: Iterable[UUID], on: date) -> dict[UUID, frozenset[str]]:
    """The kinds of data that may go to each agency on a day, as live agreements name them. Cost: two queries."""
    wanted = set(agency_ids)
    states = dict(Agency.objects.filter(pk__in=wanted).values_list("id", "state"))
    terms: dict[UUID, list[Term]] = {key: [] for key in states}
    for row in Agreement.objects.filter(agency_id__in=states):
        terms[row.agency_id].append(term_of(row))
    return {
        key: frozenset(
            name
            for term in found
            for name in term.classes
            if rules.may_release(State(states[key]), [term], name, on) is Why.ALLOWED
        )
        for key, found in terms.items()
    }


def receiver_choices(actor: Actor, data_class: str, on: date) -> list[tuple[str, str]]:
    """Agencies to which a kind of data may go on a day, by name, for who gives something. Cost: four queries.

    Who documents proof may choose one by its name, without the directory.
    """
    rows = policy.visible(actor, "partners:agency:choose", Agency.objects.filter(state=State.ACTIVE))
    known = list(rows.order_by("id"))
    allowed = classes_released([row.id for row in known], on)
    found = [row for row in known if data_class in allowed.get(row.id, frozenset())]
    opened = sealing.open_rows(found, "name")
    named = [(str(row.id), words.text("name")) for row, words in zip(found, opened, strict=True)]
    return sorted(named, key=lambda pair: (pair[1].casefold(), pair[0]))


def term_of(row: Agreement) -> Term:
    return Term(AgreementState(row.state), frozenset(row.classes), row.valid_from, row.review_on)
