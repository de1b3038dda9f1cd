"""Code lists of examination kits: where a kit is, what is done with it, and what a laboratory is asked."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels = dict[str, str | Promise]


class BoxState(StrEnum):
    """Where a kit is before it is used. It is about nobody until then."""

    ON_THE_WAY = "on_the_way"
    AT_FACILITY = "at_facility"
    USED = "used"
    DISCARDED = "discarded"


BOX_LABELS: Labels = {
    BoxState.ON_THE_WAY: _("On its way to the facility"),
    BoxState.AT_FACILITY: _("In stock"),
    BoxState.USED: _("Used"),
    BoxState.DISCARDED: _("Discarded unused"),
}


class Discard(StrEnum):
    EXPIRED = "expired"
    DAMAGED = "damaged"
    RECALLED = "recalled"
    LOST = "lost"


DISCARD_LABELS: Labels = {
    Discard.EXPIRED: _("It has expired"),
    Discard.DAMAGED: _("It is damaged or was opened"),
    Discard.RECALLED: _("The maker called it back"),
    Discard.LOST: _("It can't be found"),
}


class State(StrEnum):
    """Where a used kit is, from the examination to the end of its keeping."""

    REPORTED = "reported"
    HELD = "held"
    PICKED_UP = "picked_up"
    STORED = "stored"
    SENT = "sent"
    RECEIVED = "received"
    IN_ANALYSIS = "in_analysis"
    COMPLETE = "complete"
    RETURNED = "returned"
    RETAINED = "retained"
    DESTROYED = "destroyed"
    RELEASED = "released"


STATE_LABELS: Labels = {
    State.REPORTED: _("Used, waiting to be picked up"),
    State.HELD: _("Used, not reported: held"),
    State.PICKED_UP: _("Picked up by the police"),
    State.STORED: _("In store"),
    State.SENT: _("Sent to the laboratory"),
    State.RECEIVED: _("At the laboratory"),
    State.IN_ANALYSIS: _("In analysis"),
    State.COMPLETE: _("Analysis complete"),
    State.RETURNED: _("Back from the laboratory"),
    State.RETAINED: _("Kept until a day"),
    State.DESTROYED: _("Destroyed"),
    State.RELEASED: _("Given back to her"),
}
# The sentence of a kit's page; the parameters are filled in by the page.
WHERE: Labels = {
    State.REPORTED: _("Used at %(place)s, %(day)s. Nobody has picked it up yet."),
    State.HELD: _("Held for her at %(place)s. She has not reported."),
    State.PICKED_UP: _("The police have it since %(day)s."),
    State.STORED: _("In store since %(day)s."),
    State.SENT: _("On its way to %(laboratory)s since %(day)s."),
    State.RECEIVED: _("At %(laboratory)s since %(day)s."),
    State.IN_ANALYSIS: _("In analysis at %(laboratory)s since %(day)s."),
    State.COMPLETE: _("%(laboratory)s has finished, %(day)s."),
    State.RETURNED: _("Back from %(laboratory)s since %(day)s."),
    State.RETAINED: _("Kept since %(day)s."),
    State.DESTROYED: _("Destroyed, %(day)s."),
    State.RELEASED: _("Given back to her, %(day)s."),
}
# Where the columns of the board are narrow.
SHORT_LABELS: Labels = {
    State.REPORTED: pgettext_lazy("a kit", "Waiting"),
    State.HELD: pgettext_lazy("a kit", "Held"),
    State.PICKED_UP: pgettext_lazy("a kit", "Picked up"),
    State.STORED: pgettext_lazy("a kit", "Stored"),
    State.SENT: pgettext_lazy("a kit", "Sent"),
    State.RECEIVED: pgettext_lazy("a kit", "Received"),
    State.IN_ANALYSIS: pgettext_lazy("a kit", "In analysis"),
    State.COMPLETE: pgettext_lazy("a kit", "Complete"),
    State.RETURNED: pgettext_lazy("a kit", "Back"),
    State.RETAINED: pgettext_lazy("a kit", "Kept"),
    State.DESTROYED: pgettext_lazy("a kit", "Destroyed"),
    State.RELEASED: pgettext_lazy("a kit", "Given back"),
}
ENDED = frozenset({State.DESTROYED, State.RELEASED})
AT_LABORATORY = frozenset({State.SENT, State.RECEIVED, State.IN_ANALYSIS})


class Kind(StrEnum):
    """What is done with a used kit. Each is a dated step, by somebody, with the seal read where it changes hands."""

    USE = "use"
    REPORT = "report"
    PROLONG = "prolong"
    PICK_UP = "pick_up"
    STORE = "store"
    SEND = "send"
    ARRIVE = "arrive"
    BEGIN = "begin"
    COMPLETE = "complete"
    RETURN = "return"
    RETAIN = "retain"
    DESTROY = "destroy"
    RELEASE = "release"


KIND_LABELS: Labels = {
    Kind.USE: _("Used in an examination"),
    Kind.REPORT: _("She decided to report"),
    Kind.PROLONG: _("Held for longer"),
    Kind.PICK_UP: _("Picked up by the police"),
    Kind.STORE: _("Put into store"),
    Kind.SEND: _("Sent to the laboratory"),
    Kind.ARRIVE: _("The laboratory has received it"),
    Kind.BEGIN: _("The analysis has begun"),
    Kind.COMPLETE: _("The analysis is complete"),
    Kind.RETURN: _("Came back from the laboratory"),
    Kind.RETAIN: _("Kept until a day"),
    Kind.DESTROY: _("Destroyed"),
    Kind.RELEASE: _("Given back to her"),
}
ACT_LABELS: Labels = {
    Kind.REPORT: _("She wants to report"),
    Kind.PROLONG: _("Hold it for longer"),
    Kind.PICK_UP: _("The police pick it up"),
    Kind.STORE: _("It goes into store"),
    Kind.SEND: _("Send it to the laboratory"),
    Kind.ARRIVE: _("The laboratory has received it"),
    Kind.BEGIN: _("The analysis has begun"),
    Kind.COMPLETE: _("The analysis is complete"),
    Kind.RETURN: _("It came back"),
    Kind.RETAIN: _("Keep it until a day"),
    Kind.DESTROY: _("Destroy it"),
    Kind.RELEASE: _("Give it back to her"),
}


class Touch(StrEnum):
    """What a step does to the chain of custody of the kit's item, in the same act."""

    NOTHING = "nothing"
    GIVE = "give"
    TO_LABORATORY = "to_laboratory"
    COME_BACK = "come_back"
    MOVE = "move"
    KEEP = "keep"
    DESTROY = "destroy"
    RETURN = "return"


