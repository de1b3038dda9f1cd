"""What goes to a court is checked there by a bare Python, and every change of it is named."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.urls import reverse

from amparo.evidence import commands
from amparo.evidence.models import CustodyEvent, EvidenceItem
from amparo.evidence.queries.items import proof_of
from amparo.evidence.words import ExportReason, Kind
from amparo.kernel import ids
from amparo.ledger.models import Entry
from tests.evidence.test_views import a_jpeg, a_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def sent_twice(cast: Cast, url: str, sent: dict[str, str]) -> bytes:
    """What an impatient hand gets, that presses twice, while a colleague writes into the chain."""
    client = cast.client("bruno")
    where = client.post(url, sent)["Location"]
    item = EvidenceItem.objects.get()
    shown = proof_of(item)
    assert shown is not None
    assert shown.last == Entry.objects.get(verb="item.exported").index, "the export is one of the item's entries"
    commands.record_copy(actor=cast.bruno, item_id=item.id, why=ExportReason.COURT, reason="For a second copy")
    commands.record_event(actor=cast.bruno, item_id=item.id, kind=Kind.VERIFIED_HASH)
    assert client.post(url, sent)["Location"] == where
    first, again = (b"".join(client.get(where).streaming_content) for _press in range(2))  # type: ignore[attr-defined]
    assert first == again
    other = CustodyEvent.objects.filter(kind=Kind.COPIED).latest("seq").id
    assert client.get(f"{url}?send={other}").status_code == 409, "a copy of the file alone is no export"
    return first


def exported(cast: Cast, folder: Path, name: str = "screen.jpg") -> Path:
    key = a_picture(cast, cast.case(), name)
    commands.record_view(actor=cast.bruno, item_id=key)
    url = reverse("evidence:export", args=[key])
    assert cast.client("dalia").post(url, {"why": "court", "reason": "no"}).status_code in (403, 404)
    sent = {"form_id": str(ids.new_public_id()), "why": "court", "reason": "For the hearing"}
    whole = sent_twice(cast, url, sent)
    with ZipFile(io.BytesIO(whole)) as bag:
        assert bag.testzip() is None
        bag.extractall(folder)
    (top,) = folder.iterdir()
    return top


def check(folder: Path) -> tuple[int, str]:
    """The script as somebody outside runs it: no package but the standard library, no variable of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=folder, capture_output=True, text=True, env={}, check=False
    )
    return done.returncode, done.stdout


def _json(change: Callable[[object], None]) -> Callable[[Path], None]:
    def altered(path: Path) -> None:
        value = json.loads(path.read_text())
        change(value)
        path.write_text(json.dumps(value))

    return altered


ALTERED: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a byte of the file": ("original/", lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\0")),
    "the file is missing": ("original/", lambda path: path.unlink()),
    "a word of the chain": ("custody.json", _json(lambda lines: lines[0].update(place="Elsewhere"))),  # type: ignore[index]
    "an entry of the ledger": ("ledger.json", _json(lambda rows: rows[0].update(salt="00" * 32))),  # type: ignore[index]
    "the entry of the export": ("manifest.json", _json(lambda said: said.update(made_at="2020-01-01"))),  # type: ignore[attr-defined]
    "the checkpoint": ("checkpoint.txt", lambda path: path.write_text(path.read_text().replace("\n", "\n1", 1))),
}


def test_an_export_is_whole_and_each_change_of_it_is_named(cast: Cast, tmp_path: Path) -> None:
    folder = exported(cast, tmp_path)
    code, said = check(folder)
    assert code == 0, said
    assert "INTACT" in said
    assert "NOT CHECKED" in said
    (original,) = (folder / "original").iterdir()
    assert original.read_bytes() == a_jpeg()
    assert Entry.objects.filter(verb="item.exported").count() == 1
    assert "viewed" not in (folder / "custody.json").read_text(), "who looked is told to nobody outside"
    for change, (name, alter) in ALTERED.items():
        path = original if name.endswith("/") else folder / name
        kept = path.read_bytes()
        alter(path)
        code, said = check(folder)
        assert code == 1, change
        assert f"ALTERED: {name}" in said, change
        path.write_bytes(kept)
    assert check(folder)[0] == 0
    for more in (folder / "original" / "second\n.jpg", folder / "read me.txt"):
        more.write_bytes(b"added")
        code, said = check(folder)
        assert code == 1
        assert f"ALTERED: {more.relative_to(folder).as_posix()!a}: it is no part of the export" in said
        more.unlink()
    assert "what the organisation held when the export was made" in check(folder)[1]
    (folder / "ledger.json").write_text("nothing")
    assert check(folder)[0] == 2


def test_the_name_that_a_file_came_with_does_not_go_out(cast: Cast, tmp_path: Path) -> None:
    folder = exported(cast, tmp_path, "beach. mwangi")
    (original,) = (folder / "original").iterdir()
    assert original.name == f"{EvidenceItem.objects.get().code}.jpg"
    for paper in folder.glob("*.*"):
        assert "mwangi" not in paper.read_text(), paper.name
