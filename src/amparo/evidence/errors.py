"""What can be wrong with evidence."""

from __future__ import annotations

from amparo.kernel.errors import N_, Forbidden, Invalid


class SealUsed(Invalid):
    code = "evidence.seal_used"
    template = N_("This seal number was used before.")
    hint_template = N_("Read the number on the seal again. If it is right, put another seal on.")


class SealMissing(Invalid):
    code = "evidence.seal_missing"
    template = N_("The number of the new seal is missing.")
    hint_template = N_("Put a seal on and write its number here.")


class SealUnread(Invalid):
    code = "evidence.seal_unread"
    template = N_("The number on the seal is missing.")
    hint_template = N_("Read it from the seal itself, not from the page.")


class NotSealed(Forbidden):
    code = "evidence.not_sealed"
    template = N_("This item has no seal.")
    hint_template = N_("Put a seal on first, with another event.")


class AlreadySealed(Forbidden):
    code = "evidence.already_sealed"
    template = N_("This item is sealed already.")
    hint_template = N_("Open it with a second person, or put a new seal on in place of a broken one.")


class SecondMissing(Invalid):
    code = "evidence.second_missing"
    template = N_("A second person must be there.")
    hint_template = N_(
        "Name a colleague who is there and sees it: of the case's team, or who keeps the evidence room. She confirms "
        "it with her own sign-in. It can't be yourself."
    )


class OrderMissing(Invalid):
    code = "evidence.order_missing"
    template = N_("The order is missing.")
    hint_template = N_("Write the court's or prosecutor's order with its number and day.")


class ReasonMissing(Invalid):
    code = "evidence.reason_missing"
    template = N_("The reason is missing.")
    hint_template = N_("Write in a sentence what happened.")


class PartyMissing(Invalid):
    code = "evidence.party_missing"
    template = N_("It is not said who.")
    hint_template = N_("Choose a colleague, or write the name and organisation of somebody outside.")


class NotReceiver(Invalid):
    code = "evidence.not_receiver"
    template = N_("This colleague can't take evidence of this case.")
    hint_template = N_("Choose somebody of the list: the case's team, or who keeps the evidence room.")


class OnHold(Forbidden):
    code = "evidence.on_hold"
    template = N_("This item must be kept.")
    hint_template = N_("Whoever asked that it is kept must first say that it need not be.")


class WaitsForHer(Forbidden):
    code = "evidence.waits_for_her"
    template = N_("This waits for the survivor's decision. It is given to nobody outside.")
    hint_template = N_("Once she has decided to report, record it on the page of the kit. Then it can be handed over.")


class NoHold(Forbidden):
    code = "evidence.no_hold"
    template = N_("Nobody asked that this item is kept.")
    hint_template = N_("Reload the page to see how it stands now.")


class NotHolder(Forbidden):
    code = "evidence.not_holder"
    template = N_("Only who holds the item can do this.")
    hint_template = N_("Let it be handed over to you first.")


class NotForYou(Forbidden):
    code = "evidence.not_for_you"
    template = N_("It was not handed over to you.")
    hint_template = N_("Only who it was given to can receive or refuse it; only who gave it can take it back.")


class IsPending(Forbidden):
    code = "evidence.is_pending"
    template = N_("It is on its way from one hand to another.")
    hint_template = N_("It must be received, refused or taken back first.")


class NotPending(Forbidden):
    code = "evidence.not_pending"
    template = N_("Nobody has handed this item over.")
    hint_template = N_("Reload the page to see how it stands now.")


class IsOutside(Forbidden):
    code = "evidence.is_outside"
    template = N_("The item is with somebody outside.")
    hint_template = N_("Record first that it came back.")


class HasEnded(Forbidden):
    code = "evidence.has_ended"
    template = N_("The custody of this item has ended.")
    hint_template = N_("Look at the last line of its chain.")


class NotOfThisForm(Forbidden):
    code = "evidence.not_of_this_form"
    template = N_("This can't be done with such an item.")
    hint_template = N_("Objects have hands and seals, files have fingerprints, and references have neither.")


