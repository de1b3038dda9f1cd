"""What pages of aftercare show, to whom, and that they work by plain forms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse

from amparo.aftercare import commands
from amparo.aftercare.models import Assessment, FollowUp, Goal, RestorationDecision, SafetyPlan
from amparo.aftercare.queries import instruments
from amparo.kernel import clock
from tests.aftercare import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from tests.aftercare.story import Story
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_step(settings: SettingsWrapper) -> None:
    settings.SECOND_STEP_REQUIRED = False


@pytest.fixture
def told(cast: Cast) -> Iterator[Story]:
    """The story, at the moment where it ends."""
    found = story.told(cast)
    with clock.set_to(found.end):
        yield found


def page(client: Client, name: str, *keys: object) -> str:
    response = client.get(reverse(f"aftercare:{name}", args=keys))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def every_url(told: Story) -> list[str]:
    """Every page about this client."""
    named = [
        *((name, told.client_id) for name in (
            "end_client", "write_safety", "write_plan", "plan_service", "task", "start_assessment",
            "plan_follow_ups", "place",
        )),
        *((name, told.safety_id) for name in ("change_safety", "agree_safety", "review_safety", "retire_safety")),
        *((name, told.plan_id) for name in (
            "change_plan", "add_goal", "agree_plan", "approve_plan", "review_plan", "end_plan",
        )),
        ("goal", told.goal_id),
        ("service", told.service_id),
        ("assessment", told.assessments[0]),
    ]  # fmt: skip
    return [reverse(f"aftercare:{name}", args=[key]) for name, key in named]


def test_the_page_opens_with_how_safety_has_changed_and_what_is_due_next(cast: Cast, told: Story) -> None:
    shown = page(cast.client("dalia"), "person", told.case_id, told.person_id)
    assert "Safety rose from 1.3 to 3.0 in 18 months." in shown
    assert "The next assessment is due on" in shown
    assert "I want to sew again and be paid for it." in shown
    assert "Declined by the survivor" in shown
    assert "<svg" in shown


def test_a_caseworker_on_the_team_opens_every_page(cast: Cast, told: Story) -> None:
    client = cast.client("dalia")
    for url in every_url(told):
        assert client.get(url).status_code == 200, url


def test_everybody_else_finds_nothing_at_any_address(cast: Cast, told: Story) -> None:
    for name in ("bruno", "chandra", "stranger", "iris", "pedro", "kofi"):
        client = cast.client(name)
        for url in every_url(told):
            response = client.get(url)
            assert response.status_code in (403, 404), (name, url)
            assert story.SECRET not in response.content.decode()


def test_a_lawyer_on_the_case_is_told_whom_to_ask_and_nothing_else(cast: Cast, told: Story) -> None:
    shown = page(cast.client("chandra"), "person", told.case_id, told.person_id)
    assert "سلمى مثال" in shown
    for word in (story.SECRET, "sew again", "Safety rose", "3.2", "Sample Lane", "Monitoring"):
        assert word not in shown


def test_somebody_who_is_not_on_the_case_does_not_learn_that_she_is_enrolled(cast: Cast, told: Story) -> None:
    for name in ("stranger", "iris"):
        url = reverse("aftercare:person", args=[told.case_id, told.person_id])
        assert cast.client(name).get(url).status_code == 404


def test_a_supervisor_sees_the_district_of_a_shelter_and_not_its_address(cast: Cast, told: Story) -> None:
    own = page(cast.client("dalia"), "person", told.case_id, told.person_id)
    supervisors = page(cast.client("jalil"), "person", told.case_id, told.person_id)
    assert "7 Sample Lane" in own
    assert "7 Sample Lane" not in supervisors
    assert "Lakeside" in supervisors


def test_a_draft_is_saved_by_its_button_and_by_the_page_itself(cast: Cast, told: Story) -> None:
    key = commands.start_assessment(actor=cast.dalia, client_id=told.client_id)
    client = cast.client("dalia")
    url = reverse("aftercare:assessment", args=[key])
    assert client.post(url, {"score_home": "4", "why_home": "own key", "act": "keep"}).status_code == 302
    kept = client.post(reverse("aftercare:keep_assessment", args=[key]), {"score_home": "3", "score_papers": "nyk"})
    assert kept.status_code == 200
    typed = instruments.typed_of([Assessment.objects.get(pk=key)])[0]
    assert typed == {"home": ("3", ""), "papers": ("nyk", "")}
    assert 'value="3" required' not in page(client, "assessment", key)


def test_going_on_to_the_next_part_saves_and_leads_there(cast: Cast, told: Story) -> None:
    key = commands.start_assessment(actor=cast.dalia, client_id=told.client_id)
    url = reverse("aftercare:assessment", args=[key])
    response = cast.client("dalia").post(url, {"score_safe_home": "2", "act": "to-law"})
    assert response.headers["Location"] == f"{url}#domain-law"
    assert instruments.typed_of([Assessment.objects.get(pk=key)])[0] == {"safe_home": ("2", "")}


def test_an_assessment_without_a_score_says_so_and_loses_nothing(cast: Cast, told: Story) -> None:
    key = commands.start_assessment(actor=cast.dalia, client_id=told.client_id)
    url = reverse("aftercare:assessment", args=[key])
    response = cast.client("dalia").post(url, {"why_home": "she has a key", "act": "complete"})
    assert response.status_code == 422
    assert "she has a key" in response.content.decode()


def test_the_draft_of_somebody_else_is_not_shown(cast: Cast, told: Story) -> None:
    key = commands.start_assessment(actor=cast.dalia, client_id=told.client_id)
    commands.save_answers(actor=cast.dalia, assessment_id=key, given={"home": ("4", "a secret note")})
    shown = page(cast.client("jalil"), "assessment", key)
    assert "a secret note" not in shown
    assert "not complete" in shown


def test_a_second_rater_does_not_see_the_first_scores_before_she_is_done(cast: Cast, told: Story) -> None:
    client = cast.client("jalil")
    response = client.post(reverse("aftercare:second_scoring", args=[told.assessments[2]]))
    key = Assessment.objects.get(second_of_id=told.assessments[2]).id
    assert response.headers["Location"] == reverse("aftercare:assessment", args=[key])
    assert "checked" not in page(client, "assessment", key)
    answers = {f"score_{code}": "3" for code in story.ITEMS}
    client.post(reverse("aftercare:assessment", args=[key]), {**answers, "act": "complete"})
    assert "Scored by two" in page(client, "assessment", told.assessments[2])


def test_a_supervisor_is_told_what_speaks_against_restoration_and_has_to_answer_it(cast: Cast, told: Story) -> None:
    client = cast.client("jalil")
    shown = page(client, "decide", told.client_id)
    assert "Free from those who did harm: scored 2 or less." in shown
    url = reverse("aftercare:decide", args=[told.client_id])
    data = {"assessment_id": str(told.assessments[2]), "decision": "restored", "reason": "She is well."}
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"floor_reason": "He is in prison for ten years."}).status_code == 302
    assert RestorationDecision.objects.filter(decision="restored", against_floor=True).exists()


def test_a_caseworker_is_refused_the_page_on_which_restoration_is_decided(cast: Cast, told: Story) -> None:
    assert cast.client("dalia").get(reverse("aftercare:decide", args=[told.client_id])).status_code == 403


def test_a_goal_is_added_by_a_plain_form(cast: Cast, told: Story) -> None:
    url = reverse("aftercare:add_goal", args=[told.plan_id])
    client = cast.client("dalia")
    assert client.post(url, {"domain": "law", "words": ""}).status_code == 422
    assert client.post(url, {"domain": "law", "words": "I want my papers back"}).status_code == 302
    assert Goal.objects.filter(domain="law").count() == 1


def test_the_same_form_sent_twice_writes_one_safety_plan(cast: Cast, told: Story) -> None:
    client = cast.client("dalia")
    data = {"chosen": "I call first", "form_id": str(uuid4())}
    for _press in range(2):
        assert client.post(reverse("aftercare:write_safety", args=[told.client_id]), data).status_code == 302
    assert SafetyPlan.objects.filter(state="draft").count() == 1


def test_a_plan_is_given_back_only_with_what_is_missing(cast: Cast, told: Story) -> None:
    client = cast.client("jalil")
    url = reverse("aftercare:approve_plan", args=[told.plan_id])
    assert client.post(url, {"approved": "no", "answer": ""}).status_code == 422


def test_the_list_of_clients_names_the_most_urgent_first(cast: Cast, told: Story) -> None:
    shown = page(cast.client("dalia"), "clients")
    assert "For 1 client something is late." in shown
    assert "Review of the safety plan" in shown


def test_instruments_are_shown_with_their_licence_and_added_by_a_file(cast: Cast, told: Story) -> None:
    client = cast.client("pedro")
    assert "CC0-1.0" in page(client, "instruments")
    assert "Add an instrument" in page(client, "add_instrument")
    assert cast.client("bruno").get(reverse("aftercare:instruments")).status_code == 404


def test_an_ended_enrolment_offers_nothing_to_write(cast: Cast, told: Story) -> None:
    client = cast.client("dalia")
    day = (told.end - timedelta(days=1)).date()
    client.post(reverse("aftercare:end_client", args=[told.client_id]), {"reason": "moved", "on": str(day)})
    shown = page(client, "person", told.case_id, told.person_id)
    assert "Moved away" in shown
    assert "Enrol again" in shown
    assert "Write a new one" not in shown


def test_the_example_file_can_be_added_again_as_it_is(cast: Cast, told: Story) -> None:
    client = cast.client("jalil")
    example = client.get(reverse("aftercare:example_instrument")).content
    response = client.post(reverse("aftercare:add_instrument"), {"file": example.decode()})
    assert response.status_code == 302
    broken = example.decode().replace("min_scored = 2", "min_scored = 9")
    response = client.post(reverse("aftercare:add_instrument"), {"file": broken})
    assert response.status_code == 422
    assert "domains[1].min_scored" in response.content.decode()


def test_somebody_in_danger_at_a_follow_up_is_said_on_her_page(cast: Cast, told: Story) -> None:
    follow_up = FollowUp.objects.order_by("due_on")[0]
    with clock.set_to(told.end + timedelta(days=95)):
        client = cast.client("dalia")
        data = {"on": str(clock.today()), "outcome": "danger", "safe": "no", "words": "He came to the gate."}
        url = reverse("aftercare:follow_up", args=[follow_up.id])
        assert client.post(url, data).status_code == 302
        assert "Look at the safety plan now." in page(client, "person", told.case_id, told.person_id)
