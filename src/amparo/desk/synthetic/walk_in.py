"""Reports that become no case, and those that wait today."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from amparo.desk.synthetic import texts
from amparo.desk.synthetic.agenda import Diary, Line
from amparo.desk.synthetic.names import named, phone
from amparo.desk.synthetic.plans import ReportPlan
from amparo.desk.synthetic.stage import Stage
from amparo.intake import commands as intake
from amparo.intake import queries as reports
from amparo.intake.commands import Tellers, Telling
from amparo.intake.words import (
    Channel,
    Danger,
    DeclineReason,
    Lack,
    Medical,
    OnwardEvent,
    ReferralBasis,
    Teller,
    Told,
)
from amparo.kernel.dates import PartialTime
from amparo.kernel.words import Role
from amparo.people.rules import NewContact
from amparo.people.words import ContactKind

# The first of the two limits of medical care lies three days after the incident.
_WINDOW_HOURS, _LEFT_HOURS = 72, 11


def report(stage: Stage, plan: ReportPlan) -> Line:
    """One report, and what was decided about it."""
    rng = stage.dice("report", plan.number)
    office = stage.offices[plan.office]
    taker = stage.who(office, Role.INTAKE, rng)
    diary = Diary(rng, stage.until - timedelta(days=plan.days_ago))
    yield diary.at
    telling, tellers = _told(stage, plan, diary)
    made = intake.take_report(actor=stage.actor(taker), office_id=office.id, telling=telling, tellers=tellers)
    if plan.fate in ("danger", "window", "waiting", "anonymous"):
        return
    yield diary.after(0.1, 1.5)
    intake.acknowledge(actor=stage.actor(taker), report_id=made)
    yield diary.after(0.2, 4)
    match plan.fate:
        case "declined":
            reason = rng.choice((DeclineReason.NOT_OUR_WORK, DeclineReason.OUT_OF_AREA, DeclineReason.SERVED_ELSEWHERE))
            intake.decline(actor=stage.actor(taker), report_id=made, reason=reason, told=Told.REPORTER)
        case "referred":
            intake.refer_on(
                actor=stage.actor(taker),
                report_id=made,
                partner_id=stage.partners[rng.choice(("legal", "shelters", "children"))],
                basis=ReferralBasis.CONSENT,
                sent=["contact", "summary"],
                told=Told.BOTH,
                remark="The duty worker there, by telephone.",
            )
            yield from _answered(stage, taker, made, diary)
        case "insufficient":
            intake.mark_insufficient(actor=stage.actor(taker), report_id=made, lack=Lack.NO_PLACE)
        case "duplicate":
            intake.mark_duplicate(
                actor=stage.actor(taker), report_id=made, remark="Told by the sister on the same day."
            )


def _answered(stage: Stage, taker: str, report_id: UUID, diary: Diary) -> Line:
    """What the other agency did; some have not answered yet."""
    onward = reports.onward_of(report_id)[-1]
    yield diary.after(1, 4)
    intake.move_onward(
        actor=stage.actor(taker),
        onward_id=onward,
        event=OnwardEvent.ACKNOWLEDGE,
        words="The duty worker has it, and calls her.",
    )
    yield diary.after(1, 12)
    event = diary.rng.choice((OnwardEvent.ACCEPT, OnwardEvent.ACCEPT, OnwardEvent.DECLINE))
    intake.move_onward(actor=stage.actor(taker), onward_id=onward, event=event)
    if event is OnwardEvent.DECLINE:
        yield diary.after(0.1, 1)
        intake.refer_on(
            actor=stage.actor(taker),
            report_id=report_id,
            partner_id=stage.partners["health"],
            basis=ReferralBasis.CONSENT,
            sent=["contact"],
            told=Told.SURVIVOR,
            remark="The social worker of the hospital, who has a place this week.",
        )


def _told(stage: Stage, plan: ReportPlan, diary: Diary) -> tuple[Telling, Tellers]:
    rng = diary.rng
    place = stage.offices[plan.office].place
    words = {
        "street": rng.choice(place.streets),
        "village": rng.choice(place.villages),
        "first": "She",
        "month": "spring",
        "hospital": place.hospital,
        "station": place.station,
    }
    matter = texts.MATTERS[{"danger": "partner", "window": "assault"}.get(plan.fate, rng.choice(list(texts.MATTERS)))]
    text = rng.choice(_TEXTS.get(plan.fate, matter.reports)).format_map(words)
    survivor = named(rng, "female")
    anonymous = plan.fate in ("anonymous", "insufficient")
    incident = None
    if plan.fate == "window":
        incident = PartialTime.exact(stage.until - timedelta(hours=_WINDOW_HOURS - _LEFT_HOURS))
    channel = Channel.MESSAGE if anonymous else rng.choice((Channel.PHONE, Channel.WALK_IN, Channel.PARTNER))
    told = Telling(
        channel=channel,
        partner_id=stage.partners["children"] if channel is Channel.PARTNER else None,
        danger=Danger.YES if plan.fate == "danger" else Danger.NO,
        danger_words="He is at the door now. Two children are with her." if plan.fate == "danger" else "",
        medical=Medical.NEEDED if plan.fate == "window" else Medical.NOT_NEEDED,
        incident=incident,
        summary=rng.choice(matter.titles).format_map(words),
        text=text,
        place=f"{words['street']}, {words['village']}",
        language=survivor.language,
    )
    tellers = Tellers(
        teller=Teller.ANONYMOUS if anonymous else Teller.OTHER,
        reporter_name="" if anonymous else named(rng, "female").full,
        survivor_name="" if plan.fate == "insufficient" else survivor.full,
        contact=None if anonymous else NewContact(ContactKind.PHONE, phone(rng), is_safe=True, hours="any time"),
    )
    return told, tellers


_TEXTS = {"declined": texts.NOT_OURS, "insufficient": texts.TOO_LITTLE}
