from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.access.models import Office
from amparo.cases import commands as cases
from amparo.cases.words import BasisKind
from amparo.desk import queries as desk
from amparo.intake import commands as intake
from amparo.intake.commands import Tellers, Telling
from amparo.intake.words import Channel as Heard
from amparo.intake.words import Danger, ReferralBasis, Told
from amparo.kernel import clock, ids
from amparo.people import commands as people
from amparo.people.words import ContactKind
from amparo.referrals import commands, queries
from amparo.referrals.models import Referral, Release
from amparo.referrals.words import Event, Part, ReleaseEvent, ReleaseState, State
from amparo.web import formats
from tests.cast import Cast
from tests.referrals.story import Story, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return begin(cast)


def page(story: Story, who: str, name: str, *args: object, status: int = 200, **query: str) -> str:
    url = name if name.startswith("/") else reverse(name if ":" in name else f"referrals:{name}", args=args)
    answer = story.cast.client(who).get(url, query)
    assert answer.status_code == status, (who, name, answer.status_code)
    return answer.content.decode()


def post(story: Story, by: str, name: str, *args: object, status: int = 302, **data: object) -> str:
    url = reverse(name if ":" in name else f"referrals:{name}", args=args)
    answer = story.cast.client(by).post(url, {"form_id": str(ids.new_public_id())} | data)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def asked(story: Story, **more: object) -> dict[str, object]:
    values: dict[str, object] = {
        "person_id": str(story.case.survivor),
        "agency_id": str(story.shelter),
        "facility_id": str(story.place),
        "service": "safe_house",
        "urgency": "soon",
        "asked": "A bed for six weeks",
        "classes": ["care"],
        "care": "Sleeps badly",
    }
    return values | more


# ---- drafting and sending ----------------------------------------------------------------------------------


def test_a_referral_is_drafted_consented_and_sent_on_pages(story: Story) -> None:
    post(story, "dalia", "draft", story.case.id, **asked(story))
    key = Referral.objects.get().id
    lacking = page(story, "dalia", "consent", key)
    assert "None of her consents names this partner" in lacking
    record = re.search(r'href="(/cases/[^"]*consents/add/[^"]*)"', lacking)
    assert record is not None
    form = page(story, "dalia", record.group(1).replace("&amp;", "&"))
    assert f'value="{story.shelter}" selected' in form
    consent = story.consent(story.shelter, ["care"])
    post(story, "dalia", "consent", key, basis_id=str(consent))
    post(story, "dalia", "move", key, "send")
    post(story, "dalia", "move", key, "accept", appointment_on=clock.today().isoformat(), words="Room 3")
    shown = page(story, "dalia", "referral", key)
    assert "Room 3" in shown
    assert Referral.objects.get().state == State.ACCEPTED


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"asked": ""}, "is still empty. Write something there."),
        ({"service": "nonsense"}, "Select a valid choice"),
        ({"classes": ["health"]}, "Select a valid choice"),
        ({"classes": ["identity"]}, "their kind is not ticked"),
        ({"due_on": "2020-01-01"}, "lies in the past"),
        ({"due_on": "yesterday"}, "not a day of the calendar"),
        ({"asked": "x" * 2001}, "2000"),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_comes_back(story: Story, wrong: dict[str, object], said: str) -> None:
    refused = post(story, "dalia", "draft", story.case.id, status=422, **asked(story, care="تنام <b>", **wrong))
    assert said in refused
    assert "تنام &lt;b&gt;" in refused
    assert not Referral.objects.exists()


