"""No text of a page is left out of translation: in a made-up language that puts brackets around every word of
ours, whatever stands outside brackets is a code, a name, a number, a day, or somebody's own words."""

from __future__ import annotations

import gettext as gettext_module
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import override_settings
from django.utils import translation
from django.utils.translation import trans_real

from amparo.access.models import Account
from tests.cast import CAST
from tests.policy import walking
from tests.policy.walking import Visitors
from tests.policy.world import World

# What is translated is the same on every database.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
LANGUAGE = "en-xa"
OPEN, CLOSE = "⟦", "⟧"
# Who opens what: between them they see every kind of page.
# A page that many open is read by its first readers and by the supervisor; of pages that somebody is refused, a few.
ROLES = ("anonymous", "amina", "bruno", "chandra", "dalia", "jalil", "hugo", "lina", "grace", "kofi", "noor")
READERS = 2


class Catalogue(trans_real.DjangoTranslation):
    """Django's own kind of catalogue, which has a translation for everything: itself, in brackets."""

    def __init__(self) -> None:
        gettext_module.GNUTranslations.__init__(self)
        self.domain = "django"
        self._DjangoTranslation__language = LANGUAGE
        self._DjangoTranslation__to_language = LANGUAGE
        self._DjangoTranslation__locale = LANGUAGE
        self._catalog = _Whole()
        self.plural = lambda n: 0 if n == 1 else 1


class _Whole(dict[object, str]):
    def get(self, key: object, default: object = None) -> str:
        return self[key]

    def __getitem__(self, key: object) -> str:
        text = key[0] if isinstance(key, tuple) else str(key)
        text = str(text).split("\x04")[-1]
        return f"{OPEN}{text}{CLOSE}" if text else text

    def plural(self, key: object, number: object) -> str:
        return self[key]


class Texts(HTMLParser):
    """The visible text nodes of a page, and the attributes that are read aloud, but for people's own words."""

    SILENT = {"script", "style", "svg", "code", "time", "bdi", "textarea", "title"}
    VOID = {"input", "br", "hr", "img", "link", "meta"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        for name in ("aria-label", "placeholder", "alt", "title"):
            if named.get(name):
                self.found.append(str(named[name]))
        if tag not in self.VOID:
            # Text that takes its direction from itself is somebody's own.
            self._open.append("own" if named.get("dir") == "auto" else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.SILENT & set(self._open) and "own" not in self._open:
            self.found.append(" ".join(data.split()))


WORD = re.compile(r"[A-Za-z]{3,}")
MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"}  # fmt: skip


@pytest.fixture(scope="module")
def visitors(world: World) -> Iterator[Visitors]:
    with override_settings(LANGUAGE_CODE=LANGUAGE, LANGUAGES=[(LANGUAGE, "Brackets")]):
        # A change of the languages drops every catalogue: ours comes after it, and goes with the next.
        trans_real._translations[LANGUAGE] = Catalogue()
        trans_real.get_languages.cache_clear()
        Account.objects.update(language=LANGUAGE)
        with translation.override(LANGUAGE):
            yield Visitors(world)
    trans_real.get_languages.cache_clear()


def _left(text: str) -> str:
    """What stands outside all brackets."""
    depth, outside = 0, []
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        if depth == 0 and letter != CLOSE:
            outside.append(letter)
    return "".join(outside)


PEOPLE = {word for name, _role in CAST.values() for word in name.split()} | {
    "Nadia", "Nadja", "Viktor", "Wassim", "Rana", "Salma", "Oskar", "Mona", "Omar", "Stella", "Muster", "Sample",
}  # fmt: skip
# What the records of the world hold, and names of offices, places, time zones, keys and languages.
OWN_WORDS = re.compile(
    r"Sample Shelters|Sample House|A box|A scarf|"
    r"Sample Police Service|Sample Police|Station of examples|Sample Health Service|House Sample|First response|"
    r"Would report to the police|Kits wait|Protocol of the clinic|Rosa Ejemplo|canary-directory Hospital|"
    + "|".join(sorted(PEOPLE))
    + r"|Second|Clinic|Kits|SERIAL|Head nurse|Ward of examples|Health|Laboratory|Skin swab"
    r"|Example|Harbour|Hill|Lakeside|Upland|Amparo|canary-\w+|a blue van|FIR|Shelf|telephone|letter|Street|"
    r"District|Court|Section|Brackets|UTC|Officer|Call again|Call her aunt|Judge|XTS|He waits at the gate|"
    r"test|A sewing machine|Enter|English|Arabic|Brackets|To sleep|at night|She called again|as noted|in short|as told",
    re.IGNORECASE,
)
CODES = re.compile(r"\b[A-Z]{2,4}(-[0-9A-Z]{3}){3,4}\b|\b[A-Z]\w+(/[\w-]+)+")
# An instrument brings its own words, in the language in which it was validated.
INSTRUMENTS = {"aftercare:assessment", "aftercare:person", "aftercare:instruments", "aftercare:second_scoring"}
# So do the checklist of practice and the pack of sourced facts.
DATA = {"strengthening:checklist", "strengthening:observe", "facts:facts", "facts:fact"}
# A training is given in one language, and so are its pages for those who take part.
IN_ITS_OWN_LANGUAGE = {"training:come_in"}


def _read_by(who: str) -> list[str]:
    read, refused = [], []
    for name, row in walking.read().items():
        readers = [one for one in ROLES if row[one] in ("200", "POST 200")]
        if who in readers:
            read += [name] if who == "jalil" or who in readers[:READERS] else []
        else:
            refused.append(name)
    return read + refused[:: len(refused) // READERS]


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_every_word_of_ours_is_translated(visitors: Visitors, world: World, who: str) -> None:
    outside: dict[str, str] = {}
    pages = 0
    for name in _read_by(who):
        if name.startswith(("mfa_", "account_")) or name in INSTRUMENTS | DATA | IN_ITS_OWN_LANGUAGE:
            continue
        with visitors.visit(who, world.url(name)) as answer:
            if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            page = answer.content.decode()
        if not page:
            continue
        pages += 1
        assert OPEN in page, name
        for text in Texts(page).found:
            left = OWN_WORDS.sub("", CODES.sub("", _left(text)))
            words = [word for word in WORD.findall(left) if word not in MONTHS]
            if words:
                outside.setdefault(text, name)
    assert pages > 2
    assert outside == {}
