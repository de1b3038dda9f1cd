"""From the breach of an order to the threat that it is: nothing is typed twice."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from amparo.investigations.views.threats import write_threat
from amparo.investigations.words import Threatener
from amparo.kernel.dates import PartialDate
from amparo.prosecution import queries as prosecution
from amparo.web.requests import ActorRequest

# So much fits into the one sentence that the whole team reads; more is what happened, for those who investigate.
_SENTENCE = 300


def threat_of_breach(request: ActorRequest, breach_id: UUID) -> HttpResponse:
    """The form of a threat, filled with what the breach says; its writer looks at it before she saves it."""
    told = prosecution.breach_told(request.actor, breach_id)
    given: dict[str, object] = {
        "by": Threatener.SUSPECT,
        "by_person_id": str(told.accused_id),
        "happened": PartialDate(told.on.year, told.on.month, told.on.day),
        "summary" if len(told.what) <= _SENTENCE else "account": told.what,
    }
    if told.person_id is not None:
        given["person_id"] = str(told.person_id)
    return write_threat(request, told.case_id, told.back, given)
