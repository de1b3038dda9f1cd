"""What can be wrong with an examination."""

from __future__ import annotations

from amparo.kernel.errors import N_, Forbidden, Invalid


class ConsentMissing(Forbidden):
    """An examination without consent for a section."""

    code = "forensics.consent_missing"
    template = N_("There is no consent for this part, so nothing can be kept in it.")
    hint_template = N_("Ask first, and record the answer under Consent. Leave the part out where the answer is no.")


class CaregiverMissing(Invalid):
    code = "forensics.caregiver_missing"
    template = N_("At this age somebody has to decide together with the child.")
    hint_template = N_(
        "Choose who decides with her or him. Where nobody safe is there: best interests, with the reason."
    )


class ProxyReasonMissing(Invalid):
    code = "forensics.proxy_reason_missing"
    template = N_("Somebody else decides, and it is not said why.")
    hint_template = N_("Write who decides, what they are to her or him, and why.")


class WitnessMissing(Invalid):
    code = "forensics.witness_missing"
    template = N_("A spoken consent or a thumbprint needs a witness.")
    hint_template = N_("Write who was there and heard it.")


class CoercionUnsaid(Invalid):
    code = "forensics.coercion_unsaid"
    template = N_("It is not said that she or he decides freely.")
    hint_template = N_("Ask again alone and without hurry. Record the refusal where the answer is no.")


class RecipientMissing(Invalid):
    code = "forensics.recipient_missing"
    template = N_("It is not said to whom it may be given.")
    hint_template = N_("Write one recipient: a station or an office, not only its kind.")


class AlreadySealed(Forbidden):
    code = "forensics.already_sealed"
    template = N_("This examination is sealed and can't be changed.")
    hint_template = N_("Write an addendum: it stands beside the record.")


class NotSealed(Forbidden):
    code = "forensics.not_sealed"
    template = N_("This examination is not sealed yet.")
    hint_template = N_("Seal the findings first.")


class NotYours(Forbidden):
    code = "forensics.not_yours"
    template = N_("Only who examines can write into this record.")
    hint_template = N_("Ask the examiner who began it, or begin an examination of your own.")


class Stopped(Forbidden):
    code = "forensics.stopped"
    template = N_("She or he stopped this examination, so nothing more is recorded.")
    hint_template = N_("What was recorded before can be sealed. To go on she or he has to agree again, under Consent.")


class SectionOpen(Invalid):
    """`parts` are the names of what is missing."""

    code = "forensics.section_open"
    template = N_("Something is missing before it can be sealed.")
    hint_template = N_("Go back to the parts that are named on this page.")


class NotAttested(Invalid):
    code = "forensics.not_attested"
    template = N_("The statement that the record is true is not confirmed.")
    hint_template = N_("Read the record once more, then confirm it.")


class ScaleReasonMissing(Invalid):
    """A photograph without a scale is kept, with the reason."""

    code = "forensics.scale_reason_missing"
    template = N_("There is no scale in this photograph.")
    hint_template = N_(
        "Best take it again with a scale beside the injury. Or write why there is none: it is kept then."
    )


class NotAPhotograph(Invalid):
    code = "forensics.not_a_photograph"
    template = N_("This file is no photograph. It was not kept.")
    hint_template = N_("Choose a picture of the camera: JPEG, PNG or WebP.")


class NoSuchPlace(Invalid):
    code = "forensics.no_such_place"
    template = N_("This place is not on the drawing.")
    hint_template = N_("Press a place on the figure, or choose one from the list.")


class SizeImpossible(Invalid):
    code = "forensics.size_impossible"
    template = N_("This size can't be right.")
    hint_template = N_("Write it in millimetres: a hand is some 180 mm long.")


class SealNumberMissing(Invalid):
    code = "forensics.seal_number_missing"
    template = N_("A specimen for the court needs a seal.")
    hint_template = N_("Seal the envelope or tube now and write the number of the seal here.")


class InCustody(Forbidden):
    code = "forensics.in_custody"
    template = N_("This specimen is in custody already and stays in the record.")
    hint_template = N_("Correct its description here. What happens to it is recorded on the item's own page.")


