"""Pages of the court room."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from amparo.cases.words import PartyRole
from amparo.investigations import queries as investigations
from amparo.investigations.words import Agency
from amparo.kernel import ids
from amparo.kernel.errors import NotFound
from amparo.prosecution import commands, forms, queries, rules
from amparo.prosecution.commands import Day
from amparo.prosecution.words import (
    Appellant,
    ChargeEvent,
    ExhibitEvent,
    Ground,
    Measure,
    Outcome,
    Protected,
    Purpose,
    SentenceKind,
    Stage,
    Toward,
)
from amparo.web.forms import EmptyForm, Form
from amparo.web.pages import Data, FormPage, Said, act, run_once, show_form
from amparo.web.requests import ActorRequest, public
from amparo.web.sheets import Sheet

SECRET_BYTES = 16


def _sheet(request: ActorRequest, sheet: Sheet) -> HttpResponse:
    return render(request, "web/sheet_page.html", {"sheet": sheet})


def _page(opened: queries.Opened, title: Said, submit: Said, success: Said, **more: Any) -> FormPage:
    return FormPage(title, opened.back, lede=opened.lede, crumbs=opened.crumbs, submit=submit, success=success, **more)


def _people(request: ActorRequest, case_id: UUID, role: PartyRole) -> list[tuple[str, str]]:
    return investigations.people_of(request.actor, case_id, role)


def _key(value: str | None) -> UUID | None:
    return UUID(value) if value else None


# ---- proceedings -------------------------------------------------------------------------------------------


def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The proceedings of a case; where there is only one, that one."""
    listing = queries.proceedings(request.actor, case_id)
    only = queries.only_proceeding(request.actor, case_id)
    if only is not None:
        return _sheet(request, queries.proceeding(request.actor, only))
    return render(request, "web/list_page.html", {"listing": listing})


def proceeding(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    return _sheet(request, queries.proceeding(request.actor, proceeding_id))


def open_proceeding(request: ActorRequest, case_id: UUID) -> HttpResponse:
    opened = queries.new_for(request.actor, case_id)

    def save(data: Data) -> UUID:
        agency = Agency(data.pop("agency_kind"))
        return commands.open_proceeding(actor=request.actor, case_id=case_id, agency_kind=agency, **data)

    page = _page(opened, _("Open a proceeding"), _("Open the proceeding"), _("The proceeding is open."))
    return show_form(request, page, forms.ProceedingForm, save, initial={"agency_kind": Agency.POLICE})


def change_proceeding(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)

    def save(data: Data) -> UUID:
        agency = Agency(data.pop("agency_kind"))
        return commands.change_proceeding(actor=request.actor, proceeding_id=proceeding_id, agency_kind=agency, **data)

    def present() -> tuple[int, Mapping[str, object]]:
        now = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)
        return now.version, now.values

    page = _page(opened, _("Change the proceeding"), _("Save"), _("The proceeding is changed."))
    return show_form(request, page, forms.ProceedingForm, save, present=present)


def reach_stage(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)

    def save(data: Data) -> UUID:
        return commands.reach_stage(
            actor=request.actor, proceeding_id=proceeding_id, stage=Stage(data["stage"]), on=data["on"]
        )

    page = _page(opened, _("Add a stage"), _("Save"), _("The stage is recorded."))
    options = {"stages": queries.open_stages(proceeding_id)}
    return show_form(request, page, forms.StageForm, save, options=options)


def confirm_final(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)
    page = _page(
        opened,
        _("The proceeding is final"),
        _("It is final"),
        _("The proceeding is final."),
        template="web/confirm_page.html",
        consequences=[
            _("No further appeal is possible, as far as you know."),
            _("If no other proceeding is open, the accountability track of the case is final too."),
        ],
    )

    def save(data: Data) -> UUID:
        return commands.confirm_final(actor=request.actor, proceeding_id=proceeding_id, on=data["on"])

    return show_form(request, page, forms.FinalForm, save, initial={"on": queries.today()})


