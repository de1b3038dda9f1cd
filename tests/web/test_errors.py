"""Errors speak in whole sentences, and no input breaks a page or loses what was typed."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.kernel.errors import AppError
from tests.policy.walking import Visitors

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SRC = Path(__file__).resolve().parents[2] / "src" / "amparo"
PLACES = re.compile(r"%\((\w+)\)[sd]")


# ---- sentences ------------------------------------------------------------------------------------------------------


def _errors() -> list[type[AppError]]:
    found: list[type[AppError]] = []
    waiting: list[type[AppError]] = [AppError]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += one.__subclasses__()
    return found


def _places(error: type[AppError]) -> set[str]:
    return set(PLACES.findall(error.template)) | set(PLACES.findall(error.hint_template))


def _known(path: Path) -> dict[str, type[AppError]]:
    """The errors of the house by the names that this module gives them: two rooms may use one name."""
    parts = path.relative_to(SRC.parent).with_suffix("").parts
    module = import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return {
        name: thing
        for name, thing in vars(module).items()
        if isinstance(thing, type) and issubclass(thing, AppError) and thing is not AppError
    }


def _raised() -> Iterator[tuple[str, type[AppError], set[str] | None]]:
    """Every place where an error of the house is made: where, which, and with which fields (None: not known)."""
    for path in sorted(SRC.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "errors" not in source and "AppError" not in source:
            continue
        known = _known(path)
        # `raise Name` makes one without fields; so does a call of it without arguments.
        for node in ast.walk(ast.parse(source)):
            where = f"{path.relative_to(SRC)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in known:
                yield where, known[node.exc.id], set()
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
                given_ = [word.arg for word in node.keywords]
                yield where, known[node.func.id], None if None in given_ else {str(word) for word in given_}


def test_every_error_is_made_with_the_fields_that_its_sentences_name() -> None:
    sites = list(_raised())
    assert len(sites) > 100
    wrong = [
        (where, error.__name__, sorted(_places(error) - fields))
        for where, error, fields in sites
        if fields is not None and error.__init__ is AppError.__init__ and _places(error) - fields
    ]
    assert wrong == []


def test_every_error_says_whole_sentences_with_its_fields_filled_in() -> None:
    for error in _errors():
        if error.__init__ is not AppError.__init__:
            continue
        made = error(**dict.fromkeys(_places(error), 7))
        for said in (made.message(), made.hint()):
            assert "%(" not in said, error
            assert not said or said.rstrip("\u201d")[-1] in ".?!:", (error, said)


def test_a_percent_sign_in_a_sentence_does_not_break_it() -> None:
    for error in _errors():
        for template in (error.template, error.hint_template):
            assert "%" not in PLACES.sub("", template).replace("%%", ""), error


# ---- input ----------------------------------------------------------------------------------------------------------

# Some thirty forms of eight rooms, who sends them, and the field for longer text.
FORMS = (
    ("aftercare:plan_service", "dalia", "what"),
    ("aftercare:write_safety", "dalia", "way_out"),
    ("cases:add_incident", "bruno", "narrative"),
    ("cases:add_promise", "dalia", "text"),
    ("cases:add_stage", "bruno", "how"),
    ("cases:add_task", "dalia", "title"),
    ("cases:change", "dalia", "title"),
    ("cases:hold_conference", "dalia", "decisions"),
    ("cases:plan_conference", "dalia", "about"),
    ("cases:write_note", "dalia", "text"),
    ("evidence:register_physical", "bruno", "description"),
    ("intake:take", "amina", "text"),
    ("investigations:add_measure", "dalia", "details"),
    ("investigations:assess_threat", "dalia", "summary"),
    ("investigations:change_interview", "bruno", "why"),
    ("investigations:hold_interview", "bruno", "promises"),
    ("investigations:open_lead", "bruno", "title"),
    ("investigations:plan_interview", "bruno", "why"),
    ("investigations:record_contact", "bruno", "agreed"),
    ("investigations:report_threat", "dalia", "account"),
    ("people:add_contact", "dalia", "value"),
    ("people:change", "dalia", "name"),
    ("prosecution:disclose", "chandra", "to_whom"),
    ("prosecution:list_hearing", "chandra", "judge"),
    ("prosecution:move_exhibit", "chandra", "objections"),
    ("prosecution:propose_exhibit", "chandra", "mark"),
    ("prosecution:protect", "chandra", "order"),
    ("referrals:draft", "dalia", "asked"),
    ("referrals:move", "dalia", "words"),
    ("referrals:move_release", "bruno", "remark"),
    ("referrals:prepare", "bruno", "purpose"),
    ("staff:add_clock", "jalil", "label"),
)
HOSTILE = (
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202eevil\u202c",
    "\u2066\u2067\u2069",
    "9" * 400,
    "x" * 100_001,
    "2026-02-30",
    "0000-00-00",
    "99999-12-31",
    "2026-05-17T25:61",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "-1",
    "1e400",
    "nan",
    "00000000-0000-0000-0000-000000000000",
    "not-a-uuid",
    "<script>alert(1)</script>",
    "%(code)s %s {0} {{ x }}",
    "\u0665\u0661",
    "\U0001f600" * 50,
)
MARK = "What she had typed before it went wrong"


def _names(page: str) -> list[str]:
    found = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page)
    return [name for name in dict.fromkeys(found) if name not in {"csrfmiddlewaretoken", "kept_for", "q"}]


def _sent(visitors: Visitors, page: str, who: str, fields: list[tuple[str, str]]) -> tuple[int, str]:
    body = urlencode(fields, errors="surrogatepass")
    with visitors.visit(who, visitors.world.url(page), "POST", body) as answer:
        return answer.status_code, answer.content.decode()


@pytest.fixture(scope="module")
def fields(visitors: Visitors) -> dict[str, list[str]]:
    found = {}
    for page, who, _text in FORMS:
        with visitors.visit(who, visitors.world.url(page)) as answer:
            assert answer.status_code == 200, page
            found[page] = _names(answer.content.decode())
    return found


@pytest.mark.parametrize(("page", "who", "text"), FORMS)
def test_a_form_with_nothing_in_it_is_shown_again(visitors: Visitors, page: str, who: str, text: str) -> None:
    status, _body = _sent(visitors, page, who, [])
    assert status in (302, 409, 422), status


@pytest.mark.parametrize(("page", "who", "text"), FORMS)
def test_nonsense_in_every_other_field_loses_nothing_of_the_text(
    visitors: Visitors, fields: dict[str, list[str]], page: str, who: str, text: str
) -> None:
    assert text in fields[page], fields[page]
    for value in ("not-a-uuid", "2026-02-30", "\x00", "\ud800"):
        sent = [(name, value) for name in fields[page] if name != text] + [(text, MARK)]
        status, body = _sent(visitors, page, who, sent)
        assert status in (302, 409, 422), (value, status)
        assert status == 302 or MARK in html.unescape(body), value


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(form=st.sampled_from(FORMS), data=st.data())
def test_no_input_breaks_a_form(
    visitors: Visitors, fields: dict[str, list[str]], form: tuple[str, str, str], data: st.DataObject
) -> None:
    page, who, _text = form
    values = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec=None), max_size=60))
    chosen = data.draw(st.lists(st.tuples(st.sampled_from(fields[page]), values), max_size=len(fields[page])))
    status, _body = _sent(visitors, page, who, chosen)
    assert status in (302, 409, 413, 422, 400, 404), (status, chosen)


@pytest.mark.parametrize("page", ["cases:write_note", "intake:take", "aftercare:assessment"])
def test_a_hundred_thousand_fields_are_refused_calmly(visitors: Visitors, page: str) -> None:
    who = {"intake:take": "amina"}.get(page, "dalia")
    many = [(f"f{number}", "x") for number in range(100_000)]
    status, _body = _sent(visitors, page, who, many)
    assert status in (400, 413)
