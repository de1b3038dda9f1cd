"""What people are told rests nowhere in plain: a journey with marked words, and then every byte is searched."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from amparo.access import commands as access
from amparo.aftercare import commands as aftercare
from amparo.aftercare.words import Domain
from amparo.cases import commands as cases
from amparo.cases.rules import Question
from amparo.cases.words import BasisKind, IncidentState, NoteKind, Purpose, TrackKind
from amparo.evidence import commands as evidence
from amparo.evidence.words import Category
from amparo.intake import commands as intake
from amparo.intake.models import Report
from amparo.investigations import commands as investigations
from amparo.investigations.words import Agency, LeadKind
from amparo.kernel.dates import PartialDate
from amparo.kernel.words import Compartment
from amparo.people import commands as people
from amparo.people.words import AddressKind, ContactKind, NameKind
from amparo.prosecution import commands as prosecution
from amparo.prosecution.words import Mistake, OrderKind
from amparo.prosecution.words import Purpose as HearingPurpose
from amparo.staff import commands as staff
from tests.cast import CaseAtHand, Cast
from tests.reporting.stranger import Stranger

# Marked so that no other word can be taken for one of them; in three scripts, as names are.
CANARIES = (
    "Canarina Zeisig", "कनारी पक्षी", "طائر الكناري", "canary-told-words", "canary-file-words", "canary-file-name",
    "canary-draft-words", "canary-note-words", "canary-narrative", "canary-place", "canary-lead", "canary-scarf",
    "canary-complaint", "canary-judge", "canary-goal", "canary-safety", "canary-address", "canary-code-word",
    "canary-promise", "canary-task", "canary-reason", "canary-alias", "999555019283", "canary-recipient",
    "canary-searched", "canary-kept-form", "canary-bar", "canary-finding",
)  # fmt: skip


def _forms(word: str) -> list[bytes]:
    return [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


def _found_in(folders: list[Path]) -> list[str]:
    """Every canary in every file, and in the files' names."""
    # Most begin alike: where no beginning is, none of them is.
    beginnings = {form for word in CANARIES for form in _forms(word[: len("canary-")])}
    patterns = {form: word for word in CANARIES for form in _forms(word)}
    found = []
    for path in _everything_in(folders):
        held = os.fsencode(path.name) + (_bytes_of(path) if path.is_file() else b"")
        if any(form in held for form in beginnings):
            # A text in one byte order can look like one in the other, a byte further on.
            found += sorted({f"{word} in {path}" for form, word in patterns.items() if form in held})
    return found


