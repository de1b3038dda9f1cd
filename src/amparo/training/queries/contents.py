"""Opening what versions of curricula say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from amparo.kernel.digest import JsonValue, sha256_of
from amparo.kernel.recall import recall
from amparo.training.models import CurriculumVersion, Session
from amparo.training.rules import content as rules
from amparo.training.rules.content import Content
from amparo.vault import sealing
from amparo.vault.prepared import IDS, Prepared
from amparo.vault.sealing import Words


def content_of(version: CurriculumVersion) -> Content:
    return rules.from_plain(sealing.open_row(version, "content").table("content"))


def content_of_session(session: Session) -> Content:
    return content_of(session.content_version)


def stored(content: Content) -> dict[str, Words]:
    """What is sealed of a content: plain values only."""
    return cast("dict[str, Words]", rules.to_plain(content))


def contents(version_ids: Iterable[UUID]) -> dict[UUID, Content]:
    """What these versions say. Cost: two queries, once in a reading request."""
    return recall("contents", version_ids, _contents)


_VERSIONS = Prepared(lambda keys: CurriculumVersion.objects.filter(pk__in=keys), IDS)


def _contents(version_ids: set[UUID]) -> dict[UUID, Content]:
    rows = _VERSIONS.rows(version_ids)
    opened = sealing.open_rows(rows, "content")
    return {row.id: rules.from_plain(words.table("content")) for row, words in zip(rows, opened, strict=True)}


def digest_of(content: Content) -> str:
    """The fingerprint of a content, by which a version proves that it was not changed."""
    return sha256_of(cast("JsonValue", rules.to_plain(content)))
