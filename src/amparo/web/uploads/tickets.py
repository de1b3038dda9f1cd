"""The signed word by which a form may send a file."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from amparo.access.actors import Actor
from amparo.kernel.words import Compartment
from amparo.web.uploads.files import Reception, TicketEnded

TICKET_AGE = timedelta(hours=12)
_SALT = "amparo.web.uploads"


def ticket_for(actor: Actor, reception: Reception) -> str:
    """A signed word by which this person may send one page's file; it names ids only."""
    said = [str(actor.account_id), str(reception.owner_id), reception.compartment.value, str(reception.office_id)]
    return signing.dumps(said, salt=_SALT)


def read_ticket(actor: Actor, text: str) -> Reception:
    """What a ticket is for. Raises TicketEnded where it is old, forged or somebody else's."""
    try:
        account, owner, compartment, office = signing.loads(text, salt=_SALT, max_age=TICKET_AGE)
    except (signing.BadSignature, ValueError) as error:
        raise TicketEnded from error
    if account != str(actor.account_id):
        raise TicketEnded
    return Reception(UUID(owner), Compartment(compartment), UUID(office))


def upload_options(request: HttpRequest, reception: Reception) -> dict[str, str]:
    """The two addresses for a form that takes a file: `put_url` for the script, `post_url` for the form itself."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ticket = ticket_for(actor, reception)
    return {"put_url": reverse("upload", args=[ticket]), "post_url": f"{request.path}?ticket={quote(ticket)}"}
