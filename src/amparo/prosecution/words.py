"""Code lists of the court room."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class Stage(StrEnum):
    """How far a proceeding has come, in the order in which attrition is counted."""

    REPORTED = "s0"
    STATEMENT = "s0s"
    IDENTIFIED = "s1"
    RESTRAINED = "s2"
    CHARGED = "s3"
    ENROLLED = "s4"
    TRIAL = "s5"
    VERDICT = "s6"
    CONVICTED = "s7"
    AS_CHARGED = "s7a"
    SENTENCED = "s8"
    FINAL = "s9"


STAGE_LABELS: Labels = {
    Stage.REPORTED: _("Complaint registered"),
    Stage.STATEMENT: _("Statement recorded"),
    Stage.IDENTIFIED: _("Suspect identified"),
    Stage.RESTRAINED: _("Suspect arrested or restrained"),
    Stage.CHARGED: _("Charged"),
    Stage.ENROLLED: _("Taken up by the court"),
    Stage.TRIAL: _("Trial begun"),
    Stage.VERDICT: _("Verdict"),
    Stage.CONVICTED: _("Convicted"),
    Stage.AS_CHARGED: _("Convicted as charged"),
    Stage.SENTENCED: _("Sentenced to custody"),
    Stage.FINAL: _("Final"),
}
# What people write down; the others follow from charges, hearings, verdicts and sentences.
TYPED_STAGES = (Stage.STATEMENT, Stage.IDENTIFIED, Stage.RESTRAINED, Stage.ENROLLED, Stage.TRIAL)


class ChargeState(StrEnum):
    PROPOSED = "proposed"
    FILED = "filed"
    AMENDED = "amended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    LESSER = "lesser"


CHARGE_LABELS: Labels = {
    ChargeState.PROPOSED: _("Proposed"),
    ChargeState.FILED: _("Filed"),
    ChargeState.AMENDED: _("Amended"),
    ChargeState.DECLINED: _("Declined by the prosecutor"),
    ChargeState.WITHDRAWN: _("Withdrawn"),
    ChargeState.DISMISSED: _("Dismissed"),
    ChargeState.CONVICTED: _("Convicted"),
    ChargeState.ACQUITTED: _("Acquitted"),
    ChargeState.LESSER: _("Convicted of a lesser offence"),
}


class ChargeEvent(StrEnum):
    FILE = "file"
    AMEND = "amend"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    DISMISS = "dismiss"
    CONVICT = "convict"
    ACQUIT = "acquit"
    LESSEN = "lessen"
    VARY_TO_CONVICTED = "vary_to_convicted"
    VARY_TO_ACQUITTED = "vary_to_acquitted"
    VARY_TO_LESSER = "vary_to_lesser"


CHARGE_EVENT_LABELS: Labels = {
    ChargeEvent.FILE: _("Filed with the court"),
    ChargeEvent.AMEND: _("Amended"),
    ChargeEvent.DECLINE: _("Declined by the prosecutor"),
    ChargeEvent.WITHDRAW: _("Withdrawn"),
    ChargeEvent.DISMISS: _("Dismissed by the court"),
}


class Attrition(StrEnum):
    """Why something left the way to a verdict."""

    UNIDENTIFIED = "unidentified"
    EVIDENCE = "insufficient_evidence"
    COMPLAINANT_WITHDREW = "complainant_withdrew"
    COMPLAINANT_UNTRACED = "complainant_untraced"
    PROSECUTOR_DECLINED = "prosecutor_declined"
    DISCHARGED = "discharged"
    WITHDRAWN = "withdrawn"
    ACQUITTED = "acquitted"
    DIED_OR_GONE = "died_or_absconded"
    DIVERTED = "diverted"
    MISTAKE = "mistake"
    OTHER = "other"


ATTRITION_LABELS: Labels = {
    Attrition.UNIDENTIFIED: _("The suspect was not identified"),
    Attrition.EVIDENCE: _("Not enough evidence"),
    Attrition.COMPLAINANT_WITHDREW: _("The complainant withdrew"),
    Attrition.COMPLAINANT_UNTRACED: _("The complainant could not be found"),
    Attrition.PROSECUTOR_DECLINED: _("The prosecutor declined for another reason"),
    Attrition.DISCHARGED: _("Struck off or discharged"),
    Attrition.WITHDRAWN: _("Withdrawn by the prosecution"),
    Attrition.DIED_OR_GONE: _("The accused died or absconded"),
    Attrition.DIVERTED: _("Settled outside the court"),
    Attrition.MISTAKE: _("It was entered by mistake, and counts nowhere"),
    Attrition.OTHER: _("Another reason"),
}

# Codes of the International Classification of Crime for Statistical Purposes (UNODC, version 1.0, 2015).
ICCS_LABELS: Labels = {
    "0203": _("0203 Slavery and exploitation"),
    "02031": _("02031 Slavery"),
    "02032": _("02032 Forced labour"),
    "020321": _("020321 Forced labour in homes"),
    "020322": _("020322 Forced labour in industry"),
    "020323": _("020323 Forced labour for the state or armed forces"),
    "020329": _("020329 Other forced labour"),
    "02039": _("02039 Other slavery and exploitation"),
    "0204": _("0204 Trafficking in persons"),
    "02041": _("02041 Trafficking for sexual exploitation"),
    "02042": _("02042 Trafficking for forced labour or services"),
    "02043": _("02043 Trafficking for the removal of organs"),
    "02044": _("02044 Trafficking for another purpose"),
    "0301": _("0301 Sexual violence"),
    "03011": _("03011 Rape"),
    "03012": _("03012 Sexual assault"),
    "0302": _("0302 Sexual exploitation"),
    "03021": _("03021 Sexual exploitation of adults"),
    "03022": _("03022 Sexual exploitation of children"),
    "030221": _("030221 Sexual abuse material of children"),
    "030222": _("030222 Children exploited in prostitution"),
    "030223": _("030223 Grooming of children"),
    "030229": _("030229 Other sexual exploitation of children"),
    "020221": _("020221 Kidnapping"),
    "02011": _("02011 Assault"),
    "020111": _("020111 Serious assault"),
    "0101": _("0101 Intentional homicide"),
    "0102": _("0102 Attempted intentional homicide"),
}


class Purpose(StrEnum):
    BAIL = "bail"
    ENROLMENT = "enrolment"
    PLEA = "plea"
    PRETRIAL = "pretrial"
    SURVIVOR_EVIDENCE = "survivor_evidence"
    SURVIVOR_CROSS = "survivor_cross"
    WITNESSES = "witnesses"
    EXPERT = "expert"
    ACCUSED = "accused"
    CLOSING = "closing"
    VERDICT = "verdict"
    SENTENCE = "sentence"
    COMPENSATION = "compensation"
    APPEAL = "appeal"
    OTHER = "other"


PURPOSE_LABELS: Labels = {
    Purpose.BAIL: _("Remand or bail"),
    Purpose.ENROLMENT: _("Taking up of the case"),
    Purpose.PLEA: _("Charges read and plea"),
    Purpose.PRETRIAL: _("Before the trial, disclosure"),
    Purpose.SURVIVOR_EVIDENCE: _("The survivor's evidence"),
    Purpose.SURVIVOR_CROSS: _("Questions of the defence to the survivor"),
    Purpose.WITNESSES: _("Witnesses"),
    Purpose.EXPERT: _("Expert"),
    Purpose.ACCUSED: _("Evidence of the accused"),
    Purpose.CLOSING: _("Closing arguments"),
    Purpose.VERDICT: _("Verdict"),
    Purpose.SENTENCE: _("Sentence"),
    Purpose.COMPENSATION: _("Compensation"),
    Purpose.APPEAL: _("Appeal"),
    Purpose.OTHER: _("Another purpose"),
}
TRIAL_PURPOSES = frozenset(
    {
        Purpose.SURVIVOR_EVIDENCE,
        Purpose.SURVIVOR_CROSS,
        Purpose.WITNESSES,
        Purpose.EXPERT,
        Purpose.ACCUSED,
        Purpose.CLOSING,
    }
)


class HearingState(StrEnum):
    LISTED = "listed"
    HELD = "held"
    ADJOURNED = "adjourned"
    VACATED = "vacated"


HEARING_LABELS: Labels = {
    HearingState.LISTED: _("Listed"),
    HearingState.HELD: _("Held"),
    HearingState.ADJOURNED: _("Adjourned"),
    HearingState.VACATED: _("Cancelled"),
}


class HearingEvent(StrEnum):
    CHANGE = "change"
    HOLD = "hold"
    ADJOURN = "adjourn"
    VACATE = "vacate"


class AdjournReason(StrEnum):
    JUDGE = "judge_absent"
    PROSECUTOR = "prosecutor_absent"
    DEFENCE = "defence_absent"
    ACCUSED = "accused_not_produced"
    WITNESS = "witness_absent"
    SURVIVOR = "survivor_unavailable"
    FILE = "file_missing"
    FORENSIC = "forensic_pending"
    INTERPRETER = "interpreter_absent"
    OVERLOAD = "court_overload"
    STRIKE = "strike_or_holiday"
    MOTION = "legal_motion"
    OTHER = "other"


ADJOURN_LABELS: Labels = {
    AdjournReason.JUDGE: _("Judge absent or transferred"),
    AdjournReason.PROSECUTOR: _("Prosecutor absent or not ready"),
    AdjournReason.DEFENCE: _("Defence absent or asked for it"),
    AdjournReason.ACCUSED: _("Accused not brought, or absconded"),
    AdjournReason.WITNESS: _("Witness absent, summons not served"),
    AdjournReason.SURVIVOR: _("Survivor not able to come, or not safe"),
    AdjournReason.FILE: _("The court's file was missing"),
    AdjournReason.FORENSIC: _("Forensic report not there yet"),
    AdjournReason.INTERPRETER: _("Interpreter absent"),
    AdjournReason.OVERLOAD: _("The court had too many cases"),
    AdjournReason.STRIKE: _("Strike or holiday"),
    AdjournReason.MOTION: _("A legal motion"),
    AdjournReason.OTHER: _("Another reason"),
}


class Side(StrEnum):
    """On whom an adjournment rests."""

    COURT = "court"
    PROSECUTION = "prosecution"
    DEFENCE = "defence"
    POLICE = "police"
    LABORATORY = "laboratory"
    SURVIVOR = "survivor"
    NOBODY = "nobody"


SIDE_LABELS: Labels = {
    Side.COURT: _("The court"),
    Side.PROSECUTION: _("The prosecution"),
    Side.DEFENCE: _("The defence"),
    Side.POLICE: _("The police"),
    Side.LABORATORY: _("The laboratory"),
    Side.SURVIVOR: _("The survivor's side"),
    Side.NOBODY: _("Nobody"),
}

ATTENDANCE_LABELS: Labels = {
    "prosecutor": _("Prosecutor"),
    "defence": _("Defence"),
    "accused": _("Accused"),
    "survivor": _("Survivor"),
    "support_person": _("Support person"),
    "interpreter": _("Interpreter"),
}


class Measure(StrEnum):
    IN_CAMERA = "in_camera"
    SCREEN = "screen"
    VIDEO_LINK = "video_link"
    PRERECORDED = "prerecorded"
    INTERMEDIARY = "intermediary"
    SUPPORT_PERSON = "support_person"
    FACILITY_DOG = "facility_dog"
    NO_PERSONAL_CROSS = "no_personal_cross"
    PSEUDONYM = "pseudonym"
    STAGGERED = "staggered_arrival"
    SEPARATE_ENTRANCE = "separate_entrance"
    INTERPRETER = "interpreter"


MEASURE_LABELS: Labels = {
    Measure.IN_CAMERA: _("Closed to the public"),
    Measure.SCREEN: _("A screen before the accused"),
    Measure.VIDEO_LINK: _("By video from another room"),
    Measure.PRERECORDED: _("Interview recorded beforehand"),
    Measure.INTERMEDIARY: _("Questions through an intermediary"),
    Measure.SUPPORT_PERSON: _("A support person beside her"),
    Measure.FACILITY_DOG: _("A facility dog"),
    Measure.NO_PERSONAL_CROSS: _("No questions by the accused in person"),
    Measure.PSEUDONYM: _("Her name kept out of the record"),
    Measure.STAGGERED: _("Arrival at another time than the accused"),
    Measure.SEPARATE_ENTRANCE: _("An entrance and waiting room of her own"),
    Measure.INTERPRETER: _("An interpreter"),
}
# What is proposed for whoever was a child at the incident: privacy and protection from hardship.
CHILD_MEASURES = (
    Measure.IN_CAMERA,
    Measure.VIDEO_LINK,
    Measure.SUPPORT_PERSON,
    Measure.NO_PERSONAL_CROSS,
    Measure.PSEUDONYM,
    Measure.SEPARATE_ENTRANCE,
)


class MeasureState(StrEnum):
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"


MEASURE_STATE_LABELS: Labels = {
    MeasureState.REQUESTED: _("Requested"),
    MeasureState.GRANTED: _("Granted"),
    MeasureState.REFUSED: _("Refused"),
}


class Outcome(StrEnum):
    """What a verdict says about one charge."""

    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    LESSER = "lesser"


OUTCOME_LABELS: Labels = {
    Outcome.CONVICTED: _("Convicted as charged"),
    Outcome.LESSER: _("Convicted of a lesser offence"),
    Outcome.ACQUITTED: _("Acquitted"),
}


class VerdictState(StrEnum):
    PRONOUNCED = "pronounced"
    APPEALED = "appealed"
    VARIED = "varied"
    FINAL = "final"


VERDICT_STATE_LABELS: Labels = {
    VerdictState.PRONOUNCED: _("Pronounced"),
    VerdictState.APPEALED: _("On appeal"),
    VerdictState.VARIED: _("Changed on appeal"),
    VerdictState.FINAL: _("Final"),
}


class VerdictEvent(StrEnum):
    LODGE = "lodge"
    UPHOLD = "uphold"
    VARY = "vary"
    FINALISE = "finalise"


class Appellant(StrEnum):
    DEFENCE = "defence"
    PROSECUTION = "prosecution"
    SURVIVOR = "survivor"


APPELLANT_LABELS: Labels = {
    Appellant.DEFENCE: _("The defence"),
    Appellant.PROSECUTION: _("The prosecution"),
    Appellant.SURVIVOR: _("The survivor"),
}


class SentenceKind(StrEnum):
    CUSTODY = "custody"
    LIFE = "life"
    SUSPENDED = "suspended"
    FINE = "fine"
    COMMUNITY = "community"
    OTHER = "other"


SENTENCE_LABELS: Labels = {
    SentenceKind.CUSTODY: _("Custody"),
    SentenceKind.LIFE: _("Custody for life"),
    SentenceKind.SUSPENDED: _("Suspended custody"),
    SentenceKind.FINE: _("Fine"),
    SentenceKind.COMMUNITY: _("Service or supervision in the community"),
    SentenceKind.OTHER: _("Another sentence"),
}
CUSTODIAL = frozenset({SentenceKind.CUSTODY, SentenceKind.LIFE})


class OrderKind(StrEnum):
    """What a court or an authority ordered about one accused."""

    PROTECTION = "protection"
    NO_CONTACT = "no_contact"
    BAIL = "bail"
    DEPORTATION = "deportation"
    CONFISCATION = "confiscation"
    OTHER = "other"


ORDER_LABELS: Labels = {
    OrderKind.PROTECTION: _("Protection order"),
    OrderKind.NO_CONTACT: _("No contact"),
    OrderKind.BAIL: _("Bail"),
    OrderKind.DEPORTATION: _("Deportation"),
    OrderKind.CONFISCATION: _("Confiscation"),
    OrderKind.OTHER: _("Another order"),
}


class OrderState(StrEnum):
    """What somebody wrote down about an order. That its last day has passed follows from the day."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    VARIED = "varied"
    LIFTED = "lifted"
    MISTAKEN = "mistaken"


