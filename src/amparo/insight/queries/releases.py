"""Releases as people read them: the list, one with its figures, and the values of its paper."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.asking import OfReader
from amparo.cases import queries as cases
from amparo.facts import queries as facts_room
from amparo.facts.errors import NotPublished
from amparo.insight.models import Release
from amparo.insight.queries import parts
from amparo.insight.queries.blocks import number, percent
from amparo.insight.queries.packs import WHOLE
from amparo.insight.queries.reader import labels_of, said_span
from amparo.insight.rules.periods import span_of
from amparo.insight.words import ENDING_LABELS, RELEASE_LABELS, RESULT_LABELS, STEP_LABELS, ReleaseState, Step
from amparo.insight.words.registry import DURATIONS, INDICATORS, PEOPLE, Waiting
from amparo.kernel.digest import JsonValue
from amparo.kernel.words import Compartment
from amparo.vault.prepared import ID
from amparo.web import formats
from amparo.web.drawing import CurveInput, CurvePoint, curve_drawing
from amparo.web.sheets import Button, Code, Column, Crumb, Due, Empty, Fact, Listing, Row, Section, Sheet, Table, Tag

SEE = "insight:release:see"
DECIDE = "insight:release:decide"
PUBLISH = "facts:figures:publish"
MOST = 20
_EXPLAINED = ("convicted-of-reported", "stopped", "complaint-to-evidence", "outcomes", "adjournments")


def _period(row: Release) -> str:
    """Which period, and which programme's cases alone."""
    span = span_of(row.title)
    when = _("all time") if span.first is None else said_span(span)
    if not row.programme:
        return when
    return _("%(period)s, programme “%(programme)s”") % {
        "period": when,
        "programme": cases.programme_said(row.programme),
    }


def programme_choices() -> list[tuple[str, str]]:
    """The programmes of the organisation, ended ones among them. Cost: one look-up of a setting."""
    return list(cases.programmes())


def _crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb(_("Insight"), reverse("insight:overview")),
        Crumb(_("Releases and reports"), reverse("insight:releases")),
    )


def releases(actor: Actor) -> Listing:
    """Every release, newest first. Cost: two queries. Raises Refused."""
    policy.check_new(actor, SEE, policy.Subject(office=actor.office_id))
    rows = list(policy.visible(actor, SEE, Release.objects.order_by("-created_at", "-id"))[:100])
    names = access.names_of({row.asked_by for row in rows} | {row.decided_by for row in rows if row.decided_by})
    may_ask = policy.has(actor, "insight:release:ask")
    return Listing(
        _("Releases and reports"),
        crumbs=_crumbs()[:1],
        lede=_("Figures leave the organisation once a second person has approved them. Small numbers are hidden."),
        buttons=(Button(_("Ask for a release"), reverse("insight:ask")),) if may_ask else (),
        rows=tuple(
            Row(
                title=_("Figures of %(period)s") % {"period": _period(row)},
                when=formats.short_day(row.created_at.date()),
                meta=_("asked for by %(name)s") % {"name": names.get(row.asked_by, "")},
                url=reverse("insight:release", args=[row.id]),
                tag=_tag(row),
            )
            for row in rows
        ),
        empty=Empty(_("No figures have left the organisation.")),
    )


def _tag(row: Release) -> Tag:
    state = ReleaseState(row.state)
    return Tag(
        RELEASE_LABELS[state], "warn" if state is ReleaseState.ASKED else "ok" if state is ReleaseState.APPROVED else ""
    )


