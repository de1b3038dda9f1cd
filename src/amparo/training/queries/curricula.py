"""Pages of curricula and their versions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel.errors import NotFound
from amparo.kernel.words import Compartment
from amparo.training.models import Curriculum, CurriculumVersion, Session
from amparo.training.queries.contents import content_of, contents
from amparo.training.queries.said import duration, percent
from amparo.training.rules.content import LETTERS, Content, Module, Question
from amparo.training.words import AUDIENCE_LABELS, OCCASION_LABELS, QUESTION_LABELS, Occasion
from amparo.web import formats
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

SEE = "training:curriculum:see"
CHANGE = "training:curriculum:change"


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Training"), reverse("training:sessions")),
        Crumb(_("Curricula"), reverse("training:curricula")),
        *more,
    )


def listing(actor: Actor) -> Listing:
    """All curricula with their newest version. Cost: five queries."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = list(policy.visible(actor, SEE, Curriculum.objects.all()).order_by("created_at"))
    newest: dict[UUID, CurriculumVersion] = {}
    for version in CurriculumVersion.objects.filter(curriculum__in=rows).order_by("number"):
        newest[version.curriculum_id] = version
    told = contents(version.id for version in newest.values())
    may = policy.has(actor, CHANGE)
    return Listing(
        title=_("Curricula"),
        crumbs=(Crumb(_("Training"), reverse("training:sessions")), Crumb(_("Curricula"))),
        lede=_("What is taught, to whom, and the questions that show whether it was learned."),
        buttons=(Button(_("Add a curriculum"), reverse("training:add_curriculum"), key="n"),) if may else (),
        rows=tuple(_row(row, newest[row.id], told[newest[row.id].id]) for row in rows if row.id in newest),
        empty=Empty(
            _("There is no curriculum yet."),
            _("Add a curriculum") if may else "",
            reverse("training:add_curriculum") if may else "",
        ),
    )


def _row(row: Curriculum, version: CurriculumVersion, content: Content) -> Row:
    return Row(
        title=Name(content.title),
        url=reverse("training:version", args=[version.id]),
        lines=(AUDIENCE_LABELS[row.audience],),
        meta=" · ".join(_amounts(version, content)),
        tag=Tag(_("Retired")) if row.retired_on else _state(version),
        strong=True,
    )


def _state(version: CurriculumVersion) -> Tag:
    return Tag(_("In use"), "ok") if version.used_on else Tag(_("Being written"), "warn")