class OrderEvent(StrEnum):
    VARY = "vary"
    LIFT = "lift"
    EXPIRE = "expire"
    BREACH = "breach"
    TAKE_BACK = "take_back"
    BRING_BACK = "bring_back"


class Standing(StrEnum):
    """How an order stands today."""

    AHEAD = "ahead"
    IN_FORCE = "in_force"
    BREACHED = "breached"
    ENDED = "ended"
    EXPIRED = "expired"
    VARIED = "varied"
    LIFTED = "lifted"
    MISTAKEN = "mistaken"


STANDING_LABELS: Labels = {
    Standing.AHEAD: pgettext_lazy("order", "Begins later"),
    Standing.IN_FORCE: pgettext_lazy("order", "In force"),
    Standing.BREACHED: pgettext_lazy("order", "Breached, and in force"),
    Standing.ENDED: pgettext_lazy("order", "Ended, not looked at"),
    Standing.EXPIRED: pgettext_lazy("order", "Expired"),
    Standing.VARIED: pgettext_lazy("order", "Varied"),
    Standing.LIFTED: pgettext_lazy("order", "Lifted"),
    Standing.MISTAKEN: _("Entered by mistake"),
}


class Mistake(StrEnum):
    """Why something that was entered is put right."""

    TYPED = "typed"
    MISTOLD = "mistold"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    OTHER = "other"


