from __future__ import annotations

import re

import pytest

from amparo.access import commands as access
from amparo.access.models import SignIn
from amparo.cases import queries as cases
from amparo.kernel.words import Compartment
from amparo.ledger import queries as ledger
from amparo.ledger.models import Entry
from amparo.ledger.queries import PAGE, Chosen, Proof, Reach
from amparo.staff import queries
from amparo.staff.queries.ledger import TECHNICAL, Asked, listing, reach_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LEDGER = "/ledger/"


def verbs_seen(cast: Cast, who: str) -> set[str]:
    reach, seen, before = reach_of(cast.actor(who)), set(), None
    while True:
        page = ledger.entries(reach, Chosen(), before=before)
        seen |= {one.verb.value for one in page.entries if one.verb is not None}
        before = page.next_before
        if before is None:
            return seen


@pytest.mark.parametrize("who", ["amina", "bruno", "dalia", "femi", "iris", "pedro"])
def test_the_ledger_is_no_page_for_who_works_on_cases(cast: Cast, who: str) -> None:
    browser = cast.client(who)
    assert browser.get(LEDGER).status_code == 403
    assert browser.get(LEDGER + "checkpoint/").status_code == 403
    assert browser.get(LEDGER + "0/").status_code == 403


@pytest.mark.parametrize("who", ["lina", "grace", "kofi"])
def test_who_watches_over_data_sees_every_kind_of_entry(cast: Cast, who: str) -> None:
    cast.case()
    assert {"case.opened", "grant.given", "role.given"} <= verbs_seen(cast, who)


def test_a_system_keeper_sees_technical_entries_only(cast: Cast) -> None:
    cast.case()
    seen = verbs_seen(cast, "hugo")
    assert seen
    assert seen <= {verb.value for verb in TECHNICAL}
    opened = Entry.objects.get(verb="case.opened")
    assert cast.client("hugo").get(f"{LEDGER}{opened.index}/").status_code == 404


def test_a_supervisor_sees_the_entries_of_the_own_office_only(cast: Cast) -> None:
    cast.case()
    assert "case.opened" in verbs_seen(cast, "jalil")
    assert "case.opened" not in verbs_seen(cast, "stranger")
    page = ledger.entries(reach_of(cast.stranger), Chosen(), limit=500)
    assert {one.office_id for one in page.entries} == {cast.other_office}


def test_entries_about_a_case_are_hidden_from_who_is_barred_from_it(cast: Cast) -> None:
    case = cast.case()
    access.set_bar(
        actor=cast.jalil, account_id=cast.accounts["lina"], office_id=cast.office, case_id=case.id, reason="Neighbour"
    )
    page = ledger.entries(reach_of(cast.lina), Chosen(case_id=case.id))
    assert page.entries == ()
    assert "role.given" in verbs_seen(cast, "lina")


def test_pages_go_on_without_a_gap_and_without_a_repeat(cast: Cast) -> None:
    for _time in range(4):
        cast.case()
    seen: list[int] = []
    before = None
    while True:
        page = ledger.entries(Reach(), Chosen(), before=before, limit=PAGE)
        seen += [one.index for one in page.entries]
        before = page.next_before
        if before is None:
            break
    assert seen == list(range(Entry.objects.count() - 1, -1, -1))


def test_a_case_code_is_sent_by_post_and_never_stands_in_an_address(cast: Cast) -> None:
    case = cast.case()
    cast.case()
    code = cases.case_head(cast.jalil, case.id).code
    browser = cast.client("jalil")
    answer = browser.post(LEDGER, {"case": code.lower()})
    assert answer.status_code == 303
    assert code not in answer["Location"]
    assert str(case.id) in answer["Location"]
    shown = listing(cast.jalil, Asked(case=case.id))
    assert 0 < len(shown.rows) < Entry.objects.count()
    assert Entry.objects.filter(case_id=case.id).count() == len(shown.rows)


def test_a_mistyped_code_is_said_at_its_field(cast: Cast) -> None:
    answer = cast.client("jalil").post(LEDGER, {"case": "CASE-XXX"})
    assert answer.status_code == 422
    assert "not complete" in answer.content.decode()


