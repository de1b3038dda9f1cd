"""Every write of evidence. Custody events are only ever added; an item's columns follow from them."""

from amparo.evidence.commands.chain import GIVE, RECORD, REGISTER, SEE, SPECIMEN, VIEW
from amparo.evidence.commands.copies import NewCopy, Source, keep_copy, number_copy
from amparo.evidence.commands.files import (
    ask_isolation,
    confirm_isolation,
    copy_again,
    record_copy,
    record_export,
    record_view,
)
from amparo.evidence.commands.hands import Outside, hand_over, receive, refuse, take_back, wait_for_her
from amparo.evidence.commands.holding import check_seal, explain_gap, give_back, move, record_event, show_in_court
from amparo.evidence.commands.registering import (
    discard_upload,
    register_by_reference,
    register_digital,
    register_physical,
    register_specimen,
)
from amparo.evidence.commands.two_people import (
    ask_destruction,
    ask_opening,
    confirm_second,
    decline_second,
    destroy_after_waiting,
)

__all__ = [
    "GIVE",
    "RECORD",
    "REGISTER",
    "SEE",
    "SPECIMEN",
    "VIEW",
    "NewCopy",
    "Outside",
    "Source",
    "ask_destruction",
    "ask_isolation",
    "ask_opening",
    "check_seal",
    "confirm_isolation",
    "confirm_second",
    "copy_again",
    "decline_second",
    "destroy_after_waiting",
    "discard_upload",
    "explain_gap",
    "give_back",
    "hand_over",
    "keep_copy",
    "move",
    "number_copy",
    "receive",
    "record_copy",
    "record_event",
    "record_export",
    "record_view",
    "refuse",
    "register_by_reference",
    "register_digital",
    "register_physical",
    "register_specimen",
    "show_in_court",
    "take_back",
    "wait_for_her",
]
