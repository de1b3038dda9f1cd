"""Pages of curricula."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amparo.kernel import ids
from amparo.training import commands, forms
from amparo.training.queries import curricula as queries
from amparo.training.queries.curricula import CHANGE, VersionView
from amparo.training.rules import content as rules
from amparo.training.rules.content import Module, Question
from amparo.training.words import FALSE_LABEL, TRUE_LABEL, Audience, Occasion, QuestionKind
from amparo.web.forms import number_of
from amparo.web.pages import Data, FormPage, Said, act, run_once, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Button, Crumb

_KEY_BYTES = 6


def listing(request: ActorRequest) -> HttpResponse:
    return render(request, "web/list_page.html", {"listing": queries.listing(request.actor)})


def version(request: ActorRequest, version_id: UUID) -> HttpResponse:
    sheet = queries.version_page(request.actor, version_id)
    return render(request, "training/columns_first.html", {"sheet": sheet})


def _version_url(version_id: UUID | None) -> str:
    return reverse("training:version", args=[version_id])


def add(request: ActorRequest) -> HttpResponse:
    queries.check_may_write(request.actor)

    def save(data: Data) -> UUID:
        return commands.add_curriculum(actor=request.actor, audience=Audience(data.pop("audience")), **data)

    title = _("Add a curriculum")
    back = reverse("training:curricula")
    page = FormPage(title, back, crumbs=queries.crumbs(Crumb(title)), submit=_("Add it"), success=_("It is added."))
    return show_form(request, page, forms.CurriculumForm, save, done=_version_url)


def change_outline(request: ActorRequest, version_id: UUID) -> HttpResponse:
    found = queries.version_for(request.actor, CHANGE, version_id)

    def save(data: Data) -> UUID:
        return commands.change_outline(actor=request.actor, version_id=version_id, **data)

    def present() -> tuple[int, dict[str, object]]:
        now = queries.version_for(request.actor, CHANGE, version_id)
        told = now.content
        values: dict[str, object] = {
            "title": told.title,
            "aims": told.aims,
            "least_attendance": told.least_attendance,
            "least_score": told.least_score,
        }
        return now.row_version, values

    page = _page(found, _("Change the outline"), _("The outline is changed."))
    return show_form(request, page, forms.OutlineForm, save, present=present)


def _page(found: VersionView, title: Said, success: Said, key: str = "", kind: str = "") -> FormPage:
    remove: tuple[Button, ...] = ()
    if key:
        url = reverse("training:remove_part", args=[found.id, key])
        remove = (Button(_("Remove it"), url, "quiet", post=True),)
    return FormPage(
        title,
        _version_url(found.id),
        crumbs=(*found.crumbs, Crumb(title)),
        success=success,
        template="training/part.html",
        extra={"beside": remove, "kind": kind},
    )


@require_POST
def begin_version(request: ActorRequest, version_id: UUID) -> HttpResponse:
    queries.version_for(request.actor, CHANGE, version_id)
    made = run_once(request, lambda: commands.begin_version(actor=request.actor, version_id=version_id))
    return HttpResponseRedirect(_version_url(made))


@require_POST
def retire(request: ActorRequest, curriculum_id: UUID) -> HttpResponse:
    retired = bool(request.POST.get("retired"))
    shown = number_of(request.POST.get("version"))
    back = _version_url(shown) if shown else reverse("training:curricula")
    return act(
        request,
        lambda: commands.retire_curriculum(actor=request.actor, curriculum_id=curriculum_id, retired=retired),
        back,
        _("It is retired: no new session can be planned with it.") if retired else _("It is offered again."),
    )


# ---- modules and questions -----------------------------------------------------------------------------------


def _fresh_key(kind: str) -> str:
    return f"{kind}{ids.entropy(_KEY_BYTES).hex()}"


def add_module(request: ActorRequest, version_id: UUID) -> HttpResponse:
    found = queries.version_for(request.actor, CHANGE, version_id)
    return _module(request, found, Module(_fresh_key("m"), "", 90, ""), _("Add a module"))


def change_module(request: ActorRequest, version_id: UUID, key: str) -> HttpResponse:
    found = queries.version_for(request.actor, CHANGE, version_id)
    return _module(request, found, found.module(key), _("Change a module"), key)


def _module(request: ActorRequest, found: VersionView, one: Module, title: Said, key: str = "") -> HttpResponse:
    def save(data: Data) -> UUID:
        module = Module(one.key, data["title"], data["minutes"], data["aim"])
        return commands.save_module(actor=request.actor, version_id=found.id, module=module)

    page = _page(found, title, _("The module is saved."), key)
    given = {"title": one.title, "minutes": one.minutes, "aim": one.aim}
    return show_form(request, page, forms.ModuleForm, save, initial=given)


def add_question(request: ActorRequest, version_id: UUID) -> HttpResponse:
    found = queries.version_for(request.actor, CHANGE, version_id)
    fresh = Question(_fresh_key("q"), QuestionKind.SINGLE, "")
    return _question(request, found, fresh, _("Add a question"))


def change_question(request: ActorRequest, version_id: UUID, key: str) -> HttpResponse:
    found = queries.version_for(request.actor, CHANGE, version_id)
    return _question(request, found, found.question(key), _("Change a question"), key)


def _question(request: ActorRequest, found: VersionView, one: Question, title: Said, key: str = "") -> HttpResponse:
    def save(data: Data) -> UUID:
        return commands.save_question(actor=request.actor, version_id=found.id, question=_typed(one.key, data))

    page = _page(found, title, _("The question is saved."), key)
    return show_form(request, page, forms.QuestionForm, save, initial=_question_values(one))


def _typed(key: str, data: Data) -> Question:
    kind = QuestionKind(data["kind"])
    written, right = rules.read_options(data["lines"])
    if kind is QuestionKind.TRUE_FALSE:
        written = (str(TRUE_LABEL), str(FALSE_LABEL))
        right = frozenset({0 if data["true_is_right"] == "1" else 1})
    occasions = frozenset(Occasion(one) for one in data["occasions"])
    return Question(key, kind, data["text"], written, right, data["points"], data["rubric"], occasions)


def _question_values(one: Question) -> dict[str, object]:
    is_either = one.kind is QuestionKind.TRUE_FALSE
    return {
        "kind": one.kind.value,
        "text": one.text,
        "lines": "" if is_either else rules.write_options(one),
        "true_is_right": ("1" if 0 in one.right else "0") if is_either else "",
        "rubric": one.rubric,
        "points": one.points,
        "occasions": [occasion.value for occasion in Occasion if occasion in one.occasions],
    }


def _known_part(request: ActorRequest, version_id: UUID, key: str) -> None:
    told = queries.version_for(request.actor, CHANGE, version_id).content
    if told.module(key) is None and told.question(key) is None:
        raise Http404


@require_POST
def move_up(request: ActorRequest, version_id: UUID, key: str) -> HttpResponse:
    _known_part(request, version_id, key)
    run = commands.move_up
    return act(request, lambda: run(actor=request.actor, version_id=version_id, key=key), _version_url(version_id))


@require_POST
def remove_part(request: ActorRequest, version_id: UUID, key: str) -> HttpResponse:
    _known_part(request, version_id, key)
    return act(
        request,
        lambda: commands.remove_part(actor=request.actor, version_id=version_id, key=key),
        _version_url(version_id),
        _("It is removed."),
    )
