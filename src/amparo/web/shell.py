"""What stands around every page: where one can go, who one is, and what waits to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.access import policy, queries
from amparo.access.actors import Actor
from amparo.access.words import ROLE_LABELS
from amparo.kernel.text import listed
from amparo.kernel.words import Role
from amparo.web.sheets import Notice


@dataclass(frozen=True, slots=True)
class NavItem:
    url: str
    label: str | Promise
    current: bool
    key: str


@dataclass(frozen=True, slots=True)
class Shell:
    nav: tuple[NavItem, ...]
    more: tuple[NavItem, ...]
    name: str
    role_line: str
    theme: str
    demo: bool
    home_url: str
    search_url: str
    own_url: str
    sign_out_url: str
    breach_url: str
    court: bool = False
    # The page itself, where looking at it again shows the same: not what came after something was sent.
    here: str = ""
    notices: tuple[Notice, ...] = ()
    keys_off: bool = False


def _is_keeper(actor: Actor) -> bool:
    return actor.holds(Role.SYSTEM, Role.DIRECTOR, Role.PROTECTION, Role.SUPERVISOR, Role.AUDITOR)


def _works_with_kits(actor: Actor) -> bool:
    """Who uses, keeps, sends or counts them; to others a kit is a line on the page of its case."""
    return actor.holds(Role.EXAMINER, Role.CUSTODIAN, Role.SUPERVISOR, Role.INVESTIGATOR, Role.POLICE)


def _refers(actor: Actor) -> bool:
    """Who sends people on every day; others reach what they referred from the page of its case."""
    return actor.holds(Role.INTAKE, Role.CASEWORKER, Role.SUPERVISOR)


# More letters than these do not fit beside the search on one line; the rest stand behind one word. Each label has
# a margin of its own, counted in letters too.
_WIDEST = 66
_MARGIN = 4

# Address, label, who sees it, key. Rooms are named by their addresses only: the shell lies below them.
NAV: tuple[tuple[str, str | Promise, Callable[[Actor], bool], str], ...] = (
    ("desk:today", _("Today"), lambda actor: True, "g t"),
    ("intake:reports", _("Reports"), lambda actor: policy.has(actor, "intake:report:see"), "g r"),
    ("cases:cases", _("Cases"), lambda actor: policy.has(actor, "cases:case:see"), "g c"),
    ("evidence:items", _("Evidence"), lambda actor: policy.has(actor, "evidence:item:see"), "g e"),
    ("kits:board", _("Kits"), _works_with_kits, "g k"),
    ("forensics:exams", _("Examinations"), lambda actor: policy.has(actor, "forensics:exam:see"), "g m"),
    (
        "investigations:asked_of_us",
        _("Asked of us"),
        lambda actor: policy.has(actor, "investigations:ask:answer"),
        "",
    ),
    ("forensics:releases", _("Released"), lambda actor: actor.holds(Role.POLICE, Role.PROSECUTOR), "g d"),
    (
        "prosecution:calendar",
        _("Hearings"),
        lambda actor: policy.has(actor, "prosecution:hearing:see"),
        "g h",
    ),
    ("operations:board", _("Operations"), lambda actor: policy.has(actor, "operations:operation:see"), "g x"),
    ("referrals:board", _("Referrals"), _refers, "g f"),
    ("partners:directory", _("Partners"), lambda actor: policy.has(actor, "partners:agency:see"), "g p"),
    ("training:sessions", _("Training"), lambda actor: policy.has(actor, "training:session:see"), "g n"),
    (
        "strengthening:home",
        _("Strengthening"),
        lambda actor: policy.has(actor, "strengthening:practice:see"),
        "g j",
    ),
    ("insight:overview", _("Insight"), lambda actor: policy.has(actor, "insight:figure:see"), "g i"),
    ("facts:facts", _("Facts"), lambda actor: policy.has(actor, "facts:fact:see"), ""),
    ("protection:breaches", _("Breaches"), lambda actor: policy.has(actor, "protection:assessment:see"), ""),
    ("staff:ledger", _("Ledger"), lambda actor: policy.has(actor, "ledger:entry:see"), "g l"),
    ("staff:organisation", _("Organisation"), _is_keeper, "g o"),
)


_PAGES_OF_A_CASE = {
    "desk:case", "desk:closing", "desk:ask_to_close", "desk:approve_closing", "desk:decline_closing", "desk:reopen",
}  # fmt: skip


def shell(request: HttpRequest) -> dict[str, Any]:
    """Django's context processor: the shell of somebody signed in, and nothing for strangers."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"shell": None, "demo": settings.DEMO}
    return {"shell": _shell(request, actor), "demo": settings.DEMO}


def _shell(request: HttpRequest, actor: Actor) -> Shell:
    account = request.account  # type: ignore[attr-defined]
    roles = dict.fromkeys(held.role for held in actor.roles)
    office = request.office  # type: ignore[attr-defined]
    items = tuple(_item(request, *entry) for entry in NAV if entry[2](actor))
    shown = _fitting(items)
    return Shell(
        nav=shown,
        more=tuple(item for item in items if item not in shown),
        name=queries.names_of([actor.account_id]).get(actor.account_id, ""),
        role_line=listed([*(str(ROLE_LABELS[role]) for role in roles), office.name], translation.get_language()),
        theme=account.theme,
        demo=settings.DEMO,
        home_url="/",
        search_url=reverse("desk:find"),
        own_url=reverse("staff:own"),
        sign_out_url=reverse("staff:sign_out"),
        court=actor.court,
        here=request.get_full_path() if request.method == "GET" else "",
        breach_url=reverse("protection:report") if policy.has(actor, "protection:breach:report") else "",
    )


def _fitting(items: tuple[NavItem, ...]) -> tuple[NavItem, ...]:
    """Those that stand on one line: the first ones, and where one is."""
    here = [item for item in items if item.current]
    room = _WIDEST - sum(map(_width, here))
    ends = accumulate(0 if item.current else _width(item) for item in items)
    return tuple(item for item, end in zip(items, ends, strict=True) if item.current or end <= room)


def _width(item: NavItem) -> int:
    return len(str(item.label)) + _MARGIN


def _item(request: HttpRequest, name: str, label: str | Promise, _who: Callable[[Actor], bool], key: str) -> NavItem:
    url = reverse(name)
    match = request.resolver_match
    here = match.namespace if match else ""
    # The page of one case is put together on the desk, and belongs to the cases for its reader.
    here = "cases" if match and match.view_name in _PAGES_OF_A_CASE else here
    room = name.split(":")[0]
    current = request.path == url or (here == room and room not in ("staff", "desk"))
    return NavItem(url, label, current, key)
