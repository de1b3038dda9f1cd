"""One official: posts over time, professional contact, and everything that is held."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.partners import naming, rules
from amparo.partners.models import Official, Post
from amparo.partners.queries.choices import names_of, official_names, post_titles, posts_of
from amparo.partners.queries.directory import crumbs
from amparo.partners.words import END_LABELS
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Fact, Name, Notice, Row, Section, Sheet, Tag, Text

ERASE = "partners:official:erase"


def official_page(actor: Actor, official_id: UUID) -> Sheet:
    """The professional record of one official. Raises NotFound. Cost: about 25 queries."""
    row = policy.load(actor, "partners:official:see", Official, official_id)
    may = policy.decide(actor, "partners:official:change", policy.subject_of(row)).allowed
    posts = posts_of([row])
    return Sheet(
        title=_title(row),
        crumbs=(*_from(actor), Crumb(_("Officials"), reverse("partners:officials"))),
        lede=_lede(posts),
        buttons=_buttons(actor, row, may),
        sections=(
            _posts(actor, row, posts, may),
            _contact(row),
            *naming.told(actor, row.id, row.person_id),
        ),
    )


def _from(actor: Actor) -> tuple[Crumb, ...]:
    """The way back to the directory, for who may open it."""
    return crumbs() if policy.has(actor, "partners:agency:see") else ()


def _title(row: Official) -> Text:
    name = official_names([row]).get(row.id, "")
    return Name(name) if name else _("Name erased")


def _lede(posts: list[Post]) -> str:
    titles = post_titles(posts)
    held = [titles[post.id] for post in posts if rules.is_held(post.from_on, post.until_on, clock.today())]
    return _("; ").join(held) if held else _("In no post that we know of.")


def _buttons(actor: Actor, row: Official, may: bool) -> tuple[Button, ...]:
    found = []
    if may:
        found.append(Button(_("Add a post"), reverse("partners:take_post", args=[row.id]), "quiet", key="n"))
        found.append(Button(_("Change"), reverse("partners:change_official", args=[row.id]), "quiet", key="e"))
    if policy.decide(actor, "partners:official:file", policy.subject_of(row)).allowed:
        url = reverse("partners:official_file", args=[row.id])
        found.append(Button(_("Everything held, to print"), url, "quiet", post=True))
    if row.name is not None and policy.decide(actor, ERASE, policy.subject_of(row)).allowed:
        found.append(Button(_("Erase"), reverse("partners:erase_official", args=[row.id]), "grave"))
    return tuple(found)


def _posts(actor: Actor, row: Official, posts: list[Post], may: bool) -> Section:
    knows = policy.has(actor, "partners:agency:see")
    titles = post_titles(posts)
    agencies = names_of({post.agency_id for post in posts})
    today = clock.today()
    lines = []
    for post in reversed(posts):
        held = rules.is_held(post.from_on, post.until_on, today)
        url = reverse("partners:end_post", args=[post.id]) if may and held and not post.end_reason else ""
        lines.append(
            Row(
                title=Name(titles[post.id]),
                url=reverse("partners:agency", args=[post.agency_id]) if knows else "",
                meta=_reason(post, agencies.get(post.agency_id, "")),
                lines=(period_said(post),),
                tag=Tag(_("In this post"), "on") if held else None,
                action_label=_("End it") if url else "",
                action_url=url,
            )
        )
    add = reverse("partners:take_post", args=[row.id]) if may else ""
    empty = Empty(_("No post is written down."), _("Add a post") if may else "", add)
    return Section(_("Posts"), "posts", 1, rows=tuple(lines), empty=empty)


def _reason(post: Post, agency: str) -> Text:
    reason = str(END_LABELS.get(post.end_reason, ""))
    return (Name(agency), "·", reason) if reason else Name(agency)


def period_said(post: Post) -> str:
    """From when until when, as far as it is known."""
    begun = formats.day(post.from_on) if post.from_on else ""
    ended = formats.day(post.until_on) if post.until_on else ""
    if begun and ended:
        return _("%(first)s to %(last)s") % {"first": begun, "last": ended}
    if begun:
        return _("Since %(day)s") % {"day": begun}
    return _("Until %(day)s") % {"day": ended} if ended else _("Period not known")


def _contact(row: Official) -> Section:
    contact = sealing.open_row(row, "contact").text("contact")
    facts = (Fact(_("Professional contact"), contact),) if contact else ()
    return Section(_("Contact"), "contact", 2, facts=facts, empty=Empty(_("No professional contact is written down.")))


def official_file(actor: Actor, official_id: UUID) -> Sheet:
    """Everything that is held about an official, to be shown to her or him. `make_file` comes first.

    Raises NotFound, Refused. Cost: about 25 queries.
    """
    row = policy.load(actor, "partners:official:file", Official, official_id, seen_by="partners:official:see")
    posts = posts_of([row])
    return Sheet(
        title=_title(row),
        crumbs=(*_from(actor), Crumb(_("Officials"), reverse("partners:officials")), _here(row)),
        overline=_("Everything that is held about one official"),
        remark=formats.moment(clock.now(), timezone.get_current_timezone()),
        notices=(
            Notice(
                _(
                    "This is a professional record only. Whoever it is about may ask for it to be corrected. "
                    "Print this page and hand it over."
                )
            ),
        ),
        sections=(
            _posts(actor, row, posts, False),
            _contact(row),
            _kept(row),
            *naming.told(actor, row.id, row.person_id),
        ),
    )


def _here(row: Official) -> Crumb:
    return Crumb(_("Record"), reverse("partners:official", args=[row.id]))


def _kept(row: Official) -> Section:
    zone = timezone.get_current_timezone()
    facts = (
        Fact(_("Record begun"), formats.moment(row.created_at, zone)),
        Fact(_("Last changed"), formats.moment(row.updated_at, zone)),
        Fact(_("Also among the people of cases"), _("Yes, as an official") if row.person_id else _("No")),
    )
    return Section(_("This record"), "record", 2, facts=facts)


def official_of_person(actor: Actor, person_id: UUID) -> UUID | None:
    """The professional record of one of the people of cases, if there is one that the actor may see."""
    rows = policy.visible(actor, "partners:official:see", Official.objects.filter(person_id=person_id))
    return rows.values_list("id", flat=True).first()


def official_crumbs(actor: Actor, official_id: UUID) -> tuple[Crumb, ...]:
    """The way back to an official. Raises NotFound."""
    row = policy.load(actor, "partners:official:see", Official, official_id)
    here = Crumb(official_names([row]).get(row.id, "") or _("Record"), reverse("partners:official", args=[row.id]))
    return (*_from(actor), Crumb(_("Officials"), reverse("partners:officials")), here)
