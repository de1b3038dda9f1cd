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
from amparo.evidence.errors import NotOfOneCase
from amparo.evidence.models import Copy, EvidenceItem
from amparo.evidence.queries.items import proof_of
from amparo.evidence.words import ExportReason, Kind
from amparo.kernel import ids
from amparo.ledger.models import Entry
from tests.evidence.test_views import a_jpeg, a_phone, a_picture

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
    assert cast.client("chandra").get(where).status_code == 404, "who did not record it gets nothing"
    return first


def exported(cast: Cast, folder: Path, name: str = "screen.jpg") -> Path:
    key = a_picture(cast, cast.case(), name)
    commands.record_view(actor=cast.bruno, item_id=key)
    url = reverse("evidence:export", args=[key])
    assert cast.client("dalia").post(url, {"to": "own", "why": "court", "reason": "no"}).status_code in (403, 404)
    sent = {"form_id": str(ids.new_public_id()), "to": "own", "why": "court", "reason": "For the hearing"}
    return unpacked(sent_twice(cast, url, sent), folder)


def unpacked(whole: bytes, folder: Path) -> Path:
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
    "a word of the chain": ("custody/", _json(lambda lines: lines[0].update(place="Elsewhere"))),  # type: ignore[index]
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
    (custody,) = (folder / "custody").iterdir()
    assert "viewed" not in custody.read_text(), "who looked is told to nobody outside"
    assert (
        Copy.objects.get(of="court").code
        == folder.name
        == json.loads((folder / "manifest.json").read_text())["copy"]["number"]
    )
    for change, (name, alter) in ALTERED.items():
        path = next((folder / name).iterdir()) if name.endswith("/") else folder / name
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
    for paper in folder.rglob("*.*"):
        assert b"mwangi" not in paper.read_bytes(), paper.name


def test_several_items_go_out_in_one_bag_and_a_change_of_any_is_named(cast: Cast, tmp_path: Path) -> None:
    case = cast.case()
    objects = [a_phone(cast, case), a_phone(cast, case, seal="B 40 113")]
    items = [*objects, a_picture(cast, case)]
    client, url = cast.client("bruno"), reverse("evidence:export_several", args=[case.id])
    assert "checked" in client.get(f"{url}?item={objects[0]}").content.decode()
    sent = {"form_id": str(ids.new_public_id()), "to": "own", "why": "court", "reason": "For the hearing"}
    assert client.post(url, sent).status_code == 422, "no item is chosen"
    where = client.post(url, sent | {"items": [str(key) for key in items]})["Location"]
    folder = unpacked(b"".join(client.get(where).streaming_content), tmp_path)  # type: ignore[attr-defined]
    code, said = check(folder)
    assert code == 0, said
    assert len(list((folder / "custody").iterdir())) == 3
    assert len(list((folder / "original").iterdir())) == 1, "an object has a chain, and no file"
    assert Entry.objects.filter(verb="item.exported").count() == 3
    for path in (folder / "custody").iterdir():
        kept = path.read_bytes()
        _json(lambda lines: lines[0].update(kind="returned"))(path)  # type: ignore[index]
        code, said = check(folder)
        assert code == 1
        assert f"ALTERED: custody/{path.name}: line 1 is not what entry" in said
        path.write_bytes(kept)
    rows = json.loads((folder / "ledger.json").read_text())
    left = [row for row in rows if str(objects[1]) not in row["body"]]
    (folder / "ledger.json").write_text(json.dumps(left))
    code, said = check(folder)
    assert code == 1
    assert f"about {EvidenceItem.objects.get(pk=objects[1]).code} names it" in said


def test_an_export_holds_items_of_one_case_only(cast: Cast) -> None:
    items = [a_phone(cast, cast.case()), a_phone(cast, cast.case(), seal="B 40 113")]
    with pytest.raises(NotOfOneCase):
        commands.record_export(actor=cast.bruno, item_ids=items, why=ExportReason.COURT, reason="For the hearing")