def release(actor: Actor, release_id: UUID) -> Sheet:
    """One release with everything that would leave. Raises NotFound."""
    row = policy.load(actor, SEE, Release, release_id)
    names = access.names_of({row.asked_by} | ({row.decided_by} if row.decided_by else set()))
    open_ = row.state == ReleaseState.ASKED
    mine = row.asked_by == actor.account_id
    buttons = [Button(_("Report as PDF"), reverse("insight:report", args=[row.id]), "quiet")]
    if open_ and not mine and policy.has(actor, DECIDE):
        buttons += [
            Button(_("Approve"), reverse("insight:approve", args=[row.id]), post=True),
            Button(_("Do not approve"), reverse("insight:decline", args=[row.id]), "quiet", post=True),
        ]
    is_approved, public = row.state == ReleaseState.APPROVED, facts_room.public_days(row.id)
    may_publish = policy.has(actor, PUBLISH)
    if is_approved and public is None and may_publish and not row.programme:
        buttons.insert(0, Button(_("Put on the public site"), reverse("insight:publish", args=[row.id]), post=True))
    if public is not None and public.withdrawn_on is None and may_publish:
        buttons.append(Button(_("Take off the public site"), reverse("insight:withdraw", args=[row.id]), "quiet"))
    facts = [
        Fact(_("Asked for by"), names.get(row.asked_by, "")),
        Fact(_("As of"), formats.moment(row.as_of, timezone.get_current_timezone())),
        Fact(_("Entry of the ledger"), number(row.entries)),
        Fact(_("Smallest group shown"), number(row.least)),
        Fact(_("Digest"), Code(row.digest, hash=True)),
    ]
    if row.decided_by:
        facts.insert(1, Fact(_("Decided by"), names.get(row.decided_by, "")))
    if row.programme:
        facts.insert(0, Fact(_("Programme"), cases.programme_said(row.programme)))
    elif is_approved:
        facts.append(Fact(_("On the public site"), formats.day(public.since) if public else _("not yet")))
    if public is not None and public.withdrawn_on is not None:
        facts.append(Fact(_("Taken off it"), formats.day(public.withdrawn_on)))
    return Sheet(
        _("Figures of %(period)s") % {"period": _period(row)},
        crumbs=_crumbs(),
        tags=(_tag(row),),
        lede=_lede_of(row, actor, public=public is not None),
        buttons=tuple(buttons),
        sections=(
            Section(_("The release"), id="release", facts=tuple(facts)),
            *(
                Section(title, id=f"part-{at}", column=2 if at % 2 else 1, table=_sheet_table(title, heads, lines))
                for at, (title, heads, lines) in enumerate(tables(row.figures))
            ),
        ),
    )


def crumbs_to_withdraw(actor: Actor, release_id: UUID) -> tuple[Crumb, ...]:
    """The way back to figures on the public site, for who may take them off. Raises Refused, NotFound, NotPublished."""
    policy.check_new(actor, PUBLISH, policy.Subject(office=actor.office_id, level=Compartment.PROGRAMME))
    row = policy.load(actor, SEE, Release, release_id)
    public = facts_room.public_days(row.id)
    if public is None or public.withdrawn_on is not None:
        raise NotPublished
    here = Crumb(_("Figures of %(period)s") % {"period": _period(row)}, reverse("insight:release", args=[row.id]))
    return (*_crumbs(), here)


def _lede_of(row: Release, actor: Actor, *, public: bool) -> str:
    """What has to happen next, and by whom."""
    if row.state == ReleaseState.ASKED and row.asked_by == actor.account_id:
        return _("Somebody else has to approve what you asked for.")
    if row.state == ReleaseState.APPROVED and row.programme:
        return _("They may leave the organisation, as the report.")
    if row.state == ReleaseState.APPROVED and not public:
        return _("They may leave the organisation. A director decides whether they go on the public site.")
    return ""


def _sheet_table(title: str, heads: list[str], lines: list[list[str]]) -> Table:
    columns = tuple(Column(head, number=at > 0) for at, head in enumerate(heads))
    return Table(title, columns, tuple(tuple(line) for line in lines))


def _shown(value: JsonValue) -> str:
    return number(value) if isinstance(value, int) else _("hidden")


