"""Every read of investigations: the room of a case, what is due, and marks for the drawn case."""

from amparo.investigations.queries.counted import CountedOutcome, counted_reliefs, counted_restraints, counted_statuses
from amparo.investigations.queries.desk import due_for, marks_of_case, sections_of_case, waiting_for
from amparo.investigations.queries.lookups import (
    IncidentFacts,
    LeadForm,
    contact_head,
    events_of,
    head_for,
    incident_facts,
    lead_for,
    outcome_head,
    outcome_states,
    people_of,
    persons_relieved,
    persons_restrained,
    standings,
    team_choices,
)
from amparo.investigations.queries.room import room, told_of_official
from amparo.investigations.queries.words import AT_ONCE, MOST, SOON_DAYS, crumbs, first_met, room_crumbs, today

__all__ = [
    "AT_ONCE",
    "MOST",
    "SOON_DAYS",
    "CountedOutcome",
    "IncidentFacts",
    "LeadForm",
    "contact_head",
    "counted_reliefs",
    "counted_restraints",
    "counted_statuses",
    "crumbs",
    "due_for",
    "events_of",
    "first_met",
    "head_for",
    "incident_facts",
    "lead_for",
    "marks_of_case",
    "outcome_head",
    "outcome_states",
    "people_of",
    "persons_relieved",
    "persons_restrained",
    "room",
    "room_crumbs",
    "sections_of_case",
    "standings",
    "team_choices",
    "today",
    "told_of_official",
    "waiting_for",
]
