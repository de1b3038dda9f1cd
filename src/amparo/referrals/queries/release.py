"""The page of a release: to whom, on which consent, what it carries with its fingerprints, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.access import policy, readings
from amparo.access import queries as access
from amparo.access.actors import Actor
from amparo.cases import queries as cases
from amparo.cases.queries import CaseHead
from amparo.evidence import queries as evidence
from amparo.kernel import clock, digest
from amparo.kernel.words import Compartment, Sight
from amparo.partners import queries as partners
from amparo.people import queries as people
from amparo.referrals import rules
from amparo.referrals.errors import WrongStep
from amparo.referrals.models import Release, ReleasePart
from amparo.referrals.queries import consents
from amparo.referrals.queries.reach import (
    APPROVE,
    RELEASE,
    SEE_RELEASE,
    check_all_seen,
    load_release,
    named,
    seen_parts,
    subject_of,
)
from amparo.referrals.queries.referral import crumbs_of
from amparo.referrals.words import (
    CANCEL_LABELS,
    CHANNEL_LABELS,
    COMPARTMENT_OF,
    NOT_APPROVED,
    PART_LABELS,
    RECALL_LABELS,
    RELEASE_DONE_LABELS,
    RELEASE_EVENT_LABELS,
    RELEASE_LABELS,
    RELEASE_OUT,
    RELEASE_PENDING,
    Part,
    ReleaseEvent,
    ReleaseState,
)
from amparo.vault import sealing
from amparo.web import formats
from amparo.web.addresses import reverse
from amparo.web.sheets import (
    Button,
    Code,
    Empty,
    Fact,
    Name,
    Notice,
    Row,
    Section,
    Sheet,
    Tag,
    Text,
    Tone,
    Withheld,
)

_TONES: dict[ReleaseState, Tone] = {
    ReleaseState.PREPARED: "warn",
    ReleaseState.APPROVED: "warn",
    ReleaseState.SENT: "on",
    ReleaseState.ACKNOWLEDGED: "ok",
    ReleaseState.RECALLED: "danger",
}


def release_url(release_id: UUID) -> str:
    return reverse("referrals:release", args=[release_id])


def standing_of(row: Release, today: date) -> ReleaseState:
    return rules.standing(ReleaseState(row.state), row.until_on, today)


def release_tag(row: Release, today: date) -> Tag:
    state = standing_of(row, today)
    return Tag(RELEASE_LABELS[state], _TONES.get(state, ""))


def to_recall(rows: Sequence[Release], today: date) -> set[UUID]:
    """Those that are out while their consent holds no more. Cost: one query, none where nothing is out."""
    out = [row for row in rows if standing_of(row, today) in RELEASE_OUT]
    live = cases.live_consents([row.basis_id for row in out]) if out else {}
    return {row.id for row in out if row.basis_id not in live}


def knows_where(actor: Actor, row: Release) -> bool:
    """Whether the reader may know to whom it went: as with recipients of consents, who may know her."""
    return policy.sight(actor, Compartment.IDENTITY, subject_of(row)) >= Sight.PARTIAL


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the page looks at."""

    actor: Actor
    row: Release
    state: ReleaseState
    head: CaseHead | None
    words: sealing.Opened | None
    parts: Sequence[tuple[ReleasePart, sealing.Opened]]
    items: dict[UUID, str]
    seen: frozenset[Part]
    to: str
    names: dict[UUID, str]
    person: people.PersonLabel | None
    holds: bool
    today: date

    def may(self, permission: str) -> bool:
        return policy.decide(self.actor, permission, policy.subject_of(self.row)).allowed

    def day(self, at: date) -> str:
        return formats.near_day(at, self.today)

    def url(self, name: str, *more: object) -> str:
        return reverse(f"referrals:{name}", args=[self.row.id, *more])


def _load(actor: Actor, release_id: UUID) -> _Page:
    row = load_release(actor, SEE_RELEASE, release_id)
    subject = subject_of(row)
    seen = seen_parts(actor, subject)
    may_read = policy.sight(actor, Compartment.LEGAL, subject) >= Sight.PARTIAL
    levels = {COMPARTMENT_OF[part] for part in seen}
    parts = [one for one in ReleasePart.objects.filter(release_id=row.id).order_by("kind", "id") if one.level in levels]
    today = clock.today()
    known = knows_where(actor, row)
    readings.opened(row.case_id, *{Compartment(one.level) for one in parts})
    return _Page(
        actor=actor,
        row=row,
        state=standing_of(row, today),
        head=cases.heads(actor, [row.case_id]).get(row.case_id),
        words=sealing.open_row(row, "purpose", "remark") if may_read else None,
        parts=list(zip(parts, sealing.open_rows(parts, "details"), strict=True)),
        items=evidence.codes_of(one.item_id for one in parts if one.item_id),
        seen=seen,
        to=partners.agency_names([row.agency_id]).get(row.agency_id, "") if known else "",
        names=access.names_of(key for key in (row.prepared_by, row.decided_by) if key),
        person=people.labels(actor, [row.person_id]).get(row.person_id),
        holds=rules.covers(named(row.basis_id), row.agency_id, row.classes),
        today=today,
    )


