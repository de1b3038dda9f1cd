"""Certificates: the page of one, its paper, and what a stranger learns of a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.kernel.codes import CodeMistyped, parse_code
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import NotFound
from amparo.papers.typesetting import typeset
from amparo.training.errors import CertificateWithdrawn
from amparo.training.models import Certificate, Session
from amparo.training.queries.contents import content_of_session
from amparo.training.queries.said import days, duration
from amparo.training.queries.sessions import Head, head_for, trainers_of
from amparo.training.words import LANGUAGE_LABELS, WITHDRAW_LABELS
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Fact, Name, Section, Sheet, Tag

SEE = "training:participant:see"
ISSUE = "training:certificate:issue"
# The languages in which the words of the paper are there; others are printed in the reader's.
_PRINTED = ("en", "ar")


@dataclass(frozen=True, slots=True)
class CertificateView:
    row: Certificate
    name: str
    head: Head

    @property
    def is_valid(self) -> bool:
        return self.row.withdrawn_on is None


def certificate_for(actor: Actor, permission: str, certificate_id: UUID) -> CertificateView:
    """A certificate by its id. Raises NotFound, Refused."""
    row = policy.load(actor, permission, Certificate, certificate_id, seen_by=SEE)
    name = sealing.open_row(row, "name").text("name")
    return CertificateView(row, name, head_for(actor, "training:session:see", row.enrolment.session_id))


def live_certificates(actor: Actor, session_id: UUID) -> list[UUID]:
    """The certificates of a session that stand, in the order of the list. Cost: one query."""
    rows = policy.visible(actor, SEE, Certificate.objects.filter(enrolment__session_id=session_id, withdrawn_on=None))
    return list(rows.order_by("enrolment_id").values_list("id", flat=True))


def certificate_page(actor: Actor, certificate_id: UUID) -> Sheet:
    """One certificate, with what came before it. Cost: some ten queries."""
    one = certificate_for(actor, SEE, certificate_id)
    row = one.row
    before = Certificate.objects.filter(pk=row.replaces_id).first() if row.replaces_id else None
    facts = [
        Fact(_("Name on it"), Name(one.name or _("erased"))),
        Fact(_("Training"), Name(one.head.content.title, url=one.head.url)),
        Fact(_("Days"), days(one.head.days)),
        Fact(_("Issued"), formats.day(row.issued_on)),
    ]
    if row.withdrawn_on:
        said = f"{formats.day(row.withdrawn_on)}: {WITHDRAW_LABELS[row.withdraw_reason]}"
        facts.append(Fact(_("Withdrawn"), said))
    if before is not None:
        facts.append(Fact(_("Issued anew for"), Code(before.number, reverse("training:certificate", args=[before.id]))))
    return Sheet(
        title=_("Certificate"),
        code=Code(row.number),
        crumbs=(*one.head.crumbs, Crumb(row.number, code=True)),
        tags=(Tag(_("Valid"), "ok") if one.is_valid else Tag(_("Withdrawn"), "danger"),),
        buttons=_buttons(one, may=policy.has(actor, ISSUE)),
        sections=(Section(_("Certificate"), id="certificate", column=0, facts=tuple(facts)),),
    )


def _buttons(one: CertificateView, *, may: bool) -> tuple[Button, ...]:
    if not may or not one.is_valid:
        return ()
    key = [one.row.id]
    return (
        Button(_("The paper (PDF)"), reverse("training:paper", args=key)),
        Button(_("Withdraw it"), reverse("training:withdraw", args=key), "quiet"),
    )


def paper(actor: Actor, certificate_id: UUID, *, check_url: str, qr: str) -> tuple[str, bytes]:
    """The number and the PDF of a certificate. Raises CertificateWithdrawn.

    Args:
        check_url: where anybody checks the number; `qr` the same as an SVG drawing.
    """
    one = certificate_for(actor, ISSUE, certificate_id)
    if not one.is_valid:
        raise CertificateWithdrawn
    language = one.head.row.language if one.head.row.language in _PRINTED else translation.get_language() or "en"
    with translation.override(language):
        values = _paper_values(one, check_url, qr)
    issued = datetime.combine(one.row.issued_on, datetime.min.time(), UTC)
    return one.row.number, typeset("training/papers/certificate.typ", values, language=language[:2], at=issued)


def _paper_values(one: CertificateView, check_url: str, qr: str) -> dict[str, JsonValue]:
    content, head = one.head.content, one.head
    office = access.office(one.row.office_id)
    return {
        "title": _("Certificate"),
        "foot": one.row.number,
        "confirms": _("This certifies that"),
        "name": one.name,
        "took_part": _("took part in the training"),
        "training": content.title,
        "facts": [
            [_("Days"), days(head.days)],
            [_("Hours taught"), duration(content.minutes)],
            [_("Place"), ", ".join(filter(None, [head.place, head.district]))],
            [_("Taught in"), str(LANGUAGE_LABELS.get(head.row.language, head.row.language))],
            [_("Version of the curriculum"), str(head.row.content_version.number)],
        ],
        "modules_title": _("What was taught"),
        "modules": [[module.title, duration(module.minutes)] for module in content.modules],
        "earned": _earned(one),
        "trainers_title": _("Trainers"),
        "trainers": trainers_of(head),
        "issued": _("Issued on %(day)s, %(office)s") % {"day": formats.day(one.row.issued_on), "office": office.name},
        "number_title": _("Number"),
        "number": one.row.number,
        "check": _("Anybody can check this number:"),
        "check_url": check_url,
        "qr": qr,
        "qr_alt": _("The address at which this number is checked, as a code to scan"),
    }


def _earned(one: CertificateView) -> str:
    content = one.head.content
    asked = {"share": content.least_attendance, "score": content.least_score}
    if content.least_score:
        return (
            _("Present on at least %(share)d %% of the days, with at least %(score)d %% of the points at the end.")
            % asked
        )
    return _("Present on at least %(share)d %% of the days.") % asked


# ---- for anybody ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody learns of a number: never whose it is."""

    number: str
    is_valid: bool
    title: str
    ended_on: date
    issued_on: date
    withdrawn_on: date | None


def check_number(typed: str) -> Checked:
    """Whether a certificate stands, for which curriculum, since when. Raises NotFound for what was never issued."""
    try:
        number = parse_code(typed, prefix="CRT")
    except CodeMistyped:
        raise NotFound from None
    row = Certificate.objects.filter(number=number).select_related("enrolment").first()
    if row is None:
        raise NotFound
    session = Session.objects.select_related("content_version").get(pk=row.enrolment.session_id)
    title = content_of_session(session).title
    return Checked(number, row.withdrawn_on is None, title, session.ends_on, row.issued_on, row.withdrawn_on)
