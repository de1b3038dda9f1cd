from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from amparo.kernel import clock
from amparo.strengthening import commands
from amparo.strengthening.models import PracticeAnswer, PracticeFile, Pseudonym, ReformProject, ScoreObservation
from amparo.strengthening.words import EvidenceKind, Measure, Method, Occasion
from tests.cast import Cast
from tests.strengthening import story
from tests.strengthening.story import Station

pytestmark = pytest.mark.django_db


def get(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"strengthening:{name}", args=args))
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode() if status == 200 else ""


def post(client: Client, name: str, data: dict[str, object], *args: object, status: int = 302) -> str:
    answer = client.post(reverse(f"strengthening:{name}", args=args), data)
    assert answer.status_code == status, (name, answer.status_code, answer.content.decode()[:2000])
    return answer.content.decode()


@pytest.fixture
def where(cast: Cast) -> Station:
    return story.station(cast)


def test_pages_open_for_a_trainer(cast: Cast, where: Station) -> None:
    client = cast.client("oksana")
    files = [story.observed(cast, where.unit, story.days_ago(300 - 20 * at)) for at in range(8)]
    baseline = story.assessed(cast, where.unit, Occasion.BASELINE, story.days_ago(200))
    story.assessed(cast, where.unit, Occasion.END, story.days_ago(2), 3)
    sheet = commands.draft_sheet(
        actor=cast.oksana, unit_id=where.unit, from_on=story.days_ago(400), until_on=clock.today(), well="أحسنتم"
    )
    key, project = story.contact(cast, where), story.reform(cast, where)
    commands.link_evidence(actor=cast.oksana, project_id=project, kind=EvidenceKind.FILE, thing_id=files[0])
    score = commands.enter_score(actor=cast.oksana, measured=story.measured())
    for name in ("home", "checklist", "extend_checklist", "mentoring", "plan_contact", "choose_unit", "reforms"):
        get(client, name)
    for name in ("identify", "scorecard", "scores", "enter_score"):
        get(client, name)
    for name in ("unit", "open_file", "assess", "draft_sheet"):
        get(client, name, where.unit)
    for name in ("contact", "change_contact", "do_contact", "review_contact"):
        get(client, name, key)
    for name in ("reform", "change_reform", "link_evidence", "agree_reform", "begin_reform", "check_reform"):
        get(client, name, project)
    for name in ("sheet", "change_sheet", "validate_sheet"):
        get(client, name, sheet)
    for name in ("assessment", "change_assessment"):
        get(client, name, baseline)
    for name in ("score", "withdraw_score"):
        get(client, name, score)
    get(client, "official", where.official)
    get(client, "file", files[0])
    get(client, "publish_sheet", sheet, status=403)


def test_one_press_answers_one_item(cast: Cast, where: Station) -> None:
    client = cast.client("dalia")
    post(client, "open_file", {"on": clock.today().isoformat(), "remark": ""}, where.unit)
    file = PracticeFile.objects.get()
    post(client, "answer", {"item": "kit_sent", "answer": "no"}, file.id)
    assert PracticeAnswer.objects.get(file=file).answer == "no"
    page = get(client, "file", file.id)
    assert 'aria-pressed="true"' in page
    post(client, "answer", {"item": "kit_sent", "answer": "perhaps"}, file.id, status=404)


def test_what_was_typed_comes_back_after_an_error(cast: Cast) -> None:
    data = {
        "measure": Measure.CONFIDENCE, "indicator": "हाँ कहने वाले", "place": "Lakeside",
        "occasion": "baseline", "per": "100",
        "value": "31", "low": "27", "high": "35", "n": "420", "method": Method.HOUSEHOLD, "source": "",
        "from_on": "2024-03-01", "until_on": "2024-04-30", "remark": "",
    }  # fmt: skip
    page = post(cast.client("pedro"), "enter_score", data, status=422)
    assert "हाँ कहने वाले" in page
    assert not ScoreObservation.objects.exists()
    post(cast.client("pedro"), "enter_score", data | {"source": "A study, 2024"})
    assert ScoreObservation.objects.get().n == 420


def test_an_assessment_is_filled_domain_by_domain(cast: Cast, where: Station) -> None:
    client = cast.client("oksana")
    data: dict[str, object] = {
        "occasion": "baseline", "on": clock.today().isoformat(), "assessors": "Oksana", "level_data": "2",
        "note_data": "",
    }  # fmt: skip
    post(client, "assess", data, where.unit, status=422)
    post(client, "assess", data | {"note_data": "Seen in the register"}, where.unit)


