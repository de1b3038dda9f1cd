from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from amparo.ledger.merkle import EMPTY_ROOT, leaf_hash
from amparo.ledger.notes import (
    ED25519,
    MAX_SIGNATURES,
    MAX_TREE_SIZE,
    Checkpoint,
    NoteInvalid,
    Signature,
    SignedNote,
    VerifierKey,
    key_id,
    sign_text,
    verify_note,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ledger_notes.json").read_text(encoding="utf-8")
)
ORIGIN = "ledger.example/office-1"
ROOT = leaf_hash(b"first entry")
BODY = Checkpoint(ORIGIN, 1, ROOT).body()
SIGNATURE = Signature(ORIGIN, b"\x01\x02\x03\x04", b"\x05" * 64)

PLAIN = st.characters(min_codepoint=0x20, exclude_categories=["Cs"])
NAMES = st.text(PLAIN.filter(lambda character: character != "+" and not character.isspace()), min_size=1)
SIGNATURES = st.builds(Signature, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=100))
TEXTS = st.text(st.one_of(PLAIN, st.just("\n"))).map(lambda text: text + "\n")
NOTES = st.builds(SignedNote, TEXTS, st.lists(SIGNATURES, min_size=1, max_size=5).map(tuple))
CHECKPOINTS = st.builds(
    Checkpoint,
    st.text(PLAIN, min_size=1),
    st.integers(min_value=1, max_value=MAX_TREE_SIZE),
    st.binary(min_size=32, max_size=32),
)


def private_key(seed: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def verifier_key(name: str, private: Ed25519PrivateKey) -> VerifierKey:
    return VerifierKey(name, ED25519, private.public_key().public_bytes_raw())


def signed(text: str, *keys: tuple[str, Ed25519PrivateKey]) -> SignedNote:
    lines = (sign_text(text, verifier_key(name, private), private.sign) for name, private in keys)
    return SignedNote(text, tuple(lines))


def test_the_published_note_is_read_and_its_signature_holds() -> None:
    vector = VECTORS["signed"]
    key = VerifierKey.parse(vector["verifier_key"])
    note = SignedNote.parse(vector["note"])
    check = Ed25519PublicKey.from_public_bytes(key.public_key).verify
    assert key.algorithm == ED25519
    assert key.render() == vector["verifier_key"]
    assert note.render() == vector["note"]
    assert verify_note(note, {key: check}) == (key,)


def test_the_published_checkpoint_is_read() -> None:
    vector = VECTORS["checkpoint"]
    note = SignedNote.parse(vector["note"])
    checkpoint = Checkpoint.parse(note.text)
    assert checkpoint == Checkpoint(vector["origin"], vector["size"], bytes.fromhex(vector["root"]))
    assert checkpoint.body() == note.text
    assert note.signatures[0].name == vector["origin"]
    assert note.signatures[0].key_id.hex() == vector["key_id"]
    assert note.render() == vector["note"]


@given(CHECKPOINTS)
def test_a_checkpoint_survives_its_text(checkpoint: Checkpoint) -> None:
    assert Checkpoint.parse(checkpoint.body()) == checkpoint


@given(NOTES)
def test_a_note_survives_its_text(note: SignedNote) -> None:
    assert SignedNote.parse(note.render()) == note


@given(st.text())
def test_any_text_that_is_read_as_a_note_is_written_back_unchanged(text: str) -> None:
    candidate = f"{text}\n\n{SIGNATURE.render()}"
    try:
        note = SignedNote.parse(candidate)
    except NoteInvalid:
        assert any(character < " " and character != "\n" for character in text)
    else:
        assert note.render() == candidate


@given(NAMES, st.integers(min_value=2, max_value=255), st.binary(min_size=1, max_size=80))
def test_a_verifier_key_survives_its_text(name: str, algorithm: int, public_key: bytes) -> None:
    key = VerifierKey(name, algorithm, public_key)
    assert VerifierKey.parse(key.render()) == key


def test_an_empty_ledger_has_a_checkpoint_with_the_empty_root() -> None:
    assert Checkpoint.parse(Checkpoint(ORIGIN, 0, EMPTY_ROOT).body()).size == 0
    with pytest.raises(NoteInvalid, match="empty tree"):
        Checkpoint(ORIGIN, 0, ROOT)


ROOT_LINE = BODY.split("\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        BODY[:-1],
        BODY + "\n",
        BODY + "extension\n",
        BODY.replace("\n", "\r\n"),
        f"\n1\n{ROOT_LINE}\n",
        f"a\tb\n1\n{ROOT_LINE}\n",
        f"a\ud800\n1\n{ROOT_LINE}\n",
        f"{ORIGIN}\n\n{ROOT_LINE}\n",
        f"{ORIGIN}\n01\n{ROOT_LINE}\n",
        f"{ORIGIN}\n+1\n{ROOT_LINE}\n",
        f"{ORIGIN}\n-1\n{ROOT_LINE}\n",
        f"{ORIGIN}\n 1\n{ROOT_LINE}\n",
        f"{ORIGIN}\n1_0\n{ROOT_LINE}\n",
        f"{ORIGIN}\n0x1\n{ROOT_LINE}\n",
        f"{ORIGIN}\n\u0661\n{ROOT_LINE}\n",
        f"{ORIGIN}\n{MAX_TREE_SIZE + 1}\n{ROOT_LINE}\n",
        f"{ORIGIN}\n0\n{ROOT_LINE}\n",
        f"{ORIGIN}\n1\n\n",
        f"{ORIGIN}\n1\n{ROOT_LINE[:-1]}\n",
        f"{ORIGIN}\n1\n {ROOT_LINE}\n",
        f"{ORIGIN}\n1\n{ROOT_LINE[:-2]}{'B' if ROOT_LINE[-2] != 'B' else 'C'}=\n",
        f"{ORIGIN}\n1\n{b64encode(ROOT[:-1]).decode()}\n",
        f"{ORIGIN}\n1\n{b64encode(ROOT + b'!').decode()}\n",
        f"{ORIGIN}\n1\n{ROOT.hex()}\n",
    ],
)
def test_a_text_that_is_not_exactly_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteInvalid):
        Checkpoint.parse(text)


