"""Templates: a strict content policy holds, every word is marked, every field has its label."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import override_settings

from amparo.web.sheets import Code, Fact, Name, Notice, Row, Strong
from amparo.web.templatetags.amparo_web import shown
from tests.web.preview import render
from tests.web.samples import pages

SRC = Path(__file__).resolve().parents[2] / "src"
TEMPLATES = sorted(path for path in SRC.rglob("templates/**/*") if path.suffix in {".html", ".svg", ".txt"})
PAGES = (
    "today",
    "case",
    "item",
    "list",
    "table",
    "empty",
    "form",
    "question",
    "confirm",
    "notfound",
    "broken",
)
PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


class Read(HTMLParser):
    """What a page is made of: each start tag with its attributes, and whether the tags nest."""

    VOID = {"area", "br", "hr", "img", "input", "link", "meta", "circle", "line", "path", "rect", "use"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]

    @property
    def ids(self) -> list[str]:
        return [value for _tag, attrs in self.tags if (value := attrs.get("id"))]


def page_of(name: str, *, arabic: bool = False) -> str:
    template, context = pages(arabic=arabic)[name]
    with override_settings(STORAGES=PLAIN_STATIC):
        return render(template, context)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_style_attribute_or_an_inline_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)\s*=", text) == []
    assert re.findall(r"<style|javascript:|hx-on|hx-vals='js|srcdoc", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_scripts_come_from_files(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for opening, body in re.findall(r"<script([^>]*)>(.*?)</script>", text, flags=re.S):
        assert "src=" in opening
        assert not body.strip()
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_that_people_read_is_marked_for_translation(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{%\s*(blocktranslate|comment)\b.*?{%\s*end\1\s*%}", "", text, flags=re.S)
    text = re.sub(r"{% block (?:\w*_class|tone) %}.*?{% endblock %}", "", text)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.S)
    text = re.sub(r"<kbd.*?</kbd>|<!.*?>|<[^>]*>", " ", text, flags=re.S)
    assert re.findall(r"[^\W\d_]{3,}", text.replace("Amparo", "").replace("&nbsp;", " ")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_proves_where_it_comes_from(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, flags=re.S):
        # A public site has no sign-in to abuse and no session: its forms carry the mark of what was begun there.
        public = "web/public.html" in text or path.parent.name in ("reporting", "awareness")
        proof = 'name="mark"' if public else "{% csrf_token %}"
        assert proof in form


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("arabic", [False, True])
def test_every_sample_page_is_whole(name: str, arabic: bool) -> None:
    page = Read(page_of(name, arabic=arabic))
    assert page.wrong == []
    assert page.open == []
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1


@pytest.mark.parametrize("name", PAGES)
def test_no_two_parts_of_a_page_share_an_id(name: str) -> None:
    assert [one for one, count in Counter(Read(page_of(name)).ids).items() if count > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_refers_to_is_there(name: str) -> None:
    page = Read(page_of(name))
    ids = set(page.ids)
    for _tag, attrs in page.tags:
        for word in ("aria-describedby", "aria-labelledby", "for"):
            assert set((attrs.get(word) or "").split()) <= ids, (name, attrs)


@pytest.mark.parametrize("name", PAGES)
def test_every_input_has_a_label(name: str) -> None:
    page = Read(page_of(name))
    labelled = {attrs.get("for") for attrs in page.all("label")}
    for attrs in page.all("input", "select", "textarea"):
        if attrs.get("type") == "hidden" or "hidden" in attrs:
            continue
        assert attrs.get("id") in labelled, attrs


def test_the_summary_of_errors_leads_to_each_field() -> None:
    text = page_of("form")
    page = Read(text)
    targets = re.findall(r'href="#(id_[\w]+)"', text.split("</ul>")[0])
    inputs = {attrs.get("id") for attrs in page.all("input", "select", "textarea")}
    assert len(targets) == 3
    assert set(targets) <= inputs
    assert "<title>Error: Write a note" in text


def test_what_was_typed_stays_in_a_form_with_errors() -> None:
    page = Read(page_of("form"))
    values = {attrs.get("name"): attrs.get("value") for attrs in page.all("input")}
    assert values["place"] == "Lakeside"
    assert (values["on_day"], values["on_month"], values["on_year"]) == ("31", "2", "2026")


def test_a_page_without_a_shell_shows_no_navigation_and_loads_no_staff_script() -> None:
    text = page_of("notfound")
    assert "<nav" not in text
    assert "htmx" not in text


def test_search_words_never_enter_an_address() -> None:
    find = next(attrs for attrs in Read(page_of("case")).all("form") if attrs.get("role") == "search")
    assert find["method"] == "post"


def test_the_demo_says_so_on_every_page() -> None:
    assert all("Everything here is invented" in page_of(name) for name in PAGES if name not in {"notfound", "broken"})


def test_buttons_of_one_page_never_share_a_number() -> None:
    numbers = re.findall(r'name="form_id" value="([^"]+)"', page_of("case"))
    assert len(numbers) == len(set(numbers)) == 2


def test_a_part_that_may_not_be_seen_says_neither_whether_nor_when() -> None:
    withheld = re.findall(r'<div class="withheld">.*?</div></div>', page_of("case"), flags=re.S)
    assert len(withheld) == 2
    assert not any(re.search(r"\d", part) for part in withheld)


EVIL = '<script>alert("1")</script>'


@pytest.mark.parametrize(
    "text", [EVIL, Code(EVIL), Code(EVIL, '"><x'), Name(EVIL, '"><x'), Strong(EVIL), (EVIL, Code(EVIL))]
)
def test_words_of_people_are_escaped(text: object) -> None:
    printed = shown(text)  # type: ignore[arg-type]
    assert "<script" not in printed
    assert "<x" not in printed


def test_words_of_people_are_escaped_in_rows_and_notices() -> None:
    row = Row((EVIL,), EVIL, meta=EVIL, lines=(EVIL,), action_label=EVIL, action_url="/a", dir_auto=True)
    notice = Notice(EVIL, "danger", EVIL)
    assert "<script" not in render("web/_rows.html", {"rows": [row]})
    assert "<script" not in render("web/_notice.html", {"notice": notice})


def test_a_name_alone_stands_where_the_page_begins_and_words_run_their_own_way() -> None:
    facts = [
        Fact("Colleague", Name("سميرة")), Fact("Team", (Name("سميرة"), Name("Paola"))), Fact("How many", "4"),
        Fact("Words", "سميرة"), Fact("Telephone", "+999 555 019283"),
    ]  # fmt: skip
    printed = render("web/_facts.html", {"facts": facts})
    assert re.findall(r"<dd(.*?)>.", printed)[::2] == ["", "", "", *[' dir="auto"'] * 2]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503, 507])
def test_every_error_page_says_what_happened_and_what_to_do_next(status: int) -> None:
    with override_settings(STORAGES=PLAIN_STATIC):
        text = render(f"web/errors/{status}.html", {})
    page = re.sub(r"<[^>]+>", "", text.split("<main")[1]).split("\n")
    assert len([line for line in page if len(line.split()) > 3]) >= 2
    assert "Traceback" not in text


def test_a_field_that_stands_in_no_group_is_still_shown() -> None:
    from django import forms

    class Half(forms.Form):
        one = forms.CharField(label="One")
        two = forms.CharField(label="Two")

        @property
        def groups(self) -> list[tuple[str, str, list[object]]]:
            return [("Legend", "", [self["one"]])]

    text = render("web/_fields.html", {"form": Half()})
    assert 'name="one"' in text
    assert 'name="two"' in text


def test_the_tags_load_by_their_name() -> None:
    printed = Template("{% load amparo_web %}{% code 'EV-1' %}{% tag 'Open' 'on' %}").render(Context())
    assert printed == '<span class="code">EV-1</span><span class="tag on">Open</span>'
