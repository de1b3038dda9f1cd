"""What can be wrong in training."""

from __future__ import annotations

from amparo.kernel.errors import N_, AppError, Forbidden, Invalid, NotFound


class VersionInUse(Forbidden):
    code = "training.version_in_use"
    template = N_("A session uses this version of the curriculum, so that it can't be changed any more.")
    hint_template = N_("Make a new version: it begins as a copy of this one.")


class NothingToTeach(Invalid):
    code = "training.nothing_to_teach"
    template = N_("This version has no module yet.")
    hint_template = N_("Add at least one module before you plan a session with it.")


class QuestionUnusable(Invalid):
    code = "training.question_unusable"
    template = N_("This question has no answer that could be marked.")
    hint_template = N_(
        "Write at least two answers, each on a line of its own, and begin each right one with an asterisk."
    )


class OneRightAnswer(Invalid):
    code = "training.one_right_answer"
    template = N_("Exactly one answer of this question has to be right.")
    hint_template = N_("Begin one line with an asterisk, or choose the kind of question with several right answers.")


class RubricMissing(Invalid):
    code = "training.rubric_missing"
    template = N_("Nothing says yet how this answer is marked.")
    hint_template = N_("Write for what a point is given, so that two trainers would mark alike.")


class TooMuch(Invalid):
    code = "training.too_much"
    template = N_("A version has at most %(most)s of these.")
    hint_template = N_("Remove one first, or make a second curriculum.")


class DaysReversed(Invalid):
    code = "training.days_reversed"
    template = N_("The last day lies before the first one.")
    hint_template = N_("Compare both days.")


class NoDay(Invalid):
    code = "training.no_day"
    template = N_("No day of training is left, or there are more than %(most)s.")
    hint_template = N_("Compare the days and the weekdays that are left out. Plan long trainings as several sessions.")


class NotYet(Forbidden):
    code = "training.not_yet"
    template = N_("This session has not begun yet.")
    hint_template = N_("Record it from its first day on.")


class WrongState(Forbidden):
    code = "training.wrong_state"
    template = N_("The session is not at this step.")
    hint_template = N_("Look at the steps of the session: each follows the one before it.")


class NobodyAttended(Forbidden):
    code = "training.nobody_attended"
    template = N_("Nobody is recorded as present.")
    hint_template = N_("Record attendance first, or cancel the session with the reason.")


class HasPapers(Forbidden):
    code = "training.has_papers"
    template = N_("This person has a test, attendance or a certificate in this session.")
    hint_template = N_("Only somebody who was enrolled by mistake, and did nothing yet, can be taken off the list.")


class AlreadyEnrolled(AppError):
    code = "training.already_enrolled"
    status = 409
    template = N_("This person is on the list of this session already.")
    hint_template = N_("Look at the list: each person is on it once.")


class SameName(Invalid):
    code = "training.same_name"
    template = N_("Somebody with this name is in the register already.")
    hint_template = N_(
        "Choose that person from the register. If it is somebody else with the same name, tick the box below."
    )


class NobodyChosen(Invalid):
    code = "training.nobody_chosen"
    template = N_("Nobody is chosen.")
    hint_template = N_("Choose somebody from one of the lists, or write a name.")


class NotADayOfIt(Invalid):
    code = "training.not_a_day_of_it"
    template = N_("This is not a day of this session, or it has not come yet.")
    hint_template = N_("Look at the days of the session.")


class AnswerUnreadable(Invalid):
    code = "training.answer_unreadable"
    template = N_("%(typed)s can't be an answer to question %(question)s.")
    hint_template = N_("Type the letters of the answers, such as B or A C; for short answers the points.")


class PointsOutOfRange(Invalid):
    code = "training.points_out_of_range"
    template = N_("A short answer gets from 0 to %(most)s points here.")
    hint_template = N_("Look at the rubric of the question.")


class TestAfterCertificate(Forbidden):
    # Its name begins with "Test", but it holds none.
    __test__ = False
    code = "training.test_after_certificate"
    template = N_("A certificate was issued on this test: it can't be taken or marked any more.")
    hint_template = N_("Withdraw the certificate with its reason, mark the test, and issue a new certificate.")


class AttendanceAfterCertificate(Forbidden):
    code = "training.attendance_after_certificate"
    template = N_("A certificate was issued on this attendance: it can't be changed any more.")
    hint_template = N_("Withdraw the certificate with its reason, change the attendance, and issue a new certificate.")


class TestNotDue(Forbidden):
    __test__ = False
    code = "training.test_not_due"
    template = N_("This test can't be taken at this step of the session.")
    hint_template = N_(
        "Before and at the end: until the follow-up is closed. After 3 and 6 months: once the session was held."
    )


class TestTaken(AppError):
    __test__ = False
    code = "training.test_taken"
    status = 409
    template = N_("These answers were handed in already.")
    hint_template = N_("If something is wrong with them, tell your trainer.")


class NotEarned(Forbidden):
    code = "training.not_earned"
    template = N_("Nobody on this list has earned a certificate that is not issued yet.")
    hint_template = N_("A certificate needs the attendance, and where the curriculum asks for it the marked test.")


class CertificateWithdrawn(Forbidden):
    code = "training.certificate_withdrawn"
    template = N_("This certificate was withdrawn.")
    hint_template = N_("Its number stays known as withdrawn. Issue a new one from the page of the session.")


class DoorClosed(NotFound):
    """For strangers: a link that is unknown, has ended or was ended answers the same."""

    code = "training.door_closed"
    template = N_("This link is not open.")
    hint_template = N_("It may have ended. Ask your trainer for a new one.")


class CodeUnknown(Invalid):
    code = "training.code_unknown"
    template = N_("This code is not on the list of this session.")
    hint_template = N_("Compare it with your slip, or ask your trainer.")


class TooManyTries(AppError):
    code = "training.too_many_tries"
    status = 429
    template = N_("Too many codes that were not on the list.")
    hint_template = N_("Wait a minute, and ask your trainer for your code.")


class FeedbackFull(AppError):
    code = "training.feedback_full"
    status = 409
    template = N_("As many answers as there were people have been handed in.")
    hint_template = N_("Nothing more is needed. Thank you.")


class AlreadyErased(AppError):
    code = "training.already_erased"
    status = 409
    template = N_("This record is erased already.")
    hint_template = N_("Nothing more needs to be done.")


class AlreadyLinked(Invalid):
    code = "training.already_linked"
    template = N_("This official is in the register already.")
    hint_template = N_("Open the official's own line in the register.")


class FollowUpTooEarly(Forbidden):
    code = "training.follow_up_too_early"
    template = N_("The test after 6 months is not due yet.")
    hint_template = N_("Close the follow-up when it was due. Who did not take it counts as missing, never as a score.")