LINE = SIGNATURE.render()
ENCODED = b64encode(SIGNATURE.key_id + SIGNATURE.blob).decode()


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        BODY,
        BODY + LINE,
        BODY + "\n",
        BODY + "\n\n",
        BODY + "\n" + LINE[:-1],
        BODY + "\n" + LINE[:-1] + "!",
        BODY + "\n" + LINE + "\n",
        BODY + "\n" + LINE + "trailing\n",
        BODY + "\n\n" + LINE + "\n" + "trailing\n",
        "\n" + LINE,
        BODY.replace("\n", "\r\n") + "\r\n" + LINE,
        "tab\there\n\n" + LINE,
        "nul\x00\n\n" + LINE,
        "half a pair \ud800\n\n" + LINE,
        BODY + "\n" + LINE.replace("\u2014", "-"),
        BODY + "\n" + LINE.replace("\u2014", "\u2013"),
        BODY + "\n" + LINE.replace("\u2014 ", "\u2014"),
        BODY + "\n " + LINE,
        BODY + "\n" + LINE.replace("\n", " \n"),
        BODY + f"\n\u2014  {ENCODED}\n",
        BODY + f"\n\u2014 {ENCODED}\n",
        BODY + f"\n\u2014 a+b {ENCODED}\n",
        BODY + f"\n\u2014 a\u00a0b {ENCODED}\n",
        BODY + f"\n\u2014 a b {ENCODED}\n",
        BODY + f"\n\u2014 a  {ENCODED}\n",
        BODY + f"\n\u2014 name {ENCODED[:-1]}\n",
        BODY + f"\n\u2014 name {ENCODED}=\n",
        BODY + f"\n\u2014 name {ENCODED[:8]}*{ENCODED[8:]}\n",
        BODY + "\n\u2014 name \n",
        BODY + "\n\u2014 name AQI=\n",
        BODY + "\n\u2014 name AQIDBA==\n",
        BODY + "\n\u2014 name AQIDBAV=\n",
        BODY + "\n" + LINE * (MAX_SIGNATURES + 1),
    ],
)
def test_a_text_that_is_not_exactly_a_signed_note_is_refused(note: str) -> None:
    with pytest.raises(NoteInvalid):
        SignedNote.parse(note)


def test_as_many_signatures_as_the_limit_allows_are_read() -> None:
    assert len(SignedNote.parse(BODY + "\n" + LINE * MAX_SIGNATURES).signatures) == MAX_SIGNATURES


def test_the_last_blank_line_parts_text_from_signatures() -> None:
    text = "one\n\n\u2014 not a signature\n\ntwo\n"
    assert SignedNote.parse(text + "\n" + LINE).text == text


