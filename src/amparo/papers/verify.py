#!/usr/bin/env python3
"""Checks an evidence export of Amparo, offline, with Python's standard library alone: python3 verify.py [FOLDER]

Exit code 0: intact. 1: altered, and what. 2: could not be checked, and why.
Trust begins with the verifier key: compare ledger.vkey with the key that the organisation gave you on another way.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, I = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)  # noqa: E741

UNLISTED = ("manifest.json", "ledger.json", "checkpoint.txt", "ledger.vkey")  # all others stand in the manifest


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def add(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:  # RFC 8032, on the curve of Ed25519
    t = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + t, P - 2, P)
    return x % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, P - 2, P) % P


def times(n: int, a: tuple[int, int]) -> tuple[int, int]:
    found = (0, 1)
    while n:
        found, a, n = add(found, a) if n & 1 else found, add(a, a), n >> 1
    return found


def point(data: bytes) -> tuple[int, int]:
    y = int.from_bytes(data, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * I % P
    if y >= P or (x * x - square) % P:
        raise ValueError("no point of the curve")
    return (x if x & 1 == data[31] >> 7 else -x % P), y


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    base = point(bytes.fromhex("58" + "66" * 31))
    return len(signature) == 64 and s < L and times(s, base) == add(point(r), times(k, point(public)))


def climb(leaf: bytes, index: int, size: int, path: list[str]) -> bytes:  # RFC 9162, 2.1.3.2
    last = size - 1
    for step in map(bytes.fromhex, path):
        if index & 1 or index == last:
            leaf = sha(b"\1", step, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = sha(b"\1", leaf, step)
        index, last = index >> 1, last >> 1
    return leaf if last == 0 else b""


def files_altered(folder: Path, listed: dict[str, dict[str, str]]) -> Iterator[str]:
    for name, meant in listed.items():
        digest = hashlib.sha256()
        if not (folder / name).is_file():
            yield f"{name}: it is missing"
            continue
        with (folder / name).open("rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
        if digest.hexdigest() != meant["sha256"]:
            yield f"{name}: its SHA-256 is not the one in manifest.json"


def files_added(folder: Path, listed: dict[str, dict[str, str]]) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in listed and name not in UNLISTED:
            yield f"{name!a}: it is no part of the export"


def chain_broken(place: str, lines: list[dict[str, str]]) -> Iterator[str]:
    before = ""
    for line in lines:
        own = {key: value for key, value in line.items() if key != "hash"}
        made = sha(json.dumps(own, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hex()
        if line["previous"] != before or line["hash"] != made:
            yield f"{place}: line {line['seq']} does not follow from the one before it"
        before = line["hash"]


def signature_wrong(vkey: str, text: str, signatures: str) -> Iterator[str]:
    name, key_id, encoded = vkey.strip().split("+", 2)
    public = base64.b64decode(encoded)[1:]
    blobs = [base64.b64decode(row.split(" ")[2]) for row in signatures.splitlines() if row.split(" ")[1] == name]
    if sha(name.encode(), b"\n\1", public)[:4].hex() != key_id or text.split("\n")[0] != name:
        yield "ledger.vkey: it is not the key of this ledger"
    if not any(signed(public, f"{text}\n".encode(), blob[4:]) for blob in blobs if blob[:4].hex() == key_id):
        yield "checkpoint.txt: its signature does not hold"


def entries_wrong(
    entries: list[dict[str, Any]],
    size: int,
    root: bytes,
    items: dict[str, dict[str, str]],
    chains: dict[str, list[dict[str, str]]],
    manifest: str,
) -> Iterator[str]:
    kinds = {(items[code]["id"], line["seq"]): line["kind"] for code, lines in chains.items() for line in lines}
    places, named = {one["id"]: one["custody"] for one in items.values()}, set()
    for entry in entries:
        leaf = sha(b"\0", sha(bytes.fromhex(entry["salt"]), entry["body"].encode()))
        if climb(leaf, entry["index"], size, entry["path"]) != root:
            yield f"ledger.json: entry {entry['index']} is not under the signed checkpoint"
            continue
        body = json.loads(entry["body"])
        about, facts = body["subject"], body.get("facts", {})
        if facts.get("manifest") == manifest:
            named.add(about)
        if about not in places:
            yield f"ledger.json: entry {entry['index']} is about no item of this export"
        elif "seq" in facts and kinds.get((about, facts["seq"])) != facts.get("kind"):
            yield f"{places[about]}: line {facts['seq']} is not what entry {entry['index']} of the ledger says"
    for code, one in items.items():
        if one["id"] not in named:
            yield f"manifest.json: no entry of the ledger about {code} names it"


def problems(folder: Path) -> list[str]:
    manifest = (folder / "manifest.json").read_bytes()
    text, _, signatures = (folder / "checkpoint.txt").read_text("utf-8").partition("\n\n")
    _origin, size, root = text.split("\n")
    listed, items = json.loads(manifest)["files"], json.loads(manifest)["items"]
    chains = {code: json.loads((folder / one["custody"]).read_text("utf-8")) for code, one in items.items()}
    entries = json.loads((folder / "ledger.json").read_text("utf-8"))
    if not items:
        raise ValueError("manifest.json names no item")
    return [
        *files_altered(folder, listed),
        *files_added(folder, listed),
        *(line for code, one in items.items() for line in chain_broken(one["custody"], chains[code])),
        *signature_wrong((folder / "ledger.vkey").read_text("utf-8"), text, signatures),
        *entries_wrong(entries, int(size), base64.b64decode(root), items, chains, sha(manifest).hex()),
    ]


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    try:
        found = problems(folder)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        print(f"COULD NOT BE CHECKED: {error!r}")
        return 2
    for line in found:
        print(f"ALTERED: {line}")
    if not found:
        print("INTACT: files, custody lines, ledger entries and the signature of the checkpoint fit together.")
    print("NOT CHECKED here: that ledger.vkey is the organisation's own key (compare it with the one it gave you);")
    print(
        "that the ledger was not rewritten before this checkpoint (the organisation runs: amparo verify --checkpoint);"
    )
    print("and what was true before: this proves what the organisation held when the export was made, and no more.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
