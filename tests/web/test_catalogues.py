"""The catalogues for translators: whole, compiled, and true to the originals' placeholders."""

from __future__ import annotations

import ast
import gettext
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parents[2] / "src/amparo/locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
# The pages that everybody meets every day: of their strings at most one in fifty may still be English.
DAILY = ("web/", "desk/", "cases/")
DAILY_FLOOR = 0.98
WHOLE_FLOOR = 0.95
# Named, counted and bare ones, those that a script fills in, and marks that a template writes.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w+\}|</?\w+[^>]*>|&\w+;")
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?(".*")$')

by_language = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)


@dataclass(slots=True)
class Entry:
    """One message of a catalogue: the original in one or two forms, and what stands for each."""

    context: str | None = None
    original: str = ""
    plural: str | None = None
    said: dict[int, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    flags: str = ""

    @property
    def key(self) -> str:
        return self.original if self.context is None else f"{self.context}\x04{self.original}"

    @property
    def is_translated(self) -> bool:
        return all(self.said.values())

    def add(self, part: str, form: int, text: str) -> None:
        if part == "msgctxt":
            self.context = (self.context or "") + text
        elif part == "msgid":
            self.original += text
        elif part == "msgid_plural":
            self.plural = (self.plural or "") + text
        else:
            self.said[form] = self.said.get(form, "") + text


def _entry(block: str) -> Entry:
    entry, part, form = Entry(), "", 0
    for line in block.splitlines():
        if line.startswith("#"):
            if line.startswith("#:"):
                entry.files += line[2:].split()
            if line.startswith("#,"):
                entry.flags += line[2:]
            continue
        found = _LINE.match(line)
        assert found, line
        if found[1]:
            part, form = found[1], int(found[2] or 0)
        entry.add(part, form, ast.literal_eval(found[3]))
    return entry


def entries_of(catalogue: Path) -> list[Entry]:
    """The messages of a catalogue, its head left out."""
    blocks = catalogue.read_text(encoding="utf-8").strip().split("\n\n")
    return [entry for entry in map(_entry, blocks) if entry.original]


def compiled(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def forms_for_one_number(translations: gettext.GNUTranslations) -> set[int]:
    """The plural forms that stand for a single number, such as two, and so need not name it."""
    # Twice the period of the rules that languages have.
    used = Counter(translations.plural(number) for number in range(200))  # type: ignore[attr-defined]
    return {form for form, times in used.items() if times == 1}


def differences(entry: Entry, may_hide_count: set[int]) -> list[str]:
    """What a translation lost or added among the placeholders, a sentence for each."""
    wanted = Counter(PLACEHOLDER.findall(entry.plural or entry.original))
    found: list[str] = []
    for form, text in entry.said.items():
        there = Counter(PLACEHOLDER.findall(text))
        lost, added = wanted - there, there - wanted
        if entry.plural and form in may_hide_count and lost.total() == 1:
            lost = Counter()
        found += [f"{entry.original!r} lost {name} in form {form}" for name in lost]
        found += [f"{entry.original!r} has {name} too much in form {form}" for name in added]
    return found


def test_there_is_an_arabic_catalogue() -> None:
    assert "ar" in [catalogue.parents[1].name for catalogue in CATALOGUES]


@by_language
def test_the_compiled_catalogue_says_what_the_written_one_says(catalogue: Path) -> None:
    held = dict(compiled(catalogue.with_suffix(".mo"))._catalog)  # type: ignore[attr-defined]
    held.pop("")
    written: dict[object, str] = {}
    for entry in entries_of(catalogue):
        if not entry.is_translated:
            continue
        if entry.plural is None:
            written[entry.key] = entry.said[0]
        else:
            written |= {(entry.key, form): text for form, text in entry.said.items()}
    assert held == written


@by_language
def test_the_compiler_accepts_the_written_catalogue(catalogue: Path, tmp_path: Path) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        pytest.skip("gettext is not installed here")
    made = tmp_path / "made.mo"
    subprocess.run([msgfmt, "--check-format", "-o", made, catalogue], check=True)
    assert compiled(made)._catalog == compiled(catalogue.with_suffix(".mo"))._catalog  # type: ignore[attr-defined]


@by_language
def test_translations_keep_the_placeholders_of_their_originals(catalogue: Path) -> None:
    may_hide_count = forms_for_one_number(compiled(catalogue.with_suffix(".mo")))
    entries = [entry for entry in entries_of(catalogue) if entry.is_translated]
    assert [said for entry in entries for said in differences(entry, may_hide_count)] == []


@pytest.mark.parametrize(
    ("original", "said"),
    [
        ("Asked by %(name)s", {0: "x"}),
        ("Asked by %(name)s", {0: "x %(Name)s"}),
        ("%(count)s day", {0: "x %(count)s %(count)s"}),
        ("Sending {name}", {0: "x {nam}"}),
        ("<bdi>%(name)s</bdi>", {0: "<bdi>%(name)s"}),
    ],
)
def test_a_lost_or_changed_placeholder_is_found(original: str, said: dict[int, str]) -> None:
    assert differences(Entry(original=original, said=said), set()) != []


def test_only_a_form_for_one_number_may_leave_the_number_out() -> None:
    entry = Entry(original="%(count)s day", plural="%(count)s days", said={2: "two days", 3: "days"})
    assert differences(entry, {0, 1, 2}) == ["'%(count)s day' lost %(count)s in form 3"]


@by_language
def test_no_translation_is_a_guess_of_the_tools(catalogue: Path) -> None:
    assert [entry.original for entry in entries_of(catalogue) if "fuzzy" in entry.flags] == []
    assert "#, fuzzy" not in catalogue.read_text(encoding="utf-8")


@by_language
def test_the_catalogue_says_where_strings_are_by_paths_inside_the_package(catalogue: Path) -> None:
    named = {name for entry in entries_of(catalogue) for name in entry.files}
    assert named
    assert [name for name in sorted(named) if Path(name).is_absolute() or ".." in name] == []


@by_language
def test_the_pages_of_every_day_are_translated(catalogue: Path) -> None:
    daily = [entry for entry in entries_of(catalogue) if any(name.startswith(DAILY) for name in entry.files)]
    assert len(daily) > 500
    assert sum(entry.is_translated for entry in daily) >= DAILY_FLOOR * len(daily)


@by_language
def test_nearly_everything_is_translated(catalogue: Path) -> None:
    entries = entries_of(catalogue)
    assert sum(entry.is_translated for entry in entries) >= WHOLE_FLOOR * len(entries)
