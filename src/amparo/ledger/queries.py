"""Reading the ledger. Who may read which entries is for the callers: they lie above and know the policy."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.kernel.digest import JsonValue
from amparo.ledger import checkpoints, merkle
from amparo.ledger.appending import StoredHashes
from amparo.ledger.models import Entry, Root
from amparo.ledger.notes import ED25519, Checkpoint, VerifierKey
from amparo.ledger.signatures import ORIGIN, head_message
from amparo.ledger.verbs import Verb
from amparo.vault import signing

PAGE = 50
_NONE: frozenset[UUID] = frozenset()
_VERBS = {verb.value: verb for verb in Verb}


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose entries may be read, and which are asked for. None asks for all; `hidden` are left out always.

    Entries of a hidden verb are left out but for those about `but_subjects`.
    """

    offices: frozenset[UUID] | None = None
    verbs: frozenset[Verb] | None = None
    either: tuple[Reach, ...] = ()
    hidden_cases: frozenset[UUID] = frozenset()
    hidden_subjects: frozenset[UUID] = frozenset()
    hidden_verbs: frozenset[Verb] = frozenset()
    but_subjects: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list of entries is narrowed to."""

    verbs: frozenset[Verb] | None = None
    actor_id: UUID | None = None
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    index: int
    at: datetime
    verb: Verb | None
    actor_id: UUID
    office_id: UUID | None
    case_id: UUID | None
    subject_id: UUID | None
    facts: dict[str, JsonValue]
    rows: int


@dataclass(frozen=True, slots=True)
class EntryPage:
    entries: tuple[EntryView, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the ledger of a size: its leaf, and the hashes that lead from it to the root."""

    index: int
    size: int
    leaf: str
    path: tuple[str, ...]
    root: str


@dataclass(frozen=True, slots=True)
class Head:
    """The signed head of the ledger, and the key that proves the signature."""

    origin: str
    size: int
    root: str
    signature: str
    at: datetime
    verifier_key: str
    is_signed: bool


def _within(reach: Reach) -> Q:
    # Never an empty Q: joined by "or" it would count for nothing instead of for everything.
    asked = ~Q(pk__in=[])
    if reach.offices is not None:
        asked &= Q(office_id__in=reach.offices)
    if reach.verbs is not None:
        asked &= Q(verb__in=[verb.value for verb in reach.verbs])
    if reach.either:
        some = Q(pk__in=[])
        for part in reach.either:
            some |= _within(part)
        asked &= some
    if reach.hidden_cases:
        asked &= Q(case_id=None) | ~Q(case_id__in=reach.hidden_cases)
    if reach.hidden_subjects:
        asked &= Q(subject_id=None) | ~Q(subject_id__in=reach.hidden_subjects)
    if reach.hidden_verbs:
        hidden = Q(verb__in=[verb.value for verb in reach.hidden_verbs])
        asked &= ~hidden | Q(subject_id__in=reach.but_subjects)
    return asked


def _chosen(reach: Reach, chosen: Chosen) -> QuerySet[Entry]:
    rows = Entry.objects.filter(_within(reach))
    if chosen.verbs is not None:
        rows = rows.filter(verb__in=[verb.value for verb in chosen.verbs])
    if chosen.actor_id is not None:
        rows = rows.filter(actor_id=chosen.actor_id)
    if chosen.case_id is not None:
        rows = rows.filter(case_id=chosen.case_id)
    return rows


def entries(reach: Reach, chosen: Chosen, *, before: int | None = None, limit: int = PAGE) -> EntryPage:
    """Entries, newest first, from below the index `before` on. Cost: one query."""
    rows = _chosen(reach, chosen)
    if before is not None:
        rows = rows.filter(index__lt=before)
    found = list(rows.order_by("-index")[: limit + 1])
    shown = found[:limit]
    return EntryPage(tuple(map(_view, shown)), shown[-1].index if len(found) > limit else None)


def _view(row: Entry) -> EntryView:
    body = json.loads(row.body)
    return EntryView(
        index=row.index,
        at=row.at,
        verb=_VERBS.get(row.verb),
        actor_id=row.actor_id,
        office_id=row.office_id,
        case_id=row.case_id,
        subject_id=row.subject_id,
        facts=dict(body.get("facts", {})),
        rows=len(body.get("rows", ())),
    )


