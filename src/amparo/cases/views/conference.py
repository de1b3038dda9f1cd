"""Case conferences."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amparo.access import policy
from amparo.cases import commands, queries
from amparo.cases.commands import NewTask
from amparo.cases.forms import ConferenceForm, ConferenceHeldForm
from amparo.cases.queries import CaseHead, ConferenceView, Gap
from amparo.cases.views.around import case_url, crumbs, team_choices
from amparo.cases.views.task import task_row
from amparo.cases.words import CONFERENCE_STATE_LABELS, DATA_CLASS_LABELS, CaseState, ConferenceState
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.partners import queries as partners
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.pages import FormPage, act, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import (
    Button,
    Code,
    Crumb,
    Empty,
    Fact,
    Listing,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
)


def conference_row(view: ConferenceView) -> Row:
    """A conference as a line: when, with whom, and whether a consent was missing."""
    count = view.uncovered
    missing = ngettext("consent was missing for one agency", "consent was missing for %(count)s agencies", count)
    return Row(
        when=formats.near_day(view.on, clock.today()),
        title=Name(", ".join(view.agencies)),
        url=reverse("cases:conference", args=[view.id]),
        meta=missing % {"count": count} if count else "",
        lines=(Name(view.decisions or view.about),),
        tag=None if view.state is ConferenceState.HELD else Tag(CONFERENCE_STATE_LABELS[view.state]),
    )


def _may(request: ActorRequest, head: CaseHead) -> bool:
    allowed = policy.decide(request.actor, "cases:conference:change", head.part(Compartment.NARRATIVE)).allowed
    return allowed and head.state is not CaseState.CLOSED


def conferences(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:conference:see", head.part(Compartment.NARRATIVE))
    add = reverse("cases:plan_conference", args=[case_id]) if _may(request, head) else ""
    listing = Listing(
        title=_("Case conferences"),
        crumbs=crumbs(head),
        lede=_("Agencies decide together. What they may know is what she agreed to."),
        buttons=(Button(_("Plan a conference"), add, key="n"),) if add else (),
        rows=tuple(conference_row(view) for view in queries.conferences(request.actor, case_id)),
        empty=Empty(_("No conference is planned or held."), _("Plan a conference") if add else "", add),
    )
    return render(request, "web/list_page.html", {"listing": listing})


def plan_conference(request: ActorRequest, case_id: UUID) -> HttpResponse:
    head = queries.case_head(request.actor, case_id)
    policy.check_new(request.actor, "cases:conference:change", head.part(Compartment.NARRATIVE))
    page = FormPage(
        title=_("Plan a case conference"),
        lede=_("The next page says which consents are missing, so that there is time to ask her."),
        back=reverse("cases:conferences", args=[case_id]),
        crumbs=crumbs(head),
        submit=_("Plan it"),
    )

    def save(data: dict[str, object]) -> UUID:
        data["agencies"] = [UUID(str(key)) for key in data["agencies"]]  # type: ignore[attr-defined]
        return commands.plan_conference(actor=request.actor, case_id=case_id, **data)  # type: ignore[arg-type]

    options = {"agencies": partners.recipient_choices(request.actor)}
    return show_form(request, page, ConferenceForm, save, done=_url, options=options)


def _url(conference_id: UUID | None) -> str:
    return reverse("cases:conference", args=[conference_id])


def conference(request: ActorRequest, conference_id: UUID) -> HttpResponse:
    head, view, gaps = queries.conference(request.actor, conference_id)
    tasks = queries.tasks_of_conference(request.actor, head.id, view)
    rows = tuple(task_row(task) for task in tasks)
    sheet = Sheet(
        title=_("Case conference"),
        crumbs=_crumbs(head),
        code=Code(head.code, case_url(head.id)),
        kind=Name(", ".join(view.agencies)),
        tags=(Tag(CONFERENCE_STATE_LABELS[view.state], "on" if view.state is ConferenceState.PLANNED else ""),),
        lede_bold=formats.day(view.on),
        lede=Name(view.about),
        buttons=_buttons(view) if _may(request, head) else (),
        notices=_notices(view, gaps),
        sections=(
            _decisions(view),
            Section(_("Tasks that came of it"), id="tasks", rows=rows, empty=Empty(_("No task came of it."))),
            _table(view, gaps),
        ),
    )
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def _crumbs(head: CaseHead) -> tuple[Crumb, ...]:
    return (*crumbs(head), Crumb(_("Case conferences"), reverse("cases:conferences", args=[head.id])))


def _buttons(view: ConferenceView) -> tuple[Button, ...]:
    if view.state is not ConferenceState.PLANNED:
        return ()
    return (
        Button(_("It was held"), reverse("cases:hold_conference", args=[view.id])),
        Button(_("It is not held"), reverse("cases:drop_conference", args=[view.id]), "quiet", post=True),
    )


def _notices(view: ConferenceView, gaps: Sequence[Gap]) -> tuple[Notice, ...]:
    if view.state is ConferenceState.PLANNED and gaps:
        text = _("Ask her for each agency, record her answer, or leave it unsaid at the table.")
        return (Notice(text, "warn", _("Not everything may be shared there."), lines=tuple(map(_gap_line, gaps))),)
    if view.state is ConferenceState.HELD and view.uncovered:
        said = ngettext(
            "For one agency no consent covered everything when it was held.",
            "For %(count)s agencies no consent covered everything when it was held.",
            view.uncovered,
        )
        return (Notice(said % {"count": view.uncovered}, "warn"),)
    return ()


def _gap_line(gap: Gap) -> Text:
    return (Name(gap.agency), "·", Code(gap.code), "·", _classes(gap.classes))


def _classes(codes: Sequence[str]) -> str:
    return ", ".join(str(DATA_CLASS_LABELS.get(code, code)) for code in codes)


def _decisions(view: ConferenceView) -> Section:
    rows = (Row(title=Name(view.decisions), dir_auto=True),) if view.decisions else ()
    return Section(_("Decisions"), id="decisions", rows=rows, empty=Empty(_("Nothing is decided yet.")))


def _table(view: ConferenceView, gaps: Sequence[Gap]) -> Section:
    covered = _("covered by her consent") if not gaps else _("not all of it is covered today")
    facts = [
        Fact(_("Agencies"), Name(", ".join(view.agencies))),
        Fact(_("To be shared"), _classes(view.classes)),
        Fact(_("Consent"), covered),
        Fact(_("Convened by"), Name(view.convened_by)),
    ]
    facts += [Fact(_("Who was there"), Name(view.present))] if view.present else []
    return Section(_("At the table"), id="table", column=2, facts=tuple(facts))


def hold_conference(request: ActorRequest, conference_id: UUID) -> HttpResponse:
    head, view, gaps = queries.conference(request.actor, conference_id)
    policy.check_new(request.actor, "cases:conference:change", head.part(Compartment.NARRATIVE))
    page = FormPage(
        title=_("The conference was held"),
        back=_url(conference_id),
        crumbs=_crumbs(head),
        notice=next(iter(_notices(view, gaps)), None),
        submit=_("Save"),
    )

    def present() -> tuple[int, dict[str, object]]:
        now = queries.conference(request.actor, conference_id)[1]
        return now.version, {"on": now.on}

    def save(data: dict[str, object]) -> UUID:
        return commands.hold_conference(
            actor=request.actor,
            conference_id=conference_id,
            expected=data["expected"],  # type: ignore[arg-type]
            on=data["on"],  # type: ignore[arg-type]
            present=str(data["present"]),
            decisions=str(data["decisions"]),
            tasks=_typed_tasks(data),
        )

    options = {"team": team_choices(head)}
    return show_form(request, page, ConferenceHeldForm, save, present=present, options=options)


def _typed_tasks(data: dict[str, object]) -> list[NewTask]:
    """The rows of the form in which something stands."""
    found = []
    for number in range(1, 4):
        title, who = str(data[f"title_{number}"]), str(data[f"assigned_{number}"])
        if title or who:
            due = data[f"due_{number}"]
            found.append(NewTask(title, UUID(who) if who else None, due))  # type: ignore[arg-type]
    return found


@require_POST
def drop_conference(request: ActorRequest, conference_id: UUID) -> HttpResponse:
    queries.conference(request.actor, conference_id)
    return act(
        request,
        lambda: commands.drop_conference(actor=request.actor, conference_id=conference_id),
        _url(conference_id),
        _("It is not held."),
    )
