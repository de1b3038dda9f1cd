"""Courts, and their delays."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.insight.words import Kind
from amparo.insight.words.registry.bases import (
    ONE_IN_ONE,
    SUSPECT_SOURCE,
    happened,
    suspects,
)
from amparo.insight.words.registry.shapes import (
    Counted,
    Disposition,
    Indicator,
    Page,
    Pending,
    Share,
)

_CHARGED = suspects(("charged__isnull", False), day="charged")
_RESOLVED = suspects(("charged__isnull", False), ("ended__isnull", False), day="ended")

COURTS: tuple[Indicator, ...] = (
    Indicator(
        "clearance",
        Page.COURTS,
        _("Clearance rate"),
        Share(_RESOLVED, _CHARGED),
        _("Accused whose charges were all decided or ended in the period."),
        _("Accused charged in the period."),
        _("Above 100 % the pending cases become fewer, below it they become more."),
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        _("Of our own cases alone: it is not the rate of the court."),
        split="result",
    ),
    Indicator(
        "disposition",
        Page.COURTS,
        _("Disposition time"),
        Disposition(_CHARGED, _RESOLVED),
        _("Accused pending at the end of the period, times the days of the period."),
        _("Accused whose charges were all decided or ended in the period."),
        _("In how many days the pending cases would be decided, if it went on at the pace of the period."),
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        _("It is a sum and no forecast. How long people wait is drawn under durations."),
    ),
    Indicator(
        "pending-age",
        Page.COURTS,
        _("Age of the pending cases"),
        Pending(suspects(("charged__isnull", False), day="charged"), "charged", "ended"),
        _("Accused pending at the end of the period, by the time since the charge."),
        _("Accused pending at the end of the period."),
        _("From the day of the charge to the end of the period."),
        SUSPECT_SOURCE,
        ONE_IN_ONE,
        _("An old case may wait for an accused who is on the run."),
    ),
    Indicator(
        "hearings",
        Page.COURTS,
        _("Hearings"),
        Counted(happened(Kind.HEARING, ("code__in", ("held", "adjourned")))),
        _("Hearings of the period that were held or adjourned."),
        _("None: this is a count."),
        _("By the day for which they were listed. Hearings that were cancelled in advance are left out."),
        _("Hearings."),
        _("Each listed day counts once."),
        _("It does not say for how many of them somebody came in vain."),
        split="type",
    ),
    Indicator(
        "adjournments",
        Page.COURTS,
        _("Hearings that did not take place"),
        Share(
            happened(Kind.HEARING, ("code", "adjourned")), happened(Kind.HEARING, ("code__in", ("held", "adjourned")))
        ),
        _("Hearings of the period that were adjourned."),
        _("Hearings of the period that were held or adjourned."),
        _("By the day for which they were listed. Hearings that were cancelled in advance are left out."),
        _("Hearings, with the reason and the party on whom it rests."),
        _("Each listed day counts once."),
        _("The reason is what our lawyers wrote down in court."),
        split="reason",
    ),
    Indicator(
        "appearances",
        Page.COURTS,
        _("Days in court for each testimony"),
        Share(happened(Kind.APPEARANCE), happened(Kind.APPEARANCE, ("code", "testified")), percent=False),
        _("Days on which a survivor came to court, whether or not she was heard."),
        _("Days on which a survivor gave evidence."),
        _("One would mean that no survivor ever came in vain."),
        _("Survivors at hearings."),
        _("Each day of each survivor counts once."),
        _("It says nothing about how she was treated there."),
        split="code",
    ),
)