# PostgreSQL removes temporary files, and whole databases of other processes, while somebody walks through its folder.
def _everything_in(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        for base, below, files in os.walk(folder, onerror=_unless_gone):
            yield from (Path(base, name) for name in (*below, *files))


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _report(cast: Cast) -> None:
    """Taken by a browser, as a report comes in, with a file beside it."""
    client = cast.client("amina")
    client.post("/find/", {"q": "canary-searched"})
    client.post(
        f"/cases/draft/{cast.accounts['amina']}/report/", {"field": "text", "text": "canary-draft-words", "base": ""}
    )
    told = {
        "danger": "yes", "danger_words": "canary-reason", "medical": "unknown", "channel": "phone",
        "summary": "canary-told-words", "text": "canary-told-words " * 40, "place": "canary-place",
        "survivor_name": "कनारी पक्षी", "suspect_name": "طائر الكناري", "reporter_name": "Canarina Zeisig",
        "teller": "other", "phone": "+999 555 019283", "is_safe": "yes", "code_word": "canary-code-word",
        "safe_contact": "canary-reason",
    }  # fmt: skip
    taken = client.post("/reports/take/", told)
    assert taken.status_code == 302, taken.content
    report = Report.objects.get()
    page = client.get(f"/reports/{report.id}/files/add/")
    body = SimpleUploadedFile("canary-file-name.txt", b"canary-file-words\n" * 5000, "text/plain")
    sent = client.post(page.context["action_url"], {"file": body})
    assert sent.status_code == 302, sent.content
    # A form that is refused, and one that comes after the sign-in ended, hold words as well.
    client.post(f"/reports/{report.id}/notes/add/", {"text": "canary-kept-form" * 1000})
    client.logout()
    client.post(f"/reports/{report.id}/notes/add/", {"text": "canary-kept-form"})


def _stranger(cast: Cast) -> None:
    """Somebody without an account sends words and a file, comes back, and begins what she never sends."""
    staff.set_reports_office(actor=cast.jalil, expected=0, office_id=cast.office)
    one = Stranger()
    one.get("/en/7/")
    body = SimpleUploadedFile("canary-file-name.txt", b"canary-file-words\n" * 5000, "text/plain")
    one.post("/en/7/", {"file": body, "more": "1"})
    one.tell(text="canary-told-words " * 40, name="Canarina Zeisig", place="canary-place", safe="canary-reason")
    one.take_code()
    one.get("/en/back/inside/")
    assert one.post("/en/back/inside/", {"text": "canary-told-words"}).status_code == 303
    assert Stranger().send("/en/3/", {"text": "canary-draft-words"}).status_code == 303
    report = Report.objects.get(channel="site")
    intake.answer(actor=cast.amina, report_id=report.id, text="canary-note-words")


def _people_of(cast: Cast, case: CaseAtHand) -> None:
    dalia = cast.dalia
    people.add_name(actor=dalia, person_id=case.survivor, full="Canarina Zeisig", kind=NameKind.TRANSLITERATED)
    people.add_name(actor=cast.bruno, person_id=case.suspect, full="canary-alias", kind=NameKind.ALIAS)
    people.add_contact(
        actor=dalia, person_id=case.survivor, kind=ContactKind.PHONE, value="+999 555 019283", whose="canary-reason",
        is_safe=True, may_leave_message=False, hours="canary-reason", rules="canary-reason", code_word="canary-scarf",
    )  # fmt: skip
    people.set_address(actor=dalia, person_id=case.survivor, kind=AddressKind.KIN, address="canary-address")


def _casework(cast: Cast, case: CaseAtHand) -> None:
    dalia, bruno = cast.dalia, cast.bruno
    cases.record_basis(
        actor=dalia, case_id=case.id, person_id=case.survivor, kind=BasisKind.CONSENT, purpose=Purpose.PROSECUTION,
        classes=["identity"], recipient="canary-recipient", reason="canary-reason",
    )  # fmt: skip
    cases.write_note(
        actor=dalia, case_id=case.id, compartment=Compartment.CARE, kind=NoteKind.CONTACT, text="canary-note-words",
        person_id=case.survivor,
    )  # fmt: skip
    cases.make_promise(
        actor=dalia, case_id=case.id, person_id=case.survivor, text="canary-promise", due_on=date(2026, 12, 1)
    )
    cases.set_task(
        actor=dalia, case_id=case.id, title="canary-task", assigned_id=dalia.account_id, due_on=date(2026, 12, 1),
        track=TrackKind.RELIEF,
    )  # fmt: skip
    incident = cases.record_incident(
        actor=bruno, case_id=case.id, person_id=case.survivor, began=PartialDate(2026, 1), ended=None,
        relation="unknown", goods_exchanged=False, held=False, harmful_practice=False, exploitation=[], controls=[],
        summary="canary-narrative", place="canary-place", narrative="canary-narrative",
        answers={Question.GENDER_BASED: True, Question.PENETRATION: True},
    )  # fmt: skip
    cases.find_incident(
        actor=cast.chandra, incident_id=incident, expected=1, state=IncidentState.VERIFIED, reason="canary-finding"
    )
    access.set_bar(
        actor=cast.jalil, account_id=cast.accounts["amina"], office_id=cast.office, case_id=case.id, reason="canary-bar"
    )


def _inquiry_and_court(cast: Cast, case: CaseAtHand) -> None:
    bruno, chandra = cast.bruno, cast.chandra
    investigations.open_lead(
        actor=bruno, case_id=case.id, kind=LeadKind.VEHICLE, title="canary-lead", question="canary-lead",
        assigned_id=bruno.account_id, due_on=None,
    )  # fmt: skip
    evidence.register_physical(
        actor=bruno, case_id=case.id, category=Category.PHYSICAL, description="canary-scarf",
        found_where="canary-place", seal="canary-scarf", place="canary-place",
    )  # fmt: skip
    proceeding = prosecution.open_proceeding(
        actor=chandra, case_id=case.id, agency_kind=Agency.POLICE, complaint_on=date(2026, 3, 3),
        agency="canary-complaint", complaint_no="canary-complaint", court="canary-complaint",
        court_no="canary-complaint", jurisdiction="canary-place", officials="canary-judge",
    )  # fmt: skip
    order = prosecution.issue_order(
        actor=chandra, proceeding_id=proceeding, kind=OrderKind.PROTECTION, accused_id=case.suspect,
        person_id=case.survivor, terms=prosecution.Terms(
            Agency.COURT, date(2026, 3, 4), None, "canary-judge", "canary-complaint", "canary-place"
        ),
    )  # fmt: skip
    prosecution.record_breach(actor=chandra, order_id=order, on=date(2026, 3, 5), what="canary-narrative")
    paid = prosecution.order_compensation(
        actor=chandra, proceeding_id=proceeding, person_id=case.survivor, amount=9, currency="XTS", on=date(2026, 3, 6)
    )
    right = prosecution.Why(Mistake.TYPED, "canary-reason")
    prosecution.take_back_compensation(actor=chandra, compensation_id=paid, why=right)
    prosecution.list_hearing(
        actor=chandra, proceeding_id=proceeding, purpose=HearingPurpose.WITNESSES,
        listed_at=datetime.now(UTC) + timedelta(days=3), court="canary-complaint", judge="canary-judge",
    )  # fmt: skip


def _care(cast: Cast, case: CaseAtHand) -> None:
    dalia = cast.dalia
    client = aftercare.enrol(actor=dalia, case_id=case.id, person_id=case.survivor, on=date(2026, 3, 5))
    aftercare.draft_safety_plan(
        actor=dalia, client_id=client, chosen="canary-safety", warnings="canary-safety", contacts="canary-safety",
        way_out="canary-safety", code_word="canary-code-word",
    )  # fmt: skip
    plan = aftercare.draft_care_plan(actor=dalia, client_id=client, matters="canary-goal")
    aftercare.set_goal(actor=dalia, plan_id=plan, domain=Domain.WORK, words="canary-goal", due_on=None)


def _read_everything(cast: Cast, case: CaseAtHand) -> None:
    """Pages are drawn too: what is opened to be shown must not come to rest on the way."""
    for name in ("jalil", "dalia", "bruno", "chandra"):
        client = cast.client(name)
        assert client.get(f"/case/{case.id}/").status_code == 200
    assert b"canary-note-words" in cast.client("dalia").get(f"/cases/{case.id}/notes/").content


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All temporary files go here while the test runs, so that they can be searched."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(settings, "BLOBS", tmp_path / "blobs")
    return folder


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    """Everything that is logged, whatever its level, in a file."""
    path = tmp_path / "log" / "everything.log"
    path.parent.mkdir()
    handler = logging.FileHandler(path, encoding="utf-8")
    names = ("", "amparo", "django")
    # The bodies of queries are only logged where somebody debugs; there is no switch for that in a product.
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO)
    yield path
    for name in names:
        logging.getLogger(name).removeHandler(handler)
        logging.getLogger(name).setLevel(levels[name])
    handler.close()


