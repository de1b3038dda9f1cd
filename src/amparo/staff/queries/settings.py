"""Reading settings: one query in a reading request. Where something is written, call once, never once for a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from amparo.kernel import clock
from amparo.kernel.recall import once
from amparo.staff import rules
from amparo.staff.models import Setting
from amparo.staff.rules import Clock
from amparo.staff.words import CodeList, Key, Number, RestorationArea
from amparo.vault.prepared import Prepared


@dataclass(frozen=True, slots=True)
class KitAlarms:
    """Days after which a kit raises an alarm at each step."""

    picked_up_days: int
    sent_days: int
    result_days: int
    held_days: int
    ending_days: int
    expiry_days: int


def list_key(name: CodeList) -> str:
    return f"list.{name}"


def stored(key: str) -> tuple[int, object]:
    """The version and value of a group of settings; version 0 and None where nobody has set it."""
    return once("settings", "all", _all_stored).get(key, (0, None))


_SETTINGS = Prepared(lambda: Setting.objects.values_list("key", "version", "value"))


def _all_stored() -> dict[str, tuple[int, object]]:
    """Every group: there are few, and most pages need several."""
    return {key: (version, value) for key, version, value in _SETTINGS.rows()}


def _table(key: str) -> Mapping[str, object]:
    value = stored(key)[1]
    return value if isinstance(value, dict) else {}


def _lines(key: str) -> list[Mapping[str, object]] | None:
    value = stored(key)[1]
    return value if isinstance(value, list) else None


def numbers() -> dict[Number, int]:
    """All settings that are one whole number."""
    return rules.numbers(_table(Key.NUMBERS))


def medical_window_hours() -> int:
    """Hours from the incident in which medicine against HIV has to begin."""
    return numbers()[Number.MEDICAL_FIRST_HOURS]


def medical_last_hours() -> int:
    """Hours from the incident in which emergency contraception and samples are still possible."""
    return numbers()[Number.MEDICAL_LAST_HOURS]


def acknowledge_days() -> int:
    return numbers()[Number.ACKNOWLEDGE_DAYS]


def screening_days() -> int:
    return numbers()[Number.SCREENING_DAYS]


def contact_overdue_days() -> int:
    return numbers()[Number.CONTACT_OVERDUE_DAYS]


def order_ending_days() -> int:
    """Days before its last day when an order of a court is shown on Today."""
    return numbers()[Number.ORDER_ENDING_DAYS]


def consent_notice_days() -> int:
    """Days before the end of a consent when the team of its case is reminded."""
    return numbers()[Number.CONSENT_NOTICE_DAYS]


def breach_hours() -> int:
    """Hours from noticing in which the authority is told that something got out."""
    return numbers()[Number.BREACH_HOURS]


def least_shown() -> int:
    """The smallest group that a table of people may show."""
    return numbers()[Number.LEAST_SHOWN]


def kit_alarms() -> KitAlarms:
    held = numbers()
    return KitAlarms(
        held[Number.KIT_PICKED_UP_DAYS],
        held[Number.KIT_SENT_DAYS],
        held[Number.KIT_RESULT_DAYS],
        held[Number.KIT_HELD_DAYS],
        held[Number.KIT_ENDING_DAYS],
        held[Number.KIT_EXPIRY_DAYS],
    )


def retention() -> dict[str, int]:
    return rules.retention(_table(Key.RETENTION))


def report_retention() -> dict[str, int]:
    """Years for which a report that became no case is kept, by the state that it was left in."""
    return {name.removeprefix("report_"): years for name, years in retention().items() if name.startswith("report_")}


def retention_years(reason: str) -> int:
    """Years for which a case that was closed for this reason is kept."""
    return retention().get(reason, rules.YEARS.default)


def restoration_thresholds() -> dict[RestorationArea, Decimal]:
    """Means at and above which an area counts as restored. Empty by default: an organisation decides."""
    return rules.thresholds(_table(Key.RESTORATION))


def all_clocks() -> tuple[Clock, ...]:
    return rules.clocks(_lines(Key.CLOCKS))


def statutory_clocks() -> list[Clock]:
    """The clocks that run."""
    return [clock for clock in all_clocks() if clock.is_active]


def all_helplines() -> tuple[rules.Helpline, ...]:
    """Every helpline that was entered, shown or not."""
    return rules.helplines(_lines(Key.HELPLINES))


def helplines_shown() -> tuple[rules.Helpline, ...]:
    """The helplines that strangers may be shown today, in their order."""
    today = clock.today()
    return tuple(one for one in all_helplines() if one.is_shown(today))


def helplines_hidden() -> tuple[rules.Helpline, ...]:
    """Those in use whose check is missing or too old: nobody outside sees them until somebody has called."""
    today = clock.today()
    return tuple(one for one in all_helplines() if one.is_active and not one.is_shown(today))


def reports_office() -> UUID | None:
    """The office to which the public site's reports go; None while the site takes none."""
    try:
        return UUID(str(_table(Key.REPORTING).get("office")))
    except ValueError:
        return None


def all_codes(name: CodeList) -> tuple[rules.ListedCode, ...]:
    return rules.listed(_lines(list_key(name)) or [])


def code_list(name: str) -> list[tuple[str, str]]:
    """Codes in use that the organisation added to a list, with their labels."""
    return [(one.code, one.label) for one in all_codes(CodeList(name)) if one.is_active]


def code_labels(name: str) -> dict[str, str]:
    """The labels of all codes that the organisation added to a list, in use or not."""
    return {one.code: one.label for one in all_codes(CodeList(name))}


def code_label(name: str, code: str) -> str:
    """The label of an added code, in use or not; the code itself where nobody knows it."""
    return code_labels(name).get(code, code)
