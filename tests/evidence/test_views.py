from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from amparo.evidence import commands
from amparo.evidence.errors import AlreadyAsked, SamePerson
from amparo.evidence.models import CustodyEvent, EvidenceItem, ItemFile
from amparo.evidence.words import Authority, Category, Form, Kind, State
from amparo.kernel import ids
from amparo.ledger.models import Entry
from amparo.vault import sealing
from amparo.web.models import Upload
from tests.cast import CaseAtHand, Cast
from tests.evidence.test_commands import a_phone, kinds_of

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def a_jpeg() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return made.getvalue()


def post_file(client: Client, case: CaseAtHand, name: str = "screen.jpg", *, content: bytes = b"", **more: str) -> str:
    """Send the form of a file as a browser without script does; the address to which it leads."""
    url = reverse("evidence:register_digital", args=[case.id])
    page = client.get(url).content.decode()
    action = re.search(r'action="([^"]+ticket=[^"]+)"', page)
    assert action is not None
    answers = {
        "form_id": str(ids.new_public_id()),
        "may_show_abuse": "no",
        "category": Category.PHOTO,
        "description": "Screen of a telephone",
        "veil_words": "A message thread. No people.",
    }
    body = answers | more | {"file": SimpleUploadedFile(name, content or a_jpeg(), "image/jpeg")}
    answer = client.post(action.group(1).replace("&amp;", "&"), body)
    assert answer.status_code in (302, 422), answer.content.decode()[:3000]
    return answer.headers.get("Location", "")


def a_picture(cast: Cast, case: CaseAtHand, name: str = "screen.jpg") -> UUID:
    post_file(cast.client("bruno"), case, name)
    return EvidenceItem.objects.get(form=Form.FILE).id