def release_page(actor: Actor, release_id: UUID) -> Sheet:
    """The page of one release. Raises NotFound. Cost: some fifteen queries, whatever it carries."""
    page = _load(actor, release_id)
    row = page.row
    return Sheet(
        title=(_("Release"), "·", Name(page.to)) if page.to else _("Release"),
        crumbs=crumbs_of(page.head),
        code=Code(row.code),
        tags=(release_tag(row, page.today),),
        lede_bold=_lede(page),
        lede=_after(page),
        buttons=_buttons(page),
        notices=_notices(page),
        sections=(_about(page), _carried(page), _things(page), _path(page)),
    )


def release_cover(actor: Actor, release_id: UUID) -> bytes:
    """The cover paper of an approved release. Raises NotFound, NotAllSeen, WrongStep. Cost: some 100 ms of setting."""
    page = _load(actor, release_id)
    policy.check(actor, RELEASE, page.row, seen_by=SEE_RELEASE)
    check_all_seen(actor, page.row)
    copies = evidence.numbers_of(page.row.id)
    if not copies or page.state not in {ReleaseState.APPROVED} | RELEASE_OUT:
        raise WrongStep
    lines = [_cover_line(page, part, words.table("details")) for part, words in page.parts]
    return evidence.cover_of(copies[0][0], get_language() or "en", lines)


def _cover_line(page: _Page, part: ReleasePart, details: Mapping[str, sealing.Words]) -> tuple[str, str]:
    named = page.items.get(part.item_id, "") if part.item_id else str(details.get("title", ""))
    return named, str(details.get("sha256") or "")


def _lede(page: _Page) -> str:
    row = page.row
    said = {
        ReleaseState.PREPARED: _("A second person has to approve it before it leaves."),
        ReleaseState.APPROVED: _("It can be sent."),
        ReleaseState.SENT: _("Sent. They have not said that they have it."),
        ReleaseState.ACKNOWLEDGED: _("They have it."),
        ReleaseState.EXPIRED: _("It has ended: nothing of it may be used any more."),
        ReleaseState.RECALLED: _("It was recalled."),
        ReleaseState.CANCELLED: _("It was stopped; nothing has left.") if not row.sent_on else _("It was stopped."),
    }
    return said[page.state]


def _after(page: _Page) -> str:
    if page.row.reason:
        labels = RECALL_LABELS | CANCEL_LABELS | {NOT_APPROVED: RELEASE_DONE_LABELS[ReleaseEvent.DECLINE]}
        return str(labels.get(page.row.reason, "")) + "."
    if page.state in RELEASE_PENDING | RELEASE_OUT:
        return _("It ends on %(day)s.") % {"day": page.day(page.row.until_on)}
    return ""


def _buttons(page: _Page) -> tuple[Button, ...]:
    possible = rules.release_events_from(page.state)
    mine = page.row.prepared_by == page.actor.account_id
    found: list[Button] = []
    if ReleaseEvent.APPROVE in possible and not mine and page.may(APPROVE):
        found.append(Button(_("Decide"), page.url("decide"), key="n"))
    if not page.may(RELEASE):
        return tuple(found)
    if ReleaseEvent.SEND in possible and page.holds:
        found.append(_move(page, ReleaseEvent.SEND))
    if page.state in {ReleaseState.APPROVED} | RELEASE_OUT and evidence.numbers_of(page.row.id):
        found.append(Button(_("Cover paper"), page.url("release_cover"), "quiet"))
    if ReleaseEvent.ACKNOWLEDGE in possible:
        found.append(_move(page, ReleaseEvent.ACKNOWLEDGE))
    if ReleaseEvent.RECALL in possible:
        found.append(_move(page, ReleaseEvent.RECALL, quiet=True))
    if ReleaseEvent.CANCEL in possible:
        found.append(_move(page, ReleaseEvent.CANCEL, quiet=True))
    return tuple(found)


def _move(page: _Page, event: ReleaseEvent, *, quiet: bool = False) -> Button:
    return Button(RELEASE_EVENT_LABELS[event], page.url("move_release", event.value), "quiet" if quiet else "")


def _notices(page: _Page) -> tuple[Notice, ...]:
    if page.state in RELEASE_OUT and not page.holds:
        said = _(
            "The consent on which it was given holds no more. Recall it: they must give back or delete what they have."
        )
        return (Notice(said, "warn"),)
    if page.state in RELEASE_PENDING and not page.holds:
        return (Notice(_("The consent does not hold any more. Nothing leaves on it."), "warn"),)
    return ()