def entry(reach: Reach, index: int) -> EntryView | None:
    """One entry, where it is within reach."""
    row = _chosen(reach, Chosen()).filter(index=index).first()
    return None if row is None else _view(row)


def proof(index: int) -> Proof | None:
    """That an entry is under the present head; None where the ledger has no such entry."""
    head = Root.objects.order_by("-size").first()
    row = Entry.objects.filter(index=index).first()
    if head is None or row is None or index >= head.size:
        return None
    path = merkle.inclusion_proof(StoredHashes(), index, head.size)
    return Proof(
        index=index,
        size=head.size,
        leaf=bytes(row.leaf).hex(),
        path=tuple(step.hex() for step in path),
        root=bytes(head.root).hex(),
    )


@dataclass(frozen=True, slots=True)
class Proved:
    """An entry whole, with its path to a signed head: what somebody outside needs to check it."""

    index: int
    salt: str
    body: str
    path: tuple[str, ...]


def proofs_of(subject_ids: Collection[UUID], verbs: Collection[Verb]) -> tuple[tuple[Proved, ...], str]:
    """Entries about some things, and the signed checkpoint that they are all under; the caller asked the policy."""
    note = checkpoints.current(checkpoints.verifier_key())
    size = Checkpoint.parse(note.text).size
    asked = Entry.objects.filter(subject_id__in=list(subject_ids), verb__in=list(verbs), index__lt=size)
    rows = list(asked.order_by("index"))
    paths = merkle.inclusion_proofs(StoredHashes(), [row.index for row in rows], size)
    found = tuple(
        Proved(row.index, bytes(row.salt).hex(), row.body, tuple(step.hex() for step in path))
        for row, path in zip(rows, paths, strict=True)
    )
    return found, note.render()


def proves(shown: Proof) -> bool:
    """Whether the path leads from the leaf to the root."""
    steps: Sequence[bytes] = [bytes.fromhex(step) for step in shown.path]
    try:
        merkle.verify_inclusion(bytes.fromhex(shown.leaf), shown.index, shown.size, steps, bytes.fromhex(shown.root))
    except merkle.ProofInvalid:
        return False
    return True


def head() -> Head | None:
    """The newest signed head; None before the first entry."""
    row = Root.objects.order_by("-size").first()
    if row is None:
        return None
    public = signing.public_key()
    signature = bytes(row.signature)
    return Head(
        origin=ORIGIN,
        size=row.size,
        root=bytes(row.root).hex(),
        signature=signature.hex(),
        at=row.at,
        verifier_key=VerifierKey(ORIGIN, ED25519, public).render(),
        is_signed=signing.is_signed(public, head_message(row.size, bytes(row.root)), signature),
    )


def is_demo() -> bool:
    """Whether the ledger's first entry says that everything here is invented. It can't be said later."""
    first = Entry.objects.filter(index=0).first()
    if first is None or first.verb != Verb.INSTANCE_CREATED:
        return False
    return json.loads(first.body)["facts"].get("demo") is True


@dataclass(frozen=True, slots=True)
class Changes:
    """What entries from an index on are about, and where the ledger stood when they were read."""

    size: int
    at: datetime | None
    cases: frozenset[UUID]
    subjects: frozenset[UUID]


def size() -> int:
    """How many entries there are. Cost: one query by the index."""
    newest = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if newest is None else newest + 1


def changes_since(index: int) -> Changes:
    """The cases and subjects of all entries from an index on. Cost: two queries, and memory for their ids."""
    newest = Entry.objects.order_by("-index").first()
    if newest is None or newest.index < index:
        return Changes(index if newest is None else newest.index + 1, newest.at if newest else None, _NONE, _NONE)
    rows = Entry.objects.filter(index__gte=index, index__lte=newest.index)
    cases: set[UUID | None] = set()
    subjects: set[UUID | None] = set()
    for case, subject in rows.values_list("case_id", "subject_id").distinct().iterator():
        cases.add(case)
        subjects.add(subject)
    return Changes(
        newest.index + 1,
        newest.at,
        frozenset(case for case in cases if case is not None),
        frozenset(subject for subject in subjects if subject is not None),
    )
