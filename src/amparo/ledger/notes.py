"""Checkpoints of the ledger as signed text: rendering and strict reading.

The formats are C2SP tlog-checkpoint (three lines) inside C2SP signed-note. Reading accepts exactly what
rendering writes, so that one checkpoint has one spelling. Keys stay with the caller: signing and checking
come in as functions.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from amparo.ledger.merkle import EMPTY_ROOT, HASH_SIZE, Hash

Sign: TypeAlias = Callable[[bytes], bytes]
"""Takes the message and returns the signature."""

Check: TypeAlias = Callable[[bytes, bytes], None]
"""Takes the signature, then the message; returns only when they fit, and raises otherwise."""

ED25519: Final = 0x01
KEY_ID_SIZE: Final = 4
MAX_SIGNATURES: Final = 64
MAX_TREE_SIZE: Final = (1 << 63) - 1

_ED25519_KEY_SIZE = 32
_SEPARATOR = "\n\n"
_SIGNATURE_MARK = "\u2014 "
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_KEY_ID_HEX = re.compile(r"[0-9a-f]{8}", re.ASCII)


class NoteInvalid(ValueError):
    """A text is not a note, a checkpoint or a verifier key, or nobody known has signed it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger's head: which log, how many leaves, and their root."""

    origin: str
    size: int
    root: Hash

    def __post_init__(self) -> None:
        _require_text(self.origin)
        if not self.origin or "\n" in self.origin:
            raise NoteInvalid("the origin is one line that is not empty")
        if not 0 <= self.size <= MAX_TREE_SIZE:
            raise NoteInvalid("the tree size is out of range")
        if len(self.root) != HASH_SIZE:
            raise NoteInvalid(f"the root has {HASH_SIZE} bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise NoteInvalid("the root is not that of an empty tree")

    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a checkpoint, without its signatures.

        Extension lines are refused: the ledger writes none, and a reader that dropped them would show less
        than was signed.

        Raises: NoteInvalid.
        """
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise NoteInvalid("a checkpoint has three lines, each with its newline")
        origin, size, root, _ = lines
        if not _SIZE.fullmatch(size):
            raise NoteInvalid("the tree size is not a plain decimal number")
        return cls(origin, int(size), _decode(root))


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name under which it signs."""

    name: str
    algorithm: int
    public_key: bytes

    def __post_init__(self) -> None:
        _require_name(self.name)
        if not 0 < self.algorithm <= 0xFF:
            raise NoteInvalid("the signature type is one byte, and not zero")
        if not self.public_key:
            raise NoteInvalid("the public key is empty")
        if self.algorithm == ED25519 and len(self.public_key) != _ED25519_KEY_SIZE:
            raise NoteInvalid(f"an Ed25519 public key has {_ED25519_KEY_SIZE} bytes")

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.algorithm, self.public_key)

    def render(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_encode(bytes([self.algorithm]) + self.public_key)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a verifier key as `render` writes it.

        Raises: NoteInvalid, also when the key id is not that of the key.
        """
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise NoteInvalid("a verifier key is a name, a key id and a key, joined with plus signs")
        name, identifier, encoded = parts
        if not _KEY_ID_HEX.fullmatch(identifier):
            raise NoteInvalid("the key id is eight lower-case hexadecimal digits")
        material = _decode(encoded)
        if not material:
            raise NoteInvalid("the public key is empty")
        key = cls(name, material[0], material[1:])
        if key.key_id.hex() != identifier:
            raise NoteInvalid("the key id is not that of the key")
        return key


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    key_id: bytes
    blob: bytes

    def __post_init__(self) -> None:
        _require_name(self.name)
        if len(self.key_id) != KEY_ID_SIZE:
            raise NoteInvalid(f"a key id has {KEY_ID_SIZE} bytes")
        if not self.blob:
            raise NoteInvalid("the signature is empty")

    def render(self) -> str:
        return f"{_SIGNATURE_MARK}{self.name} {_encode(self.key_id + self.blob)}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """Read one signature line, without its newline.

        Raises: NoteInvalid.
        """
        if not line.startswith(_SIGNATURE_MARK):
            raise NoteInvalid("a signature line begins with an em dash and a space")
        parts = line.removeprefix(_SIGNATURE_MARK).split(" ")
        if len(parts) != 2:
            raise NoteInvalid("a signature line holds a key name and a signature")
        name, encoded = parts
        data = _decode(encoded)
        return cls(name, data[:KEY_ID_SIZE], data[KEY_ID_SIZE:])


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text and the signatures over it. Holding one says nothing about whether they are right."""

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        _require_text(self.text)
        if not self.text.endswith("\n"):
            raise NoteInvalid("the text of a note ends with a newline")
        if not 0 < len(self.signatures) <= MAX_SIGNATURES:
            raise NoteInvalid(f"a note has 1 to {MAX_SIGNATURES} signatures")

    def render(self) -> str:
        return self.text + "\n" + "".join(signature.render() for signature in self.signatures)

    @classmethod
    def parse(cls, note: str) -> SignedNote:
        """Read a note; `render` gives back the same text, character for character.

        Raises: NoteInvalid.
        """
        if not note.endswith("\n"):
            raise NoteInvalid("a note ends with a newline")
        at = note.rfind(_SEPARATOR)
        if at < 0:
            raise NoteInvalid("a blank line stands between the text and the signatures")
        lines = note[at + len(_SEPARATOR) : -1].split("\n")
        if len(lines) > MAX_SIGNATURES:
            raise NoteInvalid(f"a note has 1 to {MAX_SIGNATURES} signatures")
        return cls(note[: at + 1], tuple(Signature.parse(line) for line in lines))

    def with_signature(self, signature: Signature) -> SignedNote:
        return SignedNote(self.text, (*self.signatures, signature))


def key_id(name: str, algorithm: int, public_key: bytes) -> bytes:
    """Return the first four bytes of SHA-256(name, newline, signature type, public key)."""
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + public_key).digest()[:KEY_ID_SIZE]


def sign_text(text: str, key: VerifierKey, sign: Sign) -> Signature:
    """Return the signature of the whole text, its last newline included, under this key's name."""
    return Signature(key.name, key.key_id, sign(text.encode()))


def verify_note(note: SignedNote, checks: Mapping[VerifierKey, Check]) -> tuple[VerifierKey, ...]:
    """Return the known keys that signed the note, each once, in the order of the signature lines.

    Lines of unknown keys are passed over. A wrong signature under a known key spoils the whole note.

    Raises: NoteInvalid when no known key signed; whatever a check raises for a wrong signature.
    """
    known = {(key.name, key.key_id): (key, check) for key, check in checks.items()}
    message = note.text.encode()
    signers: dict[VerifierKey, None] = {}
    for signature in note.signatures:
        match = known.get((signature.name, signature.key_id))
        if match is not None:
            key, check = match
            check(signature.blob, message)
            signers[key] = None
    if not signers:
        raise NoteInvalid("no known key has signed the note")
    return tuple(signers)


def _require_text(text: str) -> None:
    if any(character < " " and character != "\n" for character in text):
        raise NoteInvalid("a note holds no control characters")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NoteInvalid("a note is valid UTF-8")


def _require_name(name: str) -> None:
    _require_text(name)
    if not name or "+" in name or any(character.isspace() for character in name):
        raise NoteInvalid("a key name is not empty and holds neither spaces nor plus signs")


def _encode(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _decode(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:
        raise NoteInvalid("this is not base64") from error
    if _encode(data) != text:
        # Unused trailing bits would give one value several spellings.
        raise NoteInvalid("this base64 is not in its one canonical form")
    return data