MISTAKE_LABELS: Labels = {
    Mistake.TYPED: _("It was typed wrongly"),
    Mistake.MISTOLD: _("We were told wrongly"),
    Mistake.ELSEWHERE: _("It belongs somewhere else"),
    Mistake.TWICE: _("It was written down twice"),
    Mistake.OTHER: _("Another reason"),
}


class Corrected(StrEnum):
    """What was put right."""

    HEARING = "hearing"
    SENTENCE = "sentence"
    COMPENSATION = "compensation"


class ClockState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"


CLOCK_LABELS: Labels = {
    ClockState.WAITING: _("Not started"),
    ClockState.RUNNING: _("Running"),
    ClockState.LATE: _("Late"),
    ClockState.MET: pgettext_lazy("a time limit", "Kept"),
    ClockState.MET_LATE: _("Kept too late"),
}

TOLD_LABELS: Labels = {
    "in_person": _("In person"),
    "phone": _("By telephone"),
    "caregiver": _("Through her caregiver, as she wishes"),
    "message": _("By a message that is safe for her"),
}


class ExhibitState(StrEnum):
    PROPOSED = "proposed"
    DISCLOSED = "disclosed"
    TENDERED = "tendered"
    ADMITTED = "admitted"
    EXCLUDED = "excluded"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


