"""An export for a court: items with their files and chains of custody, the ledger's proofs, and a script that checks
them offline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from uuid import UUID

from amparo.access import policy, readings
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.evidence.errors import CopyChanged, NothingToSee
from amparo.evidence.models import Copy, CustodyEvent, EvidenceItem
from amparo.evidence.queries.bags import Bag, zipped
from amparo.evidence.queries.copies import cover_paper, ending_of, mark_of
from amparo.evidence.queries.items import VIEW, EventView, FileView, file_of, files_among, items_of_case, load_item
from amparo.evidence.queries.page.loaded import LOOKS, Page, page_of
from amparo.evidence.words import Form
from amparo.kernel import digest
from amparo.kernel.words import Compartment
from amparo.ledger import checkpoints
from amparo.ledger import queries as ledger
from amparo.ledger.queries import Proved
from amparo.ledger.verbs import Verb
from amparo.vault import sealing

FORMAT = "amparo evidence export 2"
# Who looked at a file is nobody's outside, so those entries stay here.
_PROVED = (Verb.ITEM_REGISTERED, Verb.CUSTODY_RECORDED, Verb.ITEM_EXPORTED)
_NONCE = b"amparo evidence export nonce"


@dataclass(frozen=True, slots=True)
class Part:
    """One item of an export. An object has a chain of custody, and no file."""

    id: UUID
    code: str
    file: FileView | None
    custody: bytes = field(repr=False)

    @property
    def file_place(self) -> str:
        return f"original/{self.code}{ending_of(self.file.blob.media_type)}" if self.file else ""

    @property
    def custody_place(self) -> str:
        return f"custody/{self.code}.json"


@dataclass(frozen=True, slots=True)
class CourtPapers:
    """What goes out. `manifest` names all the rest by hash, and for each item the ledger names the manifest."""

    row: Copy
    parts: tuple[Part, ...]
    manifest: bytes = field(repr=False)
    cover: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return digest.sha256(self.manifest)


def exportable(actor: Actor, item_id: UUID) -> EvidenceItem:
    """An item of which something can go to a court. Raises NotFound, Refused, NothingToSee."""
    item = load_item(actor, VIEW, item_id)
    _check_exportable(item, file_of(item))
    return item


def _check_exportable(item: EvidenceItem, file: FileView | None) -> None:
    if item.isolation_by is not None or (item.form != Form.PHYSICAL and file is None):
        raise NothingToSee


def items_to_export(actor: Actor, case_id: UUID) -> tuple[CaseHead, list[tuple[str, str]]]:
    """The items of a case that can go to a court, as choices. Raises NotFound, Refused. Cost: some six queries."""
    head = cases.case_head(actor, case_id)
    policy.check_new(actor, VIEW, head.part(Compartment.EVIDENCE))
    lines = [line for line in items_of_case(actor, case_id) if not line.isolation_asked]
    with_file = files_among([line.id for line in lines])
    return head, [
        (str(line.id), f"{line.code} {line.description}".strip())
        for line in lines
        if line.form is Form.PHYSICAL or (line.form is Form.FILE and line.id in with_file)
    ]


def court_papers(actor: Actor, row: Copy) -> CourtPapers:
    """The papers of an export as its items stood when it was recorded; always the same.

    The caller has found the copy to be the actor's. Raises NotFound, Refused, NothingToSee. Cost: some ten queries for
    each item.
    """
    events = CustodyEvent.objects.filter(copy_id=row.id).order_by("item__code").values_list("item_id", "seq")
    parts = tuple(_part(actor, item_id, seq) for item_id, seq in events)
    language = str(sealing.open_row(row, "details").table("details").get("language", "en"))
    mark = mark_of(row, language)
    cover = cover_paper(row, mark, language, [(part.code, part.file.sha256 if part.file else "") for part in parts])
    manifest = _json({
        "format": FORMAT,
        "copy": {"number": row.code, "mark": mark.line},
        "made_at": row.created_at.isoformat(),
        # The ledger keeps the hash of this text: nobody who has the same files can find it there.
        "nonce": digest.sha256(_NONCE + bytes(row.salt)),
        "items": {part.code: {"id": str(part.id), "custody": part.custody_place} for part in parts},
        "files": {
            "cover.pdf": {"sha256": digest.sha256(cover), "bytes": len(cover)},
            "verify.py": {"sha256": digest.sha256(_script()), "bytes": len(_script())},
            **{
                part.custody_place: {"sha256": digest.sha256(part.custody), "bytes": len(part.custody)}
                for part in parts
            },
            **{
                part.file_place: {"sha256": part.file.sha256, "bytes": part.file.bytes} for part in parts if part.file
            },
        },
    })  # fmt: skip
    return CourtPapers(row, parts, manifest, cover)


def _part(actor: Actor, item_id: UUID, seq: int) -> Part:
    item = load_item(actor, VIEW, item_id)
    page = page_of(actor, item)
    _check_exportable(item, page.file)
    readings.opened(item.case_id, Compartment.EVIDENCE)
    return Part(item.id, item.code, page.file, _json(_lines(page, seq)))


def packed(papers: CourtPapers) -> Iterator[bytes]:
    """The export as a ZIP, piece by piece in constant memory. Raises CopyChanged where the ledger does not name it."""
    proved, note = ledger.proofs_of([part.id for part in papers.parts], _PROVED)
    last = {_subject(one): one.index for one in proved if _facts(one).get("manifest") == papers.sha256}
    if set(last) != {str(part.id) for part in papers.parts}:
        raise CopyChanged
    # What was written since is not in the chains that go out.
    return zipped(_bag(papers, [one for one in proved if one.index <= last[_subject(one)]], note))


def _facts(entry: Proved) -> Mapping[str, object]:
    return dict(json.loads(entry.body).get("facts", {}))


def _subject(entry: Proved) -> str:
    return str(json.loads(entry.body)["subject"])


def _bag(papers: CourtPapers, proved: Sequence[Proved], note: str) -> Bag:
    small: Mapping[str, bytes] = {
        "cover.pdf": papers.cover,
        "verify.py": _script(),
        "manifest.json": papers.manifest,
        **{part.custody_place: part.custody for part in papers.parts},
        "ledger.json": _json([
            {"index": one.index, "salt": one.salt, "body": one.body, "path": list(one.path)} for one in proved
        ]),
        "checkpoint.txt": note.encode(),
        "ledger.vkey": (checkpoints.verifier_key().render() + "\n").encode(),
    }  # fmt: skip
    originals = tuple((part.file_place, part.file.blob) for part in papers.parts if part.file)
    return Bag(papers.row.code, papers.row.created_at, small, originals)


def _script() -> bytes:
    return (files("amparo.papers") / "verify.py").read_bytes()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


# ---- the chain -------------------------------------------------------------------------------------------------


def _lines(page: Page, before: int) -> list[Mapping[str, object]]:
    """The chain of custody, each line with the hash of the one before it and its own, until that of a number."""
    lines: list[Mapping[str, object]] = []
    previous = ""
    for event in page.events:
        if event.step.kind in LOOKS or event.step.seq >= before:
            continue
        line = {**_line(page, event), "previous": previous}
        plain = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        previous = digest.sha256(plain)
        lines.append({**line, "hash": previous})
    return lines


def _line(page: Page, event: EventView) -> dict[str, object]:
    step = event.step
    said: dict[str, object] = {
        "seq": step.seq,
        "kind": step.kind.value,
        "at": step.at.isoformat(),
        "by": page.names.get(step.actor, ""),
        "second": page.names.get(step.second, "") if step.second else "",
        "from": page.who(step.from_) if step.from_ else "",
        "to": page.who(step.to) if step.to else "",
        "place": step.place,
        "seal_before": step.seal_before,
        "seal_after": step.seal_after,
        "unbroken": step.unbroken,
        "order": step.order,
        "reason": step.reason,
    }
    return {name: value for name, value in said.items() if value not in ("", None)}
