"""Many cases fast, for measuring: a few are made by commands, and copied with everything that belongs to them.

A copy has its own ids, codes, salts and keys, its own names and titles, and its own ledger entries with
commitments to its own rows; rows and entries are the same in kind, number and order as those that the
commands left. Only where each row is written once can all of its entries be told anew, so the cases that
are copied are young. There is one signed head for each batch instead of one for each act.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from amparo.access import commands as access
from amparo.access.actors import SYSTEM_ACTOR
from amparo.cases import commands as cases
from amparo.cases.words import BasisKind, NoteKind, PartyRole, Risk
from amparo.desk.synthetic import texts
from amparo.desk.synthetic.making import Progress, hurried
from amparo.desk.synthetic.names import named, phone
from amparo.desk.synthetic.stage import Stage
from amparo.kernel import clock, codes, ids
from amparo.kernel.names import name_tokens
from amparo.kernel.words import Compartment, Role
from amparo.ledger import appending
from amparo.ledger.appending import Event
from amparo.ledger.records import Record, new_salt, record_models, stored_commitments, table_of
from amparo.ledger.verbs import Verb
from amparo.people import commands as people
from amparo.people.queries import name_token
from amparo.people.rules import NewContact
from amparo.people.words import ContactKind, PersonKind
from amparo.vault import sealing

Words: TypeAlias = dict[str, Any]
Model: TypeAlias = type[models.Model]
BATCH = 200
# Who works in the place of whom.
Team: TypeAlias = dict[UUID, UUID]
_TEAM = (Role.INVESTIGATOR, Role.LAWYER, Role.CASEWORKER)
# A team has a member of each role at each of three offices, so that each of them has some 30 cases.
CASES_OF_A_TEAM = 90


def plain_case(stage: Stage, number: int) -> UUID:
    """One young case by commands: two people, a team, a basis, notes, tasks and a promise; each row written once."""
    rng = stage.dice("plain", number)
    office = rng.choice(list(stage.offices.values()))
    lead = stage.actor(office.logins[Role.SUPERVISOR][0])
    matter = texts.KILN
    title = f"{rng.choice(office.place.villages)} {number}"
    case = cases.open_case(
        actor=lead,
        office_id=office.id,
        types=list(matter.types),
        title=title,
        risk=rng.choice(list(Risk)),
        reported_on=clock.today(),
        summary=matter.summaries[0],
    )
    survivor = people.add_person(
        actor=lead,
        office_id=office.id,
        kind=PersonKind.SURVIVOR,
        name=named(rng, "female").full,
        contacts=[NewContact(ContactKind.PHONE, phone(rng), is_safe=True)],
    )
    suspect = people.add_person(actor=lead, office_id=office.id, kind=PersonKind.SUSPECT, name=named(rng, "male").full)
    cases.add_party(actor=lead, case_id=case, person_id=survivor, role=PartyRole.SURVIVOR)
    cases.add_party(actor=lead, case_id=case, person_id=suspect, role=PartyRole.SUSPECT)
    team = {role: office.logins[role][0] for role in _TEAM}
    for role, login in team.items():
        cases.add_to_team(actor=lead, case_id=case, account_id=stage.accounts[login], role=role)
        stage.reach_changed(login)
    me = stage.actor(team[Role.CASEWORKER])
    cases.record_basis(actor=me, case_id=case, person_id=survivor, kind=BasisKind.CONSENT)
    for text in texts.VISITS[:2]:
        cases.write_note(
            actor=me, case_id=case, compartment=Compartment.CARE, kind=NoteKind.VISIT, text=text, person_id=survivor
        )
    due = clock.today() + timedelta(days=rng.randint(1, 60))
    account = stage.accounts[team[Role.CASEWORKER]]
    cases.set_task(actor=me, case_id=case, title=texts.TASKS["caseworker"][0], assigned_id=account, due_on=due)
    cases.make_promise(actor=me, case_id=case, person_id=survivor, text=texts.PROMISES[0], due_on=due)
    return case


# ---- what belongs to a case -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pattern:
    """A case as it was made: its rows with their opened words, in an order that keys allow, and its entries."""

    rows: tuple[tuple[models.Model, Words], ...]
    entries: tuple[Mapping[str, Any], ...]
    at: datetime


def pattern_of(case_id: UUID) -> Pattern:
    """Everything that belongs to a case. Raises ValueError where a row was written more than once."""
    persons = set(_table("access.Tie").filter(case_id=case_id).values_list("person_id", flat=True))
    found: list[models.Model] = []
    for model in _copied_tables():
        found += _belonging(model, case_id, persons)
    words = [sealing.open_row(row, *sealing.sealed_columns(type(row))).words for row in found]
    own = {row.pk for row in found if isinstance(row, Record)}
    entries = [
        json.loads(row.body)
        for row in _table("ledger.Entry")
        .filter(models.Q(case_id=case_id) | models.Q(subject_id__in=persons))
        .order_by("index")
    ]
    written = [key for entry in entries for _, key, _ in entry["rows"]]
    if sorted(written) != sorted(str(key) for key in own):
        raise ValueError("each row of a case that is copied has to be written once")
    return Pattern(tuple(zip(found, map(dict, words), strict=True)), tuple(entries), entries[0]["at"])


def _table(label: str) -> Any:
    return apps.get_model(label)._base_manager


def _copied_tables() -> list[Model]:
    """Tables of casework and what finds people in them; people first, since keys point at them."""
    plain: list[Model] = [apps.get_model("access.Notice"), _token_table()]
    order = ("people", "cases", "access")
    records = [model for model in record_models() if model._meta.app_label in order]
    records.sort(key=lambda model: (order.index(model._meta.app_label), model._meta.object_name != "Person"))
    first = [model for model in records if model._meta.object_name in ("Person", "Case")]
    return [*first, *(model for model in records if model not in first), *plain]


def _belonging(model: Model, case_id: UUID, persons: set[UUID]) -> list[models.Model]:
    names = {field.attname for field in model._meta.concrete_fields}
    rows = model._base_manager
    if model._meta.label == "cases.Case":
        return list(rows.filter(pk=case_id))
    if model._meta.label == "people.Person":
        return list(rows.filter(pk__in=persons))
    if "case_id" in names:
        return list(rows.filter(case_id=case_id))
    return list(rows.filter(person_id__in=persons)) if "person_id" in names else []


# ---- copies -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Batch:
    """Copies that are written together."""

    rows: dict[Model, list[models.Model]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


def colleagues(stage: Stage, cases: int, first: int = 0) -> list[Team]:
    """Hire so many that nobody has more than some 30 of so many cases: who stands in for whom on each team.

    Args:
        first: how many teams were hired before.
    """
    return [_hired(stage, first + number) for number in range(cases // CASES_OF_A_TEAM)]


def _hired(stage: Stage, number: int) -> Team:
    team: Team = {}
    for key, office in stage.offices.items():
        for role in _TEAM:
            login = f"{role.value}-{key}-{number}"
            team[stage.accounts[office.logins[role][0]]] = access.invite(
                actor=SYSTEM_ACTOR,
                office_id=office.id,
                name=named(stage.dice(login), "female").full,
                login_name=login,
                role=role,
                secret=ids.entropy(24).hex(),
            )
    return team


def copies(
    patterns: Sequence[Pattern],
    count: int,
    stage: Stage,
    progress: Progress = lambda what, done, of: None,
    teams: Sequence[Team] = (),
) -> None:
    """Write so many copies of the patterns in turn, spread over the months before now.

    Args:
        teams: who takes the places of the patterns' teams, each team for the next cases; without them the
            patterns' teams have all copies.

    Cost: about 2 ms a row, for sealing mostly.
    """
    with hurried():
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            _write(patterns, numbers, stage, teams)
            progress("copying cases", numbers.stop, count)


@transaction.atomic
def _write(patterns: Sequence[Pattern], numbers: range, stage: Stage, teams: Sequence[Team]) -> None:
    batch = _Batch()
    for number in numbers:
        team = teams[number // CASES_OF_A_TEAM % len(teams)] if teams else {}
        _copy(patterns[number % len(patterns)], number, stage, batch, team)
    for model, rows in batch.rows.items():
        model._base_manager.bulk_create(rows)
    appending.append(_committed(batch.events))


def _copy(pattern: Pattern, number: int, stage: Stage, batch: _Batch, team: Team) -> None:
    rng = stage.dice("copy", number)
    renamed = {row.pk: ids.new_id() for row, _ in pattern.rows if isinstance(row.pk, UUID)} | dict(team)
    shift = timedelta(seconds=-rng.randrange(3600, 600 * 86_400))
    for row, words in pattern.rows:
        if isinstance(row, _token_table()) and row.field == "name":  # type: ignore[attr-defined]
            continue
        made = _renamed(row, renamed, shift)
        said = dict(words)
        if made._meta.label == "people.Person":
            said["name"] = named(rng, "female" if rng.randrange(2) else "male").full
            _find_by(made, str(said["name"]), batch)
        if made._meta.label == "cases.Case":
            said["title"] = f"{said['title'].split()[0]} {number}"
        sealing.seal(made, **said)
        batch.rows.setdefault(type(made), []).append(made)
    batch.events += [_event(entry, renamed, shift) for entry in pattern.entries]


def _renamed(row: models.Model, renamed: Mapping[UUID, UUID], shift: timedelta) -> Any:
    """A copy of a row under its new id, pointing at copies, with its own salt and code and no words yet."""
    made: Any = copy.copy(row)
    made._state = models.base.ModelState()
    sealed = set(sealing.sealed_columns(type(row)))
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if column.attname in sealed:
            setattr(made, column.attname, None)
        elif isinstance(value, UUID):
            setattr(made, column.attname, renamed.get(value, value))
        elif isinstance(value, datetime | date):
            setattr(made, column.attname, value + shift)
        elif column.attname == "salt":
            made.salt = new_salt()
        elif column.attname == "code":
            made.code = codes.make_code(value.split("-")[0], ids.entropy(codes.ENTROPY_BYTES))
        elif column.primary_key:
            setattr(made, column.attname, None)
    return made


def _token_table() -> Model:
    return apps.get_model("people.LookupToken")


def _find_by(person: models.Model, name: str, batch: _Batch) -> None:
    """The look-up tokens of a copy's name."""
    model = _token_table()
    tokens = sorted({name_token(part) for part in name_tokens(name)})
    made = [model(person_id=person.pk, field="name", generation=1, token=token) for token in tokens]
    batch.rows.setdefault(model, []).extend(made)


