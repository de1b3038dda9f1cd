"""The ledger as its readers see it: supervisors their office's entries, a system keeper the technical ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access import policy
from amparo.access import queries as access
from amparo.access.actors import SYSTEM_ID, Actor
from amparo.access.words import COMPARTMENT_LABELS, ROLE_LABELS, Scope
from amparo.kernel import clock
from amparo.kernel.digest import JsonValue
from amparo.kernel.errors import NotFound, Refused
from amparo.kernel.text import excerpt
from amparo.kernel.words import Compartment, Role, Sight
from amparo.ledger import queries as ledger
from amparo.ledger.queries import Chosen, EntryView, Reach
from amparo.ledger.verbs import SPECS, Verb
from amparo.staff import naming
from amparo.staff.naming import CaseName
from amparo.web import formats
from amparo.web.sheets import Button, Code, Crumb, Empty, Fact, Listing, Name, Notice, Row, Section, Sheet, dotted

_TECHNICAL = (
    "instance.", "key.", "account.", "role.", "sessions.", "signed_", "office.", "setting.", "code_list.",
)  # fmt: skip
_LABEL_CHARS = 34
# What tells that an operation is planned is read by its own people only, and by who may know of all of them.
_OF_OPERATIONS = frozenset(verb for verb in Verb if verb.value.startswith("operation."))
# What tells that two plans touch is for one person, on a page of its own: nobody reads it here.
_OF_CONFLICTS = frozenset(verb for verb in Verb if verb.value.startswith("conflict."))
TECHNICAL = frozenset(verb for verb in Verb if verb.value.startswith(_TECHNICAL))
VIEWS: Mapping[str, frozenset[Verb]] = {
    "readings": frozenset({Verb.COMPARTMENT_READ}),
    "refused": frozenset({Verb.ATTEMPT_REFUSED}),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked to see; ids only, as they stand in the address."""

    verb: str = ""
    who: UUID | None = None
    case: UUID | None = None
    before: int | None = None
    view: str = ""


def reach_of(actor: Actor) -> Reach:
    """Which entries the actor may read. Raises Refused where it is none."""
    parts = []
    for held in actor.roles:
        part = _reach_as(held.role, held.office_id)
        if part is not None:
            parts.append(part)
    if not parts:
        raise Refused(permission="ledger:entry:see")
    knows_all = policy.sight(actor, Compartment.OPERATION, policy.Subject()) >= Sight.STATUS
    return Reach(
        either=tuple(parts),
        hidden_cases=actor.barred_cases,
        hidden_subjects=actor.barred_persons | actor.barred_operations | access.found_about(actor),
        hidden_verbs=_OF_CONFLICTS if knows_all else _OF_CONFLICTS | _OF_OPERATIONS,
        but_subjects=actor.operations,
    )


def _reach_as(role: Role, office_id: UUID) -> Reach | None:
    if role not in policy.acts()["ledger:entry:see"].roles:
        return None
    reach = policy.sights()[role].get(Compartment.AUDIT)
    if reach is None:
        return None
    if reach.sight < Sight.PARTIAL:
        return Reach(verbs=TECHNICAL)
    return Reach(offices=frozenset([office_id])) if reach.scope is Scope.OFFICE else Reach()


def verbs_for(actor: Actor) -> list[tuple[str, str]]:
    """The kinds of entries that the actor may read, by label."""
    technical_only = all(part.verbs is not None for part in reach_of(actor).either)
    offered = TECHNICAL if technical_only else frozenset(Verb)
    # Cut short, so that the list fits a telephone; the entries themselves say it in full.
    labels = ((verb.value, excerpt(str(SPECS[verb].label), _LABEL_CHARS)) for verb in offered)
    return sorted(labels, key=lambda pair: pair[1].casefold())


def people_for(actor: Actor) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in access.colleagues(actor, active_only=False)]


@dataclass(frozen=True, slots=True)
class _Names:
    people: Mapping[UUID, str]
    cases: Mapping[UUID, CaseName]
    offices: Mapping[UUID, str]

    def who(self, account_id: UUID) -> str | Name:
        if account_id == SYSTEM_ID:
            return _("Amparo itself")
        name = self.people.get(account_id)
        return Name(name) if name else _("Somebody whose account is gone")


def _ids_in(facts: Mapping[str, JsonValue]) -> set[UUID]:
    found = set()
    for name in ("account", "from", "to"):
        value = facts.get(name)
        if isinstance(value, str):
            try:
                found.add(UUID(value))
            except ValueError:
                continue
    return found


def _names(actor: Actor, entries: tuple[EntryView, ...]) -> _Names:
    accounts = {one.actor_id for one in entries}
    for one in entries:
        accounts |= _ids_in(one.facts)
        if one.subject_id is not None:
            accounts.add(one.subject_id)
    cases = {one.case_id for one in entries if one.case_id is not None}
    offices = {one.id: one.name for one in access.offices()}
    return _Names(access.names_of(accounts), naming.names(actor, cases) if cases else {}, offices)


