"""Pages of figures, their rows and files, and figures that leave."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from amparo.facts.queries import own_figures
from amparo.insight import commands
from amparo.insight.commands import releases as releasing
from amparo.insight.errors import (
    AlreadyDecided,
    AlreadyPublic,
    FiguresChanged,
    GivesAway,
    NotApproved,
    NothingCounted,
    NothingToPublish,
    OneProgramme,
    OwnRelease,
    PeriodsOverlap,
    ProgrammeUnknown,
)
from amparo.insight.models import Release, Standing
from amparo.insight.queries import files
from amparo.insight.queries import releases as queries
from amparo.insight.queries.blocks import BarLine, Block, Cell, FigurePage, Head
from amparo.insight.queries.pages import PAGES
from amparo.insight.words import ReleaseState
from amparo.insight.words.registry import INDICATORS
from amparo.kernel import clock
from amparo.kernel.errors import NotFound, Refused
from amparo.ledger.models import Entry
from amparo.papers.typesetting import typeset
from amparo.staff import commands as staff
from amparo.staff.queries import settings as held
from amparo.staff.words import CodeList, Number
from tests.cast import Cast
from tests.insight import lines

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _counted(cast: Cast, count: int = 150, seed: int = 4) -> None:
    lines.make(seed, count, [cast.office])
    Standing.objects.update_or_create(pk=1, defaults={"entries": Entry.objects.count(), "at": clock.now()})


@pytest.mark.parametrize("who", ["pedro", "kofi", "jalil"])
def test_every_page_opens(cast: Cast, who: str) -> None:
    _counted(cast)
    client = cast.client(who)
    for name in PAGES:
        answer = client.get(reverse(f"insight:{name}"))
        assert answer.status_code == 200, name
        assert "ledger" in answer.content.decode()
    for name in INDICATORS:
        assert client.get(reverse("insight:indicator", args=[name])).status_code == 200, name
        assert client.get(reverse("insight:rows", args=[name])).status_code == 200, name


def test_pages_open_when_nothing_was_ever_counted(cast: Cast) -> None:
    client = cast.client("pedro")
    for name in PAGES:
        assert client.get(reverse(f"insight:{name}")).status_code == 200


@pytest.mark.parametrize("narrow", ["type", "programme"])
def test_no_share_of_reports_is_told_under_a_filter_that_only_cases_have(cast: Cast, narrow: str) -> None:
    _counted(cast)
    staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code="lakes", label="Lakes")
    chosen = {narrow: {"type": "forced_labour", "programme": "lakes"}[narrow]}
    client, name, why = cast.client("jalil"), str(INDICATORS["reports-accepted"].name), "Only reports that became"
    urls = [reverse("insight:attrition"), reverse("insight:indicator", args=["reports-accepted"])]
    whole, narrowed = ([client.get(url, query).content.decode() for url in urls] for query in ({}, chosen))
    assert [why in page for page in whole] == [False, False]
    assert [why in page for page in narrowed] == [True, True]
    assert f">{name}</a></th>" in whole[0]
    assert f">{name}</a></th>" not in narrowed[0]


def test_filters_stand_in_the_address(cast: Cast) -> None:
    _counted(cast)
    answer = cast.client("jalil").get(reverse("insight:overview"), {"period": "2022", "type": "forced_labour"})
    said = answer.content.decode()
    assert "2022" in said
    assert "period=2022&amp;type=forced_labour" in said


@pytest.mark.parametrize(
    "asked",
    [
        {"period": "nonsense"}, {"type": "x' OR 1=1"}, {"district": "nobody"}, {"group": "old"},
        {"first": "2025-02-01", "last": "2025-01-01"}, {"first": "2025-02-31"},
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_said_and_breaks_nothing(cast: Cast, asked: dict[str, str]) -> None:
    _counted(cast, 20)
    assert {cast.client(who).get(reverse("insight:overview"), asked).status_code for who in ("jalil", "kofi")} & {422}


def test_free_days_are_not_for_those_who_see_figures_alone(cast: Cast) -> None:
    _counted(cast)
    client = cast.client("pedro")
    whole = client.get(reverse("insight:attrition")).content.decode().count("suspects reported")
    cut = client.get(reverse("insight:attrition"), {"first": "2022-02-01", "last": "2022-02-02"}).content.decode()
    assert cut.count("suspects reported") == whole
    assert "All time" in cut


def test_rows_of_a_group_say_no_number_to_those_who_see_figures_alone(cast: Cast) -> None:
    _counted(cast)
    url = reverse("insight:rows", args=["stopped"])
    said = cast.client("pedro").get(url, {"code": "acquitted"}).content.decode()
    assert " rows." not in said
    assert " row." not in said


@pytest.mark.parametrize(("who", "code"), [("pedro", "x"), ("pedro", "a\x00b"), ("jalil", "-"), ("jalil", "a\x00b")])
def test_rows_of_a_group_that_is_none_break_nothing(cast: Cast, who: str, code: str) -> None:
    _counted(cast, 20)
    client = cast.client(who)
    for name in INDICATORS:
        for asked in ({"party": code}, {"code": code}, {"party": code, "code": code, "part": "of"}):
            answer = client.get(reverse("insight:rows", args=[name]), asked)
            assert answer.status_code == 200, (name, asked)


@pytest.mark.parametrize("code", ["nothing like it", "a\x00b"])
def test_a_code_that_no_line_has_is_never_asked_of_the_database(cast: Cast, code: str) -> None:
    _counted(cast)
    url = reverse("insight:rows", args=["stopped"])
    with CaptureQueriesContext(connection) as asked:
        said = cast.client("jalil").get(url, {"code": code}).content.decode()
    assert "0 rows." in said
    assert not [query for query in asked.captured_queries if code in query["sql"]]


def test_an_unknown_figure_or_file_is_missing(cast: Cast) -> None:
    client = cast.client("pedro")
    assert client.get(reverse("insight:indicator", args=["nothing"])).status_code == 404
    assert client.get(reverse("insight:download", args=["funnel", "exe"])).status_code == 404
    assert client.get(reverse("insight:download", args=["nothing", "csv"])).status_code == 404


def test_files_hold_what_is_shown_and_the_ledger_keeps_it(cast: Cast) -> None:
    _counted(cast)
    client = cast.client("pedro")
    before = Entry.objects.filter(verb="figures.taken_out").count()
    made = client.get(reverse("insight:download", args=["funnel", "csv"]))
    sheet = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert sheet[0] == ["Where cases stop"]
    heads = next(line for line in sheet if line and line[0] == "Step")
    assert heads == ["Step", "People", "of all reported", "of the step before"]
    assert ["Reported", "150", "1.0", ""] in sheet
    book = load_workbook(io.BytesIO(client.get(reverse("insight:download", args=["funnel", "xlsx"])).content))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert 150 in cells
    assert Entry.objects.filter(verb="figures.taken_out").count() == before + 2


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_file_is_a_formula(word: str) -> None:
    block = Block("b", word, heads=(Head(word),), lines=(BarLine(word, (Cell(word),)),))
    page = FigurePage("", word)
    for line in csv.reader(io.StringIO(files.as_csv(block, page).decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)
    book = load_workbook(io.BytesIO(files.as_xlsx(block, page)))
    for row in book.active.iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n", "inlineStr"}


def test_bringing_up_to_date_is_a_post_and_goes_back(cast: Cast) -> None:
    case = cast.case()
    client = cast.client("jalil")
    assert client.get(reverse("insight:refresh")).status_code == 405
    back = reverse("insight:attrition") + "?period=2026"
    answer = client.post(reverse("insight:refresh"), {"back": back})
    assert answer.headers["Location"] == back
    assert lines.SuspectLine.objects.filter(case_id=case.id).exists()
    outside = client.post(reverse("insight:refresh"), {"back": "https://example.org/"})
    assert outside.headers["Location"] == reverse("insight:overview")


@pytest.mark.parametrize("who", ["dalia", "bruno", "chandra", "amina", "iris", "oksana", "hugo"])
def test_others_are_refused(cast: Cast, who: str) -> None:
    client = cast.client(who)
    for name in PAGES:
        assert client.get(reverse(f"insight:{name}")).status_code == 403
    assert client.post(reverse("insight:refresh")).status_code == 403


def test_the_number_of_queries_does_not_grow_with_rows(cast: Cast, django_assert_max_num_queries: object) -> None:
    _counted(cast, 30)
    client = cast.client("kofi")
    client.get(reverse("insight:overview"))
    lines.make(8, 200, [cast.office])
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        client.get(reverse("insight:overview"))


# ---- figures that leave ------------------------------------------------------------------------------------


def test_figures_leave_after_a_second_person_has_approved_them(cast: Cast) -> None:
    _counted(cast)
    key = commands.ask_release(actor=cast.pedro, period="2022")
    with pytest.raises(OwnRelease):
        commands.approve_release(actor=cast.pedro, release_id=key)
    commands.approve_release(actor=cast.kofi, release_id=key)
    row = Release.objects.get(pk=key)
    assert (row.state, row.decided_by) == (ReleaseState.APPROVED, cast.accounts["kofi"])
    with pytest.raises(AlreadyDecided):
        commands.decline_release(actor=cast.kofi, release_id=key)
    asked = Entry.objects.get(verb="figures.asked")
    assert row.digest in asked.body


def test_approved_figures_are_handed_down_to_the_public_ones(cast: Cast) -> None:
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    assert own_figures() is None
    commands.approve_release(actor=cast.kofi, release_id=key)
    shown = own_figures()
    assert shown is not None
    assert shown.digest == Release.objects.get(pk=key).digest
    assert all(figure.value and figure.definition for figure in shown.figures)


def test_who_approves_and_may_not_publish_leaves_it_to_a_director(cast: Cast) -> None:
    """Lina looks after protection: she approves, and what the public reads is not hers to decide."""
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    with pytest.raises(NotApproved):
        commands.publish_release(actor=cast.kofi, release_id=key)
    commands.approve_release(actor=cast.lina, release_id=key)
    assert own_figures() is None
    page = reverse("insight:release", args=[key])
    publish = reverse("insight:publish", args=[key])
    for who in ("lina", "pedro"):
        said = cast.client(who).get(page).content.decode()
        assert "A director decides whether they go on the public site." in said
        assert publish not in said
        with pytest.raises(Refused):
            commands.publish_release(actor=cast.actor(who), release_id=key)
    director = cast.client("kofi")
    assert publish in director.get(page).content.decode()
    assert director.post(publish).status_code == 302
    shown = own_figures()
    assert shown is not None
    assert (shown.digest, shown.least) == (Release.objects.get(pk=key).digest, 11)
    assert publish not in director.get(page).content.decode()
    with pytest.raises(AlreadyPublic):
        commands.publish_release(actor=cast.kofi, release_id=key)


def test_a_director_takes_wrong_figures_off_the_public_site(cast: Cast) -> None:
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    page, withdraw = reverse("insight:release", args=[key]), reverse("insight:withdraw", args=[key])
    director = cast.client("kofi")
    # What was never published can't be taken back.
    assert withdraw not in director.get(page).content.decode()
    assert director.get(withdraw).status_code == 409
    commands.approve_release(actor=cast.kofi, release_id=key)
    assert own_figures() is not None
    asked = director.get(withdraw).content.decode()
    assert "the site shows those again" in asked.replace("&#x27;", "'")
    assert own_figures() is not None
    assert withdraw in director.get(page).content.decode()
    assert director.post(withdraw).headers["Location"] == page
    assert own_figures() is None
    assert Entry.objects.filter(verb="figures.withdrawn").count() == 1
    after = director.get(page).content.decode()
    assert "Taken off it" in after
    assert withdraw not in after
    assert reverse("insight:publish", args=[key]) not in after
    assert director.post(withdraw).status_code == 409
    with pytest.raises(AlreadyPublic):
        commands.publish_release(actor=cast.kofi, release_id=key)


@pytest.mark.parametrize("who", ["pedro", "lina", "grace", "jalil", "oksana", "iris"])
def test_who_does_not_decide_about_the_public_site_takes_nothing_off_it(cast: Cast, who: str) -> None:
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    commands.approve_release(actor=cast.kofi, release_id=key)
    client, withdraw = cast.client(who), reverse("insight:withdraw", args=[key])
    assert withdraw not in client.get(reverse("insight:release", args=[key])).content.decode()
    assert client.get(withdraw).status_code == client.post(withdraw).status_code == 403
    assert own_figures() is not None


def test_asked_figures_wait_on_today_for_everybody_who_can_be_the_second_person(cast: Cast) -> None:
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    page = reverse("insight:release", args=[key])
    for who in ("kofi", "lina"):
        assert [due.url for due in queries.waiting_for(cast.actor(who))] == [page]
        assert page in cast.client(who).get(reverse("desk:today")).content.decode()
    for who in ("pedro", "jalil", "oksana", "grace", "dalia", "iris"):
        assert page not in cast.client(who).get(reverse("desk:today")).content.decode()
    commands.approve_release(actor=cast.lina, release_id=key)
    assert queries.waiting_for(cast.kofi) == []


def test_what_waits_costs_today_three_questions_and_those_who_decide_nothing_none(cast: Cast) -> None:
    _counted(cast, 400)
    commands.ask_release(actor=cast.pedro, period="")
    for actor, questions in ((cast.kofi, 3), (cast.dalia, 0)):
        queries.waiting_for(actor)
        with CaptureQueriesContext(connection) as asked:
            queries.waiting_for(actor)
        assert len(asked) == questions


def test_altered_figures_are_not_published(cast: Cast) -> None:
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    commands.approve_release(actor=cast.lina, release_id=key)
    row = Release.objects.get(pk=key)
    row.figures["people"]["relieved"] = 999
    Release.objects.filter(pk=key).update(figures=row.figures)
    with pytest.raises(FiguresChanged):
        commands.publish_release(actor=cast.kofi, release_id=key)


def test_a_release_of_hidden_figures_is_approved_and_publishes_nothing(cast: Cast) -> None:
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    row = Release.objects.get(pk=key)
    figures = row.figures | {"people": dict.fromkeys(row.figures["people"]), "reached": [None] * 8}
    Release.objects.filter(pk=key).update(figures=figures, digest=releasing.digest_of(figures))
    commands.approve_release(actor=cast.kofi, release_id=key)
    assert own_figures() is None
    with pytest.raises(NothingToPublish):
        commands.publish_release(actor=cast.kofi, release_id=key)


def test_the_smallest_group_is_the_setting_of_the_organisation(cast: Cast) -> None:
    staff.set_numbers(actor=cast.jalil, expected=0, numbers=held.numbers() | {Number.LEAST_SHOWN: 30})
    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    row = Release.objects.get(pk=key)
    assert row.least == 30
    assert all(count is None or count >= 30 for count in row.figures["people"].values())
    page = cast.client("kofi").get(reverse("insight:attrition"))
    assert "Numbers below 30 are hidden" in page.content.decode()


def test_no_small_number_leaves(cast: Cast) -> None:
    _counted(cast, 60)
    key = commands.ask_release(actor=cast.pedro, period="")
    figures = Release.objects.get(pk=key).figures
    counts = [*figures["people"].values(), *figures["reached"], *figures["endings"].values()]
    assert any(count is None for count in counts)
    assert all(count is None or count >= 11 for count in [*counts, *figures["adjournments"].values()])


def test_what_was_altered_is_not_approved(cast: Cast) -> None:
    _counted(cast)
    key = commands.ask_release(actor=cast.pedro, period="2022")
    row = Release.objects.get(pk=key)
    row.figures["people"]["relieved"] = 999
    Release.objects.filter(pk=key).update(figures=row.figures)
    with pytest.raises(FiguresChanged):
        commands.approve_release(actor=cast.kofi, release_id=key)


def test_overlapping_periods_are_refused(cast: Cast) -> None:
    _counted(cast)
    key = commands.ask_release(actor=cast.pedro, period="2022")
    Release.objects.filter(pk=key).update(first_day=date(2022, 3, 1).toordinal(), last_day=date(2023, 3, 1).toordinal())
    with pytest.raises(PeriodsOverlap):
        commands.ask_release(actor=cast.kofi, period="2022")


def test_figures_of_a_programme_leave_as_such_and_never_onto_the_public_site(cast: Cast) -> None:
    staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code="lakes", label="Lakes programme")
    staff.add_code(actor=cast.jalil, name=CodeList.PROGRAMMES, code="hills", label="Hills programme")
    _counted(cast, 900)
    client = cast.client("pedro")
    whole = commands.ask_release(actor=cast.pedro, period="2022")
    asked = client.post(reverse("insight:ask"), {"period": "2022", "programme": "lakes"})
    assert asked.status_code == 302
    row = Release.objects.get(programme="lakes")
    assert row.figures["programme"] == "lakes"
    assert "Lakes programme" in client.get(reverse("insight:release", args=[row.id])).content.decode()
    assert "lakes" in Entry.objects.filter(verb="figures.asked").latest("index").body
    mine, all_ = row.figures["reached"][0], Release.objects.get(pk=whole).figures["reached"][0]
    assert 11 <= mine <= all_ - 11
    shown = {name for name, n in row.figures["endings"].items() if n is not None}
    assert shown <= {name for name, n in Release.objects.get(pk=whole).figures["endings"].items() if n is not None}
    commands.approve_release(actor=cast.kofi, release_id=row.id)
    assert own_figures() is None
    with pytest.raises(OneProgramme):
        commands.publish_release(actor=cast.kofi, release_id=row.id)
    pdf = client.get(reverse("insight:report", args=[row.id]))
    assert pdf.content.startswith(b"%PDF")
    with pytest.raises(ProgrammeUnknown):
        commands.ask_release(actor=cast.pedro, period="2022", programme="moon")
    with pytest.raises(PeriodsOverlap):
        commands.ask_release(actor=cast.pedro, period="2022q1")
    with pytest.raises(PeriodsOverlap):
        commands.ask_release(actor=cast.pedro, period="", programme="hills")


def test_a_part_that_would_tell_of_a_few_is_refused(cast: Cast) -> None:
    _counted(cast, 900)
    commands.ask_release(actor=cast.pedro, period="2022")
    victim = lines.Happening.objects.filter(kind="relief", first=True, day__gte=date(2022, 1, 1).toordinal()).first()
    assert victim is not None
    lines.Happening.objects.create(
        kind="relief", source_id=victim.source_id, office_id=cast.office, day=date(2022, 5, 5).toordinal()
    )
    with pytest.raises(GivesAway):
        commands.ask_release(actor=cast.kofi, period="2022")


def test_a_period_without_people_has_no_figures_to_give(cast: Cast) -> None:
    _counted(cast, 5)
    with pytest.raises(NothingCounted):
        commands.ask_release(actor=cast.pedro, period="2019")


@pytest.mark.parametrize("who", ["jalil", "dalia", "iris", "grace", "hugo"])
def test_others_ask_for_nothing(cast: Cast, who: str) -> None:
    _counted(cast)
    with pytest.raises(Refused):
        commands.ask_release(actor=cast.actor(who), period="2022")


def test_others_decide_nothing(cast: Cast) -> None:
    _counted(cast)
    key = commands.ask_release(actor=cast.pedro, period="2022")
    for who in ("jalil", "dalia", "iris"):
        with pytest.raises(NotFound):
            commands.approve_release(actor=cast.actor(who), release_id=key)
    with pytest.raises(Refused):
        commands.approve_release(actor=cast.grace, release_id=key)


def test_asking_and_approving_on_pages(cast: Cast) -> None:
    _counted(cast)
    asking = cast.client("pedro")
    answer = asking.post(reverse("insight:ask"), {"period": "2022"})
    assert answer.status_code == 302
    row = Release.objects.get()
    page = reverse("insight:release", args=[row.id])
    assert "approve" not in asking.get(page).content.decode().replace("has to approve", "")
    deciding = cast.client("kofi")
    assert reverse("insight:approve", args=[row.id]) in deciding.get(page).content.decode()
    deciding.post(reverse("insight:approve", args=[row.id]))
    assert Release.objects.get().state == ReleaseState.APPROVED
    assert "Approved" in deciding.get(reverse("insight:releases")).content.decode()
    typed = asking.post(reverse("insight:ask"), {"period": ""})
    assert typed.status_code == 422


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_report_is_a_paper_with_definitions_and_digest(cast: Cast, language: str) -> None:
    from django.utils import translation

    from amparo.insight.queries import releases

    _counted(cast, 400)
    key = commands.ask_release(actor=cast.pedro, period="")
    with translation.override(language):
        values = releases.report_values(cast.kofi, key, "Amparo")
        made = typeset("insight/papers/report.typ", values, language=language, at=clock.now())
    assert made.startswith(b"%PDF")
    assert values["is_draft"] is True
    assert values["digest"] == Release.objects.get(pk=key).digest


def test_the_report_is_taken_out_by_page(cast: Cast) -> None:
    _counted(cast, 200)
    key = commands.ask_release(actor=cast.pedro, period="")
    answer = cast.client("grace").get(reverse("insight:report", args=[key]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(verb="figures.taken_out").exists()
    assert cast.client("jalil").get(reverse("insight:report", args=[key])).status_code == 404
