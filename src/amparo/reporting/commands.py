"""Every write of this site: what is kept between two pages, and what is sent on to the people who answer."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction

from amparo.access import queries as access
from amparo.access.actors import Actor, report_site
from amparo.intake import commands as intake
from amparo.intake import queries as reports
from amparo.intake.commands import Tellers, Telling
from amparo.intake.rules import incident_of
from amparo.intake.words import Channel, Danger, Teller
from amparo.kernel import clock, ids
from amparo.kernel.dates import PartialTime
from amparo.ledger import wal
from amparo.ledger.errors import AlreadyDone
from amparo.ledger.writing import command, submission
from amparo.reporting import queries, rules
from amparo.reporting.errors import Closed, CodeUnreadable, Ended, NoSuchCode, NotTheSame
from amparo.reporting.models import Mailbox, Unsent, Visit
from amparo.reporting.queries import Held
from amparo.reporting.rules import KEPT_FOR, KEPT_WITH_CODE, Answers, Stay
from amparo.reporting.words import About, CodeKind, Step
from amparo.reporting.words import Danger as Asked
from amparo.vault import lockers, sealing
from amparo.vault.lockers import Locker
from amparo.web import uploads
from amparo.web.limits import Narrow

# A request that began in the last moment is let finish.
_GRACE = timedelta(seconds=30)
_SWEPT_AT_ONCE = 100
# Each waiting place is a thread of the server that the staff may want.
_DERIVING = Narrow(waiting=3, seconds=3.0)
_SEND = "send"


# ---- between two pages --------------------------------------------------------------------------------------------


def begin(*, language: str) -> tuple[str, Held]:
    """Keep a place for a stranger. Returns the cookie, the only thing that opens it. Raises Closed."""
    office = queries.office()
    if office is None:
        raise Closed
    return _open_visit(Stay(report_id=ids.new_id(), office_id=office, language=language))


def _open_visit(stay: Stay) -> tuple[str, Held]:
    secret = ids.entropy(queries.SECRET_BYTES)
    locker = lockers.of_secret(secret)
    row = Visit(id=ids.new_public_id(), office_id=stay.office_id, look_up=locker.look_up)
    with transaction.atomic():
        _sweep()
        _write(row, locker, stay)
        row.save(force_insert=True)
    return base64.urlsafe_b64encode(secret).decode("ascii"), Held(row.id, locker, stay)


def _write(row: Visit, locker: Locker, stay: Stay) -> None:
    row.until = clock.now() + (KEPT_WITH_CODE if stay.way_back else KEPT_FOR)
    sealing.seal(row, held=locker.seal(stay.stored()))  # type: ignore[arg-type]


def _remove(visit_id: UUID) -> None:
    Visit.objects.filter(pk=visit_id).delete()
    sealing.erase_owner(visit_id)


def _remove_all(held: Held) -> None:
    """What the cookie opens, and what a code opened that was made for it."""
    _remove(held.visit_id)
    if held.stay.way_back is not None:
        _remove(held.stay.way_back)


# ---- what was not sent in time ------------------------------------------------------------------------------------


def purge() -> int:
    """Remove what strangers began and did not send within the time that the pages say: rows, files and keys.

    Nobody need come by for it: the server calls it each half minute (`config.tending`). Killed half way, it is done
    by the next one. Returns how much was removed.
    """
    count = _sweep(None)
    for row in Unsent.objects.filter(until__lt=clock.now() - _GRACE):
        _forget(report_site(row.office_id), row.id, before=clock.now() - _GRACE)
        count += 1
    if count:
        # Until then, pages of the log may still hold the keys.
        transaction.on_commit(wal.truncate, robust=True)
    return count


def _sweep(most: int | None = _SWEPT_AT_ONCE) -> int:
    before, count = clock.now() - _GRACE, 0
    for key in list(Visit.objects.filter(until__lt=before).values_list("id", flat=True)[:most]):
        with transaction.atomic():
            # Whoever came back in this moment keeps what is hers.
            if Visit.objects.filter(pk=key, until__lt=before).delete()[0]:
                sealing.erase_owner(key)
                count += 1
    return count


def _forget(actor: Actor, report_id: UUID, *, before: datetime | None = None) -> None:
    """Remove files that wait for a report; where it was never sent, destroy the key under which they were sealed."""
    late = Unsent.objects.filter(pk=report_id)
    with transaction.atomic():
        if not (late if before is None else late.filter(until__lt=before)).delete()[0]:
            return
        if not reports.is_report(report_id):
            sealing.erase_owner(report_id)
    uploads.discard_all(actor, report_id)


def expect_files(held: Held) -> None:
    """Note that files wait for what was begun, so that they go in time if it is never sent."""
    until = clock.now() + (KEPT_WITH_CODE if held.stay.way_back else KEPT_FOR)
    Unsent.objects.update_or_create(pk=held.stay.report_id, defaults={"office_id": held.stay.office_id, "until": until})
    if held.stay.way_back is not None:
        uploads.hold(held.actor, held.stay.report_id, until)


# ---- a change -----------------------------------------------------------------------------------------------------


def _kept(held: Held) -> tuple[Visit, Stay]:
    """What is kept at this moment, for a change of it: another tab may have been faster. Raises Ended."""
    row = Visit.objects.select_for_update().filter(pk=held.visit_id, until__gt=clock.now()).first()
    if row is None:
        raise Ended
    inside = held.locker.open(sealing.open_row(row, "held").text("held"))
    return row, Stay.of(inside if isinstance(inside, dict) else {})


def _keep(held: Held, change: Callable[[Stay], Stay]) -> Held:
    """Keep what changed, for two hours from now, or for three days with a code. Raises Ended."""
    with transaction.atomic():
        row, stay = _kept(held)
        stay = change(stay)
        _write(row, held.locker, stay)
        row.save(update_fields=["held", "until"])
        Unsent.objects.filter(pk=stay.report_id).update(until=row.until)
        if stay.way_back is not None:
            Visit.objects.filter(pk=stay.way_back).update(until=row.until)
            uploads.hold(held.actor, stay.report_id, row.until)
    return replace(held, stay=stay)


def set_answers(held: Held, values: Mapping[str, str]) -> Held:
    """Keep the answers of one page; after the report was sent, in another tab, nothing changes any more.

    Raises Ended, TooLong.
    """

    def answered(stay: Stay) -> Stay:
        return replace(stay, answers=stay.answers.with_values(values)) if stay.step is Step.ASKING else stay

    return _keep(held, answered)


def end(held: Held) -> None:
    """Forget a stranger's place at once, with the files that she did not send, for she asked for it."""
    _forget(held.actor, held.stay.report_id)
    with transaction.atomic():
        _remove_all(held)


