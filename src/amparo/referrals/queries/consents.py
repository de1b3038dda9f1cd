"""Consents that name a partner, as choices of a form and as a sentence."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import LiveConsent
from amparo.cases.words import BASIS_LABELS, PURPOSE_LABELS, BasisKind
from amparo.partners import queries as partners
from amparo.people import queries as people
from amparo.referrals.models import Referral
from amparo.referrals.queries.reach import Choices, labels_of
from amparo.referrals.rules import Named, covers
from amparo.web import formats


def fitting(row: Referral) -> Choices:
    """The consents on which a referral may leave: hers, live, to this partner, for all that it carries."""
    found = cases.consents_for_partners(row.case_id, row.person_id)
    return [
        (str(key), said(one))
        for key, (_person, one) in found.items()
        if covers(Named(one.agency_id, one.classes), row.agency_id, row.classes)
    ]


def said(one: LiveConsent) -> str:
    """A consent on one line: on what ground, for what, since and until when."""
    ground = BASIS_LABELS[BasisKind(one.kind)]
    purpose = PURPOSE_LABELS.get(one.purpose, one.purpose)
    since = formats.day(one.from_on) if one.from_on else ""
    values = {"ground": ground, "purpose": purpose, "day": since}
    if one.until_on is None:
        return _("%(ground)s: %(purpose)s, since %(day)s") % values
    values["until"] = formats.day(one.until_on)
    return _("%(ground)s: %(purpose)s, since %(day)s, until %(until)s") % values


def for_release(actor: Actor, case_id: UUID) -> Choices:
    """Every live consent of a case that names a partner: whose, to whom, for what. Cost: some six queries."""
    found = cases.consents_for_partners(case_id)
    names = partners.agency_names({one.agency_id for _person, one in found.values() if one.agency_id})
    labels = people.labels(actor, {person for person, _one in found.values()})
    return [
        (
            str(key),
            _("%(partner)s, for %(person)s: %(consent)s. It names: %(parts)s.")
            % {
                "partner": names.get(one.agency_id, "") if one.agency_id else "",
                "person": labels[person].code,
                "consent": said(one),
                "parts": labels_of(one.classes) or _("nothing"),
            },
        )
        for key, (person, one) in found.items()
        if person in labels
    ]


def record_url(row: Referral) -> str:
    """Where the consent that a referral needs is recorded, with its recipient chosen already."""
    url = reverse("cases:add_basis", args=[row.case_id])
    return f"{url}?person_id={row.person_id}&agency_id={row.agency_id}&purpose=referral"
