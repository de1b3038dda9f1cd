"""Reading people. Every list and search passes the policy; a name shows only where it may be seen."""

from __future__ import annotations

from amparo.people.queries.ages import age_at_event, counted_as, counted_bands, is_minor_at, is_minor_now
from amparo.people.queries.conflicts import may_declare, own_details_form
from amparo.people.queries.duplicates import duplicates_seen, exact_duplicates, own_marks
from amparo.people.queries.finding import all_names, all_numbers, find_by_code, find_by_name, find_by_phone, with_tokens
from amparo.people.queries.forms import contact_form, may_change, may_change_address, may_open_names, person_form
from amparo.people.queries.hers import identity_of_hers
from amparo.people.queries.joining import DECIDE as DECIDE_JOINING
from amparo.people.queries.joining import (
    compare_page,
    joined_rows,
    joinings_waiting,
    leads_to,
    may_ask_to_join,
    pair,
)
from amparo.people.queries.lines import PersonLabel, labels, names, particulars, safe_ways
from amparo.people.queries.officials import official_names
from amparo.people.queries.page import person_page
from amparo.people.queries.persons import (
    WITH_NUMBER,
    Hit,
    PersonHead,
    head,
    heads,
    id_of_code,
    name_token,
    named,
    phone_token,
    url_of,
)
from amparo.people.queries.photos import PhotoView, may_take_away, photo_for
from amparo.people.queries.photos import reception as photo_reception

__all__ = [
    "DECIDE_JOINING",
    "WITH_NUMBER",
    "Hit",
    "PersonHead",
    "PersonLabel",
    "PhotoView",
    "age_at_event",
    "all_names",
    "all_numbers",
    "compare_page",
    "contact_form",
    "counted_as",
    "counted_bands",
    "duplicates_seen",
    "exact_duplicates",
    "find_by_code",
    "find_by_name",
    "find_by_phone",
    "head",
    "heads",
    "id_of_code",
    "identity_of_hers",
    "is_minor_at",
    "is_minor_now",
    "joined_rows",
    "joinings_waiting",
    "labels",
    "leads_to",
    "may_ask_to_join",
    "may_change",
    "may_change_address",
    "may_declare",
    "may_open_names",
    "may_take_away",
    "name_token",
    "named",
    "names",
    "official_names",
    "own_details_form",
    "own_marks",
    "pair",
    "particulars",
    "person_form",
    "person_page",
    "phone_token",
    "photo_for",
    "photo_reception",
    "safe_ways",
    "url_of",
    "with_tokens",
]
