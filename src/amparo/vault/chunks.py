"""Blobs in sealed chunks: Cobblestone-256, the 256-bit instantiation of C2SP's chunked encryption.

A sealed blob is `salt (24) | commitment (32) | chunk 0 | chunk 1 | ...`. Each chunk holds 16 KiB of plaintext
and a tag of 16 bytes; the last one is always shorter, and so ends the message. Sealing is done by the
`cryptography` library. Opening is done here, since the library reads from the first byte to the last only,
and a court wants to jump to minute forty of a video.

Source: https://c2sp.org/chunked-encryption (version 1), described for our use in docs/develop/blob-format.md.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from typing import ClassVar, Final

from cryptography.cobblestone import Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from amparo.kernel.errors import N_, AppError

Buffer = bytes | bytearray | memoryview
ReadAt = Callable[[int, int], bytes]
"""`read_at(offset, count)`: the bytes there, fewer only where the blob ends."""

KEY_BYTES: Final = 32
CHUNK_BYTES: Final = 16 * 1024
TAG_BYTES: Final = 16
SEALED_CHUNK_BYTES: Final = CHUNK_BYTES + TAG_BYTES

_SALT_BYTES: Final = 24
_COMMITMENT_BYTES: Final = 32
_NONCE_BYTES: Final = 12
HEADER_BYTES: Final = _SALT_BYTES + _COMMITMENT_BYTES

_INFO_PREFIX: Final = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00"
_CHUNKS_MOST: Final = 1 << 38
_CHUNKS_PER_READ: Final = 64


class BlobAltered(AppError):
    """The stored bytes are not the bytes that were sealed, or the key or the context is another blob's."""

    code = "vault.blob_altered"
    status = 500
    template = N_("The stored file is damaged or was altered. It was not opened.")
    hint_template = N_("Tell the system keeper to compare the file with the backups. Do not delete anything.")


class ChunkSealer:
    """Seals one message under a fresh salt. The blob is `header`, what `update` gave, then `finish()`."""

    def __init__(self, key: bytes, context: bytes) -> None:
        """Start a message.

        Args:
            key: 32 bytes that came from a random generator or a key derivation; never a password.
            context: what the blob belongs to, such as its record's id. It opens only with the same context.
        """
        self._sealer = Cobblestone256Encryptor(key, context)
        self.header: Final[bytes] = self._sealer.update(b"")

    def update(self, data: Buffer) -> bytes:
        """Seal `data`; give the chunks that became full."""
        return self._sealer.update(data)

    def update_into(self, data: Buffer, room: Buffer) -> int:
        """Seal `data` into `room`, of at least `room_for(len(data))` bytes; give how many were written."""
        return self._sealer.update_into(data, room)

    def finish(self) -> bytes:
        """Seal what is left as the short last chunk. Without it the blob counts as cut off."""
        return self._sealer.finalize()


