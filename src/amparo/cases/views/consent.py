"""The ledger of bases and consents: who agreed to what, for whom, until when; and who took it back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.cases import commands, queries, rules
from amparo.cases.forms import BasisForm, RenewalForm
from amparo.cases.queries import BasisView, CaseHead
from amparo.cases.views.around import case_url, crumbs, people_choices, survivors
from amparo.cases.words import (
    BASIS_LABELS,
    DATA_CLASS_LABELS,
    EXPLAINED_LABELS,
    GIVER_LABELS,
    METHOD_LABELS,
    PURPOSE_LABELS,
    BasisKind,
    CaseState,
    ConsentState,
    PartyRole,
    Purpose,
)
from amparo.kernel import clock
from amparo.partners import queries as partners
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.forms import number_of
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Code, Empty, Listing, Name, Row, Tag, Text, Withheld

RECORD = "cases:basis:record"


def state_tag(basis: BasisView) -> Tag:
    """The state of a consent in one word."""
    if basis.state == ConsentState.REFUSED:
        return Tag(_("refused"), "danger")
    if basis.state == ConsentState.WITHDRAWN:
        return Tag(_("withdrawn"))
    if basis.state == ConsentState.SUPERSEDED:
        return Tag(_("renewed"))
    if basis.standing is ConsentState.EXPIRED:
        return Tag(_("expired"), "warn")
    if not basis.is_live:
        return Tag(_("from %(day)s") % {"day": formats.short_day_and_year(basis.from_on)})
    if basis.until_on is None:
        return Tag(_("in force"), "ok")
    return Tag(_("until %(day)s") % {"day": formats.short_day_and_year(basis.until_on)}, "ok")


def what(basis: BasisView) -> str:
    """What a basis covers, as one line."""
    if basis.kind in (BasisKind.CONSENT, BasisKind.ASSENT):
        parts = [str(PURPOSE_LABELS.get(basis.purpose, basis.purpose))]
        if basis.classes:
            parts.append(queries.labelled(DATA_CLASS_LABELS, basis.classes))
        return ": ".join(parts)
    return str(BASIS_LABELS[BasisKind(basis.kind)])


def consents(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    found = queries.bases(request.actor, case_id)
    codes = {party.person_id: party.code for party in queries.parties(request.actor, case_id)}
    sees = policy.decide(request.actor, "cases:basis:see", head.subject).allowed
    records = policy.decide(request.actor, RECORD, head.subject).allowed
    may = records and head.state is not CaseState.CLOSED
    add = reverse("cases:add_basis", args=[case_id]) if records else ""
    listing = Listing(
        title=_("Consent and bases"),
        crumbs=crumbs(head),
        lede=_("Each line is one agreement: for one purpose, to one recipient, until one day."),
        buttons=(Button(_("Record a consent"), add, key="n"),) if records else (),
        rows=tuple(_row(basis, codes.get(basis.person_id, ""), may) for basis in found),
        withheld=() if sees else (Withheld(_("Consent and bases")),),
        empty=Empty(_("Nothing is recorded yet, so nothing may be written about her."), _("Record a consent"), add),
    )
    return render(request, "web/list_page.html", {"listing": listing})


def _row(basis: BasisView, code: str, may: bool) -> Row:
    given = _("%(giver)s, %(method)s, %(day)s") % {
        "giver": GIVER_LABELS.get(basis.giver, basis.giver),
        "method": METHOD_LABELS.get(basis.method, basis.method),
        "day": formats.day(basis.from_on),
    }
    return Row(
        title=what(basis),
        meta=(Code(code), "·", given),
        lines=tuple(_lines(basis, may)),
        tag=state_tag(basis),
        action_label=_("She takes it back") if basis.is_live else "",
        # What hangs on a consent lies in rooms above this one: taking it back goes through all of them.
        action_url=reverse("journeys:withdraw_consent", args=[basis.id]) if basis.is_live else "",
        dir_auto=True,
    )


def _lines(basis: BasisView, may: bool) -> Iterator[Text]:
    """What is known of how it was given, and what can be done with it."""
    yield from (Name(said) for said in (basis.recipient, basis.reason) if said)
    for label, said in (
        (_("Language:"), basis.language),
        (_("Interpreted by:"), basis.interpreter),
        (_("Witness:"), basis.witness),
    ):
        if said:
            yield label, Name(said)
    if basis.explained:
        yield _explained(basis.explained)
    if basis.recording_id is not None:
        yield _("Recording:"), Code(basis.recording_code, reverse("evidence:item", args=[basis.recording_id]))
    if not may or basis.state != ConsentState.GIVEN:
        return
    yield Name(_("Renew"), url=reverse("cases:renew_basis", args=[basis.id]))
    if basis.method == "audio" and basis.recording_id is None:
        yield Name(_("Link its recording"), url=reverse("journeys:consent_recording", args=[basis.id]))


def _explained(said: Collection[str]) -> str:
    """That all was explained, or what was not: the shorter of the two to read."""
    missing = [code for code in EXPLAINED_LABELS if code not in said]
    if not missing:
        return _("Everything was explained.")
    return _("Not explained: %(things)s") % {"things": queries.labelled(EXPLAINED_LABELS, missing)}


def add_basis(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, RECORD, head.subject)
    page = FormPage(
        title=_("Record a consent or another basis"),
        lede=_("First explain what happens with her words and where secrecy ends. Then ask. Then write."),
        back=case_url(case_id, "consent"),
        crumbs=crumbs(head),
    )

    def save(data: dict[str, object]) -> UUID:
        refused = data.pop("answer") == "refused"
        person_id = UUID(str(data.pop("person_id")))
        data["kind"] = BasisKind(str(data["kind"]))
        return commands.record_basis(
            actor=request.actor,
            case_id=case_id,
            person_id=person_id,
            refused=refused,
            **data,  # type: ignore[arg-type]
        )

    chosen = people_choices(request, head, _ASKED)
    options = {"survivors": chosen, "agencies": partners.recipient_choices(request.actor)}
    return show_form(request, page, BasisForm, save, initial=_asked_for(request, head), options=options)


# Of those whom we serve: her family is asked for itself.
_ASKED = (PartyRole.SURVIVOR, PartyRole.FAMILY, PartyRole.CAREGIVER, PartyRole.GUARDIAN)


def _asked_for(request: ActorRequest, head: CaseHead) -> dict[str, object]:
    """What the form starts with; a referral that has no consent yet says of whom and for whom."""
    hers = survivors(request, head)
    initial: dict[str, object] = {"person_id": hers[0][0] if len(hers) == 1 else None, "answer": "given"}
    for name in ("person_id", "agency_id"):
        key = number_of(request.GET.get(name))
        if key is not None:
            initial[name] = str(key)
    if request.GET.get("purpose") in set(Purpose):
        initial["purpose"] = request.GET["purpose"]
    return initial


def renew_basis(request: ActorRequest, basis_id: UUID) -> HttpResponse:
    """The earlier consent as it was, from today and for as long again: one press where nothing has changed."""
    case_id = queries.case_of_basis(request.actor, basis_id)
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, RECORD, head.subject)
    earlier = next(one for one in queries.bases(request.actor, case_id) if one.id == basis_id)
    code = next((one.code for one in queries.parties(request.actor, case_id) if one.person_id == earlier.person_id), "")
    page = FormPage(
        title=_("Renew a consent"),
        lede=_("Of %(code)s. Ask again first: what was agreed before is filled in. Save it if nothing has changed.")
        % {"code": code},
        back=reverse("cases:consents", args=[case_id]),
        crumbs=crumbs(head),
        submit=_("Renew"),
        success=_("Renewed. What rested on the earlier consent rests on this one now."),
        consequences=(_("If she or he says no now, go back and choose: She takes it back."),),
    )

    def save(data: dict[str, object]) -> UUID:
        data["kind"] = BasisKind(str(data["kind"]))
        return commands.record_basis(
            actor=request.actor,
            case_id=case_id,
            person_id=earlier.person_id,
            renews=basis_id,
            **data,  # type: ignore[arg-type]
        )

    options = {"agencies": _recipients(request, earlier.agency_id)}
    return show_form(request, page, RenewalForm, save, initial=_as_before(earlier), options=options)


def _recipients(request: ActorRequest, before: UUID | None) -> list[tuple[str, str]]:
    """The partners of now, and the one that the earlier consent names, though it works with us no more."""
    found = list(partners.recipient_choices(request.actor))
    if before is not None and all(str(before) != key for key, _name in found):
        found.append((str(before), partners.names_of([before]).get(before, "")))
    return found


def _as_before(earlier: BasisView) -> dict[str, object]:
    today = clock.today()
    return {
        "kind": earlier.kind,
        "purpose": earlier.purpose,
        "agency_id": str(earlier.agency_id or ""),
        "recipient": earlier.recipient_said,
        "classes": list(earlier.classes),
        "giver": earlier.giver,
        "method": earlier.method,
        "witness": earlier.witness,
        "language": earlier.language,
        "interpreter": earlier.interpreter,
        "explained": list(earlier.explained),
        "from_on": today,
        "until_on": rules.renewed_until(earlier.from_on, earlier.until_on, today),
        "reason": earlier.reason,
    }