def keep_for_later(held: Held, cookie: str, source: bytes | None) -> Held:
    """Make a code that opens what was not sent yet, on any phone, for three days after the last page.

    The code opens a row of its own, in which the cookie's secret lies. Asked twice, it is the same code.
    Raises Ended, ManyAtOnce.
    """
    if held.stay.step is not Step.ASKING:
        raise Ended
    if held.stay.way_back is not None:
        return held
    code = new_code(CodeKind.WORDS)
    with _DERIVING.through(source):
        locker = lockers.of_code(code)
    row = Visit(id=ids.new_public_id(), office_id=held.stay.office_id, look_up=locker.look_up, until=clock.now())
    sealing.seal(row, held=locker.seal({"cookie": cookie}))
    with transaction.atomic():
        row.save(force_insert=True)
        kept = _keep(held, lambda stay: stay if stay.way_back else replace(stay, code=code, way_back=row.id))
        if kept.stay.way_back != row.id:
            _remove(row.id)  # Another tab was quicker, and its code is the one that is shown.
    return kept


# ---- sending ------------------------------------------------------------------------------------------------------


def send(held: Held, kind: CodeKind = CodeKind.WORDS) -> Held:
    """Send the report, once: pressed twice, or again after a break, it is the same report and the same code page.

    **Needs** intake:report:take, through the site's door. **Ledger** report.taken, report.file_added and more.
    Raises UploadGone, StillBusy, NoRoom; then nothing was sent and all answers are still there.
    """
    if held.stay.step is not Step.ASKING:
        return held
    # Where the same form was quicker in another request, its code is the one that counts.
    with suppress(AlreadyDone), submission(uuid5(held.stay.report_id, _SEND)):
        _send(actor=held.actor, held=held, code=new_code(kind))
    with transaction.atomic():
        return replace(held, stay=_kept(held)[1])


@command
def _send(*, actor: Actor, held: Held, code: str) -> UUID:
    """The report, its files and the end of its answers, in one act. What is sent is what is kept at this moment."""
    _row, stay = _kept(held)
    zone = ZoneInfo(access.office(stay.office_id).time_zone)
    with clock.days_of(zone):
        telling, tellers = _telling(stay, zone), _tellers(stay.answers)
    files = [file.upload_id for file in queries.waiting(held)]
    key = intake.receive_report(actor=actor, report_id=stay.report_id, telling=telling, tellers=tellers, files=files)
    # Who has a code already, to go on later, need not learn another.
    _keep(held, lambda stay: replace(stay, step=Step.SENT, answers=Answers(), code=stay.code or code))
    Unsent.objects.filter(pk=key).delete()
    return key


_DANGER = {Asked.NOW: Danger.YES, Asked.AGAIN: Danger.UNSURE, Asked.NO: Danger.NO, Asked.UNSURE: Danger.UNSURE}


def _telling(stay: Stay, zone: ZoneInfo) -> Telling:
    answers = stay.answers
    return Telling(
        channel=Channel.SITE,
        # Who skipped the question may still be in danger: somebody has to look.
        danger=_DANGER[Asked(answers.danger)] if answers.danger else Danger.UNSURE,
        danger_words=queries.danger_words(answers),
        incident=_incident(answers, zone),
        text=queries.told_text(answers),
        place=answers.place,
        district=answers.district,
        language=queries.language_name(stay.language),
    )


