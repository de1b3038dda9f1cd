"""A survivor's own copy of what is her own, gathered from all rooms by somebody who sees each part herself.

Nothing of suspects, of other people or of the investigation has a part here, and no word of ours about her.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.words import ROLE_LABELS
from amparo.aftercare import queries as aftercare
from amparo.cases import queries as cases
from amparo.cases.errors import NothingOfHers, PartNotYours, ReportAlone
from amparo.cases.queries import CaseHead
from amparo.cases.words import CopyPart
from amparo.forensics import queries as forensics
from amparo.kernel import clock
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import NotFound
from amparo.kits import queries as kits
from amparo.papers.typesetting import typeset
from amparo.people import queries as people
from amparo.prosecution import queries as prosecution
from amparo.web import formats

TEMPLATE = "journeys/papers/own_copy.typ"
# By the table of who may see what: all that is her own; her words only where that is safe, so they are chosen.
DEFAULTS = (CopyPart.IDENTITY, CopyPart.CONSENTS, CopyPart.PLAN, CopyPart.KITS, CopyPart.DATES, CopyPart.READERS)

Lines = list[tuple[str, str]]


def parts_offered(actor: Actor, head: CaseHead) -> list[CopyPart]:
    """What this reader may give away: the report of an examination only where she sees one that is sealed."""
    offered = cases.parts_to_give(actor, head)
    sealed = bool(forensics.with_own_report(actor, head.id) & set(cases.survivors_of(actor, head.id)))
    return [part for part in offered if part is not CopyPart.EXAMINATION or sealed]


def own_copy(actor: Actor, case_id: UUID, person_id: UUID, parts: Collection[CopyPart], language: str) -> bytes:
    """The paper as a PDF in a language. Raises NotFound, Refused, PartNotYours, ReportAlone, NothingOfHers.

    Cost: some 30 queries, and about 100 ms of setting.
    """
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, cases.MAKE_COPY, head.subject)
    if person_id not in cases.survivors_of(actor, case_id):
        raise NotFound(permission=cases.MAKE_COPY)
    if not set(parts) <= set(parts_offered(actor, head)):
        raise PartNotYours(field="parts")
    if CopyPart.EXAMINATION in parts:
        return _report(actor, case_id, person_id, parts, language)
    with translation.override(language):
        said = values(actor, head, person_id, parts)
        return typeset(TEMPLATE, said, language=language, at=clock.now())


def _report(actor: Actor, case_id: UUID, person_id: UUID, parts: Collection[CopyPart], language: str) -> bytes:
    if len(parts) > 1:
        raise ReportAlone(field="parts")
    found = forensics.own_report(actor, case_id, person_id, language=language, at=clock.now())
    if found is None:
        raise NothingOfHers(field="parts")
    return found


def values(actor: Actor, head: CaseHead, person_id: UUID, parts: Collection[CopyPart]) -> dict[str, JsonValue]:
    """What the paper says, in the language that is set. Raises NothingOfHers."""
    said = [(part, _lines(actor, head, person_id, part)) for part in CopyPart if part in parts]
    if not any(lines for _part, lines in said):
        raise NothingOfHers(field="parts")
    return {
        "title": _("Your own copy"),
        "made": _("Made for you on %(day)s.") % {"day": formats.day(clock.today())},
        "foot": _("This paper is yours. If it is not safe with you, we keep it for you."),
        "none": _("Nothing is written down."),
        "parts": [
            {"title": str(_TITLES[part]), "facts": [[label, value] for label, value in lines]} for part, lines in said
        ],
        "rights": [
            _("What is wrong here, we put right. Tell us."),
            _("You may take back what you agreed to, at any time and without giving a reason."),
            _("Keep this paper where nobody finds it who must not, or leave it with us."),
        ],
    }


_TITLES = {
    CopyPart.IDENTITY: gettext_lazy("Who you are, and how we reach you"),
    CopyPart.WORDS: gettext_lazy("What happened, as it was written down from you"),
    CopyPart.CONSENTS: gettext_lazy("What you agreed to, and what we promised you"),
    CopyPart.PLAN: gettext_lazy("Your plan"),
    CopyPart.KITS: gettext_lazy("Where the examination kit is"),
    CopyPart.DATES: gettext_lazy("Your days in court"),
    CopyPart.READERS: gettext_lazy("Which kinds of people opened your file with us"),
}


def _lines(actor: Actor, head: CaseHead, person_id: UUID, part: CopyPart) -> Lines:
    match part:
        case CopyPart.IDENTITY:
            return people.identity_of_hers(actor, person_id)
        case CopyPart.WORDS:
            return cases.words_of_hers(actor, head.id, person_id)
        case CopyPart.CONSENTS:
            return cases.consents_of_hers(actor, head.id, person_id)
        case CopyPart.PLAN:
            return aftercare.plan_of_hers(actor, head, person_id)
        case CopyPart.KITS:
            return kits.kits_of_hers(actor, head.id, person_id)
        case CopyPart.DATES:
            return prosecution.days_of_hers(actor, head.id, person_id)
        case CopyPart.READERS:
            return [(str(ROLE_LABELS[role]), "") for role in access.kinds_that_read(head.id)]
        case CopyPart.EXAMINATION:
            return []
