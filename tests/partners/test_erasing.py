"""An official who is erased, and the signed paper of an agreement."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.words import Compartment
from amparo.ledger.models import Entry
from amparo.partners import commands, queries
from amparo.partners.errors import AlreadyErased, ErasedWithPerson
from amparo.partners.models import AgreementPaper, Official, Post
from amparo.people import commands as people
from amparo.people.words import PersonKind
from amparo.vault.models import DataKey
from amparo.web import uploads
from tests.cast import Cast
from tests.partners import partners

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 canary of what was signed\n" * 400


def _official(cast: Cast) -> Official:
    agency = partners.agency(cast)
    key = commands.add_official(actor=cast.oksana, office_id=cast.office, name="Canary Muster", contact="canary 7")
    commands.take_post(actor=cast.oksana, official_id=key, agency_id=agency, title="canary of a post")
    return Official.objects.get(pk=key)


def test_an_official_who_is_in_no_case_is_erased_and_the_post_stays_without_a_name(cast: Cast) -> None:
    row = _official(cast)
    commands.erase_official(actor=cast.lina, official_id=row.id)
    row.refresh_from_db()
    assert (row.name, row.contact, Post.objects.get().title) == (None, None, None)
    assert not DataKey.objects.filter(owner_id=row.id).exists()
    assert Post.objects.get().agency_id
    entry = Entry.objects.latest("index")
    assert entry.verb == "official.erased"
    assert "canary" not in entry.body.lower()
    page = cast.client("oksana").get(f"/partners/officials/{row.id}/").content.decode()
    assert "Name erased" in page
    assert "anary" not in page
    with pytest.raises(AlreadyErased):
        commands.erase_official(actor=cast.lina, official_id=row.id)


def test_only_the_data_protection_officer_erases_an_official(cast: Cast) -> None:
    row = _official(cast)
    for name in ("oksana", "jalil", "kofi"):
        with pytest.raises(Refused):
            commands.erase_official(actor=cast.actor(name), official_id=row.id)
    for name in ("amina", "esther", "iris"):
        with pytest.raises(NotFound):
            commands.erase_official(actor=cast.actor(name), official_id=row.id)
    assert cast.client("oksana").get(f"/partners/officials/{row.id}/erase/").status_code == 403
    lina = cast.client("lina")
    assert "Erase" in lina.get(f"/partners/officials/{row.id}/").content.decode()
    assert "Erase for good" in lina.get(f"/partners/officials/{row.id}/erase/").content.decode()
    assert lina.post(f"/partners/officials/{row.id}/erase/").status_code in (302, 303)
    assert Official.objects.get(pk=row.id).name is None


def test_who_is_among_the_people_of_cases_is_erased_there(cast: Cast) -> None:
    person = people.add_person(actor=cast.jalil, office_id=cast.office, kind=PersonKind.OFFICIAL, name="Canary Judge")
    key = commands.add_official(actor=cast.oksana, office_id=cast.office, person_id=person)
    with pytest.raises(ErasedWithPerson):
        commands.erase_official(actor=cast.lina, official_id=key)


# ---- the paper of an agreement -------------------------------------------------------------------------------------


def _with_paper(cast: Cast) -> tuple[UUID, AgreementPaper]:
    key = partners.agreement(cast, partners.agency(cast))
    return key, AgreementPaper.objects.get(pk=partners.paper(cast, key, "canary-signed.pdf", PAPER))


def test_a_paper_is_added_by_a_form_without_a_script(cast: Cast) -> None:
    key = partners.agreement(cast, partners.agency(cast))
    client = cast.client("oksana")
    page = client.get(f"/partners/agreements/{key}/papers/add/").content.decode()
    ticket = page.split("?ticket=")[1].split('"')[0]
    file = SimpleUploadedFile("signed.pdf", PAPER)
    answer = client.post(f"/partners/agreements/{key}/papers/add/?ticket={ticket}", {"file": file})
    assert answer.status_code in (302, 303)
    assert AgreementPaper.objects.get().agreement_id == key


def test_a_signed_paper_is_sealed_and_opens_as_it_came(cast: Cast) -> None:
    key, paper = _with_paper(cast)
    stored = b"".join(one.read_bytes() for one in uploads.store()._root.rglob("*") if one.is_file())
    assert b"canary" not in stored
    page = cast.client("dalia").get(f"/partners/agreements/{key}/").content.decode()
    assert "canary-signed.pdf" in page
    assert "Add the paper" not in page
    answer = cast.client("dalia").post(f"/partners/papers/{paper.id}/")
    assert b"".join(answer.streaming_content) == PAPER
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"


def test_each_opening_of_a_paper_is_in_the_ledger_and_a_link_opens_none(cast: Cast) -> None:
    _key, paper = _with_paper(cast)
    assert Entry.objects.filter(verb="agreement.paper_added").count() == 1
    assert cast.client("kofi").get(f"/partners/papers/{paper.id}/").status_code == 405
    for _n in range(2):
        cast.client("kofi").post(f"/partners/papers/{paper.id}/")
    opened = Entry.objects.filter(verb="agreement.paper_opened")
    assert {entry.actor_id for entry in opened} == {cast.accounts["kofi"]}
    assert opened.count() == 2


def test_who_may_not_see_agreements_opens_no_paper_and_who_may_not_change_them_adds_none(cast: Cast) -> None:
    key, paper = _with_paper(cast)
    for name in ("amina", "esther", "iris", "hugo"):
        with pytest.raises(NotFound):
            queries.paper_file(cast.actor(name), paper.id)
        assert cast.client(name).post(f"/partners/papers/{paper.id}/").status_code == 404
    with pytest.raises(Refused):
        queries.paper_reception(cast.dalia, key)
    assert queries.paper_reception(cast.oksana, key).compartment is Compartment.PROGRAMME
