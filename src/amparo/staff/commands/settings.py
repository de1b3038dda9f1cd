"""Changing settings. The ledger keeps which one was changed, by whom and when; never its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.access.policy import Subject
from amparo.kernel import clock as clock_
from amparo.kernel.errors import Changed, NotFound
from amparo.ledger import writing
from amparo.ledger.verbs import Verb
from amparo.ledger.writing import command
from amparo.staff import rules
from amparo.staff.errors import OfficeUnknown
from amparo.staff.models import Setting
from amparo.staff.queries import settings as held
from amparo.staff.rules import Clock, Helpline
from amparo.staff.words import CodeList, Key, Number, RestorationArea


def _save(actor: Actor, key: str, value: object, expected: int | None) -> Setting:
    policy.check_new(actor, "staff:setting:change", Subject(office=actor.office_id))
    row = Setting.objects.filter(key=key).first()
    if row is not None:
        return writing.update(row, expected=expected, value=value)
    if expected:
        raise Changed
    try:
        with transaction.atomic():
            return writing.insert(Setting(office_id=actor.office_id, key=key, value=value))
    except IntegrityError as error:
        raise Changed from error


def _note(actor: Actor, row: Setting, names: list[str]) -> None:
    for name in names:
        writing.note(Verb.SETTING_CHANGED, subject=row.id, office=actor.office_id, facts={"setting": name})


def _changed(before: Mapping[str, object], after: Mapping[str, object], key: str) -> list[str]:
    names = sorted(set(before) | set(after))
    return [f"{key}.{name}" for name in names if before.get(name) != after.get(name)] or [key]


@command
def set_numbers(*, actor: Actor, expected: int, numbers: Mapping[Number, int]) -> UUID:
    """Change the settings that are one whole number. **Needs** staff:setting:change. **Ledger** setting.changed.

    Raises NumberOutside, WindowsCross, Changed.
    """
    before = {number.value: value for number, value in held.numbers().items()}
    after = rules.checked_numbers(numbers)
    row = _save(actor, Key.NUMBERS, after, expected)
    _note(actor, row, _changed(before, after, Key.NUMBERS))
    return row.id


@command
def set_retention(*, actor: Actor, expected: int, years: Mapping[str, int]) -> UUID:
    """Change for how long closed cases are kept. **Needs** staff:setting:change. **Ledger** setting.changed.

    Raises NumberOutside, Changed.
    """
    before, after = held.retention(), rules.checked_retention(years)
    row = _save(actor, Key.RETENTION, after, expected)
    _note(actor, row, _changed(before, after, Key.RETENTION))
    return row.id


@command
def set_thresholds(*, actor: Actor, expected: int, thresholds: Mapping[RestorationArea, str]) -> UUID:
    """Change from which mean on an area counts as restored. **Needs** staff:setting:change.

    **Ledger** setting.changed. Raises ThresholdOutside, Changed.
    """
    before = {area.value: str(value) for area, value in held.restoration_thresholds().items()}
    after = rules.checked_thresholds(thresholds)
    row = _save(actor, Key.RESTORATION, after, expected)
    _note(actor, row, _changed(before, after, Key.RESTORATION))
    return row.id


@command
def save_clock(*, actor: Actor, expected: int, clock: Clock, is_new: bool) -> UUID:
    """Add or change a statutory clock. **Needs** staff:setting:change. **Ledger** setting.changed.

    Raises CodeRefused, CodeTaken, ClockCrossed, NumberOutside, Changed, NotFound.
    """
    present = held.all_clocks()
    if not is_new and clock.code not in {one.code for one in present}:
        raise NotFound
    # Whoever takes an example into use has answered for it.
    checked = replace(clock, is_example=clock.is_example and not clock.is_active)
    row = _save(actor, Key.CLOCKS, rules.stored_clocks(rules.with_clock(present, checked, is_new=is_new)), expected)
    _note(actor, row, [f"{Key.CLOCKS}.{clock.code}"])
    return row.id


@command
def save_helpline(*, actor: Actor, expected: int, line: Helpline, is_new: bool) -> UUID:
    """Add or change a helpline; whoever saves it says that she has called it on that day.

    **Needs** staff:setting:change. **Ledger** setting.changed.
    Raises SourceMissing, CheckedInFuture, CodeRefused, CodeTaken, Changed, NotFound.
    """
    present = held.all_helplines()
    if not is_new and line.code not in {one.code for one in present}:
        raise NotFound
    checked = replace(line, checked_by=str(actor.account_id))
    lines = rules.stored_helplines(rules.with_helpline(present, checked, clock_.today(), is_new=is_new))
    row = _save(actor, Key.HELPLINES, lines, expected)
    _note(actor, row, [f"{Key.HELPLINES}.{line.code}"])
    return row.id


@command
def set_reports_office(*, actor: Actor, expected: int, office_id: UUID | None) -> UUID:
    """Choose the office that answers the public site's reports; None closes the site.

    **Needs** staff:setting:change. **Ledger** setting.changed. Raises OfficeUnknown, Changed.
    """
    if office_id is not None and office_id not in {office.id for office in access.offices()}:
        raise OfficeUnknown(field="office")
    row = _save(actor, Key.REPORTING, {"office": str(office_id) if office_id else ""}, expected)
    _note(actor, row, [f"{Key.REPORTING}.office"])
    return row.id


@command
def add_code(*, actor: Actor, name: CodeList, code: str, label: str) -> UUID:
    """Add a code to a list. **Needs** staff:setting:change. **Ledger** code_list.changed.

    Raises CodeRefused, CodeTaken.
    """
    version, _value = held.stored(held.list_key(name))
    lines = rules.stored_list(rules.with_code(held.all_codes(name), code, label))
    row = _save(actor, held.list_key(name), lines, version)
    facts = {"list": name.value, "code": code, "action": "added"}
    writing.note(Verb.CODE_LIST_CHANGED, subject=row.id, office=actor.office_id, facts=facts)
    return row.id


@command
def set_code_use(*, actor: Actor, name: CodeList, code: str, is_active: bool) -> UUID:
    """Take a code out of use, or bring it back; records that name it keep it.

    **Needs** staff:setting:change. **Ledger** code_list.changed. Raises NotFound.
    """
    version, _value = held.stored(held.list_key(name))
    present = held.all_codes(name)
    if code not in {one.code for one in present}:
        raise NotFound
    after = [replace(one, is_active=is_active) if one.code == code else one for one in present]
    row = _save(actor, held.list_key(name), rules.stored_list(after), version)
    facts = {"list": name.value, "code": code, "action": "used" if is_active else "retired"}
    writing.note(Verb.CODE_LIST_CHANGED, subject=row.id, office=actor.office_id, facts=facts)
    return row.id
