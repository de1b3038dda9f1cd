"""An export for a court: the file, its chain of custody, the ledger's proofs, and a script that checks them offline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from amparo.access import readings
from amparo.access.actors import Actor
from amparo.evidence.errors import NothingToSee, NotLifted
from amparo.evidence.models import CustodyEvent
from amparo.evidence.queries.items import LOOK, VIEW, EventView, FileView, file_of, load_item
from amparo.evidence.queries.page.loaded import LOOKS, Page, load_page
from amparo.evidence.words import Kind
from amparo.kernel import clock, digest
from amparo.kernel.words import Compartment
from amparo.ledger import checkpoints
from amparo.ledger import queries as ledger
from amparo.ledger.queries import Proved
from amparo.ledger.verbs import Verb
from amparo.web import uploads

FORMAT = "amparo evidence export 1"
# Who looked at a file is nobody's outside, so those entries stay here.
_PROVED = (Verb.ITEM_REGISTERED, Verb.CUSTODY_RECORDED, Verb.ITEM_EXPORTED)
_NONCE = b"amparo evidence export nonce"
# The name that a file came with is somebody's words, often a person's name: its ending is told from its kind alone.
_ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf", "application/zip": ".zip", "audio/3gpp": ".3gp", "audio/aac": ".aac",
    "audio/amr": ".amr", "audio/flac": ".flac", "audio/mp4": ".m4a", "audio/mpeg": ".mp3", "audio/ogg": ".ogg",
    "audio/opus": ".opus", "audio/wav": ".wav", "audio/wave": ".wav", "audio/webm": ".webm", "audio/x-m4a": ".m4a",
    "audio/x-wav": ".wav", "image/gif": ".gif", "image/heic": ".heic", "image/jpeg": ".jpg", "image/png": ".png",
    "image/tiff": ".tiff", "image/webp": ".webp", "text/plain": ".txt", "video/3gpp": ".3gp", "video/mp4": ".mp4",
    "video/ogg": ".ogv", "video/quicktime": ".mov", "video/webm": ".webm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CourtPapers:
    """What goes out with the file. `manifest` names all the rest by hash, and the ledger names the manifest."""

    code: str
    file: FileView
    place: str
    manifest: bytes = field(repr=False)
    custody: bytes = field(repr=False)
    at: datetime

    @property
    def sha256(self) -> str:
        return digest.sha256(self.manifest)


def court_papers(actor: Actor, item_id: UUID, copy_id: UUID) -> CourtPapers:
    """The papers for one file as it stood when the actor recorded this copy, a short while ago; always the same.

    Raises NotFound, Refused, NothingToSee, NotLifted.
    """
    item = load_item(actor, VIEW, item_id)
    file = file_of(item)
    if file is None:
        raise NothingToSee
    copy = CustodyEvent.objects.filter(
        pk=copy_id, item_id=item.id, kind=Kind.COPIED, actor_id=actor.account_id, recorded_at__gt=clock.now() - LOOK
    ).first()
    if copy is None:
        raise NotLifted
    readings.opened(item.case_id, Compartment.EVIDENCE)
    custody = _json(_lines(load_page(actor, item_id), copy.seq))
    place = f"original/{item.code}{_ENDINGS.get(file.blob.media_type, '.bin')}"
    manifest = _json({
        "format": FORMAT,
        "item": item.code,
        "made_at": copy.recorded_at.isoformat(),
        # The ledger keeps the hash of this text: nobody who has the same file can find it there.
        "nonce": digest.sha256(_NONCE + bytes(copy.salt)),
        "files": {
            place: {"sha256": file.sha256, "bytes": file.bytes},
            "custody.json": {"sha256": digest.sha256(custody), "bytes": len(custody)},
            "verify.py": {"sha256": digest.sha256(_script()), "bytes": len(_script())},
        },
    })  # fmt: skip
    return CourtPapers(item.code, file, place, manifest, custody, copy.recorded_at)


def packed(papers: CourtPapers, item_id: UUID) -> Iterator[bytes]:
    """The export as a ZIP, piece by piece in constant memory. Raises NotLifted where the ledger does not name it."""
    proved, note = ledger.proofs_of(item_id, _PROVED)
    own = next((one.index for one in reversed(proved) if _names(one, papers.sha256)), None)
    if own is None:
        raise NotLifted
    # What was written since is not in the chain that goes out.
    return _zipped(papers, [one for one in proved if one.index <= own], note)


def _names(entry: Proved, manifest: str) -> bool:
    return bool(json.loads(entry.body).get("facts", {}).get("manifest") == manifest)


def _zipped(papers: CourtPapers, proved: Sequence[Proved], note: str) -> Iterator[bytes]:
    small: Mapping[str, bytes] = {
        "verify.py": _script(),
        "manifest.json": papers.manifest,
        "custody.json": papers.custody,
        "ledger.json": _json([
            {"index": one.index, "salt": one.salt, "body": one.body, "path": list(one.path)} for one in proved
        ]),
        "checkpoint.txt": note.encode(),
        "ledger.vkey": (checkpoints.verifier_key().render() + "\n").encode(),
    }  # fmt: skip
    pipe = _Pipe()
    # All in one folder: what else lies where it is unpacked is then no part of it.
    with ZipFile(pipe, "w", ZIP_STORED) as bag:
        for name, data in small.items():
            bag.writestr(_info(f"{papers.code}/{name}", papers.at), data)
            yield pipe.take()
        with bag.open(_info(f"{papers.code}/{papers.place}", papers.at), "w", force_zip64=True) as place:
            for piece in uploads.pieces(papers.file.blob):
                place.write(piece)
                yield pipe.take()
    yield pipe.take()


def _script() -> bytes:
    return (files("amparo.papers") / "verify.py").read_bytes()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _info(name: str, at: datetime) -> ZipInfo:
    return ZipInfo(name, at.timetuple()[:6])


class _Pipe:
    """What was written since it was last asked."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def write(self, data: bytes, /) -> int:
        self._kept += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        found = bytes(self._kept)
        self._kept.clear()
        return found


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
