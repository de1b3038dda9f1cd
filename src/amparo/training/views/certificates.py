"""Pages of certificates."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from amparo.training import commands, forms
from amparo.training.queries import certificates as queries
from amparo.training.queries import session as page_of
from amparo.training.queries import sessions
from amparo.training.queries.certificates import ISSUE
from amparo.training.words import WithdrawReason
from amparo.web.forms import EmptyForm
from amparo.web.pages import Data, FormPage, pdf, show_form
from amparo.web.requests import ActorRequest
from amparo.web.sheets import Crumb


def certificate(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    sheet = queries.certificate_page(request.actor, certificate_id)
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def issue(request: ActorRequest, session_id: UUID) -> HttpResponse:
    head = sessions.head_for(request.actor, ISSUE, session_id)
    title = _("Issue certificates")
    page = FormPage(
        title,
        head.url,
        crumbs=(*head.crumbs, Crumb(title)),
        lede=page_of.least_line(head),
        submit=title,
        success=_("The certificates are issued."),
        template="web/confirm_page.html",
        consequences=[
            _("Everybody on the list who has earned one and has none gets a certificate with a number of its own."),
            _("Attendance and tests that it rests on can't be changed any more, unless it is withdrawn."),
            _("Anybody can check a number: valid or withdrawn, the training and its day, never the name."),
        ],
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda data: commands.issue_certificates(actor=request.actor, session_id=session_id),
    )


@require_GET
def paper(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    one = queries.certificate_for(request.actor, ISSUE, certificate_id)
    address = request.build_absolute_uri(reverse("training:check_number", args=[one.row.number]))
    drawn = BytesIO()
    qr = segno.make(address, error="m", micro=False)
    qr.save(drawn, kind="svg", xmldecl=False, border=2, scale=4)
    number, body = queries.paper(request.actor, certificate_id, check_url=address, qr=drawn.getvalue().decode())
    return pdf(body, f"{number}.pdf", inline=True)


def withdraw(request: ActorRequest, certificate_id: UUID) -> HttpResponse:
    one = queries.certificate_for(request.actor, ISSUE, certificate_id)
    title = _("Withdraw the certificate")
    back = reverse("training:certificate", args=[certificate_id])
    page = FormPage(
        title,
        back,
        crumbs=(*one.head.crumbs, Crumb(one.row.number, back, code=True), Crumb(title)),
        submit=title,
        success=_("It is withdrawn. A new one is issued from the page of the session."),
        grave=True,
        template="web/confirm_page.html",
        consequences=[
            _("Whoever checks its number reads that it was withdrawn."),
            _("Attendance and tests can be corrected again, and a new certificate issued under a new number."),
            _("Tell the person, and ask for the paper back."),
        ],
    )

    def save(data: Data) -> UUID:
        reason = WithdrawReason(data["reason"])
        return commands.withdraw_certificate(actor=request.actor, certificate_id=certificate_id, reason=reason)

    return show_form(request, page, forms.WithdrawForm, save)
