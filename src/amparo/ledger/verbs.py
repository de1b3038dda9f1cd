"""Every act that the ledger knows: one enumeration, with a label and the facts that each may carry.

Facts are codes, ids, counts, flags, days and digests; never free text, so that the ledger tells no story.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.kernel.digest import JsonValue
from amparo.ledger.errors import FactRefused

# What a fact may be is decided by its verb's list, at every note, and not by the type checker.
Facts: TypeAlias = Mapping[str, object]

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Fact(StrEnum):
    """The type of a fact."""

    CODE = "code"
    CODES = "codes"
    COUNT = "count"
    DAY = "day"
    DIGEST = "digest"
    FLAG = "flag"
    ID = "id"


class Verb(StrEnum):
    # vault
    INSTANCE_CREATED = "instance.created"
    KEY_ROTATED = "key.rotated"
    ROOT_KEY_RENEWED = "root_key.renewed"
    PASSPHRASE_RENEWED = "passphrase.renewed"
    PERSON_ERASED = "person.erased"
    # access
    ACCOUNT_INVITED = "account.invited"
    ACCOUNT_ACTIVATED = "account.activated"
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_ENABLED = "account.enabled"
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed"
    ACCOUNT_RESET = "account.reset"
    ACCOUNT_SECOND_STEP_CHANGED = "account.second_step_changed"
    ROLE_GIVEN = "role.given"
    ROLE_CONFIRMED = "role.confirmed"
    ROLE_ENDED = "role.ended"
    SESSIONS_ENDED = "sessions.ended"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    COURT_MODE_ENTERED = "court_mode.entered"
    COURT_MODE_LEFT = "court_mode.left"
    GRANT_GIVEN = "grant.given"
    GRANT_ENDED = "grant.ended"
    BAR_SET = "bar.set"
    BAR_LIFTED = "bar.lifted"
    INTEREST_FOUND = "interest.found"
    INTEREST_DECIDED = "interest.decided"
    OWN_DETAILS_CHANGED = "own_details.changed"
    ATTEMPT_REFUSED = "attempt.refused"
    COMPARTMENT_READ = "compartment.read"
    CASELOAD_HANDED_OVER = "caseload.handed_over"
    # staff
    OFFICE_ADDED = "office.added"
    OFFICE_CHANGED = "office.changed"
    SETTING_CHANGED = "setting.changed"
    CODE_LIST_CHANGED = "code_list.changed"
    # people
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    PERSON_NAME_ADDED = "person.name_added"
    PERSON_NAME_WITHDRAWN = "person.name_withdrawn"
    CONTACT_ADDED = "contact.added"
    CONTACT_CHANGED = "contact.changed"
    ADDRESS_CHANGED = "address.changed"
    ADDRESS_OPENED = "address.opened"
    PERSON_PHOTO_ADDED = "person.photo_added"
    PERSON_PHOTO_OPENED = "person.photo_opened"
    PERSON_PHOTO_REMOVED = "person.photo_removed"
    NAMES_OPENED = "names.opened"
    PERSON_JOIN_ASKED = "person.join_asked"
    PERSON_JOIN_DECLINED = "person.join_declined"
    PERSON_MERGED = "person.merged"
    PERSON_PARTED = "person.parted"
    # cases
    CASE_OPENED = "case.opened"
    CASE_CHANGED = "case.changed"
    CASE_LINKED = "case.linked"
    CASE_UNLINKED = "case.unlinked"
    PARTY_JOINED = "party.joined"
    PARTY_CHANGED = "party.changed"
    PARTY_LEFT = "party.left"
    OWN_COPY_MADE = "own_copy.made"
    TRACK_CHANGED = "track.changed"
    TRACK_DAY_CORRECTED = "track.day_corrected"
    TRACK_LED = "track.led"
    NOTE_WRITTEN = "note.written"
    NOTE_CORRECTED = "note.corrected"
    DRAFT_SAVED = "draft.saved"
    TASK_SET = "task.set"
    TASK_CHANGED = "task.changed"
    TASK_DONE = "task.done"
    TASK_DROPPED = "task.dropped"
    PROMISE_MADE = "promise.made"
    PROMISE_KEPT = "promise.kept"
    PROMISE_RELEASED = "promise.released"
    INCIDENT_RECORDED = "incident.recorded"
    INCIDENT_CHANGED = "incident.changed"
    INCIDENT_CLASSIFIED = "incident.classified"
    INCIDENT_FOUND = "incident.found"
    BASIS_RECORDED = "basis.recorded"
    CONSENT_GIVEN = "consent.given"
    CONSENT_REFUSED = "consent.refused"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    CONSENT_SUPERSEDED = "consent.superseded"
    CONSENT_RECORDING_LINKED = "consent.recording_linked"
    ROUTE_RECORDED = "route.recorded"
    ROUTE_WITHDRAWN = "route.withdrawn"
    CONFERENCE_PLANNED = "conference.planned"
    CONFERENCE_HELD = "conference.held"
    CONFERENCE_DROPPED = "conference.dropped"
    CLOSING_REQUESTED = "closing.requested"
    CLOSING_APPROVED = "closing.approved"
    CLOSING_DECLINED = "closing.declined"
    CASE_REOPENED = "case.reopened"
    HANDOVER_OFFERED = "handover.offered"
    HANDOVER_RECEIVED = "handover.received"
    HANDOVER_TAKEN_BACK = "handover.taken_back"
    # intake
    REPORT_TAKEN = "report.taken"
    REPORT_CHANGED = "report.changed"
    REPORT_ACKNOWLEDGED = "report.acknowledged"
    REPORT_DANGER_TAKEN = "report.danger_taken"
    REPORT_ACCEPTED = "report.accepted"
    REPORT_REFERRED_ON = "report.referred_on"
    REPORT_ONWARD_MOVED = "report.onward_moved"
    REPORT_DECLINED = "report.declined"
    REPORT_INSUFFICIENT = "report.insufficient"
    REPORT_DUPLICATE = "report.duplicate"
    REPORT_ERASED = "report.erased"
    REPORT_FILE_ADDED = "report.file_added"
    REPORT_CODE_CONFIRMED = "report.code_confirmed"
    REPORT_MESSAGE_RECEIVED = "report.message_received"
    REPORT_ANSWERED = "report.answered"
    REPORT_MESSAGES_READ = "report.messages_read"
    DUPLICATES_CHECKED = "duplicates.checked"
    DUPLICATES_REFERRED = "duplicates.referred"
    # evidence
    ITEM_REGISTERED = "item.registered"
    ITEM_CHANGED = "item.changed"
    ITEM_BY_REFERENCE = "item.by_reference"
    CUSTODY_RECORDED = "custody.recorded"
    CUSTODY_OFFERED = "custody.offered"
    CUSTODY_RECEIVED = "custody.received"
    CUSTODY_TAKEN_BACK = "custody.taken_back"
    CUSTODY_REFUSED = "custody.refused"
    GAP_EXPLAINED = "gap.explained"
    FILE_STORED = "file.stored"
    FILE_VIEWED = "file.viewed"
    FILE_EXPORTED = "file.exported"
    ITEM_EXPORTED = "item.exported"
    COPY_ISSUED = "copy.issued"
    SEAL_CHECKED = "seal.checked"
    ITEM_ISOLATED = "item.isolated"
    # kits
    KITS_REGISTERED = "kits.registered"
    KIT_RECEIVED = "kit.received"
    KIT_DISCARDED = "kit.discarded"
    KIT_USED = "kit.used"
    KIT_STEP = "kit.step"
    KIT_LIMITATION_SET = "kit.limitation_set"
    KIT_NUMBER_ISSUED = "kit.number_issued"
    KIT_NUMBER_WITHDRAWN = "kit.number_withdrawn"
    LAB_REQUEST_DRAFTED = "lab_request.drafted"
    LAB_REQUEST_MOVED = "lab_request.moved"
    LAB_RESULT_RECORDED = "lab_result.recorded"
    # referrals
    REFERRAL_DRAFTED = "referral.drafted"
    REFERRAL_CHANGED = "referral.changed"
    REFERRAL_MOVED = "referral.moved"
    REFERRAL_PRINTED = "referral.printed"
    RELEASE_PREPARED = "release.prepared"
    RELEASE_MOVED = "release.moved"
    # investigations
    LEAD_OPENED = "lead.opened"
    LEAD_CHANGED = "lead.changed"
    LEAD_CLOSED = "lead.closed"
    LEAD_ASKED = "lead.asked"
    LEAD_ANSWERED = "lead.answered"
    LEAD_ASK_DROPPED = "lead.ask_dropped"
    SUSPECT_STATUS = "suspect.status"
    SUSPECT_STATUS_WITHDRAWN = "suspect.status_withdrawn"
    RELIEF_RECORDED = "relief.recorded"
    RELIEF_VERIFIED = "relief.verified"
    RESTRAINT_RECORDED = "restraint.recorded"
    RESTRAINT_VERIFIED = "restraint.verified"
    RELIEF_WITHDRAWN = "relief.withdrawn"
    RESTRAINT_WITHDRAWN = "restraint.withdrawn"
    RELIEF_CORRECTED = "relief.corrected"
    RESTRAINT_CORRECTED = "restraint.corrected"
    OFFICIAL_CONTACT_WITHDRAWN = "official.contact_withdrawn"
    OFFICIAL_CONTACT_CORRECTED = "official.contact_corrected"
    OFFICIAL_STEP_DONE = "official.step_done"
    INTERVIEW_PLANNED = "interview.planned"
    INTERVIEW_CHANGED = "interview.changed"
    INTERVIEW_HELD = "interview.held"
    INTERVIEW_TRANSCRIBED = "interview.transcribed"
    INTERVIEW_REVIEWED = "interview.reviewed"
    INTERVIEW_SEALED = "interview.sealed"
    INTERVIEW_ADDED_TO = "interview.added_to"
    INTERVIEW_DROPPED = "interview.dropped"
    INTERVIEW_FEEDBACK_GIVEN = "interview.feedback_given"
    THREAT_REPORTED = "threat.reported"
    THREAT_ASSESSED = "threat.assessed"
    THREAT_MITIGATED = "threat.mitigated"
    THREAT_REOPENED = "threat.reopened"
    THREAT_CLOSED = "threat.closed"
    MEASURE_AGREED = "measure.agreed"
    MEASURE_DONE = "measure.done"
    MEASURE_DROPPED = "measure.dropped"
    MEASURE_PASSED_ON = "measure.passed_on"
    OFFICIAL_CONTACTED = "official.contacted"
    # operations
    OPERATION_PLANNED = "operation.planned"
    OPERATION_CHANGED = "operation.changed"
    OPERATION_PROPOSED = "operation.proposed"
    OPERATION_CHECKED = "operation.checked"
    OPERATION_APPROVED = "operation.approved"
    OPERATION_DECLINED = "operation.declined"
    OPERATION_VOIDED = "operation.voided"
    OPERATION_BRIEFED = "operation.briefed"
    OPERATION_PRINTED = "operation.printed"
    OPERATION_READ = "operation.read"
    OPERATION_EXECUTED = "operation.executed"
    OPERATION_ABORTED = "operation.aborted"
    OPERATION_INCIDENT = "operation.incident"
    OPERATION_DEBRIEFED = "operation.debriefed"
    OPERATION_SEALED = "operation.sealed"
    LESSON_TAKEN_UP = "lesson.taken_up"
    CONFLICT_FOUND = "conflict.found"
    CONFLICT_TOLD = "conflict.told"
    CONFLICT_SETTLED = "conflict.settled"
    DECONFLICTION_NAMED = "deconfliction.named"
    # prosecution
    PROCEEDING_OPENED = "proceeding.opened"
    PROCEEDING_CHANGED = "proceeding.changed"
    STAGE_REACHED = "stage.reached"
    CHARGE_PROPOSED = "charge.proposed"
    CHARGE_CHANGED = "charge.changed"
    HEARING_LISTED = "hearing.listed"
    HEARING_HELD = "hearing.held"
    HEARING_ADJOURNED = "hearing.adjourned"
    HEARING_VACATED = "hearing.vacated"
    HEARING_CHANGED = "hearing.changed"
    HEARING_CORRECTED = "hearing.corrected"
    OUTCOME_TOLD = "outcome.told"
    MEASURE_REQUESTED = "measure.requested"
    MEASURE_DECIDED = "measure.decided"
    VERDICT_PRONOUNCED = "verdict.pronounced"
    VERDICT_TAKEN_BACK = "verdict.taken_back"
    SENTENCE_PRONOUNCED = "sentence.pronounced"
    SENTENCE_VARIED = "sentence.varied"
    SENTENCE_CORRECTED = "sentence.corrected"
    SENTENCE_TAKEN_BACK = "sentence.taken_back"
    COMPENSATION_ORDERED = "compensation.ordered"
    COMPENSATION_PAID = "compensation.paid"
    COMPENSATION_CORRECTED = "compensation.corrected"
    COMPENSATION_TAKEN_BACK = "compensation.taken_back"
    ORDER_ISSUED = "order.issued"
    ORDER_VARIED = "order.varied"
    ORDER_LIFTED = "order.lifted"
    ORDER_EXPIRED = "order.expired"
    ORDER_BREACHED = "order.breached"
    ORDER_TAKEN_BACK = "order.taken_back"
    ORDER_BROUGHT_BACK = "order.brought_back"
    BREACH_TAKEN_BACK = "breach.taken_back"
    EXHIBIT_PROPOSED = "exhibit.proposed"
    EXHIBIT_MOVED = "exhibit.moved"
    EXHIBIT_DISCLOSED = "exhibit.disclosed"
    EXHIBIT_PROTECTED = "exhibit.protected"
    FEED_MADE = "feed.made"
    FEED_REVOKED = "feed.revoked"
    # facts
    FACT_VERIFIED = "fact.verified"
    FACT_PUBLISHED = "fact.published"
    FACT_WITHDRAWN = "fact.withdrawn"
    FIGURES_PUBLISHED = "figures.published"
    FIGURES_WITHDRAWN = "figures.withdrawn"
    # aftercare
    SAFETY_PLAN_DRAFTED = "safety_plan.drafted"
    SAFETY_PLAN_AGREED = "safety_plan.agreed"
    SAFETY_PLAN_REVIEWED = "safety_plan.reviewed"
    SAFETY_PLAN_RETIRED = "safety_plan.retired"
    CARE_PLAN_DRAFTED = "care_plan.drafted"
    CARE_PLAN_AGREED = "care_plan.agreed"
    CARE_PLAN_APPROVED = "care_plan.approved"
    CARE_PLAN_REVIEWED = "care_plan.reviewed"
    CARE_PLAN_ENDED = "care_plan.ended"
    GOAL_SET = "goal.set"
    GOAL_PROGRESSED = "goal.progressed"
    SERVICE_PLANNED = "service.planned"
    SERVICE_CHANGED = "service.changed"
    ASSESSMENT_STARTED = "assessment.started"
    ASSESSMENT_SAVED = "assessment.saved"
    ASSESSMENT_COMPLETED = "assessment.completed"
    ASSESSMENT_REVIEWED = "assessment.reviewed"
    INSTRUMENT_ADDED = "instrument.added"
    CLIENT_ENROLLED = "client.enrolled"
    CLIENT_ENDED = "client.ended"
    RESTORATION_DECIDED = "restoration.decided"
    FOLLOWUP_PLANNED = "followup.planned"
    FOLLOWUP_DONE = "followup.done"
    PLACEMENT_RECORDED = "placement.recorded"
    # forensics
    EXAM_PLANNED = "exam.planned"
    EXAM_REPLANNED = "exam.replanned"
    EXAM_CANCELLED = "exam.cancelled"
    EXAM_APPOINTMENT_KEPT = "exam.kept"
    EXAM_BEGUN = "exam.begun"
    EXAM_SECTION_SAVED = "exam.section_saved"
    EXAM_CONSENT_ASKED = "exam.consent_asked"
    EXAM_STOPPED = "exam.stopped"
    FINDING_RECORDED = "finding.recorded"
    FINDING_CHANGED = "finding.changed"
    FINDING_REMOVED = "finding.removed"
    EXAM_PHOTO_ADDED = "exam.photo_added"
    EXAM_PHOTO_REMOVED = "exam.photo_removed"
    EXAM_PHOTO_VIEWED = "exam.photo_viewed"
    SPECIMEN_TAKEN = "specimen.taken"
    SPECIMEN_CHANGED = "specimen.changed"
    SPECIMEN_REMOVED = "specimen.removed"
    EXAM_KIT_OPENED = "exam.kit_opened"
    EXAM_SEALED = "exam.sealed"
    EXAM_ADDENDUM_WRITTEN = "exam.addendum_written"
    OPINION_SAVED = "opinion.saved"
    OPINION_SIGNED = "opinion.signed"
    EXAM_REPORT_MADE = "exam.report_made"
    EXAM_RELEASED = "exam.released"
    EXAM_RELEASE_READ = "exam.release_read"
    EXAM_RELEASE_DECLINED = "exam.release_declined"
    EXAM_RELEASE_RECALLED = "exam.release_recalled"
    EXAM_FOLLOW_UP_SET = "exam.follow_up_set"
    EXAM_FOLLOW_UP_ENDED = "exam.follow_up_ended"
    # strengthening
    PSEUDONYM_MADE = "pseudonym.made"
    MENTORING_PLANNED = "mentoring.planned"
    MENTORING_CHANGED = "mentoring.changed"
    MENTORING_DONE = "mentoring.done"
    MENTORING_REVIEWED = "mentoring.reviewed"
    MENTORING_CANCELLED = "mentoring.cancelled"
    MENTORING_STEP_DONE = "mentoring.step_done"
    PRACTICE_OPENED = "practice.opened"
    PRACTICE_ANSWERED = "practice.answered"
    PRACTICE_PROPOSED = "practice.proposed"
    PRACTICE_COMPLETED = "practice.completed"
    PRACTICE_REOPENED = "practice.reopened"
    CHECKLIST_EXTENDED = "checklist.extended"
    FEEDBACK_DRAFTED = "feedback.drafted"
    FEEDBACK_CHANGED = "feedback.changed"
    FEEDBACK_VALIDATED = "feedback.validated"
    FEEDBACK_PUBLISHED = "feedback.published"
    UNIT_ASSESSED = "unit.assessed"
    UNIT_ASSESSMENT_CHANGED = "unit.assessment_changed"
    REFORM_IDENTIFIED = "reform.identified"
    REFORM_CHANGED = "reform.changed"
    REFORM_LINKED = "reform.linked"
    REFORM_MOVED = "reform.moved"
    SCORE_ENTERED = "score.entered"
    SCORE_WITHDRAWN = "score.withdrawn"
    # training
    CURRICULUM_ADDED = "curriculum.added"
    CURRICULUM_CHANGED = "curriculum.changed"
    CURRICULUM_VERSION_ADDED = "curriculum.version_added"
    CURRICULUM_RETIRED = "curriculum.retired"
    TRAINING_PLANNED = "training.planned"
    TRAINING_CHANGED = "training.changed"
    TRAINING_HELD = "training.held"
    TRAINING_EVALUATED = "training.evaluated"
    TRAINING_FOLLOWED_UP = "training.followed_up"
    TRAINING_CANCELLED = "training.cancelled"
    PARTICIPANT_ADDED = "participant.added"
    PARTICIPANT_CHANGED = "participant.changed"
    PARTICIPANT_ENROLLED = "participant.enrolled"
    PARTICIPANT_STRUCK = "participant.struck"
    PARTICIPANT_ERASED = "participant.erased"
    PARTICIPANT_LINKED = "participant.linked"
    ATTENDANCE_RECORDED = "attendance.recorded"
    TEST_TAKEN = "test.taken"
    TEST_MARKED = "test.marked"
    CERTIFICATE_ISSUED = "certificate.issued"
    CERTIFICATE_WITHDRAWN = "certificate.withdrawn"
    DOOR_OPENED = "door.opened"
    DOOR_CLOSED = "door.closed"
    TRAINING_FEEDBACK = "training.feedback"
    # partners
    AGENCY_ADDED = "agency.added"
    AGENCY_CHANGED = "agency.changed"
    AGENCY_MOVED = "agency.moved"
    UNIT_ADDED = "unit.added"
    UNIT_CHANGED = "unit.changed"
    UNIT_MOVED = "unit.moved"
    FACILITY_ADDED = "facility.added"
    FACILITY_CHANGED = "facility.changed"
    FACILITY_VERIFIED = "facility.verified"
    FACILITY_MOVED = "facility.moved"
    FACILITY_ADDRESS_CHANGED = "facility.address_changed"
    FACILITY_ADDRESS_OPENED = "facility.address_opened"
    CAPACITY_REPORTED = "capacity.reported"
    CAPACITY_WITHDRAWN = "capacity.withdrawn"
    OFFICIAL_ADDED = "official.added"
    OFFICIAL_CHANGED = "official.changed"
    OFFICIAL_POSTED = "official.posted"
    OFFICIAL_LEFT = "official.left"
    OFFICIAL_FILE_MADE = "official.file_made"
    OFFICIAL_ERASED = "official.erased"
    AGREEMENT_MADE = "agreement.made"
    AGREEMENT_CHANGED = "agreement.changed"
    AGREEMENT_REVIEWED = "agreement.reviewed"
    AGREEMENT_ENDED = "agreement.ended"
    AGREEMENT_PAPER_ADDED = "agreement.paper_added"
    AGREEMENT_PAPER_OPENED = "agreement.paper_opened"
    # insight
    BREACH_REPORTED = "breach.reported"
    BREACH_ASSESSED = "breach.assessed"
    BREACH_DECIDED = "breach.decided"
    BREACH_CLOSED = "breach.closed"
    DPIA_WRITTEN = "dpia.written"
    DPIA_CHANGED = "dpia.changed"
    DPIA_SIGNED = "dpia.signed"
    FIGURES_ASKED = "figures.asked"
    FIGURES_APPROVED = "figures.approved"
    FIGURES_DECLINED = "figures.declined"
    FIGURES_TAKEN_OUT = "figures.taken_out"
    # desk
    NOTICE_READ = "notice.read"


@dataclass(frozen=True, slots=True)
class VerbSpec:
    label: str | Promise
    facts: Mapping[str, Fact]


def _spec(label: str | Promise, **facts: Fact) -> VerbSpec:
    # `from` is a keyword of Python, so it is written `from_` below.
    return VerbSpec(label, {name.rstrip("_"): fact for name, fact in facts.items()})


SPECS: Mapping[Verb, VerbSpec] = {
    Verb.INSTANCE_CREATED: _spec(_("Amparo was set up"), demo=Fact.FLAG),
    Verb.KEY_ROTATED: _spec(_("An office's key was renewed"), generation=Fact.COUNT),
    Verb.ROOT_KEY_RENEWED: _spec(_("The root key was renewed"), keys=Fact.COUNT),
    Verb.PASSPHRASE_RENEWED: _spec(_("A new passphrase was made")),
    Verb.PERSON_ERASED: _spec(_("A person's words were erased"), keys=Fact.COUNT, rows=Fact.COUNT),
    Verb.ACCOUNT_INVITED: _spec(_("A colleague was invited"), role=Fact.CODE),
    Verb.ACCOUNT_ACTIVATED: _spec(_("A colleague chose a password")),
    Verb.ACCOUNT_DISABLED: _spec(_("An account was closed")),
    Verb.ACCOUNT_ENABLED: _spec(_("An account was opened again")),
    Verb.ACCOUNT_CHANGED: _spec(_("An account's details were changed"), fields=Fact.CODES),
    Verb.ACCOUNT_PASSWORD_CHANGED: _spec(_("A password was changed")),
    Verb.ACCOUNT_RESET: _spec(_("A colleague's sign-in was reset")),
    Verb.ACCOUNT_SECOND_STEP_CHANGED: _spec(_("A second sign-in step was added or removed"), action=Fact.CODE),
    Verb.ROLE_GIVEN: _spec(_("A role was given"), role=Fact.CODE, until=Fact.DAY),
    Verb.ROLE_CONFIRMED: _spec(_("A role was confirmed"), role=Fact.CODE),
    Verb.ROLE_ENDED: _spec(_("A role was ended"), role=Fact.CODE),
    Verb.SESSIONS_ENDED: _spec(_("Sign-ins were ended"), count=Fact.COUNT),
    Verb.SIGNED_IN: _spec(_("Somebody signed in"), method=Fact.CODE),
    Verb.SIGNED_OUT: _spec(_("Somebody signed out")),
    Verb.COURT_MODE_ENTERED: _spec(_("Somebody entered court mode")),
    Verb.COURT_MODE_LEFT: _spec(_("Somebody left court mode")),
    Verb.GRANT_GIVEN: _spec(_("Somebody was put on a case's team"), account=Fact.ID, role=Fact.CODE, until=Fact.DAY),
    Verb.GRANT_ENDED: _spec(_("Somebody left a case's team"), account=Fact.ID),
    Verb.BAR_SET: _spec(_("Somebody was barred from a case or person"), account=Fact.ID),
    Verb.BAR_LIFTED: _spec(_("A bar was lifted"), account=Fact.ID),
    # Neither says whose it is: who holds a role that reads the ledger may be the colleague herself.
    Verb.INTEREST_FOUND: _spec(_("Somebody who works here may know somebody in a case"), kind=Fact.CODE),
    Verb.INTEREST_DECIDED: _spec(
        _("It was decided whether a colleague has a conflict of interest"), kind=Fact.CODE, state=Fact.CODE
    ),
    Verb.OWN_DETAILS_CHANGED: _spec(_("Somebody changed her own details for conflict checks"), count=Fact.COUNT),
    Verb.ATTEMPT_REFUSED: _spec(_("An attempt was refused"), permission=Fact.CODE, count=Fact.COUNT),
    Verb.COMPARTMENT_READ: _spec(_("A guarded part was opened"), compartment=Fact.CODE),
    Verb.CASELOAD_HANDED_OVER: _spec(_("A caseload was handed over"), from_=Fact.ID, to=Fact.ID, count=Fact.COUNT),
    Verb.OFFICE_ADDED: _spec(_("An office was added")),
    Verb.OFFICE_CHANGED: _spec(_("An office was changed"), fields=Fact.CODES),
    Verb.SETTING_CHANGED: _spec(_("A setting was changed"), setting=Fact.CODE),
    Verb.CODE_LIST_CHANGED: _spec(_("A code list was changed"), list=Fact.CODE, code=Fact.CODE, action=Fact.CODE),
    Verb.PERSON_ADDED: _spec(_("A person was added"), kind=Fact.CODE),
    Verb.PERSON_CHANGED: _spec(_("A person's details were changed"), fields=Fact.CODES),
    Verb.PERSON_NAME_ADDED: _spec(_("A name was added"), kind=Fact.CODE),
    Verb.PERSON_NAME_WITHDRAWN: _spec(_("A name was withdrawn")),
    Verb.CONTACT_ADDED: _spec(_("A contact was added"), kind=Fact.CODE),
    Verb.CONTACT_CHANGED: _spec(_("A contact was changed"), fields=Fact.CODES),
    Verb.ADDRESS_CHANGED: _spec(_("A protected address was changed")),
    Verb.ADDRESS_OPENED: _spec(_("A protected address was shown")),
    Verb.PERSON_PHOTO_ADDED: _spec(_("A photograph of a person was added"), basis=Fact.CODE, sha256=Fact.DIGEST),
    Verb.PERSON_PHOTO_OPENED: _spec(_("A photograph of a person was opened")),
    Verb.PERSON_PHOTO_REMOVED: _spec(_("A photograph of a person was taken away")),
    Verb.NAMES_OPENED: _spec(_("Names were opened with a reason"), reason=Fact.CODE),
    Verb.PERSON_JOIN_ASKED: _spec(_("Somebody asked to join two records of one person"), into=Fact.ID),
    Verb.PERSON_JOIN_DECLINED: _spec(_("Two records were found to be two people"), into=Fact.ID),
    Verb.PERSON_MERGED: _spec(_("Two records of one person were joined"), into=Fact.ID),
    Verb.PERSON_PARTED: _spec(_("Two records that were joined were parted again"), from_=Fact.ID),
    Verb.CASE_OPENED: _spec(_("A case was opened"), origin=Fact.CODE),
    Verb.CASE_CHANGED: _spec(_("A case was changed"), fields=Fact.CODES),
    Verb.CASE_LINKED: _spec(_("Two cases were linked"), other=Fact.ID, kind=Fact.CODE),
    Verb.CASE_UNLINKED: _spec(_("A link between cases was removed"), other=Fact.ID),
    Verb.PARTY_JOINED: _spec(_("A person was added to a case"), person=Fact.ID, role=Fact.CODE),
    Verb.PARTY_CHANGED: _spec(_("A person's part in a case was changed"), role=Fact.CODE, fields=Fact.CODES),
    Verb.OWN_COPY_MADE: _spec(
        _("A survivor's own copy was made"),
        person=Fact.ID,
        parts=Fact.CODES,
        way=Fact.CODE,
        sha256=Fact.DIGEST,
    ),
    Verb.PARTY_LEFT: _spec(_("A person's part in a case ended"), role=Fact.CODE),
    Verb.TRACK_CHANGED: _spec(_("A track changed its state"), track=Fact.CODE, from_=Fact.CODE, to=Fact.CODE),
    Verb.TRACK_DAY_CORRECTED: _spec(_("The day of a track's change was put right"), track=Fact.CODE, state=Fact.CODE),
    Verb.TRACK_LED: _spec(_("A track was given a lead"), track=Fact.CODE, account=Fact.ID),
    Verb.NOTE_WRITTEN: _spec(_("A note was written"), compartment=Fact.CODE, kind=Fact.CODE),
    Verb.NOTE_CORRECTED: _spec(_("A note was corrected"), compartment=Fact.CODE),
    Verb.DRAFT_SAVED: _spec(_("A draft was saved")),
    Verb.TASK_SET: _spec(_("A task was set"), kind=Fact.CODE, due=Fact.DAY),
    Verb.TASK_CHANGED: _spec(_("A task was changed"), fields=Fact.CODES),
    Verb.TASK_DONE: _spec(_("A task was done")),
    Verb.TASK_DROPPED: _spec(_("A task was dropped"), reason=Fact.CODE),
    Verb.PROMISE_MADE: _spec(_("A promise was made to a survivor"), due=Fact.DAY),
    Verb.PROMISE_KEPT: _spec(_("A promise was kept")),
    Verb.PROMISE_RELEASED: _spec(_("A promise was released"), reason=Fact.CODE),
    Verb.INCIDENT_RECORDED: _spec(_("An incident was recorded"), type=Fact.CODE, contexts=Fact.CODES),
    Verb.INCIDENT_CHANGED: _spec(_("An incident was changed"), fields=Fact.CODES),
    Verb.INCIDENT_CLASSIFIED: _spec(_("An incident was classified"), type=Fact.CODE, contexts=Fact.CODES),
    Verb.INCIDENT_FOUND: _spec(_("What was found of an incident was recorded"), from_=Fact.CODE, to=Fact.CODE),
    Verb.BASIS_RECORDED: _spec(_("A basis for keeping words was recorded"), kind=Fact.CODE, until=Fact.DAY),
    Verb.CONSENT_GIVEN: _spec(_("A consent was given"), purpose=Fact.CODE, classes=Fact.CODES, until=Fact.DAY),
    Verb.CONSENT_REFUSED: _spec(_("A consent was refused"), purpose=Fact.CODE),
    Verb.CONSENT_WITHDRAWN: _spec(_("A consent was withdrawn"), purpose=Fact.CODE),
    Verb.CONSENT_SUPERSEDED: _spec(_("A consent was renewed by a later one"), by=Fact.ID, purpose=Fact.CODE),
    Verb.CONSENT_RECORDING_LINKED: _spec(_("The recording of a consent was linked"), item=Fact.ID),
    Verb.ROUTE_RECORDED: _spec(_("A stage of somebody's route was recorded"), person=Fact.ID, stage=Fact.CODE),
    Verb.ROUTE_WITHDRAWN: _spec(_("A mistaken stage of a route was withdrawn"), stage=Fact.CODE),
    Verb.CONFERENCE_PLANNED: _spec(
        _("A case conference was planned"), due=Fact.DAY, agencies=Fact.COUNT, classes=Fact.CODES
    ),
    Verb.CONFERENCE_HELD: _spec(
        _("A case conference was held"), agencies=Fact.COUNT, uncovered=Fact.COUNT, tasks=Fact.COUNT
    ),
    Verb.CONFERENCE_DROPPED: _spec(_("A case conference was not held")),
    Verb.CLOSING_REQUESTED: _spec(_("Closing was requested"), reason=Fact.CODE),
    Verb.CLOSING_APPROVED: _spec(_("Closing was approved"), reason=Fact.CODE),
    Verb.CLOSING_DECLINED: _spec(_("Closing was declined")),
    Verb.CASE_REOPENED: _spec(_("A case was opened again"), reason=Fact.CODE),
    Verb.HANDOVER_OFFERED: _spec(_("A case was offered to a colleague"), to=Fact.ID),
    Verb.HANDOVER_RECEIVED: _spec(_("A hand-over was received"), from_=Fact.ID),
    Verb.HANDOVER_TAKEN_BACK: _spec(_("A hand-over was taken back")),
    Verb.REPORT_TAKEN: _spec(_("A report was taken"), channel=Fact.CODE, danger=Fact.FLAG),
    Verb.REPORT_CHANGED: _spec(_("A report was changed"), fields=Fact.CODES),
    Verb.REPORT_ACKNOWLEDGED: _spec(_("A report was acknowledged"), days=Fact.COUNT),
    Verb.REPORT_DANGER_TAKEN: _spec(_("Somebody took on an immediate danger")),
    Verb.REPORT_ACCEPTED: _spec(_("A report was accepted"), case=Fact.ID, new=Fact.FLAG),
    Verb.REPORT_REFERRED_ON: _spec(_("A report was referred on"), agency=Fact.CODE, partner=Fact.ID),
    Verb.REPORT_ONWARD_MOVED: _spec(
        _("A partner answered about a report referred on"), event=Fact.CODE, state=Fact.CODE, on=Fact.DAY
    ),
    Verb.REPORT_DECLINED: _spec(_("A report was declined"), reason=Fact.CODE),
    Verb.REPORT_INSUFFICIENT: _spec(_("A report was found insufficient"), reason=Fact.CODE),
    Verb.REPORT_DUPLICATE: _spec(_("A report was found to be a duplicate")),
    Verb.REPORT_ERASED: _spec(_("A report's words were erased"), rows=Fact.COUNT, people=Fact.COUNT),
    Verb.REPORT_FILE_ADDED: _spec(_("A file was added to a report"), bytes=Fact.COUNT),
    Verb.REPORT_CODE_CONFIRMED: _spec(_("Who reported wrote down the code to come back with")),
    Verb.REPORT_MESSAGE_RECEIVED: _spec(_("Who reported wrote again"), files=Fact.COUNT),
    Verb.REPORT_ANSWERED: _spec(_("A report was answered")),
    Verb.REPORT_MESSAGES_READ: _spec(_("Messages were read"), count=Fact.COUNT, by=Fact.CODE),
    Verb.DUPLICATES_CHECKED: _spec(_("Duplicates were looked for"), hits=Fact.COUNT),
    Verb.DUPLICATES_REFERRED: _spec(_("A possible duplicate was passed to a supervisor")),
    Verb.ITEM_REGISTERED: _spec(_("An evidence item was registered"), category=Fact.CODE, form=Fact.CODE),
    Verb.ITEM_CHANGED: _spec(_("An evidence item was described again"), fields=Fact.CODES),
    Verb.ITEM_BY_REFERENCE: _spec(_("An item was registered by reference"), authority=Fact.CODE),
    Verb.CUSTODY_RECORDED: _spec(_("A custody event was recorded"), kind=Fact.CODE, seq=Fact.COUNT),
    Verb.CUSTODY_OFFERED: _spec(_("An item was handed over, not yet received"), to=Fact.ID, seq=Fact.COUNT),
    Verb.CUSTODY_RECEIVED: _spec(_("An item was received"), from_=Fact.ID, seq=Fact.COUNT),
    Verb.CUSTODY_TAKEN_BACK: _spec(_("A hand-over of an item was taken back"), seq=Fact.COUNT),
    Verb.CUSTODY_REFUSED: _spec(_("An item was not accepted"), reason=Fact.CODE, seq=Fact.COUNT),
    Verb.GAP_EXPLAINED: _spec(_("A gap in custody was explained"), seq=Fact.COUNT),
    Verb.FILE_STORED: _spec(_("A file was stored"), sha256=Fact.DIGEST, bytes=Fact.COUNT),
    Verb.FILE_VIEWED: _spec(_("A file was viewed"), part=Fact.CODE),
    Verb.ITEM_EXPORTED: _spec(_("An export for a court was made"), reason=Fact.CODE, manifest=Fact.DIGEST),
    # Not to whom: of a referral, those who read the ledger need not know where she is helped.
    Verb.COPY_ISSUED: _spec(_("A copy was given its number"), number=Fact.CODE, of=Fact.CODE, way=Fact.CODE),
    Verb.FILE_EXPORTED: _spec(_("A copy of a file was taken out"), reason=Fact.CODE),
    Verb.SEAL_CHECKED: _spec(_("A seal was checked"), unbroken=Fact.FLAG, seq=Fact.COUNT),
    Verb.ITEM_ISOLATED: _spec(_("A mistaken upload was isolated"), authority=Fact.CODE),
    Verb.KITS_REGISTERED: _spec(_("Examination kits were sent to a facility"), facility=Fact.ID, count=Fact.COUNT),
    Verb.KIT_RECEIVED: _spec(_("An examination kit reached its facility"), facility=Fact.ID),
    Verb.KIT_DISCARDED: _spec(_("An examination kit was discarded unused"), reason=Fact.CODE),
    Verb.KIT_USED: _spec(_("An examination kit was used"), kit=Fact.ID, item=Fact.ID, reported=Fact.FLAG),
    Verb.KIT_STEP: _spec(
        _("A step of an examination kit was recorded"),
        kind=Fact.CODE,
        seq=Fact.COUNT,
        until=Fact.DAY,
        laboratory=Fact.ID,
        told=Fact.FLAG,
    ),
    Verb.KIT_LIMITATION_SET: _spec(_("It was recorded until when a case can be brought"), until=Fact.DAY),
    Verb.KIT_NUMBER_ISSUED: _spec(_("A survivor was given a number for her kit"), renewed=Fact.FLAG),
    Verb.KIT_NUMBER_WITHDRAWN: _spec(_("A survivor's number for her kit was withdrawn")),
    Verb.LAB_REQUEST_DRAFTED: _spec(_("A request to a laboratory was drafted"), laboratory=Fact.ID, tests=Fact.CODES),
    Verb.LAB_REQUEST_MOVED: _spec(_("A request to a laboratory went on"), ask=Fact.CODE, state=Fact.CODE),
    Verb.LAB_RESULT_RECORDED: _spec(_("A laboratory's report was recorded"), compartment=Fact.CODE),
    # Neither the service nor the partner of a referral: those who read the ledger need not know where she is helped.
    Verb.REFERRAL_DRAFTED: _spec(_("A referral was drafted"), urgency=Fact.CODE, due=Fact.DAY),
    Verb.REFERRAL_CHANGED: _spec(_("A referral was changed"), fields=Fact.CODES),
    Verb.REFERRAL_MOVED: _spec(
        _("A referral went on"), event=Fact.CODE, state=Fact.CODE, reason=Fact.CODE, on=Fact.DAY, consent=Fact.ID
    ),
    Verb.REFERRAL_PRINTED: _spec(_("The sheet of a referral was printed"), sheet=Fact.DIGEST),
    Verb.RELEASE_PREPARED: _spec(
        _("A release was prepared"), to=Fact.ID, until=Fact.DAY, consent=Fact.ID, items=Fact.COUNT, papers=Fact.COUNT
    ),
    Verb.RELEASE_MOVED: _spec(_("A release went on"), event=Fact.CODE, state=Fact.CODE, reason=Fact.CODE, on=Fact.DAY),
    Verb.LEAD_OPENED: _spec(_("A lead was opened"), kind=Fact.CODE, due=Fact.DAY),
    Verb.LEAD_CHANGED: _spec(_("A lead was changed"), fields=Fact.CODES),
    Verb.LEAD_CLOSED: _spec(_("A lead was closed"), outcome=Fact.CODE),
    Verb.LEAD_ASKED: _spec(
        _("A partner was asked about a lead"),
        lead=Fact.ID,
        official=Fact.ID,
        unit=Fact.ID,
        reader=Fact.ID,
        due=Fact.DAY,
    ),
    Verb.LEAD_ANSWERED: _spec(_("A partner answered about a lead"), lead=Fact.ID, on=Fact.DAY, reply=Fact.CODE),
    Verb.LEAD_ASK_DROPPED: _spec(_("A partner's answer about a lead was not needed any more"), lead=Fact.ID),
    Verb.SUSPECT_STATUS: _spec(_("A suspect's status was recorded"), person=Fact.ID, status=Fact.CODE),
    Verb.SUSPECT_STATUS_WITHDRAWN: _spec(
        _("A suspect's status was withdrawn"), person=Fact.ID, status=Fact.CODE, reason=Fact.CODE
    ),
    Verb.RELIEF_RECORDED: _spec(_("Relief was recorded"), person=Fact.ID, how=Fact.CODE, attribution=Fact.CODE),
    Verb.RELIEF_VERIFIED: _spec(_("Relief was verified"), person=Fact.ID),
    Verb.RESTRAINT_RECORDED: _spec(_("A restraint was recorded"), person=Fact.ID, how=Fact.CODE, attribution=Fact.CODE),
    Verb.RESTRAINT_VERIFIED: _spec(_("A restraint was verified"), person=Fact.ID),
    Verb.RELIEF_WITHDRAWN: _spec(_("A relief was withdrawn"), person=Fact.ID, reason=Fact.CODE),
    Verb.RESTRAINT_WITHDRAWN: _spec(_("A restraint was withdrawn"), person=Fact.ID, reason=Fact.CODE),
    Verb.RELIEF_CORRECTED: _spec(_("A relief was put right"), person=Fact.ID, reason=Fact.CODE, instead=Fact.ID),
    Verb.RESTRAINT_CORRECTED: _spec(_("A restraint was put right"), person=Fact.ID, reason=Fact.CODE, instead=Fact.ID),
    Verb.OFFICIAL_CONTACT_WITHDRAWN: _spec(_("A contact with an official was withdrawn"), reason=Fact.CODE),
    Verb.OFFICIAL_CONTACT_CORRECTED: _spec(
        _("A contact with an official was put right"), reason=Fact.CODE, instead=Fact.ID
    ),
    Verb.OFFICIAL_STEP_DONE: _spec(_("A step agreed with an official was done")),
    Verb.INTERVIEW_PLANNED: _spec(
        _("An interview was planned"), person=Fact.ID, purpose=Fact.CODE, due=Fact.DAY, told=Fact.COUNT
    ),
    Verb.INTERVIEW_CHANGED: _spec(_("A planned interview was changed"), fields=Fact.CODES),
    Verb.INTERVIEW_HELD: _spec(
        _("An interview was held"), person=Fact.ID, minutes=Fact.COUNT, promises=Fact.COUNT, recordings=Fact.COUNT
    ),
    Verb.INTERVIEW_TRANSCRIBED: _spec(_("An interview was written down")),
    Verb.INTERVIEW_REVIEWED: _spec(_("An interview was gone through with who was asked"), how=Fact.CODE),
    Verb.INTERVIEW_SEALED: _spec(_("An interview was sealed")),
    Verb.INTERVIEW_ADDED_TO: _spec(_("Something was added to a sealed interview")),
    Verb.INTERVIEW_DROPPED: _spec(_("A planned interview was not held"), reason=Fact.CODE),
    Verb.INTERVIEW_FEEDBACK_GIVEN: _spec(_("Who was interviewed was told what came of it")),
    Verb.THREAT_REPORTED: _spec(
        _("A threat was reported"), person=Fact.ID, by=Fact.CODE, kind=Fact.CODE, risk=Fact.CODE
    ),
    Verb.THREAT_ASSESSED: _spec(_("A threat was looked at again"), from_=Fact.CODE, to=Fact.CODE),
    Verb.THREAT_MITIGATED: _spec(_("A threat was mitigated")),
    Verb.THREAT_REOPENED: _spec(_("A threat came back"), risk=Fact.CODE),
    Verb.THREAT_CLOSED: _spec(_("A threat was closed"), reason=Fact.CODE),
    Verb.MEASURE_AGREED: _spec(_("A measure against a threat was agreed"), kind=Fact.CODE, due=Fact.DAY),
    Verb.MEASURE_DONE: _spec(_("A measure against a threat was done"), kind=Fact.CODE),
    Verb.MEASURE_DROPPED: _spec(_("A measure against a threat was dropped"), kind=Fact.CODE),
    Verb.MEASURE_PASSED_ON: _spec(_("A measure against a threat went to a colleague"), to=Fact.ID),
    Verb.OFFICIAL_CONTACTED: _spec(_("A contact with an official was recorded"), kind=Fact.CODE, official=Fact.ID),
    Verb.OPERATION_PLANNED: _spec(_("An operation was planned")),
    Verb.OPERATION_CHANGED: _spec(_("The plan of an operation was changed"), part=Fact.CODE, plan=Fact.COUNT),
    Verb.OPERATION_PROPOSED: _spec(_("An operation was proposed"), plan=Fact.COUNT, asked=Fact.COUNT),
    Verb.OPERATION_CHECKED: _spec(_("An operation was held against others"), days=Fact.COUNT),
    Verb.OPERATION_APPROVED: _spec(_("An operation was approved by somebody"), plan=Fact.COUNT, approvals=Fact.COUNT),
    Verb.OPERATION_DECLINED: _spec(_("An operation was declined"), plan=Fact.COUNT),
    Verb.OPERATION_VOIDED: _spec(_("A change took back the approvals of an operation"), approvals=Fact.COUNT),
    Verb.OPERATION_BRIEFED: _spec(_("The team of an operation was briefed"), people=Fact.COUNT),
    Verb.OPERATION_PRINTED: _spec(_("A briefing sheet was printed"), sheet=Fact.DIGEST, plan=Fact.COUNT),
    Verb.OPERATION_READ: _spec(_("An operation plan was opened")),
    Verb.OPERATION_EXECUTED: _spec(
        _("An operation was carried out"), on=Fact.DAY, relieved=Fact.COUNT, restrained=Fact.COUNT
    ),
    Verb.OPERATION_ABORTED: _spec(_("An operation was aborted"), reason=Fact.CODE, on=Fact.DAY),
    Verb.OPERATION_INCIDENT: _spec(_("An incident in an operation was recorded"), kind=Fact.CODE),
    Verb.OPERATION_DEBRIEFED: _spec(_("An operation was debriefed"), lessons=Fact.COUNT),
    Verb.OPERATION_SEALED: _spec(_("An operation was sealed")),
    Verb.LESSON_TAKEN_UP: _spec(_("A lesson of an operation was taken up")),
    Verb.CONFLICT_FOUND: _spec(_("Two plans touch")),
    Verb.CONFLICT_TOLD: _spec(_("That two plans touch was passed to somebody else"), to=Fact.ID),
    Verb.CONFLICT_SETTLED: _spec(_("Two plans that touch were settled"), outcome=Fact.CODE),
    Verb.DECONFLICTION_NAMED: _spec(_("Somebody was named to keep plans apart"), account=Fact.ID),
    Verb.PROCEEDING_OPENED: _spec(_("A proceeding was opened"), stage=Fact.CODE),
    Verb.PROCEEDING_CHANGED: _spec(_("A proceeding was changed"), fields=Fact.CODES),
    Verb.STAGE_REACHED: _spec(_("A proceeding reached a stage"), stage=Fact.CODE),
    Verb.CHARGE_PROPOSED: _spec(_("A charge was proposed"), accused=Fact.ID),
    Verb.CHARGE_CHANGED: _spec(_("A charge changed its state"), from_=Fact.CODE, to=Fact.CODE, reason=Fact.CODE),
    Verb.HEARING_LISTED: _spec(_("A hearing was listed"), purpose=Fact.CODE),
    Verb.HEARING_HELD: _spec(_("A hearing was held"), purpose=Fact.CODE),
    Verb.HEARING_ADJOURNED: _spec(_("A hearing was adjourned"), reason=Fact.CODE, party=Fact.CODE),
    Verb.HEARING_VACATED: _spec(_("A hearing was cancelled")),
    Verb.HEARING_CHANGED: _spec(_("A hearing was changed"), fields=Fact.CODES),
    Verb.HEARING_CORRECTED: _spec(_("A hearing was put right"), fields=Fact.CODES, reason=Fact.CODE),
    Verb.OUTCOME_TOLD: _spec(_("The survivor was told the outcome"), person=Fact.ID),
    Verb.MEASURE_REQUESTED: _spec(_("A special measure was requested"), measure=Fact.CODE),
    Verb.MEASURE_DECIDED: _spec(_("A special measure was decided"), measure=Fact.CODE, granted=Fact.FLAG),
    Verb.VERDICT_PRONOUNCED: _spec(_("A verdict was pronounced"), verdict=Fact.CODE),
    Verb.VERDICT_TAKEN_BACK: _spec(
        _("A verdict that was entered by mistake was taken back"), verdict=Fact.CODE, charge=Fact.CODE
    ),
    Verb.SENTENCE_PRONOUNCED: _spec(_("A sentence was pronounced"), kind=Fact.CODE),
    Verb.SENTENCE_VARIED: _spec(_("A sentence was varied on appeal")),
    Verb.SENTENCE_CORRECTED: _spec(_("A sentence was put right"), fields=Fact.CODES, reason=Fact.CODE),
    Verb.SENTENCE_TAKEN_BACK: _spec(_("A sentence that was entered by mistake was taken back"), reason=Fact.CODE),
    Verb.COMPENSATION_ORDERED: _spec(_("Compensation was ordered")),
    Verb.COMPENSATION_PAID: _spec(_("Compensation was paid")),
    Verb.COMPENSATION_CORRECTED: _spec(_("A compensation was put right"), fields=Fact.CODES, reason=Fact.CODE),
    Verb.COMPENSATION_TAKEN_BACK: _spec(
        _("A compensation that was entered by mistake was taken back"), reason=Fact.CODE
    ),
    Verb.ORDER_ISSUED: _spec(_("An order was issued"), kind=Fact.CODE, accused=Fact.ID, person=Fact.ID, until=Fact.DAY),
    Verb.ORDER_VARIED: _spec(_("An order was varied"), kind=Fact.CODE, on=Fact.DAY, to=Fact.ID),
    Verb.ORDER_LIFTED: _spec(_("An order was lifted"), kind=Fact.CODE, on=Fact.DAY),
    Verb.ORDER_EXPIRED: _spec(_("That an order has expired was looked at"), kind=Fact.CODE, until=Fact.DAY),
    Verb.ORDER_BREACHED: _spec(_("An order was breached"), kind=Fact.CODE, on=Fact.DAY),
    Verb.ORDER_TAKEN_BACK: _spec(
        _("An order that was entered by mistake was taken back"), kind=Fact.CODE, reason=Fact.CODE
    ),
    Verb.ORDER_BROUGHT_BACK: _spec(
        _("That an order had come to its end was taken back"), from_=Fact.CODE, reason=Fact.CODE
    ),
    Verb.BREACH_TAKEN_BACK: _spec(
        _("A breach that was entered by mistake was taken back"), on=Fact.DAY, reason=Fact.CODE
    ),
    Verb.EXHIBIT_PROPOSED: _spec(_("An item was proposed as an exhibit"), item=Fact.ID),
    Verb.EXHIBIT_MOVED: _spec(_("An exhibit changed its state"), from_=Fact.CODE, to=Fact.CODE),
    Verb.EXHIBIT_DISCLOSED: _spec(_("An exhibit was disclosed"), toward=Fact.CODE, ground=Fact.CODE, consent=Fact.ID),
    Verb.EXHIBIT_PROTECTED: _spec(_("An exhibit must not be disclosed"), toward=Fact.CODE, reason=Fact.CODE),
    Verb.FEED_MADE: _spec(_("A calendar feed was made")),
    Verb.FEED_REVOKED: _spec(_("A calendar feed was revoked")),
    Verb.FACT_VERIFIED: _spec(_("A fact was verified"), digest=Fact.DIGEST),
    Verb.FACT_PUBLISHED: _spec(_("A fact was published"), digest=Fact.DIGEST),
    Verb.FACT_WITHDRAWN: _spec(_("A fact was withdrawn")),
    Verb.FIGURES_PUBLISHED: _spec(
        _("Own figures were published"), release=Fact.ID, digest=Fact.DIGEST, count=Fact.COUNT
    ),
    Verb.FIGURES_WITHDRAWN: _spec(_("Own figures were withdrawn"), release=Fact.ID),
    Verb.SAFETY_PLAN_DRAFTED: _spec(_("A safety plan was drafted")),
    Verb.SAFETY_PLAN_AGREED: _spec(_("A safety plan was agreed"), review=Fact.DAY),
    Verb.SAFETY_PLAN_REVIEWED: _spec(_("A safety plan was reviewed"), review=Fact.DAY),
    Verb.SAFETY_PLAN_RETIRED: _spec(_("A safety plan was retired")),
    Verb.CARE_PLAN_DRAFTED: _spec(_("A care plan was drafted")),
    Verb.CARE_PLAN_AGREED: _spec(_("A care plan was agreed with the survivor")),
    Verb.CARE_PLAN_APPROVED: _spec(_("A care plan was approved")),
    Verb.CARE_PLAN_REVIEWED: _spec(_("A care plan was reviewed")),
    Verb.CARE_PLAN_ENDED: _spec(_("A care plan was ended")),
    Verb.GOAL_SET: _spec(_("A goal was set"), domain=Fact.CODE),
    Verb.GOAL_PROGRESSED: _spec(_("A goal moved"), progress=Fact.CODE),
    Verb.SERVICE_PLANNED: _spec(_("A service was planned"), type=Fact.CODE),
    Verb.SERVICE_CHANGED: _spec(_("A service changed its state"), from_=Fact.CODE, to=Fact.CODE),
    Verb.ASSESSMENT_STARTED: _spec(_("An assessment was started"), instrument=Fact.CODE),
    Verb.ASSESSMENT_SAVED: _spec(_("An assessment was saved")),
    Verb.ASSESSMENT_COMPLETED: _spec(_("An assessment was completed"), answered=Fact.COUNT),
    Verb.ASSESSMENT_REVIEWED: _spec(_("An assessment was reviewed by a second rater")),
    Verb.INSTRUMENT_ADDED: _spec(_("An instrument was added"), instrument=Fact.CODE, version=Fact.COUNT),
    Verb.CLIENT_ENROLLED: _spec(_("A person was enrolled in aftercare"), person=Fact.ID),
    Verb.CLIENT_ENDED: _spec(_("A person's aftercare was ended"), reason=Fact.CODE),
    Verb.RESTORATION_DECIDED: _spec(_("Restoration was decided"), decision=Fact.CODE),
    Verb.FOLLOWUP_PLANNED: _spec(_("A follow-up was planned"), due=Fact.DAY),
    Verb.FOLLOWUP_DONE: _spec(_("A follow-up was done"), outcome=Fact.CODE),
    Verb.PLACEMENT_RECORDED: _spec(_("A placement was recorded"), kind=Fact.CODE),
    Verb.EXAM_PLANNED: _spec(_("An examination was planned"), person=Fact.ID, on=Fact.DAY),
    Verb.EXAM_REPLANNED: _spec(_("The appointment of an examination was moved"), on=Fact.DAY),
    Verb.EXAM_CANCELLED: _spec(_("The appointment of an examination was cancelled")),
    Verb.EXAM_APPOINTMENT_KEPT: _spec(_("A planned examination was begun"), exam=Fact.ID),
    Verb.EXAM_BEGUN: _spec(_("An examination was begun"), person=Fact.ID),
    Verb.EXAM_SECTION_SAVED: _spec(_("A section of an examination was saved"), section=Fact.CODE, done=Fact.FLAG),
    Verb.EXAM_CONSENT_ASKED: _spec(
        _("Consent to a part of an examination was recorded"), item=Fact.CODE, state=Fact.CODE
    ),
    Verb.EXAM_STOPPED: _spec(_("An examination was stopped at the patient's wish")),
    Verb.FINDING_RECORDED: _spec(_("A finding was recorded"), number=Fact.COUNT),
    Verb.FINDING_CHANGED: _spec(_("A finding was described again"), number=Fact.COUNT),
    Verb.FINDING_REMOVED: _spec(_("A finding was removed before sealing"), number=Fact.COUNT),
    Verb.EXAM_PHOTO_ADDED: _spec(
        _("A photograph was added to an examination"), number=Fact.COUNT, scale=Fact.FLAG, sha256=Fact.DIGEST
    ),
    Verb.EXAM_PHOTO_REMOVED: _spec(_("A photograph was removed before sealing"), number=Fact.COUNT),
    Verb.EXAM_PHOTO_VIEWED: _spec(_("A photograph of an examination was viewed"), number=Fact.COUNT),
    Verb.SPECIMEN_TAKEN: _spec(_("A specimen was taken"), number=Fact.COUNT, item=Fact.ID),
    Verb.SPECIMEN_CHANGED: _spec(_("A specimen was described again"), number=Fact.COUNT),
    Verb.SPECIMEN_REMOVED: _spec(_("A specimen was removed before sealing"), number=Fact.COUNT),
    Verb.EXAM_KIT_OPENED: _spec(_("A kit was opened for an examination"), item=Fact.ID),
    Verb.EXAM_SEALED: _spec(_("An examination was sealed"), sha256=Fact.DIGEST, findings=Fact.COUNT, photos=Fact.COUNT),
    Verb.EXAM_ADDENDUM_WRITTEN: _spec(
        _("An addendum to an examination was written"), number=Fact.COUNT, sha256=Fact.DIGEST
    ),
    Verb.OPINION_SAVED: _spec(_("A draft of an opinion was saved"), number=Fact.COUNT),
    Verb.OPINION_SIGNED: _spec(_("An opinion was signed"), number=Fact.COUNT, sha256=Fact.DIGEST),
    Verb.EXAM_REPORT_MADE: _spec(_("A report of an examination was made"), sha256=Fact.DIGEST),
    Verb.EXAM_RELEASED: _spec(
        _("An examination's report was released"), to=Fact.ID, until=Fact.DAY, classes=Fact.CODES, sha256=Fact.DIGEST
    ),
    Verb.EXAM_RELEASE_READ: _spec(_("A released report was read"), part=Fact.CODE),
    Verb.EXAM_RELEASE_DECLINED: _spec(_("A released report was declined")),
    Verb.EXAM_RELEASE_RECALLED: _spec(_("A released report was recalled")),
    Verb.EXAM_FOLLOW_UP_SET: _spec(_("A visit after an examination was planned"), due=Fact.DAY),
    Verb.EXAM_FOLLOW_UP_ENDED: _spec(_("A visit after an examination was settled"), state=Fact.CODE),
    Verb.PSEUDONYM_MADE: _spec(_("A case got its pseudonym")),
    Verb.MENTORING_PLANNED: _spec(_("A mentoring contact was planned"), skill=Fact.CODE, mode=Fact.CODE, on=Fact.DAY),
    Verb.MENTORING_CHANGED: _spec(_("The plan of a mentoring contact was changed")),
    Verb.MENTORING_DONE: _spec(_("A mentoring contact was carried out"), on=Fact.DAY, next=Fact.DAY),
    Verb.MENTORING_REVIEWED: _spec(_("A mentoring contact was reviewed"), progress=Fact.CODE),
    Verb.MENTORING_CANCELLED: _spec(_("A mentoring contact was called off")),
    Verb.MENTORING_STEP_DONE: _spec(_("The next step of a mentoring contact was done")),
    Verb.PRACTICE_OPENED: _spec(_("A file of a unit is being observed"), unit=Fact.ID, checklist=Fact.COUNT),
    Verb.PRACTICE_ANSWERED: _spec(_("A practice item was answered"), item=Fact.CODE, answer=Fact.CODE, basis=Fact.CODE),
    Verb.PRACTICE_PROPOSED: _spec(_("An answer to a practice item was proposed"), item=Fact.CODE, answer=Fact.CODE),
    Verb.PRACTICE_COMPLETED: _spec(_("The observation of a file was completed")),
    Verb.PRACTICE_REOPENED: _spec(_("The observation of a file was opened again")),
    Verb.CHECKLIST_EXTENDED: _spec(
        _("A version of the practice checklist was added"), number=Fact.COUNT, items=Fact.COUNT
    ),
    Verb.FEEDBACK_DRAFTED: _spec(
        _("A feedback sheet for a unit was begun"), unit=Fact.ID, from_=Fact.DAY, until=Fact.DAY
    ),
    Verb.FEEDBACK_CHANGED: _spec(_("A feedback sheet was changed")),
    Verb.FEEDBACK_VALIDATED: _spec(_("A feedback sheet was validated with the unit"), files=Fact.COUNT),
    Verb.FEEDBACK_PUBLISHED: _spec(_("A feedback sheet was published as an aggregate")),
    Verb.UNIT_ASSESSED: _spec(_("A unit was assessed"), unit=Fact.ID, occasion=Fact.CODE, domains=Fact.COUNT),
    Verb.UNIT_ASSESSMENT_CHANGED: _spec(_("An assessment of a unit was corrected"), domains=Fact.COUNT),
    Verb.REFORM_IDENTIFIED: _spec(_("A problem to be reformed was identified"), agency=Fact.ID, domain=Fact.CODE),
    Verb.REFORM_CHANGED: _spec(_("A reform project was changed")),
    Verb.REFORM_LINKED: _spec(_("An observation was linked to a reform project"), kind=Fact.CODE),
    Verb.REFORM_MOVED: _spec(_("A reform project went on"), state=Fact.CODE, holds=Fact.FLAG),
    Verb.SCORE_ENTERED: _spec(
        _("A value of the scorecard was entered"), measure=Fact.CODE, occasion=Fact.CODE, method=Fact.CODE, n=Fact.COUNT
    ),
    Verb.SCORE_WITHDRAWN: _spec(_("A value of the scorecard was withdrawn"), reason=Fact.CODE),
    Verb.CURRICULUM_ADDED: _spec(_("A curriculum was added"), audience=Fact.CODE),
    Verb.CURRICULUM_CHANGED: _spec(_("A version of a curriculum was changed"), fields=Fact.CODES),
    Verb.CURRICULUM_VERSION_ADDED: _spec(_("A new version of a curriculum was begun"), number=Fact.COUNT),
    Verb.CURRICULUM_RETIRED: _spec(_("A curriculum was retired or taken up again"), retired=Fact.FLAG),
    Verb.TRAINING_PLANNED: _spec(_("A training was planned"), starts=Fact.DAY, days=Fact.COUNT),
    Verb.TRAINING_CHANGED: _spec(_("The plan of a training was changed"), fields=Fact.CODES),
    Verb.TRAINING_HELD: _spec(_("A training was held"), present=Fact.COUNT, enrolled=Fact.COUNT),
    Verb.TRAINING_EVALUATED: _spec(_("A training was evaluated")),
    Verb.TRAINING_FOLLOWED_UP: _spec(_("A training's follow-up was closed"), tested=Fact.COUNT, missing=Fact.COUNT),
    Verb.TRAINING_CANCELLED: _spec(_("A training was cancelled"), reason=Fact.CODE),
    Verb.PARTICIPANT_ADDED: _spec(_("Somebody was added to the training register"), kind=Fact.CODE, audience=Fact.CODE),
    Verb.PARTICIPANT_CHANGED: _spec(_("Somebody in the training register was changed"), fields=Fact.CODES),
    Verb.PARTICIPANT_ENROLLED: _spec(_("Somebody was enrolled in a training"), participant=Fact.ID),
    Verb.PARTICIPANT_STRUCK: _spec(_("Somebody was taken off the list of a training"), participant=Fact.ID),
    Verb.PARTICIPANT_ERASED: _spec(_("Somebody in the training register was erased"), rows=Fact.COUNT),
    Verb.PARTICIPANT_LINKED: _spec(_("Somebody in the training register is an official"), official=Fact.ID),
    Verb.ATTENDANCE_RECORDED: _spec(_("Attendance at a training was recorded"), how=Fact.CODE, changed=Fact.COUNT),
    Verb.TEST_TAKEN: _spec(_("Answers to a test were handed in"), occasion=Fact.CODE, how=Fact.CODE, count=Fact.COUNT),
    Verb.TEST_MARKED: _spec(_("Short answers of a test were marked"), occasion=Fact.CODE, count=Fact.COUNT),
    Verb.CERTIFICATE_ISSUED: _spec(_("A certificate was issued"), participant=Fact.ID, replaces=Fact.ID),
    Verb.CERTIFICATE_WITHDRAWN: _spec(_("A certificate was withdrawn"), participant=Fact.ID, reason=Fact.CODE),
    Verb.DOOR_OPENED: _spec(_("A link for participants was opened"), purpose=Fact.CODE, until=Fact.DAY),
    Verb.DOOR_CLOSED: _spec(_("A link for participants was closed"), purpose=Fact.CODE),
    Verb.TRAINING_FEEDBACK: _spec(_("A participant evaluated a training")),
    Verb.AGENCY_ADDED: _spec(_("An agency was added"), kind=Fact.CODE),
    Verb.AGENCY_CHANGED: _spec(_("An agency's details were changed")),
    Verb.AGENCY_MOVED: _spec(_("The work with an agency was suspended, resumed or closed"), state=Fact.CODE),
    Verb.UNIT_ADDED: _spec(_("A unit of an agency was added"), kind=Fact.CODE, agency=Fact.ID),
    Verb.UNIT_CHANGED: _spec(_("A unit's details were changed")),
    Verb.UNIT_MOVED: _spec(_("The work with a unit was suspended, resumed or closed"), state=Fact.CODE),
    Verb.FACILITY_ADDED: _spec(_("A facility was added"), kind=Fact.CODE, agency=Fact.ID, protected=Fact.FLAG),
    Verb.FACILITY_CHANGED: _spec(_("A facility's details were changed"), protected=Fact.FLAG),
    Verb.FACILITY_VERIFIED: _spec(_("What is written about a facility was checked")),
    Verb.FACILITY_MOVED: _spec(_("A facility was suspended, resumed or closed"), state=Fact.CODE),
    Verb.FACILITY_ADDRESS_CHANGED: _spec(_("A facility's protected address was changed")),
    Verb.FACILITY_ADDRESS_OPENED: _spec(_("A facility's protected address was shown"), reason=Fact.CODE),
    Verb.CAPACITY_REPORTED: _spec(
        _("What a facility has was reported"),
        facility=Fact.ID,
        on=Fact.DAY,
        examiners=Fact.COUNT,
        kits=Fact.COUNT,
    ),
    Verb.CAPACITY_WITHDRAWN: _spec(_("A report on what a facility has was withdrawn")),
    Verb.OFFICIAL_ADDED: _spec(_("An official's professional record was begun"), person=Fact.ID),
    Verb.OFFICIAL_CHANGED: _spec(_("An official's professional record was changed")),
    Verb.OFFICIAL_POSTED: _spec(
        _("An official took up a post"), agency=Fact.ID, unit=Fact.ID, from_=Fact.DAY, until=Fact.DAY
    ),
    Verb.OFFICIAL_LEFT: _spec(_("An official left a post"), agency=Fact.ID, until=Fact.DAY, reason=Fact.CODE),
    Verb.OFFICIAL_FILE_MADE: _spec(_("Everything held about an official was put together")),
    Verb.OFFICIAL_ERASED: _spec(_("An official's professional record was erased"), rows=Fact.COUNT),
    Verb.AGREEMENT_MADE: _spec(
        _("An agreement with an agency was made"),
        agency=Fact.ID,
        kind=Fact.CODE,
        classes=Fact.CODES,
        from_=Fact.DAY,
        review=Fact.DAY,
    ),
    Verb.AGREEMENT_CHANGED: _spec(
        _("An agreement was corrected"), kind=Fact.CODE, classes=Fact.CODES, from_=Fact.DAY, review=Fact.DAY
    ),
    Verb.AGREEMENT_REVIEWED: _spec(_("An agreement was reviewed"), review=Fact.DAY),
    Verb.AGREEMENT_ENDED: _spec(_("An agreement was ended")),
    Verb.AGREEMENT_PAPER_ADDED: _spec(_("The paper of an agreement was added"), paper=Fact.ID, bytes=Fact.COUNT),
    Verb.AGREEMENT_PAPER_OPENED: _spec(_("The paper of an agreement was opened"), paper=Fact.ID),
    Verb.BREACH_REPORTED: _spec(
        _("It was reported that something may have got out"), noticed=Fact.DAY, kinds=Fact.CODES, people=Fact.COUNT
    ),
    Verb.BREACH_ASSESSED: _spec(
        _("The risk of what got out was assessed"), risk=Fact.CODE, kinds=Fact.CODES, people=Fact.COUNT
    ),
    Verb.BREACH_DECIDED: _spec(_("Who is told of what got out was decided"), authority=Fact.CODE, people=Fact.CODE),
    Verb.BREACH_CLOSED: _spec(_("What got out was closed")),
    Verb.DPIA_WRITTEN: _spec(_("An impact assessment was written"), review=Fact.DAY),
    Verb.DPIA_CHANGED: _spec(_("An impact assessment was changed"), review=Fact.DAY),
    Verb.DPIA_SIGNED: _spec(_("An impact assessment was signed")),
    Verb.FIGURES_ASKED: _spec(
        _("A release of figures was asked for"),
        first=Fact.DAY,
        last=Fact.DAY,
        sha256=Fact.DIGEST,
        least=Fact.COUNT,
        programme=Fact.CODE,
    ),
    Verb.FIGURES_APPROVED: _spec(_("A release of figures was approved"), sha256=Fact.DIGEST),
    Verb.FIGURES_DECLINED: _spec(_("A release of figures was not approved"), sha256=Fact.DIGEST),
    Verb.FIGURES_TAKEN_OUT: _spec(_("Figures were taken out as a file"), figure=Fact.CODE, form=Fact.CODE),
    Verb.NOTICE_READ: _spec(_("A notice was read")),
}


def _checked(kind: Fact, value: object) -> JsonValue:
    """The value in its stored form. Raises ValueError where it is not of its kind."""
    match kind, value:
        case Fact.FLAG, bool():
            return value
        case Fact.COUNT, int() if not isinstance(value, bool):
            return value
        case Fact.ID, UUID():
            return str(value)
        case Fact.DAY, date():
            return value.isoformat()[:10]
        case Fact.DIGEST, str() if _DIGEST.fullmatch(value):
            return value
        case Fact.CODE, str() if _CODE.fullmatch(value):
            return str(value)
        case Fact.CODES, list() | tuple() if all(_CODE.fullmatch(item) for item in value):
            return [str(item) for item in value]
    raise ValueError


def checked_facts(verb: Verb, facts: Facts) -> dict[str, JsonValue]:
    """The facts of an event in stored form; those that are None are left out. Raises FactRefused."""
    allowed = SPECS[verb].facts
    stored: dict[str, JsonValue] = {}
    for name, value in facts.items():
        if value is None:
            continue
        try:
            stored[name] = _checked(allowed[name], value)
        except (KeyError, ValueError) as error:
            raise FactRefused(verb=verb.value, fact=name) from error
    return stored