def test_a_form_that_is_sent_twice_makes_one_referral(story: Story) -> None:
    client = story.cast.client("dalia")
    data = asked(story) | {"form_id": str(ids.new_public_id())}
    url = reverse("referrals:draft", args=[story.case.id])
    first, second = client.post(url, data), client.post(url, data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Referral.objects.count() == 1


def test_a_consent_that_does_not_fit_is_not_offered(story: Story) -> None:
    key = story.draft(("care",))
    other = story.consent(story.police, ["care"])
    refused = post(story, "dalia", "consent", key, status=422, basis_id=str(other))
    assert "Select a valid choice" in refused


def test_a_change_shows_what_is_there_and_keeps_what_two_typed(story: Story) -> None:
    key = story.draft(("care",))
    assert "Sleeps badly" in page(story, "dalia", "change", key)
    commands.change_referral(
        actor=story.cast.dalia, referral_id=key, asked=commands.Asked(urgency="soon", asked="Another"),  # type: ignore[arg-type]
    )  # fmt: skip
    data = {"urgency": "soon", "asked": "Mine", "seen_version": "1"}
    assert "Mine" in post(story, "dalia", "change", key, status=409, **data)


@pytest.mark.parametrize("event", ["nonsense", "consent", "approve"])
def test_a_step_that_is_none_is_not_there(story: Story, event: str) -> None:
    page(story, "dalia", "move", story.draft(()), event, status=404)


def test_a_step_at_the_wrong_point_says_so(story: Story) -> None:
    page(story, "dalia", "move", story.draft(()), "deliver", status=409)


# ---- who sees what -----------------------------------------------------------------------------------------


def test_the_page_of_a_referral_hides_what_its_reader_does_not_see_and_never_says_whether(story: Story) -> None:
    with_health = story.draft(("health",), service="health", who="esther", words={Part.HEALTH: "Asthma"})
    without = story.draft((), service="health", who="esther")
    shown, plain = (page(story, "dalia", "referral", key) for key in (with_health, without))
    for text in (shown, plain):
        assert "Asthma" not in text
        assert "we do not say whether" in text
    assert "Asthma" in page(story, "esther", "referral", with_health)


def test_who_sees_no_evidence_is_not_told_whether_a_release_carries_some(story: Story) -> None:
    item = story.item()
    some, none = story.release(items=[item]), story.release(("statement",))
    code = Release.objects.get(pk=some).code

    def body(key: object, who: str) -> str:
        text = page(story, who, "release", key).split("<main", 1)[1]
        for row in (some, none):
            text = text.replace(Release.objects.get(pk=row).code, "").replace(str(row), "")
        return re.sub(r"RS-[\w-]+|[0-9a-f-]{36}", "", text)

    assert code in page(story, "dalia", "release", some)
    assert body(some, "dalia") == body(none, "dalia")
    assert body(some, "chandra") != body(none, "chandra")


def test_to_whom_it_went_is_kept_from_who_may_not_know_her(story: Story) -> None:
    key = story.release()
    for name in ("lina", "grace"):
        shown = page(story, name, "release", key)
        assert "Sample Police" not in shown
        assert "To whom" in shown
    assert "Sample Police" in page(story, "dalia", "release", key)


@pytest.mark.parametrize("who", ["bruno", "femi", "mateo", "grace", "lina", "kofi"])
def test_a_referral_to_a_shelter_shows_nowhere_to_who_does_not_see_care(story: Story, who: str) -> None:
    key, _consent = story.ready(facility_id=story.place)
    story.move(key, Event.SEND)
    code = Referral.objects.get(pk=key).code
    page(story, who, "referral", key, status=404)
    for url in (reverse("desk:case", args=[story.case.id]), reverse("desk:today")):
        assert code not in page(story, who, url)
    answer = story.cast.client(who).get(reverse("referrals:of_case", args=[story.case.id]))
    assert code not in answer.content.decode()


def test_the_case_page_shows_referrals_and_releases_beside_the_reports_of_examinations(cast: Cast) -> None:
    from tests.forensics import story as exams

    told = exams.judged(cast)
    story = begin(cast, told.case)
    consents = [one.id for one in cases_of(cast, told.case.id)]
    from amparo.forensics import commands as forensics

    forensics.release(
        actor=cast.esther,
        exam_id=told.exam,
        recipient_id=cast.accounts["femi"],
        agency_id=exams.station(cast),
        basis_ids=consents,
        until_on=clock.today() + timedelta(days=30),
    )
    story.draft((), service="health", who="esther")
    shown = page(story, "esther", "of_case", told.case.id)
    assert "Report of an examination" in shown
    assert "Health · Sample Shelters" in re.sub(r"<[^>]+>", "", shown)


def cases_of(cast: Cast, case_id: object) -> list[object]:
    from amparo.cases import queries as case_queries

    return [one for one in case_queries.bases(cast.esther, case_id) if one.is_live and one.recipient]  # type: ignore[arg-type]


# ---- the sheet ---------------------------------------------------------------------------------------------


def words_of(story: Story, key: object, monkeypatch: pytest.MonkeyPatch, who: str = "dalia") -> str:
    """What the typesetter is given for the sheet."""
    import amparo.referrals.queries.sheet as module

    given: list[object] = []
    real = module.typeset

    def hearing(template: str, values: object, **rest: object) -> bytes:
        given.append(values)
        return real(template, values, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "typeset", hearing)
    answer = story.cast.client(who).post(reverse("referrals:sheet", args=[key]), {"form_id": str(ids.new_public_id())})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    return str(given[0])


def test_the_sheet_says_her_name_only_where_the_consent_names_it(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    people.add_contact(
        actor=story.cast.dalia,
        person_id=story.case.survivor,
        kind=ContactKind.PHONE,
        value="+999 20 5550 100",
        is_safe=True,
        rules="Say that the library calls",
    )
    named, _first = story.ready(("identity", "care"))
    plain, _second = story.ready(("care",))
    with_name, without = (words_of(story, key, monkeypatch) for key in (named, plain))
    for word in ("Nadia Sample", "5550 100", "library"):
        assert word in with_name
        assert word not in without
    assert "Sleeps badly" in without
    assert "her name is not given" in without


def test_an_unsafe_way_to_reach_her_never_leaves(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    people.add_contact(
        actor=story.cast.dalia, person_id=story.case.survivor, kind=ContactKind.PHONE, value="+999 20 5550 101"
    )
    key, _consent = story.ready()
    assert "5550 101" not in words_of(story, key, monkeypatch)


def test_the_sheet_carries_only_what_is_ticked(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    key, _consent = story.ready(("narrative",), words={Part.NARRATIVE: "What happened"})
    given = words_of(story, key, monkeypatch)
    assert "What happened" in given
    for word in ("Nadia", "Sleeps"):
        assert word not in given


def test_no_sheet_is_printed_without_a_consent_that_holds(story: Story) -> None:
    key = story.draft()
    post(story, "dalia", "sheet", key, status=409)
    ready, consent = story.ready()
    story.move(ready, Event.SEND)
    cases.withdraw_consent(actor=story.cast.dalia, basis_id=consent)
    post(story, "dalia", "sheet", ready, status=409)


def test_that_a_sheet_was_printed_is_in_the_ledger(story: Story) -> None:
    from amparo.ledger.models import Entry

    key, _consent = story.ready()
    story.cast.client("dalia").post(reverse("referrals:sheet", args=[key]), {"form_id": str(ids.new_public_id())})
    assert Entry.objects.get(verb="referral.printed").subject_id == key


def test_a_sheet_that_is_sent_again_says_the_same_or_does_not_leave(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND)
    dalia, sent = story.cast.client("dalia"), {"form_id": str(ids.new_public_id())}
    where = reverse("referrals:sheet", args=[key])
    first = dalia.post(where, sent)
    assert first.status_code == 200
    spanish = dalia.post(where, sent, headers={"Accept-Language": "es"})
    assert spanish.status_code == 200, "in the language in which it was recorded"
    number = {"kind": ContactKind.PHONE, "value": "+999 20 5550 100", "is_safe": True}
    people.add_contact(actor=story.cast.dalia, person_id=story.case.survivor, **number)  # type: ignore[arg-type]
    assert dalia.post(where, sent).status_code == 409


# ---- releases ----------------------------------------------------------------------------------------------


def test_a_release_is_prepared_approved_and_sent_on_pages(story: Story) -> None:
    consent = story.consent(story.police)
    item = story.item()
    data = {
        "basis_id": str(consent),
        "purpose": "For the charge",
        "classes": ["evidence", "statement"],
        "item_ids": [str(item)],
        "papers": "Statement of 3 May\n\nLetter",
        "channel": "hand",
        "until_on": (clock.today() + timedelta(days=30)).isoformat(),
    }
    refused = post(story, "bruno", "prepare", story.case.id, status=422, **(data | {"classes": ["identity"]}))
    assert "whose kind is not ticked" in refused
    assert "Letter" in refused
    lacking = post(
        story,
        "bruno",
        "prepare",
        story.case.id,
        status=422,
        **(data | {"classes": ["narrative"], "item_ids": [], "papers": ""}),
    )
    assert "No agreement with this agency holds for: Her story" in lacking
    post(story, "bruno", "prepare", story.case.id, **data)
    key = Release.objects.get().id
    page(story, "bruno", "decide", key, status=409)
    page(story, "jalil", "decide", key, status=403)
    post(story, "chandra", "decide", key, answer="yes")
    post(story, "bruno", "move_release", key, "send")
    post(story, "bruno", "move_release", key, "acknowledge")
    post(story, "bruno", "move_release", key, "recall", status=422)
    post(story, "bruno", "move_release", key, "recall", reason="done")
    assert Release.objects.get().state == ReleaseState.RECALLED


def test_the_path_of_a_release_says_whether_it_was_approved(story: Story) -> None:
    declined, stopped, untouched = story.release(), story.release(), story.release()
    post(story, "chandra", "decide", declined, answer="no", remark="Too much")
    story.approve(stopped)
    for key in (stopped, untouched):
        post(story, "bruno", "move_release", key, "cancel")

    def path(key: UUID) -> list[str]:
        section = next(one for one in queries.release_page(story.cast.bruno, key).sections if one.id == "path")
        return [str(row.title) for row in section.rows]

    assert path(declined) == ["Stopped", "Not approved", "Prepared"]
    assert path(stopped) == ["Stopped", "Approved", "Prepared"]
    assert path(untouched) == ["Stopped", "Prepared"]
    assert queries.release_page(story.cast.bruno, declined).lede == "Not approved."


def test_what_is_prepared_in_the_evening_west_of_utc_is_sent_the_same_evening(story: Story) -> None:
    bogota = ZoneInfo("America/Bogota")
    Office.objects.filter(pk=story.cast.office).update(time_zone=bogota.key)
    evening = datetime.combine(clock.today(), time(20, 30), bogota)
    next_day = formats.short_day(evening.date() + timedelta(days=1))
    with clock.set_to(evening), clock.days_of(bogota):
        key, stopped = story.release(), story.release()
        assert [due.due_on for due in queries.waiting_for(story.cast.chandra)] == [evening.date()] * 2
        story.draft()
        for where in ("of_case", "board"):
            shown = page(story, "bruno", where, *([story.case.id] if where == "of_case" else []))
            assert next_day not in shown
        post(story, "chandra", "decide", key, answer="yes")
        post(story, "bruno", "move_release", key, "send")
        post(story, "bruno", "move_release", key, "recall", reason="done")
        post(story, "bruno", "move_release", stopped, "cancel")
        assert next_day not in page(story, "bruno", "release", key)
        assert next_day not in page(story, "dalia", "referral", Referral.objects.get().id)
    row = Release.objects.get(pk=key)
    assert (row.state, row.sent_on, row.ended_on) == (ReleaseState.RECALLED, evening.date(), evening.date())
    assert Release.objects.get(pk=stopped).state == ReleaseState.CANCELLED


def test_steps_of_releases_that_are_none_are_not_there(story: Story) -> None:
    key = story.release()
    for event in ("approve", "decline", "nonsense"):
        page(story, "bruno", "move_release", key, event, status=404)


# ---- taking a consent back ---------------------------------------------------------------------------------


def test_taking_a_consent_back_says_first_what_stops_and_what_is_out(story: Story) -> None:
    waits, consent = story.ready()
    out = story.draft()
    commands.give_consent(actor=story.cast.dalia, referral_id=out, basis_id=consent)
    story.move(out, Event.SEND)
    url = ("journeys:withdraw_consent", consent)
    shown = page(story, "dalia", *url)
    codes = [Referral.objects.get(pk=key).code for key in (waits, out)]
    assert f"This stops: {codes[0]}." in shown
    assert f"{codes[1]} is out already" in shown
    assert all(code not in page(story, "bruno", *url) for code in codes)
    post(story, "dalia", *url)
    assert story.state(waits) == State.CANCELLED
    post(story, "dalia", *url, status=409)
    listed = page(story, "dalia", "of_case", story.case.id)
    assert "consent taken back" in listed
    assert "tell them to stop" in page(story, "dalia", "referral", out)


def test_who_may_not_record_consents_takes_none_back(story: Story) -> None:
    consent = story.consent(story.shelter)
    for name in ("mateo", "lina", "iris", "stranger", "kofi"):
        page(story, name, "journeys:withdraw_consent", consent, status=404)
        post(story, name, "journeys:withdraw_consent", consent, status=404)


def test_the_list_of_consents_says_which_partner_a_consent_names(story: Story) -> None:
    cases.record_basis(
        actor=story.cast.dalia, case_id=story.case.id, person_id=story.case.survivor, kind=BasisKind.CONSENT,
        agency_id=story.shelter, recipient="Sister on duty", classes=["identity"],
    )  # fmt: skip
    for name, sees in (("dalia", True), ("bruno", True), ("mateo", False), ("grace", False)):
        shown = page(story, name, "cases:consents", story.case.id)
        assert ("Sample Shelters: Sister on duty" in shown) == sees, name


# ---- closing -----------------------------------------------------------------------------------------------


def test_the_closing_page_says_what_is_open_and_where_to_those_who_close(story: Story) -> None:
    story.ready()
    shown = page(story, "dalia", "desk:closing", story.case.id)
    assert "Every referral has come to an answer" in shown
    assert reverse("referrals:of_case", args=[story.case.id]) in shown
    for name in ("femi", "mateo", "bruno", "lina"):
        assert "Every referral" not in page(story, name, "desk:closing", story.case.id)


# ---- lists and cost ----------------------------------------------------------------------------------------


def test_the_list_shows_what_is_late_first_and_pages_by_key(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    late, _consent = story.ready()
    story.move(late, Event.SEND)
    with clock.set_to(clock.now() + timedelta(days=5)):
        fresh = story.draft(())
        codes = [Referral.objects.get(pk=key).code for key in (late, fresh)]
        shown = page(story, "dalia", "board")
        assert "1 waits for too long." in shown
        assert shown.index(str(late)) < shown.index(str(fresh))
        monkeypatch.setattr(sys.modules["amparo.referrals.queries.board"], "PAGE", 1)
        for query in ({}, {"show": "all"}):
            first = page(story, "dalia", "board", **query)
            after = re.search(r"after=([0-9a-f-]+)", first)
            assert after is not None
            second = page(story, "dalia", "board", after=after.group(1), **query)
            assert [(f"/{key}/" in first) + (f"/{key}/" in second) for key in (late, fresh)] == [1, 1]
        page(story, "dalia", "board", after=str(ids.new_id()), status=404)
        for name in ("femi", "mateo", "kofi", "noor"):
            page(story, name, "board", status=404)
        assert codes[0] != codes[1]


def test_the_list_shows_reports_referred_on_among_referrals_and_can_be_narrowed(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    def refer_on(agency: UUID) -> UUID:
        telling = Telling(channel=Heard.PHONE, danger=Danger.NO, text="The lock was broken.")
        report = intake.take_report(
            actor=story.cast.amina, office_id=story.cast.office, telling=telling, tellers=Tellers()
        )
        basis = ReferralBasis.CONSENT
        intake.refer_on(
            actor=story.cast.amina, report_id=report, partner_id=agency, basis=basis, told=Told.SURVIVOR, remark="Mira"
        )
        return report

    sent, _consent = story.ready()
    story.move(sent, Event.SEND)
    first, second = refer_on(story.shelter), refer_on(story.police)
    expected = {str(sent), str(first), str(second)}

    def found(who: str, **query: str) -> list[str]:
        pages, after = [], ""
        while True:
            text = page(story, who, "board", **query, **({"after": after} if after else {}))
            assert not [word for word in ("Mira", "lock was broken") if word in text]
            pages += [key for key in re.findall(r'href="[^"]*/([0-9a-f-]{36})/(?:#onward)?"', text) if key in expected]
            following = re.search(r'href="[^"]*after=([0-9a-f-]+)[^"]*" rel="next"', text)
            if following is None:
                return list(dict.fromkeys(pages))
            after = following.group(1)

    monkeypatch.setattr(sys.modules["amparo.referrals.queries.board"], "PAGE", 1)
    for query in ({}, {"show": "all"}):
        assert sorted(found("jalil", **query)) == sorted(expected)
    assert found("jalil", show="all") == [str(second), str(first), str(sent)]
    assert found("jalil", of="reports") == [str(first), str(second)]
    assert found("jalil", of="cases") == [str(sent)]
    assert sorted(found("jalil", partner=str(story.shelter))) == sorted([str(first), str(sent)])
    # Intake keeps what it referred on, and learns of no case; a colleague of a case sees no report that is none.
    assert found("amina") == [str(first), str(second)]
    assert found("dalia") == [str(sent)]


@pytest.mark.parametrize("where", ["board", "of_case", "case", "today"])
def test_queries_do_not_grow_with_referrals_and_releases(cast: Cast, where: str) -> None:
    ago = clock.now() - timedelta(days=6)
    with clock.set_to(ago):
        story = begin(cast)
    urls = {
        "board": reverse("referrals:board"),
        "of_case": reverse("referrals:of_case", args=[story.case.id]),
        "case": reverse("desk:case", args=[story.case.id]),
        "today": reverse("desk:today"),
    }
    client = story.cast.client("dalia")

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(urls[where]).status_code == 200
        return len(caught)

    def more() -> None:
        key, _consent = story.ready()
        story.move(key, Event.SEND)
        release = story.release()
        story.approve(release)
        story.go(release, ReleaseEvent.SEND)

    with clock.set_to(ago):
        more()
    count()
    before = count()
    with clock.set_to(ago):
        more()
        more()
    assert count() == before


def test_a_case_without_any_costs_its_page_three_queries_at_most(story: Story) -> None:
    with CaptureQueriesContext(connection) as caught:
        queries.sections_of_case(story.cast.grace, story.case.id)
    assert len([one for one in caught if "referrals_" in one["sql"]]) <= 2


def test_what_was_sent_and_released_is_drawn_for_those_who_see_it(story: Story) -> None:
    key, _consent = story.ready()
    story.move(key, Event.SEND)
    release = story.release()
    story.approve(release)
    story.go(release, ReleaseEvent.SEND)
    labels = {
        name: [mark.label for mark in queries.marks_of_case(story.cast.actor(name), story.case.id)]
        for name in ("dalia", "bruno", "femi")
    }
    assert labels == {"dalia": ["referral", "release"], "bruno": ["release"], "femi": []}
    desk.case_sheet(story.cast.dalia, story.case.id)