def _amounts(version: CurriculumVersion, content: Content) -> list[str]:
    questions = len(content.questions)
    return [
        _("Version %(number)d") % {"number": version.number},
        duration(content.minutes),
        ngettext("%(count)d question", "%(count)d questions", questions) % {"count": questions},
    ]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version for its forms."""

    id: UUID
    curriculum_id: UUID
    row_version: int
    content: Content
    audience: str
    is_free: bool

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return crumbs(Crumb(self.content.title, reverse("training:version", args=[self.id])))

    def question(self, key: str) -> Question:
        """Raises NotFound."""
        found = self.content.question(key)
        if found is None:
            raise NotFound
        return found

    def module(self, key: str) -> Module:
        """Raises NotFound."""
        found = self.content.module(key)
        if found is None:
            raise NotFound
        return found


def version_for(actor: Actor, permission: str, version_id: UUID) -> VersionView:
    """A version by its id. Raises NotFound, Refused."""
    row = policy.load(actor, permission, CurriculumVersion, version_id, seen_by=SEE)
    audience = row.curriculum.audience
    return VersionView(row.id, row.curriculum_id, row.version, content_of(row), audience, row.used_on is None)


def check_may_write(actor: Actor, permission: str = CHANGE) -> None:
    """Raise Refused where the actor may make nothing new here, before a form is shown to her."""
    policy.check_new(actor, permission, policy.Subject(office=actor.office_id, level=Compartment.PROGRAMME))


def version_choices(actor: Actor) -> list[tuple[str, str]]:
    """Versions that a session can be planned with: of each curriculum that is not retired, the newest first."""
    rows = policy.visible(actor, SEE, CurriculumVersion.objects.filter(curriculum__retired_on=None))
    found = list(rows.order_by("curriculum__created_at", "-number"))
    told = contents(row.id for row in found)
    return [
        (str(row.id), _("%(title)s, version %(number)d") % {"title": told[row.id].title, "number": row.number})
        for row in found
        if told[row.id].modules
    ]


def version_page(actor: Actor, version_id: UUID) -> Sheet:
    """One version: aims, modules, the question bank, other versions, sessions held with it. Cost: seven queries."""
    row = policy.load(actor, SEE, CurriculumVersion, version_id)
    content = content_of(row)
    retired = row.curriculum.retired_on is not None
    may = policy.has(actor, CHANGE)
    free = may and row.used_on is None
    return Sheet(
        title=Name(content.title),
        crumbs=crumbs(Crumb(content.title)),
        tags=(Tag(_("Retired")),) if retired else (_state(row),),
        kind=AUDIENCE_LABELS[row.curriculum.audience],
        remark=" · ".join(_amounts(row, content)),
        lede=Name(content.aims) if content.aims else "",
        buttons=_buttons(row, retired, free) if may else (),
        notices=_notices(row, may),
        sections=(
            _modules(row, content, free),
            _certificate(content),
            _versions(row),
            _questions(row, content, free, sees_answers=may),
        ),
    )


def _buttons(row: CurriculumVersion, retired: bool, free: bool) -> tuple[Button, ...]:
    buttons = (
        [Button(_("Change the outline"), reverse("training:change_outline", args=[row.id]), "quiet")] if free else []
    )
    if not retired:
        buttons.append(Button(_("Plan a session"), f"{reverse('training:plan')}?version={row.id}", "quiet"))
    buttons.append(
        Button(_("Make a new version"), reverse("training:begin_version", args=[row.id]), "quiet", post=True)
    )
    label = _("Take it up again") if retired else _("Retire it")
    url = reverse("training:retire", args=[row.curriculum_id])
    hidden = (("retired", "" if retired else "1"), ("version", str(row.id)))
    return (*buttons, Button(label, url, "quiet", post=True, hidden=hidden))


def _notices(row: CurriculumVersion, may: bool) -> tuple[Notice, ...]:
    if row.used_on is None or not may:
        return ()
    said = _("A session uses this version since %(day)s, so that it stays as it is. To change it, make a new version.")
    return (Notice(said % {"day": formats.day(row.used_on)}),)


def _modules(row: CurriculumVersion, content: Content, free: bool) -> Section:
    return Section(
        _("Modules"),
        id="modules",
        rows=tuple(
            Row(
                when=duration(one.minutes),
                title=Name(one.title),
                url=reverse("training:change_module", args=[row.id, one.key]) if free else "",
                meta=Name(one.aim) if one.aim else "",
                action_label=_("Move up") if free and at else "",
                action_url=reverse("training:move_up", args=[row.id, one.key]) if free and at else "",
                action_post=True,
            )
            for at, one in enumerate(content.modules)
        ),
        empty=Empty(_("There is no module yet.")),
        link_label=_("Add a module") if free else "",
        link_url=reverse("training:add_module", args=[row.id]) if free else "",
    )


def _certificate(content: Content) -> Section:
    score = percent(content.least_score) if content.least_score else _("none asked for")
    return Section(
        _("For the certificate"),
        id="certificate",
        column=2,
        facts=(
            Fact(_("Attendance"), _("%(share)s of the days") % {"share": percent(content.least_attendance)}),
            Fact(_("Score at the end"), score),
        ),
    )


def _versions(row: CurriculumVersion) -> Section:
    others = list(CurriculumVersion.objects.filter(curriculum_id=row.curriculum_id).order_by("-number"))
    held: dict[UUID, int] = {}
    for key in Session.objects.filter(content_version__in=others).values_list("content_version_id", flat=True):
        held[key] = held.get(key, 0) + 1
    return Section(
        _("Versions"),
        id="versions",
        column=2,
        rows=tuple(
            Row(
                when=_("Version %(number)d") % {"number": one.number},
                title=_("this one") if one.id == row.id else _("Open"),
                url="" if one.id == row.id else reverse("training:version", args=[one.id]),
                meta=ngettext("%(count)d session", "%(count)d sessions", held.get(one.id, 0))
                % {"count": held.get(one.id, 0)},
                tag=_state(one),
            )
            for one in others
        ),
        remark=(_("Fingerprint:"), Code(row.digest[:16])) if row.digest else "",
    )


def _questions(row: CurriculumVersion, content: Content, free: bool, *, sees_answers: bool) -> Section:
    """The bank. The right answers are for those who teach: elsewhere the test would be known before it is taken."""
    most = {occasion: sum(q.points for q in content.asked(occasion)) for occasion in Occasion}
    return Section(
        _("Questions"),
        id="questions",
        column=0,
        remark=" · ".join(
            f"{OCCASION_LABELS[occasion]}: "
            + ngettext("%(count)d question", "%(count)d questions", len(content.asked(occasion)))
            % {"count": len(content.asked(occasion))}
            + " "
            + _("(%(points)d points)") % {"points": most[occasion]}
            for occasion in Occasion
        ),
        rows=tuple(
            Row(
                when=str(at + 1),
                title=Name(one.text),
                url=reverse("training:change_question", args=[row.id, one.key]) if free else "",
                lines=_answers(one) if sees_answers else (),
                meta=" · ".join(_about(one)),
                action_label=_("Move up") if free and at else "",
                action_url=reverse("training:move_up", args=[row.id, one.key]) if free and at else "",
                action_post=True,
                dir_auto=True,
            )
            for at, one in enumerate(content.questions)
        ),
        empty=Empty(_("There is no question yet. Without questions nobody can say what was learned.")),
        link_label=_("Add a question") if free else "",
        link_url=reverse("training:add_question", args=[row.id]) if free else "",
    )


def _answers(question: Question) -> tuple[Text, ...]:
    if question.by_hand:
        return ((_("Rubric:"), Name(question.rubric)),)
    return tuple(
        (f"{LETTERS[at]}.", Name(option), f"({_('right')})")
        if at in question.right
        else (f"{LETTERS[at]}.", Name(option))
        for at, option in enumerate(question.options)
    )


def _about(question: Question) -> list[str]:
    points = ngettext("%(count)d point", "%(count)d points", question.points) % {"count": question.points}
    missing = [str(OCCASION_LABELS[occasion]) for occasion in Occasion if occasion not in question.occasions]
    left_out = [_("not asked: %(occasions)s") % {"occasions": ", ".join(missing)}] if missing else []
    return [str(QUESTION_LABELS[question.kind]), points, *left_out]
