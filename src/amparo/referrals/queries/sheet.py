"""The sheet that goes with a referral: only what its consent names, and a reply for the other place to fill in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.access import queries as access
from amparo.access import readings
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.evidence import queries as evidence
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.papers.marks import Mark
from amparo.papers.typesetting import typeset
from amparo.partners import queries as partners
from amparo.people import queries as people
from amparo.referrals import rules
from amparo.referrals.errors import ConsentGone, WrongStep
from amparo.referrals.models import Referral
from amparo.referrals.queries import consents
from amparo.referrals.queries.reach import CHANGE, check_all_seen, labels_of, load_referral, named
from amparo.referrals.words import (
    COMPARTMENT_OF,
    DECLINE_LABELS,
    OPEN,
    PART_LABELS,
    REFERRED_LABELS,
    SAID,
    URGENCY_LABELS,
    Part,
    State,
)
from amparo.vault import sealing
from amparo.web import formats


def referral_sheet(actor: Actor, referral_id: UUID, mark: Mark, at: datetime) -> bytes:
    """The sheet as a PDF of one or two pages, marked as the copy that was made at a moment.

    Raises NotFound, Refused, NotAllSeen, WrongStep, ConsentGone.

    Cost: some 20 queries, and about 100 ms of setting.
    """
    row = load_referral(actor, CHANGE, referral_id)
    if State(row.state) not in OPEN - {State.DRAFT}:
        raise WrongStep
    check_all_seen(actor, row)
    if not rules.covers(named(row.basis_id), row.agency_id, row.classes):
        raise ConsentGone
    language = get_language() or "en"
    return typeset("referrals/papers/referral.typ", _values(actor, row, at), language=language, at=at, mark=mark)


def printed_sheet(actor: Actor, referral_id: UUID, copy_id: UUID | None) -> bytes:
    """The sheet with the number that it was printed under, as it was then.

    Raises CopyChanged where it would say something else by now, and as `referral_sheet` does.
    """
    if copy_id is None:
        raise NotFound
    recorded = evidence.recorded_copy(copy_id)
    with translation.override(recorded.language):
        made = referral_sheet(actor, referral_id, recorded.mark, recorded.at)
    recorded.refuse_another(made)
    return made


def _values(actor: Actor, row: Referral, at: datetime) -> dict[str, JsonValue]:
    carried = [part for part in SAID if part in row.classes]
    words = sealing.open_row(row, "asked", *(part.value for part in carried))
    readings.opened(row.case_id, Compartment(row.level), *(COMPARTMENT_OF[part] for part in carried))
    places = partners.names_of({key for key in (row.agency_id, row.facility_id) if key})
    names = access.names_of([actor.account_id, row.created_by])
    printed = formats.moment(at, timezone.get_current_timezone())
    to = [places.get(row.agency_id, "")] + ([places.get(row.facility_id, "")] if row.facility_id else [])
    return {
        "title": _("Referral"),
        "code": row.code,
        "foot": _("Printed by %(name)s, %(when)s. For %(to)s alone. Keep it locked; destroy it when it is done.")
        % {"name": names.get(actor.account_id, ""), "when": printed, "to": to[0]},
        "urgency": str(URGENCY_LABELS[row.urgency]),
        "facts": [
            [_("To"), "\n".join(to)],
            [_("From"), "\n".join([names.get(row.created_by, ""), access.office(row.office_id).name])],
            [_("Service"), str(REFERRED_LABELS[row.service])],
            [_("She should be helped by"), formats.day(row.due_on)],
            *_whom(actor, row),
        ],
        "asked": [_("What you are asked to do"), words.text("asked")],
        "parts": [
            [str(PART_LABELS[part]), words.text(part.value) or _("By word of mouth: call us.")] for part in carried
        ],
        "consent": [_("On which consent"), _consent(row)],
        "rules": [
            _("She may end it at any time, with you or with us; then nothing more is done or said on it."),
            _("Do not ask her to tell again what stands here. Ask us."),
            _("Pass nothing on. Do not call or write to her in another way than the one given here."),
        ],
        "reply": {
            "title": _("Your answer"),
            "hint": _("Send this part back, or call. It names the referral by its code only."),
            "lines": [
                _("We have it, on"),
                _("We accept her; first appointment on"),
                _("We can't: %(reasons)s") % {"reasons": _("; ").join(str(one) for one in DECLINE_LABELS.values())},
                _("She was helped, on"),
                _("How it went, in one sentence, as far as she agrees"),
            ],
            "sign": [_("Name and post"), _("Day and signature")],
        },
    }


def _whom(actor: Actor, row: Referral) -> list[JsonValue]:
    """Her name and how to reach her where the consent names it; else her code and nothing that tells who she is."""
    label = people.labels(actor, [row.person_id]).get(row.person_id)
    code = label.code if label is not None else ""
    if Part.IDENTITY not in row.classes:
        return [[_("Whom"), _("%(code)s: her name is not given") % {"code": code}]]
    name = people.names(actor, [row.person_id]).get(row.person_id, "")
    reach = people.safe_ways(actor, row.person_id)
    return [
        [_("Whom"), name],
        [_("Her code with us"), code],
        *([[_("Age"), label.age_band]] if label is not None and label.age_band else []),
        [_("How to reach her safely"), "\n".join(reach) or _("Through us only: no safe way is known.")],
    ]


def _consent(row: Referral) -> str:
    live = cases.live_consents([row.basis_id]).get(row.basis_id) if row.basis_id else None
    if live is None:
        # It was taken back since the sheet was begun.
        raise ConsentGone
    said = consents.said(live)
    carried = labels_of(row.classes)
    if not carried:
        return _("%(consent)s. Nothing but this request is passed on.") % {"consent": said}
    return _("%(consent)s. She agreed that you get: %(parts)s.") % {"consent": said, "parts": carried}
