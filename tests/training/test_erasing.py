"""Somebody of the training register who is erased, and who is the official that partners know."""

from __future__ import annotations

import pytest

from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.ids import new_public_id
from amparo.ledger.models import Entry
from amparo.partners import commands as partners
from amparo.training import commands
from amparo.training.errors import AlreadyErased, AlreadyLinked, SameName
from amparo.training.models import Certificate, Enrolment, Participant, Sitting
from amparo.training.words import Audience, Occasion, WithdrawReason
from amparo.vault.models import DataKey
from tests.cast import Cast
from tests.partners import partners as at_hand
from tests.training import rooms
from tests.training.rooms import NAMES, PERFECT

pytestmark = pytest.mark.django_db


def _certified(cast: Cast) -> Participant:
    """Somebody with a test, attendance and a certificate."""
    at = rooms.session(cast)
    for occasion in (Occasion.PRE, Occasion.POST):
        rooms.take(cast, at, occasion, dict.fromkeys(NAMES, PERFECT))
    rooms.held(cast, at)
    commands.issue_certificates(actor=cast.oksana, session_id=at.session)
    return Participant.objects.get(pk=at.row(NAMES[0]).participant_id)


def test_of_who_is_erased_only_the_counts_stay(cast: Cast) -> None:
    row = _certified(cast)
    token, before = row.name_token, Enrolment.objects.filter(participant=row).count()
    commands.erase_participant(actor=cast.lina, participant_id=row.id)
    row.refresh_from_db()
    assert (row.name, row.post, row.contact, row.official_id, row.account_id) == (None,) * 5
    assert row.name_token != token
    assert not DataKey.objects.filter(owner_id=row.id).exists()
    assert Certificate.objects.get(participant=row).name is None
    assert not Sitting.objects.filter(participant=row, answers__isnull=False).exists()
    assert Enrolment.objects.filter(participant=row).count() == before
    entry = Entry.objects.latest("index")
    assert entry.verb == "participant.erased"
    assert NAMES[0] not in entry.body
    for address in (f"/training/people/{row.id}/", "/training/people/"):
        page = cast.client("oksana").get(address).content.decode()
        assert "erased" in page
        assert NAMES[0] not in page
    with pytest.raises(AlreadyErased):
        commands.erase_participant(actor=cast.lina, participant_id=row.id)


def test_only_the_data_protection_officer_erases_from_the_register(cast: Cast) -> None:
    row = _certified(cast)
    for name in ("oksana", "jalil", "kofi"):
        with pytest.raises(Refused):
            commands.erase_participant(actor=cast.actor(name), participant_id=row.id)
    for name in ("amina", "dalia", "iris"):
        with pytest.raises(NotFound):
            commands.erase_participant(actor=cast.actor(name), participant_id=row.id)
    assert cast.client("oksana").get(f"/training/people/{row.id}/erase/").status_code == 403
    lina = cast.client("lina")
    assert "/training/people/" in lina.get("/").content.decode()
    page = lina.get(f"/training/people/{row.id}/").content.decode()
    assert "/erase/" in page
    # She is not told that there is none, and led to no page that she may not open.
    assert "There is no training yet." not in page
    assert 'href="/training/"' not in page
    assert "Erase for good" in lina.get(f"/training/people/{row.id}/erase/").content.decode()
    assert lina.post(f"/training/people/{row.id}/erase/").status_code in (302, 303)
    assert Participant.objects.get(pk=row.id).name is None


def _official(cast: Cast, name: str = "Rosa Ejemplo") -> object:
    key = partners.add_official(actor=cast.oksana, office_id=cast.office, name=name)
    agency = at_hand.agency(cast)
    partners.take_post(actor=cast.oksana, official_id=key, agency_id=agency, title="Inspector")
    return key


def test_who_is_an_official_is_called_as_partners_call_her_from_then_on(cast: Cast) -> None:
    row, key = _certified(cast), _official(cast)
    page = cast.client("oksana").get(f"/training/people/{row.id}/official/").content.decode()
    assert "Rosa Ejemplo" in page
    cast.client("oksana").post(f"/training/people/{row.id}/official/", {"official_id": str(key)})
    row.refresh_from_db()
    assert row.official_id == key
    partners.change_official(
        actor=cast.oksana,
        official_id=key,
        expected=1,
        name="Rosa Ejemplo-Muster",
        contact="",  # type: ignore[arg-type]
    )
    assert "Rosa Ejemplo-Muster" in cast.client("oksana").get(f"/training/people/{row.id}/").content.decode()
    # Her own record tells of her trainings.
    told = cast.client("oksana").get(f"/partners/officials/{key}/").content.decode()
    assert "First response" in told
    assert "Certified" in told
    assert "Mentoring" in told


def test_an_official_is_one_person_of_the_register(cast: Cast) -> None:
    row, key = _certified(cast), _official(cast)
    other = Participant.objects.exclude(pk=row.id).earliest("id")
    commands.link_official(actor=cast.oksana, participant_id=row.id, official_id=key)  # type: ignore[arg-type]
    with pytest.raises(AlreadyLinked):
        commands.link_official(actor=cast.oksana, participant_id=other.id, official_id=key)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        commands.link_official(actor=cast.oksana, participant_id=other.id, official_id=other.id)