# ---- charges -----------------------------------------------------------------------------------------------


def propose_charge(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, commands.CHARGE_CHANGE, proceeding_id)

    def save(data: Data) -> UUID:
        return commands.propose_charge(
            actor=request.actor,
            proceeding_id=proceeding_id,
            accused_id=UUID(data["accused_id"]),
            survivor_id=_key(data["survivor_id"]),
            section=data["section"],
            iccs=data["iccs"],
            counts=data["counts"],
            attempted=data["attempted"],
            on=data["on"],
        )

    page = _page(opened, _("Propose a charge"), _("Propose the charge"), _("The charge is proposed."))
    options = {
        "accused": _people(request, opened.head.id, PartyRole.SUSPECT),
        "survivors": _people(request, opened.head.id, PartyRole.SURVIVOR),
    }
    given = {"counts": 1, "on": queries.today()}
    return show_form(request, page, forms.ChargeForm, save, initial=given, options=options)


def move_charge(request: ActorRequest, charge_id: UUID) -> HttpResponse:
    opened, state = queries.charge_for(request.actor, charge_id)

    def save(data: Data) -> UUID:
        return commands.move_charge(
            actor=request.actor,
            charge_id=charge_id,
            event=ChargeEvent(data["event"]),
            on=data["on"],
            reason=data["reason"],
            section=data.get("section") or None,
            counts=data.get("counts"),
        )

    page = _page(opened, _("Change a charge"), _("Save"), _("The charge is changed."))
    options = {"events": [event.value for event in rules.open_moves(state)]}
    return show_form(request, page, forms.ChargeMoveForm, save, initial=opened.values, options=options)


def pronounce(request: ActorRequest, charge_id: UUID) -> HttpResponse:
    opened, _state = queries.charge_for(request.actor, charge_id)
    page = _page(
        opened,
        _("Verdict on a charge"),
        _("Enter the verdict"),
        _("The verdict is entered."),
        template="web/confirm_page.html",
        consequences=[
            _("The charge and the status of the accused follow from it; nobody types them."),
            _("A verdict is entered once. Only an appeal changes it."),
        ],
    )

    def save(data: Data) -> UUID:
        return commands.pronounce(
            actor=request.actor,
            charge_id=charge_id,
            outcome=Outcome(data["outcome"]),
            on=data["on"],
            note=data["note"],
        )

    return show_form(request, page, forms.VerdictForm, save, initial={"on": queries.today()})


# ---- hearings ----------------------------------------------------------------------------------------------


