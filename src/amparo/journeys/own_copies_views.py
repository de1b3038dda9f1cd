"""The page on which a survivor's own copy is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.cases import commands as cases
from amparo.cases import queries
from amparo.cases.views.around import case_url, crumbs
from amparo.cases.words import COPY_PART_LABELS, COPY_WAY_LABELS, CopyPart, CopyWay
from amparo.journeys import own_copies
from amparo.kernel import digest
from amparo.people import queries as people
from amparo.staff.words import LANGUAGE_LABELS
from amparo.web.fields import ChoiceField, Choices, ManyField, TextField, options
from amparo.web.forms import Form
from amparo.web.pages import FormPage, pdf, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Notice


class OwnCopyForm(Form):
    """What goes in, how she gets it, and that the danger of a paper was talked about."""

    person_id = ChoiceField(label=gettext_lazy("For whom?"), choices=[])
    parts = ManyField(label=gettext_lazy("What goes in?"), choices=[])
    language = ChoiceField(label=gettext_lazy("In which language?"), choices=LANGUAGE_LABELS.items())
    way = ChoiceField(label=gettext_lazy("How does she get it?"), choices=options(COPY_WAY_LABELS))
    is_safe = forms.BooleanField(
        label=gettext_lazy("I talked with her about who may find it, and she says that it is safe with her"),
        required=False,
    )
    remark = TextField(label=gettext_lazy("Who takes it, or where it is kept"), limit=500, rows=2, required=False)

    def __init__(self, *args: Any, survivors: Choices, parts: Choices, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["person_id"] = ChoiceField(label=_("For whom?"), choices=survivors)
        help_text = _("Nothing of suspects, of others or of the investigation goes in.")
        self.fields["parts"] = ManyField(label=_("What goes in?"), choices=parts, help_text=help_text)


def make(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Make the paper and hand it out at once: it is kept nowhere, only that it was made."""
    actor = request.actor
    head = queries.case_head(actor, case_id)
    policy.check_new(actor, queries.MAKE_COPY, head.subject)
    page = FormPage(
        title=_("Her own copy"),
        lede=_("What is her own, on paper, in plain words. You can give away what you see yourself."),
        back=case_url(case_id),
        crumbs=crumbs(head),
        submit=_("Make the paper"),
        notice=Notice(
            _("A paper can be found by whoever harmed her. Talk about it first."),
            tone="warn",
            lines=(_("The file comes into your downloads: print it, and delete it there."),),
        ),
    )
    offered = own_copies.parts_offered(actor, head)
    survivors = queries.survivors_of(actor, case_id)
    labels = people.labels(actor, survivors)
    made = {
        "survivors": [(str(key), f"{code} {labels[key].first_name}".strip()) for key, code in survivors.items()],
        "parts": [(part.value, COPY_PART_LABELS[part]) for part in offered],
    }
    initial = {
        "parts": [part.value for part in own_copies.DEFAULTS if part in offered],
        "language": get_language(),
        "person_id": next(iter(map(str, survivors)), "") if len(survivors) == 1 else "",
    }
    papers: list[bytes] = []

    def save(data: dict[str, Any]) -> UUID:
        person, parts = UUID(data["person_id"]), [CopyPart(part) for part in data["parts"]]
        paper = own_copies.own_copy(actor, case_id, person, parts, data["language"])
        key = cases.record_own_copy(
            actor=actor,
            case_id=case_id,
            person_id=person,
            parts=parts,
            language=data["language"],
            way=CopyWay(data["way"]),
            is_safe=data["is_safe"],
            remark=data["remark"],
            sha256=digest.sha256(paper),
        )
        papers.append(paper)
        return key

    answer = show_form(request, page, OwnCopyForm, save, initial=initial, options=made)
    # The name of the file says nothing.
    return pdf(papers[0], "copy.pdf") if papers else answer