class ChunkOpener:
    """Opens any part of a sealed blob, reading only the chunks that the part touches, and the last one."""

    # The published vectors of the underlying scheme are for SHA-256; their test sets this.
    _hash: ClassVar[type[HashAlgorithm]] = SHA512

    def __init__(self, key: bytes, context: bytes, *, sealed_bytes: int) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("A blob's key has 32 bytes.")
        self._key = key
        self._context = context
        self._sealed_bytes = sealed_bytes
        self.plain_bytes: Final = plain_size(sealed_bytes)

    def open_range(self, read_at: ReadAt, start: int, stop: int) -> Iterator[bytes]:
        """Give the plaintext from `start` up to `stop`, in pieces of at most 1 MiB.

        The header and the last chunk are checked before this returns, so that a cut, lengthened or foreign
        blob is refused before a reply has begun. Each further chunk is checked before its plaintext is given.

        Raises:
            BlobAltered: a byte, the order or the length is not as sealed; or key or context is another's.
            ValueError: the range lies outside the message.
        """
        if not 0 <= start <= stop <= self.plain_bytes:
            raise ValueError("The range lies outside the message.")
        aead, base_nonce = self._unlock(_read_fully(read_at, 0, HEADER_BYTES))
        last = self.plain_bytes // CHUNK_BYTES
        ending = self._open_chunk(aead, base_nonce, last, self._read_chunks(read_at, last, last + 1))
        return self._pieces(aead, base_nonce, read_at, ending, start, stop)

    def _unlock(self, header: bytes) -> tuple[AESGCM, int]:
        salt, commitment = header[:_SALT_BYTES], header[_SALT_BYTES:]
        length = KEY_BYTES + _NONCE_BYTES + _COMMITMENT_BYTES
        derived = HKDFExpand(self._hash(), length, _INFO_PREFIX + salt + self._context).derive(self._key)
        aead_key, derived = derived[:KEY_BYTES], derived[KEY_BYTES:]
        base_nonce, expected = derived[:_NONCE_BYTES], derived[_NONCE_BYTES:]
        if not hmac.compare_digest(expected, commitment):
            raise BlobAltered
        return AESGCM(aead_key), int.from_bytes(base_nonce, "big")

    def _read_chunks(self, read_at: ReadAt, first: int, end: int) -> bytes:
        begin = HEADER_BYTES + first * SEALED_CHUNK_BYTES
        stop = min(HEADER_BYTES + end * SEALED_CHUNK_BYTES, self._sealed_bytes)
        return _read_fully(read_at, begin, stop - begin)

    def _open_chunk(self, aead: AESGCM, base_nonce: int, number: int, sealed: Buffer) -> bytes:
        try:
            return aead.decrypt((base_nonce ^ number).to_bytes(_NONCE_BYTES, "big"), sealed, None)
        except InvalidTag as error:
            raise BlobAltered from error

    def _pieces(
        self, aead: AESGCM, base_nonce: int, read_at: ReadAt, ending: bytes, start: int, stop: int
    ) -> Iterator[bytes]:
        last = self.plain_bytes // CHUNK_BYTES
        chunk = start // CHUNK_BYTES
        # The last chunk was opened already; it is given from memory.
        full_end = min(-(-stop // CHUNK_BYTES), last)
        while chunk < full_end:
            end = min(chunk + _CHUNKS_PER_READ, full_end)
            sealed = memoryview(self._read_chunks(read_at, chunk, end))
            plain = b"".join(
                self._open_chunk(aead, base_nonce, number, sealed[at : at + SEALED_CHUNK_BYTES])
                for number, at in enumerate(range(0, len(sealed), SEALED_CHUNK_BYTES), chunk)
            )
            yield plain[max(start - chunk * CHUNK_BYTES, 0) : stop - chunk * CHUNK_BYTES]
            chunk = end
        if start < stop and stop > last * CHUNK_BYTES:
            yield ending[max(start - last * CHUNK_BYTES, 0) : stop - last * CHUNK_BYTES]


def sealed_size(plain_bytes: int) -> int:
    """How many bytes a message of `plain_bytes` takes when sealed."""
    return HEADER_BYTES + plain_bytes + TAG_BYTES * (plain_bytes // CHUNK_BYTES + 1)


def plain_size(sealed_bytes: int) -> int:
    """How many bytes of plaintext a blob of `sealed_bytes` holds.

    Raises:
        BlobAltered: no message has this sealed length; the blob was cut or lengthened.
    """
    full, rest = divmod(sealed_bytes - HEADER_BYTES, SEALED_CHUNK_BYTES)
    if full < 0 or full >= _CHUNKS_MOST or rest < TAG_BYTES:
        raise BlobAltered
    return full * CHUNK_BYTES + rest - TAG_BYTES


def room_for(plain_bytes: int) -> int:
    """How much room `ChunkSealer.update_into` may need for so much plaintext, with what waits from before."""
    return (plain_bytes // CHUNK_BYTES + 1) * SEALED_CHUNK_BYTES


def _read_fully(read_at: ReadAt, offset: int, count: int) -> bytes:
    data = read_at(offset, count)
    if len(data) != count:
        raise BlobAltered
    return data
