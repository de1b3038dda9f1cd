"""The page of one item, put together."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import readings
from amparo.access.actors import Actor
from amparo.evidence.queries.items import (
    crumbs_of_item,
)
from amparo.evidence.queries.page.about import (
    about_sections,
    file_sections,
    looks_sections,
    parts_sections,
    proof_sections,
)
from amparo.evidence.queries.page.acts import acts_sections
from amparo.evidence.queries.page.hands import hands_section
from amparo.evidence.queries.page.head import gaps_said, holder_said, notices_of, part_of, tags_of
from amparo.evidence.queries.page.loaded import load_page
from amparo.evidence.queries.page.path import path_sections
from amparo.kernel.words import Compartment
from amparo.web.sheets import (
    Button,
    Code,
    Name,
    Sheet,
)


def item_page(actor: Actor, item_id: UUID) -> Sheet:
    """The page of an item. Cost: about 20 queries."""
    page = load_page(actor, item_id)
    readings.opened(page.item.case_id, Compartment.EVIDENCE)
    item = page.item
    described = page.words.text("description") if page.words else ""
    sections = (
        *path_sections(page),
        hands_section(page),
        *acts_sections(page),
        *about_sections(page),
        *parts_sections(page),
        *file_sections(page),
        *looks_sections(page),
        *proof_sections(page),
    )
    return Sheet(
        title=Name(described) if described else _("An item of evidence"),
        crumbs=crumbs_of_item(actor, item),
        code=Code(item.code),
        kind=part_of(item),
        tags=tags_of(page),
        lede_bold=holder_said(page),
        lede=gaps_said(page.chain),
        buttons=(Button(_("Print the label"), page.url("label"), "quiet"),),
        notices=notices_of(page),
        sections=sections,
    )