def test_the_item_page_says_who_holds_it_and_offers_the_next_acts(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    page = cast.client("bruno").get(reverse("evidence:item", args=[key])).content.decode()
    for said in (
        "Mobile telephone, black",
        "Bruno Muster holds it, sealed, here: Shelf 2.",
        "Every hand, newest first",
        "What you can do now",
        "Hand over",
        "Check the seal",
        "B 40 112",
        "in the ledger",
    ):
        assert said in page


def test_a_custodian_knows_an_item_by_its_number(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    page = cast.client("noor").get(reverse("evidence:item", args=[key])).content.decode()
    assert EvidenceItem.objects.get(pk=key).code in page
    assert "B 40 112" in page
    assert "cracked" not in page
    assert "Kiln office" not in page


def test_police_of_the_team_see_the_hands_and_nothing_to_do(cast: Cast) -> None:
    key = a_phone(cast, cast.case(team=("bruno", "femi")))
    page = cast.client("femi").get(reverse("evidence:item", args=[key])).content.decode()
    assert "Every hand" in page
    assert "cracked" not in page
    assert "What you can do now" not in page


def test_who_examines_reads_the_custody_of_her_own_specimens_and_the_hands_alone_of_what_others_took(
    cast: Cast,
) -> None:
    case = cast.case(team=("bruno", "esther"))
    hers = commands.register_specimen(
        actor=cast.esther, case_id=case.id, description="Swab", seal="B 40 113", place="Cold store"
    )
    client = cast.client("esther")
    page = client.get(reverse("evidence:item", args=[hers])).content.decode()
    assert "Cold store" in page
    commands.hand_over(actor=cast.esther, item_id=hers, to_id=cast.accounts["noor"], reason="To keep it cold")
    commands.receive(actor=cast.noor, item_id=hers, seal_read="B 40 113", place="Shelf 9")
    page = client.get(reverse("evidence:item", args=[hers])).content.decode()
    assert "Shelf 9" in page
    assert "To keep it cold" in page
    assert "What you can do now" not in page, "it is in her hands no more"
    theirs = client.get(reverse("evidence:item", args=[a_phone(cast, case)])).content.decode()
    assert "B 40 112" in theirs
    assert "Shelf 2" not in theirs
    assert "Who had it outside, places, papers and reasons" in theirs


def test_a_caseworker_does_not_learn_that_an_item_exists(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    client = cast.client("dalia")
    for name in ("item", "label", "hand_over", "record_event"):
        assert client.get(reverse(f"evidence:{name}", args=[key])).status_code == 404


def test_a_hand_over_is_given_and_received_by_forms(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    giver, receiver = cast.client("bruno"), cast.client("noor")
    url = reverse("evidence:hand_over", args=[key])
    assert "Noor Sample" in giver.get(url).content.decode()
    given = giver.post(url, {"form_id": str(ids.new_public_id()), "to_id": str(cast.noor.account_id)})
    assert given.status_code == 302
    url = reverse("evidence:receive", args=[key])
    assert receiver.get(url).status_code == 200
    answers = {"seal_read": "B 40 112", "condition": "intact", "place": "Room 1"}
    assert receiver.post(url, {"form_id": str(ids.new_public_id()), **answers}).status_code == 302
    assert "both signed" in receiver.get(reverse("evidence:item", args=[key])).content.decode()


def test_a_gap_is_shown_until_it_is_explained_and_its_explanation_stays_beside_it(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    commands.check_seal(actor=cast.bruno, item_id=key, seal_read="B 40 113", unbroken=True)
    client = cast.client("bruno")
    item = reverse("evidence:item", args=[key])
    assert "1 gap, not explained" in client.get(item).content.decode()
    url = reverse("evidence:explain_gap", args=[key, 3, "seal"])
    assert client.get(url).status_code == 200
    told = client.post(url, {"form_id": str(ids.new_public_id()), "reason": "Misread: the last figure is worn."})
    assert told.status_code == 302
    page = client.get(item).content.decode()
    assert "1 gap, not explained" not in page
    assert "gap, explained" in page
    assert "Misread: the last figure is worn." in page


def test_what_could_show_abuse_is_led_to_the_form_by_reference(cast: Cast) -> None:
    case = cast.case()
    url = reverse("evidence:register", args=[case.id])
    client = cast.client("bruno")
    answer = client.get(url, {"form": "file", "may_show_abuse": "yes"})
    assert answer.headers["Location"] == reverse("evidence:register_by_reference", args=[case.id])
    answer = client.get(url, {"form": "file", "may_show_abuse": "no"})
    assert answer.headers["Location"] == reverse("evidence:register_digital", args=[case.id])


def test_every_form_of_an_item_opens(cast: Cast) -> None:
    case = cast.case()
    key = a_phone(cast, case)
    client = cast.client("bruno")
    for name in ("hand_over", "came_back", "check_seal", "open", "move", "record_event", "label"):
        assert client.get(reverse(f"evidence:{name}", args=[key])).status_code == 200, name
    for name in ("room", "register", "register_physical", "register_digital", "register_by_reference"):
        assert client.get(reverse(f"evidence:{name}", args=[case.id])).status_code == 200, name
    assert client.get(reverse("evidence:items")).status_code == 200


def test_an_object_is_registered_by_its_form(cast: Cast) -> None:
    case = cast.case()
    answers = {
        "form_id": str(ids.new_public_id()),
        "category": Category.PHYSICAL,
        "description": "A blue scarf",
        "place": "Shelf 1",
        "seal": "C 1",
        "found_2": "2026",
    }
    answer = cast.client("bruno").post(reverse("evidence:register_physical", args=[case.id]), answers)
    assert answer.status_code == 302
    assert EvidenceItem.objects.get().state == State.HELD


def test_the_label_shows_the_code_only(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    page = cast.client("noor").get(reverse("evidence:label", args=[key])).content.decode()
    assert EvidenceItem.objects.get(pk=key).code in page
    assert "<svg" in page
    assert "cracked" not in page


def test_a_file_is_sealed_and_fingerprinted(cast: Cast) -> None:
    a_picture(cast, cast.case())
    row = ItemFile.objects.get()
    details = sealing.open_row(row, "details").table("details")
    assert (details["name"], details["media_type"]) == ("screen.jpg", "image/jpeg")
    assert not Upload.objects.exists()


def test_looking_at_a_file_is_recorded_and_needs_the_veil_lifted(cast: Cast) -> None:
    key = a_picture(cast, cast.case())
    client = cast.client("bruno")
    picture = reverse("evidence:picture", args=[key])
    assert client.get(picture).status_code == 409
    lifted = client.post(reverse("evidence:view_file", args=[key]), {"form_id": str(ids.new_public_id())})
    assert lifted.status_code == 200
    assert client.get(picture).headers["Content-Type"] == "image/jpeg"
    assert CustodyEvent.objects.filter(item_id=key, kind=Kind.VIEWED).count() == 1
    assert Entry.objects.filter(subject_id=key, verb="file.viewed").count() == 1
    assert cast.client("chandra").get(picture).status_code == 409
    assert cast.client("noor").get(picture).status_code == 403


def test_a_copy_is_taken_out_with_a_reason(cast: Cast) -> None:
    key = a_picture(cast, cast.case())
    client = cast.client("bruno")
    url = reverse("evidence:download_copy", args=[key])
    answers = {"form_id": str(ids.new_public_id()), "to": "own", "why": "court", "reason": "For the hearing"}
    answer = client.post(url, answers, follow=True)
    taken = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    # The mark stands in a strip below the picture.
    assert Image.open(io.BytesIO(taken)).height > Image.open(io.BytesIO(a_jpeg())).height
    assert Entry.objects.filter(subject_id=key, verb="file.exported").count() == 1


def files_kept(settings: SettingsWrapper) -> int:
    return sum(1 for path in Path(settings.BLOBS).rglob("*") if path.is_file())


def test_a_file_that_may_show_abuse_is_destroyed_and_registered_by_reference(
    cast: Cast, settings: SettingsWrapper, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case = cast.case()
    before = files_kept(settings)
    with django_capture_on_commit_callbacks(execute=True):
        post_file(cast.client("bruno"), case, may_show_abuse="yes")
    assert not EvidenceItem.objects.exists()
    assert not Upload.objects.exists()
    assert files_kept(settings) == before


def test_the_hash_of_a_file_is_checked_against_its_record(cast: Cast) -> None:
    key = a_picture(cast, cast.case())
    commands.record_event(actor=cast.bruno, item_id=key, kind=Kind.VERIFIED_HASH)
    assert CustodyEvent.objects.get(item_id=key, kind=Kind.VERIFIED_HASH).unbroken is True
    page = cast.client("bruno").get(reverse("evidence:item", args=[key])).content.decode()
    assert "the same" in page


def test_a_mistaken_upload_is_isolated_by_two_people_and_shown_to_nobody(cast: Cast) -> None:
    key = a_picture(cast, cast.case())
    commands.ask_isolation(actor=cast.bruno, item_id=key, reason="Noticed at once")
    with pytest.raises(AlreadyAsked):
        commands.ask_isolation(actor=cast.chandra, item_id=key, reason="Me too")
    with pytest.raises(SamePerson):
        commands.confirm_isolation(actor=cast.bruno, item_id=key, authority=Authority.POLICE, reason="")
    commands.confirm_isolation(actor=cast.chandra, item_id=key, authority=Authority.POLICE, reason="Unit 3")
    client = cast.client("bruno")
    page = client.get(reverse("evidence:item", args=[key])).content.decode()
    assert "Isolated" in page
    assert "Screen of a telephone" not in page
    assert client.post(reverse("evidence:view_file", args=[key])).status_code == 409
    assert client.get(reverse("evidence:picture", args=[key])).status_code == 409
    assert Entry.objects.filter(subject_id=key, verb="item.isolated").count() == 1


def test_opening_is_recorded_by_one_form_and_confirmed_by_another(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    form = reverse("evidence:open", args=[key])
    page = cast.client("bruno").get(form).content.decode()
    # Those of the team and the evidence room, and nobody who could not confirm it.
    assert str(cast.accounts["chandra"]) in page
    assert str(cast.accounts["noor"]) in page
    assert str(cast.accounts["dalia"]) not in page
    answers = {
        "form_id": str(ids.new_public_id()), "second_id": str(cast.accounts["chandra"]), "seal_read": "B 40 112",
        "seal_after": "B 40 217", "reason": "To copy it",
    }  # fmt: skip
    assert cast.client("bruno").post(form, answers).status_code == 302
    second = cast.client("chandra")
    confirm = reverse("evidence:confirm_second", args=[key])
    assert confirm in second.get(reverse("desk:today")).content.decode()
    assert confirm in second.get(reverse("evidence:item", args=[key])).content.decode()
    page = second.get(confirm).content.decode()
    assert "B 40 217" in page
    assert "To copy it" in page
    refused = second.post(confirm, {"form_id": str(ids.new_public_id()), "seen": "no", "reason": ""})
    assert refused.status_code == 422
    answer = second.post(confirm, {"form_id": str(ids.new_public_id()), "seen": "yes", "reason": ""})
    assert answer.status_code == 302
    assert CustodyEvent.objects.filter(item_id=key, kind=Kind.OPENED).count() == 1
    assert second.get(confirm).status_code == 409


def test_who_recorded_it_can_take_it_back_and_others_are_asked_nothing(cast: Cast) -> None:
    key = a_phone(cast, cast.case())
    commands.ask_opening(
        actor=cast.bruno,
        item_id=key,
        seal_read="B 40 112",
        seal_after="B 40 217",
        second_id=cast.accounts["chandra"],
        reason="To copy it",
    )
    confirm = reverse("evidence:confirm_second", args=[key])
    assert cast.client("noor").get(confirm).status_code == 409
    assert cast.client("femi").get(confirm).status_code in (403, 404)
    mine = cast.client("bruno")
    assert "Take it back" in mine.get(confirm).content.decode()
    answer = mine.post(confirm, {"form_id": str(ids.new_public_id()), "reason": "The wrong item"})
    assert answer.status_code == 302
    assert kinds_of(key)[-1] == Kind.NOT_CONFIRMED


def test_an_isolation_that_was_asked_waits_on_the_page_of_those_who_can_confirm_it(cast: Cast) -> None:
    key = a_picture(cast, cast.case())
    commands.ask_isolation(actor=cast.bruno, item_id=key, reason="Noticed at once")
    isolate = reverse("evidence:isolate", args=[key])
    assert isolate in cast.client("chandra").get(reverse("desk:today")).content.decode()
    assert isolate not in cast.client("bruno").get(reverse("desk:today")).content.decode()
    assert isolate not in cast.client("noor").get(reverse("desk:today")).content.decode()
    commands.confirm_isolation(actor=cast.chandra, item_id=key, authority=Authority.POLICE, reason="Unit 3")
    assert isolate not in cast.client("chandra").get(reverse("desk:today")).content.decode()