def _event(entry: Mapping[str, Any], renamed: Mapping[UUID, UUID], shift: timedelta) -> Event:
    """An entry of a pattern, as the copy's own."""
    tables = {table_of(model): model for model in record_models()}

    def mapped(text: str | None) -> UUID | None:
        return None if text is None else renamed.get(UUID(text), UUID(text))

    facts = {name: _mapped_fact(value, renamed) for name, value in entry["facts"].items()}
    return Event(
        verb=Verb(entry["verb"]),
        actor_id=UUID(entry["actor"]),
        office_id=mapped(entry["office"]),
        case_id=mapped(entry["case"]),
        subject_id=mapped(entry["subject"]),
        at=datetime.fromisoformat(entry["at"]) + shift,
        facts=facts,
        touched=tuple((tables[table], renamed[UUID(key)]) for table, key, _ in entry["rows"]),
    )


def _mapped_fact(value: Any, renamed: Mapping[UUID, UUID]) -> Any:
    known = {str(old): str(new) for old, new in renamed.items()}
    return known.get(value, value) if isinstance(value, str) else value


def _committed(events: Sequence[Event]) -> list[Event]:
    """Events with commitments to the bytes that are stored now."""
    wanted: dict[type[Record], set[UUID]] = {}
    for event in events:
        for model, key in event.touched:
            wanted.setdefault(model, set()).add(key)
    stored = {model: dict(_in_parts(model, sorted(keys))) for model, keys in wanted.items()}
    return [
        event.committed([[table_of(model), str(key), stored[model][key]] for model, key in event.touched])
        for event in events
    ]


def _in_parts(model: type[Record], keys: Sequence[UUID], size: int = 500) -> Iterator[tuple[UUID, str]]:
    """Commitments, in parts that a query can name."""
    for start in range(0, len(keys), size):
        yield from stored_commitments(model, keys[start : start + size]).items()
