"""Every write of the court room. Stages, suspects' status and the track follow from what happens."""

from amparo.prosecution.commands.charges import move_charge, propose_charge
from amparo.prosecution.commands.compensation import order_compensation, pay_compensation
from amparo.prosecution.commands.corrections import (
    Result,
    Why,
    correct_compensation,
    correct_hearing,
    correct_sentence,
    take_back_compensation,
    take_back_sentence,
)
from amparo.prosecution.commands.exhibits import Rests, disclose, move_exhibit, propose_exhibit, protect
from amparo.prosecution.commands.feeds import make_feed, revoke_feed
from amparo.prosecution.commands.hearings import (
    Day,
    adjourn_hearing,
    change_hearing,
    hold_hearing,
    list_hearing,
    prepare_survivor,
    tell_survivor,
    vacate_hearing,
)
from amparo.prosecution.commands.measures import decide_measure, request_measure
from amparo.prosecution.commands.orders import (
    Terms,
    bring_order_back,
    expire_order,
    issue_order,
    lift_order,
    record_breach,
    take_back_breach,
    take_back_order,
    vary_order,
)
from amparo.prosecution.commands.proceedings import change_proceeding, confirm_final, open_proceeding, reach_stage
from amparo.prosecution.commands.reach import CHARGE_CHANGE, CHARGE_SEE
from amparo.prosecution.commands.verdicts import (
    decide_appeal,
    enter_sentence,
    lodge_appeal,
    pronounce,
    take_back_verdict,
)

__all__ = [
    "CHARGE_CHANGE",
    "CHARGE_SEE",
    "Day",
    "Rests",
    "Result",
    "Terms",
    "Why",
    "adjourn_hearing",
    "bring_order_back",
    "change_hearing",
    "change_proceeding",
    "confirm_final",
    "correct_compensation",
    "correct_hearing",
    "correct_sentence",
    "decide_appeal",
    "decide_measure",
    "disclose",
    "enter_sentence",
    "expire_order",
    "hold_hearing",
    "issue_order",
    "lift_order",
    "list_hearing",
    "lodge_appeal",
    "make_feed",
    "move_charge",
    "move_exhibit",
    "open_proceeding",
    "order_compensation",
    "pay_compensation",
    "prepare_survivor",
    "pronounce",
    "propose_charge",
    "propose_exhibit",
    "protect",
    "reach_stage",
    "record_breach",
    "request_measure",
    "revoke_feed",
    "take_back_breach",
    "take_back_compensation",
    "take_back_order",
    "take_back_sentence",
    "take_back_verdict",
    "tell_survivor",
    "vacate_hearing",
    "vary_order",
]
