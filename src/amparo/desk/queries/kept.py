"""The list of those whose words can be erased because the day has passed until which they were to be kept."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.words import PARTY_LABELS
from amparo.intake import queries as reports
from amparo.intake.queries.keeping import KeptReport
from amparo.intake.words import STATE_LABELS
from amparo.people import queries as people
from amparo.web import formats
from amparo.web.sheets import Code, Crumb, Empty, Listing, Notice, Row

PAGE = 50


def kept_listing(actor: Actor, after: UUID | None) -> Listing:
    """Reports past their day, then whose every case is past its day, oldest part first. Cost: five queries."""
    found = cases.past_their_day(actor, after, PAGE + 1)
    shown = found[:PAGE]
    heads = people.heads([one.person_id for one in shown])
    url = reverse("desk:kept")
    past = reports.reports_past_their_day(actor, PAGE + 1) if after is None else []
    return Listing(
        title=_("Kept past their day"),
        crumbs=(Crumb(_("Today"), reverse("desk:today")), Crumb(_("Erase a person"), reverse("desk:erase"))),
        lede=_(
            "Each case of these people is closed, or these reports became no case, and the day until which they are "
            "kept has passed. Nothing is erased by itself: ask the lead whether any law asks to keep the words, and "
            "decide."
        ),
        notices=(Notice(_("More reports follow here once these are erased.")),) if len(past) > PAGE else (),
        rows=(
            *(_report_row(one) for one in past[:PAGE]),
            *(
                Row(
                    title=(Code(heads[one.person_id].code), PARTY_LABELS[one.role]),
                    meta=Code(one.case_code),
                    when=formats.short_day_and_year(one.until),
                    when_tone="late",
                    action_label=_("Erase"),
                    action_url=f"{reverse('desk:erase')}?person={one.person_id}",
                )
                for one in shown
            ),
        ),
        empty=Empty(_("Nothing is kept past its day.")),
        next_url=f"{url}?after={shown[-1].party_id}" if len(found) > PAGE else "",
        next_label=_("More"),
        previous_url=url if after is not None else "",
    )


def _report_row(one: KeptReport) -> Row:
    return Row(
        title=(Code(one.code), _("Report")),
        meta=STATE_LABELS[one.state],
        when=formats.short_day_and_year(one.until),
        when_tone="late",
        action_label=_("Erase"),
        action_url=reverse("desk:erase_report", args=[one.id]),
    )
