"""Sealed chunks: the published vectors, the library as an independent opener, and every kind of damage.

The vectors are those for AEAD_AES_256_GCM in `chunked-encryption/vectors.json` of cryptography-vectors 50.0.2
(Apache-2.0 or BSD-3-Clause), but for the one of 257 chunks, whose size this file need not carry. They derive
keys with SHA-256, where Cobblestone-256 takes SHA-512: all else in the scheme is the same. That SHA-512 is
used rightly, the library's own sealer and opener show.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from amparo.vault.chunks import (
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    TAG_BYTES,
    BlobAltered,
    ChunkOpener,
    ChunkSealer,
    plain_size,
    room_for,
    sealed_size,
)

_KEY = b"YELLOW SUBMARINE YELLOW SUBMARIN"
_OTHER_KEY = b"ORANGE SUBMARINE ORANGE SUBMARIN"
_CONTEXT = b"item-0001"
_EDGES = sorted(
    {
        size
        for chunks in (0, 1, 2, 3, 64, 65)
        for size in (chunks * CHUNK_BYTES - 1, chunks * CHUNK_BYTES, chunks * CHUNK_BYTES + 1)
        if size >= 0
    }
)


class _VectorOpener(ChunkOpener):
    _hash = SHA256


@dataclass(frozen=True, slots=True)
class _Vector:
    name: str
    key: bytes
    context: bytes
    sealed: str
    packed: bool
    plain_sha256: str | None

    def sealed_bytes(self) -> bytes:
        data = base64.b64decode(self.sealed)
        return zlib.decompress(data) if self.packed else data


def _plain(size: int) -> bytes:
    # No period that divides a chunk, so that swapped or repeated chunks differ.
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def _seal(plain: bytes, key: bytes = _KEY, context: bytes = _CONTEXT) -> bytes:
    sealer = ChunkSealer(key, context)
    return sealer.header + sealer.update(plain) + sealer.finish()


def _open(
    sealed: bytes,
    start: int = 0,
    stop: int | None = None,
    *,
    key: bytes = _KEY,
    context: bytes = _CONTEXT,
    opener_type: type[ChunkOpener] = ChunkOpener,
) -> bytes:
    opener = opener_type(key, context, sealed_bytes=len(sealed))
    end = opener.plain_bytes if stop is None else stop
    return b"".join(opener.open_range(lambda offset, count: sealed[offset : offset + count], start, end))


def _chunk_bounds(sealed: bytes) -> list[int]:
    return list(range(HEADER_BYTES, len(sealed), SEALED_CHUNK_BYTES))


@pytest.mark.parametrize("size", _EDGES)
def test_what_was_sealed_opens_as_it_was(size: int) -> None:
    plain = _plain(size)
    sealed = _seal(plain)
    assert len(sealed) == sealed_size(size)
    assert plain_size(len(sealed)) == size
    assert _open(sealed) == plain


@pytest.mark.parametrize("size", [*_EDGES, 257 * CHUNK_BYTES + 1])
def test_another_implementation_opens_what_we_seal(size: int) -> None:
    library = Cobblestone256Decryptor(_KEY, _CONTEXT)
    assert library.update(_seal(_plain(size))) + library.finalize() == _plain(size)


def test_the_counter_carries_past_one_byte() -> None:
    plain = _plain(257 * CHUNK_BYTES + 1)
    assert _open(_seal(plain)) == plain


@given(sizes=st.lists(st.integers(0, 3 * CHUNK_BYTES), max_size=6))
def test_the_cuts_between_updates_do_not_show(sizes: list[int]) -> None:
    plain = _plain(sum(sizes))
    sealer = ChunkSealer(_KEY, _CONTEXT)
    sealed, at = bytearray(sealer.header), 0
    for size in sizes:
        room = bytearray(room_for(size))
        sealed += room[: sealer.update_into(plain[at : at + size], room)]
        at += size
    sealed += sealer.finish()
    assert _open(bytes(sealed)) == plain


@given(size=st.integers(0, 3 * CHUNK_BYTES + 5), ends=st.tuples(st.integers(0), st.integers(0)))
def test_a_range_is_the_slice(size: int, ends: tuple[int, int]) -> None:
    plain = _plain(size)
    start, stop = sorted(end % (size + 1) for end in ends)
    assert _open(_seal(plain), start, stop) == plain[start:stop]


def test_a_range_reads_only_the_chunks_it_touches_and_the_last() -> None:
    sealed = _seal(_plain(100 * CHUNK_BYTES))
    asked: list[tuple[int, int]] = []

    def read_at(offset: int, count: int) -> bytes:
        asked.append((offset, count))
        return sealed[offset : offset + count]

    opener = ChunkOpener(_KEY, _CONTEXT, sealed_bytes=len(sealed))
    list(opener.open_range(read_at, 50 * CHUNK_BYTES + 1, 51 * CHUNK_BYTES + 1))
    assert asked == [
        (0, HEADER_BYTES),
        (HEADER_BYTES + 100 * SEALED_CHUNK_BYTES, TAG_BYTES),
        (HEADER_BYTES + 50 * SEALED_CHUNK_BYTES, 2 * SEALED_CHUNK_BYTES),
    ]


@pytest.mark.parametrize(("start", "stop"), [(-1, 0), (0, 11), (6, 5)])
def test_a_range_outside_the_message_is_refused(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        _open(_seal(_plain(10)), start, stop)


@given(size=st.integers(0, 2 * CHUNK_BYTES + 5), place=st.integers(0), bit=st.integers(0, 7))
def test_one_flipped_bit_is_refused(size: int, place: int, bit: int) -> None:
    sealed = bytearray(_seal(_plain(size)))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(BlobAltered):
        _open(bytes(sealed))


@pytest.mark.parametrize(
    "place", [0, 23, 24, 55, 56, HEADER_BYTES + CHUNK_BYTES, HEADER_BYTES + CHUNK_BYTES + 15, -17, -1]
)
def test_a_flip_in_each_region_is_refused(place: int) -> None:
    sealed = bytearray(_seal(_plain(2 * CHUNK_BYTES + 100)))
    sealed[place] ^= 1
    with pytest.raises(BlobAltered):
        _open(bytes(sealed))


@given(size=st.integers(0, 3 * CHUNK_BYTES), cut=st.integers(1))
def test_a_cut_anywhere_is_refused(size: int, cut: int) -> None:
    sealed = _seal(_plain(size))
    with pytest.raises(BlobAltered):
        _open(sealed[: -1 - cut % len(sealed)])


@pytest.mark.parametrize("size", [3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 9])
def test_a_cut_at_or_near_each_chunk_edge_is_refused(size: int) -> None:
    sealed = _seal(_plain(size))
    for edge in _chunk_bounds(sealed):
        for cut in {edge, edge - 1, edge + 1, edge + TAG_BYTES} - {len(sealed)}:
            with pytest.raises(BlobAltered):
                _open(sealed[:cut])


def test_a_cut_blob_gives_not_even_its_first_byte() -> None:
    sealed = _seal(_plain(3 * CHUNK_BYTES))
    cut = sealed[: HEADER_BYTES + 2 * SEALED_CHUNK_BYTES + 500]
    with pytest.raises(BlobAltered):
        _open(cut, 0, 1)


@given(size=st.integers(0, 2 * CHUNK_BYTES), more=st.binary(min_size=1, max_size=40))
def test_added_bytes_are_refused(size: int, more: bytes) -> None:
    with pytest.raises(BlobAltered):
        _open(_seal(_plain(size)) + more)


def test_an_added_chunk_is_refused() -> None:
    sealed = _seal(_plain(CHUNK_BYTES + 10))
    first = sealed[HEADER_BYTES : HEADER_BYTES + SEALED_CHUNK_BYTES]
    for longer in (sealed[: HEADER_BYTES + SEALED_CHUNK_BYTES] + first + sealed[-26:], sealed + sealed[-26:]):
        with pytest.raises(BlobAltered):
            _open(longer)


def test_swapped_chunks_are_refused() -> None:
    sealed = _seal(_plain(4 * CHUNK_BYTES + 1))
    bounds = _chunk_bounds(sealed)
    for one in range(4):
        for other in range(one + 1, 4):
            parts = [sealed[begin : begin + SEALED_CHUNK_BYTES] for begin in bounds]
            parts[one], parts[other] = parts[other], parts[one]
            with pytest.raises(BlobAltered):
                _open(sealed[:HEADER_BYTES] + b"".join(parts))


def test_a_chunk_of_another_blob_is_refused() -> None:
    one, other = _seal(_plain(2 * CHUNK_BYTES)), _seal(_plain(2 * CHUNK_BYTES))
    end = HEADER_BYTES + SEALED_CHUNK_BYTES
    with pytest.raises(BlobAltered):
        _open(one[:HEADER_BYTES] + other[HEADER_BYTES:end] + one[end:])


def test_another_blobs_header_is_refused() -> None:
    one, other = _seal(_plain(100)), _seal(_plain(100))
    with pytest.raises(BlobAltered):
        _open(other[:HEADER_BYTES] + one[HEADER_BYTES:])


def test_another_key_or_context_is_refused() -> None:
    sealed = _seal(_plain(100))
    with pytest.raises(BlobAltered):
        _open(sealed, key=_OTHER_KEY)
    with pytest.raises(BlobAltered):
        _open(sealed, context=b"item-0002")


def test_the_same_message_is_never_sealed_the_same_way_twice() -> None:
    headers = {ChunkSealer(_KEY, _CONTEXT).header for _ in range(1000)}
    assert len(headers) == 1000


@given(sealed_bytes=st.integers(0, 4 * SEALED_CHUNK_BYTES))
def test_only_lengths_that_sealing_gives_are_accepted(sealed_bytes: int) -> None:
    try:
        plain_bytes = plain_size(sealed_bytes)
    except BlobAltered:
        least = max(sealed_bytes - HEADER_BYTES, 0) // SEALED_CHUNK_BYTES * CHUNK_BYTES
        assert sealed_size(max(least - 1, 0)) != sealed_bytes
        assert sealed_size(least) > sealed_bytes
    else:
        assert sealed_size(plain_bytes) == sealed_bytes


_VECTORS = [
    _Vector(
        "empty_payload",
        _KEY,
        b"",
        ("ywP6x9b2OJx41zv5+eI56OCUyutMsyrW15x/qLVxATbZ/Inn/1A4+xyTZAiS8dLXMbLiXoESwh+lCH82PQ49AvclLt4QmC1T"),
        packed=False,
        plain_sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ),
    _Vector(
        "short_payload",
        _KEY,
        b"",
        (
            "suFSoW47uFy+w4rGMCbiWA1DrxUXIw4oCx2wJll6qVcRLXPdurkBJemLtkDKHhYRajeA3pd/QdQI9vxs6/0ELHVDhRXz"
            "H+agv2axUdZiXw=="
        ),
        packed=False,
        plain_sha256="59fdd34a0b323f6044e147b843d8ca246a9414d2c7a06c8e95a7e04c3cdaf395",
    ),
    _Vector(
        "two_chunks",
        _KEY,
        b"",
        (
            "eNrswK1KAwEAAOALckmwqCgGMSpYhEv+BMMhHAhi1HLhsPoEihi0KdyhoFWDTSyCHFZBX0ARMY3jyhY22BY29hgr33e8"
            "1H1/KsKN/dnV8ubi8+ftZDneyg4PknZYrfSfH8tGL//f+Z1PPx6S+2zQXPiL0uLq/CUAAAAAAAAAAAAAAAAAAAAAxq61"
            "np9Vk3uvd5vx1NrE5Vfw3Ylmtut6uDs3fbt4enQ9CgAA//8oGCxn"
        ),
        packed=True,
        plain_sha256="1ce894764f93155e8b85833f1b594e764d5567d216d5018da2bfc67db58cb70b",
    ),
    _Vector(
        "two_chunks_full",
        _KEY,
        b"",
        (
            "eNrs0D8rRAEAAPC7ZFOuLKSOSV2d19WVokzKaL1ZTKQQZdPLYvANkFOW17NRrwzKIs/Cquff9F4yqrdY7mO85ff7CL+3"
            "4zR7mOp2yvK9tznWmPh5OdtbT+NWEZ0Hh91e/WA+CfL/r3Dx7qj2GnSW/6ZXbz4uR4oaAAAAAAAAAAAAAAAAAAAAULnZ"
            "652h52RtOGz3d7M4OjUCAAAAAAAAAAAAAAAAAAAA1Ws//jZnynp/KRzN7zeuGgvb4/tbF08r383P25PJudYgAAD//3iL"
            "MpU="
        ),
        packed=True,
        plain_sha256="f4dfc3421ebf2d9ad6d037d1f90b297db37a8d29f2685b8ba9cb67549c54676b",
    ),
    _Vector(
        "three_chunks",
        _KEY,
        b"",
        (
            "eNrs0D8rRAEAAPAblCQpk0nUDXILX+ANV1cMROlK12W4GbsYJEdy0vsA8ob3SqIserPF4N+ivDK9TSxKeQODj/GW3+8j"
            "/LKHg1awtt6dS5sfj4tLC9/57WbreX9nI73bqq6G3ae/5kkQTUd759l8e+omCcJGfaDW+KoAAAAAAAAAAAAAAAAAAAAA"
            "pYsHO/XX2kzyu3z6M/p+eWgEAAAAAAAAAAAAAAAAAAAAyvd5VAyNzO5edCaqvbfr8e1KEa/098auXvryyfbx8Nn9fwAA"
            "AP//qn80BQ=="
        ),
        packed=True,
        plain_sha256="29e424acbf77bc348ed413d29584b50f1cbba33f42403a55ce6a84d55f33edac",
    ),
    _Vector(
        "last_chunk_empty",
        _KEY,
        b"",
        (
            "eNrswCFKxQAAAFB1YVWGiGCyGEyKYNAxRGxiHYMZxGCQWcSiCILJ5AEEByuC2Z1hZQsmiyDIugyj++Ef45f3su2uDJ6O"
            "h5PTPt//2ArGr8W6j9s0OjsYfsL6fae6O/9efjtqx+f5auMijO+zl644/JsDAAAAAAAAAAAAAAAAAAAAZu46uYxuV8q1"
            "19X/yV78mOx+Lmw2RXrTFOu/Vw/50jQAAP//5agojw=="
        ),
        packed=True,
        plain_sha256="f067f04b8007380ce33bb0bc96388b20e5f916a79bfee2120f4d84f87088ef32",
    ),
    _Vector(
        "context",
        _KEY,
        b"test context",
        (
            "GA1TJvATqklZ7lqcqKqSzF4ouqucGUWeVnzA+ndS+VYdZX9POhuwJj3eU0eVBmjl/nUgrx98MtzL5n834d2cHmC/HecY"
            "ez+b+nQhLMDGig=="
        ),
        packed=False,
        plain_sha256="59fdd34a0b323f6044e147b843d8ca246a9414d2c7a06c8e95a7e04c3cdaf395",
    ),
    _Vector(
        "context_with_null",
        _KEY,
        b"test\x00context",
        (
            "PRokUv90yZjdQGUbt9huocj2xki72padNUsZmQJSA0VyZgOsxvt4huUCW+WVwKAvlmQQ3CjrScIUo8Nych7oR3QwgqKX"
            "/sWQfFbIqMLhxQ=="
        ),
        packed=False,
        plain_sha256="59fdd34a0b323f6044e147b843d8ca246a9414d2c7a06c8e95a7e04c3cdaf395",
    ),
    _Vector(
        "bad_tag",
        _KEY,
        b"",
        ("TIX64gfRT6+gCgIUzAyPv7zQPNoyWA76r4iXPoeaRfJk6jCNwtQ+ZG7XcY3v3MAj/+RybNksaV0Ag3q6z0CBKZFurS8sv2iiyg=="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "bad_tag_second_chunk",
        _KEY,
        b"",
        (
            "eNrswCtLxAAAAOBZrIpgdAMfySYmkwsaBMEigjCTYUGD1bRiUExiUGyC2eKC+EBBYajRO7jVu7a2dBzc42dc+b7eMC5a"
            "2dZx+PG2P/H/m67+nM5FyX1//nKQvm5eT5f1Rpw8VF+dg6Xo5fDvZLLMP2fvipUAAAAAAAAAAAAAAAAAAAAAGLvw6egx"
            "e8+r58Xb5tlMdypY395baNTna1ffy+3dm52LUQAAAP//bJwt0Q=="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "bad_tag_second_chunk_full",
        _KEY,
        b"",
        (
            "eNrs0L8rBQEAAGAp5ZUfSYbHcGV4RYpsTGxGKSODZHh+xJsMjKYXpQyK8cox0JkUIcNZLlHmK4NF3XTM3p9xy/f9Cd/M"
            "x2tRP61Uw9rwW95YDfLvr2zh4mwgGRrZq3cvvdye706cHK21Px92/cXj+3dT79Mrl+n2fxsAAAAAAAAAAAAAAAAAAABQ"
            "umBruVp73OhtJleN2fvrByMAAAAAAAAAAAAAAAAAAABQvmhn82ZwPutYb4bRYl/6M9oZ/B4Unz1P/XFlcux4rhUAAP//"
            "72Exxg=="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "bad_tag_empty_final_chunk",
        _KEY,
        b"",
        (
            "eNrswK1KxAAAAOAVMZhkVtEyi1jMFhcsahHF4kAmGMQkLCrYxCIYxKCwoAZZGmZNuuwDCMYbx8GFg/uBG/cYV74vLud7"
            "zdzV00uTvPWL8Wb8uteqo+Pd9fDvsb1y2k0eLj7z9CMcVjcHxff17P/W8329tngXAAAAAAAAAAAAAAAAAAAAAFOX/+6X"
            "S8tn2eHovVo43zlJo8uZo+zna9AJbje2V4NJAAAA///fjyw/"
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "bad_tag_first_chunk",
        _KEY,
        b"",
        (
            "eNrswKFKAwEAANCLokE0CMopGCz6AYcYlAuKoF5RLHLVbjDYbJo8EUQuGL1iUYPJdCAG69jlwdjCwhhcWdj2GSvv3W1e"
            "NGdehjfl09FafrJbzf/831bxX9Lvfu/k17Odh2jusB5F8UbYLlYH5+n79v7XXuvjOAAAAAAAAAAAAAAAAAAAAACm7vP1"
            "8qB+zBbSxspWdv82Dsrn9GqxSLLw9Hdpubd+NgkAAP//8uYqxg=="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "missing_tag",
        _KEY,
        b"",
        "jO72KAtilFAcTVGZsOpEFrPWxd7OqTUH2W/evs1s6ypurdgviiv6zZnqw3ULUHCtL0grSkWaFBYA",
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "short_chunk",
        _KEY,
        b"",
        ("GAbSLIu/OyWYwErmtHcQD0BKjfzapm4FNIx5XIYCKzFz1ZKR47hSSMbsQrH5aH5oWzU8SPrvOeQN11jO/ELvT8w7HHQ="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "trailing_garbage_long",
        _KEY,
        b"",
        (
            "eNrswCtLxAAAAGBFi2VB0V8gFg3LNmFWEbQrsrSyoEYfRZhF04JJ03wxLGYFg8IQ30EQi8Lg4trBwt3PuPJ9D+vnozOv"
            "m0d7+dvL/NJ/+PS+MbV/GwUn5fLP1250Wt/FzUT6uRCunX1ns+Viuzp9X1+OJ0MAAAAAAAAAAAAAAAAAAADAwP1VwWHR"
            "XvUm45GsWBlr0pvr452t3+dutT130Mkvko/hx34AAAD//2YwMUw="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "trailing_garbage_short",
        _KEY,
        b"",
        (
            "eNrswK1KAwEAAODT4w68csmgGAQRgyD4BuoJChosFsFkEYPJ36Lt+iVBg2V9ZWzsAVaWVhY3WBhcGlu7tO0xVr7vc5GP"
            "4trG2nP7Jz3eeqv/Fi/vUZbf/Jfx4frDJGkF5wff+yfz8e3pZnVRzK6v9i772TQNAAAAAAAAAAAAAAAAAAAAgJVrdo6S"
            "RhQ+9nbDbhy93pV/Tzvb9x9fg2F1tgwAAP//5UEjYA=="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "no_chunks",
        _KEY,
        b"",
        "ZWYh3wMyKzNduAJ9/u7azJ+rhs8Zirn5yH0aSnzBmsvMTlr+o2F2IytkcvfvEoFPa0e+RPQUNYU=",
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "wrong_commitment",
        _KEY,
        b"",
        ("kTRJAxMTTGMDYykK5xSJmL9rrXuRVrfodPqIjq3eMzHB4nlsTR5i83MMtfuQ1iUOgExUgk8UhzwAYBXaRn0yH4gvPNbSIQjS9w=="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "wrong_key",
        _OTHER_KEY,
        b"",
        ("xPgV6Mr+H2LhoXKr3ZGmd/THlx6KWaf06vW+ZCc9KKv1ii+j+1Lj492WOodYkHTosXGLYfkoG58ApumQwEPg5/rOMlIU2gqyCw=="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "short_key",
        _OTHER_KEY[:-1],
        b"",
        ("nr7kWY3emyAukT291rU2p3q+iZFY+tGtI6CuIMCX4zBuShcKNf8C5YM9dh1kPrhq9rJ+f3TA6XwAXpQpzNgx9QdFRsbWBzffEQ=="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "long_key",
        _OTHER_KEY + b"E",
        b"",
        ("D4hBHLAJlMkMKu2wkuIjQ9OM+9xCRYf4m1JI9aC2JkjuYoMY8JAE6tk9QYBZwoDcHgvJkwAFzHEAlrP5DeJRihLpcBjksi2S8Q=="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "wrong_context",
        _KEY,
        b"wrong context",
        ("nbvkZ2ehnJXerUMmqVk/efRVLDKurXFAynnnv7w2gzMxsfGLW4Wq5Ikt6snwGlQXlQfEx+XJR6UAeCTQDaArZ9LSvOTUZiVWRg=="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "wrong_salt",
        _KEY,
        b"",
        ("xhwm6MgnKH/b4FINGeCM2ez7fkIE3QC9FBfzjgFjnpIAcZv1UDWmmeoKHynt++PUz9EQCAErFfEA/zR/Bx88aJbp0nR0Spm7Rg=="),
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "empty_message",
        _KEY,
        b"",
        "",
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "short_header_no_commitment",
        _KEY,
        b"",
        "gv8oWXmkqxVDVHzTt+Kv1kgZcgbKZt77",
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "short_header_partial_commitment",
        _KEY,
        b"",
        "Wjyy40iVmOxO81hJ2Em7O6taPJYKm/BwYMLuXKbDHJ9EXn0xP2rpCA==",
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "short_header_no_salt",
        _KEY,
        b"",
        "n+ZRtH24yAG72g==",
        packed=False,
        plain_sha256=None,
    ),
    _Vector(
        "truncated_at_chunk_boundary",
        _KEY,
        b"",
        (
            "eNrswKFOAgEAAFCDJssVk276C4YrzubcWQyW232CVavppLORGI3AGBuBI3NsMLYj0ShQjgs0Nhj8AJ9Bea81r/29HcPl"
            "428ZvETDw9fN7P3jOXodD6oqSzqLIk9vH4rpddn/z0679ij4/I6367x5BQAAAAAAAAAAAAAAAAAAAFxcvOqm+7vGpFf/"
            "Ce+Tp805AAD//80zJhI="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "truncated_mid_chunk",
        _KEY,
        b"",
        (
            "eNrs0C1qQgEAAOCFwRgbb2WDbXlpZYPtAEu7wGNtBsVgE5MgJkEML2q0iIhBUZBXLGqwqtFg9AfxAlaPIcj3HeHbL9tB"
            "eRuNi62HQhjOh6WX3tv7z+vfZ7X53B191T9mme9O4zG/ucnm7hf9SSodJ6PjLr4CAAAAAAAAAAAAAAAAAAAAzm41Hax/"
            "727D4PD0X7lO1IwAAAAAAAAAwOU5BQAA//+GvSI+"
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "swapped_chunks",
        _KEY,
        b"",
        (
            "eNrs0DFHBQEAAOATFSVpeENKSS1vaHmKSEvDtSdeJIqWJLc11ZsaItJ0S7QkIkVLe47jRBxxNDXkhnIUDYnoZ9zyfT/h"
            "C6LOydhr9P7z8nsws/qWhNvF5sPGeqeYvW70nY0/9rb+yvbgaHa1le4OZN9Lcf/iZHPn6z4AAAAAAAAAAAAAAAAAAAAA"
            "ane0X03sTYdDF9H81PBnnhkBAAAAAAAAAAAAAAAAAACA+l22D7tHWsnyx13+dPN83AiK83Bhbe60WZW3K109afwfAAD/"
            "/w+qMmU="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "duplicated_chunk",
        _KEY,
        b"",
        (
            "eNrs3K9KxAAAgHGLf4LiAwjCXsCyB7ApCANBmFEQhIGo1SXRJCaxCcpgIqIWEWFtyWByXUGmYLtwx4VbOI57gHuAld/v"
            "Eb4H+PZWD9aT06eVsCzmnwfZV5E1Zy8Li+nFsPpfrjb7b2lcl4/hd/Aan1zns+939VESTZ+vTQEAAAAAAAAAAAAAAAAA"
            "AACty7e7G8ef98FHZ+cvOlzqKQIAAAAAAAAAAAAAAAAAAADtm/gBpA+jm+Cy+fm9vdrd35qbGQcAAP//WpM33Q=="
        ),
        packed=True,
        plain_sha256=None,
    ),
    _Vector(
        "extension_after_final",
        _KEY,
        b"",
        (
            "eNrswKtrAnEAwPFfGKxsbGHskRc2tqWlsTGDqFzRbDiQU1BQgyBouaLRqpxRg3aTaFCQUxAFbaJiuHbnowhqUBH/DMv3"
            "o6uFh6rj/WYaMK5F50eeT34TJSXvrSw8t5br8/H5aSClQ3WboseCf2Lnl+6WWbfdGRYAAAAAAAAAAAAAAAAAAAAAAAAA"
            "AAAAAODiZh9f7YM6arxsU32fdtwIzTK661W52BzHX79b0TdR25/M5L1uXuV6EXn4nzkHAAD//y0DNe0="
        ),
        packed=True,
        plain_sha256=None,
    ),
]


@pytest.mark.parametrize("vector", _VECTORS, ids=lambda vector: vector.name)
def test_the_published_vectors_hold(vector: _Vector) -> None:
    sealed = vector.sealed_bytes()
    if vector.plain_sha256 is None:
        with pytest.raises((BlobAltered, ValueError)):
            _open(sealed, key=vector.key, context=vector.context, opener_type=_VectorOpener)
    else:
        opened = _open(sealed, key=vector.key, context=vector.context, opener_type=_VectorOpener)
        assert hashlib.sha256(opened).hexdigest() == vector.plain_sha256
