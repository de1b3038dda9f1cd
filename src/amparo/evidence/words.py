"""Code lists of evidence and custody."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = dict[str, str | Promise]


class Form(StrEnum):
    """How we have an item: in our hands, as a file, or only as a note of where it is."""

    PHYSICAL = "physical"
    FILE = "file"
    REFERENCE = "reference"


FORM_LABELS: Labels = {
    Form.PHYSICAL: _("An object"),
    Form.FILE: _("A file"),
    Form.REFERENCE: _("By reference: an authority holds it"),
}


class Category(StrEnum):
    PHYSICAL = "physical"
    BIOLOGICAL = "biological"
    DOCUMENTARY = "documentary"
    DIGITAL = "digital"
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    TESTIMONIAL = "testimonial"


CATEGORY_LABELS: Labels = {
    Category.PHYSICAL: _("An object or clothing"),
    Category.BIOLOGICAL: _("Biological: a swab, hair, a sample"),
    Category.DOCUMENTARY: _("A document"),
    Category.DIGITAL: _("Digital: a device, messages, records"),
    Category.PHOTO: _("A photograph"),
    Category.VIDEO: _("A video"),
    Category.AUDIO: _("A sound recording"),
    Category.TESTIMONIAL: _("A recorded or written statement"),
}


class Storage(StrEnum):
    """What the item needs so that it keeps."""

    ROOM = "room"
    DRY = "dry"
    COOL = "cool"
    FROZEN = "frozen"
    SHIELDED = "shielded"
    ENCRYPTED = "encrypted"


STORAGE_LABELS: Labels = {
    Storage.ROOM: _("Room temperature"),
    Storage.DRY: _("Dry, in paper"),
    Storage.COOL: _("In the refrigerator"),
    Storage.FROZEN: _("Frozen"),
    Storage.SHIELDED: _("Shielded from radio signals"),
    Storage.ENCRYPTED: _("In the sealed file store"),
}


class Authority(StrEnum):
    """Who holds an item that we keep by reference only."""

    POLICE = "police"
    PROSECUTOR = "prosecutor"
    COURT = "court"
    HOTLINE = "hotline"
    PLATFORM = "platform"
    OTHER = "other"


AUTHORITY_LABELS: Labels = {
    Authority.POLICE: _("Police"),
    Authority.PROSECUTOR: _("Prosecutor"),
    Authority.COURT: _("Court"),
    Authority.HOTLINE: _("A hotline for reports of child abuse material"),
    Authority.PLATFORM: _("An online platform"),
    Authority.OTHER: _("Another authority"),
}


class State(StrEnum):
    """Where an item is in its life; it follows from the custody events."""

    HELD = "held"
    PENDING = "pending"
    OUTSIDE = "outside"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    ELSEWHERE = "elsewhere"
    ISOLATED = "isolated"


STATE_LABELS: Labels = {
    State.HELD: _("In custody"),
    State.PENDING: _("Handed over, not yet received"),
    State.OUTSIDE: _("With somebody outside"),
    State.RETURNED: _("Returned"),
    State.DESTROYED: _("Destroyed"),
    State.ELSEWHERE: _("By reference"),
    State.ISOLATED: _("Isolated"),
}
ENDED = frozenset({State.RETURNED, State.DESTROYED, State.ISOLATED})


class Kind(StrEnum):
    """A kind of custody event."""

    COLLECTED = "collected"
    SEALED = "sealed"
    SEAL_CHECKED = "seal_checked"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    OPENED = "opened"
    RE_SEALED = "re_sealed"
    MOVED = "moved"
    PHOTOGRAPHED = "photographed"
    COPIED = "copied"
    LAB_SUBMITTED = "lab_submitted"
    LAB_RETURNED = "lab_returned"
    EXHIBITED = "exhibited"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    HOLD_PLACED = "hold_placed"
    HOLD_LIFTED = "hold_lifted"
    VIEWED = "viewed"
    VERIFIED_HASH = "verified_hash"
    CORRECTED = "corrected"
    GAP_EXPLAINED = "gap_explained"
    ISOLATION_ASKED = "isolation_asked"
    ISOLATED = "isolated"
    OPENING_ASKED = "opening_asked"
    DESTROYING_ASKED = "destroying_asked"
    NOT_CONFIRMED = "not_confirmed"


KIND_LABELS: Labels = {
    Kind.COLLECTED: _("Collected"),
    Kind.SEALED: _("Sealed"),
    Kind.SEAL_CHECKED: _("Seal checked"),
    Kind.HANDED_OVER: _("Given"),
    Kind.RECEIVED: _("Received"),
    Kind.REFUSED: _("Not accepted"),
    Kind.TAKEN_BACK: _("Hand-over taken back"),
    Kind.OPENED: _("Opened and sealed again"),
    Kind.RE_SEALED: _("New seal put on"),
    Kind.MOVED: _("Moved"),
    Kind.PHOTOGRAPHED: _("Photographed"),
    Kind.COPIED: _("Copied"),
    Kind.LAB_SUBMITTED: _("Given to a laboratory"),
    Kind.LAB_RETURNED: _("Back from the laboratory"),
    Kind.EXHIBITED: _("Shown in court"),
    Kind.RETURNED: _("Returned to its owner"),
    Kind.DESTROYED: _("Destroyed"),
    Kind.HOLD_PLACED: _("Must be kept"),
    Kind.HOLD_LIFTED: _("Need not be kept any more"),
    Kind.VIEWED: _("Looked at"),
    Kind.VERIFIED_HASH: _("Fingerprint checked"),
    Kind.CORRECTED: _("Corrected"),
    Kind.GAP_EXPLAINED: _("Gap explained"),
    Kind.ISOLATION_ASKED: _("Isolation asked for"),
    Kind.ISOLATED: _("Isolated"),
    Kind.OPENING_ASKED: _("Opened, to be confirmed"),
    Kind.DESTROYING_ASKED: _("Destroyed, to be confirmed"),
    Kind.NOT_CONFIRMED: _("Not confirmed"),
}
# What counts only once a second person has confirmed it with her own sign-in, and as what it counts then.
CONFIRMED_AS = {
    Kind.OPENING_ASKED: Kind.OPENED,
    Kind.DESTROYING_ASKED: Kind.DESTROYED,
    Kind.ISOLATION_ASKED: Kind.ISOLATED,
}
# What is recorded on the page for other events; everything else has a page of its own.
OTHER_KINDS = (
    Kind.SEALED,
    Kind.RE_SEALED,
    Kind.PHOTOGRAPHED,
    Kind.COPIED,
    Kind.LAB_SUBMITTED,
    Kind.LAB_RETURNED,
    Kind.EXHIBITED,
    Kind.RETURNED,
    Kind.DESTROYING_ASKED,
    Kind.HOLD_PLACED,
    Kind.HOLD_LIFTED,
    Kind.VERIFIED_HASH,
    Kind.CORRECTED,
)
# Those of them by which an item leaves our hands: not before the survivor has decided, where it waits for her.
AWAY = frozenset({Kind.LAB_SUBMITTED, Kind.RETURNED, Kind.DESTROYING_ASKED})


class Condition(StrEnum):
    INTACT = "intact"
    AS_PHOTOGRAPHED = "as_photographed"
    WORN = "worn"
    DAMAGED = "damaged"
    WET = "wet"
    INCOMPLETE = "incomplete"


CONDITION_LABELS: Labels = {
    Condition.INTACT: _("Intact"),
    Condition.AS_PHOTOGRAPHED: _("As photographed"),
    Condition.WORN: _("Worn, but whole"),
    Condition.DAMAGED: _("Damaged"),
    Condition.WET: _("Wet or soiled"),
    Condition.INCOMPLETE: _("Something is missing"),
}


class Gap(StrEnum):
    """What breaks a chain."""

    HOLDER = "holder"
    TIME = "time"
    SEAL = "seal"


GAP_LABELS: Labels = {
    Gap.HOLDER: _("It came from somebody who did not have it by the book"),
    Gap.TIME: _("Nobody held it for some time"),
    Gap.SEAL: _("The seal is not the one that was put on"),
}


class RefusalReason(StrEnum):
    SEAL = "seal"
    CONDITION = "condition"
    WRONG_ITEM = "wrong_item"
    NO_ROOM = "no_room"
    NOT_GIVEN = "not_given"
    OTHER = "other"


REFUSAL_LABELS: Labels = {
    RefusalReason.NOT_GIVEN: _("I never got it"),
    RefusalReason.SEAL: _("The seal is broken or another one"),
    RefusalReason.CONDITION: _("Its condition is not as described"),
    RefusalReason.WRONG_ITEM: _("It is another item"),
    RefusalReason.NO_ROOM: _("It can't be kept here"),
    RefusalReason.OTHER: _("Another reason"),
}


class ExportReason(StrEnum):
    COURT = "court"
    LABORATORY = "laboratory"
    INTERVIEW = "interview"
    DISCLOSURE = "disclosure"
    ANALYSIS = "analysis"


EXPORT_LABELS: Labels = {
    ExportReason.COURT: _("For the court"),
    ExportReason.DISCLOSURE: _("Disclosure to the other side"),
    ExportReason.LABORATORY: _("For a laboratory or an expert"),
    ExportReason.INTERVIEW: _("For an interview"),
    ExportReason.ANALYSIS: _("For our own analysis"),
}


class CopyOf(StrEnum):
    """What a copy that leaves is a copy of."""

    FILE = "file"
    COURT = "court"
    REPORT = "report"
    REFERRAL = "referral"
    RELEASE = "release"


COPY_LABELS: Labels = {
    CopyOf.FILE: _("A file of evidence"),
    CopyOf.COURT: _("An export for a court"),
    CopyOf.REPORT: _("The report of an examination"),
    CopyOf.REFERRAL: _("The sheet of a referral"),
    CopyOf.RELEASE: _("A release to a partner"),
}


# As whom a copy is for: our own office, and no agency.
OWN = "own"


class Way(StrEnum):
    """Where the mark of a copy is: on itself, or on a cover paper beside it."""

    MARKED = "marked"
    BESIDE = "beside"


WAY_LABELS: Labels = {
    Way.MARKED: _("On the copy itself"),
    Way.BESIDE: _("On the cover paper beside it; the copy is the original, bit for bit"),
}
