"""Whether anybody may be chosen on the sign-in page, and who there is."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise

from amparo.access import queries as access
from amparo.ledger import queries as ledger
from amparo.staff.words import ROLE_SENTENCES

_HERE = {"localhost", "127.0.0.1", "[::1]", "::1"}


@dataclass(frozen=True, slots=True)
class CastMember:
    id: UUID
    name: str
    role: str
    office: str
    does: str | Promise


def is_open(address: str, *, forwarded: bool) -> bool:
    """Whether signing in by one button is possible: in a demonstration, at this very machine, nowhere else.

    `forwarded`: somebody passed the request on, so that its address says nothing about who sent it.
    """
    return settings.DEMO and not forwarded and _is_here(address) and not _serves_others() and ledger.is_demo()


def _is_here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _serves_others() -> bool:
    """Whether this is set up for anybody beyond this machine, as production is."""
    return bool(settings.SECURE_PROXY_SSL_HEADER) or not all(map(_names_here, settings.ALLOWED_HOSTS))


def _names_here(host: str) -> bool:
    """Names under `localhost` lead to this machine too: the demonstration's public sites have such names."""
    return host in _HERE or host.endswith(".localhost")


def cast() -> list[CastMember]:
    """Everybody who can be chosen, by role; the caller asked `is_open`."""
    people = [one for one in access.cast() if one.roles]
    order = list(ROLE_SENTENCES)
    people.sort(key=lambda one: (order.index(one.roles[0]), one.office, one.name.casefold()))
    return [CastMember(one.id, one.name, one.role_label, one.office, ROLE_SENTENCES[one.roles[0]]) for one in people]