@pytest.mark.parametrize(
    "build",
    [
        lambda: SignedNote(BODY, ()),
        lambda: SignedNote(BODY, (SIGNATURE,) * (MAX_SIGNATURES + 1)),
        lambda: SignedNote("no newline", (SIGNATURE,)),
        lambda: Signature("", b"1234", b"x"),
        lambda: Signature("two\nlines", b"1234", b"x"),
        lambda: Signature("name", b"123", b"x"),
        lambda: Signature("name", b"1234", b""),
        lambda: Checkpoint("two\nlines", 1, ROOT),
        lambda: Checkpoint(ORIGIN, -1, ROOT),
        lambda: VerifierKey("a+b", ED25519, bytes(32)),
        lambda: VerifierKey("name", ED25519, bytes(31)),
        lambda: VerifierKey("name", 0, bytes(32)),
        lambda: VerifierKey("name", 256, bytes(32)),
        lambda: VerifierKey("name", 6, b""),
    ],
)
def test_a_value_that_could_not_be_read_back_cannot_be_made(build: Any) -> None:
    with pytest.raises(NoteInvalid):
        build()


KEY_TEXT = verifier_key(ORIGIN, private_key(1)).render()
KEY_NAME, KEY_ID, KEY_MATERIAL = KEY_TEXT.split("+", 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        KEY_NAME,
        f"{KEY_NAME}+{KEY_ID}",
        f"{KEY_NAME}+{KEY_ID}+",
        f"{KEY_NAME}+00000000+{KEY_MATERIAL}",
        f"{KEY_NAME}+{KEY_ID[:-1]}+{KEY_MATERIAL}",
        f"{KEY_NAME}+0x{KEY_ID[2:]}+{KEY_MATERIAL}",
        f"other{KEY_TEXT}",
        f"{KEY_TEXT}\n",
        f"+{KEY_ID}+{KEY_MATERIAL}",
    ],
)
def test_a_text_that_is_not_exactly_a_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteInvalid):
        VerifierKey.parse(text)


def test_the_key_id_depends_on_name_type_and_key() -> None:
    base = key_id("name", ED25519, bytes(32))
    changed = {
        key_id("other", ED25519, bytes(32)),
        key_id("name", 0x04, bytes(32)),
        key_id("name", ED25519, bytes([1]) * 32),
    }
    assert len(base) == 4
    assert base not in changed
    assert len(changed) == 3


def test_every_known_signer_is_named_once_and_unknown_ones_are_passed_over() -> None:
    office, witness, stranger = private_key(1), private_key(2), private_key(3)
    note = signed(BODY, (ORIGIN, office), ("stranger.example", stranger), ("witness.example", witness))
    note = note.with_signature(note.signatures[0])
    office_key, witness_key = verifier_key(ORIGIN, office), verifier_key("witness.example", witness)
    checks = {witness_key: witness.public_key().verify, office_key: office.public_key().verify}
    assert verify_note(SignedNote.parse(note.render()), checks) == (office_key, witness_key)


def test_a_note_that_only_strangers_signed_is_refused() -> None:
    office, stranger = private_key(1), private_key(3)
    note = signed(BODY, (ORIGIN, stranger))
    with pytest.raises(NoteInvalid, match="no known key"):
        verify_note(note, {verifier_key(ORIGIN, office): office.public_key().verify})
    with pytest.raises(NoteInvalid, match="no known key"):
        verify_note(note, {})


def test_one_wrong_signature_under_a_known_key_spoils_the_note() -> None:
    office, witness = private_key(1), private_key(2)
    checks = {
        verifier_key(ORIGIN, office): office.public_key().verify,
        verifier_key("witness.example", witness): witness.public_key().verify,
    }
    good = signed(BODY, (ORIGIN, office))
    other = signed(Checkpoint(ORIGIN, 2, ROOT).body(), ("witness.example", witness))
    with pytest.raises(InvalidSignature):
        verify_note(good.with_signature(other.signatures[0]), checks)


@given(CHECKPOINTS)
def test_a_signature_holds_for_one_checkpoint_only(checkpoint: Checkpoint) -> None:
    office = private_key(1)
    key = verifier_key(ORIGIN, office)
    note = signed(checkpoint.body(), (ORIGIN, office))
    assert verify_note(note, {key: office.public_key().verify}) == (key,)
    smaller = Checkpoint(checkpoint.origin, checkpoint.size - 1 or 2, checkpoint.root).body()
    with pytest.raises(InvalidSignature):
        verify_note(SignedNote(smaller, note.signatures), {key: office.public_key().verify})