def test_a_code_of_a_case_that_one_may_not_see_answers_like_a_missing_one(cast: Cast) -> None:
    code = cases.case_head(cast.jalil, cast.case().id).code
    answer = cast.client("stranger").post(LEDGER, {"case": code})
    assert answer.status_code == 422
    assert "no case with this code" in answer.content.decode()


def test_entries_are_narrowed_to_a_kind_and_a_person(cast: Cast) -> None:
    cast.case()
    only = listing(cast.jalil, Asked(verb="grant.given"))
    assert {row.title for row in only.rows} == {"Somebody was put on a case's team"}
    assert listing(cast.jalil, Asked(who=cast.accounts["bruno"])).rows == ()
    assert listing(cast.jalil, Asked(who=cast.accounts["jalil"])).rows


def test_a_case_that_the_reader_may_not_see_has_no_code_in_the_ledger(cast: Cast) -> None:
    case = cast.case()
    code = cases.case_head(cast.jalil, case.id).code
    assert code in cast.client("jalil").get(LEDGER).content.decode()
    page = cast.client("grace").get(LEDGER).content.decode()
    assert code not in page
    assert "in a case that you may not see" in page


def test_every_entry_comes_with_a_proof_that_leads_to_the_signed_root(cast: Cast) -> None:
    cast.case()
    head = ledger.head()
    assert head is not None
    assert head.is_signed
    for index in (0, 1, head.size // 2, head.size - 1):
        proof = ledger.proof(index)
        assert proof is not None
        assert ledger.proves(proof)
        assert proof.root == head.root
    page = cast.client("lina").get(f"{LEDGER}{head.size - 1}/").content.decode()
    assert "leads from this entry to the signed root" in page


def test_a_proof_of_another_leaf_does_not_hold(cast: Cast) -> None:
    found = ledger.proof(3)
    assert found is not None
    forged = Proof(found.index, found.size, "00" * 32, found.path, found.root)
    assert not ledger.proves(forged)


def test_an_altered_leaf_is_said_on_the_page_of_its_entry(cast: Cast) -> None:
    Entry.objects.filter(index=3).update(leaf=b"\0" * 32)
    page = cast.client("lina").get(f"{LEDGER}3/").content.decode()
    assert "does not lead to the signed root" in page


def test_the_checkpoint_shows_size_root_and_key_in_a_form_to_compare(cast: Cast) -> None:
    browser = cast.client("lina")
    page = browser.get(LEDGER + "checkpoint/").content.decode()
    head = ledger.head()
    assert head is not None
    assert re.search(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", page)
    assert head.verifier_key in page.replace("&#x2B;", "+")
    assert "The signature holds" in page


def test_refused_attempts_have_a_page(cast: Cast) -> None:
    cast.client("bruno").get(LEDGER)
    rows = listing(cast.lina, Asked(view="refused")).rows
    assert [row.title for row in rows] == ["An attempt was refused"]


# ---- who looked -------------------------------------------------------------------------------------------------


def look(cast: Cast, who: str, case_id: object, *parts: Compartment) -> None:
    from dataclasses import replace

    cast.client(who)
    row = SignIn.objects.filter(account_id=cast.accounts[who]).latest("started_at")
    reader = replace(cast.actor(who), sign_in_id=row.id)
    access.record_readings(actor=reader, readings=frozenset((case_id, part) for part in parts))  # type: ignore[misc]


def test_who_looked_at_a_case_is_shown_by_name_and_part(cast: Cast) -> None:
    case = cast.case()
    look(cast, "bruno", case.id, Compartment.NARRATIVE, Compartment.SUSPECT)
    section = queries.readings_of_case(cast.jalil, case.id, cast.office)
    assert section is not None
    (row,) = section.rows
    assert str(row.title) == "Bruno Muster"
    assert row.meta == "What happened, Suspects"


@pytest.mark.parametrize("who", ["bruno", "dalia", "chandra", "stranger", "hugo"])
def test_who_looked_is_nobodys_business_but_the_watchers(cast: Cast, who: str) -> None:
    case = cast.case()
    assert queries.readings_of_case(cast.actor(who), case.id, cast.office) is None


def test_readings_have_a_page_in_the_ledger(cast: Cast) -> None:
    case = cast.case()
    look(cast, "bruno", case.id, Compartment.NARRATIVE)
    (row,) = listing(cast.lina, Asked(view="readings")).rows
    assert row.title == "A guarded part was opened"
    assert "What happened" in row.meta