def listing(actor: Actor, asked: Asked) -> Listing:
    """A page of entries, newest first. Raises Refused. Cost: six queries."""
    reach = reach_of(actor)
    verbs = VIEWS.get(asked.view)
    if asked.verb in {verb.value for verb in Verb}:
        verbs = frozenset({Verb(asked.verb)})
    page = ledger.entries(reach, Chosen(verbs, asked.who, asked.case), before=asked.before)
    names = _names(actor, page.entries)
    head = ledger.head()
    size = head.size if head is not None else 0
    return Listing(
        title=_title(asked.view),
        lede_bold=ngettext("%(count)s entry is sealed.", "%(count)s entries are sealed.", size) % {"count": size},
        lede=_("Nothing here can be changed or taken away without its being seen."),
        buttons=_buttons(actor, asked.view),
        rows=tuple(_row(one, names) for one in page.entries),
        empty=Empty(_("There is no such entry that you may see."), _("Show all"), reverse("staff:ledger")),
        next_url=_address(asked, page.next_before) if page.next_before is not None else "",
        previous_url=_address(asked, None) if asked.before is not None else "",
    )


def _title(view: str) -> str:
    return {"readings": _("Who looked"), "refused": _("Refused attempts")}.get(view, _("Ledger"))


def _buttons(actor: Actor, view: str) -> tuple[Button, ...]:
    here = reverse("staff:ledger")
    buttons = [
        Button(_("All entries"), here, "quiet"),
        Button(_("Who looked"), f"{here}?view=readings", "quiet"),
        Button(_("Refused attempts"), f"{here}?view=refused", "quiet"),
        Button(_("Checkpoint"), reverse("staff:checkpoint"), "quiet"),
    ]
    # A room above, named by its address only.
    if policy.has(actor, "evidence:copy:see"):
        buttons.append(Button(_("Copies that left"), reverse("evidence:copies"), "quiet"))
    shown = {"": 0, "readings": 1, "refused": 2}.get(view)
    return tuple(button for number, button in enumerate(buttons) if number != shown)


def _address(asked: Asked, before: int | None) -> str:
    parts = [
        ("view", asked.view),
        ("verb", asked.verb),
        ("who", asked.who),
        ("case", asked.case),
        ("before", before),
    ]
    said = "&".join(f"{name}={value}" for name, value in parts if value not in ("", None))
    return f"{reverse('staff:ledger')}?{said}" if said else reverse("staff:ledger")


def address_of(asked: Asked) -> str:
    """The address of a list of entries: ids and kinds only."""
    return _address(asked, asked.before)


def _label(one: EntryView) -> str:
    return str(SPECS[one.verb].label) if one.verb is not None else _("An act that this version does not know")


def _row(one: EntryView, names: _Names) -> Row:
    now, zone = clock.now(), timezone.get_current_timezone()
    parts: list[str | Code | Name] = [names.who(one.actor_id)]
    if one.case_id is not None:
        named = names.cases.get(one.case_id)
        parts.append(Code(named.code, named.url) if named else _("in a case that you may not see"))
    parts += _said(one, names)
    return Row(
        title=_label(one),
        when=formats.when(one.at, now, zone),
        meta=dotted(parts),
        url=reverse("staff:entry", args=[one.index]),
    )


def _said(one: EntryView, names: _Names) -> list[str | Code | Name]:
    """The facts that can be said in a word or two."""
    said: list[str | Code | Name] = []
    role, compartment = one.facts.get("role"), one.facts.get("compartment")
    if isinstance(role, str) and role in set(Role):
        said.append(str(ROLE_LABELS[Role(role)]))
    if isinstance(compartment, str) and compartment in set(Compartment):
        said.append(str(COMPARTMENT_LABELS[Compartment(compartment)]))
    said += [Name(names.people[key]) for key in sorted(_ids_in(one.facts)) if key in names.people]
    if one.subject_id is not None and one.subject_id != one.actor_id and one.subject_id in names.people:
        said.append(Name(names.people[one.subject_id]))
    return said