def hearing(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    return _sheet(request, queries.hearing(request.actor, hearing_id))


def list_hearing(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.HEARING_CHANGE, proceeding_id)

    def save(data: Data) -> UUID:
        purpose = Purpose(data.pop("purpose"))
        return commands.list_hearing(actor=request.actor, proceeding_id=proceeding_id, purpose=purpose, **data)

    page = _page(opened, _("List a hearing"), _("List the hearing"), _("The hearing is listed."))
    return show_form(request, page, forms.HearingForm, save)


def change_hearing(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    opened = queries.hearing_for(request.actor, queries.HEARING_CHANGE, hearing_id)

    def save(data: Data) -> UUID:
        purpose = Purpose(data.pop("purpose"))
        return commands.change_hearing(actor=request.actor, hearing_id=hearing_id, purpose=purpose, **data)

    def present() -> tuple[int, Mapping[str, object]]:
        now = queries.hearing_for(request.actor, queries.HEARING_CHANGE, hearing_id)
        return now.version, now.values

    page = _page(opened, _("Change a hearing"), _("Save"), _("The hearing is changed."))
    return show_form(request, page, forms.HearingForm, save, present=present)


def _day(data: Data) -> Day:
    def chosen(name: str) -> frozenset[UUID]:
        return frozenset(UUID(key) for key in data.get(name) or ())

    return Day(
        attendance=data["attendance"],
        witnesses_summoned=data["witnesses_summoned"],
        witnesses_present=data["witnesses_present"],
        travelled=chosen("travelled"),
        waited=chosen("waited"),
        testified=chosen("testified"),
        without_news=chosen("without_news"),
        outcome=data["outcome"],
    )


def hold(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    def save(data: Data) -> UUID:
        return commands.hold_hearing(
            actor=request.actor, hearing_id=hearing_id, day=_day(data), next_at=data["next_at"]
        )

    return _after_hearing(request, hearing_id, _("The hearing was held"), forms.HoldForm, save)


def adjourn(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    def save(data: Data) -> UUID:
        return commands.adjourn_hearing(
            actor=request.actor,
            hearing_id=hearing_id,
            reason=data["reason"],
            party=data["party"],
            next_at=data["next_at"],
            day=_day(data),
        )

    return _after_hearing(request, hearing_id, _("The hearing was adjourned"), forms.AdjournForm, save)


def _after_hearing(
    request: ActorRequest, hearing_id: UUID, title: Said, form_class: type[Form], save: Any
) -> HttpResponse:
    opened = queries.hearing_for(request.actor, queries.HEARING_CHANGE, hearing_id)
    survivors, without_news = queries.survivor_choices(request.actor, hearing_id)
    page = _page(opened, title, _("Save"), _("It is written down. Now tell the survivor."))
    given = {"without_news": without_news}
    return show_form(request, page, form_class, save, initial=given, options={"survivors": survivors})


def vacate(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    opened = queries.hearing_for(request.actor, queries.HEARING_CHANGE, hearing_id)
    page = _page(
        opened,
        _("Cancel a hearing"),
        _("Cancel the hearing"),
        _("The hearing is cancelled."),
        template="web/confirm_page.html",
        grave=True,
        consequences=[_("It leaves every calendar. If it was moved, use “It was adjourned” or “Change” instead.")],
    )
    return show_form(
        request,
        page,
        EmptyForm,
        lambda data: commands.vacate_hearing(actor=request.actor, hearing_id=hearing_id),
    )


@require_POST
def prepared(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    opened = queries.hearing_for(request.actor, "prosecution:survivor:prepare", hearing_id)
    return act(
        request,
        lambda: commands.prepare_survivor(actor=request.actor, hearing_id=hearing_id),
        opened.back,
        _("Written down: the survivor is prepared."),
    )


def tell(request: ActorRequest, appearance_id: UUID) -> HttpResponse:
    opened = queries.telling_for(request.actor, appearance_id)
    page = _page(opened, _("Tell the survivor"), _("I told her"), _("Thank you. The promise to her is kept."))

    def save(data: Data) -> UUID:
        return commands.tell_survivor(actor=request.actor, appearance_id=appearance_id, on=data["on"], how=data["how"])

    return show_form(request, page, forms.ToldForm, save, initial=opened.values)


# ---- measures, verdicts, money -----------------------------------------------------------------------------


def request_measure(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)

    def save(data: Data) -> UUID:
        return commands.request_measure(
            actor=request.actor,
            proceeding_id=proceeding_id,
            person_id=UUID(data["person_id"]),
            measure=Measure(data["measure"]),
            on=data["on"],
        )

    page = _page(opened, _("Request protection in court"), _("Save"), _("The request is recorded."))
    options = {"survivors": _people(request, opened.head.id, PartyRole.SURVIVOR)}
    return show_form(request, page, forms.MeasureForm, save, initial={"on": queries.today()}, options=options)


def decide_measure(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    opened = queries.measure_for(request.actor, measure_id)

    def save(data: Data) -> UUID:
        return commands.decide_measure(
            actor=request.actor, measure_id=measure_id, granted=data["granted"] == "yes", on=data["on"]
        )

    page = _page(opened, _("What the court said to a request"), _("Save"), _("The decision is recorded."))
    return show_form(request, page, forms.MeasureDecisionForm, save, initial=opened.values)


def verdict(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    return _sheet(request, queries.verdict(request.actor, verdict_id))


def sentence(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)

    def save(data: Data) -> UUID:
        kind = SentenceKind(data.pop("kind"))
        return commands.enter_sentence(actor=request.actor, verdict_id=verdict_id, kind=kind, **data)

    page = _page(opened, _("Enter a sentence"), _("Enter the sentence"), _("The sentence is entered."))
    return show_form(request, page, forms.SentenceForm, save, initial=opened.values)


def take_back_verdict(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)
    page = _page(
        dataclasses.replace(opened, back=reverse("prosecution:case", args=[opened.head.id])),
        _("A verdict was entered by mistake"),
        _("Take the verdict back"),
        _("The verdict is taken back. The charge is before the court again."),
        template="web/confirm_page.html",
        grave=True,
        consequences=[
            _("Its sentences go with it, and so does what followed for the accused and the stages."),
            _("The ledger keeps that it was entered. If a higher court changed it, enter the appeal instead."),
        ],
    )
    return show_form(
        request, page, EmptyForm, lambda data: commands.take_back_verdict(actor=request.actor, verdict_id=verdict_id)
    )


def lodge_appeal(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)

    def save(data: Data) -> UUID:
        return commands.lodge_appeal(
            actor=request.actor, verdict_id=verdict_id, by=Appellant(data["by"]), on=data["on"]
        )

    page = _page(opened, _("An appeal was lodged"), _("Save"), _("The appeal is recorded."))
    return show_form(request, page, forms.AppealForm, save, initial=opened.values)


def decide_appeal(request: ActorRequest, verdict_id: UUID) -> HttpResponse:
    opened = queries.verdict_for(request.actor, verdict_id)

    def save(data: Data) -> UUID:
        outcome = None if data["outcome"] == "stands" else Outcome(data["outcome"])
        return commands.decide_appeal(actor=request.actor, verdict_id=verdict_id, outcome=outcome, on=data["on"])

    page = _page(opened, _("The appeal is decided"), _("Save"), _("The decision is recorded."))
    return show_form(request, page, forms.AppealDecisionForm, save, initial=opened.values)


def order_compensation(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.CHANGE, proceeding_id)

    def save(data: Data) -> UUID:
        return commands.order_compensation(
            actor=request.actor,
            proceeding_id=proceeding_id,
            person_id=UUID(data["person_id"]),
            amount=data["amount"],
            currency=data["currency"],
            on=data["on"],
        )

    page = _page(opened, _("Compensation was ordered"), _("Save"), _("The order is recorded."))
    options = {"survivors": _people(request, opened.head.id, PartyRole.SURVIVOR)}
    return show_form(request, page, forms.CompensationForm, save, initial={"on": queries.today()}, options=options)


def pay_compensation(request: ActorRequest, compensation_id: UUID) -> HttpResponse:
    opened = queries.compensation_for(request.actor, compensation_id)

    def save(data: Data) -> UUID:
        return commands.pay_compensation(
            actor=request.actor, compensation_id=compensation_id, amount=data["amount"], on=data["on"]
        )

    page = _page(opened, _("Compensation was paid"), _("Save"), _("The payment is recorded."))
    return show_form(request, page, forms.PaymentForm, save, initial=opened.values)


# ---- exhibits ----------------------------------------------------------------------------------------------


def exhibit(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    return _sheet(request, queries.exhibit(request.actor, exhibit_id))


def disclosure_log(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    return _sheet(request, queries.disclosure_log(request.actor, proceeding_id))


def propose_exhibit(request: ActorRequest, proceeding_id: UUID) -> HttpResponse:
    opened = queries.proceeding_for(request.actor, queries.EXHIBIT_CHANGE, proceeding_id)

    def save(data: Data) -> UUID:
        return commands.propose_exhibit(
            actor=request.actor,
            proceeding_id=proceeding_id,
            item_id=UUID(data["item_id"]),
            mark=data["mark"],
            on=data["on"],
        )

    page = _page(opened, _("Propose an exhibit"), _("Propose the exhibit"), _("The exhibit is proposed."))
    given = {"on": queries.today()}
    options = {"items": queries.item_choices(request.actor, proceeding_id, opened.head.id)}
    return show_form(request, page, forms.ExhibitForm, save, initial=given, options=options)


def move_exhibit(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    opened, state = queries.exhibit_for(request.actor, exhibit_id)

    def save(data: Data) -> UUID:
        event = ExhibitEvent(data.pop("event"))
        return commands.move_exhibit(actor=request.actor, exhibit_id=exhibit_id, event=event, **data)

    page = _page(opened, _("What the court did with an exhibit"), _("Save"), _("It is written down."))
    options = {"events": [event.value for event in rules.EXHIBIT_MOVES[state]]}
    return show_form(request, page, forms.ExhibitMoveForm, save, initial=opened.values, options=options)


def disclose(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    opened, _state = queries.exhibit_for(request.actor, exhibit_id)

    def save(data: Data) -> UUID:
        rests = commands.Rests(Ground(data["ground"]), data["order"], _key(data["basis_id"]))
        return commands.disclose(
            actor=request.actor,
            exhibit_id=exhibit_id,
            toward=Toward(data["toward"]),
            rests=rests,
            on=data["on"],
            to_whom=data["to_whom"],
            version=data["version"],
        )

    page = _page(opened, _("An exhibit was disclosed"), _("Save"), _("The disclosure is in the log."))
    consents = queries.consents_for_court(request.actor, opened.head.id)
    options = {"consents": [(str(key), label) for key, label in consents]}
    return show_form(request, page, forms.DisclosureForm, save, initial={"on": queries.today()}, options=options)


def protect(request: ActorRequest, exhibit_id: UUID) -> HttpResponse:
    opened, _state = queries.exhibit_for(request.actor, exhibit_id)

    def save(data: Data) -> UUID:
        return commands.protect(
            actor=request.actor,
            exhibit_id=exhibit_id,
            toward=Toward(data["toward"]),
            why=Protected(data["why"]),
            on=data["on"],
            order=data["order"],
        )

    page = _page(opened, _("A side must not have it"), _("Save"), _("It is written down."))
    return show_form(request, page, forms.ProtectForm, save, initial={"on": queries.today()})


# ---- calendar ----------------------------------------------------------------------------------------------


def calendar(request: ActorRequest) -> HttpResponse:
    now = queries.today()
    return month(request, now.year, now.month)


def month(request: ActorRequest, year: int, number: int) -> HttpResponse:
    _real_day(year, number, 1)
    page = queries.month(request.actor, year, number)
    return render(request, "prosecution/calendar.html", {"calendar": page})


def week(request: ActorRequest, year: int, number: int, day: int) -> HttpResponse:
    page = queries.week(request.actor, _real_day(year, number, day))
    return render(request, "prosecution/calendar.html", {"calendar": page})


def _real_day(year: int, number: int, day: int) -> date:
    if not 1900 <= year <= 2190:
        raise Http404
    try:
        return date(year, number, day)
    except ValueError as error:
        raise Http404 from error


def feeds(request: ActorRequest) -> HttpResponse:
    """One's own calendar feeds; the address of a new one is shown once, in the answer that makes it."""
    address = ""
    if request.method == "POST":
        secret = ids.entropy(SECRET_BYTES).hex()
        run_once(request, lambda: commands.make_feed(actor=request.actor, secret=secret))
        address = request.build_absolute_uri(reverse("prosecution:feed", args=[secret]))
    return render(request, "prosecution/feeds.html", {"feeds": queries.feeds(request.actor), "address": address})


@require_POST
def revoke_feed(request: ActorRequest, feed_id: UUID) -> HttpResponse:
    return act(
        request,
        lambda: commands.revoke_feed(actor=request.actor, feed_id=feed_id),
        reverse("prosecution:feeds"),
        _("The feed is ended."),
    )


@public
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program fetches, without a session: the secret in the address is all it has."""
    try:
        body = queries.feed(secret)
    except NotFound:
        return HttpResponse(status=404, content_type="text/plain")
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"Referrer-Policy": "no-referrer"})
