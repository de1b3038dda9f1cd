"""A survivor's own copy: that it was made. What it says is gathered above, from all rooms."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from amparo.access import policy
from amparo.access.actors import Actor
from amparo.cases import queries
from amparo.cases.errors import NotSafeOnPaper
from amparo.cases.models import Case, OwnCopy
from amparo.cases.words import CopyPart, CopyWay
from amparo.kernel.errors import NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command


@command
def record_own_copy(
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    parts: Collection[CopyPart],
    language: str,
    way: CopyWay,
    is_safe: bool,
    sha256: str,
    remark: str = "",
) -> UUID:
    """Keep that a survivor's own copy is made, before it leaves. **Needs** cases:own_copy:make.

    **Ledger** own_copy.made. Raises NotSafeOnPaper, NotFound.
    """
    case = policy.load(actor, queries.MAKE_COPY, Case, case_id, seen_by="cases:case:see")
    if person_id not in queries.survivors_of(actor, case.id):
        raise NotFound(permission=queries.MAKE_COPY)
    if not is_safe and way in (CopyWay.HANDED, CopyWay.TRUSTED):
        raise NotSafeOnPaper(field="is_safe")
    row = OwnCopy(
        case=case,
        office_id=case.office_id,
        person_id=person_id,
        parts=sorted(parts),
        language=language,
        way=way,
        sha256=sha256,
    )
    writing.insert(row, remark=remark)
    facts = {"person": person_id, "parts": sorted(parts), "way": way, "sha256": sha256}
    writing.note(Verb.OWN_COPY_MADE, subject=row.id, case=case.id, office=case.office_id, facts=facts)
    return row.id