EXHIBIT_LABELS: Labels = {
    ExhibitState.PROPOSED: pgettext_lazy("exhibit", "Proposed"),
    ExhibitState.DISCLOSED: pgettext_lazy("exhibit", "Disclosed"),
    ExhibitState.TENDERED: pgettext_lazy("exhibit", "Tendered"),
    ExhibitState.ADMITTED: pgettext_lazy("exhibit", "Admitted"),
    ExhibitState.EXCLUDED: pgettext_lazy("exhibit", "Excluded"),
    ExhibitState.RETURNED: pgettext_lazy("exhibit", "Returned by the court"),
    ExhibitState.WITHDRAWN: pgettext_lazy("exhibit", "Not used"),
}


class ExhibitEvent(StrEnum):
    """What a lawyer writes down about an exhibit; that it was disclosed follows from the disclosure itself."""

    TENDER = "tender"
    ADMIT = "admit"
    EXCLUDE = "exclude"
    RETURN = "return"
    WITHDRAW = "withdraw"


EXHIBIT_EVENT_LABELS: Labels = {
    ExhibitEvent.TENDER: _("It was tendered: shown in court under its mark"),
    ExhibitEvent.ADMIT: _("The court admitted it"),
    ExhibitEvent.EXCLUDE: _("The court excluded it"),
    ExhibitEvent.RETURN: _("The court returned it"),
    ExhibitEvent.WITHDRAW: _("It will not be used"),
}