def test_a_reform_is_led_through_its_pages(cast: Cast, where: Station) -> None:
    client, file = cast.client("kofi"), story.observed(cast, where.unit, clock.today())
    words = {
        "agency_id": where.agency,
        "unit_id": where.unit,
        "domain": "medico_legal",
        "title": "Kits",
        "problem": "They wait",
    }
    post(client, "identify", words | {"target": ""})
    project = ReformProject.objects.get().id
    post(client, "link_evidence", {"thing": f"file:{file}"}, project)
    today = clock.today().isoformat()
    post(client, "agree_reform", {"on": today, "commitment": "A driver", "committed_by": "Chief"}, project)
    post(client, "begin_reform", {"on": today, "note": "Begun"}, project)
    post(client, "adopt_reform", {"on": today, "note": "Signed"}, project)
    post(client, "check_reform", {"on": today, "holds": "yes", "note": "Seen"}, project, status=422)
    post(client, "lapse_reform", {"on": today, "note": "The driver left"}, project)
    assert ReformProject.objects.get().state == "lapsed"


def test_a_case_is_shown_by_its_pseudonym_to_who_may_not_see_it(cast: Cast, where: Station) -> None:
    case = cast.case()
    key = story.contact(cast, where, "bruno", case_id=case.id)
    code = Pseudonym.objects.get().code
    seen, hidden = get(cast.client("bruno"), "contact", key), get(cast.client("oksana"), "contact", key)
    assert str(case.id) in seen
    assert str(case.id) not in hidden
    assert code in hidden
    listed = get(cast.client("pedro"), "mentoring")
    assert code in listed
    assert str(case.id) not in listed


def test_who_has_no_part_in_the_programme_finds_no_door(cast: Cast, where: Station) -> None:
    for who in ("iris", "amina", "femi", "lina", "hugo"):
        get(cast.client(who), "home", status=403)


def test_a_supervisor_sees_practice_and_neither_reforms_nor_scorecard(cast: Cast, where: Station) -> None:
    client, project = cast.client("jalil"), story.reform(cast, where)
    get(client, "unit", where.unit)
    get(client, "reforms", status=403)
    get(client, "scorecard", status=403)
    get(client, "reform", project, status=404)


def test_the_case_proposes_and_the_observer_confirms(cast: Cast, where: Station) -> None:
    from amparo.investigations import commands as investigations
    from amparo.investigations.words import Agency, ContactKind

    case, client = cast.case(), cast.client("bruno")
    investigations.record_contact(
        actor=cast.bruno,
        case_id=case.id,
        who=investigations.Contacted(name="X Y", agency_kind=Agency.POLICE),
        talk=investigations.Talk(ContactKind.CALL, date(2026, 3, 5)),
    )
    answer = client.post(
        reverse("journeys:learn", args=[case.id]),
        {"unit_id": where.unit, "on": clock.today().isoformat(), "remark": ""},
    )
    assert answer.status_code == 302
    file = PracticeFile.objects.get().id
    page = client.get(reverse("journeys:observe", args=[file])).content.decode()
    assert "5 March 2026" in page
    assert PracticeAnswer.objects.count() == 0
    for item in ("contact_given", "other_contact"):
        client.post(reverse("journeys:answer_practice", args=[file]), {"item": item, "answer": "yes"})
    assert dict(PracticeAnswer.objects.values_list("item", "basis")) == {
        "contact_given": "officer_met",
        "other_contact": "",
    }
    case_page = client.get(reverse("desk:case", args=[case.id])).content.decode()
    assert reverse("strengthening:file", args=[file]) in case_page
    assert cast.client("oksana").get(reverse("journeys:observe", args=[file])).status_code == 404


@pytest.mark.parametrize("language", ["en", "ar", "hi", "km"])
def test_the_sheet_is_a_paper_without_survivors(cast: Cast, where: Station, language: str) -> None:
    story.observed(cast, where.unit, story.days_ago(5))
    sheet = commands.draft_sheet(
        actor=cast.oksana,
        unit_id=where.unit,
        from_on=story.days_ago(30),
        until_on=clock.today(),
        well="ល្អណាស់ أحسنتم अच्छा",
    )
    answer = cast.client("oksana").get(
        reverse("strengthening:sheet_paper", args=[sheet]), headers={"Accept-Language": language}
    )
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")


def _queries(client: Client, name: str, *args: object) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(client, name, *args)
    with CaptureQueriesContext(connection) as told:
        get(client, name, *args)
    return len(told)


def test_a_unit_is_reached_before_one_of_its_files_was_looked_at(cast: Cast, where: Station) -> None:
    address = reverse("strengthening:unit", args=[where.unit])
    assert address in get(cast.client("oksana"), "home")
    assert address not in get(cast.client("pedro"), "home")  # Who only counts has nothing to begin there.
    story.observed(cast, where.unit, story.days_ago(3))
    assert "not looked at yet" not in get(cast.client("oksana"), "home")


@pytest.mark.parametrize("name", ["home", "unit", "mentoring"])
def test_more_rows_need_no_more_queries(cast: Cast, where: Station, name: str) -> None:
    client = cast.client("oksana")
    args: tuple[UUID, ...] = (where.unit,) if name == "unit" else ()

    def add() -> None:
        story.observed(cast, where.unit, story.days_ago(5))
        story.contact(cast, where, "bruno", case_id=cast.case().id)

    for _time in range(3):
        add()
    before = _queries(client, name, *args)
    for _time in range(3):
        add()
    assert _queries(client, name, *args) <= before
