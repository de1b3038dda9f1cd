"""Every read of partners."""

from __future__ import annotations

from amparo.partners.queries.agency import agency_crumbs, agency_page, step_label
from amparo.partners.queries.agreement import agreement_crumbs, agreement_page
from amparo.partners.queries.choices import (
    Choices,
    agency_choices,
    facility_choices,
    names_of,
    official_choices,
    unit_choices,
)
from amparo.partners.queries.directory import (
    AgencyFilter,
    ServiceFilter,
    agreements,
    crumbs,
    directory,
    district_choices,
    officials,
    services,
)
from amparo.partners.queries.facility import facility_crumbs, facility_page
from amparo.partners.queries.forms import (
    Present,
    agency_form,
    agreement_form,
    check_agency,
    check_facility,
    check_official,
    facility_form,
    may_add,
    official_form,
    person_name,
    post_official,
    post_place,
    post_places,
    report_facility,
    unit_form,
    unit_steps,
)
from amparo.partners.queries.gaps import gaps
from amparo.partners.queries.official import official_crumbs, official_file, official_of_person, official_page
from amparo.partners.queries.releases import (
    Verdict,
    classes_released,
    receiver_choices,
    release_allowed,
    release_verdicts,
)

__all__ = [
    "AgencyFilter",
    "Choices",
    "Present",
    "ServiceFilter",
    "Verdict",
    "agency_choices",
    "agency_crumbs",
    "agency_form",
    "agency_page",
    "agreement_crumbs",
    "agreement_form",
    "agreement_page",
    "agreements",
    "check_agency",
    "check_facility",
    "check_official",
    "classes_released",
    "crumbs",
    "directory",
    "district_choices",
    "facility_choices",
    "facility_crumbs",
    "facility_form",
    "facility_page",
    "gaps",
    "may_add",
    "names_of",
    "official_choices",
    "official_crumbs",
    "official_file",
    "official_form",
    "official_of_person",
    "official_page",
    "officials",
    "person_name",
    "post_official",
    "post_place",
    "post_places",
    "receiver_choices",
    "release_allowed",
    "release_verdicts",
    "report_facility",
    "services",
    "step_label",
    "unit_choices",
    "unit_form",
    "unit_steps",
]
