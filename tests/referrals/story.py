"""Referrals as tests need them: a case, a shelter and the police as partners, and consents that name them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from amparo.cases import commands as cases
from amparo.cases.words import BasisKind, Purpose
from amparo.evidence import commands as evidence
from amparo.evidence.words import Category
from amparo.kernel import clock
from amparo.kernel.words import Compartment
from amparo.partners.words import AgencyKind, FacilityKind
from amparo.referrals import commands
from amparo.referrals.commands import Asked, Offer
from amparo.referrals.models import Referral, Release
from amparo.referrals.words import Channel, Event, Part, ReleaseEvent, Urgency
from amparo.web import uploads
from tests.cast import CaseAtHand, Cast
from tests.partners import partners

TEAM = ("bruno", "chandra", "dalia", "esther", "femi", "grace", "mateo")
EVERYTHING = ("identity", "narrative", "health", "care", "evidence", "statement")


@dataclass(slots=True)
class Story:
    """`shelter` has no agreement; with `police` one holds for the name, evidence and her statement."""

    cast: Cast
    case: CaseAtHand
    shelter: UUID
    place: UUID
    police: UUID

    def consent(self, agency: UUID, classes: Sequence[str] = EVERYTHING, until: date | None = None) -> UUID:
        return cases.record_basis(
            actor=self.cast.dalia,
            case_id=self.case.id,
            person_id=self.case.survivor,
            kind=BasisKind.CONSENT,
            purpose=Purpose.REFERRAL,
            classes=classes,
            agency_id=agency,
            until_on=until,
        )

    def draft(
        self,
        parts: Sequence[str] = ("identity", "care"),
        service: str = "safe_house",
        who: str = "dalia",
        agency: UUID | None = None,
        **more: object,
    ) -> UUID:
        words = {Part.CARE: "Sleeps badly"} if "care" in parts else {}
        asked = {"urgency": Urgency.SOON, "asked": "A bed for six weeks", "parts": parts, "words": words} | more
        return commands.draft_referral(
            actor=self.cast.actor(who),
            case_id=self.case.id,
            person_id=self.case.survivor,
            agency_id=agency or self.shelter,
            service=service,
            asked=Asked(**asked),  # type: ignore[arg-type]
        )

    def ready(self, parts: Sequence[str] = ("identity", "care"), **more: object) -> tuple[UUID, UUID]:
        """A referral that may be sent, and the consent on which."""
        consent = self.consent(self.shelter, list(parts))
        referral = self.draft(parts, **more)  # type: ignore[arg-type]
        commands.give_consent(actor=self.cast.dalia, referral_id=referral, basis_id=consent)
        return referral, consent

    def move(self, referral: UUID, *events: Event, who: str = "dalia", **more: object) -> None:
        for event in events:
            commands.move_referral(actor=self.cast.actor(who), referral_id=referral, event=event, **more)  # type: ignore[arg-type]

    def state(self, key: UUID) -> str:
        row = Referral.objects.filter(pk=key).first() or Release.objects.get(pk=key)
        return row.state

    def item(self) -> UUID:
        return evidence.register_physical(
            actor=self.cast.bruno,
            case_id=self.case.id,
            category=Category.PHYSICAL,
            description="A scarf",
            seal="S 1",
            place="Safe",
        )

    def release(
        self,
        parts: Sequence[str] = ("evidence", "statement"),
        who: str = "bruno",
        consent: UUID | None = None,
        **more: object,
    ) -> UUID:
        offer = {
            "parts": parts,
            "channel": Channel.HAND,
            "until_on": clock.today() + timedelta(days=60),
            "papers": ["Statement of 3 May, two pages"] if "statement" in parts else [],
            "purpose": "For the charge",
        } | more
        return commands.prepare_release(
            actor=self.cast.actor(who),
            case_id=self.case.id,
            basis_id=consent or self.consent(self.police),
            offer=Offer(**offer),  # type: ignore[arg-type]
        )

    def approve(self, release: UUID, who: str = "chandra") -> None:
        commands.decide_release(actor=self.cast.actor(who), release_id=release, approve=True)

    def go(self, release: UUID, event: ReleaseEvent, who: str = "bruno", **more: object) -> None:
        commands.move_release(actor=self.cast.actor(who), release_id=release, event=event, **more)  # type: ignore[arg-type]


def begin(cast: Cast, case: CaseAtHand | None = None) -> Story:
    shelter = partners.agency(cast, "Sample Shelters", AgencyKind.NGO)
    place = partners.facility(cast, shelter, FacilityKind.SHELTER, name="Sample House", district="", protected=True)
    police = partners.agency(cast, "Sample Police", AgencyKind.POLICE)
    partners.agreement(cast, police, classes=["identity", "evidence", "statement"])
    return Story(cast, case or cast.case(team=TEAM), shelter, place, police)


def a_file(story: Story, content: bytes = b"An invented letter.") -> tuple[UUID, str]:
    """A letter as a file under custody, sent as a page sends it, and its SHA-256."""
    reception = uploads.Reception(story.case.id, Compartment.EVIDENCE, story.cast.office)
    answer = story.cast.client("bruno").put(
        reverse("upload", args=[uploads.ticket_for(story.cast.bruno, reception)]),
        content,
        content_type="application/octet-stream",
        headers={"X-File-Name": "letter.txt"},
    )
    item = evidence.register_digital(
        actor=story.cast.bruno,
        case_id=story.case.id,
        category=Category.DOCUMENTARY,
        description="A letter",
        may_show_abuse=False,
        upload_id=UUID(answer.headers["X-Upload-Id"]),
    )
    return item, hashlib.sha256(content).hexdigest()