class Alarm(StrEnum):
    """What is late, or will be."""

    NOT_PICKED_UP = "not_picked_up"
    NOT_SENT = "not_sent"
    NO_RESULT = "no_result"
    KEEPING_ENDS = "keeping_ends"
    ENDS_BEFORE_LIMITATION = "ends_before_limitation"
    EXPIRING = "expiring"
    EXPIRED = "expired"


ALARM_LABELS: Labels = {
    Alarm.NOT_PICKED_UP: _("Nobody has picked it up"),
    Alarm.NOT_SENT: _("It was not sent to the laboratory"),
    Alarm.NO_RESULT: _("The result is overdue"),
    Alarm.KEEPING_ENDS: _("Its keeping ends soon"),
    Alarm.ENDS_BEFORE_LIMITATION: _("Its keeping ends before a case could still be brought"),
    Alarm.EXPIRING: _("It expires soon"),
    Alarm.EXPIRED: _("It has expired"),
}


class Coarse(StrEnum):
    """What a survivor is told who asks by her number."""

    YOURS_TO_DECIDE = "yours_to_decide"
    SAFE = "safe"
    WITH_AUTHORITIES = "with_authorities"
    BEING_EXAMINED = "being_examined"
    EXAMINED = "examined"
    KEPT = "kept"
    ENDED = "ended"


