"""Facts as the public reads them: in its language, with their history, as pictures and as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.facts import queries as facts
from amparo.facts import rules
from amparo.facts.rules import Fact
from amparo.facts.words import STATUS_LABELS, Standing, Status
from amparo.kernel import clock
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import NotFound
from amparo.web import formats


@dataclass(frozen=True, slots=True)
class Line:
    """A fact in a list: `lang` and `dir` are those of its words, which may not be the page's."""

    url: str
    figure: str
    share: str
    statement: str
    publisher: str
    lang: str
    instead: str = ""
    instead_url: str = ""
    instead_note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One edition in the history of a figure; `x` in percent of the drawing's width, `mirrored` from the right."""

    x: float
    anchor: str
    figure: str
    status: str
    when: str
    data: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page of a fact."""

    slug: str
    lang: str
    rtl: bool
    figure: str
    share: str
    statement: str
    plain: str
    not_meaning: str
    caveat: str
    source: tuple[tuple[str, str], ...]
    address: str
    reported: bool
    status: str
    history: tuple[Step, ...]
    overdue: str
    instead: Line | None
    cite: str


def _language() -> str:
    return get_language() or "en"


def _rtl(language: str) -> bool:
    return language.split("-")[0] in ("ar", "fa", "he", "ur")


def found(slug: str) -> Fact:
    """A published fact. Raises NotFound."""
    fact = facts.published_fact(slug)
    if fact is None:
        raise NotFound(permission="facts:fact:see")
    return fact


def lines(*statuses: Status) -> list[Line]:
    """Published facts of some statuses. Cost: one query."""
    return [_line(fact) for fact in facts.published() if fact.status in statuses]


def _line(fact: Fact) -> Line:
    said, lang = fact.said(_language())
    successor = next((one for one in facts.published() if one.id == fact.successor), None)
    instead = successor.said(_language())[0] if successor else None
    return Line(
        url=reverse("awareness:fact", args=[fact.slug]),
        figure=said.figure,
        share=said.share,
        statement=said.statement,
        publisher=fact.publisher,
        lang=lang,
        instead=instead.statement if instead else "",
        instead_url=reverse("awareness:fact", args=[successor.slug]) if successor else "",
        instead_note=said.successor_note,
    )


def page(slug: str) -> Page:
    """The page of a published fact. Raises NotFound. Cost: one query."""
    fact = found(slug)
    said, lang = fact.said(_language())
    late = rules.is_overdue(fact, clock.today())
    return Page(
        slug=slug,
        lang=lang,
        rtl=_rtl(lang),
        figure=said.figure,
        share=said.share,
        statement=said.statement,
        plain=said.plain,
        not_meaning=said.not_meaning,
        caveat=said.caveat,
        source=_source(fact, said),
        address=fact.address,
        reported=fact.standing is Standing.REPORTED,
        status=str(STATUS_LABELS[fact.status]),
        history=_history(fact),
        overdue=formats.day(fact.review_by) if late and fact.review_by else "",
        instead=_line(fact) if fact.successor else None,
        cite=cite(fact),
    )


def _source(fact: Fact, said: Fact) -> tuple[tuple[str, str], ...]:
    read = "; ".join(f"{one.outlet}, {formats.day(one.on)}" for one in fact.read)
    by = _("As reported by") if fact.standing is Standing.REPORTED else _("Read at")
    return (
        (_("Publisher"), fact.publisher),
        (_("Publication"), fact.title),
        (_("Published"), _published(fact)),
        (_("Who"), said.population),
        (_("What"), said.definition),
        (_("Data"), fact.reference),
        (by, read),
        (_("Retrieved"), formats.day(fact.retrieved_on) if fact.retrieved_on else ""),
    )


def _published(fact: Fact) -> str:
    return formats.partial_date(fact.published) if fact.published else ""


def cite(fact: Fact) -> str:
    """One line to cite a fact by."""
    retrieved = formats.day(fact.retrieved_on) if fact.retrieved_on else ""
    return _("%(publisher)s: %(title)s, %(published)s. %(address)s (retrieved %(retrieved)s).") % {
        "publisher": fact.publisher,
        "title": fact.title,
        "published": _published(fact),
        "address": fact.address,
        "retrieved": retrieved,
    }


def _history(fact: Fact) -> tuple[Step, ...]:
    """The editions up to this one; empty where it took nobody's place."""
    earlier = facts.before(fact)
    if not earlier:
        return ()
    row = [*earlier, fact]
    anchors = ["start", *["middle"] * (len(row) - 2), "end"]
    return tuple(
        Step(
            x=round(100 * place / (len(row) - 1), 2),
            anchor=anchor,
            figure=" · ".join(filter(None, (one.share, one.figure))),
            status=str(STATUS_LABELS[one.status]),
            when=_("published %(when)s") % {"when": one.published.earliest().year if one.published else ""},
            data=_("no single estimate behind it") if one.status is Status.HISTORIC else "",
            is_now=one is fact,
        )
        for place, (one, anchor) in enumerate(zip(row, anchors, strict=True))
    )


# ---- to share -------------------------------------------------------------------------------------------------


def card_values(slug: str) -> tuple[dict[str, JsonValue], str]:
    """What the card of a fact says, and the language of its words. Raises NotFound."""
    fact = found(slug)
    said, lang = fact.said(_language())
    by = _("As reported by others from: ") if fact.standing is Standing.REPORTED else ""
    return {
        "figure": said.figure,
        "share": said.share,
        "statement": said.statement,
        "population": said.population,
        "not_meaning": said.not_meaning,
        "not_label": _("What this does not mean"),
        "source": f"{by}{fact.publisher}, {_published(fact)}",
        "status": "" if fact.status is Status.CURRENT else str(STATUS_LABELS[fact.status]),
    }, lang


def linked_data(slug: str, address: str) -> dict[str, JsonValue]:
    """A fact as JSON-LD: a claim, with the publication that it appears in. Source: schema.org's Claim.

    Args:
        address: of the fact's page, absolute.
    """
    fact = found(slug)
    said, lang = fact.said(_language())
    return {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": address,
        "inLanguage": lang,
        "text": said.statement,
        "about": {"@type": "Observation", "measuredValue": said.figure, "name": said.population},
        "abstract": said.definition,
        "disambiguatingDescription": said.not_meaning,
        "creativeWorkStatus": fact.status.value,
        "expires": _iso(fact.review_by),
        "appearance": {
            "@type": "CreativeWork",
            "name": fact.title,
            "publisher": {"@type": "Organization", "name": fact.publisher},
            "datePublished": str(fact.published) if fact.published else "",
            "url": fact.address,
            "temporalCoverage": fact.reference,
        },
        "sdDatePublished": _iso(fact.retrieved_on),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