def tables(figures: dict[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    """The figures of a release as tables: title, heads and lines, in the reader's language."""
    people = figures["people"]
    reached = figures["reached"]
    whole = reached[0]
    adjourned = INDICATORS["adjournments"]
    reasons = labels_of(adjourned)
    found = [
        (
            _("People reached"),
            [_("Figure"), _("People")],
            [[str(one.name), _shown(people.get(one.id))] for one in PEOPLE],
        ),
        (
            _("Where cases stop"),
            [_("Step"), _("People"), _("of all reported")],
            [
                [
                    str(STEP_LABELS[step]),
                    _shown(reached[step]),
                    percent(reached[step], whole) if reached[step] and whole else "",
                ]
                for step in Step
            ],
        ),
        (
            _("Why suspects go no further"),
            [_("Reason"), _("People")],
            [
                [str(ENDING_LABELS["" if code == "waiting" else code]), _shown(count)]
                for code, count in figures["endings"].items()
            ],
        ),
        (
            _("How long people wait"),
            [_("Way"), _("half"), _("three quarters"), _("nine of ten")],
            [
                _wait_line(str(one.name), figures["waits"].get(one.id))
                for one in DURATIONS
                if isinstance(one.measure, Waiting)
            ],
        ),
        (
            _("Why hearings did not take place"),
            [_("Reason"), _("Hearings")],
            [
                [_("Held"), _shown(figures["adjournments"].get("held"))],
                *([str(label), _shown(figures["adjournments"].get(code))] for code, label in reasons.items()),
            ],
        ),
    ]
    if figures["outcomes"]:
        found.insert(
            3,
            (
                _("What became of those reported"),
                [_("Outcome"), _("estimated, at the end")],
                [[str(RESULT_LABELS[cause]), percent(share, WHOLE)] for cause, share in figures["outcomes"].items()],
            ),
        )
    return found


def _wait_line(name: str, wait: Any) -> list[str]:
    if wait is None:
        return [name, _("hidden"), "", ""]
    return [
        name,
        parts.days_said(wait["half"][0]),
        parts.days_said(wait["three_quarters"]),
        parts.days_said(wait["nine_tenths"]),
    ]


# ---- for the desk ---------------------------------------------------------------------------------------------

_TO_DECIDE = OfReader(
    DECIDE,
    Release,
    lambda rows, me: rows.filter(state=ReleaseState.ASKED).exclude(asked_by=me).order_by("created_at", "id")[:MOST],
    ID,
)


def waiting_for(actor: Actor) -> list[Due]:
    """Releases that others asked for and nobody decided on. Cost: three queries, none for who decides on none."""
    if not policy.has(actor, DECIDE):
        return []
    rows = _TO_DECIDE.rows(actor, actor.account_id)
    names = access.names_of({row.asked_by for row in rows}) if rows else {}
    return [
        Due(
            None,
            _("Decide whether figures may leave"),
            (
                _("Figures of %(period)s") % {"period": _period(row)},
                "·",
                _("asked for by %(name)s") % {"name": names.get(row.asked_by, "")},
            ),
            reverse("insight:release", args=[row.id]),
            _("Decide"),
        )
        for row in rows
    ]


# ---- the paper ------------------------------------------------------------------------------------------------


def report_values(actor: Actor, release_id: UUID, organisation: str) -> dict[str, JsonValue]:
    """What the report's template reads. Raises NotFound."""
    row = policy.load(actor, SEE, Release, release_id)
    names = access.names_of({row.asked_by} | ({row.decided_by} if row.decided_by else set()))
    state = ReleaseState(row.state)
    approved = (
        _("Approved by %(name)s on %(day)s.")
        % {"name": names.get(row.decided_by, ""), "day": formats.day(row.decided_at.date())}
        if state is ReleaseState.APPROVED and row.decided_by and row.decided_at
        else _("DRAFT. Not approved: it may not leave the organisation.")
    )
    explained = [*PEOPLE, *(INDICATORS[name] for name in _EXPLAINED)]
    return {
        "title": _("Figures of %(period)s") % {"period": _period(row)},
        "organisation": organisation,
        "foot": _("As of %(moment)s, entry %(entry)s of the ledger. SHA-256 of the figures: %(digest)s")
        % {
            "moment": formats.moment(row.as_of, timezone.get_current_timezone()),
            "entry": row.entries,
            "digest": row.digest[:16],
        },
        "is_draft": state is not ReleaseState.APPROVED,
        "approved": approved,
        "lede": _lede(row.figures),
        "hidden": _(
            "Numbers below %(least)s are hidden, and others with them, so that nobody can be recognised. Hidden is not "
            "nought."
        )
        % {"least": row.least}
        + _whose(row),
        "tables": [
            {
                "title": title,
                "heads": list(heads),
                "lines": [list(line) for line in lines],
                "drawing": _picture(at, row.figures),
                "bars": _bars(row.figures) if at == 1 else [],
                "alt": title,
            }
            for at, (title, heads, lines) in enumerate(tables(row.figures))
        ],
        "definitions_title": _("How it is counted, and what it does not say"),
        "definitions": [
            {
                "name": str(one.name),
                "counted": str(one.numerator),
                "of": str(one.denominator),
                "once": str(one.once),
                "silent": str(one.silent),
            }
            for one in explained
        ],
        "labels": {
            "counted": _("Counted"),
            "of": _("Of"),
            "once": _("Once"),
            "silent": _("It does not say"),
        },
        "digest_label": _("SHA-256 of these figures, as the ledger keeps it"),
        "digest": row.digest,
    }


def _whose(row: Release) -> str:
    """Whose cases are counted in the report of one programme."""
    if not row.programme:
        return ""
    said = _("Only cases of the programme “%(programme)s” are counted, and what belongs to no case is not.")
    return " " + said % {"programme": cases.programme_said(row.programme)}


def _lede(figures: dict[str, Any]) -> str:
    reached = figures["reached"]
    if reached[0] and reached[Step.CONVICTED] is not None:
        return _("%(part)s of every 100 reported suspects were convicted.") % {
            "part": number(round(100 * reached[Step.CONVICTED] / reached[0]))
        }
    return _("Too few people were convicted to say how many of those reported.")


_STYLE = (
    "<style>text{font-family:'Noto Sans','Noto Sans Arabic','Noto Sans Devanagari','Noto Sans Khmer';font-size:13px;"
    "fill:#1e2528}text.meta{fill:#4d575b}.b{font-weight:700}.grid{stroke:#c9c5bb}.now{stroke:#1e2528}"
    ".span{fill:#dfebea}.data{fill:#5f979c}.done{fill:#12636b}"
    ".curve{fill:none;stroke:#12636b;stroke-width:2;vector-effect:non-scaling-stroke}</style>"
)


def _picture(at: int, figures: dict[str, Any]) -> str:
    """A drawing for the part of the report at a place: the wait for her evidence."""
    title = tables(figures)[at][0]
    wait = figures["waits"].get("complaint-to-evidence")
    if title == _("How long people wait") and wait and wait["points"]:
        return _wait_picture(wait)
    return ""


def _bars(figures: dict[str, Any]) -> list[JsonValue]:
    """How far the bar of each step reaches, in percent of all reported; -1 where it is hidden."""
    reached = figures["reached"]
    if not reached[0]:
        return []
    return [-1 if count is None else round(100 * count / reached[0]) for count in reached]


def _wait_picture(wait: dict[str, Any]) -> str:
    points = tuple(
        CurvePoint(day, share / WHOLE, low / WHOLE, high / WHOLE) for day, share, low, high in wait["points"]
    )
    # Words stand beside it, in the table: the typesetter joins no letters inside a picture.
    drawn = curve_drawing(
        [CurveInput("", points)],
        "",
        until=max(7, points[-1].day),
        tick=lambda day: number(round(day / 30.44)) if points[-1].day >= 183 else number(day),
        rtl=formats.is_rtl(),
    )
    return _standalone(_in_pixels(render_to_string("web/drawing/curve.html", {"d": drawn})), drawn.height)


_STRETCHED = re.compile(r'<svg x="0" y="14" width="100%" height="190" viewBox[^>]*>(.*?)</svg>', re.DOTALL)
_CORNER = re.compile(r"(-?[0-9.]+) (-?[0-9.]+)")


def _in_pixels(drawn: str) -> str:
    """The stretched part of a curve in pixels: the typesetter would stretch its strokes with it."""

    def moved(corner: re.Match[str]) -> str:
        return f"{float(corner[1]) * 7.2:.1f} {14 + float(corner[2]) * 1.9:.1f}"

    def path(found: re.Match[str]) -> str:
        return f'd="{_CORNER.sub(moved, found[1])}"'

    return _STRETCHED.sub(lambda part: re.sub(r'd="([^"]*)"', path, part[1]), drawn)


_TURNED = {"start": "end", "end": "start"}


def _standalone(inner: str, height: int) -> str:
    """A drawing that stands outside of a page: with its size and its own colours."""
    direction = "rtl" if formats.is_rtl() else "ltr"
    if direction == "rtl":
        # The typesetter keeps anchors where they are; a browser turns them with the direction.
        inner = re.sub(r'text-anchor="(start|end)"', lambda a: f'text-anchor="{_TURNED[a[1]]}"', inner)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" viewBox="0 0 720 {height}" '
        f'direction="{direction}">{_STYLE}{inner}</svg>'
    )
