"""The recording of a spoken consent: an item of evidence of the same case."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.cases.errors import NotRecorded
from amparo.cases.views.around import crumbs
from amparo.evidence import queries as evidence
from amparo.ledger.writing import command
from amparo.web.fields import ChoiceField, Choices
from amparo.web.forms import Form
from amparo.web.pages import Data, FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Notice


@command
def link_recording(*, actor: Actor, basis_id: UUID, item_id: UUID) -> UUID:
    """Say which item of the case's evidence holds the recording of a consent.

    **Needs** cases:basis:record and evidence:item:see. **Ledger** consent.recording_linked. Raises NotRecorded.
    """
    case_id = queries.case_of_basis(actor, basis_id)
    code = next((line.code for line in evidence.items_of_case(actor, case_id) if line.id == item_id), None)
    if code is None:
        raise NotRecorded
    return cases.keep_recording(actor=actor, basis_id=basis_id, item_id=item_id, code=code)


class RecordingForm(Form):
    item_id = ChoiceField(label=gettext_lazy("Which item of evidence is it?"), choices=[])

    def __init__(self, *args: object, items: Choices, **rest: object) -> None:
        super().__init__(*args, **rest)  # type: ignore[arg-type]
        self.fields["item_id"] = ChoiceField(
            label=self.fields["item_id"].label, choices=items, widget=forms.Select, empty=gettext_lazy("Choose")
        )


def recording(request: ActorRequest, basis_id: UUID) -> HttpResponse:
    case_id = queries.case_of_basis(request.actor, basis_id)
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:basis:record", head.subject)
    items = evidence.choices_of_case(request.actor, case_id)
    page = FormPage(
        title=_("Recording of a consent"),
        lede=_("A recording is kept as evidence, sealed and with its fingerprint. Here the consent points to it."),
        back=reverse("cases:consents", args=[case_id]),
        crumbs=crumbs(head),
        submit=_("Link it"),
        success=_("Linked."),
        notice=None if items else _nothing(request, case_id, head.subject),
    )

    def save(data: Data) -> UUID:
        return link_recording(actor=request.actor, basis_id=basis_id, item_id=UUID(data["item_id"]))

    return show_form(request, page, RecordingForm, save, options={"items": items})


def _nothing(request: ActorRequest, case_id: UUID, subject: policy.Subject) -> Notice:
    """There is no item to choose: register it, or ask who may."""
    if policy.decide(request.actor, "evidence:item:register", subject).allowed:
        register = Button(_("Register it as evidence"), reverse("evidence:register", args=[case_id]))
        return Notice(_("There is no item of evidence in this case yet."), "warn", action=register)
    return Notice(_("You see no evidence of this case. The investigator or lawyer links the recording."), "warn")