class AlreadyBegun(Forbidden):
    code = "evidence.already_begun"
    template = N_("This item was collected already.")
    hint_template = N_("Look at the first line of its chain.")


class NotBegun(Forbidden):
    code = "evidence.not_begun"
    template = N_("This item was not collected yet.")
    hint_template = N_("Record first who collected it.")


class InFuture(Invalid):
    code = "evidence.in_future"
    template = N_("This time has not come yet.")
    hint_template = N_("Write down what has happened, with the time when it happened.")


class TooEarly(Invalid):
    code = "evidence.too_early"
    template = N_("This lies before what was recorded last.")
    hint_template = N_("Check the time. What was written down wrongly is set right by a correction.")


class NoSuchGap(Forbidden):
    code = "evidence.no_such_gap"
    template = N_("There is no such gap that waits for an explanation.")
    hint_template = N_("Reload the page to see how it stands now.")


class NothingToCorrect(Invalid):
    code = "evidence.nothing_to_correct"
    template = N_("There is no such line in the chain.")
    hint_template = N_("Choose the line that is wrong.")


class ByReferenceOnly(Invalid):
    code = "evidence.by_reference_only"
    template = N_("What could show the sexual abuse of a child is never uploaded. Nothing of it was kept.")
    hint_template = N_("Register it by reference: who holds it, under which number, and the fingerprint they gave.")


class FileMissing(Invalid):
    code = "evidence.file_missing"
    template = N_("The file is missing.")
    hint_template = N_("Choose the file again.")


class HashUnreadable(Invalid):
    code = "evidence.hash_unreadable"
    template = N_("This is no fingerprint.")
    hint_template = N_("It has 32 to 128 digits and letters a to f. Copy it as the authority gave it.")


class NothingToSee(Forbidden):
    code = "evidence.nothing_to_see"
    template = N_("There is no file that can be shown.")
    hint_template = N_("Go back to the item to see why.")


class NotLifted(Forbidden):
    code = "evidence.not_lifted"
    template = N_("The veil is closed.")
    hint_template = N_("Lift it on the page of the item: that is recorded with your name.")


class CopyTimeOver(Forbidden):
    code = "evidence.copy_time_over"
    template = N_("The time to fetch this copy is over: it may be fetched for 30 minutes after it was recorded.")
    hint_template = N_("Record it once more: what it was for stands there already, and the file comes at once.")


class CopyChanged(Forbidden):
    code = "evidence.copy_changed"
    template = N_("This copy can't be made again exactly as it was recorded.")
    hint_template = N_("Take a new copy from the page that this one came from: it gets a number of its own.")


class NobodyToGetIt(Invalid):
    code = "evidence.nobody_to_get_it"
    template = N_("This agency is not in the directory.")
    hint_template = N_("Choose whom the copy is for from the list, or our own office.")


class NotOfOneCase(Invalid):
    code = "evidence.not_of_one_case"
    template = N_("Choose at least one item, all of one case.")
    hint_template = N_("An export holds items of one case only.")


class AlreadyAsked(Forbidden):
    code = "evidence.already_asked"
    template = N_("It was asked already that this file is isolated.")
    hint_template = N_("A second colleague must confirm it.")


class NotAsked(Forbidden):
    code = "evidence.not_asked"
    template = N_("Nobody has asked for this, or somebody has answered already.")
    hint_template = N_("The first person records it. A second colleague then confirms it.")


class WaitsForSecond(Forbidden):
    code = "evidence.waits_for_second"
    template = N_("A second person must first confirm what was done with this item.")
    hint_template = N_("She finds it on her page Today. Whoever recorded it can also take it back.")


class NotTheSecond(Forbidden):
    code = "evidence.not_the_second"
    template = N_("Somebody else was named as the second person.")
    hint_template = N_("Only she can confirm it. If she was not there, it must be recorded again with who was.")


class SamePerson(Forbidden):
    code = "evidence.same_person"
    template = N_("Whoever asked can't confirm it too.")
    hint_template = N_("Let a second colleague of the case's team confirm it.")


class NotOfThisCase(Invalid):
    code = "evidence.not_of_this_case"
    template = N_("There is no such item in this case.")
    hint_template = N_("Choose an item of the list.")