@pytest.mark.parametrize("name", [NAMES[0], "Rosa Ejemplo"])
def test_who_is_erased_as_an_official_keeps_no_name_in_the_register(cast: Cast, name: str) -> None:
    row = _certified(cast)
    key, token = _official(cast, name), row.name_token
    commands.link_official(actor=cast.oksana, participant_id=row.id, official_id=key)  # type: ignore[arg-type]
    assert name in cast.client("oksana").get(f"/training/people/{row.id}/").content.decode()
    _change(cast, row.id, version=2)
    partners.erase_official(actor=cast.lina, official_id=key)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.name is None
    assert row.name_token != token
    for address in (f"/training/people/{row.id}/", "/training/people/"):
        page = cast.client("oksana").get(address).content.decode()
        assert "erased" in page
        assert NAMES[0] not in page
        assert name not in page


def _change(cast: Cast, person: object, name: str = NAMES[0], version: int = 1) -> None:
    commands.change_participant(
        actor=cast.oksana,
        participant_id=person,  # type: ignore[arg-type]
        expected=version,
        audience=Audience.POLICE,
        name=name,
        post="Inspector",
        contact="",
        district="",
    )


def test_an_official_is_put_on_a_list_without_a_copy_of_the_name(cast: Cast) -> None:
    at, key = rooms.session(cast), _official(cast)
    official = rooms.person("Rosa Ejemplo", official_id=key)
    listed = commands.enrol_new(actor=cast.oksana, session_id=at.session, person=official)
    row = Enrolment.objects.get(pk=listed).participant
    assert row.name is None
    assert "Rosa Ejemplo" in cast.client("oksana").get(f"/training/people/{row.id}/").content.decode()
    # She is found by her name all the same.
    with pytest.raises(SameName):
        commands.enrol_new(actor=cast.oksana, session_id=at.session, person=rooms.person("Ejemplo, Rosa"))


def test_who_was_erased_as_an_official_is_erased_from_the_register_too(cast: Cast) -> None:
    row, key = _certified(cast), _official(cast)
    commands.link_official(actor=cast.oksana, participant_id=row.id, official_id=key)  # type: ignore[arg-type]
    partners.erase_official(actor=cast.lina, official_id=key)  # type: ignore[arg-type]
    assert "/erase/" in cast.client("lina").get(f"/training/people/{row.id}/").content.decode()
    commands.erase_participant(actor=cast.lina, participant_id=row.id)
    row.refresh_from_db()
    assert (row.official_id, row.post, Certificate.objects.get(participant=row).name) == (None, None, None)
    with pytest.raises(AlreadyErased):
        commands.erase_participant(actor=cast.lina, participant_id=row.id)


def test_the_name_of_an_official_is_changed_where_partners_keep_it(cast: Cast) -> None:
    row, key = _certified(cast), _official(cast)
    commands.link_official(actor=cast.oksana, participant_id=row.id, official_id=key)  # type: ignore[arg-type]
    client, address = cast.client("oksana"), f"/training/people/{row.id}/change/"
    assert 'name="name"' not in client.get(address).content.decode()
    sent = {"form_id": str(new_public_id()), "version": "2", "audience": "police", "post": "Chief", "name": "Other"}
    assert client.post(address, sent).status_code == 302
    page = client.get(f"/training/people/{row.id}/").content.decode()
    assert "Chief" in page
    assert "Rosa Ejemplo" in page
    assert "Other" not in page


def test_a_certificate_names_an_official_as_partners_do(cast: Cast) -> None:
    row, key = _certified(cast), _official(cast)
    commands.link_official(actor=cast.oksana, participant_id=row.id, official_id=key)  # type: ignore[arg-type]
    first = Certificate.objects.get(participant=row)
    commands.withdraw_certificate(actor=cast.oksana, certificate_id=first.id, reason=WithdrawReason.MISTAKE)
    commands.issue_certificates(actor=cast.oksana, session_id=first.enrolment.session_id)
    again = Certificate.objects.exclude(pk=first.id).get(participant=row)
    assert "Rosa Ejemplo" in cast.client("oksana").get(f"/training/certificates/{again.id}/").content.decode()


def test_who_is_erased_is_given_no_identity_again(cast: Cast) -> None:
    row, key = _certified(cast), _official(cast)
    commands.erase_participant(actor=cast.lina, participant_id=row.id)
    with pytest.raises(AlreadyErased):
        _change(cast, row.id, version=Participant.objects.get(pk=row.id).version)
    with pytest.raises(AlreadyErased):
        commands.link_official(actor=cast.oksana, participant_id=row.id, official_id=key)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert (row.name, row.post, row.official_id) == (None, None, None)


def test_who_is_an_official_or_a_colleague_already_is_not_made_another_official(cast: Cast) -> None:
    row, first, second = _certified(cast), _official(cast), _official(cast, "Femi Ejemplo")
    commands.link_official(actor=cast.oksana, participant_id=row.id, official_id=first)  # type: ignore[arg-type]
    at = rooms.session(cast)
    me = rooms.person("Dalia Sample", account_id=cast.accounts["dalia"])
    listed = commands.enrol_new(actor=cast.oksana, session_id=at.session, person=me)
    colleague = Enrolment.objects.get(pk=listed).participant_id
    for person in (row.id, colleague):
        with pytest.raises(AlreadyLinked):
            commands.link_official(actor=cast.oksana, participant_id=person, official_id=second)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.official_id == first