def _about(page: _Page) -> Section:
    row = page.row
    whom: Text = page.person.text if page.person is not None else ""
    live = cases.live_consents([row.basis_id]).get(row.basis_id)
    facts = [
        Fact(_("About"), whom),
        *((Fact(_("To"), Name(page.to)),) if page.to else ()),
        *(Fact(_("Number of the copy"), Code(code), dir_auto=False) for _key, code in evidence.numbers_of(row.id)[:1]),
        Fact(_("On which consent"), consents.said(live) if live else _("It holds no more.")),
        Fact(_("How it goes"), str(CHANNEL_LABELS[row.channel])),
        Fact(_("Until"), formats.day(row.until_on)),
    ]
    if page.words is not None and page.words.text("purpose"):
        facts.append(Fact(_("What for"), Name(page.words.text("purpose"))))
    if page.words is not None and page.words.text("remark"):
        facts.append(Fact(_("Remark"), Name(page.words.text("remark"))))
    hidden = () if page.to else (Withheld(_("To whom"), _("Ask the lead of the case.")),)
    return Section(_("This release"), id="release", column=1, facts=tuple(facts), withheld=hidden)


def _carried(page: _Page) -> Section:
    """Which kinds of data, as far as the reader sees their compartments; of the others it never says whether."""
    rows = tuple(Row(title=str(PART_LABELS[part])) for part in Part if part in page.row.classes and part in page.seen)
    hidden = [part for part in Part if part not in page.seen]
    withheld: tuple[Withheld, ...] = ()
    if hidden:
        withheld = (Withheld(", ".join(str(PART_LABELS[part]) for part in hidden), _("Ask who prepared it.")),)
    return Section(
        _("What it carries"),
        id="carried",
        column=2,
        rows=rows,
        withheld=withheld,
        empty=Empty(_("Nothing that you may see.")) if not rows and not hidden else None,
    )


def _things(page: _Page) -> Section:
    """Evidence and papers by reference: what they are called, and the fingerprint that they had."""
    rows = tuple(_thing(page, part, words.table("details")) for part, words in page.parts)
    title = _("Evidence and papers")
    empty = Empty(_("None is listed that you may see."))
    return Section(title, id="things", column=2, rows=rows, empty=empty)


def _thing(page: _Page, part: ReleasePart, details: dict[str, sealing.Words]) -> Row:
    sha = str(details.get("sha256") or "")
    lines: tuple[Text, ...] = ((_("SHA-256"), Code(digest.spaced(sha), hash=True)),) if sha else ()
    if part.item_id is None:
        return Row(title=Name(str(details.get("title", ""))), meta=_("Paper"), lines=lines)
    url = reverse("evidence:item", args=[part.item_id])
    return Row(title=Code(page.items.get(part.item_id, ""), url), meta=_("Evidence"), lines=lines)


def _path(page: _Page) -> Section:
    row, names = page.row, page.names
    rows = [
        Row(when=page.day(clock.day_of(row.created_at)), title=_("Prepared"), meta=Name(names.get(row.prepared_by, "")))
    ]
    if row.decided_on and row.decided_by:
        who = Name(names.get(row.decided_by, ""))
        # What was approved and stopped afterwards was approved all the same.
        event = ReleaseEvent.DECLINE if row.reason == NOT_APPROVED else ReleaseEvent.APPROVE
        rows.append(Row(when=page.day(row.decided_on), title=str(RELEASE_DONE_LABELS[event]), meta=who))
    for on, event in (
        (row.sent_on, ReleaseEvent.SEND),
        (row.acknowledged_on, ReleaseEvent.ACKNOWLEDGE),
        (row.ended_on, ReleaseEvent.RECALL if row.sent_on else ReleaseEvent.CANCEL),
    ):
        if on:
            rows.append(Row(when=page.day(on), title=str(RELEASE_DONE_LABELS[event])))
    if page.state is ReleaseState.EXPIRED:
        rows.append(Row(when=page.day(row.until_on), title=_("Its last day")))
    return Section(_("What has happened"), id="path", column=1, rows=tuple(reversed(rows)))


# ---- lines -------------------------------------------------------------------------------------------------


def release_lines(actor: Actor, rows: Sequence[Release], today: date) -> tuple[Row, ...]:
    """Releases on one line each; the policy has been asked. Cost: some five queries for any number."""
    known = {row.agency_id for row in rows if knows_where(actor, row)}
    names = partners.agency_names(known)
    taken_back = to_recall(rows, today)
    return tuple(
        Row(
            when=formats.near_day(row.sent_on or clock.day_of(row.created_at), today),
            title=(_("Release"), "·", Name(names[row.agency_id])) if row.agency_id in names else _("Release"),
            meta=(Code(row.code), "·", _("until %(day)s") % {"day": formats.near_day(row.until_on, today)}),
            tag=Tag(_("consent taken back"), "danger") if row.id in taken_back else release_tag(row, today),
            url=release_url(row.id),
            strong=standing_of(row, today) in RELEASE_PENDING | RELEASE_OUT,
        )
        for row in rows
    )