COARSE_LABELS: Labels = {
    Coarse.YOURS_TO_DECIDE: _("It is kept safe and sealed. Nobody examines it unless you say so."),
    Coarse.SAFE: _("It is kept safe and sealed. It waits to be picked up."),
    Coarse.WITH_AUTHORITIES: _("The authorities have it. It is kept safe and sealed."),
    Coarse.BEING_EXAMINED: _("It is with those who examine it."),
    Coarse.EXAMINED: _("It has been examined."),
    Coarse.KEPT: _("It has been examined and is kept safe."),
    Coarse.ENDED: _("It is not kept any more."),
}
COARSE_NEXT: Labels = {
    Coarse.YOURS_TO_DECIDE: _("You decide. If you want to go on, or have questions, ask the person who gave you this."),
    Coarse.SAFE: _("The authorities will fetch it. You need to do nothing."),
    Coarse.WITH_AUTHORITIES: _("They will send it to be examined. You need to do nothing."),
    Coarse.BEING_EXAMINED: _("This often takes months. You need to do nothing."),
    Coarse.EXAMINED: _("If you want to know what was found, ask the person who gave you this. You need not know."),
    Coarse.KEPT: _("It stays where it is. If you have questions, ask the person who gave you this."),
    Coarse.ENDED: _("If you want to know more, ask the person who gave you this."),
}


class RequestState(StrEnum):
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    IN_ANALYSIS = "in_analysis"
    REPORTED = "reported"
    REJECTED = "rejected"


REQUEST_LABELS: Labels = {
    RequestState.DRAFTED: _("Drafted"),
    RequestState.SUBMITTED: _("Submitted"),
    RequestState.RECEIVED: _("Received"),
    RequestState.IN_ANALYSIS: _("In analysis"),
    RequestState.REPORTED: _("Reported"),
    RequestState.REJECTED: _("Rejected"),
}


class Ask(StrEnum):
    """What happens to a request."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    BEGIN = "begin"
    REPORT = "report"
    REJECT = "reject"


ASK_LABELS: Labels = {
    Ask.SUBMIT: _("Submit it"),
    Ask.RECEIVE: _("The laboratory has received it"),
    Ask.BEGIN: _("The analysis has begun"),
    Ask.REPORT: _("The laboratory has reported"),
    Ask.REJECT: _("The laboratory has rejected it"),
}


class LabTest(StrEnum):
    SCREENING = "screening"
    DNA = "dna"
    DNA_DATABASE = "dna_database"
    DRUGS = "drugs"
    ALCOHOL = "alcohol"
    FIBRES = "fibres"
    FINGERPRINTS = "fingerprints"
    OTHER = "other"


TEST_LABELS: Labels = {
    LabTest.SCREENING: _("Screening for body fluids"),
    LabTest.DNA: _("DNA profile"),
    LabTest.DNA_DATABASE: _("Comparison with a DNA database"),
    LabTest.DRUGS: _("Drugs and sedatives"),
    LabTest.ALCOHOL: _("Alcohol"),
    LabTest.FIBRES: _("Fibres, hair and traces"),
    LabTest.FINGERPRINTS: _("Fingerprints"),
    LabTest.OTHER: _("Other tests"),
}


class Outcome(StrEnum):
    """What a laboratory found, in short."""

    NOTHING = "nothing"
    FLUID = "fluid"
    PROFILE = "profile"
    MATCH = "match"
    EXCLUDED = "excluded"
    SUBSTANCE = "substance"
    UNCLEAR = "unclear"


OUTCOME_LABELS: Labels = {
    Outcome.NOTHING: _("Nothing that could be examined was found. That proves nothing against her."),
    Outcome.FLUID: _("Body fluid found"),
    Outcome.PROFILE: _("A profile that can be compared"),
    Outcome.MATCH: _("A profile that fits somebody's"),
    Outcome.EXCLUDED: _("A profile that does not fit the suspect's"),
    Outcome.SUBSTANCE: _("A substance found"),
    Outcome.UNCLEAR: _("No clear result"),
}


class Rejection(StrEnum):
    SEAL = "seal"
    PAPERS = "papers"
    CONDITION = "condition"
    NOT_DONE_HERE = "not_done_here"
    WITHDRAWN = "withdrawn"


REJECTION_LABELS: Labels = {
    Rejection.SEAL: _("The seal was broken or another one"),
    Rejection.PAPERS: _("Papers were missing"),
    Rejection.CONDITION: _("Its condition did not allow it"),
    Rejection.NOT_DONE_HERE: _("The laboratory does not do this"),
    Rejection.WITHDRAWN: _("We took the request back"),
}


class Reader(StrEnum):
    """For whom a laboratory's report is written: it decides who is shown it."""

    MEDICAL = "C3"
    PROCEEDING = "C6"


READER_LABELS: Labels = {
    Reader.PROCEEDING: _("The proceeding: investigators and lawyers of the case"),
    Reader.MEDICAL: _("The medical file only: the examiner"),
}
