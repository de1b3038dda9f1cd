"""The organisation's own lists: programmes, tags of cases and jurisdictions, and what a case has of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.desk.synthetic.places import PLACES
from amparo.desk.synthetic.stage import Stage
from amparo.desk.synthetic.story import Story
from amparo.kernel import clock
from amparo.kernel.words import Role
from amparo.staff import commands as staff
from amparo.staff.words import CodeList

_PROGRAMMES = (
    ("online", "Children online"),
    ("labour", "Free from bonded labour"),
    ("children", "Children’s safety"),
)
_PROGRAMME_OF = {
    "online": "online",
    "kiln": "labour",
    "servitude": "labour",
    "trafficking": "labour",
    "child": "children",
}
_TAGS = (("media", "In the media"), ("border", "Crosses a border"), ("pilot", "Pilot with the special court"))


def furnish(stage: Stage, began: datetime) -> None:
    """Write the lists down in the first days."""
    lead = stage.actor(stage.offices[PLACES[0].key].logins[Role.SUPERVISOR][0])
    courts = tuple((place.key, place.court) for place in PLACES)
    with clock.set_to(began + timedelta(days=8)):
        for name, codes in (
            (CodeList.PROGRAMMES, _PROGRAMMES),
            (CodeList.CASE_TAGS, _TAGS),
            (CodeList.JURISDICTIONS, courts),
        ):
            for code, label in codes:
                staff.add_code(actor=lead, name=name, code=code, label=label)


def place_case(story: Story) -> None:
    """Put a case into its programme and jurisdiction, and tag some."""
    lead = story.by(Role.SUPERVISOR)
    head = queries.case_head(lead, story.case)
    codes = [code for code, _label in _TAGS]
    cases.change_case(
        actor=lead,
        case_id=story.case,
        expected=head.version,
        title=head.title,
        types=head.types,
        risk=head.risk,
        programme=_PROGRAMME_OF.get(story.matter.key, ""),
        jurisdiction=story.office.place.key,
        tags=codes[: story.dice("tags").choice((0, 0, 1, 2))] if story.plan.number % 2 else codes[2:],
    )