class KitNumberMissing(Invalid):
    code = "forensics.kit_number_missing"
    template = N_("The number of the kit is missing.")
    hint_template = N_("Choose a kit of the list, or write the number that is printed on it.")


class KitOpened(Forbidden):
    code = "forensics.kit_opened"
    template = N_("A kit was opened for this examination already.")
    hint_template = N_("Each examination has one kit. Specimens beside it are recorded by themselves.")


class NotInFuture(Invalid):
    code = "forensics.not_in_future"
    template = N_("This time has not come yet.")
    hint_template = N_("Write when it was.")


class AppointmentPast(Invalid):
    code = "forensics.appointment_past"
    template = N_("This time is over.")
    hint_template = N_("Choose a time that is still to come, or begin the examination now.")


class AppointmentSettled(Forbidden):
    code = "forensics.appointment_settled"
    template = N_("This appointment was begun or cancelled already.")
    hint_template = N_("Look at the page of the case to see what became of it.")


class EndsBeforeBegin(Invalid):
    code = "forensics.ends_before_begin"
    template = N_("The end lies before the beginning.")
    hint_template = N_("Check both times.")


class NotASurvivor(Invalid):
    code = "forensics.not_a_survivor"
    template = N_("Only a survivor of this case is examined here.")
    hint_template = N_("Choose one of the list.")


class OneDraft(Forbidden):
    code = "forensics.one_draft"
    template = N_("There is an examination of her or him that is not sealed yet.")
    hint_template = N_("Go on with that one, or seal it first.")


class DegreeMissing(Invalid):
    code = "forensics.degree_missing"
    template = N_("The overall degree is missing.")
    hint_template = N_("Choose one of the five degrees for all findings together.")


class BasisOfOpinionMissing(Invalid):
    code = "forensics.basis_of_opinion_missing"
    template = N_("An opinion needs what it rests on, and which other causes were considered.")
    hint_template = N_("Write a sentence for each, also where no other cause is likely.")


class OpinionSigned(Forbidden):
    code = "forensics.opinion_signed"
    template = N_("This opinion is signed and can't be changed.")
    hint_template = N_("Write a further opinion: both are printed, each with its day.")


class WordsMissing(Invalid):
    code = "forensics.words_missing"
    template = N_("Nothing is written yet.")
    hint_template = N_("Write what is to be added.")


class NoConsentToRelease(Forbidden):
    code = "forensics.no_consent_to_release"
    template = N_("No live consent allows this to be given to this recipient.")
    hint_template = N_("Ask her or him, and record to whom and what. A consent that was taken back can't be used.")


class NotARecipient(Invalid):
    code = "forensics.not_a_recipient"
    template = N_("This colleague can't receive it under this consent.")
    hint_template = N_("A consent for the police is for the police partner of the case, and one for the prosecution"
                       " for the prosecutor.")  # fmt: skip


class AgencyMissing(Invalid):
    code = "forensics.agency_missing"
    template = N_("Say for which agency this colleague works.")
    hint_template = N_("Those are listed with which an agreement holds today that names examination reports.")


class NotAgreed(Invalid):
    code = "forensics.not_agreed"
    template = N_("No agreement that holds today lets all of this be given to this agency: %(lacking)s.")
    hint_template = N_("Choose consents that name less, or have the agreement with the agency made or reviewed first.")


class UntilTooFar(Invalid):
    code = "forensics.until_too_far"
    template = N_("A release ends between tomorrow and %(days)s days from now, and not after the consent.")
    hint_template = N_("Choose an earlier day: it can be released again.")


class ReleaseEnded(Forbidden):
    code = "forensics.release_ended"
    template = N_("This release has ended.")
    hint_template = N_("It ran out, was declined or recalled, the consent was taken back, or the agreement with the"
                       " agency ended. Ask the examiner.")  # fmt: skip


class RecordAltered(Forbidden):
    code = "forensics.record_altered"
    template = N_("The record is not as it was when it was sealed, so no report is made of it.")
    hint_template = N_("Tell the system keeper and the data-protection officer.")
