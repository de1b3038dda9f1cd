"""The sheet of one agency, with everything that belongs to it."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.kernel import clock
from amparo.partners import rules
from amparo.partners.models import Agency, Agreement, Facility, Official, Post, Unit
from amparo.partners.queries.choices import official_names, post_titles
from amparo.partners.queries.directory import (
    STATE_TONES,
    agreement_row,
    checked_tag,
    crumbs,
    said_of,
    service_rows,
)
from amparo.partners.queries.releases import release_verdicts, term_of
from amparo.partners.words import (
    AGENCY_LABELS,
    DATA_CLASS_LABELS,
    STATE_LABELS,
    UNIT_LABELS,
    WHY_LABELS,
    State,
    StateEvent,
    Why,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Crumb, Empty, Fact, Name, Row, Section, Sheet, Tag

STATE_ORDER = {State.ACTIVE: 0, State.SUSPENDED: 1, State.CLOSED: 2}


def step_label(step: StateEvent) -> str:
    """What a button says that moves an agency, a unit or a facility on."""
    return {StateEvent.SUSPEND: _("Suspend"), StateEvent.RESUME: _("Resume"), StateEvent.CLOSE: _("Close for good")}[
        step
    ]


def step_buttons(name: str, key: UUID, state: str) -> tuple[Button, ...]:
    return tuple(
        Button(step_label(step), reverse(f"partners:{name}", args=[key, step]), "quiet")
        for step in rules.steps_from(State(state))
    )


def agency_page(actor: Actor, agency_id: UUID) -> Sheet:
    """The sheet of one agency. Raises NotFound. Cost: about 20 queries, whatever belongs to it."""
    row = policy.load(actor, "partners:agency:see", Agency, agency_id)
    may = policy.decide(actor, "partners:agency:change", policy.subject_of(row)).allowed
    words = sealing.open_row(row, "name", "district", "address", "contact", "hours")
    details = tuple(
        Fact(label, value)
        for label, value in (
            (_("District"), words.text("district")),
            (_("Address"), words.text("address")),
            (_("Professional contact"), words.text("contact")),
            (_("Opening hours"), words.text("hours")),
            (_("Checked"), formats.day(row.verified_on) if row.verified_on else ""),
        )
        if value
    )
    return Sheet(
        title=Name(words.text("name")),
        crumbs=crumbs(),
        kind=str(AGENCY_LABELS[row.kind]),
        tags=_tags(row),
        buttons=_buttons(row) if may else (),
        sections=(
            _releases(row),
            _agreements(actor, row),
            _facilities(actor, row, may),
            Section(_("Details"), "details", 2, facts=details, empty=Empty(_("Nothing is written down yet."))),
            _units(actor, row, may),
            _officials(actor, row),
        ),
    )


def _tags(row: Agency) -> tuple[Tag, ...]:
    state = Tag(STATE_LABELS[row.state], STATE_TONES[row.state])
    return (state, checked_tag(row)) if row.state == State.ACTIVE else (state,)


def _buttons(row: Agency) -> tuple[Button, ...]:
    change = Button(_("Change"), reverse("partners:change_agency", args=[row.id]), "quiet", key="e")
    return (change, *step_buttons("move_agency", row.id, row.state))


def _adding(row: Agency, name: str, may: bool) -> str:
    return reverse(f"partners:{name}", args=[row.id]) if may and row.state == State.ACTIVE else ""


def _releases(row: Agency) -> Section:
    """Which kinds of data may go to this agency today, and why the others may not."""
    by_why: dict[Why, list[str]] = {}
    for verdict in release_verdicts(row.id, DATA_CLASS_LABELS, clock.today()):
        by_why.setdefault(verdict.why, []).append(verdict.data_class)
    rows = tuple(
        Row(
            title=said_of(DATA_CLASS_LABELS, classes),
            when_tag=Tag(_("Yes"), "ok") if why is Why.ALLOWED else Tag(_("No"), "danger"),
            meta=str(WHY_LABELS[why]),
        )
        for why, classes in sorted(by_why.items(), key=lambda pair: pair[0] is not Why.ALLOWED)
    )
    remark = _("Consent is asked besides: nothing goes out that either leaves out.")
    return Section(_("What may be released"), "releases", 1, rows=rows, remark=remark)


def _agreements(actor: Actor, row: Agency) -> Section:
    rows = list(
        policy.visible(actor, "partners:agreement:see", Agreement.objects.filter(agency_id=row.id)).order_by(
            "-review_on", "id"
        )
    )
    opened = sealing.open_rows(rows, "title")
    may = policy.decide(actor, "partners:agreement:change", policy.subject_of(row)).allowed
    add = _adding(row, "make_agreement", may)
    lines = tuple(
        agreement_row(one, words, rules.standing(term_of(one), clock.today()))
        for one, words in zip(rows, opened, strict=True)
    )
    return Section(
        _("Agreements"),
        "agreements",
        1,
        rows=lines,
        empty=Empty(_("There is no agreement yet."), _("Add an agreement") if add else "", add),
        link_label=_("Add an agreement") if lines and add else "",
        link_url=add if lines else "",
    )


def _units(actor: Actor, row: Agency, may: bool) -> Section:
    rows = list(policy.visible(actor, "partners:agency:see", Unit.objects.filter(agency_id=row.id)))
    rows.sort(key=lambda unit: (STATE_ORDER[State(unit.state)], unit.id))
    opened = sealing.open_rows(rows, "name", "contact")
    add = _adding(row, "add_unit", may)
    lines = tuple(
        Row(
            title=Name(words.text("name")),
            url=reverse("partners:change_unit", args=[unit.id]) if may else "",
            meta=str(UNIT_LABELS[unit.kind]),
            lines=(words.text("contact"),) if words.text("contact") else (),
            tag=None if unit.state == State.ACTIVE else Tag(STATE_LABELS[unit.state], STATE_TONES[unit.state]),
        )
        for unit, words in zip(rows, opened, strict=True)
    )
    return Section(
        _("Units"),
        "units",
        2,
        rows=lines,
        empty=Empty(_("No unit is written down."), _("Add a unit") if add else "", add),
        link_label=_("Add a unit") if lines and add else "",
        link_url=add if lines else "",
    )


def _facilities(actor: Actor, row: Agency, may: bool) -> Section:
    rows = list(policy.visible(actor, "partners:facility:see", Facility.objects.filter(agency_id=row.id)))
    rows.sort(key=lambda place: (STATE_ORDER[State(place.state)], place.kind, place.id))
    add = _adding(row, "add_facility", may)
    lines = service_rows(rows)
    return Section(
        _("Facilities"),
        "facilities",
        1,
        rows=lines,
        empty=Empty(_("No facility is written down."), _("Add a facility") if add else "", add),
        link_label=_("Add a facility") if lines and add else "",
        link_url=add if lines else "",
    )


def _officials(actor: Actor, row: Agency) -> Section:
    """Who is in which post there now."""
    today = clock.today()
    posts = [
        post
        for post in policy.visible(actor, "partners:official:see", Post.objects.filter(agency_id=row.id))
        if rules.is_held(post.from_on, post.until_on, today)
    ]
    held = {post.official_id for post in posts}
    officials = list(policy.visible(actor, "partners:official:see", Official.objects.filter(pk__in=held)))
    names = official_names(officials)
    titles = post_titles([post for post in posts if post.official_id in names])
    lines = tuple(
        Row(
            title=Name(names[post.official_id]) if names[post.official_id] else _("Name erased"),
            url=reverse("partners:official", args=[post.official_id]),
            meta=Name(titles[post.id]),
        )
        for post in posts
        if post.official_id in names
    )
    return Section(_("Officials"), "officials", 2, rows=lines, empty=Empty(_("Nobody is known to be in a post here.")))


def agency_crumbs(actor: Actor, agency_id: UUID) -> tuple[Crumb, ...]:
    """The way back to an agency. Raises NotFound."""
    row = policy.load(actor, "partners:agency:see", Agency, agency_id)
    name = sealing.open_row(row, "name").text("name")
    return (*crumbs(), Crumb(name, reverse("partners:agency", args=[agency_id])))