def entry(actor: Actor, index: int) -> Sheet:
    """One entry with the proof that it is under the signed head. Raises NotFound. Cost: about ten queries."""
    found = ledger.entry(reach_of(actor), index)
    proof = ledger.proof(index)
    if found is None or proof is None:
        raise NotFound(permission="ledger:entry:see")
    names = _names(actor, (found,))
    facts = [
        Fact(_("When"), _moment(found.at)),
        Fact(_("Who"), names.who(found.actor_id)),
    ]
    if found.office_id is not None and found.office_id in names.offices:
        facts.append(Fact(_("Office"), Name(names.offices[found.office_id])))
    if found.case_id is not None:
        named = names.cases.get(found.case_id)
        facts.append(Fact(_("Case"), Code(named.code, named.url) if named else _("A case that you may not see")))
    facts += [Fact(part, value) for part, value in _fact_lines(found, names)]
    facts.append(Fact(_("Records it fixes"), str(found.rows)))
    holds = ledger.proves(proof)
    proof_section = Section(
        title=_("Proof"),
        id="proof",
        column=2,
        notices=(
            Notice(_("The path below leads from this entry to the signed root."), "ok")
            if holds
            else Notice(
                _("The path does not lead to the signed root. Tell the data-protection officer now."),
                "danger",
            ),
        ),
        facts=(
            Fact(_("Place in the ledger"), Code(str(proof.index))),
            Fact(_("Size of the ledger"), Code(str(proof.size))),
            Fact(_("Leaf"), Code(fours(proof.leaf), hash=True)),
            *(
                Fact(_("Step %(number)s") % {"number": number}, Code(fours(step), hash=True))
                for number, step in enumerate(proof.path, 1)
            ),
            Fact(_("Root"), Code(fours(proof.root), hash=True)),
        ),
    )
    return Sheet(
        title=_label(found),
        crumbs=(Crumb(_("Ledger"), reverse("staff:ledger")),),
        code=Code(str(found.index)),
        sections=(Section(title=_("Entry"), id="entry", facts=tuple(facts)), proof_section),
    )


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return _("%(day)s, %(time)s") % {"day": formats.day(local.date()), "time": local.strftime("%H:%M:%S")}


def _fact_lines(one: EntryView, names: _Names) -> list[tuple[str, str | Code | Name]]:
    lines: list[tuple[str, str | Code | Name]] = []
    for name, value in one.facts.items():
        lines.append((_fact_label(name), _fact_value(name, value, names)))
    return lines


def _fact_label(name: str) -> str:
    known = {
        "role": _("Role"),
        "account": _("Colleague"),
        "from": _("From"),
        "to": _("To"),
        "compartment": _("Part"),
        "count": _("How many"),
        "until": _("Until"),
        "permission": _("What was tried"),
        "fields": _("What was changed"),
        "setting": _("Setting"),
        "method": _("How"),
        "demo": _("Demonstration"),
    }
    return known.get(name, name.replace("_", " ").capitalize())


def _fact_value(name: str, value: JsonValue, names: _Names) -> str | Code | Name:
    if name == "role" and value in set(Role):
        return str(ROLE_LABELS[Role(str(value))])
    if name == "compartment" and value in set(Compartment):
        return str(COMPARTMENT_LABELS[Compartment(str(value))])
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return Code(", ".join(map(str, value)), hash=True)
    text = str(value)
    named = next((names.people[key] for key in _ids_in({"account": text}) if key in names.people), "")
    return Name(named) if named else Code(text, hash=True)


def fours(digest: str) -> str:
    """A hash in groups of four, as people compare it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def checkpoint(actor: Actor) -> Sheet:
    """The signed head, to be printed and kept elsewhere. Raises Refused, NotFound. Cost: one query."""
    reach_of(actor)
    head = ledger.head()
    if head is None:
        raise NotFound
    signed = (
        Notice(_("The signature holds under the key below."), "ok")
        if head.is_signed
        else Notice(_("The signature does not hold. Tell the data-protection officer now."), "danger")
    )
    return Sheet(
        title=_("Checkpoint"),
        crumbs=(Crumb(_("Ledger"), reverse("staff:ledger")),),
        lede=_(
            "Print this page and keep it outside the organisation. Whoever holds it can tell later whether"
            " anything older was changed."
        ),
        sections=(
            Section(
                title=_("Signed head"),
                id="head",
                column=0,
                notices=(signed,),
                facts=(
                    Fact(_("Ledger"), Code(head.origin)),
                    Fact(_("Entries"), Code(str(head.size))),
                    Fact(_("Signed"), _moment(head.at)),
                    Fact(_("Root"), Code(fours(head.root), hash=True)),
                    Fact(_("Signature"), Code(fours(head.signature), hash=True)),
                    Fact(_("Verifier key"), Code(head.verifier_key, hash=True)),
                ),
            ),
        ),
    )


def readings_of_case(actor: Actor, case_id: UUID, office_id: UUID) -> Section | None:
    """Who looked at guarded parts of a case; None for who may not know that."""
    found = access.readings_of_case(actor, case_id, office_id)
    if found is None:
        return None
    now, zone = clock.now(), timezone.get_current_timezone()
    rows = tuple(
        Row(
            title=Name(one.name),
            when=formats.when(one.at, now, zone),
            meta=", ".join(str(COMPARTMENT_LABELS[part]) for part in one.compartments),
        )
        for one in found
    )
    may_list = policy.has(actor, "ledger:entry:see")
    return Section(
        title=_("Who looked at this case"),
        id="readings",
        column=2,
        rows=rows,
        empty=Empty(_("Nobody has opened a guarded part of it.")),
        link_label=_("All in the ledger") if may_list else "",
        link_url=_address(Asked(view="readings", case=case_id), None) if may_list else "",
    )


def no_such_case() -> str:
    return _("There is no case with this code that you can see.")
