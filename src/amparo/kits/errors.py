"""What can be wrong with kits and requests to laboratories."""

from __future__ import annotations

from amparo.kernel.errors import N_, Forbidden, Invalid


class SerialUsed(Invalid):
    code = "kits.serial_used"
    template = N_("A kit with this serial number is registered already.")
    hint_template = N_("Read the number on the box again, or look the kit up in the stock.")


class SerialsMissing(Invalid):
    code = "kits.serials_missing"
    template = N_("There is no serial number.")
    hint_template = N_("Write one on each line, as printed on the boxes; 100 at most at a time.")


class ExpiryPast(Invalid):
    code = "kits.expiry_past"
    template = N_("These kits have expired already.")
    hint_template = N_("Check the day on the box. Expired kits are sent back, not put into stock.")


class NotInStock(Forbidden):
    code = "kits.not_in_stock"
    template = N_("This kit is not in stock.")
    hint_template = N_("Reload the page to see how it stands now.")


class NotOnItsWay(Forbidden):
    code = "kits.not_on_its_way"
    template = N_("This kit is not on its way to a facility.")
    hint_template = N_("Reload the page to see how it stands now.")


class ItemNotForKit(Invalid):
    code = "kits.item_not_for_kit"
    template = N_("This item can't stand for the kit.")
    hint_template = N_("Choose an object of the same case that is in custody and stands for no other kit.")


class NotAParty(Invalid):
    code = "kits.not_a_party"
    template = N_("This person is not a survivor of the case.")
    hint_template = N_("Choose one of the case's survivors.")


class CantFollow(Forbidden):
    code = "kits.cant_follow"
    template = N_("This can't follow as the kit stands now.")
    hint_template = N_("Look at its path: the last step says where it is.")


class NotReported(Forbidden):
    code = "kits.not_reported"
    template = N_("She has not decided to report.")
    hint_template = N_("An unreported kit is held for her. Nobody picks it up or sends it before she decides.")


class MustBeKept(Forbidden):
    code = "kits.must_be_kept"
    template = N_("The day until which this kit is kept, or until which a case can be brought, has not come.")
    hint_template = N_("Wait for the day, or let her take the kit herself.")


class DayMissing(Invalid):
    code = "kits.day_missing"
    template = N_("The day is missing.")
    hint_template = N_("Say until which day the kit is kept.")


class DayNotLater(Invalid):
    code = "kits.day_not_later"
    template = N_("This day is not later than the one until which it is kept already.")
    hint_template = N_("A keeping can be made longer, never shorter.")


class DayPast(Invalid):
    code = "kits.day_past"
    template = N_("This day has passed.")
    hint_template = N_("Choose a day that is still to come.")


class SealUnread(Invalid):
    code = "kits.seal_unread"
    template = N_("The number on the seal is missing.")
    hint_template = N_("Read it from the seal itself, not from the page.")


class WhoMissing(Invalid):
    code = "kits.who_missing"
    template = N_("It is not said who.")
    hint_template = N_("Write the name, the unit or both, as on the receipt.")


class LaboratoryMissing(Invalid):
    code = "kits.laboratory_missing"
    template = N_("The laboratory is missing.")
    hint_template = N_("Choose one of the list. New ones are added with the partners.")


class PlaceMissing(Invalid):
    code = "kits.place_missing"
    template = N_("The place is missing.")
    hint_template = N_("Write where the kit is now.")


class PaperMissing(Invalid):
    code = "kits.paper_missing"
    template = N_("The paper is missing.")
    hint_template = N_("Write the order or receipt with its number and day.")


class SecondMissing(Invalid):
    code = "kits.second_missing"
    template = N_("A second person must be there.")
    hint_template = N_("Name a colleague who is there and sees it. It can't be yourself.")


class NotInHand(Forbidden):
    code = "kits.not_in_hand"
    template = N_("The chain of custody says that a colleague has the kit.")
    hint_template = N_("Let it be handed over to you first, or let the holder record this.")


class OnTheWay(Forbidden):
    code = "kits.between_hands"
    template = N_("The chain of custody says that the kit is between two hands.")
    hint_template = N_("It must be received, refused or taken back first.")


class NotOutside(Forbidden):
    code = "kits.not_outside"
    template = N_("The chain of custody says that the kit is here.")
    hint_template = N_("Record first that it was sent, so that both tell the same.")


class CustodyEnded(Forbidden):
    code = "kits.custody_ended"
    template = N_("The chain of custody of this kit has ended.")
    hint_template = N_("Look at the last line of its chain.")


class InFuture(Invalid):
    code = "kits.in_future"
    template = N_("This time has not come yet.")
    hint_template = N_("Write down what has happened, with the time when it happened.")


class TooEarly(Invalid):
    code = "kits.too_early"
    template = N_("This lies before what was recorded last.")
    hint_template = N_("Check the time against the kit's path.")


class NumberEnded(Forbidden):
    code = "kits.number_ended"
    template = N_("This kit has no number that is in use.")
    hint_template = N_("Reload the page to see how it stands now.")


class AnotherSurvivor(Forbidden):
    code = "kits.another_survivor"
    template = N_("The number of this kit is for the survivor whose kit it is.")
    hint_template = N_("Open the kit that is hers.")


class ForbiddenAsk(Forbidden):
    code = "kits.forbidden_ask"
    template = N_("This can't follow as the request stands now.")
    hint_template = N_("Reload the page to see how it stands now.")


class NothingToExamine(Invalid):
    code = "kits.nothing_to_examine"
    template = N_("The request names nothing to examine.")
    hint_template = N_("Choose the kit, an item or both.")


class NoTests(Invalid):
    code = "kits.no_tests"
    template = N_("The request names no test.")
    hint_template = N_("Choose at least one.")


class ReasonMissing(Invalid):
    code = "kits.reason_missing"
    template = N_("The reason is missing.")
    hint_template = N_("Choose why.")


class NotYours(Invalid):
    code = "kits.not_yours"
    template = N_("You would not be shown this report yourself.")
    hint_template = N_("Let somebody record it for whom it is written.")
