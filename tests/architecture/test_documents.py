"""What is written beside the code: links that lead somewhere, no traces of one machine, decisions in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changelog.d").glob("*.md")])
DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
ROLES = {
    "intake", "caseworker", "supervisor", "investigator", "lawyer", "custodian", "system-keeper", "data-protection",
    "director",
}  # fmt: skip

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.~$})-])/(?:home|root|Users|work)/\w")
# Where packages are fetched from is everybody's own business; links to specifications are not.
REGISTRY = re.compile(
    r"\b(?:files\.pythonhosted|pypi|test\.pypi|registry\.npmjs|proxy\.golang)\.org\b|--(?:extra-)?index-url"
)

MAKE = re.compile(r"^ *make ((?:[a-z][a-z-]*)(?: [a-z]+=\S+)*)|`make ([a-z][a-z-]*)[^`]*`", re.MULTILINE)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _anchors(text: str) -> set[str]:
    """The anchors that the usual hosts make of headings."""
    plain = (re.sub(r"[`*_]|\[|\]\([^)]*\)", "", heading).lower() for heading in HEADING.findall(FENCE.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def _is_there(target: Path, anchor: str) -> bool:
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in _anchors(target.read_text(encoding="utf-8"))


def broken_links(path: Path) -> Iterator[str]:
    """Relative links of a document that lead to nothing."""
    text = path.read_text(encoding="utf-8")
    for link in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", link):
            continue
        place, _hash, anchor = unquote(link).partition("#")
        target = (path.parent / place).resolve() if place else path
        if "docs/guide/pictures/" in target.as_posix():
            continue  # Made by `tools.media` from a running demonstration.
        if not _is_there(target, anchor):
            yield link


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    assert list(broken_links(path)) == []


def test_a_link_to_nothing_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.architecture.test_documents.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "# Here it is\n[a](#here-it-is) [b](#elsewhere) [c](none.md) [d](page.md) [e](https://c2sp.org/x)\n"
    )
    assert list(broken_links(page)) == ["#elsewhere", "none.md"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_no_document_names_a_machine_or_a_registry(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if PATH_OF_A_MACHINE.search(line) or REGISTRY.search(line)] == []


@pytest.mark.parametrize("path", DECISIONS, ids=_name)
def test_a_decision_says_why_what_what_follows_and_what_was_rejected(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = [heading for heading in HEADING.findall(text) if heading != "Measured"]
    assert headings[1:] == ["Context", "Decision", "Consequences", "Rejected"]
    assert headings[0].startswith(f"{int(path.name[:4])}. ")


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/develop/testing.md"])
def test_every_make_target_that_is_named_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, flags=re.MULTILINE))
    named = [shown or quoted for shown, quoted in MAKE.findall((ROOT / name).read_text(encoding="utf-8"))]
    assert named
    for words in named:
        target, *options = words.split()
        assert target in targets
        for option in options:
            variable = option.partition("=")[0]
            assert re.search(rf"\$\((?:if \$\()?{variable}\)|ifndef {variable}\b", makefile)


def test_each_role_that_works_on_cases_or_keeps_them_has_a_guide() -> None:
    guides = {path.stem for path in (ROOT / "docs/guide").glob("*.md")}
    assert guides >= ROLES | {"words"}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [role for role in sorted(ROLES) if f"docs/guide/{role}.md" not in readme] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs/guide").glob("*.md")), ids=_name)
def test_a_guide_for_a_role_says_what_to_do_when_something_goes_wrong(path: Path) -> None:
    if path.stem in ROLES:
        assert "\n## When something goes wrong\n" in path.read_text(encoding="utf-8")
