"""Notes, their corrections, and drafts that are saved as one types."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.access.words import COMPARTMENT_LABELS
from amparo.cases import commands, queries
from amparo.cases.forms import CorrectionForm, NoteForm
from amparo.cases.queries import NoteView
from amparo.cases.views.around import case_url, crumbs, people_choices
from amparo.cases.views.case import _after
from amparo.cases.words import NOTE_LABELS, NoteKind
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.pages import FormPage, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Code, Empty, Listing, Name, Row, Strong, Tag


def note_row(note: NoteView, codes: dict[UUID, str], *, may_correct: bool) -> Row:
    """A note as a line: when, in which part, by whom, and its words as they were written."""
    about = (Code(codes[note.person_id]),) if note.person_id in codes else ()
    return Row(
        when=formats.near_day(note.happened_at.date(), clock.today()),
        title=(
            Strong(str(COMPARTMENT_LABELS[note.compartment])),
            str(NOTE_LABELS.get(note.kind, note.kind)),
            *about,
        ),
        meta=Name(note.by),
        lines=(Name(note.text),),
        tag=Tag(_("corrected")) if note.corrected else Tag(_("correction")) if note.corrects_id else None,
        action_label=_("Correct") if may_correct and not note.corrected else "",
        action_url=reverse("cases:correct_note", args=[note.id]) if may_correct and not note.corrected else "",
    )


def notes(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    page = queries.notes(request.actor, case_id, after=_after(request))
    codes = {party.person_id: party.code for party in queries.parties(request.actor, case_id)}
    write = reverse("cases:write_note", args=[case_id])
    may = queries.writable_compartments(request.actor, head)
    listing = Listing(
        title=_("Notes"),
        crumbs=crumbs(head),
        buttons=(Button(_("Write a note"), write, key="n"),) if may else (),
        rows=tuple(note_row(note, codes, may_correct=note.compartment in may) for note in page.notes),
        empty=Empty(_("No note that you may read."), _("Write a note"), write if may else ""),
        next_url=f"?after={page.after}" if page.after else "",
    )
    return render(request, "web/list_page.html", {"listing": listing})


def write_note(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    may = queries.writable_compartments(request.actor, head)
    if not may:
        policy.check_new(request.actor, "cases:note:write", head.part(Compartment.CARE))
    page = FormPage(
        title=_("Write a note"),
        back=case_url(case_id, "notes"),
        crumbs=crumbs(head),
        submit=_("Save the note"),
    )

    def save(data: dict[str, object]) -> UUID:
        person = data.pop("person_id")
        return commands.write_note(
            actor=request.actor,
            case_id=case_id,
            compartment=Compartment(str(data["compartment"])),
            kind=NoteKind(str(data["kind"])),
            text=str(data["text"]),
            person_id=UUID(str(person)) if person else None,
            happened_at=data["happened_at"],  # type: ignore[arg-type]
        )

    options = {
        "compartments": may,
        "people": people_choices(request, head),
        "draft_url": reverse("cases:draft", args=[case_id, "note"]),
    }
    initial = {"compartment": may[0].value, "text": queries.draft(request.actor, f"note:{case_id}")}
    return show_form(request, page, NoteForm, save, initial=initial, options=options)


def correct_note(request: ActorRequest, note_id: UUID) -> HttpResponse:
    head, note = queries.note(request.actor, note_id)
    policy.check_new(request.actor, "cases:note:write", head.part(note.compartment))
    page = FormPage(title=_("Correct a note"), back=reverse("cases:notes", args=[head.id]), crumbs=crumbs(head))
    return show_form(
        request,
        page,
        CorrectionForm,
        lambda data: commands.correct_note(actor=request.actor, note_id=note_id, text=data["text"]),
        initial={"text": note.text},
    )


@require_POST
def save_draft(request: ActorRequest, owner_id: UUID, place: str) -> HttpResponse:
    """Keep what is being typed. `owner_id` is the case that the words are about, or oneself before there is one."""
    saved_at = commands.save_draft(actor=request.actor, place=place, owner=owner_id, typed=request.POST.get("text", ""))
    return HttpResponse(saved_at.isoformat(), content_type="text/plain", status=200)