class Toward(StrEnum):
    """To which side something is disclosed."""

    PROSECUTION = "prosecution"
    DEFENCE = "defence"
    COURT = "court"


TOWARD_LABELS: Labels = {
    Toward.PROSECUTION: _("The prosecution"),
    Toward.DEFENCE: _("The defence"),
    Toward.COURT: _("The court"),
}


class Ground(StrEnum):
    """Why something may be disclosed. A summons is none of these."""

    ORDER = "order"
    DUTY = "duty"
    CONSENT = "consent"


GROUND_LABELS: Labels = {
    Ground.ORDER: _("An order of the court"),
    Ground.DUTY: _("A duty under the law"),
    Ground.CONSENT: _("A consent that is in force"),
}


class Protected(StrEnum):
    """Why something may not be disclosed."""

    PRIVILEGE = "privilege"
    CARE = "care"
    WHEREABOUTS = "whereabouts"
    OTHERS = "others"
    REFUSED = "refused"


PROTECTED_LABELS: Labels = {
    Protected.PRIVILEGE: _("What she told her lawyer"),
    Protected.CARE: _("A record of her care or treatment"),
    Protected.WHEREABOUTS: _("It tells where somebody is safe"),
    Protected.OTHERS: _("It is about people who have no part in the case"),
    Protected.REFUSED: _("The court refused it"),
}