def _database_at_rest(tmp_path: Path) -> Path:
    """The folder in which the database keeps its bytes; where that can't be read, a dump of all its tables."""
    if connection.vendor == "sqlite":
        return Path(str(connection.settings_dict["NAME"])).parent
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    if os.access(folder, os.R_OK | os.X_OK):
        return folder
    return _dumped(tmp_path / "dump")


def _dumped(folder: Path) -> Path:
    folder.mkdir()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            with (folder / table).open("wb") as out, cursor.copy(f'COPY "{table}" TO STDOUT') as copied:
                for piece in copied:
                    out.write(piece)
    return folder


@pytest.mark.django_db(transaction=True)
def test_no_word_of_a_whole_journey_rests_in_plain_anywhere(
    cast: Cast, temporary: Path, logged: Path, tmp_path: Path
) -> None:
    _report(cast)
    _stranger(cast)
    case = cast.case()
    for step in (_people_of, _casework, _inquiry_and_court, _care, _read_everything):
        step(cast, case)
    assert logged.is_file()
    places = [_database_at_rest(tmp_path), Path(settings.FOLDER), Path(settings.BLOBS), temporary, logged.parent]
    assert any(path.is_file() for path in Path(settings.BLOBS).rglob("*"))
    assert _found_in(places) == []


def test_a_word_that_does_rest_somewhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "plain").write_bytes(b"\x00" * 4096 + "x canary-told-words y".encode("utf-16-le"))
    (tmp_path / "canary-file-name.txt").write_bytes(b"")
    assert len(_found_in([tmp_path])) == 2
