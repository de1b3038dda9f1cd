"""Kinds of cases that an organisation added in its settings."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.cases import commands, queries
from amparo.cases.models import Case
from amparo.cases.words import Risk
from amparo.insight import commands as insight
from amparo.insight.models import Happening, SurvivorLine, SuspectLine
from amparo.kernel import ids
from amparo.staff import commands as staff
from amparo.staff.words import CodeList
from tests.cast import Cast

pytestmark = pytest.mark.django_db
# As long as a code may be.
CODE = "witchcraft_accusation_in_the_hill_areas_"
LABEL = "Accused of witchcraft"


@pytest.fixture
def kind(cast: Cast) -> str:
    assert len(CODE) == 40
    staff.add_code(actor=cast.jalil, name=CodeList.CASE_TYPES, code=CODE, label=LABEL)
    return CODE


@pytest.fixture
def case(cast: Cast, kind: str) -> UUID:
    key = cast.case().id
    _change(cast, key, kind, "forced_labour")
    return key


def _change(cast: Cast, case: UUID, *kinds: str) -> None:
    version = Case.objects.get(pk=case).version
    commands.change_case(
        actor=cast.dalia, case_id=case, expected=version, title="The mill", types=kinds, risk=Risk.HIGH
    )


def _retire(cast: Cast) -> None:
    staff.set_code_use(actor=cast.jalil, name=CodeList.CASE_TYPES, code=CODE, is_active=False)


def _typed(case: UUID, *kinds: str) -> dict[str, object]:
    version = Case.objects.get(pk=case).version
    return {
        "form_id": str(ids.new_public_id()), "seen_version": str(version), "title": "The brick kiln", "risk": "low",
        "types": list(kinds),
    }  # fmt: skip


def _form(cast: Cast, url: str) -> str:
    return cast.client("dalia").get(url).content.decode()


def test_an_added_kind_is_offered_wherever_a_kind_is_chosen(cast: Cast, kind: str) -> None:
    case = cast.case().id
    assert LABEL in _form(cast, reverse("cases:change", args=[case]))
    assert LABEL in cast.client("jalil").get(reverse("cases:open")).content.decode()
    assert LABEL in _form(cast, reverse("cases:cases"))
    answer = cast.client("dalia").post(reverse("cases:change", args=[case]), _typed(case, kind))
    assert answer.status_code == 302
    assert Case.objects.get(pk=case).types == [kind]


@pytest.mark.parametrize("retired", [False, True])
def test_a_case_that_is_changed_keeps_its_added_kind(cast: Cast, case: UUID, retired: bool) -> None:
    if retired:
        _retire(cast)
    url = reverse("cases:change", args=[case])
    client = cast.client("dalia")
    shown = client.get(url).context["form"]
    assert shown["types"].value() == [CODE, "forced_labour"]
    assert LABEL in str(shown["types"])
    assert client.post(url, _typed(case, *shown["types"].value())).status_code == 302
    assert queries.case_head(cast.dalia, case).types == (CODE, "forced_labour")


def test_a_kind_out_of_use_is_not_offered_to_other_cases(cast: Cast, case: UUID) -> None:
    _retire(cast)
    other = cast.case().id
    assert LABEL not in _form(cast, reverse("cases:change", args=[other]))
    answer = cast.client("dalia").post(reverse("cases:change", args=[other]), _typed(other, CODE))
    assert answer.status_code == 422


@pytest.mark.parametrize("retired", [False, True])
def test_pages_show_the_label_of_an_added_kind(cast: Cast, case: UUID, retired: bool) -> None:
    if retired:
        _retire(cast)
    code = Case.objects.get(pk=case).code
    client = cast.client("dalia")
    for url, asked in (
        (reverse("desk:today"), {}),
        (reverse("desk:case", args=[case]), {}),
        (reverse("cases:cases"), {}),
        (reverse("desk:find"), {"q": code}),
    ):
        answer = client.post(url, asked) if asked else client.get(url)
        page = answer.content.decode()
        assert f"{LABEL}, Forced or bonded labour" in page, url
    # Where a filter has the code as its value, the case itself still does not show it.
    assert CODE not in client.get(reverse("desk:case", args=[case])).content.decode()


@pytest.mark.parametrize("retired", [False, True])
def test_the_list_is_filtered_by_an_added_kind(cast: Cast, case: UUID, retired: bool) -> None:
    if retired:
        _retire(cast)
    other = cast.case().id
    page = cast.client("dalia").get(reverse("cases:cases"), {"type": CODE}).content.decode()
    assert str(case) in page
    assert str(other) not in page


@pytest.mark.parametrize("retired", [False, True])
def test_figures_know_an_added_kind(cast: Cast, case: UUID, retired: bool) -> None:
    insight.rebuild()
    if retired:
        _retire(cast)
    client = cast.client("jalil")
    answer = client.get(reverse("insight:overview"), {"type": CODE})
    assert answer.status_code == 200
    assert f"· {LABEL} ·" in answer.content.decode()
    rows = client.get(reverse("insight:rows", args=["stopped"]), {"type": CODE, "part": "of"}).content.decode()
    assert f">{LABEL}<" in rows
    # Who sees figures alone chooses among all kinds, so that one that is missing tells of nobody.
    assert LABEL in cast.client("pedro").get(reverse("insight:overview")).content.decode()


def test_a_label_costs_nothing_more_where_no_kind_was_added(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert queries.kinds_said(["forced_labour", "police_abuse"]) == "Forced or bonded labour, Abuse of police power"
    assert not seen.captured_queries
    with CaptureQueriesContext(connection) as seen:
        assert queries.kinds_said(["forced_labour", "unheard_of"]) == "Forced or bonded labour, unheard_of"
    assert len(seen) == 1


def test_the_own_list_keeps_its_words_where_somebody_adds_the_same_code(cast: Cast) -> None:
    staff.add_code(actor=cast.jalil, name=CodeList.CASE_TYPES, code="forced_labour", label="Something else")
    assert queries.kinds_said(["forced_labour"]) == "Forced or bonded labour"
    assert [str(label) for code, label in queries.kinds_offered() if code == "forced_labour"] == [
        "Forced or bonded labour"
    ]


# ---- programmes -------------------------------------------------------------------------------------------------


def test_a_programme_of_the_organisation_is_chosen_kept_and_shown(cast: Cast) -> None:
    case, client = cast.case().id, cast.client("dalia")
    url = reverse("cases:change", args=[case])
    assert "Programme" not in _form(cast, url)
    staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code="lakes", label="Lakes programme")
    assert "Lakes programme" in _form(cast, url)
    assert client.post(url, _typed(case, "forced_labour") | {"programme": "lakes"}).status_code == 302
    staff.set_code_use(actor=cast.jalil, name=CodeList.PROGRAMMES, code="lakes", is_active=False)
    assert "Lakes programme" in client.get(reverse("desk:case", args=[case])).content.decode()
    assert client.post(url, _typed(case, "forced_labour") | {"programme": "lakes"}).status_code == 302
    assert Case.objects.get(pk=case).programme == "lakes"
    assert client.post(url, _typed(case, "forced_labour") | {"programme": "invented"}).status_code == 422


# ---- tags and jurisdiction --------------------------------------------------------------------------------------


def _lists(cast: Cast) -> None:
    for name, code, label in (
        (CodeList.CASE_TAGS, "media", "In the media"),
        (CodeList.CASE_TAGS, "border", "Crosses a border"),
        (CodeList.JURISDICTIONS, "lakes", "Lakes High Court"),
    ):
        staff.add_code(actor=cast.jalil, name=name, code=code, label=label)


def test_tags_and_jurisdiction_of_the_organisation_are_chosen_shown_and_changed(cast: Cast) -> None:
    case, client = cast.case().id, cast.client("dalia")
    url = reverse("cases:change", args=[case])
    assert "Jurisdiction" not in _form(cast, url)
    _lists(cast)
    sent = _typed(case, "forced_labour") | {"tags": ["media", "border"], "jurisdiction": "lakes"}
    assert client.post(url, sent).status_code == 302
    page = client.get(reverse("desk:case", args=[case])).content.decode()
    assert all(label in page for label in ("In the media", "Crosses a border", "Lakes High Court"))
    assert client.post(url, _typed(case, "forced_labour") | {"tags": ["border"]}).status_code == 302
    now = queries.case_head(cast.dalia, case)
    assert (now.tags, now.jurisdiction) == (("border",), "")
    assert client.post(url, _typed(case, "forced_labour") | {"tags": ["invented"]}).status_code == 422


def test_the_list_of_cases_is_narrowed_to_a_tag_page_by_page(cast: Cast) -> None:
    _lists(cast)
    tagged = []
    for at in range(5):
        case = cast.case().id
        if at != 2:
            version = Case.objects.get(pk=case).version
            commands.change_case(
                actor=cast.dalia, case_id=case, expected=version, title="The mill", types=["forced_labour"],
                risk=Risk.LOW, tags=["border", "media"][at % 2 :], jurisdiction="lakes" if at else "",
            )  # fmt: skip
            tagged.append(case)
    chosen = queries.CaseFilter(tag="media")
    first = queries.case_list(cast.dalia, chosen, most=3)
    rest = queries.case_list(cast.dalia, chosen, first.after, most=3)
    assert [line.head.id for line in (*first.lines, *rest.lines)] == tagged[::-1]
    assert len(queries.case_list(cast.dalia, queries.CaseFilter(tag="border")).lines) == 2
    assert len(queries.case_list(cast.dalia, queries.CaseFilter(jurisdiction="lakes")).lines) == 3
    page = cast.client("dalia").get(reverse("cases:cases"), {"tag": "media"}).content.decode()
    assert "In the media" in page


def test_figures_know_the_programme_of_a_case_and_follow_when_it_changes(cast: Cast) -> None:
    for code in ("lakes", "hills"):
        staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code=code, label=code.title())
    case = cast.case().id
    for programme in ("lakes", "hills"):
        commands.change_case(
            actor=cast.dalia, case_id=case, expected=Case.objects.get(pk=case).version, title="The mill",
            types=["forced_labour"], risk=Risk.LOW, programme=programme,
        )  # fmt: skip
        insight.refresh()
        for model in (SuspectLine, SurvivorLine, Happening):
            assert set(model.objects.filter(case_id=case).values_list("programme", flat=True)) == {programme}
    page = cast.client("jalil").get(reverse("insight:overview"), {"programme": "hills"}).content.decode()
    assert "Hills" in page