def _incident(answers: Answers, zone: ZoneInfo) -> PartialTime | None:
    """When it was; a day that is still to come was a slip, and is not a reason to lose a report."""
    day = rules.day_of(answers, clock.today())
    incident = incident_of(day, None, False, zone)
    return incident if incident is not None and incident.at <= clock.now() else None


def _tellers(answers: Answers) -> Tellers:
    is_survivor = answers.about == About.ME
    name = rules.name_in(answers.name)
    return Tellers(
        teller=Teller.SURVIVOR if is_survivor and name else Teller.ANONYMOUS,
        survivor_name=name,
        suspect_name=rules.name_in(answers.who),
        safe_contact=queries.safe_text(answers),
    )


# ---- the code -----------------------------------------------------------------------------------------------------


def new_code(kind: CodeKind) -> str:
    """A code that nobody has yet; it opens nothing before it is typed back."""
    count = rules.DIGITS_ENTROPY if kind is CodeKind.DIGITS else rules.WORDS_ENTROPY
    return rules.new_code(kind, ids.entropy(count), queries.wordlist())


def change_code(held: Held, kind: CodeKind) -> Held:
    """Show another code instead: words for numbers, or numbers for words. Raises Ended."""

    def coded(stay: Stay) -> Stay:
        if stay.step is not Step.SENT:
            raise Ended
        return replace(stay, code=new_code(kind))

    return _keep(held, coded)


def confirm(held: Held, typed: str, source: bytes | None) -> tuple[str, Held]:
    """Let the code count, now that it was typed back: from here on it opens the report, and is shown no more.

    Returns a new cookie, and what it opens. **Ledger** report.code_confirmed.
    Raises CodeUnreadable, NotTheSame, Ended, ManyAtOnce.
    """
    if held.stay.step is not Step.SENT or not held.stay.code:
        raise Ended
    code = _normal(typed)
    if not hmac.compare_digest(code.encode(), held.stay.code.encode()):
        raise NotTheSame(field="code")
    with _DERIVING.through(source):
        locker = lockers.of_code(code)
    _confirm(actor=held.actor, held=held, locker=locker)
    return _come_in(held.stay.report_id, held.stay.office_id, held.stay.language)


def _normal(typed: str) -> str:
    code = rules.normal_code(typed, queries.wordlist())
    if code is None:
        raise CodeUnreadable(field="code")
    return code


@command
def _confirm(*, actor: Actor, held: Held, locker: Locker) -> UUID:
    if queries.report_in(locker) == held.stay.report_id:
        return held.stay.report_id  # The same form was quicker in another request.
    _kept(held)
    row = Mailbox(id=ids.new_public_id(), office_id=held.stay.office_id, look_up=locker.look_up)
    sealing.seal(row, held=locker.seal({"report": str(held.stay.report_id)}))
    row.save(force_insert=True)
    key = intake.confirm_code(actor=actor, report_id=held.stay.report_id)
    _remove_all(held)
    return key


def _come_in(report_id: UUID, office_id: UUID, language: str) -> tuple[str, Held]:
    since = clock.now()
    intake.mark_answers_read(actor=report_site(office_id), report_id=report_id)
    return _open_visit(Stay(report_id, office_id, Step.INSIDE, language=language, since=since))


def come_back(typed: str, source: bytes | None, *, language: str) -> tuple[str, Held]:
    """Open with a code what it was given for: a conversation, or what was not sent yet.

    The work is the same for a code that opens nothing. **Ledger** report.messages_read, where an answer waited.
    Raises CodeUnreadable, NoSuchCode, ManyAtOnce.
    """
    code = _normal(typed)
    with _DERIVING.through(source):
        locker = lockers.of_code(code)
    report, begun = queries.report_in(locker), queries.begun_by(locker)
    if begun is not None:
        cookie, held = begun
        return cookie, _keep(held, lambda stay: stay)
    if report is None:
        raise NoSuchCode(field="code")
    return _come_in(report, reports.office_of_stranger(report), language)


def look_again(held: Held) -> Held:
    """Take note that she looked for new answers. Raises Ended, NotFound."""
    since = clock.now()
    intake.mark_answers_read(actor=held.actor, report_id=held.stay.report_id)
    return _keep(held, lambda stay: replace(stay, since=since))


def write(held: Held, text: str, form_id: UUID | None) -> None:
    """Send a message with the files that came with it, once for each form.

    **Ledger** report.message_received. Raises NothingSaid, Ended, UploadGone.
    """
    if held.stay.step is not Step.INSIDE:
        raise Ended
    files = [file.upload_id for file in queries.waiting(held)]
    key = None if form_id is None else uuid5(form_id, f"message {held.stay.report_id}")
    try:
        with submission(key):
            intake.receive_message(actor=held.actor, report_id=held.stay.report_id, text=text, files=files)
    except AlreadyDone:
        return
    Unsent.objects.filter(pk=held.stay.report_id).delete()
