"""From the first page to an answer that is read: without an account and without a script."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from amparo.access import commands as access
from amparo.intake import commands as intake
from amparo.intake.models import Message, Report, ReportFile, ReportPerson
from amparo.intake.words import Danger
from amparo.kernel import clock
from amparo.reporting.models import Mailbox, Visit
from amparo.vault import sealing
from tests.cast import Cast
from tests.reporting.stranger import Stranger

pytestmark = pytest.mark.django_db


def test_a_report_arrives_with_what_was_told_and_no_more(stranger: Stranger) -> None:
    stranger.tell(
        danger="again", about="child", name="Nadia Sample", text="He comes at night.", when="today",
        place="By the mill", who="Viktor Muster", reach="other", safe="Only on Mondays",
    )  # fmt: skip
    report = Report.objects.get()
    words = sealing.open_row(report, "text", "place", "safe_contact", "danger_words", "language")
    assert report.channel == "site"
    assert report.danger == Danger.UNSURE
    assert report.incident_known == "day"
    assert words.text("text").startswith("He comes at night.")
    assert "A child" in words.text("text")
    assert words.text("place") == "By the mill"
    assert "Only on Mondays" in words.text("safe_contact")
    assert words.text("language") == "English"
    assert set(ReportPerson.objects.values_list("part", flat=True)) == {"survivor", "suspect"}
    assert not report.answerable


def test_the_code_is_shown_until_it_is_typed_back_and_then_never_again(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    code = stranger.code()
    assert len(code.split()) == 7
    stranger.get("/en/code/")
    assert stranger.code() == code
    assert not Mailbox.objects.exists()
    stranger.send("/en/code/back/", {"code": code})
    assert Mailbox.objects.count() == 1
    assert Report.objects.get().answerable
    assert "No new answer yet" in stranger.page
    assert stranger.get("/en/code/").status_code == 303
    for word in code.split():
        assert f">{word}<" not in stranger.page


def test_a_wrong_code_typed_back_does_not_count(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    code = stranger.code().split()
    answer = stranger.send("/en/code/back/", {"code": " ".join([*code[1:], code[0]])})
    assert answer.status_code == 422
    assert "not the code that was shown" in stranger.page
    assert not Mailbox.objects.exists()


def test_numbers_instead_of_words_open_it_too_in_the_digits_of_any_script(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    stranger.post("/en/code/")
    stranger.get("/en/code/")
    digits = Visit.objects.get() and stranger.page.split('<p class="code flat">')[1].split("<")[0]
    assert len(digits.split()) == 6
    arabic = digits.translate({ord("0") + n: 0x0660 + n for n in range(10)})
    stranger.send("/en/code/back/", {"code": arabic})
    assert Mailbox.objects.count() == 1
    again = Stranger()
    again.send("/en/back/", {"code": digits})
    assert "No new answer yet" in again.page


def test_the_conversation_goes_both_ways_and_what_is_new_stands_first(stranger: Stranger, cast: Cast) -> None:
    stranger.tell(text="Something happened.")
    code = stranger.take_code()
    report = Report.objects.get()
    intake.answer(actor=cast.amina, report_id=report.id, text="Are you safe tonight?")
    report.refresh_from_db()
    assert report.state == "acknowledged"
    assert Message.objects.get().read_at is None

    again = Stranger()
    again.send("/en/back/", {"code": code.upper()})
    assert "There is an answer" in again.page
    assert again.page.index("Are you safe tonight?") < again.page.index("Write to us")
    assert Message.objects.get().read_at is not None

    again.get("/en/back/inside/")
    again.post("/en/back/inside/", {"text": "Yes, until Friday."})
    again.get("/en/back/inside/")
    assert "Yes, until Friday." not in again.page
    assert "You wrote to us." in again.page
    page = cast.client("amina").get(f"/reports/{report.id}/").content.decode()
    assert "Yes, until Friday." in page
    assert "Mark as read" in page
    assert "wrote since" in cast.client("amina").get("/").content.decode()
    cast.client("amina").post(f"/reports/{report.id}/messages/read/")
    assert "wrote since" not in cast.client("amina").get("/").content.decode()


def test_after_acceptance_the_caseworker_goes_on_and_intake_sees_nothing(stranger: Stranger, cast: Cast) -> None:
    stranger.tell(text="Something happened.")
    stranger.take_code()
    report = Report.objects.get()
    case = cast.case()
    intake.accept(actor=cast.jalil, report_id=report.id, case_id=case.id, is_new=False)
    stranger.get("/en/back/inside/")
    stranger.post("/en/back/inside/", {"text": "Are you still there?"})
    url = f"/reports/{report.id}/"
    assert "Are you still there?" in cast.client("dalia").get(url).content.decode()
    assert "Are you still there?" in cast.client("bruno").get(url).content.decode()
    for who in ("amina", "jalil", "kofi", "esther", "iris"):
        assert "Are you still there?" not in cast.client(who).get(url).content.decode(), who
    assert cast.client("amina").get(f"{url}messages/answer/").status_code in (403, 404)
    intake.answer(actor=cast.dalia, report_id=report.id, text="We are.")
    stranger.get("/en/back/inside/")
    stranger.post("/en/back/look/")
    stranger.get("/en/back/inside/")
    assert "We are." in stranger.page


def _file(name: str, words: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words, content_type="application/octet-stream")


def test_files_come_with_a_report_and_with_a_message(stranger: Stranger, cast: Cast) -> None:
    stranger.get("/en/7/")
    stranger.post("/en/7/", {"file": [_file("one.txt", b"first"), _file("two.txt", b"second")], "more": "1"})
    stranger.get("/en/7/")
    assert "one.txt" in stranger.page
    assert "two.txt" in stranger.page
    gone = stranger.page.split('name="remove" value="')[1].split('"')[0]
    stranger.send("/en/7/", {"remove": gone})
    assert "one.txt" not in stranger.page
    stranger.tell(text="With a file.")
    assert ReportFile.objects.count() == 1
    stranger.take_code()
    stranger.get("/en/back/inside/")
    stranger.post("/en/back/inside/", {"text": "", "file": _file("three.txt", b"third")})
    assert ReportFile.objects.count() == 2
    report = Report.objects.get()
    for file in ReportFile.objects.all():
        answer = cast.client("amina").get(f"/reports/{report.id}/files/{file.id}/")
        assert b"".join(answer.streaming_content) in (b"second", b"third")


def _photo() -> bytes:
    made = BytesIO()
    Image.new("RGB", (1200, 900), "#336655").save(made, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
    return made.getvalue()


# The first bytes of what telephones record.
_SOUNDS = {
    "voice.ogg": (b"OggS\0\2" + b"\0" * 20 + b"\1\x13OpusHead\1", "audio/ogg"),
    "voice.m4a": (b"\0\0\0\x1cftypM4A \0\0\0\0M4A mp42isom", "audio/mp4"),
    "memo.m4a": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "audio/mp4"),
    "song.mp3": (b"ID3\3\0\0\0", "audio/mpeg"),
    "old.wav": (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wave"),
}


def test_a_photo_is_taken_and_the_intake_officer_sees_it(stranger: Stranger, cast: Cast) -> None:
    stranger.get("/en/7/")
    stranger.post("/en/7/", {"file": SimpleUploadedFile("door.jpg", _photo(), content_type="image/jpeg")})
    stranger.tell(text="With a photo.")
    report, file = Report.objects.get(), ReportFile.objects.get()
    amina, url = cast.client("amina"), f"/reports/{report.id}/files/{file.id}/"
    assert f"{url}look/" in amina.get(f"/reports/{report.id}/").content.decode()
    page = amina.get(f"{url}look/").content.decode()
    assert f'src="{url}picture/"' in page
    small = amina.get(f"{url}picture/")
    assert small.headers["Content-Type"] == "image/jpeg"
    assert small.headers["Cache-Control"] == "no-store"
    with Image.open(BytesIO(small.content)) as picture:
        assert picture.size == (900, 675)
        assert not picture.getexif()
    for who in ("bruno", "kofi", "iris"):
        for part in ("", "look/", "picture/", "play/"):
            assert cast.client(who).get(f"{url}{part}").status_code in (403, 404), (who, part)


@pytest.mark.parametrize("name", _SOUNDS)
def test_a_recording_is_taken_and_the_intake_officer_can_play_it(stranger: Stranger, cast: Cast, name: str) -> None:
    head, kind = _SOUNDS[name]
    sound = head + b"\0" * 3000
    stranger.get("/en/7/")
    stranger.post("/en/7/", {"file": SimpleUploadedFile(name, sound)})
    stranger.tell(text="With a recording.")
    report, file = Report.objects.get(), ReportFile.objects.get()
    amina, url = cast.client("amina"), f"/reports/{report.id}/files/{file.id}/"
    assert (
        f'<audio class="shown" controls preload="metadata" src="{url}play/">'
        in amina.get(f"{url}look/").content.decode()
    )
    played = amina.get(f"{url}play/", headers={"range": "bytes=0-99"})
    assert (played.status_code, played.headers["Content-Type"]) == (206, kind)
    assert b"".join(played.streaming_content) == sound[:100]
    assert b"".join(amina.get(url).streaming_content) == sound


def test_what_no_browser_can_show_is_only_handed_over(stranger: Stranger, cast: Cast) -> None:
    stranger.get("/en/7/")
    stranger.post("/en/7/", {"file": SimpleUploadedFile("voice.amr", b"#!AMR\n<" + b"\0" * 100)})
    stranger.tell(text="With a recording.")
    report, file = Report.objects.get(), ReportFile.objects.get()
    page = cast.client("amina").get(f"/reports/{report.id}/").content.decode()
    assert f"{file.id}/" in page
    assert f"{file.id}/look/" not in page


def test_pressing_send_twice_makes_one_report_and_the_same_code(stranger: Stranger) -> None:
    stranger.send("/en/3/", {"text": "Only once."})
    stranger.get("/en/check/")
    first = stranger.post("/en/send/")
    second = stranger.post("/en/send/")
    assert (first.status_code, second.status_code) == (303, 303)
    stranger.get("/en/code/")
    code = stranger.code()
    stranger.get("/en/code/")
    assert stranger.code() == code
    assert Report.objects.count() == 1


def test_a_message_sent_twice_arrives_once(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    stranger.take_code()
    stranger.get("/en/back/inside/")
    stranger.post("/en/back/inside/", {"text": "Only once."})
    stranger.post("/en/back/inside/", {"text": "Only once."})
    assert Message.objects.count() == 1


def test_nothing_is_sent_where_nothing_was_answered(stranger: Stranger) -> None:
    stranger.send("/en/1/", {})
    stranger.get("/en/check/")
    assert stranger.post("/en/send/").status_code == 422
    assert not Report.objects.exists()


def test_who_is_in_danger_now_is_told_first_who_helps(stranger: Stranger) -> None:
    stranger.send("/en/1/", {"danger": "now"})
    assert "Get to safety first" in stranger.page


def test_until_an_office_is_chosen_the_site_takes_nothing(cast: Cast) -> None:
    nobody = Stranger()
    nobody.get("/en/")
    assert "takes no messages at present" in nobody.page
    assert nobody.send("/en/3/", {"text": "x"}).status_code == 503
    assert not Visit.objects.exists()


def test_a_message_that_comes_too_late_is_given_back_to_its_writer(stranger: Stranger) -> None:
    stranger.tell(text="Something happened.")
    code = stranger.take_code()
    stranger.get("/en/back/inside/")
    with clock.set_to(clock.now() + timedelta(hours=3)):
        assert stranger.post("/en/back/inside/", {"text": "Written for long."}).status_code == 403
        assert "Written for long." in stranger.page
        assert not Message.objects.exists()
        assert stranger.send("/en/back/", {"code": code}).status_code == 303


def test_who_is_barred_from_somebody_in_a_report_is_not_told_that_its_writer_wrote(
    stranger: Stranger, cast: Cast
) -> None:
    stranger.tell(text="Something happened.", who="Qwertz Asdfg")
    stranger.take_code()
    stranger.get("/en/back/inside/")
    stranger.post("/en/back/inside/", {"text": "One more thing."})
    report = Report.objects.get()
    assert report.code in cast.client("amina").get("/").content.decode()
    named = ReportPerson.objects.get(report=report).person_id
    access.set_bar(
        actor=cast.jalil, account_id=cast.amina.account_id, office_id=cast.office, person_id=named, reason="Cousin."
    )
    assert report.code not in cast.client("amina").get("/").content.decode()
    assert cast.client("amina").get(f"/reports/{report.id}/").status_code == 404
